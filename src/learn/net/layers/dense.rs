//! Z = W·X + b, A = f(Z); dW = dZ·Xᵀ, db = Σ dZ, dX = Wᵀ·dZ. Tangents along V and v_b:
//! RZ = V·X + v_b + W·RX, RA = f′ RZ; R dZ = f′ R dA + f″ RZ dA, R dW = R dZ·Xᵀ + dZ·RXᵀ, R db = Σ R dZ, R dX = Wᵀ·R dZ + Vᵀ·dZ. In PyTorch a `Linear` (weight `[out, in]`, then bias `[out]`) and the
//! activation's own module.

use super::tangent::{Tangent, TangentBackward, TangentDeltas, TangentForward};
use super::{Backward, Forward, Layer, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::activation::{Activation, ActivationConfig};
use crate::learn::net::initialiser::Fan;
use crate::math::{dense, matrix};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Dense | 全连接层
///
/// Every unit sees all units of the layer before. | 每个神经元都连接上一层的全部神经元。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "basic"))]
pub struct Dense {
    /// Units | 神经元数
    ///
    /// How many neurons this layer has; more of them can draw finer shapes. | 本层神经元的个数。
    #[schemars(range(min = 1, max = 256), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "neuron"))]
    pub units: usize,
    /// Activation | 激活函数
    ///
    /// The curve through which each unit puts its weighted sum; without one, layers stay linear. | 作用在每个神经元加权和上的函数。
    #[schemars(extend("x-depth" = "starter", "x-term" = "activation"))]
    pub activation: ActivationConfig,
}

impl Default for Dense {
    fn default() -> Self {
        Dense { units: 8, activation: ActivationConfig::default() }
    }
}

impl Layer for Dense {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        match *input {
            Shape::Flat { units } => Ok(self.activation.part().dense(units, self.units)),
            _ => Err(message!(
                "needs numbers in a row and gets {input}: put a “Flatten” layer before it",
                "需要一行数，得到的却是 {input}：请在它前面加一个“展平”层"
            )),
        }
    }

    fn flattens(&self) -> bool {
        true
    }

    fn activation(&self) -> Option<&ActivationConfig> {
        Some(&self.activation)
    }
}

/// The layer over `inputs` units, with its activation.
pub struct DenseModule<A> {
    pub inputs: usize,
    pub units: usize,
    pub activation: A,
}

impl<A: Activation> Module for DenseModule<A> {
    fn output(&self) -> Shape {
        Shape::Flat { units: self.units }
    }

    fn span(&self) -> usize {
        2
    }

    fn parameters(&self) -> Vec<Parameter> {
        let (inputs, outputs) = (self.inputs, self.units);
        vec![Parameter::weight("weight", vec![outputs, inputs], Fan { inputs, outputs }), Parameter::constant("bias", vec![outputs], 0.0)]
    }

    fn multiply_adds(&self) -> u64 {
        floats(self.inputs, self.units)
    }

    fn kept(&self, lanes: usize) -> u64 {
        floats(self.units, lanes)
    }

    fn scratch(&self, lanes: usize) -> u64 {
        floats(matrix::weight_gradient_scratch(self.inputs, 1), lanes)
    }

    fn tangent(&self) -> Option<&dyn Tangent> {
        Some(self)
    }

    fn forward(&self, pass: Forward) {
        let (weights, bias) = pass.parameters.split_at(self.units * self.inputs);
        let Forward { input: x, output: a, kept: z, lanes, .. } = pass;
        self.activation.dense_forward(dense::Forward { weights, bias, x, z, a, inputs: self.inputs, lanes });
    }

    fn backward(&self, pass: Backward) {
        let count = self.units * self.inputs;
        let (dw, db) = pass.d_parameters.split_at_mut(count);
        self.activation.dense_backward(dense::Backward {
            weights: &pass.parameters[..count],
            x: pass.input,
            z: pass.kept,
            a: pass.output,
            d: pass.d_output,
            dw,
            db,
            dx: pass.d_input,
            inputs: self.inputs,
            lanes: pass.lanes,
            scratch: pass.scratch,
        });
    }
}

impl<A: Activation> Tangent for DenseModule<A> {
    /// RZ.
    fn kept(&self, lanes: usize) -> usize {
        self.units * lanes
    }

    /// Zeros in place of a bias and W·RX; or dZ·RXᵀ, Vᵀ·dZ and what products of weights need.
    fn scratch(&self, lanes: usize) -> usize {
        let forward = self.units + self.units * lanes;
        forward.max(self.units * self.inputs + self.units + self.inputs * lanes + matrix::weight_gradient_scratch(self.inputs, lanes))
    }

    fn forward(&self, pass: TangentForward) {
        let TangentForward { parameters, direction, input, r_input, output, kept: z, r_output, r_kept, lanes, scratch, .. } = pass;
        let (count, size) = (self.units * self.inputs, self.units * lanes);
        let rz = &mut r_kept[..size];
        matrix::affine(&direction[..count], &direction[count..], input, rz, self.inputs, lanes, |sum| sum);
        if let Some(r_input) = r_input {
            let (zeros, more) = scratch.split_at_mut(self.units);
            zeros.fill(0.0);
            matrix::affine(&parameters[..count], zeros, r_input, more, self.inputs, lanes, |sum| sum);
            add(&more[..size], rz);
        }
        r_output[..size].copy_from_slice(rz);
        self.activation.tangent_forward(&z[..size], &output[..size], &mut r_output[..size]);
    }

    fn backward(&self, pass: TangentBackward) {
        let TangentBackward { parameters, direction, input, r_input, output, kept: z, r_kept: rz, lanes, scratch, .. } = pass;
        let (count, size) = (self.units * self.inputs, self.units * lanes);
        let (dz, rdz) = (&mut pass.d_output[..size], &mut pass.rd_output[..size]);
        self.activation.tangent_backward(&z[..size], &output[..size], &rz[..size], dz, rdz);
        let (rdw, rdb) = pass.rd_parameters.split_at_mut(count);
        let (dw, scratch) = scratch.split_at_mut(count);
        let (db, scratch) = scratch.split_at_mut(self.units);
        let (dx, scratch) = scratch.split_at_mut(self.inputs * lanes);
        matrix::weight_gradient(rdz, input, rdw, rdb, lanes, scratch);
        if let Some(r_input) = r_input {
            matrix::weight_gradient(dz, r_input, dw, db, lanes, scratch);
            add(dw, rdw);
        }
        if let Some(TangentDeltas { d, rd }) = pass.d_input {
            matrix::input_gradient(&parameters[..count], dz, d, self.units, lanes);
            matrix::input_gradient(&parameters[..count], rdz, rd, self.units, lanes);
            matrix::input_gradient(&direction[..count], dz, dx, self.units, lanes);
            add(dx, rd);
        }
    }
}

/// `to += from`.
fn add(from: &[f32], to: &mut [f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}
