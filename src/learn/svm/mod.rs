//! Support vector machines: C-SVC for classes, ε-SVR for numbers, as scikit-learn's `SVC` and `SVR`, which are libsvm's. A tick is one move of libsvm's solver, of two
//! numbers α (`smo.rs`); several classes are told apart in pairs (`votes.rs`), which are solved one after the other, so that every tick is a move that can be seen.
//!
//! What is answered: for classes a score each, of which the greatest is always the class that `SVC.predict` says; a pair of which nothing is learned yet votes for
//! nobody. The loss is what the machine makes small: of classes the mean hinge loss max(0, 1 − y f), of several the mean over the pairs in which the row's class takes
//! part, and 1 for a pair of which nothing is learned yet; of numbers the mean of max(0, |f − z| − ε). A row counts what its class weighs times what it weighs itself, and its C is so many times `c`; rows of weight 0 are left
//! out, as libsvm leaves them out, but for γ.
//!
//! Between evaluations lie a 32nd of the pair's rows in moves or, later, a 16th of those that were made: the first moves change most, and an evaluation, which
//! costs a kernel value for every row and support vector, would cost more than the moves between two of them. The end of a pair is one too.
//!
//! γ = `scale` is of all training rows as they are at the first tick, which are all that a machine ever sees. Probabilities are not here: they are calibrated
//! from scores of rows that were held out.

pub mod kernel;
pub mod smo;
pub mod votes;

use super::class_weights::ClassWeights;
use super::{Answer, Family, Form, Learner, Mark, Place, Problem, Rows, Snapshot, Tick, View, Weighing};
use crate::config::{Issue, Message};
use crate::data::Task;
use crate::message;
use crate::metric::{Direction, Quantity};
use kernel::{Function, Kernel, Points};
use ndarray::ArrayView2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smo::{Border, Context, Solver, Standing};
use std::any::Any;
use votes::{Votes, pairs};

/// Support vector machine | 支持向量机
///
/// The border with the widest margin, held by the few samples that touch it. | 间隔最宽的边界，由紧贴它的少数样本支撑。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Svm {
    /// Kernel | 核函数
    ///
    /// How alike two samples are, which decides the shapes that the border may take. | 两个样本有多相似，它决定边界可以取哪些形状。
    #[schemars(extend("x-depth" = "starter"))]
    pub kernel: Kernel,
    /// C | C
    ///
    /// What a sample within the margin costs: small makes the margin wide and forgiving, large follows every sample. | 落入间隔内的样本要付出的代价：小则间隔宽而宽容，大则迁就每个样本。
    #[schemars(range(min = 1e-4, max = 1e6), extend("x-scale" = "log", "x-depth" = "starter"))]
    pub c: f64,
    /// Epsilon (ε) | ε（不敏感带）
    ///
    /// Of targets that are numbers: errors up to this size cost nothing, in the units in which the model is given the target. | 目标为数值时：不超过此大小的误差不计代价，以模型所用的目标单位计。
    #[schemars(range(min = 0.0, max = 1e6))]
    pub epsilon: f64,
    /// Class weights | 类别权重
    ///
    /// How many times C a sample of each class costs, and how much it counts in the loss. | 每个类别的一个样本的代价是 C 的多少倍，以及它在损失中的权重。
    #[schemars(extend("x-depth" = "lab"))]
    pub class_weights: ClassWeights,
    /// Tolerance | 容差
    ///
    /// Training ends once no two samples violate the optimality conditions by more than this. | 当没有任何两个样本违反最优条件超过此值时，训练结束。
    #[schemars(range(min = 1e-8, max = 0.1), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub tol: f64,
    /// Shrinking heuristic | 收缩（shrinking）
    ///
    /// Leaves samples that will probably stay as they are out of the search until the end: fewer to look at, the same model. | 把大概不会再变的样本暂时移出搜索，最后再检查：要看的更少，模型相同。
    #[schemars(extend("x-depth" = "lab"))]
    pub shrinking: bool,
    /// Kernel cache | 核缓存
    ///
    /// Megabytes of kernel values that are kept instead of computed again; the model is the same. | 保留多少兆字节的核函数值以免重复计算；不影响模型。
    #[schemars(range(min = 1.0, max = 1000.0), extend("x-depth" = "lab", "x-scale" = "log"))]
    pub cache_size: f64,
}

