//! Newton's method within a trust region: the step p minimises the quadratic model m(p) = gᵀp + ½ pᵀHp within ‖p‖ ≤ Δ, approximately, by
//! conjugate gradients that stop at the border and where the model bends down (Steihaug 1983, Toint 1981; Nocedal & Wright, Numerical
//! Optimization, 2nd ed., algorithm 7.2). Δ follows how well the model foretold the loss (algorithm 4.1): a quarter below ρ < ¼, twice above ρ > ¾
//! at the border; the step is taken where ρ > 0.15. These are the numbers and the tolerance min(½, √‖g‖) ‖g‖ of SciPy's `trust-ncg`.
//!
//! H appears only in products H·v, exact ones (`layers/tangent.rs`). L1 adds its slope to g and nothing to H: the model does not see its
//! kink, and where a step crosses it the ratio ρ judges.

use super::search::{Needs, Objective, Search, Searching, UpdateRows, Work};
use super::{Optimizer, Step};
use crate::math::product::dot;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Newton's method | 牛顿法
///
/// Follows the exact curvature of the loss, as far as it can be trusted. | 依据损失的精确曲率前进，步子不超出可信任的范围。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "newton"))]
pub struct Newton {
    /// Initial radius | 初始半径
    ///
    /// How far the first step may go; later ones go further where the curvature foretells the loss well. | 第一步最远走多远；曲率预测得越准，之后的步子可以越大。
    #[schemars(range(min = 0.0001, max = 1000.0), extend("x-scale" = "log", "x-term" = "trust-region"))]
    pub radius: f64,
    /// Max inner steps | 最多内部步数
    ///
    /// How many times an update may ask for the curvature in a direction; each costs two gradients. | 每次更新最多询问多少次某方向的曲率；每次相当于两次梯度。
    #[schemars(range(min = 1, max = 1000), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log", "x-term" = "hessian"))]
    pub max_products: usize,
    /// Inner tolerance | 内部容差
    ///
    /// How exactly an update finds the bottom of its model: the slope left over, as a share of the gradient. | 每次更新把模型的最低点求到多准：剩余坡度占梯度的比例。
    #[schemars(range(min = 0.000001, max = 1.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log", "x-term" = "newton"))]
    pub tolerance: f64,
    /// Samples per update | 每次更新的样本
    ///
    /// Which samples an update uses; on one batch, the curvature is that of the batch. | 每次更新用哪些样本；只用一个批次时，曲率也只是该批次的。
    #[schemars(extend("x-depth" = "lab", "x-term" = "batch"))]
    pub rows: UpdateRows,
}

impl Default for Newton {
    fn default() -> Self {
        Newton { radius: 1.0, max_products: 50, tolerance: 0.5, rows: UpdateRows::All }
    }
}

/// Bounds of the radius, and the ratio above which a step is taken.
const LEAST: f64 = 1e-6;
const MOST: f64 = 1000.0;
const ACCEPT: f64 = 0.15;
/// Of the loss: what rounding in single precision may change. Below it a difference of losses says nothing (Conn, Gould & Toint 2000, section 17.4.2).
const NOISE: f64 = 1e-7;

impl Optimizer for Newton {
    fn learning_rate(&self) -> f64 {
        1.0
    }

    fn batch(&self, batch_size: usize, rows: usize) -> usize {
        self.rows.batch(batch_size, rows)
    }

    fn step(&self, _: Step) {
        unreachable!("Newton's method searches");
    }

    fn search(&self) -> Option<&dyn Search> {
        Some(self)
    }
}

impl Search for Newton {
    fn needs(&self) -> Needs {
        Needs::Curvature
    }

    /// The radius, 0 before the first update.
    fn remembers(&self) -> u64 {
        1
    }

    /// Gradient, direction and its product, trial point; then the step, its residual and the direction in double precision.
    fn work(&self, parameters: u64) -> u64 {
        4 * Work::of_floats(parameters) + 3 * parameters
    }

