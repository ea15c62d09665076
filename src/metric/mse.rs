//! Mean squared error, scikit-learn's `mean_squared_error`. Unit: the target's, squared.

use super::{Answer, Answered, Answers, Direction, Metric};
use crate::config::Message;
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

    fn bounds(&self) -> [Option<f64>; 2] {
        [Some(0.0), None]
    }

    fn unit(&self) -> Option<Message> {
        Some(message!("target²", "目标²"))
    }

    fn suits(&self, answered: Answered) -> bool {
        answered.answer == Answer::Value
    }

    fn measure(&self, answers: &Answers) -> f64 {
        answers.squares() / answers.rows() as f64
    }
}
