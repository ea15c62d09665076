//! Up and down in straight lines between η₀ and `max_factor` · η₀ without an end (Smith 2017): PyTorch's `CyclicLR` with
//! `cycle_momentum=False`. In cycle c, at a part h of the way up, η(t) = η₀ + (η_max − η₀) · h · s with s = 1 (`triangular`), 2^(1 − c)
//! (`triangular2`) or γ^t (`exp_range`). Only the rate moves: momentum stays as it is set.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cyclic | 循环
///
/// Climbs to a peak and back down, again and again. | 升到峰值再降回来，周而复始。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cyclic"))]
pub struct Cyclic {
    /// Max learning rate (×) | 最大学习率（×）
    ///
    /// The highest rate, as a multiple of the learning rate, which is the lowest. | 最高学习率，以学习率（最低值）的倍数表示。
    #[schemars(range(min = 1.0, max = 100.0), extend("x-live" = true, "x-scale" = "log"))]
    pub max_factor: f64,
    /// Steps up | 上升步数
    ///
    /// Updates from the lowest rate to the peak. | 从最低学习率升到峰值的更新次数。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log"))]
    pub step_size_up: u32,
    /// Steps down | 下降步数
    ///
    /// Updates from the peak back to the lowest rate. | 从峰值降回最低学习率的更新次数。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log"))]
    pub step_size_down: u32,
    /// Peaks | 峰值变化
    ///
    /// Whether later peaks are lower. | 之后的峰值是否变低。
    #[schemars(extend("x-live" = true, "x-term" = "cyclic"))]
    pub mode: Mode,
    /// Factor | 系数
    ///
    /// What the height is multiplied by in every update, where peaks shrink update by update. | 峰值逐次更新缩小时，每次更新高度乘以的数。
    #[schemars(range(min = 0.9, max = 1.0), extend("x-live" = true, "x-depth" = "lab", "x-term" = "cyclic"))]
    pub gamma: f64,
}

/// Peaks | 峰值变化
///
/// What becomes of the peaks over time. | 峰值随时间如何变化。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Unchanged | 不变
    ///
    /// All peaks are as high. | 所有峰值一样高。
    #[default]
    Triangular,
    /// Halved | 减半
    ///
    /// Every peak is half as high above the lowest rate as the one before. | 每个峰值高出最低学习率的部分是前一个的一半。
    Triangular2,
    /// Shrinking | 逐次缩小
    ///
    /// The height shrinks by the factor in every update. | 高度每次更新都乘以系数。
    ExpRange,
}

impl Default for Cyclic {
    fn default() -> Self {
        Cyclic { max_factor: 4.0, step_size_up: 2000, step_size_down: 2000, mode: Mode::Triangular, gamma: 1.0 }
    }
}

impl Cyclic {
    fn length(&self) -> u64 {
        u64::from(self.step_size_up) + u64::from(self.step_size_down)
    }
}

impl Schedule for Cyclic {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        let (cycle, since) = (done / self.length(), (done % self.length()) as f64);
        let (up, down) = (f64::from(self.step_size_up), f64::from(self.step_size_down));
        let height = if since <= up { since / up } else { (up + down - since) / down };
        let scale = match self.mode {
            Mode::Triangular => 1.0,
            Mode::Triangular2 => libm::pow(0.5, cycle as f64),
            Mode::ExpRange => libm::pow(self.gamma, done as f64),
        };
        base + base * (self.max_factor - 1.0) * height * scale
    }

    /// Three cycles.
    fn span(&self) -> Option<u64> {
        Some(3 * self.length())
    }
}
