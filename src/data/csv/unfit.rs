//! Rows that do not fit: with another number of cells than the header, with a cell that is too long, or one that is not in the encoding. They are counted all and
//! named the first few, and refused, left out or filled as the document says; nothing vanishes in silence.

use super::places::{Places, Row, counted};
use super::reading::Finding;
use super::settings::Ragged;
use super::{Csv, FEWEST_ROWS, LONGEST_CELL, Sort};
use crate::config::message::shorten;
use crate::config::{Issue, Message, Remedy};
use crate::data::encoding::{self, Encoding};
use crate::message;

#[derive(Default)]
pub(super) struct Unfit {
    ragged: Places,
    /// Those of them that have too few cells.
    short: usize,
    long: Places,
    foreign: Places,
    /// Rows whose missing cells are taken as missing values.
    filled: Places,
}

impl Unfit {
    /// Takes over a row that is not whole. `column` tells a column's name.
    pub(super) fn add<'a>(&mut self, sort: Sort, width: usize, row: &Row, record: &::csv::ByteRecord, column: impl Fn(usize) -> &'a str) {
        let row = || row.words();
        match sort {
            Sort::Whole => {}
            Sort::Filled(fields) => self.filled.add(|| has(row(), fields)),
            Sort::Ragged => {
                self.short += usize::from(record.len() < width);
                self.ragged.add(|| has(row(), record.len()));
            }
            Sort::Long(at) => self.long.add(|| {
                let (row, column, bytes) = (row(), shorten(column(at)), record.get(at).map_or(0, <[u8]>::len));
                message!("{row}, column {column:?}, has {bytes}", "{row}，列 {column:?} 有 {bytes} 个"; row)
            }),
            Sort::Foreign(at) => self.foreign.add(|| {
                let (row, column) = (row(), shorten(column(at)));
                message!("{row}, column {column:?}", "{row}，列 {column:?}"; row)
            }),
        }
    }

    /// Rows that cannot be used.
    pub(super) fn count(&self) -> usize {
        self.ragged.count + self.long.count + self.foreign.count
    }

    /// What is wrong with the rows of a file of so many, where the document refuses such.
    pub(super) fn issues(&self, csv: &Csv, rows: usize, width: usize, issues: &mut Vec<Issue>) {
        let whole = rows - self.count();
        let leave_out = || (whole >= FEWEST_ROWS).then(leave_out);
        if let Some(places) = self.ragged.list() {
            let (count, width) = (self.ragged.count, width);
            let (rows_do, expected) = (counted(count, "row does", "rows do"), counted(width, "field", "fields"));
            let message = message!(
                "{rows_do} not have {expected} as the header: {places}",
                "{count} 行数据的字段数不是表头的 {width} 个：{places}"; places
            );
            // Most rows should stay.
            let remedy = leave_out().filter(|_| whole * 2 >= rows).or_else(|| self.fill(whole)).or_else(leave_out);
            issues.push(Issue::new("path", message).with(remedy));
        }
        if let Some(places) = self.long.list() {
            let count = self.long.count;
            let rows_have = counted(count, "row has", "rows have");
            let message = message!(
                "{rows_have} a cell of more than {LONGEST_CELL} bytes: {places}; shorten it, or look for a quotation mark that is not closed",
                "{count} 行数据有超过 {LONGEST_CELL} 字节的单元格：{places}。请缩短它，或检查是否有未闭合的引号"; places
            );
            issues.push(Issue::new("path", message).with(leave_out()));
        }
        if let Some(places) = self.foreign.list() {
            let count = self.foreign.count;
            let rows_are = counted(count, "row is", "rows are");
            let message = message!(
                "{rows_are} not UTF-8: {places}; save the file as UTF-8",
                "{count} 行数据不是 UTF-8 编码：{places}。请把文件另存为 UTF-8"; places
            );
            issues.push(Issue::new("path", message).with(encoding::other(csv.encoding, "encoding")));
        }
    }

    /// Missing cells are missing values, where that leaves rows enough.
    pub(super) fn fill(&self, whole: usize) -> Option<Remedy> {
        let title = message!("Take the missing cells as missing values", "把缺少的单元格视为缺失值");
        (self.short > 0 && whole + self.short >= FEWEST_ROWS).then(|| Remedy::set(title, "ragged", "fill"))
    }

    /// What became of such rows where the document does not refuse them.
    pub(super) fn findings(&self, csv: &Csv, rows: usize, width: usize, findings: &mut Vec<Finding>) {
        let whole = rows - self.count();
        let mut found = |message, remedy| findings.push(Finding { column: String::new(), message, remedy });
        if let Some(places) = self.filled.list() {
            let count = self.filled.count;
            let (rows_have, expected) = (counted(count, "row has", "rows have"), counted(width, "field", "fields"));
            let message = message!(
                "{rows_have} fewer than {expected}, and what is missing is taken as missing values: {places}",
                "{count} 行数据的字段少于 {width} 个，缺少的视为缺失值：{places}"; places
            );
            found(message, (whole >= count + FEWEST_ROWS).then(leave_out));
        }
        if let Some(places) = self.ragged.list() {
            let count = self.ragged.count;
            let (rows_do, expected) =
                (counted(count, "row is left out that does", "rows are left out that do"), counted(width, "field", "fields"));
            let message = message!(
                "{rows_do} not have {expected} as the header: {places}",
                "去掉了 {count} 行字段数不是表头的 {width} 个的数据：{places}"; places
            );
            found(message, self.fill(whole).filter(|_| csv.ragged == Ragged::Skip));
        }
        if let Some(places) = self.long.list() {
            let count = self.long.count;
            let rows_have = counted(count, "row is left out that has", "rows are left out that have");
            let message = message!(
                "{rows_have} a cell of more than {LONGEST_CELL} bytes: {places}",
                "去掉了 {count} 行含有超过 {LONGEST_CELL} 字节的单元格的数据：{places}"; places
            );
            found(message, None);
        }
        if let Some(places) = self.foreign.list() {
            let count = self.foreign.count;
            let rows_are = counted(count, "row is left out that is", "rows are left out that are");
            let message = message!(
                "{rows_are} not UTF-8: {places}",
                "去掉了 {count} 行不是 UTF-8 编码的数据：{places}"; places
            );
            found(message, (csv.encoding != Encoding::Auto).then(|| encoding::other(csv.encoding, "encoding")));
        }
    }
}

fn has(row: Message, fields: usize) -> Message {
    message!("{row} has {fields}", "{row}有 {fields} 个"; row)
}

fn leave_out() -> Remedy {
    Remedy::set(message!("Leave these rows out", "去掉这些行"), "ragged", "skip")
}
