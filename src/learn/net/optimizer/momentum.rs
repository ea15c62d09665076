//! v ← μv + (1 − τ)g, θ ← θ − ηv (Polyak 1964), as PyTorch's `SGD(momentum=μ, dampening=τ)`: v starts at the first gradient, all of it.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Momentum | 动量
///
/// A ball that keeps rolling: velocity averages gradients. | 像滚动的小球：速度累积梯度。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "momentum"))]
pub struct Momentum {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Momentum | 动量
    ///
    /// How much of the last step's velocity is kept: more rolls on longer. | 保留上一步速度的比例。
    #[schemars(range(min = 0.0, max = 0.9999), extend("x-live" = true, "x-term" = "momentum"))]
    pub momentum: f64,
    /// Dampening | 阻尼
    ///
    /// What share of every gradient but the first is left out; as much as the momentum makes velocity a mean. | 除第一次外，每次梯度舍去的比例；与动量相等时，速度即为平均值。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-term" = "momentum"))]
    pub dampening: f64,
}

impl Default for Momentum {
    fn default() -> Self {
        Momentum { learning_rate: 0.05, momentum: 0.9, dampening: 0.0 }
    }
}

impl Optimizer for Momentum {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, step: Step) {
        let (rate, keep) = (step.rate as f32, self.momentum as f32);
        let add = if step.update == 1 { 1.0 } else { (1.0 - self.dampening) as f32 };
        let [slot] = step.slots.take();
        for ((p, &g), v) in step.parameters.iter_mut().zip(step.gradient).zip(slot) {
            *v = keep * *v + add * g;
            *p -= rate * *v;
        }
    }
}
