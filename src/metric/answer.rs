//! What a learner says of a row: its own word, not the table's.

use crate::data::Task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the numbers of an answer are. A learner of clusters answers with clusters, whatever the rows' target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Answer {
    /// One probability a class of the target; they add up to 1, and the greatest is the answer.
    Probabilities { classes: usize },
    /// One score a class of the target, of which the greatest is the answer; nothing else is known of them.
    Scores { classes: usize },
    /// A number in the units in which the learner is given the target.
    Value,
    /// How much a row belongs to each cluster, from 0 to 1; they add up to 1, and the greatest is the answer.
    Clusters { clusters: usize },
    /// How likely a row is one that the learner made itself, and one of the data; they add up to 1. It makes rows of its own.
    Samples,
}

impl Answer {
    /// The usual answer for a target: a probability a class, or a number. None where there is no target.
    pub fn of(task: &Task) -> Option<Self> {
        match task {
            Task::Classification(classes) => Some(Answer::Probabilities { classes: classes.len() }),
            Task::Regression => Some(Answer::Value),
            Task::Clustering => None,
        }
    }

    /// Numbers that it has for one row.
    pub fn width(self) -> usize {
        match self {
            Answer::Probabilities { classes } | Answer::Scores { classes } => classes,
            Answer::Value => 1,
            Answer::Clusters { clusters } => clusters,
            Answer::Samples => 2,
        }
    }

    /// Whether it chooses one of the target's classes.
    pub fn is_class(self) -> bool {
        matches!(self, Answer::Probabilities { .. } | Answer::Scores { .. })
    }
}
