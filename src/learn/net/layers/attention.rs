//! Q, K, V = W_in·X + b_in at every step; for each head, over its share d of the features, A = softmax(Q·Kᵀ / √d), C = A·V; Y = W_out·C + b_out at every
//! step (Vaswani et al. 2017, eq. 1 and section 3.2.2). ∂V = Aᵀ·∂C, ∂A = ∂C·Vᵀ, ∂S = A ⊙ (∂A − Σ_j A ⊙ ∂A), ∂Q = ∂S·K / √d, ∂K = ∂Sᵀ·Q / √d.
//! PyTorch's `MultiheadAttention(x, x, x)` with `batch_first` and without dropout: `in_proj_weight` `[3·features, features]` (Q, K, V one after the
//! other), `in_proj_bias`, `out_proj.weight`, `out_proj.bias`; biases begin at zero.

use super::{Attending, Backward, Forward, Layer, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::initialiser::Fan;
use crate::math::elementary;
use crate::math::lanes::{Grid, GridMut, Sizes, product};
use crate::math::sequence::{self, Product, Rows};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Self-attention | 自注意力
///
/// Every step asks all steps (query), and takes from each (value) as much as its key fits the question. | 每一步向所有步提问（查询），并按各步的键与问题的契合程度取用其值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "attention"))]
pub struct Attention {
    /// Heads | 头数
    ///
    /// How many questions a step asks at once, each with its share of the features. | 一步同时提出多少个问题；各问题平分特征。
    #[schemars(range(min = 1, max = 16), extend("x-depth" = "starter", "x-term" = "attention"))]
    pub heads: usize,
}

impl Default for Attention {
    fn default() -> Self {
        Attention { heads: 1 }
    }
}

impl Layer for Attention {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let (steps, features) = super::sequence(input)?;
        let heads = self.heads;
        if !features.is_multiple_of(heads) {
            return Err(message!(
                "needs heads that divide the features, and has {heads} for the {features} of {input}",
                "的头数必须整除特征数：头数为 {heads}，而 {input} 的特征数为 {features}"
            ));
        }
        Ok(Box::new(AttentionModule { steps, features, heads }))
    }
}

struct AttentionModule {
    steps: usize,
    features: usize,
    heads: usize,
}

impl AttentionModule {
    /// Numbers of a row at every step.
    fn numbers(&self) -> usize {
        self.steps * self.features
    }

    fn tensors<'a>(&self, parameters: &'a [f32]) -> [&'a [f32]; 4] {
        let features = self.features;
        let (in_weight, rest) = parameters.split_at(3 * features * features);
        let (in_bias, rest) = rest.split_at(3 * features);
        let (out_weight, out_bias) = rest.split_at(features * features);
        [in_weight, in_bias, out_weight, out_bias]
    }

    /// Floats of one head's A.
    fn square_floats(&self, lanes: usize) -> u64 {
        floats(self.steps, self.steps).saturating_mul(lanes as u64)
    }

    fn weights(&self, lanes: usize) -> usize {
        self.heads * self.steps * self.steps * lanes
    }

    /// Q (0), K (1) or V (2) of one head: `[steps][features of the head]`.
    fn part<'a>(&self, of: &'a [f32], which: usize, head: usize, lanes: usize) -> Grid<'a> {
        Grid { values: &of[self.part_at(which, head, lanes)..], row: 3 * self.features * lanes, column: lanes }
    }

    fn part_mut<'a>(&self, of: &'a mut [f32], which: usize, head: usize, lanes: usize) -> GridMut<'a> {
        GridMut { values: &mut of[self.part_at(which, head, lanes)..], row: 3 * self.features * lanes, column: lanes }
    }

    fn part_at(&self, which: usize, head: usize, lanes: usize) -> usize {
        (which * self.features + head * self.features / self.heads) * lanes
    }

    /// `[steps][steps]` of one head.
    fn square<'a>(&self, of: &'a [f32], lanes: usize) -> Grid<'a> {
        Grid { values: of, row: self.steps * lanes, column: lanes }
    }

    /// Sizes of a product that leaves steps by steps, and of one that leaves steps by a head's features.
    fn sizes(&self) -> [Sizes; 2] {
        let (steps, share) = (self.steps, self.features / self.heads);
        [Sizes { rows: steps, columns: steps, depth: share }, Sizes { rows: steps, columns: share, depth: steps }]
    }

    /// 1 / √d.
    fn scale(&self) -> f32 {
        (1.0 / libm::sqrt((self.features / self.heads) as f64)) as f32
    }
}

