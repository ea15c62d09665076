//! Stop rules, and the reasons for which a run ends.

use crate::config::{Issue, Message, Nothing};
use crate::metric::watch::LOSS;
use crate::metric::{Quantity, Watch};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Stop | 停止条件
///
/// When training ends. | 训练何时结束。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Stop {
    /// Max updates | 最多更新次数
    ///
    /// Training ends after this many updates. | 达到此更新次数后结束训练。
    #[schemars(range(min = 1, max = 1000000000), extend("x-scale" = "log", "x-live" = true, "x-term" = "update"))]
    pub max_updates: u64,
    /// Evaluate every | 评估间隔
    ///
    /// How often the model is measured on training and validation samples. | 多久在训练集和验证集上评估一次。
    #[schemars(extend("x-depth" = "lab", "x-term" = "epoch"))]
    pub evaluate_every: Every,
    /// Early stopping | 早停
    ///
    /// Ends training when the model no longer improves on held-out samples. | 模型在留出的样本上不再改善时结束训练。
    #[schemars(extend("x-live" = true, "x-term" = "early-stopping"))]
    pub early_stopping: EarlyStopping,
    /// Target | 目标
    ///
    /// Ends training as soon as a metric is reached, from the first update on. | 指标达到目标时立即结束训练，从第一次更新起生效。
    #[schemars(extend("x-live" = true))]
    pub target: Target,
}

impl Default for Stop {
    fn default() -> Self {
        Stop { max_updates: 20_000, evaluate_every: Every::default(), early_stopping: EarlyStopping::default(), target: Target::default() }
    }
}

/// Evaluate every | 评估间隔
///
/// The unit of the interval. | 间隔的单位。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Epochs | 轮次
    ///
    /// Passes over the training samples; for a tree, splits. | 遍历训练集的遍数；对决策树为分裂次数。
    #[schemars(extend("x-term" = "epoch"))]
    Epochs(Interval),
    /// Updates | 更新次数
    ///
    /// Single updates. | 单次更新。
    #[schemars(extend("x-term" = "update"))]
    Updates(Interval),
}

impl Default for Every {
    fn default() -> Self {
        Every::Epochs(Interval::default())
    }
}

/// Interval | 间隔
///
/// How many lie between two evaluations. | 两次评估之间的数量。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Interval {
    /// Interval | 间隔
    ///
    /// One evaluation in this many. | 每隔多少次评估一次。
    #[schemars(range(min = 1, max = 1000000), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub every: u64,
}

impl Default for Interval {
    fn default() -> Self {
        Interval { every: 1 }
    }
}

/// Early stopping | 早停
///
/// Ends training when the model no longer improves on held-out samples. | 模型在留出的样本上不再改善时结束训练。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EarlyStopping {
    /// Patience | 耐心值（patience）
    ///
    /// Waits for a number of evaluations without improvement. | 等待若干次没有改善的评估。
    Patience(Patience),
    /// Off | 关闭
    ///
    /// Trains to the end. | 训练到底。
    Off(Nothing),
}

/// When an evaluation is an improvement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule<'a> {
    pub watch: Watch<'a>,
    /// By more than so much.
    pub min_delta: f64,
}

impl EarlyStopping {
    /// What counts as an improvement, and of what the best is kept: of the loss, where nothing is waited for.
    pub fn rule<'a>(&self, known: &'a [Quantity]) -> Rule<'a> {
        match self {
            EarlyStopping::Patience(settings) => Rule { watch: Watch::of(&settings.metric, known), min_delta: settings.min_delta },
            EarlyStopping::Off(_) => Rule { watch: Watch::of(LOSS, known), min_delta: 0.0 },
        }
    }
}

impl Default for EarlyStopping {
    fn default() -> Self {
        EarlyStopping::Patience(Patience::default())
    }
}