impl Default for Svm {
    fn default() -> Self {
        Svm {
            kernel: Kernel::default(),
            c: 1.0,
            epsilon: 0.1,
            class_weights: ClassWeights::default(),
            tol: 1e-3,
            shrinking: true,
            cache_size: 200.0,
        }
    }
}

impl Family for Svm {
    fn answer(&self, problem: &Problem) -> Option<Answer> {
        match &problem.task {
            Task::Classification(classes) => Some(Answer::Scores { classes: classes.len() }),
            Task::Regression => Some(Answer::Value),
            Task::Clustering => None,
        }
    }

    fn series(&self, problem: &Problem) -> Vec<Quantity> {
        let samples = || Some(message!("samples", "个样本"));
        let own = |name, title| Quantity { low: Some(0.0), direction: Some(Direction::Down), ..Quantity::own(name, title) };
        let margin = match &problem.task {
            Task::Classification(classes) if classes.len() > 2 => {
                Some(message!("margin width of the pair in work", "当前类别对的间隔宽度"))
            }
            Task::Classification(_) => Some(message!("margin width", "间隔宽度")),
            Task::Regression | Task::Clustering => None,
        };
        let margin = margin.map(|title| Quantity { direction: Some(Direction::Up), ..own("margin", title) });
        let most = Some(problem.train_rows as f64);
        let rest = [
            own("dual_gap", message!("primal–dual gap", "原始–对偶间隙")),
            Quantity { unit: samples(), ..own("kkt_violators", message!("violators of the KKT conditions", "违反 KKT 条件者")) },
            Quantity { unit: samples(), high: most, ..own("support_vectors", message!("support vectors", "支持向量")) },
            Quantity {
                unit: samples(),
                high: most,
                ..own("bounded_support_vectors", message!("support vectors at C", "达到 C 的支持向量"))
            },
        ];
        margin.into_iter().chain(rest).collect()
    }

    fn weighs(&self) -> Result<(), Message> {
        Ok(())
    }

    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let mut issues: Vec<Issue> = self.class_weights.check(problem).into_iter().map(|issue| issue.under("class_weights")).collect();
        if let Task::Classification(classes) = &problem.task {
            let mut there = classes.iter().zip(problem.class_rows_counted()).filter(|(_, rows)| **rows > 0).map(|(class, _)| class);
            if let (Some(class), None) = (there.next(), there.next()) {
                let message = message!(
                    "needs training samples of two classes, but all of them are of class {class:?}: choose another split or other data",
                    "至少需要两个类别的训练样本，但全部样本都属于类别 {class:?}：请换一种划分或换一份数据"
                );
                issues.push(Issue::new("", message));
            }
        }
        issues
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        let classes = match &problem.task {
            Task::Classification(classes) => classes.len(),
            Task::Regression | Task::Clustering => 0,
        };
        Box::new(Machine {
            settings: self.clone(),
            classes,
            class_weights: self.class_weights.exact(problem),
            state: State { width: problem.features.len(), ..State::default() },
            points: Vec::new(),
            groups: None,
            told: None,
        })
    }
}

/// Moves between two evaluations: so many parts of the pair's rows, and of the moves that were made.
const OF_ROWS: u64 = 32;
const OF_MOVES: u64 = 16;

/// What is learned, and what going on needs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct State {
    /// Known from the first tick on.
    kernel: Option<Function>,
    width: usize,
    /// Training rows of each class, or all of them; and what they weigh, their class apart.
    counts: Vec<usize>,
    weights: Vec<f64>,
    /// The pairs that are done; None where a class has no row. Of numbers there is one.
    done: Vec<Option<Border>>,
    /// The gap that they ended with, together.
    gap: f64,
    /// The next pair, once it was begun.
    solver: Option<Solver>,
    /// Its moves at the next evaluation.
    due: u64,
}

