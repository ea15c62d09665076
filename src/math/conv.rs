//! Direct convolutions of images `[channels][height][width][lanes]`, forward and backward; the equations are in `layers/conv2d.rs`.
//!
//! Pixels of a row lie side by side with their lanes, so that a whole run of pixels is one contiguous vector whatever the number of lanes:
//! where the same taps of the window meet the image, a neighbour's inputs lie `lanes` further, and so do its outputs. The sums of a pass are
//! kept in registers over such a run: four channels by eight numbers on the way there and back, four channels by two taps for the weights.
//! Taps in the padding are left out of the loops, which at 5×5 over 14×14 pixels saves one multiplication in six.
//!
//! Eight sums and what is multiplied into them fill the registers exactly: V8 loads all that a turn of a loop needs before it computes, so that more
//! (two channels by five taps) is spilled, which costs a third.

// Kernels take their operands' strides one by one; bundling them would only move the list.
#![allow(clippy::too_many_arguments)]

use super::elementary::LANES;
use super::holds;
use super::matrix::{load, store, sum};
use super::window::{Reach, Window};
use std::ops::Range;
use wide::f32x4;

/// Channels whose sums, or whose weights' gradients, are made at once.
pub const ROWS: usize = 4;
/// Taps whose weights' gradients are made at once.
const TAPS: usize = 2;

/// A convolution over images of one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conv {
    pub inputs: usize,
    pub outputs: usize,
    pub height: usize,
    pub width: usize,
    pub window: Window,
}

/// One of the loops around a multiplication: how often, and how far weights and inputs move on in each turn.
#[derive(Clone, Copy)]
struct Level {
    count: usize,
    weight: isize,
    input: isize,
}

impl Conv {
    /// Height and width of what leaves.
    pub fn places(&self) -> (usize, usize) {
        (self.window.places(self.height), self.window.places(self.width))
    }

    /// Floats of `[outputs][inputs][kernel][kernel]`.
    pub fn weights(&self) -> usize {
        self.outputs * self.inputs * self.taps()
    }

    /// Floats that hold the weights as `forward` wants them.
    pub fn packed(&self) -> usize {
        self.outputs.next_multiple_of(ROWS) * self.inputs * self.taps()
    }

    /// Floats that hold the weights as `input_gradient` wants them.
    pub fn packed_back(&self) -> usize {
        self.inputs.next_multiple_of(ROWS) * self.outputs * self.taps()
    }

    fn taps(&self) -> usize {
        self.window.kernel * self.window.kernel
    }

    /// `z = W ∗ x + b`. After each row of the image `finish` gets where in `z` its units' numbers begin, and these.
    pub fn forward(
        &self,
        weights: &[f32],
        bias: &[f32],
        x: &[f32],
        z: &mut [f32],
        lanes: usize,
        packed: &mut [f32],
        mut finish: impl FnMut(usize, &mut [f32]),
    ) {
        let (height, width) = self.places();
        assert!(weights.len() == self.weights() && bias.len() == self.outputs && lanes.is_multiple_of(LANES));
        assert!(holds(x.len(), &[self.inputs, self.height, self.width, lanes]) && holds(z.len(), &[self.outputs, height, width, lanes]));
        let taps = self.taps();
        pack(packed, self.outputs, self.inputs, taps, |output, input| &weights[(output * self.inputs + input) * taps..][..taps]);
        let sweep = Sweep {
            from: (self.inputs, self.height, self.width),
            to: (self.outputs, height, width),
            kernel: self.window.kernel,
            tap_step: 1,
            input_step: 1,
            lanes,
        };
        let reach = |place, size| self.window.pixels(place, size);
        // In bounds by the assertions above.
        unsafe { sweep.run(reach, [self.height, self.width], packed, bias.as_ptr(), x, z, &mut finish) }
    }

