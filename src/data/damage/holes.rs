//! Values missing completely at random (Rubin 1976).

use super::Harm;
use crate::config::Message;
use crate::data::{Shape, Table};
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Missing values | 缺失值
///
/// Takes values away at random. | 随机拿走一些值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "missing-value"))]
pub struct Holes {
    /// Share | 比例
    ///
    /// Share of the values that go missing. | 缺失的值所占的比例。
    #[schemars(range(min = 0.0, max = 0.9))]
    pub share: f64,
}

impl Default for Holes {
    fn default() -> Self {
        Holes { share: 0.1 }
    }
}

impl Harm for Holes {
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message> {
        if matches!(table.shape, Shape::Tokens { .. }) {
            return Err(message!("needs numbers: a token has no gap", "需要数值：词元没有缺失一说"));
        }
        let mut rows = 0;
        for mut row in table.inputs.rows_mut() {
            let mut holed = false;
            for value in &mut row {
                if f64::from(random::uniform(stream, 0.0, 1.0)) < self.share {
                    *value = f32::NAN;
                    holed = true;
                }
            }
            rows += usize::from(holed);
        }
        Ok(rows)
    }
}
