//! Gaps filled: scikit-learn's `SimpleImputer` and `KNNImputer` (distances over the numbers that both rows have, scaled up for those they have not; the
//! mean of the nearest rows that have the value; the mean of all where there is none). Where words stand in a column, its most frequent one is filled in.

use super::neighbours::Neighbours;
use super::{Clean, Mend, present};
use crate::config::message::shorten;
use crate::config::{Message, Nothing};
use crate::data::Table;
use crate::data::prepare::scale::quantile;
use crate::data::table::Kind;
use crate::math::statistics;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Impute missing values | 填补缺失值
///
/// Puts a likely value where one is missing. | 在缺失处填入一个合理的值。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "missing-value"))]
pub struct Impute {
    /// Strategy | 填补方式
    ///
    /// The value that is put in. | 填入什么值。
    #[schemars(extend("x-term" = "missing-value"))]
    pub with: Filling,
}

/// Strategy | 填补方式
///
/// The value that is put in. | 填入什么值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Filling {
    /// Mean | 均值
    ///
    /// The mean of the training samples. | 训练样本的均值。
    Mean(Nothing),
    /// Median | 中位数
    ///
    /// The middle value of the training samples: values far off do not move it. | 训练样本的中间值，不受离群值影响。
    Median(Nothing),
    /// Most frequent | 众数
    ///
    /// The value that most training samples have. | 训练样本中出现最多的值。
    MostFrequent(Nothing),
    /// Constant | 常数
    ///
    /// Always the same number. | 总是同一个数。
    Constant(Constant),
    /// Nearest rows | 近邻
    ///
    /// The mean of the training samples that are most alike. | 最相似的几个训练样本的均值。
    Nearest(Nearest),
}

impl Default for Filling {
    fn default() -> Self {
        Filling::Mean(Nothing {})
    }
}

/// Constant | 常数
///
/// Always the same number. | 总是同一个数。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Constant {
    /// Value | 值
    ///
    /// The number that is put in. | 填入的数。
    #[schemars(range(min = -1000000.0, max = 1000000.0))]
    pub value: f64,
}

/// Nearest rows | 近邻
///
/// The mean of the training samples that are most alike. | 最相似的几个训练样本的均值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "missing-value"))]
pub struct Nearest {
    /// Neighbours | 近邻数
    ///
    /// How many rows are looked at. | 参考几行。
    #[schemars(range(min = 1, max = 50), extend("x-term" = "missing-value"))]
    pub neighbours: usize,
}

impl Default for Nearest {
    fn default() -> Self {
        Nearest { neighbours: 5 }
    }
}

impl Clean for Impute {
    fn mends(&self, training: &Table) -> Result<Option<Arc<dyn Mend>>, Message> {
        let mut values = Vec::new();
        for (at, kind) in training.kinds.iter().enumerate() {
            let present = present(training, at);
            if present.is_empty() && !matches!(self.with, Filling::Constant(_)) {
                let name = shorten(&training.columns[at]);
                return Err(message!("finds no value of {name} in the training samples", "在训练样本中找不到 {name} 的任何值"));
            }
            values.push(match (&self.with, kind) {
                (Filling::Constant(constant), Kind::Number) => constant.value,
                (Filling::Median(_), Kind::Number) => median(present),
                (Filling::Mean(_) | Filling::Nearest(_), Kind::Number) => average(&present),
                (Filling::MostFrequent(_), _) | (_, Kind::Words(_)) => most_frequent(&present),
            });
        }
        let Filling::Nearest(nearest) = &self.with else { return Ok(Some(Arc::new(Values(values)))) };
        let numbers = (0..training.columns.len()).filter(|&at| training.kinds[at] == Kind::Number).collect();
        Ok(Some(Arc::new(Neighbours::new(training, numbers, nearest.neighbours, values))))
    }
}

/// From the first value on: the mean of equal ones is that one, whatever its last digits.
pub(super) fn average(values: &[f64]) -> f64 {
    let first = values.first().copied().unwrap_or(f64::NAN);
    first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    statistics::sort(&mut values);
    quantile(&values, 0.5)
}

/// The smallest of the most frequent values.
fn most_frequent(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    statistics::sort(&mut sorted);
    let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
    for same in sorted.chunk_by(|a, b| a == b) {
        counts.entry(same.len()).or_insert(same[0]);
    }
    counts.last_key_value().map_or(0.0, |(_, value)| *value)
}

/// One for each column.
#[derive(Debug)]
struct Values(Vec<f64>);

impl Mend for Values {
    fn mend(&self, row: &mut [f64]) {
        row.iter_mut().zip(&self.0).filter(|(value, _)| value.is_nan()).for_each(|(value, filling)| *value = *filling);
    }
}
