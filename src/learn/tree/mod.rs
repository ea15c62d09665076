//! Decision trees (CART, Breiman et al. 1984), grown best first: each tick splits the leaf whose split lowers the weighted impurity most, as
//! scikit-learn's trees with `max_leaf_nodes` do.
//!
//! The builder serves whatever is made of trees: `grow.rs` grows one, a split at a time, for any [`grow::Measure`] of what a split gains (`impurity.rs`:
//! Gini, entropy, squared error; `gain.rs`: gradients and hessians); `columns.rs` holds the rows in every feature's order, sorted once; `node.rs` is what has
//! grown. This file is the learner that shows one tree.
//!
//! As there, rows are 32-bit numbers and a threshold is halfway between two of them in 64 bits, which is why no row lies on it by rounding; values of which
//! one is within 1e-7 of the one below it are not parted (`FEATURE_THRESHOLD`). Targets that are numbers are summed up from the mean of their node, where
//! scikit-learn sums them up from 0: of targets far from 0 it loses digits that we keep. What a row counts is one number a row throughout the search, scikit-learn's
//! `sample_weight` times `class_weight`: impurities, gains, shares and means are weighted, minimum numbers of samples count rows, of which those of weight 0 are none.

pub mod columns;
mod criterion;
pub mod gain;
pub mod grow;
pub mod impurity;
pub mod node;

use super::advice::{Advice, Ill, changed};
use super::class_weights::ClassWeights;
use super::{Answer, Dividing, Family, Learner, NodeView, Problem, Rows, Snapshot, Tick, View};
use crate::config::{Issue, Message};
use crate::data::Task;
use crate::message;
use crate::metric::log_loss;
use columns::{Columns, Sorted};
use criterion::Criterion;
use grow::{Features, Growth, Limits, Measure, Order};
use impurity::{Classes, Numbers};
use ndarray::ArrayView2;
use node::Route;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Decision tree | 决策树
///
/// Questions about one feature at a time, grown split by split. | 每次询问一个特征，逐个分裂生长。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "decision-tree"))]
pub struct Tree {
    /// Criterion | 划分标准
    ///
    /// What a split makes smaller; by task is Gini for classes, squared error for numbers. | 分裂要减小的量；按任务：分类用基尼，回归用平方误差。
    #[schemars(extend("x-term" = "gini"))]
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
    #[schemars(extend("x-depth" = "lab", "x-term" = "class-weights"))]
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
    fn minds_scale(&self) -> bool {
        false
    }

    fn advice(&self, ill: Ill) -> Vec<Advice> {
        let deep = |what: Message, depth: usize| {
            vec![Advice { what, settings: changed(self, |tree| tree["max_depth"] = json!(depth)), back: Some(0) }]
        };
        match ill {
            Ill::Overfitting => deep(message!("A tree half as deep", "深度减半的树"), (self.max_depth / 2).max(2)),
            Ill::Underfitting => deep(message!("A tree twice as deep", "深度加倍的树"), 2 * self.max_depth),
            _ => Vec::new(),
        }
    }

    fn weighs(&self) -> Result<(), Message> {
        Ok(())
    }

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
        let class_weights = self.class_weights.exact(problem);
        let limits = Limits {
            order: Order::Best,
            max_depth: self.max_depth,
            max_leaves: self.max_leaves,
            min_samples_split: self.min_samples_split,
            min_samples_leaf: self.min_samples_leaf,
        };
        let criterion = self.criterion.of(&task);
        Box::new(Growing {
            settings: self.clone(),
            limits,
            criterion,
            task,
            class_weights,
            growth: Growth::default(),
            bench: None,
            kept: RefCell::default(),
        })
    }
}

/// A tree in growth.
struct Growing {
    settings: Tree,
    limits: Limits,
    criterion: Criterion,
    task: Task,
    /// What a row of each class counts; empty where all count alike.
    class_weights: Vec<f64>,
    growth: Growth<Vec<f32>>,
    /// While it grows.
    bench: Option<Bench>,
    /// Of rows that come again: the nodes in which they were.
    kept: RefCell<BTreeMap<u32, Vec<u32>>>,
}

/// What growth works with and nobody need remember.
struct Bench {
    columns: Columns,
    /// What each row counts; empty where all count alike.
    weights: Vec<f64>,
}

impl Growing {
    /// What an answer costs.
    #[inline]
    fn loss(&self, answer: &[f32], target: f32) -> f64 {
        if self.task.is_classification() {
            log_loss::of(answer[target as usize])
        } else {
            (f64::from(answer[0]) - f64::from(target)).powi(2)
        }
    }

