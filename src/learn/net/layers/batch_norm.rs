//! y = γ·x̂ + β with x̂ = (x − μ) / √(σ² + ε), a γ, β, μ and σ² for each channel of an image, feature of a sequence, or unit
//! (Ioffe & Szegedy 2015). While training, μ and σ² (divided by n) are those of the channel's n numbers in the batch, through which the gradient
//! flows: dγ = Σ dy·x̂, dβ = Σ dy, dx = γ / √(σ² + ε) · (dy − dβ/n − x̂·dγ/n). The running statistics move by `momentum` towards μ and
//! towards σ²·n/(n − 1); predictions use them, and so are maps that the batch cannot change.
//!
//! In PyTorch a `BatchNorm2d` for images and a `BatchNorm1d` else, which takes sequences as `[N, features, steps]`. A batch that has one
//! number of each channel has no spread to divide by, and PyTorch raises an error: here the check asks for larger batches, and an epoch's
//! last batch, should it be a single row, is normalised by the running statistics, which it does not move.

use super::{Backward, Forward, Layer, Mode, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Batch norm | 批归一化
///
/// Shifts and scales each channel to mean 0 and standard deviation 1 over the batch; then learned numbers scale and shift it. | 在批次内把每个通道变为均值 0、标准差 1，再用可学习的参数缩放和平移。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "steady", "x-passes" = true, "x-term" = "batch-norm"))]
pub struct BatchNorm {
    /// Momentum | 动量
    ///
    /// How fast the statistics that predictions use follow the batches. | 预测所用的统计量跟随各批次的速度。
    #[schemars(range(min = 0.001, max = 1.0), extend("x-depth" = "lab", "x-scale" = "log", "x-term" = "batch-norm"))]
    pub momentum: f64,
    /// Epsilon | ε
    ///
    /// Added to the variance, so that nothing is divided by zero. | 加在方差上，避免除以零。
    #[schemars(range(min = 1e-8, max = 0.1), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub epsilon: f64,
}

impl Default for BatchNorm {
    fn default() -> Self {
        BatchNorm { momentum: 0.1, epsilon: 1e-5 }
    }
}

impl Layer for BatchNorm {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        super::numbers(input)?;
        let (channels, numbers, channel_step, number_step) = match *input {
            Shape::Image { channels, height, width } => (channels, height * width, height * width, 1),
            Shape::Sequence { steps, features } => (features, steps, 1, features),
            _ => (input.units(), 1, 1, 1),
        };
        let (momentum, epsilon) = (self.momentum, self.epsilon);
        Ok(Box::new(BatchNormModule { shape: *input, channels, numbers, channel_step, number_step, momentum, epsilon }))
    }
}

struct BatchNormModule {
    shape: Shape,
    channels: usize,
    /// Numbers of a channel in a row.
    numbers: usize,
    /// From one channel to the next, and from one of its numbers to the next.
    channel_step: usize,
    number_step: usize,
    momentum: f64,
    epsilon: f64,
}

impl BatchNormModule {
    /// Where the lanes of a channel's numbers begin.
    fn places(&self, channel: usize, lanes: usize) -> impl Iterator<Item = usize> {
        let (first, step) = (channel * self.channel_step * lanes, self.number_step * lanes);
        (0..self.numbers).map(move |number| first + number * step)
    }

    /// A sum over a channel of the batch: `add` adds what each number brings to one sum a lane. `sums` is `lanes` floats of scratch.
    fn total(&self, channel: usize, rows: usize, sums: &mut [f32], add: impl Fn(&mut [f32], usize)) -> f64 {
        sums.fill(0.0);
        for at in self.places(channel, sums.len()) {
            add(sums, at);
        }
        sums[..rows].iter().map(|&sum| f64::from(sum)).sum()
    }

    fn deviation(&self, variance: f64) -> f32 {
        libm::sqrt(variance + self.epsilon) as f32
    }

    /// True where a batch has a spread.
    fn has_spread(&self, rows: usize) -> bool {
        rows * self.numbers > 1
    }
}

