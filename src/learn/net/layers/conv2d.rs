//! Z[o](p) = b[o] + Σ_c Σ_q W[o,c](q) · X[c](s·p + q − padding), A = f(Z), over pixels p and taps q of the window;
//! dW[o,c](q) = Σ_p dZ[o](p) · X[c](s·p + q − padding), db[o] = Σ_p dZ[o](p), dX[c](r) = Σ_o Σ_(s·p + q − padding = r) W[o,c](q) · dZ[o](p)
//! (LeCun et al. 1989). In PyTorch a `Conv2d` (weight `[out, in, k, k]`, then bias `[out]`) and the activation's own module.

use super::{Backward, Forward, Layer, Module, Parameter, floats, image};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::activation::{Activation, ActivationConfig};
use crate::learn::net::initialiser::Fan;
use crate::math::conv::{self, Conv};
use crate::math::matrix;
use crate::math::window::Window;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Convolution | 卷积层
///
/// Small filters slide over an image and respond wherever their pattern is. | 小滤波器在图像上滑动，在出现其图案处作出响应。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "convolution"))]
pub struct Conv2d {
    /// Channels | 通道数
    ///
    /// How many filters there are; each makes one feature map of the image. | 滤波器的个数；每个产生一幅特征图。
    #[schemars(range(min = 1, max = 256), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "feature-map"))]
    pub channels: usize,
    /// Kernel size | 卷积核大小
    ///
    /// Side of the square of pixels that a filter sees at once. | 滤波器一次看到的正方形的边长（像素）。
    #[schemars(range(min = 1, max = 15), extend("x-term" = "convolution"))]
    pub kernel: usize,
    /// Stride | 步幅
    ///
    /// How many pixels a filter moves on; 2 halves the image. | 滤波器每次移动的像素数；2 会使图像边长减半。
    #[schemars(range(min = 1, max = 15), extend("x-term" = "stride"))]
    pub stride: usize,
    /// Padding | 填充
    ///
    /// Rings of zeros laid around the image; half a kernel keeps its size. | 图像四周补零的圈数；取核的一半可保持大小不变。
    #[schemars(range(min = 0, max = 15), extend("x-term" = "padding"))]
    pub padding: usize,
    /// Activation | 激活函数
    ///
    /// The curve through which every number of the pictures is put. | 作用在特征图每个数上的函数。
    #[schemars(extend("x-depth" = "starter", "x-term" = "activation"))]
    pub activation: ActivationConfig,
}

impl Default for Conv2d {
    fn default() -> Self {
        Conv2d { channels: 8, kernel: 3, stride: 1, padding: 0, activation: ActivationConfig::relu(Default::default()) }
    }
}

impl Layer for Conv2d {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let window = Window { kernel: self.kernel, stride: self.stride, padding: self.padding };
        let output = image::windowed(window, input, self.channels)?;
        let [inputs, height, width] = image::sizes(input)?;
        let conv = Conv { inputs, outputs: self.channels, height, width, window };
        Ok(Box::new(Conv2dModule { conv, output, activation: self.activation.clone() }))
    }

    fn activation(&self) -> Option<&ActivationConfig> {
        Some(&self.activation)
    }
}

struct Conv2dModule {
    conv: Conv,
    output: Shape,
    activation: ActivationConfig,
}

impl Conv2dModule {
    fn function(&self) -> &dyn Activation {
        self.activation.part()
    }
}

impl Module for Conv2dModule {
    fn output(&self) -> Shape {
        self.output
    }

    fn span(&self) -> usize {
        2
    }

    fn parameters(&self) -> Vec<Parameter> {
        let Conv { inputs, outputs, window: Window { kernel, .. }, .. } = self.conv;
        let fan = Fan { inputs: inputs * kernel * kernel, outputs: outputs * kernel * kernel };
        vec![Parameter::weight("weight", vec![outputs, inputs, kernel, kernel], fan), Parameter::constant("bias", vec![outputs], 0.0)]
    }

    fn multiply_adds(&self) -> u64 {
        self.output.numbers() * (self.conv.weights() / self.conv.outputs) as u64
    }

    /// The weights in the order in which they are multiplied and, where the activation's slope needs them, the sums.
    fn kept(&self, lanes: usize) -> u64 {
        self.conv.packed() as u64 + if self.function().needs_sum() { floats(self.output.units(), lanes) } else { 0 }
    }

    fn scratch(&self, _lanes: usize) -> u64 {
        self.conv.packed_back() as u64
    }

    fn forward(&self, pass: Forward) {
        let (weights, bias) = pass.parameters.split_at(self.conv.weights());
        let (packed, sums) = pass.kept.split_at_mut(self.conv.packed());
        let (f, a) = (self.function(), pass.output);
        if f.needs_sum() {
            self.conv.forward(weights, bias, pass.input, sums, pass.lanes, packed, |at, row| f.forward(row, &mut a[at..at + row.len()]));
        } else {
            self.conv.forward(weights, bias, pass.input, a, pass.lanes, packed, |_, row| f.apply(row));
        }
    }

    fn backward(&self, pass: Backward) {
        let (f, conv, lanes) = (self.function(), &self.conv, pass.lanes);
        let sums = if f.needs_sum() { &pass.kept[conv.packed()..] } else { pass.output };
        let (dw, db) = pass.d_parameters.split_at_mut(conv.weights());
        let (filter, picture) = (conv.weights() / conv.outputs, self.output.units() / conv.outputs * lanes);
        for first in (0..conv.outputs).step_by(conv::ROWS) {
            let block = first..(first + conv::ROWS).min(conv.outputs);
            let units = block.start * picture..block.end * picture;
            f.backward(&sums[units.clone()], &pass.output[units.clone()], &mut pass.d_output[units.clone()]);
            for (db, dz) in db[block.clone()].iter_mut().zip(pass.d_output[units].chunks_exact(picture)) {
                *db = matrix::total(dz);
            }
            let dw = &mut dw[block.start * filter..block.end * filter];
            conv.weight_gradient(block, pass.d_output, pass.input, dw, lanes);
        }
        if let Some(dx) = pass.d_input {
            conv.input_gradient(&pass.parameters[..conv.weights()], pass.d_output, dx, lanes, pass.scratch);
        }
    }
}
