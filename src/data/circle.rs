//! A disc in a ring: TensorFlow Playground's "circle".
//!
//! Class 1 has radius 0 to 2.5, class 0 radius 3.5 to 5, both uniform in radius and angle. The playground keeps the points and
//! judges their label at a moved place; here the point itself moves, so that both classes stay equally large.

use super::{nudge, polar};
use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const RADIUS: f32 = 5.0;

/// Circle | 圆环
///
/// A disc of one class inside a ring of the other. | 一类是圆盘，另一类是包围它的圆环。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Circle {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// How far points are moved: up to ±5 × noise along each axis. | 数据点的移动幅度：每个坐标轴上最多 ±5 × 噪声。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
}

impl Default for Circle {
    fn default() -> Self {
        Circle { samples: 500, noise: 0.1 }
    }
}

impl Source for Circle {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % 2;
                let (inner, outer) = if label == 1 { (0.0, 0.5 * RADIUS) } else { (0.7 * RADIUS, RADIUS) };
                let radius = random::uniform(&mut stream, inner, outer);
                let angle = random::uniform(&mut stream, 0.0, std::f32::consts::TAU);
                (nudge(&mut stream, polar(radius.into(), angle.into()), RADIUS * self.noise as f32), label)
            })
            .unzip();
        Ok(Table::plane(points, labels, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    fn radii(noise: f64) -> Vec<(f32, f32)> {
        let table = Circle { noise, ..Circle::default() }.load(3, &NoFiles).unwrap();
        table.inputs.rows().into_iter().map(|row| row[0].hypot(row[1])).zip(table.targets).collect()
    }

    #[test]
    fn without_noise_a_circle_of_radius_three_separates_the_classes() {
        for (radius, label) in radii(0.0) {
            let (low, high) = if label == 1.0 { (0.0, 2.5) } else { (3.5, 5.0) };
            assert!((low - 1e-5..=high + 1e-5).contains(&radius), "class {label} at radius {radius}");
        }
    }

    #[test]
    fn noise_moves_points_by_at_most_its_share_of_the_radius() {
        let pairs = radii(0.0).into_iter().zip(radii(0.2));
        let moves: Vec<f32> = pairs.map(|((clean, _), (noisy, _))| (clean - noisy).abs()).collect();
        let farthest = moves.iter().copied().fold(0.0, f32::max);
        assert!((0.8..=2.0_f32.sqrt()).contains(&farthest), "{farthest}");
    }
}
