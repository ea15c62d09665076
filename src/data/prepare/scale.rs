//! Numbers of a similar size: (value − offset) / divisor, measured on training rows. scikit-learn's `StandardScaler` (population standard deviation),
//! `MinMaxScaler` and `RobustScaler` (quartiles by linear interpolation), their treatment of constant columns (the divisor is 1) included.

use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Scale | 缩放
///
/// How features are brought to a similar size. | 如何使各特征大小相近。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// No scaling | 不缩放
    ///
    /// Values as they are, in 32 bits. | 保持原值（32 位）。
    #[default]
    None,
    /// Standard | 标准化
    ///
    /// Mean 0 and standard deviation 1. | 均值为 0，标准差为 1。
    #[schemars(extend("x-term" = "scaling"))]
    Standard,
    /// Min–max | 最小–最大
    ///
    /// From 0 to 1. | 缩放到 0 至 1。
    #[schemars(extend("x-term" = "scaling"))]
    MinMax,
    /// Robust | 稳健
    ///
    /// Median 0 and interquartile range (IQR) 1: a few values far off change nothing. | 中位数为 0，四分位距（IQR）为 1：少数离群值不影响结果。
    #[schemars(extend("x-term" = "scaling"))]
    Robust,
}

/// value ↦ (value − offset) / divisor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    pub offset: f64,
    pub divisor: f64,
}

impl Affine {
    /// Every value as it is.
    pub const IDENTITY: Affine = Affine { offset: 0.0, divisor: 1.0 };

    pub fn apply(&self, value: f64) -> f64 {
        (value - self.offset) / self.divisor
    }

    /// The value that [`Affine::apply`] came from.
    pub fn invert(&self, scaled: f64) -> f64 {
        scaled * self.divisor + self.offset
    }

    pub fn is_identity(&self) -> bool {
        *self == Affine::IDENTITY
    }
}

impl Scale {
    /// Measured on a column of values.
    pub fn fit(self, values: &[f64]) -> Affine {
        if values.is_empty() {
            return Affine::IDENTITY;
        }
        let (offset, divisor) = match self {
            Scale::None => (0.0, 1.0),
            Scale::Standard => {
                let (mean, variance) = statistics::moments(values);
                (mean, if is_constant(values.len(), mean, variance) { 1.0 } else { variance.sqrt() })
            }
            Scale::MinMax => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                (low, width(high - low))
            }
            Scale::Robust => {
                let mut sorted = values.to_vec();
                statistics::sort(&mut sorted);
                (quantile(&sorted, 0.5), width(quantile(&sorted, 0.75) - quantile(&sorted, 0.25)))
            }
        };
        Affine { offset, divisor }
    }
}

/// scikit-learn's `_is_constant_feature`: a variance that is no more than the rounding error of mean and variance.
pub fn is_constant(rows: usize, mean: f64, variance: f64) -> bool {
    let error = rows as f64 * mean * f64::EPSILON;
    variance <= rows as f64 * f64::EPSILON * variance + error * error
}

/// scikit-learn's `_handle_zeros_in_scale`: what is as small as rounding divides nothing.
pub fn width(range: f64) -> f64 {
    if range < 10.0 * f64::EPSILON { 1.0 } else { range }
}

/// Between the two nearest of `sorted` values, as `numpy.quantile` has it by default, to the last bit. `share` is from 0 to 1.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    let (part, step) = (place - below as f64, sorted[above] - sorted[below]);
    // `_lerp`, from the nearer end.
    if part < 0.5 { sorted[below] + step * part } else { sorted[above] - step * (1.0 - part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_constant_but_for_rounding_is_only_centred() {
        let values = vec![0.1_f64 + 0.2, 0.3, 0.1 + 0.2];
        assert_eq!(Scale::Standard.fit(&values).divisor, 1.0);
        assert_eq!(Scale::Standard.fit(&[1e-30, 2e-30]).divisor, 0.5e-30, "small is not constant");
    }

    #[test]
    fn scaling_is_taken_back() {
        for scale in [Scale::None, Scale::Standard, Scale::MinMax, Scale::Robust] {
            let affine = scale.fit(&[3.0, -1.0, 8.0, 2.5]);
            assert!((affine.invert(affine.apply(7.25)) - 7.25).abs() < 1e-12, "{scale:?}");
        }
    }
}
