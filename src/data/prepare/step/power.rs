//! Yeo & Johnson (2000), "A new family of power transformations to improve normality or symmetry", with the λ of greatest likelihood for each column:
//! scikit-learn's `PowerTransformer`.
//!
//! λ is sought as SciPy's `yeojohnson_normmax` seeks it, within bounds that only the range of 64-bit numbers sets.
//!
//! For value ≥ 0: ((1 + v)^λ − 1) / λ, or ln(1 + v) where λ = 0; else −((1 − v)^(2−λ) − 1) / (2 − λ), or −ln(1 − v) where λ = 2.

use super::scale::Scaled;
use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::scale::{Affine, Scale, is_constant};
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Power (Yeo–Johnson) | 幂变换（Yeo–Johnson）
///
/// Bends every feature so that it looks as normal as it can. | 把每个特征弯曲成尽可能接近正态分布的样子。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "power-transform"))]
pub struct Power {
    /// Standardise | 标准化
    ///
    /// Brings the result to mean 0 and standard deviation 1. | 把结果调整为均值 0、标准差 1。
    #[schemars(extend("x-term" = "scaling"))]
    pub standardize: bool,
}

impl Default for Power {
    fn default() -> Self {
        Power { standardize: true }
    }
}

#[derive(Debug)]
struct Bent {
    lambdas: Vec<f64>,
    scaled: Scaled,
}

impl Transform for Power {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        let lambdas: Vec<f64> = training.columns.values.iter().map(|values| likeliest(values)).collect();
        let scale = if self.standardize { Scale::Standard } else { Scale::None };
        let of = |(values, &lambda): (&Vec<f64>, &f64)| -> Affine {
            scale.fit(&values.iter().map(|&value| bend(value, lambda)).collect::<Vec<_>>())
        };
        let scaled = Scaled::of(training.columns.values.iter().zip(&lambdas).map(of).collect());
        Ok(Arc::new(Bent { lambdas, scaled }))
    }

    fn keeps_places(&self) -> bool {
        true
    }
}

impl Fitted for Bent {
    fn apply(&self, columns: Columns) -> Columns {
        self.scaled.apply(columns.map(|at, value| bend(value, self.lambdas[at])))
    }
}

fn bend(value: f64, lambda: f64) -> f64 {
    let power = |log: f64, lambda: f64| if lambda.abs() < f64::EPSILON { log } else { libm::expm1(lambda * log) / lambda };
    if value >= 0.0 { power(libm::log1p(value), lambda) } else { -power(libm::log1p(-value), 2.0 - lambda) }
}

/// The λ under which the bent values are most likely to be normal.
fn likeliest(values: &[f64]) -> f64 {
    let (mean, variance) = statistics::moments(values);
    // λ = 1 changes nothing, which is what scikit-learn makes of a constant.
    if values.is_empty() || is_constant(values.len(), mean, variance) {
        return 1.0;
    }
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    // Twenty times the largest value shall be transformed in half the range of exponents, so that variances can be computed.
    let room = libm::log1p(20.0 * largest);
    let epsilon = libm::log(f64::EPSILON);
    let (mut low, mut high) = (0.5 * (libm::log(f64::MIN_POSITIVE) - epsilon) / room, 0.5 * (libm::log(f64::MAX) + epsilon) / room);
    if values.iter().all(|value| *value < 0.0) {
        (low, high) = (2.0 - high, 2.0 - low);
    } else if values.iter().any(|value| *value < 0.0) {
        (low, high) = (low.max(2.0 - high), high.min(2.0 - low));
    }
    minimum(|lambda| unlikeliness(values, lambda), low, high, 1.48e-8)
}

/// What the likelihood of λ is without its constant, negative: `yeojohnson_llf`. Infinite where the bent values vary so little that nothing is left of it.
fn unlikeliness(values: &[f64], lambda: f64) -> f64 {
    let rows = values.len() as f64;
    let logs = || values.iter().map(|value| libm::log1p(value.abs()));
    // Of values of one sign the variance is that of exp(power · log) / power, of which the logarithm needs no exp: it neither overflows nor is rounded away.
    let of_one_sign = |power: f64| {
        if power.abs() < f64::EPSILON {
            libm::log(statistics::moments(&logs().collect::<Vec<_>>()).1)
        } else {
            log_variance(logs().map(|log| power * log).collect()) - 2.0 * libm::log(power.abs())
        }
    };
    let log_variance = if values.iter().all(|value| *value >= 0.0) {
        of_one_sign(lambda)
    } else if values.iter().all(|value| *value < 0.0) {
        of_one_sign(2.0 - lambda)
    } else {
        let variance = statistics::moments(&values.iter().map(|&value| bend(value, lambda)).collect::<Vec<_>>()).1;
        if variance >= f64::MIN_POSITIVE { libm::log(variance) } else { f64::NEG_INFINITY }
    };
    let signed: f64 = values.iter().zip(logs()).map(|(value, log)| if *value < 0.0 { -log } else { log }).sum();
    let likelihood = -0.5 * rows * log_variance + (lambda - 1.0) * signed;
    if likelihood.is_infinite() { f64::INFINITY } else { -likelihood }
}

