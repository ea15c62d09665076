//! A = Vᵀ·diag(λ)·V of a symmetric matrix in f64: Householder's reduction to three diagonals, then QL steps with implicit Wilkinson shifts (Golub &
//! Van Loan, Matrix Computations, 8.3). Eigenvectors are rows, so that both halves work along memory. About 9 n³ operations; nothing is allocated; the
//! same bits on every target.
//!
//! Eigenvalues are as exact as the largest of them is: their errors are some ε‖A‖. What lies below the diagonal counts as zero where it is that small,
//! however small its neighbours are: within the null space of a singular matrix all numbers are rounding, and comparing them with one another has no end.

use super::product::add_scaled;

/// QL steps for one eigenvalue. It takes two or three.
const MOST_STEPS: usize = 60;

/// Why there is no decomposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// The matrix holds numbers that are not finite.
    NotFinite,
    /// So many steps left something below the diagonal; no finite matrix is known that does this.
    Unfinished,
}

/// Numbers that [`symmetric`] works with.
pub fn work(n: usize) -> usize {
    2 * n
}

/// Eigenvalues of `a` (`[n][n]`, used up), largest first, and their unit eigenvectors as the rows of `vectors`. Where there is none, what is in
/// `vectors` and `values` means nothing.
pub fn symmetric(a: &mut [f64], vectors: &mut [f64], values: &mut [f64], work: &mut [f64], n: usize) -> Result<(), Unsolved> {
    let largest = a.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    // `max` passes over what is no number.
    if !a.iter().all(|value| value.is_finite()) {
        return Err(Unsolved::NotFinite);
    }
    // Powers of two change no digit: neither squares of tiny numbers nor those of huge ones leave what f64 holds.
    let (_, exponent) = libm::frexp(largest);
    if largest > 0.0 {
        a.iter_mut().for_each(|value| *value = libm::scalbn(*value, -exponent));
    }
    let (off, factors) = work[..2 * n].split_at_mut(n);
    reduce(a, vectors, values, off, factors, n);
    iterate(vectors, values, off, n)?;
    if largest > 0.0 {
        values.iter_mut().for_each(|value| *value = libm::scalbn(*value, exponent));
    }
    sort(vectors, values, n);
    Ok(())
}

/// Q·A·Qᵀ = T for reflections Q: the diagonal of T in `diagonal`, the one below it in `off[1..]`, Q in `q`.
fn reduce(a: &mut [f64], q: &mut [f64], diagonal: &mut [f64], off: &mut [f64], factors: &mut [f64], n: usize) {
    for k in 0..n {
        diagonal[k] = a[k * n + k];
        if k + 1 == n {
            break;
        }
        // The reflection I − βvvᵀ makes (α, 0, …) of the rest of row k; v replaces it there.
        let (head, below) = a.split_at_mut((k + 1) * n);
        let v = &mut head[k * n + k + 1..];
        let largest = v.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let tail = v[1..].iter().all(|value| *value == 0.0);
        if tail {
            (off[k + 1], factors[k]) = (v[0], 0.0);
            continue;
        }
        v.iter_mut().for_each(|value| *value /= largest);
        let length = libm::sqrt(v.iter().map(|value| value * value).sum());
        let alpha = if v[0] > 0.0 { -length } else { length };
        v[0] -= alpha;
        let beta = 1.0 / (length * (length + (v[0] + alpha).abs()));
        (off[k + 1], factors[k]) = (alpha * largest, beta);
        // B ← B − v wᵀ − w vᵀ with p = βBv, w = p − ½β(pᵀv)v.
        let size = n - k - 1;
        let w = &mut diagonal[k + 1..];
        w.fill(0.0);
        for (row, &factor) in below.chunks_exact(n).zip(v.iter()) {
            add_scaled(w, beta * factor, &row[k + 1..]);
        }
        let along: f64 = w.iter().zip(v.iter()).map(|(w, v)| w * v).sum();
        add_scaled(w, -0.5 * beta * along, v);
        for (i, row) in below.chunks_exact_mut(n).enumerate().take(size) {
            let row = &mut row[k + 1..];
            for ((value, &v_j), &w_j) in row.iter_mut().zip(v.iter()).zip(w.iter()) {
                *value -= v[i] * w_j + w[i] * v_j;
            }
        }
    }
    // Q = H_{n−2}···H₁H₀, the last reflection first, so that only the corner that is no longer the identity is touched.
    q.fill(0.0);
    (0..n).for_each(|i| q[i * n + i] = 1.0);
    for k in (0..n.saturating_sub(1)).rev().filter(|&k| factors[k] != 0.0) {
        let v = &a[k * n + k + 1..(k + 1) * n];
        for row in q.chunks_exact_mut(n).skip(k + 1) {
            let row = &mut row[k + 1..];
            let along: f64 = row.iter().zip(v).map(|(value, v)| value * v).sum();
            add_scaled(row, -factors[k] * along, v);
        }
    }
}

