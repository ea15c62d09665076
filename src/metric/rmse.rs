//! Root of the mean squared error, scikit-learn's `root_mean_squared_error`. Unit: the target's.

use super::{Answers, Direction, Metric, mse::Mse};
use crate::config::Message;
use crate::data::Task;
use crate::message;

/// `rmse`.
pub struct Rmse;

impl Metric for Rmse {
    fn name(&self) -> &'static str {
        "rmse"
    }

    fn title(&self) -> Message {
        message!("root mean squared error", "均方根误差")
    }

    fn direction(&self) -> Direction {
        Direction::Down
    }

    fn suits(&self, task: &Task) -> bool {
        !task.is_classification()
    }

    fn measure(&self, answers: &Answers) -> f64 {
        Mse.measure(answers).sqrt()
    }
}
