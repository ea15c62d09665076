//! factor · pixel + (1 − factor) · mean of the grey image, factor ~ U(1 − c, 1 + c), clipped: torchvision's `ColorJitter(contrast=c)`. Three
//! channels are red, green and blue, grey is 0.2989 R + 0.587 G + 0.114 B; other images are grey.

use super::picture::{self, Picture};
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Contrast | 对比度
///
/// Makes the difference between light and dark of every image a little larger or smaller. | 把每张图像的明暗差别略微加大或减小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "light"))]
pub struct Contrast {
    /// Contrast | 对比度
    ///
    /// How much stronger or weaker it may become, as a share of the contrast. | 最多增强或减弱的比例。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-term" = "light"))]
    pub contrast: f64,
}

impl Default for Contrast {
    fn default() -> Self {
        Contrast { contrast: 0.2 }
    }
}

/// Of the grey image.
pub fn mean(picture: Picture, image: &[f32]) -> f32 {
    let share = match picture.channels {
        3 => [0.2989, 0.587, 0.114].to_vec(),
        channels => vec![1.0 / channels as f64; channels],
    };
    let channels = image.chunks_exact(picture.area()).map(|channel| channel.iter().map(|&pixel| f64::from(pixel)).sum::<f64>());
    (channels.zip(share).map(|(sum, share)| sum * share).sum::<f64>() / picture.area() as f64) as f32
}

impl Augment for Contrast {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::images(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let (picture, most) = (Picture::of(rows.shape), self.contrast as f32);
        for row in rows.rows_mut() {
            let grey = mean(picture, row);
            picture::blend(row, grey, random::uniform(stream, 1.0 - most, 1.0 + most));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::images;

    #[test]
    fn without_contrast_an_image_is_its_mean_and_with_it_the_mean_stays() {
        let before = images(200, 3, 4, 4);
        let picture = Picture::of(before.shape);
        let mut rows = before.clone();
        Contrast { contrast: 0.3 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut factors = Vec::new();
        for (was, is) in before.inputs.chunks(48).zip(rows.inputs.chunks(48)) {
            let grey = mean(picture, was);
            let factor = (is[1] - grey) / (was[1] - grey);
            was.iter().zip(is).for_each(|(was, is)| assert!((is - (grey + factor * (was - grey)).clamp(0.0, 1.0)).abs() < 1e-4));
            factors.push(factor);
        }
        assert!(factors.iter().all(|factor| (0.69..1.31).contains(factor)), "{factors:?}");
        let mut flat = before.inputs[..48].to_vec();
        picture::blend(&mut flat, mean(picture, &before.inputs[..48]), 0.0);
        assert!(flat.iter().all(|pixel| *pixel == flat[0]));
    }
}
