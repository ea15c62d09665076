//! `Table`: rows of numbers with a target, the form in which every data set leaves its source.

use super::Shape;
use super::csv::reading::Reading;
use crate::config::Message;
use ndarray::Array2;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the target column means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// The target is an index into these class names.
    Classification(Vec<String>),
    /// The target is a number.
    Regression,
    /// There is no target; every row has 0 in its place.
    Clustering,
}

impl Task {
    /// Values that the usual answer has for one row: one probability a class, or one number.
    pub fn outputs(&self) -> usize {
        match self {
            Task::Classification(classes) => classes.len(),
            Task::Regression => 1,
            Task::Clustering => 0,
        }
    }

    /// Its name in documents and on the page.
    pub fn name(&self) -> &'static str {
        match self {
            Task::Classification(_) => "classification",
            Task::Regression => "regression",
            Task::Clustering => "clustering",
        }
    }

    /// True where the target is a class.
    pub fn is_classification(&self) -> bool {
        matches!(self, Task::Classification(_))
    }
}

/// What an input column holds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ColumnKind")]
pub enum Kind {
    /// A number.
    Number,
    /// An index into these words, which have no order.
    Words(Vec<String>),
}

/// Raw rows: `inputs` is `[rows, columns]`, `targets[row]` is a class index (as a whole number) or a value. What is missing is not a number,
/// until a run cleans it away.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub inputs: Array2<f32>,
    pub targets: Vec<f32>,
    /// What rounding to 32 bits took from them.
    pub rests: Rests,
    /// Names of the input columns, one a column of `inputs`.
    pub columns: Vec<String>,
    /// What each column holds.
    pub kinds: Vec<Kind>,
    /// Which row of its source each row is.
    pub numbers: Vec<u32>,
    /// What a row is; as many numbers as there are columns.
    pub shape: Shape,
    /// Name of the target.
    pub target: String,
    pub task: Task,
    /// True where rows follow each other in time: what comes later is not to be known earlier.
    pub ordered: bool,
    /// What the classes are called in a sentence, where their names are words; else empty.
    pub titles: Vec<Message>,
    /// What each of the whole numbers of a row of tokens stands for; empty for other rows.
    pub symbols: Vec<String>,
    /// Which rows belong together, so that a split keeps them in one part; a number a row, where there are such groups.
    pub groups: Option<Vec<u32>>,
    /// What each row counts where something is learned or a loss is measured: a number ≥ 0 a row. None where all count alike.
    pub weights: Option<Vec<f32>>,
    /// How the user's file was read, where the rows come from one.
    pub reading: Option<Arc<Reading>>,
}

/// What a source's numbers have beyond 32 bits, one a row: dates like 20240131 and times in seconds differ by less than a 32-bit number can hold. Number and
/// rest together have 48 bits. Kept only of columns that have some; whatever looks at the numbers alone sees them rounded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rests {
    pub inputs: BTreeMap<usize, Vec<f32>>,
    /// Of the targets; empty where there are none.
    pub targets: Vec<f32>,
}

/// A number as it is rounded to 32 bits, and the rest.
pub fn parted(value: f64) -> (f32, f32) {
    let number = value as f32;
    (number, if value.is_finite() { (value - f64::from(number)) as f32 } else { 0.0 })
}

/// True where the shortest text of its 32-bit number says a number to as many digits as number and rest keep.
pub fn fits(value: f64) -> bool {
    let said: f64 = (value as f32).to_string().parse().unwrap_or(f64::NAN);
    !value.is_finite() || (said - value).abs() <= value.abs() * 2.0_f64.powi(-45)
}

impl Rests {
    /// Of some of the rows.
    pub fn select(&self, rows: &[usize]) -> Rests {
        let of = |rests: &Vec<f32>| rows.iter().map(|&row| rests[row]).collect::<Vec<f32>>();
        let targets = if self.targets.is_empty() { Vec::new() } else { of(&self.targets) };
        Rests { inputs: self.inputs.iter().map(|(column, rests)| (*column, of(rests))).collect(), targets }
    }

    fn input(&self, row: usize, column: usize) -> f64 {
        self.inputs.get(&column).map_or(0.0, |rests| f64::from(rests[row]))
    }
}

