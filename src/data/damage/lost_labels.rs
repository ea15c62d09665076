//! Rows that nobody has labelled.

use super::Harm;
use crate::config::Message;
use crate::data::Table;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lost labels | 标签丢失
///
/// Takes the target of some rows away. | 拿走一些行的目标。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cleaning"))]
pub struct LostLabels {
    /// Share | 比例
    ///
    /// Share of the rows whose target is missing. | 目标缺失的行所占的比例。
    #[schemars(range(min = 0.0, max = 0.9))]
    pub share: f64,
}

impl Default for LostLabels {
    fn default() -> Self {
        LostLabels { share: 0.1 }
    }
}

impl Harm for LostLabels {
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message> {
        let mut lost = 0;
        for target in &mut table.targets {
            if f64::from(random::uniform(stream, 0.0, 1.0)) < self.share {
                *target = f32::NAN;
                lost += 1;
            }
        }
        Ok(lost)
    }
}
