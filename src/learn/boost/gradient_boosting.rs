//! Gradient boosting as a learner: one tick is one round, a tree or, of more than two classes, a tree each. The definitions are those of `gradient.rs`.

use super::boost::gradient::{Bench, Boosted, Lesson, Rounds, bag};
use super::boost::loss::{Loss, Objective};
use crate::config::{Issue, Message};
use crate::data::Task;
use crate::learn::class_weights::ClassWeights;
use crate::learn::tree::grow::{Limits, Order};
use crate::learn::tree::node::{Node, Route, count_leaves};
use crate::learn::{Answer, Dividing, Family, Learner, Members, NodeView, Problem, Rated, Rows, Snapshot, Tick, View};
use crate::math::random;
use crate::message;
use crate::metric::{Direction, Quantity};
use ndarray::ArrayView2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Members that a drawing tells about one by one: the newest ones.
const TOLD: usize = 60;

/// Gradient boosting | 梯度提升
///
/// Small trees, each of which corrects what those before it left over. | 一棵接一棵的小树，每棵纠正前面的树留下的误差。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GradientBoosting {
    /// Loss | 损失
    ///
    /// What each round makes smaller; by task is log loss for classes, squared error for numbers. | 每一轮要减小的量；按任务：分类用对数损失，回归用平方误差。
    pub loss: Loss,
    /// Learning rate | 学习率
    ///
    /// What share of each tree counts: small steps need more rounds and generalise better. | 每棵树计入的比例：步子小需要更多轮，但泛化更好。
    #[schemars(range(min = 0.001, max = 1.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log"))]
    pub learning_rate: f64,
    /// Rounds | 轮数
    ///
    /// Training ends after this many rounds. | 达到此轮数后训练结束。
    #[schemars(range(min = 1, max = 2000), extend("x-depth" = "starter", "x-scale" = "log"))]
    pub n_estimators: usize,
    /// Subsample | 子采样
    ///
    /// The share of training samples that each round draws and learns from; below 1 the others show whether a round helped. | 每一轮抽取并学习的训练样本比例；小于 1 时，其余样本显示这一轮是否有用。
    #[schemars(range(min = 0.01, max = 1.0))]
    pub subsample: f64,
    /// Max depth | 最大深度
    ///
    /// How many questions a tree asks in a row: as many features can act together. | 每棵树最多连续问多少个问题，也就是多少个特征可以共同起作用。
    #[schemars(range(min = 1, max = 10), extend("x-depth" = "starter"))]
    pub max_depth: usize,
    /// Max leaves | 最多叶子数
    ///
    /// A tree ends at this many leaves, the best splits first. | 每棵树的叶子达到此数后停止，先做最好的分裂。
    #[schemars(range(min = 2, max = 1024), extend("x-scale" = "log"))]
    pub max_leaves: usize,
    /// Min samples to split | 分裂所需最少样本数
    ///
    /// A node with fewer samples stays a leaf. | 样本数更少的节点保持为叶子。
    #[schemars(range(min = 2, max = 1000), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub min_samples_split: usize,
    /// Min samples per leaf | 叶子最少样本数
    ///
    /// A split must leave this many samples on both sides. | 分裂后两侧都至少保留的样本数。
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub min_samples_leaf: usize,
    /// Min impurity decrease | 最小不纯度下降
    ///
    /// A split is made only if it lowers the squared error by at least this much. | 只有让平方误差至少下降这么多的分裂才会进行。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab"))]
    pub min_impurity_decrease: f64,
    /// Max features | 最多特征数
    ///
    /// How many features each split is searched over, drawn anew for every node. | 每次分裂在多少个特征中寻找，每个节点重新抽取。
    #[schemars(extend("x-depth" = "lab"))]
    pub max_features: MaxFeatures,
    /// Alpha | α
    ///
    /// Of the quantile loss the quantile, of Huber the share of errors that count squared. | 分位数损失的分位数；Huber 损失中按平方计的误差比例。
    #[schemars(range(min = 0.01, max = 0.99), extend("x-depth" = "lab"))]
    pub alpha: f64,
    /// Class weights | 类别权重
    ///
    /// How much a sample of each class counts in slopes, leaves and the loss; the minimum numbers of samples count them alike. | 每个类别的一个样本在梯度、叶子取值和损失中占多大权重；最少样本数仍按个数计。
    #[schemars(extend("x-depth" = "lab"))]
    pub class_weights: ClassWeights,
}

