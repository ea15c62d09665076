//! Hills and valleys: two plane waves that cross at right angles, z = ½ sin(π(x + y)/4) + ½ sin(π(x − y)/4), from −1 to 1, with x and y
//! uniform from −6 to 6.
//!
//! That is sin(πx/4) cos(πy/4): one and a half periods each way.

use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Waves | 波浪
///
/// A number that rises and falls in hills and valleys. | 高低起伏如山丘与山谷的数值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "numbers"))]
pub struct Waves {
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

impl Default for Waves {
    fn default() -> Self {
        Waves { samples: 500, noise: 0.1 }
    }
}

/// The surface without noise.
fn height(x: f64, y: f64) -> f64 {
    libm::sin(x * std::f64::consts::FRAC_PI_4) * libm::cos(y * std::f64::consts::FRAC_PI_4)
}

impl Source for Waves {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, targets) = (0..self.samples)
            .map(|_| {
                let [x, y] = [0; 2].map(|_| random::uniform(&mut stream, -6.0, 6.0));
                ([x, y], height(x.into(), y.into()) as f32 + self.noise as f32 * random::normal(&mut stream))
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
    fn without_noise_the_target_is_the_sum_of_two_plane_waves() {
        let table = Waves { noise: 0.0, ..Waves::default() }.load(3, &NoFiles).unwrap();
        for (row, &target) in table.inputs.rows().into_iter().zip(&table.targets) {
            let wave = |along: f32| 0.5 * (f64::from(along) * std::f64::consts::FRAC_PI_4).sin();
            assert!((wave(row[0] + row[1]) + wave(row[0] - row[1]) - f64::from(target)).abs() < 1e-5, "{row}: {target}");
        }
        let most = table.targets.iter().copied().fold(0.0_f32, |most, target| most.max(target.abs()));
        assert!((0.95..=1.0).contains(&most), "{most}");
    }

    #[test]
    fn hills_and_valleys_alternate() {
        for (x, y, sign) in [(2.0, 0.0, 1.0), (-2.0, 0.0, -1.0), (2.0, 4.0, -1.0), (6.0, 0.0, -1.0), (-6.0, 4.0, -1.0)] {
            assert!((height(x, y) - sign).abs() < 1e-12, "({x}, {y})");
        }
    }
}
