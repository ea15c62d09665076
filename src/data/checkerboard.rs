//! A board of alternating squares from −5 to 5. The square at the lower left is of class 0.
//!
//! Points are uniform within the squares of their class. With an odd number of squares a side, class 0 has one square more and
//! is that little thinner: the classes stay equally large.

use super::nudge;
use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const HALF: f32 = 5.0;

/// Checkerboard | 棋盘
///
/// Squares that alternate between two classes. | 两类交替的方格。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Checkerboard {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// How far points are moved along each axis: up to ± noise × the side of a square. | 数据点在每个坐标轴上的移动幅度：最多 ± 噪声 × 方格边长。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Squares a side | 每边方格数
    ///
    /// More squares, finer pattern. | 方格越多，图案越细。
    #[schemars(range(min = 2, max = 8))]
    pub cells: usize,
}

impl Default for Checkerboard {
    fn default() -> Self {
        Checkerboard { samples: 500, noise: 0.1, cells: 4 }
    }
}

impl Source for Checkerboard {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let side = 2.0 * HALF / self.cells as f32;
        let all = self.cells * self.cells;
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % 2;
                let square = loop {
                    let square = random::below(&mut stream, all);
                    if (square % self.cells + square / self.cells) % 2 == label {
                        break [square % self.cells, square / self.cells];
                    }
                };
                let point = square.map(|at| side * (at as f32 + random::uniform(&mut stream, 0.0, 1.0)) - HALF);
                (nudge(&mut stream, point, side * self.noise as f32), label)
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
    fn without_noise_the_square_decides_and_every_square_is_used() {
        for cells in 2..=8 {
            let table = Checkerboard { samples: 4000, noise: 0.0, cells }.load(3, &NoFiles).unwrap();
            let mut used = vec![0; cells * cells];
            for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
                let [x, y] = [row[0], row[1]].map(|value| ((value + HALF) / (2.0 * HALF) * cells as f32) as usize);
                assert_eq!((x + y) % 2, label as usize, "{row} on {cells} × {cells}");
                used[y * cells + x] += 1;
            }
            assert!(used.iter().all(|&count| count > 2000 / cells / cells), "{used:?}");
        }
    }
}