impl Module for AttentionModule {
    fn output(&self) -> Shape {
        Shape::Sequence { steps: self.steps, features: self.features }
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        let features = self.features;
        let weight = |name, outputs| Parameter::weight(name, vec![outputs, features], Fan { inputs: features, outputs });
        let bias = |name, outputs| Parameter::constant(name, vec![outputs], 0.0);
        vec![
            weight("in_proj_weight", 3 * features),
            bias("in_proj_bias", 3 * features),
            weight("out_proj.weight", features),
            bias("out_proj.bias", features),
        ]
    }

    fn multiply_adds(&self) -> u64 {
        floats(4 * self.features + 2 * self.steps, 1).saturating_mul(self.output().numbers())
    }

    /// Q, K and V, `[steps][Q, K, V][features][lanes]`; A, `[heads][steps][steps][lanes]`; C, `[steps][features][lanes]`.
    fn kept(&self, lanes: usize) -> u64 {
        4 * floats(self.numbers(), lanes) + self.heads as u64 * self.square_floats(lanes)
    }

    fn attention(&self, lanes: usize) -> Option<Attending> {
        Some(Attending { heads: self.heads, steps: self.steps, at: 3 * self.numbers() * lanes })
    }

    /// ∂L/∂(Q, K, V), ∂L/∂C, and ∂L/∂A of one head.
    fn scratch(&self, lanes: usize) -> u64 {
        4 * floats(self.numbers(), lanes) + self.square_floats(lanes)
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, .. } = pass;
        let [in_weight, in_bias, out_weight, out_bias] = self.tensors(parameters);
        let (asked, rest) = kept.split_at_mut(3 * self.numbers() * lanes);
        let (weights, taken) = rest.split_at_mut(self.weights(lanes));
        let step = self.features * lanes;
        for (x, asked) in input.chunks_exact(step).zip(asked.chunks_exact_mut(3 * step)) {
            sequence::affine(Product { weights: in_weight, x }, None, in_bias, asked, lanes);
        }
        let [to_steps, to_features] = self.sizes();
        let asked = &*asked;
        for (head, weights) in weights.chunks_exact_mut(self.steps * self.steps * lanes).enumerate() {
            let [q, k, v] = [0, 1, 2].map(|which| self.part(asked, which, head, lanes));
            let scores = GridMut { values: &mut *weights, row: self.steps * lanes, column: lanes };
            product(to_steps, self.scale(), q, k.transposed(), scores, lanes);
            weights.chunks_exact_mut(self.steps * lanes).for_each(|row| softmax(row, lanes));
            let to = GridMut { values: &mut taken[head * step / self.heads..], row: step, column: lanes };
            product(to_features, 1.0, self.square(weights, lanes), v, to, lanes);
        }
        for (x, output) in taken.chunks_exact(step).zip(output.chunks_exact_mut(step)).take(self.steps) {
            sequence::affine(Product { weights: out_weight, x }, None, out_bias, output, lanes);
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, kept, d_output, d_parameters, d_input, lanes, scratch, .. } = pass;
        let [in_weight, in_bias, out_weight, _] = self.tensors(parameters);
        let (features, steps, step) = (self.features, self.steps, self.features * lanes);
        let (asked, rest) = kept.split_at(3 * self.numbers() * lanes);
        let (weights, taken) = rest.split_at(self.weights(lanes));
        let (d_asked, rest) = scratch.split_at_mut(3 * self.numbers() * lanes);
        let (d_taken, rest) = rest.split_at_mut(self.numbers() * lanes);
        let d_weights = &mut rest[..steps * steps * lanes];
        let (d_in, d_out) = d_parameters.split_at_mut(in_weight.len() + in_bias.len());
        let (d_in_weight, d_in_bias) = d_in.split_at_mut(in_weight.len());
        let (d_out_weight, d_out_bias) = d_out.split_at_mut(out_weight.len());

