//! −ln softmax(z)[class], PyTorch's `CrossEntropyLoss`; gradient (softmax(z) − one-hot) / rows.

use super::{Batch, Loss, clear_padding};
use crate::config::Message;
use crate::data::Task;
use crate::math::elementary::{self, LANES};
use crate::math::matrix;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Softmax cross-entropy | Softmax 交叉熵
///
/// For any number of classes: how surprised the model is by the true one. | 每类一个输出：对真实类别的惊讶程度。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SoftmaxCrossEntropy {}

/// Softmax down the units of four lanes at a time, times `share`, in place; `values` is `[outputs][lanes]`.
fn softmax(values: &mut [f32], outputs: usize, lanes: usize, share: f32) {
    assert!(values.len() >= outputs * lanes && lanes.is_multiple_of(LANES));
    let get = |from: &[f32], at: usize| f32x4::from(<[f32; LANES]>::try_from(&from[at..at + LANES]).expect("four lanes"));
    for lane in (0..lanes).step_by(LANES) {
        let mut largest = get(values, lane);
        for output in 1..outputs {
            largest = largest.fast_max(get(values, output * lanes + lane));
        }
        let mut sum = f32x4::ZERO;
        for output in 0..outputs {
            let at = output * lanes + lane;
            let e = elementary::exp(get(values, at) - largest);
            sum += e;
            values[at..at + LANES].copy_from_slice(e.as_array());
        }
        let factor = f32x4::splat(share) / sum;
        for output in 0..outputs {
            let at = output * lanes + lane;
            let p = get(values, at) * factor;
            values[at..at + LANES].copy_from_slice(p.as_array());
        }
    }
}

impl Loss for SoftmaxCrossEntropy {
    fn suits(&self, task: &Task) -> Result<(), Message> {
        if task.is_classification() { Ok(()) } else { Err(message!("needs a target of classes", "要求目标为类别")) }
    }

    fn outputs(&self, task: &Task) -> usize {
        task.outputs()
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        let (rows, lanes, outputs) = (batch.rows(), batch.lanes, batch.task.outputs());
        let share = 1.0 / rows as f32;
        to[..outputs * lanes].copy_from_slice(&batch.raw[..outputs * lanes]);
        softmax(to, outputs, lanes, share);
        for (lane, &target) in batch.targets.iter().enumerate() {
            to[target as usize * lanes + lane] -= share;
        }
        if rows < lanes {
            for output in 0..outputs {
                clear_padding(&mut to[output * lanes..(output + 1) * lanes], rows);
            }
        }
    }

    fn total(&self, batch: Batch) -> f64 {
        let outputs = batch.task.outputs();
        let mut total = 0.0;
        for (lane, &target) in batch.targets.iter().enumerate() {
            let z = |output: usize| f64::from(batch.raw[output * batch.lanes + lane]);
            let largest = (0..outputs).map(z).fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = (0..outputs).map(|output| libm::exp(z(output) - largest)).sum();
            total += largest + libm::log(sum) - z(target as usize);
        }
        total
    }

    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
        softmax(raw, task.outputs(), lanes, 1.0);
        matrix::scatter(raw, task.outputs(), lanes, out);
    }
}
