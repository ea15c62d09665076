//! What a split makes smaller, as it is chosen; `impurity.rs` computes it.

use crate::data::Task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Criterion | 划分标准
///
/// What a split makes smaller. | 分裂要减小的量。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// By task | 按任务
    ///
    /// Gini for classes, squared error for numbers. | 分类用基尼，回归用平方误差。
    #[default]
    Auto,
    /// Gini | 基尼
    ///
    /// 1 − Σ pₖ²: how often two samples drawn at random are of different classes. | 1 − Σ pₖ²：随机抽取的两个样本类别不同的概率。
    #[schemars(extend("x-term" = "gini"))]
    Gini,
    /// Entropy | 熵
    ///
    /// −Σ pₖ log₂ pₖ: bits needed to name the class of a sample. | −Σ pₖ log₂ pₖ：说出一个样本的类别所需的比特数。
    #[schemars(extend("x-term" = "entropy"))]
    Entropy,
    /// Squared error | 平方误差
    ///
    /// Variance of the target. | 目标值的方差。
    SquaredError,
}

impl Criterion {
    /// The criterion that `Auto` stands for.
    pub fn of(self, task: &Task) -> Criterion {
        match self {
            Criterion::Auto if task.is_classification() => Criterion::Gini,
            Criterion::Auto => Criterion::SquaredError,
            chosen => chosen,
        }
    }

    /// True where it can be computed.
    pub fn suits(self, task: &Task) -> bool {
        match self {
            Criterion::Auto => true,
            Criterion::Gini | Criterion::Entropy => task.is_classification(),
            Criterion::SquaredError => !task.is_classification(),
        }
    }
}
