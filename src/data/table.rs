//! `Table`: rows of numbers with a target, the form in which every data set leaves its source.

use super::Shape;
use ndarray::Array2;
use serde::Serialize;

/// What the target column means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// The target is an index into these class names.
    Classification(Vec<String>),
    /// The target is a number.
    Regression,
}

impl Task {
    /// Values a prediction has for one row: one probability a class, or one number.
    pub fn outputs(&self) -> usize {
        match self {
            Task::Classification(classes) => classes.len(),
            Task::Regression => 1,
        }
    }

    /// True where the target is a class.
    pub fn is_classification(&self) -> bool {
        matches!(self, Task::Classification(_))
    }
}

/// Raw rows: `inputs` is `[rows, columns]`, `targets[row]` is a class index (as a whole number) or a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub inputs: Array2<f32>,
    pub targets: Vec<f32>,
    /// Names of the input columns, one a column of `inputs`.
    pub columns: Vec<String>,
    /// What a row is; as many numbers as there are columns.
    pub shape: Shape,
    /// Name of the target.
    pub target: String,
    pub task: Task,
}

impl Table {
    /// A two-class or many-class table on the plane, with columns `x` and `y`.
    pub fn plane(points: Vec<[f32; 2]>, labels: Vec<usize>, classes: usize) -> Self {
        Table {
            inputs: points_to_array(&points),
            targets: labels.into_iter().map(|label| label as f32).collect(),
            columns: vec!["x".into(), "y".into()],
            shape: Shape::Flat { units: 2 },
            target: "class".into(),
            task: Task::Classification((0..classes).map(|class| class.to_string()).collect()),
        }
    }

    /// A regression table on the plane, with columns `x` and `y`.
    pub fn surface(points: Vec<[f32; 2]>, targets: Vec<f32>) -> Self {
        Table {
            inputs: points_to_array(&points),
            targets,
            columns: vec!["x".into(), "y".into()],
            shape: Shape::Flat { units: 2 },
            target: "z".into(),
            task: Task::Regression,
        }
    }

    /// A regression table over one column `x`.
    pub fn curve(xs: Vec<f32>, targets: Vec<f32>) -> Self {
        let rows = xs.len();
        Table {
            inputs: Array2::from_shape_vec((rows, 1), xs).expect("one column"),
            targets,
            columns: vec!["x".into()],
            shape: Shape::Flat { units: 1 },
            target: "y".into(),
            task: Task::Regression,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.targets.len()
    }
}

fn points_to_array(points: &[[f32; 2]]) -> Array2<f32> {
    Array2::from_shape_vec((points.len(), 2), points.concat()).expect("two columns")
}
