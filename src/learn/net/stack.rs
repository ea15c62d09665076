//! A stack of modules with one flat parameter vector: forward and backward through all of them.

use super::initialiser::Initialiser;
use super::layers::tangent::{Tangent, TangentBackward, TangentDeltas, TangentForward};
use super::layers::{Backward, Forward, Initial, Mode, Module, Parameter};
use crate::data::Shape;
use crate::math::random::{self, Stream};
use std::ops::Range;

/// A tensor's place in a flat vector.
#[derive(Clone, Debug)]
pub struct Place {
    /// `0.weight`: the module's place in PyTorch's `Sequential`, then the tensor's name.
    pub name: String,
    pub parameter: Parameter,
    pub range: Range<usize>,
    /// Which module it belongs to.
    pub module: usize,
}

/// Modules in order, and where their parameters are.
pub struct Stack {
    modules: Vec<Box<dyn Module>>,
    input: Shape,
    /// Each module's part of the flat vector of parameters, and of that of running statistics.
    parts: Vec<Range<usize>>,
    running_parts: Vec<Range<usize>>,
    places: Vec<Place>,
    running: Vec<Place>,
}

/// Buffers of one pass: `activations[0]` is the input, `activations[i + 1]` what module `i` makes of it, `[units][lanes]` each.
pub struct Buffers {
    pub lanes: usize,
    /// Rows of the batch that is in them.
    pub rows: usize,
    pub activations: Vec<Vec<f32>>,
    /// What each module keeps for its backward pass.
    pub kept: Vec<Vec<f32>>,
}

/// What a backward pass needs besides.
pub struct Gradients {
    /// ∂L/∂activations, one for one; the first stays empty where nobody asks for the gradient with respect to the inputs.
    pub deltas: Vec<Vec<f32>>,
    scratch: Vec<f32>,
}

/// Buffers of the tangent passes of the same batches: R of everything.
pub struct Tangents {
    /// R of the activations; the first stays empty, for the input does not move.
    pub activations: Vec<Vec<f32>>,
    kept: Vec<Vec<f32>>,
    /// R of the deltas, likewise.
    pub deltas: Vec<Vec<f32>>,
    scratch: Vec<f32>,
}

/// Floats that a forward pass over so many lanes leaves behind: activations, and what modules keep. This and what follows holds for modules that no
/// machine could run as well.
pub fn forward_floats(input: Shape, modules: &[Box<dyn Module>], lanes: usize) -> u64 {
    let of = |module: &dyn Module| module.output().numbers().saturating_mul(lanes as u64).saturating_add(module.kept(lanes));
    modules.iter().fold(input.numbers().saturating_mul(lanes as u64), |sum: u64, module| sum.saturating_add(of(&**module)))
}

/// Floats that the backward pass of the same lanes takes besides: deltas, and the modules' scratch.
pub fn backward_floats(modules: &[Box<dyn Module>], lanes: usize) -> u64 {
    let scratch = modules.iter().map(|module| module.scratch(lanes)).max().unwrap_or(0);
    modules.iter().fold(scratch, |sum, module| sum.saturating_add(module.output().numbers().saturating_mul(lanes as u64)))
}

/// Lists the tensors of all modules in a row: each module's part, each tensor's place.
fn lay_out(modules: &[Box<dyn Module>], tensors: impl Fn(&dyn Module) -> Vec<Parameter>) -> (Vec<Range<usize>>, Vec<Place>) {
    let (mut parts, mut places, mut at, mut index) = (Vec::new(), Vec::new(), 0, 0);
    for (module, of) in modules.iter().enumerate() {
        let start = at;
        for parameter in tensors(&**of) {
            let range = at..at + parameter.len();
            at = range.end;
            places.push(Place { name: format!("{index}.{}", parameter.name), parameter, range, module });
        }
        parts.push(start..at);
        index += of.span();
    }
    (parts, places)
}

impl Stack {
    /// A stack over such rows.
    pub fn new(input: Shape, modules: Vec<Box<dyn Module>>) -> Self {
        let (parts, places) = lay_out(&modules, |module| module.parameters());
        let (running_parts, running) = lay_out(&modules, |module| module.running());
        Stack { modules, input, parts, running_parts, places, running }
    }

