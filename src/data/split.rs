//! Which rows train, which choose among models (validation), and which judge once (test).
//!
//! The size of every part, and of every class within it when stratified, is its exact share rounded down or up. All three
//! rounded at once are a controlled rounding (Cox 1987, "A constructive procedure for unbiased controlled rounding"): rounding
//! part by part would leave the training part, which takes what is left, up to two rows of a class away from its share.
//!
//! Rows that follow each other in time are cut, not dealt: the last ones test, those before them validate. Dealt out, the rows before and after a
//! held-out one would give its answer away. Where a target lies several steps ahead, training knows the steps between (scikit-learn's
//! `TimeSeriesSplit` with its `gap` of 0), but never a value that is to be forecast.
//!
//! Rows that belong together (`Table::groups`) are dealt together, as scikit-learn's `GroupShuffleSplit` (shares are of groups, not of rows) and `GroupKFold`
//! (the largest group first, each to the smallest fold) do; stratifying has no say then. Rows in time are cut all the same.

use super::{Table, Task};
use crate::config::{Issue, Nothing, Remedy, counted};
use crate::math::random;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Split | 划分
///
/// Most samples train the model; some are held out to evaluate it honestly. | 大部分样本用于训练，留出一部分用来如实评估模型。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Split {
    /// Validation | 验证集
    ///
    /// Share of the samples that is held out to choose settings and to stop early. | 留出用于选择设置和早停的样本比例。
    #[schemars(range(min = 0.0, max = 0.4), extend("x-term" = "validation"))]
    pub validation: f64,
    /// Test | 测试集
    ///
    /// Share of the samples that is held out to judge the final model, once. | 留出用于最终评估（仅一次）的样本比例。
    #[schemars(range(min = 0.0, max = 0.4), extend("x-term" = "test-part"))]
    pub test: f64,
    /// Stratify | 分层
    ///
    /// Gives every split the same mix of classes; no effect on regression, nor where the last samples are held out. | 使各类别在每个子集中的比例相同；对回归以及按时间留出无影响。
    #[schemars(extend("x-depth" = "lab", "x-term" = "validation"))]
    pub stratify: bool,
    /// Hold-out split | 留出方式
    ///
    /// Random samples, or the last ones: of a series the last, so that nothing from the future is known. | 随机留出，或留出最后的样本：对时间序列留出最后的样本，使训练时不知道未来。
    #[schemars(extend("x-depth" = "lab", "x-term" = "series"))]
    pub order: Order,
    /// Validation scheme | 验证方式
    ///
    /// How the samples outside the test set are shared between training and validation. | 测试集之外的样本如何分给训练与验证。
    #[schemars(extend("x-depth" = "lab", "x-term" = "cross-validation"))]
    pub method: Method,
}

impl Default for Split {
    fn default() -> Self {
        Split { validation: 0.15, test: 0.15, stratify: true, order: Order::default(), method: Method::default() }
    }
}

/// Validation scheme | 验证方式
///
/// How the samples outside the test set are shared between training and validation. | 测试集之外的样本如何分给训练与验证。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Hold-out | 留出法
    ///
    /// The share of samples above, once. | 按上面的比例留出一次。
    HoldOut(Nothing),
    /// K-fold | K 折
    ///
    /// Cuts the samples into equal folds, of which one validates: every sample validates in one of the folds. | 把样本均分为若干折，其中一折用于验证：每个样本都会在某一折中用于验证。
    KFold(KFold),
    /// Leave-one-out | 留一法
    ///
    /// A single sample validates. | 只用一个样本验证。
    LeaveOneOut(LeaveOneOut),
    /// Rolling origin | 滚动起点
    ///
    /// Trains on the first samples and validates on the next: the later the fold, the more is known. | 用最前面的样本训练，用紧接着的样本验证：折越靠后，已知的越多。
    RollingOrigin(RollingOrigin),
}

impl Default for Method {
    fn default() -> Self {
        Method::HoldOut(Nothing {})
    }
}

