//! Rows entered twice.

use super::Harm;
use crate::config::Message;
use crate::data::Table;
use crate::data::clean::rows_of;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Duplicates | 重复行
///
/// Enters some rows twice. | 把一些行重复录入。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cleaning"))]
pub struct Duplicates {
    /// Share | 比例
    ///
    /// Share of the rows that are there twice. | 出现两次的行所占的比例。
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
}

impl Default for Duplicates {
    fn default() -> Self {
        Duplicates { share: 0.1 }
    }
}

impl Harm for Duplicates {
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message> {
        let twice: Vec<usize> = (0..table.rows()).filter(|_| f64::from(random::uniform(stream, 0.0, 1.0)) < self.share).collect();
        let rows: Vec<usize> = (0..table.rows()).chain(twice.iter().copied()).collect();
        *table = rows_of(table, &rows);
        Ok(twice.len())
    }
}
