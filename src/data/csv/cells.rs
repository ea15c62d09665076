//! The cells of a table, read as their columns' ways say: numbers, dates, words, classes, gaps, and what is wrong with them, column by column.

use super::date::{self, Moment, Order};
use super::number::Mark;
use super::places::{Places, Row, brief, counted};
use super::reading::merged;
use super::settings::{Calendar, Column, Role};
use super::survey::{Dates, Gaps, Look, Numbers, Tally, Way, trimmed};
use super::{Csv, Goal, LONGEST_WORD, MOST_CLASSES};
use crate::config::message::shorten;
use crate::config::{Issue, Message, Remedy};
use crate::data::table::{Kind, Rests, parted};
use crate::data::{Table, Task};
use crate::message;
use ndarray::Array2;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Columns that are listed of one problem.
pub(super) const SHOWN_COLUMNS: usize = 10;
/// Spellings of slips that a remedy takes as gaps.
const SLIPS: usize = 3;

/// What can be wrong with a cell of numbers or dates.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Other,
    NotFinite,
}

/// How one column of the file is read.
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) said: Column,
    pub(super) role: Role,
    pub(super) way: Way,
    pub(super) gaps: Gaps,
    /// Cells that are not gaps.
    pub(super) filled: usize,
    /// Different cells, where they were counted.
    pub(super) spellings: Option<usize>,
    /// Some cell is longer than a word may be.
    pub(super) long: bool,
    /// Nearly all of its cells are numbers or dates, whatever it is read as.
    pub(super) amount: bool,
    /// Where its numbers stand in a row of inputs.
    slot: usize,
    /// Numbers that it has in such a row.
    pub(super) width: usize,
    faults: [Places; 2],
    /// Cells that are slips, up to one more than are of use.
    slips: Vec<String>,
    pub(super) words: BTreeMap<String, usize>,
    /// Marks for gaps that stand among its words.
    pub(super) marked: BTreeSet<String>,
    counts: Vec<usize>,
    first: f64,
}

impl Plan {
    pub(super) fn new(name: String, said: Column, role: Role, way: Way, gaps: Gaps, tally: &Tally) -> Self {
        let (faults, slips, words, marked, counts) = Default::default();
        let (filled, spellings, long, amount) = (tally.filled(), tally.spellings(), tally.longest() > LONGEST_WORD, tally.is_amount());
        let first = f64::INFINITY;
        Plan {
            name,
            said,
            role,
            way,
            gaps,
            filled,
            spellings,
            long,
            amount,
            slot: 0,
            width: 0,
            faults,
            slips,
            words,
            marked,
            counts,
            first,
        }
    }

    /// True where a trimmed cell is one of its values.
    fn has(&self, cell: &str) -> bool {
        match &self.way {
            Way::Numbers(numbers) => number(&self.gaps, numbers, cell).is_ok_and(|value| !value.is_nan()),
            Way::Dates(dates) => moment(&self.gaps, *dates, cell).is_ok_and(|moment| moment.is_some()),
            Way::Words | Way::Text | Way::Empty => self.words.contains_key(cell),
        }
    }

    /// Cells that are none of what the others are.
    pub(super) fn faults(&self) -> usize {
        self.faults.iter().map(|places| places.count).sum()
    }

    fn is_used(&self) -> bool {
        !matches!(self.role, Role::Id | Role::Ignore | Role::Auto)
    }

    /// Columns of the table that a feature becomes.
    fn titles(&self) -> Vec<(String, Kind)> {
        match &self.way {
            Way::Dates(dates) if self.said.calendar == Calendar::Parts && dates.order != Order::Clock => {
                let parts = ["year", "month", "day", "weekday", "hour"];
                parts[..4 + usize::from(dates.timed)].iter().map(|part| (format!("{} {part}", self.name), Kind::Number)).collect()
            }
            _ => vec![(self.name.clone(), Kind::Number)],
        }
    }

