//! −t ln σ(z) − (1 − t) ln(1 − σ(z)) on one raw output, PyTorch's `BCEWithLogitsLoss`, computed as max(z, 0) − zt + ln(1 + e^−|z|).

use super::{Batch, Loss, clear_padding};
use crate::config::Message;
use crate::data::Task;
use crate::math::elementary::{self, LANES};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Binary cross-entropy | 二元交叉熵
///
/// For two classes: how surprised the model is by the true one. | 单输出二分类：对真实类别的惊讶程度。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BinaryCrossEntropy {}

impl Loss for BinaryCrossEntropy {
    fn suits(&self, task: &Task) -> Result<(), Message> {
        match task {
            Task::Classification(classes) if classes.len() == 2 => Ok(()),
            _ => Err(message!("needs a target of two classes", "要求目标恰好有两个类别")),
        }
    }

    fn outputs(&self, _: &Task) -> usize {
        1
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        let rows = batch.rows();
        elementary::map(&batch.raw[..batch.lanes], &mut to[..batch.lanes], elementary::sigmoid);
        let share = 1.0 / rows as f32;
        for (to, &target) in to.iter_mut().zip(batch.targets) {
            *to = (*to - target) * share;
        }
        clear_padding(&mut to[..batch.lanes], rows);
    }

    fn total(&self, batch: Batch) -> f64 {
        batch.raw.iter().zip(batch.targets).fold(0.0, |sum, (&z, &t)| {
            let z = f64::from(z);
            sum + z.max(0.0) - z * f64::from(t) + libm::log1p(libm::exp(-z.abs()))
        })
    }

    fn predictions(&self, raw: &mut [f32], _: usize, _: &Task, out: &mut [f32]) {
        for (rows, raw) in out.chunks_mut(2 * LANES).zip(raw.as_chunks::<LANES>().0) {
            let probabilities = elementary::sigmoid(f32x4::from(*raw)).to_array();
            for (row, p) in rows.chunks_exact_mut(2).zip(probabilities) {
                row[0] = 1.0 - p;
                row[1] = p;
            }
        }
    }
}
