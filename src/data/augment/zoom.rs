//! Images grow or shrink about their middle by a factor of U(1 − z, 1 + z): torchvision's `RandomAffine(0, scale=(1 − z, 1 + z), BILINEAR)`.

use super::picture::Picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Zoom | 缩放大小
///
/// Makes every image a little larger or smaller. | 把每张图像略微放大或缩小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "moved-images"))]
pub struct Zoom {
    /// Range | 幅度
    ///
    /// How much larger or smaller it may become, as a share of its size. | 最多放大或缩小的比例。
    #[schemars(range(min = 0.0, max = 0.9))]
    pub range: f64,
}

impl Default for Zoom {
    fn default() -> Self {
        Zoom { range: 0.2 }
    }
}

/// The inverse of a growth by `factor`, for [`Picture::transform`].
pub fn inverse(factor: f64) -> [f32; 4] {
    [(1.0 / factor) as f32, 0.0, 0.0, (1.0 / factor) as f32]
}

impl Augment for Zoom {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let picture = Picture::of(rows.shape);
        let mut factor = || 1.0 + self.range * f64::from(random::uniform(stream, -1.0, 1.0));
        rows.remake(|from, to| picture.transform(inverse(factor()), from, to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn areas_grow_and_shrink_as_far_as_the_range() {
        let mut rows = images(500, 1, 20, 20);
        // A disc in the middle.
        rows.inputs.iter_mut().enumerate().for_each(|(at, pixel)| {
            let (x, y) = ((at % 20) as f32 - 9.5, (at / 20 % 20) as f32 - 9.5);
            *pixel = f32::from(u8::from(x * x + y * y < 25.0));
        });
        let area = rows.inputs[..400].iter().sum::<f32>();
        Zoom { range: 0.5 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let factors: Vec<f32> = rows.inputs.chunks(400).map(|row| (row.iter().sum::<f32>() / area).sqrt()).collect();
        let (low, high) = factors.iter().fold((9.0_f32, 0.0_f32), |(low, high), &factor| (low.min(factor), high.max(factor)));
        assert!((0.45..0.53).contains(&low) && (1.47..1.55).contains(&high), "{low} {high}");
    }
}
