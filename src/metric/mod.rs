//! Metrics: how good predictions are. Each states its unit and which direction is better.

pub mod accuracy;
pub mod confusion;
pub mod mse;
pub mod r2;
pub mod rmse;
pub mod watch;

use crate::config::Message;
use crate::data::Task;
pub use watch::Watch;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// A number that says how good predictions are.
pub trait Metric: Sync {
    /// Name in events, files and targets.
    fn name(&self) -> &'static str;
    /// What people call it, in the middle of a sentence.
    fn title(&self) -> Message;
    /// Which way is better.
    fn direction(&self) -> Direction;
    /// True where it can be computed.
    fn suits(&self, task: &Task) -> bool;
    /// `predictions` `[rows, task.outputs()]`, `targets` `[rows]`; NaN for no rows.
    fn measure(&self, predictions: &[f32], targets: &[f32], task: &Task) -> f64;
}

/// Every metric, in the order of the page. The learner's own loss comes before them and is not listed.
pub const ALL: &[&dyn Metric] = &[&accuracy::Accuracy, &mse::Mse, &rmse::Rmse, &r2::R2];

/// The metrics of a task.
pub fn of(task: &Task) -> impl Iterator<Item = &'static dyn Metric> {
    ALL.iter().copied().filter(move |metric| metric.suits(task))
}
