//! The loss of one update's batch as a function of the weights, for optimizers that look at it more than once: what `optimizer/search.rs`
//! asks, answered by passes through the stack.
//!
//! One update sees one function: every pass draws the same noise (dropout), and only the first one moves running statistics and the
//! stream of noise on. What a pass costs is counted, in rows touched and in passes; see [`Cost`].

use super::control::penalty;
use super::layers::Mode;
use super::loss::{Batch, Loss, desired, over};
use super::optimizer::Block;
use super::optimizer::search::Objective;
use super::stack::{Buffers, Gradients, Stack, Tangents};
use crate::data::Task;
use crate::learn::{Weighing, numbers};
use crate::math::elementary::LANES;
use crate::math::random::Stream;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What an update took, in passes over the batch: forward one, backward two, so that a gradient is three. A loss alone is a third of a gradient.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    passes: usize,
    /// Rows touched: the batch's, each time the loss is looked at.
    pub rows: usize,
}

impl Cost {
    pub const FORWARD: usize = 1;
    pub const BACKWARD: usize = 2;
    /// R of both.
    pub const CURVATURE: usize = 6;

    /// So many passes, which touched so many rows.
    pub fn add(&mut self, passes: usize, rows: usize) {
        self.passes += passes;
        self.rows += rows;
    }

    /// In gradients, rounded up.
    pub fn gradients(&self) -> usize {
        self.passes.div_ceil(Self::FORWARD + Self::BACKWARD)
    }
}

/// Loss and gradient with which an update ended. Where the next one begins at the same weights, with the same rows and penalties, and
/// nothing is random, it need not compute them again; whatever changed in between shows in the stamp.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Ended {
    stamp: Option<u64>,
    loss: f64,
    #[serde(with = "numbers")]
    gradient: Vec<f32>,
}

impl Ended {
    /// For so many parameters; none where the optimizer does not search.
    pub fn new(parameters: usize) -> Self {
        Ended { stamp: None, loss: f64::NAN, gradient: vec![0.0; parameters] }
    }

    /// For how many.
    pub fn parameters(&self) -> usize {
        self.gradient.len()
    }
}

/// The function that never changes within an update, and what is needed to compute it.
pub struct Function<'a> {
    pub stack: &'a Stack,
    pub loss: &'a dyn Loss,
    pub task: &'a Task,
    pub blocks: &'a [Block],
    pub l1: f64,
    pub l2: f64,
    pub targets: &'a [f32],
    /// What each row counts; see [`Batch`].
    pub weights: Weighing<'a>,
}

impl Function<'_> {
    fn batch<'b>(&'b self, raw: &'b [f32], lanes: usize) -> Batch<'b> {
        Batch { raw, targets: self.targets, lanes, task: self.task, weights: self.weights }
    }

    /// The batch of a few of its rows.
    fn some<'b>(&'b self, few: &'b FewRows, rows: Range<usize>) -> Batch<'b> {
        let raw = few.buffers.activations.last().expect("an output");
        let weights = self.weights.part(rows.clone());
        Batch { raw, targets: &self.targets[rows], lanes: LANES, task: self.task, weights }
    }

    /// The mean loss, and the penalties at `parameters`.
    fn value(&self, batch: Batch, parameters: &[f32]) -> f64 {
        over(self.loss.total(batch), batch.weight_sum()) + penalty::value(self.l1, self.l2, self.blocks, parameters)
    }
}

/// Where passes over the batch happen; its inputs are in `buffers`.
pub struct Space<'a> {
    pub buffers: &'a mut Buffers,
    pub gradients: &'a mut Gradients,
    /// For products with the Hessian, where the optimizer asks for them.
    pub tangents: Option<&'a mut Tangents>,
    /// For the gradient of every row, where it asks for that. All passes are then over a few rows at a time, so that the same noise is drawn.
    pub few: Option<&'a mut FewRows>,
}

/// Buffers of passes over as many rows as a vector has lanes: what it takes to look back from one row is then a few rows' work, not a batch's.
pub struct FewRows {
    buffers: Buffers,
    gradients: Gradients,
}

impl FewRows {
    pub fn new(stack: &Stack) -> Self {
        FewRows { buffers: stack.buffers(LANES), gradients: stack.gradients(LANES) }
    }

