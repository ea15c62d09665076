//! The cells of a table: numbers, words, classes, gaps, and what is wrong with them, column by column.

use super::places::{Places, Row, counted};
use super::{Goal, Holds};
use crate::config::Issue;
use crate::config::message::shorten;
use crate::data::table::{Kind, Rests, parted};
use crate::data::{Table, Task};
use crate::message;
use ndarray::Array2;
use std::collections::BTreeMap;

/// Up to so many different whole numbers are classes where nothing else is said, and so many of others.
const WHOLE_CLASSES: usize = 20;
const OTHER_CLASSES: usize = 10;
/// The most classes; more different values than that are a number or a name, not a class.
const MOST_CLASSES: usize = 256;
/// The most bytes of a word or a class, which stands in legends and in names of features.
const LONGEST_WORD: usize = 256;
/// Columns that are listed of one problem.
pub(super) const SHOWN_COLUMNS: usize = 10;

/// What can be wrong with a cell of numbers.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Missing,
    Text,
    NotFinite,
}

/// The number of a cell. Empty cells and the usual marks for "no value" are missing.
fn number(cell: &str) -> Result<f64, Fault> {
    match cell.parse::<f64>() {
        Ok(value) if (value as f32).is_finite() => Ok(value),
        Ok(value) if value.is_nan() => Err(Fault::Missing),
        Ok(_) => Err(Fault::NotFinite),
        Err(_) if ["", "?", "-", "na", "n/a", "null", "none"].contains(&cell.to_ascii_lowercase().as_str()) => Err(Fault::Missing),
        Err(_) => Err(Fault::Text),
    }
}

/// True where a cell of words has none. "none" and "na" may well be words.
fn no_word(cell: &str) -> bool {
    ["", "?", "NA", "N/A", "NaN"].contains(&cell)
}

/// The cells of all rows that have the right number of fields.
pub(super) struct Cells {
    /// Row by row, all columns; what is no number is NaN, words are their numbers in the order in which they came.
    values: Vec<f32>,
    /// Classes of the target in the order in which they came.
    classes: BTreeMap<String, usize>,
    target: Option<usize>,
    goal: Goal,
    /// What each column holds, as far as it is known.
    pub(super) types: Vec<Option<Holds>>,
    /// For each column the places of each [`Fault`].
    faults: Vec<[Places; 3]>,
    /// For each column the cells that are numbers.
    numbers: Vec<usize>,
    /// For each column of words the words in the order in which they came.
    words: Vec<BTreeMap<String, usize>>,
    /// The target as numbers, where it is still to be found out what it is.
    amounts: Vec<f32>,
    /// For each column what 32 bits do not hold of its numbers, empty as long as there is nothing.
    rests: Vec<Vec<f32>>,
    /// The row of `values` that [`Cells::add_words`] comes to next.
    next: usize,
    /// There are more classes than [`MOST_CLASSES`].
    too_many_classes: bool,
    /// For each column the bytes of the longest word.
    longest: Vec<usize>,
}

impl Cells {
    pub(super) fn new(types: Vec<Option<Holds>>, target: Option<usize>, goal: Goal) -> Self {
        let width = types.len();
        Cells {
            values: Vec::new(),
            classes: BTreeMap::new(),
            target,
            goal,
            faults: vec![Default::default(); types.len()],
            numbers: vec![0; types.len()],
            words: vec![BTreeMap::new(); types.len()],
            longest: vec![0; types.len()],
            types,
            amounts: Vec::new(),
            rests: vec![Vec::new(); width],
            next: 0,
            too_many_classes: false,
        }
    }

    /// Takes over a row that is UTF-8.
    pub(super) fn add(&mut self, row: Row, record: &::csv::ByteRecord) {
        // Which columns are inputs is known only with the target.
        let Some(target) = self.target else { return };
        let rows = self.values.len() / self.types.len();
        for (column, cell) in record.iter().enumerate() {
            let cell = std::str::from_utf8(cell).unwrap_or_default().trim();
            if self.goal == Goal::Auto && column == target {
                let amount = match number(cell) {
                    Ok(value) => self.part(rows, column, value),
                    Err(Fault::Missing) => f32::NAN,
                    Err(_) => f32::INFINITY,
                };
                self.amounts.push(amount);
            }
            let value = match self.goal {
                Goal::Auto | Goal::Classification if column == target => self.class(cell),
                Goal::Clustering if column == target => Ok(0.0),
                _ => number(cell).map(|value| self.part(rows, column, value)),
            };
            self.numbers[column] += usize::from(value.is_ok());
            self.values.push(value.unwrap_or(f32::NAN));
            if let Err(fault) = value {
                self.faults[column][fault as usize].add(|| {
                    let (row, given) = (row.words(), shorten(cell));
                    message!("{row} is {given:?}", "{row}为 {given:?}"; row)
                });
            }
        }
    }

