//! A dense layer forward and backward, its activation included. `x` is `[in][lanes]`; `z`, `a` and their gradients `[out][lanes]`.
//!
//! Small layers (a playground's 2→4→2→1) are one fused loop each way: there, calling tiles and walking over the sums once more for
//! the activation costs more than the arithmetic. Larger ones go through the tiles of [`super::matrix`].

use super::elementary::{self, LANES};
use super::holds;
use super::matrix::{self, load, store};
use wide::f32x4;

/// Layers with up to this many weights, over batches of up to this many lanes, are small.
const SMALL: usize = 64;
const FEW: usize = 4 * LANES;

fn is_small(weights: usize, lanes: usize) -> bool {
    weights <= SMALL && lanes <= FEW
}

/// What the forward pass reads and writes.
pub struct Forward<'a> {
    /// `[out][in]`.
    pub weights: &'a [f32],
    pub bias: &'a [f32],
    pub x: &'a [f32],
    /// W·x + b, kept for the backward pass.
    pub z: &'a mut [f32],
    /// f(z).
    pub a: &'a mut [f32],
    pub inputs: usize,
    pub lanes: usize,
}

/// `z = W·x + b` and `a = f(z)`.
#[inline(always)]
pub fn forward(layer: Forward, f: impl Fn(f32x4) -> f32x4) {
    let Forward { weights, bias, x, z, a, inputs, lanes } = layer;
    let size = bias.len() * lanes;
    sums(weights, bias, x, z, inputs, lanes);
    elementary::map(&z[..size], &mut a[..size], f);
}

/// The same for a function that costs next to nothing and whose slope needs only `a`: large layers apply it where they store, and leave
/// `z` alone.
#[inline(always)]
pub fn forward_cheap(layer: Forward, f: impl Fn(f32x4) -> f32x4 + Copy) {
    if is_small(layer.weights.len(), layer.lanes) {
        forward(layer, f);
    } else {
        matrix::affine(layer.weights, layer.bias, layer.x, layer.a, layer.inputs, layer.lanes, f);
    }
}

/// `Z = W·X + b`.
fn sums(weights: &[f32], bias: &[f32], x: &[f32], z: &mut [f32], inputs: usize, lanes: usize) {
    if !is_small(weights.len(), lanes) {
        return matrix::affine(weights, bias, x, z, inputs, lanes, |sum| sum);
    }
    assert!(
        bias.len().checked_mul(inputs) == Some(weights.len()) && holds(x.len(), &[inputs, lanes]) && holds(z.len(), &[bias.len(), lanes])
    );
    assert!(lanes.is_multiple_of(LANES));
    // In bounds by the asserts above.
    unsafe {
        match lanes / LANES {
            1 => small_affine::<1>(weights, bias, x, z, inputs),
            2 => small_affine::<2>(weights, bias, x, z, inputs),
            3 => small_affine::<3>(weights, bias, x, z, inputs),
            _ => small_affine::<4>(weights, bias, x, z, inputs),
        }
    }
}

/// `Z = W·X + b` for batches of `V` vectors.
#[inline(never)]
unsafe fn small_affine<const V: usize>(weights: &[f32], bias: &[f32], x: &[f32], z: &mut [f32], inputs: usize) {
    let (mut weight, mut z) = (weights.as_ptr(), z.as_mut_ptr());
    for &bias in bias {
        let mut sums = [f32x4::splat(bias); V];
        let mut x = x.as_ptr();
        for _ in 0..inputs {
            unsafe {
                let factor = f32x4::splat(*weight);
                for (v, sum) in sums.iter_mut().enumerate() {
                    *sum += factor * load(x.add(v * LANES));
                }
                weight = weight.add(1);
                x = x.add(V * LANES);
            }
        }
        for sum in sums {
            unsafe {
                store(z, sum);
                z = z.add(LANES);
            }
        }
    }
}

