//! y[c] = Σ_p x[c](p) / n over the n pixels p of an image; y[f] = Σ_t x[t][f] / n over the n steps t of a sequence; each gets ∂L/∂y / n
//! (Lin et al. 2014). In PyTorch `AdaptiveAvgPool2d(1)` and `Flatten` for images, so that it takes two places; a module of one's own
//! that returns `x.mean(1)` for sequences `[N, steps, features]`, one place.

use super::{Backward, Forward, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Global average pooling | 全局平均池化
///
/// One number a channel of an image or a feature of a sequence: its mean. | 图像每个通道或序列每个特征各取一个平均值。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "pooling"))]
pub struct GlobalAveragePool {}

impl Layer for GlobalAveragePool {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        super::numbers(input)?;
        match *input {
            Shape::Image { .. } | Shape::Sequence { .. } => Ok(Box::new(GlobalAveragePoolModule { input: *input })),
            _ => Err(message!(
                "needs an image or a sequence and gets {input} numbers in a row",
                "需要图像或序列，得到的却是一行 {input} 个数"
            )),
        }
    }
}

struct GlobalAveragePoolModule {
    input: Shape,
}

impl GlobalAveragePoolModule {
    /// How many means there are, of how many numbers each.
    fn sizes(&self) -> (usize, usize) {
        match self.input {
            Shape::Image { channels, height, width } => (channels, height * width),
            Shape::Sequence { steps, features } => (features, steps),
            _ => unreachable!("checked before"),
        }
    }

    /// Calls `visit` with each mean and each of its numbers.
    fn pairs(&self, mut visit: impl FnMut(usize, usize)) {
        let (means, numbers) = self.sizes();
        for number in 0..means * numbers {
            visit(if matches!(self.input, Shape::Image { .. }) { number / numbers } else { number % means }, number);
        }
    }
}

impl Module for GlobalAveragePoolModule {
    fn output(&self) -> Shape {
        Shape::Flat { units: self.sizes().0 }
    }

    fn span(&self) -> usize {
        if matches!(self.input, Shape::Image { .. }) { 2 } else { 1 }
    }

    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    fn multiply_adds(&self) -> u64 {
        0
    }

    fn forward(&self, pass: Forward) {
        let Forward { input, output, lanes, .. } = pass;
        let (means, numbers) = self.sizes();
        let output = &mut output[..means * lanes];
        output.fill(0.0);
        self.pairs(|mean, number| {
            output[mean * lanes..][..lanes].iter_mut().zip(&input[number * lanes..]).for_each(|(sum, x)| *sum += x);
        });
        output.iter_mut().for_each(|sum| *sum *= 1.0 / numbers as f32);
    }

    fn backward(&self, pass: Backward) {
        let Backward { d_output, d_input, lanes, .. } = pass;
        let Some(d_input) = d_input else { return };
        let share = 1.0 / self.sizes().1 as f32;
        self.pairs(|mean, number| {
            d_input[number * lanes..][..lanes].iter_mut().zip(&d_output[mean * lanes..]).for_each(|(to, d)| *to = d * share);
        });
    }
}
