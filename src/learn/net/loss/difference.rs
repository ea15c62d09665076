//! What MSE, MAE, Huber, log-cosh and quantile share: a penalty on each difference between output and desired value.
//!
//! A loss of this kind states its penalty and is a [`Loss`] by it.
//!
//! For classes the desired values are −1 and +1 on one output (two classes, as TensorFlow Playground trains) or one-hot on
//! one output a class; predictions are then squeezed into [0, 1] and normalised.

use super::{Batch, Loss, clear_padding, weigh};
use crate::config::Message;
use crate::data::Task;

/// A penalty ρ(d) on the difference d = output − desired.
pub trait Difference {
    /// ρ(d).
    fn penalty(&self, d: f32) -> f32;
    /// ρ′(d).
    fn slope(&self, d: f32) -> f32;
    /// ρ″(d).
    fn curvature(&self, d: f32) -> f32;

    /// Whether it can be used for this task; otherwise what it needs, to be read after its name.
    fn suits(&self, _task: &Task) -> Result<(), Message> {
        Ok(())
    }

    /// Whether ρ(d) = d².
    fn is_squared(&self) -> bool {
        false
    }
}

impl<D: Difference> Loss for D {
    fn suits(&self, task: &Task) -> Result<(), Message> {
        Difference::suits(self, task)
    }

    fn outputs(&self, task: &Task) -> usize {
        outputs(task)
    }

    fn is_squared(&self, _: &Task) -> bool {
        Difference::is_squared(self)
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        gradient(self, batch, to)
    }

    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]) {
        curvature(self, batch, tangent, to)
    }

    fn value(&self, batch: &Batch, row: usize) -> f64 {
        value(self, batch, row)
    }

    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
        predictions(raw, lanes, task, out)
    }
}

fn outputs(task: &Task) -> usize {
    match task {
        Task::Classification(classes) if classes.len() > 2 => classes.len(),
        _ => 1,
    }
}

/// What an output should be.
pub fn desired(task: &Task, target: f32, output: usize) -> f32 {
    match task {
        Task::Regression | Task::Clustering => target,
        Task::Classification(classes) if classes.len() == 2 => 2.0 * target - 1.0,
        Task::Classification(_) => f32::from(u8::from(target as usize == output)),
    }
}

fn gradient(loss: &impl Difference, batch: Batch, to: &mut [f32]) {
    let outputs = outputs(batch.task);
    // The task is asked once, not a row: arithmetic on vectors is left in the loops.
    match batch.task {
        Task::Regression => slopes(loss, batch, 1, to, |target, _| target),
        Task::Classification(_) if outputs == 1 => slopes(loss, batch, 1, to, |target, _| 2.0 * target - 1.0),
        task => slopes(loss, batch, outputs, to, |target, output| desired(task, target, output)),
    }
    weigh(batch, outputs, to);
}

#[inline(always)]
fn slopes(loss: &impl Difference, batch: Batch, outputs: usize, to: &mut [f32], desired: impl Fn(f32, usize) -> f32) {
    let share = 1.0 / (batch.rows() * outputs) as f32;
    for output in 0..outputs {
        let row = output * batch.lanes..(output + 1) * batch.lanes;
        let (raw, to) = (&batch.raw[row.clone()], &mut to[row]);
        for ((to, &raw), &target) in to.iter_mut().zip(raw).zip(batch.targets) {
            *to = loss.slope(raw - desired(target, output)) * share;
        }
        clear_padding(to, batch.rows());
    }
}

fn curvature(loss: &impl Difference, batch: Batch, tangent: &[f32], to: &mut [f32]) {
    let outputs = outputs(batch.task);
    let share = 1.0 / (batch.rows() * outputs) as f32;
    for output in 0..outputs {
        let row = output * batch.lanes..(output + 1) * batch.lanes;
        let (raw, tangent, to) = (&batch.raw[row.clone()], &tangent[row.clone()], &mut to[row]);
        for (lane, &target) in batch.targets.iter().enumerate() {
            to[lane] = Difference::curvature(loss, raw[lane] - desired(batch.task, target, output)) * share * tangent[lane];
        }
        clear_padding(to, batch.rows());
    }
    weigh(batch, outputs, to);
}

fn value(loss: &impl Difference, batch: &Batch, row: usize) -> f64 {
    let outputs = outputs(batch.task);
    let mut sum = 0.0;
    for output in 0..outputs {
        let raw = batch.raw[output * batch.lanes + row];
        sum += f64::from(loss.penalty(raw - desired(batch.task, batch.targets[row], output)));
    }
    batch.weight(row) * (sum / outputs as f64)
}

fn predictions(raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
    let outputs = outputs(task);
    for (lane, row) in out.chunks_exact_mut(task.outputs()).enumerate() {
        match task {
            Task::Regression | Task::Clustering => row[0] = raw[lane],
            Task::Classification(classes) if classes.len() == 2 => {
                row[1] = ((raw[lane] + 1.0) / 2.0).clamp(0.0, 1.0);
                row[0] = 1.0 - row[1];
            }
            Task::Classification(_) => {
                let mut sum = 0.0;
                for output in 0..outputs {
                    row[output] = raw[output * lanes + lane].clamp(0.0, 1.0);
                    sum += row[output];
                }
                row.iter_mut().for_each(|p| *p = if sum > 0.0 { *p / sum } else { 1.0 / outputs as f32 });
            }
        }
    }
}