impl Module for BatchNormModule {
    fn output(&self) -> Shape {
        self.shape
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::constant("weight", vec![self.channels], 1.0), Parameter::constant("bias", vec![self.channels], 0.0)]
    }

    fn running(&self) -> Vec<Parameter> {
        vec![Parameter::constant("running_mean", vec![self.channels], 0.0), Parameter::constant("running_var", vec![self.channels], 1.0)]
    }

    fn least_rows(&self) -> usize {
        if self.has_spread(1) { 1 } else { 2 }
    }

    fn couples_rows(&self) -> bool {
        true
    }

    fn multiply_adds(&self) -> u64 {
        self.shape.numbers()
    }

    /// Whether they are the batch's own, μ and 1 / √(σ² + ε) of each channel, and a sum for each lane.
    fn kept(&self, lanes: usize) -> u64 {
        1 + 2 * self.channels as u64 + lanes as u64
    }

    fn scratch(&self, lanes: usize) -> u64 {
        lanes as u64
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, rows, mut mode } = pass;
        let (weight, bias) = parameters.split_at(self.channels);
        let (own, kept) = kept.split_at_mut(1);
        let (means, kept) = kept.split_at_mut(self.channels);
        let (inverses, sums) = kept.split_at_mut(self.channels);
        own[0] = f32::from(u8::from(matches!(mode, Mode::Train { .. }) && self.has_spread(rows)));
        let count = (rows * self.numbers) as f64;
        for channel in 0..self.channels {
            let (mean, variance) = match &mut mode {
                Mode::Train { running, .. } if self.has_spread(rows) => {
                    let (running_mean, running_variance) = running.split_at_mut(self.channels);
                    let sums = &mut sums[..lanes];
                    let mean = self.total(channel, rows, sums, |sums, at| {
                        sums.iter_mut().zip(&input[at..]).for_each(|(sum, x)| *sum += x);
                    }) / count;
                    let middle = mean as f32;
                    let squares = self.total(channel, rows, sums, |sums, at| {
                        sums.iter_mut().zip(&input[at..]).for_each(|(sum, x)| *sum += (x - middle) * (x - middle));
                    });
                    let moved = |old: f32, new: f64| ((1.0 - self.momentum) * f64::from(old) + self.momentum * new) as f32;
                    running_mean[channel] = moved(running_mean[channel], mean);
                    running_variance[channel] = moved(running_variance[channel], squares / (count - 1.0));
                    (middle, squares / count)
                }
                Mode::Train { running, .. } => (running[channel], f64::from(running[self.channels + channel])),
                Mode::Predict { running } | Mode::Explain { running } => (running[channel], f64::from(running[self.channels + channel])),
            };
            (means[channel], inverses[channel]) = (mean, 1.0 / self.deviation(variance));
            let (scale, shift) = (weight[channel] * inverses[channel], bias[channel]);
            for at in self.places(channel, lanes) {
                let pairs = output[at..at + lanes].iter_mut().zip(&input[at..at + lanes]);
                pairs.for_each(|(y, x)| *y = (x - mean) * scale + shift);
            }
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, kept, d_output, d_parameters, mut d_input, lanes, rows, scratch, .. } = pass;
        let (d_weight, d_bias) = d_parameters.split_at_mut(self.channels);
        let (own, kept) = kept.split_at(1);
        let (means, inverses) = kept[..2 * self.channels].split_at(self.channels);
        let sums = &mut scratch[..lanes];
        let count = (rows * self.numbers) as f32;
        for channel in 0..self.channels {
            let (mean, inverse) = (means[channel], inverses[channel]);
            d_bias[channel] = self.total(channel, rows, sums, |sums, at| {
                sums.iter_mut().zip(&d_output[at..]).for_each(|(sum, d)| *sum += d);
            }) as f32;
            d_weight[channel] = self.total(channel, rows, sums, |sums, at| {
                let numbers = d_output[at..].iter().zip(&input[at..]);
                sums.iter_mut().zip(numbers).for_each(|(sum, (d, x))| *sum += d * ((x - mean) * inverse));
            }) as f32;
            let Some(d_input) = d_input.as_deref_mut() else { continue };
            let scale = parameters[channel] * inverse;
            // The running statistics are constants.
            let (along, across) = if own[0] != 0.0 { (d_bias[channel] / count, d_weight[channel] / count) } else { (0.0, 0.0) };
            for at in self.places(channel, lanes) {
                let to = &mut d_input[at..at + lanes];
                for ((to, d), x) in to.iter_mut().zip(&d_output[at..]).zip(&input[at..]) {
                    *to = scale * (d - along - (x - mean) * inverse * across);
                }
                to[rows..].fill(0.0);
            }
        }
    }
}
