//! cells × cells squares over [−5, 5]², classes by the parity of row + column. The noise blurs the edges.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Checkerboard | 棋盘
///
/// Squares of alternating class. | 交替类别的方格。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Checkerboard {
    /// Samples | 样本数
    ///
    /// Number of rows. | 数据行数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the Gaussian noise added to each point. | 加在每个点上的高斯噪声的标准差。
    #[schemars(range(min = 0.0, max = 3.0))]
    pub noise: f64,
    /// Cells | 格数
    ///
    /// Squares along an edge. | 每边的方格数。
    #[schemars(range(min = 2, max = 8))]
    pub cells: usize,
}

impl Default for Checkerboard {
    fn default() -> Self {
        Checkerboard { samples: 500, noise: 0.05, cells: 4 }
    }
}

impl Source for Checkerboard {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        let side = 10.0 / self.cells as f32;
        for _ in 0..self.samples {
            let point = [random::uniform(&mut stream, -5.0, 5.0), random::uniform(&mut stream, -5.0, 5.0)];
            let cell = |v: f32| ((v + 5.0) / side) as usize;
            labels.push((cell(point[0]) + cell(point[1])) % 2);
            points.push(random::jittered(&mut stream, self.noise, point));
        }
        Ok(Table::plane(points, labels, 2))
    }
}
