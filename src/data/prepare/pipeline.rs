//! `Pipeline`: from raw rows to features, with everything that was learned from the training rows. Where nothing but scaling is done, a feature is one affine
//! map of one column. Whatever is computed is computed in 64 bits, of numbers as their source gave them; only the result is rounded.

use super::columns::Columns;
use super::scale::{Affine, Scale};
use super::step::{Fitted, Step, Training};
use super::{Prepare, Words, named, without};
use crate::config::message::shorten_to;
use crate::config::{Issue, Message, Remedy};
use crate::data::clean::{Mend, rows_of};
use crate::data::feature::Feature;
use crate::data::table::{Kind, Rests};
use crate::data::{Shape, Table};
use crate::message;
use ndarray::{Array2, ArrayView2, CowArray, Ix2};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a feature comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Origin {
    /// A column of the table.
    Column(usize),
    /// 1 where a column of words has this one, else 0.
    Word(usize, u32),
    /// The place of a column's word in this order.
    Place(usize, usize),
    /// A feature of the columns `x` and `y` (any column in place of one that it does not need).
    Made(Feature, usize, usize),
}

/// Preparation with everything that was learned from the training rows.
#[derive(Clone, Debug)]
pub struct Pipeline {
    mends: Vec<Arc<dyn Mend>>,
    origins: Vec<Origin>,
    made: Vec<String>,
    /// For columns of words that become numbers: the place of every word, by its index.
    orders: Vec<Vec<f32>>,
    steps: Vec<Arc<dyn Fitted>>,
    names: Vec<String>,
    scales: Vec<Affine>,
    shape: Shape,
}

