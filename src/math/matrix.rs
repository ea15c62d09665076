//! Products of small matrices for layers of units.
//!
//! Activations are feature-major, `[units][lanes]`: one row a unit, one lane a row of the batch, padded to a multiple of four, so that every
//! layer is SIMD over the batch however narrow it is. Weights are `[out][in]`. Nothing is packed: at these sizes everything is in
//! the first-level cache. The 4×8 register tile must not be inlined: inlined into its driver, V8 spills its accumulators.

// Kernels take their operands' strides one by one; bundling them would only move the list.
#![allow(clippy::too_many_arguments)]

use super::elementary::LANES;
use wide::f32x4;

#[inline(always)]
unsafe fn load(from: *const f32) -> f32x4 {
    unsafe { from.cast::<f32x4>().read_unaligned() }
}

#[inline(always)]
unsafe fn store(to: *mut f32, value: f32x4) {
    unsafe { to.cast::<f32x4>().write_unaligned(value) }
}

/// A matrix by its start, and the distance between rows and between columns.
#[derive(Clone, Copy)]
struct Strided {
    start: *const f32,
    row: usize,
    column: usize,
}

/// `C = A·B (+ bias)` on a tile of `ROWS` × `4·VECTORS`. `A[i][p]` is broadcast; row `p` of `B` is contiguous.
#[inline(never)]
unsafe fn tile<const ROWS: usize, const VECTORS: usize>(
    depth: usize,
    a: Strided,
    b: *const f32,
    b_row: usize,
    c: *mut f32,
    c_row: usize,
    bias: *const f32,
) {
    unsafe {
        let mut sums = [[f32x4::ZERO; VECTORS]; ROWS];
        if !bias.is_null() {
            for (i, row) in sums.iter_mut().enumerate() {
                *row = [f32x4::splat(*bias.add(i)); VECTORS];
            }
        }
        let (mut a_at, mut b_at) = (a.start, b);
        for _ in 0..depth {
            let mut columns = [f32x4::ZERO; VECTORS];
            for (j, column) in columns.iter_mut().enumerate() {
                *column = load(b_at.add(j * LANES));
            }
            for (i, row) in sums.iter_mut().enumerate() {
                let factor = f32x4::splat(*a_at.add(i * a.row));
                for j in 0..VECTORS {
                    row[j] += factor * columns[j];
                }
            }
            a_at = a_at.add(a.column);
            b_at = b_at.add(b_row);
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, sum) in row.iter().enumerate() {
                store(c.add(i * c_row + j * LANES), *sum);
            }
        }
    }
}

/// All rows of one column of tiles.
#[inline(always)]
unsafe fn column<const VECTORS: usize>(
    rows: usize,
    depth: usize,
    a: Strided,
    b: *const f32,
    b_row: usize,
    c: *mut f32,
    c_row: usize,
    bias: *const f32,
) {
    unsafe {
        let mut i = 0;
        while i < rows {
            let a = Strided { start: a.start.add(i * a.row), ..a };
            let c = c.add(i * c_row);
            let bias = if bias.is_null() { bias } else { bias.add(i) };
            match rows - i {
                1 => tile::<1, VECTORS>(depth, a, b, b_row, c, c_row, bias),
                2 => tile::<2, VECTORS>(depth, a, b, b_row, c, c_row, bias),
                3 => tile::<3, VECTORS>(depth, a, b, b_row, c, c_row, bias),
                _ => tile::<4, VECTORS>(depth, a, b, b_row, c, c_row, bias),
            }
            i += 4;
        }
    }
}

/// `C[rows × columns] = A·B (+ bias)`; `columns` is a multiple of four.
unsafe fn product(
    rows: usize,
    columns: usize,
    depth: usize,
    a: Strided,
    b: *const f32,
    b_row: usize,
    c: *mut f32,
    c_row: usize,
    bias: *const f32,
) {
    unsafe {
        let mut j = 0;
        while j + 2 * LANES <= columns {
            column::<2>(rows, depth, a, b.add(j), b_row, c.add(j), c_row, bias);
            j += 2 * LANES;
        }
        if j < columns {
            column::<1>(rows, depth, a, b.add(j), b_row, c.add(j), c_row, bias);
        }
    }
}

/// `Z = W·X + b`: `weights` `[out][in]`, `x` `[in][lanes]`, `z` `[out][lanes]`.
pub fn affine(weights: &[f32], bias: &[f32], x: &[f32], z: &mut [f32], inputs: usize, lanes: usize) {
    let outputs = bias.len();
    assert!(weights.len() == outputs * inputs && x.len() >= inputs * lanes && z.len() >= outputs * lanes && lanes.is_multiple_of(LANES));
    let a = Strided { start: weights.as_ptr(), row: inputs, column: 1 };
    unsafe { product(outputs, lanes, inputs, a, x.as_ptr(), lanes, z.as_mut_ptr(), lanes, bias.as_ptr()) }
}

