//! `SurfaceRace`: all racers in lock-step, an update at a time, each with its whole way behind it.
//!
//! A racer that came within the tolerance of the lowest value has arrived and stays there. One whose place or value is not finite any more, or
//! that has gone further than [`FAR`], has diverged. Noise is one named stream for every racer: at one update all are pushed alike.

use super::document::Contest;
use super::objective::{Ended, Look, gradient, place};
use super::{Surface, SurfaceConfig};
use crate::learn::net::optimizer::search::{Searching, Work};
use crate::learn::net::optimizer::{Block, OptimizerConfig, Slots, Step};
use crate::learn::net::schedule::{Heard, Memory, ScheduleConfig};
use crate::learn::net::trainer;
use crate::math::random::{self, Stream};
use crate::metric::Direction;
use schemars::JsonSchema;
use serde::Serialize;

/// How far from the origin along an axis a racer may go.
pub const FAR: f32 = 1e6;

/// How a racer stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Running,
    Arrived,
    Diverged,
}

/// One racer on its way.
pub struct Runner {
    optimizer: OptimizerConfig,
    schedule: ScheduleConfig,
    parameters: [f32; 2],
    slots: Vec<f32>,
    memory: Vec<f64>,
    scratch: Vec<f64>,
    plan: Memory,
    noise: Stream,
    ended: Ended,
    standing: Standing,
    /// x and y after every update, the start first.
    path: Vec<f32>,
    /// f at each of them.
    values: Vec<f64>,
    /// Gradient evaluations up to each of them.
    gradients: Vec<u32>,
    block: [Block; 1],
}

/// A race from its start on.
pub struct SurfaceRace {
    surface: SurfaceConfig,
    lowest: f64,
    tolerance: f64,
    noise: f64,
    max_updates: u32,
    update: u32,
    runners: Vec<Runner>,
}

/// x and y as the one tensor of a network, one row long.
fn block(optimizer: &OptimizerConfig) -> Block {
    let mut block = Block { range: 0..2, rows: 1, columns: 2, weight: true, memory: 0..0 };
    block.memory = 0..optimizer.part().memory(&block) as usize;
    block
}

impl SurfaceRace {
    /// At the start. The document was checked.
    pub fn new(contest: &Contest) -> Self {
        let surface = contest.surface.part();
        let lowest = surface.minima().into_iter().map(|at| surface.value(at)).fold(f64::INFINITY, f64::min);
        let start = contest.start().map(|value| value as f32);
        let runners = contest.racers.iter().map(|racer| {
            let block = [block(&racer.optimizer)];
            let optimizer = racer.optimizer.part();
            let mut slots = vec![0.0; 2 * optimizer.slots()];
            slots.chunks_exact_mut(2).take(optimizer.iterates()).for_each(|iterate| iterate.copy_from_slice(&start));
            Runner {
                slots,
                memory: vec![0.0; trainer::memory(optimizer, &block) as usize],
                scratch: vec![0.0; trainer::scratch(optimizer, &block) as usize],
                plan: Memory::default(),
                noise: random::stream(contest.seed, "surface/noise"),
                ended: None,
                standing: Standing::Running,
                path: Vec::new(),
                values: Vec::new(),
                gradients: Vec::new(),
                parameters: start,
                optimizer: racer.optimizer.clone(),
                schedule: racer.schedule.clone(),
                block,
            }
        });
        let mut race = SurfaceRace {
            surface: contest.surface.clone(),
            lowest,
            tolerance: contest.tolerance,
            noise: contest.noise,
            max_updates: contest.max_updates,
            update: 0,
            runners: runners.collect(),
        };
        let (surface, finish) = (race.surface.part(), race.finish());
        race.runners.iter_mut().for_each(|runner| runner.note(surface, finish, 0));
        race
    }

    /// One update of every racer that still runs; false once none does or the last update is done.
    pub fn tick(&mut self) -> bool {
        if self.is_over() {
            return false;
        }
        self.update += 1;
        let (surface, finish) = (self.surface.part(), self.finish());
        for runner in self.runners.iter_mut().filter(|runner| runner.standing == Standing::Running) {
            let cost = runner.update(surface, self.update, self.noise);
            runner.note(surface, finish, cost);
        }
        !self.is_over()
    }

    /// To the end.
    pub fn run(&mut self) {
        while self.tick() {}
    }

    fn is_over(&self) -> bool {
        self.update >= self.max_updates || self.runners.iter().all(|runner| runner.standing != Standing::Running)
    }

    /// Who is not above this has arrived.
    fn finish(&self) -> f64 {
        self.lowest + self.tolerance
    }

    /// Updates that were made.
    pub fn update(&self) -> u32 {
        self.update
    }

    /// The lowest value of the surface.
    pub fn lowest(&self) -> f64 {
        self.lowest
    }

    /// The racers, in the document's order.
    pub fn runners(&self) -> &[Runner] {
        &self.runners
    }
}

impl Runner {
    /// One update, the network's own code; returns the gradients that it cost.
    fn update(&mut self, surface: &dyn Surface, update: u32, sigma: f64) -> u32 {
        let optimizer = self.optimizer.part();
        let noise = if sigma > 0.0 { [0, 1].map(|_| sigma * f64::from(random::normal(&mut self.noise))) } else { [0.0; 2] };
        if let Some(search) = optimizer.search() {
            let mut look = Look::new(surface, &self.parameters, noise, &mut self.ended);
            let Runner { parameters, slots, memory, scratch, .. } = self;
            search.search(Searching { parameters, slots, memory, work: Work(scratch) }, &mut look);
            return look.cost.gradients() as u32;
        }
        let gradient = gradient(surface, &self.parameters, noise);
        optimizer.step(Step {
            rate: self.schedule.part().rate(optimizer.learning_rate(), u64::from(update - 1), &self.plan),
            update: u64::from(update),
            parameters: &mut self.parameters,
            gradient: &gradient,
            slots: Slots::new(&mut self.slots, 2, 0..2),
            blocks: &self.block,
            memory: &mut self.memory,
            scratch: &mut self.scratch,
        });
        1
    }

    /// Writes down where it is.
    fn note(&mut self, surface: &dyn Surface, finish: f64, cost: u32) {
        let at = if self.optimizer.part().iterates() > 0 { [self.slots[0], self.slots[1]] } else { self.parameters };
        let value = surface.value(place(&at));
        self.path.extend(at);
        self.values.push(value);
        self.gradients.push(self.gradients.last().unwrap_or(&0) + cost);
        let lost = |x: &f32| !x.is_finite() || x.abs() > FAR;
        if !value.is_finite() || at.iter().chain(&self.parameters).any(lost) {
            self.standing = Standing::Diverged;
        } else if value <= finish {
            self.standing = Standing::Arrived;
        }
        // A schedule that listens hears of every value.
        let heard = Heard { value, better: Direction::Down };
        self.schedule.part().observe(&mut self.plan, heard, self.optimizer.part().learning_rate());
    }

    /// How it stands after the race's last update.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// x and y after every update of its own, the start first.
    pub fn path(&self) -> &[f32] {
        &self.path
    }

    /// f at every place of its path.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Gradient evaluations up to every place of its path.
    pub fn gradients(&self) -> &[u32] {
        &self.gradients
    }
}
