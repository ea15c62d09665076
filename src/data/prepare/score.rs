//! What one feature tells about the target.
//!
//! ANOVA F as scikit-learn's `f_classif` and `f_regression`. Mutual information in nats as its `mutual_info_classif` and `mutual_info_regression`:
//! Ross (2014), "Mutual information between discrete and continuous data sets", and Kraskov, Stögbauer & Grassberger (2004), "Estimating mutual
//! information", with three neighbours, counting what is strictly nearer than the third (scikit-learn's counts hang on rounding and on noise).

use crate::data::Task;
use crate::data::prepare::scale::is_constant;
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const NEIGHBOURS: usize = 3;

/// Score | 评分
///
/// How it is measured what a feature tells. | 如何衡量一个特征包含的信息。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// ANOVA F | 方差分析 F
    ///
    /// How far apart the means of the classes are, against the spread within; for numbers, how straight the relation is. | 各类均值的差距与类内离散程度之比；对数值目标则为线性关系的强度。
    #[default]
    #[schemars(extend("x-term" = "feature-selection"))]
    AnovaF,
    /// Mutual information | 互信息
    ///
    /// How much is known of the target once the feature is, whatever the relation. | 知道该特征后对目标了解多少，不限于何种关系。
    #[schemars(extend("x-term" = "feature-selection"))]
    MutualInformation,
}

impl Score {
    /// Larger where a column tells more; not a number where it is constant and F is asked for.
    pub fn of(self, values: &[f64], targets: &[f32], task: &Task) -> f64 {
        match (self, task) {
            // Nothing tells more of a target that is not there.
            (_, Task::Clustering) => 0.0,
            (Score::AnovaF, Task::Classification(classes)) => f_of_classes(values, targets, classes.len()),
            (Score::AnovaF, Task::Regression) => f_of_numbers(values, targets),
            (Score::MutualInformation, Task::Classification(classes)) => information_of_classes(&scaled(values), targets, classes.len()),
            (Score::MutualInformation, Task::Regression) => {
                let targets: Vec<f64> = targets.iter().map(|&target| f64::from(target)).collect();
                information_of_numbers(&scaled(values), &scaled(&targets))
            }
        }
    }
}

fn f_of_classes(values: &[f64], targets: &[f32], classes: usize) -> f64 {
    if is_flat(values) {
        return f64::NAN;
    }
    let (mut sums, mut counts) = (vec![0.0; classes], vec![0.0; classes]);
    for (value, &target) in values.iter().zip(targets) {
        sums[target as usize] += value;
        counts[target as usize] += 1.0;
    }
    let rows = values.len() as f64;
    let present = counts.iter().filter(|count| **count > 0.0).count() as f64;
    // From each class's own mean: sums of squares less each other would leave nothing of numbers that are far from 0.
    let mean = values.iter().sum::<f64>() / rows;
    let means: Vec<f64> = sums.iter().zip(&counts).map(|(sum, count)| sum / count).collect();
    let between: f64 =
        means.iter().zip(&counts).filter(|(_, count)| **count > 0.0).map(|(own, count)| count * (own - mean) * (own - mean)).sum();
    let within: f64 = values.iter().zip(targets).map(|(value, &target)| value - means[target as usize]).map(|far| far * far).sum();
    (between / (present - 1.0)) / (within / (rows - present))
}

/// Nothing varies but rounding.
fn is_flat(values: &[f64]) -> bool {
    let (mean, variance) = statistics::moments(values);
    is_constant(values.len(), mean, variance)
}

fn f_of_numbers(values: &[f64], targets: &[f32]) -> f64 {
    let rows = values.len() as f64;
    if is_flat(values) || targets.iter().all(|target| *target == targets[0]) {
        return f64::NAN;
    }
    let mean = values.iter().sum::<f64>() / rows;
    let due = targets.iter().map(|&target| f64::from(target)).sum::<f64>() / rows;
    let (mut both, mut own, mut other) = (0.0, 0.0, 0.0);
    for (value, &target) in values.iter().zip(targets) {
        let (value, target) = (value - mean, f64::from(target) - due);
        (both, own, other) = (both + value * target, own + value * value, other + target * target);
    }
    // Rounding may make more than 1 of it.
    let square = (both * both / (own * other)).min(1.0);
    square / (1.0 - square) * (rows - 2.0)
}

