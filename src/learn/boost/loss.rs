//! What boosting makes smaller: the losses of scikit-learn's gradient boosting, each with where it starts, the slope that the next tree is fitted to, and the
//! step that a leaf takes (Friedman 2001, "Greedy function approximation", algorithms 2 to 6).
//!
//! Scores are what trees add up to: the answer itself for numbers, log odds for two classes, one score a class for more. In 64 bits, as targets are then.

use crate::config::Message;
use crate::data::Task;
use crate::data::prepare::scale::quantile;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Loss | 损失
///
/// What each round makes smaller. | 每一轮要减小的量。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// By task | 按任务
    ///
    /// Log loss for classes, squared error for numbers. | 分类用对数损失，回归用平方误差。
    #[default]
    Auto,
    /// Log loss | 对数损失
    ///
    /// For classes: surely wrong costs most. | 用于类别：错得越有把握，代价越大。
    LogLoss,
    /// Squared error | 平方误差
    ///
    /// For numbers: the mean; outliers pull hard. | 用于数值：趋向均值，离群值影响大。
    SquaredError,
    /// Absolute error | 绝对误差
    ///
    /// For numbers: the median; outliers pull no harder than others. | 用于数值：趋向中位数，离群值的影响不比其他点大。
    AbsoluteError,
    /// Huber | Huber
    ///
    /// For numbers: squared for most errors, absolute for the largest ones. | 用于数值：多数误差按平方，最大的误差按绝对值。
    Huber,
    /// Quantile | 分位数
    ///
    /// For numbers: the value that a share alpha of targets stays below. | 用于数值：使比例为 α 的目标值低于它。
    Quantile,
}

impl Loss {
    /// What the form calls it.
    pub fn title(self) -> Message {
        match self {
            Loss::Auto => message!("By task", "按任务"),
            Loss::LogLoss => message!("Log loss", "对数损失"),
            Loss::SquaredError => message!("Squared error", "平方误差"),
            Loss::AbsoluteError => message!("Absolute error", "绝对误差"),
            Loss::Huber => message!("Huber", "Huber"),
            Loss::Quantile => message!("Quantile", "分位数"),
        }
    }

    /// True where it can be computed.
    pub fn suits(self, task: &Task) -> bool {
        match self {
            Loss::Auto => true,
            Loss::LogLoss => task.is_classification(),
            _ => !task.is_classification(),
        }
    }
}

/// A loss on rows of a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// Two classes by one score, their log odds.
    Logistic,
    /// So many classes, a score each.
    Softmax(usize),
    Squared,
    Absolute,
    Huber {
        /// The share of errors that count squared.
        alpha: f64,
        /// The error from which on they count by their size: that quantile of all errors, found anew each round.
        delta: f64,
    },
    Quantile {
        /// The share of targets that lie below.
        alpha: f64,
    },
}

/// Rows of a leaf, and what their step depends on.
pub struct Leaf<'a> {
    pub rows: &'a [u32],
    pub targets: &'a [f32],
    /// What each row counts, bag included.
    pub weights: &'a [f64],
    /// `[rows, scores]`.
    pub raw: &'a [f64],
    /// Likewise: the slopes before this round.
    pub slopes: &'a [f64],
    /// Which score.
    pub score: usize,
}

impl Objective {
    /// The loss that settings name; see [`Loss::suits`].
    pub fn of(loss: Loss, alpha: f64, task: &Task) -> Self {
        match (loss, task) {
            (Loss::Auto | Loss::LogLoss, Task::Classification(classes)) if classes.len() > 2 => Objective::Softmax(classes.len()),
            (Loss::Auto | Loss::LogLoss, Task::Classification(_)) => Objective::Logistic,
            (Loss::AbsoluteError, _) => Objective::Absolute,
            (Loss::Huber, _) => Objective::Huber { alpha, delta: 0.0 },
            (Loss::Quantile, _) => Objective::Quantile { alpha },
            _ => Objective::Squared,
        }
    }

    /// Scores a row, and trees a round.
    pub fn scores(&self) -> usize {
        match self {
            Objective::Softmax(classes) => *classes,
            _ => 1,
        }
    }

