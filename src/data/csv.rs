//! The user's own table: a text file with a header, one row a line, numbers or words in its columns.
//!
//! Fields are separated by commas, semicolons or tabs (whichever the header has most of) and quoted as in RFC 4180. Everything that is wrong with
//! a file is reported at once, with row and column. Rows count from 1 below the header; lines count from 1 at the top of the file. A
//! column in which most cells are numbers is one of numbers, and a word in it is a slip; other columns are words. Deliberately not here: cleaning. Gaps are
//! left for `prepare.clean`, slips are refused, nothing is repaired in silence.

use crate::config::{Issue, Message};
use crate::data::encoding;
use crate::data::layout::Layout;
use crate::data::table::Kind;
use crate::data::{Files, Source, Table, Task};
use crate::message;
use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest file, in bytes.
const LARGEST_FILE: usize = 64 << 20;
/// The fewest rows that can be split into three parts and still teach something.
const FEWEST_ROWS: usize = 10;
/// Up to so many different whole numbers are classes where nothing else is said, and so many of others.
const WHOLE_CLASSES: usize = 20;
const OTHER_CLASSES: usize = 10;
/// The most classes; more different values than that are a number or a name, not a class.
const MOST_CLASSES: usize = 256;
/// Places that are listed of one problem.
const SHOWN_PLACES: usize = 3;
/// Columns that are listed of one problem.
const SHOWN_COLUMNS: usize = 10;

/// CSV file | CSV 文件
///
/// Your own table: a header, then one row a line. | 你自己的表格：首行为列名，之后每行一条数据。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "own"))]
pub struct Csv {
    /// File | 文件
    ///
    /// Path of the file; in the page, the name of a file that was loaded. At most 64 MB, in UTF-8 or GB18030. | 文件路径；在网页中为已载入文件的名称。最大 64 MB，编码为 UTF-8 或 GB18030。
    #[schemars(extend("x-largest-bytes" = LARGEST_FILE))]
    pub path: String,
    /// Target column | 目标列
    ///
    /// Name of the column to predict; empty for the last one. All others are inputs. | 要预测的列名；留空表示最后一列。其余各列均为输入。
    #[schemars(extend("x-depth" = "starter"))]
    pub target: String,
    /// Task | 任务
    ///
    /// What the target means. | 目标列的含义。
    #[schemars(extend("x-depth" = "starter"))]
    pub task: Goal,
    /// Layout of a row | 行的结构
    ///
    /// What the input columns of a row are together. | 一行的各输入列合起来是什么。
    pub layout: Layout,
    /// Types of columns | 列的类型
    ///
    /// What a column holds, where it is not what its cells look like. | 当某列的内容与单元格看起来的不同时，在此指定其类型。
    #[schemars(length(max = 256), extend("x-depth" = "lab"))]
    pub types: Vec<Typed>,
}

/// Type of a column | 列的类型
///
/// What one column holds. | 某一列的内容。
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// Column | 列
    ///
    /// Its name in the header. | 表头中的列名。
    pub column: String,
    /// Type | 类型
    ///
    /// What it holds. | 它的内容。
    pub kind: Holds,
}

/// Type | 类型
///
/// What a column holds. | 某一列的内容。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Numbers | 数值
    ///
    /// Every cell is a number or empty. | 每个单元格为数字或空。
    #[default]
    Numbers,
    /// Words | 文字
    ///
    /// Every cell is one of some words, numbers included, that have no order. | 每个单元格是若干词（也可以是数字）之一，彼此没有大小。
    Words,
    /// Ignore | 忽略
    ///
    /// The column is left out. | 不使用这一列。
    Ignore,
}

/// Task | 任务
///
/// What the target means. | 目标列的含义。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Automatic | 自动
    ///
    /// Regression where the target is a number with many values, else classification. | 目标列是取值很多的数字时为回归，否则为分类。
    #[default]
    Auto,
    /// Classification | 分类
    ///
    /// The target names a class, with words or numbers. | 目标列是类别，可为文字或数字。
    Classification,
    /// Regression | 回归
    ///
    /// The target is a number. | 目标列是数值。
    Regression,
    /// Clustering | 聚类
    ///
    /// There is no target; no model can do this yet. | 没有目标列；目前还没有支持的模型。
    Clustering,
}

impl Source for Csv {
    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut issues = Vec::new();
        if self.task == Goal::Clustering {
            issues.push(Issue::new(
                "task",
                message!(
                    "there is no clustering learner yet: use classification or regression",
                    "目前还没有聚类模型：请用 classification 或 regression"
                ),
            ));
        }
        if self.path.is_empty() {
            issues.push(Issue::new("path", message!("is empty: name a CSV file", "为空：请填写 CSV 文件名")));
            return Err(issues);
        }
        let bytes = match files.read(&self.path) {
            Ok(bytes) => bytes,
            Err(message) => {
                issues.push(Issue::new("path", message));
                return Err(issues);
            }
        };
        let mut table = self.parse(&bytes, &mut issues);
        if let Some(read) = table.take_if(|_| issues.is_empty()) {
            match self.layout.arrange(read) {
                Ok(arranged) => return Ok(arranged),
                Err(issue) => issues.push(issue.under("layout")),
            }
        }
        Err(issues)
    }
}

