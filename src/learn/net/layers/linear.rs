//! Z = W·X + b; dW = dZ·Xᵀ, db = Σ dZ, dX = Wᵀ·dZ. PyTorch's `Linear`: weight `[out, in]`, then bias `[out]`.

use super::{Backward, Module, Parameter};
use crate::learn::net::initialiser::Fan;
use crate::math::matrix;

/// An affine map of `inputs` units to `outputs` units.
pub struct Linear {
    pub inputs: usize,
    pub outputs: usize,
}

impl Module for Linear {
    fn outputs(&self) -> usize {
        self.outputs
    }

    fn parameters(&self) -> Vec<Parameter> {
        let fan = Fan { inputs: self.inputs, outputs: self.outputs };
        vec![
            Parameter { name: "weight", shape: vec![self.outputs, self.inputs], fan: Some(fan) },
            Parameter { name: "bias", shape: vec![self.outputs], fan: None },
        ]
    }

    fn scratch(&self, lanes: usize) -> usize {
        matrix::weight_gradient_scratch(self.inputs, lanes)
    }

    fn forward(&self, parameters: &[f32], input: &[f32], output: &mut [f32], lanes: usize) {
        let (weights, bias) = parameters.split_at(self.outputs * self.inputs);
        matrix::affine(weights, bias, input, output, self.inputs, lanes);
    }

    fn backward(&self, pass: Backward) {
        let count = self.outputs * self.inputs;
        let (dw, db) = pass.d_parameters.split_at_mut(count);
        matrix::weight_gradient(pass.d_output, pass.input, dw, db, pass.lanes, pass.scratch);
        if let Some(dx) = pass.d_input {
            matrix::input_gradient(&pass.parameters[..count], pass.d_output, dx, self.outputs, pass.lanes);
        }
    }
}
