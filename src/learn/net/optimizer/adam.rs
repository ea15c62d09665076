//! Kingma & Ba 2015, algorithm 1, PyTorch's `Adam`; with `amsgrad` that of Reddi et al. 2018.

use super::moments::{self, Moments};
use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Adam | Adam
///
/// Momentum, and a step size of its own for every weight. | 动量，再加上每个权重自己的步长。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "adam"))]
pub struct Adam {
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
    /// AMSGrad | AMSGrad
    ///
    /// Divides by the largest mean of squared gradients so far, so that steps never grow again. | 除以迄今最大的梯度平方均值，使步长不再变大。
    #[schemars(extend("x-depth" = "lab", "x-term" = "adam"))]
    pub amsgrad: bool,
}

impl Default for Adam {
    fn default() -> Self {
        Adam { learning_rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-08, amsgrad: false }
    }
}

impl Optimizer for Adam {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        Moments::slots(self.amsgrad)
    }

    fn step(&self, step: Step) {
        let Adam { beta1, beta2, epsilon, amsgrad, .. } = *self;
        moments::step(step, &Moments { beta1, beta2, epsilon, weight_decay: 0.0, amsgrad });
    }
}