    /// `dx = Wᵀ ∗ dz`.
    pub fn input_gradient(&self, weights: &[f32], dz: &[f32], dx: &mut [f32], lanes: usize, packed: &mut [f32]) {
        let (height, width) = self.places();
        assert!(weights.len() == self.weights() && lanes.is_multiple_of(LANES));
        assert!(holds(dx.len(), &[self.inputs, self.height, self.width, lanes]) && holds(dz.len(), &[self.outputs, height, width, lanes]));
        let taps = self.taps();
        pack(packed, self.inputs, self.outputs, taps, |input, output| &weights[(output * self.inputs + input) * taps..][..taps]);
        let sweep = Sweep {
            from: (self.outputs, height, width),
            to: (self.inputs, self.height, self.width),
            kernel: self.window.kernel,
            tap_step: self.window.stride,
            input_step: -1,
            lanes,
        };
        let reach = |pixel, places| self.window.windows(pixel, places);
        // In bounds by the assertions above.
        unsafe { sweep.run(reach, [height, width], packed, std::ptr::null(), dz, dx, &mut |_, _| {}) }
    }

    /// `dW[o] = dz[o] ∗ x` of some of the `outputs`, whose gradients `dw` holds and which it overwrites; `dz` is of all.
    pub fn weight_gradient(&self, outputs: Range<usize>, dz: &[f32], x: &[f32], dw: &mut [f32], lanes: usize) {
        let (height, width) = self.places();
        let Window { kernel, stride, padding } = self.window;
        let (filter, picture) = (self.inputs * self.taps(), self.height * self.width * lanes);
        assert!(outputs.end <= self.outputs && dw.len() == outputs.len() * filter && lanes.is_multiple_of(LANES));
        assert!(holds(x.len(), &[self.inputs, self.height, self.width, lanes]) && holds(dz.len(), &[self.outputs, height, width, lanes]));
        dw.fill(0.0);
        for output in outputs.clone().step_by(ROWS) {
            let units = outputs.end - output;
            let to = &mut dw[(output - outputs.start) * filter..];
            let mut place = 0;
            while place < width {
                // Neighbours that meet the same taps.
                let reach = self.window.pixels(place, self.width);
                let same = |&at: &usize| Reach { input: reach.input, ..self.window.pixels(at, self.width) } == reach;
                let run = (place..width).take_while(same).count();
                // On both sides neighbours lie side by side, unless the window strides: then each pixel's lanes do.
                let (pixels, length) = if stride == 1 { (1, run * lanes) } else { (run, lanes) };
                // Taps that can be taken together: those of a row, or of all channels where there is one tap.
                let (channels, first, taps, x_tap) =
                    if kernel == 1 { (1, 0, self.inputs * reach.taps, picture) } else { (self.inputs, reach.tap, reach.taps, lanes) };
                for tap_y in 0..kernel {
                    let rows = self.window.places_of(tap_y, self.height);
                    if rows.is_empty() {
                        continue;
                    }
                    let strides = Strides {
                        rows: rows.len(),
                        pixels,
                        length,
                        dz_unit: height * width * lanes,
                        dz_row: width * lanes,
                        dz_pixel: lanes,
                        x_tap,
                        x_row: stride * self.width * lanes,
                        x_pixel: stride * lanes,
                        to_unit: filter,
                    };
                    let from = ((output * height + rows.start) * width + place) * lanes;
                    let pixel = (rows.start * stride + tap_y - padding) * self.width + reach.input;
                    for channel in 0..channels {
                        for tap in (0..taps).step_by(TAPS) {
                            let to = &mut to[(channel * kernel + tap_y) * kernel + first + tap..];
                            let (dz, x) = (&dz[from..], &x[channel * picture + pixel * lanes + tap * x_tap..]);
                            // In bounds: taps meet pixels, and places are places.
                            unsafe {
                                match units {
                                    1 => dots::<1>(taps - tap, &strides, dz.as_ptr(), x.as_ptr(), to),
                                    2 => dots::<2>(taps - tap, &strides, dz.as_ptr(), x.as_ptr(), to),
                                    3 => dots::<3>(taps - tap, &strides, dz.as_ptr(), x.as_ptr(), to),
                                    _ => dots::<ROWS>(taps - tap, &strides, dz.as_ptr(), x.as_ptr(), to),
                                }
                            }
                        }
                    }
                }
                place += run;
            }
        }
    }
}

