//! PyTorch's `ReduceLROnPlateau` with its relative threshold, fed with each evaluation; its `mode` is the direction of the metric.

use super::{Heard, Memory, Schedule};
use crate::metric::Direction;
use crate::metric::watch::LOSS;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Reduce on plateau | 平台期衰减（ReduceLROnPlateau）
///
/// Lowers the rate when a metric on the held-out samples no longer improves. | 留出样本上的指标不再改善时降低学习率。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "plateau"))]
pub struct ReduceOnPlateau {
    /// Metric | 指标
    ///
    /// What must improve: loss, a metric or a quantity of the model’s own, on the validation samples (the training samples where none are held out). | 需要改善的量：验证集（没有验证集时为训练集）上的 loss、某个指标或模型自身的量。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "metric"))]
    pub metric: String,
    /// Factor | 系数
    ///
    /// What the rate is multiplied by. | 学习率乘以的数。
    #[schemars(range(min = 0.01, max = 0.99), extend("x-live" = true, "x-term" = "plateau"))]
    pub factor: f64,
    /// Patience | 耐心值（patience）
    ///
    /// Evaluations without improvement that are tolerated. | 可容忍的连续未改善的评估次数。
    #[schemars(range(min = 0, max = 10000), extend("x-live" = true, "x-term" = "patience"))]
    pub patience: u32,
    /// Threshold | 阈值
    ///
    /// By what share of its best the metric must be better than it to count. | 指标须比最佳值好出最佳值的多大比例才算改善。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-live" = true))]
    pub threshold: f64,
    /// Cooldown | 冷却
    ///
    /// Evaluations after a reduction during which none are counted. | 降低之后不计数的评估次数。
    #[schemars(range(min = 0, max = 10000), extend("x-depth" = "lab", "x-live" = true))]
    pub cooldown: u32,
    /// Min learning rate | 最小学习率
    ///
    /// The rate never falls below this. | 学习率不会低于此值。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-depth" = "lab", "x-scale" = "log", "x-live" = true))]
    pub min_rate: f64,
}

impl Default for ReduceOnPlateau {
    fn default() -> Self {
        ReduceOnPlateau { metric: LOSS.into(), factor: 0.1, patience: 10, threshold: 1e-4, cooldown: 0, min_rate: 0.0 }
    }
}

impl Schedule for ReduceOnPlateau {
    fn rate(&self, base: f64, _: u64, memory: &Memory) -> f64 {
        // A base below the floor stays as it is, as PyTorch's.
        (base * memory.factor).max(self.min_rate.min(base))
    }

    fn observe(&self, memory: &mut Memory, Heard { value, better }: Heard, base: f64) {
        // As PyTorch's, which asks less than the best of what rises and is negative.
        let improved = match better {
            Direction::Down => value < memory.best.unwrap_or(f64::INFINITY) * (1.0 - self.threshold),
            Direction::Up => value > memory.best.unwrap_or(f64::NEG_INFINITY) * (1.0 + self.threshold),
        };
        if improved {
            memory.best = Some(value);
            memory.bad = 0;
        } else {
            memory.bad += 1;
        }
        if memory.cooldown > 0 {
            memory.cooldown -= 1;
            memory.bad = 0;
        }
        if memory.bad > self.patience {
            // PyTorch leaves the rate alone where the change would be under 1e-8 (its `eps`).
            if self.rate(base, 0, memory) - (base * memory.factor * self.factor).max(self.min_rate.min(base)) > 1e-8 {
                memory.factor *= self.factor;
            }
            memory.cooldown = self.cooldown;
            memory.bad = 0;
        }
    }

    fn listens(&self) -> Option<&str> {
        Some(&self.metric)
    }
}
