//! `Trainer`: an optimizer with its schedule and what is done around its step, over one flat vector of weights. A learner owns as many as it has vectors
//! that are trained apart: a network one, a generator and its discriminator one each. In which order things are done is in `control/mod.rs`.
//!
//! Two sets of weights can exist at once: those in training, at which gradients are taken, and those with which a model answers, where the optimizer or
//! `average` keeps an average of them.

use super::control::average::{Average, Averaged};
use super::control::clip::Clip;
use super::control::max_norm::MaxNorm;
use super::control::tuning::{Groups, Tuning};
use super::control::{decay, penalty};
use super::optimizer::{Block, Optimizer, OptimizerConfig, Slots, Step};
use super::schedule::warmup::Warmup;
use super::schedule::{Heard, Memory, ScheduleConfig};
use super::stack::Stack;
use crate::learn::numbers;
use crate::metric::Direction;
use serde::{Deserialize, Serialize};

/// How weights are trained: settings that may change on the way, but for the kind of the optimizer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recipe {
    pub optimizer: OptimizerConfig,
    pub schedule: ScheduleConfig,
    pub warmup: Warmup,
    pub l1: f64,
    pub l2: f64,
    pub weight_decay: f64,
    pub max_norm: MaxNorm,
    pub clip: Clip,
    pub average: Average,
    pub tuning: Vec<Tuning>,
}

impl Recipe {
    /// The rate after so many updates, with what the schedule has heard.
    pub fn rate(&self, done: u64, memory: &Memory) -> f64 {
        self.warmup.rate(self.schedule.part(), self.optimizer.part().learning_rate(), done, memory)
    }
}

/// All that a trainer changes besides the weights.
#[derive(Clone, Serialize, Deserialize)]
pub struct Progress {
    /// The optimizer's moments, and what else it remembers of each tensor.
    #[serde(with = "numbers")]
    pub slots: Vec<f32>,
    #[serde(with = "numbers")]
    pub memory: Vec<f64>,
    average: Averaged,
    pub updates: u64,
    /// How many of them each module sat out, frozen.
    #[serde(with = "numbers")]
    idle: Vec<u64>,
    schedule: Memory,
}

/// Weights in training.
pub struct Trainer {
    recipe: Recipe,
    /// The tensors as the optimizer sees them.
    blocks: Vec<Block>,
    /// The same, as they are trained now.
    groups: Groups,
    /// What the optimizer works with within one step.
    pub scratch: Vec<f64>,
    /// The gradient's norm before it was clipped, where it was.
    unclipped: Option<f64>,
}

/// Numbers that the optimizer works with within a step over any of these tensors, or in a search over all of them.
pub fn scratch(optimizer: &dyn Optimizer, blocks: &[Block]) -> u64 {
    match optimizer.search() {
        Some(search) => search.work(blocks.iter().map(|block| block.range.len() as u64).sum()),
        None => blocks.iter().map(|block| optimizer.scratch(block)).max().unwrap_or(0),
    }
}

/// Numbers that the optimizer remembers besides its slots.
pub fn memory(optimizer: &dyn Optimizer, blocks: &[Block]) -> u64 {
    match optimizer.search() {
        Some(search) => search.remembers(),
        None => blocks.iter().map(|block| optimizer.memory(block)).sum(),
    }
}

impl Trainer {
    /// Over the parameters of a stack, before the first update.
    pub fn new(recipe: Recipe, stack: &Stack, parameters: &[f32]) -> (Self, Progress) {
        let optimizer = recipe.optimizer.part();
        let mut slots = vec![0.0; optimizer.slots() * parameters.len()];
        slots.chunks_exact_mut(parameters.len().max(1)).take(optimizer.iterates()).for_each(|iterate| iterate.copy_from_slice(parameters));
        let blocks = Block::list(stack.places(), optimizer);
        let idle = vec![0; stack.modules().len()];
        let progress = Progress {
            slots,
            memory: vec![0.0; memory(optimizer, &blocks) as usize],
            average: Averaged::new(&recipe.average, parameters),
            updates: 0,
            schedule: Memory::default(),
            idle,
        };
        let trainer = Trainer {
            groups: Groups::new(&recipe.tuning, stack.places(), &blocks, 0, &progress.idle),
            scratch: vec![0.0; scratch(optimizer, &blocks) as usize],
            unclipped: None,
            blocks,
            recipe,
        };
        (trainer, progress)
    }

    /// How it trains.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The tensors as the optimizer sees them.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The same, as they are trained now.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The gradient's norm before it was clipped, where it was.
    pub fn unclipped(&self) -> Option<f64> {
        self.unclipped
    }

    /// The learning rate of the next update.
    pub fn rate(&self, progress: &Progress) -> f64 {
        self.recipe.rate(progress.updates, &progress.schedule)
    }

