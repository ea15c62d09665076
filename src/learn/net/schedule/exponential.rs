//! η(t) = η₀ γ^t, t in updates: PyTorch's `ExponentialLR` stepped after every update. It has no end.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Exponential decay | 指数衰减
///
/// Every update multiplies the rate by the same factor. | 每次更新都乘以同一个系数。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "exponential"))]
pub struct Exponential {
    /// Factor | 系数
    ///
    /// What the rate is multiplied by after every update. | 每次更新后学习率乘以的数。
    #[schemars(range(min = 0.9, max = 1.0), extend("x-live" = true, "x-term" = "exponential"))]
    pub gamma: f64,
}

impl Default for Exponential {
    fn default() -> Self {
        Exponential { gamma: 0.999 }
    }
}

impl Schedule for Exponential {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        base * libm::pow(self.gamma, done as f64)
    }

    /// Down to a hundredth.
    fn span(&self) -> Option<u64> {
        (self.gamma < 1.0).then(|| libm::ceil(libm::log(0.01) / libm::log(self.gamma)) as u64)
    }
}
