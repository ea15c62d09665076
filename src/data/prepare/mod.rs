//! From the rows of a source to what a learner sees of them: damage, split, cleaning, features, steps, scale. Whatever is measured is measured on the
//! training part only, and applied to every row and to the map.

pub mod columns;
pub mod pipeline;
pub mod scale;
pub mod score;
pub mod step;

use super::clean::{self, Cleaning, Done};
use super::damage::Damage;
use super::feature::Feature;
use super::split::{Parts, Split};
use super::{Table, Task, sample};
use crate::config::message::shorten;
use crate::config::{Issue, Message, Remedy, counted};
use crate::math::random;
use crate::message;
pub use pipeline::Pipeline;
use scale::{Affine, Scale};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use step::Step;

/// Columns that are named of one problem.
const SHOWN: usize = 5;
/// Cleaning steps at most.
const MOST_STEPS: usize = 8;

/// Prepare | 预处理
///
/// What the model is given of each sample. | 每个样本以什么形式输入模型。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Prepare {
    /// Damage | 数据损坏
    ///
    /// Spoils a copy of the data on purpose, so that there is something to clean. | 有意弄坏数据的副本，以便练习清洗。
    #[schemars(length(max = 6), extend("x-depth" = "lab", "x-term" = "cleaning"))]
    pub damage: Vec<Damage>,
    /// Clean | 数据清洗
    ///
    /// What is done about rows that are wrong, step by step. | 逐步处理有问题的行。
    #[schemars(length(max = MOST_STEPS), extend("x-term" = "cleaning"))]
    pub clean: Vec<Cleaning>,
    /// Features | 特征
    ///
    /// What is computed from the columns x and y, in place of the table's own columns; none means those columns as they are.
    /// | 由 x、y 列计算、用来取代表中原有列的特征；留空表示直接使用原有列。
    #[schemars(length(max = 7), extend("x-term" = "feature"))]
    pub features: Vec<Feature>,
    /// Categorical encoding | 类别编码
    ///
    /// How columns of words become numbers. | 如何把文字列变成数字。
    #[schemars(extend("x-depth" = "lab", "x-term" = "one-hot"))]
    pub words: Words,
    /// Steps | 处理步骤
    ///
    /// What is done to the features, one step after the other. | 对特征依次进行的处理。
    #[schemars(length(max = 8))]
    pub steps: Vec<Step>,
    /// Scale | 缩放
    ///
    /// Brings every feature to a similar size, measured on the training samples. | 依据训练样本把各特征调整到相近的大小。
    #[schemars(extend("x-term" = "scaling"))]
    pub scale: Scale,
    /// Scale of the target | 目标的缩放
    ///
    /// Brings a target that is a number to a similar size too; predictions are shown in its own units. | 把数值目标也调整到相近的大小；预测仍以原单位显示。
    #[schemars(extend("x-depth" = "lab", "x-term" = "scaling"))]
    pub target: Scale,
}

/// Categorical encoding | 类别编码
///
/// How columns of words become numbers. | 如何把文字列变成数字。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// One-hot | 独热编码
    ///
    /// A feature of 0 or 1 for every word that a training sample has; other words are all zeros. | 训练样本中的每个词对应一个取 0 或 1 的特征；其他词全为零。
    #[default]
    #[schemars(extend("x-term" = "one-hot"))]
    OneHot,
    /// Ordinal | 序数编码
    ///
    /// The place of the word among those that training samples have, from 0, as if words were steps; other words are -1. | 该词在训练样本所含词中的位次，从 0 开始，仿佛词之间有大小；其他词为 -1。
    #[schemars(extend("x-term" = "one-hot"))]
    Ordinal,
}

/// Everything before a learner: rows, who is in which part, and how rows become features.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The rows as they arrived: damaged, not split or cleaned.
    pub arrived: Arc<Table>,
    /// The rows that are left, cleaned, in their own units.
    pub table: Arc<Table>,
    pub parts: Parts,
    pub pipeline: Pipeline,
    /// From the target to what a learner is given of it.
    pub target: Affine,
    /// Rows that each damage touched.
    pub damaged: Vec<usize>,
    /// What each cleaning step did.
    pub cleaned: Vec<Done>,
}

