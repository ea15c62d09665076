//! Features made from the columns `x` and `y`: the seven that TensorFlow Playground offers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Feature | 特征
///
/// A number computed from the coordinates of a point. | 由点的坐标计算出的数。
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// x | x
    ///
    /// The column x itself. | x 列本身。
    X,
    /// y | y
    ///
    /// The column y itself. | y 列本身。
    Y,
    /// x² | x²
    ///
    /// The square of x. | x 的平方。
    XSquared,
    /// y² | y²
    ///
    /// The square of y. | y 的平方。
    YSquared,
    /// x·y | x·y
    ///
    /// The product of x and y. | x 与 y 的乘积。
    XTimesY,
    /// sin x | sin x
    ///
    /// The sine of x, in radians. | x 的正弦（弧度）。
    SinX,
    /// sin y | sin y
    ///
    /// The sine of y, in radians. | y 的正弦（弧度）。
    SinY,
}

impl Feature {
    /// Its name where it is shown; short, for labels beside a unit.
    pub fn name(self) -> &'static str {
        match self {
            Feature::X => "x",
            Feature::Y => "y",
            Feature::XSquared => "x²",
            Feature::YSquared => "y²",
            Feature::XTimesY => "x·y",
            Feature::SinX => "sin x",
            Feature::SinY => "sin y",
        }
    }

    /// The columns that it needs.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Feature::X | Feature::XSquared | Feature::SinX => &["x"],
            Feature::Y | Feature::YSquared | Feature::SinY => &["y"],
            Feature::XTimesY => &["x", "y"],
        }
    }

    /// Its value at a point; a coordinate that is not among its columns is not looked at.
    pub fn at(self, x: f32, y: f32) -> f32 {
        match self {
            Feature::X => x,
            Feature::Y => y,
            Feature::XSquared => x * x,
            Feature::YSquared => y * y,
            Feature::XTimesY => x * y,
            Feature::SinX => libm::sinf(x),
            Feature::SinY => libm::sinf(y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_columns_and_values() {
        let cases: [(Feature, &str, &str, &[&str], f32); 7] = [
            (Feature::X, "x", "x", &["x"], 2.0),
            (Feature::Y, "y", "y", &["y"], -3.0),
            (Feature::XSquared, "x_squared", "x²", &["x"], 4.0),
            (Feature::YSquared, "y_squared", "y²", &["y"], 9.0),
            (Feature::XTimesY, "x_times_y", "x·y", &["x", "y"], -6.0),
            (Feature::SinX, "sin_x", "sin x", &["x"], 0.909_297_4),
            (Feature::SinY, "sin_y", "sin y", &["y"], -0.141_120_01),
        ];
        for (feature, word, name, columns, value) in cases {
            assert_eq!(serde_json::to_value(feature).unwrap(), word, "its word in the experiment document");
            assert_eq!(feature.name(), name);
            assert_eq!(feature.columns(), columns);
            assert!((feature.at(2.0, -3.0) - value).abs() < 1e-6, "{name}");
            // A column that is not named is not looked at.
            let at = |x, y| feature.at(x, y).is_nan();
            assert_eq!(at(f32::NAN, 1.0), columns.contains(&"x"), "{name}");
            assert_eq!(at(1.0, f32::NAN), columns.contains(&"y"), "{name}");
        }
    }
}
