//! What is measured of a run, and what follows from it: the best model, the finish line, the end.

use super::{Evaluation, Measured, Revealed, Run, Which, brief};
use crate::config::Message;
use crate::learn::Rows;
use crate::message;
use crate::metric::{self, Answers};
use crate::train::line::{Arrival, arrival};
use crate::train::mark::Why;
use crate::train::stop::{EarlyStopping, Reach, StopReason, Stopped, Target};
use ndarray::Axis;
use std::rc::Rc;

impl Run {
    /// (metric, value) of one part with the model as it is; empty for no rows.
    pub fn measure(&mut self, part: Which) -> Measured {
        let task = &self.ready.table.task;
        let part = match part {
            Which::Train => &self.train,
            Which::Validation => &self.validation,
            Which::Test => &self.test,
        };
        if part.targets.is_empty() {
            return Vec::new();
        }
        self.predictions.resize(part.targets.len() * task.outputs(), 0.0);
        let loss = self.learner.evaluate(part.rows(), &mut self.predictions);
        let answers = Answers { task, predictions: &self.predictions, targets: part.given(), units: self.ready.target };
        let measured = metric::of(task).map(|metric| (metric.name(), metric.measure(&answers)));
        std::iter::once(("loss", loss)).chain(measured).collect()
    }

    /// Training and validation rows.
    pub(super) fn measure_both(&mut self) -> (Measured, Measured) {
        let both = (self.measure(Which::Train), self.measure(Which::Validation));
        std::mem::swap(&mut self.predictions, &mut self.held);
        both
    }

    /// Measures the test part with the model as it stands, and records that it was looked at; nothing where no row is held out for testing.
    pub fn reveal(&mut self) -> Option<Revealed> {
        let measured = self.measure(Which::Test);
        if measured.is_empty() {
            return None;
        }
        let revealed = Revealed { update: self.standing().update, measured: measured.into_iter().collect() };
        self.revealed.push(revealed.clone());
        Some(revealed)
    }

    /// Looks at the test part so far, the first one first.
    pub fn revealed(&self) -> &[Revealed] {
        &self.revealed
    }

    pub(super) fn evaluate(&mut self, seconds: f64) {
        self.seconds = seconds;
        let (train, validation) = self.measure_both();
        let evaluation = Evaluation {
            update: self.update,
            epoch: self.epoch(),
            rows: self.rows,
            gradients: self.gradients,
            learning_rate: self.learner.learning_rate(),
            train,
            validation,
        };
        let rate = evaluation.learning_rate.unwrap_or(f64::NAN);
        let (gradient, weights) = self.learner.norms().map_or((f64::NAN, f64::NAN), |norms| (norms.gradient, norms.weights));
        let counts = [evaluation.rows as f64, evaluation.gradients as f64];
        let head = [evaluation.update as f64, evaluation.epoch, counts[0], counts[1], seconds, rate, gradient, weights];
        let measured = evaluation.train.iter().chain(&evaluation.validation).map(|(_, value)| *value);
        self.history.push(&head.into_iter().chain(measured).collect::<Vec<_>>());
        self.restored = None;
        self.last = Some(evaluation.clone());
        if self.arrival.is_none()
            && let Some(line) = &self.line
        {
            self.arrival = arrival(&self.history, line, self.history.rows() - 1);
        }
        self.judge(&evaluation);
    }

    /// Stop rules and the best checkpoint, after an evaluation.
    fn judge(&mut self, evaluation: &Evaluation) {
        let watched = if evaluation.validation.is_empty() { &evaluation.train } else { &evaluation.validation };
        let loss = watched[0].1;
        if !loss.is_finite() || !evaluation.train[0].1.is_finite() || self.learner.suspicious() {
            let what = match self.learner.non_finite() {
                Some(name) => message!("the parameter {name}", "参数 {name} "),
                None => message!("the loss", "损失"),
            };
            let at = self.update;
            return self.stop(
                StopReason::Diverged,
                message!(
                    "Training diverged: {what} is no longer a finite number at update {at}. Try a learning rate ten times smaller, or scaled inputs.",
                    "训练发散：第 {at} 次更新时{what}不再是有限数。请把学习率缩小十倍，或对输入做缩放。"; what
                ),
            );
        }
        if self.update > 0 {
            let before = self.learner.learning_rate();
            self.learner.observe(loss);
            let after = self.learner.learning_rate();
            if let (Some(from), Some(to)) = (before, after)
                && from != to
            {
                let (from, to) = (brief(from), brief(to));
                let what = message!(
                    "learning rate {from} → {to}: the watched loss had stopped falling",
                    "学习率 {from} → {to}：所监测的损失不再下降"
                );
                self.mark(Why::Plateau, what);
            }
        }
        let (patience, min_delta) = match &self.experiment.stop.early_stopping {
            EarlyStopping::Patience(settings) => (Some(settings.patience), settings.min_delta),
            EarlyStopping::Off(_) => (None, 0.0),
        };
        let due = self.checkpoints.due();
        if self.best.as_ref().is_none_or(|best| loss < best.loss - min_delta) {
            self.waited = 0;
            self.spare = self.best.take().and_then(|best| Rc::try_unwrap(best).ok()).map(|best| best.learner).unwrap_or_default();
            let best = self.moment_now(None);
            if due {
                self.checkpoints.keep(best.clone());
            }
            self.best = Some(best);
        } else {
            self.waited += 1;
            if due {
                let moment = self.moment_now(self.best.clone());
                self.checkpoints.keep(moment);
            }
        }
        if let Target::Reach(reach) = &self.experiment.stop.target
            && let Some((name, value)) = watched.iter().find(|(name, _)| *name == reach.metric)
            && reach.reached(*value)
        {
            let (at, goal) = (self.update, reach.value);
            return self.stop(
                StopReason::Target,
                message!(
                    "Target reached: {name} {value:.4} (goal {goal}) at update {at}.",
                    "达到目标：第 {at} 次更新时 {name} 为 {value:.4}（目标 {goal}）。"
                ),
            );
        }
        if patience.is_some_and(|patience| self.waited >= patience) {
            let (waited, best) = (self.waited, self.best.as_ref().map_or(0, |best| best.update()));
            let now = if self.restores_best() {
                message!("Its weights of update {best}, the best, are back.", "已恢复最佳的第 {best} 次更新的权重。")
            } else {
                message!("The best was at update {best}; “Go to best” brings it back.", "最佳在第 {best} 次更新，可用“回到最佳”恢复。")
            };
            self.stop(
                StopReason::EarlyStopping,
                message!(
                    "Stopped early: {waited} evaluations without a lower validation loss. {now}",
                    "提前停止：连续 {waited} 次评估验证损失没有降低。{now}"; now
                ),
            );
        }
    }

