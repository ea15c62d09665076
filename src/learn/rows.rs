//! What a learner is given: rows, and what it is built for.

use super::Weighing;
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
    /// What each row counts, finite and at least 0, one of them above; a row of weight 0 is not learned from. None where all count alike. Only for learners whose
    /// [`super::Family::weighs`] says so.
    pub weights: Option<&'a [f32]>,
    /// Of rows that come again: the same number means the same inputs, as long as a learner lives, so that it may go on from what it made of them. None
    /// for rows that are seen once.
    pub again: Option<u32>,
}

impl<'a> Rows<'a> {
    /// Rows of one target each, which count alike.
    pub fn new(inputs: ArrayView2<'a, f32>, targets: &'a [f32]) -> Self {
        Rows { inputs, targets, mixed: None, weights: None, again: None }
    }

    /// The same, each of which counts so much.
    pub fn weighted(self, weights: Option<&'a [f32]>) -> Self {
        Rows { weights, ..self }
    }

    /// What each row counts, its class's weight included.
    pub fn weighing<'b>(&self, classes: &'b [f64]) -> Weighing<'b>
    where
        'a: 'b,
    {
        Weighing { classes, rows: self.weights.unwrap_or_default() }
    }

    /// The same, which will come again under this number.
    pub fn again(self, number: u32) -> Self {
        Rows { again: Some(number), ..self }
    }
}

/// Weights as rows are given them: none where they say nothing, because all are 1, or all are 0. The mean over rows of any equal weight is the plain one, and
/// what is held out may have no other.
pub fn telling(weights: Vec<f32>) -> Option<Vec<f32>> {
    let all = |value: f32| weights.iter().all(|weight| *weight == value);
    (!all(1.0) && !all(0.0)).then_some(weights)
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
    /// Where rows have weights: how many of them, and of each class, have one above 0.
    pub counting: Option<Counting>,
    pub seed: u32,
    /// The files that [`super::Family::files`] named, where they could be read.
    pub files: Given,
}

impl Problem {
    /// Rows of each class that are learned from: those whose weight is above 0, where they have weights; empty for numbers.
    pub fn class_rows_counted(&self) -> &[usize] {
        self.counting.as_ref().map_or(&self.class_rows, |counting| &counting.class_rows)
    }

    /// Rows without a shape, as many of each class as of any other.
    pub fn flat(features: Vec<String>, task: Task, train_rows: usize, seed: u32) -> Self {
        let class_rows = match &task {
            Task::Classification(classes) => vec![train_rows / classes.len(); classes.len()],
            Task::Regression | Task::Clustering => Vec::new(),
        };
        Problem {
            shape: Shape::Flat { units: features.len() },
            features,
            task,
            train_rows,
            class_rows,
            counting: None,
            seed,
            files: Given::default(),
        }
    }
}

/// Rows whose weight is above 0; those that augmentation adds are not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counting {
    pub rows: usize,
    /// Of each class; empty for numbers.
    pub class_rows: Vec<usize>,
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