        let dy = Rows { values: d_output, stride: step };
        sequence::weight_gradient(dy, Rows { values: taken, stride: step }, d_out_weight, features, steps, lanes);
        sequence::bias_gradient(dy, d_out_bias, steps, lanes);
        for (dy, d_taken) in d_output.chunks_exact(step).zip(d_taken.chunks_exact_mut(step)) {
            sequence::input_gradient(Product { weights: out_weight, x: dy }, None, d_taken, features, lanes);
        }

        let [to_steps, to_features] = self.sizes();
        for (head, weights) in weights.chunks_exact(steps * steps * lanes).enumerate() {
            let [q, k, v] = [0, 1, 2].map(|which| self.part(asked, which, head, lanes));
            let a = self.square(weights, lanes);
            let dc = Grid { values: &d_taken[head * step / self.heads..], row: step, column: lanes };
            product(to_features, 1.0, a.transposed(), dc, self.part_mut(d_asked, 2, head, lanes), lanes);
            let da = GridMut { values: &mut *d_weights, row: steps * lanes, column: lanes };
            product(to_steps, 1.0, dc, v.transposed(), da, lanes);
            for (a, da) in weights.chunks_exact(steps * lanes).zip(d_weights.chunks_exact_mut(steps * lanes)) {
                through_softmax(a, da, lanes);
            }
            let ds = self.square(d_weights, lanes);
            product(to_features, self.scale(), ds, k, self.part_mut(d_asked, 0, head, lanes), lanes);
            product(to_features, self.scale(), ds.transposed(), q, self.part_mut(d_asked, 1, head, lanes), lanes);
        }

        let d_asked = Rows { values: d_asked, stride: 3 * step };
        sequence::weight_gradient(d_asked, Rows { values: input, stride: step }, d_in_weight, 3 * features, steps, lanes);
        sequence::bias_gradient(d_asked, d_in_bias, steps, lanes);
        if let Some(d_input) = d_input {
            for (x, dx) in d_asked.values.chunks_exact(3 * step).zip(d_input.chunks_exact_mut(step)) {
                sequence::input_gradient(Product { weights: in_weight, x }, None, dx, features, lanes);
            }
        }
    }
}

/// A row of scores `[steps][lanes]` becomes weights that sum to one.
fn softmax(row: &mut [f32], lanes: usize) {
    let length = row.len();
    for lane in (0..lanes).step_by(elementary::LANES) {
        let places = || (lane..length).step_by(lanes);
        let at = |row: &[f32], place: usize| f32x4::from(*row[place..].first_chunk().expect("whole vectors"));
        let largest = places().fold(f32x4::splat(f32::NEG_INFINITY), |largest, place| largest.fast_max(at(row, place)));
        let mut sum = f32x4::ZERO;
        for place in places() {
            let weight = elementary::exp(at(row, place) - largest);
            sum += weight;
            row[place..place + elementary::LANES].copy_from_slice(&weight.to_array());
        }
        let share = f32x4::ONE / sum;
        for place in places() {
            let weight = at(row, place) * share;
            row[place..place + elementary::LANES].copy_from_slice(&weight.to_array());
        }
    }
}

/// ∂L/∂A of a row becomes ∂L/∂scores.
fn through_softmax(a: &[f32], d: &mut [f32], lanes: usize) {
    let at = |row: &[f32], place: usize| f32x4::from(*row[place..].first_chunk().expect("whole vectors"));
    for lane in (0..lanes).step_by(elementary::LANES) {
        let places = || (lane..a.len()).step_by(lanes);
        let mean = places().fold(f32x4::ZERO, |sum, place| sum + at(a, place) * at(d, place));
        for place in places() {
            let slope = at(a, place) * (at(d, place) - mean);
            d[place..place + elementary::LANES].copy_from_slice(&slope.to_array());
        }
    }
}
