//! What `rnn`, `lstm` and `gru` share: shapes, PyTorch's four tensors, the walk over the steps, and the gradients of all that is linear. A layer's own
//! file has its [`Cell`]: what happens between the sums of a step and its hidden state, forward and backward.
//!
//! Most gates see one sum, W_ih·x + b_ih + W_hh·h + b_hh (*joined*). A gate may keep W_ih·x + b_ih and W_hh·h + b_hh *apart*. A step's sums are
//! `[joined | apart: from x | apart: from h]`, each `[units][lanes]`; weights have the joined gates' rows first. Initialisers see each
//! gate's matrix by itself, as if it were a dense layer.

use super::{Backward, Forward, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::initialiser::Fan;
use crate::math::elementary::LANES;
use crate::math::sequence::{self, Product, Rows};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use std::ops::Range;
use wide::f32x4;

/// Returns | 返回
///
/// What the layer hands on: its last output or the output of every step. | 该层向后传最后一步的输出，还是每一步的输出。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Returns {
    /// Last step | 最后一步
    ///
    /// One output after the whole sequence, as plain numbers: to classify or to forecast. | 读完整个序列后的一个输出，为一维向量：用于分类或预测。
    #[default]
    Last,
    /// Every step | 每一步
    ///
    /// An output after each step, a sequence again: for another layer that reads sequences. | 每一步之后各有输出，仍是序列：供后面读取序列的层使用。
    Every,
}

/// The nonlinear part of a recurrent layer. Slices are `[units][lanes]`, those of sums one for each sum.
///
/// What a cell keeps of a step is a *record* for each vector of lanes of each unit: its numbers lie side by side. Apart, they would lie powers of two
/// from one another, where they throw each other out of the cache: an LSTM's backward pass takes four times as long then.
pub trait Cell {
    /// Gates with one sum.
    const JOINED: usize;
    /// Gates with a sum of x and a sum of h.
    const APART: usize;
    /// Vectors of a record.
    const KEPT: usize;
    /// True where the hidden state also passes to the next step without going through the weights.
    const CARRIES: bool;

    fn forward(step: CellForward);
    fn backward(step: CellBackward);
}

/// One step forward.
pub struct CellForward<'a> {
    /// May be used up.
    pub sums: &'a mut [f32],
    /// Hidden state and records of the step before; zeros before the first.
    pub hidden_before: &'a [f32],
    pub records_before: &'a [f32],
    pub records: &'a mut [f32],
    pub hidden: &'a mut [f32],
}

/// One step backward.
pub struct CellBackward<'a> {
    pub hidden_before: &'a [f32],
    pub records_before: &'a [f32],
    pub records: &'a [f32],
    pub hidden: &'a [f32],
    /// ∂L/∂hidden, zero in padding lanes; becomes what a cell that carries hands to the step before.
    pub d_hidden: &'a mut [f32],
    /// Whatever else the step after hands to this one, zero behind the last step; becomes that for the step before.
    pub d_state: &'a mut [f32],
    /// ∂L/∂sums, overwritten.
    pub d_sums: &'a mut [f32],
}

/// The vectors of one part of a slice of several equal parts: one gate's of the sums.
pub fn part(values: &[f32], part: usize, units: usize) -> &[[f32; LANES]] {
    values[part * units..(part + 1) * units].as_chunks().0
}

/// All parts to write to.
pub fn parts_mut<const N: usize>(values: &mut [f32], units: usize) -> [&mut [[f32; LANES]]; N] {
    let mut parts = values.chunks_exact_mut(units);
    std::array::from_fn(|_| parts.next().expect("a part").as_chunks_mut().0)
}

/// Vector `at` of a record.
#[inline(always)]
pub fn read<const N: usize>(record: &[f32; N], at: usize) -> f32x4 {
    f32x4::from(*record[at * LANES..].first_chunk::<LANES>().expect("whole vectors"))
}

