//! Glorot & Bengio 2010: N(0, 2 / (in + out)).

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Xavier normal | Xavier 正态
///
/// Deviation √(2 / (in + out)): for tanh and sigmoid. | 标准差 √(2 / (in + out))：适合 tanh 和 sigmoid。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct XavierNormal {}

impl Initialiser for XavierNormal {
    fn fill(&self, stream: &mut Stream, fan: Fan, weights: &mut [f32]) {
        let deviation = libm::sqrt(2.0 / (fan.inputs + fan.outputs) as f64) as f32;
        weights.fill_with(|| random::normal(stream) * deviation);
    }
}