/// What can be wrong with a cell of numbers.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Missing,
    Text,
    NotFinite,
}

/// The `f32` of a cell. Empty cells and the usual marks for "no value" are missing.
fn number(cell: &str) -> Result<f32, Fault> {
    match cell.parse::<f32>() {
        Ok(value) if value.is_finite() => Ok(value),
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

/// Where one kind of problem occurs: how often, and the first few places.
#[derive(Clone, Default)]
struct Places {
    count: usize,
    first: Vec<Message>,
}

impl Places {
    fn add(&mut self, place: impl FnOnce() -> Message) {
        self.count += 1;
        if self.first.len() < SHOWN_PLACES {
            self.first.push(place());
        }
    }

    /// The places in words; `None` if there are none.
    fn list(&self) -> Option<Message> {
        let (first, more) = (Message::join(&self.first, "; ", "；"), self.count - self.first.len());
        let all = if more > 0 { message!("{first} and {more} more", "{first}；另有 {more} 处"; first) } else { first };
        (self.count > 0).then_some(all)
    }
}

/// A row as the user finds it.
#[derive(Clone, Copy)]
struct Row {
    number: usize,
    line: u64,
}

impl Row {
    fn words(self) -> Message {
        let Row { number, line } = self;
        message!("row {number} (line {line})", "第 {number} 行数据（文件第 {line} 行）")
    }
}

impl Csv {
    /// The table in `bytes`, as far as it can be read; only without issues it is whole.
    fn parse(&self, bytes: &[u8], issues: &mut Vec<Issue>) -> Option<Table> {
        let size = bytes.len();
        if size > LARGEST_FILE {
            let (most, megabytes) = (LARGEST_FILE >> 20, size as f64 / (1 << 20) as f64);
            issues.push(Issue::new(
                "path",
                message!("the file may have at most {most} MB, got {megabytes:.1} MB", "文件最大 {most} MB，实际 {megabytes:.1} MB"),
            ));
            return None;
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            issues.push(Issue::new("path", message!("the file is empty: a header and rows are needed", "文件是空的：需要表头和数据行")));
            return None;
        }
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            issues.push(Issue::new("path", message!("the file is UTF-16: save it as UTF-8", "文件是 UTF-16 编码：请另存为 UTF-8")));
            return None;
        }
        let bytes = &*encoding::utf8(bytes);
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
        let columns = header(reader.byte_headers().expect("memory is readable"), issues);
        let target = self.target_column(&columns, issues);
        let types = self.types(&columns, target, issues);
        let mut cells = Cells::new(types, target, self.task);
        let (mut ragged, mut foreign) = (Places::default(), Places::default());
        let mut record = ::csv::ByteRecord::new();
        let mut rows = 0;
        while reader.read_byte_record(&mut record).expect("memory is readable") {
            rows += 1;
            let row = Row { number: rows, line: record.position().map_or(0, ::csv::Position::line) };
            if record.len() != columns.len() {
                ragged.add(|| {
                    let (row, fields) = (row.words(), record.len());
                    message!("{row} has {fields}", "{row}有 {fields} 个"; row)
                });
            } else if let Some(at) = record.iter().position(|cell| std::str::from_utf8(cell).is_err()) {
                foreign.add(|| {
                    let (row, column) = (row.words(), &columns[at]);
                    message!("{row}, column {column:?}", "{row}，列 {column:?}"; row)
                });
            } else {
                cells.add(row, &record);
            }
        }
        cells.settle();
        if cells.types.contains(&Some(Holds::Words)) {
            // Which columns hold words is known only now.
            let mut reader = ::csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
            while reader.read_byte_record(&mut record).expect("memory is readable") {
                if record.len() == columns.len() && record.iter().all(|cell| std::str::from_utf8(cell).is_ok()) {
                    cells.add_words(&record);
                }
            }
        }
        if rows == 0 {
            issues.push(Issue::new("path", message!("the file has a header but no rows", "文件只有表头，没有数据行")));
            return None;
        }
        if let Some(places) = ragged.list() {
            let (count, width) = (ragged.count, columns.len());
            let (rows, expected) = (counted(count, "row does", "rows do"), counted(width, "field", "fields"));
            issues.push(Issue::new(
                "path",
                message!(
                    "{rows} not have {expected} as the header: {places}",
                    "{count} 行数据的字段数不是表头的 {width} 个：{places}"; places
                ),
            ));
        }
        if let Some(places) = foreign.list() {
            let count = foreign.count;
            let rows = counted(count, "row is", "rows are");
            issues.push(Issue::new(
                "path",
                message!(
                    "{rows} not UTF-8: {places}; save the file as UTF-8",
                    "{count} 行数据不是 UTF-8 编码：{places}。请把文件另存为 UTF-8"; places
                ),
            ));
        }
        if rows < FEWEST_ROWS {
            issues.push(Issue::new(
                "path",
                message!(
                    "the file must have at least {FEWEST_ROWS} rows, got {rows}",
                    "文件至少要有 {FEWEST_ROWS} 行数据，实际有 {rows} 行"
                ),
            ));
        }
        if target.is_some() && columns.len() == 1 {
            let only = &columns[0];
            issues.push(Issue::new(
                "path",
                message!(
                    "the file has no column besides the target {only:?}: at least one input is needed",
                    "除目标列 {only:?} 外，文件没有其他列：至少需要一个输入列"
                ),
            ));
        }
        cells.table(columns, target?, issues)
    }

    /// What the user says each column holds.
    fn types(&self, columns: &[String], target: Option<usize>, issues: &mut Vec<Issue>) -> Vec<Option<Holds>> {
        let mut types = vec![None; columns.len()];
        for (at, Typed { column, kind }) in self.types.iter().enumerate() {
            let (path, name) = (format!("types[{at}].column"), column.trim());
            match columns.iter().position(|known| known == name) {
                None => issues.push(Issue::new(path, message!("there is no column {name:?}", "没有名为 {name:?} 的列"))),
                Some(found) if Some(found) == target => issues.push(Issue::new(
                    path,
                    message!("{name:?} is the target: what it holds follows from the task", "{name:?} 是目标列：其类型由任务决定"),
                )),
                Some(found) if types[found].is_some() => {
                    issues.push(Issue::new(path, message!("{name:?} is already listed", "{name:?} 已在列表中")));
                }
                Some(found) => types[found] = Some(*kind),
            }
        }
        types
    }

    /// The index of the target.
    fn target_column(&self, columns: &[String], issues: &mut Vec<Issue>) -> Option<usize> {
        let name = self.target.trim();
        let found = if name.is_empty() { columns.len().checked_sub(1) } else { columns.iter().position(|column| column == name) };
        if found.is_none() {
            let (mut listed, more) = (Message::list(columns.iter().take(50)), columns.len().saturating_sub(50));
            if more > 0 {
                listed = message!("{listed} and {more} more", "{listed} 和另外 {more} 列"; listed);
            }
            issues.push(Issue::new(
                "target",
                message!("there is no column {name:?}, must be one of {listed}", "没有名为 {name:?} 的列，必须是 {listed} 之一"; listed),
            ));
        }
        found
    }
}

/// The separator that the header has most of, quoted parts left out; a comma if it has none.
fn delimiter(bytes: &[u8]) -> u8 {
    let (mut counts, mut quoted) = ([(b',', 0), (b';', 0), (b'\t', 0)], false);
    for &byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(separator, _)| *separator == byte).for_each(|(_, count)| *count += 1),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// The names of the columns, trimmed.
fn header(record: &::csv::ByteRecord, issues: &mut Vec<Issue>) -> Vec<String> {
    if record.iter().any(|name| std::str::from_utf8(name).is_err()) {
        issues.push(Issue::new(
            "path",
            message!("the header is not UTF-8: save the file as UTF-8", "表头不是 UTF-8 编码：请把文件另存为 UTF-8"),
        ));
    }
    let columns: Vec<String> = record.iter().map(|name| String::from_utf8_lossy(name).trim().to_string()).collect();
    let mut positions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in columns.iter().enumerate() {
        positions.entry(name).or_default().push(at + 1);
    }
    for (name, positions) in positions {
        let (list, times) = (Message::list(&positions), positions.len());
        if name.is_empty() {
            let columns = if times == 1 { "column" } else { "columns" };
            issues.push(Issue::new("path", message!("the header has no name for {columns} {list}", "表头中第 {list} 列没有名称"; list)));
        } else if times > 1 {
            issues.push(Issue::new(
                "path",
                message!(
                    "the header has the name {name:?} {times} times, in columns {list}",
                    "列名 {name:?} 在表头中出现 {times} 次，位于第 {list} 列"; list
                ),
            ));
        }
    }
    columns
}

/// The cells of all rows that have the right number of fields.
struct Cells {
    /// Row by row, all columns; what is no number is NaN, words are their numbers in the order in which they came.
    values: Vec<f32>,
    /// Classes of the target in the order in which they came.
    classes: BTreeMap<String, usize>,
    target: Option<usize>,
    goal: Goal,
    /// What each column holds, as far as it is known.
    types: Vec<Option<Holds>>,
    /// For each column the places of each [`Fault`].
    faults: Vec<[Places; 3]>,
    /// For each column the cells that are numbers.
    numbers: Vec<usize>,
    /// For each column of words the words in the order in which they came.
    words: Vec<BTreeMap<String, usize>>,
    /// The target as numbers, where it is still to be found out what it is.
    amounts: Vec<f32>,
    /// The row of `values` that [`Cells::add_words`] comes to next.
    next: usize,
    /// There are more classes than [`MOST_CLASSES`].
    too_many_classes: bool,
}

impl Cells {
    fn new(types: Vec<Option<Holds>>, target: Option<usize>, goal: Goal) -> Self {
        Cells {
            values: Vec::new(),
            classes: BTreeMap::new(),
            target,
            goal,
            faults: vec![Default::default(); types.len()],
            numbers: vec![0; types.len()],
            words: vec![BTreeMap::new(); types.len()],
            types,
            amounts: Vec::new(),
            next: 0,
            too_many_classes: false,
        }
    }

    /// Takes over a row that is UTF-8.
    fn add(&mut self, row: Row, record: &::csv::ByteRecord) {
        // Which columns are inputs is known only with the target.
        let Some(target) = self.target else { return };
        for (column, cell) in record.iter().enumerate() {
            let cell = std::str::from_utf8(cell).unwrap_or_default().trim();
            if self.goal == Goal::Auto && column == target {
                self.amounts.push(match number(cell) {
                    Ok(value) => value,
                    Err(Fault::Missing) => f32::NAN,
                    Err(_) => f32::INFINITY,
                });
            }
            let value = match self.goal {
                Goal::Auto | Goal::Classification if column == target => self.class(cell),
                Goal::Clustering if column == target => Ok(0.0),
                _ => number(cell),
            };
            self.numbers[column] += usize::from(value.is_ok());
            self.values.push(value.unwrap_or(f32::NAN));
            if let Err(fault) = value {
                self.faults[column][fault as usize].add(|| {
                    let (row, given) = (row.words(), brief(cell));
                    message!("{row} is {given}", "{row}为 {given}"; row)
                });
            }
        }
    }

    /// Decides what each column holds that nobody has said: words where more cells are words than numbers.
    fn settle(&mut self) {
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
    fn add_words(&mut self, record: &::csv::ByteRecord) {
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
        self.classes.insert(name.to_string(), known);
        Ok(known as f32)
    }

    fn table(mut self, columns: Vec<String>, target: usize, issues: &mut Vec<Issue>) -> Option<Table> {
        self.report_faults(&columns, issues);
        let (width, name) = (columns.len(), &columns[target]);
        let mut targets: Vec<f32> = self.values.chunks_exact(width).map(|row| row[target]).collect();
        let task = if self.goal == Goal::Classification {
            if self.too_many_classes {
                issues.push(Issue::new(
                    "target",
                    message!(
                        "the column {name:?} has more than {MOST_CLASSES} different values: use the task regression or another target",
                        "列 {name:?} 有超过 {MOST_CLASSES} 个不同的值：请把任务改为 regression，或换一个目标列"
                    ),
                ));
            }
            if let (1, Some(class)) = (self.classes.len(), self.classes.keys().next()) {
                let class = brief(class);
                issues.push(Issue::new(
                    "target",
                    message!(
                        "the column {name:?} has the same class {class} in every row: at least two are needed",
                        "列 {name:?} 每一行的类别都是 {class}：至少需要两个类别"
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
                let name = &columns[column];
                issues.push(Issue::new(
                    "path",
                    message!(
                        "the input column {name:?} has more than {MOST_CLASSES} different words: leave it out by giving it the type ignore",
                        "输入列 {name:?} 有超过 {MOST_CLASSES} 个不同的词：请把它的类型设为 ignore 以忽略它"
                    ),
                ));
            }
            kinds.push(Kind::Words(sorted(words, self.values.iter_mut().skip(column).step_by(width))));
        }
        let rows = targets.len();
        let values = self.values.chunks_exact(width).flat_map(|row| inputs.iter().map(|&column| row[column])).collect();
        let inputs_of = Array2::from_shape_vec((rows, inputs.len()), values).ok()?;
        let named = inputs.iter().map(|&column| columns[column].clone()).collect();
        Some(Table { kinds, ..Table::new(inputs_of, targets, named, name, task) })
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
                let (name, cells) = (&columns[column], counted(count, "cell", "cells"));
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

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A cell in quotes, cut short.
fn brief(cell: &str) -> String {
    if cell.chars().count() <= 30 {
        format!("{cell:?}")
    } else {
        format!("{:?}", cell.chars().take(27).chain("...".chars()).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(not(target_arch = "wasm32"))]
    use proptest::prelude::*;

    struct OneFile(Vec<u8>);
    impl Files for OneFile {
        fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
            if path == "a.csv" { Ok(self.0.clone()) } else { Err(message!("no file {path:?}", "没有文件 {path:?}")) }
        }
    }

    fn csv(target: &str, task: Goal) -> Csv {
        Csv { path: "a.csv".into(), target: target.into(), task, ..Csv::default() }
    }

    fn load(csv: &Csv, text: impl AsRef<[u8]>) -> Result<Table, Vec<Issue>> {
        csv.load(1, &OneFile(text.as_ref().to_vec()))
    }

    /// `text`, followed by as many good rows as it takes to have enough.
    fn padded(text: &[u8], row: &str) -> Vec<u8> {
        [text, row.repeat(10).as_bytes()].concat()
    }

    fn rows(row: &str, count: usize) -> String {
        row.repeat(count)
    }

    #[test]
    #[allow(clippy::type_complexity)]
    fn good_files() {
        use Goal::{Classification, Regression};
        let ten = |text: &str| text.repeat(5);
        let cases: [(&str, &str, Goal, String, &[&str], [f32; 4], &[&str], [f32; 2]); 10] = [
            (
                "words",
                "",
                Classification,
                format!("a,b,kind\n{}", ten("1,2,cat\n3,4,ant\n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &["ant", "cat"],
                [1.0, 0.0],
            ),
            (
                "classes sort as numbers",
                "",
                Classification,
                format!("a,b,c\n{}", ten("1,2,10\n3,4,9\n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &["9", "10"],
                [1.0, 0.0],
            ),
            (
                "classes sort by letters if one is a word",
                "",
                Classification,
                format!("a,b,c\n{}", ten("1,2,9\n3,4,10b\n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &["10b", "9"],
                [1.0, 0.0],
            ),
            (
                "the target may stand anywhere",
                "t",
                Regression,
                format!("a,t,b\n{}", ten("1,0.5,2\n3,-1,4\n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &[],
                [0.5, -1.0],
            ),
            (
                "spaces, signs and exponents",
                " t ",
                Regression,
                format!(" a , b, t\n{}", ten(" +1 ,2e0, .5\n30e-1, 4.,-1e0 \n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &[],
                [0.5, -1.0],
            ),
            (
                "Windows line ends, no end after the last",
                "",
                Regression,
                format!("a,b,t\r\n{}", ten("1,2,0.5\r\n3,4,-1\r\n")).trim_end().into(),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &[],
                [0.5, -1.0],
            ),
            (
                "a byte order mark",
                "a",
                Regression,
                format!("\u{feff}a,b,c\n{}", ten("0.5,1,2\n-1,3,4\n")),
                &["b", "c"],
                [1.0, 2.0, 3.0, 4.0],
                &[],
                [0.5, -1.0],
            ),
            (
                "quotes with commas, line breaks and quotes",
                "",
                Classification,
                format!("\"a, \"\"x\"\"\",b,c\n{}", ten("\"1\",2,\"two\nlines\"\n3,4,one\n")),
                &["a, \"x\"", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &["one", "two\nlines"],
                [1.0, 0.0],
            ),
            (
                "semicolons",
                "",
                Classification,
                format!("a;b;\"c,d,e,f\"\n{}", ten("1;2;x\n3;4;y\n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &["x", "y"],
                [0.0, 1.0],
            ),
            (
                "tabs and blank lines",
                "",
                Classification,
                format!("\n\na\tb\tc\n{}\n\n", ten("1\t2\tx\n\n3\t4\ty\n")),
                &["a", "b"],
                [1.0, 2.0, 3.0, 4.0],
                &["x", "y"],
                [0.0, 1.0],
            ),
        ];
        for (reason, target, task, text, columns, inputs, classes, targets) in cases {
            let table = load(&csv(target, task), &text).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            assert_eq!(table.columns, columns, "{reason}");
            assert_eq!(table.inputs.as_slice().unwrap(), inputs.repeat(5), "{reason}");
            assert_eq!(table.targets, targets.repeat(5), "{reason}");
            match &table.task {
                Task::Classification(names) => assert_eq!(names, classes, "{reason}"),
                Task::Regression => assert!(task == Regression, "{reason}"),
            }
        }
    }

    #[test]
    #[allow(clippy::type_complexity)]
    fn bad_files() {
        use Goal::{Classification, Clustering, Regression};
        let good = "1,2,x\n3,4,y\n";
        let wide: String = (0..60).map(|at| format!("c{at},")).collect::<String>() + "end\n";
        let cases: Vec<(&str, &str, Goal, Vec<u8>, Vec<(&str, &str)>)> = vec![
            ("no bytes", "", Classification, b"".into(), vec![("path", "the file is empty: a header and rows are needed")]),
            (
                "only a mark and line ends",
                "",
                Classification,
                b"\xEF\xBB\xBF \r\n\n".into(),
                vec![("path", "the file is empty: a header and rows are needed")],
            ),
            ("header only", "", Classification, b"a,b,c\n".into(), vec![("path", "the file has a header but no rows")]),
            (
                "UTF-16, Excel's \"Unicode text\"",
                "",
                Classification,
                b"\xFF\xFEa\0,\0b\0".into(),
                vec![("path", "the file is UTF-16: save it as UTF-8")],
            ),
            (
                "one row too long, one too short",
                "",
                Classification,
                padded(b"a,b,c\n1,2,x\n1,2,y,4\n1\n", good),
                vec![("path", "2 rows do not have 3 fields as the header: row 2 (line 3) has 4; row 3 (line 4) has 1")],
            ),
            (
                "many ragged rows are counted, three are shown",
                "",
                Classification,
                padded(format!("a,b,c\n{}", rows("1,2\n", 7)).as_bytes(), good),
                vec![(
                    "path",
                    "7 rows do not have 3 fields as the header: row 1 (line 2) has 2; row 2 (line 3) has 2; row 3 (line 4) has 2 and 4 more",
                )],
            ),
            (
                "a line break within quotes is no row",
                "",
                Classification,
                padded(b"a,b,c\n1,2,\"x\ny\"\n1,2\n", good),
                vec![("path", "1 row does not have 3 fields as the header: row 2 (line 4) has 2")],
            ),
            (
                "Latin-1",
                "",
                Classification,
                padded(b"a,b,c\n1,2,caf\xE9\n", good),
                vec![("path", "1 row is not UTF-8: row 1 (line 2), column \"c\"; save the file as UTF-8")],
            ),
            (
                "a header in Latin-1",
                "",
                Classification,
                padded(b"a,\xE9,c\n", good),
                vec![("path", "the header is not UTF-8: save the file as UTF-8")],
            ),
            (
                "unknown target",
                "label",
                Classification,
                padded(b"a,b,c\n", good),
                vec![("target", "there is no column \"label\", must be one of a, b, c")],
            ),
            (
                "words in input columns",
                "",
                Classification,
                padded(b"a,b,c\nred,2,x\nblue,2.5.1,x\nred,2,x\n\"a very long story that never ends\",2,x\n", good),
                vec![
                    (
                        "path",
                        "the input column \"a\" has 4 cells with something other than a number: row 1 (line 2) is \"red\"; row 2 (line 3) is \"blue\"; \
                         row 3 (line 4) is \"red\" and 1 more",
                    ),
                    ("path", "the input column \"b\" has 1 cell with something other than a number: row 2 (line 3) is \"2.5.1\""),
                ],
            ),
            (
                "the target of a regression is a number too",
                "",
                Regression,
                padded(b"a,b,c\n1,2,x\n", "1,2,3\n"),
                vec![("path", "the target column \"c\" has 1 cell with something other than a number: row 1 (line 2) is \"x\"")],
            ),
            (
                "numbers that are not finite, or not in 32 bits",
                "",
                Classification,
                padded(b"a,b,c\ninf,-inf,x\n1e39,2,x\n", good),
                vec![
                    (
                        "path",
                        "the input column \"a\" has 2 cells with a number that is not finite: row 1 (line 2) is \"inf\"; row 2 (line 3) is \"1e39\"",
                    ),
                    ("path", "the input column \"b\" has 1 cell with a number that is not finite: row 1 (line 2) is \"-inf\""),
                ],
            ),
            (
                "one class",
                "",
                Classification,
                padded(b"a,b,c\n", "1,2,x\n"),
                vec![("target", "the column \"c\" has the same class \"x\" in every row: at least two are needed")],
            ),
            (
                "a measurement as a class",
                "",
                Classification,
                ("a,t\n".to_string() + &(0..300).map(|row| format!("1,{row}.5\n")).collect::<String>()).into(),
                vec![("target", "the column \"t\" has more than 256 different values: use the task regression or another target")],
            ),
            (
                "nine rows",
                "",
                Classification,
                format!("a,b,c\n{}3,4,y\n", rows("1,2,x\n", 8)).into(),
                vec![("path", "the file must have at least 10 rows, got 9")],
            ),
            (
                "names twice and none",
                "c",
                Classification,
                padded(b"a,,a,c,\n", "1,2,3,x,5\n1,2,3,y,5\n"),
                vec![
                    ("path", "the header has no name for columns 2, 5"),
                    ("path", "the header has the name \"a\" 2 times, in columns 1, 3"),
                ],
            ),
            (
                "nothing but a target",
                "",
                Classification,
                padded(b"c\n", "x\ny\n"),
                vec![("path", "the file has no column besides the target \"c\": at least one input is needed")],
            ),
            (
                "clustering",
                "",
                Clustering,
                padded(b"a,b,c\n", good),
                vec![("task", "there is no clustering learner yet: use classification or regression")],
            ),
            (
                "everything at once",
                "c",
                Classification,
                b"a,b,b,c\n1,x,,z\n1,2\ninf,2,\xFF,z\n".into(),
                vec![
                    ("path", "the header has the name \"b\" 2 times, in columns 2, 3"),
                    ("path", "1 row does not have 4 fields as the header: row 2 (line 3) has 2"),
                    ("path", "1 row is not UTF-8: row 3 (line 4), column \"b\"; save the file as UTF-8"),
                    ("path", "the file must have at least 10 rows, got 3"),
                    ("target", "the column \"c\" has the same class \"z\" in every row: at least two are needed"),
                ],
            ),
        ];
        for (reason, target, task, text, expected) in cases {
            let issues = load(&csv(target, task), &text).expect_err(reason);
            let got: Vec<(&str, &str)> = issues.iter().map(|issue| (issue.path.as_str(), issue.message.en.as_str())).collect();
            assert_eq!(got, expected, "{reason}");
        }
        let line = |end: &str, of: &str| of.repeat(60) + end;
        let wide = wide.clone() + &rows(&(line("x\n", "5,") + &line("y\n", "6,")), 5) + &line("y\n", "word,");
        let issues = load(&csv("none", Classification), &wide).unwrap_err();
        assert!(issues[0].message.en.ends_with("c48, c49 and 11 more"), "{}", issues[0]);
        let issues = load(&csv("", Classification), &wide).unwrap_err();
        assert_eq!(issues.len(), SHOWN_COLUMNS + 1);
        assert_eq!(issues[SHOWN_COLUMNS].message.en, "50 more columns have the same problem");
    }

    #[test]
    fn gaps_are_left_for_cleaning_and_columns_of_words_are_told_from_slips() {
        let text = "size,colour,code,kind\n,red,1,x\nNA,blue,2,\n3,?,1,y\n4,red,10,x\n".to_string() + &rows("5,green,2,y\n", 7);
        let table = load(&csv("", Goal::Classification), &text).unwrap();
        let words = |list: &[&str]| Kind::Words(list.iter().map(|word| word.to_string()).collect());
        assert_eq!(table.kinds, [Kind::Number, words(&["blue", "green", "red"]), Kind::Number]);
        let column = |table: &Table, at: usize| {
            table.inputs.column(at).iter().take(4).map(|value| (!value.is_nan()).then_some(*value)).collect::<Vec<_>>()
        };
        assert_eq!(column(&table, 0), [None, None, Some(3.0), Some(4.0)]);
        assert_eq!(column(&table, 1), [Some(2.0), Some(0.0), None, Some(2.0)]);
        assert!(table.targets[1].is_nan() && table.targets[2] == 1.0);
        let typed = |types: &[(&str, Holds)]| {
            let types = types.iter().map(|(column, kind)| Typed { column: column.to_string(), kind: *kind }).collect();
            load(&Csv { types, ..csv("", Goal::Classification) }, &text)
        };
        let table = typed(&[("code", Holds::Words), ("size", Holds::Ignore)]).unwrap();
        assert_eq!(table.columns, ["colour", "code"]);
        assert_eq!(table.kinds[1], words(&["1", "2", "10"]));
        assert_eq!(column(&table, 1), [Some(0.0), Some(1.0), Some(0.0), Some(2.0)]);
        let said = |issues: Vec<Issue>| issues.iter().map(Issue::to_string).collect::<Vec<_>>();
        let problems = typed(&[("colour", Holds::Numbers), ("cost", Holds::Words), ("kind", Holds::Words), ("colour", Holds::Words)]);
        assert_eq!(
            said(problems.unwrap_err()),
            [
                "types[1].column: there is no column \"cost\"",
                "types[2].column: \"kind\" is the target: what it holds follows from the task",
                "types[3].column: \"colour\" is already listed",
                "path: the input column \"colour\" has 10 cells with something other than a number: row 1 (line 2) is \"red\"; row 2 (line 3) is \"blue\"; \
                 row 4 (line 5) is \"red\" and 7 more",
            ]
        );
        let none = typed(&[("colour", Holds::Ignore), ("code", Holds::Ignore), ("size", Holds::Ignore)]);
        assert_eq!(said(none.unwrap_err()), ["types: leave no input column"]);
        let many = "name,kind\n".to_string() + &(0..300).map(|row| format!("n{row},{}\n", row % 2)).collect::<String>();
        assert!(said(load(&csv("", Goal::Classification), &many).unwrap_err())[0].contains("has more than 256 different words"));
    }

    #[test]
    fn what_the_target_means_is_told_from_its_values() {
        let task = |value: fn(usize) -> String| {
            let text = "a,t\n".to_string() + &(0..60).map(|row| format!("{row},{}\n", value(row))).collect::<String>();
            load(&csv("", Goal::Auto), &text).unwrap()
        };
        let classes = |table: &Table| if let Task::Classification(classes) = &table.task { classes.len() } else { 0 };
        assert_eq!(classes(&task(|row| ["yes", "no"][row % 2].into())), 2);
        assert_eq!(classes(&task(|row| (row % 10).to_string())), 10, "digits are names");
        assert_eq!(classes(&task(|row| (0.5 * (row % 4) as f64).to_string())), 4);
        let amounts = task(|row| (row * row).to_string());
        assert_eq!((classes(&amounts), amounts.targets[7]), (0, 49.0));
        let measured = task(|row| if row == 3 { String::new() } else { (0.1 * (row % 30) as f64).to_string() });
        assert!(classes(&measured) == 0 && measured.targets[3].is_nan() && (measured.targets[4] - 0.4).abs() < 1e-6);
        assert_eq!(classes(&task(|row| if row == 3 { "x".into() } else { row.to_string() })), 60, "one word, and all are names");
    }

    #[test]
    fn windows_hold_the_past_and_answer_for_the_future() {
        let text = "t,y\n".to_string() + &(0..20).map(|row| format!("{row},{}\n", 100 + row)).collect::<String>();
        let windows = |lag, horizon| {
            let layout = Layout::Windows(crate::data::layout::Windows { lag, horizon });
            load(&Csv { layout, ..csv("", Goal::Regression) }, &text)
        };
        let table = windows(3, 2).unwrap();
        assert_eq!((table.rows(), table.ordered), (16, true));
        assert_eq!(table.columns, ["t t-2", "y t-2", "t t-1", "y t-1", "t t", "y t"]);
        assert_eq!(table.inputs.row(0).to_vec(), [0.0, 100.0, 1.0, 101.0, 2.0, 102.0]);
        assert_eq!((table.targets[0], table.targets[15]), (104.0, 119.0));
        let issue = windows(12, 1).unwrap_err().remove(0).to_string();
        assert_eq!(issue, "layout.windows.lag: 20 rows are too few for windows of 12 rows and a target 1 ahead: that needs at least 22");
        let words =
            load(&Csv { layout: Layout::Windows(Default::default()), ..csv("", Goal::Classification) }, padded(b"a,b\nx,1\n", "y,2\n"));
        assert_eq!(words.unwrap_err()[0].to_string(), "layout: needs numbers, and the column \"a\" holds words");
    }

    #[test]
    fn the_header_decides_the_separator() {
        let cases = [
            ("a,b;c,d\n1;2;3;4", b','),
            ("a;b\tc;d", b';'),
            ("a\tb", b'\t'),
            ("a;b,c", b','),
            ("alone", b','),
            ("\"a;b;c\",d\n", b','),
            ("\r\n\na;b", b';'),
        ];
        for (text, separator) in cases {
            assert_eq!(delimiter(text.as_bytes()), separator, "{text:?}");
        }
    }

    #[test]
    fn files_that_cannot_be_had() {
        let issue = |path: &str, file: Vec<u8>| {
            let issues = Csv { path: path.into(), ..Csv::default() }.load(1, &OneFile(file)).unwrap_err();
            assert_eq!(issues.len(), 1);
            issues[0].to_string()
        };
        assert_eq!(issue("", vec![]), "path: is empty: name a CSV file");
        assert_eq!(issue("b.csv", vec![]), "path: no file \"b.csv\"");
        assert_eq!(issue("a.csv", vec![b'1'; LARGEST_FILE + (1 << 20)]), "path: the file may have at most 64 MB, got 65.0 MB");
    }

    #[test]
    fn fifty_megabytes_take_seconds() {
        let mut text = String::from("a,b,c,d,e,f,g,h,kind\n");
        while text.len() < 50 << 20 {
            text.push_str("0.123456,-1.5,3.25e-2,1000,7.654321,-0.001,42,8.5,left\n1,2,3,4,5,6,7,8,right\n");
        }
        let start = std::time::Instant::now();
        let table = load(&csv("", Goal::Classification), &text).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(table.rows(), text.lines().count() - 1);
        assert!(seconds < 10.0, "{seconds} s");
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), target in ".{0,3}") {
            for task in [Goal::Classification, Goal::Regression, Goal::Clustering] {
                if let Err(issues) = load(&csv(&target, task), &bytes) {
                    prop_assert!(!issues.is_empty());
                }
            }
        }

        #[test]
        fn texts_like_csv_do_not_panic_and_good_tables_are_whole(text in "[ab1.,;\"\n\r\té-]{0,120}", task in 0..2) {
            let task = [Goal::Classification, Goal::Regression][task as usize];
            match load(&csv("", task), padded(text.as_bytes(), "\n1,2\n3,4")) {
                Ok(table) => {
                    prop_assert_eq!(table.inputs.dim(), (table.rows(), table.columns.len()));
                    prop_assert!(table.inputs.iter().chain(&table.targets).all(|value| !value.is_infinite()));
                }
                Err(issues) => prop_assert!(!issues.is_empty()),
            }
        }

        #[test]
        fn what_was_written_is_read(
            values in proptest::collection::vec((any::<i16>(), -1e30_f32..1e30, "[a-z]{1,2}( é,|\"\n)?[a-z]"), 10..60),
        ) {
            let mut writer = ::csv::Writer::from_writer(Vec::new());
            writer.write_record(["count", "size", "kind"]).unwrap();
            for (count, size, kind) in &values {
                writer.write_record([count.to_string(), format!("{size:e}"), kind.clone()]).unwrap();
            }
            let result = load(&csv("kind", Goal::Classification), writer.into_inner().unwrap());
            prop_assume!(values.iter().any(|(_, _, kind)| *kind != values[0].2));
            let table = result.unwrap();
            let Task::Classification(classes) = &table.task else { panic!("a classification") };
            prop_assert!(classes.is_sorted());
            for (at, (count, size, kind)) in values.iter().enumerate() {
                prop_assert_eq!(table.inputs[(at, 0)], f32::from(*count));
                prop_assert_eq!(table.inputs[(at, 1)], *size);
                prop_assert_eq!(&classes[table.targets[at] as usize], kind);
            }
        }
    }
}
