//! Confusion matrix: how many rows of each true class (row) were given each class (column), as scikit-learn's `confusion_matrix`. Unit: rows.

use super::Targets;
use super::classes::counted;

/// `predictions` `[rows, classes]`, `targets` `[rows]` class numbers; gives `[true class, predicted class]`, row-major. Rows with a probability
/// that is not finite are left out: no class was predicted.
pub fn count(predictions: &[f32], targets: &[f32], classes: usize) -> Vec<u32> {
    counted(predictions, Targets::Single(targets), classes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_true_and_predicted_class() {
        let predictions = [0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.5, 0.5, f32::NAN, 0.0];
        assert_eq!(count(&predictions, &[0.0, 0.0, 1.0, 1.0, 1.0], 2), [1, 1, 1, 1]);
    }
}
