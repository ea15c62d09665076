//! What some learners can do and others cannot. A learner hands out each ability that it has ([`super::Learner::layered`] and so on); whoever needs one asks for
//! it, and knows no family.

use super::inside::{Costs, Diagnosis, Seen, Time};
use super::{LayerView, NodeView, Rows, View};
use crate::config::Message;
use crate::metric::Direction;
use ndarray::{ArrayView1, ArrayView2};
use std::ops::Range;

/// Sizes of what training moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norms {
    /// ‖∂L/∂θ‖₂ of the last update's batch, penalties included, before it was clipped; NaN before the first.
    pub gradient: f64,
    /// ‖θ‖₂ of the weights with which the model answers, biases included.
    pub weights: f64,
}

/// The weights with which a learner answers, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Flat<'a> {
    pub values: &'a [f32],
    /// What of them belongs to one unit's or filter's weights each; biases, scales and shifts belong to none.
    pub filters: Vec<Range<usize>>,
}

/// A named tensor in PyTorch's layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// Layers of units.
pub trait Layered {
    /// The layers, the inputs first; of wide ones the first `most` units.
    fn layers(&self, most: usize) -> Vec<LayerView>;

    /// What every unit of `layers(most)` makes of each row, `[shown units over all layers][rows]`.
    fn units(&self, inputs: ArrayView2<f32>, most: usize, out: &mut Vec<f32>);

    /// What unit `unit` of layer `layer` of `layers` makes of each row; false where there is none.
    fn unit(&self, inputs: ArrayView2<f32>, layer: usize, unit: usize, out: &mut Vec<f32>) -> bool;

    /// What every layer makes of one row, about `most` numbers of each; layer `close` with all of them and its tensors.
    fn inspect(&self, row: ArrayView1<f32>, most: usize, close: Option<usize>) -> Vec<Seen>;

    /// The state of every layer but the inputs, seen on these rows.
    fn diagnose(&self, inputs: ArrayView2<f32>) -> Vec<Diagnosis>;

    /// How long layer `layer` takes for a batch of the training rows, by a clock in milliseconds; changes nothing that was learned. None where there is no
    /// such layer.
    fn profile(&self, train: Rows, layer: usize, now: &mut dyn FnMut() -> f64) -> Option<Time>;

    /// What training takes.
    fn costs(&self) -> Costs;
}

/// Weights: numbers that can be moved a little, and that have names.
pub trait Weighted {
    /// The weights with which it answers.
    fn flat(&self) -> Flat<'_>;

    /// Like [`super::Learner::evaluate`] with other weights, as many as there are in `flat`; all else as it is.
    fn evaluate_at(&self, weights: &[f32], rows: Rows, out: &mut [f32]) -> f64;

    /// Sizes of gradient and weights.
    fn norms(&self) -> Norms;

    /// The learned tensors under PyTorch's names.
    fn tensors(&self) -> Vec<Tensor>;

    /// Sets one learned number: `index` into the row-major tensor `name` of `tensors`. Says what does not exist.
    fn set(&mut self, name: &str, index: usize, value: f32) -> Result<(), Message>;
}

/// A learning rate.
pub trait Rated {
    /// That of the next tick; none where the length of a step is searched for.
    fn learning_rate(&self) -> Option<f64>;

    /// Updates that its schedule has counted: fewer than the run's where a checkpoint was put back.
    fn scheduled(&self) -> u64;

    /// The measured quantity to which its schedule listens, if it listens to one.
    fn listens(&self) -> Option<&str>;

    /// Hears that quantity's value at an evaluation after the first update, and which way is better. What it does to the rate is in `learning_rate` at once.
    fn hear(&mut self, value: f64, better: Direction);
}

/// Nodes that divide rows: a tree's.
pub trait Dividing {
    /// The nodes; the first is the root. None before the first tick.
    fn nodes(&self) -> Vec<NodeView>;

    /// The node in which each row ends; empty where there is none.
    fn leaves(&self, inputs: ArrayView2<f32>, out: &mut Vec<u32>);
}

/// Learners within a learner: an ensemble's.
pub trait Members {
    /// How many there are by now.
    fn count(&self) -> usize;

    /// What one of them answers, as [`super::Learner::predict`]; its numbers are those of [`Members::width`] a row.
    fn predict(&self, member: usize, inputs: ArrayView2<f32>, out: &mut [f32]);

    /// Numbers that a member answers with for a row.
    fn width(&self) -> usize;

    /// What the page draws of one of them; of wide layers the first `most` units.
    fn view(&self, member: usize, most: usize) -> View;
}

/// Rows of its own making.
pub trait Sampling {
    /// So many rows `[count][features]`, as the learner is given rows; the same for the same `draw`.
    fn sample(&self, count: usize, draw: u32) -> Vec<f32>;
}

/// A loss that changes with the inputs.
pub trait Sensitive {
    /// ∂ℓ/∂x of each row `[rows][features]`, with the weights with which it answers and as in a prediction: ℓ is what [`super::Learner::evaluate`] takes the
    /// mean of, or of a learner that makes rows what it loses by one. Changes nothing.
    fn input_gradients(&self, rows: Rows, out: &mut [f32]);
}
