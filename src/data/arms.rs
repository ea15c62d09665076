//! k arms of one turn out to radius 5, evenly apart.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Multi-arm spiral | 多臂螺旋
///
/// As many spiral arms as classes. | 每个类别一条旋臂。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Arms {
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
    /// Arms | 旋臂数
    ///
    /// Arms, one class each. | 旋臂数量，每条一类。
    #[schemars(range(min = 2, max = 8))]
    pub arms: usize,
}

impl Default for Arms {
    fn default() -> Self {
        Arms { samples: 500, noise: 0.15, arms: 3 }
    }
}

impl Source for Arms {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        for row in 0..self.samples {
            let class = row % self.arms;
            let each = self.samples.div_ceil(self.arms);
            let along = (row / self.arms) as f32 / each as f32;
            let angle = (along + class as f32 / self.arms as f32) * std::f32::consts::TAU;
            let point = [5.0 * along * libm::sinf(angle), 5.0 * along * libm::cosf(angle)];
            points.push(random::jittered(&mut stream, self.noise, point));
            labels.push(class);
        }
        Ok(Table::plane(points, labels, self.arms))
    }
}