/// `dX = Wᵀ·dZ`: `dx` `[in][lanes]`.
pub fn input_gradient(weights: &[f32], dz: &[f32], dx: &mut [f32], outputs: usize, lanes: usize) {
    let inputs = weights.len() / outputs;
    assert!(dz.len() >= outputs * lanes && dx.len() >= inputs * lanes && lanes.is_multiple_of(LANES));
    let a = Strided { start: weights.as_ptr(), row: 1, column: inputs };
    unsafe { product(inputs, lanes, outputs, a, dz.as_ptr(), lanes, dx.as_mut_ptr(), lanes, std::ptr::null()) }
}

/// Floats of scratch that [`weight_gradient`] needs.
pub fn weight_gradient_scratch(inputs: usize, lanes: usize) -> usize {
    if by_transposition(inputs) { inputs * lanes } else { 0 }
}

/// Wide layers pay for a transposed copy of their input; narrow ones are summed by dot products over the batch.
fn by_transposition(inputs: usize) -> bool {
    inputs.is_multiple_of(LANES) && inputs >= 16
}

/// `dW = dZ·Xᵀ` and `db = Σ dZ` over the batch (padding lanes of `dz` are zero). Overwrites both.
pub fn weight_gradient(dz: &[f32], x: &[f32], dw: &mut [f32], db: &mut [f32], lanes: usize, scratch: &mut [f32]) {
    let outputs = db.len();
    let inputs = dw.len() / outputs;
    assert!(dz.len() >= outputs * lanes && x.len() >= inputs * lanes && lanes.is_multiple_of(LANES));
    assert!(scratch.len() >= weight_gradient_scratch(inputs, lanes));
    unsafe {
        if by_transposition(inputs) {
            transpose(inputs, lanes, x.as_ptr(), lanes, scratch.as_mut_ptr(), inputs);
            let a = Strided { start: dz.as_ptr(), row: lanes, column: 1 };
            product(outputs, inputs, lanes, a, scratch.as_ptr(), inputs, dw.as_mut_ptr(), inputs, std::ptr::null());
        } else {
            dots(dz.as_ptr(), x.as_ptr(), dw.as_mut_ptr(), outputs, inputs, lanes);
        }
        row_sums(dz.as_ptr(), db, lanes);
    }
}

/// Lane-wise sums of four vectors, as one vector.
#[inline(always)]
fn sum4(vectors: [f32x4; 4]) -> f32x4 {
    let [a, b, c, d] = f32x4::transpose(vectors);
    (a + b) + (c + d)
}

/// `dW[i][j] = dZ[i]·X[j]`, four inputs at a time.
#[inline(never)]
unsafe fn dots(dz: *const f32, x: *const f32, dw: *mut f32, outputs: usize, inputs: usize, lanes: usize) {
    unsafe {
        for i in 0..outputs {
            let row = dz.add(i * lanes);
            let mut j = 0;
            while j < inputs {
                let count = (inputs - j).min(4);
                let mut sums = [f32x4::ZERO; 4];
                let mut lane = 0;
                while lane < lanes {
                    let factor = load(row.add(lane));
                    if count == 4 {
                        for (r, sum) in sums.iter_mut().enumerate() {
                            *sum += factor * load(x.add((j + r) * lanes + lane));
                        }
                    } else {
                        for (r, sum) in sums.iter_mut().take(count).enumerate() {
                            *sum += factor * load(x.add((j + r) * lanes + lane));
                        }
                    }
                    lane += LANES;
                }
                let totals = sum4(sums);
                let to = dw.add(i * inputs + j);
                if count == 4 {
                    store(to, totals);
                } else {
                    for (r, total) in totals.to_array().into_iter().take(count).enumerate() {
                        *to.add(r) = total;
                    }
                }
                j += 4;
            }
        }
    }
}

unsafe fn row_sums(dz: *const f32, db: &mut [f32], lanes: usize) {
    let outputs = db.len();
    let mut i = 0;
    while i < outputs {
        let count = (outputs - i).min(4);
        let mut sums = [f32x4::ZERO; 4];
        for (r, sum) in sums.iter_mut().take(count).enumerate() {
            let mut lane = 0;
            while lane < lanes {
                *sum += unsafe { load(dz.add((i + r) * lanes + lane)) };
                lane += LANES;
            }
        }
        db[i..i + count].copy_from_slice(&sum4(sums).to_array()[..count]);
        i += 4;
    }
}

