//! max(0, z) (Nair & Hinton 2010); the derivative at 0 is 0, as PyTorch's.

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// ReLU | ReLU
///
/// max(0, z): zero for negative inputs. | max(0, z)：负输入为零。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Relu {}

impl Activation for Relu {
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, |z| z.simd_lt(f32x4::ZERO).select(f32x4::ZERO, z))
    }

    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]) {
        elementary::scale(da, z, a, dz, |z, _| z.simd_gt(f32x4::ZERO).select(f32x4::ONE, f32x4::ZERO))
    }
}
