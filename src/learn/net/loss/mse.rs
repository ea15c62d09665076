//! ρ(d) = d², PyTorch's `MSELoss` (no factor ½).

use super::difference::{self, Difference};
use super::{Batch, Loss};
use crate::config::Message;
use crate::data::Task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Squared error | 均方误差
///
/// Mean of squared differences. | 差值平方的平均。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Mse {}

impl Difference for Mse {
    fn penalty(&self, d: f32) -> f32 {
        d * d
    }

    fn slope(&self, d: f32) -> f32 {
        2.0 * d
    }

    fn curvature(&self, _: f32) -> f32 {
        2.0
    }
}

impl Loss for Mse {
    fn suits(&self, _: &Task) -> Result<(), Message> {
        Ok(())
    }

    fn outputs(&self, task: &Task) -> usize {
        difference::outputs(task)
    }

    fn is_squared(&self, _: &Task) -> bool {
        true
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        difference::gradient(self, batch, to)
    }

    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]) {
        difference::curvature(self, batch, tangent, to)
    }

    fn value(&self, batch: &Batch, row: usize) -> f64 {
        difference::value(self, batch, row)
    }

    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
        difference::predictions(raw, lanes, task, out)
    }
}