/// Rotates T to a diagonal, and the rows of `vectors` with it.
fn iterate(vectors: &mut [f64], d: &mut [f64], e: &mut [f64], n: usize) -> Result<(), Unsolved> {
    if n == 0 {
        return Ok(());
    }
    e.copy_within(1.., 0);
    e[n - 1] = 0.0;
    // ‖T‖ in the largest row sum, but for what is left of the diagonal.
    let negligible = f64::EPSILON * d.iter().zip(&*e).fold(0.0, |norm: f64, (d, e)| norm.max(d.abs() + e.abs()));
    for l in 0..n {
        for step in 0.. {
            let m = (l..n - 1).find(|&m| e[m].abs() <= negligible).unwrap_or(n - 1);
            if m == l {
                break;
            }
            if step == MOST_STEPS {
                return Err(Unsolved::Unfinished);
            }
            let slope = (d[l + 1] - d[l]) / (2.0 * e[l]);
            let root = libm::hypot(slope, 1.0);
            let mut g = d[m] - d[l] + e[l] / (slope + if slope < 0.0 { -root } else { root });
            let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
            let mut split = false;
            for i in (l..m).rev() {
                let (f, b) = (sine * e[i], cosine * e[i]);
                let r = libm::hypot(f, g);
                e[i + 1] = r;
                if r == 0.0 {
                    // It falls apart here already.
                    d[i + 1] -= shift;
                    e[m] = 0.0;
                    split = true;
                    break;
                }
                (sine, cosine) = (f / r, g / r);
                g = d[i + 1] - shift;
                let s = (d[i] - g) * sine + 2.0 * cosine * b;
                shift = sine * s;
                d[i + 1] = g + shift;
                g = cosine * s - b;
                let (upper, lower) = vectors[i * n..(i + 2) * n].split_at_mut(n);
                for (upper, lower) in upper.iter_mut().zip(lower) {
                    (*upper, *lower) = (cosine * *upper - sine * *lower, sine * *upper + cosine * *lower);
                }
            }
            if !split {
                d[l] -= shift;
                e[l] = g;
                e[m] = 0.0;
            }
        }
    }
    Ok(())
}

