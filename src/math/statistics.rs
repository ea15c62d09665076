//! Sums over samples, and the probabilities that hypothesis tests end in, in f64.

use std::f64::consts::SQRT_2;

/// Places of at most `most` of so many things, evenly spaced, the first among them.
pub fn evenly(count: usize, most: usize) -> Vec<usize> {
    let shown = count.min(most);
    (0..shown).map(|at| at * count / shown).collect()
}

/// Not a number where there is no value.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// (mean, variance over all values), not numbers where there is no value.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let mean = mean(values);
    (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64)
}

/// Ascending.
// One copy of the sort serves all: each closure of its own would be ten kilobytes of wasm.
#[inline(never)]
pub fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// The places of values from the smallest to the largest, equal ones as they come.
#[inline(never)]
pub fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

/// The two-sample Kolmogorov–Smirnov statistic: the largest distance between the two cumulative distributions. Both sorted; 0 where one is empty.
pub fn kolmogorov_smirnov(a: &[f64], b: &[f64]) -> f64 {
    let (mut i, mut j, mut most) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        // Equal values count on both sides before the distance is taken.
        let value = a[i].min(b[j]);
        i += a[i..].iter().take_while(|other| **other == value).count();
        j += b[j..].iter().take_while(|other| **other == value).count();
        most = most.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
    }
    most
}

/// How likely a statistic of at least this size is where both samples are of one distribution: Kolmogorov's distribution with Stephens' correction (1970)
/// for samples that are not large.
pub fn kolmogorov_smirnov_p(statistic: f64, a: usize, b: usize) -> f64 {
    let root = ((a * b) as f64 / (a + b).max(1) as f64).sqrt();
    let x = (root + 0.12 + 0.11 / root) * statistic;
    if x <= 0.2 || x.is_nan() {
        return 1.0;
    }
    let terms = (1..=100).map(|k| {
        let term = libm::exp(-2.0 * f64::from(k * k) * x * x);
        if k % 2 == 1 { term } else { -term }
    });
    (2.0 * terms.sum::<f64>()).clamp(0.0, 1.0)
}

/// Pearson's χ² of two rows of counts, and its degrees of freedom; columns without a count are no columns.
pub fn chi_squared(a: &[f64], b: &[f64]) -> (f64, usize) {
    let (all_a, all_b): (f64, f64) = (a.iter().sum(), b.iter().sum());
    let (mut sum, mut columns) = (0.0, 0_usize);
    for (&a, &b) in a.iter().zip(b).filter(|(a, b)| **a + **b > 0.0) {
        let share = (a + b) / (all_a + all_b);
        for (count, all) in [(a, all_a), (b, all_b)] {
            let due = share * all;
            if due > 0.0 {
                sum += (count - due) * (count - due) / due;
            }
        }
        columns += 1;
    }
    (sum, columns.saturating_sub(1))
}

/// How likely χ² is at least this large.
pub fn chi_squared_p(statistic: f64, freedom: usize) -> f64 {
    if freedom == 0 || statistic <= 0.0 { 1.0 } else { 1.0 - lower_gamma(0.5 * freedom as f64, 0.5 * statistic) }
}

/// The regularised lower incomplete gamma function P(a, x): its series, or its continued fraction by Lentz's method (Press et al., Numerical Recipes, 6.2).
fn lower_gamma(a: f64, x: f64) -> f64 {
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-15 {
            at += 1.0;
            term *= x / at;
            sum += term;
        }
        return sum * front;
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / tiny, 1.0 / b);
    let mut fraction = d;
    for i in 1..1000 {
        let an = -f64::from(i) * (f64::from(i) - a);
        b += 2.0;
        d = 1.0 / nonzero(an * d + b, tiny);
        c = nonzero(b + an / c, tiny);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 - front * fraction
}

fn nonzero(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

/// How likely a standard normal number is above `z`.
pub fn normal_above(z: f64) -> f64 {
    0.5 * libm::erfc(z / SQRT_2)
}

/// The share of pairs of one of `yes` and one of `no` in which the first is larger, ties by half: the area under the ROC curve. One half where there is no
/// pair.
pub fn area_under_curve(yes: &[f64], no: &[f64]) -> f64 {
    let mut sorted = no.to_vec();
    sort(&mut sorted);
    let wins: f64 = yes
        .iter()
        .map(|value| {
            let (below, upto) = (sorted.partition_point(|other| other < value), sorted.partition_point(|other| other <= value));
            0.5 * (below + upto) as f64
        })
        .sum();
    if yes.is_empty() || no.is_empty() { 0.5 } else { wins / (yes.len() * no.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_orders() {
        assert_eq!(moments(&[1.0, 2.0, 6.0]), (3.0, 14.0 / 3.0));
        assert_eq!(order(&[2.0, -1.0, 2.0, 0.5]), [1, 3, 0, 2]);
    }

    #[test]
    fn statistics_and_probabilities_are_scipys() {
        // scipy.stats.ks_2samp([1, 2, 3, 4, 5], [2.5, 3, 6, 7]): 0.5, by the counts alone.
        assert_eq!(kolmogorov_smirnov(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.5, 3.0, 6.0, 7.0]), 0.5);
        // scipy.stats.kstwo.sf(d, round(n * m / (n + m))) for (0.2, 60, 80), (0.1, 350, 75), (0.35, 30, 30).
        for (statistic, a, b, expected) in [(0.2, 60, 80, 0.114_40), (0.1, 350, 75, 0.531_84), (0.35, 30, 30, 0.037_96)] {
            let p = kolmogorov_smirnov_p(statistic, a, b);
            assert!((p - expected).abs() < 0.015, "{p} where {expected} is due");
        }
        // scipy.stats.chi2.sf
        for (statistic, freedom, expected) in
            [(3.84, 1, 0.050_043_52), (12.0, 5, 0.034_787_78), (0.5, 3, 0.918_891_41), (80.0, 40, 0.000_176_3)]
        {
            assert!((chi_squared_p(statistic, freedom) - expected).abs() < 1e-6, "{statistic} {freedom}");
        }
        // scipy.stats.chi2_contingency([[10, 20, 30], [15, 15, 10]], correction=False): 8.0357…, 2.
        let (statistic, freedom) = chi_squared(&[10.0, 20.0, 30.0], &[15.0, 15.0, 10.0]);
        assert!((statistic - 8.035_714).abs() < 1e-4 && freedom == 2, "{statistic} {freedom}");
        assert!((normal_above(1.96) - 0.024_997_9).abs() < 1e-6);
        assert_eq!(area_under_curve(&[3.0, 1.0], &[1.0, 0.0]), 0.875);
    }
}
