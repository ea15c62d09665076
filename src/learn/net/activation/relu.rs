//! max(0, z) (Nair & Hinton 2010); the derivative at 0 is 0, as PyTorch's.

use super::Activation;
use crate::math::dense;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// ReLU | ReLU
///
/// max(0, z): zero for negative inputs. | max(0, z)：负输入为零。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "relu"))]
pub struct Relu {}

impl Activation for Relu {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        // Not a maximum: NaN must stay NaN, and the machines disagree about it there.
        z & !z.simd_lt(f32x4::ZERO)
    }

    #[inline(always)]
    fn slope(&self, _: f32x4, a: f32x4) -> f32x4 {
        a.simd_gt(f32x4::ZERO) & f32x4::ONE
    }

    #[inline(always)]
    fn curvature(&self, _: f32x4, _: f32x4) -> f32x4 {
        f32x4::ZERO
    }

    #[inline(always)]
    fn dense_forward(&self, layer: dense::Forward) {
        dense::forward_cheap(layer, |z| self.value(z));
    }

    fn needs_sum(&self) -> bool {
        false
    }
}
