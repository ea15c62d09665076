//! Decision trees (CART, Breiman et al. 1984), grown best first: each tick splits the leaf whose split lowers the weighted impurity most, as
//! scikit-learn's trees with `max_leaf_nodes` do. Growth is not recursion: the open leaves and their best splits are state, so it can pause.
//!
//! As there, rows are 32-bit numbers and a threshold is halfway between two of them in 64 bits, which is why no row lies on it by rounding; values of which
//! one is within 1e-7 of the one below it are not parted (`FEATURE_THRESHOLD`). Targets that are numbers are summed up from the mean of their node, where
//! scikit-learn sums them up from 0: of targets far from 0 it loses digits that we keep. What a row counts is one number a row throughout the search.

mod criterion;

use super::class_weights::ClassWeights;
use super::{Answer, Dividing, Family, Learner, NodeView, Problem, Rows, Snapshot, SplitView, Tick, View};
use crate::config::Issue;
use crate::data::Task;
use crate::message;
use crate::metric::log_loss;
use criterion::{Criterion, Sums};
use ndarray::ArrayView2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::any::Any;

/// Values that lie no farther apart, in 32-bit arithmetic, are never parted.
const APART: f32 = 1e-7;

/// Decision tree | 决策树
///
/// Questions about one feature at a time, grown split by split. | 每次询问一个特征，逐个分裂生长。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tree {
    /// Criterion | 划分标准
    ///
    /// What a split makes smaller; by task is Gini for classes, squared error for numbers. | 分裂要减小的量；按任务：分类用基尼，回归用平方误差。
    pub criterion: Criterion,
    /// Max depth | 最大深度
    ///
    /// How many questions may be asked in a row: deeper trees draw finer borders. | 最多连续问多少个问题：树越深，边界越细。
    #[schemars(range(min = 1, max = 30), extend("x-depth" = "starter"))]
    pub max_depth: usize,
    /// Max leaves | 最多叶子数
    ///
    /// Growth ends at this many leaves. | 叶子达到此数后停止生长。
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
    /// A split is made only if it makes the groups purer by at least this much. | 只有让分组至少变纯这么多的分裂才会进行。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab"))]
    pub min_impurity_decrease: f64,
    /// Class weights | 类别权重
    ///
    /// How much a sample of each class counts in impurities, shares and the loss; the minimum numbers of samples count them alike. | 每个类别的一个样本在不纯度、占比和损失中占多大权重；最少样本数仍按个数计。
    #[schemars(extend("x-depth" = "lab"))]
    pub class_weights: ClassWeights,
}

impl Default for Tree {
    fn default() -> Self {
        Tree {
            criterion: Criterion::Auto,
            max_depth: 12,
            max_leaves: 64,
            min_samples_split: 2,
            min_samples_leaf: 1,
            min_impurity_decrease: 0.0,
            class_weights: ClassWeights::default(),
        }
    }
}

impl Family for Tree {
    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let mut issues: Vec<Issue> = self.class_weights.check(problem).into_iter().map(|issue| issue.under("class_weights")).collect();
        if self.criterion.suits(&problem.task) {
            return issues;
        }
        let message = if problem.task.is_classification() {
            message!(
                "must be “By task”, “Gini” or “Entropy” for classes, got “Squared error”",
                "目标为类别时必须是“按任务”、“基尼”或“熵”，实际为“平方误差”"
            )
        } else {
            let given = match self.criterion {
                Criterion::Entropy => message!("Entropy", "熵"),
                _ => message!("Gini", "基尼"),
            };
            message!(
                "must be “By task” or “Squared error” for numbers, got “{given}”",
                "目标为数值时必须是“按任务”或“平方误差”，实际为“{given}”"; given
            )
        };
        issues.insert(0, Issue::new("criterion", message));
        issues
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        let task = problem.task.clone();
        let weights = self.class_weights.exact(problem);
        Box::new(Growing { settings: self.clone(), criterion: self.criterion.of(&task), task, weights, state: State::default() })
    }
}

/// A question and what it gains: the decrease of impurity, weighted by what the node's rows count of all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Split {
    feature: usize,
    threshold: f64,
    gain: f64,
}

