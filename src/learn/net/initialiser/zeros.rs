//! All weights zero: no unit can ever differ from its neighbour. Kept to show just that.

use super::{Fan, Initialiser};
use crate::math::random::Stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Zeros | 全零
///
/// All weights zero: every unit stays the same. | 全部为零：所有神经元将始终相同。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "initialisation"))]
pub struct Zeros {}

impl Initialiser for Zeros {
    fn fill(&self, _: &mut Stream, _: Fan, weights: &mut [f32]) {
        weights.fill(0.0);
    }
}
