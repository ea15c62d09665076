//! Rows in the order of each feature. They are sorted once; a split divides every order in two and keeps it sorted on both sides (SPRINT, Shafer et al. 1996;
//! XGBoost's exact builder and scikit-learn's presorting did the same), so that a level of a tree costs O(features · rows) and no node sorts again.

use super::node::{Node, Split};
use ndarray::ArrayView2;
use std::ops::Range;

/// A row where it stands in the order of a feature, with what it has there: orders are read from one end to the other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    pub value: f32,
    pub row: u32,
}

/// Every feature's rows in ascending order; equal values in the order of their rows.
pub struct Sorted {
    features: Vec<Vec<Cell>>,
    rows: usize,
}

impl Sorted {
    /// O(features · n log n).
    pub fn of(inputs: ArrayView2<f32>) -> Self {
        let mut keys = Vec::new();
        let features = inputs.columns().into_iter().map(|column| {
            keys.clear();
            // One whole number a row sorts three times as fast as comparing values, then rows.
            keys.extend(column.iter().zip(0_u32..).map(|(value, row)| u64::from(ascending(*value)) << 32 | u64::from(row)));
            keys.sort_unstable();
            keys.iter().map(|&key| key as u32).map(|row| Cell { value: column[row as usize], row }).collect()
        });
        Sorted { features: features.collect(), rows: inputs.nrows() }
    }
}

/// A whole number that orders values as `f32::total_cmp` does.
fn ascending(value: f32) -> u32 {
    let bits = value.to_bits();
    bits ^ if bits >> 31 == 1 { u32::MAX } else { 1 << 31 }
}

/// The orders of one tree in growth, in which the rows of a node stand together: its span, the same in every order.
pub struct Columns {
    /// Rows of each node in ascending order.
    rows: Vec<u32>,
    features: Vec<Vec<Cell>>,
    /// Where the rows of each node of the tree stand, by node.
    spans: Vec<Range<usize>>,
    /// Which rows go left, while a node is divided.
    left: Vec<bool>,
    spare: Vec<Cell>,
    spare_rows: Vec<u32>,
}

impl Columns {
    /// The orders of all rows.
    pub fn whole(sorted: Sorted) -> Self {
        let rows = sorted.rows;
        Columns {
            rows: (0..rows as u32).collect(),
            features: sorted.features,
            spans: std::iter::once(0..rows).collect(),
            left: vec![false; rows],
            spare: vec![Cell::default(); rows],
            spare_rows: vec![0; rows],
        }
    }

    /// The orders of those rows that count something; what another tree has left behind is used again.
    pub fn counted(sorted: &Sorted, weights: &[f64], before: Option<Self>) -> Self {
        let counts = |row: u32| weights.is_empty() || weights[row as usize] > 0.0;
        let mut columns = before.unwrap_or(Columns {
            rows: Vec::new(),
            features: vec![Vec::new(); sorted.features.len()],
            spans: Vec::new(),
            left: vec![false; sorted.rows],
            spare: vec![Cell::default(); sorted.rows],
            spare_rows: vec![0; sorted.rows],
        });
        columns.rows.clear();
        columns.rows.extend((0..sorted.rows as u32).filter(|&row| counts(row)));
        let all = columns.rows.len() == sorted.rows;
        for (to, from) in columns.features.iter_mut().zip(&sorted.features) {
            to.clear();
            if all {
                to.extend_from_slice(from);
            } else {
                to.extend(from.iter().filter(|cell| counts(cell.row)));
            }
        }
        columns.spans.clear();
        columns.spans.push(0..columns.rows.len());
        columns
    }

    /// How many features there are.
    pub fn width(&self) -> usize {
        self.features.len()
    }

    /// The rows of a node, in ascending order.
    pub fn rows(&self, node: usize) -> &[u32] {
        &self.rows[self.spans[node].clone()]
    }

    /// The rows of a node in the order of a feature.
    pub fn sorted(&self, node: usize, feature: usize) -> &[Cell] {
        &self.features[feature][self.spans[node].clone()]
    }

