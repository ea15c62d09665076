//! η(t) = η₀ γ^⌊t / step_size⌋: PyTorch's `StepLR` stepped after every update. It has no end.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Step decay | 阶梯衰减
///
/// Stays for a while, then drops by a factor, again and again. | 保持一段时间后按系数骤降，反复如此。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "step-schedule"))]
pub struct Step {
    /// Step size | 台阶长度
    ///
    /// Updates between two drops. | 两次下降之间的更新次数。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log", "x-term" = "step-schedule"))]
    pub step_size: u32,
    /// Factor | 系数
    ///
    /// What the rate is multiplied by at every drop. | 每次下降时学习率乘以的数。
    #[schemars(range(min = 0.01, max = 1.0), extend("x-live" = true, "x-term" = "step-schedule"))]
    pub gamma: f64,
}

impl Default for Step {
    fn default() -> Self {
        Step { step_size: 500, gamma: 0.1 }
    }
}

impl Schedule for Step {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        base * libm::pow(self.gamma, (done / u64::from(self.step_size)) as f64)
    }

    /// Four stairs.
    fn span(&self) -> Option<u64> {
        Some(4 * u64::from(self.step_size))
    }
}
