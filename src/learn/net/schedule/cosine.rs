//! Half a cosine from η₀ to η_min over `t_max` updates (Loshchilov & Hutter 2017, eq. 5 without restarts): PyTorch's
//! `CosineAnnealingLR`, except that past the end it stays at η_min, where PyTorch's climbs again.

use super::{Memory, Schedule, not_above};
use crate::config::Issue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cosine annealing | 余弦退火
///
/// Falls slowly, then fast, then slowly to a minimum, and stays there. | 先慢、再快、再慢地降到最小值并保持。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cosine"))]
pub struct Cosine {
    /// Total steps | 总步数
    ///
    /// Updates until the minimum is reached. | 降到最小值所需的更新次数。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log", "x-term" = "cosine"))]
    pub t_max: u32,
    /// Min learning rate | 最小学习率
    ///
    /// The rate at the end and after it. | 结束时及之后的学习率。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-scale" = "log", "x-live" = true))]
    pub eta_min: f64,
}

impl Default for Cosine {
    fn default() -> Self {
        Cosine { t_max: 2000, eta_min: 0.0 }
    }
}

impl Schedule for Cosine {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        let part = done.min(u64::from(self.t_max)) as f64 / f64::from(self.t_max);
        self.eta_min + (base - self.eta_min) * (1.0 + libm::cos(std::f64::consts::PI * part)) / 2.0
    }

    fn check(&self, base: f64) -> Vec<Issue> {
        not_above("eta_min", self.eta_min, base)
    }

    fn end(&self) -> Option<u64> {
        Some(u64::from(self.t_max))
    }
}
