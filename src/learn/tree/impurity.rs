//! Impurity of a set of rows: Gini and entropy of classes, squared error of numbers, as scikit-learn's trees define them. What a split gains is the decrease
//! of impurity, weighted by what the node's rows count of all.

use super::criterion::Criterion;
use super::grow::{Measure, Whole};

/// What a row counts, where there is one number a row; where there are none, every row counts 1.
#[inline]
fn weight(weights: &[f64], row: u32) -> f64 {
    if weights.is_empty() { 1.0 } else { weights[row as usize] }
}

/// The decrease from a node's impurity to that of its sides, each with what it counts.
#[inline]
fn decrease(impurity: f64, weight: f64, all: f64, sides: [(f64, f64); 2]) -> f64 {
    let [(left, left_impurity), (right, right_impurity)] = sides;
    let children = (left * left_impurity + right * right_impurity) / weight;
    weight / all * (impurity - children)
}

/// scikit-learn calls a node pure below f64's epsilon, and takes a decrease for enough that falls short by no more.
const NOTHING: f64 = f64::EPSILON;

/// Rows of classes: `targets` are their numbers.
pub struct Classes<'a> {
    pub targets: &'a [f32],
    /// One a row, or none.
    pub weights: &'a [f64],
    pub outputs: usize,
    /// Gini or entropy.
    pub criterion: Criterion,
    pub min_impurity_decrease: f64,
}

/// What rows count, all together and by class.
#[derive(Clone, Debug)]
pub struct Counts {
    weight: f64,
    classes: Vec<f64>,
}

impl Counts {
    #[inline]
    fn add(&mut self, class: usize, weight: f64) {
        self.weight += weight;
        self.classes[class] += weight;
    }
}

impl Measure for Classes<'_> {
    type Sums = Counts;
    type Sides = [Counts; 2];
    /// Class probabilities.
    type Value = Vec<f32>;

    fn sums(&self, rows: &[u32]) -> Counts {
        let mut all = Counts { weight: 0.0, classes: vec![0.0; self.outputs] };
        rows.iter().for_each(|&row| all.add(self.targets[row as usize] as usize, weight(self.weights, row)));
        all
    }

    fn weight(&self, all: &Counts) -> f64 {
        all.weight
    }

    #[inline]
    fn impurity(&self, all: &Counts) -> f64 {
        let shares = all.classes.iter().map(|&count| count / all.weight);
        match self.criterion {
            Criterion::Entropy => -shares.filter(|&share| share > 0.0).map(|share| share * libm::log2(share)).sum::<f64>(),
            _ => (1.0 - shares.map(|share| share * share).sum::<f64>()).max(0.0),
        }
    }

    fn value(&self, all: &Counts) -> Vec<f32> {
        all.classes.iter().map(|&count| (count / all.weight) as f32).collect()
    }

    fn is_pure(&self, impurity: f64) -> bool {
        impurity <= NOTHING
    }

    fn sides(&self, all: &Counts) -> [Counts; 2] {
        [Counts { weight: 0.0, classes: vec![0.0; self.outputs] }, all.clone()]
    }

    #[inline]
    fn cross(&self, [left, right]: &mut [Counts; 2], row: u32) {
        let (class, weight) = (self.targets[row as usize] as usize, weight(self.weights, row));
        left.add(class, weight);
        right.add(class, -weight);
    }

    #[inline]
    fn gain(&self, node: &Whole<Counts>, [left, right]: &[Counts; 2], all: f64) -> f64 {
        let sides = [(left.weight, self.impurity(left)), (right.weight, self.impurity(right))];
        decrease(node.impurity, node.sums.weight, all, sides)
    }

    fn pays(&self, gain: f64) -> bool {
        gain + NOTHING >= self.min_impurity_decrease
    }
}

/// Rows of numbers.
pub struct Numbers<'a> {
    pub targets: &'a [f32],
    /// One a row, or none.
    pub weights: &'a [f64],
    pub min_impurity_decrease: f64,
}

/// What rows count, their sum and their sum of squares.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    weight: f64,
    sum: f64,
    squares: f64,
    /// From which targets are measured: near their mean, no digits are lost to cancellation.
    middle: f64,
}

impl Moments {
    #[inline]
    fn add(&mut self, target: f64, weight: f64) {
        let from = target - self.middle;
        self.weight += weight;
        self.sum += weight * from;
        self.squares += weight * from * from;
    }

    #[inline]
    fn variance(&self) -> f64 {
        let mean = self.sum / self.weight;
        (self.squares / self.weight - mean * mean).max(0.0)
    }
}

impl Numbers<'_> {
    #[inline]
    fn target(&self, row: u32) -> f64 {
        f64::from(self.targets[row as usize])
    }
}

impl Measure for Numbers<'_> {
    type Sums = Moments;
    type Sides = [Moments; 2];
    /// The mean target, alone.
    type Value = Vec<f32>;

    fn sums(&self, rows: &[u32]) -> Moments {
        let middle = rows.iter().map(|&row| self.target(row)).sum::<f64>() / rows.len() as f64;
        let mut all = Moments { weight: 0.0, sum: 0.0, squares: 0.0, middle };
        rows.iter().for_each(|&row| all.add(self.target(row), weight(self.weights, row)));
        all
    }

    fn weight(&self, all: &Moments) -> f64 {
        all.weight
    }

    fn impurity(&self, all: &Moments) -> f64 {
        all.variance()
    }

    fn value(&self, all: &Moments) -> Vec<f32> {
        vec![(all.middle + all.sum / all.weight) as f32]
    }

    fn is_pure(&self, impurity: f64) -> bool {
        impurity <= NOTHING
    }

    fn sides(&self, all: &Moments) -> [Moments; 2] {
        [Moments { weight: 0.0, sum: 0.0, squares: 0.0, middle: all.middle }, *all]
    }

    #[inline]
    fn cross(&self, [left, right]: &mut [Moments; 2], row: u32) {
        let (target, weight) = (self.target(row), weight(self.weights, row));
        left.add(target, weight);
        right.add(target, -weight);
    }

    #[inline]
    fn gain(&self, node: &Whole<Moments>, [left, right]: &[Moments; 2], all: f64) -> f64 {
        let sides = [(left.weight, left.variance()), (right.weight, right.variance())];
        decrease(node.impurity, node.sums.weight, all, sides)
    }

    fn pays(&self, gain: f64) -> bool {
        gain + NOTHING >= self.min_impurity_decrease
    }
}
