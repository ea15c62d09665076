//! ln(1 + e^z) (PyTorch's with β = 1), derivative σ(z).

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Softplus | Softplus
///
/// ln(1 + e^z): a smooth ReLU. | ln(1 + e^z)：平滑的 ReLU。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "softplus"))]
pub struct Softplus {}

impl Activation for Softplus {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        elementary::softplus(z)
    }

    #[inline(always)]
    fn slope(&self, z: f32x4, _a: f32x4) -> f32x4 {
        elementary::sigmoid(z)
    }

    #[inline(always)]
    fn curvature(&self, z: f32x4, _a: f32x4) -> f32x4 {
        let s = elementary::sigmoid(z);
        s * (f32x4::ONE - s)
    }
}
