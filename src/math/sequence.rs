//! Products over the steps of a sequence, `[steps][units][lanes]`: what recurrent layers, attention and dense layers at every step share.

// As in `matrix`: strides come one by one.
#![allow(clippy::too_many_arguments)]

use super::elementary::LANES;
use super::holds;
use super::matrix::{self, load, store, sum, sum4};
use std::ops::Range;
use wide::f32x4;

/// One of two products that are added.
#[derive(Clone, Copy)]
pub struct Product<'a> {
    /// `[out][in]`.
    pub weights: &'a [f32],
    /// `[in][lanes]`, or `[out][lanes]` on the way back.
    pub x: &'a [f32],
}

/// `Z = W₁·X₁ + W₂·X₂ + b`, or without the second product; `z` is `[out][lanes]`.
pub fn affine(first: Product, second: Option<Product>, bias: &[f32], z: &mut [f32], lanes: usize) {
    let rows = bias.len();
    let Some(second) = second else { return matrix::affine(first.weights, bias, first.x, z, first.weights.len() / rows, lanes, |sum| sum) };
    assert!(holds(z.len(), &[rows, lanes]) && lanes.is_multiple_of(LANES));
    let factor = |Product { weights, x }: Product| {
        let inputs = weights.len() / rows;
        assert!(rows.checked_mul(inputs) == Some(weights.len()) && holds(x.len(), &[inputs, lanes]));
        Factor { depth: inputs, a: weights.as_ptr(), a_row: inputs, a_column: 1, b: x.as_ptr() }
    };
    // In bounds by the asserts above.
    unsafe { pair(rows, [factor(first), factor(second)], bias.as_ptr(), z.as_mut_ptr(), lanes) }
}

/// `dX = W₁ᵀ·dZ₁ + W₂ᵀ·dZ₂`, or without the second product; `dx` is `[in][lanes]`.
pub fn input_gradient(first: Product, second: Option<Product>, dx: &mut [f32], inputs: usize, lanes: usize) {
    let Some(second) = second else { return matrix::input_gradient(first.weights, first.x, dx, first.weights.len() / inputs, lanes) };
    assert!(holds(dx.len(), &[inputs, lanes]) && lanes.is_multiple_of(LANES));
    let factor = |Product { weights, x }: Product| {
        let outputs = weights.len() / inputs;
        assert!(outputs.checked_mul(inputs) == Some(weights.len()) && holds(x.len(), &[outputs, lanes]));
        Factor { depth: outputs, a: weights.as_ptr(), a_row: 1, a_column: inputs, b: x.as_ptr() }
    };
    // In bounds by the asserts above.
    unsafe { pair(inputs, [factor(first), factor(second)], std::ptr::null(), dx.as_mut_ptr(), lanes) }
}

/// `A`, whose element (i, p) lies at `a + i·a_row + p·a_column`, and `B`, `[depth][lanes]`.
#[derive(Clone, Copy)]
struct Factor {
    depth: usize,
    a: *const f32,
    a_row: usize,
    a_column: usize,
    b: *const f32,
}

/// `C[rows][lanes] = A₁·B₁ + A₂·B₂ (+ bias)`.
unsafe fn pair(rows: usize, factors: [Factor; 2], bias: *const f32, c: *mut f32, lanes: usize) {
    unsafe {
        let mut lane = 0;
        while lane + 2 * LANES <= lanes {
            pair_column::<2>(rows, factors, lane, bias, c, lanes);
            lane += 2 * LANES;
        }
        if lane < lanes {
            pair_column::<1>(rows, factors, lane, bias, c, lanes);
        }
    }
}

/// All rows of `VECTORS` vectors of lanes.
unsafe fn pair_column<const VECTORS: usize>(rows: usize, factors: [Factor; 2], lane: usize, bias: *const f32, c: *mut f32, lanes: usize) {
    for row in (0..rows).step_by(4) {
        unsafe {
            let factors = factors.map(|factor| Factor { a: factor.a.add(row * factor.a_row), b: factor.b.add(lane), ..factor });
            let bias = if bias.is_null() { bias } else { bias.add(row) };
            let c = c.add(row * lanes + lane);
            match rows - row {
                1 => pair_tile::<1, VECTORS>(&factors, bias, c, lanes),
                2 => pair_tile::<2, VECTORS>(&factors, bias, c, lanes),
                3 => pair_tile::<3, VECTORS>(&factors, bias, c, lanes),
                _ => pair_tile::<4, VECTORS>(&factors, bias, c, lanes),
            }
        }
    }
}

