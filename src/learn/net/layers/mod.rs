//! Layers: a registry of what the user stacks (`dense`), each unrolled into modules as PyTorch numbers them (`Linear`, then its activation).
//!
//! A module sees activations `[units][lanes]`, one column a row of the batch. It owns no parameters: they live in the network's one flat
//! vector, over which the optimizer runs once.

pub mod activate;
pub mod linear;

use super::activation::ActivationConfig;
use super::initialiser::Fan;
use crate::registry;

/// A parameter tensor of a module.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// PyTorch's name within the module: `weight`, `bias`.
    pub name: &'static str,
    pub shape: Vec<usize>,
    /// Set for weights, which are drawn and regularised; biases start at zero and are not.
    pub fan: Option<Fan>,
}

impl Parameter {
    /// Number of values.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// True for a tensor without values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a backward pass reads and writes. Slices are `[units][lanes]`.
pub struct Backward<'a> {
    pub parameters: &'a [f32],
    pub input: &'a [f32],
    pub output: &'a [f32],
    /// ∂L/∂output.
    pub d_output: &'a [f32],
    /// ∂L/∂parameters, overwritten.
    pub d_parameters: &'a mut [f32],
    /// ∂L/∂input, overwritten; none for the first module, where nobody asks.
    pub d_input: Option<&'a mut [f32]>,
    pub lanes: usize,
    /// At least `scratch(lanes)` floats.
    pub scratch: &'a mut [f32],
}

/// One step of the forward pass.
pub trait Module {
    /// Units that leave.
    fn outputs(&self) -> usize;

    /// Tensors in PyTorch's order.
    fn parameters(&self) -> Vec<Parameter>;

    /// Floats that `backward` needs for itself.
    fn scratch(&self, _lanes: usize) -> usize {
        0
    }

    /// Input `[inputs][lanes]` to output `[outputs][lanes]`.
    fn forward(&self, parameters: &[f32], input: &[f32], output: &mut [f32], lanes: usize);

    /// The gradients of what `forward` did.
    fn backward(&self, pass: Backward);
}

/// What a layer is in the drawing.
pub struct Drawn {
    /// `dense`.
    pub name: &'static str,
    pub activation: String,
}

/// A layer as the user sets it.
pub trait Layer {
    /// Its modules, given the units that enter.
    fn modules(&self, inputs: usize) -> Vec<Box<dyn Module>>;

    /// How it is drawn.
    fn drawn(&self) -> Drawn;
}

/// Units times an activation: what `dense` and the output layer share.
pub fn dense_modules(inputs: usize, units: usize, activation: &ActivationConfig) -> Vec<Box<dyn Module>> {
    vec![Box::new(linear::Linear { inputs, outputs: units }), Box::new(activate::Activate { units, activation: activation.clone() })]
}

registry! {
    /// Layer | 层
    ///
    /// One stage of the network. | 网络的一个阶段。
    pub enum LayerConfig: Layer = dense {
        dense::Dense,
    }
}
