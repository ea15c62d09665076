//! What a row counts: its own weight times its class's. Class weights are resolved from settings (`class_weights.rs`), weights of rows come with the rows
//! ([`Rows::weights`](super::Rows)); here they meet, and nowhere else.
//!
//! A mean over rows is Σ w ℓ / Σ w, as PyTorch's `CrossEntropyLoss(weight)` has it for classes and scikit-learn's `sample_weight` for rows: only ratios matter to it. A row of
//! weight 0 is as good as absent, whatever its loss is.

/// What each row counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weighing<'a> {
    /// Of each class; empty where classes count alike.
    pub classes: &'a [f64],
    /// Of each row, at least 0; empty where rows count alike.
    pub rows: &'a [f32],
}

impl<'a> Weighing<'a> {
    /// True where every row counts 1.
    #[inline]
    pub fn is_even(&self) -> bool {
        self.classes.is_empty() && self.rows.is_empty()
    }

    /// What a row with this target counts.
    #[inline]
    pub fn of(&self, row: usize, target: f32) -> f64 {
        let class = if self.classes.is_empty() { 1.0 } else { self.classes[target as usize] };
        if self.rows.is_empty() { class } else { class * f64::from(self.rows[row]) }
    }

    /// What each row counts, one number a row; none where all count 1.
    pub fn all(&self, targets: &[f32]) -> Vec<f64> {
        let targets = if self.is_even() { &[][..] } else { targets };
        targets.iter().enumerate().map(|(row, &target)| self.of(row, target)).collect()
    }

    /// What rows count together.
    pub fn sum(&self, targets: &[f32]) -> f64 {
        if self.is_even() { targets.len() as f64 } else { targets.iter().enumerate().map(|(row, &target)| self.of(row, target)).sum() }
    }

    /// The mean of what rows cost, each by what it counts.
    #[inline]
    pub fn mean(&self, targets: &[f32], mut loss: impl FnMut(usize, f32) -> f64) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (row, &target) in targets.iter().enumerate() {
            let weight = self.of(row, target);
            if weight == 0.0 {
                // Where its loss is infinite, nothing of it is not a number.
                continue;
            }
            weights += weight;
            sum += weight * loss(row, target);
        }
        sum / weights
    }

    /// The same of some rows that stand together.
    pub fn part(&self, rows: std::ops::Range<usize>) -> Self {
        Weighing { rows: if self.rows.is_empty() { self.rows } else { &self.rows[rows] }, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_counts_its_weight_times_its_class() {
        let targets = [0.0, 1.0, 1.0];
        let cases: [(&str, &[f64], &[f32], &[f64], f64); 4] = [
            ("nothing said", &[], &[], &[], 3.0),
            ("classes", &[0.5, 2.0], &[], &[0.5, 2.0, 2.0], 4.5),
            ("rows", &[], &[3.0, 0.0, 1.0], &[3.0, 0.0, 1.0], 4.0),
            ("both", &[0.5, 2.0], &[3.0, 0.0, 1.0], &[1.5, 0.0, 2.0], 3.5),
        ];
        for (reason, classes, rows, all, sum) in cases {
            let weighing = Weighing { classes, rows };
            assert_eq!((&weighing.all(&targets)[..], weighing.sum(&targets)), (all, sum), "{reason}");
            assert_eq!(weighing.is_even(), all.is_empty(), "{reason}");
            let due: f64 = (0..3).map(|row| weighing.of(row, targets[row]) * (row + 1) as f64).sum::<f64>() / sum;
            assert_eq!(weighing.mean(&targets, |row, _| (row + 1) as f64), due, "{reason}");
        }
        let second = Weighing { classes: &[], rows: &[3.0, 0.0, 1.0] }.part(1..3);
        assert_eq!(second.rows, [0.0, 1.0]);
        assert_eq!(second.mean(&targets[1..], |row, _| if row == 0 { f64::INFINITY } else { 7.0 }), 7.0, "absent is absent");
        assert_eq!(Weighing::default().part(1..3), Weighing::default());
    }
}
