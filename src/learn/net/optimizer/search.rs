//! Optimizers that look at the loss more than once an update: what they may ask of the network ([`Objective`], which `net/objective.rs`
//! answers), and what they are given to remember and to work with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The loss of one update's batch as a function of the weights, penalties included. What is random in a pass is the same in all of them.
///
/// Costs are counted in passes over the batch: forward one, backward two; a gradient is both.
pub trait Objective {
    /// The loss at `parameters`; overwrites `gradient`. Costs a gradient, and nothing where the last update ended with exactly this.
    fn evaluate(&mut self, parameters: &[f32], gradient: &mut [f32]) -> f64;

    /// The loss alone. Costs a pass forward, a third of a gradient.
    fn loss(&mut self, parameters: &[f32]) -> f64;

    /// `product` = H·direction, H the Hessian at `parameters`, where `evaluate` has just been asked. Costs two gradients: R of both passes takes
    /// about twice what they took. For those that say that they need [`Needs::Curvature`].
    fn curvature(&mut self, parameters: &[f32], direction: &[f32], product: &mut [f32]);

    /// For a loss that is Σ w d² over rows and outputs, d how far an output is from what is desired: calls `visit` with w, d and ∇d for each, and
    /// returns the loss, penalties included. `slopes` is scratch, as long as `parameters`. Costs a pass forward and one backward for each output.
    /// For those that say that they need [`Needs::Residuals`].
    fn residuals(&mut self, parameters: &[f32], slopes: &mut [f32], visit: &mut dyn FnMut(f64, f64, &[f32])) -> f64;

    /// The penalties' slope at `parameters` and the diagonal of their Hessian; overwrites both.
    fn penalties(&mut self, parameters: &[f32], slope: &mut [f32], curvature: &mut [f32]);

    /// That the update begins with this gradient, where `evaluate` was not asked for it.
    fn began(&mut self, gradient: &[f64]);

    /// That the update ends at `parameters`, where loss and gradient are these: the next one need not compute them again.
    fn ended(&mut self, parameters: &[f32], loss: f64, gradient: &[f32]);
}

/// What a search works on.
pub struct Searching<'a> {
    /// The weights: moved by the search.
    pub parameters: &'a mut [f32],
    /// `slots()` vectors of the parameters' length, one after the other; zero before the first update.
    pub slots: &'a mut [f32],
    /// `remembers()` numbers; zero before the first update.
    pub memory: &'a mut [f64],
    /// `work()` numbers that mean nothing before and after.
    pub work: Work<'a>,
}

/// Scratch memory, handed out piece by piece.
pub struct Work<'a>(pub &'a mut [f64]);

impl<'a> Work<'a> {
    /// Numbers of scratch that so many floats take.
    pub const fn of_floats(count: u64) -> u64 {
        count.div_ceil(2)
    }

    /// The next `count` floats.
    pub fn floats(&mut self, count: usize) -> &'a mut [f32] {
        &mut bytemuck::cast_slice_mut(self.doubles(Self::of_floats(count as u64) as usize))[..count]
    }

    /// The next `count` numbers.
    pub fn doubles(&mut self, count: usize) -> &'a mut [f64] {
        let (taken, rest) = std::mem::take(&mut self.0).split_at_mut(count);
        self.0 = rest;
        taken
    }
}

/// What a search asks of the network besides losses and gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Needs {
    Gradients,
    /// Products with the Hessian.
    Curvature,
    /// Every residual of a squared loss by itself.
    Residuals,
}

/// A rule of descent that chooses the length of its steps itself.
pub trait Search {
    /// What it will ask for.
    fn needs(&self) -> Needs {
        Needs::Gradients
    }

    /// How many parameters it can take with so many residuals in an update; none where any number will do.
    fn most_parameters(&self, _residuals: usize) -> Option<usize> {
        None
    }

    /// Numbers to remember of the network as a whole.
    fn remembers(&self) -> u64;

    /// Numbers of scratch for so many parameters.
    fn work(&self, parameters: u64) -> u64;

    /// One update.
    fn search(&self, searching: Searching, objective: &mut dyn Objective);
}

/// Samples per update | 每次更新的样本
///
/// Whether an update uses all training samples or one batch of them. | 每次更新使用全部训练样本，还是其中一个批次。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpdateRows {
    /// All | 全部
    ///
    /// All training samples, so that losses within an update can be compared. | 全部训练样本，使一次更新中的各个损失可以相互比较。
    #[default]
    All,
    /// One batch | 一个批次
    ///
    /// As many as the batch size says: quicker, and less exact. | 样本数由批大小决定：更快，但不够精确。
    Batch,
}

impl UpdateRows {
    /// See [`super::Optimizer::batch`].
    pub fn batch(self, batch_size: usize, rows: usize) -> usize {
        match self {
            UpdateRows::All => rows,
            UpdateRows::Batch => batch_size.min(rows),
        }
    }
}

/// xᵀy.
pub(super) fn dot(x: &[f32], y: &[f32]) -> f64 {
    // Four sums, so that the additions do not wait for one another.
    let (x4, x_rest) = x.as_chunks::<4>();
    let (y4, y_rest) = y.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (x, y) in x4.iter().zip(y4) {
        for lane in 0..4 {
            sums[lane] += f64::from(x[lane]) * f64::from(y[lane]);
        }
    }
    let rest: f64 = x_rest.iter().zip(y_rest).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// `to = x + t·d`.
pub(super) fn along(x: &[f32], t: f64, d: &[f32], to: &mut [f32]) {
    for ((to, &x), &d) in to.iter_mut().zip(x).zip(d) {
        *to = (f64::from(x) + t * f64::from(d)) as f32;
    }
}
