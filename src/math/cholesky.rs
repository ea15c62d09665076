//! Sums of outer products, and equations with the positive definite matrices that they are, in f64 (Golub & Van Loan, Matrix Computations,
//! 4th ed., section 4.2). Of symmetric matrices only the upper triangle is read and written, row by row. Nothing is allocated.

/// Rows that are added to a sum at once: its triangle travels through the cache once for all of them.
pub const BLOCK: usize = 8;

/// A ← A + Σ rᵀr over the rows of `rows`, `[count][n]` with at most [`BLOCK`] of them.
pub fn add_outer(a: &mut [f64], rows: &[f64], n: usize) {
    let count = rows.len() / n;
    assert!(a.len() == n * n && rows.len() == count * n && count <= BLOCK);
    if count < BLOCK {
        for (i, a) in a.chunks_exact_mut(n).enumerate() {
            for row in rows.chunks_exact(n) {
                add(&mut a[i..], row[i], &row[i..]);
            }
        }
        return;
    }
    for (i, a) in a.chunks_exact_mut(n).enumerate() {
        let row: [&[f64]; BLOCK] = std::array::from_fn(|k| &rows[k * n + i..(k + 1) * n]);
        let [r0, r1, r2, r3, r4, r5, r6, r7] = row;
        let [f0, f1, f2, f3, f4, f5, f6, f7] = row.map(|row| row[0]);
        let a = &mut a[i..];
        let m = a.len();
        let (r0, r1, r2, r3, r4, r5, r6, r7) = (&r0[..m], &r1[..m], &r2[..m], &r3[..m], &r4[..m], &r5[..m], &r6[..m], &r7[..m]);
        for (j, a) in a.iter_mut().enumerate() {
            // Two chains of additions, in an order that does not depend on the machine.
            let even = f0 * r0[j] + f2 * r2[j] + f4 * r4[j] + f6 * r6[j];
            let odd = f1 * r1[j] + f3 * r3[j] + f5 * r5[j] + f7 * r7[j];
            *a += even + odd;
        }
    }
}

/// Fills the upper triangle of U with A + shift · 1 = UᵀU; false where the matrix is not positive definite as far as rounding tells.
pub fn factor(a: &[f64], shift: f64, u: &mut [f64], n: usize) -> bool {
    assert!(a.len() == n * n && u.len() == n * n);
    for i in 0..n {
        let (above, row) = u.split_at_mut(i * n);
        let row = &mut row[i..n];
        row.copy_from_slice(&a[i * n + i..(i + 1) * n]);
        row[0] += shift;
        let diagonal = row[0];
        let mut fours = above.chunks_exact(4 * n);
        for four in &mut fours {
            let row_of = |k: usize| &four[k * n + i..(k + 1) * n][..row.len()];
            let (r0, r1, r2, r3) = (row_of(0), row_of(1), row_of(2), row_of(3));
            let (f0, f1, f2, f3) = (r0[0], r1[0], r2[0], r3[0]);
            for (j, to) in row.iter_mut().enumerate() {
                *to -= (f0 * r0[j] + f1 * r1[j]) + (f2 * r2[j] + f3 * r3[j]);
            }
        }
        for one in fours.remainder().chunks_exact(n) {
            let one = &one[i..];
            add(row, -one[0], one);
        }
        // What is left of a dependent column is rounding: of the size of the column's own entry times the precision.
        if row[0].partial_cmp(&(diagonal * n as f64 * f64::EPSILON)).is_none_or(|order| order.is_le()) {
            return false;
        }
        let inverse = 1.0 / libm::sqrt(row[0]);
        row.iter_mut().for_each(|value| *value *= inverse);
    }
    true
}

/// x ← (UᵀU)⁻¹ x with what [`factor`] left in U.
pub fn solve(u: &[f64], x: &mut [f64]) {
    let n = x.len();
    assert!(u.len() == n * n);
    for i in 0..n {
        let row = &u[i * n + i..(i + 1) * n];
        let (done, rest) = x.split_at_mut(i + 1);
        done[i] /= row[0];
        add(rest, -done[i], &row[1..]);
    }
    for i in (0..n).rev() {
        let row = &u[i * n + i..(i + 1) * n];
        let sum: f64 = row[1..].iter().zip(&x[i + 1..]).map(|(u, x)| u * x).sum();
        x[i] = (x[i] - sum) / row[0];
    }
}

fn add(to: &mut [f64], factor: f64, from: &[f64]) {
    super::product::add_scaled(to, factor, from);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern.
    fn numbers(count: usize) -> Vec<f64> {
        (0..count).map(|at| libm::sin((at * at) as f64 * 0.7 + 0.3)).collect()
    }

    /// A sum of the outer products of `count` rows.
    fn gram(rows: &[f64], n: usize) -> Vec<f64> {
        let mut a = vec![0.0; n * n];
        rows.chunks(BLOCK * n).for_each(|block| add_outer(&mut a, block, n));
        a
    }

    #[test]
    fn sums_of_outer_products() {
        for (n, count) in [(1, 3), (5, 8), (7, 21)] {
            let rows = numbers(n * count);
            let a = gram(&rows, n);
            for i in 0..n {
                for j in i..n {
                    let expected: f64 = (0..count).map(|k| rows[k * n + i] * rows[k * n + j]).sum();
                    assert!((a[i * n + j] - expected).abs() < 1e-12, "{n} {count}");
                }
            }
        }
    }

    #[test]
    fn solves_equations_and_refuses_what_is_not_positive_definite() {
        for n in [1, 2, 5, 8, 33] {
            let a = gram(&numbers(n * (n + 6)), n);
            let (mut u, x) = (vec![0.0; n * n], numbers(n));
            assert!(factor(&a, 0.1, &mut u, n));
            let at = |i: usize, j: usize| a[i.min(j) * n + i.max(j)] + if i == j { 0.1 } else { 0.0 };
            let mut b: Vec<f64> = (0..n).map(|i| (0..n).map(|j| at(i, j) * x[j]).sum()).collect();
            solve(&u, &mut b);
            b.iter().zip(&x).for_each(|(got, expected)| assert!((got - expected).abs() < 1e-9, "{n}: {got} {expected}"));
        }
        // Fewer rows than unknowns.
        let (a, mut u) = (gram(&numbers(6 * 4), 6), vec![0.0; 36]);
        assert!(!factor(&a, 0.0, &mut u, 6));
        assert!(factor(&a, 1e-6, &mut u, 6));
        assert!(!factor(&[f64::NAN], 0.0, &mut [0.0], 1));
    }
}
