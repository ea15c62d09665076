//! Rows of two targets: λ ℓ(y₁) + (1 − λ) ℓ(y₂) a row (Zhang et al. 2018), over Σ λ w_{y₁} + (1 − λ) w_{y₂}, a row's own weight included. Every loss is used as it is, once a target.

use super::{Batch, Loss, over};
use crate::learn::Mixed;

/// The same rows with their second targets.
fn second<'a>(batch: Batch<'a>, mixed: Mixed<'a>) -> Batch<'a> {
    Batch { targets: mixed.targets, ..batch }
}

/// What all rows count together: the mean loss is the total over this.
pub fn weight_sum(batch: Batch, mixed: Mixed) -> f64 {
    if batch.weights.is_even() { batch.rows() as f64 } else { sum(batch, mixed, |batch, row| batch.weight(row)) }
}

/// Sum over rows of the loss.
pub fn total(loss: &dyn Loss, batch: Batch, mixed: Mixed) -> f64 {
    sum(batch, mixed, |batch, row| loss.value(batch, row))
}

fn sum(batch: Batch, mixed: Mixed, value: impl Fn(&Batch, usize) -> f64) -> f64 {
    let other = second(batch, mixed);
    let rows = mixed.shares.iter().map(|&share| f64::from(share)).enumerate();
    rows.map(|(row, share)| share * value(&batch, row) + (1.0 - share) * value(&other, row)).sum()
}

/// Gradient of the mean loss by the raw outputs; `spare` is as long as `to`, and used up.
pub fn gradient(loss: &dyn Loss, batch: Batch, mixed: Mixed, to: &mut [f32], spare: &mut [f32]) {
    let other = second(batch, mixed);
    loss.gradient(batch, to);
    loss.gradient(other, spare);
    // Each was divided by what its own targets count.
    let whole = weight_sum(batch, mixed);
    let [first, second] = [batch, other].map(|batch| over(batch.weight_sum(), whole) as f32);
    for output in 0..loss.outputs(batch.task) {
        let places = output * batch.lanes..output * batch.lanes + batch.rows();
        for ((to, spare), share) in to[places.clone()].iter_mut().zip(&spare[places]).zip(mixed.shares) {
            *to = share * first * *to + (1.0 - share) * second * spare;
        }
    }
}
