//! Losses: what training makes small, its gradient, and how raw outputs become predictions.
//!
//! Raw outputs are `[outputs][lanes]`; the first `rows` lanes are the batch, the rest is padding whose gradient is zero. Every loss is the
//! mean over rows (and over outputs where there are several), as PyTorch's `reduction="mean"`; where rows or classes have weights Σ w ℓ / Σ w over the rows of the batch,
//! as PyTorch's `CrossEntropyLoss(weight)` has it for classes. A batch in which nothing counts has no gradient.

mod difference;
pub mod mixed;

pub use crate::learn::class_weights;
pub use difference::desired;

use crate::config::Message;
use crate::data::Task;
use crate::learn::Weighing;
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
    /// What each row counts.
    pub weights: Weighing<'a>,
}

impl Batch<'_> {
    /// Rows in the batch.
    pub fn rows(&self) -> usize {
        self.targets.len()
    }

    /// What a row counts.
    pub fn weight(&self, row: usize) -> f64 {
        self.weights.of(row, self.targets[row])
    }

    /// What a row counts besides its class.
    fn own_weight(&self, row: usize) -> f64 {
        Weighing { classes: &[], ..self.weights }.of(row, self.targets[row])
    }

    /// What all rows count together: the mean loss is the total over this.
    pub fn weight_sum(&self) -> f64 {
        self.weights.sum(self.targets)
    }

    /// What a row of weight 1 is of the mean.
    fn share(&self) -> f32 {
        if self.weights.is_even() { 1.0 / self.rows() as f32 } else { over(1.0, self.weight_sum()) as f32 }
    }
}

/// A part of what all rows count; none where nothing counts.
pub fn over(part: f64, sum: f64) -> f64 {
    if sum > 0.0 { part / sum } else { 0.0 }
}

/// From the gradient of the mean over rows that count alike to that of the weighted mean, for losses of which a row's weight is a factor.
fn weigh(batch: Batch, outputs: usize, to: &mut [f32]) {
    if batch.weights.is_even() {
        return;
    }
    let factor = f64::from(over(batch.rows() as f64, batch.weight_sum()) as f32);
    for output in to.chunks_exact_mut(batch.lanes).take(outputs) {
        output.iter_mut().take(batch.rows()).enumerate().for_each(|(row, to)| *to *= (factor * batch.weight(row)) as f32);
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

    /// Whether it turns raw outputs into probabilities by a function of its own, so that the output layer has to stay linear.
    fn brings_activation(&self, _task: &Task) -> bool {
        false
    }

    /// Whether it is the mean of the squared differences between raw outputs and [`desired`] values.
    fn is_squared(&self, _task: &Task) -> bool {
        false
    }

    /// Gradient of the mean loss by the raw outputs; padding lanes become zero.
    fn gradient(&self, batch: Batch, to: &mut [f32]);

    /// Hessian of the mean loss by the raw outputs, times `tangent`; padding lanes become zero. At a kink it is 0.
    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]);

    /// The loss of one row, its weight included.
    fn value(&self, batch: &Batch, row: usize) -> f64;

    /// Sum over rows of the loss. A row of weight 0 has none, however wrong it is.
    fn total(&self, batch: Batch) -> f64 {
        let counts = |row: &usize| batch.weights.rows.is_empty() || batch.weights.rows[*row] > 0.0;
        (0..batch.rows()).filter(counts).map(|row| self.value(&batch, row)).sum()
    }

    /// Class probabilities or values from raw outputs, into row-major `[rows, task.outputs()]`. `raw` is used up.
    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]);
}

registry! {
    /// Loss function | 损失函数
    ///
    /// How wrong the predictions are, as one number; training makes it small. | 用一个数表示预测错得多厉害；训练就是让它变小。
    pub enum LossConfig: Loss = auto {
        auto::Auto,
        mse::Mse,
        mae::Mae,
        huber::Huber,
        log_cosh::LogCosh,
        quantile::Quantile,
        binary_cross_entropy::BinaryCrossEntropy,
        softmax_cross_entropy::SoftmaxCrossEntropy,
        focal::Focal,
    }
}
