//! y[i] = γ[i]·x̂[i] + β[i] with x̂ = (x − μ) / √(σ² + ε), μ and σ² (divided by n) over the n numbers of one row: all its units, all numbers of an
//! image, or the features of each step of a sequence (Ba et al. 2016). dγ[i] = Σ dy[i]·x̂[i] and dβ[i] = Σ dy[i] over rows and steps;
//! with g = γ·dy, dx = (g − Σ g/n − x̂·Σ g·x̂/n) / √(σ² + ε). PyTorch's `LayerNorm` over `[units]`, `[channels, height, width]` or `[features]`.

use super::{Backward, Forward, Layer, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary::LANES;
use crate::math::matrix;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Layer norm | 层归一化
///
/// Shifts and scales the numbers of each sample to mean 0 and standard deviation 1, whatever the batch; then learned numbers scale and shift them. | 把每个样本的数变为均值 0、标准差 1，与批次无关，再用可学习的参数缩放和平移。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "steady", "x-passes" = true, "x-term" = "layer-norm"))]
pub struct LayerNorm {
    /// Epsilon | ε
    ///
    /// Added to the variance, so that nothing is divided by zero. | 加在方差上，避免除以零。
    #[schemars(range(min = 1e-8, max = 0.1), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub epsilon: f64,
}

impl Default for LayerNorm {
    fn default() -> Self {
        LayerNorm { epsilon: 1e-5 }
    }
}

impl Layer for LayerNorm {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        super::numbers(input)?;
        let (groups, normalised) = match *input {
            Shape::Image { channels, height, width } => (1, vec![channels, height, width]),
            Shape::Sequence { steps, features } => (steps, vec![features]),
            _ => (1, vec![input.units()]),
        };
        Ok(Box::new(LayerNormModule {
            shape: *input,
            groups,
            numbers: normalised.iter().product(),
            normalised,
            epsilon: self.epsilon as f32,
        }))
    }
}

struct LayerNormModule {
    shape: Shape,
    /// Groups of numbers in a row that are normalised together: steps, or one.
    groups: usize,
    /// Numbers of a group, and how they are arranged.
    numbers: usize,
    normalised: Vec<usize>,
    epsilon: f32,
}

impl Module for LayerNormModule {
    fn output(&self) -> Shape {
        self.shape
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::constant("weight", self.normalised.clone(), 1.0), Parameter::constant("bias", self.normalised.clone(), 0.0)]
    }

    fn multiply_adds(&self) -> u64 {
        self.shape.numbers()
    }

    /// For each group, μ and 1 / √(σ² + ε) of each lane.
    fn kept(&self, lanes: usize) -> u64 {
        2 * floats(self.groups, lanes)
    }

    /// Σ g and Σ g·x̂ of each lane.
    fn scratch(&self, lanes: usize) -> u64 {
        floats(2, lanes)
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, .. } = pass;
        let (weight, bias) = parameters.split_at(self.numbers);
        let count = self.numbers as f32;
        let size = self.numbers * lanes;
        let groups = input.chunks_exact(size).zip(output.chunks_exact_mut(size)).zip(kept.chunks_exact_mut(2 * lanes));
        for ((x, y), kept) in groups.take(self.groups) {
            let (means, inverses) = kept.split_at_mut(lanes);
            means.fill(0.0);
            for x in x.chunks_exact(lanes) {
                means.iter_mut().zip(x).for_each(|(mean, x)| *mean += x);
            }
            means.iter_mut().for_each(|mean| *mean /= count);
            inverses.fill(0.0);
            for x in x.chunks_exact(lanes) {
                inverses.iter_mut().zip(x).zip(&*means).for_each(|((sum, x), mean)| *sum += (x - mean) * (x - mean));
            }
            inverses.iter_mut().for_each(|value| *value = 1.0 / libm::sqrtf(*value / count + self.epsilon));
            for (((x, y), weight), bias) in x.chunks_exact(lanes).zip(y.chunks_exact_mut(lanes)).zip(weight).zip(bias) {
                for (((y, x), mean), inverse) in y.iter_mut().zip(x).zip(&*means).zip(&*inverses) {
                    *y = (x - mean) * inverse * weight + bias;
                }
            }
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, kept, d_output, d_parameters, mut d_input, lanes, scratch, .. } = pass;
        let (d_weight, d_bias) = d_parameters.split_at_mut(self.numbers);
        d_weight.fill(0.0);
        d_bias.fill(0.0);
        let count = self.numbers as f32;
        for group in 0..self.groups {
            let (means, inverses) = kept[2 * group * lanes..][..2 * lanes].split_at(lanes);
            let (along, across) = scratch[..2 * lanes].split_at_mut(lanes);
            along.fill(0.0);
            across.fill(0.0);
            let place = |number: usize| (group * self.numbers + number) * lanes;
            let at = |values: &[f32], lane: usize| f32x4::from(*values[lane..].first_chunk::<LANES>().expect("whole vectors"));
            for number in 0..self.numbers {
                let (x, dy) = (&input[place(number)..][..lanes], &d_output[place(number)..][..lanes]);
                let (mut scale, mut shift) = (f32x4::ZERO, f32x4::ZERO);
                for lane in (0..lanes).step_by(LANES) {
                    let (dy, normal) = (at(dy, lane), (at(x, lane) - at(means, lane)) * at(inverses, lane));
                    let g = dy * parameters[number];
                    scale += dy * normal;
                    shift += dy;
                    along[lane..].iter_mut().zip(g.to_array()).for_each(|(sum, g)| *sum += g);
                    across[lane..].iter_mut().zip((g * normal).to_array()).for_each(|(sum, g)| *sum += g);
                }
                d_weight[number] += matrix::sum(scale);
                d_bias[number] += matrix::sum(shift);
            }
            let Some(d_input) = d_input.as_deref_mut() else { continue };
            for number in 0..self.numbers {
                let (x, dy) = (&input[place(number)..][..lanes], &d_output[place(number)..][..lanes]);
                let to = &mut d_input[place(number)..][..lanes];
                for lane in (0..lanes).step_by(LANES) {
                    let normal = (at(x, lane) - at(means, lane)) * at(inverses, lane);
                    let middle = (at(along, lane) + normal * at(across, lane)) * (1.0 / count);
                    let dx = (at(dy, lane) * parameters[number] - middle) * at(inverses, lane);
                    to[lane..lane + LANES].copy_from_slice(&dx.to_array());
                }
            }
        }
    }
}
