//! Learning-rate schedules: pure functions of the update, but for the one that listens to what is measured. A warm-up may stand before any.

pub mod warmup;

use super::optimizer::OptimizerConfig;
use crate::config::Issue;
use crate::metric::Direction;
use crate::{message, registry};
use serde::{Deserialize, Serialize};

/// What a schedule that listens remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// None before the first evaluation.
    pub best: Option<f64>,
    pub bad: u32,
    pub cooldown: u32,
    /// Product of all reductions so far.
    pub factor: f64,
}

impl Default for Memory {
    fn default() -> Self {
        Memory { best: None, bad: 0, cooldown: 0, factor: 1.0 }
    }
}

/// What a schedule that listens hears at an evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heard {
    pub value: f64,
    pub better: Direction,
}

/// The learning rate over time.
pub trait Schedule {
    /// The rate of the update after `done` finished ones, from the optimizer's own rate `base`.
    fn rate(&self, base: f64, done: u64, memory: &Memory) -> f64;

    /// Told of each evaluation's value of what it listens to.
    fn observe(&self, _memory: &mut Memory, _heard: Heard, _base: f64) {}

    /// Rules that one field alone cannot state. Paths are relative to the schedule's own settings.
    fn check(&self, _base: f64) -> Vec<Issue> {
        Vec::new()
    }

    /// The number of updates after which the rate stays as it is; none for a schedule that goes on.
    fn end(&self) -> Option<u64> {
        None
    }

    /// As many updates as show what it does; none where its settings do not say.
    fn span(&self) -> Option<u64> {
        self.end()
    }

    /// The name of what is measured and moves the rate, so that nobody knows it beforehand; none for a schedule that does not listen.
    fn listens(&self) -> Option<&str> {
        None
    }
}

/// The issue of a rate to which a schedule falls, `field`, that lies above the rate from which it falls.
fn not_above(field: &str, least: f64, base: f64) -> Vec<Issue> {
    if least <= base {
        return Vec::new();
    }
    vec![Issue::new(field, message!("must not exceed the learning rate {base}, got {least}", "不能大于学习率 {base}，实际为 {least}"))]
}

registry! {
    /// Schedule | 学习率调度
    ///
    /// How the learning rate changes while training. | 训练过程中学习率如何变化。
    pub enum ScheduleConfig: Schedule = constant {
        constant::Constant,
        step::Step,
        exponential::Exponential,
        polynomial::Polynomial,
        cosine::Cosine,
        warm_restarts::WarmRestarts,
        one_cycle::OneCycle,
        cyclic::Cyclic,
        reduce_on_plateau::ReduceOnPlateau,
    }
}

impl ScheduleConfig {
    /// The issue, at `schedule`, of a rate that changes for an optimizer that has none.
    pub fn without_effect(&self, optimizer: &OptimizerConfig) -> Option<Issue> {
        if optimizer.part().search().is_none() || matches!(self, ScheduleConfig::constant(_)) {
            return None;
        }
        let (name, given) = (optimizer.title(), self.title());
        Some(Issue::new(
            "schedule",
            message!(
                "must be “Constant” with “{name}”, which chooses the length of its steps itself, got “{given}”",
                "使用“{name}”时必须是“恒定”，因为它自行决定步长；实际为“{given}”"; name, given
            ),
        ))
    }
}
