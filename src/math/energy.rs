//! The energy distance of two sets of points (Székely & Rizzo 2013, "Energy statistics"): 2 E|X − Y| − E|X − X′| − E|Y − Y′| with Euclidean distances,
//! each mean over all pairs, those of a point with itself included (the V-statistic). It is 0 for equal sets and positive for all others, and needs no
//! density; it is the square of what SciPy's `energy_distance` gives in one dimension.

/// The mean distance of a point of `a` to a point of `b`, `[points, width]` each, row-major; not a number where there is none.
pub fn mean_distance(a: &[f32], b: &[f32], width: usize) -> f64 {
    let width = width.max(1);
    let (rows, others) = (a.chunks_exact(width), b.chunks_exact(width));
    let pairs = (rows.len() * others.len()) as f64;
    let mut sum = 0.0;
    for x in rows {
        for y in others.clone() {
            sum += libm::sqrt(square(x, y));
        }
    }
    sum / pairs
}

/// Σ (x − y)², four sums side by side, so that they are one vector.
fn square(x: &[f32], y: &[f32]) -> f64 {
    let apart = |x: f32, y: f32| f64::from(x - y) * f64::from(x - y);
    let ((fours, rest), (others, others_rest)) = (x.as_chunks::<4>(), y.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (x, y) in fours.iter().zip(others) {
        for lane in 0..4 {
            sums[lane] += apart(x[lane], y[lane]);
        }
    }
    let rest: f64 = rest.iter().zip(others_rest).map(|(&x, &y)| apart(x, y)).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// The distance of two sets of points, `[points, width]` each, row-major; not a number where one of them is empty.
pub fn distance(a: &[f32], b: &[f32], width: usize) -> f64 {
    2.0 * mean_distance(a, b, width) - mean_distance(a, a, width) - mean_distance(b, b, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_definition() {
        // |0 − 1|, |0 − 3|, |2 − 1|, |2 − 3| have the mean 1.5; 0, 2, 2, 0 the mean 1, as 0, 2, 2, 0 again. SciPy: energy_distance([0, 2], [1, 3]) = 1.
        assert!((distance(&[0.0, 2.0], &[1.0, 3.0], 1) - 1.0).abs() < 1e-12);
        assert_eq!(distance(&[0.0, 0.0, 3.0, 4.0], &[0.0, 0.0, 3.0, 4.0], 2), 0.0);
        // Two points that are 5 apart.
        assert_eq!(distance(&[0.0, 0.0], &[3.0, 4.0], 2), 10.0);
        assert!(distance(&[], &[1.0], 1).is_nan());
        let (x, y) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], [7.0, 5.0, 3.0, 1.0, -1.0, -3.0, -5.0]);
        assert_eq!(square(&x, &y), 36.0 + 9.0 + 9.0 + 36.0 + 81.0 + 144.0);
    }
}
