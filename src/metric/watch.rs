//! What is measured of a run, in words, and what a rule follows of it: early stopping, the best model, a target, a finish line and a schedule that listens
//! follow one quantity each, by its name: the learner's loss, a metric, or a quantity of the learner's own.

use super::{Answered, Direction, Metric, of};
use crate::config::{Issue, Message};
use crate::message;
use schemars::JsonSchema;
use serde::Serialize;

/// The learner's own loss, which is measured before the metrics and is none of them.
pub const LOSS: &str = "loss";

/// A measured quantity.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quantity {
    /// Its name in events, files and rules.
    pub name: &'static str,
    /// What people call it, in the middle of a sentence.
    pub title: Message,
    /// What it says, in a sentence; none where the page says so itself.
    pub about: Option<Message>,
    /// In what it is measured, where that has a name.
    pub unit: Option<Message>,
    /// Which way is better; none where neither is, which no rule can follow.
    pub direction: Option<Direction>,
    /// Between which values it lies.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Its entry in the glossary.
    pub term: Option<&'static str>,
    /// Whether it is measured on each part of the rows; otherwise it is the learner's own.
    pub of_rows: bool,
}

impl Quantity {
    /// The loss of a learner.
    pub fn loss() -> Self {
        Quantity { direction: Some(Direction::Down), term: Some(LOSS), of_rows: true, ..Quantity::own(LOSS, message!("loss", "损失")) }
    }

    /// A quantity of a learner's own, of which neither way is better.
    pub fn own(name: &'static str, title: Message) -> Self {
        Quantity { name, title, about: None, unit: None, direction: None, low: None, high: None, term: None, of_rows: false }
    }

    /// What a metric measures.
    pub fn of(metric: &dyn Metric) -> Self {
        let [low, high] = metric.bounds();
        let (direction, term) = (Some(metric.direction()), metric.term());
        Quantity {
            direction,
            low,
            high,
            term,
            of_rows: true,
            about: metric.about(),
            unit: metric.unit(),
            ..Quantity::own(metric.name(), metric.title())
        }
    }

    /// The loss, and what every metric measures.
    pub fn on_rows() -> impl Iterator<Item = Self> {
        std::iter::once(Quantity::loss()).chain(super::ALL.iter().map(|metric| Quantity::of(*metric)))
    }

    /// Everything that is measured of a run: the loss, the metrics, and the learner's own.
    pub fn all(answered: Answered, own: Vec<Quantity>) -> Vec<Quantity> {
        std::iter::once(Quantity::loss()).chain(of(answered).map(Quantity::of)).chain(own).collect()
    }
}

/// A quantity that a rule follows, and how its values compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch<'a>(&'a Quantity);

impl<'a> Watch<'a> {
    /// The quantity of this name; the first of `known`, the loss, where there is none. [`Watch::check`] says so beforehand.
    pub fn of(name: &str, known: &'a [Quantity]) -> Self {
        Watch(known.iter().find(|quantity| quantity.name == name).unwrap_or(&known[0]))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Which way is better.
    pub fn direction(self) -> Direction {
        self.0.direction.unwrap_or(Direction::Down)
    }

    /// Its value among (name, value) pairs.
    pub fn find(self, measured: &[(&str, f64)]) -> Option<f64> {
        measured.iter().find(|(name, _)| *name == self.0.name).map(|(_, value)| *value)
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

    /// What people call it, in the middle of a sentence, with the part on which it is measured.
    pub fn title_on(self, held_out: bool) -> Message {
        let title = self.0.title.clone();
        match (self.0.of_rows, held_out) {
            (false, _) => title,
            (true, true) => message!("validation {title}", "验证{title}"; title),
            (true, false) => message!("training {title}", "训练{title}"; title),
        }
    }

    /// The issue, at `metric`, of a name that is none of what is measured, or of which neither way is better.
    pub fn check(name: &str, known: &[Quantity]) -> Vec<Issue> {
        let there: Vec<&str> = known.iter().filter(|quantity| quantity.direction.is_some()).map(|quantity| quantity.name).collect();
        if there.contains(&name) {
            return Vec::new();
        }
        let (names, given) = (Message::list(there), name);
        let message = message!(
            "must be one of {names} for this data and model, got {given:?}",
            "用于此数据和模型时必须是 {names} 之一，实际为 {given:?}"; names
        );
        vec![Issue::new("metric", message)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Task;
    use crate::metric::Answer;

    #[test]
    fn better_is_the_quantitys_own_word_and_nothing_is_worse_than_nan() {
        let task = Task::Classification(vec!["a".into(), "b".into()]);
        let own = Quantity::own("parts", message!("parts", "块数"));
        let known = Quantity::all(Answered { task: &task, answer: Answer::Probabilities { classes: 2 } }, vec![own]);
        let (loss, accuracy) = (Watch::of(LOSS, &known), Watch::of("accuracy", &known));
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
        assert_eq!(Watch::of("parts", &known).title_on(true), message!("parts", "块数"));
        for none in ["rmse", "parts"] {
            assert_eq!(Watch::check(none, &known)[0].path, "metric", "{none}");
        }
    }
}
