//! Two normal clouds: TensorFlow Playground's "gaussian".
//!
//! Class 1 around (2, 2), class 0 around (−2, −2); the variance along each axis is 0.5 + 7 × noise.

use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gaussians | 高斯分布
///
/// Two round clouds, one for each class. | 两团圆形的点云，每类一团。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Gaussians {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Widens the clouds: the variance along each axis is 0.5 + 7 × noise. | 使点云变宽：每个坐标轴上的方差为 0.5 + 7 × 噪声。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
}

impl Default for Gaussians {
    fn default() -> Self {
        Gaussians { samples: 500, noise: 0.1 }
    }
}

impl Source for Gaussians {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let deviation = (0.5 + 7.0 * self.noise).sqrt() as f32;
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % 2;
                let centre = if label == 1 { 2.0 } else { -2.0 };
                ([0; 2].map(|_| centre + deviation * random::normal(&mut stream)), label)
            })
            .unzip();
        Ok(Table::plane(points, labels, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    #[test]
    fn centres_and_variance() {
        // The variance that the playground's slider has at its two ends and at our default.
        for (noise, variance) in [(0.0, 0.5), (0.1, 1.2), (0.5, 4.0)] {
            let table = Gaussians { samples: 20_000, noise }.load(3, &NoFiles).unwrap();
            for (class, centre) in [(0.0, -2.0), (1.0, 2.0)] {
                for axis in 0..2 {
                    let values = table.inputs.column(axis).into_iter().zip(&table.targets).filter(|(_, label)| **label == class);
                    let values: Vec<f64> = values.map(|(value, _)| f64::from(*value)).collect();
                    let mean = values.iter().sum::<f64>() / values.len() as f64;
                    let spread = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
                    assert!((mean - centre).abs() < 0.06, "mean {mean} of class {class}");
                    assert!((spread / variance - 1.0).abs() < 0.05, "variance {spread} where {variance} is due");
                }
            }
        }
    }

    #[test]
    fn without_noise_a_diagonal_separates_the_classes() {
        let table = Gaussians { noise: 0.0, ..Gaussians::default() }.load(3, &NoFiles).unwrap();
        let right =
            table.inputs.rows().into_iter().zip(&table.targets).filter(|(row, label)| (row.sum() > 0.0) == (**label == 1.0)).count();
        assert!(right >= 498, "{right} of 500");
    }
}
