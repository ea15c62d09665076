//! Coefficient of determination 1 − Σ(y − ŷ)² / Σ(y − ȳ)², scikit-learn's `r2_score`: for constant targets 1 if exact, else 0. No unit, at most 1.

use super::{Direction, Metric};
use crate::config::Message;
use crate::data::Task;
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

    fn suits(&self, task: &Task) -> bool {
        !task.is_classification()
    }

    fn measure(&self, predictions: &[f32], targets: &[f32], _: &Task) -> f64 {
        let mean = targets.iter().map(|&target| f64::from(target)).sum::<f64>() / targets.len() as f64;
        let residual: f64 = predictions.iter().zip(targets).map(|(&got, &target)| (f64::from(target) - f64::from(got)).powi(2)).sum();
        let total: f64 = targets.iter().map(|&target| (f64::from(target) - mean).powi(2)).sum();
        match (residual == 0.0, total == 0.0) {
            (true, _) => 1.0,
            (false, true) => 0.0,
            _ => 1.0 - residual / total,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_scikit_learn() {
        // r2_score([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]) from its documentation.
        let score = R2.measure(&[2.5, 0.0, 2.0, 8.0], &[3.0, -0.5, 2.0, 7.0], &Task::Regression);
        assert!((score - 0.948_608_137).abs() < 1e-8);
        assert_eq!(R2.measure(&[1.0, 1.0], &[1.0, 1.0], &Task::Regression), 1.0);
        assert_eq!(R2.measure(&[1.0, 2.0], &[1.0, 1.0], &Task::Regression), 0.0);
    }
}
