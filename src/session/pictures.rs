//! Pictures of what a run answers: maps on a grid of a plane, and the rows that are shown on it.

use super::Session;
use crate::data::slice::{Axes, Slice};
use crate::data::{Shape, Task};
use crate::learn::{Answer, Mark, Place};
use crate::math::random;
use crate::train::Run;
use ndarray::{Array2, ArrayView2};

/// Cells along an edge of a unit's own map.
pub const UNIT_MAP: usize = 32;

/// Cells along an edge of a map at most.
pub const MOST_SIDE: usize = 512;

/// Rows that a network predicts at once.
const CHUNK: usize = 64;
/// Numbers of a map's rows that are made at once where only the answers are kept, and where what every unit makes of them is, too.
const WIDE: usize = 1 << 18;
const NARROW: usize = 1 << 9;

/// Images and sequences that are shown at most: what a model makes of one costs more than of a point.
const FEW: usize = 512;
/// Numbers that they have at most, together.
const NUMBERS: usize = 1 << 18;
/// Numbers that loose rows have at most, together, and rows that are shown in any case.
const FLAT: usize = 1 << 20;
const FEWEST: usize = 64;

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

    /// The rectangle that a run's map shows: its points and a little room around them; the unit square where there is no such run.
    pub fn range(&self, run: usize) -> Range {
        let Some(table) = self.runs.get(run).map(Run::table) else { return Range { x: [-1.0, 1.0], y: [-1.0, 1.0] } };
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

    /// Predictions on a grid: two columns give `[side × side × outputs]`, top row first; one column `[side × outputs]`; more columns nothing. At most
    /// [`MOST_SIDE`] cells stand along an edge.
    pub fn map(&self, run: usize, side: usize, range: Range, out: &mut Vec<f32>) -> bool {
        out.clear();
        let Some(grid) = self.grid(run, side, range) else { return false };
        let run = &self.runs[run];
        let mut part = Vec::new();
        grid.parts(WIDE, |cells| {
            run.predict(cells, &mut part);
            out.extend_from_slice(&part);
            true
        });
        shares(run.learner().answer(), out);
        true
    }

    /// The own maps of the first `most` units of every layer, `[units][UNIT_MAP²]` (`[units][UNIT_MAP]` for one column), inputs first.
    pub fn unit_maps(&self, run: usize, most: usize, range: Range, out: &mut Vec<f32>) -> bool {
        out.clear();
        let Some(grid) = self.grid(run, UNIT_MAP, range) else { return false };
        let (run, cells) = (&self.runs[run], grid.cells);
        let (mut part, mut done) = (Vec::new(), 0);
        grid.parts(NARROW, |inputs| {
            let count = inputs.nrows();
            run.units(inputs, most, &mut part);
            out.resize(part.len() / count * cells, 0.0);
            for (map, values) in out.chunks_exact_mut(cells).zip(part.chunks_exact(count)) {
                map[done..done + count].copy_from_slice(values);
            }
            done += count;
            true
        });
        !out.is_empty()
    }

    /// The map of one unit on a grid as [`Session::map`]'s; false where there is none.
    pub fn unit_map(&self, run: usize, layer: usize, unit: usize, side: usize, range: Range, out: &mut Vec<f32>) -> bool {
        out.clear();
        let Some(grid) = self.grid(run, side, range) else { return false };
        let (run, mut part, mut there) = (&self.runs[run], Vec::new(), false);
        grid.parts(NARROW, |cells| {
            there = run.unit(cells, layer, unit, &mut part);
            out.extend_from_slice(&part);
            there
        });
        there
    }

    /// The node of a tree in which each cell of [`Session::map`]'s grid ends; empty for learners without nodes.
    pub fn leaf_map(&self, run: usize, side: usize, range: Range, out: &mut Vec<u32>) {
        out.clear();
        let Some(grid) = self.grid(run, side, range) else { return };
        let (run, mut part) = (&self.runs[run], Vec::new());
        grid.parts(WIDE, |cells| {
            run.leaves(cells, &mut part);
            out.extend_from_slice(&part);
            !part.is_empty()
        });
    }

    /// Which rows are shown where at most `most` points are (fewer of images and sequences): all, or some from everywhere. Rows in time are
    /// evenly spaced; others are drawn from even stretches, because every second row may be of the same class.
    pub fn shown(&self, run: usize, most: usize) -> Vec<usize> {
        let Some(table) = self.runs.get(run).map(Run::table) else { return Vec::new() };
        let rows = table.rows();
        let most = match table.shape {
            Shape::Flat { units } => most.min((FLAT / units.max(1)).max(FEWEST)),
            shape => most.min(FEW).min((NUMBERS / shape.units().max(1)).max(1)),
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
        out.clear();
        let shown = self.shown(run, most);
        let Some(run) = self.runs.get(run) else { return };
        let mut part = Vec::new();
        for rows in shown.chunks(at_once(run.table().columns.len(), WIDE)) {
            run.predict_rows(rows, &mut part);
            out.extend_from_slice(&part);
        }
        shares(run.learner().answer(), out);
    }

    /// Where a learner's marks lie on the map of a run, and where those end that have an end; those that lie nowhere on it are left out.
    pub fn placed<'a>(&'a self, run: usize, marks: &'a [Mark]) -> impl Iterator<Item = (&'a Mark, [f32; 2], Option<[f32; 2]>)> {
        let (run, slice) = (self.runs.get(run), self.slice());
        let place = move |place: &Place| {
            let raw = run?.raw(place)?;
            match (slice, &raw[..]) {
                (Some(slice), _) => Some(slice.place(&raw)),
                (None, &[x, y]) => Some([x, y]),
                _ => None,
            }
        };
        marks.iter().filter_map(move |mark| Some((mark, place(&mark.at)?, mark.to.as_ref().and_then(place))))
    }

    /// Rows that a learner makes, `[rows][columns]` as the table has them, at most so many and the same in every frame: of rows that are seen as what they are,
    /// not as points, which are marks on the map. Nothing where it makes none, or where features are not made of single columns.
    pub fn samples(&self, run: usize, most: usize) -> Vec<f32> {
        let Some(run) = self.runs.get(run).filter(|run| !matches!(run.problem().shape, Shape::Flat { .. })) else { return Vec::new() };
        let Some(sampling) = run.learner().sampling() else { return Vec::new() };
        let made = sampling.sample(most, run.experiment().seed);
        let rows = made.chunks_exact(run.problem().features.len().max(1));
        rows.filter_map(|row| run.raw(&Place::Features(row.to_vec()))).flatten().collect()
    }

    fn grid(&self, run: usize, side: usize, range: Range) -> Option<Grid<'_>> {
        let (side, columns) = (side.min(MOST_SIDE), self.runs.get(run)?.table().columns.len());
        let slice = self.slice();
        let cells = match columns {
            1 => side,
            2 => side * side,
            _ if slice.is_some() => side * side,
            _ => return None,
        };
        (cells > 0).then_some(Grid { range, side, columns, cells, slice })
    }

    /// Class names, none for numbers.
    pub fn classes(&self, run: usize) -> &[String] {
        match self.runs.get(run).map(|run| &run.table().task) {
            Some(Task::Classification(classes)) => classes,
            Some(Task::Regression | Task::Clustering) | None => &[],
        }
    }
}

