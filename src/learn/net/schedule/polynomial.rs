//! η(t) = η₀ (1 − t / T)^power up to T = `total_iters`, zero from there on: PyTorch's `PolynomialLR`.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Polynomial decay | 多项式衰减
///
/// Falls to zero along a line or a curve, and stays there. | 沿直线或曲线降到零并保持。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "polynomial"))]
pub struct Polynomial {
    /// Total steps | 总步数
    ///
    /// Updates until the rate is zero, after which nothing is learned. | 学习率降到零所需的更新次数，此后不再学习。
    #[schemars(range(min = 1, max = 1000000), extend("x-live" = true, "x-scale" = "log"))]
    pub total_iters: u32,
    /// Power | 幂次
    ///
    /// One falls in a straight line, more falls faster at first. | 1 为直线下降，更大则先快后慢。
    #[schemars(range(min = 0.1, max = 10.0), extend("x-live" = true, "x-scale" = "log", "x-term" = "polynomial"))]
    pub power: f64,
}

impl Default for Polynomial {
    fn default() -> Self {
        Polynomial { total_iters: 2000, power: 1.0 }
    }
}

impl Schedule for Polynomial {
    fn rate(&self, base: f64, done: u64, _: &Memory) -> f64 {
        let left = u64::from(self.total_iters).saturating_sub(done) as f64 / f64::from(self.total_iters);
        base * libm::pow(left, self.power)
    }

    fn end(&self) -> Option<u64> {
        Some(u64::from(self.total_iters))
    }
}