/// A machine in training.
struct Machine {
    settings: Svm,
    /// 0 for numbers.
    classes: usize,
    /// What a row of each class counts; empty where all count alike.
    class_weights: Vec<f64>,
    state: State,
    /// The training rows, `[rows, width]`; after a restart only those that are support vectors, until the next tick.
    points: Vec<f32>,
    /// The training rows of each class, or all; none until the next tick has looked.
    groups: Option<Vec<Vec<u32>>>,
    /// How far the pair in work was when it was stored: until the next tick, not all rows are here to compute it.
    told: Option<Standing>,
}

impl Machine {
    /// Its borders: one of numbers, one for each pair of classes.
    fn borders(&self) -> usize {
        if self.classes == 0 { 1 } else { self.classes * (self.classes - 1) / 2 }
    }

    /// The classes of a border; the same one twice for numbers.
    fn sides(&self, border: usize) -> (usize, usize) {
        pairs(self.classes).nth(border).unwrap_or((0, 0))
    }

    fn context<'a>(settings: &Svm, state: &State, points: &'a [f32]) -> Context<'a> {
        Context {
            kernel: state.kernel.unwrap_or_default(),
            points: Points { values: points, width: state.width },
            cache: (settings.cache_size * 1e6) as usize,
        }
    }

    /// Takes the rows in, where it has not.
    fn look(&mut self, train: Rows) {
        if self.groups.is_some() {
            return;
        }
        self.points.clear();
        self.points.extend(train.inputs.iter());
        let mut groups = vec![Vec::new(); self.classes.max(1)];
        let (own, mut weights) = (train.weighing(&[]), vec![0.0; groups.len()]);
        for (row, &target) in train.targets.iter().enumerate().filter(|(row, target)| own.of(*row, **target) > 0.0) {
            let group = if self.classes == 0 { 0 } else { target as usize };
            groups[group].push(row as u32);
            weights[group] += own.of(row, target);
        }
        self.state.counts = groups.iter().map(Vec::len).collect();
        self.state.weights = weights;
        self.state.kernel.get_or_insert_with(|| self.settings.kernel.function(&self.points, self.state.width));
        self.groups = Some(groups);
    }

    /// Whether there is something to solve behind so many borders.
    fn more(&self, from: usize) -> bool {
        (from..self.borders()).any(|border| {
            let (i, j) = self.sides(border);
            self.state.counts[i] > 0 && self.state.counts[j] > 0
        })
    }

    /// Puts the solved pair away and begins the next one.
    fn turn(&mut self, train: Rows) {
        let context = Self::context(&self.settings, &self.state, &self.points);
        if let Some(solver) = self.state.solver.take() {
            self.state.gap += solver.standing(context).gap;
            self.state.done.push(Some(solver.border()));
        }
        while self.state.done.len() < self.borders() {
            let (i, j) = self.sides(self.state.done.len());
            let groups = self.groups.as_ref().expect("it has looked");
            if groups[i].is_empty() || groups[j].is_empty() {
                self.state.done.push(None);
                continue;
            }
            let (settings, weighing) = (&self.settings, train.weighing(&self.class_weights));
            // scikit-learn's order: the class's weight first.
            let bound = |row: &u32| {
                let (row, target) = (*row as usize, train.targets[*row as usize]);
                settings.c * Weighing { rows: &[], ..weighing }.of(row, target) * Weighing { classes: &[], ..weighing }.of(row, target)
            };
            let solver = if self.classes == 0 {
                let targets: Vec<f64> = groups[0].iter().map(|&row| f64::from(train.targets[row as usize])).collect();
                let bounds = groups[0].iter().map(bound).collect();
                Solver::of_numbers(groups[0].clone(), &targets, bounds, settings.epsilon, settings.tol, settings.shrinking, context)
            } else {
                let rows = [&groups[i][..], &groups[j][..]].concat();
                let bounds = rows.iter().map(bound).collect();
                Solver::of_classes(rows, groups[i].len(), bounds, settings.tol, settings.shrinking, context)
            };
            self.state.due = (solver.rows().len() as u64 / OF_ROWS).max(1);
            self.state.solver = Some(solver);
            return;
        }
    }

    /// What is learned of every border; none of what was not begun.
    fn learned(&self) -> Vec<Option<Border>> {
        let mut borders = self.state.done.clone();
        borders.push(self.state.solver.as_ref().filter(|solver| solver.updates() > 0 || self.classes == 0).map(Solver::border));
        borders.resize(self.borders(), None);
        borders
    }

    fn standing(&self) -> Option<Standing> {
        if self.groups.is_none() {
            return self.told;
        }
        let context = Self::context(&self.settings, &self.state, &self.points);
        self.state.solver.as_ref().map(|solver| solver.standing(context))
    }
}