    /// ∇z of output `output` of the row in `lane`.
    fn slopes(&mut self, stack: &Stack, parameters: &[f32], output: usize, lane: usize, slopes: &mut [f32]) {
        let delta = self.gradients.deltas.last_mut().expect("an output");
        delta.fill(0.0);
        delta[output * LANES + lane] = 1.0;
        stack.backward(parameters, &self.buffers, &mut self.gradients, slopes);
    }
}

/// What the first pass of an update moves on: running statistics and the stream of noise. `spare` are as many statistics that nobody reads.
pub struct Moved<'a> {
    pub running: &'a mut [f32],
    pub spare: &'a mut [f32],
    pub noise: &'a mut Stream,
}

/// The objective of one update.
pub struct Passes<'a> {
    function: Function<'a>,
    space: Space<'a>,
    moved: Moved<'a>,
    /// The noise of every pass.
    before: Stream,
    ended: &'a mut Ended,
    /// The gradient where the update begins.
    first: &'a mut [f32],
    looked: bool,
    /// The buffers hold the pass at which `evaluate` ended.
    evaluated: bool,
    cost: Cost,
}

impl<'a> Passes<'a> {
    pub fn new(function: Function<'a>, space: Space<'a>, moved: Moved<'a>, ended: &'a mut Ended, first: &'a mut [f32]) -> Self {
        let before = moved.noise.clone();
        Passes { function, space, moved, before, ended, first, looked: false, evaluated: false, cost: Cost::default() }
    }