/// What the backward pass reads and writes.
pub struct Backward<'a> {
    /// `[out][in]`.
    pub weights: &'a [f32],
    pub x: &'a [f32],
    pub z: &'a [f32],
    pub a: &'a [f32],
    /// ∂L/∂a, zero in padding lanes; becomes ∂L/∂z.
    pub d: &'a mut [f32],
    /// ∂L/∂W, overwritten.
    pub dw: &'a mut [f32],
    /// ∂L/∂b, overwritten.
    pub db: &'a mut [f32],
    /// ∂L/∂x, overwritten, where someone asks.
    pub dx: Option<&'a mut [f32]>,
    pub inputs: usize,
    pub lanes: usize,
    /// At least `matrix::weight_gradient_scratch` floats.
    pub scratch: &'a mut [f32],
}

/// The gradients of [`forward`], with `slope(z, a)` = f′(z).
#[inline(always)]
pub fn backward(layer: Backward, slope: impl Fn(f32x4, f32x4) -> f32x4) {
    let Backward { weights, x, z, a, d, dw, db, dx, inputs, lanes, scratch } = layer;
    let outputs = db.len();
    let size = outputs * lanes;
    assert!(outputs.checked_mul(inputs) == Some(weights.len()) && dw.len() == weights.len() && holds(x.len(), &[inputs, lanes]));
    assert!([z.len(), a.len(), d.len()].iter().all(|&length| holds(length, &[outputs, lanes])) && lanes.is_multiple_of(LANES));
    assert!(dx.as_ref().is_none_or(|dx| holds(dx.len(), &[inputs, lanes])));
    elementary::scale(&mut d[..size], &z[..size], &a[..size], slope);
    if is_small(weights.len(), lanes) {
        // In bounds by the asserts above.
        unsafe {
            match lanes / LANES {
                1 => small_gradients::<1>(weights, x, d, dw, db, dx, inputs),
                2 => small_gradients::<2>(weights, x, d, dw, db, dx, inputs),
                3 => small_gradients::<3>(weights, x, d, dw, db, dx, inputs),
                _ => small_gradients::<4>(weights, x, d, dw, db, dx, inputs),
            }
        }
    } else {
        matrix::weight_gradient(d, x, dw, db, lanes, scratch);
        if let Some(dx) = dx {
            matrix::input_gradient(weights, d, dx, outputs, lanes);
        }
    }
}

/// `dW = dZ·Xᵀ`, `db = Σ dZ` and, where someone asks, `dX = Wᵀ·dZ` for batches of `V` vectors.
#[inline(never)]
unsafe fn small_gradients<const V: usize>(
    weights: &[f32],
    x: &[f32],
    dz: &[f32],
    dw: &mut [f32],
    db: &mut [f32],
    dx: Option<&mut [f32]>,
    inputs: usize,
) {
    let (outputs, row) = (db.len(), V * LANES);
    let mut to = dw.as_mut_ptr();
    for (unit, db) in db.iter_mut().enumerate() {
        unsafe {
            let dz: [f32x4; V] = std::array::from_fn(|v| load(dz.as_ptr().add(unit * row + v * LANES)));
            let dot = |input: usize| {
                let x = x.as_ptr().add(input * row);
                let mut sum = dz[0] * load(x);
                for (v, &dz) in dz.iter().enumerate().skip(1) {
                    sum += dz * load(x.add(v * LANES));
                }
                sum
            };
            let mut input = 0;
            while input + 4 <= inputs {
                store(to, matrix::sum4([dot(input), dot(input + 1), dot(input + 2), dot(input + 3)]));
                to = to.add(4);
                input += 4;
            }
            while input < inputs {
                *to = matrix::sum(dot(input));
                to = to.add(1);
                input += 1;
            }
            *db = matrix::sum(dz.into_iter().skip(1).fold(dz[0], |sum, dz| sum + dz));
        }
    }
    let Some(dx) = dx else { return };
    for input in 0..inputs {
        unsafe {
            let mut sums = [f32x4::ZERO; V];
            for unit in 0..outputs {
                let factor = f32x4::splat(*weights.as_ptr().add(unit * inputs + input));
                for (v, sum) in sums.iter_mut().enumerate() {
                    *sum += factor * load(dz.as_ptr().add(unit * row + v * LANES));
                }
            }
            for (v, sum) in sums.into_iter().enumerate() {
                store(dx.as_mut_ptr().add(input * row + v * LANES), sum);
            }
        }
    }
}