    /// The scores that are best for all rows alike: prior log odds, mean, median or quantile. Without weights quantiles lie between two targets, as
    /// `numpy.percentile` has them; with weights on one, as scikit-learn has them.
    pub fn start(&self, targets: &[f32], weights: &[f64]) -> Vec<f64> {
        let weight = |row: usize| if weights.is_empty() { 1.0 } else { weights[row] };
        let all: f64 = (0..targets.len()).map(weight).sum();
        let mean =
            |value: &dyn Fn(f32) -> f64| targets.iter().enumerate().map(|(row, &target)| weight(row) * value(target)).sum::<f64>() / all;
        let share = |class: usize| mean(&|target| f64::from(u8::from(target == class as f32))).clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        let middle = |share: f64| {
            let mut values: Vec<f64> = targets.iter().map(|&target| f64::from(target)).collect();
            if weights.is_empty() {
                values.sort_unstable_by(f64::total_cmp);
                quantile(&values, share)
            } else {
                percentile(&mut values.into_iter().zip(weights.iter().copied()).collect::<Vec<_>>(), share)
            }
        };
        match self {
            Objective::Logistic => {
                let positive = share(1);
                vec![libm::log(positive / (1.0 - positive))]
            }
            Objective::Softmax(classes) => {
                let logs: Vec<f64> = (0..*classes).map(|class| libm::log(share(class))).collect();
                let mean = logs.iter().sum::<f64>() / logs.len() as f64;
                logs.into_iter().map(|log| log - mean).collect()
            }
            Objective::Squared => vec![mean(&|target| f64::from(target))],
            Objective::Absolute | Objective::Huber { .. } => vec![middle(0.5)],
            Objective::Quantile { alpha } => vec![middle(*alpha)],
        }
    }

    /// What is found anew before each round, from all rows, whether they are in its bag or not.
    pub fn renew(&mut self, targets: &[f32], raw: &[f64], weights: &[f64]) {
        if let Objective::Huber { alpha, delta } = self {
            let errors = targets.iter().zip(raw).map(|(&target, raw)| (f64::from(target) - raw).abs());
            let mut errors: Vec<(f64, f64)> =
                errors.enumerate().map(|(row, error)| (error, weights.get(row).copied().unwrap_or(1.0))).collect();
            *delta = percentile(&mut errors, *alpha);
        }
    }

    /// The negative gradient of a row's loss by its scores: what the next trees are fitted to.
    pub fn slopes(&self, target: f32, raw: &[f64], to: &mut [f64]) {
        let error = f64::from(target) - raw[0];
        match self {
            Objective::Logistic => to[0] = f64::from(target) - sigmoid(raw[0]),
            Objective::Softmax(_) => {
                softmax(raw, to);
                to.iter_mut().enumerate().for_each(|(class, p)| *p = f64::from(u8::from(target == class as f32)) - *p);
            }
            Objective::Squared => to[0] = error,
            Objective::Absolute => to[0] = if error < 0.0 { -1.0 } else { 1.0 },
            Objective::Huber { delta, .. } => to[0] = error.clamp(-delta, *delta),
            Objective::Quantile { alpha } => to[0] = if error < 0.0 { alpha - 1.0 } else { *alpha },
        }
    }

