//! Rows of length one: scikit-learn's `Normalizer`. A row of zeros, or of what is as small as rounding,
//! stays as it is.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::scale::width;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Normalise samples | 样本归一化
///
/// Divides every sample by its own norm: what counts is the mix, not the amount. | 将每个样本除以自身的范数：起作用的是比例，而不是总量。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "row-norm"))]
pub struct Normalize {
    /// Norm | 范数
    ///
    /// Which norm of a sample it is divided by. | 除以样本的哪种范数。
    #[schemars(extend("x-term" = "row-norm"))]
    pub norm: Norm,
}

/// Norm | 范数
///
/// Which norm of a sample it is divided by. | 除以样本的哪种范数。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Norm {
    /// L2 | L2
    ///
    /// The root of the sum of squares. | 平方和的平方根。
    #[default]
    #[schemars(extend("x-term" = "row-norm"))]
    L2,
    /// L1 | L1
    ///
    /// The sum of sizes. | 绝对值之和。
    #[schemars(extend("x-term" = "row-norm"))]
    L1,
    /// Largest | 最大值
    ///
    /// The largest size. | 最大的绝对值。
    Max,
}

impl Transform for Normalize {
    fn fit(&self, _training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        Ok(Arc::new(Normalized(self.norm)))
    }

    fn keeps_places(&self) -> bool {
        true
    }
}

#[derive(Debug)]
struct Normalized(Norm);

impl Fitted for Normalized {
    fn apply(&self, columns: Columns) -> Columns {
        let mut lengths = vec![0.0_f64; columns.rows()];
        for column in &columns.values {
            for (length, value) in lengths.iter_mut().zip(column) {
                match self.0 {
                    Norm::L2 => *length += value * value,
                    Norm::L1 => *length += value.abs(),
                    Norm::Max => *length = length.max(value.abs()),
                }
            }
        }
        let lengths: Vec<f64> = lengths.into_iter().map(|length| width(if self.0 == Norm::L2 { length.sqrt() } else { length })).collect();
        let mut columns = columns;
        for column in &mut columns.values {
            column.iter_mut().zip(&lengths).for_each(|(value, length)| *value /= length);
        }
        columns
    }
}
