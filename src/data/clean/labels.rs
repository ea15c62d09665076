//! Rows whose target says nothing.

use super::Clean;
use crate::config::Message;
use crate::data::split::Parts;
use crate::data::{Table, Task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Drop invalid labels | 去除无效标签
///
/// Leaves out rows without a target, and classes with too few training samples to learn from. | 去掉没有目标的行，以及训练样本太少而无法学习的类别。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cleaning"))]
pub struct Labels {
    /// Min samples per class | 每类最少样本数
    ///
    /// A class with fewer training samples than this is left out; 1 leaves out none. | 训练样本数少于此值的类别会被去掉；为 1 时不去掉任何类别。
    #[schemars(range(min = 1, max = 1000), extend("x-term" = "cleaning"))]
    pub fewest: usize,
}

impl Default for Labels {
    fn default() -> Self {
        Labels { fewest: 1 }
    }
}

impl Clean for Labels {
    fn drops(&self, table: &Table, parts: &Parts) -> Result<Vec<usize>, Message> {
        let mut sizes = vec![0; table.task.outputs()];
        if let Task::Classification(_) = &table.task {
            let targets = parts.train.iter().map(|&row| table.targets[row]).filter(|target| !target.is_nan());
            targets.for_each(|target| sizes[target as usize] += 1);
        }
        let invalid = |row: &usize| {
            let target = table.targets[*row];
            // A class that only held-out rows have stays where nobody asks for more: without it the model would be judged too kindly.
            target.is_nan() || (table.task.is_classification() && self.fewest > 1 && sizes[target as usize] < self.fewest)
        };
        Ok((0..table.rows()).filter(invalid).collect())
    }
}
