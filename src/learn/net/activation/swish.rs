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
#[schemars(extend("x-term" = "swish"))]
pub struct Swish {}

impl Activation for Swish {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        z * elementary::sigmoid(z)
    }

    #[inline(always)]
    fn slope(&self, z: f32x4, a: f32x4) -> f32x4 {
        let s = elementary::sigmoid(z);
        s + a * (f32x4::ONE - s)
    }

    #[inline(always)]
    fn curvature(&self, z: f32x4, _a: f32x4) -> f32x4 {
        let s = elementary::sigmoid(z);
        s * (f32x4::ONE - s) * (z * (f32x4::ONE - (s + s)) + 2.0_f32)
    }
}
