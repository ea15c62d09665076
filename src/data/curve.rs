//! Functions of one number, for regression that can be drawn as a line. x is uniform from −6 to 6, the targets lie between −1 and 1
//! before noise.

use crate::config::Issue;
use crate::data::{Files, Source, Table};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Curve | 曲线
///
/// A number that depends on one other number. | 只依赖一个数的数值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "numbers"))]
pub struct Curve {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the normal noise added to the target. | 加在目标上的正态噪声的标准差。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Shape | 形状
    ///
    /// The function to learn. | 要学习的函数。
    pub shape: Shape,
}

impl Default for Curve {
    fn default() -> Self {
        Curve { samples: 500, noise: 0.1, shape: Shape::Sine }
    }
}

/// Shape | 形状
///
/// The function to learn. | 要学习的函数。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Sine | 正弦
    ///
    /// sin x. | sin x。
    #[default]
    Sine,
    /// Step | 阶跃
    ///
    /// −1 left of zero, 1 from zero on. | 零点左侧为 −1，其余为 1。
    Step,
    /// Absolute value | 绝对值
    ///
    /// |x| / 3 − 1, a sharp corner at zero. | |x| / 3 − 1，零点处有尖角。
    Absolute,
    /// Cubic | 三次曲线
    ///
    /// 4u³ − 3u with u = x / 6: one hill and one valley. | 4u³ − 3u，其中 u = x / 6：一峰一谷。
    Cubic,
    /// Sinc | 辛格函数
    ///
    /// sin(πx) / πx: a peak between fading ripples. | sin(πx) / πx：一个尖峰，两侧波纹渐弱。
    Sinc,
    /// Chirp | 啁啾
    ///
    /// sin(0.15 (x + 6)²): waves that become ever faster. | sin(0.15 (x + 6)²)：越来越密的波。
    Chirp,
}

impl Shape {
    /// The function without noise.
    fn at(self, x: f64) -> f64 {
        match self {
            Shape::Sine => libm::sin(x),
            Shape::Step => {
                if x < 0.0 {
                    -1.0
                } else {
                    1.0
                }
            }
            Shape::Absolute => x.abs() / 3.0 - 1.0,
            Shape::Cubic => {
                let u = x / 6.0;
                (4.0 * u * u - 3.0) * u
            }
            Shape::Sinc => {
                let angle = std::f64::consts::PI * x;
                if angle == 0.0 { 1.0 } else { libm::sin(angle) / angle }
            }
            Shape::Chirp => libm::sin(0.15 * (x + 6.0) * (x + 6.0)),
        }
    }
}

impl Source for Curve {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/points");
        let (xs, targets) = (0..self.samples)
            .map(|_| {
                let x = random::uniform(&mut stream, -6.0, 6.0);
                (x, self.shape.at(x.into()) as f32 + self.noise as f32 * random::normal(&mut stream))
            })
            .unzip();
        Ok(Table::curve(xs, targets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    #[test]
    fn known_values() {
        let cases = [
            (Shape::Sine, std::f64::consts::FRAC_PI_2, 1.0),
            (Shape::Sine, 0.0, 0.0),
            (Shape::Step, -1e-9, -1.0),
            (Shape::Step, 0.0, 1.0),
            (Shape::Absolute, 0.0, -1.0),
            (Shape::Absolute, -6.0, 1.0),
            (Shape::Cubic, 6.0, 1.0),
            (Shape::Cubic, 3.0, -1.0),
            (Shape::Cubic, -3.0, 1.0),
            (Shape::Sinc, 0.0, 1.0),
            (Shape::Sinc, 0.5, std::f64::consts::FRAC_2_PI),
            (Shape::Sinc, 2.0, 0.0),
            (Shape::Chirp, -6.0, 0.0),
            (Shape::Chirp, (std::f64::consts::FRAC_PI_2 / 0.15).sqrt() - 6.0, 1.0),
        ];
        for (shape, x, value) in cases {
            assert!((shape.at(x) - value).abs() < 1e-12, "{shape:?} at {x} is {}", shape.at(x));
        }
    }

    #[test]
    fn noise_leaves_x_alone_and_has_its_deviation() {
        for shape in [Shape::Sine, Shape::Step, Shape::Absolute, Shape::Cubic, Shape::Sinc, Shape::Chirp] {
            let load = |noise| Curve { samples: 10_000, noise, shape }.load(3, &NoFiles).unwrap();
            let (clean, noisy) = (load(0.0), load(0.2));
            assert_eq!(clean.inputs, noisy.inputs);
            assert!(clean.targets.iter().all(|target| target.abs() <= 1.0), "{shape:?}");
            let squares = clean.targets.iter().zip(&noisy.targets).map(|(clean, noisy)| f64::from(noisy - clean).powi(2));
            let deviation = (squares.sum::<f64>() / 10_000.0).sqrt();
            assert!((deviation - 0.2).abs() < 0.01, "{shape:?}: {deviation}");
        }
    }
}
