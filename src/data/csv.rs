//! The user's own table: a text file with a header, one row a line, numbers or words in its columns.
//!
//! Fields are separated by commas, semicolons or tabs (whichever the header has most of) and quoted as in RFC 4180. Everything that is wrong with
//! a file is reported at once, with row and column. Rows count from 1 below the header; lines count from 1 at the top of the file. A
//! column in which most cells are numbers is one of numbers, and a word in it is a slip; other columns are words. Deliberately not here: cleaning. Gaps are
//! left for `prepare.clean`, slips are refused, nothing is repaired in silence.

mod cells;
mod places;
mod progress;

use crate::config::message::shorten;
use crate::config::{Issue, Message};
use crate::data::encoding;
use crate::data::layout::Layout;
use crate::data::{Files, Source, Table};
use crate::message;
use cells::Cells;
use places::{Places, Row, counted};
use progress::Progress;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most columns, and the most bytes of a cell: more than any table to learn from has, less than keeps a page busy for seconds.
const MOST_COLUMNS: usize = 10_000;
const LONGEST_CELL: usize = 1 << 16;
/// Columns that are listed where one is asked for that is not there.
const LISTED: usize = 50;
/// The largest file, in bytes.
const LARGEST_FILE: usize = 64 << 20;
/// The fewest rows that can be split into three parts and still teach something.
const FEWEST_ROWS: usize = 10;
/// How much of the time has passed when all rows were read once, and when those with words were read again, as measured; the rest goes into the table.
const FIRST_PASS: f64 = 0.6;
const BOTH_PASSES: f64 = 0.95;

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
        let mut table = self.parse(&bytes, &mut issues, &|share| files.progress(share));
        if let Some(read) = table.take_if(|_| issues.is_empty()) {
            match self.layout.arrange(read) {
                Ok(arranged) => return Ok(arranged),
                Err(issue) => issues.push(issue.under("layout")),
            }
        }
        Err(issues)
    }
}

impl Csv {
    /// The table in `bytes`, as far as it can be read; only without issues it is whole. `tell` hears how much of it is read.
    fn parse(&self, bytes: &[u8], issues: &mut Vec<Issue>, tell: &dyn Fn(f64)) -> Option<Table> {
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
        let first = reader.byte_headers().expect("memory is readable");
        let count = first.len();
        if count > MOST_COLUMNS {
            issues.push(Issue::new(
                "path",
                message!(
                    "the file may have at most {MOST_COLUMNS} columns, got {count}: leave out those that are not needed",
                    "文件最多可以有 {MOST_COLUMNS} 列，实际有 {count} 列：请去掉不需要的列"
                ),
            ));
            return None;
        }
        if let Some(at) = first.iter().position(|name| name.len() > LONGEST_CELL) {
            let (column, bytes) = (at + 1, first[at].len());
            issues.push(Issue::new(
                "path",
                message!(
                    "the name of column {column} may have at most {LONGEST_CELL} bytes, got {bytes}: shorten it, or look for a quotation mark that is not closed",
                    "第 {column} 列的名称最多 {LONGEST_CELL} 字节，实际有 {bytes} 字节：请缩短它，或检查是否有未闭合的引号"
                ),
            ));
            return None;
        }
        let columns = header(first, issues);
        let target = self.target_column(&columns, issues);
        let types = self.types(&columns, target, issues);
        let mut cells = Cells::new(types, target, self.task);
        let (mut ragged, mut foreign, mut long) = (Places::default(), Places::default(), Places::default());
        let mut record = ::csv::ByteRecord::new();
        let mut rows = 0;
        let mut progress = Progress::new(bytes.len(), [0.0, FIRST_PASS], tell);
        while reader.read_byte_record(&mut record).expect("memory is readable") {
            progress.at(&record);
            rows += 1;
            let row = Row { number: rows, line: record.position().map_or(0, ::csv::Position::line) };
            if record.len() != columns.len() {
                ragged.add(|| {
                    let (row, fields) = (row.words(), record.len());
                    message!("{row} has {fields}", "{row}有 {fields} 个"; row)
                });
            } else if let Some(at) = record.iter().position(|cell| std::str::from_utf8(cell).is_err()) {
                foreign.add(|| {
                    let (row, column) = (row.words(), shorten(&columns[at]));
                    message!("{row}, column {column:?}", "{row}，列 {column:?}"; row)
                });
            } else if let Some(at) = record.iter().position(|cell| cell.len() > LONGEST_CELL) {
                long.add(|| {
                    let (row, column, bytes) = (row.words(), shorten(&columns[at]), record[at].len());
                    message!("{row}, column {column:?}, has {bytes}", "{row}，列 {column:?} 有 {bytes} 个"; row)
                });
            } else {
                cells.add(row, &record);
            }
        }
        cells.settle();
        if cells.types.contains(&Some(Holds::Words)) {
            // Which columns hold words is known only now.
            progress = Progress::new(bytes.len(), [FIRST_PASS, BOTH_PASSES], tell);
            let mut reader = ::csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
            while reader.read_byte_record(&mut record).expect("memory is readable") {
                progress.at(&record);
                let good = |cell: &[u8]| cell.len() <= LONGEST_CELL && std::str::from_utf8(cell).is_ok();
                if record.len() == columns.len() && record.iter().all(good) {
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
        if let Some(places) = long.list() {
            let count = long.count;
            let rows = counted(count, "row has", "rows have");
            issues.push(Issue::new(
                "path",
                message!(
                    "{rows} a cell of more than {LONGEST_CELL} bytes: {places}; shorten it, or look for a quotation mark that is not closed",
                    "{count} 行数据有超过 {LONGEST_CELL} 字节的单元格：{places}。请缩短它，或检查是否有未闭合的引号"; places
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
            let only = shorten(&columns[0]);
            issues.push(Issue::new(
                "path",
                message!(
                    "the file has no column besides the target {only:?}: at least one input is needed",
                    "除目标列 {only:?} 外，文件没有其他列：至少需要一个输入列"
                ),
            ));
        }
        let table = cells.table(columns, target?, issues);
        tell(1.0);
        table
    }

    /// What the user says each column holds.
    fn types(&self, columns: &[String], target: Option<usize>, issues: &mut Vec<Issue>) -> Vec<Option<Holds>> {
        let mut types = vec![None; columns.len()];
        for (at, Typed { column, kind }) in self.types.iter().enumerate() {
            let (path, name) = (format!("types[{at}].column"), column.trim());
            let (found, name) = (columns.iter().position(|known| known == name), shorten(name));
            match found {
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
            let (listed, name) = (Message::some(columns, LISTED), shorten(name));
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
        let (list, times, name) = (Message::some(&positions, LISTED), positions.len(), shorten(name));
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

#[cfg(test)]
mod tests;
