//! Half a cosine from η₀ to η_min over `t_max` updates (Loshchilov & Hutter 2017, eq. 5 without restarts): PyTorch's
//! `CosineAnnealingLR`, except that past the end it stays at η_min, where PyTorch's climbs again.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cosine | 余弦退火
///
/// Falls slowly, then fast, then slowly to a minimum, and stays there. | 先慢、再快、再慢地降到最小值并保持。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cosine {
    /// Length | 长度
    ///
    /// Updates until the minimum is reached. | 降到最小值所需的更新次数。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log"))]
    pub t_max: u32,
    /// Minimum rate | 最小学习率
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_at_the_minimum_past_the_end() {
        let cosine = Cosine { t_max: 10, eta_min: 0.001 };
        for done in [10, 11, 15, 20, 1000] {
            assert_eq!(cosine.rate(0.1, done, &Memory::default()), 0.001);
        }
        assert_eq!(cosine.rate(0.1, 0, &Memory::default()), 0.1);
    }
}