    /// Length of the flat parameter vector.
    pub fn parameters(&self) -> usize {
        self.parts.last().map_or(0, |part| part.end)
    }

    /// The modules, first to last.
    pub fn modules(&self) -> &[Box<dyn Module>] {
        &self.modules
    }

    /// A module's part of the flat vector of parameters.
    pub fn part(&self, module: usize) -> Range<usize> {
        self.parts[module].clone()
    }

    /// The same of that of running statistics.
    pub fn running_part(&self, module: usize) -> Range<usize> {
        self.running_parts[module].clone()
    }

    /// What enters.
    pub fn input(&self) -> Shape {
        self.input
    }

    /// Every parameter tensor, in PyTorch's order.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Every tensor of running statistics, in PyTorch's order.
    pub fn running(&self) -> &[Place] {
        &self.running
    }

    /// Buffers for batches of up to `lanes` lanes.
    pub fn buffers(&self, lanes: usize) -> Buffers {
        let units = std::iter::once(self.input.units()).chain(self.modules.iter().map(|module| module.output().units()));
        Buffers {
            lanes,
            rows: lanes,
            activations: units.map(|units| vec![0.0; units * lanes]).collect(),
            kept: self.modules.iter().map(|module| vec![0.0; module.kept(lanes) as usize]).collect(),
        }
    }

    /// Buffers for the backward pass of the same batches.
    pub fn gradients(&self, lanes: usize) -> Gradients {
        let deltas = std::iter::once(Vec::new()).chain(self.modules.iter().map(|module| vec![0.0; module.output().units() * lanes]));
        let scratch = self.modules.iter().map(|module| module.scratch(lanes)).max().unwrap_or(0);
        Gradients { deltas: deltas.collect(), scratch: vec![0.0; scratch as usize] }
    }

    /// The same, for passes that go on to ∂L/∂inputs, which is then the first delta.
    pub fn gradients_to_inputs(&self, lanes: usize) -> Gradients {
        let mut gradients = self.gradients(lanes);
        gradients.deltas[0] = vec![0.0; self.input.units() * lanes];
        gradients
    }

    /// With what the parameters begin.
    pub fn initial(&self, initialiser: &dyn Initialiser, stream: &mut Stream) -> Vec<f32> {
        let mut parameters = vec![0.0; self.parameters()];
        for place in &self.places {
            let values = &mut parameters[place.range.clone()];
            match place.parameter.initial {
                Initial::Drawn(fan) => initialiser.fill(stream, fan, values),
                Initial::Normal => values.iter_mut().for_each(|value| *value = random::normal(stream)),
                Initial::Constant(constant) => values.fill(constant),
            }
        }
        parameters
    }

    /// With what the running statistics begin.
    pub fn initial_running(&self) -> Vec<f32> {
        let values = self.running.iter().flat_map(|place| match place.parameter.initial {
            Initial::Constant(value) => vec![value; place.range.len()],
            other => unreachable!("statistics begin with a constant, not {other:?}"),
        });
        values.collect()
    }

    /// Fills every activation from `activations[0]`.
    pub fn forward(&self, parameters: &[f32], buffers: &mut Buffers, mut mode: Mode) {
        for index in 0..self.modules.len() {
            self.forward_one(index, parameters, buffers, &mut mode);
        }
    }

    /// The forward pass of one module, whose input is there.
    pub fn forward_one(&self, index: usize, parameters: &[f32], buffers: &mut Buffers, mode: &mut Mode) {
        let (before, after) = buffers.activations.split_at_mut(index + 1);
        self.modules[index].forward(Forward {
            parameters: &parameters[self.part(index)],
            input: &before[index],
            output: &mut after[0],
            kept: &mut buffers.kept[index],
            lanes: buffers.lanes,
            rows: buffers.rows,
            mode: mode.part(self.running_part(index)),
        });
    }

    /// Overwrites `gradient` from the last delta, which the loss has filled.
    pub fn backward(&self, parameters: &[f32], buffers: &Buffers, gradients: &mut Gradients, gradient: &mut [f32]) {
        for index in (0..self.modules.len()).rev() {
            self.backward_one(index, parameters, buffers, gradients, gradient);
        }
    }