/// `to[block][depth][taps][ROWS]`: what a tile multiplies at once lies together. Channels beyond the last have any weights.
fn pack<'a>(to: &mut [f32], rows: usize, depth: usize, taps: usize, of: impl Fn(usize, usize) -> &'a [f32]) {
    for (block, to) in to.chunks_exact_mut(ROWS * depth * taps).take(rows.div_ceil(ROWS)).enumerate() {
        for (at, to) in to.chunks_exact_mut(ROWS * taps).enumerate() {
            for row in 0..ROWS.min(rows - block * ROWS) {
                for (to, weight) in to.chunks_exact_mut(ROWS).zip(of(block * ROWS + row, at)) {
                    to[row] = *weight;
                }
            }
        }
    }
}

/// A pass from one image to another, `(channels, height, width)` each.
struct Sweep {
    from: (usize, usize, usize),
    to: (usize, usize, usize),
    kernel: usize,
    /// From one tap that meets something to the next, and from its pixel to the next one's.
    tap_step: usize,
    input_step: isize,
    lanes: usize,
}

impl Sweep {
    /// Every number of `to`, row by row; `finish` sees each row of each channel.
    unsafe fn run(
        &self,
        reach: impl Fn(usize, usize) -> Reach,
        [from_height, from_width]: [usize; 2],
        packed: &[f32],
        bias: *const f32,
        from: &[f32],
        to: &mut [f32],
        finish: &mut dyn FnMut(usize, &mut [f32]),
    ) {
        let lanes = self.lanes;
        let (depth, ..) = self.from;
        let (channels, height, width) = self.to;
        let (taps, step) = (self.kernel * self.kernel, self.input_step * lanes as isize);
        let across = Level { count: 0, weight: (self.tap_step * ROWS) as isize, input: step };
        let down = Level { count: 0, weight: across.weight * self.kernel as isize, input: step * from_width as isize };
        let deep = Level { count: depth, weight: (taps * ROWS) as isize, input: (from_height * from_width * lanes) as isize };
        for y in 0..height {
            let vertical = reach(y, from_height);
            let mut x = 0;
            while x < width {
                let horizontal = reach(x, from_width);
                // Neighbours that meet the same taps one pixel further.
                let same = |&at: &usize| reach(at, from_width) == Reach { input: horizontal.input + at - x, ..horizontal };
                let run = if horizontal.taps > 0 { (x..width).take_while(same).count() } else { 1 };
                let across = Level { count: horizontal.taps, ..across };
                let down = Level { count: vertical.taps, ..down };
                // The longer loop innermost: there are registers for one only.
                let levels = if deep.count > across.count { [down, across, deep] } else { [deep, down, across] };
                unsafe {
                    let input = from.as_ptr().add((vertical.input * from_width + horizontal.input) * lanes);
                    let weights = packed.as_ptr().add((vertical.tap * self.kernel + horizontal.tap) * ROWS);
                    for channel in (0..channels).step_by(ROWS) {
                        let weights = weights.add(channel * depth * taps);
                        let output = to.as_mut_ptr().add(((channel * height + y) * width + x) * lanes);
                        let bias = if bias.is_null() { bias } else { bias.add(channel) };
                        let pitch = height * width * lanes;
                        match channels - channel {
                            1 => line::<1>(&levels, weights, bias, input, output, pitch, run * lanes),
                            2 => line::<2>(&levels, weights, bias, input, output, pitch, run * lanes),
                            3 => line::<3>(&levels, weights, bias, input, output, pitch, run * lanes),
                            _ => line::<ROWS>(&levels, weights, bias, input, output, pitch, run * lanes),
                        }
                    }
                }
                x += run;
            }
            for channel in 0..channels {
                let at = (channel * height + y) * width * lanes;
                finish(at, &mut to[at..at + width * lanes]);
            }
        }
    }
}

/// `N` channels of a run of `length` numbers.
#[inline(always)]
unsafe fn line<const N: usize>(
    levels: &[Level; 3],
    weights: *const f32,
    bias: *const f32,
    input: *const f32,
    output: *mut f32,
    pitch: usize,
    length: usize,
) {
    unsafe {
        let whole = length / (2 * LANES) * (2 * LANES);
        if whole > 0 {
            tile::<N, 2>(levels, weights, bias, input, output, pitch, whole);
        }
        if whole < length {
            tile::<N, 1>(levels, weights, bias, input.add(whole), output.add(whole), pitch, LANES);
        }
    }
}

