//! Log loss of one row, as scikit-learn's `log_loss` has it for probabilities in 64 bits. Unit: nats.

/// −ln of the probability that the true class was given, which is clipped to `f64`'s epsilon from 0 and 1: a row that was surely wrong costs 36.04, not
/// infinity.
pub fn of(probability: f32) -> f64 {
    -libm::log(f64::from(probability).clamp(f64::EPSILON, 1.0 - f64::EPSILON))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_scikit_learn() {
        // log_loss([1], [[1.0, 0.0]], labels=[0, 1]), [[0.0, 1.0]] and [[0.25, 0.75]].
        for (probability, expected) in [(0.0, 36.043_653_389_117_15), (1.0, 2.220_446_049_250_313e-16), (0.75, 0.287_682_072_451_780_9)] {
            assert!((of(probability) - expected).abs() <= 1e-15 * expected, "{probability}: {}", of(probability));
        }
    }
}