/// Fills a record.
#[inline(always)]
pub fn write<const N: usize>(record: &mut [f32; N], vectors: impl IntoIterator<Item = f32x4>) {
    for (to, vector) in record.as_chunks_mut::<LANES>().0.iter_mut().zip(vectors) {
        *to = vector.to_array();
    }
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
    /// What was before the first step.
    zeros: T,
    /// Of one step: only the forward pass needs them.
    sums: T,
    records: T,
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

    /// Lengths of what is kept, together [`Module::kept`].
    fn kept_lengths(&self, lanes: usize) -> [usize; 5] {
        let unit = self.units * lanes;
        let hidden = if self.returns == Returns::Last { self.steps * unit } else { 0 };
        [C::JOINED * self.units, unit * C::KEPT.max(1), self.sums(lanes), self.steps * self.records(lanes), hidden]
    }

    fn kept_parts<'a>(&self, kept: &'a [f32], lanes: usize) -> Kept<&'a [f32]> {
        let [bias, zeros, sums, records, hidden] = self.kept_lengths(lanes);
        let (bias, rest) = kept.split_at(bias);
        let (zeros, rest) = rest.split_at(zeros);
        let (sums, rest) = rest.split_at(sums);
        let (records, rest) = rest.split_at(records);
        Kept { bias, zeros, sums, records, hidden: &rest[..hidden] }
    }

    fn kept_parts_mut<'a>(&self, kept: &'a mut [f32], lanes: usize) -> Kept<&'a mut [f32]> {
        let [bias, zeros, sums, records, hidden] = self.kept_lengths(lanes);
        let (bias, rest) = kept.split_at_mut(bias);
        let (zeros, rest) = rest.split_at_mut(zeros);
        let (sums, rest) = rest.split_at_mut(sums);
        let (records, rest) = rest.split_at_mut(records);
        Kept { bias, zeros, sums, records, hidden: &mut rest[..hidden] }
    }

    /// Steps whose gradients are summed together.
    fn together(&self, lanes: usize) -> usize {
        sequence::together(self.sums(lanes)).min(self.steps)
    }

    /// Floats of one step: of sums, and of records.
    fn sums(&self, lanes: usize) -> usize {
        Self::SUMS * self.units * lanes
    }

    fn records(&self, lanes: usize) -> usize {
        C::KEPT * self.units * lanes
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

    /// Adds the gradients of the four tensors, from ∂L/∂sums of these steps; those of joined gates' bias_hh are missing.
    fn add_gradients(
        &self,
        d_sums: &[f32],
        input: &[f32],
        hidden: &[f32],
        to: &mut Tensors<&mut [f32]>,
        steps: Range<usize>,
        lanes: usize,
    ) {
        let (first, count) = (steps.start, steps.len());
        let (joined, rows, stride) = (C::JOINED * self.units, Self::GATES * self.units, self.sums(lanes));
        let (features, unit) = (self.features * lanes, self.units * lanes);
        let d_rows = |step: usize, row: usize| Rows { values: &d_sums[step * stride + row * lanes..], stride };
        let x = Rows { values: &input[first * features..], stride: features };
        sequence::add_weight_gradient(d_rows(0, 0), x, to.weight_ih, rows, count, lanes);
        sequence::add_bias_gradient(d_rows(0, 0), to.bias_ih, count, lanes);
        if C::APART > 0 {
            sequence::add_bias_gradient(d_rows(0, rows), &mut to.bias_hh[joined..], count, lanes);
        }
        // The very first step has nothing before it.
        let skipped = usize::from(first == 0);
        if count > skipped {
            let before = Rows { values: &hidden[(first + skipped - 1) * unit..], stride: unit };
            let (h_joined, h_apart) = to.weight_hh.split_at_mut(joined * self.units);
            sequence::add_weight_gradient(d_rows(skipped, 0), before, h_joined, joined, count - skipped, lanes);
            if C::APART > 0 {
                sequence::add_weight_gradient(d_rows(skipped, rows), before, h_apart, rows - joined, count - skipped, lanes);
            }
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
        floats(self.steps, Self::GATES * self.units).saturating_mul((self.features + self.units) as u64)
    }

    fn kept(&self, lanes: usize) -> u64 {
        let unit = floats(self.units, lanes);
        let hidden = if self.returns == Returns::Last { self.steps as u64 * unit } else { 0 };
        let step = (C::KEPT.max(1) + Self::SUMS) as u64 * unit;
        (C::JOINED * self.units) as u64 + step + (self.steps * C::KEPT) as u64 * unit + hidden
    }

    /// ∂L/∂sums of some steps, ∂L/∂hidden of two, and what else a step hands to the one before.
    fn scratch(&self, lanes: usize) -> u64 {
        sequence::most_together(floats(Self::SUMS * self.units, lanes), self.steps as u64) + 3 * floats(self.units, lanes)
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, .. } = pass;
        let (unit, size, features) = (self.units * lanes, self.records(lanes), self.features * lanes);
        let tensors = self.tensors(parameters);
        let Kept { bias, zeros, sums, records, hidden } = self.kept_parts_mut(kept, lanes);
        let (hidden, last) = match self.returns {
            Returns::Every => (output, None),
            Returns::Last => (hidden, Some(output)),
        };
        for (to, (ih, hh)) in bias.iter_mut().zip(tensors.bias_ih.iter().zip(tensors.bias_hh)) {
            *to = ih + hh;
        }
        zeros.fill(0.0);
        for step in 0..self.steps {
            let (hidden_past, hidden) = hidden.split_at_mut(step * unit);
            let (records_past, records) = records.split_at_mut(step * size);
            let hidden_before = if step > 0 { &hidden_past[(step - 1) * unit..] } else { &zeros[..unit] };
            let records_before = if step > 0 { &records_past[(step - 1) * size..] } else { &zeros[..size] };
            self.linear(&tensors, bias, &input[step * features..], (step > 0).then_some(hidden_before), sums, lanes);
            let (records, hidden) = (&mut records[..size], &mut hidden[..unit]);
            C::forward(CellForward { sums, hidden_before, records_before, records, hidden });
        }
        if let Some(last) = last {
            last[..unit].copy_from_slice(&hidden[(self.steps - 1) * unit..][..unit]);
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, output, kept, d_output, d_parameters, mut d_input, lanes, scratch, .. } = pass;
        let (unit, sums, size) = (self.units * lanes, self.sums(lanes), self.records(lanes));
        let (features, last, together) = (self.features * lanes, self.steps - 1, self.together(lanes));
        let tensors = self.tensors(parameters);
        let Kept { zeros, records, hidden, .. } = self.kept_parts(kept, lanes);
        let every = self.returns == Returns::Every;
        let hidden = if every { &output[..self.steps * unit] } else { hidden };
        let (d_sums, rest) = scratch.split_at_mut(together * sums);
        let (mut d_hidden, rest) = rest.split_at_mut(unit);
        let (mut d_before, rest) = rest.split_at_mut(unit);
        let d_state = &mut rest[..unit];
        d_parameters.fill(0.0);
        let mut gradients = self.gradients(d_parameters);
        d_state.fill(0.0);
        d_hidden.copy_from_slice(&d_output[if every { last * unit } else { 0 }..][..unit]);
        for step in (0..self.steps).rev() {
            let first = step / together * together;
            let d_step = &mut d_sums[(step - first) * sums..][..sums];
            C::backward(CellBackward {
                hidden_before: if step > 0 { &hidden[(step - 1) * unit..][..unit] } else { &zeros[..unit] },
                records_before: if step > 0 { &records[(step - 1) * size..][..size] } else { &zeros[..size] },
                records: &records[step * size..][..size],
                hidden: &hidden[step * unit..][..unit],
                d_hidden,
                d_state,
                d_sums: d_step,
            });
            if let Some(d_input) = d_input.as_deref_mut() {
                let through = Product { weights: tensors.weight_ih, x: d_step };
                sequence::input_gradient(through, None, &mut d_input[step * features..], self.features, lanes);
            }
            if step > 0 {
                self.through_weights(tensors.weight_hh, d_step, d_before, lanes);
                if C::CARRIES {
                    add(d_before, d_hidden);
                }
                if every {
                    add(d_before, &d_output[(step - 1) * unit..]);
                }
                std::mem::swap(&mut d_hidden, &mut d_before);
            }
            if step == first {
                self.add_gradients(d_sums, input, hidden, &mut gradients, first..self.steps.min(first + together), lanes);
            }
        }
        let joined = C::JOINED * self.units;
        gradients.bias_hh[..joined].copy_from_slice(&gradients.bias_ih[..joined]);
    }
}

/// `to += from`.
fn add(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}
