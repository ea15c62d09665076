//! ρ(d) = |d|, PyTorch's `L1Loss`; the slope at 0 is 0.

use super::difference::{self, Difference};
use super::{Batch, Loss};
use crate::config::Message;
use crate::data::Task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Absolute error | 平均绝对误差
///
/// Mean of absolute differences: calm about outliers. | 差值绝对值的平均，对离群值不敏感。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Mae {}

impl Difference for Mae {
    fn penalty(&self, d: f32) -> f32 {
        d.abs()
    }

    fn slope(&self, d: f32) -> f32 {
        if d == 0.0 { 0.0 } else { d.signum() }
    }

    fn curvature(&self, _: f32) -> f32 {
        0.0
    }
}

impl Loss for Mae {
    fn suits(&self, _: &Task) -> Result<(), Message> {
        Ok(())
    }

    fn outputs(&self, task: &Task) -> usize {
        difference::outputs(task)
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
