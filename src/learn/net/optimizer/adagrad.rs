//! s ← s + g², θ ← θ − ηg / (√s + ε) (Duchi et al. 2011), PyTorch's `Adagrad`.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Adagrad | Adagrad
///
/// Smaller steps for weights whose gradients were large. | 梯度累计越大的权重，步长越小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Adagrad {
    /// Learning rate | 学习率
    ///
    /// Size of each step, before the schedule. | 每一步的大小（应用学习率计划之前）。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-live" = true, "x-scale" = "log"))]
    pub learning_rate: f64,
    /// Epsilon | ε
    ///
    /// Added to the denominator. | 加在分母上的小量。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
}

impl Default for Adagrad {
    fn default() -> Self {
        Adagrad { learning_rate: 0.1, epsilon: 1e-10 }
    }
}

impl Optimizer for Adagrad {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, step: Step) {
        let (rate, epsilon) = (step.rate as f32, self.epsilon as f32);
        for ((p, &g), s) in step.parameters.iter_mut().zip(step.gradient).zip(step.slots) {
            *s += g * g;
            *p -= rate * g / (s.sqrt() + epsilon);
        }
    }
}
