//! y(p) = Σ_q x(s·p + q) / k² over the k² taps q of the window; every tap gets ∂L/∂y(p) / k² (LeCun et al. 1989). PyTorch's `AvgPool2d`, size
//! rounded down.

use super::image::Pool;
use super::{Backward, Forward, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Average pooling | 平均池化
///
/// Puts the mean of each little square in its place, so that the image shrinks. | 每个小方块用平均值代替，使图像变小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "pooling"))]
pub struct AveragePool {
    /// Window size | 窗口大小
    ///
    /// Side of the square of pixels whose mean is taken. | 取平均值的正方形的边长（像素）。
    #[schemars(range(min = 1, max = 15), extend("x-depth" = "starter", "x-term" = "pooling"))]
    pub kernel: usize,
    /// Stride | 步幅
    ///
    /// How many pixels the square moves on; as many as its side where none is counted twice. | 正方形每次移动的像素数；等于边长时像素不重复。
    #[schemars(range(min = 1, max = 15), extend("x-term" = "stride"))]
    pub stride: usize,
}

impl Default for AveragePool {
    fn default() -> Self {
        AveragePool { kernel: 2, stride: 2 }
    }
}

impl Layer for AveragePool {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let (pool, output) = Pool::over(input, self.kernel, self.stride)?;
        Ok(Box::new(AveragePoolModule { pool, output, share: 1.0 / (self.kernel * self.kernel) as f32 }))
    }
}

struct AveragePoolModule {
    pool: Pool,
    output: Shape,
    /// 1 / k².
    share: f32,
}

impl Module for AveragePoolModule {
    fn output(&self) -> Shape {
        self.output
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    fn multiply_adds(&self) -> u64 {
        0
    }

    fn forward(&self, pass: Forward) {
        let Forward { input, output, lanes, .. } = pass;
        self.pool.places(lanes, |at, first| {
            let mean = &mut output[at..at + lanes];
            mean.copy_from_slice(&input[first..first + lanes]);
            for offset in self.pool.taps(lanes).skip(1) {
                mean.iter_mut().zip(&input[first + offset..]).for_each(|(sum, x)| *sum += x);
            }
            mean.iter_mut().for_each(|sum| *sum *= self.share);
        });
    }

    fn backward(&self, pass: Backward) {
        let Backward { d_output, d_input, lanes, .. } = pass;
        let Some(d_input) = d_input else { return };
        d_input[..self.pool.units() * lanes].fill(0.0);
        self.pool.places(lanes, |at, first| {
            for offset in self.pool.taps(lanes) {
                let to = &mut d_input[first + offset..][..lanes];
                to.iter_mut().zip(&d_output[at..]).for_each(|(to, d)| *to += d * self.share);
            }
        });
    }
}