    /// A number in 32 bits; what they do not hold is kept.
    fn part(&mut self, row: usize, column: usize, value: f64) -> f32 {
        let ((number, rest), rests) = (parted(value), &mut self.rests[column]);
        if rest != 0.0 {
            rests.resize(row, 0.0);
            rests.push(rest);
        }
        number
    }

    /// Decides what each column holds that nobody has said: words where more cells are words than numbers.
    pub(super) fn settle(&mut self) {
        if let (Goal::Auto, Some(target)) = (self.goal, self.target) {
            self.goal = if self.is_amount() { Goal::Regression } else { Goal::Classification };
            if self.goal == Goal::Regression {
                let width = self.types.len();
                self.values.iter_mut().skip(target).step_by(width).zip(&self.amounts).for_each(|(value, amount)| *value = *amount);
                self.too_many_classes = false;
            }
        }
        for (column, known) in self.types.iter_mut().enumerate() {
            if known.is_none() && Some(column) != self.target {
                let words = self.faults[column][Fault::Text as usize].count > self.numbers[column];
                *known = Some(if words { Holds::Words } else { Holds::Numbers });
            }
        }
    }

    /// True where the target is numbers of which there are many.
    fn is_amount(&self) -> bool {
        let numbers = self.amounts.iter().all(|amount| !amount.is_infinite());
        let whole = self.amounts.iter().all(|amount| amount.is_nan() || amount.fract() == 0.0);
        let most = if whole { WHOLE_CLASSES } else { OTHER_CLASSES };
        numbers && (self.classes.len() > most || self.too_many_classes)
    }

    /// The same row again, for its words.
    pub(super) fn add_words(&mut self, record: &::csv::ByteRecord) {
        let start = self.next * self.types.len();
        self.next += 1;
        for (column, cell) in record.iter().enumerate().filter(|(column, _)| self.types[*column] == Some(Holds::Words)) {
            let word = std::str::from_utf8(cell).unwrap_or_default().trim();
            let known = &mut self.words[column];
            let number = match known.get(word) {
                _ if no_word(word) => None,
                Some(number) => Some(*number),
                // One too many is enough to know that there are too many.
                None if known.len() > MOST_CLASSES => Some(0),
                None => {
                    self.longest[column] = self.longest[column].max(word.len());
                    known.insert(word.to_string(), known.len());
                    Some(known.len() - 1)
                }
            };
            if let Some(value) = self.values.get_mut(start + column) {
                *value = number.map_or(f32::NAN, |number| number as f32);
            }
        }
    }

    fn class(&mut self, name: &str) -> Result<f32, Fault> {
        if no_word(name) {
            return Err(Fault::Missing);
        }
        let known = self.classes.len();
        if let Some(class) = self.classes.get(name) {
            return Ok(*class as f32);
        }
        if known == MOST_CLASSES {
            self.too_many_classes = true;
            return Ok(0.0);
        }
        if let Some(longest) = self.target.and_then(|target| self.longest.get_mut(target)) {
            *longest = (*longest).max(name.len());
        }
        self.classes.insert(name.to_string(), known);
        Ok(known as f32)
    }

