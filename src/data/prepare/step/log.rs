//! ln(1 + value), as `numpy.log1p`: for amounts that range over powers of ten.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Logarithm | 对数
///
/// ln(1 + value) of every feature, for amounts of which a few are very large. | 对每个特征取 ln(1 + 值)，适用于少数值特别大的数量。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "power-transform"))]
pub struct Log {}

/// The smallest training value of each column: rows that come later may go below −1, where there is no logarithm.
#[derive(Debug)]
struct Logged(Vec<f64>);

impl Transform for Log {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        let columns = training.columns;
        let lowest: Vec<f64> = columns.values.iter().map(|values| values.iter().copied().fold(f64::INFINITY, f64::min)).collect();
        match (0..columns.width()).find(|&at| lowest[at] <= -1.0) {
            None => Ok(Arc::new(Logged(lowest))),
            Some(at) => {
                let (name, value) = (&columns.names[at], lowest[at]);
                Err(message!(
                    "needs values above -1, and {name} goes down to {value}: use “Power (Yeo–Johnson)”, which takes any value",
                    "需要大于 -1 的值，而 {name} 最小为 {value}：请改用“幂变换（Yeo–Johnson）”，它接受任意值"
                ))
            }
        }
    }

    fn keeps_places(&self) -> bool {
        true
    }
}

impl Fitted for Logged {
    fn apply(&self, columns: Columns) -> Columns {
        columns.map(|at, value| libm::log1p(if value > -1.0 { value } else { self.0[at] }))
    }
}
