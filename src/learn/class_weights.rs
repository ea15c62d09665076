//! What a row of each class counts in the loss. The mean is Σ w_y ℓ / Σ w_y over the rows of a batch, as PyTorch's `CrossEntropyLoss(weight)`; every loss
//! on classes is weighted so, and the evaluated loss as well: it is the same criterion. In a tree they are what a row counts in impurities, gains and
//! shares, scikit-learn's `class_weight`; how many rows a leaf has counts them alike. Metrics count every row alike. Where rows have weights of their own, the two are
//! multiplied (`weighing.rs`); balanced ones count rows, as scikit-learn's, not weights.

use crate::config::{Issue, Message};
use crate::data::Task;
use crate::learn::Problem;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Class weights | 类别权重
///
/// How much a sample of each class counts in the loss. | 每个类别的一个样本在损失中占多大权重。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClassWeights {
    /// Equal | 相同
    ///
    /// Every sample counts alike. | 每个样本权重相同。
    Equal(Equal),
    /// Balanced | 平衡
    ///
    /// Rare classes count more, so that every class counts alike. | 稀少的类别权重更大，使各类别的总权重相同。
    Balanced(Balanced),
    /// Custom | 自定义
    ///
    /// One number for every class. | 每个类别一个数。
    Given(Given),
}

impl Default for ClassWeights {
    fn default() -> Self {
        ClassWeights::Equal(Equal {})
    }
}

/// Equal | 相同
///
/// Every sample counts alike. | 每个样本权重相同。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Equal {}

/// Balanced | 平衡
///
/// Rare classes count more, so that every class counts alike. | 稀少的类别权重更大，使各类别的总权重相同。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "class-weights"))]
pub struct Balanced {}

/// Custom | 自定义
///
/// One number for every class. | 每个类别一个数。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "class-weights"))]
pub struct Given {
    /// Weights | 权重
    ///
    /// One for every class, in the order of the classes; only their ratios matter. | 每个类别一个，按类别顺序；只有相互比例起作用。
    #[schemars(length(max = 100), inner(range(min = 0.001, max = 1000.0)), extend("x-term" = "class-weights"))]
    pub weights: Vec<f64>,
}

impl Default for Given {
    fn default() -> Self {
        Given { weights: vec![1.0, 1.0] }
    }
}

impl ClassWeights {
    /// Rules that need the rows; paths are relative to this choice.
    pub fn check(&self, problem: &Problem) -> Vec<Issue> {
        let issue = |path: &str, message: Message| vec![Issue::new(path, message)];
        let Task::Classification(classes) = &problem.task else {
            return match self {
                ClassWeights::Equal(_) => Vec::new(),
                _ => issue("", message!("must be “Equal” where the target is not a class", "目标不是类别时必须为“相同”")),
            };
        };
        match self {
            ClassWeights::Equal(_) => Vec::new(),
            ClassWeights::Balanced(_) => match classes.iter().zip(&problem.class_rows).find(|(_, rows)| **rows == 0) {
                Some((class, _)) => issue(
                    "balanced",
                    message!("needs a training sample of every class, but {class:?} has none", "每个类别都要有训练样本，但 {class:?} 没有"),
                ),
                None => Vec::new(),
            },
            ClassWeights::Given(Given { weights }) if weights.len() == classes.len() => Vec::new(),
            ClassWeights::Given(Given { weights }) => {
                let (needed, names, got) = (classes.len(), Message::list(classes), weights.len());
                issue(
                    "given.weights",
                    message!(
                        "must have {needed} entries, one for each of the classes {names}, got {got}",
                        "必须有 {needed} 项，对应类别 {names} 各一项，实际有 {got} 项"; names
                    ),
                )
            }
        }
    }

    /// One number a class; empty where all count alike.
    pub fn values(&self, problem: &Problem) -> Vec<f32> {
        self.exact(problem).into_iter().map(|weight| weight as f32).collect()
    }

    /// The same in 64 bits.
    pub fn exact(&self, problem: &Problem) -> Vec<f64> {
        match self {
            ClassWeights::Equal(_) => Vec::new(),
            // scikit-learn's: n / (classes · rows of the class).
            ClassWeights::Balanced(_) => {
                let (rows, classes) = (problem.train_rows as f64, problem.class_rows.len() as f64);
                problem.class_rows.iter().map(|&count| rows / (classes * count as f64)).collect()
            }
            ClassWeights::Given(given) => given.weights.clone(),
        }
    }
}
