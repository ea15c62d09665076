//! Mean squared error, scikit-learn's `mean_squared_error`. Unit: the target's, squared.

use super::{Direction, Metric};
use crate::config::Message;
use crate::data::Task;
use crate::message;

/// `mse`.
pub struct Mse;

impl Metric for Mse {
    fn name(&self) -> &'static str {
        "mse"
    }

    fn title(&self) -> Message {
        message!("mean squared error", "均方误差")
    }

    fn direction(&self) -> Direction {
        Direction::Down
    }

    fn suits(&self, task: &Task) -> bool {
        !task.is_classification()
    }

    fn measure(&self, predictions: &[f32], targets: &[f32], _: &Task) -> f64 {
        let squares = predictions.iter().zip(targets).map(|(&got, &target)| (f64::from(got) - f64::from(target)).powi(2));
        squares.sum::<f64>() / targets.len() as f64
    }
}
