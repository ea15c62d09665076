//! i, f, o = σ(z_i), σ(z_f), σ(z_o) and g = tanh(z_g) of z = W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh; cₜ = f ⊙ cₜ₋₁ + i ⊙ g, hₜ = o ⊙ tanh cₜ, h₀ = c₀ = 0
//! (Hochreiter & Schmidhuber 1997; Gers et al. 2000 for f). ∂c = ∂cₜ₊₁ ⊙ fₜ₊₁ + ∂h ⊙ o ⊙ (1 − tanh² c); ∂z_i = ∂c ⊙ g ⊙ i(1 − i), ∂z_f = ∂c ⊙ cₜ₋₁ ⊙ f(1 − f),
//! ∂z_g = ∂c ⊙ i ⊙ (1 − g²), ∂z_o = ∂h ⊙ tanh c ⊙ o(1 − o). PyTorch's `LSTM`, `batch_first`, gates in its order i, f, g, o. The rest is in `recurrent`.

use super::recurrent::{Cell, CellBackward, CellForward, RecurrentModule, Returns, parts, parts_mut};
use super::rnn::Rnn;
use super::{Layer, Module};
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary::{sigmoid, tanh};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// LSTM | LSTM
///
/// A recurrent layer with a memory that gates write to, keep and read: it can remember over many steps. | 带记忆的循环层，用门控制写入、保留与读出：能记住很多步以前的内容。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence"))]
pub struct Lstm {
    /// Units | 神经元数
    ///
    /// How many numbers the layer remembers from step to step. | 该层从一步到下一步记住多少个数。
    #[schemars(range(min = 1, max = 256), extend("x-depth" = "starter", "x-scale" = "log"))]
    pub units: usize,
    /// Returns | 返回
    ///
    /// Whether the last answer goes on, or that of every step. | 向后传最后一步的输出，还是每一步的输出。
    pub returns: Returns,
}

impl Default for Lstm {
    fn default() -> Self {
        let Rnn { units, returns } = Rnn::default();
        Lstm { units, returns }
    }
}

impl Layer for Lstm {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        Ok(Box::new(RecurrentModule::<LstmCell>::new(input, self.units, self.returns)?))
    }
}

struct LstmCell;

impl Cell for LstmCell {
    const JOINED: usize = 4;
    const APART: usize = 0;
    /// c and tanh c.
    const STATE: usize = 2;
    const CARRIES: bool = false;

    fn forward(step: CellForward) {
        let ([i, f, g, o], [before], [c, bent], [h]) =
            (parts_mut(step.gates), parts(step.state_before), parts_mut(step.state), parts_mut(step.hidden));
        for at in 0..h.len() {
            let input = sigmoid(f32x4::from(i[at]));
            let forget = sigmoid(f32x4::from(f[at]));
            let candidate = tanh(f32x4::from(g[at]));
            let output = sigmoid(f32x4::from(o[at]));
            let cell = forget * f32x4::from(before[at]) + input * candidate;
            let bend = tanh(cell);
            i[at] = input.to_array();
            f[at] = forget.to_array();
            g[at] = candidate.to_array();
            o[at] = output.to_array();
            c[at] = cell.to_array();
            bent[at] = bend.to_array();
            h[at] = (output * bend).to_array();
        }
    }

    fn backward(step: CellBackward) {
        let ([i, f, g, o], [before], [_, bent], [dh]) =
            (parts(step.gates), parts(step.state_before), parts(step.state), parts(step.d_hidden));
        let ([dc], [di, df, dg, d_o]) = (parts_mut(step.d_state), parts_mut(step.d_sums));
        for at in 0..dh.len() {
            let [i, f, g, o, before, bent, dh] = [i, f, g, o, before, bent, dh].map(|values| f32x4::from(values[at]));
            let d = f32x4::from(dc[at]) + dh * o * (f32x4::ONE - bent * bent);
            di[at] = (d * g * (i * (f32x4::ONE - i))).to_array();
            df[at] = (d * before * (f * (f32x4::ONE - f))).to_array();
            dg[at] = (d * i * (f32x4::ONE - g * g)).to_array();
            d_o[at] = (dh * bent * (o * (f32x4::ONE - o))).to_array();
            dc[at] = (d * f).to_array();
        }
    }
}
