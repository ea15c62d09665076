//! Products of row-major matrices in f64, for preconditioners. Sizes are those of a layer's sides; nothing is allocated.

use wide::f64x2;

/// a · b.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    const STEP: usize = 4;
    let (mut low, mut high) = (f64x2::ZERO, f64x2::ZERO);
    let (a_whole, b_whole) = (a.chunks_exact(STEP), b.chunks_exact(STEP));
    let rest: f64 = a_whole.remainder().iter().zip(b_whole.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_whole.zip(b_whole) {
        low += f64x2::new([a[0], a[1]]) * f64x2::new([b[0], b[1]]);
        high += f64x2::new([a[2], a[3]]) * f64x2::new([b[2], b[3]]);
    }
    let [first, second] = (low + high).to_array();
    first + second + rest
}

/// to ← to + factor · from.
pub fn add_scaled(to: &mut [f64], factor: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

/// C = A·B: A is `[rows][depth]`, B `[depth][columns]`.
pub fn product(a: &[f64], b: &[f64], c: &mut [f64], depth: usize, columns: usize) {
    for (a, c) in a.chunks_exact(depth).zip(c.chunks_exact_mut(columns)) {
        c.fill(0.0);
        for (&factor, b) in a.iter().zip(b.chunks_exact(columns)) {
            add_scaled(c, factor, b);
        }
    }
}

/// C = A·Bᵀ: A is `[rows][depth]`, B `[columns][depth]`.
pub fn product_transposed(a: &[f64], b: &[f64], c: &mut [f64], depth: usize) {
    let columns = b.len() / depth;
    for (a, c) in a.chunks_exact(depth).zip(c.chunks_exact_mut(columns)) {
        for (b, c) in b.chunks_exact(depth).zip(c) {
            *c = dot(a, b);
        }
    }
}

/// C = Aᵀ·B: A is `[depth][rows]`, B `[depth][columns]`.
pub fn transposed_product(a: &[f64], b: &[f64], c: &mut [f64], rows: usize, columns: usize) {
    c.fill(0.0);
    for (a, b) in a.chunks_exact(rows).zip(b.chunks_exact(columns)) {
        for (&factor, c) in a.iter().zip(c.chunks_exact_mut(columns)) {
            add_scaled(c, factor, b);
        }
    }
}

/// S ← keep · S + add · G·Gᵀ, symmetric: G is `[rows][columns]`.
pub fn accumulate_rows(sum: &mut [f64], keep: f64, add: f64, g: &[f64], rows: usize) {
    let columns = g.len() / rows;
    for (i, a) in g.chunks_exact(columns).enumerate() {
        for (j, b) in g.chunks_exact(columns).enumerate().take(i + 1) {
            let value = keep * sum[i * rows + j] + add * dot(a, b);
            (sum[i * rows + j], sum[j * rows + i]) = (value, value);
        }
    }
}

/// S ← keep · S + add · Gᵀ·G, symmetric: G is `[rows][columns]`.
pub fn accumulate_columns(sum: &mut [f64], keep: f64, add: f64, g: &[f64], columns: usize) {
    sum.iter_mut().for_each(|value| *value *= keep);
    for g in g.chunks_exact(columns) {
        for (&value, sum) in g.iter().zip(sum.chunks_exact_mut(columns)) {
            add_scaled(sum, add * value, g);
        }
    }
}

/// ‖a‖₂.
pub fn norm(a: &[f64]) -> f64 {
    libm::sqrt(dot(a, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, columns: usize, shift: f64) -> Vec<f64> {
        (0..rows * columns).map(|at| libm::sin(at as f64 * 1.3 + shift)).collect()
    }

    fn transposed(a: &[f64], columns: usize) -> Vec<f64> {
        let rows = a.len() / columns;
        (0..a.len()).map(|at| a[at % rows * columns + at / rows]).collect()
    }

    fn close(a: &[f64], b: &[f64]) {
        assert_eq!(a.len(), b.len());
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-13), "{a:?} {b:?}");
    }

    #[test]
    fn products_and_their_transposed_forms_agree_with_the_definition() {
        for (rows, depth, columns) in [(1, 1, 1), (2, 3, 4), (5, 7, 3), (6, 1, 9), (4, 8, 8)] {
            let (a, b) = (matrix(rows, depth, 0.1), matrix(depth, columns, 0.7));
            let defined: Vec<f64> = (0..rows * columns)
                .map(|at| (0..depth).map(|k| a[at / columns * depth + k] * b[k * columns + at % columns]).sum())
                .collect();
            let mut c = vec![f64::NAN; rows * columns];
            product(&a, &b, &mut c, depth, columns);
            close(&c, &defined);
            product_transposed(&a, &transposed(&b, columns), &mut c, depth);
            close(&c, &defined);
            transposed_product(&transposed(&a, depth), &b, &mut c, rows, columns);
            close(&c, &defined);

            let (mut of_rows, mut of_columns) = (vec![1.0; rows * rows], vec![1.0; depth * depth]);
            accumulate_rows(&mut of_rows, 0.5, 2.0, &a, rows);
            accumulate_columns(&mut of_columns, 0.5, 2.0, &a, depth);
            let mut expected = vec![0.0; rows * rows];
            product_transposed(&a, &a, &mut expected, depth);
            close(&of_rows, &expected.iter().map(|value| 0.5 + 2.0 * value).collect::<Vec<_>>());
            let mut expected = vec![0.0; depth * depth];
            transposed_product(&a, &a, &mut expected, depth, depth);
            close(&of_columns, &expected.iter().map(|value| 0.5 + 2.0 * value).collect::<Vec<_>>());
        }
    }
}