impl Table {
    /// Rows without an order, whose words are their own names.
    pub fn new(inputs: Array2<f32>, targets: Vec<f32>, columns: Vec<String>, target: &str, task: Task) -> Self {
        let (shape, kinds) = (Shape::Flat { units: columns.len() }, vec![Kind::Number; columns.len()]);
        let (numbers, target) = ((0..targets.len() as u32).collect(), target.into());
        let (titles, symbols) = (Vec::new(), Vec::new());
        let rests = Rests::default();
        Table {
            inputs,
            targets,
            rests,
            columns,
            kinds,
            numbers,
            shape,
            target,
            task,
            ordered: false,
            titles,
            symbols,
            groups: None,
            weights: None,
            reading: None,
        }
    }

    /// Everything about it but its rows.
    pub fn without_rows(&self) -> Self {
        Table {
            inputs: Array2::zeros((0, self.columns.len())),
            targets: Vec::new(),
            rests: Rests::default(),
            numbers: Vec::new(),
            columns: self.columns.clone(),
            kinds: self.kinds.clone(),
            shape: self.shape,
            target: self.target.clone(),
            task: self.task.clone(),
            ordered: self.ordered,
            titles: self.titles.clone(),
            symbols: self.symbols.clone(),
            groups: self.groups.as_ref().map(|_| Vec::new()),
            weights: self.weights.as_ref().map(|_| Vec::new()),
            reading: self.reading.clone(),
        }
    }

    /// A two-class or many-class table on the plane, with columns `x` and `y`.
    pub fn plane(points: Vec<[f32; 2]>, labels: Vec<usize>, classes: usize) -> Self {
        Table::plane_named(points, labels, (0..classes).map(|class| class.to_string()).collect())
    }

    /// The same with classes of these names.
    pub fn plane_named(points: Vec<[f32; 2]>, labels: Vec<usize>, classes: Vec<String>) -> Self {
        let task = Task::Classification(classes);
        let targets = labels.into_iter().map(|label| label as f32).collect();
        Table::new(points_to_array(&points), targets, vec!["x".into(), "y".into()], "class", task)
    }

    /// A regression table on the plane, with columns `x` and `y`.
    pub fn surface(points: Vec<[f32; 2]>, targets: Vec<f32>) -> Self {
        Table::new(points_to_array(&points), targets, vec!["x".into(), "y".into()], "z", Task::Regression)
    }

    /// A regression table over one column `x`.
    pub fn curve(xs: Vec<f32>, targets: Vec<f32>) -> Self {
        let inputs = Array2::from_shape_vec((xs.len(), 1), xs).expect("one column");
        Table::new(inputs, targets, vec!["x".into()], "y", Task::Regression)
    }

    /// Rows of any shape, in classes: `inputs` is row-major, one column a number of the shape.
    pub fn shaped(shape: Shape, inputs: Vec<f32>, labels: Vec<usize>, columns: Vec<String>, classes: Vec<String>) -> Self {
        let inputs = Array2::from_shape_vec((labels.len(), shape.units()), inputs).expect("a row has as many numbers as its shape");
        let targets = labels.into_iter().map(|label| label as f32).collect();
        Table { shape, ..Table::new(inputs, targets, columns, "class", Task::Classification(classes)) }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.targets.len()
    }

    /// A number as its source gave it.
    pub fn value(&self, row: usize, column: usize) -> f64 {
        f64::from(self.inputs[(row, column)]) + self.rests.input(row, column)
    }

    /// Another number in its place.
    pub fn put(&mut self, row: usize, column: usize, value: f64) {
        let ((number, rest), rows) = (parted(value), self.rows());
        self.inputs[(row, column)] = number;
        if rest != 0.0 || self.rests.inputs.contains_key(&column) {
            self.rests.inputs.entry(column).or_insert_with(|| vec![0.0; rows])[row] = rest;
        }
    }

    /// A column as its source gave it.
    pub fn values(&self, column: usize) -> Vec<f64> {
        let mut values: Vec<f64> = self.inputs.column(column).iter().map(|&value| f64::from(value)).collect();
        if let Some(rests) = self.rests.inputs.get(&column) {
            values.iter_mut().zip(rests).for_each(|(value, rest)| *value += f64::from(*rest));
        }
        values
    }

    /// A target as its source gave it.
    pub fn target_of(&self, row: usize) -> f64 {
        f64::from(self.targets[row]) + self.rests.targets.get(row).map_or(0.0, |rest| f64::from(*rest))
    }
}

fn points_to_array(points: &[[f32; 2]]) -> Array2<f32> {
    Array2::from_shape_vec((points.len(), 2), points.concat()).expect("two columns")
}
