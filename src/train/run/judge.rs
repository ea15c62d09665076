//! What is measured of a run, and what follows from it: the best model, the finish line, the end.

use super::past::Ended;
use super::{Evaluation, Measured, Revealed, Run, Which};
use crate::config::{Message, brief, counted};
use crate::learn::Rows;
use crate::math::statistics::evenly;
use crate::message;
use crate::metric::watch::LOSS;
use crate::metric::{self, Answers, Direction, Watch};
use crate::train::checkpoints::Moment;
use crate::train::line::{Arrival, arrival};
use crate::train::mark::Why;
use crate::train::patience::Waiting;
use crate::train::stop::{EarlyStopping, Reach, StopReason, Stopped, Target};
use ndarray::Axis;
use std::rc::Rc;

impl Run {
    /// (metric, value) of one part with the model as it is; empty for no rows.
    pub fn measure(&mut self, part: Which) -> Measured {
        let answer = self.learner.answer();
        let number = part as u32;
        let part = match part {
            Which::Train => &self.train,
            Which::Validation => &self.validation,
            Which::Test => &self.test,
        };
        if part.targets.is_empty() {
            return Vec::new();
        }
        self.predictions.resize(part.targets.len() * answer.width(), 0.0);
        let loss = self.learner.evaluate(part.rows().again(number), &mut self.predictions);
        let answers = Answers { answer, predictions: &self.predictions, targets: part.given(), units: self.ready.target };
        let measured = metric::of(self.answered()).map(|metric| (metric.name(), metric.measure(&answers)));
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

    /// Measures the run as it is. An evaluation that is not `due` is made only because the run ends: it may be the best and reach a target,
    /// but nothing counts it, and a run that goes on has never made it.
    pub(super) fn evaluate(&mut self, seconds: f64, due: bool) {
        self.seconds = seconds;
        self.ended = (!due).then(|| Box::new(Ended::of(self)));
        let (train, validation) = self.measure_both();
        let mut evaluation = Evaluation {
            update: self.update,
            epoch: self.epoch(),
            rows: self.rows,
            gradients: self.gradients,
            learning_rate: None,
            train,
            validation,
            own: self.own(),
        };
        let broken = self.broken(&evaluation);
        if due && self.update > 0 && broken.is_none() {
            self.tell_schedule(&evaluation);
        }
        evaluation.learning_rate = self.learning_rate();
        let (gradient, weights) =
            self.learner.weighted().map(|weights| weights.norms()).map_or((f64::NAN, f64::NAN), |norms| (norms.gradient, norms.weights));
        let counted = evaluation.counted().map(|count| count.unwrap_or(f64::NAN)).into_iter().chain([seconds, gradient, weights]);
        let measured = evaluation.own.iter().chain(&evaluation.train).chain(&evaluation.validation).map(|(_, value)| *value);
        self.history.push(&counted.chain(measured).collect::<Vec<_>>());
        self.restored = None;
        self.last = Some(evaluation);
        if let Some(what) = broken {
            let at = self.update;
            return self.stop(
                StopReason::Diverged,
                message!(
                    "Training diverged: {what} is no longer a finite number at update {at}. Try a learning rate ten times smaller, or scaled inputs.",
                    "训练发散：第 {at} 次更新时{what}不再是有限数。请把学习率缩小十倍，或对输入做缩放。"; what
                ),
            );
        }
        if self.arrival.is_none()
            && let Some(line) = &self.line
        {
            self.arrival = arrival(&self.history, line, &self.known, self.history.rows() - 1);
        }
        self.keep(due);
    }

    /// What of the run is no longer a finite number, if anything: every learned number is looked at.
    fn broken(&self, evaluation: &Evaluation) -> Option<Message> {
        if let Some(name) = self.learner.non_finite() {
            return Some(message!("the parameter {name}", "参数 {name} "));
        }
        let finite =
            [&evaluation.train, &evaluation.validation].into_iter().flatten().all(|(name, value)| *name != LOSS || value.is_finite());
        (!finite || self.learner.suspicious()).then(|| message!("the loss", "损失"))
    }

    /// Tells the schedule what was measured, and marks where it lowered the rate.
    fn tell_schedule(&mut self, evaluation: &Evaluation) {
        let (known, before) = (self.known.clone(), self.learning_rate());
        let Some(watch) = self.learner.rated().and_then(|rated| rated.listens()).map(|name| Watch::of(name, &known)) else { return };
        if let Some(rated) = self.learner.rated_mut() {
            rated.hear(evaluation.value(watch), watch.direction());
        }
        if let (Some(from), Some(to)) = (before, self.learning_rate())
            && from != to
        {
            let (from, to) = (brief::number(from), brief::number(to));
            let watched = watch.title_on(!evaluation.validation.is_empty());
            let what = match watch.direction() {
                Direction::Down => message!(
                    "learning rate {from} → {to}: the {watched} had stopped falling",
                    "学习率 {from} → {to}：{watched}不再下降"; watched
                ),
                Direction::Up => message!(
                    "learning rate {from} → {to}: the {watched} had stopped rising",
                    "学习率 {from} → {to}：{watched}不再上升"; watched
                ),
            };
            self.mark(Why::Plateau, what);
        }
    }

    /// Keeps the newest evaluation's moment if it is the best or a checkpoint, and counts how long nothing improved.
    fn keep(&mut self, due: bool) {
        let (experiment, known) = (self.experiment.clone(), self.known.clone());
        let rule = experiment.stop.early_stopping.rule(&known);
        let value = self.last().value(rule.watch);
        let mut checkpoint = false;
        if due {
            self.waiting.see(rule, value);
            checkpoint = self.checkpoints.due();
        }
        if self.best_value(rule.watch).is_none_or(|best| rule.watch.is_better(value, best, 0.0)) {
            self.spare = self.best.take().and_then(|best| Rc::try_unwrap(best).ok()).map(|best| best.learner).unwrap_or_default();
            let best = self.moment_now(None);
            if checkpoint {
                self.checkpoints.keep(best.clone());
            }
            self.best = Some(best);
        } else if checkpoint {
            let moment = self.moment_now(self.best.clone());
            self.checkpoints.keep(moment);
        }
    }

    /// Counts again what the rule of now would have counted from the start, and finds the best among the moments that are still there.
    pub(super) fn recount(&mut self) {
        let (experiment, known) = (self.experiment.clone(), self.known.clone());
        let rule = experiment.stop.early_stopping.rule(&known);
        let history = self.ended.as_ref().map_or(&self.history, |ended| &ended.history);
        let (from, start) = self.counted.map_or((None, Waiting::default()), |(from, start)| (Some(from), start));
        self.waiting = start.again(rule, history, from);
        let better = |best: Option<Rc<Moment>>, moment: &Rc<Moment>| match best {
            Some(best) if !rule.watch.is_better(moment.value(rule.watch), best.value(rule.watch), 0.0) => Some(best),
            _ => Some(moment.clone()),
        };
        let own = self.ended.as_ref().map_or(&self.best, |ended| &ended.best);
        let end = self.end.as_ref().filter(|_| !self.end_is_lost());
        let mut there: Vec<_> = self.checkpoints.all().iter().chain(own).chain(end.filter(|end| !end.forced)).collect();
        // Of equals the first is the best.
        there.sort_by_key(|moment| moment.update());
        let best = there.into_iter().fold(None, better);
        let with_end = end.filter(|end| end.forced && self.ended.is_some()).into_iter().fold(best.clone(), better);
        if let Some(ended) = &mut self.ended {
            ended.best = best;
        }
        self.best = with_end;
    }

    /// Whether nothing is left to do by number: the limit is reached, or the learner has finished.
    pub(super) fn is_over(&self) -> bool {
        self.finished || self.update >= self.experiment.stop.max_updates
    }

    /// Why the run would end where it is by the rules of now.
    fn verdict(&self) -> Option<(StopReason, Message)> {
        let rules = &self.experiment.stop;
        // One that was measured only because the run ended says nothing of a run that does not.
        let measured = self.last().update == self.update && !self.by_hand() && (self.ended.is_none() || self.is_over());
        if let Target::Reach(reach) = &rules.target
            && measured
            && self.update > 0
            && let watch = reach.watch(&self.known)
            && let value = self.last().value(watch)
            && watch.reaches(value, reach.value)
        {
            let (at, goal, name) = (self.update, reach.value, &reach.metric);
            let message = message!(
                "Target reached: {name} {value:.4} (goal {goal}) at update {at}.",
                "达到目标：第 {at} 次更新时 {name} 为 {value:.4}（目标 {goal}）。"
            );
            return Some((StopReason::Target, message));
        }
        if self.patience().is_some_and(|(waited, limit)| waited >= limit) {
            return Some((StopReason::EarlyStopping, self.waited_too_long()));
        }
        if self.finished {
            let message = message!(
                "There is nothing left to learn: no further step improves the model.",
                "没有可继续学习的内容：再走一步也不会改善模型。"
            );
            return Some((StopReason::Finished, message));
        }
        let most = rules.max_updates;
        self.is_over().then(|| {
            let updates = counted(most, "update", "updates");
            let message = message!(
                "The limit of {updates} is reached. Raise it under Stop to go on.",
                "已达到 {most} 次更新的上限。要继续，请在“停止条件”中调高。"
            );
            (StopReason::MaxUpdates, message)
        })
    }

    /// Early stopping in words: what was watched, and by how much it had to be better.
    fn waited_too_long(&self) -> Message {
        let rule = self.experiment.stop.early_stopping.rule(&self.known);
        let watched = rule.watch.title_on(!self.last().validation.is_empty());
        let better = match (rule.watch.direction(), rule.min_delta) {
            (Direction::Down, 0.0) => message!("without a lower {watched}", "{watched}没有降低"; watched),
            (Direction::Up, 0.0) => message!("without a higher {watched}", "{watched}没有升高"; watched),
            (Direction::Down, delta) => {
                message!("without a {watched} lower by more than {delta}", "{watched}的降幅没有超过 {delta}"; watched)
            }
            (Direction::Up, delta) => {
                message!("without a {watched} higher by more than {delta}", "{watched}的升幅没有超过 {delta}"; watched)
            }
        };
        let (waited, best) = (self.waiting.waited, self.best.as_ref().map_or(0, |best| best.update()));
        let now = if self.restores_best() {
            message!("Its weights of update {best}, the best, are back.", "已恢复最佳的第 {best} 次更新的权重。")
        } else {
            message!("The best was at update {best}; “Restore best” brings it back.", "最佳在第 {best} 次更新，可用“恢复最佳”恢复。")
        };
        let evaluations = counted(waited, "evaluation", "evaluations");
        message!("Stopped early: {evaluations} {better}. {now}", "早停：连续 {waited} 次评估{better}。{now}"; better, now)
    }

    /// Stops where a rule says so.
    pub(super) fn end_by_rule(&mut self) {
        if let Some((reason, message)) = self.verdict() {
            self.stop(reason, message);
        }
    }

    fn stop(&mut self, reason: StopReason, message: Message) {
        self.end = Some(self.moment_now(self.best.clone()));
        self.stopped = Some(Stopped { reason, update: self.update, message });
        self.rest();
    }

    /// A run that has stopped goes on where the rules of now would not end it there; where they would, it says why. What diverged does not
    /// go on.
    pub(super) fn settle(&mut self) {
        if self.stopped.is_none() || self.end_is_lost() {
            return;
        }
        if let Some((reason, message)) = self.verdict() {
            self.stopped = Some(Stopped { reason, update: self.update, message });
        } else {
            self.stopped = None;
            self.unend();
        }
        if !self.looks_back() {
            self.rest();
        }
    }

    pub(super) fn restores_best(&self) -> bool {
        matches!(&self.experiment.stop.early_stopping, EarlyStopping::Patience(patience) if patience.restore_best)
    }

    pub(super) fn measure_again(&mut self, update: u64) {
        let (train, validation) = self.measure_both();
        self.restored = Some(Evaluation { update, train, validation, ..self.last().clone() });
    }

    /// Draws a finish line, or takes it away: an earlier crossing is found in the history, which is exact for its first thousands of rows.
    pub fn aim(&mut self, line: Option<Reach>) {
        self.arrival = line.as_ref().and_then(|line| arrival(&self.history, line, &self.known, 0));
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
            self.predictions.resize(rows * self.learner.answer().width(), 0.0);
            return self.learner.evaluate(self.train.rows(), &mut self.predictions);
        }
        let chosen = evenly(rows, most);
        let inputs = self.train.inputs.select(Axis(0), &chosen);
        let targets: Vec<f32> = chosen.iter().map(|&row| self.train.targets[row]).collect();
        let weights = self.train.weights_of(&chosen);
        self.predictions.resize(shown * self.learner.answer().width(), 0.0);
        self.learner.evaluate(Rows::new(inputs.view(), &targets).weighted(weights.as_deref()), &mut self.predictions)
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
        if !self.learner.answer().is_class() {
            return Vec::new();
        }
        let part = if self.validation.targets.is_empty() { &self.train } else { &self.validation };
        metric::confusion::count(&self.held, &part.targets, self.ready.table.task.outputs())
    }

    /// (update, loss) of the best evaluation. The loss need not be what makes it the best; see [`Run::best_watched`].
    pub fn best(&self) -> Option<(u64, f64)> {
        self.best.as_ref().map(|best| (best.update(), best.value(Watch::of(LOSS, &self.known))))
    }

    fn best_value(&self, watch: Watch) -> Option<f64> {
        self.best.as_ref().map(|best| best.value(watch))
    }

    /// What the best is the best of, and how good it was.
    pub fn best_watched(&self) -> Option<(&str, f64)> {
        let watch = self.experiment.stop.early_stopping.rule(&self.known).watch;
        self.best_value(watch).map(|value| (watch.name(), value))
    }

    /// (evaluations without improvement, how many are tolerated), where early stopping is on.
    pub fn patience(&self) -> Option<(u32, u32)> {
        match &self.experiment.stop.early_stopping {
            EarlyStopping::Patience(settings) => Some((self.waiting.waited, settings.patience)),
            EarlyStopping::Off(_) => None,
        }
    }

    /// Why it ended, if it has.
    pub fn stopped(&self) -> Option<&Stopped> {
        self.stopped.as_ref()
    }
}
