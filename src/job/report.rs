//! What a job has to say, in words and tables that describe themselves: whoever shows them knows no job.

use crate::config::Message;
use schemars::JsonSchema;
use serde::Serialize;

/// Sentences, then tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    pub said: Vec<Message>,
    pub tables: Vec<Table>,
}

/// Rows of numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ReportTable")]
pub struct Table {
    pub title: Message,
    /// What the rows are: "Fold".
    pub of: Message,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// What a column of numbers is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ReportColumn")]
pub struct Column {
    pub title: Message,
    /// The measured quantity, where it is one: its unit, its better way and its entry in the glossary are known by that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<&'static str>,
    /// A count, shown without digits behind the point.
    pub whole: bool,
}

/// A line of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ReportRow")]
pub struct Row {
    pub name: Message,
    /// Which of the experiments that are compared it is about.
    pub group: usize,
    /// It sums up the rows of its group.
    pub sum: bool,
    /// The piece that it tells of, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub piece: Option<usize>,
    pub cells: Vec<Cell>,
}

/// A number, or none; with how far its rows lie apart, where it sums them up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ReportCell")]
pub struct Cell {
    pub value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<f64>,
}

impl Cell {
    /// A number; nothing for one that is not finite.
    pub fn of(value: f64) -> Self {
        Cell { value: value.is_finite().then_some(value), spread: None }
    }

    /// Mean and sample standard deviation (n − 1) of some numbers; no spread for a single one.
    pub fn mean(values: &[f64]) -> Self {
        if values.is_empty() {
            return Cell::default();
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let spread = (values.len() > 1).then(|| (squares / (count - 1.0)).sqrt());
        Cell { value: mean.is_finite().then_some(mean), spread: spread.filter(|spread| spread.is_finite()) }
    }
}