    /// The numbers of a trimmed cell; NaN where it has none.
    fn read(&mut self, row: &Row, cell: &str, out: &mut [f64]) {
        let value = match &self.way {
            Way::Numbers(numbers) => number(&self.gaps, numbers, cell),
            Way::Dates(dates) => match moment(&self.gaps, *dates, cell) {
                Ok(Some(moment)) => {
                    if out.len() > 1 {
                        let [year, month, day] = moment.civil();
                        let parts = [year as f64, month as f64, day as f64, moment.weekday() as f64, moment.seconds / 3600.0];
                        out.copy_from_slice(&parts[..out.len()]);
                        return;
                    }
                    let value = if dates.order == Order::Clock { moment.seconds / 3600.0 } else { moment.elapsed() };
                    self.first = self.first.min(value);
                    Ok(value)
                }
                Ok(None) => Ok(f64::NAN),
                Err(fault) => Err(fault),
            },
            Way::Words | Way::Text | Way::Empty => Ok(self.word(cell)),
        };
        if let Err(fault) = value {
            self.faults[fault as usize].add(|| {
                let (row, given) = (row.words(), brief(cell));
                message!("{row} is {given}", "{row}为 {given}"; row)
            });
            if self.slips.len() <= SLIPS && !self.slips.iter().any(|slip| slip == cell) {
                self.slips.push(cell.into());
            }
        }
        out.fill(value.unwrap_or(f64::NAN));
    }

    /// The number of a word in the order in which they came.
    fn word(&mut self, cell: &str) -> f64 {
        if cell.is_empty() {
            return f64::NAN;
        }
        if self.gaps.which(cell).is_some() {
            if !self.marked.contains(cell) {
                self.marked.insert(cell.into());
            }
            return f64::NAN;
        }
        let known = self.words.len();
        let other = if self.said.same.is_empty() { None } else { merged(&self.said.same, cell) };
        let word = other.as_deref().unwrap_or(cell);
        if let Some(number) = self.words.get(word) {
            self.counts[*number] += 1;
            return *number as f64;
        }
        // One too many is enough to know that there are too many.
        if known > MOST_CLASSES {
            return 0.0;
        }
        self.words.insert(word.into(), known);
        self.counts.push(1);
        known as f64
    }

    /// Bytes of the longest word.
    pub(super) fn longest_word(&self) -> usize {
        self.words.keys().map(String::len).max().unwrap_or(0)
    }

    /// The words that are there, with how often, in the order of the alphabet.
    pub(super) fn words(&self) -> Vec<(&str, usize)> {
        self.words.iter().map(|(word, number)| (word.as_str(), self.counts[*number])).collect()
    }
}

fn number(gaps: &Gaps, numbers: &Numbers, cell: &str) -> Result<f64, Fault> {
    // The plainest case, which is nearly every cell of nearly every file, in one step.
    let plain = numbers.mark == Mark::Point && numbers.prefix.is_empty() && numbers.suffix.is_empty() && !gaps.may_be_numbers();
    if plain
        && let Ok(value) = cell.parse::<f64>()
        && (value as f32).is_finite()
    {
        return Ok(value);
    }
    match gaps.look(cell) {
        Look::Number(written) if written.prefix == numbers.prefix && written.suffix == numbers.suffix => {
            let value = written.value(numbers.mark).ok_or(Fault::Other)?;
            if (value as f32).is_finite() { Ok(value) } else { Err(Fault::NotFinite) }
        }
        Look::Gap => Ok(f64::NAN),
        Look::Infinite => Err(Fault::NotFinite),
        _ if gaps.alike(cell) => Ok(f64::NAN),
        _ => Err(Fault::Other),
    }
}

fn moment(gaps: &Gaps, dates: Dates, cell: &str) -> Result<Option<Moment>, Fault> {
    match gaps.look(cell) {
        Look::Gap => Ok(None),
        Look::Number(written) if dates.epoch => {
            let value = written.value(Mark::Point).ok_or(Fault::Other)?;
            Ok(Some(Moment::of_epoch(if value.abs() >= 1e11 { value / 1000.0 } else { value })))
        }
        Look::Date(written) => written.moment(dates.order).map(Some).ok_or(Fault::Other),
        _ if gaps.alike(cell) => Ok(None),
        _ => date::compact(cell).and_then(|written| written.moment(Order::YearFirst)).map(Some).ok_or(Fault::Other),
    }
}

/// The cells of all rows that have the right number of fields.
pub(super) struct Cells {
    pub(super) plans: Vec<Plan>,
    target: Option<usize>,
    goal: Goal,
    /// Which row of the file each is, from 0.
    numbers: Vec<u32>,
    /// Inputs, row by row.
    values: Vec<f64>,
    width: usize,
    targets: Vec<f64>,
    times: Vec<f64>,
    groups: Vec<f64>,
    weights: Vec<f64>,
    /// Cells of the weight that are below 0, and that say nothing.
    negative: Places,
    unweighted: Places,
    /// Cells of the weight so far that are no number.
    unread: usize,
}