/// `to[column][row] = from[row][column]`; both sizes multiples of four.
unsafe fn transpose(rows: usize, columns: usize, from: *const f32, from_row: usize, to: *mut f32, to_row: usize) {
    for i in (0..rows).step_by(LANES) {
        for j in (0..columns).step_by(LANES) {
            unsafe {
                let block = [0, 1, 2, 3].map(|r| load(from.add((i + r) * from_row + j)));
                for (r, row) in f32x4::transpose(block).into_iter().enumerate() {
                    store(to.add((j + r) * to_row + i), row);
                }
            }
        }
    }
}

/// Writes rows `order` of the row-major `[rows, features]` matrix into `to` `[features][lanes]`; padding lanes become zero.
pub fn gather(from: &[f32], features: usize, order: &[u32], to: &mut [f32], lanes: usize) {
    let rows = order.len();
    assert!(to.len() >= features * lanes && rows <= lanes && lanes.is_multiple_of(LANES));
    let whole = if features.is_multiple_of(LANES) { rows / LANES * LANES } else { 0 };
    for lane in (0..whole).step_by(LANES) {
        let starts = [0, 1, 2, 3].map(|r| from[order[lane + r] as usize * features..][..features].as_ptr());
        for feature in (0..features).step_by(LANES) {
            unsafe {
                let block = starts.map(|start| load(start.add(feature)));
                for (r, row) in f32x4::transpose(block).into_iter().enumerate() {
                    store(to.as_mut_ptr().add((feature + r) * lanes + lane), row);
                }
            }
        }
    }
    for (lane, &row) in order.iter().enumerate().skip(whole) {
        for (feature, &value) in from[row as usize * features..][..features].iter().enumerate() {
            to[feature * lanes + lane] = value;
        }
    }
    for feature in 0..features {
        to[feature * lanes + rows..(feature + 1) * lanes].fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random;

    fn random_matrix(name: &str, size: usize) -> Vec<f32> {
        let mut stream = random::stream(3, name);
        (0..size).map(|_| random::normal(&mut stream)).collect()
    }

    fn close(got: &[f32], expected: &[f64]) {
        for (got, expected) in got.iter().zip(expected) {
            assert!((f64::from(*got) - expected).abs() < 1e-4, "{got} {expected}");
        }
    }

    #[test]
    fn products_agree_with_the_definition_at_every_shape() {
        for (outputs, inputs, lanes) in [(1, 1, 4), (4, 2, 12), (3, 5, 8), (32, 32, 32), (7, 16, 4), (10, 64, 20), (5, 20, 12)] {
            let (w, b) = (random_matrix("w", outputs * inputs), random_matrix("b", outputs));
            let (x, dz) = (random_matrix("x", inputs * lanes), random_matrix("dz", outputs * lanes));
            let sum = |count: usize, f: &dyn Fn(usize) -> f32| (0..count).map(|p| f64::from(f(p))).sum::<f64>();

            let mut z = vec![0.0; outputs * lanes];
            affine(&w, &b, &x, &mut z, inputs, lanes);
            let expected: Vec<f64> = (0..outputs * lanes)
                .map(|at| f64::from(b[at / lanes]) + sum(inputs, &|p| w[at / lanes * inputs + p] * x[p * lanes + at % lanes]))
                .collect();
            close(&z, &expected);

            let mut dx = vec![0.0; inputs * lanes];
            input_gradient(&w, &dz, &mut dx, outputs, lanes);
            let expected: Vec<f64> =
                (0..inputs * lanes).map(|at| sum(outputs, &|p| w[p * inputs + at / lanes] * dz[p * lanes + at % lanes])).collect();
            close(&dx, &expected);

            let (mut dw, mut db) = (vec![9.0; outputs * inputs], vec![9.0; outputs]);
            let mut scratch = vec![0.0; weight_gradient_scratch(inputs, lanes)];
            weight_gradient(&dz, &x, &mut dw, &mut db, lanes, &mut scratch);
            let expected: Vec<f64> =
                (0..outputs * inputs).map(|at| sum(lanes, &|p| dz[at / inputs * lanes + p] * x[at % inputs * lanes + p])).collect();
            close(&dw, &expected);
            close(&db, &(0..outputs).map(|i| sum(lanes, &|p| dz[i * lanes + p])).collect::<Vec<_>>());
        }
    }

    #[test]
    fn gather_transposes_and_pads_with_zeros() {
        for features in [1, 2, 4, 7, 8] {
            let from = random_matrix("from", 20 * features);
            let order = [3, 19, 0, 7, 7, 11];
            let mut to = vec![f32::NAN; features * 8];
            gather(&from, features, &order, &mut to, 8);
            for feature in 0..features {
                for (lane, row) in order.iter().enumerate() {
                    assert_eq!(to[feature * 8 + lane], from[*row as usize * features + feature]);
                }
                assert_eq!(to[feature * 8 + 6..feature * 8 + 8], [0.0, 0.0]);
            }
        }
    }
}
