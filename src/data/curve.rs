//! Curves over [−6, 6] with values between about −1 and 1.

use super::{Files, Source, Table};
use crate::config::Issue;
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Curve | 一维曲线
///
/// One input, one number to predict. | 一个输入，预测一个数。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Curve {
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
    /// Shape | 形状
    ///
    /// Which curve. | 曲线的形状。
    pub shape: Shape,
}

impl Default for Curve {
    fn default() -> Self {
        Curve { samples: 500, noise: 0.1, shape: Shape::Sine }
    }
}

impl Source for Curve {
    fn load(&self, seed: u32, _: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (mut xs, mut targets) = (Vec::new(), Vec::new());
        for _ in 0..self.samples {
            let x = random::uniform(&mut stream, -6.0, 6.0);
            xs.push(x);
            targets.push(self.shape.value(x) + self.noise as f32 * random::normal(&mut stream));
        }
        Ok(Table::curve(xs, targets))
    }
}

/// Shape | 形状
///
/// Which curve. | 曲线的形状。
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Sine,
    Sinc,
    Step,
    Cubic,
    Absolute,
}

impl Shape {
    fn value(self, x: f32) -> f32 {
        match self {
            Shape::Sine => libm::sinf(x),
            Shape::Sinc if x == 0.0 => 1.0,
            Shape::Sinc => libm::sinf(2.0 * x) / (2.0 * x),
            Shape::Step => if x > 0.0 { 1.0 } else { -1.0 },
            Shape::Cubic => (x * x * x - 20.0 * x) / 60.0,
            Shape::Absolute => x.abs() / 3.0 - 1.0,
        }
    }
}
