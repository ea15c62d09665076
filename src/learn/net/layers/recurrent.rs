//! What `rnn`, `lstm` and `gru` share: shapes, PyTorch's four tensors, the walk over the steps, and the gradients of all that is linear. A layer's own
//! file has its [`Cell`]: what happens between the sums of a step and its hidden state, forward and backward.
//!
//! Most gates see one sum, W_ih·x + b_ih + W_hh·h + b_hh (*joined*). A gate may keep W_ih·x + b_ih and W_hh·h + b_hh *apart*. A step's sums are
//! `[joined | apart: from x | apart: from h]`, each `[units][lanes]`; weights have the joined gates' rows first. Initialisers see each
//! gate's matrix by itself, as if it were a dense layer.

use super::{Backward, Forward, Module, Parameter, Remembering};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::initialiser::Fan;
use crate::math::sequence::{self, Product, Rows};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// Returned steps | 返回哪些步
///
/// What the layer hands on: its last answer or the answer of every step. | 该层向后传最后一步的输出，还是每一步的输出。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Returns {
    /// Last step | 最后一步
    ///
    /// One answer after the whole sequence, as plain numbers: to classify or to forecast. | 读完整个序列后的一个输出，为一行数：用于分类或预测。
    #[default]
    Last,
    /// Every step | 每一步
    ///
    /// An answer after each step, a sequence again: for another layer that reads sequences. | 每一步之后各有输出，仍是序列：供后面读取序列的层使用。
    Every,
}

/// The nonlinear part of a recurrent layer. All slices are whole numbers of `[units][lanes]`.
pub trait Cell {
    /// Gates with one sum.
    const JOINED: usize;
    /// Gates with a sum of x and a sum of h.
    const APART: usize;
    /// Numbers that a unit keeps at each step besides its gates and its hidden state.
    const STATE: usize;
    /// True where the hidden state also passes to the next step without going through the weights.
    const CARRIES: bool;

    fn forward(step: CellForward);
    fn backward(step: CellBackward);
}

/// One step forward.
pub struct CellForward<'a> {
    /// Sums; may be replaced by what `backward` wants in their place.
    pub gates: &'a mut [f32],
    /// Hidden state before the step, and the first number of the state.
    pub hidden_before: &'a [f32],
    pub state_before: &'a [f32],
    pub state: &'a mut [f32],
    pub hidden: &'a mut [f32],
}

/// One step backward.
pub struct CellBackward<'a> {
    pub gates: &'a [f32],
    pub hidden_before: &'a [f32],
    pub state_before: &'a [f32],
    pub state: &'a [f32],
    /// ∂L/∂hidden, zero in padding lanes; becomes what a cell that carries hands to the step before.
    pub d_hidden: &'a mut [f32],
    /// ∂L/∂(first number of the state) from the step after; becomes that for the step before.
    pub d_state: &'a mut [f32],
    /// ∂L/∂sums, overwritten.
    pub d_sums: &'a mut [f32],
}

/// A slice as `N` equal parts of vectors.
pub fn parts<const N: usize>(values: &[f32]) -> [&[[f32; 4]]; N] {
    let mut parts = values.chunks_exact(values.len() / N);
    std::array::from_fn(|_| parts.next().expect("N parts").as_chunks().0)
}

/// The same to write to.
pub fn parts_mut<const N: usize>(values: &mut [f32]) -> [&mut [[f32; 4]]; N] {
    let mut parts = values.chunks_exact_mut(values.len() / N);
    std::array::from_fn(|_| parts.next().expect("N parts").as_chunks_mut().0)
}

/// A recurrent layer over a sequence.
pub struct RecurrentModule<C> {
    steps: usize,
    features: usize,
    units: usize,
    returns: Returns,
    cell: PhantomData<C>,
}

/// The four tensors, or their gradients.
struct Tensors<T> {
    weight_ih: T,
    weight_hh: T,
    bias_ih: T,
    bias_hh: T,
}

