//! Normal clouds on a circle of radius 4, one for each class, turned by an angle that the seed draws: scikit-learn's `make_blobs` around these centres.
//!
//! The standard deviation along each axis is 0.3 + 2 × noise; with eight classes neighbouring centres are 3.06 apart. Stretched clouds are the same,
//! centres included, times [[0.6, −0.6], [−0.4, 0.8]], as in scikit-learn's examples of clustering: six times as long as wide.

use super::polar;
use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const RADIUS: f64 = 4.0;
/// A row (x, y) times this matrix.
const STRETCH: [[f32; 2]; 2] = [[0.6, -0.6], [-0.4, 0.8]];

/// Blobs | 多簇点云
///
/// Two to eight clouds, one for each class. | 二到八团点云，每类一团。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points", "x-term" = "cluster"))]
pub struct Blobs {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Widens the clouds: their standard deviation is 0.3 + 2 × noise. | 使点云变宽：标准差为 0.3 + 2 × 噪声。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Classes | 类别数
    ///
    /// One cloud for each. | 每类一团点云。
    #[schemars(range(min = 2, max = 8))]
    pub classes: usize,
    /// Shape | 形状
    ///
    /// What form each cloud has. | 每团点云的形状。
    #[schemars(extend("x-term" = "cluster"))]
    pub shape: Form,
}

/// Shape | 形状
///
/// What form each cloud has. | 每团点云的形状。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Round | 圆形
    ///
    /// As wide in every direction. | 各个方向同样宽。
    #[default]
    Round,
    /// Stretched | 拉长
    ///
    /// All long in the same direction: the nearest centre is often another class's. | 都沿同一方向拉长：最近的中心往往属于另一类。
    Stretched,
}

impl Form {
    fn of(self, [x, y]: [f32; 2]) -> [f32; 2] {
        match self {
            Form::Round => [x, y],
            Form::Stretched => [0, 1].map(|to| x * STRETCH[0][to] + y * STRETCH[1][to]),
        }
    }
}

impl Default for Blobs {
    fn default() -> Self {
        Blobs { samples: 500, noise: 0.1, classes: 4, shape: Form::Round }
    }
}

impl Source for Blobs {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let start = f64::from(random::uniform(&mut stream, 0.0, std::f32::consts::TAU));
        let deviation = (0.3 + 2.0 * self.noise) as f32;
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % self.classes;
                let centre = polar(RADIUS, start + std::f64::consts::TAU * label as f64 / self.classes as f64);
                (self.shape.of(centre.map(|value| value + deviation * random::normal(&mut stream))), label)
            })
            .unzip();
        Ok(Table::plane(points, labels, self.classes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    /// Mean of each class.
    fn centres(table: &Table, classes: usize) -> Vec<[f64; 2]> {
        let mut sums = vec![[0.0; 2]; classes];
        for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
            for axis in 0..2 {
                sums[label as usize][axis] += f64::from(row[axis]);
            }
        }
        let size = table.rows() as f64 / classes as f64;
        sums.into_iter().map(|sum| sum.map(|value| value / size)).collect()
    }

    #[test]
    fn centres_lie_evenly_on_the_circle() {
        for classes in 2..=8 {
            let table = Blobs { samples: 840 * classes, noise: 0.0, classes, shape: Form::Round }.load(3, &NoFiles).unwrap();
            let centres = centres(&table, classes);
            let step = 2.0 * RADIUS * (std::f64::consts::PI / classes as f64).sin();
            for (at, [x, y]) in centres.iter().enumerate() {
                assert!((x.hypot(*y) - RADIUS).abs() < 0.06, "class {at} of {classes}");
                let [next_x, next_y] = centres[(at + 1) % classes];
                assert!(((next_x - x).hypot(next_y - y) - step).abs() < 0.08, "class {at} of {classes}");
            }
        }
    }

    #[test]
    fn without_noise_the_nearest_centre_is_the_class() {
        let table = Blobs { samples: 800, noise: 0.0, classes: 8, shape: Form::Round }.load(3, &NoFiles).unwrap();
        let centres = centres(&table, 8);
        for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
            let distance = |class: &usize| (centres[*class][0] - f64::from(row[0])).hypot(centres[*class][1] - f64::from(row[1]));
            let nearest = (0..8).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap();
            assert_eq!(nearest, label as usize, "{row}");
        }
    }

    #[test]
    fn stretched_clouds_are_the_round_ones_times_a_matrix_and_stay_on_the_map() {
        let load = |shape| Blobs { samples: 20_000, noise: 0.1, shape, ..Blobs::default() }.load(3, &NoFiles).unwrap();
        let (round, stretched) = (load(Form::Round), load(Form::Stretched));
        assert_eq!(round.targets, stretched.targets);
        for (row, other) in round.inputs.rows().into_iter().zip(stretched.inputs.rows()) {
            assert!((0.6 * row[0] - 0.4 * row[1] - other[0]).abs() < 1e-5 && (-0.6 * row[0] + 0.8 * row[1] - other[1]).abs() < 1e-5);
        }
        assert!(stretched.inputs.iter().all(|value| value.abs() < 7.0));
    }

    #[test]
    fn the_seed_turns_the_circle() {
        let first = |seed| centres(&Blobs::default().load(seed, &NoFiles).unwrap(), 4)[0];
        let ([x, y], [other_x, other_y]) = (first(1), first(2));
        assert!((x - other_x).hypot(y - other_y) > 0.5);
    }
}
