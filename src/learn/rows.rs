//! What a learner is given: rows, and what it is built for.

use crate::data::{Shape, Task};
use ndarray::ArrayView2;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// Rows ready for a learner: `inputs` `[rows, features]` in row-major order, `targets[row]` a class index or a value.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub inputs: ArrayView2<'a, f32>,
    pub targets: &'a [f32],
    /// Where rows were mixed of two: what they are besides their `targets`. Only for learners whose [`super::Family::mixes`] says so.
    pub mixed: Option<Mixed<'a>>,
    /// Of rows that come again: the same number means the same inputs, as long as a learner lives, so that it may go on from what it made of them. None
    /// for rows that are seen once.
    pub again: Option<u32>,
}

impl<'a> Rows<'a> {
    /// Rows of one target each.
    pub fn new(inputs: ArrayView2<'a, f32>, targets: &'a [f32]) -> Self {
        Rows { inputs, targets, mixed: None, again: None }
    }

    /// The same, which will come again under this number.
    pub fn again(self, number: u32) -> Self {
        Rows { again: Some(number), ..self }
    }
}

/// Second targets, one a row, and what the first ones count: a row of share λ has the loss λ ℓ(first) + (1 − λ) ℓ(second).
#[derive(Clone, Copy)]
pub struct Mixed<'a> {
    pub targets: &'a [f32],
    pub shares: &'a [f32],
}

/// What a learner is built for.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Features a row has after preparation; their names.
    pub features: Vec<String>,
    /// What such a row is.
    pub shape: Shape,
    pub task: Task,
    /// Training rows of an epoch: those of the training part, and what augmentation adds to them.
    pub train_rows: usize,
    /// How many of them are of each class; empty for numbers.
    pub class_rows: Vec<usize>,
    pub seed: u32,
    /// The files that [`super::Family::files`] named, where they could be read.
    pub files: Given,
}

impl Problem {
    /// Rows without a shape, as many of each class as of any other.
    pub fn flat(features: Vec<String>, task: Task, train_rows: usize, seed: u32) -> Self {
        let class_rows = match &task {
            Task::Classification(classes) => vec![train_rows / classes.len(); classes.len()],
            Task::Regression | Task::Clustering => Vec::new(),
        };
        Problem { shape: Shape::Flat { units: features.len() }, features, task, train_rows, class_rows, seed, files: Given::default() }
    }
}

/// Files as they were when a run began: it can begin again without them.
#[derive(Clone, Default)]
pub struct Given(BTreeMap<String, Rc<[u8]>>);

impl Given {
    /// Keeps a file under its name.
    pub fn keep(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.into(), bytes.into());
    }

    /// The bytes of a file that was kept.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(|bytes| &**bytes)
    }
}

/// Names and sizes.
impl fmt::Debug for Given {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.0.iter().map(|(name, bytes)| (name, bytes.len()))).finish()
    }
}
