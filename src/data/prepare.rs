//! What a learner sees of a row: features, then scaling. Fitted on the training part only, applied to every row and to the map.

use super::feature::Feature;
use super::{Shape, Table};
use crate::config::{Issue, Message};
use crate::message;
use ndarray::{Array2, ArrayView2};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Prepare | 预处理
///
/// What the model is given of each row. | 每行数据以什么样子交给模型。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Prepare {
    /// Features | 特征
    ///
    /// What is computed from the columns x and y, in place of the table's own columns; none means those columns as they are.
    /// | 由 x、y 列计算、用来取代表中原有列的特征；留空表示直接使用原有列。
    #[schemars(length(max = 7))]
    pub features: Vec<Feature>,
    /// Scale | 缩放
    ///
    /// Brings every feature to a similar size, measured on the training rows. | 依据训练行把各特征调整到相近的大小。
    pub scale: Scale,
}

/// Scale | 缩放
///
/// How features are brought to a similar size. | 如何使各特征大小相近。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// None | 不缩放
    ///
    /// Values as they are. | 保持原值。
    #[default]
    None,
    /// Standard | 标准化
    ///
    /// Mean 0 and standard deviation 1. | 均值为 0，标准差为 1。
    Standard,
    /// Minimum to maximum | 最小–最大
    ///
    /// From 0 to 1. | 缩放到 0 至 1。
    MinMax,
    /// Robust | 稳健
    ///
    /// Median 0 and the middle half 1 wide: a few values far off change nothing. | 中位数为 0，中间一半的宽度为 1：少数离群值不影响结果。
    Robust,
}

impl Scale {
    /// (offset, divisor) of a column of values: it becomes (value − offset) / divisor.
    ///
    /// scikit-learn's `StandardScaler` (population standard deviation), `MinMaxScaler` and `RobustScaler` (quartiles by linear interpolation),
    /// their treatment of constant columns (the divisor is 1) included.
    fn fit(self, values: &[f64]) -> (f64, f64) {
        if values.is_empty() {
            return (0.0, 1.0);
        }
        let rows = values.len() as f64;
        match self {
            Scale::None => (0.0, 1.0),
            Scale::Standard => {
                let mean = values.iter().sum::<f64>() / rows;
                let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / rows;
                // `_is_constant_feature`: no more than the rounding error of mean and variance.
                let error = rows * mean * f64::EPSILON;
                let constant = variance <= rows * f64::EPSILON * variance + error * error;
                (mean, if constant { 1.0 } else { variance.sqrt() })
            }
            Scale::MinMax => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let range = high - low;
                (low, if range < 10.0 * f64::EPSILON { 1.0 } else { range })
            }
            Scale::Robust => {
                let mut sorted = values.to_vec();
                sorted.sort_unstable_by(f64::total_cmp);
                let range = quantile(&sorted, 0.75) - quantile(&sorted, 0.25);
                (quantile(&sorted, 0.5), if range < 10.0 * f64::EPSILON { 1.0 } else { range })
            }
        }
    }
}

/// Between the two nearest of `sorted` values, as `numpy.quantile` has it by default. `share` is from 0 to 1.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Where a feature comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Origin {
    /// A column of the table.
    Column(usize),
    /// A feature of the columns `x` and `y` (any column in place of one that it does not need).
    Made(Feature, usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    origin: Origin,
    offset: f64,
    divisor: f64,
}

/// Preparation with everything that was learned from the training rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline {
    names: Vec<String>,
    steps: Vec<Step>,
    shape: Shape,
}

