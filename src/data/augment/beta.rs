//! Draws from Beta(α, α): X / (X + Y) of two Gamma(α) draws, of which only the logarithms are taken, because for small α they are too small for f64.

use crate::math::random::{self, Stream};
use rand::Rng;

/// Uniform in (0, 1).
fn unit(stream: &mut Stream) -> f64 {
    ((stream.random::<u64>() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

/// ln of a draw from Gamma(α, 1) (Marsaglia & Tsang 2000; below 1 by Gamma(α + 1) · U^(1/α)).
fn ln_gamma(stream: &mut Stream, alpha: f64) -> f64 {
    if alpha < 1.0 {
        let boost = libm::log(unit(stream)) / alpha;
        return ln_gamma(stream, alpha + 1.0) + boost;
    }
    let d = alpha - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = f64::from(random::normal(stream));
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        if libm::log(unit(stream)) < 0.5 * x * x + d - d * v + d * libm::log(v) {
            return libm::log(d) + libm::log(v);
        }
    }
}

/// One draw.
pub fn symmetric(stream: &mut Stream, alpha: f64) -> f64 {
    let (first, second) = (ln_gamma(stream, alpha), ln_gamma(stream, alpha));
    1.0 / (1.0 + libm::exp(second - first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_follow_the_distribution() {
        // Those with a plain formula: arcsine, uniform, parabola.
        type Below = fn(f64) -> f64;
        let cases: [(f64, Below); 3] =
            [(0.5, |x| 2.0 / std::f64::consts::PI * x.sqrt().asin()), (1.0, |x| x), (2.0, |x| x * x * (3.0 - 2.0 * x))];
        for (alpha, below) in cases {
            let mut stream = random::stream(5, "augment");
            let mut draws: Vec<f64> = (0..20_000).map(|_| symmetric(&mut stream, alpha)).collect();
            draws.sort_unstable_by(f64::total_cmp);
            // Kolmogorov–Smirnov: above 1.95 / √n once in a thousand.
            let distance = draws.iter().enumerate().map(|(at, &x)| (below(x) - (at as f64 + 0.5) / 20_000.0).abs()).fold(0.0, f64::max);
            assert!(distance < 1.95 / 20_000_f64.sqrt(), "{alpha}: {distance}");
        }
    }

    #[test]
    fn any_alpha_has_its_variance() {
        for alpha in [0.01, 0.1, 0.2, 0.4, 5.0, 20.0] {
            let mut stream = random::stream(6, "augment");
            let draws: Vec<f64> = (0..20_000).map(|_| symmetric(&mut stream, alpha)).collect();
            assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)), "{alpha}");
            let mean = draws.iter().sum::<f64>() / 20_000.0;
            let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;
            let expected = 1.0 / (4.0 * (2.0 * alpha + 1.0));
            assert!((mean - 0.5).abs() < 0.015 && (variance / expected - 1.0).abs() < 0.04, "{alpha}: {mean} {variance} {expected}");
        }
    }
}
