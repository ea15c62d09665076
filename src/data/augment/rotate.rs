//! Images turn about their middle by U(−d, d) degrees, torchvision's `RandomRotation(d, BILINEAR)` with empty corners. Of other rows the first two
//! features turn about their mean: x′ = x cos a − y sin a, y′ = x sin a + y cos a.

use super::picture::Picture;
use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::data::Shape;
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rotate | 旋转
///
/// Turns every image, or every point about the middle of all, a little to either side. | 把每张图像略微向左或向右转；对点则绕全体的中心转动。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "any", "x-term" = "moved-images"))]
pub struct Rotate {
    /// Degrees | 角度
    ///
    /// The most by which a sample is turned, to either side. | 向任一侧最多转动的角度。
    #[schemars(range(min = 0.0, max = 180.0))]
    pub degrees: f64,
}

impl Default for Rotate {
    fn default() -> Self {
        Rotate { degrees: 15.0 }
    }
}

/// The inverse of a turn to the left, for [`Picture::transform`].
pub fn inverse(degrees: f64) -> [f32; 4] {
    let [sine, cosine] = turn(degrees);
    [cosine, -sine, sine, cosine]
}

fn turn(degrees: f64) -> [f32; 2] {
    [libm::sin(degrees.to_radians()) as f32, libm::cos(degrees.to_radians()) as f32]
}

impl Augment for Rotate {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        match subject.shape {
            Shape::Image { .. } => Ok(()),
            Shape::Flat { units } if units > 1 => Ok(()),
            Shape::Flat { .. } => Err(message!(
                "needs images, or points with two features, and gets one",
                "需要图像，或至少有两个特征的点，得到的却只有一个特征"
            )),
            _ => suits::images(subject),
        }
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let mut angle = || self.degrees * f64::from(random::uniform(stream, -1.0, 1.0));
        if matches!(rows.shape, Shape::Image { .. }) {
            let picture = Picture::of(rows.shape);
            return rows.remake(|from, to| picture.transform(inverse(angle()), from, to));
        }
        let count = rows.count() as f64;
        let units = rows.shape.units();
        let middle =
            [0, 1].map(|at| (rows.inputs.iter().skip(at).step_by(units).map(|&value| f64::from(value)).sum::<f64>() / count) as f32);
        for row in rows.rows_mut() {
            let ([sine, cosine], [x, y]) = (turn(angle()), [row[0] - middle[0], row[1] - middle[1]]);
            row[0] = middle[0] + x * cosine - y * sine;
            row[1] = middle[1] + x * sine + y * cosine;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::{flat, images};

    #[test]
    fn a_quarter_to_the_left_moves_pixels_exactly() {
        let rows = images(1, 1, 3, 3);
        let mut turned = vec![0.0; 9];
        Picture::of(rows.shape).transform(inverse(90.0), &rows.inputs, &mut turned);
        let expected = [2, 5, 8, 1, 4, 7, 0, 3, 6].map(|at: usize| rows.inputs[at]);
        for (got, expected) in turned.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-5, "{turned:?}");
        }
    }

    #[test]
    fn points_keep_their_distance_from_the_middle_and_their_other_features() {
        let before = flat(500, 3, |row, column| (row as f32 * 0.7 + column as f32).sin() * 2.0 + 5.0);
        let mut rows = before.clone();
        Rotate { degrees: 40.0 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let middle = before.view().mean_axis(ndarray::Axis(0)).unwrap();
        let mut largest = 0.0_f32;
        for (was, is) in before.inputs.chunks(3).zip(rows.inputs.chunks(3)) {
            let from = |row: &[f32]| [row[0] - middle[0], row[1] - middle[1]];
            let ([a, b], [c, d]) = (from(was), from(is));
            assert!((a.hypot(b) - c.hypot(d)).abs() < 1e-4 && was[2] == is[2]);
            if a.hypot(b) > 0.5 {
                largest = largest.max((a * d - b * c).atan2(a * c + b * d).abs().to_degrees());
            }
        }
        assert!((35.0..=40.01).contains(&largest), "{largest}");
    }
}
