//! Gupta, Koren & Singer 2018, algorithm 1: L ← L + GGᵀ, R ← R + GᵀG, θ ← θ − η (L + εI)^−¼ G (R + εI)^−¼ for the matrix G of a weight's gradient;
//! for a bias, a tensor of one side, θ ← θ − η (Σggᵀ + εI)^−½ g (algorithm 2: the exponent is −1 / 2k for k sides).
//!
//! Practice beyond the paper, as in Anil et al. 2020: roots are taken every few updates, by eigendecomposition; L and R may forget (β₂ < 1: running
//! means, corrected as Adam's); momentum of the preconditioned gradient; a side that is too long is left alone, the others taking the exponent for as many
//! as remain; and grafting: the direction is Shampoo's, the length of each tensor's step that of a simpler method, so that its learning rates fit.

use super::{Block, Optimizer, Step};
use crate::math::eigen;
use crate::math::product::{accumulate_columns, accumulate_rows, norm, product, transposed_product};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Shampoo | Shampoo
///
/// Stretches each layer's step along the directions in which its gradients were small. | 沿过去梯度较小的方向拉长每一层的步伐。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "shampoo"))]
pub struct Shampoo {
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
    /// Beta 2 | β₂
    ///
    /// How much of what is known about past gradients each update keeps; 1 adds up for ever, as first published. | 每次更新保留多少对过去梯度的了解；1 表示一直累加，即最初发表的形式。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-term" = "shampoo"))]
    pub beta2: f64,
    /// Epsilon | ε
    ///
    /// Keeps directions without gradients from being stretched without end. | 避免没有梯度的方向被无限拉长。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Preconditioning interval | 预条件更新间隔
    ///
    /// Updates between two computations of the inverse roots, which are expensive for large layers. | 两次计算逆根之间的更新次数；层大时这一计算很费时。
    #[schemars(range(min = 1, max = 1000), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub every: u64,
    /// Grafting | 嫁接
    ///
    /// Whose length the steps have; the direction is Shampoo's. | 步长取自哪种方法；方向仍由 Shampoo 决定。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "shampoo"))]
    pub graft: Graft,
    /// Max preconditioned size | 预条件最大边长
    ///
    /// A side of a weight matrix that is larger than this is not preconditioned. | 权重矩阵超过此值的一边不做预条件处理。
    #[schemars(range(min = 1, max = 1024), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub longest: usize,
}

/// Grafting | 嫁接
///
/// Whose length the steps have; the direction is Shampoo's. | 步长取自哪种方法；方向仍由 Shampoo 决定。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Graft {
    /// None | 无
    ///
    /// Shampoo's own length. | Shampoo 自己的长度。
    None,
    /// Gradient | 梯度
    ///
    /// As long as the gradient: plain SGD. | 与梯度一样长：普通 SGD。
    Gradient,
    /// Adagrad | Adagrad
    ///
    /// As long as a step of Adagrad, of RMSProp where beta 2 is below 1. | 与 Adagrad 的步子一样长；β₂ 小于 1 时与 RMSProp 一样长。
    #[default]
    #[schemars(extend("x-term" = "adagrad"))]
    Adagrad,
}

impl Default for Shampoo {
    fn default() -> Self {
        Shampoo { learning_rate: 0.003, momentum: 0.9, beta2: 0.999, epsilon: 1e-8, every: 10, graft: Graft::Adagrad, longest: 256 }
    }
}

/// Where a block's sides are: the length of each that is stretched, 0 for one that is not.
fn sides(block: &Block, longest: usize) -> [usize; 2] {
    let side = |length: usize, has: bool| if has && length <= longest { length } else { 0 };
    [side(block.rows, true), side(block.columns, block.weight)]
}

