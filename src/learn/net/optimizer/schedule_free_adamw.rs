//! Defazio et al. 2024, algorithm 1: three sequences of weights, all equal at first. Gradients are taken at y = (1 − β₁)z + β₁x, the parameters;
//! v ← β₂v + (1 − β₂)g², z ← z − γ(g / (√v̂ + ε) + λy), v̂ = v / (1 − β₂ᵗ); x ← (1 − c)x + cz with c = wₜ / Σw, a mean of all z, with which the
//! model answers. As in the authors' `schedulefree` 1.4 (`AdamWScheduleFree` with r = 0 and `weight_lr_power` = 2), w is the square of the largest γ so
//! far, so that a falling rate does not make the last steps count less; γ and w are free of the correction of v; and t and Σw also count the updates that
//! a frozen tensor sits out. Each tensor's memory is t, the largest γ, and Σw. A warm-up is the network's setting; schedules work but are not needed.
//! The running statistics of batch normalisation are those at y.

use super::{Block, Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Schedule-Free AdamW | Schedule-Free AdamW（免学习率调度）
///
/// AdamW that predicts with the mean of its steps, and so needs no falling learning rate. | 以各步的平均权重来预测的 AdamW，因此不需要逐渐降低学习率。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "schedule-free"))]
pub struct ScheduleFreeAdamw {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Beta 1 | β₁
    ///
    /// Where gradients are taken: at the mean of the steps (1) or at the newest step (0). | 在何处求梯度：在各步的平均处（1）或最新一步处（0）。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-term" = "schedule-free"))]
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
    /// Weight decay | 权重衰减
    ///
    /// How much every weight shrinks at each step: this share times the learning rate. | 每一步每个权重缩小多少：此比例乘以学习率。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-live" = true, "x-term" = "weight-decay"))]
    pub weight_decay: f64,
}

impl Default for ScheduleFreeAdamw {
    fn default() -> Self {
        ScheduleFreeAdamw { learning_rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-08, weight_decay: 0.0 }
    }
}

/// Counts an update with this rate: (t, c).
fn count(rate: f64, memory: &mut [f64]) -> (f64, f64) {
    let [t, largest, sum] = memory else { unreachable!("three numbers a tensor") };
    *t += 1.0;
    *largest = largest.max(rate);
    let weight = *largest * *largest;
    *sum += weight;
    (*t, if *sum > 0.0 { weight / *sum } else { 0.0 })
}

impl Optimizer for ScheduleFreeAdamw {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        3
    }

    fn iterates(&self) -> usize {
        2
    }

    fn memory(&self, _block: &Block) -> u64 {
        3
    }

    fn sit_out(&self, rate: f64, block: &Block, memory: &mut [f64]) {
        count(rate, &mut memory[block.memory.clone()]);
    }

    fn step(&self, step: Step) {
        let (rate, epsilon, decay) = (step.rate as f32, self.epsilon as f32, self.weight_decay as f32);
        let (beta2, add2, towards) = (self.beta2 as f32, (1.0 - self.beta2) as f32, self.beta1 as f32);
        let [mean, newest, second] = step.slots.take();
        for block in step.blocks {
            let (t, take) = count(step.rate, &mut step.memory[block.memory.clone()]);
            let (scale, take) = ((1.0 / libm::sqrt(1.0 - libm::pow(self.beta2, t))) as f32, take as f32);
            let range = block.range.clone();
            let sequences = mean[range.clone()].iter_mut().zip(&mut newest[range.clone()]).zip(&mut second[range.clone()]);
            for ((y, &g), ((x, z), v)) in step.parameters[range.clone()].iter_mut().zip(&step.gradient[range]).zip(sequences) {
                *v = beta2 * *v + add2 * (g * g);
                *z -= rate * (g / (v.sqrt() * scale + epsilon) + decay * *y);
                *x += take * (*z - *x);
                *y = *z + towards * (*x - *z);
            }
        }
    }
}
