//! Slips of the pen and broken sensors: one value of a row lies far from all others.

use super::Harm;
use crate::config::Message;
use crate::data::table::Kind;
use crate::data::{Shape, Table};
use crate::math::random::{self, Stream};
use crate::math::statistics;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Outliers | 离群值
///
/// Moves one value of some rows far away from all others. | 把一些行的某个值移到远离其他值的地方。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "outlier"))]
pub struct FarOff {
    /// Share | 比例
    ///
    /// Share of the rows that it happens to. | 受影响的行所占的比例。
    #[schemars(range(min = 0.0, max = 0.5))]
    pub share: f64,
    /// Distance | 距离
    ///
    /// How far, in standard deviations of the column. | 移多远，以该列的标准差为单位。
    #[schemars(range(min = 1.0, max = 100.0))]
    pub distance: f64,
}

impl Default for FarOff {
    fn default() -> Self {
        FarOff { share: 0.02, distance: 8.0 }
    }
}

impl Harm for FarOff {
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message> {
        if matches!(table.shape, Shape::Tokens { .. }) {
            return Err(message!("needs numbers: a token is far from none", "需要数值：词元之间没有远近"));
        }
        let numbers: Vec<usize> = (0..table.columns.len()).filter(|&at| table.kinds[at] == Kind::Number).collect();
        if numbers.is_empty() {
            return Err(message!("needs a column of numbers", "需要数值列"));
        }
        let deviations: Vec<f64> = numbers.iter().map(|&at| deviation(table, at)).collect();
        let mut count = 0;
        for row in 0..table.rows() {
            let (drawn, which, side) =
                (f64::from(random::uniform(stream, 0.0, 1.0)), random::below(stream, numbers.len()), random::uniform(stream, -1.0, 1.0));
            if drawn < self.share {
                let distance = self.distance * deviations[which];
                let moved = table.value(row, numbers[which]) + if side < 0.0 { -distance } else { distance };
                table.put(row, numbers[which], moved);
                count += 1;
            }
        }
        Ok(count)
    }
}

/// The standard deviation of a column, gaps left out.
pub(super) fn deviation(table: &Table, column: usize) -> f64 {
    let values: Vec<f64> = table.values(column).into_iter().filter(|value| !value.is_nan()).collect();
    if values.is_empty() { 0.0 } else { statistics::moments(&values).1.sqrt() }
}