/// What a pass leaves behind.
struct Kept<T> {
    /// b_ih + b_hh of the joined gates.
    bias: T,
    /// The state before the first step.
    zeros: T,
    gates: T,
    state: T,
    /// Hidden state of every step, where it is not the output.
    hidden: T,
}

impl<C: Cell> RecurrentModule<C> {
    const GATES: usize = C::JOINED + C::APART;
    const SUMS: usize = C::JOINED + 2 * C::APART;

    /// Its module over such rows.
    pub fn new(input: &Shape, units: usize, returns: Returns) -> Result<Self, Message> {
        let (steps, features) = super::sequence(input)?;
        Ok(RecurrentModule { steps, features, units, returns, cell: PhantomData })
    }

    /// Lengths of the tensors.
    fn lengths(&self) -> [usize; 4] {
        let rows = Self::GATES * self.units;
        [rows * self.features, rows * self.units, rows, rows]
    }

    fn tensors<'a>(&self, parameters: &'a [f32]) -> Tensors<&'a [f32]> {
        let [ih, hh, bias, _] = self.lengths();
        let (weight_ih, rest) = parameters.split_at(ih);
        let (weight_hh, rest) = rest.split_at(hh);
        let (bias_ih, bias_hh) = rest.split_at(bias);
        Tensors { weight_ih, weight_hh, bias_ih, bias_hh }
    }

    fn gradients<'a>(&self, gradient: &'a mut [f32]) -> Tensors<&'a mut [f32]> {
        let [ih, hh, bias, _] = self.lengths();
        let (weight_ih, rest) = gradient.split_at_mut(ih);
        let (weight_hh, rest) = rest.split_at_mut(hh);
        let (bias_ih, bias_hh) = rest.split_at_mut(bias);
        Tensors { weight_ih, weight_hh, bias_ih, bias_hh }
    }

    /// Lengths of what is kept.
    fn kept_lengths(&self, lanes: usize) -> [usize; 5] {
        let unit = self.units * lanes;
        let hidden = if self.returns == Returns::Last { self.steps * unit } else { 0 };
        [C::JOINED * self.units, unit, self.steps * self.sums(lanes), self.steps * self.state(lanes), hidden]
    }

    fn kept_parts<'a>(&self, kept: &'a [f32], lanes: usize) -> Kept<&'a [f32]> {
        let [bias, zeros, gates, state, hidden] = self.kept_lengths(lanes);
        let (bias, rest) = kept.split_at(bias);
        let (zeros, rest) = rest.split_at(zeros);
        let (gates, rest) = rest.split_at(gates);
        let (state, rest) = rest.split_at(state);
        Kept { bias, zeros, gates, state, hidden: &rest[..hidden] }
    }

    fn kept_parts_mut<'a>(&self, kept: &'a mut [f32], lanes: usize) -> Kept<&'a mut [f32]> {
        let [bias, zeros, gates, state, hidden] = self.kept_lengths(lanes);
        let (bias, rest) = kept.split_at_mut(bias);
        let (zeros, rest) = rest.split_at_mut(zeros);
        let (gates, rest) = rest.split_at_mut(gates);
        let (state, rest) = rest.split_at_mut(state);
        Kept { bias, zeros, gates, state, hidden: &mut rest[..hidden] }
    }

    /// Floats of one step: of sums, and of state.
    fn sums(&self, lanes: usize) -> usize {
        Self::SUMS * self.units * lanes
    }

    fn state(&self, lanes: usize) -> usize {
        C::STATE * self.units * lanes
    }

    /// Sums of one step from the input and, but for the first step, the hidden state before it.
    fn linear(&self, tensors: &Tensors<&[f32]>, bias: &[f32], x: &[f32], before: Option<&[f32]>, sums: &mut [f32], lanes: usize) {
        let joined = C::JOINED * self.units;
        let (x_joined, x_apart) = tensors.weight_ih.split_at(joined * self.features);
        let (h_joined, h_apart) = tensors.weight_hh.split_at(joined * self.units);
        let (together, apart) = sums.split_at_mut(joined * lanes);
        let from_h = before.map(|x| Product { weights: h_joined, x });
        sequence::affine(Product { weights: x_joined, x }, from_h, bias, together, lanes);
        if C::APART > 0 {
            let (of_x, of_h) = apart.split_at_mut(C::APART * self.units * lanes);
            let bias_h = &tensors.bias_hh[joined..];
            sequence::affine(Product { weights: x_apart, x }, None, &tensors.bias_ih[joined..], of_x, lanes);
            match before {
                Some(x) => sequence::affine(Product { weights: h_apart, x }, None, bias_h, of_h, lanes),
                None => of_h.chunks_exact_mut(lanes).zip(bias_h).for_each(|(sums, bias)| sums.fill(*bias)),
            }
        }
    }

    /// `d_before` = W_hhᵀ·∂L/∂sums.
    fn through_weights(&self, weight_hh: &[f32], d_sums: &[f32], d_before: &mut [f32], lanes: usize) {
        let (joined, apart) = weight_hh.split_at(C::JOINED * self.units * self.units);
        let apart = Product { weights: apart, x: &d_sums[Self::GATES * self.units * lanes..] };
        sequence::input_gradient(Product { weights: joined, x: d_sums }, (C::APART > 0).then_some(apart), d_before, self.units, lanes);
    }

    /// Gradients of the four tensors, from ∂L/∂sums of all steps.
    fn tensor_gradients(&self, d_sums: &[f32], input: &[f32], hidden: &[f32], gradient: &mut [f32], lanes: usize) {
        let (joined, rows, steps) = (C::JOINED * self.units, Self::GATES * self.units, self.steps);
        let stride = self.sums(lanes);
        let d_rows = |step: usize, row: usize| Rows { values: &d_sums[step * stride + row * lanes..], stride };
        let Tensors { weight_ih, weight_hh, bias_ih, bias_hh } = self.gradients(gradient);
        sequence::weight_gradient(d_rows(0, 0), Rows { values: input, stride: self.features * lanes }, weight_ih, rows, steps, lanes);
        sequence::bias_gradient(d_rows(0, 0), bias_ih, steps, lanes);
        bias_hh[..joined].copy_from_slice(&bias_ih[..joined]);
        if steps == 1 {
            weight_hh.fill(0.0);
        } else {
            // The first step has nothing before it.
            let before = Rows { values: hidden, stride: self.units * lanes };
            let (h_joined, h_apart) = weight_hh.split_at_mut(joined * self.units);
            sequence::weight_gradient(d_rows(1, 0), before, h_joined, joined, steps - 1, lanes);
            if C::APART > 0 {
                sequence::weight_gradient(d_rows(1, rows), before, h_apart, rows - joined, steps - 1, lanes);
            }
        }
        if C::APART > 0 {
            sequence::bias_gradient(d_rows(0, rows), &mut bias_hh[joined..], steps, lanes);
        }
    }
}

