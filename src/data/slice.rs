//! `Slice`: a plane through rows of more than two columns, so that a map can show them.
//!
//! Along two columns, with all others at the median of the training rows (words: at the most frequent); or along the first two principal components of the
//! columns of numbers, each scaled to standard deviation 1.

use super::prepare::Ready;
use super::prepare::columns::Columns;
use super::prepare::scale::{Scale, quantile};
use super::prepare::score::Score;
use super::prepare::step::pca::{self, Components};
use super::table::Kind;
use super::{Shape, Table};
use crate::math::statistics;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows from which the plane is found.
const ROWS: usize = 5000;

/// Which plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Axes {
    /// Two columns of numbers.
    Columns([usize; 2]),
    /// The first two principal components.
    Components,
}

/// A plane in the space of raw rows.
#[derive(Clone, Debug)]
pub struct Slice {
    pub axes: Axes,
    /// What a place (0, 0) is.
    origin: Vec<f32>,
    /// How a row changes along each axis, sparse: (column, change).
    along: [Vec<(usize, f64)>; 2],
    /// Place of a row along each axis: Σ (value − middle)·weight.
    weights: [Vec<(usize, f64, f64)>; 2],
    /// Share of the variance along each component; empty for columns.
    pub explained: Vec<f64>,
}

impl Slice {
    /// The plane that is asked for, or the two columns that tell most about the target; none where rows are not loose numbers, or have less than three
    /// columns.
    pub fn of(ready: &Ready, axes: Option<Axes>) -> Option<Slice> {
        let table = &*ready.table;
        let numbers: Vec<usize> = (0..table.columns.len()).filter(|&at| table.kinds[at] == Kind::Number).collect();
        if !matches!(table.shape, Shape::Flat { .. }) || table.columns.len() < 3 || numbers.len() < 2 {
            return None;
        }
        let step = ready.parts.train.len().div_ceil(ROWS).max(1);
        let rows: Vec<usize> = ready.parts.train.iter().step_by(step).copied().collect();
        let axes = match axes {
            Some(Axes::Columns(columns)) if columns.iter().all(|at| numbers.contains(at)) && columns[0] != columns[1] => {
                Axes::Columns(columns)
            }
            Some(Axes::Components) if numbers.len() <= pca::MOST => Axes::Components,
            _ => Axes::Columns(telling(table, &rows, &numbers)),
        };
        let origin: Vec<f32> = (0..table.columns.len()).map(|at| middle(table, &rows, at)).collect();
        Some(match axes {
            Axes::Columns(columns) => Slice {
                axes,
                origin: (0..origin.len()).map(|at| if columns.contains(&at) { 0.0 } else { origin[at] }).collect(),
                along: columns.map(|at| vec![(at, 1.0)]),
                weights: columns.map(|at| vec![(at, 0.0, 1.0)]),
                explained: Vec::new(),
            },
            Axes::Components => components(table, &rows, &numbers, origin)?,
        })
    }

    /// Where a raw row lies.
    pub fn place(&self, row: &[f32]) -> [f32; 2] {
        let along = |weights: &Vec<(usize, f64, f64)>| {
            weights.iter().map(|(at, middle, weight)| (f64::from(row[*at]) - middle) * weight).sum::<f64>() as f32
        };
        [along(&self.weights[0]), along(&self.weights[1])]
    }

    /// The raw row at a place of the plane; `row` has a number for each column.
    pub fn row(&self, place: [f32; 2], row: &mut [f32]) {
        row.copy_from_slice(&self.origin);
        for (along, step) in self.along.iter().zip(place) {
            along.iter().for_each(|(at, change)| row[*at] += (f64::from(step) * change) as f32);
        }
    }

    /// Names of the axes.
    pub fn names(&self, table: &Table) -> [String; 2] {
        match self.axes {
            Axes::Columns(columns) => columns.map(|at| table.columns[at].clone()),
            Axes::Components => ["PC1".into(), "PC2".into()],
        }
    }
}

/// The two columns with the largest F, in the order of the table.
fn telling(table: &Table, rows: &[usize], numbers: &[usize]) -> [usize; 2] {
    let targets: Vec<f32> = rows.iter().map(|&row| table.targets[row]).collect();
    let score = |at: usize| {
        let values: Vec<f64> = rows.iter().map(|&row| f64::from(table.inputs[(row, at)])).collect();
        let score = Score::AnovaF.of(&values, &targets, &table.task);
        if score.is_nan() { -1.0 } else { score }
    };
    let order = statistics::order(&numbers.iter().map(|&at| -score(at)).collect::<Vec<_>>());
    let (first, second) = (numbers[order[0]], numbers[order[1]]);
    [first.min(second), first.max(second)]
}

