//! Layers: a registry of what the user stacks (`dense`), each of which makes a module.
//!
//! A module sees activations `[units][lanes]`, one column a row of the batch. It owns no parameters: they live in the network's one flat
//! vector, over which the optimizer runs once. It owns no buffers either: it says what it needs, and the stack sizes it once.

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

/// What a forward pass reads and writes. Slices are `[units][lanes]`.
pub struct Forward<'a> {
    pub parameters: &'a [f32],
    pub input: &'a [f32],
    pub output: &'a mut [f32],
    /// `kept(lanes)` floats that the backward pass of the same batch gets back.
    pub kept: &'a mut [f32],
    pub lanes: usize,
}

/// What a backward pass reads and writes. Slices are `[units][lanes]`.
pub struct Backward<'a> {
    pub parameters: &'a [f32],
    pub input: &'a [f32],
    pub output: &'a [f32],
    /// As `forward` left it.
    pub kept: &'a [f32],
    /// ∂L/∂output, zero in padding lanes; may be used up.
    pub d_output: &'a mut [f32],
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

    /// Places that it takes in PyTorch's `Sequential`, its activation's included.
    fn span(&self) -> usize;

    /// Tensors in PyTorch's order; they belong to the first of its places.
    fn parameters(&self) -> Vec<Parameter>;

    /// Floats that the forward pass leaves for the backward pass.
    fn kept(&self, _lanes: usize) -> usize {
        0
    }

    /// Floats that `backward` needs for itself.
    fn scratch(&self, _lanes: usize) -> usize {
        0
    }

    /// Input `[inputs][lanes]` to output `[outputs][lanes]`.
    fn forward(&self, pass: Forward);

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
    /// Its module, given the units that enter.
    fn module(&self, inputs: usize) -> Box<dyn Module>;

    /// How it is drawn.
    fn drawn(&self) -> Drawn;
}

registry! {
    /// Layer | 层
    ///
    /// One stage of the network. | 网络的一个阶段。
    pub enum LayerConfig: Layer = dense {
        dense::Dense,
    }
}