    /// What it took so far.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    fn forward(&mut self, parameters: &[f32]) {
        let mut again = self.before.clone();
        let (running, noise) =
            if self.looked { (&mut *self.moved.spare, &mut again) } else { (&mut *self.moved.running, &mut *self.moved.noise) };
        (self.looked, self.evaluated) = (true, false);
        self.function.stack.forward(parameters, self.space.buffers, Mode::Train { running, noise });
        self.cost.add(Cost::FORWARD, self.space.buffers.rows);
    }

    /// A pass forward over a few rows after another; `visit` gets them with the outputs in their buffers.
    fn few_rows(&mut self, parameters: &[f32], mut visit: impl FnMut(&Function, &mut FewRows, Range<usize>)) {
        let mut again = self.before.clone();
        let Moved { running, spare, noise } = &mut self.moved;
        let (running, noise) = if self.looked { (spare, &mut again) } else { (running, &mut **noise) };
        let Space { buffers, few, .. } = &mut self.space;
        let few = few.as_deref_mut().expect("one that needs every row");
        for start in (0..buffers.rows).step_by(LANES) {
            let rows = start..(start + LANES).min(buffers.rows);
            few.buffers.rows = rows.len();
            let units = few.buffers.activations[0].chunks_exact_mut(LANES).zip(buffers.activations[0].chunks_exact(buffers.lanes));
            units.for_each(|(to, from)| to.copy_from_slice(&from[start..start + LANES]));
            self.function.stack.forward(parameters, &mut few.buffers, Mode::Train { running, noise });
            visit(&self.function, few, rows);
        }
        (self.looked, self.evaluated) = (true, false);
        self.cost.add(Cost::FORWARD, self.space.buffers.rows);
    }

    /// FNV-1a of all that loss and gradient depend on besides noise, four numbers at a time.
    fn stamp(&self, parameters: &[f32]) -> u64 {
        let mut lanes = [0xcbf2_9ce4_8422_2325_u64; 4];
        let mut add = |values: &[f32]| {
            for four in values.chunks(4) {
                for (lane, value) in lanes.iter_mut().zip(four) {
                    *lane = (*lane ^ u64::from(value.to_bits())).wrapping_mul(0x0000_0100_0000_01b3);
                }
            }
        };
        add(parameters);
        add(&self.space.buffers.activations[0]);
        add(self.function.targets);
        add(self.function.weights.rows);
        let [l1, l2] = [self.function.l1, self.function.l2].map(f64::to_bits);
        lanes.into_iter().chain([l1, l2]).fold(0, |all: u64, part| (all.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// True where passes neither draw noise nor move statistics, so that the next update sees the same function.
    fn lasts(&self) -> bool {
        self.moved.running.is_empty() && *self.moved.noise == self.before
    }
}

impl Objective for Passes<'_> {
    fn evaluate(&mut self, parameters: &[f32], gradient: &mut [f32]) -> f64 {
        let first = !self.looked;
        if first && self.ended.stamp.is_some_and(|stamp| stamp == self.stamp(parameters)) {
            self.looked = true;
            gradient.copy_from_slice(&self.ended.gradient);
            self.first.copy_from_slice(gradient);
            return self.ended.loss;
        }
        self.forward(parameters);
        let raw = self.space.buffers.activations.last().expect("an output");
        let batch = self.function.batch(raw, self.space.buffers.lanes);
        let value = self.function.value(batch, parameters);
        self.function.loss.gradient(batch, self.space.gradients.deltas.last_mut().expect("an output"));
        self.function.stack.backward(parameters, self.space.buffers, self.space.gradients, gradient);
        self.cost.add(Cost::BACKWARD, 0);
        self.evaluated = true;
        let Function { blocks, l1, l2, .. } = self.function;
        penalty::add(l1, l2, blocks, parameters, gradient);
        if first {
            self.first.copy_from_slice(gradient);
        }
        value
    }

    fn loss(&mut self, parameters: &[f32]) -> f64 {
        if self.space.few.is_some() {
            let mut total = 0.0;
            self.few_rows(parameters, |function, few, rows| total += function.loss.total(function.some(few, rows)));
            let Function { blocks, l1, l2, .. } = self.function;
            return over(total, self.function.batch(&[], 0).weight_sum()) + penalty::value(l1, l2, blocks, parameters);
        }
        self.forward(parameters);
        let raw = self.space.buffers.activations.last().expect("an output");
        self.function.value(self.function.batch(raw, self.space.buffers.lanes), parameters)
    }

    fn curvature(&mut self, parameters: &[f32], direction: &[f32], product: &mut [f32]) {
        if !self.evaluated {
            // What `evaluate` said was still known.
            self.forward(parameters);
            self.evaluated = true;
        }
        let Function { stack, loss, blocks, l2, .. } = self.function;
        let tangents = self.space.tangents.as_deref_mut().expect("one that needs curvature");
        stack.tangent_forward(parameters, direction, self.space.buffers, tangents);
        let batch = self.function.batch(self.space.buffers.activations.last().expect("an output"), self.space.buffers.lanes);
        loss.gradient(batch, self.space.gradients.deltas.last_mut().expect("an output"));
        let (along, to) = (tangents.activations.last().expect("an output"), tangents.deltas.last_mut().expect("an output"));
        loss.curvature(batch, along, to);
        stack.tangent_backward(parameters, direction, self.space.buffers, self.space.gradients, tangents, product);
        penalty::curve(l2, blocks, direction, product);
        self.cost.add(Cost::CURVATURE, self.space.buffers.rows);
    }

    fn residuals(&mut self, parameters: &[f32], slopes: &mut [f32], visit: &mut dyn FnMut(f64, f64, &[f32])) -> f64 {
        let (task, outputs) = (self.function.task, self.function.loss.outputs(self.function.task));
        let share = over(1.0, self.function.batch(&[], 0).weight_sum() * outputs as f64);
        let mut loss = 0.0;
        self.few_rows(parameters, |function, few, rows| {
            for (lane, row) in rows.clone().enumerate() {
                for output in 0..outputs {
                    let batch = function.some(few, rows.clone());
                    let weight = batch.weight(lane) * share;
                    let distance = f64::from(batch.raw[output * LANES + lane] - desired(task, function.targets[row], output));
                    loss += weight * distance * distance;
                    few.slopes(function.stack, parameters, output, lane, slopes);
                    visit(weight, distance, slopes);
                }
            }
        });
        self.cost.add(outputs * Cost::BACKWARD, 0);
        let Function { blocks, l1, l2, .. } = self.function;
        loss + penalty::value(l1, l2, blocks, parameters)
    }

    fn penalties(&mut self, parameters: &[f32], slope: &mut [f32], curvature: &mut [f32]) {
        let Function { blocks, l1, l2, .. } = self.function;
        slope.fill(0.0);
        penalty::add(l1, l2, blocks, parameters, slope);
        penalty::diagonal(l2, blocks, curvature);
    }

    fn began(&mut self, gradient: &[f64]) {
        self.first.iter_mut().zip(gradient).for_each(|(to, &slope)| *to = slope as f32);
    }

    fn ended(&mut self, parameters: &[f32], loss: f64, gradient: &[f32]) {
        self.ended.stamp = self.lasts().then(|| self.stamp(parameters));
        self.ended.loss = loss;
        self.ended.gradient.copy_from_slice(gradient);
    }
}
