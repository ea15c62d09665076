//! Another domain: every column of numbers moved by the same number of its standard deviations, as when a scale was set anew (covariate shift).

use super::Harm;
use super::far_off::deviation;
use crate::config::Message;
use crate::data::table::Kind;
use crate::data::{Shape, Table};
use crate::math::random::Stream;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Moved | 平移
///
/// Moves every column of numbers away from where it was. | 让每个数值列整体偏移。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Moved {
    /// Distance | 距离
    ///
    /// In standard deviations of each column. | 以各列的标准差为单位。
    #[schemars(range(min = -10.0, max = 10.0))]
    pub distance: f64,
}

impl Default for Moved {
    fn default() -> Self {
        Moved { distance: 1.0 }
    }
}

impl Harm for Moved {
    fn harm(&self, table: &mut Table, _: &mut Stream) -> Result<usize, Message> {
        let numbers: Vec<usize> = (0..table.columns.len()).filter(|&at| table.kinds[at] == Kind::Number).collect();
        if matches!(table.shape, Shape::Tokens { .. }) || numbers.is_empty() {
            return Err(message!("needs a column of numbers", "需要数值列"));
        }
        for at in numbers {
            let by = self.distance * deviation(table, at);
            (0..table.rows()).for_each(|row| table.put(row, at, table.value(row, at) + by));
        }
        Ok(table.rows())
    }
}
