//! scikit-learn's `make_moons`: half circles of radius 1 around (0, 0) and (1, 0.5), the second upside down.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Moons | 双月
///
/// Two half circles that interlock. | 互相咬合的两个半圆。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Moons {
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

impl Default for Moons {
    fn default() -> Self {
        Moons { samples: 500, noise: 0.1 }
    }
}

impl Source for Moons {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut labels) = (Vec::new(), Vec::new());
        for row in 0..self.samples {
            let class = row % 2;
            let angle = (row / 2) as f32 / (self.samples.div_ceil(2) - 1).max(1) as f32 * std::f32::consts::PI;
            let (sine, cosine) = (libm::sinf(angle), libm::cosf(angle));
            let point = if class == 0 { [cosine, sine] } else { [1.0 - cosine, 0.5 - sine] };
            points.push(random::jittered(&mut stream, self.noise, point));
            labels.push(class);
        }
        Ok(Table::plane(points, labels, 2))
    }
}