/// Largest eigenvalue first; equal ones stay in their order.
fn sort(vectors: &mut [f64], values: &mut [f64], n: usize) {
    for i in 0..n {
        let largest = (i + 1..n).fold(i, |best, at| if values[at] > values[best] { at } else { best });
        if largest != i {
            values.swap(i, largest);
            let (before, after) = vectors.split_at_mut(largest * n);
            before[i * n..(i + 1) * n].swap_with_slice(&mut after[..n]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::product::{accumulate_columns, product, product_transposed, transposed_product};
    use crate::math::qr;

    /// Decomposes and checks A·v = λv, orthonormal rows, order.
    fn check(a: &[f64], n: usize) -> Vec<f64> {
        let (mut used, mut vectors, mut values, mut scratch) = (a.to_vec(), vec![f64::NAN; n * n], vec![0.0; n], vec![0.0; work(n)]);
        assert_eq!(symmetric(&mut used, &mut vectors, &mut values, &mut scratch, n), Ok(()), "{n}");
        let size = values.iter().fold(f64::MIN_POSITIVE, |largest: f64, value| largest.max(value.abs()));
        let mut image = vec![0.0; n * n];
        product(&vectors, a, &mut image, n, n);
        for (at, (got, vector)) in image.chunks_exact(n).zip(vectors.chunks_exact(n)).enumerate() {
            for (got, component) in got.iter().zip(vector) {
                assert!((got - values[at] * component).abs() < 1e-13 * size * n as f64, "{n}: {got} {}", values[at] * component);
            }
        }
        let mut unit = vec![0.0; n * n];
        product_transposed(&vectors, &vectors, &mut unit, n);
        for (at, value) in unit.iter().enumerate() {
            let expected = if at / n == at % n { 1.0 } else { 0.0 };
            assert!((value - expected).abs() < 1e-13 * n as f64, "{n}: {value}");
        }
        assert!(values.is_sorted_by(|a, b| a >= b), "{values:?}");
        values
    }

    #[test]
    fn eigenvectors_of_matrices_with_and_without_full_rank_of_every_size() {
        for n in [1_usize, 2, 3, 4, 5, 8, 17, 40] {
            for rank in [1, n.div_ceil(2), 2 * n] {
                for scale in [1.0, 1e-12, 1e9] {
                    let g: Vec<f64> = (0..rank * n).map(|at| scale * libm::sin(at as f64 * 12.9 + 0.3 * (at * at % 7) as f64)).collect();
                    let mut a = vec![0.0; n * n];
                    accumulate_columns(&mut a, 0.0, 1.0, &g, n);
                    check(&a, n);
                }
            }
        }
    }

    #[test]
    fn diagonals_equal_values_and_numbers_that_are_not_finite() {
        assert_eq!(check(&[3.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 7.0], 3), [7.0, 3.0, -1.0]);
        assert_eq!(check(&[0.0; 16], 4), [0.0; 4]);
        let ones = check(&[1.0; 25], 5);
        assert!((ones[0] - 5.0).abs() < 1e-14 && ones[1..].iter().all(|value| value.abs() < 1e-14), "{ones:?}");
        let values = check(&[2.0, 1.0, 1.0, 2.0], 2);
        assert!((values[0] - 3.0).abs() < 1e-15 && (values[1] - 1.0).abs() < 1e-15);
        for bad in [f64::NAN, f64::INFINITY] {
            let answer = symmetric(&mut [bad, 1.0, 1.0, 2.0], &mut [0.0; 4], &mut [0.0; 2], &mut [0.0; 4], 2);
            assert_eq!(answer, Err(Unsolved::NotFinite));
        }
        assert_eq!(symmetric(&mut [], &mut [], &mut [], &mut [], 0), Ok(()));
    }

    /// Eigenvalue `at` of `n`.
    type Spectrum = fn(usize, usize) -> f64;

    /// B·diag(λ)·Bᵀ with the orthogonal rows of `qr`.
    fn with_values(wanted: &[f64]) -> Vec<f64> {
        let n = wanted.len();
        let mut basis: Vec<f64> = (0..n * n).map(|at| libm::sin(at as f64 * 7.7 + (at * at % 11) as f64)).collect();
        qr::orthonormal_rows(&mut basis, &mut vec![0.0; qr::work(n)], n);
        let mut scaled = basis.clone();
        scaled.chunks_exact_mut(n).zip(wanted).for_each(|(row, value)| row.iter_mut().for_each(|part| *part *= value));
        let mut a = vec![0.0; n * n];
        transposed_product(&basis, &scaled, &mut a, n, n);
        for i in 0..n {
            for j in 0..i {
                a[i * n + j] = a[j * n + i];
            }
        }
        a
    }

    #[test]
    fn spectra_that_are_singular_repeated_graded_clustered_tiny_and_huge() {
        let spectra: [(&str, Spectrum); 8] = [
            ("rank 1", |at, _| f64::from(u8::from(at == 0))),
            ("rank 3", |at, _| if at < 3 { 3.0 - at as f64 } else { 0.0 }),
            ("half rank", |at, n| if at < n / 2 { (n - at) as f64 } else { 0.0 }),
            ("repeated", |at, _| [2.0, 1.0, 1.0, -1.0][at % 4]),
            ("graded", |at, n| libm::pow(10.0, -20.0 * at as f64 / n as f64)),
            ("graded the other way", |at, n| libm::pow(10.0, -20.0 + 20.0 * at as f64 / n as f64)),
            ("clustered", |at, _| 1.0 + 1e-15 * at as f64),
            ("of both signs", |at, n| at as f64 - 0.5 * n as f64),
        ];
        for n in [2, 3, 16, 65, 150] {
            for scale in [1.0, 1e-280, 1e-100, 1e100, 1e280] {
                // The smaller scales once more would say nothing new of large matrices.
                if n > 65 && scale != 1.0 {
                    continue;
                }
                for (name, spectrum) in spectra {
                    let mut wanted: Vec<f64> = (0..n).map(|at| scale * spectrum(at, n)).collect();
                    let found = check(&with_values(&wanted), n);
                    wanted.sort_by(|a, b| b.total_cmp(a));
                    let size = wanted[0].abs().max(wanted[n - 1].abs());
                    for (found, wanted) in found.iter().zip(&wanted) {
                        assert!((found - wanted).abs() <= 1e-13 * size * n as f64, "{name}, {n}, {scale}: {found} {wanted}");
                    }
                }
            }
        }
    }

    #[test]
    fn outer_products_of_few_gradients_as_shampoo_sums_them() {
        // A layer of 300 units after one update with a batch that wakes few of them: rows of zeros, and rounding everywhere else.
        for (n, rows) in [(64, 1), (128, 2), (300, 2)] {
            let g: Vec<f64> = (0..rows * n).map(|at| if at % n % 5 == 0 { 0.0 } else { 1e-3 * libm::sin(at as f64 * 12.9) }).collect();
            let mut a = vec![0.0; n * n];
            accumulate_columns(&mut a, 0.0, 1.0, &g, n);
            let values = check(&a, n);
            assert!(values[rows - 1] > 1e-7 && values[rows..].iter().all(|value| value.abs() < 1e-18), "{:?}", &values[..rows + 1]);
        }
    }
}
