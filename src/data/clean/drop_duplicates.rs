//! Rows that were entered twice. One in the training part and its twin in the test part would make the test too easy.

use super::Clean;
use crate::config::Message;
use crate::data::Table;
use crate::data::split::Parts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Drop duplicates | 去除重复行
///
/// Keeps one of rows that are the same, target included. | 完全相同（包括目标）的行只保留一行。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cleaning"))]
pub struct DropDuplicates {}

impl Clean for DropDuplicates {
    fn drops(&self, table: &Table, parts: &Parts) -> Result<Vec<usize>, Message> {
        // 0 and −0 are the same value, and one gap is like another.
        let key = |value: f64| if value.is_nan() { u64::MAX } else { (value + 0.0).to_bits() };
        let mut known = BTreeSet::new();
        let again = |row: &usize| {
            let inputs = (0..table.columns.len()).map(|column| table.value(*row, column));
            !known.insert(inputs.chain([table.target_of(*row)]).map(key).collect::<Vec<_>>())
        };
        // Training rows first: which of them train is no matter of those that are held out.
        let order = parts.train.iter().chain(&parts.validation).chain(&parts.test).copied();
        let mut again: Vec<usize> = order.filter(again).collect();
        again.sort_unstable();
        Ok(again)
    }
}
