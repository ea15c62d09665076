//! Two interleaved arms: TensorFlow Playground's "spiral".
//!
//! Along each arm the radius grows evenly from 0 to 5 over 1.75 turns; class 0 is class 1 turned by half a turn. The
//! playground's arms share the point at the centre; here each row sits in the middle of its step, so that they do not touch.

use super::{nudge, polar};
use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const RADIUS: f64 = 5.0;
const TURNS: f64 = 1.75;

/// Spiral | 双螺旋
///
/// Two arms wound around each other. | 两条互相缠绕的螺旋臂。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Spiral {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// How far points are moved: up to ±noise along each axis. The arms are 1.4 apart. | 数据点的移动幅度：每个坐标轴上最多 ±噪声；两臂相距 1.4。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
}

impl Default for Spiral {
    fn default() -> Self {
        Spiral { samples: 500, noise: 0.1 }
    }
}

impl Source for Spiral {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % 2;
                let along = ((row / 2) as f64 + 0.5) / self.samples.div_ceil(2) as f64;
                let start = if label == 1 { 0.0 } else { std::f64::consts::PI };
                let point = polar(RADIUS * along, TURNS * std::f64::consts::TAU * along + start);
                (nudge(&mut stream, point, self.noise as f32), label)
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
    fn without_noise_the_angle_left_after_unwinding_is_the_class() {
        let table = Spiral { noise: 0.0, ..Spiral::default() }.load(3, &NoFiles).unwrap();
        let mut largest = 0.0_f64;
        for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
            let (x, y) = (f64::from(row[0]), f64::from(row[1]));
            let radius = x.hypot(y);
            // The angle is measured from the y axis, as in the playground.
            let left = x.atan2(y) - TURNS * std::f64::consts::TAU * radius / RADIUS;
            assert!(if label == 1.0 { left.cos() > 0.999 } else { left.cos() < -0.999 }, "{row} of class {label}");
            largest = largest.max(radius);
        }
        assert!((4.9..=5.0).contains(&largest), "{largest}");
    }

    #[test]
    fn noise_moves_no_coordinate_by_more_than_itself() {
        let load = |noise| Spiral { noise, ..Spiral::default() }.load(3, &NoFiles).unwrap().inputs;
        let moves = load(0.3) - load(0.0);
        let farthest = moves.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
        assert!((0.28..=0.3001).contains(&farthest), "{farthest}");
    }
}
