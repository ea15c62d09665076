//! Half a cosine from η₀ to η_min over `t_0` updates, then again from η₀ over `t_mult` times as many, and so on without an end (Loshchilov &
//! Hutter 2017, eq. 5): PyTorch's `CosineAnnealingWarmRestarts`.

use super::{Memory, Schedule, not_above};
use crate::config::Issue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cosine annealing with warm restarts | 余弦退火（热重启）
///
/// Falls along half a cosine, jumps back up, and falls again. | 沿半个余弦下降，跳回原值，再次下降。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "warm-restarts"))]
pub struct WarmRestarts {
    /// First period | 首个周期
    ///
    /// Updates until the first restart. | 第一次重启之前的更新次数。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log", "x-term" = "warm-restarts"))]
    pub t_0: u32,
    /// Period factor | 周期系数
    ///
    /// How many times as long as the last each fall is. | 每段是前一段的多少倍长。
    #[schemars(range(min = 1, max = 10), extend("x-live" = true, "x-term" = "warm-restarts"))]
    pub t_mult: u32,
    /// Min learning rate | 最小学习率
    ///
    /// The rate at the end of every fall. | 每段结束时的学习率。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-scale" = "log", "x-live" = true))]
    pub eta_min: f64,
}

impl Default for WarmRestarts {
    fn default() -> Self {
        WarmRestarts { t_0: 500, t_mult: 1, eta_min: 0.0 }
    }
}

impl WarmRestarts {
    /// (updates since the last restart, length of this fall).
    fn place(&self, done: u64) -> (u64, u64) {
        let (mut since, mut length) = (done, u64::from(self.t_0));
        if self.t_mult <= 1 {
            return (since % length, length);
        }
        while since >= length {
            since -= length;
            length *= u64::from(self.t_mult);
        }
        (since, length)
    }
}

impl Schedule for WarmRestarts {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        let (since, length) = self.place(done);
        let part = since as f64 / length as f64;
        self.eta_min + (base - self.eta_min) * (1.0 + libm::cos(std::f64::consts::PI * part)) / 2.0
    }

    fn check(&self, base: f64) -> Vec<Issue> {
        not_above("eta_min", self.eta_min, base)
    }

    /// Three falls.
    fn span(&self) -> Option<u64> {
        let (first, factor) = (u64::from(self.t_0), u64::from(self.t_mult));
        Some(first * (1 + factor + factor * factor))
    }
}