/// A tile of `ROWS` × `4·VECTORS`, which stays in registers over both products.
#[inline(never)]
unsafe fn pair_tile<const ROWS: usize, const VECTORS: usize>(factors: &[Factor; 2], bias: *const f32, c: *mut f32, lanes: usize) {
    unsafe {
        let mut sums = [[f32x4::ZERO; VECTORS]; ROWS];
        if !bias.is_null() {
            for (i, row) in sums.iter_mut().enumerate() {
                *row = [f32x4::splat(*bias.add(i)); VECTORS];
            }
        }
        for factor in factors {
            let (a_row, a_column) = (factor.a_row, factor.a_column);
            let (mut a_at, mut b_at) = (factor.a, factor.b);
            for _ in 0..factor.depth {
                let mut columns = [f32x4::ZERO; VECTORS];
                for (j, column) in columns.iter_mut().enumerate() {
                    *column = load(b_at.add(j * LANES));
                }
                for (i, row) in sums.iter_mut().enumerate() {
                    let factor = f32x4::splat(*a_at.add(i * a_row));
                    for j in 0..VECTORS {
                        row[j] += factor * columns[j];
                    }
                }
                a_at = a_at.add(a_column);
                b_at = b_at.add(lanes);
            }
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, sum) in row.iter().enumerate() {
                store(c.add(i * lanes + j * LANES), *sum);
            }
        }
    }
}

/// Rows of every step of a sequence: `values` begins at the first of them, `stride` floats lie between steps.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub values: &'a [f32],
    pub stride: usize,
}

impl Rows<'_> {
    fn check(&self, rows: usize, steps: usize, lanes: usize) {
        let before = steps.saturating_sub(1).checked_mul(self.stride);
        assert!(
            steps == 0 || before.is_some_and(|before| before <= self.values.len() && holds(self.values.len() - before, &[rows, lanes]))
        );
        assert!(lanes.is_multiple_of(LANES));
    }
}

/// Floats of ∂Z that the second-level cache holds beside all else; sums over more steps go through it in parts.
const CACHED: usize = 32 * 1024;

const LEAST_TOGETHER: usize = 4;

/// Steps whose gradients are best summed together, where a step has so many floats.
pub fn together(stride: usize) -> usize {
    // At least some, for each part ends with sums across lanes.
    (CACHED / stride).max(LEAST_TOGETHER)
}

/// Floats of ∂Z that are held together at most, of so many steps, where a step has up to `stride` floats. A step with fewer floats comes with more
/// steps, so that the product of the two does not grow with the batch; this does.
pub fn most_together(stride: u64, steps: u64) -> u64 {
    (stride * steps).min((CACHED as u64).max(LEAST_TOGETHER as u64 * stride))
}

/// `dW = Σₜ dZₜ·Xₜᵀ` (padding lanes of `dz` are zero); `dw`, `[outputs][inputs]`, is overwritten.
pub fn weight_gradient(dz: Rows, x: Rows, dw: &mut [f32], outputs: usize, steps: usize, lanes: usize) {
    dw.fill(0.0);
    let part = together(dz.stride);
    for first in (0..steps).step_by(part) {
        let from = |rows: Rows<'_>| -> Range<usize> { first * rows.stride..rows.values.len() };
        let (dz, x) = (Rows { values: &dz.values[from(dz)], ..dz }, Rows { values: &x.values[from(x)], ..x });
        add_weight_gradient(dz, x, dw, outputs, part.min(steps - first), lanes);
    }
}

/// `dW += Σₜ dZₜ·Xₜᵀ`.
pub fn add_weight_gradient(dz: Rows, x: Rows, dw: &mut [f32], outputs: usize, steps: usize, lanes: usize) {
    let inputs = dw.len() / outputs;
    assert!(outputs.checked_mul(inputs) == Some(dw.len()));
    dz.check(outputs, steps, lanes);
    x.check(inputs, steps, lanes);
    for row in (0..outputs).step_by(4) {
        for column in (0..inputs).step_by(2) {
            // In bounds by the checks above.
            unsafe {
                let (dz_at, x_at) = (dz.values.as_ptr().add(row * lanes), x.values.as_ptr().add(column * lanes));
                let to = dw.as_mut_ptr().add(row * inputs + column);
                match (outputs - row, inputs - column) {
                    (1, 1) => dots::<1, 1>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    (2, 1) => dots::<2, 1>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    (3, 1) => dots::<3, 1>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    (_, 1) => dots::<4, 1>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    (1, _) => dots::<1, 2>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    (2, _) => dots::<2, 2>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    (3, _) => dots::<3, 2>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                    _ => dots::<4, 2>(steps, lanes, dz_at, dz.stride, x_at, x.stride, to, inputs),
                }
            }
        }
    }
}

/// Adds `ROWS` × `COLUMNS` dot products over all steps and lanes, whose sums stay in registers until the end.
#[inline(never)]
unsafe fn dots<const ROWS: usize, const COLUMNS: usize>(
    steps: usize,
    lanes: usize,
    dz: *const f32,
    dz_step: usize,
    x: *const f32,
    x_step: usize,
    dw: *mut f32,
    inputs: usize,
) {
    unsafe {
        let mut sums = [[f32x4::ZERO; COLUMNS]; ROWS];
        for step in 0..steps {
            let (dz, x) = (dz.add(step * dz_step), x.add(step * x_step));
            let mut lane = 0;
            while lane < lanes {
                let mut columns = [f32x4::ZERO; COLUMNS];
                for (j, column) in columns.iter_mut().enumerate() {
                    *column = load(x.add(j * lanes + lane));
                }
                for (i, row) in sums.iter_mut().enumerate() {
                    let factor = load(dz.add(i * lanes + lane));
                    for j in 0..COLUMNS {
                        row[j] += factor * columns[j];
                    }
                }
                lane += LANES;
            }
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, total) in row.iter().enumerate() {
                *dw.add(i * inputs + j) += sum(*total);
            }
        }
    }
}

