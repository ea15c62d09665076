//! y(p) = max_q x(s·p + q) over the taps q of the window; ∂L/∂y(p) goes to the first tap that has the maximum (Boureau et al. 2010).
//! PyTorch's `MaxPool2d`, size rounded down, NaN the largest of all.

use super::image::Pool;
use super::{Backward, Forward, Layer, Mode, Module, Parameter, floats};
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Max pooling | 最大池化
///
/// Keeps the largest number of each little square, so that the image shrinks. | 每个小方块只留最大的数，使图像变小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "pooling"))]
pub struct MaxPool {
    /// Window size | 窗口大小
    ///
    /// Side of the square of pixels of which the largest stays. | 取最大值的正方形的边长（像素）。
    #[schemars(range(min = 1, max = 15), extend("x-depth" = "starter", "x-term" = "pooling"))]
    pub kernel: usize,
    /// Stride | 步幅
    ///
    /// How many pixels the square moves on; as many as its side where none is counted twice. | 正方形每次移动的像素数；等于边长时像素不重复。
    #[schemars(range(min = 1, max = 15), extend("x-term" = "stride"))]
    pub stride: usize,
}

impl Default for MaxPool {
    fn default() -> Self {
        MaxPool { kernel: 2, stride: 2 }
    }
}

impl Layer for MaxPool {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let (pool, output) = Pool::over(input, self.kernel, self.stride)?;
        Ok(Box::new(MaxPoolModule { pool, output }))
    }
}

struct MaxPoolModule {
    pool: Pool,
    output: Shape,
}

impl Module for MaxPoolModule {
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

    /// Which tap had the maximum.
    fn kept(&self, lanes: usize) -> u64 {
        floats(self.output.units(), lanes)
    }

    fn forward(&self, pass: Forward) {
        let Forward { input, output, kept, lanes, mode, .. } = pass;
        let training = !matches!(mode, Mode::Predict { .. });
        self.pool.places(lanes, |at, first| {
            let best = &mut output[at..at + lanes];
            let which = &mut kept[at..at + lanes];
            best.copy_from_slice(&input[first..first + lanes]);
            which.fill(0.0);
            for (tap, offset) in self.pool.taps(lanes).enumerate().skip(1) {
                let x = &input[first + offset..][..lanes];
                if training {
                    larger(best, which, x, tap as f32);
                } else {
                    for (best, &x) in best.iter_mut().zip(x) {
                        *best = if x > *best || x.is_nan() { x } else { *best };
                    }
                }
            }
        });
    }

    fn backward(&self, pass: Backward) {
        let Backward { kept, d_output, d_input, lanes, .. } = pass;
        let Some(d_input) = d_input else { return };
        let tiles = self.pool.tiles();
        if !tiles {
            d_input[..self.pool.units() * lanes].fill(0.0);
        }
        self.pool.places(lanes, |at, first| {
            let (d, which) = (&d_output[at..at + lanes], &kept[at..at + lanes]);
            for (tap, offset) in self.pool.taps(lanes).enumerate() {
                let (to, tap) = (&mut d_input[first + offset..][..lanes], tap as f32);
                let shares = d.iter().zip(which).map(|(&d, &which)| if which == tap { d } else { 0.0 });
                if tiles {
                    to.iter_mut().zip(shares).for_each(|(to, share)| *to = share);
                } else {
                    to.iter_mut().zip(shares).for_each(|(to, share)| *to += share);
                }
            }
        });
    }
}

/// `best` becomes the larger of itself and `x`, and `which` says where that was.
fn larger(best: &mut [f32], which: &mut [f32], x: &[f32], tap: f32) {
    for ((best, which), &x) in best.iter_mut().zip(which).zip(x) {
        let better = x > *best || x.is_nan();
        *best = if better { x } else { *best };
        *which = if better { tap } else { *which };
    }
}
