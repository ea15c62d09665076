//! Optimizers: how a gradient becomes a step. Settings only; their moments live in the network, so that a snapshot has them.

mod line_search;
mod moments;
pub mod search;

use super::layers::Parameter;
use super::stack::Place;
use crate::registry;
use search::Search;
use std::ops::Range;

/// What one update works on. All slices run over the network's flat parameter vector.
pub struct Step<'a> {
    /// Learning rate after the schedule.
    pub rate: f64,
    /// This update's number, from 1.
    pub update: u64,
    pub parameters: &'a mut [f32],
    pub gradient: &'a [f32],
    /// `slots()` vectors of the parameters' length; the first `iterates()` are weights, the others zero before the first update.
    pub slots: Slots<'a>,
    /// The tensors that the parameters are.
    pub blocks: &'a [Block],
    /// What the optimizer remembers of each tensor besides, at its block's `memory`; zero before the first update.
    pub memory: &'a mut [f64],
    /// At least `scratch(block)` numbers for any of the blocks, with whatever the last step left in them.
    pub scratch: &'a mut [f64],
}

/// Moments of a range of the parameters: `slots()` vectors over all parameters, of which only this range is seen.
pub struct Slots<'a> {
    all: &'a mut [f32],
    stride: usize,
    range: Range<usize>,
}

impl<'a> Slots<'a> {
    /// `all` holds vectors of `stride` floats one after the other.
    pub fn new(all: &'a mut [f32], stride: usize, range: Range<usize>) -> Self {
        Slots { all, stride, range }
    }

    /// The first `N` vectors.
    pub fn take<const N: usize>(self) -> [&'a mut [f32]; N] {
        let Slots { all: mut rest, stride, range } = self;
        std::array::from_fn(|_| {
            let (slot, after) = std::mem::take(&mut rest).split_at_mut(stride);
            rest = after;
            &mut slot[range.clone()]
        })
    }
}

/// A tensor among the parameters of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub range: Range<usize>,
    /// As a matrix: its first dimension, and the product of the others.
    pub rows: usize,
    pub columns: usize,
    /// A weight, not a bias or a scale.
    pub weight: bool,
    /// Its part of the optimizer's memory.
    pub memory: Range<usize>,
}

impl Block {
    /// The tensors of a network in their order.
    pub fn list(places: &[Place], optimizer: &dyn Optimizer) -> Vec<Block> {
        let mut end = 0;
        let block = |place: &Place| {
            let mut block = Block { range: place.range.clone(), ..Block::alone(&place.parameter) };
            block.memory = end..end + optimizer.memory(&block) as usize;
            end = block.memory.end;
            block
        };
        places.iter().map(block).collect()
    }

    /// A tensor among no others, which nothing is remembered of yet; it may be larger than what can be held.
    pub fn alone(parameter: &Parameter) -> Block {
        let (rows, columns) = (parameter.shape[0], parameter.shape[1..].iter().fold(1, |count: usize, &side| count.saturating_mul(side)));
        Block { range: 0..rows.saturating_mul(columns), rows, columns, weight: parameter.is_weight(), memory: 0..0 }
    }
}

/// A rule of descent.
pub trait Optimizer {
    /// The rate before the schedule.
    fn learning_rate(&self) -> f64;

    /// Numbers to remember for each parameter.
    fn slots(&self) -> usize {
        0
    }

    /// Numbers to remember of a whole tensor: factors of its preconditioner.
    fn memory(&self, _block: &Block) -> u64 {
        0
    }

    /// So many of the slots, the first ones, are weights themselves: they begin as the parameters do, and the first of them is what the model answers
    /// with, while gradients are taken at the parameters.
    fn iterates(&self) -> usize {
        0
    }

    /// Numbers that a step over this tensor works with, and need not remember.
    fn scratch(&self, _block: &Block) -> u64 {
        0
    }

    /// Rows in an update, given the batch size that is set and the number of training rows.
    fn batch(&self, batch_size: usize, rows: usize) -> usize {
        batch_size.min(rows)
    }

    /// One update.
    fn step(&self, step: Step);

    /// An update that a frozen tensor sits out, for what counts it all the same.
    fn sit_out(&self, _rate: f64, _block: &Block, _memory: &mut [f64]) {}

    /// Itself where it looks at the loss more than once an update and chooses the length of its steps: then `step` is not called, and the
    /// learning rate is 1, which no schedule changes.
    fn search(&self) -> Option<&dyn Search> {
        None
    }
}

/// θ ← θ − ηg.
fn descend(step: Step) {
    let rate = step.rate as f32;
    for (p, &g) in step.parameters.iter_mut().zip(step.gradient) {
        *p -= rate * g;
    }
}

registry! {
    /// Optimizer | 优化器
    ///
    /// How the slope of the loss becomes a step of the weights. | 如何把损失的坡度变成权重的一步更新。
    pub enum OptimizerConfig: Optimizer = adam {
        gradient_descent::GradientDescent,
        sgd::Sgd,
        mini_batch::MiniBatch,
        momentum::Momentum,
        nesterov::Nesterov,
        adagrad::Adagrad,
        rmsprop::Rmsprop,
        adam::Adam,
        adamw::Adamw,
        nadam::Nadam,
        lion::Lion,
        lbfgs::Lbfgs,
        newton::Newton,
        levenberg_marquardt::LevenbergMarquardt,
        muon::Muon,
        shampoo::Shampoo,
        soap::Soap,
        schedule_free_adamw::ScheduleFreeAdamw,
    }
}
