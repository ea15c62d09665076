//! −α_y (1 − p_y)^γ ln p_y, which forgets rows that are right already (Lin et al. 2017, eq. 5).
//!
//! Two classes, one raw output z: p_1 = σ(z), α_1 = α, α_0 = 1 − α, torchvision's `sigmoid_focal_loss`. With x = ±z for class 1 or 0 and p = σ(x),
//! dx = α_y (1 − p)^γ (γ p ln p − (1 − p)). More classes, one output a class: p = softmax(z) and no α, whose place class weights take;
//! dz_j = (1 − p_y)^γ (γ p_y ln p_y / (1 − p_y) − 1)(δ_jy − p_j).

use super::binary_cross_entropy;
use super::softmax_cross_entropy::{self, softmax};
use super::{Batch, Loss, clear_padding, weigh};
use crate::config::Message;
use crate::data::Task;
use crate::math::elementary::{self, LANES};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wide::f32x4;

/// Focal loss | Focal 损失
///
/// Cross-entropy that looks at what is still wrong: easy samples hardly count. | 关注仍然出错的样本的交叉熵：容易的样本几乎不计。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "focal"))]
pub struct Focal {
    /// Gamma | γ（聚焦程度）
    ///
    /// How little samples count that are nearly right; zero is cross-entropy. | 接近正确的样本被忽略的程度；0 即交叉熵。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-term" = "focal"))]
    pub gamma: f64,
    /// Weight of the second class (α) | 第二类的权重（α）
    ///
    /// With two classes, what the second counts; the first counts the rest. Half for both alike. | 两个类别时第二类的权重，其余归第一类；0.5 则两类相同。
    #[schemars(range(min = 0.01, max = 0.99), extend("x-term" = "focal"))]
    pub alpha: f64,
}

impl Default for Focal {
    fn default() -> Self {
        Focal { gamma: 2.0, alpha: 0.25 }
    }
}

fn is_binary(task: &Task) -> bool {
    task.outputs() == 2
}

/// 1 − p from ln p, which rounding may put a little above 0; NaN stays NaN, which a maximum would lose.
fn rest(log_p: f64) -> f64 {
    let rest = -libm::expm1(log_p);
    if rest < 0.0 { 0.0 } else { rest }
}

impl Focal {
    fn alphas(&self) -> [f32; 2] {
        [(1.0 - self.alpha) as f32, self.alpha as f32]
    }

    /// (∂ℓ/∂x) of four rows of two classes.
    #[inline(always)]
    fn binary_slope(&self, x: f32x4, alpha: f32x4) -> f32x4 {
        let (p, q) = (elementary::sigmoid(x), elementary::sigmoid(-x));
        // ln p = −softplus(−x), and (1 − p)^γ = e^(−γ softplus(x)): neither loses its digits where p is nearly 0 or 1.
        let (gamma, log_p) = (f32x4::splat(self.gamma as f32), -elementary::softplus(-x));
        alpha * elementary::exp(-(gamma * elementary::softplus(x))) * (gamma * p * log_p - q)
    }

    /// ∂²ℓ/∂x² for two classes, without α: p q^γ (q (1 + 2γ) + γ ln p (q − γ p)) with q = 1 − p.
    fn binary_curvature(&self, x: f64) -> f64 {
        let softplus = |x: f64| x.max(0.0) + libm::log1p(libm::exp(-x.abs()));
        let (log_p, log_q) = (-softplus(-x), -softplus(x));
        let (p, q, gamma) = (libm::exp(log_p), libm::exp(log_q), self.gamma);
        p * libm::exp(gamma * log_q) * (q * (1.0 + 2.0 * gamma) + gamma * log_p * (q - gamma * p))
    }

    /// A row's Hessian times `tangent` for several classes. ℓ = φ(ln p_y), so it is φ″ a aᵀ − φ′ (diag p − p pᵀ) with a = one-hot − p.
    fn curve_row(&self, batch: &Batch, row: usize, tangent: &[f32], share: f64, to: &mut [f32]) {
        let (own, gamma) = (batch.targets[row] as usize, self.gamma);
        let log_p = -softmax_cross_entropy::value(batch, row);
        let (p, q) = (libm::exp(log_p), rest(log_p));
        if q == 0.0 {
            return (0..batch.task.outputs()).for_each(|output| to[output * batch.lanes + row] = 0.0);
        }
        let first = libm::pow(q, gamma) * (gamma * p * log_p / q - 1.0);
        let second = p * gamma * libm::pow(q, gamma - 1.0) * (log_p + 2.0 - (gamma - 1.0) * p * log_p / q);
        // ln p_k = z_k − ln Σ e^z, and the second is z_y − ln p_y.
        let log_sum = f64::from(batch.raw[own * batch.lanes + row]) - log_p;
        let at = |output: usize| output * batch.lanes + row;
        let of = |output: usize| (libm::exp(f64::from(batch.raw[at(output)]) - log_sum), f64::from(tangent[at(output)]));
        let mean: f64 = (0..batch.task.outputs()).map(of).map(|(p, v)| p * v).sum();
        let along = f64::from(tangent[at(own)]) - mean;
        for output in 0..batch.task.outputs() {
            let (p, v) = of(output);
            let a = f64::from(u8::from(output == own)) - p;
            to[at(output)] = ((second * along * a - first * p * (v - mean)) * share) as f32;
        }
    }

