//! hₜ = tanh(W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh), h₀ = 0 (Elman 1990); ∂z = ∂h ⊙ (1 − h²). PyTorch's `RNN` with its default tanh,
//! `batch_first`. The rest is in `recurrent`.

use super::recurrent::{Cell, CellBackward, CellForward, RecurrentModule, Returns};
use super::{Layer, Module};
use crate::config::Message;
use crate::data::Shape;
use crate::math::elementary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Recurrent (RNN) | 循环层（RNN）
///
/// Reads a sequence step by step, and sees at each step its own last output. | 逐步读取序列，每一步都看到自己上一步的输出。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "recurrent"))]
pub struct Rnn {
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

impl Default for Rnn {
    fn default() -> Self {
        Rnn { units: 16, returns: Returns::Last }
    }
}

impl Layer for Rnn {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        Ok(Box::new(RecurrentModule::<RnnCell>::new(input, self.units, self.returns)?))
    }
}

struct RnnCell;

impl Cell for RnnCell {
    const JOINED: usize = 1;
    const APART: usize = 0;
    /// Its hidden state says all.
    const KEPT: usize = 0;
    const CARRIES: bool = false;

    fn forward(step: CellForward) {
        elementary::map(step.sums, step.hidden, elementary::tanh);
    }

    fn backward(step: CellBackward) {
        let CellBackward { hidden, d_hidden, d_sums, .. } = step;
        d_sums.copy_from_slice(d_hidden);
        elementary::scale(d_sums, hidden, hidden, |_, h| f32x4::ONE - h * h);
    }
}
