//! Named random streams: (seed, name) → `Xoshiro256PlusPlus`. Changing one part of an experiment leaves the other streams alone.

use rand::Rng;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// The generator behind every stream.
pub type Stream = Xoshiro256PlusPlus;

/// The stream called `name` under `seed`. The hash is FNV-1a (64 bit) over the seed's bytes and the name, spread by the
/// generator's own SplitMix64 seeding; it is part of the reproducibility contract and must not change.
pub fn stream(seed: u32, name: &str) -> Stream {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in seed.to_le_bytes().into_iter().chain(name.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    Stream::seed_from_u64(hash)
}

/// Uniform in `[low, high)`, from the upper 24 bits of one draw: the same on every target.
pub fn uniform(stream: &mut Stream, low: f32, high: f32) -> f32 {
    let unit = (stream.random::<u64>() >> 40) as f32 * (1.0 / 16_777_216.0);
    low + (high - low) * unit
}

/// Uniform in `[0, 1)`, from the upper 53 bits of one draw.
pub fn unit(stream: &mut Stream) -> f64 {
    (stream.random::<u64>() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

/// Standard normal by Box–Muller in `f64` with `libm` (std's `ln` and `cos` differ between targets).
pub fn normal(stream: &mut Stream) -> f32 {
    let unit = |stream: &mut Stream| ((stream.random::<u64>() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0);
    let (first, second) = (unit(stream), unit(stream));
    (libm::sqrt(-2.0 * libm::log(first)) * libm::cos(std::f64::consts::TAU * second)) as f32
}

/// Fills `to` with masks of mean 1: 0 with probability `p`, else 1 / (1 − p). A draw serves four places, its lowest sixteen bits first; those
/// below p · 2¹⁶ drop theirs. `p` counts as the nearest 65536th, which keeps the mean exact.
pub fn mask(stream: &mut Stream, p: f64, to: &mut [f32]) {
    let dropped = libm::round(p.clamp(0.0, 1.0) * 65_536.0).min(65_535.0) as u16;
    let scale = 65_536.0 / (65_536.0 - f32::from(dropped));
    let (fours, rest) = to.as_chunks_mut::<4>();
    for four in fours {
        *four = one_draw(stream.random(), dropped, scale);
    }
    if !rest.is_empty() {
        rest.copy_from_slice(&one_draw(stream.random(), dropped, scale)[..rest.len()]);
    }
}

#[inline(always)]
fn one_draw(bits: u64, dropped: u16, scale: f32) -> [f32; 4] {
    [0, 16, 32, 48].map(|shift| if (bits >> shift) as u16 >= dropped { scale } else { 0.0 })
}

/// Uniform integer in `0..bound` from 32 random bits, by Lemire's multiply–shift (bias below 2⁻³² · bound; rows are few).
#[inline]
fn scaled(bits: u32, bound: usize) -> usize {
    ((u64::from(bits) * bound as u64) >> 32) as usize
}

/// Uniform integer in `0..bound`.
#[inline]
pub fn below(stream: &mut Stream, bound: usize) -> usize {
    scaled((stream.random::<u64>() >> 32) as u32, bound)
}

/// Fisher–Yates, from the last place down; a draw serves two places, its upper half first.
pub fn shuffle<T>(stream: &mut Stream, items: &mut [T]) {
    assert!(items.len() <= u32::MAX as usize);
    let (mut last, first) = (items.len().saturating_sub(1), items.as_mut_ptr());
    let swap = |last: usize, bits: u32| {
        // In bounds: `scaled` stays below its bound, which fits 32 bits.
        unsafe { std::ptr::swap(first.add(last), first.add(scaled(bits, last + 1))) }
    };
    while last > 0 {
        let draw = stream.random::<u64>();
        swap(last, (draw >> 32) as u32);
        if last > 1 {
            swap(last - 1, draw as u32);
        }
        last = last.saturating_sub(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_differ_by_name_and_by_seed_and_repeat() {
        let draw = |seed, name: &str| stream(seed, name).random::<u64>();
        assert_eq!(draw(1, "init"), draw(1, "init"));
        assert_ne!(draw(1, "init"), draw(1, "shuffle"));
        assert_ne!(draw(1, "init"), draw(2, "init"));
    }

    #[test]
    fn normal_has_mean_zero_and_variance_one() {
        let mut stream = stream(7, "test");
        let draws: Vec<f64> = (0..100_000).map(|_| f64::from(normal(&mut stream))).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!(mean.abs() < 0.01, "{mean}");
        assert!((variance - 1.0).abs() < 0.02, "{variance}");
    }

    #[test]
    fn masks_drop_their_share_and_keep_the_mean() {
        for p in [0.0, 0.1, 0.5, 0.9] {
            let mut to = vec![f32::NAN; 400_003];
            mask(&mut stream(3, "dropout"), p, &mut to);
            let dropped = to.iter().filter(|&&value| value == 0.0).count() as f64 / to.len() as f64;
            // Five standard errors.
            assert!((dropped - p).abs() <= 5.0 * (p * (1.0 - p) / to.len() as f64).sqrt() + 1e-5, "{p}: {dropped}");
            let kept: Vec<f32> = to.iter().copied().filter(|&value| value != 0.0).collect();
            assert!(kept.iter().all(|&value| value == kept[0]) && (f64::from(kept[0]) * (1.0 - p) - 1.0).abs() < 1e-4, "{p}");
        }
    }

    #[test]
    fn neighbouring_places_of_a_mask_are_independent() {
        let mut to = vec![0.0; 400_000];
        mask(&mut stream(9, "dropout"), 0.5, &mut to);
        for distance in [1, 2, 3, 4, 64] {
            let both = to.iter().zip(&to[distance..]).filter(|(a, b)| **a > 0.0 && **b > 0.0).count() as f64 / (to.len() - distance) as f64;
            assert!((both - 0.25).abs() < 5e-3, "{distance}: {both}");
        }
    }

    #[test]
    fn shuffle_permutes() {
        let mut items: Vec<usize> = (0..100).collect();
        shuffle(&mut stream(1, "shuffle"), &mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
