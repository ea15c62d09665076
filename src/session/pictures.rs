//! Pictures of what a run answers: maps on a grid of a plane, and the rows that are shown on it.

use super::Session;
use crate::data::slice::{Axes, Slice};
use crate::data::{Shape, Task};
use crate::math::random;
use ndarray::Array2;

/// Cells along an edge of a unit's own map.
pub const UNIT_MAP: usize = 32;

/// Images and sequences that are shown at most: what a model makes of one costs more than of a point.
const FEW: usize = 512;
/// Numbers that they have at most, together.
const NUMBERS: usize = 1 << 18;

/// A rectangle of raw input space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub x: [f32; 2],
    pub y: [f32; 2],
}

impl Session {
    /// Chooses the plane on which rows of more than two columns are shown; see [`Slice::of`].
    pub fn look(&mut self, axes: Option<Axes>) {
        let Some(run) = self.runs.first() else { return };
        if self.slice.as_ref().is_none_or(|(asked, _)| *asked != axes) {
            self.slice = Some((axes, Slice::of(run.ready(), axes)));
        }
    }

    /// The plane on which rows of more than two columns are shown, if they are.
    pub fn slice(&self) -> Option<&Slice> {
        self.slice.as_ref().and_then(|(_, slice)| slice.as_ref())
    }