impl Cells {
    /// `goal` is what the target means by now.
    pub(super) fn new(mut plans: Vec<Plan>, target: Option<usize>, goal: Goal) -> Self {
        let mut width = 0;
        for plan in plans.iter_mut().filter(|plan| plan.role == Role::Feature) {
            plan.slot = width;
            plan.width = plan.titles().len();
            width += plan.width;
        }
        let (numbers, values, targets, times, groups, weights) = Default::default();
        let (negative, unweighted) = Default::default();
        Cells { plans, target, goal, numbers, values, width, targets, times, groups, weights, negative, unweighted, unread: 0 }
    }

    /// The numbers of an input that has one a row.
    pub(super) fn column(&self, plan: &Plan) -> impl Iterator<Item = f64> {
        self.values.iter().skip(plan.slot).step_by(self.width.max(1)).copied()
    }

    /// Takes over a row that is UTF-8.
    pub(super) fn add(&mut self, row: &Row, record: &::csv::ByteRecord) {
        let start = self.values.len();
        self.numbers.push(row.number as u32 - 1);
        if self.target.is_none() {
            self.targets.push(0.0);
        }
        self.values.resize(start + self.width, f64::NAN);
        for (plan, cell) in self.plans.iter_mut().zip(record) {
            if !plan.is_used() {
                continue;
            }
            let cell = trimmed(cell);
            if plan.role == Role::Feature {
                let at = start + plan.slot;
                plan.read(row, cell, &mut self.values[at..at + plan.width]);
                continue;
            }
            let mut value = [f64::NAN];
            match plan.role {
                Role::Group => value[0] = plan.group(cell),
                _ => plan.read(row, cell, &mut value),
            }
            match plan.role {
                Role::Group => self.groups.push(value[0]),
                Role::Time => self.times.push(value[0]),
                Role::Weight => {
                    // What is no number was noted as such.
                    let faults: usize = plan.faults.iter().map(|places| places.count).sum();
                    let fault = faults > self.unread;
                    self.unread = faults;
                    if value[0] < 0.0 {
                        self.negative.add(|| {
                            let (row, given) = (row.words(), brief(cell));
                            message!("{row} is {given}", "{row}为 {given}"; row)
                        });
                    } else if value[0].is_nan() && !fault {
                        self.unweighted.add(|| row.words());
                    }
                    self.weights.push(value[0]);
                }
                _ => self.targets.push(value[0]),
            }
        }
    }

    pub(super) fn table(mut self, csv: &Csv, issues: &mut Vec<Issue>) -> Option<Table> {
        self.report_faults(csv, issues);
        let (whole, task) = self.meaning(csv, issues)?;
        if self.width == 0 {
            let (path, message) = match (&self.plans[..], self.target) {
                ([only], Some(_)) => {
                    let only = shorten(&only.name);
                    let message = message!(
                        "the file has no column besides the target {only:?}: at least one input is needed",
                        "除目标列 {only:?} 外，文件没有其他列：至少需要一个输入列"
                    );
                    ("path", message)
                }
                _ => ("columns", message!("leave no input column", "没有留下任何输入列")),
            };
            issues.push(Issue::new(path, message).with(self.an_input(csv)));
        }
        let without: Vec<Option<Remedy>> = (0..self.plans.len()).map(|at| self.without(csv, at)).collect();
        let (mut columns, mut kinds) = (Vec::new(), Vec::new());
        for (plan, without) in self.plans.iter_mut().zip(without).filter(|(plan, _)| plan.role == Role::Feature) {
            let (whole, width, slot) = (&plan.name, self.width, plan.slot);
            let of_column = || slot..slot + 1;
            match plan.way {
                Way::Dates(Dates { order, .. }) if plan.width == 1 && order != Order::Clock => {
                    let first = plan.first;
                    self.values.iter_mut().skip(of_column().start).step_by(width).for_each(|value| *value -= first);
                }
                Way::Words | Way::Text | Way::Empty => {
                    let longest = plan.longest_word();
                    let (words, name) = (std::mem::take(&mut plan.words), shorten(whole));
                    let mut wrong = |message| issues.push(Issue::new("path", message).with(without.clone()));
                    if longest > LONGEST_WORD && words.len() <= MOST_CLASSES {
                        wrong(message!(
                            "the input column {name:?} has a word of {longest} bytes, at most {LONGEST_WORD} are allowed: leave it out by giving it the role “Ignore”",
                            "输入列 {name:?} 有一个 {longest} 字节的词，最多允许 {LONGEST_WORD} 字节：请把它的作用设为“忽略”"
                        ));
                    }
                    if words.len() > MOST_CLASSES {
                        wrong(message!(
                            "the input column {name:?} has more than {MOST_CLASSES} different words: leave it out by giving it the role “Ignore”",
                            "输入列 {name:?} 有超过 {MOST_CLASSES} 个不同的词：请把它的作用设为“忽略”"
                        ));
                    }
                    if words.is_empty() && !self.targets.is_empty() {
                        wrong(message!(
                            "the input column {name:?} is empty in every row: leave it out by giving it the role “Ignore”",
                            "输入列 {name:?} 在每一行都为空：请把它的作用设为“忽略”"
                        ));
                    }
                    kinds.push(Kind::Words(sorted(words, self.values.iter_mut().skip(slot).step_by(width))));
                    columns.push(whole.clone());
                    continue;
                }
                _ => {}
            }
            for (name, kind) in plan.titles() {
                columns.push(name);
                kinds.push(kind);
            }
        }
        let table = hand_over(self.values, self.width, self.targets, (columns, kinds), &whole, task)?;
        let groups = (!self.groups.is_empty()).then(|| self.groups.iter().map(|group| *group as u32).collect());
        let weights = (!self.weights.is_empty()).then(|| self.weights.iter().map(|weight| *weight as f32).collect());
        let mut table = Table { groups, weights, numbers: self.numbers, ..table };
        if !self.times.is_empty() {
            order(&mut table, &self.times);
        }
        Some(table)
    }

