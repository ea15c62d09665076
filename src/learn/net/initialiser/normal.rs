//! N(0, deviation²), whatever the layer.

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Normal | 正态分布
///
/// Normal with the given standard deviation. | 给定标准差的正态分布。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct Normal {
    /// Standard deviation | 标准差
    ///
    /// Spread of the weights. | 权重的离散程度。
    #[schemars(range(min = 0.0, max = 10.0))]
    pub deviation: f64,
}

impl Default for Normal {
    fn default() -> Self {
        Normal { deviation: 0.5 }
    }
}

impl Initialiser for Normal {
    fn fill(&self, stream: &mut Stream, _: Fan, weights: &mut [f32]) {
        let deviation = self.deviation as f32;
        weights.fill_with(|| random::normal(stream) * deviation);
    }
}
