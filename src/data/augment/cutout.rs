//! A square of `length` pixels is emptied; its middle is any pixel, so that it may reach beyond the edge (DeVries & Taylor 2017).

use super::picture::Picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Cutout | 随机遮挡
///
/// Empties a square of every image, each time elsewhere, so that the model cannot rely on one part alone. | 随机清空每张图像中的一个方块，使模型不能只依赖某一处。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "cutout"))]
pub struct Cutout {
    /// Length | 边长
    ///
    /// Pixels along an edge of the square. | 方块每边的像素数。
    #[schemars(range(min = 1, max = 64), extend("x-term" = "cutout"))]
    pub length: usize,
}

impl Default for Cutout {
    fn default() -> Self {
        Cutout { length: 4 }
    }
}

impl Augment for Cutout {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let picture = Picture::of(rows.shape);
        let mut places = |size: usize| {
            let first = random::below(stream, size) as isize - (self.length / 2) as isize;
            first.max(0) as usize..((first + self.length as isize) as usize).min(size)
        };
        for row in rows.rows_mut() {
            let (down, across) = (places(picture.height), places(picture.width));
            for channel in row.chunks_exact_mut(picture.area()) {
                down.clone().for_each(|y| channel[y * picture.width..][across.clone()].fill(0.0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn one_square_of_every_image_is_empty_in_all_channels() {
        let mut rows = images(2000, 2, 9, 9);
        Cutout { length: 4 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut whole = 0;
        for row in rows.inputs.chunks(162) {
            let empty: Vec<usize> = (0..81).filter(|&at| row[at] == 0.0).collect();
            assert!((0..81).all(|at| (row[at] == 0.0) == (row[81 + at] == 0.0)));
            let ends = |values: Vec<usize>| values.iter().max().unwrap() - values.iter().min().unwrap() + 1;
            let (wide, high) = (ends(empty.iter().map(|at| at % 9).collect()), ends(empty.iter().map(|at| at / 9).collect()));
            assert!(wide * high == empty.len() && (2..=4).contains(&wide) && (2..=4).contains(&high), "{empty:?}");
            whole += usize::from(empty.len() == 16);
        }
        // Six of nine middles along each edge leave the square whole.
        assert!((whole as f64 / 2000.0 - 36.0 / 81.0).abs() < 0.06, "{whole}");
    }
}