    /// Divides the rows of a node; its children are the next two nodes. Their orders are those of before until [`Columns::order`] is called, which
    /// need not be where neither is searched.
    pub fn divide(&mut self, node: usize, split: &Split) {
        let span = self.spans[node].clone();
        let cells = &self.features[split.feature][span.clone()];
        cells.iter().for_each(|cell| self.left[cell.row as usize] = split.goes_left(cell.value));
        let left = &self.left;
        let middle = span.start + part(&mut self.rows[span.clone()], &mut self.spare_rows, |row| left[*row as usize]);
        self.spans.push(span.start..middle);
        self.spans.push(middle..span.end);
    }

    /// Divides the orders of the node that was divided last.
    pub fn order(&mut self, node: usize, split: &Split) {
        let (span, left) = (self.spans[node].clone(), &self.left);
        for (_, cells) in self.features.iter_mut().enumerate().filter(|(feature, _)| *feature != split.feature) {
            part(&mut cells[span.clone()], &mut self.spare, |cell| left[cell.row as usize]);
        }
    }

    /// Divides all rows as a tree that has grown so far did.
    pub fn follow<V>(&mut self, nodes: &[Node<V>]) {
        // In the order in which they were split, which is that of their children.
        let mut split: Vec<usize> = (0..nodes.len()).filter(|&node| nodes[node].split.is_some()).collect();
        split.sort_unstable_by_key(|&node| nodes[node].children[0]);
        for node in split {
            let split = nodes[node].split.expect("filtered");
            self.divide(node, &split);
            self.order(node, &split);
        }
    }
}

/// Brings what goes left before what goes right, both in the order that they had; returns how many go left.
fn part<T: Copy>(items: &mut [T], spare: &mut [T], goes_left: impl Fn(&T) -> bool) -> usize {
    let (mut left, mut right) = (0, 0);
    let spare = &mut spare[..items.len()];
    for at in 0..items.len() {
        // Both places are written and one of them counts: which way a row goes cannot be foretold, so that a branch would cost more.
        let item = items[at];
        let goes = goes_left(&item);
        items[left] = item;
        spare[right] = item;
        left += usize::from(goes);
        right += usize::from(!goes);
    }
    items[left..].copy_from_slice(&spare[..right]);
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn split(feature: usize, threshold: f64) -> Split {
        Split { feature, threshold, gain: 1.0 }
    }

    #[test]
    fn orders_are_those_of_total_cmp_and_equal_values_keep_the_order_of_rows() {
        let values = [3.0, -1.0, 0.0, -0.0, 3.0, f32::MIN, 1e-40, -1e-40, f32::MAX, -1.0];
        let inputs = ArrayView2::from_shape((values.len(), 1), &values).unwrap();
        let sorted = Sorted::of(inputs);
        let mut expected: Vec<u32> = (0..values.len() as u32).collect();
        expected.sort_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]));
        assert_eq!(sorted.features[0].iter().map(|cell| cell.row).collect::<Vec<_>>(), expected);
        assert!(sorted.features[0].iter().all(|cell| cell.value.to_bits() == values[cell.row as usize].to_bits()));
    }

    #[test]
    fn a_split_keeps_every_order_and_rows_that_count_nothing_are_left_out() {
        let inputs = array![[5.0_f32, 1.0], [1.0, 2.0], [4.0, 3.0], [2.0, 4.0], [3.0, 5.0]];
        let sorted = Sorted::of(inputs.view());
        let mut columns = Columns::counted(&sorted, &[1.0, 1.0, 0.0, 0.5, 1.0], None);
        assert_eq!(columns.rows(0), [0, 1, 3, 4]);
        columns.divide(0, &split(0, 2.5));
        columns.order(0, &split(0, 2.5));
        let order = |columns: &Columns, node, feature| columns.sorted(node, feature).iter().map(|cell| cell.row).collect::<Vec<_>>();
        assert_eq!((columns.rows(1), columns.rows(2)), (&[1, 3][..], &[0, 4][..]));
        assert_eq!((order(&columns, 1, 0), order(&columns, 2, 0)), (vec![1, 3], vec![4, 0]));
        assert_eq!((order(&columns, 1, 1), order(&columns, 2, 1)), (vec![1, 3], vec![0, 4]));
        // The room of a tree serves the next one.
        let again = Columns::counted(&sorted, &[], Some(columns));
        assert_eq!((again.rows(0), order(&again, 0, 0)), (&[0, 1, 2, 3, 4][..], vec![1, 3, 4, 2, 0]));
    }
}
