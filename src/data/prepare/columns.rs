//! `Columns`: rows on their way through the steps of a preparation, a column at a time and in 64 bits.

use ndarray::Array2;

/// Named columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub names: Vec<String>,
    /// `[columns][rows]`.
    pub values: Vec<Vec<f64>>,
}

impl Columns {
    /// Number of columns.
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// Adds a column.
    pub fn push(&mut self, name: String, values: Vec<f64>) {
        self.names.push(name);
        self.values.push(values);
    }

    /// The same columns of these rows only.
    pub fn select(&self, rows: &[usize]) -> Columns {
        let values = self.values.iter().map(|column| rows.iter().map(|&row| column[row]).collect()).collect();
        Columns { names: self.names.clone(), values }
    }

    /// Each value replaced by what `change` makes of it and of its column's number.
    pub fn map(mut self, change: impl Fn(usize, f64) -> f64) -> Columns {
        for (at, column) in self.values.iter_mut().enumerate() {
            column.iter_mut().for_each(|value| *value = change(at, *value));
        }
        self
    }

    /// `[rows, columns]`, row-major.
    pub fn to_rows(&self) -> Array2<f32> {
        Array2::from_shape_fn((self.rows(), self.width()), |(row, column)| self.values[column][row] as f32)
    }
}
