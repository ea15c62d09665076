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
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log"))]
    pub learning_rate: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
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
        let [slot] = step.slots.take();
        for ((p, &g), s) in step.parameters.iter_mut().zip(step.gradient).zip(slot) {
            *s += g * g;
            *p -= rate * g / (s.sqrt() + epsilon);
        }
    }
}
