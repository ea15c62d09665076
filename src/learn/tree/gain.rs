//! What a split gains by second-order boosting (Chen & Guestrin 2016, eq. 6 and 7): with G and H the sums of gradients and hessians over the rows of a side,
//! `gain = ½·(G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ))` without the ½, as XGBoost counts it, and a leaf answers −G/(H + λ). An L1 penalty α moves
//! every G towards 0 by α first (soft thresholding). Nothing here is shrunk by a learning rate.
//!
//! With g = −w·r and h = w it is least squares on the residuals r: the gain is then the decrease of Σ w (r − mean)², and a leaf answers the mean.

use super::grow::{Measure, Whole};

/// Gradients and hessians of rows, weights of rows included: `[g, h]` each.
pub struct Gains<'a> {
    pub rows: &'a [[f64; 2]],
    /// λ: what every sum of hessians has more.
    pub lambda: f64,
    /// α: by how much every sum of gradients is brought nearer to 0.
    pub alpha: f64,
    /// γ: what a split must gain at least.
    pub gamma: f64,
    /// What the hessians of a side must sum up to.
    pub min_child_weight: f64,
}

impl Gains<'_> {
    #[inline]
    fn toward_zero(&self, gradient: f64) -> f64 {
        if gradient > self.alpha {
            gradient - self.alpha
        } else if gradient < -self.alpha {
            gradient + self.alpha
        } else {
            0.0
        }
    }

    #[inline]
    fn score(&self, [gradient, hessian]: [f64; 2]) -> f64 {
        let (gradient, weight) = (self.toward_zero(gradient), hessian + self.lambda);
        // Rows without curvature say nothing of how far to go.
        if weight > 0.0 { gradient * gradient / weight } else { 0.0 }
    }
}

impl Measure for Gains<'_> {
    type Sums = [f64; 2];
    /// The left side, and all.
    type Sides = [[f64; 2]; 2];
    /// The step that lowers the loss most, by its second-order approximation.
    type Value = f64;

    fn sums(&self, rows: &[u32]) -> [f64; 2] {
        let mut all = [0.0; 2];
        rows.iter().for_each(|&row| add(&mut all, self.rows[row as usize]));
        all
    }

    fn weight(&self, all: &[f64; 2]) -> f64 {
        all[1]
    }

    /// By how much the node's own step lowers the loss: what a split must beat.
    fn impurity(&self, all: &[f64; 2]) -> f64 {
        self.score(*all)
    }

    fn value(&self, all: &[f64; 2]) -> f64 {
        if all[1] + self.lambda > 0.0 { -self.toward_zero(all[0]) / (all[1] + self.lambda) } else { 0.0 }
    }

    fn is_pure(&self, _score: f64) -> bool {
        false
    }

    fn sides(&self, all: &[f64; 2]) -> [[f64; 2]; 2] {
        [[0.0; 2], *all]
    }

    #[inline]
    fn cross(&self, [left, _]: &mut [[f64; 2]; 2], row: u32) {
        add(left, self.rows[row as usize]);
    }

    #[inline]
    fn gain(&self, node: &Whole<[f64; 2]>, [left, all]: &[[f64; 2]; 2], _weight: f64) -> f64 {
        let right = [all[0] - left[0], all[1] - left[1]];
        if left[1] < self.min_child_weight || right[1] < self.min_child_weight {
            return f64::NEG_INFINITY;
        }
        self.score(*left) + self.score(right) - node.impurity
    }

    fn pays(&self, gain: f64) -> bool {
        gain > 0.0 && gain >= self.gamma
    }
}