/// K-fold | K 折
///
/// Cuts the samples into equal folds, of which one validates: every sample validates in one of the folds. | 把样本均分为若干折，其中一折用于验证：每个样本都会在某一折中用于验证。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cross-validation"))]
pub struct KFold {
    /// Folds | 折数
    ///
    /// How many folds there are. | 一共几折。
    #[schemars(range(min = 2, max = 50), extend("x-term" = "cross-validation"))]
    pub folds: usize,
    /// Fold | 第几折
    ///
    /// Which of them validates. | 用第几折验证。
    #[schemars(range(min = 1, max = 50), extend("x-term" = "cross-validation"))]
    pub fold: usize,
    /// Repeat | 第几次重复
    ///
    /// Another repeat deals the samples into other folds. | 不同的重复会把样本分成不同的折。
    #[schemars(range(min = 1, max = 100), extend("x-term" = "cross-validation"))]
    pub repeat: usize,
}

impl Default for KFold {
    fn default() -> Self {
        KFold { folds: 5, fold: 1, repeat: 1 }
    }
}

/// Leave-one-out | 留一法
///
/// A single sample validates. | 只用一个样本验证。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cross-validation"))]
pub struct LeaveOneOut {
    /// Sample | 样本
    ///
    /// Which of the samples outside the test set, from 1. | 测试集之外的第几个样本，从 1 开始。
    #[schemars(range(min = 1, max = 1000000))]
    pub row: usize,
}

impl Default for LeaveOneOut {
    fn default() -> Self {
        LeaveOneOut { row: 1 }
    }
}

/// Rolling origin | 滚动起点
///
/// Trains on the first samples and validates on the next: the later the fold, the more is known. | 用最前面的样本训练，用紧接着的样本验证：折越靠后，已知的越多。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "rolling-origin"))]
pub struct RollingOrigin {
    /// Folds | 折数
    ///
    /// How many folds there are. | 一共几折。
    #[schemars(range(min = 2, max = 50), extend("x-term" = "rolling-origin"))]
    pub folds: usize,
    /// Fold | 第几折
    ///
    /// Which of them validates. | 用第几折验证。
    #[schemars(range(min = 1, max = 50), extend("x-term" = "rolling-origin"))]
    pub fold: usize,
    /// Gap | 间隔
    ///
    /// Samples between training and validation that are left out. | 训练与验证之间留空的样本数。
    #[schemars(range(min = 0, max = 1000), extend("x-term" = "rolling-origin"))]
    pub gap: usize,
}

impl Default for RollingOrigin {
    fn default() -> Self {
        RollingOrigin { folds: 5, fold: 1, gap: 0 }
    }
}

/// Hold-out split | 留出方式
///
/// Which samples are held out. | 留出哪些样本。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Automatic | 自动
    ///
    /// The last samples of a series, random samples of everything else. | 时间序列留出最后的样本，其他数据随机留出。
    #[default]
    Auto,
    /// Random | 随机
    ///
    /// Any samples. Of a series this looks better than it is: the neighbours of a held-out sample give it away. | 任意的样本。用于时间序列时结果会虚高：留出样本前后的样本会泄露其目标。
    Random,
    /// The last ones | 最后的样本
    ///
    /// Trains on the first samples, validates on those behind them and tests on the last. | 用最前面的样本训练，其后的验证，最后的测试。
    Time,
}

impl Order {
    /// True where this table is cut, not dealt.
    fn in_time(self, table: &Table) -> bool {
        match self {
            Order::Auto => table.ordered,
            Order::Random => false,
            Order::Time => true,
        }
    }
}

/// Rows of each part, in ascending order. Every row is in one part at most; with a rolling origin the rows behind its fold are in none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub train: Vec<usize>,
    pub validation: Vec<usize>,
    pub test: Vec<usize>,
}

impl Parts {
    fn sort(&mut self) {
        for part in [&mut self.train, &mut self.validation, &mut self.test] {
            part.sort_unstable();
        }
    }
}

/// These rows by their groups, in the order of the groups' numbers.
fn members(of: &[u32], mut rows: Vec<usize>) -> Vec<Vec<usize>> {
    rows.sort_by_key(|row| of[*row]);
    rows.chunk_by(|a, b| of[*a] == of[*b]).map(<[usize]>::to_vec).collect()
}

