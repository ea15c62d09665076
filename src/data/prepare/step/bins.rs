//! Numbers as steps: scikit-learn's `KBinsDiscretizer`. Values outside the range of the training rows fall into the outermost bins; bins narrower than
//! 1e-8 are joined to their neighbour.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::scale::quantile;
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bins | 分箱
///
/// Cuts the range of every feature into a few bins and keeps only the bin. | 把每个特征的取值范围切成几段，只保留所在的段。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Bins {
    /// Bins | 段数
    ///
    /// How many bins a feature has. | 每个特征分成几段。
    #[schemars(range(min = 2, max = 32))]
    pub bins: usize,
    /// Edges | 边界
    ///
    /// Where bins begin and end. | 各段从哪里开始、到哪里结束。
    pub edges: Edges,
    /// A feature a bin | 每段一个特征
    ///
    /// On: a feature of 0 or 1 for every bin. Off: the number of the bin. | 开：每段一个取 0 或 1 的特征。关：用段的编号表示。
    pub one_hot: bool,
}

impl Default for Bins {
    fn default() -> Self {
        Bins { bins: 5, edges: Edges::default(), one_hot: true }
    }
}

/// Edges | 边界
///
/// Where bins begin and end. | 各段从哪里开始、到哪里结束。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edges {
    /// Equal rows | 等频
    ///
    /// As many training rows in every bin. | 每段的训练行数相同。
    #[default]
    Quantile,
    /// Equal width | 等宽
    ///
    /// Every bin as wide as the others. | 每段一样宽。
    Uniform,
}

/// The inner edges of each column.
#[derive(Debug)]
struct Binned {
    edges: Vec<Vec<f64>>,
    one_hot: bool,
}

impl Transform for Bins {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        let edges = training.columns.values.iter().map(|values| self.inner(values)).collect();
        Ok(Arc::new(Binned { edges, one_hot: self.one_hot }))
    }
}

impl Bins {
    fn inner(&self, values: &[f64]) -> Vec<f64> {
        let mut sorted = values.to_vec();
        statistics::sort(&mut sorted);
        let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
        if low == high {
            return Vec::new();
        }
        let all = (0..=self.bins).map(|at| {
            let share = at as f64 / self.bins as f64;
            match self.edges {
                Edges::Quantile => quantile(&sorted, share),
                Edges::Uniform => low + share * (high - low),
            }
        });
        let mut wide: Vec<f64> = Vec::new();
        for edge in all {
            if wide.last().is_none_or(|last| edge - last > 1e-8) {
                wide.push(edge);
            }
        }
        wide.pop();
        wide.split_off(1)
    }
}

impl Fitted for Binned {
    fn apply(&self, columns: Columns) -> Columns {
        let mut binned = Columns::default();
        for ((name, values), edges) in columns.names.iter().zip(&columns.values).zip(&self.edges) {
            let bins: Vec<usize> = values.iter().map(|value| edges.partition_point(|edge| edge <= value)).collect();
            if self.one_hot {
                for bin in 0..=edges.len() {
                    binned.push(format!("{name} #{}", bin + 1), bins.iter().map(|&at| f64::from(at == bin)).collect());
                }
            } else {
                binned.push(name.clone(), bins.iter().map(|&at| at as f64).collect());
            }
        }
        binned
    }
}
