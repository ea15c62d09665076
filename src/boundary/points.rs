//! The rows of a run, as the page shows them.

use super::{Bytes, Floats, Words};
use crate::config::Message;
use crate::data::Shape;
use crate::data::slice::Axes;
use crate::data::table::Kind;
use crate::session::Session;
use schemars::JsonSchema;
use serde::Serialize;

/// The rows that are shown, and what they are.
#[derive(Serialize, JsonSchema)]
pub struct Points<'a> {
    /// The plane of the map, where rows have more than two columns.
    pub plane: Option<Plane<'a>>,
    /// What each column holds.
    pub kinds: &'a [Kind],
    /// Rows of the table.
    pub rows: usize,
    /// Which of them are shown.
    pub places: Words<'a>,
    /// `[shown × columns]`.
    pub inputs: Floats<'a>,
    /// Classes as their numbers.
    pub targets: Floats<'a>,
    /// 0 for a row that trains, 1 for one that validates, 2 for one that tests.
    pub split: Bytes<'a>,
    pub columns: &'a [String],
    /// What a row is.
    pub shape: Shape,
    /// Rows follow each other in time.
    pub ordered: bool,
    /// What each number of a row of tokens stands for; empty for other rows.
    pub symbols: &'a [String],
    /// Name of the target.
    pub target: &'a str,
    pub task: TaskName,
    pub classes: &'a [String],
    /// What the classes are called in a sentence, where their names are words; else empty.
    pub titles: &'a [Message],
    /// The part of the plane that the run's map shows, `[x0, x1, y0, y1]`.
    pub range: Floats<'a>,
}

/// A plane through rows of more than two columns.
#[derive(Serialize, JsonSchema)]
pub struct Plane<'a> {
    pub axes: Axes,
    pub names: [String; 2],
    /// Share of the variance along each component; empty for columns.
    pub explained: &'a [f64],
    /// Where each shown row lies, `[shown × 2]`.
    pub places: Floats<'a>,
}

/// What the target means, by its name in documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Task")]
pub enum TaskName {
    Classification,
    Regression,
    Clustering,
}

impl From<&crate::data::Task> for TaskName {
    fn from(task: &crate::data::Task) -> Self {
        match task {
            crate::data::Task::Classification(_) => TaskName::Classification,
            crate::data::Task::Regression => TaskName::Regression,
            crate::data::Task::Clustering => TaskName::Clustering,
        }
    }
}

impl<'a> Points<'a> {
    /// At most `most` rows of a run, on the plane that was chosen before (`Session::look`); none where there is no such run.
    pub fn of(session: &'a Session, run: usize, most: usize) -> Option<Self> {
        let at = session.runs().get(run)?;
        let table = at.table();
        let rows = table.rows();
        let mut split = vec![0_u8; rows];
        at.parts().validation.iter().for_each(|&row| split[row] = 1);
        at.parts().test.iter().for_each(|&row| split[row] = 2);
        let shown = session.shown(run, most);
        let inputs: Vec<f32> = shown.iter().flat_map(|&row| table.inputs.row(row).to_vec()).collect();
        let range = session.range(run);
        let plane = session.slice().map(|slice| {
            let place = |&row: &usize| slice.place(table.inputs.row(row).as_slice().expect("row-major"));
            let places: Vec<f32> = shown.iter().flat_map(place).collect();
            Plane { axes: slice.axes, names: slice.names(table), explained: &slice.explained, places: places.into() }
        });
        Some(Points {
            plane,
            kinds: &table.kinds,
            rows,
            places: shown.iter().map(|&row| row as u32).collect::<Vec<_>>().into(),
            inputs: inputs.into(),
            targets: shown.iter().map(|&row| table.targets[row]).collect::<Vec<_>>().into(),
            split: shown.iter().map(|&row| split[row]).collect::<Vec<_>>().into(),
            columns: &table.columns,
            shape: table.shape,
            ordered: table.ordered,
            symbols: &table.symbols,
            target: &table.target,
            task: (&table.task).into(),
            classes: session.classes(run),
            titles: &table.titles,
            range: vec![range.x[0], range.x[1], range.y[0], range.y[1]].into(),
        })
    }
}