impl Split {
    /// Deals the rows out by the stream `split` of `seed`, or cuts them in time. The training part has at least one row if the table has any. Issues are
    /// relative to `split`: a fold that the method or the table does not have.
    pub fn split(&self, table: &Table, seed: u32) -> Result<Parts, Vec<Issue>> {
        if matches!(self.method, Method::HoldOut(_)) {
            return Ok(self.hold_out(table, seed, self.validation));
        }
        let Parts { train: rest, test, .. } = self.hold_out(table, seed, 0.0);
        let (mut train, mut validation) = match &self.method {
            Method::HoldOut(_) => unreachable!("handled above"),
            Method::KFold(settings) => self.k_fold(table, seed, &rest, settings)?,
            Method::LeaveOneOut(LeaveOneOut { row }) => {
                let most = rest.len();
                if *row > most || most < 2 {
                    let message = message!(
                        "must be at most {most}, the rows that are not for testing, got {row}",
                        "最大为 {most}（测试集之外的行数），实际为 {row}"
                    );
                    let last = message!("Validate with sample {most}", "用样本 {most} 验证");
                    let remedy = if most < 2 { once() } else { Remedy::set(last, "method.leave_one_out.row", most) };
                    return Err(vec![Issue::new("method.leave_one_out.row", message).with(remedy)]);
                }
                // The rows of its group would give it away.
                let held = |other: &usize| match &table.groups {
                    Some(groups) => groups[*other] == groups[rest[row - 1]],
                    None => *other == rest[row - 1],
                };
                rest.iter().copied().partition(|other| !held(other))
            }
            Method::RollingOrigin(settings) => rolling(&rest, settings)?,
        };
        train.sort_unstable();
        validation.sort_unstable();
        Ok(Parts { train, validation, test })
    }

    /// Rows that are dealt out, in the order in which they are, by class where that counts.
    fn groups(&self, table: &Table, order: Vec<usize>) -> Vec<Vec<usize>> {
        match &table.task {
            Task::Classification(classes) if self.stratify => {
                // Rows without a class, which are still to be cleaned away, are a group of their own.
                let mut groups = vec![Vec::new(); classes.len() + 1];
                let group = |target: f32| if target.is_nan() { classes.len() } else { target as usize };
                order.into_iter().for_each(|row| groups[group(table.targets[row])].push(row));
                groups
            }
            _ => vec![order],
        }
    }

    fn hold_out(&self, table: &Table, seed: u32, validation: f64) -> Parts {
        let shares = [1.0 - validation - self.test, validation, self.test];
        if self.order.in_time(table) {
            let [train, validation, _] = deal(&[table.rows()], shares)[0];
            let mut rows = 0..table.rows();
            let mut next = |count| rows.by_ref().take(count).collect();
            return Parts { train: next(train), validation: next(validation), test: rows.collect() };
        }
        if let Some(of) = &table.groups {
            let mut groups = members(of, (0..table.rows()).collect());
            random::shuffle(&mut random::stream(seed, "split"), &mut groups);
            let [_, validation, test] = deal(&[groups.len()], shares)[0];
            let mut parts = Parts { train: groups.split_off(validation + test).concat(), ..Parts::default() };
            parts.test = groups.split_off(validation).concat();
            parts.validation = groups.concat();
            parts.sort();
            return parts;
        }
        let mut order: Vec<usize> = (0..table.rows()).collect();
        random::shuffle(&mut random::stream(seed, "split"), &mut order);
        let groups = self.groups(table, order);
        let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
        let counts = deal(&sizes, shares);
        let mut parts = Parts::default();
        for (rows, [_, validation, test]) in groups.into_iter().zip(counts) {
            parts.validation.extend(&rows[..validation]);
            parts.test.extend(&rows[validation..validation + test]);
            parts.train.extend(&rows[validation + test..]);
        }
        parts.sort();
        parts
    }

