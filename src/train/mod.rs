//! Runs: a learner, its data, stop rules, history and the best checkpoint. Knows no family of learners.

pub mod checkpoints;
pub mod curve;
pub mod experiment;
pub mod history;
pub mod line;
pub mod mark;
pub mod patience;
pub mod preview;
pub mod range_test;
pub mod run;
pub mod stop;

pub use checkpoints::{Checkpoints, Moment};
pub use curve::Curve;
pub use experiment::Experiment;
pub use history::History;
pub use line::Arrival;
pub use mark::Mark;
pub use preview::Preview;
pub use range_test::RangeTest;
pub use run::{Evaluation, Part, Revealed, Run, Which};
pub use stop::{Reach, StopReason, Stopped};
