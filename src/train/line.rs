//! The finish line of a race: a metric and its value, and what a run had spent when it crossed the line.

use super::history::History;
use super::stop::Reach;
use crate::metric::Quantity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run had spent at the first evaluation beyond the line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Arrival {
    pub update: u64,
    pub epoch: f64,
    pub rows: u64,
    pub gradients: u64,
    /// Seconds of its own training, evaluations included.
    pub seconds: f64,
    /// The metric there.
    pub value: f64,
}

/// The first row of a history from `from` on that reaches the line: of the validation rows, where there are some. A row that stands for
/// several evaluations counts with its last update.
pub fn arrival(history: &History, line: &Reach, known: &[Quantity], from: usize) -> Option<Arrival> {
    let watch = line.watch(known);
    let (watched, reached) = (history.watched(watch)?, |value: f64| watch.reaches(value, line.value));
    let row = (from..history.rows()).find(|&row| reached(watched.max[row]) || reached(watched.min[row]))?;
    let at = |name: &str| history.named(name).expect("every history counts").last[row];
    let value = if reached(watched.last[row]) { watched.last[row] } else { line.value };
    Some(Arrival {
        update: at("update") as u64,
        epoch: at("epoch"),
        rows: at("rows") as u64,
        gradients: at("gradient_evaluations") as u64,
        seconds: at("seconds"),
        value,
    })
}
