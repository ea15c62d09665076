//! k-means (Lloyd 1982), as scikit-learn's `KMeans` with one start: centres are placed one after the other by greedy k-means++ (Arthur & Vassilvitskii 2007,
//! with 2 + ⌊ln k⌋ candidates each), then rows are assigned to their nearest centre and centres move to the mean of their rows, in turn. It ends where no row
//! changes its cluster, or where the squares of all moves add up to no more than `tol` times the mean variance of the features. A centre that lost all of
//! its rows goes to the row that is farthest from its own.
//!
//! Rows that have weights (scikit-learn's `sample_weight`) pull their centre by so much, count so much in the inertia and in the chance to be a first centre. One of
//! weight 0 is none of that; it is assigned to a cluster all the same. The tolerance is measured on all rows alike, as there.
//!
//! Distances are sums in 64 bits over 32-bit features; of centres as near as each other the first counts.

use crate::config::{Issue, Message, Nothing, counted};
use crate::learn::{Answer, Family, Form, Learner, Mark, Place, Problem, Rows, Snapshot, Tick, View, numbers};
use crate::math::random::{self, Stream};
use crate::message;
use crate::metric::{Direction, Quantity};
use ndarray::{ArrayView1, ArrayView2};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::any::Any;

/// k-means | k-均值聚类
///
/// Groups samples around centres: assign each sample to its nearest centre, move each centre to the middle of its samples, repeat. | 把样本聚到若干中心周围：将每个样本分给最近的中心，再把中心移到所属样本的中间，反复进行。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KMeans {
    /// Clusters | 簇数
    ///
    /// How many centres there are. | 有多少个中心。
    #[schemars(range(min = 1, max = 50), extend("x-depth" = "starter"))]
    pub n_clusters: usize,
    /// First centres | 起始中心
    ///
    /// Where the centres begin. | 中心从哪里开始。
    pub init: Init,
    /// Tolerance | 容差
    ///
    /// Ends where the centres move less than this, measured by the variance of the features. | 中心的移动小于此值（以特征方差为单位）时结束。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub tol: f64,
}

impl Default for KMeans {
    fn default() -> Self {
        KMeans { n_clusters: 3, init: Init::default(), tol: 1e-4 }
    }
}

/// First centres | 起始中心
///
/// Where the centres begin. | 中心从哪里开始。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Init {
    /// k-means++ | k-means++
    ///
    /// Samples far from the centres that are there already, likelier the farther they are. | 离已有中心较远的样本，越远越可能被选中。
    #[serde(rename = "k-means++")]
    PlusPlus(Nothing),
    /// Random | 随机
    ///
    /// Samples drawn at random, each as likely as another. | 随机抽取的样本，机会均等。
    Random(Nothing),
    /// Given | 指定
    ///
    /// Places that you name. | 由你指定的位置。
    Given(Given),
}

impl Default for Init {
    fn default() -> Self {
        Init::PlusPlus(Nothing {})
    }
}

/// Given | 指定
///
/// Places that you name. | 由你指定的位置。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Given {
    /// Centres | 中心
    ///
    /// One list of feature values for each cluster, as the model is given them. | 每个簇一组特征值（预处理之后的值）。
    #[schemars(length(max = 50), inner(length(max = 1000), inner(range(min = -1e9, max = 1e9))))]
    pub centres: Vec<Vec<f64>>,
}

/// Most numbers that all centres may have together.
const LARGEST: usize = 1 << 22;

impl Family for KMeans {
    fn answer(&self, _: &Problem) -> Option<Answer> {
        Some(Answer::Clusters { clusters: self.n_clusters })
    }

    fn series(&self, _: &Problem) -> Vec<Quantity> {
        let down = Some(Direction::Down);
        vec![
            Quantity {
                direction: down,
                low: Some(0.0),
                term: Some("inertia"),
                about: Some(message!(
                    "Sum of the squared distances of the training samples to the centres to which they were assigned, each times its sample weight.",
                    "训练样本到所属中心的平方距离之和（乘以样本权重）。"
                )),
                ..Quantity::own("inertia", message!("inertia", "簇内平方和"))
            },
            Quantity {
                low: Some(0.0),
                about: Some(message!(
                    "How far the centres went when they moved last: the root of the sum of squares.",
                    "上次移动时各中心走了多远：平方和的平方根。"
                )),
                ..Quantity::own("centre_shift", message!("movement of the centres", "中心移动量"))
            },
        ]
    }