    /// How far a leaf moves the score of its rows: the mean slope, one Newton step (of K classes (K − 1)/K of it), or the best constant.
    pub fn step(&self, leaf: &Leaf) -> f64 {
        let (width, score) = (self.scores(), leaf.score);
        let slope = |row: u32| leaf.slopes[row as usize * width + score];
        let weight = |row: u32| if leaf.weights.is_empty() { 1.0 } else { leaf.weights[row as usize] };
        let newton = |factor: f64| {
            let (mut slopes, mut curvatures, mut weights) = (0.0, 0.0, 0.0);
            for &row in leaf.rows {
                let hit = if width == 1 {
                    f64::from(leaf.targets[row as usize])
                } else {
                    f64::from(u8::from(leaf.targets[row as usize] == score as f32))
                };
                let p = hit - slope(row);
                slopes += weight(row) * slope(row);
                curvatures += weight(row) * p * (1.0 - p);
                weights += weight(row);
            }
            // As scikit-learn: where the probability is 0 or 1 there is nothing to gain.
            if (curvatures / weights).abs() < 1e-150 { 0.0 } else { factor * slopes / curvatures }
        };
        let errors = || -> Vec<(f64, f64)> {
            let error = |row: u32| f64::from(leaf.targets[row as usize]) - leaf.raw[row as usize];
            leaf.rows.iter().map(|&row| (error(row), weight(row))).collect()
        };
        match self {
            Objective::Logistic => newton(1.0),
            Objective::Softmax(classes) => newton((*classes as f64 - 1.0) / *classes as f64),
            Objective::Squared => {
                let (slopes, weights) =
                    leaf.rows.iter().fold((0.0, 0.0), |(sum, all), &row| (sum + weight(row) * slope(row), all + weight(row)));
                slopes / weights
            }
            Objective::Absolute => percentile(&mut errors(), 0.5),
            Objective::Quantile { alpha } => percentile(&mut errors(), *alpha),
            Objective::Huber { delta, .. } => {
                let mut errors = errors();
                let median = percentile(&mut errors, 0.5);
                let (far, weights) = errors
                    .iter()
                    .fold((0.0, 0.0), |(sum, all), (error, weight)| (sum + weight * (error - median).clamp(-delta, *delta), all + weight));
                median + far / weights
            }
        }
    }

    /// The loss of a row: nats for classes; for numbers half squares for Huber, whole ones for squared error.
    pub fn loss(&self, target: f32, raw: &[f64]) -> f64 {
        let error = f64::from(target) - raw[0];
        match self {
            Objective::Logistic => log_one_plus_exp(raw[0]) - f64::from(target) * raw[0],
            Objective::Softmax(_) => {
                let most = raw.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                most + libm::log(raw.iter().map(|score| libm::exp(score - most)).sum()) - raw[target as usize]
            }
            Objective::Squared => error * error,
            Objective::Absolute => error.abs(),
            Objective::Huber { delta, .. } => {
                if error.abs() <= *delta {
                    0.5 * error * error
                } else {
                    delta * (error.abs() - 0.5 * delta)
                }
            }
            Objective::Quantile { alpha } => error * if error < 0.0 { alpha - 1.0 } else { *alpha },
        }
    }

    /// Class probabilities, or the value.
    pub fn answer(&self, raw: &[f64], to: &mut [f32]) {
        match self {
            Objective::Logistic => {
                let positive = sigmoid(raw[0]);
                (to[0], to[1]) = ((1.0 - positive) as f32, positive as f32);
            }
            Objective::Softmax(_) => {
                let mut shares = vec![0.0; raw.len()];
                softmax(raw, &mut shares);
                to.iter_mut().zip(shares).for_each(|(to, share)| *to = share as f32);
            }
            _ => to[0] = raw[0] as f32,
        }
    }
}

fn sigmoid(score: f64) -> f64 {
    if score >= 0.0 {
        1.0 / (1.0 + libm::exp(-score))
    } else {
        let odds = libm::exp(score);
        odds / (1.0 + odds)
    }
}

