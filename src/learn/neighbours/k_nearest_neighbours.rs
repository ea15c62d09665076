//! k-nearest neighbours (Fix & Hodges 1951, Cover & Hart 1967), as scikit-learn's `KNeighborsClassifier` and `KNeighborsRegressor`: an answer is the share
//! of each class among the k training rows that are nearest by Euclidean distance, or the mean of their targets. With `distance` a neighbour counts 1 / its
//! distance; where some lie exactly on the row, only those count. Of rows as far away as each other those that were remembered first are taken.
//!
//! Nothing is computed while training: a tick remembers a fiftieth of the rows, drawn at random, so that what more data brings can be watched.

use crate::config::{Issue, counted};
use crate::data::Task;
use crate::learn::{Answer, Family, Learner, Problem, Rows, Snapshot, Tick, View, numbers};
use crate::math::kdtree::{KdTree, Nearest, Stretch};
use crate::math::random;
use crate::message;
use crate::metric::log_loss;
use ndarray::ArrayView2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::any::Any;

/// Ticks until all rows are remembered, where there are so many.
const TICKS: usize = 50;

/// k-nearest neighbours | k-近邻
///
/// Remembers the training samples and predicts what the nearest of them are. | 记住训练样本，并按其中最近的几个来预测。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KNearestNeighbours {
    /// Neighbours | 近邻数
    ///
    /// How many of the nearest samples are asked. | 询问多少个最近的样本。
    #[schemars(range(min = 1, max = 1000), extend("x-depth" = "starter", "x-scale" = "log"))]
    pub n_neighbors: usize,
    /// Weights | 权重
    ///
    /// How much each neighbour counts. | 每个近邻的权重。
    pub weights: Weights,
}

impl Default for KNearestNeighbours {
    fn default() -> Self {
        KNearestNeighbours { n_neighbors: 5, weights: Weights::default() }
    }
}

/// Weights | 权重
///
/// How much each neighbour counts. | 每个近邻的权重。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    /// All alike | 相同
    ///
    /// Every neighbour counts one. | 每个近邻的权重都是一。
    #[default]
    Uniform,
    /// By distance | 按距离
    ///
    /// Each counts one over its distance. | 权重为距离的倒数。
    Distance,
}

impl Family for KNearestNeighbours {
    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let (given, rows) = (self.n_neighbors, problem.train_rows);
        if given <= rows {
            return Vec::new();
        }
        let samples = counted(rows, "training sample", "training samples");
        vec![Issue::new(
            "n_neighbors",
            message!(
                "must be at most {rows}, because there are {samples}, got {given}",
                "最多为 {rows}，因为只有 {rows} 个训练样本；实际为 {given}"
            ),
        )]
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        let mut order: Vec<u32> = (0..problem.train_rows as u32).collect();
        random::shuffle(&mut random::stream(problem.seed, "shuffle"), &mut order);
        let answer = Answer::of(&problem.task).expect("checked: there is a target");
        let state = State { points: Vec::new(), targets: Vec::new() };
        let tree = KdTree::new(&[], problem.features.len(), Vec::new());
        Box::new(Remembering {
            settings: self.clone(),
            task: problem.task.clone(),
            answer,
            width: problem.features.len(),
            order,
            state,
            tree,
        })
    }
}

/// The rows that are remembered, in the order in which they were.
#[derive(Clone, Serialize, Deserialize)]
struct State {
    #[serde(with = "numbers")]
    points: Vec<f32>,
    #[serde(with = "numbers")]
    targets: Vec<f32>,
}

/// Rows that are remembered one part after the other.
struct Remembering {
    settings: KNearestNeighbours,
    task: Task,
    answer: Answer,
    width: usize,
    /// In which order the training rows come.
    order: Vec<u32>,
    state: State,
    /// Over the points.
    tree: KdTree,
}

impl Remembering {
    fn plant(&mut self) {
        self.tree = KdTree::new(&self.state.points, self.width, (0..self.state.targets.len() as u32).collect());
    }

    /// The answer of the neighbours that were found, which are some.
    fn ask(&self, found: &[(f64, u32)], to: &mut [f32]) {
        let on_it = found.iter().any(|(squared, _)| *squared == 0.0);
        let weight = |squared: f64| match self.settings.weights {
            Weights::Uniform => 1.0,
            Weights::Distance if on_it => f64::from(u8::from(squared == 0.0)),
            Weights::Distance => 1.0 / libm::sqrt(squared),
        };
        let all: f64 = found.iter().map(|(squared, _)| weight(*squared)).sum();
        let target = |row: u32| self.state.targets[row as usize];
        if self.answer == Answer::Value {
            to[0] = (found.iter().map(|&(squared, row)| weight(squared) * f64::from(target(row))).sum::<f64>() / all) as f32;
            return;
        }
        for (class, to) in to.iter_mut().enumerate() {
            let of_class = found.iter().filter(|(_, row)| target(*row) as usize == class);
            *to = (of_class.map(|(squared, _)| weight(*squared)).sum::<f64>() / all) as f32;
        }
    }
}

impl Learner for Remembering {
    fn tick(&mut self, train: Rows) -> Tick {
        let known = self.state.targets.len();
        let until = (known + self.order.len().div_ceil(TICKS)).min(self.order.len());
        for &row in &self.order[known..until] {
            self.state.points.extend(train.inputs.row(row as usize));
            self.state.targets.push(train.targets[row as usize]);
        }
        self.plant();
        Tick { rows: until - known, gradients: 0, boundary: true, finished: until == self.order.len() }
    }

    fn answer(&self) -> Answer {
        self.answer
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        let width = self.answer.width();
        if self.state.targets.is_empty() {
            // Nothing is known: every class alike, or zero.
            out.fill(if self.answer == Answer::Value { 0.0 } else { 1.0 / width as f32 });
            return;
        }
        let standard = inputs.as_standard_layout();
        let mut nearest = Nearest::new(self.settings.n_neighbors);
        for (row, to) in standard.outer_iter().zip(out.chunks_exact_mut(width)) {
            nearest.clear(self.settings.n_neighbors);
            self.tree.search(row.as_slice().expect("standard layout"), Stretch::NONE, None, &mut nearest);
            self.ask(nearest.found(), to);
        }
    }

    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        self.predict(rows.inputs, out);
        let each = out.chunks_exact(self.answer.width()).zip(rows.targets);
        let losses = each.map(|(row, &target)| match self.task {
            Task::Classification(_) => log_loss::of(row[target as usize]),
            _ => (f64::from(row[0]) - f64::from(target)).powi(2),
        });
        losses.sum::<f64>() / rows.targets.len() as f64
    }

    fn view(&self, _: usize) -> View {
        View::of("neighbours", Drawn { known: self.state.targets.len(), rows: self.order.len(), asked: self.settings.n_neighbors })
    }

    fn parameters(&self) -> usize {
        self.state.points.len() + self.state.targets.len()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.state);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        let state: State = from.load()?;
        if state.points.len() != state.targets.len() * self.width || state.targets.len() > self.order.len() {
            return Err("the snapshot belongs to other rows".into());
        }
        self.state = state;
        self.plant();
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        (settings as &dyn Any).downcast_ref() == Some(&self.settings)
    }
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NeighboursView")]
struct Drawn {
    known: usize,
    rows: usize,
    asked: usize,
}
