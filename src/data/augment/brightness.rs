//! Pixels times U(1 − b, 1 + b), clipped: torchvision's `ColorJitter(brightness=b)`.

use super::picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Brightness | 亮度
///
/// Makes every image a little brighter or darker. | 把每张图像略微调亮或调暗。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "light"))]
pub struct Brightness {
    /// Brightness | 亮度
    ///
    /// How much brighter or darker it may become, as a share of its brightness. | 最多调亮或调暗的比例。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-term" = "light"))]
    pub brightness: f64,
}

impl Default for Brightness {
    fn default() -> Self {
        Brightness { brightness: 0.2 }
    }
}

impl Augment for Brightness {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let most = self.brightness as f32;
        rows.rows_mut().for_each(|row| picture::blend(row, 0.0, random::uniform(stream, 1.0 - most, 1.0 + most)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn all_pixels_of_an_image_have_one_factor_and_none_leaves_the_range() {
        let before = images(300, 1, 4, 4);
        let mut rows = before.clone();
        Brightness { brightness: 0.5 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let (mut low, mut high) = (9.0_f32, 0.0_f32);
        for (was, is) in before.inputs.chunks(16).zip(rows.inputs.chunks(16)) {
            let darkest = (0..16).min_by(|&a, &b| was[a].total_cmp(&was[b])).unwrap();
            let factor = is[darkest] / was[darkest];
            (low, high) = (low.min(factor), high.max(factor));
            was.iter().zip(is).for_each(|(was, is)| assert!((is - (factor * was).clamp(0.0, 1.0)).abs() < 1e-5));
        }
        assert!((0.5..0.52).contains(&low) && (1.48..1.5).contains(&high), "{low} {high}");
    }
}