/// `N` channels by `4·VECTORS` numbers at a time, until `length` are done. Not inlined: V8 would spill the sums.
#[inline(never)]
unsafe fn tile<const N: usize, const VECTORS: usize>(
    levels: &[Level; 3],
    weights: *const f32,
    bias: *const f32,
    input: *const f32,
    output: *mut f32,
    pitch: usize,
    length: usize,
) {
    unsafe {
        let [outer, middle, inner] = *levels;
        for at in (0..length).step_by(VECTORS * LANES) {
            let mut sums = [[f32x4::ZERO; VECTORS]; N];
            if !bias.is_null() {
                for (i, row) in sums.iter_mut().enumerate() {
                    *row = [f32x4::splat(*bias.add(i)); VECTORS];
                }
            }
            let (mut outer_weights, mut outer_input) = (weights, input.add(at));
            for _ in 0..outer.count {
                let (mut middle_weights, mut middle_input) = (outer_weights, outer_input);
                for _ in 0..middle.count {
                    let (mut weights, mut input) = (middle_weights, middle_input);
                    for _ in 0..inner.count {
                        let mut columns = [f32x4::ZERO; VECTORS];
                        for (j, column) in columns.iter_mut().enumerate() {
                            *column = load(input.add(j * LANES));
                        }
                        for (i, row) in sums.iter_mut().enumerate() {
                            let factor = f32x4::splat(*weights.add(i));
                            for j in 0..VECTORS {
                                row[j] += factor * columns[j];
                            }
                        }
                        weights = weights.offset(inner.weight);
                        input = input.offset(inner.input);
                    }
                    middle_weights = middle_weights.offset(middle.weight);
                    middle_input = middle_input.offset(middle.input);
                }
                outer_weights = outer_weights.offset(outer.weight);
                outer_input = outer_input.offset(outer.input);
            }
            for (i, row) in sums.iter().enumerate() {
                for (j, sum) in row.iter().enumerate() {
                    store(output.add(i * pitch + at + j * LANES), *sum);
                }
            }
        }
    }
}

/// How the sums of a weight's gradient walk over both images.
struct Strides {
    rows: usize,
    pixels: usize,
    /// Floats of a pixel, or of a run of them.
    length: usize,
    dz_unit: usize,
    dz_row: usize,
    dz_pixel: usize,
    x_tap: usize,
    x_row: usize,
    x_pixel: usize,
    to_unit: usize,
}

/// Takes the first of `taps`, as many as are made at once.
#[inline(always)]
unsafe fn dots<const UNITS: usize>(taps: usize, strides: &Strides, dz: *const f32, x: *const f32, to: &mut [f32]) {
    unsafe {
        match taps {
            1 => dot::<UNITS, 1>(strides, dz, x, to),
            _ => dot::<UNITS, TAPS>(strides, dz, x, to),
        }
    }
}

