//! Gradient boosting (Friedman 2001; 2002 with subsamples), as scikit-learn's `GradientBoostingClassifier` and `GradientBoostingRegressor`: each round fits a
//! tree to the slopes of the loss by least squares – one tree a class where there are more than two – gives its leaves the step that lowers the loss most,
//! and adds it, shrunk by the learning rate. The splits know nothing of curvature; that is XGBoost's.

use super::loss::{Leaf, Objective};
use crate::learn::tree::columns::{Columns, Sorted};
use crate::learn::tree::grow::{Features, Growth, Limits, Measure, Whole};
use crate::learn::tree::node::{Node, Route};
use crate::math::random::{self, Stream};
use ndarray::{ArrayView2, Axis};
use serde::{Deserialize, Serialize};

/// A tree of a round: its leaves hold what they add to a score before it is shrunk, its inner nodes the mean slope of their rows.
pub type Member = Vec<Node<f64>>;

/// What a round is made with.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    pub learning_rate: f64,
    pub limits: Limits,
    pub min_impurity_decrease: f64,
    /// Features that each node is searched over, drawn at random; none for all.
    pub max_features: Option<usize>,
}

/// Rows that are learned from.
#[derive(Clone, Copy)]
pub struct Lesson<'a> {
    pub inputs: ArrayView2<'a, f32>,
    pub targets: &'a [f32],
    /// What each row counts; empty where all count alike.
    pub weights: &'a [f64],
}

/// What boosting has learned.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Boosted {
    /// Scores before the first round.
    pub start: Vec<f64>,
    /// `[rounds × scores]`.
    pub members: Vec<Member>,
    /// The learning rate of each round.
    pub rates: Vec<f64>,
    /// Huber's δ of the newest round.
    delta: f64,
    /// √ of the mean square of the slopes that the newest round was fitted to.
    pub residual: f64,
    /// Mean loss of the rows in the newest round's bag.
    pub deviance: f64,
    /// By how much the newest round lowered the mean loss of the rows outside its bag; not a number where there are none.
    pub improvement: f64,
}

/// What rounds work with and nobody need remember.
pub struct Bench {
    sorted: Sorted,
    columns: Option<Columns>,
    /// `[rows, scores]`: each row's scores, brought up to date where a tree moved them.
    raw: Vec<f64>,
    slopes: Vec<f64>,
    /// What each row counts in the newest round, bag included.
    weights: Vec<f64>,
    moments: Vec<[f64; 2]>,
}

impl Boosted {
    /// Nothing but where scores start.
    pub fn begun(objective: Objective, lesson: Lesson) -> Self {
        Boosted { start: objective.start(lesson.targets, lesson.weights), ..Boosted::default() }
    }

    /// Rounds made so far.
    pub fn rounds(&self) -> usize {
        self.rates.len()
    }

    /// The loss as it is now.
    pub fn objective(&self, objective: Objective) -> Objective {
        match objective {
            Objective::Huber { alpha, .. } => Objective::Huber { alpha, delta: self.delta },
            other => other,
        }
    }

    /// Whatever rounds need of these rows. Where some were made already, each row's scores are added up as they were then.
    pub fn bench(&self, lesson: Lesson) -> Bench {
        let mut raw = Vec::new();
        self.scores(lesson.inputs, &mut raw);
        Bench {
            sorted: Sorted::of(lesson.inputs),
            columns: None,
            slopes: vec![0.0; raw.len()],
            raw,
            weights: Vec::new(),
            moments: Vec::new(),
        }
    }

    /// The scores of rows, `[rows, scores]`.
    pub fn scores(&self, inputs: ArrayView2<f32>, to: &mut Vec<f64>) {
        to.clear();
        (0..inputs.nrows()).for_each(|_| to.extend_from_slice(&self.start));
        self.add(inputs, 0, to);
    }

    /// Adds what the rounds from `first` on (counted from 0) say to the scores of rows.
    pub fn add(&self, inputs: ArrayView2<f32>, first: usize, to: &mut [f64]) {
        let width = self.start.len();
        for (at, member) in self.members.iter().enumerate().skip(first * width) {
            let (route, rate) = (Route::of(member), self.rates[at / width]);
            for (row, scores) in inputs.outer_iter().zip(to.chunks_exact_mut(width)) {
                scores[at % width] += rate * member[route.leaf(row)].value;
            }
        }
    }