/// All borders over the support vectors that they share: a kernel value is computed once for all of them.
struct Sum<'a> {
    context: Context<'a>,
    support: Vec<u32>,
    /// For each border, where its support vectors stand among all of them.
    borders: Vec<Option<(Vec<usize>, Border)>>,
    values: Vec<f64>,
    decisions: Vec<Option<f64>>,
}

impl<'a> Sum<'a> {
    fn of(machine: &'a Machine) -> Self {
        let borders = machine.learned();
        let mut support: Vec<u32> = borders.iter().flatten().flat_map(|border| border.rows.iter().copied()).collect();
        support.sort_unstable();
        support.dedup();
        let place = |row: &u32| support.binary_search(row).expect("one of them");
        let borders = borders.into_iter().map(|border| border.map(|border| (border.rows.iter().map(place).collect(), border)));
        Sum {
            borders: borders.collect(),
            context: Machine::context(&machine.settings, &machine.state, &machine.points),
            support,
            values: Vec::new(),
            decisions: Vec::new(),
        }
    }

    /// The decision values of a row, one for each border of which something is learned.
    fn decide(&mut self, row: &[f32]) -> &[Option<f64>] {
        let Context { kernel, points, .. } = self.context;
        self.values.clear();
        self.values.extend(self.support.iter().map(|&support| kernel.of(points.row(support), row)));
        self.decisions.clear();
        self.decisions.extend(self.borders.iter().map(|border| {
            let (places, border) = border.as_ref()?;
            let terms = places.iter().zip(&border.coefficients).map(|(&place, coefficient)| coefficient * self.values[place]);
            Some(terms.sum::<f64>() - border.offset)
        }));
        &self.decisions
    }
}

impl Machine {
    /// Answers, and shows each row's decision values to `see`.
    fn decide(&self, inputs: ArrayView2<f32>, out: &mut [f32], mut see: impl FnMut(usize, &[Option<f64>])) {
        let (mut sum, mut votes, width) = (Sum::of(self), Votes::default(), self.answer().width());
        let mut row = Vec::new();
        for (at, (input, to)) in inputs.outer_iter().zip(out.chunks_exact_mut(width)).enumerate() {
            row.clear();
            row.extend(input.iter());
            let decisions = sum.decide(&row);
            if self.classes == 0 {
                to[0] = decisions[0].unwrap_or(0.0) as f32;
            } else {
                votes::scores(decisions, &mut votes, to);
            }
            see(at, decisions);
        }
    }
}

impl Learner for Machine {
    fn tick(&mut self, train: Rows) -> Tick {
        self.look(train);
        let begun = self.state.done.len() + usize::from(self.state.solver.is_some());
        if self.state.solver.as_ref().is_none_or(|solver| solver.next().is_none()) && self.more(begun) {
            self.turn(train);
        }
        let context = Self::context(&self.settings, &self.state, &self.points);
        let Some(solver) = self.state.solver.as_mut().filter(|solver| solver.next().is_some()) else {
            return Tick { rows: 0, gradients: 0, boundary: true, finished: true };
        };
        let rows = solver.active().min(solver.rows().len());
        solver.step(context);
        let (moves, over) = (solver.updates(), solver.next().is_none());
        let boundary = over || moves >= self.state.due;
        if boundary {
            self.state.due = moves + (solver.rows().len() as u64 / OF_ROWS).max(moves / OF_MOVES).max(1);
        }
        Tick { rows, gradients: 0, boundary, finished: over && !self.more(self.state.done.len() + 1) }
    }

