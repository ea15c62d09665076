//! −ln softmax(z)[y], PyTorch's `CrossEntropyLoss`; gradient (softmax(z) − one-hot) / rows.
//!
//! With smoothing ε (Szegedy et al. 2016), K classes and class weights w, −Σ_k c_k ln softmax(z)[k] with c_k = (1 − ε) w_y [k = y] + ε/K w_k, over
//! Σ w_y, all of it times the row's own weight; gradient softmax(z) Σ c − c, then (diag p − p pᵀ) Σ c for p = softmax(z).

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
/// For any number of classes, with one output each: how surprised the model is by the true one. | 用于任意多个类别，每类一个输出：模型对真实类别有多意外。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cross-entropy"))]
pub struct SoftmaxCrossEntropy {
    /// Label smoothing | 标签平滑
    ///
    /// How much of the label is spread over all classes, so that the model never becomes too sure. | 把真实标签的多大比例分摊到所有类别，避免模型过于自信。
    #[schemars(range(min = 0.0, max = 0.9), extend("x-term" = "label-smoothing"))]
    pub label_smoothing: f64,
}

/// Softmax down the units of four lanes at a time, times `share`, in place; `values` is `[outputs][lanes]`.
pub fn softmax(values: &mut [f32], outputs: usize, lanes: usize, share: f32) {
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

/// ln Σ e^z of a row.
fn log_sum(batch: &Batch, row: usize) -> f64 {
    let outputs = batch.task.outputs();
    let z = |output: usize| f64::from(batch.raw[output * batch.lanes + row]);
    let largest = (0..outputs).map(z).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = (0..outputs).map(|output| libm::exp(z(output) - largest)).sum();
    largest + libm::log(sum)
}

/// −ln softmax(z)[y] of a row.
pub fn value(batch: &Batch, row: usize) -> f64 {
    log_sum(batch, row) - f64::from(batch.raw[batch.targets[row] as usize * batch.lanes + row])
}

/// Class probabilities. `raw` is used up.
pub fn predictions(raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
    softmax(raw, task.outputs(), lanes, 1.0);
    matrix::scatter(raw, task.outputs(), lanes, out);
}

impl SoftmaxCrossEntropy {
    /// The part of c_k that a class has in every row that counts 1 itself.
    fn spread(&self, batch: &Batch, class: usize) -> f64 {
        self.label_smoothing / batch.task.outputs() as f64 * batch.weights.classes.get(class).copied().unwrap_or(1.0)
    }

    /// From softmax(z) · `share` to its gradient, where not every c is 0 or 1.
    fn uneven(&self, batch: &Batch, to: &mut [f32], share: f32) {
        let (outputs, lanes) = (batch.task.outputs(), batch.lanes);
        let spread: f64 = (0..outputs).map(|class| self.spread(batch, class)).sum();
        for (row, &target) in batch.targets.iter().enumerate() {
            let (own, itself) = ((1.0 - self.label_smoothing) * batch.weight(row), batch.own_weight(row));
            let sum = (own + spread * itself) as f32;
            for output in 0..outputs {
                let count = self.spread(batch, output) * itself + if output == target as usize { own } else { 0.0 };
                let at = &mut to[output * lanes + row];
                *at = *at * sum - count as f32 * share;
            }
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

    fn brings_activation(&self, _: &Task) -> bool {
        true
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        let (rows, lanes, outputs) = (batch.rows(), batch.lanes, batch.task.outputs());
        let share = batch.share();
        to[..outputs * lanes].copy_from_slice(&batch.raw[..outputs * lanes]);
        softmax(to, outputs, lanes, share);
        if batch.weights.is_even() && self.label_smoothing == 0.0 {
            for (lane, &target) in batch.targets.iter().enumerate() {
                to[target as usize * lanes + lane] -= share;
            }
        } else {
            self.uneven(&batch, to, share);
        }
        if rows < lanes {
            for output in 0..outputs {
                clear_padding(&mut to[output * lanes..(output + 1) * lanes], rows);
            }
        }
    }

    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]) {
        let (rows, lanes, outputs) = (batch.rows(), batch.lanes, batch.task.outputs());
        to[..outputs * lanes].copy_from_slice(&batch.raw[..outputs * lanes]);
        softmax(to, outputs, lanes, 1.0);
        let spread: f64 = (0..outputs).map(|class| self.spread(&batch, class)).sum();
        for row in 0..rows {
            let sum = ((1.0 - self.label_smoothing) * batch.weight(row) + spread * batch.own_weight(row)) as f32;
            let places = (0..outputs).map(|output| output * lanes + row);
            let mean: f32 = places.clone().map(|at| to[at] * tangent[at]).sum();
            for at in places {
                to[at] *= (tangent[at] - mean) * (sum * batch.share());
            }
        }
        for output in to.chunks_exact_mut(lanes).take(outputs) {
            clear_padding(output, rows);
        }
    }

    fn value(&self, batch: &Batch, row: usize) -> f64 {
        let own = (1.0 - self.label_smoothing) * batch.weight(row) * value(batch, row);
        if self.label_smoothing == 0.0 {
            return own;
        }
        let log_sum = log_sum(batch, row);
        let others =
            (0..batch.task.outputs()).map(|class| self.spread(batch, class) * (log_sum - f64::from(batch.raw[class * batch.lanes + row])));
        own + batch.own_weight(row) * others.sum::<f64>()
    }

    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
        predictions(raw, lanes, task, out);
    }
}
