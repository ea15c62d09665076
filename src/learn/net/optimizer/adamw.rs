//! Adam with decoupled weight decay (Loshchilov & Hutter 2019), PyTorch's `AdamW`: all parameters decay; `amsgrad` as in `adam.rs`.

use super::moments::{self, Moments};
use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// AdamW | AdamW
///
/// Adam that also shrinks every weight a little at each step. | 每一步还让所有权重略微缩小的 Adam。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "adamw"))]
pub struct Adamw {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Beta 1 | β₁
    ///
    /// How much of the running mean of past gradients each update keeps. | 每次更新保留多少过去梯度的滑动平均。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "adam"))]
    pub beta1: f64,
    /// Beta 2 | β₂
    ///
    /// How much of the running mean of past squared gradients each update keeps. | 每次更新保留多少过去梯度平方的滑动平均。
    #[schemars(range(min = 0.0, max = 0.999999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "adam"))]
    pub beta2: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Weight decay | 权重衰减
    ///
    /// How much every weight shrinks at each step: this share times the learning rate. | 每一步每个权重缩小多少：此比例乘以学习率。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-live" = true, "x-term" = "weight-decay"))]
    pub weight_decay: f64,
    /// AMSGrad | AMSGrad
    ///
    /// Divides by the largest mean of squared gradients so far, so that steps never grow again. | 除以迄今最大的梯度平方均值，使步长不再变大。
    #[schemars(extend("x-depth" = "lab", "x-term" = "adam"))]
    pub amsgrad: bool,
}

impl Default for Adamw {
    fn default() -> Self {
        Adamw { learning_rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-08, weight_decay: 0.01, amsgrad: false }
    }
}

impl Optimizer for Adamw {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        Moments::slots(self.amsgrad)
    }

    fn step(&self, step: Step) {
        let Adamw { beta1, beta2, epsilon, weight_decay, amsgrad, .. } = *self;
        moments::step(step, &Moments { beta1, beta2, epsilon, weight_decay, amsgrad });
    }
}