    /// scikit-learn's `KFold`, and `StratifiedKFold` where stratified: rows by class, the folds' numbers over and over. Rows in time are cut, not dealt.
    fn k_fold(&self, table: &Table, seed: u32, rest: &[usize], settings: &KFold) -> Result<(Vec<usize>, Vec<usize>), Vec<Issue>> {
        let KFold { folds, fold, repeat } = *settings;
        let issues = fold_issues("k_fold", folds, fold, rest.len());
        if !issues.is_empty() {
            return Err(issues);
        }
        if let (Some(of), false) = (&table.groups, self.order.in_time(table)) {
            let mut groups = members(of, rest.to_vec());
            if folds > groups.len() {
                let most = groups.len();
                let message = message!("must be at most {most}, the number of groups, got {folds}", "最大为组数 {most}，实际为 {folds}");
                return Err(vec![Issue::new("method.k_fold.folds", message).with(fewer("k_fold", most, fold))]);
            }
            random::shuffle(&mut random::stream(seed, &format!("split/{repeat}")), &mut groups);
            groups.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
            let mut dealt: Vec<Vec<usize>> = vec![Vec::new(); folds];
            for rows in groups {
                let smallest = dealt.iter_mut().min_by_key(|rows| rows.len()).expect("there are two folds at least");
                smallest.extend(rows);
            }
            let validation = dealt.remove(fold - 1);
            return Ok((dealt.concat(), validation));
        }
        let mut order = rest.to_vec();
        let within = |place: usize| if self.order.in_time(table) { place * folds / rest.len() } else { place % folds };
        if !self.order.in_time(table) {
            random::shuffle(&mut random::stream(seed, &format!("split/{repeat}")), &mut order);
            order = self.groups(table, order).concat();
        }
        let mut parts = (Vec::new(), Vec::new());
        for (place, row) in order.into_iter().enumerate() {
            if within(place) == fold - 1 { parts.1.push(row) } else { parts.0.push(row) }
        }
        Ok(parts)
    }
}

/// A share of the rows, once: that can be done with any rows.
fn once() -> Remedy {
    Remedy::set(message!("Hold out a share once", "按比例留出一次"), "method", json!(Method::default()))
}

/// So many folds, where that are enough; `fold` stays one of them.
fn fewer(method: &str, folds: usize, fold: usize) -> Remedy {
    if folds < 2 {
        return once();
    }
    let some = counted(folds, "fold", "folds");
    let title = message!("Take {some}", "取 {folds} 折");
    let mut remedy = Remedy::set(title.clone(), &format!("method.{method}.folds"), folds);
    remedy.edits.extend(Remedy::set(title, &format!("method.{method}.fold"), fold.min(folds)).edits);
    remedy
}

fn fold_issues(method: &str, folds: usize, fold: usize, rows: usize) -> Vec<Issue> {
    let mut issues = Vec::new();
    if fold > folds {
        let message = message!("must be at most {folds}, the number of folds, got {fold}", "最大为折数 {folds}，实际为 {fold}");
        let path = format!("method.{method}.fold");
        let remedy = Remedy::set(message!("Take fold {folds}", "取第 {folds} 折"), &path, folds);
        issues.push(Issue::new(path, message).with(remedy));
    }
    if folds > rows {
        let message = message!(
            "must be at most {rows}, the rows that are not for testing, got {folds}",
            "最大为 {rows}（测试集之外的行数），实际为 {folds}"
        );
        issues.push(Issue::new(format!("method.{method}.folds"), message).with(fewer(method, rows, fold)));
    }
    issues
}

/// scikit-learn's `TimeSeriesSplit`: (training, validation).
fn rolling(rest: &[usize], settings: &RollingOrigin) -> Result<(Vec<usize>, Vec<usize>), Vec<Issue>> {
    let RollingOrigin { folds, fold, gap } = *settings;
    let rows = rest.len();
    let issues = fold_issues("rolling_origin", folds, fold, rows.saturating_sub(1));
    if !issues.is_empty() {
        return Err(issues);
    }
    let size = rows / (folds + 1);
    let start = rows - size * (folds + 1 - fold);
    if start <= gap {
        let most = start - 1;
        let message = message!("must be at most {most} for this fold, got {gap}", "对这一折最大为 {most}，实际为 {gap}");
        let remedy = Remedy::set(message!("Take a gap of {most}", "间隔取 {most}"), "method.rolling_origin.gap", most);
        return Err(vec![Issue::new("method.rolling_origin.gap", message).with(remedy)]);
    }
    Ok((rest[..start - gap].to_vec(), rest[start..start + size].to_vec()))
}

