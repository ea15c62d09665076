//! Products of small matrices for layers of units.
//!
//! Activations are feature-major, `[units][lanes]`: one row a unit, one lane a row of the batch, padded to a multiple of four, so that every
//! layer is SIMD over the batch however narrow it is. Weights are `[out][in]`. Nothing is packed: at these sizes everything is in
//! the first-level cache. The 4×8 register tile must not be inlined: inlined into its driver, V8 spills its accumulators.

// Kernels take their operands' strides one by one; bundling them would only move the list.
#![allow(clippy::too_many_arguments)]

use super::elementary::LANES;
use super::holds;
use wide::f32x4;

/// Four floats at `from`, which need not be aligned.
#[inline(always)]
pub(super) unsafe fn load(from: *const f32) -> f32x4 {
    unsafe { from.cast::<f32x4>().read_unaligned() }
}

/// Writes four floats at `to`, which need not be aligned.
#[inline(always)]
pub(super) unsafe fn store(to: *mut f32, value: f32x4) {
    unsafe { to.cast::<f32x4>().write_unaligned(value) }
}

/// `C = f(A·B (+ bias))` on a tile of `ROWS` × `4·VECTORS`. `A[i][p]`, at `a + i·a_row + p·a_column`, is broadcast; row `p` of `B` is contiguous.
/// Strides come one by one, not in a struct, which would travel through memory for every tile.
#[inline(never)]
unsafe fn tile<const ROWS: usize, const VECTORS: usize, F: Fn(f32x4) -> f32x4 + Copy>(
    depth: usize,
    a: *const f32,
    a_row: usize,
    a_column: usize,
    b: *const f32,
    b_row: usize,
    c: *mut f32,
    c_row: usize,
    bias: *const f32,
    f: F,
) {
    unsafe {
        let mut sums = [[f32x4::ZERO; VECTORS]; ROWS];
        if !bias.is_null() {
            for (i, row) in sums.iter_mut().enumerate() {
                *row = [f32x4::splat(*bias.add(i)); VECTORS];
            }
        }
        let (mut a_at, mut b_at) = (a, b);
        for _ in 0..depth {
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
            b_at = b_at.add(b_row);
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, sum) in row.iter().enumerate() {
                store(c.add(i * c_row + j * LANES), f(*sum));
            }
        }
    }
}

/// All rows of one column of tiles.
#[inline(always)]
unsafe fn column<const VECTORS: usize, F: Fn(f32x4) -> f32x4 + Copy>(
    rows: usize,
    depth: usize,
    a: *const f32,
    a_row: usize,
    a_column: usize,
    b: *const f32,
    b_row: usize,
    c: *mut f32,
    c_row: usize,
    bias: *const f32,
    f: F,
) {
    unsafe {
        let mut i = 0;
        while i < rows {
            let a = a.add(i * a_row);
            let c = c.add(i * c_row);
            let bias = if bias.is_null() { bias } else { bias.add(i) };
            match rows - i {
                1 => tile::<1, VECTORS, F>(depth, a, a_row, a_column, b, b_row, c, c_row, bias, f),
                2 => tile::<2, VECTORS, F>(depth, a, a_row, a_column, b, b_row, c, c_row, bias, f),
                3 => tile::<3, VECTORS, F>(depth, a, a_row, a_column, b, b_row, c, c_row, bias, f),
                _ => tile::<4, VECTORS, F>(depth, a, a_row, a_column, b, b_row, c, c_row, bias, f),
            }
            i += 4;
        }
    }
}

/// `C[rows × columns] = f(A·B (+ bias))`; `columns` is a multiple of four.
unsafe fn product<F: Fn(f32x4) -> f32x4 + Copy>(
    rows: usize,
    columns: usize,
    depth: usize,
    a: *const f32,
    a_row: usize,
    a_column: usize,
    b: *const f32,
    b_row: usize,
    c: *mut f32,
    c_row: usize,
    bias: *const f32,
    f: F,
) {
    unsafe {
        let mut j = 0;
        while j + 2 * LANES <= columns {
            column::<2, F>(rows, depth, a, a_row, a_column, b.add(j), b_row, c.add(j), c_row, bias, f);
            j += 2 * LANES;
        }
        if j < columns {
            column::<1, F>(rows, depth, a, a_row, a_column, b.add(j), b_row, c.add(j), c_row, bias, f);
        }
    }
}

/// `f(W·X + b)`: `weights` `[out][in]`, `x` `[in][lanes]`, `z` `[out][lanes]`.
pub fn affine(weights: &[f32], bias: &[f32], x: &[f32], z: &mut [f32], inputs: usize, lanes: usize, f: impl Fn(f32x4) -> f32x4 + Copy) {
    let outputs = bias.len();
    assert!(outputs.checked_mul(inputs) == Some(weights.len()) && lanes.is_multiple_of(LANES));
    assert!(holds(x.len(), &[inputs, lanes]) && holds(z.len(), &[outputs, lanes]));
    unsafe { product(outputs, lanes, inputs, weights.as_ptr(), inputs, 1, x.as_ptr(), lanes, z.as_mut_ptr(), lanes, bias.as_ptr(), f) }
}

