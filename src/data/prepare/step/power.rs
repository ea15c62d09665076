//! Yeo & Johnson (2000), "A new family of power transformations to improve normality or symmetry", with the λ of greatest likelihood for each column:
//! scikit-learn's `PowerTransformer`.
//!
//! For value ≥ 0: ((1 + v)^λ − 1) / λ, or ln(1 + v) where λ = 0; else −((1 − v)^(2−λ) − 1) / (2 − λ), or −ln(1 − v) where λ = 2.

use super::scale::Scaled;
use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::scale::{Affine, Scale};
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Power (Yeo–Johnson) | 幂变换（Yeo–Johnson）
///
/// Bends every feature so that it looks as normal as it can. | 把每个特征弯曲成尽可能接近正态分布的样子。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Power {
    /// Standardise | 标准化
    ///
    /// Brings the result to mean 0 and standard deviation 1. | 把结果调整为均值 0、标准差 1。
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

/// The λ under which the bent values are most likely to be normal, by golden sections: the likelihood has one peak.
fn likeliest(values: &[f64]) -> f64 {
    if values.iter().all(|value| *value == values[0]) {
        return 1.0;
    }
    let rows = values.len() as f64;
    let signed: f64 = values.iter().map(|value| if *value >= 0.0 { libm::log1p(*value) } else { -libm::log1p(-value) }).sum();
    let unlikeliness = |lambda: f64| {
        let bent: Vec<f64> = values.iter().map(|&value| bend(value, lambda)).collect();
        let (_, variance) = statistics::moments(&bent);
        let likelihood = -0.5 * rows * libm::log(variance) + (lambda - 1.0) * signed;
        // A transform so strong that it over- or underflows is no better than any other.
        if likelihood.is_finite() && variance > 0.0 { -likelihood } else { f64::INFINITY }
    };
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut low, mut high) = (-8.0_f64, 10.0_f64);
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (unlikeliness(left), unlikeliness(right));
    while high - low > 1e-9 {
        // Where both are out of reach, the middle (λ = 1, which changes nothing) is the way back.
        let leftwards = if at_left.is_infinite() && at_right.is_infinite() { left > 1.0 } else { at_left <= at_right };
        if leftwards {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = unlikeliness(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = unlikeliness(right);
        }
    }
    0.5 * (low + high)
}
