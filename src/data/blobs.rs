//! One normal cloud a class, centres evenly on a circle of radius 4. The noise is the clouds' spread.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Blobs | 多类点团
///
/// Round clouds, one a class, on a circle. | 圆周上的圆形点云，每类一个。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Blobs {
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
    /// Classes | 类别数
    ///
    /// Clouds, one class each. | 点团数量，每团一类。
    #[schemars(range(min = 2, max = 8))]
    pub classes: usize,
}

impl Default for Blobs {
    fn default() -> Self {
        Blobs { samples: 500, noise: 0.8, classes: 4 }
    }
}

impl Source for Blobs {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        for row in 0..self.samples {
            let class = row % self.classes;
            let angle = class as f32 / self.classes as f32 * std::f32::consts::TAU;
            let point = [4.0 * libm::sinf(angle), 4.0 * libm::cosf(angle)];
            points.push(random::jittered(&mut stream, self.noise, point));
            labels.push(class);
        }
        Ok(Table::plane(points, labels, self.classes))
    }
}
