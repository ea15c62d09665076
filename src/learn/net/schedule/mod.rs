//! Learning-rate schedules: pure functions of the update, but for the one that listens to the validation loss.

use crate::registry;
use serde::{Deserialize, Serialize};

/// What a schedule that listens remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    pub best: f64,
    pub bad: u32,
    pub cooldown: u32,
    /// Product of all reductions so far.
    pub factor: f64,
}

impl Default for Memory {
    fn default() -> Self {
        Memory { best: f64::INFINITY, bad: 0, cooldown: 0, factor: 1.0 }
    }
}

/// The learning rate over time.
pub trait Schedule {
    /// The rate of the update after `done` finished ones, from the optimizer's own rate `base`.
    fn rate(&self, base: f64, done: u64, memory: &Memory) -> f64;

    /// Told of each evaluation's loss.
    fn observe(&self, _memory: &mut Memory, _loss: f64, _base: f64) {}
}

registry! {
    /// Schedule | 学习率计划
    ///
    /// How the learning rate changes while training. | 训练过程中学习率如何变化。
    pub enum ScheduleConfig: Schedule = constant {
        constant::Constant,
        exponential::Exponential,
        cosine::Cosine,
        reduce_on_plateau::ReduceOnPlateau,
    }
}
