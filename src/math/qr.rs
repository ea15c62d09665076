//! The orthogonal half of A = Q·R by Householder reflections in f64 (Golub & Van Loan, 5.2), which is orthogonal whatever the rank of A.

use super::product::add_scaled;

/// Numbers that [`orthonormal_rows`] works with.
pub fn work(n: usize) -> usize {
    n * n + n
}

/// Replaces the rows of `a` (`[n][n]`) by orthonormal ones: row k spans, with those before it, what the first k + 1 rows of `a` span. That is the
/// transpose of Q of `aᵀ`, up to signs.
pub fn orthonormal_rows(a: &mut [f64], work: &mut [f64], n: usize) {
    let (q, factors) = work[..n * n + n].split_at_mut(n * n);
    for k in 0..n {
        let (head, below) = a.split_at_mut((k + 1) * n);
        let v = &mut head[k * n + k..];
        let largest = v.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        if largest == 0.0 {
            factors[k] = 0.0;
            continue;
        }
        v.iter_mut().for_each(|value| *value /= largest);
        let length = libm::sqrt(v.iter().map(|value| value * value).sum());
        let alpha = if v[0] > 0.0 { -length } else { length };
        factors[k] = 1.0 / (length * (length + v[0].abs()));
        v[0] -= alpha;
        for row in below.chunks_exact_mut(n) {
            reflect(&mut row[k..], v, factors[k]);
        }
    }
    // Row k of the identity, reflected by all of them, the last first: only the corner that is no longer the identity is touched.
    q.fill(0.0);
    (0..n).for_each(|i| q[i * n + i] = 1.0);
    for k in (0..n).rev() {
        for row in q.chunks_exact_mut(n).skip(k) {
            reflect(&mut row[k..], &a[k * n + k..(k + 1) * n], factors[k]);
        }
    }
    a.copy_from_slice(q);
}

/// row ← row · (I − βvvᵀ).
fn reflect(row: &mut [f64], v: &[f64], beta: f64) {
    let along: f64 = row.iter().zip(v).map(|(value, v)| value * v).sum();
    add_scaled(row, -beta * along, v);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::product::product_transposed;

    #[test]
    fn rows_become_orthonormal_and_span_the_same_also_where_some_are_missing() {
        for n in [1, 2, 3, 6, 20] {
            for rank in [0, n / 2, n] {
                let mut a: Vec<f64> = (0..n * n).map(|at| libm::sin(at as f64 * 7.7 + (at * at % 5) as f64)).collect();
                a[rank * n..].fill(0.0);
                let before = a.clone();
                orthonormal_rows(&mut a, &mut vec![0.0; work(n)], n);
                let mut unit = vec![0.0; n * n];
                product_transposed(&a, &a, &mut unit, n);
                for (at, value) in unit.iter().enumerate() {
                    assert!((value - if at / n == at % n { 1.0 } else { 0.0 }).abs() < 1e-13, "{n}");
                }
                // What was there has no part in the rows that come later: A·Qᵀ is lower triangular.
                let mut lower = vec![0.0; n * n];
                product_transposed(&before, &a, &mut lower, n);
                assert!((0..n * n).filter(|at| at % n > at / n).all(|at| lower[at].abs() < 1e-12), "{n} {rank}");
            }
        }
    }
}