    /// −(1 − p)^γ ln p of a row's own class, from ln p and 1 − p.
    fn value_at(&self, log_p: f64, q: f64) -> f64 {
        -libm::pow(q, self.gamma) * log_p
    }
}

impl Loss for Focal {
    fn suits(&self, task: &Task) -> Result<(), Message> {
        if task.is_classification() { Ok(()) } else { Err(message!("needs a target of classes", "要求目标为类别")) }
    }

    fn outputs(&self, task: &Task) -> usize {
        if is_binary(task) { 1 } else { task.outputs() }
    }

    fn brings_activation(&self, _: &Task) -> bool {
        true
    }

    fn gradient(&self, batch: Batch, to: &mut [f32]) {
        let (rows, lanes) = (batch.rows(), batch.lanes);
        if is_binary(batch.task) {
            let (alphas, share) = (self.alphas(), f32x4::splat(1.0 / rows as f32));
            for (start, to) in to[..lanes].as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let first = start * LANES;
                let class = |lane: usize| batch.targets.get(first + lane).copied().unwrap_or(0.0);
                let classes: [f32; LANES] = std::array::from_fn(class);
                let sign = f32x4::from(classes.map(|class| 2.0 * class - 1.0));
                let z = f32x4::from(<[f32; LANES]>::try_from(&batch.raw[first..first + LANES]).expect("four lanes"));
                let alpha = f32x4::from(classes.map(|class| alphas[class as usize]));
                *to = (self.binary_slope(sign * z, alpha) * sign * share).to_array();
            }
            clear_padding(&mut to[..lanes], rows);
            return weigh(batch, 1, to);
        }
        let outputs = batch.task.outputs();
        to[..outputs * lanes].copy_from_slice(&batch.raw[..outputs * lanes]);
        softmax(to, outputs, lanes, 1.0);
        for (lane, &target) in batch.targets.iter().enumerate() {
            let own = target as usize;
            // In f64: powers of 1 − p would multiply the error of single precision.
            let log_p = -softmax_cross_entropy::value(&batch, lane);
            let (p, q) = (libm::exp(log_p), rest(log_p));
            // ln p / (1 − p) → −1.
            let ratio = if q > 0.0 { log_p / q } else { -1.0 };
            let factor = (libm::pow(q, self.gamma) * (self.gamma * p * ratio - 1.0) / rows as f64) as f32;
            for output in 0..outputs {
                let at = &mut to[output * lanes + lane];
                *at = factor * (f32::from(u8::from(output == own)) - *at);
            }
        }
        for output in to.chunks_exact_mut(lanes).take(outputs) {
            clear_padding(output, rows);
        }
        weigh(batch, outputs, to);
    }

    fn curvature(&self, batch: Batch, tangent: &[f32], to: &mut [f32]) {
        let (rows, lanes) = (batch.rows(), batch.lanes);
        let outputs = self.outputs(batch.task);
        for row in 0..rows {
            let share = 1.0 / rows as f64;
            if is_binary(batch.task) {
                let x = f64::from(batch.raw[row]) * f64::from(2.0 * batch.targets[row] - 1.0);
                let alpha = f64::from(self.alphas()[batch.targets[row] as usize]);
                to[row] = (alpha * self.binary_curvature(x) * share) as f32 * tangent[row];
            } else {
                self.curve_row(&batch, row, tangent, share, to);
            }
        }
        for output in to.chunks_exact_mut(lanes).take(outputs) {
            clear_padding(output, rows);
        }
        weigh(batch, outputs, to);
    }

    fn value(&self, batch: &Batch, row: usize) -> f64 {
        let (target, weight) = (batch.targets[row], batch.weight(row));
        if is_binary(batch.task) {
            let x = f64::from(batch.raw[row]) * f64::from(2.0 * target - 1.0);
            let alpha = if target > 0.5 { self.alpha } else { 1.0 - self.alpha };
            let softplus = |x: f64| x.max(0.0) + libm::log1p(libm::exp(-x.abs()));
            return weight * alpha * self.value_at(-softplus(-x), libm::exp(-softplus(x)));
        }
        let log_p = -softmax_cross_entropy::value(batch, row);
        weight * self.value_at(log_p, rest(log_p))
    }

    fn predictions(&self, raw: &mut [f32], lanes: usize, task: &Task, out: &mut [f32]) {
        if is_binary(task) {
            binary_cross_entropy::predictions(raw, out);
        } else {
            softmax_cross_entropy::predictions(raw, lanes, task, out);
        }
    }
}