    /// The backward pass of one module, whose delta is there.
    pub fn backward_one(&self, index: usize, parameters: &[f32], buffers: &Buffers, gradients: &mut Gradients, gradient: &mut [f32]) {
        let (before, after) = gradients.deltas.split_at_mut(index + 1);
        self.modules[index].backward(Backward {
            parameters: &parameters[self.part(index)],
            input: &buffers.activations[index],
            output: &buffers.activations[index + 1],
            kept: &buffers.kept[index],
            d_output: &mut after[0],
            d_parameters: &mut gradient[self.part(index)],
            d_input: Some(&mut before[index][..]).filter(|delta| !delta.is_empty()),
            lanes: buffers.lanes,
            rows: buffers.rows,
            scratch: &mut gradients.scratch,
        });
    }

    /// The first module that has no tangent passes.
    pub fn without_tangent(&self) -> Option<usize> {
        self.modules.iter().position(|module| module.tangent().is_none())
    }

    fn tangent(&self, index: usize) -> &dyn Tangent {
        self.modules[index].tangent().expect("checked before")
    }

    /// Buffers for tangent passes, which all modules must have.
    pub fn tangents(&self, lanes: usize) -> Tangents {
        let units = || std::iter::once(Vec::new()).chain(self.modules.iter().map(|module| vec![0.0; module.output().units() * lanes]));
        let all = || (0..self.modules.len()).map(|index| self.tangent(index));
        Tangents {
            activations: units().collect(),
            kept: all().map(|tangent| vec![0.0; tangent.kept(lanes)]).collect(),
            deltas: units().collect(),
            scratch: vec![0.0; all().map(|tangent| tangent.scratch(lanes)).max().unwrap_or(0)],
        }
    }

    /// Fills R of every activation, as the parameters move along `direction`, after `forward` at them in training.
    pub fn tangent_forward(&self, parameters: &[f32], direction: &[f32], buffers: &Buffers, tangents: &mut Tangents) {
        for index in 0..self.modules.len() {
            let (before, after) = tangents.activations.split_at_mut(index + 1);
            self.tangent(index).forward(TangentForward {
                parameters: &parameters[self.parts[index].clone()],
                direction: &direction[self.parts[index].clone()],
                input: &buffers.activations[index],
                r_input: (index > 0).then_some(&before[index][..]),
                output: &buffers.activations[index + 1],
                kept: &buffers.kept[index],
                r_output: &mut after[0],
                r_kept: &mut tangents.kept[index],
                lanes: buffers.lanes,
                rows: buffers.rows,
                scratch: &mut tangents.scratch,
            });
        }
    }

    /// Overwrites `product` with R of the gradient, the Hessian times `direction`, from the last delta and R of it, which the loss has filled.
    pub fn tangent_backward(
        &self,
        parameters: &[f32],
        direction: &[f32],
        buffers: &Buffers,
        gradients: &mut Gradients,
        tangents: &mut Tangents,
        product: &mut [f32],
    ) {
        for index in (0..self.modules.len()).rev() {
            let (before, after) = gradients.deltas.split_at_mut(index + 1);
            let (r_before, r_after) = tangents.deltas.split_at_mut(index + 1);
            self.tangent(index).backward(TangentBackward {
                parameters: &parameters[self.parts[index].clone()],
                direction: &direction[self.parts[index].clone()],
                input: &buffers.activations[index],
                r_input: (index > 0).then_some(&tangents.activations[index][..]),
                output: &buffers.activations[index + 1],
                kept: &buffers.kept[index],
                r_kept: &tangents.kept[index],
                d_output: &mut after[0],
                rd_output: &mut r_after[0],
                rd_parameters: &mut product[self.parts[index].clone()],
                d_input: (index > 0).then_some(TangentDeltas { d: &mut before[index], rd: &mut r_before[index] }),
                lanes: buffers.lanes,
                rows: buffers.rows,
                scratch: &mut tangents.scratch,
            });
        }
    }
}
