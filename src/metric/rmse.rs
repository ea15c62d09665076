//! Root of the mean squared error, scikit-learn's `root_mean_squared_error`. Unit: the target's.

use super::{Answer, Answered, Answers, Direction, Metric, mse::Mse};
use crate::config::Message;
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

    fn bounds(&self) -> [Option<f64>; 2] {
        [Some(0.0), None]
    }

    fn unit(&self) -> Option<Message> {
        Some(message!("as the target", "与目标相同"))
    }

    fn suits(&self, answered: Answered) -> bool {
        answered.answer == Answer::Value
    }

    fn measure(&self, answers: &Answers) -> f64 {
        Mse.measure(answers).sqrt()
    }
}
