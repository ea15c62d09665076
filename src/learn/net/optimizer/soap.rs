//! Vyas et al. 2024, algorithms 3 and 4: Adam in the eigenbasis of Shampoo's L and R. With G' = Q_Lᵀ G Q_R, M' ← β₁M' + (1 − β₁)G',
//! V ← β₂V + (1 − β₂)G'², θ ← θ − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · Q_L (M' / (√V + ε)) Q_Rᵀ; then L ← β₂L + (1 − β₂)GGᵀ, R ← β₂R + (1 − β₂)GᵀG, and every few
//! updates Q ← QR(L·Q), one step of the power iteration, after which M' is turned to the new basis.
//!
//! As in the authors' program: the first update only finds the bases, by eigendecomposition, and moves nothing, so that no gradient is judged in a basis
//! that knows it; before each power iteration the columns of Q, and V with them, are put in the order of their eigenvalues; biases and scales stay in their
//! own axes, which is Adam; so does a side that is too long.

use super::{Block, Optimizer, Step};
use crate::math::product::{accumulate_columns, accumulate_rows, product, product_transposed, transposed_product};
use crate::math::{eigen, qr};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// SOAP | SOAP
///
/// Adam that first turns each layer to the directions in which its gradients vary. | 先把每一层转到其梯度变化的方向上，再使用 Adam。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "soap"))]
pub struct Soap {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Beta 1 | β₁
    ///
    /// How much of the running mean of past gradients each update keeps. | 每次更新保留多少过去梯度的滑动平均。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "soap"))]
    pub beta1: f64,
    /// Beta 2 | β₂
    ///
    /// How much of what is known about past squared gradients each update keeps. | 每次更新保留多少对过去梯度平方的了解。
    #[schemars(range(min = 0.0, max = 0.999999), extend("x-depth" = "lab", "x-live" = true, "x-term" = "soap"))]
    pub beta2: f64,
    /// Epsilon | ε
    ///
    /// A tiny number that keeps the division safe when gradients are almost zero. | 一个很小的数，梯度几乎为零时让除法仍然安全。
    #[schemars(range(min = 1e-12, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub epsilon: f64,
    /// Preconditioning interval | 预条件更新间隔
    ///
    /// Updates between two corrections of the directions, which are expensive for large layers. | 两次修正方向之间的更新次数；层大时这一修正很费时。
    #[schemars(range(min = 1, max = 1000), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub every: u64,
    /// Max preconditioned size | 预条件最大边长
    ///
    /// A side of a weight matrix that is larger than this is not preconditioned. | 权重矩阵超过此值的一边不做预条件处理。
    #[schemars(range(min = 1, max = 1024), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub longest: usize,
}

impl Default for Soap {
    fn default() -> Self {
        Soap { learning_rate: 0.02, beta1: 0.95, beta2: 0.95, epsilon: 1e-08, every: 10, longest: 256 }
    }
}

/// The length of each side that is turned, 0 for one that is not; a side of one has nothing to turn to.
fn sides(block: &Block, longest: usize) -> [usize; 2] {
    [block.rows, block.columns].map(|side| if block.weight && (2..=longest).contains(&side) { side } else { 0 })
}

