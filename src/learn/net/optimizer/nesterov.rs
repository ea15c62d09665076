//! v ← μv + g, θ ← θ − η(g + μv) (Nesterov 1983 in the form of Sutskever et al. 2013), as PyTorch's `SGD(nesterov=True)`.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nesterov | Nesterov 动量
///
/// Momentum that looks ahead before it steps. | 先向前看一步的动量。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "nesterov"))]
pub struct Nesterov {
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
}

impl Default for Nesterov {
    fn default() -> Self {
        Nesterov { learning_rate: 0.05, momentum: 0.9 }
    }
}

impl Optimizer for Nesterov {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, step: Step) {
        let (rate, keep) = (step.rate as f32, self.momentum as f32);
        let [slot] = step.slots.take();
        for ((p, &g), v) in step.parameters.iter_mut().zip(step.gradient).zip(slot) {
            *v = keep * *v + g;
            *p -= rate * (g + keep * *v);
        }
    }
}
