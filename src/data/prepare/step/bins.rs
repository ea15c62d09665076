//! Numbers as steps: scikit-learn's `KBinsDiscretizer`, its quantiles with `quantile_method="linear"` (its own default since 1.9 averages). Values outside the
//! range of the training rows fall into the outermost bins; of quantiles, bins that are no wider than 1e-8 are joined to the one before, as there. Where
//! nothing is left but one bin, every row is in it.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::scale::quantile;
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Binning | 分箱
///
/// Cuts the range of every feature into a few bins and keeps only the bin. | 把每个特征的取值范围切成几段，只保留所在的段。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "binning"))]
pub struct Bins {
    /// Bins | 段数
    ///
    /// How many bins a feature has. | 每个特征分成几段。
    #[schemars(range(min = 2, max = 32), extend("x-term" = "binning"))]
    pub bins: usize,
    /// Bin edges | 分箱边界
    ///
    /// Where bins begin and end. | 各段从哪里开始、到哪里结束。
    #[schemars(extend("x-term" = "binning"))]
    pub edges: Edges,
    /// One-hot | 独热编码
    ///
    /// On: a feature of 0 or 1 for every bin. Off: the number of the bin. | 开：每段一个取 0 或 1 的特征。关：用段的编号表示。
    #[schemars(extend("x-term" = "one-hot"))]
    pub one_hot: bool,
}

impl Default for Bins {
    fn default() -> Self {
        Bins { bins: 5, edges: Edges::default(), one_hot: true }
    }
}

/// Bin edges | 分箱边界
///
/// Where bins begin and end. | 各段从哪里开始、到哪里结束。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edges {
    /// Equal frequency | 等频
    ///
    /// As many training samples in every bin; quantiles between two samples are interpolated (quantile_method "linear" in scikit-learn). | 每段的训练样本数相同；落在两个样本之间的分位数按线性插值（即 scikit-learn 的 quantile_method="linear"）。
    #[default]
    #[schemars(extend("x-term" = "binning"))]
    Quantile,
    /// Equal width | 等宽
    ///
    /// Every bin as wide as the others. | 每段一样宽。
    #[schemars(extend("x-term" = "binning"))]
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
        let edges: Vec<f64> = match self.edges {
            Edges::Uniform => linspace(low, high, self.bins),
            Edges::Quantile => {
                let all: Vec<f64> = linspace(0.0, 100.0, self.bins).into_iter().map(|percent| quantile(&sorted, percent / 100.0)).collect();
                let wide = |at: &usize| *at == 0 || all[*at] - all[*at - 1] > 1e-8;
                (0..all.len()).filter(wide).map(|at| all[at]).collect()
            }
        };
        edges[1..].split_last().map_or(Vec::new(), |(_, inner)| inner.to_vec())
    }
}

/// `numpy.linspace` to its last bits: a row may lie on an edge.
fn linspace(from: f64, to: f64, steps: usize) -> Vec<f64> {
    let step = (to - from) / steps as f64;
    (0..steps).map(|at| at as f64 * step + from).chain([to]).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_hardly_vary_have_one_bin_and_none_panics() {
        let quantile = Bins::default();
        let uniform = Bins { edges: Edges::Uniform, ..Bins::default() };
        for values in [vec![2.0], vec![2.0; 9], vec![0.0, 1e-9, 2e-9, 3e-9], vec![0.0, 0.0, 0.0, 1e-8]] {
            assert!(quantile.inner(&values).is_empty(), "{values:?}");
        }
        // Equal widths are kept, however small: np.linspace(0, 5e-9, 6)[1:-1].
        assert_eq!(uniform.inner(&[0.0, 5e-9]).len(), 4);
        // [0, 0.6e-8, 1.2e-8, …]: each is too near to the one before it, although not to the first.
        let near: Vec<f64> = (0..6).map(|at| f64::from(at) * 0.6e-8).collect();
        assert!(quantile.inner(&near).is_empty());
        assert_eq!(quantile.inner(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]), [1.0, 2.0, 3.0, 4.0]);
    }
}
