//! Principal components: the directions in which training rows differ most. scikit-learn's `PCA`, its signs included (the largest part of a direction is
//! positive).

use super::{Columns, Fitted, Training, Transform};
use crate::config::{Message, counted};
use crate::math::eigen::{self, Unsolved};
use crate::math::statistics;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most features that it takes apart.
pub const MOST: usize = 1024;

/// Principal components | 主成分（PCA）
///
/// Replaces the features by the few directions in which samples vary most. | 用样本方差最大的几个方向代替原有特征。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "pca"))]
pub struct Pca {
    /// Components | 成分数
    ///
    /// How many directions to keep. | 保留几个方向。
    #[schemars(range(min = 1, max = 64), extend("x-term" = "pca"))]
    pub components: usize,
    /// Whiten | 白化
    ///
    /// Makes every component as wide as the others. | 使各成分的宽度相同。
    #[schemars(extend("x-term" = "pca"))]
    pub whiten: bool,
}

impl Default for Pca {
    fn default() -> Self {
        Pca { components: 2, whiten: false }
    }
}

/// Directions of the training rows, longest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    pub means: Vec<f64>,
    /// `[components][columns]`, of length 1.
    pub directions: Vec<Vec<f64>>,
    /// Variance along each, over rows − 1.
    pub variances: Vec<f64>,
    /// Variance in all directions.
    pub total: f64,
}

impl Components {
    /// The first `count` components of rows, fewer where there are not so many. None where their covariances are no finite numbers.
    pub fn of(columns: &Columns, count: usize) -> Result<Components, Unsolved> {
        let (rows, width) = (columns.rows(), columns.width());
        let means: Vec<f64> = columns.values.iter().map(|values| statistics::mean(values)).collect();
        let centred: Vec<Vec<f64>> =
            columns.values.iter().zip(&means).map(|(values, mean)| values.iter().map(|value| value - mean).collect()).collect();
        let kept = count.min(width).min(rows);
        let share = rows.saturating_sub(1).max(1) as f64;
        let total = centred.iter().flatten().map(|value| value * value).sum::<f64>() / share;
        if rows < width
            && let Some((directions, variances)) = by_rows(&centred, kept, share)?
        {
            return Ok(Components { means, directions, variances, total });
        }
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / share;
        let (vectors, values) = eigenvectors(width, |a, b| dot(&centred[a], &centred[b]))?;
        let directions = vectors.chunks_exact(width.max(1)).take(kept).map(upright).collect();
        Ok(Components { means, directions, variances: values[..kept].iter().map(|value| value.max(0.0)).collect(), total })
    }

    /// Where a row lies along direction `at`.
    pub fn place(&self, at: usize, row: impl Iterator<Item = f64>) -> f64 {
        row.zip(&self.means).zip(&self.directions[at]).map(|((value, mean), part)| (value - mean) * part).sum()
    }
}

/// The matrix of so many rows, symmetric: its unit eigenvectors one after the other, largest eigenvalue first, and the eigenvalues.
fn eigenvectors(n: usize, at: impl Fn(usize, usize) -> f64) -> Result<(Vec<f64>, Vec<f64>), Unsolved> {
    let mut matrix = vec![0.0; n * n];
    for a in 0..n {
        for b in 0..=a {
            let value = at(a, b);
            (matrix[a * n + b], matrix[b * n + a]) = (value, value);
        }
    }
    let (mut vectors, mut values, mut work) = (vec![0.0; n * n], vec![0.0; n], vec![0.0; eigen::work(n)]);
    eigen::symmetric(&mut matrix, &mut vectors, &mut values, &mut work, n)?;
    Ok((vectors, values))
}

/// Directions, and the variance along each.
type Spread = (Vec<Vec<f64>>, Vec<f64>);

/// A variance of so small a share of the largest one is told too inexactly by products of rows.
const EXACT: f64 = 1e-8;

/// Directions and variances from the products of rows, of which there are fewer than columns: with `X Xᵀ u = λ u`, `Xᵀ u` is an eigenvector of `Xᵀ X` with the
/// same eigenvalue. None where one of those that are wanted is next to nothing.
fn by_rows(centred: &[Vec<f64>], kept: usize, share: f64) -> Result<Option<Spread>, Unsolved> {
    let rows = centred.first().map_or(0, Vec::len);
    let mut products = vec![0.0; rows * rows];
    for values in centred {
        for (a, line) in products.chunks_exact_mut(rows).enumerate() {
            line[..=a].iter_mut().zip(values).for_each(|(sum, value)| *sum += values[a] * value);
        }
    }
    let (vectors, values) = eigenvectors(rows, |a, b| products[a * rows + b] / share)?;
    if values.get(kept.wrapping_sub(1)).is_none_or(|&least| least.is_nan() || least <= EXACT * values[0]) {
        return Ok(None);
    }
    let direction = |(u, value): (&[f64], &f64)| {
        let length = (value * share).sqrt();
        let along: Vec<f64> = centred.iter().map(|values| values.iter().zip(u).map(|(x, u)| x * u).sum::<f64>() / length).collect();
        upright(&along)
    };
    let directions = vectors.chunks_exact(rows).zip(&values).take(kept).map(direction).collect();
    Ok(Some((directions, values[..kept].to_vec())))
}

fn upright(direction: &[f64]) -> Vec<f64> {
    let largest = direction.iter().copied().fold(0.0_f64, |largest, part| if part.abs() > largest.abs() { part } else { largest });
    direction.iter().map(|part| if largest < 0.0 { -part } else { *part }).collect()
}