/// `dX = Wᵀ·dZ`: `dx` `[in][lanes]`.
pub fn input_gradient(weights: &[f32], dz: &[f32], dx: &mut [f32], outputs: usize, lanes: usize) {
    let inputs = weights.len() / outputs;
    assert!(holds(dz.len(), &[outputs, lanes]) && holds(dx.len(), &[inputs, lanes]) && lanes.is_multiple_of(LANES));
    unsafe {
        product(inputs, lanes, outputs, weights.as_ptr(), 1, inputs, dz.as_ptr(), lanes, dx.as_mut_ptr(), lanes, std::ptr::null(), |sum| {
            sum
        })
    }
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
    assert!(holds(dz.len(), &[outputs, lanes]) && holds(x.len(), &[inputs, lanes]) && lanes.is_multiple_of(LANES));
    assert!(!by_transposition(inputs) || holds(scratch.len(), &[inputs, lanes]));
    unsafe {
        if by_transposition(inputs) {
            transpose(inputs, lanes, x.as_ptr(), lanes, scratch.as_mut_ptr(), inputs);
            product(
                outputs,
                inputs,
                lanes,
                dz.as_ptr(),
                lanes,
                1,
                scratch.as_ptr(),
                inputs,
                dw.as_mut_ptr(),
                inputs,
                std::ptr::null(),
                |sum| sum,
            );
        } else {
            for i in 0..outputs {
                dots(dz.as_ptr().add(i * lanes), x.as_ptr(), dw.as_mut_ptr().add(i * inputs), inputs, lanes);
            }
        }
        row_sums(dz.as_ptr(), db, lanes);
    }
}

/// Lane-wise sums of four vectors, as one vector.
#[inline(always)]
pub(super) fn sum4(vectors: [f32x4; 4]) -> f32x4 {
    let [a, b, c, d] = f32x4::transpose(vectors);
    (a + b) + (c + d)
}

/// Sum of a vector's lanes, in the order of [`sum4`].
#[inline(always)]
pub fn sum(vector: f32x4) -> f32 {
    let [a, b, c, d] = vector.to_array();
    (a + b) + (c + d)
}

/// Sum of all values, whose number is a multiple of four.
pub fn total(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<{ 4 * LANES }>();
    let mut sums = [f32x4::ZERO; 4];
    for block in blocks {
        for (sum, values) in sums.iter_mut().zip(block.as_chunks::<LANES>().0) {
            *sum += f32x4::from(*values);
        }
    }
    for (sum, values) in sums.iter_mut().zip(rest.as_chunks::<LANES>().0) {
        *sum += f32x4::from(*values);
    }
    sum(sum4(sums))
}

/// `to[j] = dz·X[j]` for the `inputs` rows of `x`, four at a time.
#[inline(always)]
unsafe fn dots(dz: *const f32, x: *const f32, to: *mut f32, inputs: usize, lanes: usize) {
    unsafe {
        let mut j = 0;
        while j + 4 <= inputs {
            let mut sums = [f32x4::ZERO; 4];
            let mut lane = 0;
            while lane < lanes {
                let factor = load(dz.add(lane));
                for (r, sum) in sums.iter_mut().enumerate() {
                    *sum += factor * load(x.add((j + r) * lanes + lane));
                }
                lane += LANES;
            }
            store(to.add(j), sum4(sums));
            j += 4;
        }
        while j < inputs {
            let mut total = f32x4::ZERO;
            let mut lane = 0;
            while lane < lanes {
                total += load(dz.add(lane)) * load(x.add(j * lanes + lane));
                lane += LANES;
            }
            *to.add(j) = sum(total);
            j += 1;
        }
    }
}

/// `db[i] = Σ dZ[i]`, four rows at a time.
unsafe fn row_sums(dz: *const f32, db: &mut [f32], lanes: usize) {
    let row = |i: usize| (0..lanes).step_by(LANES).fold(f32x4::ZERO, |total, lane| total + unsafe { load(dz.add(i * lanes + lane)) });
    let (fours, rest) = db.as_chunks_mut::<4>();
    let done = 4 * fours.len();
    for (block, to) in fours.iter_mut().enumerate() {
        *to = sum4([0, 1, 2, 3].map(|r| row(4 * block + r))).to_array();
    }
    for (r, to) in rest.iter_mut().enumerate() {
        *to = sum(row(done + r));
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
    assert!(holds(to.len(), &[features, lanes]) && rows <= lanes && lanes.is_multiple_of(LANES));
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
    if whole < lanes {
        // One comparison at the end: the search for the largest is SIMD.
        let last = order.iter().fold(0, |last, &row| last.max(row)) as usize;
        // By division: the product of an index out of range could wrap.
        assert!(order.is_empty() || last < from.len() / features.max(1));
        let cell = |row: u32, feature: usize| unsafe { *from.get_unchecked(row as usize * features + feature) };
        for lane in (whole..lanes).step_by(LANES) {
            let to = unsafe { to.as_mut_ptr().add(lane) };
            if let Some(&[a, b, c, d]) = order.get(lane..).and_then(|rest| rest.first_chunk::<LANES>()) {
                for feature in 0..features {
                    let values = f32x4::from([cell(a, feature), cell(b, feature), cell(c, feature), cell(d, feature)]);
                    unsafe { store(to.add(feature * lanes), values) };
                }
            } else {
                // Whole vectors, padding included: clearing the padding by itself is a call for a few bytes.
                for feature in 0..features {
                    let value = |r: usize| order.get(lane + r).map_or(0.0, |&row| cell(row, feature));
                    unsafe { store(to.add(feature * lanes), f32x4::from([value(0), value(1), value(2), value(3)])) };
                }
            }
        }
    }
}

/// The way back: `[features][lanes]` into row-major rows `[rows, features]`, as many as `to` holds.
pub fn scatter(from: &[f32], features: usize, lanes: usize, to: &mut [f32]) {
    for (lane, row) in to.chunks_exact_mut(features).enumerate() {
        for (feature, value) in row.iter_mut().enumerate() {
            *value = from[feature * lanes + lane];
        }
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
            affine(&w, &b, &x, &mut z, inputs, lanes, |sum| sum);
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
