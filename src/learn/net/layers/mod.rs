//! Layers: a registry of what the user stacks (`dense`), each of which makes a module.
//!
//! A module sees activations `[units][lanes]`, one column a row of the batch; the units of an image are `[channels][height][width]`, those of a
//! sequence `[steps][features]`, so that flattening moves nothing. It owns no parameters: they live in the network's one flat
//! vector, over which the optimizer runs once. It owns no buffers either: it says what it needs, and the stack sizes it once.

mod image;

use super::activation::ActivationConfig;
use super::initialiser::Fan;
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary::LANES;
use crate::math::random::Stream;
use crate::{message, registry};
use std::ops::Range;
use tangent::Tangent;

mod recurrent;
pub mod tangent;

/// Floats of so many units or rows of them in so many lanes.
pub(super) fn floats(units: usize, lanes: usize) -> u64 {
    (units as u64).saturating_mul(lanes as u64)
}

/// With what a parameter begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initial {
    /// Drawn by the initialiser that the user chose: a weight, which is regularised.
    Drawn(Fan),
    /// Drawn from the standard normal distribution whatever the initialiser: an embedding, which is regularised.
    Normal,
    /// This value in every place: biases and scales, which are not regularised.
    Constant(f32),
}

/// A parameter tensor of a module.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// PyTorch's name within the module: `weight`, `bias`; `body.0.weight` where modules nest.
    pub name: String,
    pub shape: Vec<usize>,
    pub initial: Initial,
}

impl Parameter {
    /// A tensor that the initialiser fills.
    pub fn weight(name: impl Into<String>, shape: Vec<usize>, fan: Fan) -> Self {
        Parameter { name: name.into(), shape, initial: Initial::Drawn(fan) }
    }

    /// A tensor that begins with one value everywhere.
    pub fn constant(name: impl Into<String>, shape: Vec<usize>, value: f32) -> Self {
        Parameter { name: name.into(), shape, initial: Initial::Constant(value) }
    }

    /// True for weights, which penalties and decay pull at; not for biases and scales.
    pub fn is_weight(&self) -> bool {
        !matches!(self.initial, Initial::Constant(_))
    }

    /// Number of values, also of a tensor that no machine could hold.
    pub fn count(&self) -> u64 {
        self.shape.iter().fold(1, |count: u64, &side| count.saturating_mul(side as u64))
    }

    /// Number of values of a tensor that is held.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// True for a tensor without values.
    pub fn is_empty(&self) -> bool {
        self.shape.contains(&0)
    }
}

/// What a pass is for. Only a pass of training moves statistics and draws noise; a backward pass can follow one of training and one that explains.
pub enum Mode<'a> {
    Train {
        /// The module's running statistics, as [`Module::running`] listed them.
        running: &'a mut [f32],
        /// Which units are dropped: the stream `dropout`.
        noise: &'a mut Stream,
    },
    Predict {
        running: &'a [f32],
    },
    /// The output is that of a prediction, and what a backward pass needs is kept: for the slopes of a prediction.
    Explain {
        running: &'a [f32],
    },
}

impl Mode<'_> {
    /// The same for a part of the statistics: modules within modules.
    pub fn part(&mut self, range: Range<usize>) -> Mode<'_> {
        match self {
            Mode::Train { running, noise } => Mode::Train { running: &mut running[range], noise },
            Mode::Predict { running } => Mode::Predict { running: &running[range] },
            Mode::Explain { running } => Mode::Explain { running: &running[range] },
        }
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
    /// Rows in the batch; the other lanes are padding, whose numbers mean nothing.
    pub rows: usize,
    pub mode: Mode<'a>,
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
    /// ∂L/∂input, overwritten, zero in padding lanes; none for the first module, where nobody asks.
    pub d_input: Option<&'a mut [f32]>,
    pub lanes: usize,
    pub rows: usize,
    /// At least `scratch(lanes)` floats.
    pub scratch: &'a mut [f32],
}

/// A module within another one, for looking inside: where its output and what it keeps lie among what the outer one keeps.
pub struct Within<'a> {
    pub module: &'a dyn Module,
    pub output: Range<usize>,
    pub kept: Range<usize>,
}

/// Where a module keeps how much each step listens to each other: `[heads][steps][steps][lanes]` from float `at` on, the asking step before
/// the asked one.
pub struct Attending {
    pub heads: usize,
    pub steps: usize,
    pub at: usize,
}

/// One step of the forward pass.
pub trait Module {
    /// What leaves.
    fn output(&self) -> Shape;

    /// Places that it takes in PyTorch's `Sequential`, its activation's included.
    fn span(&self) -> usize;