/// `db = Σₜ Σ dZₜ`; overwritten.
pub fn bias_gradient(dz: Rows, db: &mut [f32], steps: usize, lanes: usize) {
    db.fill(0.0);
    add_bias_gradient(dz, db, steps, lanes);
}

/// `db += Σₜ Σ dZₜ`.
pub fn add_bias_gradient(dz: Rows, db: &mut [f32], steps: usize, lanes: usize) {
    dz.check(db.len(), steps, lanes);
    let row = |row: usize| {
        let mut total = f32x4::ZERO;
        for step in 0..steps {
            for lane in (0..lanes).step_by(LANES) {
                // In bounds by the check above.
                total += unsafe { load(dz.values.as_ptr().add(step * dz.stride + row * lanes + lane)) };
            }
        }
        total
    };
    let (fours, rest) = db.as_chunks_mut::<4>();
    let done = 4 * fours.len();
    for (block, to) in fours.iter_mut().enumerate() {
        *to = (f32x4::from(*to) + sum4([0, 1, 2, 3].map(|r| row(4 * block + r)))).to_array();
    }
    for (r, to) in rest.iter_mut().enumerate() {
        *to += sum(row(done + r));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random;

    #[test]
    fn products_agree_with_the_definition_at_every_shape() {
        let mut stream = random::stream(3, "sequence");
        for (outputs, inputs, others, steps, lanes) in
            [(1, 1, 1, 1, 4), (4, 2, 3, 5, 8), (6, 5, 2, 3, 12), (7, 3, 8, 40, 4), (33, 18, 5, 9, 128)]
        {
            let mut random = |count: usize| -> Vec<f32> { (0..count).map(|_| random::normal(&mut stream)).collect() };
            let (w1, w2, bias) = (random(outputs * inputs), random(outputs * others), random(outputs));
            let (x1, x2, dz) = (random(steps * inputs * lanes), random(others * lanes), random(steps * outputs * lanes));
            let close = |got: &[f32], expected: &dyn Fn(usize) -> f64| {
                for (at, got) in got.iter().enumerate() {
                    let expected = expected(at);
                    assert!((f64::from(*got) - expected).abs() < 1e-4 * (1.0 + expected.abs()), "{outputs}×{inputs}: {got} {expected}");
                }
            };
            // Entry `at` of W·X, of Wᵀ·dZ, with W of so many columns.
            let ahead = |w: &[f32], x: &[f32], columns: usize, at: usize| -> f64 {
                (0..columns).map(|p| f64::from(w[at / lanes * columns + p]) * f64::from(x[p * lanes + at % lanes])).sum()
            };
            let back = |w: &[f32], dz: &[f32], columns: usize, at: usize| -> f64 {
                (0..w.len() / columns).map(|p| f64::from(w[p * columns + at / lanes]) * f64::from(dz[p * lanes + at % lanes])).sum()
            };
            let mut z = vec![f32::NAN; outputs * lanes];
            let [first, second] = [Product { weights: &w1, x: &x1 }, Product { weights: &w2, x: &x2 }];
            affine(first, Some(second), &bias, &mut z, lanes);
            close(&z, &|at| f64::from(bias[at / lanes]) + ahead(&w1, &x1, inputs, at) + ahead(&w2, &x2, others, at));
            // The second weights with as many columns as the first.
            let (w2, dz2) = (random(others * inputs), random(others * lanes));
            let mut dx = vec![f32::NAN; inputs * lanes];
            input_gradient(Product { weights: &w1, x: &dz }, Some(Product { weights: &w2, x: &dz2 }), &mut dx, inputs, lanes);
            close(&dx, &|at| back(&w1, &dz, inputs, at) + back(&w2, &dz2, inputs, at));

            let (mut dw, mut db) = (vec![f32::NAN; outputs * inputs], vec![f32::NAN; outputs]);
            let [dz_rows, x_rows] = [Rows { values: &dz, stride: outputs * lanes }, Rows { values: &x1, stride: inputs * lanes }];
            weight_gradient(dz_rows, x_rows, &mut dw, outputs, steps, lanes);
            bias_gradient(dz_rows, &mut db, steps, lanes);
            let over = |row: usize, x: &dyn Fn(usize, usize) -> f64| -> f64 {
                let places = (0..steps).flat_map(|step| (0..lanes).map(move |lane| (step, lane)));
                places.map(|(step, lane)| f64::from(dz[(step * outputs + row) * lanes + lane]) * x(step, lane)).sum()
            };
            close(&dw, &|at| over(at / inputs, &|step, lane| f64::from(x1[(step * inputs + at % inputs) * lanes + lane])));
            close(&db, &|at| over(at, &|_, _| 1.0));
        }
    }
}