    /// One split; how many rows the leaf had.
    fn grow(&mut self, train: Rows) -> Option<usize> {
        if !self.growth.nodes.is_empty() && self.growth.is_finished(&self.limits) {
            return None;
        }
        let mut bench = self.bench.take().unwrap_or_else(|| {
            let (sorted, weights) = (Sorted::of(train.inputs), train.weighing(&self.class_weights).all(train.targets));
            // As in scikit-learn, rows of weight 0 are not there, not even where rows are counted.
            let mut columns = if train.weights.is_some() { Columns::counted(&sorted, &weights, None) } else { Columns::whole(sorted) };
            columns.follow(&self.growth.nodes);
            Bench { columns, weights }
        });
        let (targets, min_impurity_decrease) = (train.targets, self.settings.min_impurity_decrease);
        let weights = &bench.weights;
        let touched = if self.task.is_classification() {
            let (outputs, criterion) = (self.task.outputs(), self.criterion);
            let measure = Classes { targets, weights, outputs, criterion, min_impurity_decrease };
            step(&mut self.growth, &measure, &self.limits, &mut bench.columns)
        } else {
            step(&mut self.growth, &Numbers { targets, weights, min_impurity_decrease }, &self.limits, &mut bench.columns)
        };
        self.bench = (!self.growth.is_finished(&self.limits)).then_some(bench);
        touched
    }
}

/// The root, where there is none, and a split.
fn step<M: Measure<Value = Vec<f32>>>(growth: &mut Growth<Vec<f32>>, measure: &M, limits: &Limits, columns: &mut Columns) -> Option<usize> {
    if growth.nodes.is_empty() {
        growth.begin(measure, limits, columns, &mut Features::All);
    }
    growth.split(measure, limits, columns, &mut Features::All)
}

impl Learner for Growing {
    fn tick(&mut self, train: Rows) -> Tick {
        let touched = self.grow(train);
        Tick { rows: touched.unwrap_or(0), gradients: 0, boundary: true, finished: self.growth.is_finished(&self.limits) }
    }

    fn answer(&self) -> Answer {
        Answer::of(&self.task).expect("checked: there is a target")
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        let width = self.task.outputs();
        if self.growth.nodes.is_empty() {
            // Nothing learned: every class alike, or zero.
            out.fill(if self.task.is_classification() { 1.0 / width as f32 } else { 0.0 });
            return;
        }
        let route = Route::of(&self.growth.nodes);
        for (row, to) in inputs.outer_iter().zip(out.chunks_exact_mut(width)) {
            to.copy_from_slice(&self.growth.nodes[route.leaf(row)].value);
        }
    }

    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        let (width, nodes, weighing) = (self.task.outputs(), &self.growth.nodes, rows.weighing(&self.class_weights));
        if nodes.is_empty() {
            self.predict(rows.inputs, out);
            return weighing.mean(rows.targets, |row, target| self.loss(&out[row * width..][..width], target));
        }
        // Rows that come again move only where a leaf was split: the others are where they were.
        let (route, mut kept, mut once) = (Route::of(nodes), self.kept.borrow_mut(), Vec::new());
        let places = rows.again.map_or(&mut once, |number| kept.entry(number).or_default());
        places.resize(rows.targets.len(), 0);
        let values: Vec<f32> = nodes.iter().flat_map(|node| &node.value).copied().collect();
        for ((row, place), to) in rows.inputs.outer_iter().zip(places.iter_mut()).zip(out.chunks_exact_mut(width)) {
            let leaf = route.leaf_below(*place as usize, row);
            *place = leaf as u32;
            to.copy_from_slice(&values[leaf * width..][..width]);
        }
        if !self.task.is_classification() {
            return weighing.mean(rows.targets, |row, target| self.loss(&out[row..=row], target));
        }
        // A logarithm a leaf and class, not one a row.
        let losses: Vec<f64> = values.iter().map(|&share| log_loss::of(share)).collect();
        weighing.mean(rows.targets, |row, target| losses[places[row] as usize * width + target as usize])
    }

    fn view(&self, _most: usize) -> View {
        View::of("tree", Drawn { nodes: self.nodes() })
    }

    fn parameters(&self) -> usize {
        let splits = self.growth.nodes.iter().filter(|node| node.split.is_some()).count();
        2 * splits + (self.growth.nodes.len() - splits) * self.task.outputs()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.growth);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        self.growth = from.load()?;
        self.bench = None;
        self.kept.borrow_mut().clear();
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
        self.growth.nodes.iter().map(|node| node.view(node.value.clone())).collect()
    }

    fn leaves(&self, inputs: ArrayView2<f32>, out: &mut Vec<u32>) {
        out.clear();
        if !self.growth.nodes.is_empty() {
            let route = Route::of(&self.growth.nodes);
            out.extend(inputs.outer_iter().map(|row| route.leaf(row) as u32));
        }
    }
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TreeView")]
struct Drawn {
    nodes: Vec<NodeView>,
}
