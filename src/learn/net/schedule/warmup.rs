//! η(t) = η₁ (f + (1 − f) t / W) for the first W updates, where η₁ is the rate with which the schedule begins; then the schedule counts from
//! zero. PyTorch's `LinearLR`, and behind it the schedule, in a `SequentialLR`.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Warm-up | 预热
///
/// Begins with small steps that grow in a straight line; then the schedule starts. | 以小学习率起步，线性上升，然后学习率调度才开始。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Warmup {
    /// Warm-up updates | 预热更新次数
    ///
    /// How long the rate rises before the schedule starts; zero for no warm-up. | 学习率调度开始前学习率上升多久；0 表示不预热。
    #[schemars(range(min = 0, max = 1000000), extend("x-scale" = "log", "x-term" = "warm-up"))]
    pub updates: u32,
    /// Start factor | 起始系数
    ///
    /// With what share of the rate the warm-up begins. | 预热从学习率的多少倍开始。
    #[schemars(range(min = 0.001, max = 1.0), extend("x-scale" = "log", "x-depth" = "lab", "x-term" = "warm-up"))]
    pub start_factor: f64,
}

impl Default for Warmup {
    fn default() -> Self {
        Warmup { updates: 0, start_factor: 1.0 / 3.0 }
    }
}

impl Warmup {
    /// The rate of the update after `done` finished ones, with `schedule` after the warm-up.
    pub fn rate(&self, schedule: &dyn Schedule, base: f64, done: u64, memory: &Memory) -> f64 {
        match done.checked_sub(u64::from(self.updates)) {
            Some(since) => schedule.rate(base, since, memory),
            None => {
                let part = done as f64 / f64::from(self.updates);
                schedule.rate(base, 0, memory) * (self.start_factor + (1.0 - self.start_factor) * part)
            }
        }
    }

    /// True once `done` updates have gone past it.
    pub fn is_over(&self, done: u64) -> bool {
        done >= u64::from(self.updates)
    }
}