    fn weighs(&self) -> Result<(), Message> {
        Ok(())
    }

    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let mut issues = Vec::new();
        let (given, rows, features) = (self.n_clusters, problem.train_rows, problem.features.len());
        if given > rows {
            let samples = counted(rows, "training sample", "training samples");
            issues.push(Issue::new(
                "n_clusters",
                message!(
                    "must be at most {rows}, because there are {samples}, got {given}",
                    "最多为 {rows}，因为只有 {rows} 个训练样本；实际为 {given}"
                ),
            ));
        }
        if features == 0 {
            let message =
                message!("needs a feature to measure distances by, and these samples have none", "需要特征来计算距离，而这些样本没有特征");
            issues.push(Issue::new("", message));
        }
        if given.saturating_mul(features) > LARGEST {
            issues.push(Issue::new(
                "n_clusters",
                message!(
                    "{given} centres of {features} features are more than {LARGEST} numbers: take fewer clusters or fewer features",
                    "{given} 个中心乘以 {features} 个特征超过 {LARGEST} 个数：请减少簇数或特征数"
                ),
            ));
        }
        if let Init::Given(Given { centres }) = &self.init {
            let there = centres.len();
            if there != given {
                issues.push(Issue::new(
                    "init.given.centres",
                    message!(
                        "must have {given} entries, one for each cluster, got {there}",
                        "必须有 {given} 项，每个簇一项，实际有 {there} 项"
                    ),
                ));
            }
            if let Some((at, centre)) = centres.iter().enumerate().find(|(_, centre)| centre.len() != features) {
                let got = centre.len();
                issues.push(Issue::new(
                    format!("init.given.centres[{at}]"),
                    message!(
                        "must have {features} numbers, one for each feature, got {got}",
                        "必须有 {features} 个数，每个特征一个，实际有 {got} 个"
                    ),
                ));
            }
        }
        issues
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        let features = problem.features.len();
        let centres = match &self.init {
            Init::Given(given) => given.centres.concat(),
            _ => Vec::new(),
        };
        let step = if centres.is_empty() { Step::Place } else { Step::Assign };
        let state = State {
            centres,
            clusters: Vec::new(),
            sizes: vec![0; self.n_clusters],
            nearest: Vec::new(),
            step,
            last: None,
            inertia: f64::NAN,
            shift: f64::NAN,
            draws: random::stream(problem.seed, "init"),
        };
        Box::new(Moving { settings: self.clone(), features, state })
    }
}

/// What is done next, or was done last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ClustersStep")]
enum Step {
    /// One more centre is placed.
    Place,
    /// Every row goes to its nearest centre.
    Assign,
    /// Every centre goes to the mean of its rows.
    Move,
    /// Nothing changes any more.
    Rest,
}

#[derive(Clone, Serialize, Deserialize)]
struct State {
    /// `[centres that are there, features]`.
    #[serde(with = "numbers")]
    centres: Vec<f64>,
    /// The cluster of each training row; empty before the first are assigned.
    #[serde(with = "numbers")]
    clusters: Vec<u32>,
    #[serde(with = "numbers")]
    sizes: Vec<u32>,
    /// Squared distance of each training row to its nearest centre, while they are placed.
    #[serde(with = "numbers")]
    nearest: Vec<f64>,
    step: Step,
    last: Option<Step>,
    inertia: f64,
    shift: f64,
    draws: Stream,
}

/// Centres that move.
struct Moving {
    settings: KMeans,
    features: usize,
    state: State,
}

/// Σ (a − b)² over all features.
fn squared(row: ArrayView1<f32>, centre: &[f64]) -> f64 {
    row.iter().zip(centre).map(|(&value, centre)| (f64::from(value) - centre) * (f64::from(value) - centre)).sum()
}

impl Moving {
    /// The nearest centre and the squared distance to it; the origin where there is no centre yet.
    fn nearest(&self, row: ArrayView1<f32>) -> (usize, f64) {
        let mut best = (0, f64::INFINITY);
        for (at, centre) in self.state.centres.chunks_exact(self.features.max(1)).enumerate() {
            let distance = squared(row, centre);
            if distance < best.1 {
                best = (at, distance);
            }
        }
        if self.state.centres.is_empty() { (0, row.iter().map(|&value| f64::from(value) * f64::from(value)).sum()) } else { best }
    }

