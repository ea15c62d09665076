//! Up from peak / `div_factor` to the peak over the first `pct_start` of the updates, then down to a `final_div_factor`th of where it began
//! (Smith & Topin 2018): PyTorch's `OneCycleLR` with two phases and `cycle_momentum=False`. Only the rate moves: momentum
//! stays as it is set. The peak is the learning rate times `max_factor`. Past the end, where PyTorch's raises an error, the rate stays.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One cycle | 单周期
///
/// Rises from a small rate to the largest, falls to almost nothing, and stays there. | 从小学习率升到最大值，再降到几乎为零并保持。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "one-cycle"))]
pub struct OneCycle {
    /// Total steps | 总步数
    ///
    /// Updates of the whole cycle. | 整个周期的更新次数。
    #[schemars(range(min = 2, max = 1000000), extend("x-live" = true, "x-scale" = "log"))]
    pub total_steps: u32,
    /// Max learning rate (×) | 最大学习率（×）
    ///
    /// The highest rate, as a multiple of the learning rate. | 最高学习率，以学习率的倍数表示。
    #[schemars(range(min = 1.0, max = 100.0), extend("x-live" = true, "x-scale" = "log"))]
    pub max_factor: f64,
    /// Warm-up fraction | 预热占比
    ///
    /// The share of the cycle in which the rate rises. | 学习率上升阶段占整个周期的比例。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-live" = true, "x-term" = "one-cycle"))]
    pub pct_start: f64,
    /// Annealing | 退火方式
    ///
    /// The form of both the rise and the fall. | 上升与下降的形状。
    #[schemars(extend("x-live" = true, "x-depth" = "lab"))]
    pub anneal_strategy: Anneal,
    /// Initial divisor | 起始除数
    ///
    /// The cycle begins at the max learning rate divided by this. | 起始学习率为最大学习率除以此数。
    #[schemars(range(min = 1.0, max = 10000.0), extend("x-live" = true, "x-scale" = "log", "x-depth" = "lab", "x-term" = "one-cycle"))]
    pub div_factor: f64,
    /// Final divisor | 结束除数
    ///
    /// The cycle ends at its first rate divided by this. | 结束时的学习率为起始学习率除以此数。
    #[schemars(range(min = 1.0, max = 1e8), extend("x-live" = true, "x-scale" = "log", "x-depth" = "lab", "x-term" = "one-cycle"))]
    pub final_div_factor: f64,
}

/// Annealing | 退火方式
///
/// The form of a rise or a fall. | 上升或下降的形状。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Anneal {
    /// Cosine | 余弦
    ///
    /// Slowly, then fast, then slowly. | 先慢、再快、再慢。
    #[default]
    Cos,
    /// Line | 直线
    ///
    /// Evenly. | 匀速。
    #[schemars(extend("x-term" = "one-cycle"))]
    Linear,
}

impl Anneal {
    /// From `from` to `to`, of which `part` is done.
    fn between(self, from: f64, to: f64, part: f64) -> f64 {
        match self {
            Anneal::Cos => to + (from - to) / 2.0 * (1.0 + libm::cos(std::f64::consts::PI * part)),
            Anneal::Linear => from + (to - from) * part,
        }
    }
}

impl Default for OneCycle {
    fn default() -> Self {
        OneCycle {
            total_steps: 2000,
            max_factor: 1.0,
            pct_start: 0.3,
            anneal_strategy: Anneal::Cos,
            div_factor: 25.0,
            final_div_factor: 1e4,
        }
    }
}

impl Schedule for OneCycle {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        let peak = base * self.max_factor;
        let first = peak / self.div_factor;
        // PyTorch counts from 0 to total_steps − 1, and puts the peak one before its share of the updates.
        let total = f64::from(self.total_steps);
        let (top, last) = (self.pct_start * total - 1.0, total - 1.0);
        let now = (done as f64).min(last);
        if now <= top {
            // A rise of no length is at its top at once.
            self.anneal_strategy.between(first, peak, if top > 0.0 { now / top } else { 1.0 })
        } else {
            let part = if last > top { ((now - top) / (last - top)).min(1.0) } else { 1.0 };
            self.anneal_strategy.between(peak, first / self.final_div_factor, part)
        }
    }

    fn end(&self) -> Option<u64> {
        Some(u64::from(self.total_steps) - 1)
    }
}
