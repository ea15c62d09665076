//! θ ← θ − η ∇L over all training rows (Cauchy 1847).

use super::{Optimizer, Step, descend};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gradient descent | 梯度下降
///
/// Every update uses all training samples. | 每次更新使用全部训练样本。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "gradient-descent"))]
pub struct GradientDescent {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
}

impl Default for GradientDescent {
    fn default() -> Self {
        GradientDescent { learning_rate: 0.3 }
    }
}

impl Optimizer for GradientDescent {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn batch(&self, _: usize, rows: usize) -> usize {
        rows
    }

    fn step(&self, step: Step) {
        descend(step);
    }
}
