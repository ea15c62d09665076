//! Metrics: how good predictions are. Each states its unit and which direction is better, and where it has no value.

pub mod accuracy;
mod adjusted_rand;
mod answer;
pub mod classes;
pub mod confusion;
pub mod log_loss;
mod macro_f1;
pub mod mse;
pub mod r2;
pub mod rmse;
pub mod watch;

use crate::config::Message;
use crate::data::Task;
use crate::data::prepare::scale::Affine;
pub use answer::Answer;
use schemars::JsonSchema;
use serde::Serialize;
pub use watch::{Quantity, Watch};

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
}

/// What a learner answered for some rows, and what is true of them.
#[derive(Clone, Copy)]
pub struct Answers<'a> {
    pub answer: Answer,
    /// `[rows, answer.width()]`, as the learner said it.
    pub predictions: &'a [f32],
    /// One a row: a class, or a number in the target's own units.
    pub targets: Targets<'a>,
    /// From a number in the target's own units to what the learner is given of it.
    pub units: Affine,
}

/// Targets in 32 bits, or in 64 where those are not enough.
#[derive(Clone, Copy)]
pub enum Targets<'a> {
    Single(&'a [f32]),
    Double(&'a [f64]),
}

impl Targets<'_> {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        match self {
            Targets::Single(targets) => targets.len(),
            Targets::Double(targets) => targets.len(),
        }
    }

    /// The target of a row.
    #[inline]
    pub fn at(&self, row: usize) -> f64 {
        match self {
            Targets::Single(targets) => f64::from(targets[row]),
            Targets::Double(targets) => targets[row],
        }
    }
}

impl<'a> Answers<'a> {
    /// Answers in the units of targets in 32 bits.
    pub fn plain(answer: Answer, predictions: &'a [f32], targets: &'a [f32]) -> Self {
        Answers { answer, predictions, targets: Targets::Single(targets), units: Affine::IDENTITY }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.targets.rows()
    }

    /// (prediction, target) of every row whose target is a number, in its own units.
    fn numbers(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.predictions.iter().enumerate().map(|(row, &got)| (self.units.invert(f64::from(got)), self.targets.at(row)))
    }

    /// Σ (prediction − target)².
    fn squares(&self) -> f64 {
        self.numbers().map(|(got, target)| (got - target) * (got - target)).sum()
    }
}

/// A number that says how good predictions are.
pub trait Metric: Sync {
    /// Name in events, files and targets.
    fn name(&self) -> &'static str;
    /// What people call it, in the middle of a sentence.
    fn title(&self) -> Message;
    /// Which way is better.
    fn direction(&self) -> Direction;
    /// What it says, in a sentence; none where the page says so itself.
    fn about(&self) -> Option<Message> {
        None
    }
    /// In what it is measured, where that has a name.
    fn unit(&self) -> Option<Message> {
        None
    }
    /// Between which values it lies.
    fn bounds(&self) -> [Option<f64>; 2];
    /// Its entry in the glossary.
    fn term(&self) -> Option<&'static str> {
        Some(self.name())
    }
    /// Of one that is better the greater it is: the value below which most would call a model poor, where there is one.
    fn poor(&self) -> Option<f64> {
        None
    }
    /// True where it can be computed.
    fn suits(&self, answered: Answered) -> bool;
    /// Not a number where [`Metric::missing`] says why, and where a prediction is none.
    fn measure(&self, answers: &Answers) -> f64;
    /// Why it has no value for so many rows, whatever the predictions; none where it has one. To be read after its name.
    fn missing(&self, rows: usize) -> Option<Message> {
        (rows == 0).then(|| crate::message!("needs a row", "至少需要一行"))
    }
}

/// Every metric, in the order of the page. The learner's own loss comes before them and is not listed.
pub const ALL: &[&dyn Metric] = &[&accuracy::Accuracy, &macro_f1::MacroF1, &mse::Mse, &rmse::Rmse, &r2::R2, &adjusted_rand::AdjustedRand];

/// What is true of rows, and what is answered.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    pub task: &'a Task,
    pub answer: Answer,
}

/// The metrics that suit.
pub fn of(answered: Answered<'_>) -> impl Iterator<Item = &'static dyn Metric> {
    ALL.iter().copied().filter(move |metric| metric.suits(answered))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every metric of one class, one row, a constant target, no row.
    #[test]
    fn a_metric_has_a_value_or_says_why_not() {
        let (classes, answers) = (Task::Classification(vec!["a".into(), "b".into()]), |task| Answer::of(task).expect("a target"));
        let cases: [(&str, &Task, &[f32], &[f32]); 9] = [
            ("one class, all right", &classes, &[0.9, 0.1, 0.8, 0.2], &[0.0, 0.0]),
            ("one class, all wrong", &classes, &[0.1, 0.9, 0.2, 0.8], &[0.0, 0.0]),
            ("one row of a class", &classes, &[0.9, 0.1], &[1.0]),
            ("no row", &classes, &[], &[]),
            ("one row", &Task::Regression, &[1.0], &[2.0]),
            ("one row, exact", &Task::Regression, &[2.0], &[2.0]),
            ("a constant target", &Task::Regression, &[1.0, 2.0], &[0.1, 0.1]),
            ("a constant target, exact", &Task::Regression, &[0.1, 0.1, 0.1], &[0.1, 0.1, 0.1]),
            ("no number", &Task::Regression, &[], &[]),
        ];
        for (case, task, predictions, targets) in cases {
            let answer = answers(task);
            for metric in of(Answered { task, answer }) {
                let value = metric.measure(&Answers::plain(answer, predictions, targets));
                assert_eq!(value.is_nan(), metric.missing(targets.len()).is_some(), "{} of {case}: {value}", metric.name());
                assert!(!value.is_infinite(), "{} of {case}", metric.name());
            }
        }
    }

    #[test]
    fn numbers_that_32_bits_do_not_hold_apart_are_measured_in_64() {
        let targets: Vec<f64> = (1..=300).map(|at| 2e9 + f64::from(at)).collect();
        let units = Affine { offset: 2e9 + 150.5, divisor: 86.601_674_348_819_5 };
        let predictions: Vec<f32> = targets.iter().map(|&target| units.apply(target + 1.0) as f32).collect();
        let answers = Answers { answer: Answer::Value, predictions: &predictions, targets: Targets::Double(&targets), units };
        assert!((mse::Mse.measure(&answers) - 1.0).abs() < 1e-4, "{}", mse::Mse.measure(&answers));
        // 1 − 300 / Σ (y − ȳ)², of which the sum is 300 (300² − 1) / 12.
        assert!((r2::R2.measure(&answers) - (1.0 - 12.0 / 89_999.0)).abs() < 1e-8);
    }
}