/// Scores as shares that can be drawn as probabilities are: of two classes, whose scores are as far above 0 as below, 0.9 where the score is 1, on the
/// margin of a support vector machine, so that the lines of a map at 0.1 and 0.9 are its margins; of more, the softmax at the same scale.
fn shares(answer: Answer, values: &mut [f32]) {
    let Answer::Scores { classes } = answer else { return };
    let scale = LN_9 / if classes == 2 { 2.0 } else { 1.0 };
    for row in values.chunks_exact_mut(classes) {
        let most = row.iter().fold(f32::NEG_INFINITY, |most, &score| most.max(score));
        row.iter_mut().for_each(|score| *score = libm::expf(scale * (*score - most)));
        let sum: f32 = row.iter().sum();
        row.iter_mut().for_each(|share| *share /= sum);
    }
}

/// ln 9: the score at which a share of two is nine times the other.
const LN_9: f32 = 2.197_224_6;

/// Places on the plane of a map, as raw rows. They are made a part at a time: of thousands of columns a whole map is gigabytes.
struct Grid<'a> {
    range: Range,
    side: usize,
    columns: usize,
    cells: usize,
    slice: Option<&'a Slice>,
}

impl Grid<'_> {
    /// Visits the rows in order for as long as `visit` wants more, so many at once that they have about so many numbers.
    fn parts(&self, numbers: usize, mut visit: impl FnMut(ArrayView2<f32>) -> bool) {
        let most = at_once(self.columns, numbers);
        for start in (0..self.cells).step_by(most) {
            let mut rows = Array2::zeros((most.min(self.cells - start), self.columns));
            for (at, mut row) in rows.rows_mut().into_iter().enumerate() {
                self.row(start + at, row.as_slice_mut().expect("row-major"));
            }
            if !visit(rows.view()) {
                return;
            }
        }
    }

    /// The raw row of a cell; the top row comes first.
    fn row(&self, cell: usize, to: &mut [f32]) {
        let at = |[low, high]: [f32; 2], step: usize| low + (high - low) * (step as f32 + 0.5) / self.side as f32;
        if self.columns == 1 {
            to[0] = at(self.range.x, cell);
            return;
        }
        let place = [at(self.range.x, cell % self.side), at(self.range.y, self.side - 1 - cell / self.side)];
        match self.slice {
            Some(slice) => slice.row(place, to),
            None => to.copy_from_slice(&place),
        }
    }
}

