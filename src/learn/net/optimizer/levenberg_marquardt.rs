//! For a sum of squares the Hessian is nearly JᵀJ, J the slopes of all residuals: h = −(JᵀJ + μ1)⁻¹ g (Levenberg 1944, Marquardt 1963). μ follows
//! the gain ratio ρ of the fall of the loss to the one that the model foretold: after a step that helped μ ← μ · max(⅓, 1 − (2ρ − 1)³), ν ← 2;
//! after one that did not μ ← νμ, ν ← 2ν, and another try from the same J (Nielsen 1999; Madsen, Nielsen & Tingleff 2004, algorithm 3.16). It begins at
//! μ = `damping` · max diag JᵀJ. With `damping` 0 there is no μ and no judging: the Gauss–Newton method (algorithm 3.1 with α = 1).
//!
//! The loss is Σ wᵣ dᵣ² with Σ w = 1 over rows and outputs, so JᵀJ stands for Σ 2wᵣ ∇dᵣ∇dᵣᵀ here. L2 is part of the squares; L1 adds its slope to g
//! and no curvature, its kink is left to the gain ratio.
//!
//! Dense equations: for P weights and R residuals an update takes R · P² / 2 multiply-adds for JᵀJ and P³ / 6 a try, in 16 P² bytes.

use super::search::{Needs, Objective, Search, Searching, UpdateRows, Work};
use super::{Optimizer, Step};
use crate::math::cholesky;
use crate::math::product::dot;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Levenberg–Marquardt | Levenberg–Marquardt 法
///
/// For squared errors of small networks: solves for the step that makes all errors small at once. | 用于小网络的平方误差：解方程组，求出一步同时减小所有误差的步子。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "levenberg-marquardt"))]
pub struct LevenbergMarquardt {
    /// Initial damping | 初始阻尼
    ///
    /// How cautious the first step is: large is short and downhill, zero is the undamped Gauss–Newton method. | 第一步有多谨慎：大则步短而沿下坡，0 即无阻尼的高斯–牛顿法。
    #[schemars(range(min = 0.0, max = 1000.0), extend("x-scale" = "log", "x-term" = "levenberg-marquardt"))]
    pub damping: f64,
    /// Max tries | 最多尝试次数
    ///
    /// How often an update may raise the damping until the loss falls. | 每次更新最多提高多少次阻尼，直到损失下降。
    #[schemars(range(min = 1, max = 50), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log", "x-term" = "levenberg-marquardt"))]
    pub max_tries: usize,
    /// Samples per update | 每次更新的样本
    ///
    /// Which samples an update uses; the equations are as many as the weights either way. | 每次更新用哪些样本；方程的个数总与权重一样多。
    #[schemars(extend("x-depth" = "lab", "x-term" = "batch"))]
    pub rows: UpdateRows,
}

impl Default for LevenbergMarquardt {
    fn default() -> Self {
        LevenbergMarquardt { damping: 1e-3, max_tries: 5, rows: UpdateRows::All }
    }
}

/// Multiply-adds of an update that tries once: about 100 ms in a browser.
const BUDGET: f64 = 1.2e8;
/// Bounds of μ, and what undamped equations get where they have no single solution: of the largest diagonal entry of JᵀJ.
const LEAST: f64 = 1e-15;
const MOST: f64 = 1e8;
const SINGULAR: f64 = 1e-10;
/// Of the loss: what rounding in single precision may change.
const NOISE: f64 = 1e-7;

impl Optimizer for LevenbergMarquardt {
    fn learning_rate(&self) -> f64 {
        1.0
    }

    fn batch(&self, batch_size: usize, rows: usize) -> usize {
        self.rows.batch(batch_size, rows)
    }

    fn step(&self, _: Step) {
        unreachable!("Levenberg and Marquardt search");
    }

    fn search(&self) -> Option<&dyn Search> {
        Some(self)
    }
}

impl Search for LevenbergMarquardt {
    fn needs(&self) -> Needs {
        Needs::Residuals
    }

    /// μ and ν, 0 before the first update.
    fn remembers(&self) -> u64 {
        2
    }

