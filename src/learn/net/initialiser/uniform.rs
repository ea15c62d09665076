//! U(−bound, bound), whatever the layer.

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Uniform | 均匀分布
///
/// Uniform between −bound and bound. | 在 −bound 与 bound 之间均匀取值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct Uniform {
    /// Bound | 边界
    ///
    /// Largest absolute weight. | 权重的最大绝对值。
    #[schemars(range(min = 0.0, max = 10.0))]
    pub bound: f64,
}

impl Default for Uniform {
    fn default() -> Self {
        Uniform { bound: 0.5 }
    }
}

impl Initialiser for Uniform {
    fn fill(&self, stream: &mut Stream, _: Fan, weights: &mut [f32]) {
        let bound = self.bound as f32;
        weights.fill_with(|| random::uniform(stream, -bound, bound));
    }
}
