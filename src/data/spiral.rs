//! Two arms of 1.75 turns out to radius 5, half a turn apart: TensorFlow Playground's spiral.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Spiral | 双螺旋
///
/// Two arms wound around each other. | 相互缠绕的两条旋臂。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Spiral {
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

impl Default for Spiral {
    fn default() -> Self {
        Spiral { samples: 500, noise: 0.1 }
    }
}

impl Source for Spiral {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        for row in 0..self.samples {
            let class = row % 2;
            let along = (row / 2) as f32 / self.samples.div_ceil(2) as f32;
            let angle = 1.75 * along * std::f32::consts::TAU + class as f32 * std::f32::consts::PI;
            let point = [5.0 * along * libm::sinf(angle), 5.0 * along * libm::cosf(angle)];
            points.push(random::jittered(&mut stream, self.noise, point));
            labels.push(class);
        }
        Ok(Table::plane(points, labels, 2))
    }
}
