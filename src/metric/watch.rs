//! What a rule follows: the learner's loss or a metric, by its name. Early stopping, the best model, a target, a finish line and a schedule
//! that listens follow one each; which way is better is the metric's own word.

use super::{Direction, of};
use crate::config::{Issue, Message};
use crate::data::Task;
use crate::message;

/// The learner's own loss, which is measured before the metrics and is none of them.
pub const LOSS: &str = "loss";

/// A measured quantity, and how its values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch<'a> {
    /// [`LOSS`] or a metric's name.
    pub name: &'a str,
}

impl<'a> Watch<'a> {
    /// The quantity of this name.
    pub fn of(name: &'a str) -> Self {
        Watch { name }
    }

    fn metric(self) -> Option<&'static dyn super::Metric> {
        super::ALL.iter().copied().find(|metric| metric.name() == self.name)
    }

    /// Which way is better: down for a loss.
    pub fn direction(self) -> Direction {
        self.metric().map_or(Direction::Down, |metric| metric.direction())
    }

    /// Its value among (name, value) pairs.
    pub fn find(self, measured: &[(&str, f64)]) -> Option<f64> {
        measured.iter().find(|(name, _)| *name == self.name).map(|(_, value)| *value)
    }

    /// Whether `value` is better than `than` by more than `by`. Any number is better than NaN, and NaN than nothing.
    pub fn is_better(self, value: f64, than: f64, by: f64) -> bool {
        if than.is_nan() {
            return !value.is_nan();
        }
        match self.direction() {
            Direction::Up => value > than + by,
            Direction::Down => value < than - by,
        }
    }

    /// Whether `value` is as good as `goal`.
    pub fn reaches(self, value: f64, goal: f64) -> bool {
        match self.direction() {
            Direction::Up => value >= goal,
            Direction::Down => value <= goal,
        }
    }

    /// What people call it, in the middle of a sentence.
    pub fn title(self) -> Message {
        self.metric().map_or_else(|| message!("loss", "损失"), |metric| metric.title())
    }

    /// The same with the part on which it is measured.
    pub fn title_on(self, held_out: bool) -> Message {
        let title = self.title();
        if held_out { message!("validation {title}", "验证{title}"; title) } else { message!("training {title}", "训练{title}"; title) }
    }

    /// The issue, at `metric`, of a quantity that this task does not have.
    pub fn check(self, task: &Task) -> Vec<Issue> {
        let names: Vec<&str> = std::iter::once(LOSS).chain(of(task).map(|metric| metric.name())).collect();
        if names.contains(&self.name) {
            return Vec::new();
        }
        let (names, given) = (Message::list(names), self.name);
        let message =
            message!("must be one of {names} for this data, got {given:?}", "用于此数据时必须是 {names} 之一，实际为 {given:?}"; names);
        vec![Issue::new("metric", message)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_the_metrics_own_word_and_nothing_is_worse_than_nan() {
        let (loss, accuracy) = (Watch::of(LOSS), Watch::of("accuracy"));
        assert!(loss.is_better(0.4, 0.5, 0.05) && !loss.is_better(0.46, 0.5, 0.05) && !loss.is_better(0.5, 0.5, 0.0));
        assert!(accuracy.is_better(0.6, 0.5, 0.05) && !accuracy.is_better(0.54, 0.5, 0.05) && !accuracy.is_better(0.4, 0.5, 0.0));
        for watch in [loss, accuracy] {
            assert!(
                watch.is_better(9.0, f64::NAN, 1.0) && !watch.is_better(f64::NAN, 9.0, 0.0) && !watch.is_better(f64::NAN, f64::NAN, 0.0)
            );
            assert!(!watch.reaches(f64::NAN, 0.5) && watch.reaches(0.5, 0.5));
        }
        assert!(loss.reaches(0.4, 0.5) && accuracy.reaches(0.6, 0.5) && !loss.reaches(0.6, 0.5) && !accuracy.reaches(0.4, 0.5));
        assert_eq!(accuracy.title_on(true), message!("validation accuracy", "验证准确率"));
        assert_eq!(Watch::of("rmse").check(&Task::Classification(Vec::new()))[0].path, "metric");
    }
}
