//! A run's past: its checkpoints, looks back at them, forks from them, and beginning again.

use super::{Evaluation, Run};
use crate::config::Issue;
use crate::learn::Snapshot;
use crate::message;
use crate::train::Experiment;
use crate::train::History;
use crate::train::checkpoints::{Checkpoints, Moment};
use crate::train::mark::Why;
use crate::train::stop::StopReason;
use std::rc::Rc;

/// The present of a run of which another moment is shown.
pub(super) struct Present {
    learner: Snapshot,
    restored: Option<Evaluation>,
    held: Vec<f32>,
    /// What is shown instead.
    shown: Shown,
}

/// Which moment is shown instead of the last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The best, while the run has stopped.
    Best,
    /// One that somebody looks back at.
    Past,
}

/// A run before an evaluation that was made only because it ended.
pub(super) struct Ended {
    pub(super) history: History,
    pub(super) best: Option<Rc<Moment>>,
    last: Option<Evaluation>,
    held: Vec<f32>,
}

impl Ended {
    pub(super) fn of(run: &Run) -> Self {
        Ended { history: run.history.clone(), best: run.best.clone(), last: run.last.clone(), held: run.held.clone() }
    }
}

/// Where a run left another's way.
#[derive(Clone, Debug)]
pub(super) struct Fork {
    update: u64,
    /// The settings until then.
    before: Experiment,
}

impl Run {
    /// This run at update 0 again: the same rows, the same initial weights, the live settings as they are now.
    pub fn rewind(&mut self) {
        // A fork goes the other's way again, and leaves it at the same place.
        let (first, forked) = match self.forked.take() {
            Some(fork) => (fork.before.clone(), Some(fork)),
            None => ((*self.experiment).clone(), None),
        };
        let later = forked.as_ref().map(|fork| (fork.update, (*self.experiment).clone()));
        let mut run = self.again(first);
        run.aim(self.line.take());
        // What was seen of the test part stays seen.
        *self = Run { revealed: std::mem::take(&mut self.revealed), forked, later, ..run };
    }

    /// A fresh run over the same rows and files.
    pub(super) fn again(&self, experiment: Experiment) -> Self {
        let run = Run::of(experiment, self.source.clone(), self.problem.files.clone(), Vec::new());
        run.unwrap_or_else(|issues| unreachable!("it ran before: {issues:?}"))
    }

    /// A run that goes this one's way until `update` and takes over `experiment`'s live settings there; issues where they differ in more.
    pub fn leave_at(&mut self, update: u64, experiment: Experiment) -> Result<(), Vec<Issue>> {
        let same = Experiment { stop: experiment.stop.clone(), learner: experiment.learner.clone(), ..(*self.experiment).clone() };
        if same != experiment {
            return Err(vec![Issue::new(
                "from",
                message!("only the model's live settings and the stop rules can change on the way", "途中只能改变模型的实时设置和停止条件"),
            )]);
        }
        self.forked = Some(Fork { update, before: (*self.experiment).clone() });
        self.later = Some((update, experiment));
        Ok(())
    }

    /// A run that went the same way until the last checkpoint at or before `update`, and goes on from there with the same settings. What
    /// it does is equal bit for bit to what this one did, until a setting of it is changed: where this one ended, it has ended too.
    pub fn fork(&self, update: u64) -> Self {
        let moment = self.moment(update, false);
        let mut run = self.again((*moment.experiment).clone());
        run.learner.restore(&moment.learner).expect("a snapshot of this learner");
        let Evaluation { update, rows, gradients, .. } = moment.evaluation;
        (run.update, run.rows, run.gradients) = (update, rows, gradients);
        (run.boundaries, run.at_boundary, run.finished) = (moment.boundaries, moment.at_boundary, moment.finished);
        run.waiting = moment.waiting;
        run.counted = self.counted.filter(|(from, _)| *from <= update);
        run.seconds = moment.seconds;
        let lost = self.end_is_lost() && self.end.as_ref().is_some_and(|end| Rc::ptr_eq(end, moment));
        run.best = moment.best.clone().or_else(|| (!lost).then(|| moment.clone()));
        run.checkpoints = self.checkpoints.until(moment);
        run.history = self.history.until(update as f64);
        run.marks = self.marks.iter().filter(|mark| mark.update <= update).cloned().collect();
        run.augment = moment.augment.clone();
        run.draw_augmentation();
        run.measure_both();
        run.last = Some(moment.evaluation.clone());
        run.restored = None;
        run.forked = Some(Fork { update, before: (*moment.experiment).clone() });
        run.aim(self.line.clone());
        // Of the end that is this run's own, it is known what it was without it.
        if let Some(ended) = self.ended.as_ref().filter(|_| moment.forced && update == self.update) {
            run.ended = Some(Box::new(Ended {
                history: ended.history.clone(),
                best: ended.best.clone(),
                last: ended.last.clone(),
                held: ended.held.clone(),
            }));
        }
        if lost {
            (run.stopped, run.end) = (self.stopped.clone(), self.end.clone());
        } else {
            run.end_by_rule();
        }
        run
    }

    /// The last moment at or before `update` that is still there: a checkpoint, the best, or the end. Of a run that diverged the end can be
    /// `shown`, and nothing can go on from it.
    pub(super) fn moment(&self, update: u64, shown: bool) -> &Rc<Moment> {
        let end = self.end.as_ref().filter(|_| shown || !self.end_is_lost());
        let others = [self.best.as_ref(), end].into_iter().flatten();
        let there = self.checkpoints.all().iter().chain(others).filter(|moment| moment.update() <= update);
        // One that was never good has nothing but its end.
        there.max_by_key(|moment| moment.update()).or(self.end.as_ref()).expect("the first evaluation is kept")
    }

