//! r = σ(z_r), u = σ(z_u) of z = W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh; n = tanh(p + r ⊙ q), where p = W_in·xₜ + b_in and q = W_hn·hₜ₋₁ + b_hn stay apart;
//! hₜ = (1 − u) ⊙ n + u ⊙ hₜ₋₁, h₀ = 0 (Cho et al. 2014, with r behind the product). ∂p = ∂h ⊙ (1 − u) ⊙ (1 − n²), ∂q = ∂p ⊙ r, ∂z_r = ∂p ⊙ q ⊙ r(1 − r),
//! ∂z_u = ∂h ⊙ (hₜ₋₁ − n) ⊙ u(1 − u), and hₜ₋₁ gets ∂h ⊙ u directly. PyTorch's `GRU`, `batch_first`, gates in its order r, z (here u), n. The rest is
//! in `recurrent`.

use super::recurrent::{Cell, CellBackward, CellForward, RecurrentModule, Returns, parts, parts_mut};
use super::rnn::Rnn;
use super::{Layer, Module};
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary::{sigmoid, tanh};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// GRU | GRU
///
/// A recurrent layer whose gates decide how much of its memory is replaced: an LSTM with a quarter less to learn. | 用门决定记忆更新多少的循环层：参数比 LSTM 少四分之一。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence"))]
pub struct Gru {
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
    const STATE: usize = 0;
    const CARRIES: bool = true;

    /// The gates become r, u, n; q stays.
    fn forward(step: CellForward) {
        let ([r, u, n, q], [before], [h]) = (parts_mut(step.gates), parts(step.hidden_before), parts_mut(step.hidden));
        for at in 0..h.len() {
            let reset = sigmoid(f32x4::from(r[at]));
            let update = sigmoid(f32x4::from(u[at]));
            let candidate = tanh(f32x4::from(n[at]) + reset * f32x4::from(q[at]));
            r[at] = reset.to_array();
            u[at] = update.to_array();
            n[at] = candidate.to_array();
            h[at] = ((f32x4::ONE - update) * candidate + update * f32x4::from(before[at])).to_array();
        }
    }

    fn backward(step: CellBackward) {
        let ([r, u, n, q], [before], [dh]) = (parts(step.gates), parts(step.hidden_before), parts_mut(step.d_hidden));
        let [dr, du, dp, dq] = parts_mut(step.d_sums);
        for at in 0..dh.len() {
            let [r, u, n, q, before] = [r, u, n, q, before].map(|values| f32x4::from(values[at]));
            let d = f32x4::from(dh[at]);
            let p = d * (f32x4::ONE - u) * (f32x4::ONE - n * n);
            dr[at] = (p * q * (r * (f32x4::ONE - r))).to_array();
            du[at] = (d * (before - n) * (u * (f32x4::ONE - u))).to_array();
            dp[at] = p.to_array();
            dq[at] = (p * r).to_array();
            dh[at] = (d * u).to_array();
        }
    }
}
