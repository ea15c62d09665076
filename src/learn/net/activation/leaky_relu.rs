//! z where z > 0, slope · z elsewhere (Maas et al. 2013).

use super::Activation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Leaky ReLU | Leaky ReLU
///
/// z where positive, a small slope where negative. | 正值不变，负值乘以小斜率。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "leaky-relu"))]
pub struct LeakyRelu {
    /// Negative slope | 负侧斜率
    ///
    /// Slope for negative inputs. | 负输入的斜率。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-term" = "leaky-relu"))]
    pub negative_slope: f64,
}

impl Default for LeakyRelu {
    fn default() -> Self {
        LeakyRelu { negative_slope: 0.01 }
    }
}

impl Activation for LeakyRelu {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        z.simd_gt(f32x4::ZERO).select(z, z * self.negative_slope as f32)
    }

    #[inline(always)]
    fn slope(&self, z: f32x4, _a: f32x4) -> f32x4 {
        z.simd_gt(f32x4::ZERO).select(f32x4::ONE, f32x4::splat(self.negative_slope as f32))
    }

    fn needs_sum(&self) -> bool {
        false
    }

    #[inline(always)]
    fn curvature(&self, _z: f32x4, _a: f32x4) -> f32x4 {
        f32x4::ZERO
    }
}
