//! exp, tanh, sigmoid and softplus, four lanes at a time, with the same bits on every target: only +, −, ×, ÷ and integer operations,
//! never a fused multiply-add (its bits differ between machines).

use wide::{f32x4, i32x4};

/// Lanes of a vector; batches are padded to a multiple of it.
pub const LANES: usize = 4;

/// The smallest multiple of [`LANES`] that holds `rows`.
pub fn padded(rows: usize) -> usize {
    rows.div_ceil(LANES) * LANES
}

/// The lower of `x` and `limit`, NaN where `x` is NaN. Of a pair with NaN in it the instructions choose one by its place: SSE the second, wasm's
/// pseudo-minimum the first.
#[inline(always)]
fn at_most(x: f32x4, limit: f32) -> f32x4 {
    let limit = f32x4::splat(limit);
    if cfg!(target_feature = "simd128") { x.fast_min(limit) } else { limit.fast_min(x) }
}

/// The higher of the two, likewise.
#[inline(always)]
fn at_least(x: f32x4, limit: f32) -> f32x4 {
    let limit = f32x4::splat(limit);
    if cfg!(target_feature = "simd128") { x.fast_max(limit) } else { limit.fast_max(x) }
}

/// Whether every value is a finite number. A sum of zeros says so, and takes no branch on the way.
pub fn all_finite(values: &[f32]) -> bool {
    let (blocks, rest) = values.as_chunks::<{ BLOCK * LANES }>();
    let mut sums = [f32x4::ZERO; BLOCK];
    for block in blocks {
        for (sum, lanes) in sums.iter_mut().zip(block.as_chunks::<LANES>().0) {
            *sum += f32x4::from(*lanes) * f32x4::ZERO;
        }
    }
    let whole = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    rest.iter().all(|value| value.is_finite()) && whole.to_array().iter().all(|sum| *sum == 0.0)
}

/// e^x, relative error < 2.5e-7 on [−87, 88], clamped outside, NaN stays NaN (Cephes `expf`: Cody–Waite reduction, degree-6 polynomial).
#[inline(always)]
pub fn exp(x: f32x4) -> f32x4 {
    let x = at_least(at_most(x, 88.0), -87.0);
    // Adding 1.5·2²³ rounds to the nearest integer n and leaves it in the low mantissa bits; 127 more are the exponent's bias.
    let magic = f32x4::splat(12_582_912.0 + 127.0);
    let shifted = x * std::f32::consts::LOG2_E + magic;
    let n = shifted - magic;
    let r = x - n * 0.693_359_4_f32;
    let r = r - n * -2.121_944_4e-4_f32;
    let mut y = f32x4::splat(1.987_569_1e-4);
    y = y * r + 1.398_2e-3_f32;
    y = y * r + 8.333_452e-3_f32;
    y = y * r + 4.166_579_6e-2_f32;
    y = y * r + 0.166_666_66_f32;
    y = y * r + 0.5_f32;
    y = y * (r * r) + (r + 1.0_f32);
    let bits: i32x4 = bits_of(shifted);
    // A product, because NaN plus an integer may be a number.
    y * from_bits(bits << 23)
}

/// tanh x, relative error < 4e-7 (rational minimax of degree 13/6, the form used by Eigen), clamped at ±7.905 where tanh rounds to ±1;
/// NaN stays NaN.
#[inline(always)]
pub fn tanh(x: f32x4) -> f32x4 {
    let x = at_least(at_most(x, 7.905_311), -7.905_311);
    // Estrin's scheme: a third of Horner's chain of dependent operations, on which small layers would wait.
    let square = x * x;
    let fourth = square * square;
    let low = (square * 6.372_619e-4_f32 + 4.893_524_6e-3_f32) + fourth * (square * 5.122_297e-8_f32 + 1.485_722_4e-5_f32);
    let high = (square * 2.000_188e-13_f32 + -8.604_672e-11_f32) + fourth * -2.760_768_5e-16_f32;
    let p = low + fourth * fourth * high;
    let q = (square * 2.268_434_7e-3_f32 + 4.893_525e-3_f32) + fourth * (square * 1.198_258_4e-6_f32 + 1.185_347_1e-4_f32);
    p * x / q
}

/// 1 / (1 + e^−x).
#[inline(always)]
pub fn sigmoid(x: f32x4) -> f32x4 {
    f32x4::ONE / (exp(-x) + 1.0_f32)
}

/// The same by (1 + tanh(x / 2)) / 2, a quarter quicker: for gates, where an absolute error of 1e-7 does and exact 0 and 1 come early (±15.8).
#[inline(always)]
pub fn gate(x: f32x4) -> f32x4 {
    tanh(x * 0.5_f32) * 0.5_f32 + 0.5_f32
}

/// ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|), exact for large |x|.
#[inline(always)]
pub fn softplus(x: f32x4) -> f32x4 {
    let positive = x.simd_lt(f32x4::ZERO).select(f32x4::ZERO, x);
    positive + exp(-x.abs()).ln_1p()
}

#[inline(always)]
fn bits_of(x: f32x4) -> i32x4 {
    // Same size, every bit pattern valid in both directions.
    unsafe { std::mem::transmute(x) }
}

#[inline(always)]
fn from_bits(x: i32x4) -> f32x4 {
    unsafe { std::mem::transmute(x) }
}

/// Vectors that [`map`] takes in one turn of its loop: a tenth faster for small layers than one by one.
const BLOCK: usize = 4;

