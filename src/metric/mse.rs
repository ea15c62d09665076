//! Mean squared error, scikit-learn's `mean_squared_error`. Unit: the target's, squared.

use super::{Answers, Direction, Metric};
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

    fn measure(&self, answers: &Answers) -> f64 {
        answers.squares() / answers.rows() as f64
    }
}