impl Pipeline {
    /// Learns from `train_rows` of `table`; `mends` is what cleaning does to rows that come later. Issues are relative to `prepare`: `features[i]` where a
    /// feature needs a column that the table lacks, is listed twice, or overflows `f32` in some row; `scale` where the numbers are names.
    pub fn fit(prepare: &Prepare, table: &Table, train_rows: &[usize], mends: Vec<Arc<dyn Mend>>) -> Result<Pipeline, Vec<Issue>> {
        let (origins, mut issues) = prepare.made(table);
        let tokens = matches!(table.shape, Shape::Tokens { .. }) && prepare.features.is_empty();
        if prepare.scale != Scale::None && tokens {
            let message = message!(
                "must be “No scaling” for tokens: their numbers are names, and scaled names stand for nothing",
                "用于词元时必须是“不缩放”：词元的数字只是名称，缩放后不再代表任何东西"
            );
            issues.push(Issue::new("scale", message).with(Remedy::set(message!("Do not scale", "不缩放"), "scale", "none")));
        }
        if !prepare.steps.is_empty() && tokens {
            let message = message!("must be empty for tokens: their numbers are names", "用于词元时必须为空：词元的数字只是名称");
            issues.push(Issue::new("steps", message).with(Remedy::set(message!("Remove the steps", "删除这些步骤"), "steps", json!([]))));
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        let mut orders = Vec::new();
        let origins = if prepare.features.is_empty() { prepare.columns(table, train_rows, &mut orders) } else { origins };
        let (made, origins): (Vec<String>, Vec<Origin>) = origins.into_iter().unzip();
        let (steps, names, scales) = (Vec::new(), made.clone(), vec![Affine::IDENTITY; made.len()]);
        let mut pipeline = Pipeline { mends, origins, made, orders, steps, names, scales, shape: table.shape };
        // Some steps and scaling leave every number in its place; whatever else is made is another row.
        let kept = prepare.features.is_empty()
            && prepare.steps.iter().all(|step| step.part().keeps_places())
            && pipeline.origins.iter().all(|origin| matches!(origin, Origin::Column(_)));
        if prepare.steps.is_empty() && prepare.scale == Scale::None {
            pipeline.settle(kept);
            return Ok(pipeline);
        }
        let training = rows_of(table, train_rows);
        let mut columns = pipeline.start(&Raw::of(&training));
        let targets: Vec<f32> = train_rows.iter().map(|&row| table.targets[row]).collect();
        for (at, step) in prepare.steps.iter().enumerate() {
            let training = Training { columns: &columns, targets: &targets, task: &table.task };
            let fitted = step.part().fit(&training).map_err(|needs| {
                let without = without(step.title(), "prepare.steps", &prepare.steps, Step::title);
                vec![named(format!("steps[{at}]"), step.title(), needs).with(without)]
            })?;
            columns = fitted.apply(columns);
            pipeline.steps.push(fitted);
        }
        pipeline.scales = columns.values.iter().map(|values| prepare.scale.fit(values)).collect();
        pipeline.names = columns.names;
        pipeline.settle(kept);
        pipeline.check(table, prepare)?;
        Ok(pipeline)
    }

    /// Says what a row is once its features are known.
    fn settle(&mut self, kept: bool) {
        if !kept {
            self.shape = Shape::Flat { units: self.names.len() };
        }
    }

    /// Steps may overflow where rows are far outside those that they learned from.
    fn check(&self, table: &Table, prepare: &Prepare) -> Result<(), Vec<Issue>> {
        if self.steps.is_empty() {
            return Ok(());
        }
        let prepared = self.prepare(table);
        let Some(at) = prepared.iter().position(|value| !value.is_finite()) else { return Ok(()) };
        let (row, name) = (table.numbers[at / self.names.len()] + 1, &self.names[at % self.names.len()]);
        let last = prepare.steps.len() - 1;
        let message = message!("makes {name} of row {row} too large for a 32-bit float", "使第 {row} 行的 {name} 超出 32 位浮点数的范围");
        // Without any step nothing is too large.
        let title = message!("Remove the steps", "删除这些步骤");
        Err(vec![Issue::new(format!("steps[{last}]"), message).with(Remedy::set(title, "steps", json!([])))])
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
        let mut rows = raw.as_standard_layout();
        if !self.mends.is_empty() {
            let (mut owned, mut exact) = (rows.into_owned(), Vec::new());
            for mut row in owned.rows_mut() {
                exact.clear();
                exact.extend(row.iter().map(|&value| f64::from(value)));
                self.mends.iter().for_each(|mend| mend.mend(&mut exact));
                row.iter_mut().zip(&exact).for_each(|(to, &value)| *to = value as f32);
            }
            rows = owned.into();
        }
        self.run(&Raw { rows, rests: None })
    }

    /// All rows of a table that was cleaned as the one that was fitted, with what 32 bits do not hold of them.
    pub fn prepare(&self, table: &Table) -> Array2<f32> {
        self.run(&Raw::of(table))
    }

    /// The raw row of which such features are made; none where features are made otherwise than one of each column, scaled.
    pub fn undo(&self, features: &[f32]) -> Option<Vec<f32>> {
        if !self.steps.is_empty() || self.origins.len() != features.len() {
            return None;
        }
        let mut raw = vec![None; self.origins.len()];
        for ((origin, scale), &value) in self.origins.iter().zip(&self.scales).zip(features) {
            let Origin::Column(column) = *origin else { return None };
            *raw.get_mut(column)? = Some(scale.invert(f64::from(value)) as f32);
        }
        raw.into_iter().collect()
    }

    fn run(&self, raw: &Raw) -> Array2<f32> {
        if !self.steps.is_empty() {
            let columns = self.steps.iter().fold(self.start(raw), |columns, step| step.apply(columns));
            return columns.map(|at, value| self.scales[at].apply(value)).to_rows();
        }
        let (columns, width) = (raw.rows.ncols(), self.origins.len());
        let rows = raw.rows.as_slice().expect("standard layout");
        let mut prepared = vec![0.0; raw.rows.nrows() * width];
        // A column at a time, so that each is one loop that knows what it does: a map has 40,000 rows.
        for (at, (origin, scale)) in self.origins.iter().zip(&self.scales).enumerate() {
            let to = prepared.iter_mut().skip(at).step_by(width).zip(rows.chunks_exact(columns));
            match (*origin, raw.rests(*origin)) {
                (Origin::Column(column), _) if scale.is_identity() => to.for_each(|(to, row)| *to = row[column]),
                (Origin::Column(column), Some(rests)) => {
                    to.zip(rests).for_each(|((to, row), rest)| *to = scale.apply(f64::from(row[column]) + f64::from(*rest)) as f32);
                }
                (origin, _) => to.for_each(|(to, row)| *to = scale.apply(f64::from(self.value(origin, row))) as f32),
            }
        }
        Array2::from_shape_vec((raw.rows.nrows(), width), prepared).expect("one value a row and step")
    }

    /// The columns with which steps begin.
    fn start(&self, raw: &Raw) -> Columns {
        let of = |origin: &Origin| {
            let rows = raw.rows.rows().into_iter();
            let mut values: Vec<f64> = rows.map(|row| f64::from(self.value(*origin, row.as_slice().expect("row-major")))).collect();
            if let Some(rests) = raw.rests(*origin) {
                values.iter_mut().zip(rests).for_each(|(value, rest)| *value += f64::from(*rest));
            }
            values
        };
        Columns { names: self.made.clone(), values: self.origins.iter().map(of).collect() }
    }

    fn value(&self, origin: Origin, row: &[f32]) -> f32 {
        match origin {
            Origin::Column(column) => row[column],
            Origin::Word(column, word) => f32::from(row[column] == word as f32),
            Origin::Place(column, order) => self.orders[order].get(row[column] as usize).copied().unwrap_or(UNKNOWN),
            Origin::Made(feature, x, y) => feature.at(row[x], row[y]),
        }
    }
}

/// The place of a word that no training row has, as scikit-learn's `OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)`.
const UNKNOWN: f32 = -1.0;

/// Rows as they came, and what 32 bits do not hold of them.
struct Raw<'a> {
    /// In standard layout.
    rows: CowArray<'a, f32, Ix2>,
    rests: Option<&'a Rests>,
}

