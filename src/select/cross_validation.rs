//! Cross-validation: every row validates once, by a model that has not seen it (Stone 1974; scikit-learn's `cross_validate` and `cross_val_predict`).
//!
//! What is averaged over folds is each fold's own measure (as scikit-learn does), with the sample standard deviation over folds. Folds share rows, so
//! that deviation is no error of the mean: no unbiased estimate of it exists (Bengio & Grandvalet 2004). What is measured over all held-out predictions
//! together is told beside it: they differ where a metric is no mean over rows (R², F1), and a fold of one row has no R² at all.

use crate::config::reader::Reader;
use crate::config::{Issue, Message, Nothing, counted};
use crate::data::Files;
use crate::data::split::{KFold, LeaveOneOut as OneRow, Method, RollingOrigin};
use crate::job::ran::Held;
use crate::job::report::{Cell, Column, Report, Row, Table};
use crate::job::{Job, Outcomes, Piece, Plan, Ran, RunTo};
use crate::message;
use crate::metric::{self, Answered, Answers, Quantity, Targets};
use crate::train::stop::EarlyStopping;
use crate::train::{Experiment, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows that are left out one by one at most: each is a run.
const MOST_ROWS: usize = 1000;

/// Cross-validation | 交叉验证
///
/// Trains once for every fold and validates on it: how good the settings are does not hang on one lucky split. | 每折训练一次并在该折上验证：设置的好坏不取决于一次碰巧的划分。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "cross-validation"))]
pub struct CrossValidation {
    /// Cut into folds | 分折方式
    ///
    /// How the samples outside the test set are cut into folds. | 测试集之外的样本如何分折。
    #[schemars(extend("x-term" = "cross-validation"))]
    pub method: Folds,
}

/// Cut into folds | 分折方式
///
/// How the samples outside the test set are cut into folds. | 测试集之外的样本如何分折。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Folds {
    /// K-fold | K 折
    ///
    /// Equal folds, each of which validates once; classes in equal shares where the split is stratified. | 均分为若干折，每折验证一次；若划分为分层，各类别比例相同。
    KFold(AllFolds),
    /// Leave-one-out | 留一法
    ///
    /// Every sample validates by itself: as many runs as samples. | 每个样本单独验证一次：有多少样本就训练多少次。
    LeaveOneOut(Nothing),
    /// Rolling origin | 滚动起点
    ///
    /// Trains on the first samples and validates on the next, for samples in time. | 用最前面的样本训练，用紧接着的样本验证，适用于时间序列。
    RollingOrigin(Rolling),
}

impl Default for Folds {
    fn default() -> Self {
        Folds::KFold(AllFolds::default())
    }
}

/// K-fold | K 折
///
/// Equal folds, each of which validates once. | 均分为若干折，每折验证一次。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AllFolds {
    /// Folds | 折数
    ///
    /// How many folds there are. | 一共几折。
    #[schemars(range(min = 2, max = 50))]
    pub folds: usize,
    /// Repeats | 重复次数
    ///
    /// How often the samples are dealt into folds anew. | 重新分折的次数。
    #[schemars(range(min = 1, max = 20))]
    pub repeats: usize,
}

impl Default for AllFolds {
    fn default() -> Self {
        AllFolds { folds: 5, repeats: 1 }
    }
}

/// Rolling origin | 滚动起点
///
/// Trains on the first samples and validates on the next. | 用最前面的样本训练，用紧接着的样本验证。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rolling {
    /// Folds | 折数
    ///
    /// How many folds there are. | 一共几折。
    #[schemars(range(min = 2, max = 50))]
    pub folds: usize,
    /// Gap | 间隔
    ///
    /// Samples that are left out between training and validation. | 训练与验证之间留空的样本数。
    #[schemars(range(min = 0, max = 10000))]
    pub gap: usize,
}

impl Default for Rolling {
    fn default() -> Self {
        Rolling { folds: 5, gap: 0 }
    }
}

impl CrossValidation {
    /// The splits, in order, and what each is called; `rows` are those outside the test part.
    fn splits(&self, rows: usize) -> Vec<(Message, Method)> {
        match &self.method {
            Folds::KFold(AllFolds { folds, repeats }) => (1..=*repeats)
                .flat_map(|repeat| (1..=*folds).map(move |fold| (repeat, fold)))
                .map(|(repeat, fold)| {
                    let name = if *repeats == 1 {
                        message!("fold {fold}", "第 {fold} 折")
                    } else {
                        message!("repeat {repeat}, fold {fold}", "第 {repeat} 次，第 {fold} 折")
                    };
                    (name, Method::KFold(KFold { folds: *folds, fold, repeat }))
                })
                .collect(),
            Folds::LeaveOneOut(_) => {
                (1..=rows).map(|row| (message!("sample {row}", "样本 {row}"), Method::LeaveOneOut(OneRow { row }))).collect()
            }
            Folds::RollingOrigin(Rolling { folds, gap }) => (1..=*folds)
                .map(|fold| {
                    (message!("fold {fold}", "第 {fold} 折"), Method::RollingOrigin(RollingOrigin { folds: *folds, fold, gap: *gap }))
                })
                .collect(),
        }
    }