    /// Tensors in PyTorch's order; they belong to the first of its places.
    fn parameters(&self) -> Vec<Parameter>;

    /// Numbers that training moves without a gradient (running means), in PyTorch's order after the parameters.
    fn running(&self) -> Vec<Parameter> {
        Vec::new()
    }

    /// Rows that a batch of training must have: what the modules within it need.
    fn least_rows(&self) -> usize {
        self.within(LANES).iter().map(|within| within.module.least_rows()).max().unwrap_or(1)
    }

    /// Whether in training what becomes of a row depends on the other rows: as with the modules within it.
    fn couples_rows(&self) -> bool {
        self.within(LANES).iter().any(|within| within.module.couples_rows())
    }

    /// Multiplications with additions that one row costs forward.
    fn multiply_adds(&self) -> u64;

    /// Floats that the forward pass leaves for the backward pass. In 64 bits, as the other sizes: they are added up before anything is held, and
    /// a browser's own numbers end at 32.
    fn kept(&self, _lanes: usize) -> u64 {
        0
    }

    /// Floats that `backward` needs for itself in passes over up to so many lanes: never fewer than for less lanes, because an epoch's last batch
    /// works in the same.
    fn scratch(&self, _lanes: usize) -> u64 {
        0
    }

    /// The modules within it, first to last, as a pass over so many lanes leaves them.
    fn within(&self, _lanes: usize) -> Vec<Within<'_>> {
        Vec::new()
    }

    /// Its attention, where it has one, as a pass over so many lanes leaves it.
    fn attention(&self, _lanes: usize) -> Option<Attending> {
        None
    }

    /// Its tangent passes, which the Hessian is made of; none where it has no second derivative here.
    fn tangent(&self) -> Option<&dyn Tangent> {
        None
    }

    /// Input `[inputs][lanes]` to output `[outputs][lanes]`.
    fn forward(&self, pass: Forward);

    /// The gradients of what `forward` did in [`Mode::Train`] or [`Mode::Explain`].
    fn backward(&self, pass: Backward);
}

/// A layer as the user sets it.
pub trait Layer {
    /// Its module over such rows; otherwise what it needs and what it got, to be read after its name.
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message>;

    /// As the first layer: true where it sees images and sequences as plain numbers.
    fn flattens(&self) -> bool {
        false
    }

    /// Its activation, where it brings one.
    fn activation(&self) -> Option<&ActivationConfig> {
        None
    }

    /// The layers within it, one for each of its module's [`Module::within`].
    fn within(&self) -> &[LayerConfig] {
        &[]
    }

    /// Which layer within it does not fit, as a path from this one; empty where it is this one itself.
    fn fault(&self, _input: &Shape) -> String {
        String::new()
    }
}

/// For layers that work on every number by itself: tokens are names, not numbers.
fn numbers(input: &Shape) -> Result<(), Message> {
    match input {
        Shape::Tokens { .. } => Err(message!(
            "needs numbers and gets {input} tokens: put an “Embedding” layer before it",
            "需要数值，得到的却是 {input} 个词元：请在它前面加一个“嵌入”层"
        )),
        _ => Ok(()),
    }
}

/// Steps and features of a sequence, for layers that take nothing else.
fn sequence(input: &Shape) -> Result<(usize, usize), Message> {
    numbers(input)?;
    match *input {
        Shape::Sequence { steps, features } => Ok((steps, features)),
        Shape::Image { .. } => Err(message!("needs a sequence and gets an image ({input})", "需要序列，得到的却是图像（{input}）")),
        _ => Err(message!(
            "needs a sequence and gets {input} numbers in a row: a layer before it has lost the steps, or the data has none",
            "需要序列，得到的却是一行 {input} 个数：前面的层已不分步，或数据本身没有步"
        )),
    }
}

registry! {
    /// Layer | 层
    ///
    /// One stage of the network. | 网络的一个阶段。
    pub enum LayerConfig: Layer = dense {
        dense::Dense,
        conv2d::Conv2d,
        max_pool::MaxPool,
        average_pool::AveragePool,
        global_average_pool::GlobalAveragePool,
        batch_norm::BatchNorm,
        layer_norm::LayerNorm,
        flatten::Flatten,
        activation::Activation,
        dropout::Dropout,
        drop_connect::DropConnect,
        rnn::Rnn,
        lstm::Lstm,
        gru::Gru,
        embedding::Embedding,
        positional_encoding::PositionalEncoding,
        pointwise::Pointwise,
        last_step::LastStep,
        attention::Attention,
        residual::Residual,
    }
}