/// Max features | 最多特征数
///
/// How many features each split is searched over. | 每次分裂在多少个特征中寻找。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaxFeatures {
    /// All | 全部
    ///
    /// Every feature. | 所有特征。
    #[default]
    All,
    /// Square root | 平方根
    ///
    /// √ of their number. | 特征数的平方根。
    Sqrt,
    /// Logarithm | 对数
    ///
    /// log₂ of their number. | 特征数以 2 为底的对数。
    Log2,
}

impl MaxFeatures {
    /// None for all of so many.
    fn of(self, width: usize) -> Option<usize> {
        match self {
            MaxFeatures::All => None,
            MaxFeatures::Sqrt => Some(width.isqrt().max(1)),
            MaxFeatures::Log2 => Some((width.max(1).ilog2() as usize).max(1)),
        }
    }
}

impl Default for GradientBoosting {
    fn default() -> Self {
        GradientBoosting {
            loss: Loss::Auto,
            learning_rate: 0.1,
            n_estimators: 100,
            subsample: 1.0,
            max_depth: 3,
            max_leaves: 1024,
            min_samples_split: 2,
            min_samples_leaf: 1,
            min_impurity_decrease: 0.0,
            max_features: MaxFeatures::All,
            alpha: 0.9,
            class_weights: ClassWeights::default(),
        }
    }
}

impl Family for GradientBoosting {
    fn minds_scale(&self) -> bool {
        false
    }

    fn series(&self, _problem: &Problem) -> Vec<Quantity> {
        let residual = Quantity { low: Some(0.0), ..Quantity::own("residual", message!("slope left over", "剩余梯度")) };
        let improvement = Quantity {
            direction: Some(Direction::Up),
            ..Quantity::own("oob_improvement", message!("out-of-bag improvement", "袋外改善"))
        };
        std::iter::once(residual).chain((self.subsample < 1.0).then_some(improvement)).collect()
    }

    fn weighs(&self) -> Result<(), Message> {
        Ok(())
    }

    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let mut issues = Vec::new();
        if !self.loss.suits(&problem.task) {
            let given = self.loss.title();
            let message = if problem.task.is_classification() {
                message!("must be “By task” or “Log loss” for classes, got “{given}”", "目标为类别时必须是“按任务”或“对数损失”，实际为“{given}”"; given)
            } else {
                message!(
                    "must be “By task”, “Squared error”, “Absolute error”, “Huber” or “Quantile” for numbers, got “{given}”",
                    "目标为数值时必须是“按任务”、“平方误差”、“绝对误差”、“Huber”或“分位数”，实际为“{given}”"; given
                )
            };
            issues.push(Issue::new("loss", message));
        }
        let classes = problem.class_rows_counted().iter().filter(|&&rows| rows > 0).count();
        if problem.task.is_classification() && classes < 2 {
            let message = message!(
                "needs training samples of two classes to tell apart, got {classes}",
                "训练样本至少要有两个类别才能区分，实际有 {classes} 个"
            );
            issues.push(Issue::new("", message));
        }
        issues.extend(self.class_weights.check(problem).into_iter().map(|issue| issue.under("class_weights")));
        issues
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        Box::new(Boosting {
            settings: self.clone(),
            objective: Objective::of(self.loss, self.alpha, &problem.task),
            task: problem.task.clone(),
            class_weights: self.class_weights.exact(problem),
            seed: problem.seed,
            boosted: Boosted::default(),
            training: None,
            kept: RefCell::default(),
        })
    }
}

/// An ensemble in training.
struct Boosting {
    settings: GradientBoosting,
    objective: Objective,
    task: Task,
    /// What a row of each class counts; empty where all count alike.
    class_weights: Vec<f64>,
    seed: u32,
    boosted: Boosted,
    /// While it trains.
    training: Option<Training>,
    /// Of rows that come again: rounds that are counted in, and the scores then.
    kept: RefCell<BTreeMap<u32, (usize, Vec<f64>)>>,
}

struct Training {
    bench: Bench,
    /// What each row counts; empty where all count alike.
    weights: Vec<f64>,
}

