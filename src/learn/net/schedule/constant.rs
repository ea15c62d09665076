//! η(t) = η₀.

use super::{Memory, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Constant | 恒定
///
/// The same rate from beginning to end. | 从头到尾保持不变。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Constant {}

impl Schedule for Constant {
    fn rate(&self, base: f64, _: u64, _: &Memory) -> f64 {
        base
    }
}
