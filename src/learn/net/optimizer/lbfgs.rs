//! x ← x − t H g, where H is the inverse Hessian as the last m pairs (s, y) of steps and changes of the gradient describe it (Nocedal & Wright,
//! Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5), and t comes from a line search (`line_search.rs`). PyTorch's `LBFGS` with
//! `line_search_fn="strong_wolfe"` and one iteration a step, but for three things: ten pairs instead of a hundred, which snapshots would have
//! to carry; a pair comes from one batch, where PyTorch subtracts gradients of two; and where the search finds nothing, the pairs are
//! forgotten, so that the next update follows the gradient.

use super::line_search::{Point, strong_wolfe};
use super::search::{Objective, Search, Searching, UpdateRows, Work, along, dot};
use super::{Optimizer, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// L-BFGS | L-BFGS
///
/// Learns the curvature from its last steps, and searches for the best length of each step. | 从最近几步中学得曲率，并为每一步搜索合适的步长。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "lbfgs"))]
pub struct Lbfgs {
    /// History | 历史长度
    ///
    /// From how many past steps the curvature is estimated. | 用过去多少步来估计曲率。
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log", "x-term" = "lbfgs"))]
    pub history_size: usize,
    /// Max tries | 最多尝试次数
    ///
    /// How many step lengths an update may try; each costs a gradient. | 每次更新最多尝试多少个步长；每次尝试要算一次梯度。
    #[schemars(range(min = 1, max = 100), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log", "x-term" = "line-search"))]
    pub max_evaluations: usize,
    /// Samples per update | 每次更新的样本
    ///
    /// Which samples an update uses; a search is exact only on all of them. | 每次更新用哪些样本；只有使用全部样本时搜索才精确。
    #[schemars(extend("x-depth" = "lab", "x-term" = "batch"))]
    pub rows: UpdateRows,
}

impl Default for Lbfgs {
    fn default() -> Self {
        Lbfgs { history_size: 10, max_evaluations: 25, rows: UpdateRows::All }
    }
}

/// A gradient with no entry above this is zero; a slope along the direction above minus `SLOPE` leads nowhere.
const GRADIENT: f32 = 1e-7;
const SLOPE: f64 = 1e-9;
/// A pair whose sᵀy does not exceed this says nothing of the curvature.
const PAIR: f64 = 1e-10;

impl Optimizer for Lbfgs {
    fn learning_rate(&self) -> f64 {
        1.0
    }

    /// The vectors s, then the vectors y.
    fn slots(&self) -> usize {
        2 * self.history_size
    }

    fn batch(&self, batch_size: usize, rows: usize) -> usize {
        self.rows.batch(batch_size, rows)
    }

    fn step(&self, _: Step) {
        unreachable!("L-BFGS searches");
    }

    fn search(&self) -> Option<&dyn Search> {
        Some(self)
    }
}

impl Search for Lbfgs {
    /// Whether there was a step, the number of pairs, where the next one goes, sᵀy / yᵀy of the last one; then 1 / sᵀy of each.
    fn remembers(&self) -> u64 {
        4 + self.history_size as u64
    }

    /// The direction, a trial point, the gradients of a search; a factor a pair.
    fn work(&self, parameters: u64) -> u64 {
        (2 + Point::GRADIENTS as u64) * Work::of_floats(parameters) + self.history_size as u64
    }

    fn search(&self, searching: Searching, objective: &mut dyn Objective) {
        let Searching { parameters, slots, memory, mut work } = searching;
        let (size, most) = (parameters.len(), self.history_size);
        let (steps, changes) = slots.split_at_mut(size * most);
        let ([started, count, next, scale], inverses) = memory.split_first_chunk_mut::<4>().expect("four and one a pair");
        let (direction, trial) = (work.floats(size), work.floats(size));
        let mut gradients: [&mut [f32]; Point::GRADIENTS] = std::array::from_fn(|_| work.floats(size));
        let factors = work.doubles(most);
        let pair = |at: usize| at * size..(at + 1) * size;

        let loss = objective.evaluate(parameters, gradients[0]);
        if gradients[0].iter().all(|slope| slope.abs() <= GRADIENT) {
            return objective.ended(parameters, loss, gradients[0]);
        }

        // Algorithm 7.4, the newest pair first.
        direction.iter_mut().zip(&*gradients[0]).for_each(|(d, g)| *d = -g);
        let pairs = *count as usize;
        let newest_first = (1..=pairs).map(|back| (*next as usize + most - back) % most);
        for at in newest_first.clone() {
            factors[at] = inverses[at] * dot(&steps[pair(at)], direction);
            add(-factors[at], &changes[pair(at)], direction);
        }
        if pairs > 0 {
            direction.iter_mut().for_each(|d| *d = (*scale * f64::from(*d)) as f32);
        }
        for at in newest_first.rev() {
            let factor = inverses[at] * dot(&changes[pair(at)], direction);
            add(factors[at] - factor, &steps[pair(at)], direction);
        }

        let slope = dot(gradients[0], direction);
        if slope > -SLOPE {
            *count = 0.0;
            return objective.ended(parameters, loss, gradients[0]);
        }
        let sum: f64 = gradients[0].iter().map(|slope| f64::from(slope.abs())).sum();
        let first = if *started == 0.0 { (1.0 / sum).min(1.0) } else { 1.0 };
        *started = 1.0;
        let largest = direction.iter().fold(0.0, |largest: f32, d| d.abs().max(largest));
        let start = Point { t: 0.0, f: loss, slope, gradient: 0 };
        let found = strong_wolfe(start, first, f64::from(largest), self.max_evaluations, |t, place| {
            along(parameters, t, direction, trial);
            let f = objective.evaluate(trial, gradients[place]);
            (f, dot(gradients[place], direction))
        });
        if found.t == 0.0 {
            *count = 0.0;
            return objective.ended(parameters, loss, gradients[0]);
        }

        along(parameters, found.t, direction, trial);
        parameters.copy_from_slice(trial);
        objective.ended(parameters, found.f, gradients[found.gradient]);
        let product = found.t * (found.slope - slope);
        if product > PAIR {
            let at = *next as usize;
            let (step, change) = (&mut steps[pair(at)], &mut changes[pair(at)]);
            step.iter_mut().zip(&*direction).for_each(|(s, &d)| *s = (found.t * f64::from(d)) as f32);
            change.iter_mut().zip(&*gradients[found.gradient]).zip(&*gradients[0]).for_each(|((y, new), old)| *y = new - old);
            inverses[at] = 1.0 / product;
            *scale = product / dot(change, change);
            *next = ((at + 1) % most) as f64;
            *count = (*count + 1.0).min(most as f64);
        }
    }
}

/// `to += factor · from`.
fn add(factor: f64, from: &[f32], to: &mut [f32]) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = (f64::from(*to) + factor * f64::from(from)) as f32;
    }
}
