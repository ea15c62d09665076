//! Rows whose target says nothing.

use super::Clean;
use crate::config::Message;
use crate::data::split::Parts;
use crate::data::{Table, Task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Drop invalid labels | 去除无效标签
///
/// Leaves out rows without a target, and classes with too few rows to learn from. | 去掉没有目标的行，以及行数太少而无法学习的类别。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Labels {
    /// Fewest rows | 最少行数
    ///
    /// A class with fewer rows than this is left out. | 行数少于此值的类别会被去掉。
    #[schemars(range(min = 1, max = 1000))]
    pub fewest: usize,
}

impl Default for Labels {
    fn default() -> Self {
        Labels { fewest: 1 }
    }
}

impl Clean for Labels {
    fn drops(&self, table: &Table, _parts: &Parts) -> Result<Vec<usize>, Message> {
        let mut sizes = vec![0; table.task.outputs()];
        if let Task::Classification(_) = &table.task {
            table.targets.iter().filter(|target| !target.is_nan()).for_each(|&target| sizes[target as usize] += 1);
        }
        let invalid = |row: &usize| {
            let target = table.targets[*row];
            target.is_nan() || (table.task.is_classification() && sizes[target as usize] < self.fewest)
        };
        Ok((0..table.rows()).filter(invalid).collect())
    }
}
