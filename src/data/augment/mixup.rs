//! x = λ x₁ + (1 − λ) x₂ with λ ~ Beta(α, α), and the targets likewise (Zhang et al. 2018, torchvision's `MixUp`). Pairs are drawn over all training
//! rows, each with a λ of its own. Of classes the loss is mixed, λ ℓ(y₁) + (1 − λ) ℓ(y₂), as the paper's code does. Weights of rows are mixed alike: λ w₁ + (1 − λ) w₂.

use super::{Augment, Drawn, Subject, beta, suits};
use crate::config::Message;
use crate::math::random::Stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mixup | Mixup（混合）
///
/// Blends every training sample with another one, targets included, so that predictions change smoothly from one to the other. | 把每个训练样本与另一个样本（连同目标）混合，使预测在两者之间平滑变化。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "any", "x-term" = "mixup"))]
pub struct Mixup {
    /// Alpha | α
    ///
    /// How evenly samples are blended: near 0 hardly at all, at 1 any share is as likely, above it halves are. | 混合的均匀程度：接近 0 几乎不混合，1 时各种比例等可能，更大时多为各占一半。
    #[schemars(range(min = 0.01, max = 10.0), extend("x-scale" = "log", "x-term" = "mixup"))]
    pub alpha: f64,
}

impl Default for Mixup {
    fn default() -> Self {
        Mixup { alpha: 1.0 }
    }
}

impl Augment for Mixup {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::numbers(subject)
    }

    fn mixes(&self) -> bool {
        true
    }

    fn takes_mixed(&self) -> bool {
        false
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        rows.mix(stream, |stream, row, partner| {
            let share = beta::symmetric(stream, self.alpha) as f32;
            row.iter_mut().zip(partner).for_each(|(value, other)| *value = share * *value + (1.0 - share) * other);
            share
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::Drawn;
    use crate::data::augment::tests::flat;
    use crate::math::random;

    fn mixed(classes: usize) -> (Drawn, Drawn) {
        let mut before = flat(400, 2, |row, column| (row * 2 + column) as f32);
        before.classes = classes;
        before.targets = (0..400).map(|row| if classes == 0 { row as f32 * 0.5 } else { (row % classes) as f32 }).collect();
        let mut rows = before.clone();
        Mixup { alpha: 0.7 }.apply(&mut random::stream(1, "augment"), &mut rows);
        (before, rows)
    }

    #[test]
    fn rows_lie_between_two_and_so_do_their_classes() {
        let (before, rows) = mixed(3);
        assert_eq!(rows.targets, before.targets);
        let mut partners = vec![0; 400];
        for row in 0..400 {
            let share = rows.shares[row];
            assert!((0.0..=1.0).contains(&share));
            if share > 0.99 {
                continue;
            }
            let partner = ((rows.inputs[2 * row] - share * before.inputs[2 * row]) / (1.0 - share) / 2.0).round() as usize;
            partners[partner] += 1;
            assert_eq!(rows.others[row], before.targets[partner], "row {row} with {partner}, {share}");
        }
        assert!(partners.iter().all(|&count| count <= 1), "a row is the partner of one");
    }

    #[test]
    fn numbers_are_mixed_as_the_inputs_are() {
        let (_, rows) = mixed(0);
        assert!(rows.others.is_empty() && rows.shares.is_empty());
        // The target is a quarter of the first input before, so it is afterwards.
        (0..400).for_each(|row| assert!((rows.targets[row] - rows.inputs[2 * row] * 0.25).abs() < 1e-3));
    }
}