/// Adds `Σ dz[unit]·x[tap]` to `to[unit][tap]`.
#[inline(never)]
unsafe fn dot<const UNITS: usize, const N: usize>(strides: &Strides, dz: *const f32, x: *const f32, to: &mut [f32]) {
    let Strides { rows, pixels, length, dz_unit, dz_row, dz_pixel, x_tap, x_row, x_pixel, to_unit } = *strides;
    let mut sums = [[f32x4::ZERO; UNITS]; N];
    unsafe {
        for row in 0..rows {
            for pixel in 0..pixels {
                let dz = dz.add(row * dz_row + pixel * dz_pixel);
                let x = x.add(row * x_row + pixel * x_pixel);
                for at in (0..length).step_by(LANES) {
                    let factors: [f32x4; UNITS] = std::array::from_fn(|unit| load(dz.add(unit * dz_unit + at)));
                    for (tap, sums) in sums.iter_mut().enumerate() {
                        let x = load(x.add(tap * x_tap + at));
                        for (sum, factor) in sums.iter_mut().zip(factors) {
                            *sum += factor * x;
                        }
                    }
                }
            }
        }
    }
    for (tap, sums) in sums.iter().enumerate() {
        for (unit, total) in sums.iter().enumerate() {
            to[unit * to_unit + tap] += sum(*total);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random;

    fn noise(name: &str, size: usize) -> Vec<f32> {
        let mut stream = random::stream(3, name);
        (0..size).map(|_| random::normal(&mut stream)).collect()
    }

    fn close(what: &str, got: &[f32], expected: &[f64]) {
        for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
            assert!((f64::from(*got) - expected).abs() < 2e-4, "{what}[{at}]: {got} {expected}");
        }
    }

    #[test]
    fn every_pass_agrees_with_the_definition_at_every_shape() {
        for (inputs, outputs, height, width, kernel, stride, padding, lanes) in [
            (1, 1, 1, 1, 1, 1, 0, 4),
            (1, 8, 7, 6, 5, 1, 2, 8),
            (3, 5, 6, 8, 3, 1, 1, 12),
            (2, 6, 5, 5, 3, 1, 0, 4),
            (7, 3, 4, 3, 1, 1, 0, 8),
            (2, 4, 9, 7, 3, 2, 1, 4),
            (2, 3, 8, 9, 2, 3, 0, 8),
            (3, 2, 3, 4, 5, 2, 4, 4),
            (1, 2, 9, 11, 7, 1, 3, 8),
            (6, 2, 4, 5, 1, 2, 1, 4),
            (2, 2, 2, 2, 3, 1, 5, 4),
        ] {
            let window = Window { kernel, stride, padding };
            let conv = Conv { inputs, outputs, height, width, window };
            let (down, across) = conv.places();
            let taps = kernel * kernel;
            let (w, b) = (noise("w", conv.weights()), noise("b", outputs));
            let (x, dz) = (noise("x", inputs * height * width * lanes), noise("dz", outputs * down * across * lanes));
            let (mut z, mut dx, mut dw) = (vec![0.0; dz.len()], vec![0.0; x.len()], vec![0.0; w.len()]);
            for output in 0..outputs {
                for at in 0..down * across * lanes {
                    z[output * down * across * lanes + at] = f64::from(b[output]);
                }
                for input in 0..inputs {
                    for tap in 0..taps {
                        for place in 0..down * across {
                            let y = (place / across * stride + tap / kernel).wrapping_sub(padding);
                            let x_at = (place % across * stride + tap % kernel).wrapping_sub(padding);
                            if y >= height || x_at >= width {
                                continue;
                            }
                            for lane in 0..lanes {
                                let from = ((input * height + y) * width + x_at) * lanes + lane;
                                let to = (output * down * across + place) * lanes + lane;
                                let weight = (output * inputs + input) * taps + tap;
                                z[to] += f64::from(w[weight]) * f64::from(x[from]);
                                dx[from] += f64::from(w[weight]) * f64::from(dz[to]);
                                dw[weight] += f64::from(dz[to]) * f64::from(x[from]);
                            }
                        }
                    }
                }
            }
            let name = format!("{conv:?} over {lanes} lanes");
            let (mut got, mut packed, mut seen) = (vec![9.0; z.len()], vec![0.0; conv.packed()], vec![0; z.len()]);
            conv.forward(&w, &b, &x, &mut got, lanes, &mut packed, |at, row| {
                close(&name, row, &z[at..at + row.len()]);
                seen[at..at + row.len()].iter_mut().for_each(|seen| *seen += 1);
            });
            close(&name, &got, &z);
            assert!(seen.iter().all(|&seen| seen == 1), "{name}");
            let (mut got, mut packed) = (vec![9.0; x.len()], vec![0.0; conv.packed_back()]);
            conv.input_gradient(&w, &dz, &mut got, lanes, &mut packed);
            close(&name, &got, &dx);
            let mut got = vec![9.0; w.len()];
            for first in (0..outputs).step_by(3) {
                let last = (first + 3).min(outputs);
                conv.weight_gradient(first..last, &dz, &x, &mut got[first * inputs * taps..last * inputs * taps], lanes);
            }
            close(&name, &got, &dw);
        }
    }
}
