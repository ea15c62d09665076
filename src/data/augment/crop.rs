//! A frame of `padding` empty pixels is put around an image, and a piece of the old size cut out anywhere: torchvision's `RandomCrop(size, padding)`.

use super::picture::Picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Random crop | 随机裁剪
///
/// Puts an empty frame around every image and cuts a piece of the old size out of it, each time elsewhere. | 在每张图像四周加空白边框，再从中随机裁出原大小的一块。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "moved-images"))]
pub struct Crop {
    /// Padding | 填充
    ///
    /// Pixels of the frame on each side: as far may the image move. | 每侧边框的像素数，即图像最多移动的距离。
    #[schemars(range(min = 0, max = 32), extend("x-term" = "moved-images"))]
    pub padding: usize,
}

impl Default for Crop {
    fn default() -> Self {
        Crop { padding: 2 }
    }
}

impl Augment for Crop {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let picture = Picture::of(rows.shape);
        let mut by = || random::below(stream, 2 * self.padding + 1) as isize - self.padding as isize;
        rows.remake(|from, to| {
            let (down, right) = (by(), by());
            picture.shift(right, down, from, to);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn every_place_of_the_frame_is_drawn_alike() {
        let before = images(5000, 1, 4, 5);
        let mut rows = before.clone();
        Crop { padding: 1 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut counts = [0; 9];
        for (was, is) in before.inputs.chunks(20).zip(rows.inputs.chunks(20)) {
            let places = (0..9).filter(|place| {
                let (right, down) = (place % 3 - 1, place / 3 - 1);
                let source = |at: isize| (at % 5 - right, at / 5 - down);
                (0..20).all(|at| {
                    let (x, y) = source(at);
                    let inside = (0..5).contains(&x) && (0..4).contains(&y);
                    is[at as usize] == if inside { was[(y * 5 + x) as usize] } else { 0.0 }
                })
            });
            let place: Vec<isize> = places.collect();
            assert_eq!(place.len(), 1);
            counts[place[0] as usize] += 1;
        }
        assert!(counts.iter().all(|count| (440..670).contains(count)), "{counts:?}");
    }
}
