//! A run's past: its checkpoints, looks back at them, forks from them, and beginning again.

use super::{Evaluation, Run};
use crate::config::Issue;
use crate::learn::Snapshot;
use crate::message;
use crate::train::Experiment;
use crate::train::checkpoints::{Checkpoints, Moment};
use std::rc::Rc;

/// The present of a run whose past is being looked at.
pub(super) struct Present {
    learner: Snapshot,
    restored: Option<Evaluation>,
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
    /// it does is equal bit for bit to what this one did, until a setting of it is changed.
    pub fn fork(&self, update: u64) -> Self {
        let moment = self.moment(update);
        let mut run = self.again((*moment.experiment).clone());
        run.learner.restore(&moment.learner).expect("a snapshot of this learner");
        let Evaluation { update, rows, gradients, .. } = moment.evaluation;
        (run.update, run.rows, run.gradients) = (update, rows, gradients);
        (run.boundaries, run.at_boundary, run.waited) = (moment.boundaries, moment.at_boundary, moment.waited);
        run.seconds = moment.seconds;
        run.best = Some(moment.best.clone().unwrap_or_else(|| moment.clone()));
        run.checkpoints = self.checkpoints.until(update);
        run.history = self.history.until(update as f64);
        run.marks = self.marks.iter().filter(|mark| mark.update <= update).cloned().collect();
        run.augment = moment.augment.clone();
        run.draw_augmentation();
        run.measure_both();
        run.last = Some(moment.evaluation.clone());
        run.restored = None;
        run.forked = Some(Fork { update, before: (*moment.experiment).clone() });
        run.aim(self.line.clone());
        run
    }

    /// The last moment at or before `update` that is still there: a checkpoint, the best, or the end.
    pub(super) fn moment(&self, update: u64) -> &Rc<Moment> {
        let others = [self.best.as_ref(), self.end.as_ref()].into_iter().flatten();
        let there = self.checkpoints.all().iter().chain(others).filter(|moment| moment.update() <= update);
        there.max_by_key(|moment| moment.update()).expect("the first evaluation is kept")
    }

    /// Shows the model of the last checkpoint at or before `update`, without a trace in the run: it trains on from where it is. None comes
    /// back to the present. Returns the update that is shown.
    pub fn look_back(&mut self, update: Option<u64>) -> u64 {
        let Some(update) = update.filter(|&update| update < self.update || self.stopped.is_some()) else {
            self.come_back();
            return self.standing().update;
        };
        let moment = self.moment(update).clone();
        if self.present.is_none() {
            let mut learner = Snapshot::default();
            self.learner.snapshot(&mut learner);
            self.present = Some(Present { learner, restored: self.restored.take() });
        } else if self.standing().update == moment.update() {
            return moment.update();
        }
        self.learner.restore(&moment.learner).expect("a snapshot of this learner");
        let (train, validation) = self.measure_both();
        self.restored = Some(Evaluation { train, validation, ..moment.evaluation.clone() });
        moment.update()
    }

    /// Ends looking back.
    pub(super) fn come_back(&mut self) {
        let Some(Present { learner, restored }) = self.present.take() else { return };
        self.learner.restore(&learner).expect("a snapshot of this learner");
        self.measure_both();
        self.restored = restored;
    }

    /// Whether a past moment is being looked at.
    pub fn looks_back(&self) -> bool {
        self.present.is_some()
    }

    /// The run as it is right after an evaluation.
    pub(super) fn moment_now(&mut self, best: Option<Rc<Moment>>) -> Rc<Moment> {
        let mut learner = std::mem::take(&mut self.spare);
        self.learner.snapshot(&mut learner);
        let evaluation = self.last().clone();
        let watched = if evaluation.validation.is_empty() { &evaluation.train } else { &evaluation.validation };
        Rc::new(Moment {
            loss: watched[0].1,
            evaluation,
            seconds: self.seconds,
            experiment: self.experiment.clone(),
            waited: self.waited,
            best,
            learner,
            augment: self.drawn_from.clone(),
            boundaries: self.boundaries,
            at_boundary: self.at_boundary,
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
