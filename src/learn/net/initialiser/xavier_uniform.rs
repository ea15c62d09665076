//! Glorot & Bengio 2010, eq. 16: U(±√(6 / (in + out))).

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Xavier uniform | Xavier 均匀
///
/// ±√(6 / (in + out)): for tanh and sigmoid. | ±√(6 / (in + out))：适合 tanh 和 sigmoid。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct XavierUniform {}

impl Initialiser for XavierUniform {
    fn fill(&self, stream: &mut Stream, fan: Fan, weights: &mut [f32]) {
        let bound = libm::sqrt(6.0 / (fan.inputs + fan.outputs) as f64) as f32;
        weights.fill_with(|| random::uniform(stream, -bound, bound));
    }
}
