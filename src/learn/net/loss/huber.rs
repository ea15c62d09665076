//! ρ(d) = d²/2 within δ, δ(|d| − δ/2) outside (Huber 1964), PyTorch's `HuberLoss`.

use super::difference::Difference;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Huber loss | Huber 损失
///
/// Squared near zero, absolute far away. | 近处平方，远处绝对值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "huber"))]
pub struct Huber {
    /// Delta | δ
    ///
    /// Where the parabola becomes a line. | 抛物线变为直线的位置。
    #[schemars(range(min = 0.001, max = 1000.0), extend("x-scale" = "log", "x-term" = "huber"))]
    pub delta: f64,
}

impl Default for Huber {
    fn default() -> Self {
        Huber { delta: 1.0 }
    }
}

impl Difference for Huber {
    fn penalty(&self, d: f32) -> f32 {
        let delta = self.delta as f32;
        if d.abs() <= delta { 0.5 * d * d } else { delta * (d.abs() - 0.5 * delta) }
    }

    fn slope(&self, d: f32) -> f32 {
        let delta = self.delta as f32;
        d.clamp(-delta, delta)
    }

    fn curvature(&self, d: f32) -> f32 {
        f32::from(u8::from(d.abs() <= self.delta as f32))
    }
}
