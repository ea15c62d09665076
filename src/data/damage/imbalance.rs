//! Classes of unequal size. With two, the last keeps a share of its rows; with more, sizes fall geometrically from the first to the last (the long tail of
//! Cui et al. 2019, "Class-balanced loss based on effective number of samples").

use super::Harm;
use crate::config::Message;
use crate::data::clean::rows_of;
use crate::data::{Table, Task};
use crate::math::random;
use crate::math::random::Stream;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Imbalance | 类别不平衡
///
/// Makes classes rare, the last one most. | 使类别变得稀少，最后一类最少。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "imbalance"))]
pub struct Imbalance {
    /// Share | 比例
    ///
    /// Share of its rows that the rarest class keeps. | 最稀少的类别保留的行的比例。
    #[schemars(range(min = 0.01, max = 1.0))]
    pub share: f64,
}

impl Default for Imbalance {
    fn default() -> Self {
        Imbalance { share: 0.1 }
    }
}

impl Harm for Imbalance {
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message> {
        let Task::Classification(classes) = &table.task else { return Err(message!("needs classes", "需要类别")) };
        let classes = classes.len();
        let mut order: Vec<usize> = (0..table.rows()).collect();
        random::shuffle(stream, &mut order);
        let mut groups = vec![Vec::new(); classes + 1];
        order.into_iter().for_each(|row| groups[if table.targets[row].is_nan() { classes } else { table.targets[row] as usize }].push(row));
        for (class, rows) in groups[..classes].iter_mut().enumerate() {
            let kept = libm::pow(self.share, class as f64 / (classes - 1).max(1) as f64) * rows.len() as f64;
            // A class is rare, not gone.
            rows.truncate((libm::round(kept) as usize).max(1));
        }
        let mut kept = groups.concat();
        kept.sort_unstable();
        let gone = table.rows() - kept.len();
        *table = rows_of(table, &kept);
        Ok(gone)
    }
}
