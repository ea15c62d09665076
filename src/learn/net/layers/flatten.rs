//! The same numbers without their order, PyTorch's `Flatten`: `[channels][height][width]` and `[steps][features]` are read from left to right.

use super::tangent::{self, Tangent, TangentBackward, TangentForward};
use super::{Backward, Forward, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Flatten | 展平
///
/// Lays an image or a sequence out as plain numbers, as dense layers want them. | 把图像或序列展成一维向量，供全连接层使用。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "basic", "x-passes" = true))]
pub struct Flatten {}

impl Layer for Flatten {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        Ok(Box::new(FlattenModule { units: input.units() }))
    }
}

struct FlattenModule {
    units: usize,
}

impl Module for FlattenModule {
    fn output(&self) -> Shape {
        Shape::Flat { units: self.units }
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
        let size = self.units * pass.lanes;
        pass.output[..size].copy_from_slice(&pass.input[..size]);
    }

    fn backward(&self, pass: Backward) {
        let size = self.units * pass.lanes;
        if let Some(d_input) = pass.d_input {
            d_input[..size].copy_from_slice(&pass.d_output[..size]);
        }
    }
}

impl Tangent for FlattenModule {
    fn forward(&self, pass: TangentForward) {
        tangent::linear_forward(self, pass);
    }

    fn backward(&self, pass: TangentBackward) {
        tangent::linear_backward(self, pass);
    }
}