    fn place(&mut self, train: Rows) {
        let (rows, placed) = (train.inputs.nrows(), self.state.centres.len() / self.features);
        let draws = &mut self.state.draws;
        let weighing = train.weighing(&[]);
        let weight = |row: usize| weighing.of(row, 0.0);
        // Rows as likely as what is said of each, times its weight: up to which sum each is drawn.
        let sums = |of: &mut dyn Iterator<Item = f64>| -> Vec<f64> {
            of.enumerate()
                .scan(0.0, |sum, (row, value)| {
                    *sum += weight(row) * value;
                    Some(*sum)
                })
                .collect()
        };
        let last = (0..rows).rev().find(|&row| weight(row) > 0.0).unwrap_or(rows - 1);
        let drawn = |sums: &[f64], at: f64| {
            // A row of weight 0 adds nothing to the sum, and must not be hit where it stands.
            let beyond = |sum: &f64| if weighing.is_even() { *sum < at } else { *sum <= at };
            sums.partition_point(beyond).min(last)
        };
        let chosen = if placed == 0 || matches!(self.settings.init, Init::Random(_)) {
            if weighing.rows.windows(2).all(|pair| pair[0] == pair[1]) {
                random::below(draws, rows)
            } else {
                let sums = sums(&mut std::iter::repeat_n(1.0, rows));
                drawn(&sums, random::unit(draws) * sums[rows - 1])
            }
        } else {
            let sums = sums(&mut self.state.nearest.iter().copied());
            let all = sums[rows - 1];
            let trials = 2 + libm::floor(libm::log(self.settings.n_clusters as f64)) as usize;
            let candidates: Vec<usize> = (0..trials).map(|_| random::unit(draws) * all).map(|at| drawn(&sums, at)).collect();
            // The candidate after which rows are nearest to a centre, the first of equals.
            let left = |candidate: usize| -> f64 {
                let centre: Vec<f64> = train.inputs.row(candidate).iter().map(|&value| f64::from(value)).collect();
                let each = train.inputs.outer_iter().zip(&self.state.nearest).enumerate();
                each.map(|(at, (row, &nearest))| weight(at) * squared(row, &centre).min(nearest)).sum()
            };
            let mut best = (candidates[0], left(candidates[0]));
            for &candidate in &candidates[1..] {
                let sum = left(candidate);
                if sum < best.1 {
                    best = (candidate, sum);
                }
            }
            best.0
        };
        let centre: Vec<f64> = train.inputs.row(chosen).iter().map(|&value| f64::from(value)).collect();
        self.state.nearest.resize(rows, f64::INFINITY);
        for (row, nearest) in train.inputs.outer_iter().zip(&mut self.state.nearest) {
            *nearest = nearest.min(squared(row, &centre));
        }
        self.state.centres.extend(centre);
        if placed + 1 == self.settings.n_clusters {
            self.state.step = Step::Assign;
            self.state.nearest = Vec::new();
        }
    }

    /// True where a row changed its cluster.
    fn assign(&mut self, train: Rows) -> bool {
        let (mut clusters, mut sizes, mut inertia) = (Vec::with_capacity(train.inputs.nrows()), vec![0; self.settings.n_clusters], 0.0);
        let weighing = train.weighing(&[]);
        for (at, row) in train.inputs.outer_iter().enumerate() {
            let (cluster, distance) = self.nearest(row);
            clusters.push(cluster as u32);
            sizes[cluster] += 1;
            inertia += weighing.of(at, 0.0) * distance;
        }
        let changed = clusters != self.state.clusters;
        (self.state.clusters, self.state.sizes, self.state.inertia) = (clusters, sizes, inertia);
        changed
    }

