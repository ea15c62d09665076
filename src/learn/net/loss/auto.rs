//! The usual loss of the task: binary cross-entropy for two classes, softmax cross-entropy for more, squared error for numbers.

use super::{Batch, Loss};
use super::{binary_cross_entropy::BinaryCrossEntropy, mse::Mse, softmax_cross_entropy::SoftmaxCrossEntropy};
use crate::config::Message;
use crate::data::Task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// By task | 按任务
///
/// Cross-entropy for classes, squared error for numbers. | 分类用交叉熵，回归用均方误差。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Auto {}

/// The usual loss of `task`.
fn usual(task: &Task) -> &'static dyn Loss {
    match task {
        // Nothing is learned where there is no target, but layers are drawn.
        Task::Regression | Task::Clustering => &Mse {},
        Task::Classification(classes) if classes.len() == 2 => &BinaryCrossEntropy { label_smoothing: 0.0 },
        Task::Classification(_) => &SoftmaxCrossEntropy { label_smoothing: 0.0 },
    }
}

impl Loss for Auto {
    fn suits(&self, _: &Task) -> Result<(), Message> {
        Ok(())
    }

    fn outputs(&self, task: &Task) -> usize {
        usual(task).outputs(task)
    }

    fn brings_activation(&self, task: &Task) -> bool {
        usual(task).brings_activation(task)
    }

    fn is_squared(&self, task: &Task) -> bool {
        usual(task).is_squared(task)
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        usual(batch.task).gradient(batch, to)
    }

    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]) {
        usual(batch.task).curvature(batch, tangent, to)
    }

    fn value(&self, batch: &Batch, row: usize) -> f64 {
        usual(batch.task).value(batch, row)
    }

    fn total(&self, batch: Batch) -> f64 {
        usual(batch.task).total(batch)
    }

    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
        usual(task).predictions(raw, lanes, task, out)
    }
}