/// Divided by the standard deviation, where there is one.
fn scaled(values: &[f64]) -> Vec<f64> {
    let deviation = statistics::moments(values).1.sqrt();
    values.iter().map(|value| if deviation > 0.0 { value / deviation } else { *value }).collect()
}

fn information_of_classes(values: &[f64], targets: &[f32], classes: usize) -> f64 {
    let mut groups = vec![Vec::new(); classes];
    values.iter().zip(targets).for_each(|(value, &target)| groups[target as usize].push(*value));
    // A class of one row has no neighbours and is left out.
    groups.retain(|group| group.len() > 1);
    let mut all: Vec<f64> = groups.concat();
    statistics::sort(&mut all);
    let (mut neighbours, mut sizes, mut counts) = (0.0, 0.0, 0.0);
    for group in &mut groups {
        statistics::sort(group);
        let k = NEIGHBOURS.min(group.len() - 1);
        for at in 0..group.len() {
            // `nextafter(radius, 0)`: neighbours nearer than the k-th, itself included.
            let radius = distance(group, at, k).next_down().max(0.0);
            counts += digamma(within(&all, group[at], radius) as f64);
        }
        neighbours += digamma(k as f64) * group.len() as f64;
        sizes += digamma(group.len() as f64) * group.len() as f64;
    }
    let rows = all.len() as f64;
    if all.is_empty() { 0.0 } else { (digamma(rows) + (neighbours - sizes - counts) / rows).max(0.0) }
}

fn information_of_numbers(xs: &[f64], ys: &[f64]) -> f64 {
    let rows = xs.len();
    if rows <= NEIGHBOURS {
        return 0.0;
    }
    let order = statistics::order(xs);
    let (mut sorted_x, mut sorted_y) = (xs.to_vec(), ys.to_vec());
    statistics::sort(&mut sorted_x);
    statistics::sort(&mut sorted_y);
    let mut sum = 0.0;
    for place in 0..rows {
        let row = order[place];
        let mut nearest = [f64::INFINITY; NEIGHBOURS];
        // Outwards along x: once x alone is farther than the third neighbour, no other row is nearer.
        let (mut left, mut right) = (place, place + 1);
        loop {
            let before = if left > 0 { xs[row] - xs[order[left - 1]] } else { f64::INFINITY };
            let after = if right < rows { xs[order[right]] - xs[row] } else { f64::INFINITY };
            if before.min(after) > nearest[NEIGHBOURS - 1] || before.min(after).is_infinite() {
                break;
            }
            let other = if before <= after {
                left -= 1;
                order[left]
            } else {
                right += 1;
                order[right - 1]
            };
            let far = before.min(after).max((ys[row] - ys[other]).abs());
            if far < nearest[NEIGHBOURS - 1] {
                nearest[NEIGHBOURS - 1] = far;
                statistics::sort(&mut nearest);
            }
        }
        let radius = nearest[NEIGHBOURS - 1].next_down().max(0.0);
        sum += digamma(within(&sorted_x, xs[row], radius) as f64) + digamma(within(&sorted_y, ys[row], radius) as f64);
    }
    (digamma(rows as f64) + digamma(NEIGHBOURS as f64) - sum / rows as f64).max(0.0)
}

/// From `sorted[at]` to the k-th nearest of the others.
fn distance(sorted: &[f64], at: usize, k: usize) -> f64 {
    let (mut left, mut right, mut far) = (at, at, 0.0);
    for _ in 0..k {
        let before = if left > 0 { sorted[at] - sorted[left - 1] } else { f64::INFINITY };
        let after = if right + 1 < sorted.len() { sorted[right + 1] - sorted[at] } else { f64::INFINITY };
        if before <= after {
            left -= 1;
        } else {
            right += 1;
        }
        far = before.min(after);
    }
    far
}

/// How many of `sorted` are at most `radius` from `value`.
fn within(sorted: &[f64], value: f64, radius: f64) -> usize {
    // By differences: `value + radius` may round to a neighbour that is farther.
    sorted.partition_point(|other| *other - value <= radius) - sorted.partition_point(|other| value - *other > radius)
}

/// ψ(x) for x > 0: recurrence up to 10, then the asymptotic series.
fn digamma(mut x: f64) -> f64 {
    let mut result = 0.0;
    while x < 10.0 {
        result -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    result + libm::log(x)
        - 0.5 / x
        - square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square * (1.0 / 240.0 - square / 132.0))))
}
