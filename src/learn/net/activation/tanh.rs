//! tanh z, derivative 1 − tanh² z.

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Tanh | Tanh
///
/// Between −1 and 1, centred on 0. | 输出在 −1 与 1 之间，以 0 为中心。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "tanh"))]
pub struct Tanh {}

impl Activation for Tanh {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        elementary::tanh(z)
    }

    #[inline(always)]
    fn slope(&self, _z: f32x4, a: f32x4) -> f32x4 {
        f32x4::ONE - a * a
    }

    fn needs_sum(&self) -> bool {
        false
    }

    #[inline(always)]
    fn curvature(&self, _z: f32x4, a: f32x4) -> f32x4 {
        (a + a) * (a * a - f32x4::ONE)
    }
}
