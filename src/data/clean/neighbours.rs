//! The training rows that are most alike in the numbers that both rows have: scikit-learn's `nan_euclidean_distances`, Σ (a − b)² over the columns of both,
//! times all columns over those. Rows that lack the same columns are a group; a row is searched in each group by the columns that it shares with it, so
//! that gaps, too, are searched in trees. Of many columns there would be too many groups, and every row is looked at.

use super::Mend;
use super::impute::average;
use crate::data::Table;
use crate::math::kdtree::{KdTree, Nearest, Stretch};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Columns of numbers beyond which there are no groups: a word of bits says which columns a row has.
const MOST: usize = 12;
/// Groups beyond which there are none.
const GROUPS: usize = 64;

/// A group's trees, by the columns that they are over.
type Trees = BTreeMap<u32, Arc<KdTree>>;

/// Rows that lack the same columns.
#[derive(Debug)]
struct Group {
    /// Bit c: it has column c of the numbers.
    has: u32,
    rows: Vec<u32>,
    trees: Mutex<Trees>,
}

/// What fills gaps from training rows.
#[derive(Debug)]
pub(super) struct Neighbours {
    count: usize,
    /// Which columns are numbers: only they tell distances.
    numbers: Vec<usize>,
    /// `[rows][numbers]`.
    rows: Vec<f32>,
    /// The same in 64 bits, to fill in.
    exact: Vec<f64>,
    /// Empty where there would be too many.
    groups: Vec<Group>,
    /// What is put in where no row is comparable, and for words.
    values: Vec<f64>,
}

impl Neighbours {
    /// Learns all rows of a training table; `values` has one number a column.
    pub(super) fn new(training: &Table, numbers: Vec<usize>, count: usize, values: Vec<f64>) -> Self {
        let width = numbers.len();
        let exact: Vec<f64> = (0..training.rows()).flat_map(|row| numbers.iter().map(move |&at| training.value(row, at))).collect();
        let rows: Vec<f32> = exact.iter().map(|&value| value as f32).collect();
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        if (1..=MOST).contains(&width) {
            for (row, values) in rows.chunks_exact(width).enumerate() {
                groups.entry(present(values)).or_default().push(row as u32);
            }
        }
        let few = groups.len() <= GROUPS;
        let of = |(has, rows)| Group { has, rows, trees: Mutex::default() };
        let groups = if few { groups.into_iter().map(of).collect() } else { Vec::new() };
        Neighbours { count, numbers, rows, exact, groups, values }
    }

    /// The rows nearest to `row` (its numbers alone) that have column `wanted`; `distances` are those of all rows where there are no groups.
    fn donors(&self, row: &[f32], distances: &[f64], wanted: usize, nearest: &mut Nearest) {
        let width = self.numbers.len();
        nearest.clear(self.count);
        for (at, distance) in distances.iter().enumerate() {
            if !distance.is_nan() && !self.rows[at * width + wanted].is_nan() {
                nearest.offer(*distance, at as u32);
            }
        }
        if self.groups.is_empty() {
            return;
        }
        let has = present(row);
        for group in self.groups.iter().filter(|group| group.has & (1 << wanted) != 0 && group.has & has != 0) {
            let shared = group.has & has;
            let tree = group.trees.lock().expect("nothing panics in it").entry(shared).or_insert_with(|| self.tree(group, shared)).clone();
            let from: Vec<f32> = bits(shared).map(|at| row[at]).collect();
            let stretch = Stretch { all: width as f64, present: from.len() as f64 };
            tree.search(&from, stretch, None, nearest);
        }
    }

    fn tree(&self, group: &Group, columns: u32) -> Arc<KdTree> {
        let width = self.numbers.len();
        let points: Vec<f32> =
            group.rows.iter().flat_map(|&row| bits(columns).map(move |at| self.rows[row as usize * width + at])).collect();
        Arc::new(KdTree::new(&points, columns.count_ones() as usize, group.rows.clone()))
    }
}

/// Which numbers are there.
fn present(values: &[f32]) -> u32 {
    values.iter().enumerate().fold(0, |bits, (at, value)| bits | (u32::from(!value.is_nan()) << at))
}

/// The places of bits that are set, ascending.
fn bits(of: u32) -> impl Iterator<Item = usize> {
    (0..MOST).filter(move |at| of & (1 << at) != 0)
}

/// Not a number where the rows have no column in common.
fn distance(row: &[f32], other: &[f32]) -> f64 {
    let (mut sum, mut both) = (0.0, 0.0);
    for (a, b) in row.iter().zip(other) {
        let step = f64::from(*b) - f64::from(*a);
        if !step.is_nan() {
            (sum, both) = (sum + step * step, both + 1.0);
        }
    }
    sum * row.len() as f64 / both
}

impl Mend for Neighbours {
    fn mend(&self, row: &mut [f64]) {
        if !row.iter().any(|value| value.is_nan()) {
            return;
        }
        let (own, mut nearest) = (self.numbers.iter().map(|&at| row[at] as f32).collect::<Vec<f32>>(), Nearest::default());
        let all = if self.groups.is_empty() { &self.rows[..] } else { &[] };
        let distances: Vec<f64> = all.chunks_exact(own.len().max(1)).map(|other| distance(&own, other)).collect();
        for (at, value) in row.iter_mut().enumerate().filter(|(_, value)| value.is_nan()) {
            *value = self.values[at];
            if let Ok(wanted) = self.numbers.binary_search(&at) {
                self.donors(&own, &distances, wanted, &mut nearest);
                let found = nearest.found().iter().map(|(_, row)| self.exact[*row as usize * self.numbers.len() + wanted]);
                let found: Vec<f64> = found.collect();
                if !found.is_empty() {
                    *value = average(&found);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Task;
    use crate::math::random;
    use ndarray::Array2;

    #[test]
    fn groups_and_trees_answer_as_looking_at_every_row() {
        let mut stream = random::stream(3, "gaps");
        for width in [1, 2, 3, 5] {
            let inputs = Array2::from_shape_fn((400, width), |_| {
                let value = (random::normal(&mut stream) * 4.0).round() / 4.0;
                if random::uniform(&mut stream, 0.0, 1.0) < 0.3 { f32::NAN } else { value }
            });
            let names = (0..width).map(|at| at.to_string()).collect();
            let table = Table::new(inputs, vec![0.0; 400], names, "t", Task::Regression);
            let of = || Neighbours::new(&table, (0..width).collect(), 5, vec![9.0; width]);
            let (grouped, plain) = (of(), Neighbours { groups: Vec::new(), ..of() });
            assert!(!grouped.groups.is_empty());
            for row in 0..400 {
                let before: Vec<f64> = (0..width).map(|at| table.value(row, at)).collect();
                let (mut ours, mut theirs) = (before.clone(), before);
                grouped.mend(&mut ours);
                plain.mend(&mut theirs);
                assert_eq!(ours, theirs, "row {row} of {width} columns");
            }
        }
    }
}
