//! Two half circles that hold each other: scikit-learn's `make_moons`, centred and 3.5 times as large.
//!
//! In units of the radius (3.5): class 0 is the upper half circle around (−½, −¼), class 1 the lower half circle around (½, ¼).

use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const RADIUS: f32 = 3.5;

/// Moons | 双月
///
/// Two crescents that hold each other. | 两个互相咬合的月牙。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Moons {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of normal noise on both coordinates, as a share of the moons' radius. | 两个坐标上正态噪声的标准差，以月牙半径为单位。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
}

impl Default for Moons {
    fn default() -> Self {
        Moons { samples: 500, noise: 0.1 }
    }
}

impl Source for Moons {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        // Evenly spaced from one horn to the other, both included.
        let steps = (self.samples.div_ceil(2) - 1) as f64;
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % 2;
                let angle = std::f64::consts::PI * (row / 2) as f64 / steps;
                let (x, y) = (libm::cos(angle) - 0.5, libm::sin(angle) - 0.25);
                let clean = if label == 0 { [x, y] } else { [-x, -y] };
                (clean.map(|value| RADIUS * (value as f32 + self.noise as f32 * random::normal(&mut stream))), label)
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
    fn without_noise_both_classes_are_half_circles() {
        let table = Moons { noise: 0.0, ..Moons::default() }.load(3, &NoFiles).unwrap();
        for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
            let side = if label == 0.0 { 1.0 } else { -1.0 };
            let (x, y) = (side * row[0] + 0.5 * RADIUS, side * row[1] + 0.25 * RADIUS);
            assert!((x.hypot(y) - RADIUS).abs() < 1e-4 && y > -1e-4, "{row} of class {label}");
        }
    }

    #[test]
    fn noise_is_a_share_of_the_radius() {
        let load = |noise| Moons { samples: 10_000, noise }.load(3, &NoFiles).unwrap().inputs;
        let moves = load(0.2) - load(0.0);
        let variance = moves.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>() / moves.len() as f64;
        assert!((variance.sqrt() / (0.2 * f64::from(RADIUS)) - 1.0).abs() < 0.03, "{variance}");
    }
}