impl Prepare {
    /// The rows of a source, damaged as it is set, and how many rows each damage touched.
    pub fn arrive(&self, source: &Arc<Table>, seed: u32) -> Result<(Arc<Table>, Vec<usize>), Vec<Issue>> {
        let mut table = source.clone();
        let mut damaged = Vec::new();
        for (at, damage) in self.damage.iter().enumerate() {
            let name = damage.name();
            let mut stream = random::stream(seed, &format!("damage/{at}/{name}"));
            let touched = damage.part().harm(Arc::make_mut(&mut table), &mut stream);
            damaged.push(touched.map_err(|needs| {
                let without = without(damage.title(), "prepare.damage", &self.damage, Damage::title);
                vec![named(format!("prepare.damage[{at}]"), damage.title(), needs).with(without)]
            })?);
        }
        Ok((table, damaged))
    }

    /// All steps over the rows of a source. Issues have paths within the document.
    pub fn ready(&self, source: &Arc<Table>, split: &Split, seed: u32) -> Result<Ready, Vec<Issue>> {
        let (arrived, damaged) = self.arrive(source, seed)?;
        let mut table = arrived.clone();
        let mut parts =
            split.split(&table, seed).map_err(|issues| issues.into_iter().map(|issue| issue.under("split")).collect::<Vec<_>>())?;
        clean::keep_parts(&mut table, &mut parts);
        let (mut mends, mut cleaned) = (Vec::new(), Vec::new());
        for (at, step) in self.clean.iter().enumerate() {
            let (done, mend) = clean::clean(step.part(), Arc::make_mut(&mut table), &mut parts).map_err(|needs| {
                let without = without(step.title(), "prepare.clean", &self.clean, Cleaning::title);
                vec![named(format!("prepare.clean[{at}]"), step.title(), needs).with(without)]
            })?;
            cleaned.push(done);
            mends.extend(mend);
        }
        let (unclean, target) = (self.unclean(&table, &parts), self.scaled_target(&table, &parts));
        let under = |issues: Vec<Issue>| issues.into_iter().map(|issue| issue.under("prepare")).collect::<Vec<_>>();
        if !unclean.is_empty() {
            // What is wrong with features and steps, whatever the gaps will be filled with.
            let table = Arc::make_mut(&mut table);
            table.inputs.iter_mut().chain(&mut table.targets).filter(|value| value.is_nan()).for_each(|value| *value = 0.0);
            let further = Pipeline::fit(self, table, &parts.train, Vec::new()).err().unwrap_or_default();
            return Err([unclean, under(further), target.err().into_iter().collect()].concat());
        }
        let pipeline = Pipeline::fit(self, &table, &parts.train, mends);
        match (pipeline, target) {
            (Ok(pipeline), Ok(target)) => Ok(Ready { arrived, table, parts, pipeline, target, damaged, cleaned }),
            (pipeline, target) => Err([under(pipeline.err().unwrap_or_default()), target.err().into_iter().collect()].concat()),
        }
    }

    /// What still has to be cleaned before anything can be learned.
    fn unclean(&self, table: &Table, parts: &Parts) -> Vec<Issue> {
        // One more step behind those that there are.
        let added = |title: Message, step: Value| {
            let mut steps = serde_json::to_value(&self.clean).unwrap_or_default();
            steps.as_array_mut()?.push(step);
            (self.clean.len() < MOST_STEPS).then(|| Remedy::set_in_document(title, "prepare.clean", steps))
        };
        // A mean is put in only where a training row has a value.
        let fillable = clean::gaps(table).iter().all(|(at, _)| parts.train.iter().any(|&row| !table.inputs[(row, *at)].is_nan()));
        let labelled = parts.train.iter().any(|&row| !table.targets[row].is_nan());
        let mut issues = unclean(table);
        for (issue, what) in &mut issues {
            *issue = issue.clone().with(match what {
                Lacks::Values if fillable => added(message!("Impute missing values", "填补缺失值"), json!({"impute": {}})),
                Lacks::Values => {
                    added(message!("Put 0 where a value is missing", "缺失处填 0"), json!({"impute": {"with": {"constant": {}}}}))
                }
                Lacks::Labels if labelled => added(message!("Leave these rows out", "去掉这些行"), json!({"labels": {}})),
                // What is not there cannot be learned: other rows have it.
                Lacks::Labels => Some(sample()),
                Lacks::Classes => Some(without_cleaning(&self.clean)),
            });
        }
        issues.into_iter().map(|(issue, _)| issue).collect()
    }

