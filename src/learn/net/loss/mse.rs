//! ρ(d) = d², PyTorch's `MSELoss` (no factor ½).

use super::difference::Difference;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mean squared error | 均方误差
///
/// Mean of squared differences. | 差值平方的平均。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "mse"))]
pub struct Mse {}

impl Difference for Mse {
    fn penalty(&self, d: f32) -> f32 {
        d * d
    }

    fn slope(&self, d: f32) -> f32 {
        2.0 * d
    }

    fn curvature(&self, _: f32) -> f32 {
        2.0
    }

    fn is_squared(&self) -> bool {
        true
    }
}
