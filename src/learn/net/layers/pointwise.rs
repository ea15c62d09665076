//! Zₜ = W·Xₜ + b, Aₜ = f(Zₜ) at every step t with the same W and b; ∂W = Σₜ ∂Zₜ·Xₜᵀ, ∂b = Σₜ Σ ∂Zₜ, ∂Xₜ = Wᵀ·∂Zₜ. What PyTorch's `Linear` (weight
//! `[out, in]`, then bias `[out]`) makes of `[rows, steps, features]`, then the activation's own module.

use super::{Backward, Forward, Layer, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::activation::ActivationConfig;
use crate::learn::net::initialiser::Fan;
use crate::math::sequence::{self, Product, Rows};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Dense at every step | 逐步全连接
///
/// The same dense layer at every step of a sequence; it does not look from one step to another. | 在序列的每一步使用同一个全连接层，各步互不相看。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "pointwise"))]
pub struct Pointwise {
    /// Units | 神经元数
    ///
    /// How many numbers each step has afterwards. | 之后每一步有多少个数。
    #[schemars(range(min = 1, max = 256), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "neuron"))]
    pub units: usize,
    /// Activation | 激活函数
    ///
    /// The curve through which each unit puts its weighted sum. | 作用在每个神经元加权和上的函数。
    #[schemars(extend("x-depth" = "starter", "x-term" = "activation"))]
    pub activation: ActivationConfig,
}

impl Default for Pointwise {
    fn default() -> Self {
        Pointwise { units: 8, activation: ActivationConfig::default() }
    }
}

impl Layer for Pointwise {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let (steps, features) = super::sequence(input)?;
        Ok(Box::new(PointwiseModule { steps, features, units: self.units, activation: self.activation.clone() }))
    }

    fn activation(&self) -> Option<&ActivationConfig> {
        Some(&self.activation)
    }
}

/// The layer over `features` numbers a step, with its activation.
pub struct PointwiseModule {
    pub steps: usize,
    pub features: usize,
    pub units: usize,
    pub activation: ActivationConfig,
}

impl Module for PointwiseModule {
    fn output(&self) -> Shape {
        Shape::Sequence { steps: self.steps, features: self.units }
    }

    fn span(&self) -> usize {
        2
    }

    fn parameters(&self) -> Vec<Parameter> {
        let (inputs, outputs) = (self.features, self.units);
        vec![Parameter::weight("weight", vec![outputs, inputs], Fan { inputs, outputs }), Parameter::constant("bias", vec![outputs], 0.0)]
    }

    fn multiply_adds(&self) -> u64 {
        floats(self.steps, self.features).saturating_mul(self.units as u64)
    }

    /// Z.
    fn kept(&self, lanes: usize) -> u64 {
        self.output().numbers().saturating_mul(lanes as u64)
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept: z, lanes, .. } = pass;
        let (weights, bias) = parameters.split_at(self.units * self.features);
        let steps = input.chunks_exact(self.features * lanes).zip(z.chunks_exact_mut(self.units * lanes));
        for (x, z) in steps.take(self.steps) {
            sequence::affine(Product { weights, x }, None, bias, z, lanes);
        }
        self.activation.part().forward(z, &mut output[..z.len()]);
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, output, kept: z, d_output, d_parameters, d_input, lanes, .. } = pass;
        let weights = &parameters[..self.units * self.features];
        let (dw, db) = d_parameters.split_at_mut(weights.len());
        let dz = &mut d_output[..z.len()];
        self.activation.part().backward(z, &output[..z.len()], dz);
        if let Some(d_input) = d_input {
            for (dz, dx) in dz.chunks_exact(self.units * lanes).zip(d_input.chunks_exact_mut(self.features * lanes)) {
                sequence::input_gradient(Product { weights, x: dz }, None, dx, self.features, lanes);
            }
        }
        let dz = Rows { values: dz, stride: self.units * lanes };
        sequence::weight_gradient(dz, Rows { values: input, stride: self.features * lanes }, dw, self.units, self.steps, lanes);
        sequence::bias_gradient(dz, db, self.steps, lanes);
    }
}
