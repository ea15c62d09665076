//! i, f, o = σ(z_i), σ(z_f), σ(z_o) and g = tanh(z_g) of z = W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh; cₜ = f ⊙ cₜ₋₁ + i ⊙ g, hₜ = o ⊙ tanh cₜ, h₀ = c₀ = 0
//! (Hochreiter & Schmidhuber 1997; Gers et al. 2000 for f). ∂c = ∂cₜ₊₁ ⊙ fₜ₊₁ + ∂h ⊙ o ⊙ (1 − tanh² c); ∂z_i = ∂c ⊙ g ⊙ i(1 − i), ∂z_f = ∂c ⊙ cₜ₋₁ ⊙ f(1 − f),
//! ∂z_g = ∂c ⊙ i ⊙ (1 − g²), ∂z_o = ∂h ⊙ tanh c ⊙ o(1 − o). PyTorch's `LSTM`, `batch_first`, gates in its order i, f, g, o. The rest is in `recurrent`.

use super::recurrent::{Cell, CellBackward, CellForward, RecurrentModule, Returns, part, parts_mut, read, write};
use super::rnn::Rnn;
use super::{Layer, Module};
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary::{self, LANES};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// LSTM | LSTM
///
/// A recurrent layer with a memory that gates write to, keep and read: it can remember over many steps. | 带记忆的循环层，用门控制写入、保留与读出：能记住很多步以前的内容。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "lstm"))]
pub struct Lstm {
    /// Units | 神经元数
    ///
    /// How many numbers the layer remembers from step to step. | 该层从一步到下一步记住多少个数。
    #[schemars(range(min = 1, max = 256), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "hidden-state"))]
    pub units: usize,
    /// Returns | 返回
    ///
    /// Whether the last output goes on, or that of every step. | 向后传最后一步的输出，还是每一步的输出。
    #[schemars(extend("x-term" = "hidden-state"))]
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
    /// i, f, g, o, c, tanh c.
    const KEPT: usize = 6;
    const CARRIES: bool = false;

    fn forward(step: CellForward) {
        let CellForward { sums, records_before, records, hidden, .. } = step;
        let unit = hidden.len();
        elementary::apply(&mut sums[..2 * unit], elementary::gate);
        elementary::apply(&mut sums[2 * unit..3 * unit], elementary::tanh);
        elementary::apply(&mut sums[3 * unit..], elementary::gate);
        let [i, f, g, o] = [0, 1, 2, 3].map(|gate| part(sums, gate, unit));
        let before = records_before.as_chunks::<{ 6 * LANES }>().0;
        let places = records.as_chunks_mut::<{ 6 * LANES }>().0.iter_mut().zip(before).zip(hidden.as_chunks_mut::<LANES>().0);
        for (at, ((record, before), hidden)) in places.enumerate() {
            let [i, f, g, o] = [i, f, g, o].map(|gate| f32x4::from(gate[at]));
            let c = f * read(before, 4) + i * g;
            let bent = elementary::tanh(c);
            write(record, [i, f, g, o, c, bent]);
            *hidden = (o * bent).to_array();
        }
    }

    /// `d_state` is ∂L/∂c.
    fn backward(step: CellBackward) {
        let CellBackward { records_before, records, d_hidden, d_state, d_sums, .. } = step;
        let [di, df, dg, d_o] = parts_mut(d_sums, d_hidden.len());
        let (before, d_state) = (records_before.as_chunks::<{ 6 * LANES }>().0, d_state.as_chunks_mut::<LANES>().0);
        let places = records.as_chunks::<{ 6 * LANES }>().0.iter().zip(before).zip(d_hidden.as_chunks::<LANES>().0).zip(d_state);
        for (at, (((record, before), dh), dc)) in places.enumerate() {
            let [i, f, g, o, bent] = [0, 1, 2, 3, 5].map(|at| read(record, at));
            let dh = f32x4::from(*dh);
            let d = f32x4::from(*dc) + dh * o * (f32x4::ONE - bent * bent);
            di[at] = (d * g * (i * (f32x4::ONE - i))).to_array();
            df[at] = (d * read(before, 4) * (f * (f32x4::ONE - f))).to_array();
            dg[at] = (d * i * (f32x4::ONE - g * g)).to_array();
            d_o[at] = (dh * bent * (o * (f32x4::ONE - o))).to_array();
            *dc = (d * f).to_array();
        }
    }
}