#[derive(Debug)]
struct Projection {
    components: Components,
    whiten: bool,
}

impl Transform for Pca {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        let (rows, width, wanted) = (training.columns.rows(), training.columns.width(), self.components);
        let most = width.min(rows);
        if width > MOST {
            return Err(message!("takes at most {MOST} features, got {width}", "最多接受 {MOST} 个特征，实际为 {width} 个"));
        }
        if wanted > most {
            let (components, features) = (counted(wanted, "component", "components"), counted(width, "feature", "features"));
            let samples = counted(rows, "training sample", "training samples");
            return Err(message!(
                "cannot keep {components} of {features} and {samples}: at most {most}",
                "无法从 {width} 个特征、{rows} 个训练样本中保留 {wanted} 个成分：最多 {most} 个"
            ));
        }
        let components = Components::of(training.columns, wanted).map_err(|_| {
            message!(
                "cannot find directions: some features are so large that their variances are not finite; put “Scale” before it",
                "无法求出方向：有些特征太大，方差不再是有限数；请在它之前加入“缩放”"
            )
        })?;
        Ok(Arc::new(Projection { components, whiten: self.whiten }))
    }
}

impl Fitted for Projection {
    fn apply(&self, columns: Columns) -> Columns {
        let Components { means, directions, variances, .. } = &self.components;
        let mut projected = Columns::default();
        for (at, (direction, variance)) in directions.iter().zip(variances).enumerate() {
            let mut places = vec![0.0; columns.rows()];
            for ((values, mean), part) in columns.values.iter().zip(means).zip(direction) {
                places.iter_mut().zip(values).for_each(|(place, value)| *place += part * (value - mean));
            }
            if self.whiten && *variance > 0.0 {
                places.iter_mut().for_each(|place| *place /= variance.sqrt());
            }
            projected.push(format!("PC{}", at + 1), places);
        }
        projected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four columns, their products of two and three, columns that repeat, and empty ones: 109 columns of rank 32.
    fn dependent() -> Columns {
        let base =
            |c: usize| (0..60).map(move |r: usize| libm::sin(1.7 * (4 * r + c) as f64) + 0.3 * libm::cos(0.9 * c as f64 * (r + 1) as f64));
        let base: Vec<Vec<f64>> = (0..4).map(|c| base(c).collect()).collect();
        let times = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a * b).collect() };
        let mut all = base.clone();
        for i in 0..4 {
            (i..4).for_each(|j| all.push(times(&base[i], &base[j])));
        }
        for i in 0..4 {
            for j in i..4 {
                (j..4).for_each(|k| all.push(times(&times(&base[i], &base[j]), &base[k])));
            }
        }
        let again: Vec<Vec<f64>> = all[..20].to_vec();
        let doubled = all[5..30].iter().map(|column| column.iter().map(|value| 2.0 * value).collect()).collect::<Vec<_>>();
        all.extend(again.into_iter().chain(doubled).chain(vec![vec![0.0; 60]; 30]));
        let mut columns = Columns::default();
        all.into_iter().for_each(|values| columns.push(String::new(), values));
        columns
    }

    #[test]
    fn columns_that_depend_on_one_another_have_scikit_learns_components() {
        let columns = dependent();
        assert_eq!(columns.width(), 109);
        let found = Components::of(&columns, 3).expect("finite");
        // `PCA(3, svd_solver="full")` of scikit-learn 1.9.1, on these columns as `PolynomialFeatures(3)` and `numpy.hstack` make them.
        let rows = [(0, [-4.84342109, 4.62951735, 5.29483164]), (59, [-3.07340475, -0.52857553, -0.71980059])];
        for (row, expected) in rows {
            for (at, expected) in expected.into_iter().enumerate() {
                let place = found.place(at, columns.values.iter().map(|values| values[row]));
                assert!((place - expected).abs() < 1e-7, "row {row}, component {at}: {place} {expected}");
            }
        }
        for (got, expected) in found.variances.iter().zip([14.47687368, 9.76945603, 5.0451179]) {
            assert!((got - expected).abs() < 1e-7, "{got} {expected}");
        }
        assert!((found.variances[0] / found.total - 0.36498338).abs() < 1e-7);
    }

    #[test]
    fn rows_and_columns_tell_the_same_components() {
        let columns = dependent();
        let centred: Vec<Vec<f64>> = columns
            .values
            .iter()
            .map(|values| {
                let mean = statistics::mean(values);
                values.iter().map(|value| value - mean).collect()
            })
            .collect();
        let share = 59.0;
        let (directions, variances) = by_rows(&centred, 6, share).expect("finite").expect("six of the rank 32");
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / share;
        let (vectors, values) = eigenvectors(109, |a, b| dot(&centred[a], &centred[b])).expect("finite");
        for at in 0..6 {
            assert!((variances[at] - values[at]).abs() < 1e-9 * values[0], "{at}");
            let whole = upright(&vectors[at * 109..][..109]);
            directions[at].iter().zip(&whole).for_each(|(a, b)| assert!((a - b).abs() < 1e-7, "{at}: {a} {b}"));
        }
        // More than the rank: the columns have to be asked.
        assert!(by_rows(&centred, 40, share).expect("finite").is_none());
    }

    #[test]
    fn numbers_whose_variance_is_not_finite_have_no_components() {
        let mut columns = Columns::default();
        columns.push("a".into(), vec![1e200, -1e200, 0.0]);
        columns.push("b".into(), vec![1.0, 2.0, 3.0]);
        assert_eq!(Components::of(&columns, 2), Err(Unsolved::NotFinite));
    }
}
