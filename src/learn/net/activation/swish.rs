//! z · σ(z) (Ramachandran et al. 2017; SiLU in PyTorch), derivative σ + f(1 − σ).

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Swish (SiLU) | Swish（SiLU）
///
/// z · σ(z): smooth, slightly negative below zero. | z · σ(z)：平滑，零以下略为负。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Swish {}

impl Activation for Swish {
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, |z| z * elementary::sigmoid(z))
    }

    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]) {
        elementary::scale(da, z, a, dz, |z, a| {
            let s = elementary::sigmoid(z);
            s + a * (f32x4::ONE - s)
        })
    }
}
