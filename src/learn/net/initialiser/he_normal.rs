//! He et al. 2015, eq. 10: N(0, 2 / in), the gain of ReLU.

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// He normal | He 正态
///
/// Deviation √(2 / in): for ReLU. | 标准差 √(2 / in)：适合 ReLU。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct HeNormal {}

impl Initialiser for HeNormal {
    fn fill(&self, stream: &mut Stream, fan: Fan, weights: &mut [f32]) {
        let deviation = libm::sqrt(2.0 / fan.inputs as f64) as f32;
        weights.fill_with(|| random::normal(stream) * deviation);
    }
}