    /// The rectangle that a run's map shows: its points and a little room around them.
    pub fn range(&self, run: usize) -> Range {
        let table = self.runs[run].table();
        if let Some(slice) = self.slice() {
            let mut bounds = [[f32::INFINITY, f32::NEG_INFINITY]; 2];
            for row in table.inputs.rows() {
                let place = slice.place(row.as_slice().expect("row-major"));
                bounds.iter_mut().zip(place).for_each(|([low, high], at)| (*low, *high) = (low.min(at), high.max(at)));
            }
            let [x, y] = bounds.map(|[low, high]| {
                let room = ((high - low) * 0.08).max(1e-3);
                [low - room, high + room]
            });
            return Range { x, y };
        }
        if let Some(frame) = self.runs[run].experiment().data.part().frame() {
            return Range { x: frame, y: frame };
        }
        let column = |at: usize| {
            if at >= table.inputs.ncols() {
                return [-1.0, 1.0];
            }
            let (low, high) = table
                .inputs
                .column(at)
                .iter()
                .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &value| (low.min(value), high.max(value)));
            let room = ((high - low) * 0.08).max(1e-3);
            [low - room, high + room]
        };
        Range { x: column(0), y: column(1) }
    }

    /// Predictions on a grid: two columns give `[side × side × outputs]`, top row first; one column `[side × outputs]`; more columns nothing.
    pub fn map(&self, run: usize, side: usize, range: Range, out: &mut Vec<f32>) -> bool {
        let Some(grid) = self.grid(run, side, range) else { return false };
        self.runs[run].predict(grid.view(), out);
        true
    }

    /// The own maps of the first `most` units of every layer, `[units][UNIT_MAP²]` (`[units][UNIT_MAP]` for one column), inputs first.
    pub fn unit_maps(&self, run: usize, most: usize, range: Range, out: &mut Vec<f32>) -> bool {
        let Some(grid) = self.grid(run, UNIT_MAP, range) else { return false };
        self.runs[run].units(grid.view(), most, out);
        !out.is_empty()
    }

    /// The map of one unit on a grid as [`Session::map`]'s; false where there is none.
    pub fn unit_map(&self, run: usize, layer: usize, unit: usize, side: usize, range: Range, out: &mut Vec<f32>) -> bool {
        let Some(grid) = self.grid(run, side, range) else { return false };
        self.runs[run].unit(grid.view(), layer, unit, out)
    }

    /// The node of a tree in which each cell of [`Session::map`]'s grid ends; empty for learners without nodes.
    pub fn leaf_map(&self, run: usize, side: usize, range: Range, out: &mut Vec<u32>) {
        out.clear();
        if let Some(grid) = self.grid(run, side, range) {
            self.runs[run].leaves(grid.view(), out);
        }
    }

    /// Which rows are shown where at most `most` points are (fewer of images and sequences): all, or some from everywhere. Rows in time are
    /// evenly spaced; others are drawn from even stretches, because every second row may be of the same class.
    pub fn shown(&self, run: usize, most: usize) -> Vec<usize> {
        let table = self.runs[run].table();
        let rows = table.rows();
        let most = match table.shape {
            Shape::Flat { .. } => most,
            shape => most.min(FEW).min(NUMBERS / shape.units()),
        };
        if rows <= most {
            return (0..rows).collect();
        }
        let mut stream = random::stream(0, "shown");
        let mut within = |stretch: usize| if table.ordered { 0 } else { random::below(&mut stream, stretch) };
        (0..most).map(|at| at * rows / most + within((at + 1) * rows / most - at * rows / most)).collect()
    }

    /// Predictions of the shown rows, `[rows × outputs]`.
    pub fn predictions(&self, run: usize, most: usize, out: &mut Vec<f32>) {
        self.runs[run].predict_rows(&self.shown(run, most), out);
    }

    fn grid(&self, run: usize, side: usize, range: Range) -> Option<Array2<f32>> {
        let at = |[low, high]: [f32; 2], step: usize| low + (high - low) * (step as f32 + 0.5) / side as f32;
        if let Some(slice) = self.slice() {
            let mut grid = Array2::zeros((side * side, self.runs[run].table().columns.len()));
            for (row, mut to) in grid.rows_mut().into_iter().enumerate() {
                slice.row([at(range.x, row % side), at(range.y, side - 1 - row / side)], to.as_slice_mut().expect("row-major"));
            }
            return Some(grid);
        }
        match self.runs[run].table().inputs.ncols() {
            1 => Some(Array2::from_shape_fn((side, 1), |(row, _)| at(range.x, row))),
            2 => Some(Array2::from_shape_fn((side * side, 2), |(row, column)| match column {
                0 => at(range.x, row % side),
                _ => at(range.y, side - 1 - row / side),
            })),
            _ => None,
        }
    }

    /// Class names, none for numbers.
    pub fn classes(&self, run: usize) -> &[String] {
        match &self.runs[run].table().task {
            Task::Classification(classes) => classes,
            Task::Regression => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::open;
    use super::*;

    #[test]
    fn a_map_of_many_columns_is_a_plane_through_them() {
        let mut session = Session::default();
        session.open(r#"{"data": "wine", "prepare": {"scale": "standard"}}"#).unwrap();
        let (mut map, range) = (Vec::new(), session.range(0));
        assert!(!session.map(0, 8, range, &mut map), "nothing was chosen yet");
        session.look(None);
        let range = session.range(0);
        assert!(session.map(0, 8, range, &mut map));
        assert_eq!(map.len(), 8 * 8 * 3);
        let one = map.clone();
        session.look(Some(Axes::Components));
        let range = session.range(0);
        assert!(session.map(0, 8, range, &mut map) && map != one);
        session.open("{}").unwrap();
        session.look(Some(Axes::Components));
        assert!(session.slice().is_none(), "two columns are a plane");
    }

    #[test]
    fn some_of_many_rows_are_of_every_class_and_from_everywhere() {
        for (json, most, expected) in [
            (r#"{"data": {"blobs": {"samples": 4000}}}"#, 2000, 2000),
            (r#"{"data": {"blobs": {"samples": 300}}}"#, 2000, 300),
            (r#"{"data": {"signals": {"samples": 4096}}}"#, 2000, FEW),
            (r#"{"data": {"shapes": {"samples": 2000, "side": 28}}}"#, 2000, NUMBERS / 784),
            (r#"{"data": {"series": {"samples": 2000}}}"#, 2000, FEW),
        ] {
            let session = open(json);
            let (shown, table) = (session.shown(0, most), session.runs()[0].table());
            assert_eq!(shown.len(), expected, "{json}");
            assert!(shown.is_sorted_by(|a, b| a < b) && shown[0] < 10 && *shown.last().unwrap() >= table.rows() - 10, "{json}");
            for class in 0..session.classes(0).len() {
                let count = shown.iter().filter(|&&row| table.targets[row] == class as f32).count();
                let due = expected / session.classes(0).len();
                assert!(count.abs_diff(due) < due / 2, "{json}: {count} of class {class}");
            }
            let gaps: Vec<usize> = shown.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(!table.ordered || gaps.iter().max().unwrap() - gaps.iter().min().unwrap() <= 1, "{json}: even steps in time");
        }
    }
}
