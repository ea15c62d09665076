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
#[schemars(extend("x-term" = "sigmoid"))]
pub struct Sigmoid {}

impl Activation for Sigmoid {
    #[inline(always)]
    fn value(&self, z: f32x4) -> f32x4 {
        elementary::sigmoid(z)
    }

    #[inline(always)]
    fn slope(&self, _z: f32x4, a: f32x4) -> f32x4 {
        a * (f32x4::ONE - a)
    }

    fn needs_sum(&self) -> bool {
        false
    }

    #[inline(always)]
    fn curvature(&self, _z: f32x4, a: f32x4) -> f32x4 {
        a * (f32x4::ONE - a) * (f32x4::ONE - (a + a))
    }
}
