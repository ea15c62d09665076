//! Left becomes right with probability p, torchvision's `RandomHorizontalFlip`.

use super::picture::Picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mirror left and right | 左右翻转
///
/// Mirrors some images, each time others, for things that look the same from both sides. | 随机把一部分图像左右翻转，适合左右看起来一样的东西。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "moved-images"))]
pub struct HorizontalFlip {
    /// Probability | 概率
    ///
    /// The share of images that are mirrored in an epoch. | 每轮中被翻转的图像比例。
    #[schemars(range(min = 0.0, max = 1.0))]
    pub probability: f64,
}

impl Default for HorizontalFlip {
    fn default() -> Self {
        HorizontalFlip { probability: 0.5 }
    }
}

impl Augment for HorizontalFlip {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let (picture, probability) = (Picture::of(rows.shape), self.probability as f32);
        for row in rows.rows_mut() {
            if random::uniform(stream, 0.0, 1.0) < probability {
                row.chunks_exact_mut(picture.width).for_each(|line| line.reverse());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn about_half_of_the_rows_are_mirrored_and_the_others_untouched() {
        let before = images(4000, 2, 3, 4);
        let mut rows = before.clone();
        HorizontalFlip::default().apply(&mut random::stream(1, "augment"), &mut rows);
        let mut mirrored = 0;
        for (was, is) in before.inputs.chunks(24).zip(rows.inputs.chunks(24)) {
            let expected = |at: usize| at / 4 * 4 + 3 - at % 4;
            if was == is {
                continue;
            }
            mirrored += 1;
            (0..24).for_each(|at| assert_eq!(is[at], was[expected(at)]));
        }
        // Five standard errors.
        assert!((mirrored as f64 - 2000.0).abs() < 5.0 * 4000_f64.sqrt() / 2.0, "{mirrored}");
    }
}