    /// JᵀJ and its factor; rows of J; gradient and step; the trial point, a row of J, what penalties add.
    fn work(&self, parameters: u64) -> u64 {
        // Also asked of networks that are too large.
        (2 * parameters + cholesky::BLOCK as u64 + 2).saturating_mul(parameters).saturating_add(4 * Work::of_floats(parameters))
    }

    fn most_parameters(&self, residuals: usize) -> Option<usize> {
        let cost = |parameters: f64| parameters * parameters * (residuals as f64 / 2.0 + parameters / 6.0);
        (1..).take_while(|&parameters| cost(f64::from(parameters)) <= BUDGET).last().map(|most: u32| most as usize)
    }

    fn search(&self, searching: Searching, objective: &mut dyn Objective) {
        let Searching { parameters, memory, mut work, .. } = searching;
        let size = parameters.len();
        let [normal, factor] = std::array::from_fn(|_| work.doubles(size * size));
        let block = work.doubles(cholesky::BLOCK * size);
        let [gradient, step] = std::array::from_fn(|_| work.doubles(size));
        let [trial, slopes, slope, curvature] = std::array::from_fn(|_| work.floats(size));

        normal.fill(0.0);
        gradient.fill(0.0);
        let mut rows = 0;
        let loss = objective.residuals(parameters, slopes, &mut |weight, distance, slopes| {
            let (twice, root) = (2.0 * weight * distance, libm::sqrt(2.0 * weight));
            let row = &mut block[rows * size..(rows + 1) * size];
            for ((row, gradient), &slope) in row.iter_mut().zip(&mut *gradient).zip(slopes) {
                *gradient += twice * f64::from(slope);
                *row = root * f64::from(slope);
            }
            rows += 1;
            if rows == cholesky::BLOCK {
                cholesky::add_outer(normal, block, size);
                rows = 0;
            }
        });
        cholesky::add_outer(normal, &block[..rows * size], size);
        objective.penalties(parameters, slope, curvature);
        for (at, (gradient, (&slope, &curvature))) in gradient.iter_mut().zip(slope.iter().zip(&*curvature)).enumerate() {
            *gradient += f64::from(slope);
            normal[at * size + at] += f64::from(curvature);
        }
        objective.began(gradient);
        let largest = (0..size).map(|at| normal[at * size + at]).fold(0.0, f64::max);
        // A loss that does not move, or is no number.
        if largest.partial_cmp(&0.0).is_none_or(|order| order.is_le()) {
            return;
        }

        if self.damping == 0.0 {
            let mut shift = 0.0;
            while !cholesky::factor(normal, shift, factor, size) {
                shift = if shift == 0.0 { SINGULAR * largest } else { 10.0 * shift };
                if !shift.is_finite() {
                    return;
                }
            }
            solve(factor, gradient, step);
            return parameters.iter_mut().zip(&*step).for_each(|(x, h)| *x = (f64::from(*x) + h) as f32);
        }

        let [damping, growth] = memory else { unreachable!("two numbers are remembered") };
        if *growth == 0.0 {
            (*damping, *growth) = (self.damping * largest, 2.0);
        }
        for _ in 0..self.max_tries {
            *damping = damping.clamp(LEAST * largest, MOST * largest);
            if cholesky::factor(normal, *damping, factor, size) {
                solve(factor, gradient, step);
                // ½ hᵀ(μh − g).
                let foretold = (*damping * dot(step, step) - dot(step, gradient)) / 2.0;
                trial.iter_mut().zip(&*parameters).zip(&*step).for_each(|((to, &x), h)| *to = (f64::from(x) + h) as f32);
                let noise = NOISE * loss.abs();
                let ratio = (loss - objective.loss(trial) + noise) / (foretold + noise);
                if ratio > 0.0 {
                    let turn = 2.0 * ratio - 1.0;
                    *damping *= (1.0 - turn * turn * turn).max(1.0 / 3.0);
                    *growth = 2.0;
                    return parameters.copy_from_slice(trial);
                }
            }
            *damping *= *growth;
            *growth *= 2.0;
        }
        // The next update begins with as much as helped nothing here, and not with steps that grow without an end.
        *growth = 2.0;
    }
}

/// h with UᵀU h = −g.
fn solve(factor: &[f64], gradient: &[f64], step: &mut [f64]) {
    step.iter_mut().zip(gradient).for_each(|(h, g)| *h = -g);
    cholesky::solve(factor, step);
}
