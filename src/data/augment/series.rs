//! What augmentations of sequences share: values between steps, and smooth random curves.

use crate::data::Shape;
use crate::math::random::{self, Stream};

/// Steps and features of a shape that was checked to be a sequence.
pub fn sizes(shape: Shape) -> (usize, usize) {
    match shape {
        Shape::Sequence { steps, features } => (steps, features),
        other => unreachable!("checked to be a sequence, not {other:?}"),
    }
}

/// All features at the place `at`, which may lie between two steps, on the straight line between them; beyond the ends, what is there.
pub fn between(from: &[f32], features: usize, at: f64, to: &mut [f32]) {
    let last = from.len() / features - 1;
    let below = (at.max(0.0) as usize).min(last);
    let above = (below + 1).min(last);
    let share = (at - below as f64).clamp(0.0, 1.0) as f32;
    let [low, high] = [below, above].map(|step| &from[step * features..][..features]);
    to.iter_mut().zip(low.iter().zip(high)).for_each(|(to, (low, high))| *to = low + share * (high - low));
}

/// A cubic spline through `values`, evenly spaced from 0 to `end`, at 0, 1, 2, …: SciPy's `CubicSpline`, whose third derivative has no jump at the
/// second and the last knot but one. There are at least four values.
pub fn spline(values: &[f64], end: f64, to: &mut [f64]) {
    let last = values.len() - 1;
    let width = end / last as f64;
    // Second derivatives: m₋ + 4 m + m₊ = 6 (y₋ − 2y + y₊) / h², and no jump makes the second one sixth of its right side.
    let bend = |knot: usize| 6.0 * (values[knot - 1] - 2.0 * values[knot] + values[knot + 1]) / (width * width);
    let mut curvature = vec![0.0; last + 1];
    curvature[1] = bend(1) / 6.0;
    curvature[last - 1] = bend(last - 1) / 6.0;
    // The rest by elimination from left to right.
    let (mut factors, mut sides) = (vec![0.0; last + 1], vec![0.0; last + 1]);
    sides[1] = curvature[1];
    for knot in 2..last - 1 {
        let pivot = 4.0 - factors[knot - 1];
        factors[knot] = 1.0 / pivot;
        sides[knot] = (bend(knot) - sides[knot - 1]) / pivot;
    }
    for knot in (2..last - 1).rev() {
        curvature[knot] = sides[knot] - factors[knot] * curvature[knot + 1];
    }
    curvature[0] = 2.0 * curvature[1] - curvature[2];
    curvature[last] = 2.0 * curvature[last - 1] - curvature[last - 2];
    for (step, to) in to.iter_mut().enumerate() {
        let place = step as f64 / width;
        let knot = (place as usize).min(last - 1);
        let (right, left) = (place - knot as f64, 1.0 - (place - knot as f64));
        let cubic = |share: f64| (share * share * share - share) * width * width / 6.0;
        *to = left * values[knot] + right * values[knot + 1] + cubic(left) * curvature[knot] + cubic(right) * curvature[knot + 1];
    }
}

/// A smooth curve about 1 at `to.len()` steps: a spline through two ends and `knots` places between them, each N(1, `deviation`) (Um et al. 2017).
pub fn smooth(stream: &mut Stream, deviation: f64, knots: usize, to: &mut [f64]) {
    let values: Vec<f64> = (0..knots + 2).map(|_| 1.0 + deviation * f64::from(random::normal(stream))).collect();
    spline(&values, (to.len() - 1) as f64, to);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spline_through_a_cubic_is_that_cubic() {
        let cubic = |x: f64| 0.5 - 2.0 * x + 0.3 * x * x - 0.01 * x * x * x;
        for knots in [4, 5, 6, 9] {
            let values: Vec<f64> = (0..knots).map(|knot| cubic(knot as f64 * 20.0 / (knots - 1) as f64)).collect();
            let mut to = vec![0.0; 21];
            spline(&values, 20.0, &mut to);
            to.iter().enumerate().for_each(|(x, got)| assert!((got - cubic(x as f64)).abs() < 1e-9, "{knots} knots at {x}: {got}"));
        }
    }

    #[test]
    fn between_steps_is_the_straight_line() {
        let from = [0.0, 10.0, 2.0, 20.0, 4.0, 0.0];
        let at = |place: f64| {
            let mut to = [0.0; 2];
            between(&from, 2, place, &mut to);
            to
        };
        assert_eq!((at(0.5), at(1.0), at(1.25)), ([1.0, 15.0], [2.0, 20.0], [2.5, 15.0]));
        assert_eq!((at(-1.0), at(2.0), at(7.0)), ([0.0, 10.0], [4.0, 0.0], [4.0, 0.0]));
    }
}
