//! s ← αs + (1 − α)g², θ ← θ − ηg / (√s + ε) (Hinton 2012, lecture 6e), PyTorch's `RMSprop`. Centred: a ← αa + (1 − α)g, and s − a² in place of s
//! (Graves 2013, eq. 38–40). With momentum: b ← μb + g / (√s + ε), θ ← θ − ηb.

use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// RMSProp | RMSProp
///
/// Each weight has its own step: the gradient divided by its recent size. | 每个权重有自己的步长：梯度除以其近期大小（平方滑动平均的平方根）。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "rmsprop"))]
pub struct Rmsprop {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Alpha (smoothing) | α（平滑系数）
    ///
    /// Share of the old mean that is kept. | 保留旧平均值的比例。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "rmsprop"))]
    pub alpha: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Momentum | 动量
    ///
    /// How much of the last step is kept: more rolls on longer. | 保留上一步的比例：越大，滚动越久。
    #[schemars(range(min = 0.0, max = 0.9999), extend("x-depth" = "lab", "x-term" = "momentum"))]
    pub momentum: f64,
    /// Centred | 中心化
    ///
    /// Divides by how much the gradient varies instead of how large it is. | 除以梯度的波动幅度，而不是它的大小。
    #[schemars(extend("x-depth" = "lab", "x-term" = "rmsprop"))]
    pub centered: bool,
}

impl Default for Rmsprop {
    fn default() -> Self {
        Rmsprop { learning_rate: 0.01, alpha: 0.99, epsilon: 1e-08, momentum: 0.0, centered: false }
    }
}

impl Optimizer for Rmsprop {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        1 + usize::from(self.centered) + usize::from(self.momentum > 0.0)
    }

    fn step(&self, step: Step) {
        let (rate, epsilon, keep) = (step.rate as f32, self.epsilon as f32, self.alpha as f32);
        let add = (1.0 - self.alpha) as f32;
        let (parameters, gradient, momentum) = (step.parameters, step.gradient, self.momentum as f32);
        // Rounding may put a variance a little below zero, where PyTorch's root is no number.
        let root = |square: f32, mean: f32| {
            let variance = square - mean * mean;
            if variance < 0.0 { 0.0 } else { variance.sqrt() }
        };
        match (self.centered, self.momentum > 0.0) {
            (false, false) => {
                let [squares] = step.slots.take();
                for ((p, &g), s) in parameters.iter_mut().zip(gradient).zip(squares) {
                    *s = keep * *s + add * (g * g);
                    *p -= rate * g / (s.sqrt() + epsilon);
                }
            }
            (true, false) => {
                let [squares, means] = step.slots.take();
                for (((p, &g), s), a) in parameters.iter_mut().zip(gradient).zip(squares).zip(means) {
                    *s = keep * *s + add * (g * g);
                    *a = keep * *a + add * g;
                    *p -= rate * g / (root(*s, *a) + epsilon);
                }
            }
            (false, true) => {
                let [squares, velocity] = step.slots.take();
                for (((p, &g), s), b) in parameters.iter_mut().zip(gradient).zip(squares).zip(velocity) {
                    *s = keep * *s + add * (g * g);
                    *b = momentum * *b + g / (s.sqrt() + epsilon);
                    *p -= rate * *b;
                }
            }
            (true, true) => {
                let [squares, means, velocity] = step.slots.take();
                for ((((p, &g), s), a), b) in parameters.iter_mut().zip(gradient).zip(squares).zip(means).zip(velocity) {
                    *s = keep * *s + add * (g * g);
                    *a = keep * *a + add * g;
                    *b = momentum * *b + g / (root(*s, *a) + epsilon);
                    *p -= rate * *b;
                }
            }
        }
    }
}
