//! A disc (radius < 2.5) inside a ring (3.5 to 5): TensorFlow Playground's circle.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Circle | 圆环
///
/// A disc of one class inside a ring of the other. | 一类为圆盘，另一类为外围圆环。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Circle {
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

impl Default for Circle {
    fn default() -> Self {
        Circle { samples: 500, noise: 0.2 }
    }
}

impl Source for Circle {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        for row in 0..self.samples {
            let class = row % 2;
            let radius = if class == 1 { random::uniform(&mut stream, 0.0, 2.5) } else { random::uniform(&mut stream, 3.5, 5.0) };
            let angle = random::uniform(&mut stream, 0.0, std::f32::consts::TAU);
            let point = [radius * libm::sinf(angle), radius * libm::cosf(angle)];
            points.push(random::jittered(&mut stream, self.noise, point));
            labels.push(class);
        }
        Ok(Table::plane(points, labels, 2))
    }
}
