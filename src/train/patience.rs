//! How long a run has waited for an improvement of what it watches, as early stopping counts.

use super::history::History;
use super::stop::Rule;

/// Evaluations since the last improvement. It is apart from the best evaluation, which may have been better by less than counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// Evaluations without improvement.
    pub waited: u32,
    /// What was measured at the last improvement; NaN before the first evaluation.
    improved: f64,
}

impl Default for Waiting {
    fn default() -> Self {
        Waiting { waited: 0, improved: f64::NAN }
    }
}

impl Waiting {
    /// One more evaluation, at which what is watched was `value`.
    pub fn see(&mut self, rule: Rule, value: f64) {
        self.count(rule, value, 1);
    }

    fn count(&mut self, rule: Rule, value: f64, evaluations: u64) {
        if rule.watch.is_better(value, self.improved, rule.min_delta) {
            *self = Waiting { waited: 0, improved: value };
        } else {
            self.waited = self.waited.saturating_add(evaluations.try_into().unwrap_or(u32::MAX));
        }
    }

    /// Counts the rows of a history behind `from` again, as if the rule had always been this one. That is exact as long as every row is one
    /// evaluation, which the first thousands are; of a row that stands for several the last counts.
    pub fn again(mut self, rule: Rule, history: &History, from: Option<u64>) -> Self {
        let (updates, watched) = (history.named("update"), history.watched(rule.watch));
        let (Some(updates), Some(watched)) = (updates, watched) else { return self };
        for row in 0..history.rows() {
            if from.is_none_or(|from| updates.last[row] > from as f64) {
                self.count(rule, watched.last[row], history.evaluations(row));
            }
        }
        self
    }
}
