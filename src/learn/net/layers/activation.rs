//! a = f(z) of every number, ∂L/∂z = ∂L/∂a · f′(z); Ra = f′(z) Rz, R(∂L/∂z) = f′ R(∂L/∂a) + f″ Rz ∂L/∂a: an activation in a place of its own, as where batch normalisation stands between a layer's
//! sums and their bend. In PyTorch the activation's module (`ReLU`, `Tanh`, …).

use super::tangent::{Tangent, TangentBackward, TangentDeltas, TangentForward};
use super::{Backward, Forward, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::activation::{self, ActivationConfig};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Activation layer | 激活层
///
/// Bends every number that passes, and keeps images and sequences as they are. | 对每个经过的数施加激活函数，图像与序列的形状不变。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "basic", "x-passes" = true, "x-term" = "activation"))]
pub struct Activation {
    /// Function | 函数
    ///
    /// The curve through which every number is put. | 每个数所经过的曲线。
    #[schemars(extend("x-depth" = "starter", "x-term" = "activation"))]
    pub function: ActivationConfig,
}

impl Default for Activation {
    fn default() -> Self {
        Activation { function: ActivationConfig::relu(Default::default()) }
    }
}

impl Layer for Activation {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        super::numbers(input)?;
        Ok(Box::new(ActivationModule { shape: *input, function: self.function.clone() }))
    }

    fn activation(&self) -> Option<&ActivationConfig> {
        Some(&self.function)
    }
}

struct ActivationModule {
    shape: Shape,
    function: ActivationConfig,
}

impl ActivationModule {
    fn function(&self) -> &dyn activation::Activation {
        self.function.part()
    }
}

impl Module for ActivationModule {
    fn output(&self) -> Shape {
        self.shape
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    fn multiply_adds(&self) -> u64 {
        0
    }

    fn tangent(&self) -> Option<&dyn Tangent> {
        Some(self)
    }

    fn forward(&self, pass: Forward) {
        let size = self.shape.units() * pass.lanes;
        self.function().forward(&pass.input[..size], &mut pass.output[..size]);
    }

    fn backward(&self, pass: Backward) {
        let Some(d_input) = pass.d_input else { return };
        let size = self.shape.units() * pass.lanes;
        d_input[..size].copy_from_slice(&pass.d_output[..size]);
        self.function().backward(&pass.input[..size], &pass.output[..size], &mut d_input[..size]);
    }
}

impl Tangent for ActivationModule {
    fn forward(&self, pass: TangentForward) {
        let size = self.shape.units() * pass.lanes;
        let Some(r_input) = pass.r_input else { return pass.r_output.fill(0.0) };
        pass.r_output[..size].copy_from_slice(&r_input[..size]);
        self.function().tangent_forward(&pass.input[..size], &pass.output[..size], &mut pass.r_output[..size]);
    }

    fn backward(&self, pass: TangentBackward) {
        let (Some(TangentDeltas { d, rd }), Some(r_input)) = (pass.d_input, pass.r_input) else { return };
        let size = self.shape.units() * pass.lanes;
        let (d, rd) = (&mut d[..size], &mut rd[..size]);
        d.copy_from_slice(&pass.d_output[..size]);
        rd.copy_from_slice(&pass.rd_output[..size]);
        self.function().tangent_backward(&pass.input[..size], &pass.output[..size], &r_input[..size], d, rd);
    }
}
