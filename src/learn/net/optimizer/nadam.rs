//! Adam with Nesterov's look ahead (Dozat 2016), PyTorch's `NAdam`: μₜ = β₁(1 − ½ · 0.96^(ψt)), m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
//! θ ← θ − η / (√v̂ + ε) · (μₜ₊₁ m / (1 − Π₁ᵗ⁺¹μ) + (1 − μₜ) g / (1 − Π₁ᵗμ)), v̂ = v / (1 − β₂ᵗ). The product is each tensor's memory.

use super::{Block, Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// NAdam | NAdam
///
/// Adam that looks one step ahead along its momentum. | 沿动量方向提前看一步的 Adam。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "nadam"))]
pub struct Nadam {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Beta 1 | β₁
    ///
    /// How much of the running mean of past gradients each update keeps. | 每次更新保留多少过去梯度的滑动平均。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "adam"))]
    pub beta1: f64,
    /// Beta 2 | β₂
    ///
    /// How much of the running mean of past squared gradients each update keeps. | 每次更新保留多少过去梯度平方的滑动平均。
    #[schemars(range(min = 0.0, max = 0.999999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "adam"))]
    pub beta2: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Momentum decay | 动量衰减
    ///
    /// How fast the look ahead grows from half of beta 1 to all of it. | 前瞻动量从 β₁ 的一半增长到 β₁ 的快慢。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-term" = "nadam"))]
    pub momentum_decay: f64,
}

impl Default for Nadam {
    fn default() -> Self {
        Nadam { learning_rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-08, momentum_decay: 0.004 }
    }
}

impl Nadam {
    /// μₜ.
    fn momentum(&self, t: f64) -> f64 {
        self.beta1 * (1.0 - 0.5 * libm::pow(0.96, t * self.momentum_decay))
    }
}

impl Optimizer for Nadam {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        2
    }

    fn memory(&self, _block: &Block) -> u64 {
        1
    }

    fn step(&self, step: Step) {
        let t = step.update as f64;
        let (now, next) = (self.momentum(t), self.momentum(t + 1.0));
        let correct = libm::sqrt(1.0 - libm::pow(self.beta2, t));
        let epsilon = self.epsilon as f32;
        let (beta1, add1) = (self.beta1 as f32, (1.0 - self.beta1) as f32);
        let (beta2, add2) = (self.beta2 as f32, (1.0 - self.beta2) as f32);
        let scale = (1.0 / correct) as f32;
        let [first, second] = step.slots.take();
        for block in step.blocks {
            let product = &mut step.memory[block.memory.start];
            *product = if step.update == 1 { now } else { *product * now };
            let (of_gradient, of_mean) = (step.rate * (1.0 - now) / (1.0 - *product), step.rate * next / (1.0 - *product * next));
            let (of_gradient, of_mean) = (of_gradient as f32, of_mean as f32);
            let range = block.range.clone();
            let moments = first[range.clone()].iter_mut().zip(&mut second[range.clone()]);
            for ((p, &g), (m, v)) in step.parameters[range.clone()].iter_mut().zip(&step.gradient[range]).zip(moments) {
                *m = beta1 * *m + add1 * g;
                *v = beta2 * *v + add2 * (g * g);
                *p -= (of_gradient * g + of_mean * *m) / (v.sqrt() * scale + epsilon);
            }
        }
    }
}