/// ln(1 + e^x).
fn log_one_plus_exp(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

fn softmax(raw: &[f64], to: &mut [f64]) {
    let most = raw.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    to.iter_mut().zip(raw).for_each(|(to, score)| *to = libm::exp(score - most));
    let all: f64 = to.iter().sum();
    to.iter_mut().for_each(|share| *share /= all);
}

/// Of (value, weight) pairs the first value, from the smallest on, up to which a share of all weight lies: scikit-learn's `_weighted_percentile`. Sorts them.
fn percentile(pairs: &mut [(f64, f64)], share: f64) -> f64 {
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all = pairs.iter().fold(0.0, |all, pair| all + pair.1);
    let (wanted, mut sum) = (share * all, 0.0);
    for &(value, weight) in pairs.iter() {
        sum += weight;
        if sum >= wanted && sum > 0.0 {
            return value;
        }
    }
    // None, or rounding left it behind the last.
    pairs.last().map_or(0.0, |pair| pair.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(classes: usize) -> Task {
        if classes == 0 { Task::Regression } else { Task::Classification((0..classes).map(|class| class.to_string()).collect()) }
    }

    #[test]
    fn slopes_are_those_of_the_loss() {
        let cases = [
            (Objective::Logistic, 2),
            (Objective::Softmax(3), 3),
            (Objective::Squared, 0),
            (Objective::Absolute, 0),
            (Objective::Huber { alpha: 0.9, delta: 0.5 }, 0),
            (Objective::Quantile { alpha: 0.2 }, 0),
        ];
        for (objective, classes) in cases {
            for target in [0.0_f32, 1.0] {
                let raw: Vec<f64> = [0.3, -1.2, 0.8][..objective.scores()].to_vec();
                let mut slopes = raw.clone();
                objective.slopes(target, &raw, &mut slopes);
                for score in 0..raw.len() {
                    let at = |step: f64| {
                        let mut moved = raw.clone();
                        moved[score] += step;
                        objective.loss(target, &moved)
                    };
                    let numeric = (at(-1e-6) - at(1e-6)) / 2e-6;
                    // Squared error is counted whole, its slope by halves, as everywhere.
                    let expected = if objective == Objective::Squared { numeric / 2.0 } else { numeric };
                    assert!((slopes[score] - expected).abs() < 1e-8, "{objective:?}: {} against {expected}", slopes[score]);
                }
            }
            let mut answer = vec![0.0; task(classes).outputs()];
            objective.answer(&[800.0, -900.0, 0.0][..objective.scores()], &mut answer);
            assert!(answer.iter().all(|value| value.is_finite()), "{objective:?}");
            assert!([-800.0, 800.0].iter().all(|&score| objective.loss(1.0, &[score, -score, 0.0]).is_finite()));
        }
    }

    #[test]
    fn percentiles_are_scikit_learns() {
        // _weighted_percentile(np.array([3., 1, 2, 5, 4]), np.array([1., 1, 1, 1, 1]), 50) → 3, with 40 → 2, with 0 → 1, with 100 → 5.
        let pairs = || [3.0, 1.0, 2.0, 5.0, 4.0].map(|value| (value, 1.0));
        assert_eq!([0.5, 0.4, 0.0, 1.0].map(|share| percentile(&mut pairs(), share)), [3.0, 2.0, 1.0, 5.0]);
        // With weights [0, 0.5, 1, 3, 0.5]: the sums are 0.5, 1.5, 1.5, 2, 5.
        let weighted = || [(3.0, 0.0), (1.0, 0.5), (2.0, 1.0), (5.0, 3.0), (4.0, 0.5)];
        assert_eq!([0.3, 0.31, 0.5].map(|share| percentile(&mut weighted(), share)), [2.0, 4.0, 5.0]);
    }

    #[test]
    fn what_starts_is_best_for_all_rows_alike() {
        let near =
            |got: Vec<f64>, expected: &[f64]| got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12) && got.len() == expected.len();
        assert!(near(Objective::Logistic.start(&[1.0, 0.0, 1.0, 1.0], &[]), &[libm::log(3.0)]));
        assert!(near(Objective::Logistic.start(&[1.0, 0.0, 1.0, 1.0], &[1.0, 3.0, 1.0, 1.0]), &[0.0]));
        let third = libm::log(2.0) / 3.0;
        assert!(near(Objective::Softmax(3).start(&[0.0, 1.0, 2.0, 2.0], &[]), &[-third, -third, 2.0 * third]));
        assert!(near(Objective::Quantile { alpha: 0.25 }.start(&[4.0, 1.0, 2.0], &[]), &[1.5]));
        assert!(near(Objective::Quantile { alpha: 0.25 }.start(&[4.0, 1.0, 2.0], &[1.0, 1.0, 1.0]), &[1.0]));
        // A class that no row has costs a lot, not everything.
        assert!(Objective::Softmax(3).start(&[0.0, 1.0], &[]).iter().all(|score| score.is_finite()));
    }
}
