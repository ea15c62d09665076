//! y = x at the last step, `x[:, -1]` of a batch in PyTorch; ∂x is ∂y there and zero before.

use super::tangent::{self, Tangent, TangentBackward, TangentForward};
use super::{Backward, Forward, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Last step | 最后一步
///
/// Hands on only the last step of a sequence, as plain numbers. | 只把序列的最后一步作为一维向量传下去。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "sequence"))]
pub struct LastStep {}

impl Layer for LastStep {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let (steps, features) = super::sequence(input)?;
        Ok(Box::new(LastStepModule { steps, features }))
    }
}

struct LastStepModule {
    steps: usize,
    features: usize,
}

impl Module for LastStepModule {
    fn output(&self) -> Shape {
        Shape::Flat { units: self.features }
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
        let size = self.features * pass.lanes;
        pass.output[..size].copy_from_slice(&pass.input[(self.steps - 1) * size..][..size]);
    }

    fn backward(&self, pass: Backward) {
        let size = self.features * pass.lanes;
        if let Some(d_input) = pass.d_input {
            let (before, last) = d_input.split_at_mut((self.steps - 1) * size);
            before.fill(0.0);
            last[..size].copy_from_slice(&pass.d_output[..size]);
        }
    }
}

impl Tangent for LastStepModule {
    fn forward(&self, pass: TangentForward) {
        tangent::linear_forward(self, pass);
    }

    fn backward(&self, pass: TangentBackward) {
        tangent::linear_backward(self, pass);
    }
}
