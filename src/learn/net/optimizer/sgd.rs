//! θ ← θ − η ∇L of one row (Robbins & Monro 1951).

use super::{Optimizer, Step, descend};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Stochastic gradient descent | 随机梯度下降
///
/// Every update uses one sample. | 每次更新只用一个样本。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "sgd"))]
pub struct Sgd {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
}

impl Default for Sgd {
    fn default() -> Self {
        Sgd { learning_rate: 0.03 }
    }
}

impl Optimizer for Sgd {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn batch(&self, _: usize, _: usize) -> usize {
        1
    }

    fn step(&self, step: Step) {
        descend(step);
    }
}
