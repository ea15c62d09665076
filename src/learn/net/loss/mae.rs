//! ρ(d) = |d|, PyTorch's `L1Loss`; the slope at 0 is 0.

use super::difference::Difference;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mean absolute error | 平均绝对误差
///
/// Mean of absolute differences: calm about outliers. | 差值绝对值的平均，对离群值不敏感。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "mae"))]
pub struct Mae {}

impl Difference for Mae {
    fn penalty(&self, d: f32) -> f32 {
        d.abs()
    }

    fn slope(&self, d: f32) -> f32 {
        if d == 0.0 { 0.0 } else { d.signum() }
    }

    fn curvature(&self, _: f32) -> f32 {
        0.0
    }
}
