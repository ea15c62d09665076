//! Adam with decoupled weight decay (Loshchilov & Hutter 2019), PyTorch's `AdamW`: all parameters decay.

use super::moments::{self, Moments};
use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// AdamW | AdamW
///
/// Adam whose weight decay is not scaled by the gradients. | 权重衰减与梯度缩放解耦的 Adam。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Adamw {
    /// Learning rate | 学习率
    ///
    /// Size of each step, before the schedule. | 每一步的大小（应用学习率计划之前）。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-live" = true, "x-scale" = "log"))]
    pub learning_rate: f64,
    /// Beta 1 | β₁
    ///
    /// Share of the old mean of gradients that is kept. | 保留旧梯度平均的比例。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-live" = true))]
    pub beta1: f64,
    /// Beta 2 | β₂
    ///
    /// Share of the old mean of squared gradients that is kept. | 保留旧梯度平方平均的比例。
    #[schemars(range(min = 0.0, max = 0.999999), extend("x-live" = true))]
    pub beta2: f64,
    /// Epsilon | ε
    ///
    /// Added to the denominator. | 加在分母上的小量。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Weight decay | 权重衰减
    ///
    /// Share of each parameter taken away a step, times the learning rate. | 每步按学习率比例减去的参数份额。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-live" = true))]
    pub weight_decay: f64,
}

impl Default for Adamw {
    fn default() -> Self {
        Adamw { learning_rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-08, weight_decay: 0.01 }
    }
}

impl Optimizer for Adamw {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        2
    }

    fn step(&self, step: Step) {
        moments::step(step, &Moments { beta1: self.beta1, beta2: self.beta2, epsilon: self.epsilon, weight_decay: self.weight_decay });
    }
}
