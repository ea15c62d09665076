//! Wrong answers: a label is replaced by another class (symmetric label noise), a number by that of another row.

use super::Harm;
use crate::config::Message;
use crate::data::{Table, Task};
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Noisy labels | 标签噪声
///
/// Gives some rows a wrong target: a model that fits them has learned nothing true. | 给一些行错误的目标：拟合它们的模型并没有学到真相。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "label-noise"))]
pub struct NoisyLabels {
    /// Share | 比例
    ///
    /// Share of the rows whose target is wrong. | 目标错误的行所占的比例。
    #[schemars(range(min = 0.0, max = 0.5))]
    pub share: f64,
}

impl Default for NoisyLabels {
    fn default() -> Self {
        NoisyLabels { share: 0.1 }
    }
}

impl Harm for NoisyLabels {
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message> {
        let (true_targets, rests, rows) = (table.targets.clone(), table.rests.targets.clone(), table.rows());
        let mut wrong = 0;
        for (row, target) in table.targets.iter_mut().enumerate() {
            let (drawn, other) = (f64::from(random::uniform(stream, 0.0, 1.0)), random::below(stream, rows));
            if drawn >= self.share || target.is_nan() {
                continue;
            }
            *target = match &table.task {
                Task::Clustering => return Err(message!("needs a target, and there is none", "需要目标，而这里没有")),
                Task::Regression => {
                    if let Some(rest) = table.rests.targets.get_mut(row) {
                        *rest = rests[other];
                    }
                    true_targets[other]
                }
                // Any class but its own.
                Task::Classification(classes) => {
                    let class = other % (classes.len() - 1).max(1);
                    (if class >= *target as usize { class + 1 } else { class }).min(classes.len() - 1) as f32
                }
            };
            wrong += 1;
        }
        Ok(wrong)
    }
}