    fn search(&self, searching: Searching, objective: &mut dyn Objective) {
        let Searching { parameters, memory, mut work, .. } = searching;
        let size = parameters.len();
        let (gradient, trial) = (work.floats(size), work.floats(size));
        let mut inner = Inner {
            step: work.doubles(size),
            residual: work.doubles(size),
            conjugate: work.doubles(size),
            direction: work.floats(size),
            product: work.floats(size),
        };
        let radius = if memory[0] == 0.0 { self.radius } else { memory[0] };

        let loss = objective.evaluate(parameters, gradient);
        inner.residual.iter_mut().zip(&*gradient).for_each(|(r, &g)| *r = f64::from(g));
        let length = libm::sqrt(dot(inner.residual, inner.residual));
        if length == 0.0 {
            return objective.ended(parameters, loss, gradient);
        }
        let tolerance = libm::sqrt(length).min(self.tolerance) * length;
        let border = inner.minimise(radius, tolerance, self.max_products, |v, product| objective.curvature(parameters, v, product));

        // −m(p), where the residual is g + Hp.
        let twice = inner.step.iter().zip(&*gradient).zip(&*inner.residual).map(|((p, &g), r)| p * (f64::from(g) + r)).sum::<f64>();
        for ((to, &x), &p) in trial.iter_mut().zip(&*parameters).zip(&*inner.step) {
            *to = (f64::from(x) + p) as f32;
        }
        let reached = objective.loss(trial);
        let noise = NOISE * loss.abs();
        // Not a number where the loss is none: then the step is neither taken nor trusted.
        let ratio = (loss - reached + noise) / (noise - twice / 2.0);
        memory[0] = if ratio > 0.75 && border {
            (2.0 * radius).min(MOST)
        } else if ratio >= 0.25 {
            radius
        } else {
            (0.25 * radius).max(LEAST)
        };
        if ratio > ACCEPT {
            parameters.copy_from_slice(trial);
        } else {
            objective.ended(parameters, loss, gradient);
        }
    }
}

/// What the conjugate gradients work on.
struct Inner<'a> {
    /// p, g + Hp, d.
    step: &'a mut [f64],
    residual: &'a mut [f64],
    conjugate: &'a mut [f64],
    /// d in single precision, and H·d.
    direction: &'a mut [f32],
    product: &'a mut [f32],
}

impl Inner<'_> {
    /// Algorithm 7.2 from p = 0, where the residual is g, with H·v from `product`; true where p ends on the border.
    fn minimise(&mut self, radius: f64, tolerance: f64, most: usize, mut product: impl FnMut(&[f32], &mut [f32])) -> bool {
        self.step.fill(0.0);
        self.conjugate.iter_mut().zip(&*self.residual).for_each(|(d, r)| *d = -r);
        let mut square = dot(self.residual, self.residual);
        for _ in 0..most {
            self.direction.iter_mut().zip(&*self.conjugate).for_each(|(single, &d)| *single = d as f32);
            product(self.direction, self.product);
            let bend: f64 = self.conjugate.iter().zip(&*self.product).map(|(d, &product)| d * f64::from(product)).sum();
            // Along d the model is −τ ‖r‖² + ½ τ² dᵀHd.
            if bend <= 0.0 {
                let model = |t: f64| t * (t * bend / 2.0 - square);
                let [back, forth] = self.to_border(radius);
                self.advance(if model(back) < model(forth) { back } else { forth });
                return true;
            }
            let length = square / bend;
            let reached: f64 = self.step.iter().zip(&*self.conjugate).map(|(p, d)| p + length * d).map(|p| p * p).sum();
            if reached >= radius * radius {
                self.advance(self.to_border(radius)[1]);
                return true;
            }
            self.advance(length);
            let next = dot(self.residual, self.residual);
            if libm::sqrt(next) < tolerance {
                break;
            }
            let share = next / square;
            self.conjugate.iter_mut().zip(&*self.residual).for_each(|(d, r)| *d = share * *d - r);
            square = next;
        }
        false
    }

    /// p ← p + τd.
    fn advance(&mut self, length: f64) {
        self.step.iter_mut().zip(&*self.conjugate).for_each(|(p, d)| *p += length * d);
        self.residual.iter_mut().zip(&*self.product).for_each(|(r, &product)| *r += length * f64::from(product));
    }

    /// Both τ with ‖p + τd‖ = `radius`, the smaller one first.
    fn to_border(&self, radius: f64) -> [f64; 2] {
        let (a, b) = (dot(self.conjugate, self.conjugate), dot(self.step, self.conjugate));
        let c = dot(self.step, self.step) - radius * radius;
        // The form that does not cancel gives one of the two, and their product is c / a.
        let far = -(b + libm::sqrt((b * b - a * c).max(0.0)).copysign(b));
        let [one, other] = [far / a, c / far];
        if one < other { [one, other] } else { [other, one] }
    }
}