    /// Whether it diverged: its end is no moment of a model.
    pub(super) fn end_is_lost(&self) -> bool {
        self.stopped.as_ref().is_some_and(|stopped| stopped.reason == StopReason::Diverged)
    }

    /// This run as it was at its last checkpoint at or before `update`, to train on from there: a fork in its own place.
    pub fn go_back(&mut self, update: u64) {
        let fork = self.fork(update);
        // What was seen of the test part stays seen.
        *self = Run { revealed: std::mem::take(&mut self.revealed), ..fork };
    }

    /// Shows the model of the last checkpoint at or before `update`, without a trace in the run: it trains on from where it is. None comes
    /// back to the present, of a run that has stopped to what it ended with. Returns the update that is shown.
    pub fn look_back(&mut self, update: Option<u64>) -> u64 {
        let Some(update) = update.filter(|&update| update < self.update || self.stopped.is_some()) else {
            self.rest();
            return self.standing().update;
        };
        let moment = self.moment(update, true).clone();
        if !self.looks_back() || self.standing().update != moment.update() {
            self.show(&moment, Shown::Past);
        }
        moment.update()
    }

    /// Shows the model of a moment; the present is kept beside it.
    fn show(&mut self, moment: &Moment, shown: Shown) {
        match &mut self.present {
            Some(present) => present.shown = shown,
            None => {
                let mut learner = Snapshot::default();
                self.learner.snapshot(&mut learner);
                let (restored, held) = (self.restored.take(), self.held.clone());
                self.present = Some(Present { learner, restored, held, shown });
            }
        }
        self.learner.restore(&moment.learner).expect("a snapshot of this learner");
        let (train, validation) = self.measure_both();
        self.restored = Some(Evaluation { train, validation, ..moment.evaluation.clone() });
    }

    /// Shows what the run shows of itself: the best where it has stopped and puts that back, else the present.
    pub(super) fn rest(&mut self) {
        let ends_with_best = self.stopped.as_ref().is_some_and(|stopped| stopped.reason != StopReason::Target) && self.restores_best();
        match self.best.clone().filter(|best| ends_with_best && best.update() != self.update && !self.by_hand()) {
            Some(best) => self.show(&best, Shown::Best),
            None => self.come_back(),
        }
    }

    /// Puts the present back, with which training goes on.
    pub(super) fn come_back(&mut self) {
        let Some(Present { learner, restored, held, .. }) = self.present.take() else { return };
        self.learner.restore(&learner).expect("a snapshot of this learner");
        (self.restored, self.held) = (restored, held);
    }

    /// Whether a past moment is being looked at.
    pub fn looks_back(&self) -> bool {
        self.present.as_ref().is_some_and(|present| present.shown == Shown::Past)
    }

    /// Whether the best is shown in the place of the present.
    pub(super) fn shows_best(&self) -> bool {
        self.present.as_ref().is_some_and(|present| present.shown == Shown::Best)
    }

    /// Whether the present is another than what was evaluated last: the best was put back, or a number set.
    pub(super) fn by_hand(&self) -> bool {
        self.present.as_ref().map_or(&self.restored, |present| &present.restored).is_some()
    }

    /// Takes back what an evaluation changed that was made only because the run ended.
    pub(super) fn unend(&mut self) {
        let Some(ended) = self.ended.take() else { return };
        let Ended { history, best, last, held } = *ended;
        let by_hand = self.by_hand();
        self.history = history.instead_of(&self.history);
        (self.best, self.last, self.end) = (best, last, None);
        if !by_hand {
            *self.present.as_mut().map_or(&mut self.held, |present| &mut present.held) = held;
        }
        if self.arrival.as_ref().is_some_and(|arrival| arrival.update == self.update) {
            self.aim(self.line.clone());
        }
    }

    /// Puts the best model back, to train on from there: optimizer, schedule, batches, augmentation and patience are those of then, and a mark
    /// says so. Updates are counted on, because they were spent. False where there is no best.
    pub fn restore_best(&mut self) -> bool {
        let Some(best) = self.best.clone() else { return false };
        self.learner.restore(&best.learner).expect("a snapshot of this learner");
        self.take_up(&best);
        self.measure_again(best.update());
        true
    }

    /// Goes on from the best, with whose weights the learner is already.
    pub(super) fn take_up(&mut self, best: &Moment) {
        (self.present, self.ended) = (None, None);
        (self.boundaries, self.at_boundary, self.finished) = (best.boundaries, best.at_boundary, best.finished);
        self.waiting = best.waiting;
        self.counted = Some((self.update, best.waiting));
        self.augment = best.augment.clone();
        self.draw_augmentation();
        let at = best.update();
        self.mark(
            Why::PutBack,
            message!(
                "the model of update {at}, the best, was put back, with its optimizer, schedule and patience",
                "放回了最佳的第 {at} 次更新的模型，连同当时的优化器、学习率调度和耐心值计数"
            ),
        );
    }

    /// The run as it is right after an evaluation.
    pub(super) fn moment_now(&mut self, best: Option<Rc<Moment>>) -> Rc<Moment> {
        let mut learner = std::mem::take(&mut self.spare);
        self.learner.snapshot(&mut learner);
        Rc::new(Moment {
            evaluation: self.last().clone(),
            seconds: self.seconds,
            experiment: self.experiment.clone(),
            waiting: self.waiting,
            best,
            learner,
            augment: self.drawn_from.clone(),
            boundaries: self.boundaries,
            at_boundary: self.at_boundary,
            finished: self.finished,
            forced: self.ended.is_some(),
            seen: self.checkpoints.seen(),
        })
    }

    /// Its checkpoints.
    pub fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// Where it left another run's way, if it did.
    pub fn forked(&self) -> Option<u64> {
        self.forked.as_ref().map(|fork| fork.update)
    }
}
