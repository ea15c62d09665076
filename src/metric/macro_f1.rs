//! Macro F1: the mean over classes of F1, the harmonic mean of precision and recall (van Rijsbergen 1979), as scikit-learn's
//! `f1_score(average="macro", zero_division=0)`. Every class counts alike, however rare it is. A class that no row has and that nothing predicts does not
//! count; one that is never met has an F1 of 0. A row whose answer is not finite predicts no class. No unit, 0 to 1.

use super::classes::{PerClass, counted};
use super::{Answered, Answers, Direction, Metric};
use crate::config::Message;
use crate::message;

/// `macro_f1`.
pub struct MacroF1;

impl Metric for MacroF1 {
    fn name(&self) -> &'static str {
        "macro_f1"
    }

    fn title(&self) -> Message {
        message!("macro F1", "宏平均 F1")
    }

    fn about(&self) -> Option<Message> {
        Some(message!(
            "The mean over classes of F1, the harmonic mean of precision and recall: a rare class counts as much as a frequent one.",
            "各类别 F1（精确率与召回率的调和平均）的平均：稀有类别与常见类别同等重要。"
        ))
    }

    fn direction(&self) -> Direction {
        Direction::Up
    }

    fn bounds(&self) -> [Option<f64>; 2] {
        [Some(0.0), Some(1.0)]
    }

    fn term(&self) -> Option<&'static str> {
        Some("f1")
    }

    fn suits(&self, answered: Answered) -> bool {
        answered.task.is_classification() && answered.answer.is_class()
    }

    fn measure(&self, answers: &Answers) -> f64 {
        let classes = answers.answer.width();
        let (counts, lost) = counted(answers.predictions, answers.targets, classes);
        let (mut sum, mut there) = (0.0, 0);
        for class in 0..classes {
            let of = PerClass::of(&counts, &lost, class);
            if of.support + of.predicted > 0 {
                sum += of.f1();
                there += 1;
            }
        }
        sum / f64::from(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Answer;

    fn measure(classes: usize, said: &[usize], targets: &[f32]) -> f64 {
        let predictions: Vec<f32> =
            said.iter().flat_map(|&said| (0..classes).map(move |class| f32::from(u8::from(class == said)))).collect();
        MacroF1.measure(&Answers::plain(Answer::Probabilities { classes }, &predictions, targets))
    }

    #[test]
    fn it_is_scikit_learns() {
        // f1_score([0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0], average="macro"): (0.5 + 0.8 + 2 / 3) / 3.
        assert!((measure(3, &[0, 1, 1, 1, 2, 0], &[0.0, 0.0, 1.0, 1.0, 2.0, 2.0]) - (0.5 + 0.8 + 2.0 / 3.0) / 3.0).abs() < 1e-15);
        // A class that is nowhere does not count: f1_score([0, 0], [0, 0], average="macro") is 1.
        assert_eq!(measure(3, &[0, 0], &[0.0, 0.0]), 1.0);
        // One that is predicted and never true counts with 0: f1_score([0, 0], [0, 2], average="macro") is (2 / 3) / 2.
        assert!((measure(3, &[0, 2], &[0.0, 0.0]) - 1.0 / 3.0).abs() < 1e-15);
        assert!(measure(2, &[], &[]).is_nan());
    }

    #[test]
    fn an_answer_that_is_not_finite_misses_its_class() {
        let answers = [1.0, 0.0, f32::NAN, 0.0, 0.0, 1.0];
        let f1 = MacroF1.measure(&Answers::plain(Answer::Probabilities { classes: 2 }, &answers, &[0.0, 0.0, 1.0]));
        assert!((f1 - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-15, "{f1}");
    }
}
