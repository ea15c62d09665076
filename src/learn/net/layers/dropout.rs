//! While training y = m ⊙ x and dx = m ⊙ dy, each m either 0 (probability p) or 1 / (1 − p); when predicting y = x (Srivastava et al. 2014, with
//! the scale on the training side as PyTorch's `Dropout`). Every number of every row is drawn by itself.

use super::tangent::{Tangent, TangentBackward, TangentDeltas, TangentForward};
use super::{Backward, Forward, Layer, Mode, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Dropout | Dropout
///
/// Silences random units in every update, so that none relies on another. | 每次更新随机让一些神经元归零，使它们不互相依赖。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "steady", "x-passes" = true, "x-term" = "dropout"))]
pub struct Dropout {
    /// Drop probability | 丢弃概率
    ///
    /// The share of units that an update leaves out; predictions use all of them. | 每次更新丢弃的神经元比例；预测时使用全部神经元。
    #[schemars(range(min = 0.0, max = 0.99), extend("x-term" = "dropout"))]
    pub p: f64,
}

impl Default for Dropout {
    fn default() -> Self {
        Dropout { p: 0.5 }
    }
}

impl Layer for Dropout {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        super::numbers(input)?;
        Ok(Box::new(DropoutModule { shape: *input, p: self.p }))
    }
}

struct DropoutModule {
    shape: Shape,
    p: f64,
}

impl Module for DropoutModule {
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

    /// The mask.
    fn kept(&self, lanes: usize) -> u64 {
        floats(self.shape.units(), lanes)
    }

    fn tangent(&self) -> Option<&dyn Tangent> {
        Some(self)
    }

    fn forward(&self, pass: Forward) {
        let size = self.shape.units() * pass.lanes;
        let (input, output) = (&pass.input[..size], &mut pass.output[..size]);
        match pass.mode {
            Mode::Train { noise, .. } => {
                random::mask(noise, self.p, &mut pass.kept[..size]);
                product(input, &pass.kept[..size], output);
            }
            Mode::Predict { .. } => output.copy_from_slice(input),
            Mode::Explain { .. } => {
                pass.kept[..size].fill(1.0);
                output.copy_from_slice(input);
            }
        }
    }

    fn backward(&self, pass: Backward) {
        let size = self.shape.units() * pass.lanes;
        if let Some(d_input) = pass.d_input {
            product(&pass.d_output[..size], &pass.kept[..size], &mut d_input[..size]);
        }
    }
}

/// y = m ⊙ x with the mask of the pass: R of everything goes through it like the thing itself.
impl Tangent for DropoutModule {
    fn forward(&self, pass: TangentForward) {
        let size = self.shape.units() * pass.lanes;
        match pass.r_input {
            Some(r_input) => product(&r_input[..size], &pass.kept[..size], &mut pass.r_output[..size]),
            None => pass.r_output.fill(0.0),
        }
    }

    fn backward(&self, pass: TangentBackward) {
        let size = self.shape.units() * pass.lanes;
        if let Some(TangentDeltas { d, rd }) = pass.d_input {
            product(&pass.d_output[..size], &pass.kept[..size], &mut d[..size]);
            product(&pass.rd_output[..size], &pass.kept[..size], &mut rd[..size]);
        }
    }
}

/// `to = a ⊙ b`.
fn product(a: &[f32], b: &[f32], to: &mut [f32]) {
    for ((to, a), b) in to.iter_mut().zip(a).zip(b) {
        *to = a * b;
    }
}