impl Split {
    fn goes_left(&self, value: f32) -> bool {
        f64::from(value) <= self.threshold
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Node {
    depth: usize,
    rows: usize,
    impurity: f64,
    value: Vec<f32>,
    split: Option<Split>,
    /// Children of a split node.
    children: [usize; 2],
}

/// A leaf that may still be split. Its rows are divided when the split is found, because augmentation may move them before it is made.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Open {
    node: usize,
    best: Split,
    sides: [Vec<u32>; 2],
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct State {
    /// What all rows count together.
    weight: f64,
    nodes: Vec<Node>,
    open: Vec<Open>,
}

/// A tree in growth.
struct Growing {
    settings: Tree,
    criterion: Criterion,
    task: Task,
    /// What a row of each class counts; empty where all count alike.
    weights: Vec<f64>,
    state: State,
}

impl Growing {
    /// What a row with this target counts.
    #[inline]
    fn weight(&self, target: f32) -> f64 {
        if self.weights.is_empty() { 1.0 } else { self.weights[target as usize] }
    }

    /// The sums over some rows.
    fn sums(&self, train: Rows, rows: &[u32]) -> Sums {
        let classes = self.task.is_classification();
        let target = |row: u32| train.targets[row as usize];
        let middle = if classes { 0.0 } else { rows.iter().map(|&row| f64::from(target(row))).sum::<f64>() / rows.len() as f64 };
        let mut all = Sums::new(&self.task, middle);
        rows.iter().for_each(|&row| all.add(classes, target(row), self.weight(target(row))));
        all
    }

    /// Adds a node for `rows` and finds its best split.
    fn plant(&mut self, train: Rows, rows: Vec<u32>, depth: usize) -> usize {
        let all = self.sums(train, &rows);
        let impurity = all.impurity(self.criterion);
        let (node, value) = (self.state.nodes.len(), all.value(self.task.is_classification()));
        if node == 0 {
            self.state.weight = all.weight;
        }
        self.state.nodes.push(Node { depth, rows: rows.len(), impurity, value, split: None, children: [0, 0] });
        let room = depth < self.settings.max_depth
            && rows.len() >= self.settings.min_samples_split
            && rows.len() >= 2 * self.settings.min_samples_leaf;
        // scikit-learn calls a node pure below f64's epsilon.
        if room
            && impurity > f64::EPSILON
            && let Some(best) = self.search(train, &rows, &all, impurity)
            && best.gain + f64::EPSILON >= self.settings.min_impurity_decrease
        {
            let (left, right) = rows.into_iter().partition(|&row| best.goes_left(train.inputs[[row as usize, best.feature]]));
            self.state.open.push(Open { node, best, sides: [left, right] });
        }
        node
    }

    /// The best split over all features: sort, then one pass with running sums. O(features · n log n).
    fn search(&self, train: Rows, rows: &[u32], all: &Sums, impurity: f64) -> Option<Split> {
        let classes = self.task.is_classification();
        let least = self.settings.min_samples_leaf;
        let mut best: Option<Split> = None;
        let mut sorted = rows.to_vec();
        let none = all.emptied();
        for feature in 0..train.inputs.ncols() {
            let value = |row: u32| train.inputs[[row as usize, feature]];
            sorted.sort_unstable_by(|&a, &b| value(a).total_cmp(&value(b)).then(a.cmp(&b)));
            let (mut left, mut right) = (none.clone(), all.clone());
            for at in 1..sorted.len() {
                let target = train.targets[sorted[at - 1] as usize];
                let weight = self.weight(target);
                left.add(classes, target, weight);
                right.add(classes, target, -weight);
                let (below, above) = (value(sorted[at - 1]), value(sorted[at]));
                if above <= below + APART || at < least || sorted.len() - at < least {
                    continue;
                }
                let children = (left.weight * left.impurity(self.criterion) + right.weight * right.impurity(self.criterion)) / all.weight;
                let gain = all.weight / self.state.weight * (impurity - children);
                if best.is_none_or(|best| gain > best.gain) {
                    best = Some(Split { feature, threshold: f64::from(below) / 2.0 + f64::from(above) / 2.0, gain });
                }
            }
        }
        best
    }

    /// The node in which a row ends.
    fn leaf(&self, row: ndarray::ArrayView1<f32>) -> usize {
        let mut at = 0;
        while let Some(split) = self.state.nodes[at].split {
            at = self.state.nodes[at].children[usize::from(!split.goes_left(row[split.feature]))];
        }
        at
    }

    fn count_leaves(&self) -> usize {
        self.state.nodes.len().div_ceil(2)
    }
}

impl Learner for Growing {
    fn tick(&mut self, train: Rows) -> Tick {
        if self.state.nodes.is_empty() {
            self.plant(train, (0..train.targets.len() as u32).collect(), 0);
        }
        // The greatest gain; of equals the node that was planted first.
        let by_gain = |a: &usize, b: &usize| {
            let (a, b) = (&self.state.open[*a], &self.state.open[*b]);
            a.best.gain.total_cmp(&b.best.gain).then(b.node.cmp(&a.node))
        };
        let Some(at) = (0..self.state.open.len()).filter(|_| self.count_leaves() < self.settings.max_leaves).max_by(by_gain) else {
            return Tick { rows: 0, gradients: 0, boundary: true, finished: true };
        };
        let Open { node, best, sides } = self.state.open.remove(at);
        let touched = sides[0].len() + sides[1].len();
        let depth = self.state.nodes[node].depth + 1;
        let children = sides.map(|rows| self.plant(train, rows, depth));
        let split = &mut self.state.nodes[node];
        (split.split, split.children) = (Some(best), children);
        let finished = self.state.open.is_empty() || self.count_leaves() >= self.settings.max_leaves;
        Tick { rows: touched, gradients: 0, boundary: true, finished }
    }

    fn answer(&self) -> Answer {
        Answer::of(&self.task).expect("checked: there is a target")
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        let width = self.task.outputs();
        if self.state.nodes.is_empty() {
            // Nothing learned: every class alike, or zero.
            out.fill(if self.task.is_classification() { 1.0 / width as f32 } else { 0.0 });
            return;
        }
        for (row, to) in inputs.outer_iter().zip(out.chunks_exact_mut(width)) {
            to.copy_from_slice(&self.state.nodes[self.leaf(row)].value);
        }
    }

    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        self.predict(rows.inputs, out);
        let width = self.task.outputs();
        let (mut sum, mut weights) = (0.0, 0.0);
        for (row, &target) in out.chunks_exact(width).zip(rows.targets) {
            let weight = self.weight(target);
            weights += weight;
            sum += weight
                * if self.task.is_classification() {
                    log_loss::of(row[target as usize])
                } else {
                    (f64::from(row[0]) - f64::from(target)).powi(2)
                };
        }
        sum / weights
    }

    fn view(&self, _most: usize) -> View {
        View::of("tree", Drawn { nodes: self.nodes() })
    }

    fn parameters(&self) -> usize {
        let splits = self.state.nodes.iter().filter(|node| node.split.is_some()).count();
        2 * splits + (self.state.nodes.len() - splits) * self.task.outputs()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.state);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        self.state = from.load()?;
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        (settings as &dyn Any).downcast_ref() == Some(&self.settings)
    }

    fn dividing(&self) -> Option<&dyn Dividing> {
        Some(self)
    }
}

impl Dividing for Growing {
    fn nodes(&self) -> Vec<NodeView> {
        let nodes = self.state.nodes.iter().map(|node| NodeView {
            depth: node.depth,
            rows: node.rows,
            impurity: node.impurity as f32,
            value: node.value.clone(),
            split: node.split.map(|split| SplitView {
                feature: split.feature,
                threshold: split.threshold,
                left: node.children[0],
                right: node.children[1],
            }),
        });
        nodes.collect()
    }

    fn leaves(&self, inputs: ArrayView2<f32>, out: &mut Vec<u32>) {
        out.clear();
        if !self.state.nodes.is_empty() {
            out.extend(inputs.outer_iter().map(|row| self.leaf(row) as u32));
        }
    }
}

/// What the page draws.
#[derive(Serialize)]
struct Drawn {
    nodes: Vec<NodeView>,
}
