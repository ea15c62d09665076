//! A rectangle of another image is pasted in, and the targets mixed by area (Yun et al. 2019, torchvision's `CutMix`): λ ~ Beta(α, α), the rectangle
//! √(1 − λ) of width and height around any pixel, cut at the edges, after which λ is the share that is left of the own image. Weights of rows are mixed by the same
//! share.

use super::picture::Picture;
use super::{Augment, Drawn, Subject, beta, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// CutMix | CutMix（剪切混合）
///
/// Pastes a piece of another training image into every one, and mixes the targets by area. | 在每张训练图像中贴入另一张图像的一块，并按面积混合目标。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "cutmix"))]
pub struct Cutmix {
    /// Alpha | α
    ///
    /// How evenly images share the area: near 0 nearly all is of one, at 1 any share is as likely, above it halves are. | 两张图像分享面积的均匀程度：接近 0 几乎全属一张，1 时各种比例等可能，更大时多为各占一半。
    #[schemars(range(min = 0.01, max = 10.0), extend("x-scale" = "log", "x-term" = "cutmix"))]
    pub alpha: f64,
}

impl Default for Cutmix {
    fn default() -> Self {
        Cutmix { alpha: 1.0 }
    }
}

/// Where along an edge of `size` the rectangle lies whose middle is `middle` and which takes `share` of the edge.
pub fn places(middle: usize, size: usize, share: f64) -> Range<usize> {
    let half = (0.5 * share * size as f64) as usize;
    middle.saturating_sub(half)..(middle + half).min(size)
}

impl Augment for Cutmix {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn mixes(&self) -> bool {
        true
    }

    fn takes_mixed(&self) -> bool {
        false
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let picture = Picture::of(rows.shape);
        rows.mix(stream, |stream, row, partner| {
            let share = libm::sqrt(1.0 - beta::symmetric(stream, self.alpha));
            let across = places(random::below(stream, picture.width), picture.width, share);
            let down = places(random::below(stream, picture.height), picture.height, share);
            for (channel, partner) in row.chunks_exact_mut(picture.area()).zip(partner.chunks_exact(picture.area())) {
                for y in down.clone() {
                    let line = y * picture.width + across.start..y * picture.width + across.end;
                    channel[line.clone()].copy_from_slice(&partner[line]);
                }
            }
            1.0 - (across.len() * down.len()) as f32 / picture.area() as f32
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn shares_are_the_areas_that_are_left() {
        let mut rows = images(1000, 2, 8, 6);
        // Every image has one number, so that pixels tell whose they are.
        rows.inputs.chunks_mut(96).enumerate().for_each(|(row, image)| image.fill(row as f32));
        rows.classes = 5;
        rows.targets = (0..1000).map(|row| (row % 5) as f32).collect();
        Cutmix::default().apply(&mut random::stream(1, "augment"), &mut rows);
        let mut cut = 0;
        for (row, image) in rows.inputs.chunks(96).enumerate() {
            let own = image[..48].iter().filter(|&&pixel| pixel == row as f32).count();
            assert_eq!(image[..48], image[48..]);
            let other = image.iter().find(|&&pixel| pixel != row as f32);
            if let Some(&other) = other {
                cut += 1;
                assert!((rows.shares[row] - own as f32 / 48.0).abs() < 1e-6);
                assert_eq!(rows.others[row], (other as usize % 5) as f32);
            }
        }
        assert!(cut > 800, "{cut}");
        let mean = rows.shares.iter().sum::<f32>() / 1000.0;
        assert!((0.5..0.8).contains(&mean), "cut at the edges, more than half is left: {mean}");
    }
}