/// What is remembered of a block's sides: L or R, and the eigenbasis as rows.
struct Bases<'a> {
    lengths: [usize; 2],
    columns: usize,
    sums: [&'a mut [f64]; 2],
    bases: [&'a mut [f64]; 2],
}

impl<'a> Bases<'a> {
    fn new(block: &Block, longest: usize, memory: &'a mut [f64]) -> Self {
        let lengths = sides(block, longest);
        let [left, right] = lengths.map(|side| side * side);
        let (left_sum, memory) = memory.split_at_mut(left);
        let (left_basis, memory) = memory.split_at_mut(left);
        let (right_sum, right_basis) = memory.split_at_mut(right);
        Bases { lengths, columns: block.columns, sums: [left_sum, right_sum], bases: [left_basis, right_basis] }
    }

    /// Into the eigenbasis: Q_Lᵀ·X·Q_R; `work` is as large as `x`.
    fn turn(&self, x: &mut [f64], work: &mut [f64]) {
        if self.lengths[0] > 0 {
            product(self.bases[0], x, work, self.lengths[0], self.columns);
            x.copy_from_slice(work);
        }
        if self.lengths[1] > 0 {
            product_transposed(x, self.bases[1], work, self.columns);
            x.copy_from_slice(work);
        }
    }

    /// Back: Q_L·X·Q_Rᵀ.
    fn back(&self, x: &mut [f64], work: &mut [f64]) {
        if self.lengths[0] > 0 {
            transposed_product(self.bases[0], x, work, self.lengths[0], self.columns);
            x.copy_from_slice(work);
        }
        if self.lengths[1] > 0 {
            product(x, self.bases[1], work, self.columns, self.columns);
            x.copy_from_slice(work);
        }
    }

    fn accumulate(&mut self, beta2: f64, g: &[f64]) {
        let [rows, columns] = self.lengths;
        if rows > 0 {
            accumulate_rows(self.sums[0], beta2, 1.0 - beta2, g, rows);
        }
        if columns > 0 {
            accumulate_columns(self.sums[1], beta2, 1.0 - beta2, g, columns);
        }
    }

    /// The eigenbases of both sums; no numbers where a sum is not finite, which comes of a gradient that is not: the next step then is none either, as
    /// with every other optimizer, and the run is stopped for it.
    fn decompose(&mut self, scratch: &mut [f64]) {
        for side in 0..2 {
            let n = self.lengths[side];
            if n == 0 {
                continue;
            }
            let (matrix, scratch) = scratch.split_at_mut(n * n);
            let (values, work) = scratch.split_at_mut(n);
            matrix.copy_from_slice(self.sums[side]);
            if eigen::symmetric(matrix, self.bases[side], values, work, n).is_err() {
                self.bases[side].fill(f64::NAN);
            }
        }
    }

    /// One power iteration of each basis; `second` is put in the order of the eigenvalues along.
    fn iterate(&mut self, second: &mut [f32], scratch: &mut [f64]) {
        for side in 0..2 {
            let n = self.lengths[side];
            if n == 0 {
                continue;
            }
            let (image, scratch) = scratch.split_at_mut(n * n);
            let (values, work) = scratch.split_at_mut(n);
            product(self.bases[side], self.sums[side], image, n, n);
            for ((value, image), vector) in values.iter_mut().zip(image.chunks_exact(n)).zip(self.bases[side].chunks_exact(n)) {
                *value = image.iter().zip(vector).map(|(a, b)| a * b).sum();
            }
            for i in 0..n {
                let largest = (i + 1..n).fold(i, |best, at| if values[at] > values[best] { at } else { best });
                if largest == i {
                    continue;
                }
                values.swap(i, largest);
                swap_rows(image, i, largest, n);
                if side == 0 {
                    swap_rows(second, i, largest, self.columns);
                } else {
                    second.chunks_exact_mut(n).for_each(|row| row.swap(i, largest));
                }
            }
            qr::orthonormal_rows(image, work, n);
            self.bases[side].copy_from_slice(image);
        }
    }
}

fn swap_rows<T>(matrix: &mut [T], low: usize, high: usize, columns: usize) {
    let (before, after) = matrix.split_at_mut(high * columns);
    before[low * columns..(low + 1) * columns].swap_with_slice(&mut after[..columns]);
}

impl Optimizer for Soap {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        2
    }

    fn memory(&self, block: &Block) -> u64 {
        sides(block, self.longest).into_iter().map(|side| 2 * (side * side) as u64).sum()
    }

    fn scratch(&self, block: &Block) -> u64 {
        let side = sides(block, self.longest).into_iter().max().unwrap_or(0);
        3 * block.range.len() as u64 + (side * side + side + qr::work(side).max(eigen::work(side))) as u64
    }

    fn step(&self, step: Step) {
        let Step { rate, update, parameters, gradient, slots, blocks, memory, scratch } = step;
        let [first, second] = slots.take();
        // Updates that moved something.
        let t = (update - 1) as f64;
        let size = rate * libm::sqrt(1.0 - libm::pow(self.beta2, t)) / (1.0 - libm::pow(self.beta1, t));
        let (beta1, add1) = (self.beta1 as f32, (1.0 - self.beta1) as f32);
        let (beta2, add2) = (self.beta2 as f32, (1.0 - self.beta2) as f32);
        for block in blocks {
            let range = block.range.clone();
            let mut bases = Bases::new(block, self.longest, &mut memory[block.memory.clone()]);
            let (g, scratch) = scratch.split_at_mut(range.len());
            let (turned, scratch) = scratch.split_at_mut(range.len());
            let (work, scratch) = scratch.split_at_mut(range.len());
            g.iter_mut().zip(&gradient[range.clone()]).for_each(|(wide, &slope)| *wide = f64::from(slope));
            if update == 1 {
                bases.accumulate(self.beta2, g);
                bases.decompose(scratch);
                continue;
            }
            let (first, second) = (&mut first[range.clone()], &mut second[range.clone()]);
            turned.copy_from_slice(g);
            bases.turn(turned, work);
            for ((slope, m), v) in turned.iter_mut().zip(first.iter_mut()).zip(second.iter_mut()) {
                let slope_now = *slope as f32;
                *m = beta1 * *m + add1 * slope_now;
                *v = beta2 * *v + add2 * (slope_now * slope_now);
                *slope = f64::from(*m) / (f64::from(v.sqrt()) + self.epsilon);
            }
            bases.back(turned, work);
            parameters[range].iter_mut().zip(turned.iter()).for_each(|(p, step)| *p -= (size * step) as f32);
            bases.accumulate(self.beta2, g);
            if (update - 1).is_multiple_of(self.every) {
                turned.iter_mut().zip(first.iter()).for_each(|(wide, &m)| *wide = f64::from(m));
                bases.back(turned, work);
                bases.iterate(second, scratch);
                bases.turn(turned, work);
                first.iter_mut().zip(turned.iter()).for_each(|(m, &wide)| *m = wide as f32);
            }
        }
    }
}
