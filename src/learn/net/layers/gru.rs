//! r = σ(z_r), u = σ(z_u) of z = W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh; n = tanh(p + r ⊙ q), where p = W_in·xₜ + b_in and q = W_hn·hₜ₋₁ + b_hn stay apart;
//! hₜ = (1 − u) ⊙ n + u ⊙ hₜ₋₁, h₀ = 0 (Cho et al. 2014, with r behind the product). ∂p = ∂h ⊙ (1 − u) ⊙ (1 − n²), ∂q = ∂p ⊙ r, ∂z_r = ∂p ⊙ q ⊙ r(1 − r),
//! ∂z_u = ∂h ⊙ (hₜ₋₁ − n) ⊙ u(1 − u), and hₜ₋₁ gets ∂h ⊙ u directly. PyTorch's `GRU`, `batch_first`, gates in its order r, z (here u), n. The rest is
//! in `recurrent`.

use super::recurrent::{Cell, CellBackward, CellForward, RecurrentModule, Returns, part, parts_mut, read, write};
use super::rnn::Rnn;
use super::{Layer, Module};
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary::{self, LANES};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// GRU | GRU
///
/// A recurrent layer whose gates decide how much of its memory is replaced: an LSTM with a quarter less to learn. | 用门决定记忆更新多少的循环层：参数比 LSTM 少四分之一。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "gru"))]
pub struct Gru {
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

impl Default for Gru {
    fn default() -> Self {
        let Rnn { units, returns } = Rnn::default();
        Gru { units, returns }
    }
}

impl Layer for Gru {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        Ok(Box::new(RecurrentModule::<GruCell>::new(input, self.units, self.returns)?))
    }
}

struct GruCell;

impl Cell for GruCell {
    const JOINED: usize = 2;
    const APART: usize = 1;
    /// r, u, n, q.
    const KEPT: usize = 4;
    const CARRIES: bool = true;

    fn forward(step: CellForward) {
        let CellForward { sums, hidden_before, records, hidden, .. } = step;
        let unit = hidden.len();
        elementary::apply(&mut sums[..2 * unit], elementary::gate);
        let [r, u, p, q] = [0, 1, 2, 3].map(|gate| part(sums, gate, unit));
        let (before, hidden) = (hidden_before.as_chunks::<LANES>().0, hidden.as_chunks_mut::<LANES>().0);
        let places = records.as_chunks_mut::<{ 4 * LANES }>().0.iter_mut().zip(before).zip(hidden);
        for (at, ((record, before), hidden)) in places.enumerate() {
            let [r, u, p, q] = [r, u, p, q].map(|gate| f32x4::from(gate[at]));
            let n = elementary::tanh(p + r * q);
            write(record, [r, u, n, q]);
            *hidden = ((f32x4::ONE - u) * n + u * f32x4::from(*before)).to_array();
        }
    }

    fn backward(step: CellBackward) {
        let CellBackward { hidden_before, records, d_hidden, d_sums, .. } = step;
        let [dr, du, dp, dq] = parts_mut(d_sums, d_hidden.len());
        let (before, d_hidden) = (hidden_before.as_chunks::<LANES>().0, d_hidden.as_chunks_mut::<LANES>().0);
        let places = records.as_chunks::<{ 4 * LANES }>().0.iter().zip(before).zip(d_hidden);
        for (at, ((record, before), dh)) in places.enumerate() {
            let [r, u, n, q] = [0, 1, 2, 3].map(|at| read(record, at));
            let d = f32x4::from(*dh);
            let p = d * (f32x4::ONE - u) * (f32x4::ONE - n * n);
            dr[at] = (p * q * (r * (f32x4::ONE - r))).to_array();
            du[at] = (d * (f32x4::from(*before) - n) * (u * (f32x4::ONE - u))).to_array();
            dp[at] = p.to_array();
            dq[at] = (p * r).to_array();
            *dh = (d * u).to_array();
        }
    }
}
