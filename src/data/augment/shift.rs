//! Whole pixels, round(U(−s, s) · width) across and round(U(−s, s) · height) down: torchvision's `RandomAffine(0, translate=(s, s))`.

use super::picture::Picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Shift | 平移
///
/// Moves every image a little, each time elsewhere; what it leaves is empty. | 把每张图像随机移动一点，空出的部分留空。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "moved-images"))]
pub struct Shift {
    /// Share | 比例
    ///
    /// How far it may move, as a share of the image's width and height. | 最多移动的距离，占图像宽和高的比例。
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
}

impl Default for Shift {
    fn default() -> Self {
        Shift { share: 0.1 }
    }
}

impl Augment for Shift {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let picture = Picture::of(rows.shape);
        let mut by = |size: usize| libm::rint(self.share * size as f64 * f64::from(random::uniform(stream, -1.0, 1.0))) as isize;
        rows.remake(|from, to| {
            let (right, down) = (by(picture.width), by(picture.height));
            picture.shift(right, down, from, to);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn images_move_as_far_as_their_share_and_no_farther() {
        let mut rows = images(2000, 1, 10, 20);
        rows.inputs.iter_mut().enumerate().for_each(|(at, pixel)| *pixel = f32::from(u8::from(at % 200 == 5 * 20 + 10)));
        Shift { share: 0.2 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let places = rows.inputs.chunks(200).map(|row| row.iter().position(|&pixel| pixel == 1.0).expect("still there"));
        let (mut across, mut down) = (Vec::new(), Vec::new());
        places.for_each(|at| {
            across.push(at as i32 % 20 - 10);
            down.push(at as i32 / 20 - 5);
        });
        let ends = |moves: &[i32]| (*moves.iter().min().unwrap(), *moves.iter().max().unwrap());
        assert_eq!((ends(&across), ends(&down)), ((-4, 4), (-2, 2)));
    }

    #[test]
    fn what_leaves_the_picture_is_gone() {
        let mut rows = images(50, 1, 3, 3);
        Shift { share: 1.0 }.apply(&mut random::stream(1, "augment"), &mut rows);
        assert!(rows.inputs.chunks(9).any(|row| row.iter().all(|&pixel| pixel == 0.0)));
    }
}