/// Exact shares of a whole number, rounded down or up so that they add up to it.
#[derive(Clone, Copy)]
struct Rounded {
    down: [usize; 3],
    /// What rounding down takes away; below 1, and 0 where the share is whole.
    rest: [f64; 3],
    up: [bool; 3],
}

impl Rounded {
    /// The largest rests are rounded up.
    fn new(size: usize, shares: [f64; 3]) -> Self {
        let exact = shares.map(|share| {
            let exact = size as f64 * share;
            // 0.7 × 10 is not always 7 in binary.
            if (exact - exact.round()).abs() < 1e-9 { exact.round() } else { exact }
        });
        let mut rounded =
            Rounded { down: exact.map(|exact| exact as usize), rest: exact.map(|exact| exact - exact.floor()), up: [false; 3] };
        let missing = size - rounded.down.iter().sum::<usize>();
        let mut parts = [0, 1, 2];
        parts.sort_by(|&a, &b| rounded.rest[b].total_cmp(&rounded.rest[a]));
        parts[..missing].iter().for_each(|&part| rounded.up[part] = true);
        rounded
    }

    fn counts(&self) -> [usize; 3] {
        [0, 1, 2].map(|part| self.down[part] + usize::from(self.up[part]))
    }

    /// Rounds `to` up in place of `from`.
    fn exchange(&mut self, from: usize, to: usize) {
        self.up[from] = false;
        self.up[to] = true;
    }
}

