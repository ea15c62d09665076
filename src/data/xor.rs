//! Four squares: TensorFlow Playground's "exclusive or".
//!
//! Both coordinates have a size between 0.3 and 5.3. Class 1 where their signs agree, class 0 where they differ. The
//! playground judges the label at a moved place; here the point itself moves, so that both classes stay equally large.

use super::nudge;
use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Half the side of the square, before the gap along the axes.
const HALF: f32 = 5.0;
const GAP: f32 = 0.3;

/// Exclusive or | 异或
///
/// Opposite quadrants share a class. | 对角的象限属于同一类。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "points"))]
pub struct Xor {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// How far points are moved: up to ±5 × noise along each axis. | 数据点的移动幅度：每个坐标轴上最多 ±5 × 噪声。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
}

impl Default for Xor {
    fn default() -> Self {
        Xor { samples: 500, noise: 0.1 }
    }
}

impl Source for Xor {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (points, labels) = (0..self.samples)
            .map(|row| {
                let label = row % 2;
                let x = random::uniform(&mut stream, -HALF, HALF);
                let y = random::uniform(&mut stream, 0.0, HALF) + GAP;
                let agree = if x > 0.0 { 1.0 } else { -1.0 };
                let y = if label == 1 { agree * y } else { -agree * y };
                (nudge(&mut stream, [x + agree * GAP, y], HALF * self.noise as f32), label)
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
    fn without_noise_the_sign_of_the_product_is_the_class() {
        let table = Xor { noise: 0.0, ..Xor::default() }.load(3, &NoFiles).unwrap();
        let mut quadrants = [0; 4];
        for (row, &label) in table.inputs.rows().into_iter().zip(&table.targets) {
            assert_eq!(row[0] * row[1] > 0.0, label == 1.0, "{row}");
            assert!(row.iter().all(|value| (0.3..=5.3).contains(&value.abs())), "{row}");
            quadrants[usize::from(row[0] > 0.0) * 2 + usize::from(row[1] > 0.0)] += 1;
        }
        assert!(quadrants.iter().all(|&count| count > 90), "{quadrants:?} of 500 in each quadrant");
    }

    #[test]
    fn noise_carries_some_points_across_an_axis() {
        let table = Xor { noise: 0.3, ..Xor::default() }.load(3, &NoFiles).unwrap();
        let crossed =
            table.inputs.rows().into_iter().zip(&table.targets).filter(|(row, label)| (row[0] * row[1] > 0.0) != (**label == 1.0));
        assert!((20..250).contains(&crossed.count()));
    }
}
