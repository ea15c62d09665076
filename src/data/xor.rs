//! Quarters by the sign of x·y, with a gap of 0.3 along the axes: TensorFlow Playground's exclusive or.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// XOR | 异或
///
/// Opposite quarters belong together. | 对角的两个象限属于同一类。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Xor {
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
}

impl Default for Xor {
    fn default() -> Self {
        Xor { samples: 500, noise: 0.2 }
    }
}

impl Source for Xor {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        for row in 0..self.samples {
            let class = row % 2;
            let away = |v: f32| v + if v > 0.0 { 0.3 } else { -0.3 };
            let x = away(random::uniform(&mut stream, -5.0, 5.0));
            let size = away(random::uniform(&mut stream, 0.0, 5.0)).abs();
            let same = class == 1;
            let point = [x, if same == (x > 0.0) { size } else { -size }];
            points.push(random::jittered(&mut stream, self.noise, point));
            labels.push(class);
        }
        Ok(Table::plane(points, labels, 2))
    }
}
