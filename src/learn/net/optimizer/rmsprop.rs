//! s ← αs + (1 − α)g², θ ← θ − ηg / (√s + ε) (Hinton 2012, lecture 6e), PyTorch's `RMSprop`.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// RMSProp | RMSProp
///
/// Each weight has its own step: the gradient divided by its recent size. | 除以梯度平方的滑动平均。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rmsprop {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log"))]
    pub learning_rate: f64,
    /// Smoothing | 平滑系数
    ///
    /// Share of the old mean that is kept. | 保留旧平均值的比例。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-depth" = "lab", "x-live" = true))]
    pub alpha: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
}

impl Default for Rmsprop {
    fn default() -> Self {
        Rmsprop { learning_rate: 0.01, alpha: 0.99, epsilon: 1e-08 }
    }
}

impl Optimizer for Rmsprop {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, step: Step) {
        let (rate, epsilon, keep) = (step.rate as f32, self.epsilon as f32, self.alpha as f32);
        let add = (1.0 - self.alpha) as f32;
        let [slot] = step.slots.take();
        for ((p, &g), s) in step.parameters.iter_mut().zip(step.gradient).zip(slot) {
            *s = keep * *s + add * (g * g);
            *p -= rate * g / (s.sqrt() + epsilon);
        }
    }
}
