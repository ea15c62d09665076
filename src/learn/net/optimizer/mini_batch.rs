//! θ ← θ − η ∇L of a batch: PyTorch's `SGD` without momentum.

use super::{Optimizer, Step, descend};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mini-batch SGD | 小批量 SGD
///
/// Every update uses one batch. | 每次更新使用一个批次。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "sgd"))]
pub struct MiniBatch {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
}

impl Default for MiniBatch {
    fn default() -> Self {
        MiniBatch { learning_rate: 0.1 }
    }
}

impl Optimizer for MiniBatch {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn step(&self, step: Step) {
        descend(step);
    }
}