    /// Rows outside the test part; counted only where each is a fold.
    fn rows(&self, experiment: &Experiment, files: &dyn Files) -> usize {
        if !matches!(self.method, Folds::LeaveOneOut(_)) {
            return 0;
        }
        let one = with(experiment, Method::LeaveOneOut(OneRow { row: 1 }));
        Run::new(one, files).map_or(0, |run| run.parts().train.len() + run.parts().validation.len())
    }
}

fn with(experiment: &Experiment, method: Method) -> Experiment {
    let mut experiment = experiment.clone();
    experiment.split.method = method;
    experiment
}

impl Job for CrossValidation {
    fn check(&self, asked: &[Experiment], files: &dyn Files) -> Vec<Issue> {
        let path = |at: usize| if at == 0 { "experiment".to_string() } else { format!("against[{}]", at - 1) };
        let first = &asked[0];
        let mut issues = Vec::new();
        for (at, experiment) in asked.iter().enumerate() {
            // What is compared has the same folds.
            let same = [
                ("seed", first.seed == experiment.seed),
                ("data", first.data == experiment.data),
                ("split", first.split == experiment.split),
            ];
            issues.extend(same.into_iter().filter(|(_, same)| !same).map(|(field, _)| {
                let message = message!("must be the same in all experiments that are compared", "相互比较的实验必须相同");
                Issue::new(format!("{}.{field}", path(at)), message)
            }));
        }
        let rows = self.rows(first, files);
        if rows > MOST_ROWS {
            let all = counted(rows, "sample", "samples");
            let message = message!(
                "would leave out {all} one by one; at most {MOST_ROWS} are: choose “K-fold” instead",
                "要逐一留出 {rows} 个样本，最多 {MOST_ROWS} 个：请改用“K 折”"
            );
            issues.push(Issue::new("method.leave_one_out", message));
        }
        if issues.is_empty() {
            // Too many folds, too large a gap: the split knows, and every fold of a kind says the same.
            let last = self.splits(rows).pop();
            issues.extend(last.and_then(|(_, method)| Run::new(with(first, method), files).err()).into_iter().flatten().map(|issue| {
                let own = issue.path.strip_prefix("split.method.").map(str::to_string);
                match own {
                    Some(own) => Issue::new(format!("method.{own}"), issue.message),
                    None => issue.under("experiment"),
                }
            }));
        }
        issues
    }

    fn plan(&self, asked: &[Experiment], files: &dyn Files, _: &Outcomes) -> Plan {
        let splits = self.splits(self.rows(&asked[0], files));
        let work = json!(RunTo { columns: vec!["loss".into()], held: true, ..RunTo::default() });
        // Fold by fold, so that what is known of each experiment grows alike.
        let pieces = splits.iter().flat_map(|(name, method)| {
            let work = &work;
            asked.iter().enumerate().map(move |(group, experiment)| Piece {
                name: name.clone(),
                group,
                experiment: with(experiment, method.clone()),
                work: work.clone(),
            })
        });
        Plan { pieces: pieces.collect(), whole: true }
    }