    /// The name of the target and what it means; none where it ought to be there and is not.
    fn meaning(&mut self, csv: &Csv, issues: &mut Vec<Issue>) -> Option<(String, Task)> {
        let Some(target) = self.target else {
            return (self.goal == Goal::Clustering).then(|| (String::new(), Task::Clustering));
        };
        let whole = self.plans[target].name.clone();
        let (name, rows) = (shorten(&whole), self.targets.len());
        let task = if self.goal == Goal::Classification {
            let plan = &self.plans[target];
            let mut wrong = |message, remedy: Option<Remedy>| issues.push(Issue::new("target", message).with(remedy));
            if plan.words.len() > MOST_CLASSES {
                let message = message!(
                    "the column {name:?} has more than {MOST_CLASSES} different values: use the task “Regression” or another target",
                    "列 {name:?} 有超过 {MOST_CLASSES} 个不同的值：请把任务改为“回归”，或换一个目标列"
                );
                wrong(message, self.fewer_classes(csv, target));
            }
            let longest = plan.longest_word();
            if longest > LONGEST_WORD && plan.words.len() <= MOST_CLASSES {
                let message = message!(
                    "the column {name:?} has a class of {longest} bytes, at most {LONGEST_WORD} are allowed: shorten it or use another target",
                    "列 {name:?} 有一个 {longest} 字节的类别，最多允许 {LONGEST_WORD} 字节：请缩短它，或换一个目标列"
                );
                wrong(message, self.other_target(csv, target));
            }
            if let (1, Some(class)) = (plan.words.len(), plan.words.keys().next()) {
                let class = brief(class);
                let message = message!(
                    "the column {name:?} has the same class {class} in every row: at least two are needed",
                    "列 {name:?} 每一行的类别都是 {class}：至少需要两个类别"
                );
                wrong(message, self.more_classes(csv, target));
            }
            if plan.words.is_empty() && rows > 0 {
                let message = message!(
                    "the column {name:?} has no class in any row: choose another target",
                    "列 {name:?} 没有任何类别：请换一个目标列"
                );
                wrong(message, self.more_classes(csv, target));
            }
            let plan = &mut self.plans[target];
            Task::Classification(sorted(std::mem::take(&mut plan.words), self.targets.iter_mut()))
        } else {
            let plan = &self.plans[target];
            if let Way::Dates(Dates { order, .. }) = plan.way
                && order != Order::Clock
            {
                let first = plan.first;
                self.targets.iter_mut().for_each(|value| *value -= first);
            }
            Task::Regression
        };
        Some((whole, task))
    }

