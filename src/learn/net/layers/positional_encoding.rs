//! y = x + PE, PE(t, 2k) = sin(t / 10000^(2k / features)) and PE(t, 2k + 1) the cosine of the same (Vaswani et al. 2017, section 3.5); ∂x = ∂y.

use super::tangent::{self, Tangent, TangentBackward, TangentForward};
use super::{Backward, Forward, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Positional encoding | 位置编码
///
/// Adds waves that tell steps apart: attention alone does not see their order. | 加上能区分先后的波形：注意力本身看不到顺序。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-passes" = true, "x-term" = "positional-encoding"))]
pub struct PositionalEncoding {}

impl Layer for PositionalEncoding {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let (steps, features) = super::sequence(input)?;
        let wave = |at: usize| {
            let (step, feature) = ((at / features) as f64, at % features);
            let angle = step / libm::pow(10_000.0, (feature / 2 * 2) as f64 / features as f64);
            (if feature.is_multiple_of(2) { libm::sin(angle) } else { libm::cos(angle) }) as f32
        };
        Ok(Box::new(PositionalEncodingModule { steps, features, waves: (0..steps * features).map(wave).collect() }))
    }
}

struct PositionalEncodingModule {
    steps: usize,
    features: usize,
    /// `[steps][features]`.
    waves: Vec<f32>,
}

impl Module for PositionalEncodingModule {
    fn output(&self) -> Shape {
        Shape::Sequence { steps: self.steps, features: self.features }
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
        let places = pass.input.chunks_exact(pass.lanes).zip(pass.output.chunks_exact_mut(pass.lanes));
        for ((from, to), wave) in places.zip(&self.waves) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to = from + wave);
        }
    }

    fn backward(&self, pass: Backward) {
        let size = self.waves.len() * pass.lanes;
        if let Some(d_input) = pass.d_input {
            d_input[..size].copy_from_slice(&pass.d_output[..size]);
        }
    }
}

/// Ry = Rx: the waves do not move.
impl Tangent for PositionalEncodingModule {
    fn forward(&self, pass: TangentForward) {
        let size = self.waves.len() * pass.lanes;
        match pass.r_input {
            Some(r_input) => pass.r_output[..size].copy_from_slice(&r_input[..size]),
            None => pass.r_output.fill(0.0),
        }
    }

    fn backward(&self, pass: TangentBackward) {
        tangent::linear_backward(self, pass);
    }
}
