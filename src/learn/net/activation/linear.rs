//! f(z) = z.

use super::Activation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Linear | 线性
///
/// f(z) = z. | f(z) = z，不改变输入。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "linear"))]
pub struct Linear {}

impl Activation for Linear {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        z
    }

    #[inline(always)]
    fn slope(&self, _z: f32x4, _a: f32x4) -> f32x4 {
        f32x4::ONE
    }

    fn apply(&self, _: &mut [f32]) {}

    fn backward(&self, _: &[f32], _: &[f32], _: &mut [f32]) {}

    fn needs_sum(&self) -> bool {
        false
    }

    #[inline(always)]
    fn curvature(&self, _z: f32x4, _a: f32x4) -> f32x4 {
        f32x4::ZERO
    }
}