/// ln Σ exp.
fn log_sum(logs: &[f64]) -> f64 {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most.is_infinite() { most } else { most + libm::log(logs.iter().map(|log| libm::exp(log - most)).sum()) }
}

/// The logarithm of the variance of exp(log).
fn log_variance(mut logs: Vec<f64>) -> f64 {
    let rows = libm::log(logs.len() as f64);
    let mean = log_sum(&logs) - rows;
    // ln |exp(log) − exp(mean)|, doubled.
    logs.iter_mut().for_each(|log| *log = 2.0 * (log.max(mean) + libm::log(-libm::expm1(-(*log - mean).abs()))));
    log_sum(&logs) - rows
}

/// Where a function of one minimum is smallest between two bounds: Brent (1973), "Algorithms for minimization without derivatives", ch. 5, as SciPy's
/// `fminbound`.
fn minimum(function: impl Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> f64 {
    let sign = |value: f64| if value < 0.0 { -1.0 } else { 1.0 };
    let golden = 0.5 * (3.0 - 5.0_f64.sqrt());
    let (mut low, mut high) = (low, high);
    let mut best = low + golden * (high - low);
    // The second and the third best until now, and what they come to.
    let (mut second, mut third) = (best, best);
    let mut of_best = function(best);
    let (mut of_second, mut of_third) = (of_best, of_best);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 1..500 {
        let middle = 0.5 * (low + high);
        let near = 2.2e-16_f64.sqrt() * best.abs() + tolerance / 3.0;
        if (best - middle).abs() <= 2.0 * near - 0.5 * (high - low) {
            break;
        }
        let mut parabolic = false;
        if before.abs() > near {
            let (r, q) = ((best - second) * (of_best - of_third), (best - third) * (of_best - of_second));
            let (p, q) = ((best - third) * q - (best - second) * r, 2.0 * (q - r));
            let (p, q) = (if q > 0.0 { -p } else { p }, q.abs());
            let last = before;
            before = step;
            if p.abs() < (0.5 * q * last).abs() && p > q * (low - best) && p < q * (high - best) {
                parabolic = true;
                step = p / q;
                if best + step - low < 2.0 * near || high - best - step < 2.0 * near {
                    step = near * sign(middle - best);
                }
            }
        }
        if !parabolic {
            before = if best >= middle { low - best } else { high - best };
            step = golden * before;
        }
        let at = best + sign(step) * step.abs().max(near);
        let of_at = function(at);
        if of_at <= of_best {
            if at >= best {
                low = best
            } else {
                high = best
            }
            (third, of_third, second, of_second, best, of_best) = (second, of_second, best, of_best, at, of_at);
        } else {
            if at < best {
                low = at
            } else {
                high = at
            }
            if of_at <= of_second || second == best {
                (third, of_third, second, of_second) = (second, of_second, at, of_at);
            } else if of_at <= of_third || third == best || third == second {
                (third, of_third) = (at, of_at);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambdas_are_scipys_also_far_out() {
        // PowerTransformer().fit(…).lambdas_ of scikit-learn 1.9.1 with SciPy 1.18.1.
        let cases: [(&[f64], f64); 11] = [
            (&[0.1, 0.12, 0.11, 0.3, 0.15, 0.13], -19.649_989_440_593_707),
            (&[1.0, 2.0, 4.0, 8.0, 16.0, 500.0], -0.409_551_413_744_262_3),
            (&[-0.01, -0.02, -0.015, -0.4, -0.02], 16.588_136_183_384_176),
            (&[-3.0, -1.0, 0.0, 2.0, 2.5, 2.6], 1.286_470_825_696_965),
            (&[1e-3, 2e-3, 1.5e-3, 1.1e-3, 9e-3], -493.958_305_553_086_75),
            (&[2003.0, 1950.0, 1997.0, 2000.0, 2009.0], 31.776_697_565_983_046),
            (&[0.5, 0.5, 0.5, 0.6], -55.680_110_992_455_84),
            (&[0.0, 0.0], 1.0),
            (&[3.0], 1.0),
            (&[-2.0, -2.0, -2.0], 1.0),
            (&[0.1 + 0.2, 0.3, 0.1 + 0.2], 1.0),
        ];
        for (values, expected) in cases {
            let got = likeliest(values);
            assert!((got - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{values:?}: {got} where {expected} is due");
        }
    }
}
