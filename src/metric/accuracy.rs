//! Share of rows whose most probable class is the true one; the first of equals, as scikit-learn's `predict`. Unit: share, 0 to 1.

use super::{Answered, Answers, Direction, Metric, Targets};
use crate::config::Message;
use crate::message;

/// `accuracy`.
pub struct Accuracy;

/// The most probable class, the first of equals.
pub fn most_probable(probabilities: &[f32]) -> usize {
    (1..probabilities.len()).fold(0, |best, class| if probabilities[class] > probabilities[best] { class } else { best })
}

impl Metric for Accuracy {
    fn name(&self) -> &'static str {
        "accuracy"
    }

    fn title(&self) -> Message {
        message!("accuracy", "准确率")
    }

    fn direction(&self) -> Direction {
        Direction::Up
    }

    fn bounds(&self) -> [Option<f64>; 2] {
        [Some(0.0), Some(1.0)]
    }

    fn poor(&self) -> Option<f64> {
        Some(0.9)
    }

    fn suits(&self, answered: Answered) -> bool {
        answered.task.is_classification() && answered.answer.is_class()
    }

    fn measure(&self, answers: &Answers) -> f64 {
        let (predictions, outputs) = (answers.predictions, answers.answer.width());
        let right = match (predictions.as_chunks::<2>(), answers.targets) {
            // Without branches: where few rows are measured often, these would cost as much as the model itself.
            ((rows, []), Targets::Single(targets)) if outputs == 2 => {
                let is_right = |([no, yes], target): (&[f32; 2], &f32)| ((yes > no) == (*target == 1.0)) & (no + yes).is_finite();
                rows.iter().zip(targets).map(|row| usize::from(is_right(row))).sum()
            }
            (_, targets) => {
                let rows = predictions.chunks_exact(outputs).enumerate();
                let is_right = |row: usize, p: &[f32]| most_probable(p) as f64 == targets.at(row) && p.iter().all(|p| p.is_finite());
                rows.filter(|(row, p)| is_right(*row, p)).count()
            }
        };
        right as f64 / answers.rows() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Answer;

    #[test]
    fn counts_ties_for_the_first_class_and_nan_as_wrong() {
        let measure = |predictions: &[f32], targets: &[f32], classes: usize| {
            Accuracy.measure(&Answers::plain(Answer::Probabilities { classes }, predictions, targets))
        };
        let predictions = [0.9, 0.1, 0.5, 0.5, 0.2, 0.8, f32::NAN, f32::NAN];
        assert_eq!(measure(&predictions, &[0.0, 0.0, 0.0, 0.0], 2), 0.5);
        assert_eq!(measure(&predictions, &[1.0, 1.0, 1.0, 1.0], 2), 0.25);
        let predictions = [0.2, 0.4, 0.4, 0.5, 0.3, 0.2, f32::NAN, 0.0, 0.0];
        assert_eq!(measure(&predictions, &[1.0, 1.0, 1.0], 3), 1.0 / 3.0);
    }
}
