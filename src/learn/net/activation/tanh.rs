//! tanh z, derivative 1 − tanh² z.

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Tanh | 双曲正切
///
/// Between −1 and 1, centred on 0. | 输出在 −1 与 1 之间，以 0 为中心。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tanh {}

impl Activation for Tanh {
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, elementary::tanh)
    }

    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]) {
        elementary::scale(da, z, a, dz, |_, a| f32x4::ONE - a * a)
    }
}
