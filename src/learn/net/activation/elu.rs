//! z where z > 0, α(e^z − 1) elsewhere (Clevert et al. 2016); the derivative there is f(z) + α.

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// ELU | ELU
///
/// z where positive, α(e^z − 1) where negative. | 正值不变，负值为 α(e^z − 1)。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "elu"))]
pub struct Elu {
    /// Alpha | α
    ///
    /// Value that large negative inputs tend to, negated. | 很大的负输入趋向的值（取负）。
    #[schemars(range(min = 0.01, max = 10.0), extend("x-term" = "elu"))]
    pub alpha: f64,
}

impl Default for Elu {
    fn default() -> Self {
        Elu { alpha: 1.0 }
    }
}

impl Activation for Elu {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        z.simd_gt(f32x4::ZERO).select(z, expm1_negative(z) * self.alpha as f32)
    }

    #[inline(always)]
    fn slope(&self, z: f32x4, a: f32x4) -> f32x4 {
        z.simd_gt(f32x4::ZERO).select(f32x4::ONE, a + self.alpha as f32)
    }

    fn needs_sum(&self) -> bool {
        false
    }

    #[inline(always)]
    fn curvature(&self, z: f32x4, a: f32x4) -> f32x4 {
        z.simd_gt(f32x4::ZERO).select(f32x4::ZERO, a + self.alpha as f32)
    }
}

/// e^z − 1 for z ≤ 0: near zero by `libm`, where the subtraction would cancel.
fn expm1_negative(z: f32x4) -> f32x4 {
    let direct = elementary::exp(z) - 1.0_f32;
    let near = z.simd_gt(f32x4::splat(-0.1));
    if near.any() { near.select(f32x4::from(z.to_array().map(|z| libm::expm1f(z.min(0.0)))), direct) } else { direct }
}
