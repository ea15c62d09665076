//! ρ(d) = (1 − q) d above the target and −q d below it, for d = prediction − target (Koenker & Bassett 1978): the pinball loss, scikit-learn's
//! `mean_pinball_loss`. The slope at 0 is 0.

use super::difference::Difference;
use crate::config::Message;
use crate::data::Task;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Quantile loss | 分位数损失
///
/// Learns the value below which a given share of the targets lies, not their mean. | 学习给定比例的目标所低于的数值，而不是平均值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "quantile"))]
pub struct Quantile {
    /// Quantile | 分位数
    ///
    /// The share of targets that should lie below the prediction; half is the median. | 应低于预测值的目标比例；0.5 即中位数。
    #[schemars(range(min = 0.01, max = 0.99), extend("x-term" = "quantile"))]
    pub q: f64,
}

impl Default for Quantile {
    fn default() -> Self {
        Quantile { q: 0.5 }
    }
}

impl Difference for Quantile {
    fn suits(&self, task: &Task) -> Result<(), Message> {
        if task.is_classification() { Err(message!("needs a target of numbers", "要求目标为数值")) } else { Ok(()) }
    }

    fn penalty(&self, d: f32) -> f32 {
        self.slope(d) * d
    }

    fn slope(&self, d: f32) -> f32 {
        let q = self.q as f32;
        if d > 0.0 {
            1.0 - q
        } else if d < 0.0 {
            -q
        } else {
            // NaN stays NaN.
            d
        }
    }

    fn curvature(&self, _: f32) -> f32 {
        0.0
    }
}
