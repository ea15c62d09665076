//! z · Φ(z) with the exact error function (Hendrycks & Gimpel 2016), derivative Φ(z) + z φ(z), then φ(z)(2 − z²).

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// GELU | GELU
///
/// z · Φ(z), Φ the normal distribution function. | z · Φ(z)，Φ 为正态分布函数。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "gelu"))]
pub struct Gelu {}

impl Activation for Gelu {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        z * phi(z)
    }

    #[inline(always)]
    fn slope(&self, z: f32x4, _a: f32x4) -> f32x4 {
        phi(z) + z * elementary::exp(z * z * -0.5_f32) * 0.398_942_3_f32
    }

    #[inline(always)]
    fn curvature(&self, z: f32x4, _a: f32x4) -> f32x4 {
        elementary::exp(z * z * -0.5_f32) * 0.398_942_3_f32 * (f32x4::splat(2.0) - z * z)
    }
}

/// Φ(z) = (1 + erf(z/√2)) / 2, lane by lane through `libm`: exact, and the same on every target.
fn phi(z: f32x4) -> f32x4 {
    f32x4::from(z.to_array().map(|z| 0.5 * (1.0 + libm::erff(z * std::f32::consts::FRAC_1_SQRT_2))))
}