impl Pipeline {
    /// Measures the scales on `train_rows` of `table`. Issues are relative to `prepare`: `features[i]` where a feature needs a column that
    /// the table lacks, is listed twice, or overflows `f32` in some row; `scale` where the numbers are names.
    pub fn fit(prepare: &Prepare, table: &Table, train_rows: &[usize]) -> Result<Pipeline, Vec<Issue>> {
        let mut issues = Vec::new();
        let column = |name: &str| table.columns.iter().position(|column| column == name);
        let inputs = table.inputs.as_standard_layout();
        let mut origins = Vec::new();
        for (at, feature) in prepare.features.iter().enumerate() {
            let (path, name) = (format!("features[{at}]"), feature.name());
            if prepare.features[..at].contains(feature) {
                issues.push(Issue::new(path, message!("{name} is already listed", "{name} 已在列表中")));
                continue;
            }
            let absent = feature.columns().iter().filter(|name| column(name).is_none());
            let missing: Vec<Message> = absent.map(|name| message!("the column {name}", "{name} 列")).collect();
            if !missing.is_empty() {
                let missing = Message::join(&missing, " and ", "和 ");
                let Message { en, zh } = Message::list(&table.columns);
                let columns = Message { en: brief(&en), zh: brief(&zh) };
                issues.push(Issue::new(
                    path,
                    message!(
                        "{name} needs {missing}, but the columns are {columns}",
                        "{name} 需要 {missing}，但表中的列为 {columns}"; missing, columns
                    ),
                ));
                continue;
            }
            let made = Origin::Made(*feature, column("x").unwrap_or(0), column("y").unwrap_or(0));
            if let Some(at) = inputs.rows().into_iter().position(|row| !value(made, row.as_slice().expect("row-major")).is_finite()) {
                let row = at + 1;
                issues.push(Issue::new(
                    path,
                    message!("{name} is too large for a 32-bit float in row {row}", "第 {row} 行数据的 {name} 超出 32 位浮点数的范围"),
                ));
                continue;
            }
            origins.push((feature.name().to_string(), made));
        }
        if prepare.scale != Scale::None && prepare.features.is_empty() && matches!(table.shape, Shape::Tokens { .. }) {
            issues.push(Issue::new(
                "scale",
                message!(
                    "must be none for tokens: their numbers are names, and scaled names stand for nothing",
                    "用于词元时必须是 none：词元的数字只是名称，缩放后不再代表任何东西"
                ),
            ));
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        if prepare.features.is_empty() {
            origins = table.columns.iter().cloned().enumerate().map(|(at, name)| (name, Origin::Column(at))).collect();
        }
        let (names, steps): (Vec<_>, Vec<_>) = origins
            .into_iter()
            .map(|(name, origin)| {
                let row = |row: usize| f64::from(value(origin, inputs.row(row).as_slice().expect("row-major")));
                let (offset, divisor) = match prepare.scale {
                    Scale::None => (0.0, 1.0),
                    scale => scale.fit(&train_rows.iter().map(|&at| row(at)).collect::<Vec<_>>()),
                };
                (name, Step { origin, offset, divisor })
            })
            .unzip();
        // Scaling leaves every number in its place; features are another row.
        let shape = if prepare.features.is_empty() { table.shape } else { Shape::Flat { units: names.len() } };
        Ok(Pipeline { names, steps, shape })
    }

    /// Names of the features, in the order of a prepared row.
    pub fn features(&self) -> &[String] {
        &self.names
    }

    /// What a prepared row is.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Raw rows as a learner sees them: `[rows, features]`, row-major. `raw` has the columns of the table that was fitted.
    pub fn apply(&self, raw: ArrayView2<f32>) -> Array2<f32> {
        let raw = raw.as_standard_layout();
        let (columns, width) = (raw.ncols(), self.steps.len());
        let rows = raw.as_slice().expect("standard layout");
        let mut prepared = vec![0.0; raw.nrows() * width];
        // A column at a time, so that each is one loop that knows what it does: a map has 40,000 rows.
        for (at, step) in self.steps.iter().enumerate() {
            let to = prepared.iter_mut().skip(at).step_by(width).zip(rows.chunks_exact(columns));
            match step.origin {
                Origin::Column(column) if step.leaves_as_is() => to.for_each(|(to, row)| *to = row[column]),
                origin => to.for_each(|(to, row)| *to = ((f64::from(value(origin, row)) - step.offset) / step.divisor) as f32),
            }
        }
        Array2::from_shape_vec((raw.nrows(), width), prepared).expect("one value a row and step")
    }
}

impl Step {
    fn leaves_as_is(&self) -> bool {
        self.offset == 0.0 && self.divisor == 1.0
    }
}

fn value(origin: Origin, row: &[f32]) -> f32 {
    match origin {
        Origin::Column(column) => row[column],
        Origin::Made(feature, x, y) => feature.at(row[x], row[y]),
    }
}

/// A list of columns cut short.
fn brief(text: &str) -> String {
    if text.chars().count() <= 120 { text.to_string() } else { text.chars().take(117).chain("...".chars()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Task;
    use ndarray::array;
    #[cfg(not(target_arch = "wasm32"))]
    use proptest::prelude::*;

    fn table(inputs: Array2<f32>, columns: &[&str]) -> Table {
        let targets = vec![0.0; inputs.nrows()];
        Table::new(inputs, targets, columns.iter().map(|name| name.to_string()).collect(), "t", Task::Regression)
    }

    fn prepared(prepare: &Prepare, table: &Table, train: &[usize]) -> Vec<f32> {
        Pipeline::fit(prepare, table, train).unwrap().apply(table.inputs.view()).into_raw_vec_and_offset().0
    }

    #[test]
    fn without_settings_rows_stay_as_they_are() {
        let table = table(array![[1.5, -2.0, 1e30], [0.1, 4.0, -3.0]], &["a", "b", "c"]);
        let pipeline = Pipeline::fit(&Prepare::default(), &table, &[0]).unwrap();
        assert_eq!(pipeline.features(), ["a", "b", "c"]);
        assert_eq!(prepared(&Prepare::default(), &table, &[0]), table.inputs.as_slice().unwrap());
    }

    #[test]
    fn features_replace_the_columns_in_the_order_given_wherever_x_and_y_stand() {
        let table = table(array![[9.0, -3.0, 2.0]], &["other", "y", "x"]);
        let prepare = Prepare { features: vec![Feature::XTimesY, Feature::Y, Feature::XSquared], ..Prepare::default() };
        assert_eq!(Pipeline::fit(&prepare, &table, &[0]).unwrap().features(), ["x·y", "y", "x²"]);
        assert_eq!(prepared(&prepare, &table, &[0]), [-6.0, -3.0, 4.0]);
    }

    #[test]
    fn a_curve_has_the_features_of_x() {
        let table = Table::curve(vec![2.0, -1.0], vec![0.0; 2]);
        let prepare = Prepare { features: vec![Feature::XSquared, Feature::X], ..Prepare::default() };
        assert_eq!(prepared(&prepare, &table, &[0, 1]), [4.0, 2.0, 1.0, -1.0]);
    }

    #[test]
    fn standard_matches_scikit_learn() {
        // StandardScaler().fit_transform([[0, 10, 7], [0, 20, 7], [1, 30, 7], [1, 100, 7]]): means 0.5, 40, 7; deviations 0.5, 35.3553…, and
        // 1 for the constant column.
        let table = table(array![[0.0, 10.0, 7.0], [0.0, 20.0, 7.0], [1.0, 30.0, 7.0], [1.0, 100.0, 7.0]], &["a", "b", "c"]);
        let prepare = Prepare { scale: Scale::Standard, ..Prepare::default() };
        let expected = [-1.0, -0.848_528_14, 0.0, -1.0, -0.565_685_4, 0.0, 1.0, -0.282_842_7, 0.0, 1.0, 1.697_056_3, 0.0];
        for (got, expected) in prepared(&prepare, &table, &[0, 1, 2, 3]).iter().zip(expected) {
            assert!((got - expected).abs() < 1e-6, "{got} where {expected} is due");
        }
    }

    #[test]
    fn min_max_matches_scikit_learn() {
        // MinMaxScaler().fit on the first three rows; the last lies outside their range.
        let table = table(array![[1.0, 5.0], [3.0, 5.0], [2.0, 5.0], [5.0, 6.0]], &["a", "b"]);
        let prepare = Prepare { scale: Scale::MinMax, ..Prepare::default() };
        assert_eq!(prepared(&prepare, &table, &[0, 1, 2]), [0.0, 0.0, 1.0, 0.0, 0.5, 0.0, 2.0, 1.0]);
    }

    #[test]
    fn robust_matches_scikit_learn() {
        // RobustScaler().fit on all rows: medians 2.5 and 5, quartiles 1.75 and 27.25 (the last value is far off), and a constant column.
        let table = table(array![[1.0, 5.0], [3.0, 5.0], [2.0, 5.0], [100.0, 5.0]], &["a", "b"]);
        let prepare = Prepare { scale: Scale::Robust, ..Prepare::default() };
        let expected = [-0.058_823_53, 0.0, 0.019_607_844, 0.0, -0.019_607_844, 0.0, 3.823_529_5, 0.0];
        for (got, expected) in prepared(&prepare, &table, &[0, 1, 2, 3]).iter().zip(expected) {
            assert!((got - expected).abs() < 1e-6, "{got} where {expected} is due");
        }
    }

    #[test]
    fn a_column_that_is_constant_but_for_rounding_is_only_centred() {
        let values = vec![0.1_f64 + 0.2, 0.3, 0.1 + 0.2];
        assert_eq!(Scale::Standard.fit(&values).1, 1.0);
        assert_eq!(Scale::Standard.fit(&[1e-30, 2e-30]).1, 0.5e-30, "small is not constant");
    }

    #[test]
    fn only_the_training_rows_are_measured() {
        for scale in [Scale::Standard, Scale::MinMax, Scale::Robust] {
            let prepare = Prepare { features: vec![Feature::X, Feature::XTimesY], scale };
            let held_out = |value: f32| table(array![[1.0, 2.0], [3.0, -1.0], [value, value], [2.0, 5.0]], &["x", "y"]);
            let fit = |table: &Table, rows: &[usize]| Pipeline::fit(&prepare, table, rows).unwrap();
            assert_eq!(fit(&held_out(0.0), &[0, 1, 3]), fit(&held_out(1e6), &[0, 1, 3]), "a row that is held out has no say");
            assert_ne!(fit(&held_out(0.0), &[0, 1, 2, 3]), fit(&held_out(1e6), &[0, 1, 2, 3]), "a training row has");
        }
    }

    #[test]
    #[allow(clippy::type_complexity)]
    fn issues_name_the_feature_and_the_columns() {
        let cases: [(&str, Table, &[Feature], &[(&str, &str)]); 5] = [
            (
                "y of a curve is its target",
                Table::curve(vec![1.0], vec![1.0]),
                &[Feature::X, Feature::Y],
                &[("features[1]", "y needs the column y, but the columns are x")],
            ),
            (
                "both columns are missing",
                table(array![[1.0, 2.0]], &["age", "height"]),
                &[Feature::XTimesY],
                &[("features[0]", "x·y needs the column x and the column y, but the columns are age, height")],
            ),
            (
                "all issues at once",
                table(array![[1.0]], &["age"]),
                &[Feature::SinX, Feature::SinY],
                &[
                    ("features[0]", "sin x needs the column x, but the columns are age"),
                    ("features[1]", "sin y needs the column y, but the columns are age"),
                ],
            ),
            ("twice", Table::curve(vec![1.0], vec![1.0]), &[Feature::X, Feature::X], &[("features[1]", "x is already listed")]),
            (
                "overflow",
                Table::curve(vec![1.0, 1e30], vec![1.0, 1.0]),
                &[Feature::XSquared],
                &[("features[0]", "x² is too large for a 32-bit float in row 2")],
            ),
        ];
        for (reason, table, features, expected) in cases {
            let prepare = Prepare { features: features.to_vec(), ..Prepare::default() };
            let issues = Pipeline::fit(&prepare, &table, &[0]).unwrap_err();
            let got: Vec<(&str, &str)> = issues.iter().map(|issue| (issue.path.as_str(), issue.message.en.as_str())).collect();
            assert_eq!(got, expected, "{reason}");
        }
    }

    #[test]
    fn images_keep_their_shape_when_scaled_and_tokens_are_not_scaled() {
        let shaped = |shape| Table { shape, ..table(array![[0.0, 1.0, 2.0, 3.0], [2.0, 1.0, 0.0, 5.0]], &["a", "b", "c", "d"]) };
        let prepare = Prepare { scale: Scale::Standard, ..Prepare::default() };
        let image = Shape::Image { channels: 1, height: 2, width: 2 };
        assert_eq!(Pipeline::fit(&prepare, &shaped(image), &[0, 1]).unwrap().shape(), image);
        let tokens = shaped(Shape::Tokens { steps: 4, vocabulary: 6 });
        let issues = Pipeline::fit(&prepare, &tokens, &[0, 1]).unwrap_err();
        assert_eq!((issues.len(), issues[0].path.as_str()), (1, "scale"), "{issues:?}");
        assert_eq!(Pipeline::fit(&Prepare::default(), &tokens, &[0, 1]).unwrap().shape(), tokens.shape);
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest! {
        #[test]
        fn scaled_training_columns_have_the_promised_statistics(
            values in proptest::collection::vec(-1e4_f32..1e4, 2..60),
            held_out in -1e6_f32..1e6,
        ) {
            let rows = values.len();
            let all: Vec<f32> = values.iter().copied().chain([held_out]).collect();
            let table = table(Array2::from_shape_vec((rows + 1, 1), all).unwrap(), &["a"]);
            let train: Vec<usize> = (0..rows).collect();
            let constant = values.iter().all(|value| *value == values[0]);
            let out = prepared(&Prepare { scale: Scale::Standard, ..Prepare::default() }, &table, &train);
            let mean = out[..rows].iter().map(|value| f64::from(*value)).sum::<f64>() / rows as f64;
            let square = out[..rows].iter().map(|value| f64::from(*value).powi(2)).sum::<f64>() / rows as f64;
            prop_assert!(mean.abs() < 1e-5 && (constant || (square - 1.0).abs() < 1e-4), "{} {}", mean, square);
            let out = prepared(&Prepare { scale: Scale::MinMax, ..Prepare::default() }, &table, &train);
            let (low, high) = out[..rows].iter().fold((f32::MAX, f32::MIN), |(low, high), &value| (low.min(value), high.max(value)));
            prop_assert!(low == 0.0 && (high == 1.0 || constant));
        }
    }
}
