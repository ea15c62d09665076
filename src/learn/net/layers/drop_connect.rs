//! While training Z = (M ⊙ W)·X + b, each weight's m either 0 (probability p) or 1 / (1 − p); dW = M ⊙ (dZ·Xᵀ), dX = (M ⊙ W)ᵀ·dZ
//! (Wan et al. 2013). One mask an update, which the rows of the batch share; the paper draws one a row, and drops biases as well.
//! Predictions use W, the expectation of M ⊙ W, where the paper samples a normal distribution in its place.
//! In PyTorch `linear(x, dropout(weight, p, training), bias)`, with the tensors of a `Linear`.

use super::tangent::{Tangent, TangentBackward, TangentForward};
use super::{Backward, Forward, Layer, Mode, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::activation::ActivationConfig;
use crate::learn::net::layers::dense::Dense;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// DropConnect | DropConnect
///
/// A dense layer of which every update leaves out random connections. | 每次更新随机断开一部分连接的全连接层。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "steady", "x-term" = "drop-connect"))]
pub struct DropConnect {
    /// Units | 神经元数
    ///
    /// How many neurons this layer has. | 本层神经元的个数。
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log", "x-term" = "neuron"))]
    pub units: usize,
    /// Activation | 激活函数
    ///
    /// The curve through which each unit puts its weighted sum. | 作用在每个神经元加权和上的函数。
    #[schemars(extend("x-term" = "activation"))]
    pub activation: ActivationConfig,
    /// Drop probability | 丢弃概率
    ///
    /// The share of connections that an update leaves out; predictions use all of them. | 每次更新断开的连接比例；预测时使用全部连接。
    #[schemars(range(min = 0.0, max = 0.99), extend("x-term" = "drop-connect"))]
    pub p: f64,
}

impl Default for DropConnect {
    fn default() -> Self {
        let Dense { units, activation } = Dense::default();
        DropConnect { units, activation, p: 0.5 }
    }
}

impl Layer for DropConnect {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let dense = Dense { units: self.units, activation: self.activation.clone() }.module(input)?;
        Ok(Box::new(DropConnectModule { dense, weights: input.units() * self.units, biases: self.units, p: self.p }))
    }

    fn flattens(&self) -> bool {
        true
    }

    fn activation(&self) -> Option<&ActivationConfig> {
        Some(&self.activation)
    }
}

struct DropConnectModule {
    dense: Box<dyn Module>,
    weights: usize,
    biases: usize,
    p: f64,
}

impl DropConnectModule {
    fn inner(&self) -> &dyn Tangent {
        self.dense.tangent().expect("asked for only where there is one")
    }
}

impl Module for DropConnectModule {
    fn output(&self) -> Shape {
        self.dense.output()
    }

    fn span(&self) -> usize {
        self.dense.span()
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.dense.parameters()
    }

    fn multiply_adds(&self) -> u64 {
        self.dense.multiply_adds()
    }

    /// The mask, M ⊙ W with the biases behind it, and what the dense layer keeps.
    fn kept(&self, lanes: usize) -> u64 {
        2 * self.weights as u64 + self.biases as u64 + self.dense.kept(lanes)
    }

    fn scratch(&self, lanes: usize) -> u64 {
        self.dense.scratch(lanes)
    }

    fn tangent(&self) -> Option<&dyn Tangent> {
        self.dense.tangent().map(|_| self as &dyn Tangent)
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, rows, mut mode } = pass;
        let (mask, kept) = kept.split_at_mut(self.weights);
        let (masked, kept) = kept.split_at_mut(self.weights + self.biases);
        let parameters = match &mut mode {
            Mode::Train { noise, .. } => {
                random::mask(noise, self.p, mask);
                masked.copy_from_slice(&parameters[..masked.len()]);
                masked.iter_mut().zip(&*mask).for_each(|(weight, mask)| *weight *= mask);
                masked
            }
            Mode::Predict { .. } => parameters,
            Mode::Explain { .. } => {
                mask.fill(1.0);
                masked.copy_from_slice(&parameters[..masked.len()]);
                masked
            }
        };
        self.dense.forward(Forward { parameters, input, output, kept, lanes, rows, mode });
    }

    fn backward(&self, pass: Backward) {
        let Backward { input, output, kept, d_output, d_parameters, d_input, lanes, rows, scratch, .. } = pass;
        let (mask, kept) = kept.split_at(self.weights);
        let (parameters, kept) = kept.split_at(self.weights + self.biases);
        let inner = Backward { parameters, input, output, kept, d_output, d_parameters: &mut *d_parameters, d_input, lanes, rows, scratch };
        self.dense.backward(inner);
        d_parameters.iter_mut().zip(mask).for_each(|(slope, mask)| *slope *= mask);
    }
}

/// A dense layer with the weights M ⊙ W along the direction M ⊙ V; R dW = M ⊙ (what that layer makes of it).
impl Tangent for DropConnectModule {
    /// M ⊙ V with the biases' part behind it, and what the dense layer keeps.
    fn kept(&self, lanes: usize) -> usize {
        self.weights + self.biases + self.inner().kept(lanes)
    }

    fn scratch(&self, lanes: usize) -> usize {
        self.inner().scratch(lanes)
    }

    fn forward(&self, pass: TangentForward) {
        let (mask, kept) = pass.kept.split_at(self.weights);
        let (parameters, kept) = kept.split_at(self.weights + self.biases);
        let (direction, r_kept) = pass.r_kept.split_at_mut(self.weights + self.biases);
        direction.copy_from_slice(pass.direction);
        direction.iter_mut().zip(mask).for_each(|(v, mask)| *v *= mask);
        self.inner().forward(TangentForward { parameters, direction, kept, r_kept, ..pass });
    }

    fn backward(&self, pass: TangentBackward) {
        let (mask, kept) = pass.kept.split_at(self.weights);
        let (parameters, kept) = kept.split_at(self.weights + self.biases);
        let (direction, r_kept) = pass.r_kept.split_at(self.weights + self.biases);
        let rd_parameters = pass.rd_parameters;
        self.inner().backward(TangentBackward { parameters, direction, kept, r_kept, rd_parameters: &mut *rd_parameters, ..pass });
        rd_parameters.iter_mut().zip(mask).for_each(|(slope, mask)| *slope *= mask);
    }
}
