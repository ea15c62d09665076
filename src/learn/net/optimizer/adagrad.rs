//! s ← s + g², θ ← θ − ηₜ g / (√s + ε), ηₜ = η / (1 + (t − 1)δ) (Duchi et al. 2011), PyTorch's `Adagrad`.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Adagrad | Adagrad
///
/// Smaller steps for weights whose gradients were large. | 梯度累计越大的权重，步长越小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "adagrad"))]
pub struct Adagrad {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Learning-rate decay | 学习率衰减
    ///
    /// Divides the learning rate of update t by 1 + (t − 1) times this, besides the schedule. | 在学习率调度之外，把第 t 次更新的学习率再除以 1 + (t − 1) 乘以此值。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-term" = "adagrad"))]
    pub lr_decay: f64,
    /// Initial accumulator | 初始累积值
    ///
    /// With what the sum of squared gradients begins: more makes the first steps smaller. | 梯度平方和从此值开始累加：越大，最初的步子越小。
    #[schemars(range(min = 0.0, max = 1000.0), extend("x-depth" = "lab", "x-term" = "adagrad"))]
    pub initial_accumulator_value: f64,
}

impl Default for Adagrad {
    fn default() -> Self {
        Adagrad { learning_rate: 0.1, epsilon: 1e-10, lr_decay: 0.0, initial_accumulator_value: 0.0 }
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
        let rate = (step.rate / (1.0 + (step.update - 1) as f64 * self.lr_decay)) as f32;
        let epsilon = self.epsilon as f32;
        let [slot] = step.slots.take();
        if step.update == 1 {
            slot.fill(self.initial_accumulator_value as f32);
        }
        for ((p, &g), s) in step.parameters.iter_mut().zip(step.gradient).zip(slot) {
            *s += g * g;
            *p -= rate * g / (s.sqrt() + epsilon);
        }
    }
}
