//! Max-norm (Srivastava et al. 2014, section 5.1): the incoming weights of each unit, a row of its layer's matrix, are scaled back to length c where
//! they are longer, by c / (‖w‖₂ + 1e-7), Keras's `MaxNorm(c, axis=0)`. (Keras multiplies shorter rows by ‖w‖ / (‖w‖ + 1e-7), we by 1.)

use crate::config::Nothing;
use crate::learn::net::optimizer::Block;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Max-norm | 最大范数约束
///
/// Limits how long the incoming weights of each unit may grow. | 限制每个神经元传入权重的长度。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaxNorm {
    /// Off | 关闭
    ///
    /// Weights may grow as they like. | 权重可以任意增长。
    Off(Nothing),
    /// For each unit | 每个神经元
    ///
    /// A unit's weights are scaled back whenever they are too long. | 神经元的权重过长时就缩回。
    Units(Units),
}

impl Default for MaxNorm {
    fn default() -> Self {
        MaxNorm::Off(Nothing {})
    }
}

/// For each unit | 每个神经元
///
/// A unit's weights are scaled back whenever they are too long. | 神经元的权重过长时就缩回。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "max-norm"))]
pub struct Units {
    /// Largest norm | 最大范数
    ///
    /// The longest that a unit's incoming weights may be: the root of the sum of their squares. | 神经元传入权重平方和的平方根最大为多少。
    #[schemars(range(min = 0.01, max = 100.0), extend("x-scale" = "log", "x-live" = true))]
    pub limit: f64,
}

impl Default for Units {
    fn default() -> Self {
        Units { limit: 3.0 }
    }
}

impl MaxNorm {
    /// Scales rows that are too long back.
    pub fn apply(&self, blocks: &[Block], parameters: &mut [f32]) {
        let MaxNorm::Units(Units { limit }) = self else { return };
        for block in blocks.iter().filter(|block| block.weight) {
            for row in parameters[block.range.clone()].chunks_exact_mut(block.columns) {
                let norm = libm::sqrt(row.iter().map(|&weight| f64::from(weight) * f64::from(weight)).sum());
                if norm > *limit {
                    let factor = (limit / (norm + 1e-7)) as f32;
                    row.iter_mut().for_each(|weight| *weight *= factor);
                }
            }
        }
    }
}