    /// From the gradient, which is changed on the way, to new weights.
    pub fn step(&mut self, stack: &Stack, rate: f64, parameters: &mut [f32], gradient: &mut [f32], progress: &mut Progress) {
        if progress.updates >= self.groups.thaw {
            self.regroup(stack, progress);
        }
        let (recipe, groups) = (&self.recipe, &self.groups);
        penalty::add(recipe.l1, recipe.l2, &self.blocks, parameters, gradient);
        groups.rest(gradient, &mut progress.idle);
        for group in groups.resting() {
            group.blocks.iter().for_each(|block| recipe.optimizer.part().sit_out(rate * group.rate, block, &mut progress.memory));
        }
        self.unclipped = recipe.clip.apply(gradient);
        progress.updates += 1;
        let length = parameters.len();
        for group in groups.trained() {
            let (rate, range, blocks) = (rate * group.rate, group.range.clone(), &group.blocks);
            let own = &mut parameters[range.clone()];
            decay::shrink(rate, recipe.weight_decay, blocks, own);
            recipe.optimizer.part().step(Step {
                rate,
                update: progress.updates - group.idle,
                parameters: own,
                gradient: &gradient[range.clone()],
                slots: Slots::new(&mut progress.slots, length, range),
                blocks,
                memory: &mut progress.memory,
                scratch: &mut self.scratch,
            });
            recipe.max_norm.apply(blocks, own);
        }
        progress.average.follow(&recipe.average, parameters);
    }

    /// What follows an update that an optimizer has searched for by itself.
    pub fn searched(&self, parameters: &mut [f32], progress: &mut Progress) {
        progress.updates += 1;
        self.recipe.max_norm.apply(&self.blocks, parameters);
        progress.average.follow(&self.recipe.average, parameters);
    }

    /// Groups the tensors anew: something thawed, or the rules or the progress are others.
    pub fn regroup(&mut self, stack: &Stack, progress: &Progress) {
        self.groups = Groups::new(&self.recipe.tuning, stack.places(), &self.blocks, progress.updates, &progress.idle);
    }

    /// The weights with which a model answers, of those that are trained.
    pub fn answering<'a>(&self, parameters: &'a [f32], progress: &'a Progress) -> &'a [f32] {
        match progress.average.weights() {
            Some(average) => average,
            None if self.recipe.optimizer.part().iterates() > 0 => &progress.slots[..parameters.len()],
            None => parameters,
        }
    }

    /// Changes the weights from outside, in every form in which they are kept.
    pub fn change(&self, parameters: &mut [f32], progress: &mut Progress, mut change: impl FnMut(&mut [f32])) {
        let length = parameters.len();
        change(parameters);
        progress.average.weights_mut().into_iter().for_each(&mut change);
        let iterates = progress.slots.chunks_exact_mut(length.max(1)).take(self.recipe.optimizer.part().iterates());
        iterates.for_each(&mut change);
    }

    /// Whether it can go on with another recipe: one of the same kind of optimizer, which goes on with what the present one remembers.
    pub fn can_take(&self, new: &Recipe, stack: &Stack, parameters: &[f32], progress: &Progress) -> bool {
        let optimizer = new.optimizer.part();
        let blocks = Block::list(stack.places(), optimizer);
        let sizes = (optimizer.slots() * parameters.len(), memory(optimizer, &blocks) as usize, scratch(optimizer, &blocks) as usize);
        new.optimizer.name() == self.recipe.optimizer.name()
            && blocks == self.blocks
            && sizes == (progress.slots.len(), progress.memory.len(), self.scratch.len())
    }

    /// Goes on with a recipe that it can take.
    pub fn take(&mut self, new: Recipe, stack: &Stack, progress: &mut Progress) {
        if new.schedule != self.recipe.schedule {
            progress.schedule = Memory::default();
        }
        self.recipe = new;
        self.regroup(stack, progress);
    }

    /// Tells the schedule what was measured, once the warm-up is over.
    pub fn hear(&self, progress: &mut Progress, value: f64, better: Direction) {
        if self.recipe.warmup.is_over(progress.updates) {
            let base = self.recipe.optimizer.part().learning_rate();
            self.recipe.schedule.part().observe(&mut progress.schedule, Heard { value, better }, base);
        }
    }
}

impl Progress {
    /// Whether it could be that of the same trainer.
    pub fn is_like(&self, other: &Progress, parameters: usize) -> bool {
        // It may be older than the average.
        let average = self.average.weights().is_none_or(|weights| weights.len() == parameters);
        average && (self.slots.len(), self.memory.len(), self.idle.len()) == (other.slots.len(), other.memory.len(), other.idle.len())
    }
}