    fn move_centres(&mut self, train: Rows) {
        let (width, before) = (self.features, self.state.centres.clone());
        let (mut sums, mut counts) = (vec![0.0; before.len()], vec![0.0; self.state.sizes.len()]);
        // Rows that pull each centre: those that weigh something.
        let mut pulling = vec![0_usize; counts.len()];
        let weighing = train.weighing(&[]);
        let weight = |row: usize| weighing.of(row, 0.0);
        for ((at, row), &cluster) in train.inputs.outer_iter().enumerate().zip(&self.state.clusters) {
            let (cluster, weight) = (cluster as usize, weight(at));
            let sum = &mut sums[cluster * width..][..width];
            sum.iter_mut().zip(row).for_each(|(sum, &value)| *sum += weight * f64::from(value));
            counts[cluster] += weight;
            pulling[cluster] += usize::from(weight > 0.0);
        }
        let empty: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] == 0.0).collect();
        if !empty.is_empty() {
            let far = |row: usize| squared(train.inputs.row(row), &before[self.state.clusters[row] as usize * width..][..width]);
            let all = (0..train.inputs.nrows()).filter(|&row| weight(row) > 0.0);
            let mut rows: Vec<(f64, usize)> = all.map(|row| (far(row), row)).collect();
            rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            // Where every row lies on its centre, there is nothing to go to.
            for (&cluster, &(_, row)) in empty.iter().zip(rows.iter().take_while(|(distance, _)| *distance > 0.0)) {
                let (from, weight) = (self.state.clusters[row] as usize, weight(row));
                for (feature, &value) in train.inputs.row(row).iter().enumerate() {
                    sums[from * width + feature] -= weight * f64::from(value);
                    sums[cluster * width + feature] = weight * f64::from(value);
                }
                pulling[from] -= 1;
                // What rounding leaves of a sum of weights is no weight.
                counts[from] = if pulling[from] > 0 { counts[from] - weight } else { 0.0 };
                counts[cluster] = weight;
            }
        }
        for ((centre, sum), &count) in self.state.centres.chunks_exact_mut(width).zip(sums.chunks_exact(width)).zip(&counts) {
            if count > 0.0 {
                centre.iter_mut().zip(sum).for_each(|(to, sum)| *to = sum / count);
            }
        }
        self.state.shift = self.state.centres.iter().zip(&before).map(|(to, from)| (to - from) * (to - from)).sum();
    }

    /// The mean variance of the features, times the tolerance.
    fn tolerance(&self, train: Rows) -> f64 {
        let rows = train.inputs.nrows() as f64;
        let variance = |column: ArrayView1<f32>| {
            let mean = column.iter().map(|&value| f64::from(value)).sum::<f64>() / rows;
            column.iter().map(|&value| (f64::from(value) - mean) * (f64::from(value) - mean)).sum::<f64>() / rows
        };
        let sum: f64 = train.inputs.columns().into_iter().map(variance).sum();
        self.settings.tol * sum / self.features.max(1) as f64
    }
}

impl Learner for Moving {
    /// A centre placed, all rows assigned, or all centres moved. Assigning and moving are a pass over the rows together.
    fn tick(&mut self, train: Rows) -> Tick {
        let rows = train.inputs.nrows();
        let step = self.state.step;
        self.state.last = Some(step);
        let (rows, boundary) = match step {
            Step::Place => {
                self.place(train);
                (rows, true)
            }
            Step::Assign => {
                self.state.step = if self.assign(train) { Step::Move } else { Step::Rest };
                (rows, self.state.step == Step::Rest)
            }
            Step::Move => {
                self.move_centres(train);
                self.state.step = if self.state.shift <= self.tolerance(train) { Step::Rest } else { Step::Assign };
                (0, true)
            }
            Step::Rest => (0, true),
        };
        Tick { rows, gradients: 0, boundary, finished: self.state.step == Step::Rest }
    }

    fn answer(&self) -> Answer {
        Answer::Clusters { clusters: self.settings.n_clusters }
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        out.fill(0.0);
        for (row, to) in inputs.outer_iter().zip(out.chunks_exact_mut(self.settings.n_clusters)) {
            to[self.nearest(row).0] = 1.0;
        }
    }

    /// The mean squared distance to the nearest centre.
    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        self.predict(rows.inputs, out);
        rows.weighing(&[]).mean(rows.targets, |row, _| self.nearest(rows.inputs.row(row)).1)
    }

    fn series(&self) -> Vec<f64> {
        vec![self.state.inertia, libm::sqrt(self.state.shift)]
    }

    fn view(&self, _: usize) -> View {
        let data = Drawn { last: self.state.last, next: self.state.step, sizes: self.state.sizes.clone(), inertia: self.state.inertia };
        let centres = self.state.centres.chunks_exact(self.features.max(1)).enumerate().map(|(cluster, centre)| Mark {
            form: Form::Centre,
            at: Place::Features(centre.iter().map(|&value| value as f32).collect()),
            to: None,
            strength: 1.0,
            class: Some(cluster),
        });
        View { marks: centres.collect(), ..View::of("clusters", data) }
    }

    fn parameters(&self) -> usize {
        self.state.centres.len()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.state);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        let state: State = from.load()?;
        if state.sizes.len() != self.settings.n_clusters || !state.centres.len().is_multiple_of(self.features.max(1)) {
            return Err("the snapshot belongs to other clusters".into());
        }
        self.state = state;
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        (settings as &dyn Any).downcast_ref() == Some(&self.settings)
    }
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClustersView")]
struct Drawn {
    last: Option<Step>,
    next: Step,
    sizes: Vec<u32>,
    inertia: f64,
}