    fn scaled_target(&self, table: &Table, parts: &Parts) -> Result<Affine, Issue> {
        if self.target == Scale::None {
            return Ok(Affine::IDENTITY);
        }
        if table.task != Task::Regression {
            let message = message!("must be “No scaling”: the target is no number", "必须是“不缩放”：目标不是数值");
            let remedy = Remedy::set_in_document(message!("Do not scale it", "不缩放"), "prepare.target", "none");
            return Err(Issue::new("prepare.target", message).with(remedy));
        }
        let targets = parts.train.iter().map(|&row| table.target_of(row)).filter(|target| !target.is_nan());
        Ok(self.target.fit(&targets.collect::<Vec<_>>()))
    }
}

fn named(path: String, name: Message, needs: Message) -> Issue {
    Issue::new(path, message!("“{name}” {needs}", "“{name}”{needs}"; name, needs))
}

/// A list of steps without those of a name, which say the same where they fail.
fn without<T: Serialize>(name: Message, path: &str, steps: &[T], title: impl Fn(&T) -> Message) -> Remedy {
    let others: Vec<&T> = steps.iter().filter(|step| title(step) != name).collect();
    Remedy::set_in_document(message!("Remove “{name}”", "删除“{name}”"; name), path, json!(others))
}

/// No cleaning, which left rows out; where there is none, the rows themselves are others.
fn without_cleaning(clean: &[Cleaning]) -> Remedy {
    let title = message!("Remove the cleaning steps", "删除清洗步骤");
    if clean.is_empty() { sample() } else { Remedy::set_in_document(title, "prepare.clean", json!([])) }
}

/// What rows have too little of.
enum Lacks {
    Values,
    Labels,
    Classes,
}

fn unclean(table: &Table) -> Vec<(Issue, Lacks)> {
    let mut issues = Vec::new();
    let gaps = clean::gaps(table);
    if !gaps.is_empty() {
        let listed: Vec<String> =
            gaps.iter().take(SHOWN).map(|(at, count)| format!("{} ({count})", shorten(&table.columns[*at]))).collect();
        let (mut columns, more) = (Message::list(&listed), gaps.len().saturating_sub(SHOWN));
        if more > 0 {
            columns = message!("{columns} and {more} more", "{columns} 和另外 {more} 列"; columns);
        }
        let first = (0..table.rows()).find(|&row| table.inputs.row(row).iter().any(|value| value.is_nan())).unwrap_or(0);
        let row = table.numbers[first] + 1;
        let issue = Issue::new(
            "prepare.clean",
            message!(
                "values are missing in {columns}, first in row {row}: add “Impute missing values”, or “Drop incomplete rows” to leave such rows out",
                "以下列有缺失值：{columns}，最早出现在第 {row} 行：请添加“填补缺失值”，或添加“去除不完整的行”"; columns
            ),
        );
        issues.push((issue, Lacks::Values));
    }
    let unlabelled: Vec<usize> = (0..table.rows()).filter(|&row| table.targets[row].is_nan()).collect();
    if let Some(&first) = unlabelled.first() {
        let (count, row, name) = (unlabelled.len(), table.numbers[first] + 1, shorten(&table.target));
        let rows = counted(count, "row has", "rows have");
        let issue = Issue::new(
            "prepare.clean",
            message!(
                "{rows} no {name}, the target, first row {row}: add “Drop invalid labels” to leave them out",
                "有 {count} 行缺少目标 {name}，最早为第 {row} 行：请添加“去除无效标签”"
            ),
        );
        issues.push((issue, Lacks::Labels));
    } else if clean::classes_present(table) == Some(1) {
        let issue = Issue::new("prepare.clean", message!("a single class is left: at least two are needed", "只剩一个类别：至少需要两个"));
        issues.push((issue, Lacks::Classes));
    }
    issues
}
