//! A stack that is a module of another one: it runs within the slices that it gets, and owns no buffers.

use super::layers::{Backward, Forward, Module, Parameter, Within, floats};
use super::stack::{Place, Stack};
use crate::data::Shape;

/// Modules in a row as one module. Its tensors are named as in a `Sequential`: `0.weight`.
pub struct Nested(Stack);

impl Nested {
    /// A module over such rows; none without modules.
    pub fn new(input: Shape, modules: Vec<Box<dyn Module>>) -> Option<Self> {
        (!modules.is_empty()).then(|| Nested(Stack::new(input, modules)))
    }

    /// Length of its part of the flat parameter vector.
    pub fn parameter_count(&self) -> usize {
        self.0.parameters()
    }

    /// Numbers of its running statistics.
    pub fn running_count(&self) -> usize {
        self.0.running().last().map_or(0, |place| place.range.end)
    }

    /// Units of the output of each module but the last, which is among what is kept.
    fn between_units(&self, module: usize) -> usize {
        if module + 1 < self.0.modules().len() { self.0.modules()[module].output().units() } else { 0 }
    }

    fn between(&self, module: usize, lanes: usize) -> usize {
        self.between_units(module) * lanes
    }

    /// Units of the largest ∂L/∂output between two modules.
    fn delta_units(&self) -> usize {
        (0..self.0.modules().len()).map(|module| self.between_units(module)).max().unwrap_or(0)
    }
}

fn tensors(places: &[Place]) -> Vec<Parameter> {
    places.iter().map(|place| Parameter { name: place.name.clone(), ..place.parameter.clone() }).collect()
}

impl Module for Nested {
    fn output(&self) -> Shape {
        self.0.modules()[self.0.modules().len() - 1].output()
    }

    fn span(&self) -> usize {
        self.0.modules().iter().map(|module| module.span()).sum()
    }

    fn parameters(&self) -> Vec<Parameter> {
        tensors(self.0.places())
    }

    fn running(&self) -> Vec<Parameter> {
        tensors(self.0.running())
    }

    fn multiply_adds(&self) -> u64 {
        self.0.modules().iter().map(|module| module.multiply_adds()).sum()
    }

    /// What each module keeps and then its output, but for the last one's.
    fn kept(&self, lanes: usize) -> u64 {
        self.0.modules().iter().enumerate().map(|(at, module)| module.kept(lanes) + floats(self.between_units(at), lanes)).sum()
    }

    /// ∂L/∂output of two neighbours, and what the modules need for themselves.
    fn scratch(&self, lanes: usize) -> u64 {
        2 * floats(self.delta_units(), lanes) + self.0.modules().iter().map(|module| module.scratch(lanes)).max().unwrap_or(0)
    }

    /// The last module's output is where whoever uses this one puts it: behind what is kept, if it is to be looked at.
    fn within(&self, lanes: usize) -> Vec<Within<'_>> {
        let mut end = 0;
        let place = |module| {
            let module: &dyn Module = module;
            let kept = end..end + module.kept(lanes) as usize;
            end = kept.end + module.output().units() * lanes;
            Within { module, output: kept.end..end, kept }
        };
        self.0.modules().iter().map(|module| &**module).map(place).collect()
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, mut input, output, kept, lanes, rows, mut mode } = pass;
        let (modules, mut kept) = (self.0.modules(), &mut kept[..self.kept(lanes) as usize]);
        let mut output = Some(output);
        for (at, module) in modules.iter().enumerate() {
            let (own, rest) = kept.split_at_mut(module.kept(lanes) as usize);
            let (between, rest) = rest.split_at_mut(self.between(at, lanes));
            kept = rest;
            let last = at + 1 == modules.len();
            let output = if last { output.take().expect("one last module") } else { &mut *between };
            module.forward(Forward {
                parameters: &parameters[self.0.part(at)],
                input,
                output,
                kept: own,
                lanes,
                rows,
                mode: mode.part(self.0.running_part(at)),
            });
            input = between;
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, output, kept, d_output, d_parameters, mut d_input, lanes, rows, scratch } = pass;
        let (modules, mut kept) = (self.0.modules(), &kept[..self.kept(lanes) as usize]);
        let (after, rest) = scratch.split_at_mut(self.delta_units() * lanes);
        let (before, scratch) = rest.split_at_mut(self.delta_units() * lanes);
        let (mut after, mut before, mut output) = (after, before, output);
        for (at, module) in modules.iter().enumerate().rev() {
            let last = at + 1 == modules.len();
            let keeps = module.kept(lanes) as usize;
            let (rest, own) = kept.split_at(kept.len() - self.between(at, lanes) - keeps);
            let own = &own[..keeps];
            let from = if at > 0 { &rest[rest.len() - self.between(at - 1, lanes)..] } else { input };
            kept = rest;
            module.backward(Backward {
                parameters: &parameters[self.0.part(at)],
                input: from,
                output,
                kept: own,
                d_output: if last { &mut *d_output } else { &mut *after },
                d_parameters: &mut d_parameters[self.0.part(at)],
                d_input: if at > 0 { Some(&mut *before) } else { d_input.take() },
                lanes,
                rows,
                scratch: &mut *scratch,
            });
            std::mem::swap(&mut after, &mut before);
            output = from;
        }
    }
}
