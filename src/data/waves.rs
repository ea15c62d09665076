//! z = sin(x) · cos(y) over [−6, 6]².

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Waves | 波浪曲面
///
/// Hills and valleys in both directions. | 两个方向上的起伏。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Waves {
    /// Samples | 样本数
    ///
    /// Number of rows. | 数据行数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the Gaussian noise added to the target. | 加在目标值上的高斯噪声的标准差。
    #[schemars(range(min = 0.0, max = 3.0))]
    pub noise: f64,
}

impl Default for Waves {
    fn default() -> Self {
        Waves { samples: 500, noise: 0.05 }
    }
}

impl Source for Waves {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut points, mut targets) = (Vec::new(), Vec::new());
        for _ in 0..self.samples {
            let [x, y] = [random::uniform(&mut stream, -6.0, 6.0), random::uniform(&mut stream, -6.0, 6.0)];
            points.push([x, y]);
            targets.push(libm::sinf(x) * libm::cosf(y) + self.noise as f32 * random::normal(&mut stream));
        }
        Ok(Table::surface(points, targets))
    }
}
