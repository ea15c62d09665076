//! U(±1 / √in): the usual heuristic before Xavier (Glorot & Bengio 2010, eq. 1), and what PyTorch's layers begin with (`kaiming_uniform_` with a = √5).

use super::{Fan, Initialiser};
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Uniform by fan-in | 按输入数均匀
///
/// ±1 / √in: PyTorch's default, for no activation in particular. | ±1 / √in：PyTorch 的默认做法，不针对任何激活函数。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FanIn {}

impl Initialiser for FanIn {
    fn fill(&self, stream: &mut Stream, fan: Fan, weights: &mut [f32]) {
        let bound = libm::sqrt(1.0 / fan.inputs as f64) as f32;
        weights.fill_with(|| random::uniform(stream, -bound, bound));
    }
}
