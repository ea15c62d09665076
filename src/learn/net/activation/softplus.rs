//! ln(1 + e^z) (PyTorch's with β = 1), derivative σ(z).

use super::Activation;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Softplus | Softplus
///
/// ln(1 + e^z): a smooth ReLU. | ln(1 + e^z)：平滑的 ReLU。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Softplus {}

impl Activation for Softplus {
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, elementary::softplus)
    }

    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]) {
        elementary::scale(da, z, a, dz, |z, _| elementary::sigmoid(z))
    }
}