/// Applies `f` to four values at a time. Both slices have the same length, a multiple of [`LANES`].
#[inline(always)]
pub fn map(from: &[f32], to: &mut [f32], f: impl Fn(f32x4) -> f32x4) {
    let (blocks, rest) = from.as_chunks::<{ BLOCK * LANES }>();
    let (to_blocks, to_rest) = to.as_chunks_mut::<{ BLOCK * LANES }>();
    for (from, to) in blocks.iter().zip(to_blocks) {
        for (from, to) in from.as_chunks::<LANES>().0.iter().zip(to.as_chunks_mut::<LANES>().0) {
            *to = f(f32x4::from(*from)).to_array();
        }
    }
    for (from, to) in rest.as_chunks::<LANES>().0.iter().zip(to_rest.as_chunks_mut::<LANES>().0) {
        *to = f(f32x4::from(*from)).to_array();
    }
}

/// The same in place.
#[inline(always)]
pub fn apply(values: &mut [f32], f: impl Fn(f32x4) -> f32x4) {
    for values in values.as_chunks_mut::<LANES>().0 {
        *values = f(f32x4::from(*values)).to_array();
    }
}

/// Multiplies `gradient` by `f(x, y)` in place, four values at a time; `x` and `y` are a function's input and output.
#[inline(always)]
pub fn scale(gradient: &mut [f32], x: &[f32], y: &[f32], f: impl Fn(f32x4, f32x4) -> f32x4) {
    let inputs = x.as_chunks::<LANES>().0.iter().zip(y.as_chunks::<LANES>().0);
    for (gradient, (x, y)) in gradient.as_chunks_mut::<LANES>().0.iter_mut().zip(inputs) {
        *gradient = (f32x4::from(*gradient) * f(f32x4::from(*x), f32x4::from(*y))).to_array();
    }
}

/// With (f′, f″) = `f(x, y)`: `rd = f′ rd + f″ rx d`, then `d = f′ d`, four values at a time; `x` and `y` are a function's input and output, `rx`
/// how fast the input moves.
#[inline(always)]
pub fn bend(d: &mut [f32], rd: &mut [f32], [x, y, rx]: [&[f32]; 3], f: impl Fn(f32x4, f32x4) -> (f32x4, f32x4)) {
    let inputs = x.as_chunks::<LANES>().0.iter().zip(y.as_chunks::<LANES>().0).zip(rx.as_chunks::<LANES>().0);
    let deltas = d.as_chunks_mut::<LANES>().0.iter_mut().zip(rd.as_chunks_mut::<LANES>().0);
    for ((d, rd), ((x, y), rx)) in deltas.zip(inputs) {
        let (slope, curvature) = f(f32x4::from(*x), f32x4::from(*y));
        let before = f32x4::from(*d);
        *rd = (f32x4::from(*rd) * slope + before * curvature * f32x4::from(*rx)).to_array();
        *d = (before * slope).to_array();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(f: impl Fn(f32x4) -> f32x4, reference: impl Fn(f64) -> f64, low: f32, high: f32) -> f64 {
        (0..20_001)
            .map(|step| {
                let x = low + (high - low) * step as f32 / 20_000.0;
                let exact = reference(f64::from(x));
                (f64::from(f(f32x4::splat(x)).to_array()[0]) - exact).abs() / exact.abs().max(1e-30)
            })
            .fold(0.0, f64::max)
    }

    #[test]
    fn nan_stays_nan_whatever_is_in_it_and_infinities_go_where_their_neighbours_go() {
        let nans = [f32::NAN, -f32::NAN, f32::from_bits(0x7fc0_0001), f32::from_bits(0xffff_ffff), f32::from_bits(0x7f80_0001)];
        for f in [exp, tanh, sigmoid, gate, softplus] {
            for nan in nans {
                let got = f(f32x4::from([nan, 1.0, nan, -1.0])).to_array();
                assert!(got[0].is_nan() && got[2].is_nan() && got[1].is_finite() && got[3].is_finite(), "{:#x}: {got:?}", nan.to_bits());
            }
        }
        let ends = |f: fn(f32x4) -> f32x4| [f32::NEG_INFINITY, f32::INFINITY].map(|x| f(f32x4::splat(x)).to_array()[0]);
        let close = |got: [f32; 2], exact: [f32; 2]| got.iter().zip(exact).all(|(got, exact)| (got - exact).abs() < 4e-7 || *got == exact);
        assert!(close(ends(tanh), [-1.0, 1.0]) && close(ends(sigmoid), [0.0, 1.0]) && close(ends(gate), [0.0, 1.0]));
        assert!(close(ends(softplus), [0.0, f32::INFINITY]));
        assert!(ends(exp)[0] < 2e-38 && ends(exp)[1] > 1e38);
    }

    #[test]
    fn what_is_not_finite_is_found_wherever_it_stands() {
        for length in [0, 1, 15, 16, 17, 64, 337] {
            let mut values = vec![-3.5_f32; length];
            assert!(all_finite(&values), "{length}");
            for at in 0..length {
                for broken in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                    values[at] = broken;
                    assert!(!all_finite(&values), "{broken} at {at} of {length}");
                }
                values[at] = f32::MAX;
            }
            assert!(all_finite(&values), "{length}");
        }
    }

    #[test]
    fn relative_errors() {
        assert!(worst(exp, libm::exp, -86.0, 87.0) < 2.5e-7);
        assert!(worst(tanh, libm::tanh, 0.01, 20.0) < 4e-7);
        assert!(worst(sigmoid, |x| 1.0 / (1.0 + libm::exp(-x)), -80.0, 80.0) < 1e-6);
        let gates = (-400..400).map(|step| step as f32 * 0.05).map(|x| (x, gate(f32x4::splat(x)).to_array()[0]));
        gates.for_each(|(x, got)| assert!((f64::from(got) - 1.0 / (1.0 + libm::exp(-f64::from(x)))).abs() < 2e-7, "{x}: {got}"));
        assert!(worst(softplus, |x| libm::log1p(libm::exp(x)), -15.0, 60.0) < 1e-6);
    }
}
