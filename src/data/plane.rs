//! A tilted plane: TensorFlow Playground's regression "plane". The target is (x + y) / 10, with x and y uniform from −6 to 6.

use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Plane | 平面
///
/// A number that rises evenly along the diagonal. | 沿对角线均匀上升的数值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "numbers"))]
pub struct Plane {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the normal noise added to the target. | 加在目标上的正态噪声的标准差。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
}

impl Default for Plane {
    fn default() -> Self {
        Plane { samples: 500, noise: 0.1 }
    }
}

impl Source for Plane {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, targets) = (0..self.samples)
            .map(|_| {
                let [x, y] = [0; 2].map(|_| random::uniform(&mut stream, -6.0, 6.0));
                ([x, y], (x + y) / 10.0 + self.noise as f32 * random::normal(&mut stream))
            })
            .unzip();
        Ok(Table::surface(points, targets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    #[test]
    fn the_target_is_a_tenth_of_the_sum_and_noise_has_its_deviation() {
        let load = |noise| Plane { samples: 10_000, noise }.load(3, &NoFiles).unwrap();
        let (clean, noisy) = (load(0.0), load(0.3));
        assert_eq!(clean.inputs, noisy.inputs, "noise leaves the points where they are");
        for (row, target) in clean.inputs.rows().into_iter().zip(&clean.targets) {
            assert!((row.sum() / 10.0 - target).abs() < 1e-6 && row.iter().all(|value| value.abs() <= 6.0), "{row}: {target}");
        }
        let squares = clean.targets.iter().zip(&noisy.targets).map(|(clean, noisy)| f64::from(noisy - clean).powi(2));
        let deviation = (squares.sum::<f64>() / 10_000.0).sqrt();
        assert!((deviation - 0.3).abs() < 0.01, "{deviation}");
    }
}