/// Rows of each group for training, validation and test: the groups' own shares and the shares of the whole, each rounded down or up.
fn deal(sizes: &[usize], shares: [f64; 3]) -> Vec<[usize; 3]> {
    let rows = sizes.iter().sum();
    let mut totals = Rounded::new(rows, shares);
    if rows > 0 && totals.counts()[0] == 0 {
        let from = if totals.up[1] { 1 } else { 2 };
        totals.exchange(from, 0);
    }
    let totals = totals.counts();
    let mut groups: Vec<Rounded> = sizes.iter().map(|&size| Rounded::new(size, shares)).collect();
    // The group that loses least when it rounds `to` up in place of `from`.
    let candidate = |groups: &[Rounded], from: usize, to: usize| {
        let loss = |group: usize| groups[group].rest[from] - groups[group].rest[to];
        (0..groups.len())
            .filter(|&group| groups[group].up[from] && !groups[group].up[to] && groups[group].rest[to] > 0.0)
            .min_by(|&a, &b| loss(a).total_cmp(&loss(b)))
    };
    loop {
        let sums = groups.iter().fold([0; 3], |sums, group| {
            let counts = group.counts();
            [0, 1, 2].map(|part| sums[part] + counts[part])
        });
        let pairs = (0..3).flat_map(|from| (0..3).map(move |to| (from, to)));
        // From a part with too many rows to one with too few, by way of the third where no group can exchange them directly.
        let exchanges = pairs.filter(|&(from, to)| sums[from] > totals[from] && sums[to] < totals[to]).find_map(|(from, to)| {
            let via = 3 - from - to;
            let direct = candidate(&groups, from, to).map(|group| vec![(group, from, to)]);
            direct.or_else(|| Some(vec![(candidate(&groups, from, via)?, from, via), (candidate(&groups, via, to)?, via, to)]))
        });
        // Such an exchange exists until the sums are right: the exact shares are a flow that meets all bounds, so a whole one does too.
        let Some(exchanges) = exchanges else { break };
        exchanges.into_iter().for_each(|(group, from, to)| groups[group].exchange(from, to));
    }
    groups.iter().map(Rounded::counts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    // Its random source is not there for wasm.
    #[cfg(not(target_arch = "wasm32"))]
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn table(labels: Vec<usize>, classes: usize) -> Table {
        Table::plane(vec![[0.0; 2]; labels.len()], labels, classes)
    }

    fn sizes(parts: &Parts) -> [usize; 3] {
        [parts.train.len(), parts.validation.len(), parts.test.len()]
    }

    #[test]
    fn totals() {
        let cases = [
            ("the defaults", 500, 0.15, 0.15, [350, 75, 75]),
            ("nothing held out", 500, 0.0, 0.0, [500, 0, 0]),
            ("the most that can be held out", 100, 0.4, 0.4, [20, 40, 40]),
            ("shares that binary fractions miss", 30, 0.1, 0.2, [21, 3, 6]),
            ("halves go to validation before test", 10, 0.15, 0.15, [7, 2, 1]),
            ("one row trains", 1, 0.4, 0.4, [1, 0, 0]),
            ("of two rows one trains", 2, 0.4, 0.4, [1, 0, 1]),
            ("no rows", 0, 0.15, 0.15, [0, 0, 0]),
        ];
        for (reason, rows, validation, test, expected) in cases {
            for stratify in [false, true] {
                let parts = Split { validation, test, stratify, ..Split::default() }
                    .split(&table((0..rows).map(|row| row % 3).collect(), 3), 1)
                    .unwrap();
                assert_eq!(sizes(&parts), expected, "{reason}, stratify {stratify}");
            }
        }
    }

    #[test]
    fn rows_in_time_are_cut_and_others_dealt_unless_it_is_said_otherwise() {
        let series = Table { ordered: true, ..Table::curve(vec![0.0; 40], vec![0.5; 40]) };
        let points = table((0..40).map(|row| row % 2).collect(), 2);
        let cut = Parts { train: (0..28).collect(), validation: (28..34).collect(), test: (34..40).collect() };
        let cases = [
            ("a series by itself", &series, Order::Auto, true),
            ("points by themselves", &points, Order::Auto, false),
            ("a series, dealt all the same", &series, Order::Random, false),
            ("a table of the user's that is in time", &points, Order::Time, true),
        ];
        for (reason, table, order, in_time) in cases {
            let split = Split { order, ..Split::default() };
            assert_eq!(split.split(table, 1).unwrap() == cut, in_time, "{reason}");
            assert_eq!(sizes(&split.split(table, 1).unwrap()), [28, 6, 6], "{reason}");
        }
        let one = Split { validation: 0.4, test: 0.4, order: Order::Time, ..Split::default() };
        assert_eq!(sizes(&one.split(&table(vec![0], 1), 1).unwrap()), [1, 0, 0], "one row trains");
    }

    #[test]
    fn a_rare_class_reaches_the_test_part_only_when_stratified() {
        // 10 of 1000 rows: 1.5 are due in the test part.
        let labels: Vec<usize> = (0..1000).map(|row| usize::from(row % 100 == 0)).collect();
        let table = table(labels, 2);
        let rare = |stratify, seed| {
            let parts = Split { stratify, ..Split::default() }.split(&table, seed).unwrap();
            parts.test.iter().filter(|&&row| row % 100 == 0).count()
        };
        assert!((0..50).all(|seed| (1..=2).contains(&rare(true, seed))));
        assert!((0..50).any(|seed| rare(false, seed) == 0), "chance alone misses it now and then");
    }

    #[test]
    fn regression_is_split_without_classes() {
        let table = Table::curve(vec![0.0; 40], (0..40).map(|row| row as f32 + 0.5).collect());
        assert_eq!(sizes(&Split::default().split(&table, 1).unwrap()), [28, 6, 6]);
    }

    #[test]
    fn the_seed_alone_decides_who_goes_where() {
        let table = table((0..100).map(|row| row % 2).collect(), 2);
        let split = |seed| Split::default().split(&table, seed).unwrap();
        assert_eq!(split(1), split(1));
        assert_ne!(split(1), split(2));
    }

    fn by(method: Method, order: Order) -> Split {
        Split { method, order, ..Split::default() }
    }

    #[test]
    fn every_row_that_is_not_for_testing_validates_in_one_fold_and_classes_are_even() {
        let labels: Vec<usize> = (0..103).map(|row| usize::from(row % 4 == 0)).collect();
        let table = table(labels.clone(), 2);
        for (order, even) in [(Order::Random, true), (Order::Time, false)] {
            let fold = |fold, repeat| by(Method::KFold(KFold { folds: 5, fold, repeat }), order).split(&table, 1).unwrap();
            let mut all: Vec<usize> = (1..=5).flat_map(|at| fold(at, 1).validation).collect();
            all.sort_unstable();
            let rest = [fold(1, 1).train, fold(1, 1).validation].concat();
            assert_eq!(all.len(), rest.len(), "{order:?}");
            all.dedup();
            assert_eq!(all.len(), rest.len(), "{order:?}: no row twice");
            for at in 1..=5 {
                let parts = fold(at, 1);
                assert_eq!(parts.test, fold(1, 1).test, "the test part is the same in every fold");
                assert!((17..=18).contains(&parts.validation.len()), "{order:?}");
                let rare = parts.validation.iter().filter(|&&row| labels[row] == 1).count();
                assert!(!even || (4..=5).contains(&rare), "{rare} of 22 rows in a fifth");
            }
            assert_eq!(fold(2, 1) == fold(2, 2), !even, "another repetition deals anew, but time is what it is");
        }
    }

    #[test]
    fn one_row_is_left_out_and_what_is_not_there_is_named() {
        let table = table((0..40).map(|row| row % 2).collect(), 2);
        let one = |row| by(Method::LeaveOneOut(LeaveOneOut { row }), Order::Random).split(&table, 1);
        let rest = Split { validation: 0.0, ..Split::default() }.split(&table, 1).unwrap().train;
        for row in [1, 34] {
            let parts = one(row).unwrap();
            assert_eq!((parts.validation, parts.train.len()), (vec![rest[row - 1]], 33));
        }
        let said = |split: Split| split.split(&table, 1).unwrap_err().iter().map(Issue::to_string).collect::<Vec<_>>();
        assert_eq!(
            one(35).unwrap_err()[0].to_string(),
            "method.leave_one_out.row: must be at most 34, the rows that are not for testing, got 35"
        );
        assert_eq!(
            said(by(Method::KFold(KFold { folds: 40, fold: 41, repeat: 1 }), Order::Random)),
            [
                "method.k_fold.fold: must be at most 40, the number of folds, got 41",
                "method.k_fold.folds: must be at most 34, the rows that are not for testing, got 40"
            ]
        );
        let rolling = RollingOrigin { folds: 5, fold: 1, gap: 9 };
        assert_eq!(
            said(by(Method::RollingOrigin(rolling), Order::Time)),
            ["method.rolling_origin.gap: must be at most 8 for this fold, got 9"]
        );
    }

    #[test]
    fn the_origin_rolls_as_scikit_learns_does() {
        // TimeSeriesSplit(n_splits=3, gap=1).split(range(10)): train 0-2, 0-4, 0-6 and test 4-5, 6-7, 8-9.
        let table = Table { ordered: true, ..Table::curve(vec![0.0; 10], vec![0.5; 10]) };
        for (fold, train, validation) in [(1, 0..3, 4..6), (2, 0..5, 6..8), (3, 0..7, 8..10)] {
            let method = Method::RollingOrigin(RollingOrigin { folds: 3, fold, gap: 1 });
            let parts = Split { test: 0.0, ..by(method, Order::Auto) }.split(&table, 1).unwrap();
            assert_eq!(parts, Parts { train: train.collect(), validation: validation.collect(), test: vec![] }, "fold {fold}");
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest! {
        #[test]
        fn every_row_once_and_every_share_within_a_row(
            labels in proptest::collection::vec(prop_oneof![0_usize..7, 0_usize..2], 1..300),
            validation in 0.0..=0.4_f64,
            test in 0.0..=0.4_f64,
            stratify: bool,
            seed: u32,
        ) {
            let table = table(labels.clone(), 7);
            let parts = Split { validation, test, stratify, ..Split::default() }.split(&table, seed).unwrap();
            let mut all = [parts.train.clone(), parts.validation.clone(), parts.test.clone()].concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..labels.len()).collect::<Vec<_>>(), "each row in exactly one part");
            prop_assert!(!parts.train.is_empty());
            let shares = [1.0 - validation - test, validation, test];
            for (part, share) in [&parts.train, &parts.validation, &parts.test].into_iter().zip(shares) {
                prop_assert!(part.is_sorted());
                prop_assert!((part.len() as f64 - share * labels.len() as f64).abs() < 1.0 + 1e-6, "{} rows", part.len());
                for class in (0..7).filter(|_| stratify) {
                    let due = share * labels.iter().filter(|&&label| label == class).count() as f64;
                    let got = part.iter().filter(|&&row| labels[row] == class).count() as f64;
                    prop_assert!((got - due).abs() < 1.0 + 1e-6, "class {}: {} rows where {} are due", class, got, due);
                }
            }
        }

        #[test]
        fn stratifying_does_not_change_the_totals(
            sizes in proptest::collection::vec(0_usize..60, 1..40),
            validation in 0.0..=0.4_f64,
            test in 0.0..=0.4_f64,
        ) {
            let shares = [1.0 - validation - test, validation, test];
            let sum = |counts: Vec<[usize; 3]>| counts.into_iter().fold([0; 3], |sums, counts| [0, 1, 2].map(|part| sums[part] + counts[part]));
            prop_assert_eq!(sum(deal(&sizes, shares)), sum(deal(&[sizes.iter().sum()], shares)));
        }
    }

    #[test]
    fn rows_that_belong_together_stay_together() {
        // Twelve groups of one to twelve rows, mixed.
        let of: Vec<u32> = (0..12_u32).flat_map(|group| std::iter::repeat_n(group * 5 % 12, group as usize + 1)).collect();
        let rows = of.len();
        let mut table = Table::curve(vec![0.0; rows], vec![0.0; rows]);
        table.groups = Some(of.clone());
        let apart = |parts: &Parts| {
            let groups =
                [&parts.train, &parts.validation, &parts.test].map(|part| part.iter().map(|&row| of[row]).collect::<BTreeSet<_>>());
            assert_eq!(groups.iter().map(BTreeSet::len).sum::<usize>(), 12, "each in one part: {groups:?}");
            groups.map(|groups| groups.len())
        };
        let half = Split { validation: 0.25, test: 0.25, ..Split::default() };
        for seed in 0..20 {
            let parts = half.split(&table, seed).unwrap();
            assert_eq!(apart(&parts), [6, 3, 3], "shares of groups");
            assert_eq!(parts.train.len() + parts.validation.len() + parts.test.len(), rows);
            assert!(parts.train.is_sorted() && parts.validation.is_sorted() && parts.test.is_sorted());
        }
        let fold = |fold| Split { test: 0.0, method: Method::KFold(KFold { folds: 3, fold, repeat: 1 }), ..Split::default() };
        let folds: Vec<Parts> = (1..=3).map(|at| fold(at).split(&table, 1).unwrap()).collect();
        folds.iter().for_each(|parts| assert_eq!(apart(parts).iter().sum::<usize>(), 12));
        // 78 rows: the largest groups first, each to the smallest fold, come out even.
        assert_eq!(folds.iter().map(|parts| parts.validation.len()).collect::<Vec<_>>(), [26, 26, 26]);
        let mut all: Vec<usize> = folds.iter().flat_map(|parts| parts.validation.clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..rows).collect::<Vec<_>>(), "every row validates once");
        let one = Split { test: 0.0, method: Method::LeaveOneOut(LeaveOneOut { row: 40 }), ..Split::default() }.split(&table, 1).unwrap();
        assert_eq!(apart(&one), [11, 1, 0], "with all of its group");
        let many =
            Split { method: Method::KFold(KFold { folds: 20, fold: 1, repeat: 1 }), ..Split::default() }.split(&table, 1).unwrap_err();
        assert!(many[0].message.en.contains("the number of groups"), "{}", many[0]);
        let ordered = Table { ordered: true, ..table };
        assert_eq!(half.split(&ordered, 1).unwrap().test.last(), Some(&(rows - 1)), "time comes first");
    }
}
