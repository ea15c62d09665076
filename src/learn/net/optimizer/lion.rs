//! Chen et al. 2023, program 1: θ ← θ(1 − ηλ) − η sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g. As in AdamW, all parameters decay.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lion | Lion
///
/// Only the sign of the momentum counts: every weight moves by the same amount. | 只看动量的正负号：每个权重移动相同的距离。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "lion"))]
pub struct Lion {
    /// Learning rate | 学习率
    ///
    /// How far each update moves every weight; about a tenth of what suits Adam. | 每次更新让每个权重走多远；约为适合 Adam 的十分之一。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Beta 1 | β₁
    ///
    /// How much of the remembered gradient, against the newest, decides the direction. | 决定方向时，记忆中的梯度相对最新梯度所占的比例。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "lion"))]
    pub beta1: f64,
    /// Beta 2 | β₂
    ///
    /// How much of the remembered gradient each update keeps. | 每次更新保留多少记忆中的梯度。
    #[schemars(range(min = 0.0, max = 0.999999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "lion"))]
    pub beta2: f64,
    /// Weight decay | 权重衰减
    ///
    /// How much every weight shrinks at each step: this share times the learning rate. | 每一步每个权重缩小多少：此比例乘以学习率。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-live" = true, "x-term" = "weight-decay"))]
    pub weight_decay: f64,
}

impl Default for Lion {
    fn default() -> Self {
        Lion { learning_rate: 0.003, beta1: 0.9, beta2: 0.99, weight_decay: 0.0 }
    }
}

impl Optimizer for Lion {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, step: Step) {
        let rate = step.rate as f32;
        let (beta1, add1) = (self.beta1 as f32, (1.0 - self.beta1) as f32);
        let (beta2, add2) = (self.beta2 as f32, (1.0 - self.beta2) as f32);
        let keep = (1.0 - step.rate * self.weight_decay) as f32;
        let [momentum] = step.slots.take();
        for ((p, &g), m) in step.parameters.iter_mut().zip(step.gradient).zip(momentum) {
            let mean = beta1 * *m + add1 * g;
            // `signum` makes ±1 of zero, where no step is right.
            let sign = if mean == 0.0 { 0.0 } else { mean.signum() };
            *p = keep * *p - rate * sign;
            *m = beta2 * *m + add2 * g;
        }
    }
}
