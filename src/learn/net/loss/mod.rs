//! Losses: what training makes small, its gradient, and how raw outputs become predictions.
//!
//! Raw outputs are `[outputs][lanes]`; the first `rows` lanes are the batch, the rest is padding whose gradient is zero. Every loss is the
//! mean over rows (and over outputs where there are several), as PyTorch's `reduction="mean"`.

mod difference;

use crate::config::Message;
use crate::data::Task;
use crate::math::elementary::LANES;
use crate::registry;

/// Raw outputs of a batch and what they should be.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    pub raw: &'a [f32],
    /// One a row: class index or value.
    pub targets: &'a [f32],
    pub lanes: usize,
    pub task: &'a Task,
}

impl Batch<'_> {
    /// Rows in the batch.
    pub fn rows(&self) -> usize {
        self.targets.len()
    }
}

/// Zeroes the padding of one output's lanes. It lies in the last vector; filling a slice of a few bytes would be a call.
fn clear_padding(lanes: &mut [f32], rows: usize) {
    let first = lanes.len().saturating_sub(LANES);
    debug_assert!(rows >= first);
    for (lane, value) in lanes[first..].iter_mut().enumerate() {
        *value = if first + lane < rows { *value } else { 0.0 };
    }
}

/// A loss.
pub trait Loss {
    /// Whether it can be used for this task; otherwise what it needs, to be read after its name.
    fn suits(&self, task: &Task) -> Result<(), Message>;

    /// Raw outputs that the network must have.
    fn outputs(&self, task: &Task) -> usize;

    /// Gradient of the mean loss by the raw outputs; padding lanes become zero.
    fn gradient(&self, batch: Batch, to: &mut [f32]);

    /// Sum over rows of the loss, in `f64`.
    fn total(&self, batch: Batch) -> f64;

    /// Class probabilities or values from raw outputs, into row-major `[rows, task.outputs()]`. `raw` is used up.
    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]);
}

registry! {
    /// Loss | 损失函数
    ///
    /// How wrong the predictions are, as one number; training makes it small. | 用一个数表示预测错得多厉害；训练就是让它变小。
    pub enum LossConfig: Loss = auto {
        auto::Auto,
        mse::Mse,
        mae::Mae,
        huber::Huber,
        binary_cross_entropy::BinaryCrossEntropy,
        softmax_cross_entropy::SoftmaxCrossEntropy,
    }
}
