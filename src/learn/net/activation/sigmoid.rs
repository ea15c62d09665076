//! σ(z) = 1 / (1 + e^−z), σ′ = σ(1 − σ).

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Sigmoid | Sigmoid
///
/// 1 / (1 + e^−z), between 0 and 1. | 1 / (1 + e^−z)，输出在 0 与 1 之间。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sigmoid {}

impl Activation for Sigmoid {
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, elementary::sigmoid)
    }

    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]) {
        elementary::scale(da, z, a, dz, |_, a| a * (f32x4::ONE - a))
    }
}