    fn answer(&self) -> Answer {
        if self.classes == 0 { Answer::Value } else { Answer::Scores { classes: self.classes } }
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        self.decide(inputs, out, |_, _| ());
    }

    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        let (mut sum, mut weights, weighing) = (0.0, 0.0, rows.weighing(&self.class_weights));
        let sides: Vec<(usize, usize)> = pairs(self.classes).collect();
        self.decide(rows.inputs, out, |at, decisions| {
            let target = rows.targets[at];
            let weight = weighing.of(at, target);
            if self.classes == 0 {
                let miss = (decisions[0].unwrap_or(0.0) - f64::from(target)).abs() - self.settings.epsilon;
                // What is not a number has to stay it.
                (sum, weights) = (sum + weight * if miss < 0.0 { 0.0 } else { miss }, weights + weight);
                return;
            }
            let class = target as usize;
            let of_class = sides.iter().zip(decisions).filter(|((i, j), _)| *i == class || *j == class);
            let hinges = of_class.map(|((i, _), decision)| {
                let decision = decision.unwrap_or(0.0);
                let slack = 1.0 - if *i == class { decision } else { -decision };
                if slack < 0.0 { 0.0 } else { slack }
            });
            sum += weight * hinges.sum::<f64>() / (self.classes - 1) as f64;
            weights += weight;
        });
        sum / weights
    }

    fn series(&self) -> Vec<f64> {
        let standing = self.standing();
        let now = standing.unwrap_or_default();
        let (supports, bounded) = self.supports();
        let margin = standing.map(|standing| standing.margin).filter(|margin| margin.is_finite()).unwrap_or(f64::NAN);
        // A pair that was not begun has a gap of C for every row, all of which violate the conditions.
        let (mut gap, mut violators) = (self.state.gap + now.gap, now.violators);
        let State { counts, weights, .. } = &self.state;
        let of_class = |class: usize| self.class_weights.get(class).copied().unwrap_or(1.0);
        for border in self.state.done.len() + usize::from(standing.is_some())..self.borders() {
            let (i, j) = self.sides(border);
            if self.classes > 0 && counts.get(i).is_some_and(|&rows| rows > 0) && counts[j] > 0 {
                violators += counts[i] + counts[j];
                gap += [i, j].map(|class| self.settings.c * of_class(class) * weights[class]).iter().sum::<f64>();
            }
        }
        let known = |value: f64| if counts.is_empty() { f64::NAN } else { value };
        let rest = [gap, violators as f64, supports as f64, bounded as f64].map(known);
        (self.classes > 0).then_some(margin).into_iter().chain(rest).collect()
    }

    fn suspicious(&self) -> bool {
        // Whatever is not a number is never chosen: then nothing is left to move.
        self.state.solver.as_ref().is_some_and(|solver| solver.next().is_none() && !solver.is_finite())
    }

    fn non_finite(&self) -> Option<String> {
        let broken = |border: &Border| !border.offset.is_finite() || border.coefficients.iter().any(|value| !value.is_finite());
        self.learned().iter().flatten().any(broken).then(|| "rho".into())
    }

    fn view(&self, _most: usize) -> View {
        let (supports, bounded) = self.supports();
        let standing = self.standing();
        let solver = self.state.solver.as_ref();
        let drawn = Drawn {
            kernel: self.state.kernel,
            classes: self.classes,
            pair: (self.classes > 2 && solver.is_some()).then(|| self.sides(self.state.done.len())),
            pairs: self.borders(),
            solved: self.state.done.len() + usize::from(solver.is_some_and(|solver| solver.next().is_none())),
            updates: solver.map_or(0, Solver::updates),
            active: solver.map_or(0, Solver::active),
            supports,
            bounded,
            next: solver.and_then(|solver| {
                solver.next().map(|next| Next { rows: solver.rows_of(next), violation: next.violation, gain: next.gain })
            }),
            standing,
        };
        View { marks: self.marks(), ..View::of("svm", drawn) }
    }

    fn parameters(&self) -> usize {
        self.learned().iter().flatten().map(|border| border.rows.len() + 1).sum()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        let support = self.shares();
        let numbers = |(row, _, _): &(u32, f64, usize)| &self.points[*row as usize * self.state.width..][..self.state.width];
        let points: Vec<f32> = support.iter().flat_map(numbers).copied().collect();
        into.store(&(&self.state, points, self.standing()));
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        let (state, points, told): (State, Vec<f32>, Option<Standing>) = from.load()?;
        (self.state, self.groups, self.told) = (state, None, told);
        let support = self.shares();
        let width = self.state.width;
        let whole = support.last().map_or(0, |(row, _, _)| (*row as usize + 1) * width);
        if points.len() != support.len() * width {
            return Err("the snapshot does not belong to this learner (its support vectors are not all there)".into());
        }
        self.points = vec![0.0; whole];
        for (at, (row, _, _)) in support.iter().enumerate() {
            self.points[*row as usize * width..][..width].copy_from_slice(&points[at * width..][..width]);
        }
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        (settings as &dyn Any).downcast_ref() == Some(&self.settings)
    }
}

