//! What layers that move a window over an image share: whether it fits, and what it says where it does not.

use crate::config::Message;
use crate::data::Shape;
use crate::math::window::Window;
use crate::message;

/// Channels, height and width of an image.
pub fn sizes(input: &Shape) -> Result<[usize; 3], Message> {
    super::numbers(input)?;
    match *input {
        Shape::Image { channels, height, width } => Ok([channels, height, width]),
        Shape::Sequence { .. } => Err(message!("needs an image and gets a sequence ({input})", "需要图像，得到的却是序列（{input}）")),
        _ => Err(message!(
            "needs an image and gets {input} numbers in a row: a layer before it has flattened the image, or the data has none",
            "需要图像，得到的却是一行 {input} 个数：前面的层已将图像展平，或数据本身不是图像"
        )),
    }
}

/// The image that leaves a window with so many channels.
pub fn windowed(window: Window, input: &Shape, channels: usize) -> Result<Shape, Message> {
    let [_, height, width] = sizes(input)?;
    if window.places(height).min(window.places(width)) > 0 {
        return Ok(Shape::Image { channels, height: window.places(height), width: window.places(width) });
    }
    let kernel = window.kernel;
    let padded = match window.padding {
        0 => message!("", ""),
        padding => {
            let (height, width) = (height + 2 * padding, width + 2 * padding);
            message!(", with padding {height}×{width}", "，加上填充后为 {height}×{width}")
        }
    };
    Err(message!(
        "needs at least {kernel}×{kernel} pixels for its kernel and gets {input}{padded}",
        "的窗口至少需要 {kernel}×{kernel} 个像素，得到的却是 {input}{padded}";
        padded
    ))
}

/// A window that moves over each channel by itself, without padding. Where numbers lie is told in floats, `lanes` of them a pixel.
pub struct Pool {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
    pub window: Window,
}

impl Pool {
    /// A pool over such images, and what leaves it.
    pub fn over(input: &Shape, kernel: usize, stride: usize) -> Result<(Self, Shape), Message> {
        let window = Window { kernel, stride, padding: 0 };
        let [channels, height, width] = sizes(input)?;
        Ok((Pool { channels, height, width, window }, windowed(window, input, channels)?))
    }

    /// Numbers that enter.
    pub fn units(&self) -> usize {
        self.channels * self.height * self.width
    }

    /// Calls `visit` with each number that leaves and with the first tap of its window.
    pub fn places(&self, lanes: usize, mut visit: impl FnMut(usize, usize)) {
        let mut output = 0;
        for channel in 0..self.channels {
            for y in 0..self.window.places(self.height) {
                let row = (channel * self.height + y * self.window.stride) * self.width;
                for x in 0..self.window.places(self.width) {
                    visit(output * lanes, (row + x * self.window.stride) * lanes);
                    output += 1;
                }
            }
        }
    }

    /// How far each tap of a window lies behind its first, row by row.
    pub fn taps(&self, lanes: usize) -> impl Iterator<Item = usize> {
        let (kernel, width) = (self.window.kernel, self.width);
        (0..kernel * kernel).map(move |tap| (tap / kernel * width + tap % kernel) * lanes)
    }

    /// True where every pixel is in exactly one window.
    pub fn tiles(&self) -> bool {
        let Window { kernel, stride, .. } = self.window;
        stride == kernel && self.height.is_multiple_of(kernel) && self.width.is_multiple_of(kernel)
    }
}