impl<C: Cell> Module for RecurrentModule<C> {
    fn output(&self) -> Shape {
        match self.returns {
            Returns::Last => Shape::Flat { units: self.units },
            Returns::Every => Shape::Sequence { steps: self.steps, features: self.units },
        }
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        let rows = Self::GATES * self.units;
        let weight = |name, inputs| Parameter::weight(name, vec![rows, inputs], Fan { inputs, outputs: self.units });
        let bias = |name| Parameter::constant(name, vec![rows], 0.0);
        vec![weight("weight_ih_l0", self.features), weight("weight_hh_l0", self.units), bias("bias_ih_l0"), bias("bias_hh_l0")]
    }

    fn multiply_adds(&self) -> u64 {
        (self.steps * Self::GATES * self.units * (self.features + self.units)) as u64
    }

    fn kept(&self, lanes: usize) -> usize {
        self.kept_lengths(lanes).iter().sum()
    }

    fn hidden(&self, lanes: usize) -> Option<Remembering> {
        let [bias, zeros, gates, state, hidden] = self.kept_lengths(lanes);
        (hidden > 0).then_some(Remembering { steps: self.steps, units: self.units, at: bias + zeros + gates + state })
    }

    /// ∂L/∂sums of every step, ∂L/∂hidden of two steps, ∂L/∂state.
    fn scratch(&self, lanes: usize) -> usize {
        self.steps * self.sums(lanes) + 3 * self.units * lanes
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, .. } = pass;
        let (unit, sums, state, features) = (self.units * lanes, self.sums(lanes), self.state(lanes), self.features * lanes);
        let tensors = self.tensors(parameters);
        let kept = self.kept_parts_mut(kept, lanes);
        let (hidden, last) = match self.returns {
            Returns::Every => (output, None),
            Returns::Last => (kept.hidden, Some(output)),
        };
        for (to, (ih, hh)) in kept.bias.iter_mut().zip(tensors.bias_ih.iter().zip(tensors.bias_hh)) {
            *to = ih + hh;
        }
        kept.zeros.fill(0.0);
        for step in 0..self.steps {
            let (hidden_past, hidden) = hidden.split_at_mut(step * unit);
            let (state_past, state_now) = kept.state.split_at_mut(step * state);
            let hidden_before = if step > 0 { &hidden_past[(step - 1) * unit..] } else { &*kept.zeros };
            let state_before = if step > 0 && state > 0 { &state_past[(step - 1) * state..][..unit] } else { &*kept.zeros };
            let gates = &mut kept.gates[step * sums..][..sums];
            self.linear(&tensors, kept.bias, &input[step * features..], (step > 0).then_some(hidden_before), gates, lanes);
            C::forward(CellForward { gates, hidden_before, state_before, state: &mut state_now[..state], hidden: &mut hidden[..unit] });
        }
        if let Some(last) = last {
            last[..unit].copy_from_slice(&hidden[(self.steps - 1) * unit..][..unit]);
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, output, kept, d_output, d_parameters, mut d_input, lanes, scratch, .. } = pass;
        let (unit, sums, state) = (self.units * lanes, self.sums(lanes), self.state(lanes));
        let (features, last) = (self.features * lanes, self.steps - 1);
        let tensors = self.tensors(parameters);
        let kept = self.kept_parts(kept, lanes);
        let every = self.returns == Returns::Every;
        let hidden = if every { &output[..self.steps * unit] } else { kept.hidden };
        let (d_sums, rest) = scratch.split_at_mut(self.steps * sums);
        let (mut d_hidden, rest) = rest.split_at_mut(unit);
        let (mut d_before, rest) = rest.split_at_mut(unit);
        let d_state = &mut rest[..unit];
        d_state.fill(0.0);
        d_hidden.copy_from_slice(&d_output[if every { last * unit } else { 0 }..][..unit]);
        for step in (0..self.steps).rev() {
            let d_sums = &mut d_sums[step * sums..][..sums];
            C::backward(CellBackward {
                gates: &kept.gates[step * sums..][..sums],
                hidden_before: if step > 0 { &hidden[(step - 1) * unit..][..unit] } else { kept.zeros },
                state_before: if step > 0 && C::STATE > 0 { &kept.state[(step - 1) * state..][..unit] } else { kept.zeros },
                state: &kept.state[step * state..][..state],
                d_hidden,
                d_state,
                d_sums,
            });
            if let Some(d_input) = d_input.as_deref_mut() {
                let through = Product { weights: tensors.weight_ih, x: d_sums };
                sequence::input_gradient(through, None, &mut d_input[step * features..], self.features, lanes);
            }
            if step > 0 {
                self.through_weights(tensors.weight_hh, d_sums, d_before, lanes);
                if C::CARRIES {
                    add(d_before, d_hidden);
                }
                if every {
                    add(d_before, &d_output[(step - 1) * unit..]);
                }
                std::mem::swap(&mut d_hidden, &mut d_before);
            }
        }
        self.tensor_gradients(d_sums, input, hidden, d_parameters, lanes);
    }
}

/// `to += from`.
fn add(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}