/// Rows of so many columns that have about so many numbers together: whole chunks of a prediction, one at least.
fn at_once(columns: usize, numbers: usize) -> usize {
    (numbers / columns.max(1) / CHUNK * CHUNK).max(CHUNK)
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
    fn scores_are_drawn_as_shares_of_which_the_margin_is_nine_tenths() {
        let mut values = [-1.0, 1.0, 0.0, 0.0, 2.0, -2.0];
        shares(Answer::Scores { classes: 2 }, &mut values);
        for (share, due) in values.iter().zip([0.1, 0.9, 0.5, 0.5, 81.0 / 82.0, 1.0 / 82.0]) {
            assert!((share - due).abs() < 1e-6, "{values:?}");
        }
        let mut values = [3.0, 1.0, 1.0];
        shares(Answer::Scores { classes: 3 }, &mut values);
        assert!(values[0] > 0.9 && values[1] == values[2] && (values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let mut values = [0.25, 0.75];
        shares(Answer::Probabilities { classes: 2 }, &mut values);
        assert_eq!(values, [0.25, 0.75]);
    }

    #[test]
    fn marks_lie_where_the_rows_are_that_they_stand_for() {
        for (json, there) in [
            (r#"{"learner": {"k_means": {"n_clusters": 1}}, "data": "moons", "prepare": {"scale": "standard"}}"#, true),
            (r#"{"learner": {"k_means": {"n_clusters": 1}}, "data": "iris", "prepare": {"scale": "min_max"}}"#, true),
            (r#"{"learner": {"k_means": {"n_clusters": 1}}, "data": "moons", "prepare": {"features": ["x", "x_squared"]}}"#, false),
            (r#"{"learner": {"k_means": {"n_clusters": 1}}, "data": "iris", "prepare": {"steps": ["pca"]}}"#, false),
        ] {
            let mut session = open(json);
            session.advance(f64::INFINITY, u64::MAX, &mut || 0.0);
            session.look(None);
            let run = &session.runs()[0];
            let marks = run.learner().view(0).marks;
            let placed: Vec<_> = session.placed(0, &marks).map(|(_, at, _)| at).collect();
            assert_eq!(placed.len(), usize::from(there), "{json}");
            // The only centre is the mean of the training rows.
            let train = &run.parts().train;
            let place = |row: usize| {
                let raw = run.table().inputs.row(row).to_vec();
                session.slice().map_or_else(|| [raw[0], raw[1]], |slice| slice.place(&raw))
            };
            for at in placed {
                for axis in 0..2 {
                    let mean = train.iter().map(|&row| f64::from(place(row)[axis])).sum::<f64>() / train.len() as f64;
                    assert!((f64::from(at[axis]) - mean).abs() < 1e-4, "{json}: {at:?} on {axis}, due {mean}");
                }
            }
            let rows = [Mark { form: crate::learn::Form::Ring, at: crate::learn::Place::Row(3), to: None, strength: 1.0, class: None }];
            assert_eq!(session.placed(0, &rows).next().map(|(_, at, _)| at), Some(place(train[3])), "{json}");
        }
    }

    #[test]
    fn a_map_of_thousands_of_columns_is_made_a_part_at_a_time() {
        let names: Vec<String> = (0..3000).map(|at| format!("c{at}")).collect();
        let line = |row: usize| (0..3000).map(|at| ((row * 31 + at * 7) % 13).to_string()).collect::<Vec<_>>().join(",");
        let lines: String = (0..12).map(|row| format!("{},{}\n", line(row), ["a", "b"][row % 2])).collect();
        let mut session = Session::default();
        session.attach("wide.csv", format!("{},kind\n{lines}", names.join(",")).into_bytes());
        session.open(r#"{"data": {"csv": {"path": "wide.csv"}}, "learner": {"net": {"layers": [{"dense": {"units": 2}}]}}}"#).unwrap();
        session.look(None);
        let range = session.range(0);
        let grid = session.grid(0, 20, range).unwrap();
        let (mut most, mut seen) = (0, 0);
        grid.parts(WIDE, |rows| {
            most = most.max(rows.len());
            seen += rows.nrows();
            true
        });
        assert!(most <= WIDE && seen == 400, "{most} numbers at once, {seen} rows");
        // In parts as at once.
        let (mut map, mut once) = (Vec::new(), Vec::new());
        assert!(session.map(0, 20, range, &mut map));
        let mut rows = Array2::zeros((400, 3000));
        rows.rows_mut().into_iter().enumerate().for_each(|(at, mut row)| grid.row(at, row.as_slice_mut().unwrap()));
        session.runs()[0].predict(rows.view(), &mut once);
        assert_eq!(map, once);
        let (mut units, mut unit) = (Vec::new(), Vec::new());
        let grid = session.grid(0, UNIT_MAP, range).unwrap();
        let mut rows = Array2::zeros((UNIT_MAP * UNIT_MAP, 3000));
        rows.rows_mut().into_iter().enumerate().for_each(|(at, mut row)| grid.row(at, row.as_slice_mut().unwrap()));
        session.runs()[0].units(rows.view(), 2, &mut once);
        assert!(session.unit_maps(0, 2, range, &mut units) && units == once);
        session.runs()[0].unit(rows.view(), 1, 1, &mut once);
        assert!(session.unit_map(0, 1, 1, UNIT_MAP, range, &mut unit) && unit == once);
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

    #[test]
    fn made_rows_that_are_no_points_are_handed_out_as_the_table_has_them() {
        for (data, learner, numbers) in
            [("shapes", "gan", 12 * 256), ("signals", "gan", 12 * 32), ("moons", "gan", 0), ("shapes", "svm", 0)]
        {
            let mut session = Session::default();
            session.open(&format!(r#"{{"data": "{data}", "learner": "{learner}"}}"#)).unwrap();
            session.advance(1e9, 5, &mut || 0.0);
            let made = session.samples(0, 12);
            assert_eq!(made.len(), numbers, "{data}, {learner}");
            assert!(made.iter().all(|value| value.is_finite()) && made == session.samples(0, 12), "{data}");
        }
    }
}
