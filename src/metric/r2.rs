//! Coefficient of determination 1 − Σ(y − ŷ)² / Σ(y − ȳ)², scikit-learn's `r2_score`: for constant targets 1 if exact, else 0; for fewer
//! than two rows it has no value. No unit, at most 1.

use super::{Answer, Answered, Answers, Direction, Metric};
use crate::config::Message;
use crate::message;

/// `r2`.
pub struct R2;

impl Metric for R2 {
    fn name(&self) -> &'static str {
        "r2"
    }

    fn title(&self) -> Message {
        message!("R²", "R²")
    }

    fn direction(&self) -> Direction {
        Direction::Up
    }

    fn bounds(&self) -> [Option<f64>; 2] {
        [None, Some(1.0)]
    }

    fn poor(&self) -> Option<f64> {
        Some(0.8)
    }

    fn suits(&self, answered: Answered) -> bool {
        answered.answer == Answer::Value
    }

    fn measure(&self, answers: &Answers) -> f64 {
        let rows = answers.rows();
        if rows < 2 {
            return f64::NAN;
        }
        // From the first target on: the mean of equal ones is that one, whatever its last digits.
        let first = answers.targets.at(0);
        let mean = first + (0..rows).map(|row| answers.targets.at(row) - first).sum::<f64>() / rows as f64;
        let residual = answers.squares();
        let total: f64 = (0..rows).map(|row| answers.targets.at(row) - mean).map(|far| far * far).sum();
        match (residual == 0.0, total == 0.0) {
            (true, _) => 1.0,
            (false, true) => 0.0,
            _ => 1.0 - residual / total,
        }
    }

    fn missing(&self, rows: usize) -> Option<Message> {
        (rows < 2).then(|| {
            message!("is not defined for fewer than two rows: there is nothing to explain", "在少于两行时没有定义：没有可解释的差异")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_scikit_learn() {
        let measure = |predictions: &[f32], targets: &[f32]| R2.measure(&Answers::plain(Answer::Value, predictions, targets));
        // r2_score([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]) from its documentation.
        let score = measure(&[2.5, 0.0, 2.0, 8.0], &[3.0, -0.5, 2.0, 7.0]);
        assert!((score - 0.948_608_137).abs() < 1e-8);
        assert!(measure(&[1.0], &[1.0]).is_nan());
        assert_eq!(measure(&[0.5, 0.5, 0.5], &[0.1, 0.1, 0.1]), 0.0, "0.1 + 0.1 + 0.1 is not 3 · 0.1");
        assert_eq!(measure(&[1.0, 1.0], &[1.0, 1.0]), 1.0);
        assert_eq!(measure(&[1.0, 2.0], &[1.0, 1.0]), 0.0);
    }
}