#[inline]
fn add(to: &mut [f64; 2], of: [f64; 2]) {
    to[0] += of[0];
    to[1] += of[1];
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Columns, Sorted};
    use super::super::grow::{Features, Growth, Limits, Order};
    use super::super::impurity::Numbers;
    use super::*;
    use crate::math::random;
    use ndarray::Array2;

    const LIMITS: Limits = Limits { order: Order::Level, max_depth: 4, max_leaves: usize::MAX, min_samples_split: 2, min_samples_leaf: 3 };

    fn grow<M: Measure>(measure: &M, inputs: &Array2<f32>, limits: &Limits) -> Growth<M::Value> {
        let (mut growth, mut columns) = (Growth::default(), Columns::whole(Sorted::of(inputs.view())));
        growth.begin(measure, limits, &columns, &mut Features::All);
        while growth.split(measure, limits, &mut columns, &mut Features::All).is_some() {}
        growth
    }

    fn data() -> (Array2<f32>, Vec<f32>, Vec<f64>) {
        let mut stream = random::stream(4, "gain");
        let inputs = Array2::from_shape_fn((120, 3), |_| random::normal(&mut stream));
        let targets = inputs.rows().into_iter().map(|row| row[0] * row[1] + 0.3 * row[2]).collect();
        let weights = (0..120).map(|_| f64::from(random::uniform(&mut stream, 0.2, 3.0))).collect();
        (inputs, targets, weights)
    }

    #[test]
    fn of_residuals_it_is_the_squared_error() {
        let (inputs, targets, weights) = data();
        let rows: Vec<[f64; 2]> = targets.iter().zip(&weights).map(|(&target, &weight)| [-weight * f64::from(target), weight]).collect();
        let gains = Gains { rows: &rows, lambda: 0.0, alpha: 0.0, gamma: 0.0, min_child_weight: 0.0 };
        let squares = Numbers { targets: &targets, weights: &weights, min_impurity_decrease: 0.0 };
        let (newton, impurity) = (grow(&gains, &inputs, &LIMITS), grow(&squares, &inputs, &LIMITS));
        let all: f64 = weights.iter().sum();
        assert_eq!(newton.nodes.len(), impurity.nodes.len());
        assert!(newton.nodes.len() > 10);
        for (a, b) in newton.nodes.iter().zip(&impurity.nodes) {
            assert!((a.value - f64::from(b.value[0])).abs() < 1e-6);
            let Some((a, b)) = a.split.zip(b.split) else { continue };
            assert_eq!((a.feature, a.threshold), (b.feature, b.threshold));
            assert!((a.gain - b.gain * all).abs() < 1e-9 * all, "{} {}", a.gain, b.gain * all);
        }
    }

    #[test]
    fn penalties_do_what_the_paper_says() {
        let inputs = Array2::from_shape_vec((4, 1), vec![0.0, 1.0, 2.0, 3.0]).unwrap();
        let rows = [[-4.0, 1.0], [-3.0, 1.0], [1.0, 1.0], [2.0, 1.0]];
        let limits = Limits { max_depth: 1, min_samples_leaf: 1, ..LIMITS };
        let of = |lambda, alpha, gamma, min_child_weight| {
            let measure = Gains { rows: &rows, lambda, alpha, gamma, min_child_weight };
            let nodes = grow(&measure, &inputs, &limits).nodes;
            (nodes[0].split.map(|split| (split.threshold, split.gain)), nodes.iter().map(|node| node.value).collect::<Vec<_>>())
        };
        // 49/3 + 9/3 − 16/5; leaves 7/3 and −3/3, the root 4/5.
        let (split, values) = of(1.0, 0.0, 0.0, 0.0);
        assert!((split.unwrap().1 - (49.0 / 3.0 + 3.0 - 3.2)).abs() < 1e-12 && split.unwrap().0 == 1.5);
        assert_eq!(values, [4.0 / 5.0, 7.0 / 3.0, -1.0]);
        // α = 2: (7−2)²/3 + (3−2)²/3 − (4−2)²/5.
        let (split, values) = of(1.0, 2.0, 0.0, 0.0);
        assert!((split.unwrap().1 - (25.0 / 3.0 + 1.0 / 3.0 - 0.8)).abs() < 1e-12);
        assert_eq!(values, [2.0 / 5.0, 5.0 / 3.0, -1.0 / 3.0]);
        // γ above the gain, and children that weigh too little.
        assert_eq!(of(1.0, 0.0, 17.0, 0.0).0, None);
        assert_eq!(of(1.0, 0.0, 0.0, 2.5).0, None);
        assert_eq!(of(1.0, 0.0, 0.0, 2.0).0.unwrap().0, 1.5);
    }
}
