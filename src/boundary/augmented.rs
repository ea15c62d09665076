//! Training rows before and after a document's augmentations.

use super::Floats;
use crate::data::{Shape, Task};
use crate::learn::Problem;
use crate::train::Preview;
use schemars::JsonSchema;
use serde::Serialize;

/// Prepared rows, row-major. Behind the rows of `before`, `after` has made-up ones.
#[derive(Serialize, JsonSchema)]
pub struct Augmented<'a> {
    pub shape: Shape,
    /// None for a target that is a number.
    pub classes: &'a [String],
    /// Names of the first two features.
    pub features: &'a [String],
    /// Rows before.
    pub rows: usize,
    pub before: Floats<'a>,
    pub after: Floats<'a>,
    /// Targets before and after.
    pub targets: Floats<'a>,
    pub answers: Floats<'a>,
    /// Where rows of two classes were mixed, the second class of each row behind, and what the first one counts; else empty.
    pub others: Floats<'a>,
    pub shares: Floats<'a>,
}

impl<'a> Augmented<'a> {
    pub fn of(Preview { before, after }: &'a Preview, problem: &'a Problem) -> Self {
        Augmented {
            shape: before.shape,
            classes: if let Task::Classification(classes) = &problem.task { classes } else { &[] },
            features: &problem.features[..problem.features.len().min(2)],
            rows: before.count(),
            before: before.inputs[..].into(),
            after: after.inputs[..].into(),
            targets: before.targets[..].into(),
            answers: after.targets[..].into(),
            others: after.others[..].into(),
            shares: after.shares[..].into(),
        }
    }
}
