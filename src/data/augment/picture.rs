//! What augmentations of images share. Pixels outside are 0.

use crate::data::Shape;

/// Sizes of an image, `[channels][height][width]`.
#[derive(Clone, Copy)]
pub struct Picture {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl Picture {
    /// The sizes of a shape that was checked to be an image.
    pub fn of(shape: Shape) -> Self {
        match shape {
            Shape::Image { channels, height, width } => Picture { channels, height, width },
            other => unreachable!("checked to be an image, not {other:?}"),
        }
    }

    /// Pixels of one channel.
    pub fn area(self) -> usize {
        self.height * self.width
    }

    /// Moves everything by whole pixels, right and down.
    pub fn shift(self, right: isize, down: isize, from: &[f32], to: &mut [f32]) {
        let (height, width) = (self.height as isize, self.width as isize);
        to.fill(0.0);
        let (first, end) = (right.max(0), width + right.min(0));
        if first >= end {
            return;
        }
        for (from, to) in from.chunks_exact(self.area()).zip(to.chunks_exact_mut(self.area())) {
            for y in down.max(0)..height + down.min(0) {
                let [at, source] = [y * width + first, (y - down) * width + first - right].map(|place| place as usize);
                let length = (end - first) as usize;
                to[at..at + length].copy_from_slice(&from[source..source + length]);
            }
        }
    }

    /// Fills `to` with what lies at `inverse` · place, both from the middle of the image, between its four nearest pixels: PyTorch's
    /// `grid_sample(affine_grid(…), align_corners=False)`. The inverse matrix is row by row, x before y, y downwards.
    pub fn transform(self, inverse: [f32; 4], from: &[f32], to: &mut [f32]) {
        let (height, width) = (self.height as isize, self.width as isize);
        let middle = [(self.width as f32 - 1.0) / 2.0, (self.height as f32 - 1.0) / 2.0];
        for y in 0..self.height {
            for x in 0..self.width {
                let (across, down) = (x as f32 - middle[0], y as f32 - middle[1]);
                let source_x = inverse[0] * across + inverse[1] * down + middle[0];
                let source_y = inverse[2] * across + inverse[3] * down + middle[1];
                let (left, top) = (source_x.floor(), source_y.floor());
                let (share_x, share_y) = (source_x - left, source_y - top);
                let (left, top) = (left as isize, top as isize);
                for channel in 0..self.channels {
                    let pixel = |x: isize, y: isize| {
                        let inside = (0..width).contains(&x) && (0..height).contains(&y);
                        if inside { from[channel * self.area() + (y * width + x) as usize] } else { 0.0 }
                    };
                    let upper = pixel(left, top) * (1.0 - share_x) + pixel(left + 1, top) * share_x;
                    let lower = pixel(left, top + 1) * (1.0 - share_x) + pixel(left + 1, top + 1) * share_x;
                    to[channel * self.area() + y * self.width + x] = upper * (1.0 - share_y) + lower * share_y;
                }
            }
        }
    }
}

/// (factor · image + (1 − factor) · `other`), torchvision's `_blend`. It clips to the range of the image's type; prepared images have none, so
/// that is from 0 to 1 here, or what the image reaches where that is more.
pub fn blend(image: &mut [f32], other: f32, factor: f32) {
    let low = image.iter().copied().fold(0.0, f32::min);
    let high = image.iter().copied().fold(1.0, f32::max);
    image.iter_mut().for_each(|pixel| *pixel = (factor * *pixel + (1.0 - factor) * other).clamp(low, high));
}
