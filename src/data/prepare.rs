//! What a learner sees of a row: features of the plane, then scaling. Fitted on the training part only.

use super::Table;
use crate::config::Issue;
use ndarray::{Array2, ArrayView2, Axis};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Prepare | 预处理
///
/// What the model sees of a row. | 模型看到的每行内容。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Prepare {
    /// Features | 特征
    ///
    /// What is computed from x and y; none means all columns as they are. | 由 x 和 y 计算的量；不选则直接使用所有列。
    #[schemars(length(max = 7))]
    pub features: Vec<Feature>,
    /// Scaling | 缩放
    ///
    /// Brings every feature to the same size, measured on the training rows. | 按训练行统计，把各特征调整到相同尺度。
    pub scale: Scale,
}

/// Feature | 特征
///
/// Something computed from a row. | 由一行数据计算出的量。
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    X,
    Y,
    XSquared,
    YSquared,
    XTimesY,
    SinX,
    SinY,
}

impl Feature {
    fn name(self) -> &'static str {
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

    fn needs_y(self) -> bool {
        !matches!(self, Feature::X | Feature::XSquared | Feature::SinX)
    }

    fn value(self, x: f32, y: f32) -> f32 {
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

/// Scaling | 缩放
///
/// Brings every feature to the same size. | 把各特征调整到相同尺度。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    #[default]
    None,
    Standard,
    MinMax,
}

/// A fitted preparation: `(value − shift) · factor` for each feature.
#[derive(Clone, Debug)]
pub struct Pipeline {
    chosen: Vec<Feature>,
    names: Vec<String>,
    shift: Vec<f32>,
    factor: Vec<f32>,
}

impl Pipeline {
    /// Learns the scaling from `train` (row numbers) alone. Standard is scikit-learn's `StandardScaler` (population deviation), min–max its
    /// `MinMaxScaler`; a constant feature is shifted but not stretched.
    pub fn fit(settings: &Prepare, table: &Table, train: &[usize]) -> Result<Self, Vec<Issue>> {
        let has = |name: &str| table.columns.iter().any(|column| column == name);
        let plane = table.columns.len() <= 2 && has("x");
        let unfit = settings.features.iter().enumerate().filter(|(_, feature)| !plane || feature.needs_y() && !has("y"));
        let issues: Vec<Issue> = unfit
            .map(|(at, feature)| {
                let columns = table.columns.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
                Issue::new(format!("features[{at}]"), format!("{} needs columns x and y, this data has {columns}", feature.name()))
            })
            .collect();
        if !issues.is_empty() {
            return Err(issues);
        }
        let names = if settings.features.is_empty() {
            table.columns.clone()
        } else {
            settings.features.iter().map(|feature| feature.name().to_string()).collect()
        };
        let mut pipeline =
            Pipeline { chosen: settings.features.clone(), shift: vec![0.0; names.len()], factor: vec![1.0; names.len()], names };
        let rows = pipeline.apply(table.inputs.select(Axis(0), train).view());
        for (at, column) in rows.axis_iter(Axis(1)).enumerate() {
            let values = || column.iter().map(|&value| f64::from(value));
            let (shift, size) = match settings.scale {
                Scale::None => continue,
                Scale::Standard => {
                    let mean = values().sum::<f64>() / column.len() as f64;
                    (mean, (values().map(|value| (value - mean).powi(2)).sum::<f64>() / column.len() as f64).sqrt())
                }
                Scale::MinMax => {
                    let low = values().fold(f64::INFINITY, f64::min);
                    (low, values().fold(f64::NEG_INFINITY, f64::max) - low)
                }
            };
            pipeline.shift[at] = shift as f32;
            pipeline.factor[at] = if size > 0.0 { (1.0 / size) as f32 } else { 1.0 };
        }
        Ok(pipeline)
    }

    /// Names of the features, in order.
    pub fn features(&self) -> &[String] {
        &self.names
    }

    /// Raw rows `[rows, columns]` to features `[rows, features]`, in standard layout.
    pub fn apply(&self, raw: ArrayView2<f32>) -> Array2<f32> {
        let mut out = if self.chosen.is_empty() {
            raw.as_standard_layout().into_owned()
        } else {
            Array2::from_shape_fn((raw.nrows(), self.chosen.len()), |(row, at)| {
                let y = if raw.ncols() > 1 { raw[[row, 1]] } else { 0.0 };
                self.chosen[at].value(raw[[row, 0]], y)
            })
        };
        if self.factor.iter().any(|&factor| factor != 1.0) || self.shift.iter().any(|&shift| shift != 0.0) {
            for mut row in out.rows_mut() {
                for ((value, shift), factor) in row.iter_mut().zip(&self.shift).zip(&self.factor) {
                    *value = (*value - shift) * factor;
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table::plane(vec![[1.0, 10.0], [3.0, 30.0], [1000.0, -5.0]], vec![0, 1, 0], 2)
    }

    #[test]
    fn scaling_is_fitted_on_training_rows_alone() {
        let settings = Prepare { features: Vec::new(), scale: Scale::Standard };
        let fitted = Pipeline::fit(&settings, &table(), &[0, 1]).unwrap();
        let mut other = table();
        other.inputs[[2, 0]] = -77.0;
        let again = Pipeline::fit(&settings, &other, &[0, 1]).unwrap();
        assert_eq!((fitted.shift.clone(), fitted.factor.clone()), (again.shift, again.factor));
        let out = fitted.apply(table().inputs.view());
        assert_eq!([out[[0, 0]], out[[1, 0]], out[[0, 1]], out[[1, 1]]], [-1.0, 1.0, -1.0, 1.0]);
    }

    #[test]
    fn features_need_their_columns() {
        let curve = Table::curve(vec![0.0, 1.0], vec![0.0, 1.0]);
        let settings = Prepare { features: vec![Feature::X, Feature::XTimesY], scale: Scale::None };
        let issues = Pipeline::fit(&settings, &curve, &[0]).unwrap_err();
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].path, "features[1]");
        let both = Pipeline::fit(&settings, &table(), &[0]).unwrap();
        assert_eq!(both.apply(table().inputs.view()).row(1).to_vec(), [3.0, 90.0]);
    }
}
