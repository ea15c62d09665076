//! f(z) = z.

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Linear | 线性
///
/// f(z) = z. | f(z) = z，不改变输入。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Linear {}

impl Activation for Linear {
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, |z| z)
    }

    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]) {
        elementary::scale(da, z, a, dz, |_, _| f32x4::ONE)
    }
}
