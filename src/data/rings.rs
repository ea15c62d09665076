//! Rings around each other: scikit-learn's `make_circles` with two rings or more, 4 times as large.
//!
//! Class 0 is the outermost, of radius 4; the others divide that radius evenly, so that two rings are `make_circles(factor=0.5)`. Points of a ring stand at
//! equal angles, the first on the x axis; noise is normal, in units of the outermost radius.

use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const RADIUS: f64 = 4.0;

/// Rings | 同心环
///
/// Two to five rings around each other, one for each class. | 二到五个同心圆环，每类一个。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points", "x-term" = "cluster"))]
pub struct Rings {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of normal noise on both coordinates, as a share of the outermost ring's radius. | 两个坐标上正态噪声的标准差，以最外环的半径为单位。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Classes | 类别数
    ///
    /// One ring for each, the first outermost. | 每类一个环，第一类在最外。
    #[schemars(range(min = 2, max = 5))]
    pub classes: usize,
}

impl Default for Rings {
    fn default() -> Self {
        Rings { samples: 500, noise: 0.05, classes: 3 }
    }
}

impl Source for Rings {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % self.classes;
                let size = (self.samples - label).div_ceil(self.classes);
                let angle = std::f64::consts::TAU * (row / self.classes) as f64 / size as f64;
                let radius = RADIUS * (self.classes - label) as f64 / self.classes as f64;
                let clean = [radius * libm::cos(angle), radius * libm::sin(angle)];
                (clean.map(|value| value as f32 + (RADIUS * self.noise) as f32 * random::normal(&mut stream)), label)
            })
            .unzip();
        Ok(Table::plane(points, labels, self.classes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    #[test]
    fn without_noise_radii_are_even_and_angles_equal() {
        for (samples, classes) in [(20, 2), (333, 5), (500, 3)] {
            let table = Rings { samples, noise: 0.0, classes }.load(3, &NoFiles).unwrap();
            for label in 0..classes {
                let of = table.inputs.rows().into_iter().zip(&table.targets).filter(|(_, target)| **target == label as f32);
                let points: Vec<[f64; 2]> = of.map(|(row, _)| [f64::from(row[0]), f64::from(row[1])]).collect();
                let gap = 2.0 * (std::f64::consts::PI / points.len() as f64).sin() * RADIUS * (classes - label) as f64 / classes as f64;
                for (at, [x, y]) in points.iter().enumerate() {
                    assert!((x.hypot(*y) - RADIUS * (classes - label) as f64 / classes as f64).abs() < 1e-5);
                    let [next_x, next_y] = points[(at + 1) % points.len()];
                    assert!(((next_x - x).hypot(next_y - y) - gap).abs() < 1e-5, "point {at} of class {label}");
                }
            }
        }
    }

    #[test]
    fn noise_is_a_share_of_the_outermost_radius() {
        let load = |noise| Rings { samples: 10_000, noise, classes: 2 }.load(3, &NoFiles).unwrap().inputs;
        let moves = load(0.2) - load(0.0);
        let variance = moves.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>() / moves.len() as f64;
        assert!((variance.sqrt() / (0.2 * RADIUS) - 1.0).abs() < 0.03, "{variance}");
    }
}
