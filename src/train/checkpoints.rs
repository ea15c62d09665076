//! Checkpoints: moments of a run that can be looked at again and gone on from. They are bounded in number and in bytes: when they are too
//! many, every second one goes, so that those that stay are evenly spaced over the whole run.

use super::experiment::Experiment;
use super::patience::Waiting;
use super::run::Evaluation;
use crate::learn::Snapshot;
use crate::math::random::Stream;
use crate::metric::Watch;
use std::rc::Rc;

/// Checkpoints that a run keeps at most; more than a chart has places to drag to.
const MOST: usize = 256;
/// And at least, however large the model is.
const LEAST: usize = 8;
/// Bytes that they may take, those of the best models that they refer to included.
const BYTES: usize = 24 << 20;

/// A run right after an evaluation: enough to look at its model, and to train on from there with the same bits.
#[derive(Clone, Debug)]
pub struct Moment {
    pub evaluation: Evaluation,
    /// Seconds spent training until then.
    pub seconds: f64,
    /// The settings of then.
    pub experiment: Rc<Experiment>,
    /// Evaluations without improvement.
    pub(super) waiting: Waiting,
    /// The best moment until then; none where this is the best.
    pub best: Option<Rc<Moment>>,
    pub(super) learner: Snapshot,
    /// Where the augmentation of the epoch under way was drawn from.
    pub(super) augment: Stream,
    pub(super) boundaries: u64,
    pub(super) at_boundary: bool,
    /// There was nothing left to learn.
    pub(super) finished: bool,
    /// It was measured only because the run ended there: a run that goes on was not.
    pub(super) forced: bool,
    /// Evaluations that the checkpoints had seen.
    pub(super) seen: u64,
}

impl Moment {
    /// Updates done until then.
    pub fn update(&self) -> u64 {
        self.evaluation.update
    }

    /// What was measured of a quantity; NaN where it was not.
    pub fn value(&self, watch: Watch) -> f64 {
        self.evaluation.value(watch)
    }

    /// The learner's state.
    pub fn learner(&self) -> &Snapshot {
        &self.learner
    }
}

/// The checkpoints of a run, oldest first.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    /// The one at place `i` is of evaluation `i · stride`.
    kept: Vec<Rc<Moment>>,
    /// Evaluations seen so far, and of how many one is kept.
    seen: u64,
    stride: u64,
}

impl Default for Checkpoints {
    fn default() -> Self {
        Checkpoints { kept: Vec::new(), seen: 0, stride: 1 }
    }
}

impl Checkpoints {
    /// Whether the next evaluation is one to keep; counts it.
    pub fn due(&mut self) -> bool {
        self.seen += 1;
        (self.seen - 1).is_multiple_of(self.stride)
    }

    /// Keeps a moment that was [`Checkpoints::due`].
    pub fn keep(&mut self, moment: Rc<Moment>) {
        let room = (BYTES / (2 * moment.learner.0.len().max(1))).clamp(LEAST, MOST);
        self.kept.push(moment);
        while self.kept.len() > room {
            let mut at = 0;
            // The first stays, and every second one.
            self.kept.retain(|_| {
                at += 1;
                at % 2 == 1
            });
            self.stride *= 2;
        }
    }

    /// Those that are kept, oldest first.
    pub fn all(&self) -> &[Rc<Moment>] {
        &self.kept
    }

    /// Evaluations seen so far.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// The checkpoints until a moment, to go on from there.
    pub fn until(&self, moment: &Moment) -> Self {
        let kept = self.kept.iter().take_while(|kept| kept.update() <= moment.update()).cloned().collect();
        Checkpoints { kept, seen: moment.seen, stride: self.stride }
    }
}