impl Boosting {
    fn how(&self, width: usize) -> Rounds {
        let settings = &self.settings;
        let limits = Limits {
            order: Order::Best,
            max_depth: settings.max_depth,
            max_leaves: settings.max_leaves,
            min_samples_split: settings.min_samples_split,
            min_samples_leaf: settings.min_samples_leaf,
        };
        let max_features = settings.max_features.of(width);
        Rounds { learning_rate: settings.learning_rate, limits, min_impurity_decrease: settings.min_impurity_decrease, max_features }
    }

    fn is_finished(&self) -> bool {
        self.boosted.rounds() >= self.settings.n_estimators
    }

    /// Answers from scores, `[rows, scores]`.
    fn answers(&self, scores: &[f64], out: &mut [f32]) {
        for (raw, to) in scores.chunks_exact(self.objective.scores()).zip(out.chunks_exact_mut(self.task.outputs())) {
            self.objective.answer(raw, to);
        }
    }

    /// Has `with` look at the scores of rows. Of rows that come again only the newest rounds are added.
    fn with_scores<T>(&self, rows: Rows, with: impl FnOnce(&[f64]) -> T) -> T {
        let Some(number) = rows.again else {
            let mut scores = Vec::new();
            self.boosted.scores(rows.inputs, &mut scores);
            return with(&scores);
        };
        let mut kept = self.kept.borrow_mut();
        let (rounds, scores) = kept.entry(number).or_default();
        if scores.is_empty() {
            self.boosted.scores(rows.inputs, scores);
        } else {
            self.boosted.add(rows.inputs, *rounds, scores);
        }
        *rounds = self.boosted.rounds();
        with(scores)
    }
}

impl Learner for Boosting {
    fn tick(&mut self, train: Rows) -> Tick {
        if !self.boosted.start.is_empty() && self.is_finished() {
            return Tick { rows: 0, gradients: 0, boundary: true, finished: true };
        }
        let (rows, round) = (train.targets.len(), self.boosted.rounds());
        let weights = self.training.as_mut().map(|training| std::mem::take(&mut training.weights));
        let weights = weights.unwrap_or_else(|| train.weighing(&self.class_weights).all(train.targets));
        let lesson = Lesson { inputs: train.inputs, targets: train.targets, weights: &weights };
        if self.boosted.start.is_empty() {
            self.boosted = Boosted::begun(self.objective, lesson);
        }
        let mut bench = self.training.take().map_or_else(|| self.boosted.bench(lesson), |training| training.bench);
        let drawn = |what: &str| random::stream(self.seed, &format!("gradient_boosting/{what}/{round}"));
        let bag = (self.settings.subsample < 1.0).then(|| bag(rows, self.settings.subsample, &mut drawn("bag")));
        self.boosted.round(self.objective, &self.how(train.inputs.ncols()), lesson, bag.as_deref(), drawn("features"), &mut bench);
        let finished = self.is_finished();
        self.training = (!finished).then_some(Training { bench, weights });
        let touched = bag.map_or(rows, |bag| bag.iter().filter(|&&row| row).count());
        Tick { rows: touched, gradients: 1, boundary: true, finished }
    }