impl<'a> Raw<'a> {
    fn of(table: &'a Table) -> Self {
        let rows = table.inputs.as_standard_layout();
        Raw { rows, rests: (!table.rests.inputs.is_empty()).then_some(&table.rests) }
    }

    fn rests(&self, origin: Origin) -> Option<&'a Vec<f32>> {
        match origin {
            Origin::Column(column) => self.rests?.inputs.get(&column),
            _ => None,
        }
    }
}

impl Prepare {
    /// The list of features without this one, or with it `once`.
    fn without_feature(&self, feature: Feature, once: bool) -> Remedy {
        let first = self.features.iter().position(|other| *other == feature).filter(|_| once);
        let kept = |(at, other): &(usize, &Feature)| **other != feature || Some(*at) == first;
        let features: Vec<&Feature> = self.features.iter().enumerate().filter(kept).map(|(_, feature)| feature).collect();
        let name = feature.name();
        Remedy::set(message!("Remove “{name}”", "删除“{name}”"), "features", json!(features))
    }

    /// The features that are listed, and what is wrong with them.
    fn made(&self, table: &Table) -> (Vec<(String, Origin)>, Vec<Issue>) {
        let (mut origins, mut issues) = (Vec::new(), Vec::new());
        let column = |name: &str| table.columns.iter().zip(&table.kinds).position(|(column, kind)| column == name && *kind == Kind::Number);
        let inputs = table.inputs.as_standard_layout();
        for (at, feature) in self.features.iter().enumerate() {
            let (path, name) = (format!("features[{at}]"), feature.name());
            if self.features[..at].contains(feature) {
                issues.push(
                    Issue::new(path, message!("{name} is already listed", "{name} 已在列表中")).with(self.without_feature(*feature, true)),
                );
                continue;
            }
            let absent = feature.columns().iter().filter(|name| column(name).is_none());
            let missing: Vec<Message> = absent.map(|name| message!("the column {name}", "{name} 列")).collect();
            if !missing.is_empty() {
                let missing = Message::join(&missing, " and ", "和 ");
                let Message { en, zh } = Message::list(&table.columns);
                let columns = Message { en: shorten_to(&en, 120), zh: shorten_to(&zh, 120) };
                let message = message!(
                    "{name} needs {missing}, but the columns are {columns}",
                    "{name} 需要 {missing}，但表中的列为 {columns}"; missing, columns
                );
                issues.push(Issue::new(path, message).with(self.without_feature(*feature, false)));
                continue;
            }
            let (x, y) = (column("x").unwrap_or(0), column("y").unwrap_or(0));
            if let Some(at) = inputs.rows().into_iter().position(|row| !feature.at(row[x], row[y]).is_finite()) {
                let row = at + 1;
                let message =
                    message!("{name} is too large for a 32-bit float in row {row}", "第 {row} 行数据的 {name} 超出 32 位浮点数的范围");
                issues.push(Issue::new(path, message).with(self.without_feature(*feature, false)));
                continue;
            }
            let made = match feature {
                Feature::X => Origin::Column(x),
                Feature::Y => Origin::Column(y),
                feature => Origin::Made(*feature, x, y),
            };
            origins.push((feature.name().to_string(), made));
        }
        (origins, issues)
    }

    /// The table's own columns, words as it is set: those that training rows have, in an order that no other word has a say in.
    fn columns(&self, table: &Table, train_rows: &[usize], orders: &mut Vec<Vec<f32>>) -> Vec<(String, Origin)> {
        let mut origins = Vec::new();
        for (at, (name, kind)) in table.columns.iter().zip(&table.kinds).enumerate() {
            let Kind::Words(words) = kind else {
                origins.push((name.clone(), Origin::Column(at)));
                continue;
            };
            let known: BTreeSet<usize> = train_rows.iter().map(|&row| table.inputs[(row, at)] as usize).collect();
            let known = in_order(known.into_iter().collect(), words);
            match self.words {
                Words::OneHot => {
                    origins.extend(known.into_iter().map(|word| (format!("{name}={}", words[word]), Origin::Word(at, word as u32))));
                }
                Words::Ordinal => {
                    let mut order = vec![UNKNOWN; words.len()];
                    known.into_iter().enumerate().for_each(|(place, word)| order[word] = place as f32);
                    origins.push((name.clone(), Origin::Place(at, orders.len())));
                    orders.push(order);
                }
            }
        }
        origins
    }
}