    #[cfg(not(for_the_page))]
    fn result(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Value {
        let groups = (0..asked.len()).map(|group| {
            let folds = folds(plan, done, group);
            let metrics: serde_json::Map<String, Value> = names(&folds)
                .into_iter()
                .map(|name| {
                    let values = values(&folds, &name);
                    let Cell { value, spread } = Cell::mean(&values);
                    (name, json!({"mean": value, "sd": spread, "folds": values}))
                })
                .collect();
            let pooled: serde_json::Map<String, Value> =
                pooled(&folds).into_iter().map(|(name, value)| (name.into(), json!(value))).collect();
            let updates: Vec<u64> = folds.iter().map(|(_, ran)| ran.update).collect();
            json!({"validation": metrics, "pooled": pooled, "updates": updates})
        });
        json!({"folds": plan.pieces.len() / asked.len().max(1), "experiments": groups.collect::<Vec<_>>()})
    }

    fn report(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Report {
        let each: Vec<_> = (0..asked.len()).map(|group| folds(plan, done, group)).collect();
        let known: Vec<Quantity> = Quantity::on_rows().collect();
        let names: Vec<String> =
            known.iter().map(|one| one.name.to_string()).filter(|name| each.iter().any(|folds| names(folds).contains(name))).collect();
        let title = |name: &str| known.iter().find(|one| one.name == name).map_or(Message::default(), |one| one.title.clone());
        let columns = std::iter::once(Column { title: message!("updates", "更新次数"), whole: true, ..Column::default() })
            .chain(names.iter().map(|name| Column { title: title(name), quantity: Some(name.clone()), ..Column::default() }));
        let mut rows = Vec::new();
        for (group, folds) in each.iter().enumerate() {
            rows.extend(folds.iter().map(|(at, ran)| {
                let measured = held(ran);
                let cells =
                    names.iter().map(|name| measured.and_then(|all| all.get(name)).map_or(Cell::default(), |value| Cell::of(*value)));
                let cells = std::iter::once(Cell::of(ran.update as f64)).chain(cells).collect();
                Row { name: plan.pieces[*at].name.clone(), group, piece: Some(*at), cells, sum: false }
            }));
            if folds.is_empty() {
                continue;
            }
            let updates: Vec<f64> = folds.iter().map(|(_, ran)| ran.update as f64).collect();
            let means = std::iter::once(Cell::mean(&updates)).chain(names.iter().map(|name| Cell::mean(&values(folds, name))));
            rows.push(Row { name: message!("mean ± SD", "均值 ± 标准差"), group, sum: true, piece: None, cells: means.collect() });
            let all: BTreeMap<&str, f64> = pooled(folds).into_iter().collect();
            if !all.is_empty() {
                let cells = names.iter().map(|name| all.get(name.as_str()).map_or(Cell::default(), |value| Cell::of(*value)));
                let cells = std::iter::once(Cell::default()).chain(cells).collect();
                rows.push(Row { name: message!("all predictions together", "全部预测合并"), group, sum: true, piece: None, cells });
            }
        }
        let table = Table {
            title: message!("Validation, fold by fold", "各折的验证结果"),
            of: message!("Fold", "折"),
            columns: columns.collect(),
            rows,
        };
        let mut said = Vec::new();
        if asked.iter().any(|one| !matches!(one.stop.early_stopping, EarlyStopping::Off(_))) {
            said.push(message!(
                "Early stopping watches the fold that validates: the scores are a little too good.",
                "早停监控的正是用于验证的那一折：分数会略微偏高。"
            ));
        }
        let mut tables = vec![table];
        tables.extend(each.iter().enumerate().filter_map(|(group, folds)| classes(folds, group)));
        Report { said, tables }
    }
}

/// The folds of an experiment that are done, with their pieces' numbers.
fn folds(plan: &Plan, done: &Outcomes, group: usize) -> Vec<(usize, Ran)> {
    let of_group = done.iter().filter(|(at, _)| plan.pieces.get(**at).is_some_and(|piece| piece.group == group));
    of_group.filter_map(|(at, outcome)| Some((*at, Ran::deserialize(Reader(outcome.found()?)).ok()?))).collect()
}

/// What was measured on the validation rows.
fn held(ran: &Ran) -> Option<&BTreeMap<String, f64>> {
    ran.measured.get("validation")
}

/// Everything that was measured in some fold.
fn names(folds: &[(usize, Ran)]) -> Vec<String> {
    let mut names: Vec<String> = folds.iter().flat_map(|(_, ran)| held(ran).into_iter().flat_map(|all| all.keys().cloned())).collect();
    names.sort();
    names.dedup();
    names
}

/// The values of a metric, fold by fold; one without a value is left out.
fn values(folds: &[(usize, Ran)], name: &str) -> Vec<f64> {
    folds.iter().filter_map(|(_, ran)| held(ran)?.get(name).copied()).collect()
}

/// All held-out predictions of all folds, one after the other.
fn together(folds: &[(usize, Ran)]) -> Option<Held> {
    let mut parts = folds.iter().filter_map(|(_, ran)| ran.held.as_ref());
    let mut all = parts.next()?.clone();
    for part in parts {
        all.rows.extend(&part.rows);
        all.targets.extend(&part.targets);
        all.predictions.extend(&part.predictions);
    }
    Some(all)
}

/// Every metric over all held-out predictions together.
fn pooled(folds: &[(usize, Ran)]) -> Vec<(&'static str, f64)> {
    let Some(all) = together(folds) else { return Vec::new() };
    let (task, answer) = all.answered();
    let units = all.units();
    let predictions: Vec<f32> = all.predictions.iter().map(|&value| units.apply(value) as f32).collect();
    let answers = Answers { answer, predictions: &predictions, targets: Targets::Double(&all.targets), units };
    metric::of(Answered { task: &task, answer })
        .map(|metric| (metric.name(), metric.measure(&answers)))
        .filter(|(_, value)| value.is_finite())
        .collect()
}

/// What is said of each class over all held-out predictions together; none where the target has no classes.
fn classes(folds: &[(usize, Ran)], group: usize) -> Option<Table> {
    let all = together(folds)?;
    let (_, answer) = all.answered();
    if !answer.is_class() {
        return None;
    }
    let predictions: Vec<f32> = all.predictions.iter().map(|&value| value as f32).collect();
    let (counts, _) = metric::classes::counted(&predictions, Targets::Double(&all.targets), all.classes.len());
    let lines = metric::classes::report(&counts, all.classes.len());
    let columns = metric::classes::columns().map(|title| Column { whole: false, title, ..Column::default() });
    let rows = lines.iter().zip(&all.classes).map(|(line, name)| Row {
        name: message!("{name}", "{name}"),
        group,
        cells: [line.precision, line.recall, line.f1, f64::from(line.support)].map(Cell::of).to_vec(),
        ..Row::default()
    });
    Some(Table {
        title: message!("Per class, all predictions together", "各类别（全部预测合并）"),
        of: message!("Class", "类别"),
        columns: columns.to_vec(),
        rows: rows.collect(),
    })
}