/// Patience | 耐心值（patience）
///
/// Waits for a number of evaluations without improvement. | 等待若干次没有改善的评估。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "patience"))]
pub struct Patience {
    /// Patience | 耐心值（patience）
    ///
    /// Evaluations without improvement after which training ends. | 连续多少次评估没有改善后停止。
    #[schemars(range(min = 1, max = 100000), extend("x-scale" = "log", "x-term" = "patience"))]
    pub patience: u32,
    /// Metric | 指标
    ///
    /// What must improve, and of which the best is kept: loss, a metric or a quantity of the model’s own, on the validation samples (the training samples where none are held out). | 需要改善并据以保留最佳的量：验证集（没有验证集时为训练集）上的 loss、某个指标或模型自身的量。
    #[schemars(extend("x-depth" = "lab", "x-term" = "metric"))]
    pub metric: String,
    /// Min delta | 最小改善
    ///
    /// What is watched must be better than at the last improvement by more than this to count as one. | 所监测的量须比上次改善时好出此值以上才算改善。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub min_delta: f64,
    /// Restore best | 恢复最佳
    ///
    /// Shows and hands out the best checkpoint at the end, not the last state; a run that goes on goes on from the last. | 结束时展示并导出最佳检查点，而不是最后的模型；继续训练时仍从最后处继续。
    pub restore_best: bool,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { patience: 100, metric: LOSS.into(), min_delta: 0.0, restore_best: true }
    }
}

/// Target | 目标
///
/// Ends training as soon as a metric is reached, from the first update on. | 指标达到目标时立即结束训练，从第一次更新起生效。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Off | 关闭
    ///
    /// No target. | 没有目标。
    Off(Nothing),
    /// Reach | 达到
    ///
    /// A metric on the held-out samples, and its value. | 留出样本上的指标及其数值。
    Reach(Reach),
}

impl Default for Target {
    fn default() -> Self {
        Target::Off(Nothing {})
    }
}

/// Reach | 达到
///
/// A metric on the held-out samples, and its value. | 留出样本上的指标及其数值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reach {
    /// Metric | 指标
    ///
    /// loss, a metric or a quantity of the model’s own, on the validation samples (the training samples where none are held out). | 验证集（没有验证集时为训练集）上的 loss、某个指标或模型自身的量。
    #[schemars(extend("x-term" = "metric"))]
    pub metric: String,
    /// Value | 值
    ///
    /// Reached when the metric is at least this where more is better, and at most this where less is. | 越大越好的指标至少达到此值，越小越好的指标至多为此值。
    #[schemars(range(min = -1000000.0, max = 1000000.0))]
    pub value: f64,
}

impl Default for Reach {
    fn default() -> Self {
        Reach { metric: "accuracy".into(), value: 0.95 }
    }
}

impl Reach {
    /// What it is a value of.
    pub fn watch<'a>(&self, known: &'a [Quantity]) -> Watch<'a> {
        Watch::of(&self.metric, known)
    }

    /// Whether it is among what is measured.
    pub fn check(&self, known: &[Quantity]) -> Vec<Issue> {
        Watch::check(&self.metric, known)
    }
}

impl Stop {
    /// Rules that one field alone cannot state, for a run of which these quantities are measured; paths relative to `stop`.
    pub fn check(&self, known: &[Quantity]) -> Vec<Issue> {
        let of_target = match &self.target {
            Target::Reach(reach) => reach.check(known),
            Target::Off(_) => Vec::new(),
        };
        let of_patience = match &self.early_stopping {
            EarlyStopping::Patience(patience) => Watch::check(&patience.metric, known),
            EarlyStopping::Off(_) => Vec::new(),
        };
        let of_target = of_target.into_iter().map(|issue| issue.under("target.reach"));
        of_target.chain(of_patience.into_iter().map(|issue| issue.under("early_stopping.patience"))).collect()
    }
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    MaxUpdates,
    EarlyStopping,
    Target,
    Diverged,
    Finished,
}

/// The end of a run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stopped {
    pub reason: StopReason,
    pub update: u64,
    pub message: Message,
}