    /// One issue for each column and kind of fault.
    fn report_faults(&self, csv: &Csv, issues: &mut Vec<Issue>) {
        for fault in [Fault::Other, Fault::NotFinite] {
            let faulty = |at: &usize| self.plans[*at].is_used() && self.plans[*at].faults[fault as usize].count > 0;
            let faulty: Vec<usize> = (0..self.plans.len()).filter(faulty).collect();
            for &at in faulty.iter().take(SHOWN_COLUMNS) {
                let plan = &self.plans[at];
                let places = &plan.faults[fault as usize];
                let (count, Some(list)) = (places.count, places.list()) else { continue };
                let (name, cells) = (shorten(&plan.name), counted(count, "cell", "cells"));
                let dates = matches!(plan.way, Way::Dates(_));
                let what = match fault {
                    Fault::Other if dates => {
                        message!("{cells} with something other than a date as the others", "{count} 个单元格不是与其他相同写法的日期")
                    }
                    Fault::Other => message!("{cells} with something other than a number", "{count} 个单元格不是数字"),
                    Fault::NotFinite => message!("{cells} with a number that is not finite", "{count} 个单元格中的数不是有限数"),
                };
                let kind = match plan.role {
                    Role::Target => message!("target column", "目标列"),
                    Role::Time => message!("time column", "时间列"),
                    Role::Weight => message!("weight column", "权重列"),
                    _ => message!("input column", "输入列"),
                };
                issues.push(
                    Issue::new(
                        "path",
                        message!("the {kind} {name:?} has {what}: {list}", "{kind} {name:?} 有 {what}：{list}"; kind, what, list),
                    )
                    .with(self.against_slips(csv, at)),
                );
            }
            let more = faulty.len().saturating_sub(SHOWN_COLUMNS);
            if more > 0 {
                let columns = counted(more, "more column has", "more columns have");
                let message = message!("{columns} the same problem", "另有 {more} 列有同样的问题");
                issues.push(Issue::new("path", message).with(self.without_all(csv, &faulty[SHOWN_COLUMNS..])));
            }
        }
        self.report_weights(csv, issues);
        for plan in self.plans.iter().filter(|plan| plan.role == Role::Time) {
            let missing = self.times.iter().filter(|time| time.is_nan()).count();
            let faults: usize = plan.faults.iter().map(|places| places.count).sum();
            if missing > faults {
                let (name, count) = (shorten(&plan.name), missing - faults);
                let rows = counted(count, "row", "rows");
                issues.push(
                    Issue::new(
                        "columns",
                        message!(
                            "the time column {name:?} says nothing in {rows}: every row needs a time",
                            "时间列 {name:?} 在 {count} 行中为空：每一行都需要时间"
                        ),
                    )
                    .with(csv.leave_out(&plan.name)),
                );
            }
        }
    }

    /// What is wrong with weights that are numbers, or nothing.
    fn report_weights(&self, csv: &Csv, issues: &mut Vec<Issue>) {
        let Some(plan) = self.plans.iter().find(|plan| plan.role == Role::Weight) else { return };
        let name = shorten(&plan.name);
        let mut issue = |message: Message| issues.push(Issue::new("columns", message).with(csv.leave_out(&plan.name)));
        if let Some(list) = self.negative.list() {
            let count = self.negative.count;
            let cells = counted(count, "cell", "cells");
            issue(message!(
                "the weight column {name:?} has {cells} below 0: {list}; every weight must be at least 0",
                "权重列 {name:?} 有 {count} 个单元格小于 0：{list}；每个权重都必须不小于 0"; list
            ));
        }
        if let Some(list) = self.unweighted.list() {
            let count = self.unweighted.count;
            let cells = counted(count, "empty cell", "empty cells");
            issue(message!(
                "the weight column {name:?} has {cells}: {list}; every row needs a weight",
                "权重列 {name:?} 有 {count} 个空单元格：{list}；每一行都需要权重"; list
            ));
        }
        // In 32 bits, as they are used.
        if !self.weights.is_empty() && self.weights.iter().all(|weight| *weight as f32 == 0.0) {
            issue(message!(
                "the weight column {name:?} is 0 in every row: at least one weight must be above 0",
                "权重列 {name:?} 每一行都是 0：至少要有一个权重大于 0"
            ));
        }
    }
}

impl Plan {
    /// The number of a group; rows without one are a group together.
    fn group(&mut self, cell: &str) -> f64 {
        let known = self.words.len();
        let number = *self.words.entry(cell.into()).or_insert(known);
        self.counts.resize(self.words.len(), 0);
        self.counts[number] += 1;
        number as f64
    }
}

