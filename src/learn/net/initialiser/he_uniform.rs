//! He et al. 2015: U(±√(6 / in)), the gain of ReLU.

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// He uniform | He 均匀
///
/// ±√(6 / in): for ReLU. | ±√(6 / in)：适合 ReLU。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct HeUniform {}

impl Initialiser for HeUniform {
    fn fill(&self, stream: &mut Stream, fan: Fan, weights: &mut [f32]) {
        let bound = libm::sqrt(6.0 / fan.inputs as f64) as f32;
        weights.fill_with(|| random::uniform(stream, -bound, bound));
    }
}
