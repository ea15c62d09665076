//! −t ln σ(z) − (1 − t) ln(1 − σ(z)) on one raw output, PyTorch's `BCEWithLogitsLoss`, computed as max(z, 0) − zt + ln(1 + e^−|z|); gradient
//! (σ(z) − t) / rows.
//!
//! With smoothing ε and class weights w it is softmax cross-entropy over the outputs 0 and z: −c_1 ln σ(z) − c_0 ln(1 − σ(z)) with
//! c_k = (1 − ε) w_y [k = y] + ε/2 w_k, over Σ w_y, all of it times the row's own weight; gradient (c_0 + c_1) σ(z) − c_1, then (c_0 + c_1) σ(1 − σ).

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
/// For two classes, with one output: how surprised the model is by the true one. | 用于单输出的二分类：模型对真实类别有多意外。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cross-entropy"))]
pub struct BinaryCrossEntropy {
    /// Label smoothing | 标签平滑
    ///
    /// How much of the label is spread over both classes, so that the model never becomes too sure. | 把真实标签的多大比例分摊到两个类别，避免模型过于自信。
    #[schemars(range(min = 0.0, max = 0.9), extend("x-term" = "label-smoothing"))]
    pub label_smoothing: f64,
}

/// Probabilities of both classes from one raw output, four rows at a time.
pub fn predictions(raw: &[f32], out: &mut [f32]) {
    for (rows, raw) in out.chunks_mut(2 * LANES).zip(raw.as_chunks::<LANES>().0) {
        let probabilities = elementary::sigmoid(f32x4::from(*raw)).to_array();
        for (row, p) in rows.chunks_exact_mut(2).zip(probabilities) {
            row[0] = 1.0 - p;
            row[1] = p;
        }
    }
}

impl BinaryCrossEntropy {
    /// (c_0 + c_1, c_1) of a row.
    fn counts(&self, batch: &Batch, row: usize) -> (f64, f64) {
        let (smoothing, t) = (self.label_smoothing, f64::from(batch.targets[row]));
        let [first, second] = match batch.weights.classes {
            [first, second] => [*first, *second],
            _ => [1.0, 1.0],
        };
        let own = (1.0 - smoothing) * batch.weight(row);
        let spread = smoothing / 2.0 * batch.own_weight(row);
        (own + spread * (first + second), own * t + spread * second)
    }
}

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

    fn brings_activation(&self, _: &Task) -> bool {
        true
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        let rows = batch.rows();
        elementary::map(&batch.raw[..batch.lanes], &mut to[..batch.lanes], elementary::sigmoid);
        let share = batch.share();
        if batch.weights.is_even() {
            let (kept, spread) = ((1.0 - self.label_smoothing) as f32, (self.label_smoothing / 2.0) as f32);
            for (to, &target) in to.iter_mut().zip(batch.targets) {
                *to = (*to - (target * kept + spread)) * share;
            }
        } else {
            for (row, to) in to.iter_mut().take(rows).enumerate() {
                let (both, second) = self.counts(&batch, row);
                *to = (*to * both as f32 - second as f32) * share;
            }
        }
        clear_padding(&mut to[..batch.lanes], rows);
    }

    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]) {
        let (rows, share) = (batch.rows(), batch.share());
        elementary::map(&batch.raw[..batch.lanes], &mut to[..batch.lanes], elementary::sigmoid);
        for (row, (to, tangent)) in to.iter_mut().zip(tangent).take(rows).enumerate() {
            let (both, _) = self.counts(&batch, row);
            *to = both as f32 * *to * (1.0 - *to) * share * tangent;
        }
        clear_padding(&mut to[..batch.lanes], rows);
    }

    fn value(&self, batch: &Batch, row: usize) -> f64 {
        let (z, (both, second)) = (f64::from(batch.raw[row]), self.counts(batch, row));
        both * z.max(0.0) - z * second + both * libm::log1p(libm::exp(-z.abs()))
    }

    fn predictions(&self, raw: &mut [f32], _: usize, _: &Task, out: &mut [f32]) {
        predictions(raw, out);
    }
}
