//! A spiral of two to eight arms, one for each class: the radius grows evenly from 0 to 5 while the arm turns.
//!
//! Neighbouring arms are 5 / (turns × arms) apart along a ray from the centre.

use super::{nudge, polar};
use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const RADIUS: f64 = 5.0;

/// Multi-arm spiral | 多臂螺旋
///
/// A spiral with one arm for each class. | 每类一条臂的螺旋。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Arms {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// How far points are moved: up to ±noise along each axis. | 数据点的移动幅度：每个坐标轴上最多 ±噪声。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Arms | 螺旋臂数
    ///
    /// One arm for each class. | 每类一条臂。
    #[schemars(range(min = 2, max = 8))]
    pub arms: usize,
    /// Turns | 圈数
    ///
    /// How often an arm winds around the centre. | 每条臂绕中心的圈数。
    #[schemars(range(min = 0.25, max = 2.0))]
    pub turns: f64,
}

impl Default for Arms {
    fn default() -> Self {
        Arms { samples: 500, noise: 0.1, arms: 3, turns: 0.75 }
    }
}

impl Source for Arms {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % self.arms;
                let along = ((row / self.arms) as f64 + 0.5) / self.samples.div_ceil(self.arms) as f64;
                let angle = std::f64::consts::TAU * (self.turns * along + label as f64 / self.arms as f64);
                (nudge(&mut stream, polar(RADIUS * along, angle), self.noise as f32), label)
            })
            .unzip();
        Ok(Table::plane(points, labels, self.arms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    #[test]
    fn without_noise_the_angle_left_after_unwinding_is_the_class() {
        for (arms, turns) in [(2, 1.75), (3, 0.75), (8, 0.25), (5, 2.0)] {
            let table = Arms { noise: 0.0, arms, turns, ..Arms::default() }.load(3, &NoFiles).unwrap();
            for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
                let (x, y) = (f64::from(row[0]), f64::from(row[1]));
                let left = x.atan2(y) / std::f64::consts::TAU - turns * x.hypot(y) / RADIUS;
                let arm = (left.rem_euclid(1.0) * arms as f64).round() as usize % arms;
                assert_eq!(arm, label as usize, "{row}, {arms} arms, {turns} turns");
            }
        }
    }
}