/// root ← (sum / correct + εI)^(−1 / 2k); no number where the sum is not finite, which comes of a gradient that is not: the step then is none either, as
/// with every other optimizer, and the run is stopped for it. `scratch` has room for 2 n² + 3 n numbers.
fn root(sum: &[f64], root: &mut [f64], n: usize, correct: f64, epsilon: f64, order: usize, scratch: &mut [f64]) {
    let (matrix, scratch) = scratch.split_at_mut(n * n);
    let (vectors, scratch) = scratch.split_at_mut(n * n);
    let (values, work) = scratch.split_at_mut(n);
    matrix.iter_mut().zip(sum).for_each(|(value, sum)| *value = sum / correct);
    if eigen::symmetric(matrix, vectors, values, work, n).is_err() {
        return root.fill(f64::NAN);
    }
    for ((scaled, vector), value) in matrix.chunks_exact_mut(n).zip(vectors.chunks_exact(n)).zip(values.iter()) {
        let square_root = libm::sqrt(value.max(0.0) + epsilon);
        let power = 1.0 / if order == 2 { libm::sqrt(square_root) } else { square_root };
        scaled.iter_mut().zip(vector).for_each(|(scaled, component)| *scaled = power * component);
    }
    transposed_product(vectors, matrix, root, n, n);
}

impl Optimizer for Shampoo {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        2
    }

    /// L, its root, R, its root.
    fn memory(&self, block: &Block) -> u64 {
        sides(block, self.longest).into_iter().map(|side| 2 * (side * side) as u64).sum()
    }

    fn scratch(&self, block: &Block) -> u64 {
        let side = sides(block, self.longest).into_iter().max().unwrap_or(0);
        2 * block.range.len() as u64 + (2 * side * side + 3 * side) as u64
    }

    fn step(&self, step: Step) {
        let Step { rate, update, parameters, gradient, slots, blocks, memory, scratch } = step;
        let [velocity, squares] = slots.take();
        let adds_up = self.beta2 == 1.0;
        let add = if adds_up { 1.0 } else { 1.0 - self.beta2 };
        let correct = if adds_up { 1.0 } else { 1.0 - libm::pow(self.beta2, update as f64) };
        for block in blocks {
            let (rows, columns, range) = (block.rows, block.columns, block.range.clone());
            let lengths = sides(block, self.longest);
            let order = lengths.iter().filter(|&&side| side > 0).count();
            let (g, scratch) = scratch.split_at_mut(range.len());
            let (turned, scratch) = scratch.split_at_mut(range.len());
            g.iter_mut().zip(&gradient[range.clone()]).for_each(|(wide, &slope)| *wide = f64::from(slope));
            let aim = match self.graft {
                Graft::None => f64::NAN,
                Graft::Gradient => norm(g),
                Graft::Adagrad => {
                    let mut total = 0.0;
                    for (sum, &g) in squares[range.clone()].iter_mut().zip(g.iter()) {
                        *sum = self.beta2 as f32 * *sum + (add * g * g) as f32;
                        // An empty sum has an empty gradient.
                        total += if *sum > 0.0 { g * g / (f64::from(*sum) / correct) } else { 0.0 };
                    }
                    libm::sqrt(total)
                }
            };

            let due = (update - 1).is_multiple_of(self.every);
            let (left, right) = memory[block.memory.clone()].split_at_mut(2 * lengths[0] * lengths[0]);
            if lengths[0] > 0 {
                let (sum, fourth) = left.split_at_mut(rows * rows);
                accumulate_rows(sum, self.beta2, add, g, rows);
                if due {
                    root(sum, fourth, rows, correct, self.epsilon, order, scratch);
                }
            }
            if lengths[1] > 0 {
                let (sum, fourth) = right.split_at_mut(columns * columns);
                accumulate_columns(sum, self.beta2, add, g, columns);
                if due {
                    root(sum, fourth, columns, correct, self.epsilon, order, scratch);
                }
            }
            if lengths[0] > 0 {
                product(&left[rows * rows..], g, turned, rows, columns);
                g.copy_from_slice(turned);
            }
            if lengths[1] > 0 {
                product(g, &right[columns * columns..], turned, columns, columns);
                g.copy_from_slice(turned);
            }

            let length = norm(g);
            let factor = if aim.is_nan() || length == 0.0 { 1.0 } else { aim / length };
            let (keep, size) = (self.momentum as f32, rate as f32);
            for ((p, v), &g) in parameters[range.clone()].iter_mut().zip(&mut velocity[range]).zip(g.iter()) {
                *v = keep * *v + (factor * g) as f32;
                *p -= size * *v;
            }
        }
    }
}