    pub(super) fn stop(&mut self, reason: StopReason, message: Message) {
        self.end = Some(self.moment_now(self.best.clone()));
        // What it takes over right here may be that it does not stop.
        if reason == StopReason::EarlyStopping && self.later.as_ref().is_some_and(|(at, _)| *at <= self.update) {
            return;
        }
        self.stopped = Some(Stopped { reason, update: self.update, message });
        if self.restores_best() && reason != StopReason::Target {
            self.restore_best();
        }
    }

    pub(super) fn restores_best(&self) -> bool {
        matches!(&self.experiment.stop.early_stopping, EarlyStopping::Patience(patience) if patience.restore_best)
    }

    /// Puts the best model back; false where there is none.
    pub fn restore_best(&mut self) -> bool {
        let Some(best) = self.best.clone() else { return false };
        self.present = None;
        self.learner.restore(&best.learner).expect("a snapshot of this learner");
        self.measure_again(best.update());
        true
    }

    pub(super) fn measure_again(&mut self, update: u64) {
        let (train, validation) = self.measure_both();
        self.restored = Some(Evaluation { update, train, validation, ..self.last().clone() });
    }

    /// Draws a finish line, or takes it away: an earlier crossing is found in the history, which is exact for its first thousands of rows.
    pub fn aim(&mut self, line: Option<Reach>) {
        self.arrival = line.as_ref().and_then(|line| arrival(&self.history, line, 0));
        self.line = line;
    }

    /// Where the finish line was crossed first.
    pub fn arrival(&self) -> Option<&Arrival> {
        self.arrival.as_ref()
    }

    /// The learner's mean loss over at most `most` training rows, evenly spaced.
    pub fn sampled_loss(&mut self, most: usize) -> f64 {
        let (rows, shown) = (self.train.targets.len(), self.train.targets.len().min(most));
        if shown == rows {
            self.predictions.resize(rows * self.ready.table.task.outputs(), 0.0);
            return self.learner.evaluate(self.train.rows(), &mut self.predictions);
        }
        let chosen: Vec<usize> = (0..shown).map(|at| at * rows / shown).collect();
        let inputs = self.train.inputs.select(Axis(0), &chosen);
        let targets: Vec<f32> = chosen.iter().map(|&row| self.train.targets[row]).collect();
        self.predictions.resize(shown * self.ready.table.task.outputs(), 0.0);
        self.learner.evaluate(Rows::new(inputs.view(), &targets), &mut self.predictions)
    }

    /// The newest evaluation.
    pub fn last(&self) -> &Evaluation {
        self.last.as_ref().expect("evaluated when it was made")
    }

    /// What is known of the model as it stands: the newest evaluation, or that of the checkpoint that was put back.
    pub fn standing(&self) -> &Evaluation {
        self.restored.as_ref().unwrap_or_else(|| self.last())
    }

    /// Rows of the held-out part by `[true class, predicted class]`, as [`metric::confusion`], at [`Run::standing`]; empty for numbers.
    pub fn confusion(&self) -> Vec<u32> {
        if !self.ready.table.task.is_classification() {
            return Vec::new();
        }
        let part = if self.validation.targets.is_empty() { &self.train } else { &self.validation };
        metric::confusion::count(&self.held, &part.targets, self.ready.table.task.outputs())
    }

    /// (update, loss) of the best evaluation.
    pub fn best(&self) -> Option<(u64, f64)> {
        self.best.as_ref().map(|best| (best.update(), best.loss))
    }

    /// (evaluations without improvement, how many are tolerated), where early stopping is on.
    pub fn patience(&self) -> Option<(u32, u32)> {
        match &self.experiment.stop.early_stopping {
            EarlyStopping::Patience(settings) => Some((self.waited, settings.patience)),
            EarlyStopping::Off(_) => None,
        }
    }

    /// Why it ended, if it has.
    pub fn stopped(&self) -> Option<&Stopped> {
        self.stopped.as_ref()
    }
}