    /// One round on the rows of `bag` (on all, where it is none). Features are drawn from `stream`, where they are.
    pub fn round(
        &mut self,
        objective: Objective,
        rounds: &Rounds,
        lesson: Lesson,
        bag: Option<&[bool]>,
        stream: Stream,
        bench: &mut Bench,
    ) {
        let Bench { sorted, columns, raw, slopes, weights, moments } = bench;
        let (targets, width) = (lesson.targets, objective.scores());
        let weight = |row: usize| if lesson.weights.is_empty() { 1.0 } else { lesson.weights[row] };
        let mut objective = objective;
        objective.renew(targets, raw, lesson.weights);
        if let Objective::Huber { delta, .. } = objective {
            self.delta = delta;
        }
        let mean_loss = |raw: &[f64], counts: &dyn Fn(usize) -> bool| {
            let rows = targets.iter().zip(raw.chunks_exact(width)).enumerate().filter(|(row, _)| counts(*row));
            let (sum, all) = rows
                .fold((0.0, 0.0), |(sum, all), (row, (&target, raw))| (sum + weight(row) * objective.loss(target, raw), all + weight(row)));
            sum / all
        };
        self.rates.push(rounds.learning_rate);
        let in_bag = |row: usize| bag.is_none_or(|bag| bag[row]);
        let outside = bag.map_or(f64::NAN, |_| mean_loss(raw, &|row| !in_bag(row)));
        for ((&target, raw), to) in targets.iter().zip(raw.chunks_exact(width)).zip(slopes.chunks_exact_mut(width)) {
            objective.slopes(target, raw, to);
        }
        self.residual = libm::sqrt(slopes.iter().map(|slope| slope * slope).sum::<f64>() / slopes.len() as f64);
        weights.clear();
        if !lesson.weights.is_empty() || bag.is_some() {
            weights.extend((0..targets.len()).map(|row| if in_bag(row) { weight(row) } else { 0.0 }));
        }
        let mut features = match rounds.max_features {
            Some(most) => Features::Drawn(most, Box::new(stream)),
            None => Features::All,
        };
        for score in 0..width {
            moments.clear();
            moments.extend((0..targets.len()).map(|row| {
                let weight = weights.get(row).copied().unwrap_or(1.0);
                [weight * slopes[row * width + score], weight]
            }));
            let measure = Residuals { rows: moments, min_impurity_decrease: rounds.min_impurity_decrease };
            let mut orders = Columns::counted(sorted, weights, columns.take());
            let mut growth = Growth::default();
            growth.begin(&measure, &rounds.limits, &orders, &mut features);
            while growth.split(&measure, &rounds.limits, &mut orders, &mut features).is_some() {}
            let mut member = growth.nodes;
            for (at, node) in member.iter_mut().enumerate().filter(|(_, node)| node.split.is_none()) {
                let rows = orders.rows(at);
                // A bag may have nothing but rows of weight 0, which teach nothing.
                let taught = !rows.is_empty();
                node.value = if taught { objective.step(&Leaf { rows, targets, weights, raw, slopes, score }) } else { 0.0 };
                rows.iter().for_each(|&row| raw[row as usize * width + score] += rounds.learning_rate * node.value);
            }
            if !weights.is_empty() {
                let route = Route::of(&member);
                for (row, values) in lesson.inputs.axis_iter(Axis(0)).enumerate().filter(|(row, _)| weights[*row] == 0.0) {
                    raw[row * width + score] += rounds.learning_rate * member[route.leaf(values)].value;
                }
            }
            *columns = Some(orders);
            self.members.push(member);
        }
        self.deviance = mean_loss(raw, &in_bag);
        self.improvement = outside - bag.map_or(f64::NAN, |_| mean_loss(raw, &|row| !in_bag(row)));
    }
}

/// A bag of a share of all rows, none of them twice: the bag of each size is as likely as any other (selection sampling, as scikit-learn's).
pub fn bag(rows: usize, share: f64, stream: &mut Stream) -> Vec<bool> {
    let size = ((share * rows as f64) as usize).max(1);
    let mut taken = 0;
    let draw = |row| {
        let left = random::below(stream, rows - row) < size - taken;
        taken += usize::from(left);
        left
    };
    (0..rows).map(draw).collect()
}

/// Least squares on slopes, by `[weight · slope, weight]` of each row: the gain is what the variance falls by, of all rows, as a tree of numbers counts it.
struct Residuals<'a> {
    rows: &'a [[f64; 2]],
    min_impurity_decrease: f64,
}

/// Σ w r, Σ w, Σ w r².
type Sums = [f64; 3];

impl Measure for Residuals<'_> {
    type Sums = Sums;
    /// The left side, and all.
    type Sides = [[f64; 2]; 2];
    type Value = f64;

    fn sums(&self, rows: &[u32]) -> Sums {
        rows.iter().fold([0.0; 3], |[sum, weights, squares], &row| {
            let [moment, weight] = self.rows[row as usize];
            [sum + moment, weights + weight, squares + moment * moment / weight]
        })
    }

    fn weight(&self, [_, weight, _]: &Sums) -> f64 {
        *weight
    }

    fn impurity(&self, [sum, weight, squares]: &Sums) -> f64 {
        let mean = sum / weight;
        (squares / weight - mean * mean).max(0.0)
    }

    fn value(&self, [sum, weight, _]: &Sums) -> f64 {
        sum / weight
    }

    fn is_pure(&self, impurity: f64) -> bool {
        impurity <= f64::EPSILON
    }

    fn sides(&self, [sum, weight, _]: &Sums) -> [[f64; 2]; 2] {
        [[0.0; 2], [*sum, *weight]]
    }

    #[inline]
    fn cross(&self, [left, _]: &mut [[f64; 2]; 2], row: u32) {
        let [moment, weight] = self.rows[row as usize];
        left[0] += moment;
        left[1] += weight;
    }

    #[inline]
    fn gain(&self, _node: &Whole<Sums>, [left, all]: &[[f64; 2]; 2], weight: f64) -> f64 {
        let right = [all[0] - left[0], all[1] - left[1]];
        let square = |[sum, weight]: [f64; 2]| sum * sum / weight;
        (square(*left) + square(right) - square(*all)) / weight
    }

    fn pays(&self, gain: f64) -> bool {
        gain + f64::EPSILON >= self.min_impurity_decrease
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_has_its_size_and_every_row_the_same_chance() {
        let (mut stream, mut counts) = (random::stream(1, "bag"), [0; 10]);
        for _ in 0..4000 {
            let bag = bag(10, 0.45, &mut stream);
            assert_eq!(bag.iter().filter(|&&row| row).count(), 4);
            bag.iter().zip(&mut counts).for_each(|(&row, count)| *count += u32::from(row));
        }
        // Five standard errors of 0.4.
        assert!(counts.iter().all(|&count| (f64::from(count) / 4000.0 - 0.4).abs() < 5.0 * (0.24_f64 / 4000.0).sqrt()), "{counts:?}");
        assert_eq!(bag(3, 0.1, &mut stream).iter().filter(|&&row| row).count(), 1);
    }
}
