//! Values far from the others: Tukey's fences (1977) or the z-score, over the training rows. Clipped values are clipped in every row; rows are left out of
//! the training part only, because leaving out what is hard would flatter the model where it is judged.

use super::{Clean, Mend, present, rows_of};
use crate::config::Message;
use crate::data::Table;
use crate::data::prepare::scale::quantile;
use crate::data::split::Parts;
use crate::data::table::Kind;
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Outliers | 离群值
///
/// Tames values that lie far from all others. | 处理远离其他值的值。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "outlier"))]
pub struct Outliers {
    /// Rule | 判定规则
    ///
    /// From where on a value lies too far off. | 离多远算作离群。
    #[schemars(extend("x-term" = "outlier"))]
    pub rule: Rule,
    /// Action | 处理方式
    ///
    /// What is done about it. | 如何处理。
    pub action: Action,
}

/// Rule | 判定规则
///
/// From where on a value lies too far off. | 离多远算作离群。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Quartiles (IQR) | 四分位距（IQR）
    ///
    /// Farther beyond the quartiles than some times the interquartile range (IQR). | 超出上、下四分位数的距离大于四分位距（IQR）的若干倍。
    Iqr(Iqr),
    /// Z-score | Z 分数
    ///
    /// More than some standard deviations from the mean. | 与均值相差超过若干个标准差。
    ZScore(ZScore),
}

impl Default for Rule {
    fn default() -> Self {
        Rule::Iqr(Iqr::default())
    }
}

/// Quartiles (IQR) | 四分位距（IQR）
///
/// Farther beyond the quartiles than some times the interquartile range (IQR). | 超出上、下四分位数的距离大于四分位距（IQR）的若干倍。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "outlier"))]
pub struct Iqr {
    /// Multiplier | 倍数
    ///
    /// How many times the interquartile range (IQR). | 四分位距（IQR）的多少倍。
    #[schemars(range(min = 0.5, max = 10.0), extend("x-term" = "outlier"))]
    pub factor: f64,
}

impl Default for Iqr {
    fn default() -> Self {
        Iqr { factor: 1.5 }
    }
}

/// Z-score | Z 分数
///
/// More than some standard deviations from the mean. | 与均值相差超过若干个标准差。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "outlier"))]
pub struct ZScore {
    /// Deviations | 标准差个数
    ///
    /// How many standard deviations. | 多少个标准差。
    #[schemars(range(min = 0.5, max = 10.0), extend("x-term" = "outlier"))]
    pub deviations: f64,
}

impl Default for ZScore {
    fn default() -> Self {
        ZScore { deviations: 3.0 }
    }
}

/// Action | 处理方式
///
/// What is done about it. | 如何处理。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Clip | 截断
    ///
    /// Moves it to the nearest value that is not too far off. | 移到最近的不算离群的值。
    #[default]
    #[schemars(extend("x-term" = "outlier"))]
    Clip,
    /// Drop | 去掉
    ///
    /// Leaves its row out of training. | 训练时不用该行。
    Drop,
}

impl Outliers {
    /// (lowest, highest) of each column that is none.
    fn bounds(&self, training: &Table) -> Vec<(f64, f64)> {
        let of = |at: usize| {
            let mut values = present(training, at);
            if values.is_empty() || training.kinds[at] != Kind::Number {
                return (f64::NEG_INFINITY, f64::INFINITY);
            }
            let (low, high) = match &self.rule {
                Rule::Iqr(iqr) => {
                    statistics::sort(&mut values);
                    let (first, third) = (quantile(&values, 0.25), quantile(&values, 0.75));
                    let reach = iqr.factor * (third - first);
                    (first - reach, third + reach)
                }
                Rule::ZScore(score) => {
                    let (mean, variance) = statistics::moments(&values);
                    let reach = score.deviations * variance.sqrt();
                    (mean - reach, mean + reach)
                }
            };
            (low, high)
        };
        (0..training.columns.len()).map(of).collect()
    }
}

impl Clean for Outliers {
    fn drops(&self, table: &Table, parts: &Parts) -> Result<Vec<usize>, Message> {
        if self.action == Action::Clip {
            return Ok(Vec::new());
        }
        let bounds = self.bounds(&rows_of(table, &parts.train));
        let outside = |value: f64, (low, high): (f64, f64)| value < low || value > high;
        let far = |row: &&usize| bounds.iter().enumerate().any(|(column, bounds)| outside(table.value(**row, column), *bounds));
        Ok(parts.train.iter().filter(far).copied().collect())
    }

    fn mends(&self, training: &Table) -> Result<Option<Arc<dyn Mend>>, Message> {
        Ok(if self.action == Action::Clip { Some(Arc::new(Clipped(self.bounds(training)))) } else { None })
    }
}

#[derive(Debug)]
struct Clipped(Vec<(f64, f64)>);

impl Mend for Clipped {
    fn mend(&self, row: &mut [f64]) {
        // `clamp` keeps gaps.
        row.iter_mut().zip(&self.0).for_each(|(value, (low, high))| *value = value.clamp(*low, *high));
    }
}
