//! An activation as a module of its own, as in PyTorch's `Sequential`.

use super::{Backward, Module, Parameter};
use crate::learn::net::activation::ActivationConfig;

/// `a = f(z)` for every unit.
pub struct Activate {
    pub units: usize,
    pub activation: ActivationConfig,
}

impl Module for Activate {
    fn outputs(&self) -> usize {
        self.units
    }

    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    fn forward(&self, _: &[f32], input: &[f32], output: &mut [f32], lanes: usize) {
        let size = self.units * lanes;
        self.activation.part().forward(&input[..size], &mut output[..size]);
    }

    fn backward(&self, pass: Backward) {
        if let Some(dz) = pass.d_input {
            let size = self.units * pass.lanes;
            self.activation.part().backward(&pass.input[..size], &pass.output[..size], &pass.d_output[..size], &mut dz[..size]);
        }
    }
}