impl Machine {
    /// The support vectors of all borders, by row: the greatest share α / C, and the class.
    fn shares(&self) -> Vec<(u32, f64, usize)> {
        let mut all: Vec<(u32, f64, usize)> = Vec::new();
        for (border, learned) in self.learned().iter().enumerate() {
            let Some(learned) = learned else { continue };
            let (i, j) = self.sides(border);
            let terms = learned.rows.iter().zip(&learned.coefficients).zip(&learned.shares);
            all.extend(terms.map(|((&row, &coefficient), &share)| (row, share, if coefficient > 0.0 { i } else { j })));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        all.dedup_by_key(|(row, _, _)| *row);
        all
    }

    /// How many support vectors there are, and how many are at C.
    fn supports(&self) -> (usize, usize) {
        let shares = self.shares();
        (shares.len(), shares.iter().filter(|(_, share, _)| *share >= 1.0).count())
    }

    /// A ring around every support vector, as strong as its α is of C.
    fn marks(&self) -> Vec<Mark> {
        let ring = |(row, share, class): (u32, f64, usize)| Mark {
            form: Form::Ring,
            at: Place::Row(row as usize),
            to: None,
            strength: share as f32,
            class: (self.classes > 0).then_some(class),
        };
        self.shares().into_iter().map(ring).collect()
    }
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SvmView")]
struct Drawn {
    /// With its numbers; none before the first tick.
    kernel: Option<Function>,
    /// 0 for numbers.
    classes: usize,
    /// The classes of the pair in work, where there are more than two.
    pair: Option<(usize, usize)>,
    pairs: usize,
    /// Pairs that are solved.
    solved: usize,
    /// Moves of the pair in work, and variables of it that are not shrunk away.
    updates: u64,
    active: usize,
    /// Support vectors of all pairs, and how many of them are at C.
    supports: usize,
    bounded: usize,
    /// The next move.
    next: Option<Next>,
    /// How far the pair in work is.
    standing: Option<Standing>,
}

/// Two training rows whose α will move, how far they violate the optimality conditions, and what the dual objective gains.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SvmMove")]
struct Next {
    rows: [u32; 2],
    violation: f64,
    gain: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::accuracy::most_probable;
    use ndarray::Array2;

    const NAMES: [&str; 3] = ["a", "b", "c"];

    /// Three heaps that overlap, drawn by a rule of our own: rows, classes, and a number that depends on the row.
    fn heaps(count: usize) -> (Array2<f32>, Vec<f32>, Vec<f32>) {
        let mut state = 5_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 * 3.0 - 1.5
        };
        let middle = [[0.0, 0.0], [2.0, 0.3], [0.5, 2.0]];
        let values: Vec<f32> = (0..count).flat_map(|row| middle[row % 3].map(|at| at + noise())).collect();
        let numbers = values.chunks(2).map(|x| x[0] * x[1] + 0.3 * noise()).collect();
        (Array2::from_shape_vec((count, 2), values).expect("two columns"), (0..count).map(|row| (row % 3) as f32).collect(), numbers)
    }

    fn built(settings: &str, task: Task, rows: usize) -> (Svm, Problem, Box<dyn Learner>) {
        let settings: Svm = serde_json::from_str(settings).expect("settings");
        let problem = Problem::flat(vec!["x".into(), "y".into()], task, rows, 0);
        assert_eq!(settings.check(&problem), []);
        let learner = settings.build(&problem);
        (settings, problem, learner)
    }

    fn classes(count: usize) -> Task {
        Task::Classification(NAMES[..count].iter().map(|name| name.to_string()).collect())
    }

    #[test]
    fn three_classes_are_told_apart_pair_by_pair_and_the_gap_closes() {
        let (inputs, targets, _) = heaps(150);
        let rows = Rows::new(inputs.view(), &targets);
        let (settings, problem, mut learner) = built(r#"{"c": 4.0, "tol": 1e-5}"#, classes(3), 150);
        let names: Vec<&str> = settings.series(&problem).iter().map(|quantity| quantity.name).collect();
        assert_eq!(names, ["margin", "dual_gap", "kkt_violators", "support_vectors", "bounded_support_vectors"]);
        let mut out = vec![0.0; 450];
        assert_eq!(learner.evaluate(rows, &mut out), 1.0);
        assert!(out.iter().all(|score| *score == 0.0) && learner.series()[1].is_nan());
        learner.tick(rows);
        // Two samples moved, in the first of three pairs; all others violate the conditions.
        let first = learner.series();
        assert!(first[0] > 0.0 && first[1] > 0.9 * 4.0 * 300.0 && first[2] >= 290.0 && first[3] == 2.0, "{first:?}");
        let (mut ticks, mut boundaries) = (1, 0);
        loop {
            let tick = learner.tick(rows);
            ticks += 1;
            boundaries += usize::from(tick.boundary);
            if tick.boundary {
                // The primal value, and with it the gap, may rise on the way; but no primal value is below a dual one.
                let gap = learner.series()[1];
                assert!(gap > -1e-9, "{gap}");
            }
            if tick.finished {
                break;
            }
        }
        assert!((3..ticks).contains(&boundaries), "{boundaries} of {ticks}");
        let last = learner.series();
        assert!(last[1] < 0.01 * first[1] && last[2] == 0.0 && last[4] > 0.0 && last[4] < last[3], "{last:?}");
        let loss = learner.evaluate(rows, &mut out);
        let right = out.chunks(3).zip(&targets).filter(|(scores, target)| most_probable(scores) as f32 == **target).count();
        assert!(loss < 0.9 && right > 100, "{loss} {right}");
        // A ring for every support vector, full where it is at C, in its class's colour.
        let marks = learner.view(0).marks;
        assert_eq!((marks.len(), marks.iter().filter(|mark| mark.strength >= 1.0).count()), (last[3] as usize, last[4] as usize));
        assert!(marks.iter().all(|mark| matches!(mark.at, Place::Row(row) if mark.class == Some(row % 3)) && mark.strength > 0.0));
        assert_eq!(learner.tick(rows), Tick { rows: 0, gradients: 0, boundary: true, finished: true });
    }

    #[test]
    fn what_was_stored_answers_at_once_and_goes_on_to_the_same_bits() {
        let (inputs, targets, numbers) = heaps(240);
        for (task, targets) in [(classes(3), &targets), (Task::Regression, &numbers)] {
            let rows = Rows::new(inputs.view(), targets);
            let settings = r#"{"c": 50.0, "epsilon": 0.02, "cache_size": 1, "kernel": {"rbf": {"gamma": {"given": {"value": 2}}}}}"#;
            let (.., mut learner) = built(settings, task.clone(), 240);
            let bytes = |learner: &dyn Learner| {
                let mut stored = Snapshot::default();
                learner.snapshot(&mut stored);
                stored
            };
            let mut at = 0;
            while !learner.tick(rows).finished {
                at += 1;
                if at % 97 != 13 {
                    continue;
                }
                let stored = bytes(&*learner);
                let (.., mut fresh) = built(settings, task.clone(), 240);
                fresh.restore(&stored).expect("its own");
                let answers = |learner: &dyn Learner| {
                    let mut out = vec![0.0; 240 * learner.answer().width()];
                    let loss = learner.evaluate(rows, &mut out);
                    (out, loss.to_bits(), learner.series().iter().map(|value| value.to_bits()).collect::<Vec<_>>())
                };
                assert!(answers(&*fresh) == answers(&*learner), "after {at} ticks");
                assert!(fresh.view(0).marks == learner.view(0).marks);
                // Stored again before it went on, it is the same.
                assert!(bytes(&*fresh) == stored);
                learner = fresh;
            }
            assert!(at > 200, "{at}");
        }
    }

    #[test]
    fn class_weights_are_so_many_times_c() {
        let (inputs, targets, _) = heaps(90);
        let two: Vec<f32> = targets.iter().map(|&target| target.min(1.0)).collect();
        let rows = Rows::new(inputs.view(), &two);
        let (.., mut learner) = built(r#"{"c": 0.5, "class_weights": {"given": {"weights": [8, 0.25]}}}"#, classes(2), 90);
        while !learner.tick(rows).finished {}
        let mut out = vec![0.0; 180];
        let loss = learner.evaluate(rows, &mut out);
        let hinge = |class: usize| -> Vec<f64> {
            let of = out.chunks(2).zip(&two).filter(|(_, target)| **target == class as f32);
            of.map(|(scores, _)| (1.0 - f64::from(scores[class])).max(0.0)).collect()
        };
        let [first, second] = [hinge(0), hinge(1)];
        let due =
            (8.0 * first.iter().sum::<f64>() + 0.25 * second.iter().sum::<f64>()) / (8.0 * first.len() as f64 + 0.25 * second.len() as f64);
        assert!((loss - due).abs() < 1e-6, "{loss} {due}");
        // Of the class that counts 32 times as much nearly none is given up.
        assert!(first.iter().filter(|hinge| **hinge > 1.0).count() < 3);
    }

    #[test]
    fn numbers_have_no_margin_and_errors_within_epsilon_are_free() {
        let (inputs, _, numbers) = heaps(60);
        let rows = Rows::new(inputs.view(), &numbers);
        let (settings, problem, mut learner) = built(r#"{"epsilon": 0.25}"#, Task::Regression, 60);
        assert_eq!(settings.series(&problem)[0].name, "dual_gap");
        while !learner.tick(rows).finished {}
        let mut out = vec![0.0; 60];
        let loss = learner.evaluate(rows, &mut out);
        let due: f64 = out.iter().zip(&numbers).map(|(a, b)| (f64::from(a - b).abs() - 0.25).max(0.0)).sum::<f64>() / 60.0;
        assert!((loss - due).abs() < 1e-6 && loss < 0.3, "{loss} {due}");
        // Where everything lies within ε of one number, there is nothing to learn.
        let (.., mut learner) = built(r#"{"epsilon": 100}"#, Task::Regression, 60);
        assert!(learner.tick(rows).finished);
        assert_eq!((learner.evaluate(rows, &mut out), learner.series()[2]), (0.0, 0.0));
    }

    #[test]
    fn what_does_not_suit_is_said() {
        let svm = |settings: &str| serde_json::from_str::<Svm>(settings).expect("settings");
        let mut problem = Problem::flat(vec!["x".into()], classes(3), 9, 0);
        problem.class_rows = vec![0, 9, 0];
        let issues = svm("{}").check(&problem);
        assert!(issues.len() == 1 && issues[0].message.en.contains("all of them are of class \"b\""), "{issues:?}");
        problem.class_rows = vec![4, 0, 5];
        assert_eq!(svm("{}").check(&problem), []);
        let numbers = Problem::flat(vec!["x".into()], Task::Regression, 9, 0);
        assert_eq!(svm(r#"{"class_weights": {"balanced": {}}}"#).check(&numbers)[0].path, "class_weights");
    }

    #[test]
    fn a_class_without_rows_is_never_answered() {
        let (inputs, targets, _) = heaps(60);
        let two: Vec<f32> = targets.iter().map(|&target| if target == 1.0 { 2.0 } else { target }).collect();
        let rows = Rows::new(inputs.view(), &two);
        let (.., mut learner) = built("{}", classes(3), 60);
        while !learner.tick(rows).finished {}
        let mut out = vec![0.0; 180];
        assert!(learner.evaluate(rows, &mut out).is_finite());
        assert!(out.chunks(3).all(|scores| most_probable(scores) != 1));
    }
}
