//! Impurity of a set of rows, from sums that a split search can update row by row.

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
    Gini,
    /// Entropy | 熵
    ///
    /// −Σ pₖ log₂ pₖ: bits needed to name the class of a sample. | −Σ pₖ log₂ pₖ：说出一个样本的类别所需的比特数。
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

/// Rows of one side: what they count by class, or what they count, their sum and their sum of squares.
#[derive(Clone, Debug)]
pub struct Sums {
    /// What all rows count together.
    pub weight: f64,
    /// From which targets that are numbers are measured: near their mean, no digits are lost to cancellation.
    middle: f64,
    values: Vec<f64>,
}

impl Sums {
    /// No rows.
    pub fn new(task: &Task, middle: f64) -> Self {
        Sums { weight: 0.0, middle, values: vec![0.0; if task.is_classification() { task.outputs() } else { 2 }] }
    }

    /// No rows, measured from the same middle.
    pub fn emptied(&self) -> Self {
        Sums { weight: 0.0, middle: self.middle, values: vec![0.0; self.values.len()] }
    }

    /// Adds a row that counts `weight`, or takes one away where that is negative.
    #[inline]
    pub fn add(&mut self, classes: bool, target: f32, weight: f64) {
        self.weight += weight;
        if classes {
            self.values[target as usize] += weight;
        } else {
            let from = f64::from(target) - self.middle;
            self.values[0] += weight * from;
            self.values[1] += weight * from * from;
        }
    }

    /// Impurity per row; never negative.
    pub fn impurity(&self, criterion: Criterion) -> f64 {
        let share = |value: f64| value / self.weight;
        match criterion {
            Criterion::Gini => (1.0 - self.values.iter().map(|&count| share(count) * share(count)).sum::<f64>()).max(0.0),
            Criterion::Entropy => {
                -self.values.iter().filter(|&&count| count > 0.0).map(|&count| share(count) * libm::log2(share(count))).sum::<f64>()
            }
            Criterion::SquaredError | Criterion::Auto => (share(self.values[1]) - share(self.values[0]) * share(self.values[0])).max(0.0),
        }
    }

    /// Class probabilities, or the mean target.
    pub fn value(&self, classes: bool) -> Vec<f32> {
        if classes {
            self.values.iter().map(|&count| (count / self.weight) as f32).collect()
        } else {
            vec![(self.middle + self.values[0] / self.weight) as f32]
        }
    }
}