    fn answer(&self) -> Answer {
        Answer::of(&self.task).expect("checked: there is a target")
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        if self.boosted.start.is_empty() {
            // Nothing learned: every class alike, or zero.
            out.fill(if self.task.is_classification() { 1.0 / self.task.outputs() as f32 } else { 0.0 });
            return;
        }
        let mut scores = Vec::new();
        self.boosted.scores(inputs, &mut scores);
        self.answers(&scores, out);
    }

    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        let objective = self.boosted.objective(self.objective);
        let weighing = rows.weighing(&self.class_weights);
        if self.boosted.start.is_empty() {
            Learner::predict(self, rows.inputs, out);
            let nothing = vec![0.0; objective.scores()];
            return weighing.mean(rows.targets, |_, target| objective.loss(target, &nothing));
        }
        self.with_scores(rows, |scores| {
            self.answers(scores, out);
            let width = objective.scores();
            weighing.mean(rows.targets, |row, target| objective.loss(target, &scores[row * width..][..width]))
        })
    }

    fn series(&self) -> Vec<f64> {
        let (residual, improvement) = (self.boosted.residual, self.boosted.improvement);
        let all = if self.boosted.rounds() == 0 { [f64::NAN; 2] } else { [residual, improvement] };
        all[..if self.settings.subsample < 1.0 { 2 } else { 1 }].to_vec()
    }

    fn view(&self, most: usize) -> View {
        let (width, all) = (self.objective.scores(), &self.boosted.members);
        let told = all.len().saturating_sub(TOLD.min(most.max(1)));
        let summary = |(member, nodes): (usize, &Vec<Node<f64>>)| Summary {
            member,
            round: member / width + 1,
            class: (width > 1).then_some(member % width),
            leaves: count_leaves(nodes),
            depth: nodes.iter().map(|node| node.depth).max().unwrap_or(0),
            largest: nodes.iter().filter(|node| node.split.is_none()).map(|node| node.value.abs()).fold(0.0, f64::max),
        };
        let members = all.iter().enumerate().skip(told).map(summary).collect();
        View::of("ensemble", Drawn { count: all.len(), rounds: self.boosted.rounds(), members, nodes: self.nodes() })
    }

    fn parameters(&self) -> usize {
        let of = |member: &Vec<Node<f64>>| member.len() - count_leaves(member) + member.len();
        self.boosted.start.len() + self.boosted.members.iter().map(of).sum::<usize>()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.boosted);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        self.boosted = from.load()?;
        self.training = None;
        self.kept.borrow_mut().clear();
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        let Some(new) = (settings as &dyn Any).downcast_ref::<GradientBoosting>() else { return false };
        let live = GradientBoosting { learning_rate: new.learning_rate, ..self.settings.clone() };
        if live != *new {
            return false;
        }
        self.settings = live;
        true
    }

    fn rated(&self) -> Option<&dyn Rated> {
        Some(self)
    }

    fn rated_mut(&mut self) -> Option<&mut dyn Rated> {
        Some(self)
    }

    fn dividing(&self) -> Option<&dyn Dividing> {
        Some(self)
    }

    fn members(&self) -> Option<&dyn Members> {
        Some(self)
    }
}

impl Rated for Boosting {
    fn learning_rate(&self) -> Option<f64> {
        Some(self.settings.learning_rate)
    }

    fn scheduled(&self) -> u64 {
        self.boosted.rounds() as u64
    }

    fn listens(&self) -> Option<&str> {
        None
    }

    fn hear(&mut self, _value: f64, _better: Direction) {}
}

/// The newest tree.
impl Dividing for Boosting {
    fn nodes(&self) -> Vec<NodeView> {
        self.boosted.members.last().map(|member| drawn(member)).unwrap_or_default()
    }

    fn leaves(&self, inputs: ArrayView2<f32>, out: &mut Vec<u32>) {
        out.clear();
        if let Some(member) = self.boosted.members.last() {
            let route = Route::of(member);
            out.extend(inputs.outer_iter().map(|row| route.leaf(row) as u32));
        }
    }
}

/// Trees, in the order in which they were grown. A member answers what it adds to its score: of more than two classes, that of one class.
impl Members for Boosting {
    fn count(&self) -> usize {
        self.boosted.members.len()
    }

    fn predict(&self, member: usize, inputs: ArrayView2<f32>, out: &mut [f32]) {
        let rate = self.boosted.rates[member / self.objective.scores()];
        let nodes = &self.boosted.members[member];
        let route = Route::of(nodes);
        for (row, to) in inputs.outer_iter().zip(out) {
            *to = (rate * nodes[route.leaf(row)].value) as f32;
        }
    }

    fn width(&self) -> usize {
        1
    }

    fn view(&self, member: usize, _most: usize) -> View {
        View::of("tree", Tree { nodes: drawn(&self.boosted.members[member]) })
    }
}

fn drawn(nodes: &[Node<f64>]) -> Vec<NodeView> {
    nodes.iter().map(|node| node.view(vec![node.value as f32])).collect()
}

/// What the page draws of a member.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MemberView")]
struct Tree {
    nodes: Vec<NodeView>,
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EnsembleView")]
struct Drawn {
    /// Trees so far.
    count: usize,
    rounds: usize,
    /// The newest ones.
    members: Vec<Summary>,
    /// The newest tree.
    nodes: Vec<NodeView>,
}

/// A tree in few words.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EnsembleMember")]
struct Summary {
    member: usize,
    /// From 1 on.
    round: usize,
    /// The class whose score it moves, where there are more than two.
    class: Option<usize>,
    leaves: usize,
    depth: usize,
    /// How far a leaf moves a score at most, before it is shrunk.
    largest: f64,
}
