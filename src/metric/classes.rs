//! What is said of each class by itself: precision, recall, F1 and support, as scikit-learn's `classification_report` with `zero_division=0`.

use super::Targets;
use super::accuracy::most_probable;
use crate::message;
use serde::Serialize;

/// Counts of one class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PerClass {
    /// Rows of the class that are said to be of it.
    pub right: u32,
    /// Rows that are said to be of it.
    pub predicted: u32,
    /// Rows of it.
    pub support: u32,
}

/// The report's line for a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Of the rows that are said to be of the class the share that is.
    pub precision: f64,
    /// Of the rows of the class the share that is found.
    pub recall: f64,
    pub f1: f64,
    /// Rows of the class.
    pub support: u32,
}

impl PerClass {
    /// From counts by `[true class, predicted class]`, and of each class the rows whose answer is no class.
    pub fn of(counts: &[u32], lost: &[u32], class: usize) -> Self {
        let classes = lost.len();
        PerClass {
            right: counts[class * classes + class],
            predicted: (0..classes).map(|truth| counts[truth * classes + class]).sum(),
            support: counts[class * classes..(class + 1) * classes].iter().sum::<u32>() + lost[class],
        }
    }

    /// 0 where nothing is said to be of the class.
    pub fn precision(self) -> f64 {
        share(self.right, self.predicted)
    }

    /// 0 where no row is of the class.
    pub fn recall(self) -> f64 {
        share(self.right, self.support)
    }

    /// 2 · right / (predicted + support): 0 where the class is never met.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.predicted + self.support)
    }
}

fn share(part: u32, of: u32) -> f64 {
    if of == 0 { 0.0 } else { f64::from(part) / f64::from(of) }
}

/// Counts by `[true class, predicted class]`, row-major, and of each class the rows whose answer is not finite.
pub fn counted(predictions: &[f32], targets: Targets, classes: usize) -> (Vec<u32>, Vec<u32>) {
    let (mut counts, mut lost) = (vec![0; classes * classes], vec![0; classes]);
    for (row, answer) in predictions.chunks_exact(classes).enumerate() {
        let truth = targets.at(row) as usize;
        if answer.iter().all(|value| value.is_finite()) {
            counts[truth * classes + most_probable(answer)] += 1;
        } else {
            lost[truth] += 1;
        }
    }
    (counts, lost)
}

/// A line for each class.
pub fn report(counts: &[u32], classes: usize) -> Vec<Line> {
    let lost = vec![0; classes];
    let line = |class| {
        let of = PerClass::of(counts, &lost, class);
        Line { precision: of.precision(), recall: of.recall(), f1: of.f1(), support: of.support }
    };
    (0..classes).map(line).collect()
}

/// What the columns of a report are called.
pub fn columns() -> [crate::config::Message; 4] {
    [message!("precision", "精确率"), message!("recall", "召回率"), message!("F1", "F1"), message!("support", "样本数")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_is_reported_as_scikit_learn_does() {
        // precision_recall_fscore_support([0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0], zero_division=0)
        let answer = |class: usize| (0..4).map(move |at| f32::from(u8::from(at == class)));
        let predictions: Vec<f32> = [0, 1, 1, 1, 2, 0].into_iter().flat_map(answer).collect();
        let (counts, _) = counted(&predictions, Targets::Single(&[0.0, 0.0, 1.0, 1.0, 2.0, 2.0]), 4);
        let lines = report(&counts, 4);
        let near = |got: f64, due: f64| (got - due).abs() < 1e-15;
        assert!(near(lines[0].precision, 0.5) && near(lines[0].recall, 0.5) && near(lines[0].f1, 0.5));
        assert!(near(lines[1].precision, 2.0 / 3.0) && near(lines[1].recall, 1.0) && near(lines[1].f1, 0.8));
        assert!(near(lines[2].precision, 1.0) && near(lines[2].recall, 0.5) && near(lines[2].f1, 2.0 / 3.0));
        assert_eq!(lines[3], Line { precision: 0.0, recall: 0.0, f1: 0.0, support: 0 });
        assert_eq!(lines.iter().map(|line| line.support).collect::<Vec<_>>(), [2, 2, 2, 0]);
    }
}
