//! Gaussian noise on every feature (Bishop 1995: for squared error the same as a penalty on the slope).

use super::Augment;
use crate::math::random::{self, Stream};
use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Jitter | 抖动
///
/// Adds Gaussian noise to every feature. | 给每个特征加高斯噪声。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Jitter {
    /// Standard deviation | 标准差
    ///
    /// Size of the noise, in units of the prepared feature. | 噪声大小，以处理后特征的单位计。
    #[schemars(range(min = 0.0, max = 2.0))]
    pub deviation: f64,
}

impl Default for Jitter {
    fn default() -> Self {
        Jitter { deviation: 0.1 }
    }
}

impl Augment for Jitter {
    fn apply(&self, stream: &mut Stream, inputs: &mut Array2<f32>) {
        let deviation = self.deviation as f32;
        inputs.mapv_inplace(|value| value + deviation * random::normal(stream));
    }
}