fn middle(table: &Table, rows: &[usize], at: usize) -> f32 {
    let mut values: Vec<f64> = rows.iter().map(|&row| f64::from(table.inputs[(row, at)])).collect();
    statistics::sort(&mut values);
    match table.kinds[at] {
        Kind::Number => quantile(&values, 0.5) as f32,
        Kind::Words(_) => values.chunk_by(|a, b| a == b).max_by_key(|same| same.len()).map_or(0.0, |same| same[0] as f32),
    }
}

/// None where rows are not finite: then there is no plane through them.
fn components(table: &Table, rows: &[usize], numbers: &[usize], mut origin: Vec<f32>) -> Option<Slice> {
    let (mut columns, mut scales) = (Columns::default(), Vec::new());
    for &at in numbers {
        let values: Vec<f64> = rows.iter().map(|&row| f64::from(table.inputs[(row, at)])).collect();
        let scale = Scale::Standard.fit(&values);
        columns.push(String::new(), values.iter().map(|value| scale.apply(*value)).collect());
        origin[at] = scale.offset as f32;
        scales.push(scale);
    }
    let found = Components::of(&columns, 2).ok()?;
    let each = |axis: usize| found.directions.get(axis).into_iter().flatten().zip(numbers).zip(&scales);
    let along = [0, 1].map(|axis| each(axis).map(|((part, &at), scale)| (at, part * scale.divisor)).collect());
    let weights = [0, 1].map(|axis| each(axis).map(|((part, &at), scale)| (at, scale.offset, part / scale.divisor)).collect());
    let explained = found.variances.iter().map(|variance| if found.total > 0.0 { variance / found.total } else { 0.0 }).collect();
    Some(Slice { axes: Axes::Components, origin, along, weights, explained })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::prepare::Prepare;
    use crate::data::split::Split;
    use crate::data::{Data, NoFiles};
    use std::sync::Arc;

    fn iris() -> Ready {
        let table = Data::iris(Default::default()).part().load(0, &NoFiles).unwrap();
        Prepare::default().ready(&Arc::new(table), &Split::default(), 0).unwrap()
    }

    #[test]
    fn the_telling_columns_are_shown_and_others_stay_at_their_median() {
        let ready = iris();
        let slice = Slice::of(&ready, None).unwrap();
        assert_eq!(slice.axes, Axes::Columns([2, 3]), "the petals");
        let mut row = vec![0.0; 4];
        slice.row([4.5, 1.25], &mut row);
        assert_eq!(row[2..], [4.5, 1.25]);
        assert!((row[0] - 5.8).abs() < 0.2 && (row[1] - 3.0).abs() < 0.2, "{row:?}");
        assert_eq!(slice.place(&[9.0, 9.0, 4.5, 1.25]), [4.5, 1.25]);
        for nonsense in [Axes::Columns([1, 1]), Axes::Columns([0, 9])] {
            assert_eq!(Slice::of(&ready, Some(nonsense)).unwrap().axes, slice.axes);
        }
    }

    #[test]
    fn a_place_among_components_is_that_of_its_row() {
        let ready = iris();
        let slice = Slice::of(&ready, Some(Axes::Components)).unwrap();
        let mut row = vec![0.0; 4];
        for place in [[0.0, 0.0], [1.5, -0.5], [-2.0, 1.0]] {
            slice.row(place, &mut row);
            let back = slice.place(&row);
            assert!((back[0] - place[0]).abs() < 1e-4 && (back[1] - place[1]).abs() < 1e-4, "{back:?} where {place:?} is due");
        }
        // PCA(2).fit(StandardScaler().fit_transform(load_iris().data)).explained_variance_ratio_: 0.73, 0.229 of all rows.
        assert!((slice.explained[0] - 0.73).abs() < 0.03 && (slice.explained[1] - 0.229).abs() < 0.03, "{:?}", slice.explained);
    }

    #[test]
    fn points_images_and_single_columns_need_no_slice() {
        for data in Data::all().into_iter().filter(|data| ["spiral", "curve", "shapes", "tokens"].contains(&data.name())) {
            let table = data.part().load(0, &NoFiles).unwrap();
            let ready = Prepare::default().ready(&Arc::new(table), &Split::default(), 0).unwrap();
            assert!(Slice::of(&ready, None).is_none(), "{}", data.name());
        }
    }
}