impl Cells {
    /// What helps against slips: a few spellings are marks for "nothing"; otherwise the column is left out, or the target means something else.
    fn against_slips(&self, csv: &Csv, at: usize) -> Option<Remedy> {
        let plan = &self.plans[at];
        // What is a value elsewhere must not become a gap there. Where marks are words, a longer list of them helps nothing; a weight has to be there.
        let elsewhere = |slip: &str| self.plans.iter().enumerate().any(|(other, plan)| other != at && plan.is_used() && plan.has(slip));
        let short = plan.slips.len() <= SLIPS && plan.slips.iter().all(|slip| slip.len() <= LONGEST_WORD && !elsewhere(slip));
        if plan.role != Role::Weight && short && !plan.said.keep_marks && csv.gaps.len() + plan.slips.len() <= super::MOST_GAPS {
            let listed = Message::list(plan.slips.iter().map(|slip| brief(slip)));
            let title = message!("Take {listed} as missing", "把 {listed} 视为缺失值"; listed);
            let marks: Vec<&String> = csv.gaps.iter().chain(&plan.slips).collect();
            return Some(Remedy::set(title, "gaps", json!(marks)));
        }
        match plan.role {
            Role::Target => self.no_number(csv, at),
            Role::Time | Role::Weight => Some(csv.leave_out(&plan.name)),
            _ => self.without(csv, at),
        }
    }

    /// Several columns are left out at once, where others remain.
    fn without_all(&self, csv: &Csv, all: &[usize]) -> Option<Remedy> {
        let mut csv = csv.clone();
        let inputs = self.plans.iter().enumerate().filter(|(at, plan)| plan.role == Role::Feature && plan.filled > 0 && !all.contains(at));
        if inputs.count() == 0 || all.iter().any(|at| self.plans[*at].role == Role::Target) {
            return None;
        }
        for at in all {
            csv.columns = serde_json::from_value(csv.with_column(&self.plans[*at].name, |column| column.role = Role::Ignore)).ok()?;
        }
        let title = message!("Leave these columns out", "忽略这些列");
        (csv.columns.len() <= super::MOST_COLUMNS).then(|| Remedy::set(title, "columns", json!(csv.columns)))
    }
}

/// From numbers of 64 bits, as they were read, to the table: each in 32 bits, and of columns where that is not enough what it takes besides.
fn hand_over(
    values: Vec<f64>,
    width: usize,
    targets: Vec<f64>,
    (columns, kinds): (Vec<String>, Vec<Kind>),
    target: &str,
    task: Task,
) -> Option<Table> {
    let mut rests = Rests::default();
    for column in (0..width).filter(|column| kinds.get(*column) == Some(&Kind::Number)) {
        rests.inputs.extend(rests_of(values.iter().skip(column).step_by(width)).map(|rests| (column, rests)));
    }
    rests.targets = if task == Task::Regression { rests_of(targets.iter()).unwrap_or_default() } else { Vec::new() };
    let inputs = Array2::from_shape_vec((targets.len(), width), values.into_iter().map(|value| value as f32).collect()).ok()?;
    let table = Table::new(inputs, targets.into_iter().map(|value| value as f32).collect(), columns, target, task);
    Some(Table { kinds, rests, ..table })
}

/// What rounding to 32 bits takes from a column; none where that is nothing.
fn rests_of<'a>(values: impl Iterator<Item = &'a f64> + Clone) -> Option<Vec<f32>> {
    values.clone().any(|value| parted(*value).1 != 0.0).then(|| values.map(|value| parted(*value).1).collect())
}

/// Puts rows in the order of their times; equal ones stay as they are.
fn order(table: &mut Table, times: &[f64]) {
    let mut rows: Vec<usize> = (0..times.len()).collect();
    rows.sort_by(|a, b| times[*a].total_cmp(&times[*b]));
    *table = Table { ordered: true, ..crate::data::clean::rows_of(table, &rows) };
}

/// The words, sorted: by number where all are numbers, by letters otherwise; `values`, which are words' numbers in the order in which they came, become
/// places among them.
fn sorted<'a>(words: BTreeMap<String, usize>, values: impl Iterator<Item = &'a mut f64>) -> Vec<String> {
    let mut words: Vec<(String, usize)> = words.into_iter().collect();
    let numbers: Option<Vec<f64>> = words.iter().map(|(name, _)| name.parse().ok()).collect();
    if let Some(numbers) = numbers {
        let mut keyed: Vec<_> = numbers.into_iter().zip(words).collect();
        keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        words = keyed.into_iter().map(|(_, word)| word).collect();
    }
    let mut places = vec![0.0; words.len()];
    words.iter().enumerate().for_each(|(place, (_, word))| places[*word] = place as f64);
    values.filter(|value| !value.is_nan()).for_each(|value| *value = places[*value as usize]);
    words.into_iter().map(|(name, _)| name).collect()
}