/// Words by number where all of them are numbers, else by letters: as scikit-learn's encoders sort categories.
fn in_order(mut known: Vec<usize>, words: &[String]) -> Vec<usize> {
    let number = |word: usize| words[word].parse::<f64>().ok();
    if known.iter().all(|&word| number(word).is_some()) {
        known.sort_by(|&a, &b| number(a).unwrap_or(0.0).total_cmp(&number(b).unwrap_or(0.0)).then_with(|| words[a].cmp(&words[b])));
    } else {
        known.sort_by(|&a, &b| words[a].cmp(&words[b]));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Task;
    use ndarray::array;
    // Its random source is not there for wasm.
    #[cfg(not(target_arch = "wasm32"))]
    use proptest::prelude::*;

    fn table(inputs: Array2<f32>, columns: &[&str]) -> Table {
        let targets = vec![0.0; inputs.nrows()];
        Table::new(inputs, targets, columns.iter().map(|name| name.to_string()).collect(), "t", Task::Regression)
    }

    fn fit(prepare: &Prepare, table: &Table, train: &[usize]) -> Result<Pipeline, Vec<Issue>> {
        Pipeline::fit(prepare, table, train, Vec::new())
    }

    fn prepared(prepare: &Prepare, table: &Table, train: &[usize]) -> Vec<f32> {
        fit(prepare, table, train).unwrap().apply(table.inputs.view()).into_raw_vec_and_offset().0
    }

    #[test]
    fn without_settings_rows_stay_as_they_are() {
        let table = table(array![[1.5, -2.0, 1e30], [0.1, 4.0, -3.0]], &["a", "b", "c"]);
        let pipeline = fit(&Prepare::default(), &table, &[0]).unwrap();
        assert_eq!(pipeline.features(), ["a", "b", "c"]);
        assert_eq!(prepared(&Prepare::default(), &table, &[0]), table.inputs.as_slice().unwrap());
    }

    #[test]
    fn features_replace_the_columns_in_the_order_given_wherever_x_and_y_stand() {
        let table = table(array![[9.0, -3.0, 2.0]], &["other", "y", "x"]);
        let prepare = Prepare { features: vec![Feature::XTimesY, Feature::Y, Feature::XSquared], ..Prepare::default() };
        assert_eq!(fit(&prepare, &table, &[0]).unwrap().features(), ["x·y", "y", "x²"]);
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
    fn only_the_training_rows_are_measured() {
        for scale in [Scale::Standard, Scale::MinMax, Scale::Robust] {
            let prepare = Prepare { features: vec![Feature::X, Feature::XTimesY], scale, ..Prepare::default() };
            let held_out = |value: f32| table(array![[1.0, 2.0], [3.0, -1.0], [value, value], [2.0, 5.0]], &["x", "y"]);
            let fit = |table: &Table, rows: &[usize]| fit(&prepare, table, rows).unwrap();
            assert_eq!(fit(&held_out(0.0), &[0, 1, 3]).scales, fit(&held_out(1e6), &[0, 1, 3]).scales, "a row that is held out has no say");
            assert_ne!(fit(&held_out(0.0), &[0, 1, 2, 3]).scales, fit(&held_out(1e6), &[0, 1, 2, 3]).scales, "a training row has");
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
            let issues = fit(&prepare, &table, &[0]).unwrap_err();
            let got: Vec<(&str, &str)> = issues.iter().map(|issue| (issue.path.as_str(), issue.message.en.as_str())).collect();
            assert_eq!(got, expected, "{reason}");
        }
    }

    #[test]
    fn images_keep_their_shape_when_scaled_and_tokens_are_not_scaled() {
        let shaped = |shape| Table { shape, ..table(array![[0.0, 1.0, 2.0, 3.0], [2.0, 1.0, 0.0, 5.0]], &["a", "b", "c", "d"]) };
        let prepare = Prepare { scale: Scale::Standard, ..Prepare::default() };
        let image = Shape::Image { channels: 1, height: 2, width: 2 };
        assert_eq!(fit(&prepare, &shaped(image), &[0, 1]).unwrap().shape(), image);
        let tokens = shaped(Shape::Tokens { steps: 4, vocabulary: 6 });
        let issues = fit(&prepare, &tokens, &[0, 1]).unwrap_err();
        assert_eq!((issues.len(), issues[0].path.as_str()), (1, "scale"), "{issues:?}");
        assert_eq!(fit(&Prepare::default(), &tokens, &[0, 1]).unwrap().shape(), tokens.shape);
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