    pub(super) fn table(mut self, columns: Vec<String>, target: usize, issues: &mut Vec<Issue>) -> Option<Table> {
        self.report_faults(&columns, issues);
        let (width, name) = (columns.len(), &columns[target]);
        let shown = shorten(name);
        let mut targets: Vec<f32> = self.values.chunks_exact(width).map(|row| row[target]).collect();
        let task = if self.goal == Goal::Classification {
            if self.too_many_classes {
                issues.push(Issue::new(
                    "target",
                    message!(
                        "the column {shown:?} has more than {MOST_CLASSES} different values: use the task regression or another target",
                        "列 {shown:?} 有超过 {MOST_CLASSES} 个不同的值：请把任务改为 regression，或换一个目标列"
                    ),
                ));
            }
            let longest = self.longest[target];
            if longest > LONGEST_WORD && !self.too_many_classes {
                issues.push(Issue::new(
                    "target",
                    message!(
                        "the column {shown:?} has a class of {longest} bytes, at most {LONGEST_WORD} are allowed: shorten it or use another target",
                        "列 {shown:?} 有一个 {longest} 字节的类别，最多允许 {LONGEST_WORD} 字节：请缩短它，或换一个目标列"
                    ),
                ));
            }
            if let (1, Some(class)) = (self.classes.len(), self.classes.keys().next()) {
                let class = shorten(class);
                issues.push(Issue::new(
                    "target",
                    message!(
                        "the column {shown:?} has the same class {class:?} in every row: at least two are needed",
                        "列 {shown:?} 每一行的类别都是 {class:?}：至少需要两个类别"
                    ),
                ));
            }
            Task::Classification(sorted(std::mem::take(&mut self.classes), targets.iter_mut()))
        } else {
            Task::Regression
        };
        let inputs: Vec<usize> = (0..width).filter(|&column| column != target && self.types[column] != Some(Holds::Ignore)).collect();
        if inputs.is_empty() && width > 1 {
            issues.push(Issue::new("types", message!("leave no input column", "没有留下任何输入列")));
        }
        let mut kinds = Vec::new();
        for &column in &inputs {
            if self.types[column] != Some(Holds::Words) {
                kinds.push(Kind::Number);
                continue;
            }
            let words = std::mem::take(&mut self.words[column]);
            if words.len() > MOST_CLASSES {
                let name = shorten(&columns[column]);
                issues.push(Issue::new(
                    "path",
                    message!(
                        "the input column {name:?} has more than {MOST_CLASSES} different words: leave it out by giving it the type ignore",
                        "输入列 {name:?} 有超过 {MOST_CLASSES} 个不同的词：请把它的类型设为 ignore 以忽略它"
                    ),
                ));
            }
            let longest = self.longest[column];
            if longest > LONGEST_WORD && words.len() <= MOST_CLASSES {
                let name = shorten(&columns[column]);
                issues.push(Issue::new(
                    "path",
                    message!(
                        "the input column {name:?} has a word of {longest} bytes, at most {LONGEST_WORD} are allowed: leave it out by giving it the type ignore",
                        "输入列 {name:?} 有一个 {longest} 字节的词，最多允许 {LONGEST_WORD} 字节：请把它的类型设为 ignore 以忽略它"
                    ),
                ));
            }
            kinds.push(Kind::Words(sorted(words, self.values.iter_mut().skip(column).step_by(width))));
        }
        let rows = targets.len();
        let values = self.values.chunks_exact(width).flat_map(|row| inputs.iter().map(|&column| row[column])).collect();
        let mut kept = |column: usize| {
            let mut rests = std::mem::take(&mut self.rests[column]);
            rests.resize(if rests.is_empty() { 0 } else { rows }, 0.0);
            rests
        };
        let mut rests = Rests { targets: if task == Task::Regression { kept(target) } else { Vec::new() }, ..Rests::default() };
        for (at, &column) in inputs.iter().enumerate().filter(|(at, _)| kinds[*at] == Kind::Number) {
            let kept = kept(column);
            if !kept.is_empty() {
                rests.inputs.insert(at, kept);
            }
        }
        let inputs_of = Array2::from_shape_vec((rows, inputs.len()), values).ok()?;
        let named = inputs.iter().map(|&column| columns[column].clone()).collect();
        Some(Table { kinds, rests, ..Table::new(inputs_of, targets, named, name, task) })
    }

    /// One issue for each column and kind of fault.
    fn report_faults(&self, columns: &[String], issues: &mut Vec<Issue>) {
        for fault in [Fault::Text, Fault::NotFinite] {
            let numbers = |column: usize| !matches!(self.types[column], Some(Holds::Words | Holds::Ignore));
            let faulty: Vec<usize> =
                (0..columns.len()).filter(|&column| numbers(column) && self.faults[column][fault as usize].count > 0).collect();
            for &column in faulty.iter().take(SHOWN_COLUMNS) {
                let places = &self.faults[column][fault as usize];
                let (count, Some(list)) = (places.count, places.list()) else { continue };
                let (name, cells) = (shorten(&columns[column]), counted(count, "cell", "cells"));
                let what = match fault {
                    Fault::Missing | Fault::Text => message!("{cells} with something other than a number", "{count} 个单元格不是数字"),
                    Fault::NotFinite => message!("{cells} with a number that is not finite", "{count} 个单元格中的数不是有限数"),
                };
                let kind = if Some(column) == self.target {
                    message!("target column", "目标列")
                } else {
                    message!("input column", "输入列")
                };
                issues.push(Issue::new(
                    "path",
                    message!("the {kind} {name:?} has {what}: {list}", "{kind} {name:?} 有 {what}：{list}"; kind, what, list),
                ));
            }
            let more = faulty.len().saturating_sub(SHOWN_COLUMNS);
            if more > 0 {
                issues.push(Issue::new("path", message!("{more} more columns have the same problem", "另有 {more} 列有同样的问题")));
            }
        }
    }
}

/// The words, sorted: by number where all are numbers, by letters otherwise; `values`, which are words' numbers in the order in which they came, become
/// places among them.
fn sorted<'a>(words: BTreeMap<String, usize>, values: impl Iterator<Item = &'a mut f32>) -> Vec<String> {
    let mut words: Vec<(String, usize)> = words.into_iter().collect();
    let numbers: Option<Vec<f64>> = words.iter().map(|(name, _)| name.parse().ok()).collect();
    if let Some(numbers) = numbers {
        let mut keyed: Vec<_> = numbers.into_iter().zip(words).collect();
        keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        words = keyed.into_iter().map(|(_, word)| word).collect();
    }
    let mut places = vec![0.0; words.len()];
    words.iter().enumerate().for_each(|(place, (_, word))| places[*word] = place as f32);
    values.filter(|value| !value.is_nan()).for_each(|value| *value = places[*value as usize]);
    words.into_iter().map(|(name, _)| name).collect()
}
