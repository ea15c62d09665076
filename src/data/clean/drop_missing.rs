//! Complete rows only.

use super::Clean;
use crate::config::Message;
use crate::data::Table;
use crate::data::split::Parts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Drop incomplete rows | 去除不完整的行
///
/// Leaves out every row that lacks a value. | 去掉缺少任何一个值的行。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "missing-value"))]
pub struct DropMissing {}

impl Clean for DropMissing {
    fn drops(&self, table: &Table, _parts: &Parts) -> Result<Vec<usize>, Message> {
        Ok((0..table.rows()).filter(|&row| table.inputs.row(row).iter().any(|value| value.is_nan())).collect())
    }
}
