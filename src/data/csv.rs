//! The user's own table: a text file, one row a line, numbers, words or dates in its columns.
//!
//! How the file is written (`dialect`) and what its columns hold (`survey`) is found out from all of it, told with the reason (`reading`) and can be said
//! otherwise (`settings`). What cannot be read is refused with its place: every problem at once, with row and column, and with what helps where something
//! does. Rows count from 1 below the header; lines count from 1 at the top of the file. Deliberately not here: cleaning. Gaps are left for `prepare.clean`, slips
//! are refused, nothing is repaired in silence.

mod cells;
mod date;
mod dialect;
mod help;
mod number;
mod places;
mod progress;
pub mod reading;
pub mod settings;
mod survey;
mod unfit;

use crate::config::message::shorten;
use crate::config::{Issue, Message, Remedy};
use crate::data::encoding::{self, Encoding, Told};
use crate::data::layout::Layout;
use crate::data::{Files, Source, Table, sample};
use crate::message;
use cells::{Cells, Plan};
use dialect::{Dialect, Open, Said};
use places::{Row, brief};
use progress::Progress;
use reading::{Finding, Found, Reading};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
pub use settings::migrate;
use settings::{Column, DateOrder, Decimal, Guess, Holds, Ragged, Role, Separator, Skip};
use std::collections::BTreeMap;
use std::sync::Arc;
use survey::{Because, Gaps, Habit, Since, Tally, Way};
use unfit::Unfit;

/// The largest file, in bytes.
const LARGEST_FILE: usize = 64 << 20;
/// The fewest rows that can be split into three parts and still teach something.
const FEWEST_ROWS: usize = 10;
/// How much of the time has passed when all rows were looked at once; the rest is reading them.
const FIRST_PASS: f64 = 0.45;
const BOTH_PASSES: f64 = 0.95;
/// Up to so many different whole numbers are classes where nothing else is said, and so many of others.
const WHOLE_CLASSES: usize = 20;
const OTHER_CLASSES: usize = 10;
/// The most classes and words; more different values than that are a number or a name.
const MOST_CLASSES: usize = 256;
/// The most columns, and the most bytes of a cell: more than any table to learn from has, less than keeps a page busy for seconds.
const WIDEST: usize = 10_000;
const LONGEST_CELL: usize = 1 << 16;
/// The most bytes of a word or a class, which stands in legends and in names of features.
const LONGEST_WORD: usize = 256;
/// Columns that are listed where one is asked for that is not there.
const LISTED: usize = 50;
/// Marks for missing values at most.
const MOST_GAPS: usize = 64;
/// Columns that can be described.
const MOST_COLUMNS: usize = 4096;
/// Rows and columns that are shown as they stand in the file, and letters of a cell.
const HEAD_ROWS: usize = 20;
const HEAD_COLUMNS: usize = 64;
const HEAD_LETTERS: usize = 60;

/// CSV file | CSV 文件
///
/// Your own table: one row a line, mostly below a header. | 你自己的表格：每行一条数据，首行通常为列名。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "own"))]
pub struct Csv {
    /// File | 文件
    ///
    /// Path of the file; in the page, the name of a file that was loaded. At most 64 MB. | 文件路径；在网页中为已载入文件的名称。最大 64 MB。
    #[schemars(extend("x-largest-bytes" = LARGEST_FILE))]
    pub path: String,
    /// Target column | 目标列
    ///
    /// Name of the column to predict; empty for the last one. | 要预测的列名；留空表示最后一列。
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
    /// Columns | 列
    ///
    /// What columns are for and what they hold, where it is not what it looks like. | 当某列的作用或内容与看起来的不同时，在此指定。
    // A table of all columns shows them.
    #[schemars(length(max = MOST_COLUMNS), extend("x-form" = "hidden"))]
    pub columns: Vec<Column>,
    /// Missing-value marks | 缺失值标记
    ///
    /// Words that mean that there is nothing, besides the empty cell. | 除空单元格外，表示缺失的词。
    #[schemars(length(max = MOST_GAPS), extend("x-depth" = "lab"))]
    pub gaps: Vec<String>,
    /// Encoding | 编码
    ///
    /// How letters became bytes. | 文字以何种方式存为字节。
    #[schemars(extend("x-depth" = "lab"))]
    pub encoding: Encoding,
    /// Separator | 分隔符
    ///
    /// What stands between the cells of a row. | 一行中各单元格之间的符号。
    #[schemars(extend("x-depth" = "lab"))]
    pub separator: Separator,
    /// Header | 表头
    ///
    /// Whether the first row names the columns. | 首行是否为列名。
    #[schemars(extend("x-depth" = "lab"))]
    pub header: Guess,
    /// Names | 列名
    ///
    /// Names of the columns in their order, in place of those in the file; an empty one keeps it. | 依次替换文件中的列名；留空则保留原名。
    #[schemars(length(max = MOST_COLUMNS), extend("x-depth" = "lab"))]
    pub names: Vec<String>,
    /// Decimal mark | 小数点
    ///
    /// What stands between whole and fraction in all columns. | 所有列数字的小数点。
    #[schemars(extend("x-depth" = "lab"))]
    pub decimal: Decimal,
    /// Quotes | 引号
    ///
    /// Whether double quotes hold a cell together that has separators or line ends in it. | 双引号是否用来包住含有分隔符或换行的单元格。
    #[schemars(extend("x-depth" = "lab"))]
    pub quotes: Guess,
    /// Comments | 注释
    ///
    /// Whether lines that begin with # are left out. | 是否略去以 # 开头的行。
    #[schemars(extend("x-depth" = "lab"))]
    pub comments: Guess,
    /// Lines before the header | 表头之前的行
    ///
    /// How many lines at the top are left out. | 略去文件开头的多少行。
    #[schemars(extend("x-depth" = "lab"))]
    pub skip: Skip,
    /// Rows that do not fit | 不合规的行
    ///
    /// What becomes of rows with another number of cells than the header, and of those that cannot be read. | 单元格数与表头不同的行，以及无法读取的行，如何处理。
    #[schemars(extend("x-depth" = "lab"))]
    pub ragged: Ragged,
}

impl Default for Csv {
    fn default() -> Self {
        // What spreadsheets, pandas, R and databases write where there is nothing.
        let gaps = [
            "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "NULL", "null", "None", "missing", "-", "?", ".", "#DIV/0!",
            "#VALUE!", "#REF!", "#NUM!", "#NAME?", "#NULL!", "缺失",
        ];
        Csv {
            path: String::new(),
            target: String::new(),
            task: Goal::default(),
            layout: Layout::default(),
            columns: Vec::new(),
            gaps: gaps.map(String::from).to_vec(),
            encoding: Encoding::default(),
            separator: Separator::default(),
            header: Guess::default(),
            names: Vec::new(),
            decimal: Decimal::default(),
            quotes: Guess::default(),
            comments: Guess::default(),
            skip: Skip::default(),
            ragged: Ragged::default(),
        }
    }
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
    /// There is nothing to predict; a target that is named only judges the clusters. | 没有要预测的量；若指定了目标列，它只用来评判聚类结果。
    Clustering,
}

impl Source for Csv {
    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        if self.path.is_empty() {
            return Err(vec![Issue::new("path", message!("is empty: name a CSV file", "为空：请填写 CSV 文件名")).with(sample())]);
        }
        let bytes = files.read(&self.path).map_err(|message| vec![Issue::new("path", message).with(sample())])?;
        let read = |csv: &Csv, tell: &dyn Fn(f64)| -> Result<Table, Vec<Issue>> {
            let mut issues = Vec::new();
            let (mut table, reading) = csv.parse(&bytes, files.encoding(&csv.path), &mut issues, tell);
            if let Some(read) = table.take_if(|_| issues.is_empty()) {
                match csv.layout.arrange(read) {
                    Ok(arranged) => return Ok(Table { reading: reading.map(Arc::new), ..arranged }),
                    Err(issue) => issues.push(issue.under("layout")),
                }
            }
            Err(issues)
        };
        read(self, &|share| files.progress(share))
            .map_err(|issues| self.helped(issues, |other| read(other, &|_| ()).err().unwrap_or_default()))
    }

    fn without_weights(&self, table: &Table) -> Option<Remedy> {
        let columns = &table.reading.as_ref()?.columns;
        Some(self.leave_out(&columns.iter().find(|column| column.role.value == Role::Weight)?.name))
    }

    fn reading(&self, files: &dyn Files) -> Option<Reading> {
        let bytes = files.read(&self.path).ok()?;
        self.inspect(&bytes, files.encoding(&self.path))
    }
}

/// A column on its way to a [`Plan`].
struct Known {
    name: String,
    said: Column,
    tally: Tally,
    gaps: Gaps,
}

impl Csv {
    /// How a file is read, whatever is wrong with it; none only where it has no line.
    pub fn inspect(&self, bytes: &[u8], told: Option<Told>) -> Option<Reading> {
        self.parse(bytes, told, &mut Vec::new(), &|_| ()).1
    }

    /// The table in `bytes`, as far as it can be read, and how it was; only without issues it is whole. `tell` hears how much of it is read.
    fn parse(&self, bytes: &[u8], told: Option<Told>, issues: &mut Vec<Issue>, tell: &dyn Fn(f64)) -> (Option<Table>, Option<Reading>) {
        let size = bytes.len();
        if size > LARGEST_FILE {
            let (most, megabytes) = (LARGEST_FILE >> 20, size as f64 / (1 << 20) as f64);
            issues.push(Issue::new(
                "path",
                message!("the file may have at most {most} MB, got {megabytes:.1} MB", "文件最大 {most} MB，实际 {megabytes:.1} MB"),
            ));
            return (None, None);
        }
        let decoded = encoding::decode(bytes, self.encoding, told);
        if let Some(issue) = encoding::issue(&decoded, self.encoding, "encoding") {
            issues.push(issue);
            return (None, None);
        }
        let text = &*dialect::lines(&decoded.text);
        if text.trim_ascii().is_empty() {
            issues.push(Issue::new(
                "path",
                message!(
                    "the file is empty: a header and at least {FEWEST_ROWS} rows are needed",
                    "文件是空的：需要表头和至少 {FEWEST_ROWS} 行数据"
                ),
            ));
            return (None, None);
        }
        let said = Said {
            separator: self.separator,
            header: self.header,
            quotes: self.quotes,
            comments: self.comments,
            skip: self.skip.lines(),
            gaps: &self.gaps,
        };
        let open = match dialect::sniff(text, said) {
            Ok(dialect) => return self.read(&dialect, found(&decoded, self.encoding), issues, tell),
            Err(open) => open,
        };
        // Without quotes there is still something to show, and perhaps to use.
        let Ok(dialect) = dialect::sniff(text, Said { quotes: Guess::No, ..said }) else { return (None, None) };
        let mut others = Vec::new();
        let (_, reading) = self.read(&dialect, found(&decoded, self.encoding), &mut others, tell);
        let mut remedy = Remedy::set(message!("Take quotes as signs like others", "把引号当作普通字符"), "quotes", "no");
        // Cells of several lines may stand in a file in which one of them looks like rows.
        if !others.is_empty()
            && let Ok(dialect) = dialect::sniff(text, Said { quotes: Guess::Yes, ..said })
        {
            let mut lenient = Vec::new();
            self.read(&dialect, found(&decoded, self.encoding), &mut lenient, &|_| ());
            if lenient.len() < others.len() {
                remedy = Remedy::set(message!("Let quotes hold several lines together", "让引号包住多行内容"), "quotes", "yes");
            }
        }
        issues.push(Issue::new("path", unclosed(open)).with(remedy));
        (None, reading)
    }

    fn read(
        &self,
        dialect: &Dialect,
        encoding: Found<String>,
        issues: &mut Vec<Issue>,
        tell: &dyn Fn(f64),
    ) -> (Option<Table>, Option<Reading>) {
        let count = dialect.names.len();
        if count > WIDEST {
            issues.push(Issue::new(
                "path",
                message!(
                    "the file may have at most {WIDEST} columns, got {count}: leave out those that are not needed",
                    "文件最多可以有 {WIDEST} 列，实际有 {count} 列：请去掉不需要的列"
                ),
            ));
            return (None, None);
        }
        if let Some(at) = dialect.names.iter().position(|name| name.len() > LONGEST_CELL) {
            let (column, bytes) = (at + 1, dialect.names[at].len());
            issues.push(Issue::new(
                "path",
                message!(
                    "the name of column {column} may have at most {LONGEST_CELL} bytes, got {bytes}: shorten it, or look for a quotation mark that is not closed",
                    "第 {column} 列的名称最多 {LONGEST_CELL} 字节，实际有 {bytes} 字节：请缩短它，或检查是否有未闭合的引号"
                ),
            ));
            return (None, None);
        }
        let mut reading = Reading::of(dialect, encoding);
        let names = self.names(dialect, issues);
        let said = self.said(&names, issues);
        let named = self.target_column(&names, &said, issues);
        let all_gaps = Gaps::new(&self.gaps);
        let width = names.len();
        let mut columns: Vec<Known> = names
            .into_iter()
            .zip(said)
            .enumerate()
            .map(|(at, (name, said))| {
                let gaps = if said.keep_marks { Gaps::new(&[]) } else { all_gaps.clone() };
                let unnamed = dialect.header && name == unnamed(at);
                let every = survey::counts_every(if unnamed { "" } else { &name }, at) || Some(at) == named || at + 3 > width;
                Known { tally: Tally::new(gaps.marks.len(), every), name, said, gaps }
            })
            .collect();
        let mut unfit = Unfit::default();
        let mut progress = Progress::new(dialect.rows.len(), [0.0, FIRST_PASS], tell);
        let mut rows = Rows::of(dialect, width, self.ragged);
        while let Some((row, record, sort)) = rows.next() {
            progress.at(record);
            if sort.is_used() {
                for (column, cell) in columns.iter_mut().zip(record) {
                    column.tally.add(survey::trimmed(cell), &column.gaps);
                }
            }
            unfit.add(sort, width, &row, record, |at| columns.get(at).map_or("", |column| &column.name));
            if reading.head.len() < HEAD_ROWS {
                let brief = |cell: &[u8]| String::from_utf8_lossy(cell).trim().chars().take(HEAD_LETTERS).collect();
                reading.head.push(record.iter().take(HEAD_COLUMNS).map(brief).collect());
            }
        }
        let count = rows.number;
        let left_out = if self.ragged == Ragged::Refuse { 0 } else { unfit.count() };
        (reading.rows, reading.blank_rows, reading.unfit_rows) = (count - left_out, rows.blank, left_out);
        let (target, roles, goal) = self.roles(&columns, named, dialect);
        let tallies: Vec<&Tally> = columns.iter().map(|column| &column.tally).collect();
        let habit = Habit::of(&tallies, dialect.separator, self.decimal);
        reading.gaps = all_gaps
            .marks
            .iter()
            .enumerate()
            .map(|(at, mark)| (mark.clone(), tallies.iter().filter_map(|tally| tally.marks.get(at)).sum()))
            .filter(|(_, count)| *count > 0)
            .collect();
        let mut plans = Vec::with_capacity(width);
        for (at, (Known { name, said, tally, gaps }, (role, since))) in columns.into_iter().zip(roles).enumerate() {
            let (way, because) = survey::way(&tally, &said, &habit);
            let way = if Some(at) == target { target_way(goal, way, &tally, &said, &habit) } else { way };
            let way = if role == Role::Feature && matches!(way, Way::Text) { Way::Words } else { way };
            let way = if role == Role::Weight { amount_way(way, &tally, &said, &habit) } else { way };
            reading.columns.push(reading::column(&name, &tally, &way, because, role, since));
            self.remark(&name, role, since, because, &way, &mut reading.findings);
            plans.push(Plan::new(name, said, role, way, gaps, &tally));
        }
        if count == 0 {
            issues.push(Issue::new(
                "path",
                message!(
                    "the file has a header but no rows: at least {FEWEST_ROWS} are needed",
                    "文件只有表头，没有数据行：至少需要 {FEWEST_ROWS} 行"
                ),
            ));
            return (None, Some(reading));
        }
        match self.ragged {
            Ragged::Refuse => unfit.issues(self, count, width, issues),
            Ragged::Skip | Ragged::Fill => unfit.findings(self, count, width, &mut reading.findings),
        }
        if count - left_out < FEWEST_ROWS {
            let kept = count - left_out;
            let message = match left_out {
                0 => message!(
                    "the file must have at least {FEWEST_ROWS} rows, got {kept}",
                    "文件至少要有 {FEWEST_ROWS} 行数据，实际有 {kept} 行"
                ),
                _ => message!(
                    "the file must have at least {FEWEST_ROWS} rows besides the {left_out} that are left out, got {kept}",
                    "除去掉的 {left_out} 行外，文件至少要有 {FEWEST_ROWS} 行数据，实际有 {kept} 行"
                ),
            };
            issues.push(Issue::new("path", message).with((self.ragged == Ragged::Skip).then(|| unfit.fill(kept)).flatten()));
        }
        if target.is_none() && goal != Goal::Clustering {
            return (None, Some(reading));
        }
        let mut cells = Cells::new(plans, target, goal);
        progress = Progress::new(dialect.rows.len(), [FIRST_PASS, BOTH_PASSES], tell);
        let mut rows = Rows::of(dialect, width, self.ragged);
        while let Some((row, record, sort)) = rows.next() {
            progress.at(record);
            if sort.is_used() {
                cells.add(&row, record);
            }
        }
        for plan in &cells.plans {
            self.alike(plan, &mut reading.findings);
        }
        let table = cells.table(self, issues);
        tell(1.0);
        (table, Some(reading))
    }

    /// The names of the columns, every one different where nothing is wrong.
    fn names(&self, dialect: &Dialect, issues: &mut Vec<Issue>) -> Vec<String> {
        let mut names = dialect.names.clone();
        if dialect.row_names {
            names.insert(0, String::new());
        }
        let (given, width) = (self.names.len(), names.len());
        if given > width {
            let title = message!("Take the names of the file", "使用文件中的列名");
            issues.push(
                Issue::new(
                    "names",
                    message!("must be at most {width}, one a column, got {given}", "最多 {width} 个（每列一个），实际有 {given} 个"),
                )
                .with(Remedy::set(title, "names", json!([]))),
            );
        }
        for (name, given) in names.iter_mut().zip(&self.names).filter(|(_, given)| !given.trim().is_empty()) {
            *name = given.trim().into();
        }
        let mut positions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            positions.entry(name).or_default().push(at + 1);
        }
        for (name, positions) in positions.iter().filter(|(_, positions)| positions.len() > 1) {
            let (list, times, name) = (Message::some(positions, LISTED), positions.len(), shorten(name));
            issues.push(
                Issue::new(
                    "path",
                    message!(
                        "the header has the name {name:?} {times} times, in columns {list}",
                        "列名 {name:?} 在表头中出现 {times} 次，位于第 {list} 列"; list
                    ),
                )
                .with(number_names(&names, given)),
            );
        }
        for (at, name) in names.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
            *name = unnamed(at);
        }
        names
    }

    /// What the document says about each column.
    fn said(&self, names: &[String], issues: &mut Vec<Issue>) -> Vec<Column> {
        let mut said = vec![Column::default(); names.len()];
        let mut known = vec![false; names.len()];
        for (at, column) in self.columns.iter().enumerate() {
            let (path, name) = (format!("columns[{at}].column"), column.column.trim());
            let remedy = || {
                // All that are alike go at once: they are told alike. The first of a column that there is counts.
                let there = names.iter().any(|known| known == name);
                let first = self.columns.iter().position(|other| other.column.trim() == name).filter(|_| there);
                let alike = |other: &(usize, &Column)| other.1.column.trim() == name && Some(other.0) != first;
                let without: Vec<&Column> =
                    self.columns.iter().enumerate().filter(|other| !alike(other)).map(|(_, column)| column).collect();
                Remedy::set(message!("Remove this entry", "删除这一项"), "columns", json!(without))
            };
            let (found, name) = (names.iter().position(|known| known == name), shorten(name));
            match found {
                None => issues.push(Issue::new(path, message!("there is no column {name:?}", "没有名为 {name:?} 的列")).with(remedy())),
                Some(found) if known[found] => {
                    issues.push(Issue::new(path, message!("{name:?} is already listed", "{name:?} 已在列表中")).with(remedy()));
                }
                Some(found) => {
                    known[found] = true;
                    said[found] = column.clone();
                }
            }
        }
        let single = [
            (Role::Time, message!("the time", "时间")),
            (Role::Group, message!("the group", "分组")),
            (Role::Weight, message!("the sample weight", "样本权重")),
        ];
        for (role, what) in single {
            let having: Vec<usize> = (0..said.len()).filter(|at| said[*at].role == role).collect();
            let Some((first, others)) = having.split_first() else { continue };
            for &at in others {
                let (one, other) = (shorten(&names[*first]), shorten(&names[at]));
                let remedy = Remedy::set(
                    message!("Take {one:?} alone", "只用 {one:?}"),
                    "columns",
                    self.with_column(&names[at], |column| column.role = Role::Auto),
                );
                issues.push(
                    Issue::new(
                        "columns",
                        message!("both {one:?} and {other:?} are {what}: one has to be", "{one:?} 和 {other:?} 都是{what}：只能有一个"; what),
                    )
                    .with(remedy),
                );
                said[at].role = Role::Ignore;
            }
        }
        said
    }

    /// The list of columns with a change of one of them.
    fn with_column(&self, name: &str, change: impl Fn(&mut Column)) -> Value {
        let mut columns = self.columns.clone();
        match columns.iter_mut().find(|column| column.column.trim() == name) {
            Some(column) => change(column),
            None => {
                let mut column = Column { column: name.into(), ..Column::default() };
                change(&mut column);
                columns.push(column);
            }
        }
        json!(columns)
    }

    /// The index of the target, where the document names one.
    fn target_column(&self, names: &[String], said: &[Column], issues: &mut Vec<Issue>) -> Option<usize> {
        let by_role: Vec<usize> = (0..names.len()).filter(|at| said[*at].role == Role::Target).collect();
        let name = self.target.trim();
        let found = if name.is_empty() { by_role.first().copied() } else { names.iter().position(|column| column == name) };
        if found.is_none() && !name.is_empty() {
            let (listed, name) = (Message::some(names, LISTED), shorten(name));
            issues.push(
                Issue::new(
                    "target",
                    message!("there is no column {name:?}, must be one of {listed}", "没有名为 {name:?} 的列，必须是 {listed} 之一"; listed),
                )
                .with(Remedy::set(message!("Predict the last column", "预测最后一列"), "target", "")),
            );
        }
        if let Some(other) = by_role.iter().find(|at| Some(**at) != found).filter(|_| found.is_some()) {
            let second = &names[*other];
            let (one, other) = (shorten(&names[found.unwrap_or_default()]), shorten(second));
            let remedy = Remedy::set(
                message!("Predict {one:?} alone", "只预测 {one:?}"),
                "columns",
                self.with_column(second, |column| column.role = Role::Auto),
            );
            issues.push(
                Issue::new(
                    "columns",
                    message!("both {one:?} and {other:?} are the target: one has to be", "{one:?} 和 {other:?} 都是目标列：只能有一个"),
                )
                .with(remedy),
            );
        }
        found
    }

    /// What every column is for, which is the target, and what that means.
    fn roles(&self, columns: &[Known], named: Option<usize>, dialect: &Dialect) -> (Option<usize>, Vec<(Role, Since)>, Goal) {
        let tallies: Vec<&Tally> = columns.iter().map(|column| &column.tally).collect();
        let habit = Habit::of(&tallies, dialect.separator, self.decimal);
        let missing = !self.target.trim().is_empty() && named.is_none();
        let free = |column: &Known| column.said.role == Role::Auto && column.tally.filled() > 0;
        let last = columns.iter().rposition(free).or(columns.len().checked_sub(1));
        // What is clustered has a target only where one is named.
        let target = if missing { None } else { named.or(last.filter(|_| self.task != Goal::Clustering)) };
        let mut roles: Vec<(Role, Since)> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| match column.said.role {
                _ if Some(at) == target => (Role::Target, if named.is_some() { Since::Said } else { Since::Last }),
                Role::Auto => {
                    // A first column of a file without names that counts is an index as well.
                    let nameless = column.name == unnamed(at) && (dialect.header || at == 0);
                    let name = if nameless { "" } else { &column.name };
                    survey::role(name, at, &column.tally, &survey::way(&column.tally, &column.said, &habit).0)
                }
                // A second target was refused already.
                Role::Target => (Role::Ignore, Since::Said),
                role => (role, Since::Said),
            })
            .collect();
        // What is left out by itself is not the only input.
        if !roles.iter().any(|(role, _)| *role == Role::Feature) {
            roles.iter_mut().filter(|(_, since)| *since == Since::Counts).for_each(|role| *role = (Role::Feature, Since::Usual));
        }
        let goal = match (self.task, target) {
            (Goal::Auto | Goal::Clustering, Some(target)) => meant(&columns[target], &habit),
            (goal, _) => goal,
        };
        (target, roles, goal)
    }

    /// What is worth a look about a column.
    fn remark(&self, whole: &str, role: Role, since: Since, because: Because, way: &Way, findings: &mut Vec<Finding>) {
        let (name, column) = (shorten(whole), whole.to_string());
        if matches!(since, Since::Counts | Since::Named | Since::Unique | Since::Long) {
            let what = match since {
                Since::Long => message!("is free text", "是自由文本"),
                _ => message!("names the rows", "只标识各行"),
            };
            let title = message!("Use it as a feature", "用作特征");
            findings.push(Finding {
                column: column.clone(),
                message: message!("{name:?} {what} and is left out", "{name:?} {what}，未使用"; what),
                remedy: Some(Remedy::set(title, "columns", self.with_column(whole, |column| column.role = Role::Feature))),
            });
        }
        if since == Since::MayCount {
            let title = message!("Leave it out", "不使用它");
            findings.push(Finding {
                column: column.clone(),
                message: message!("{name:?} counts the rows: it may be no feature", "{name:?} 只是行的计数：也许不应作为特征"),
                remedy: Some(Remedy::set(title, "columns", self.with_column(whole, |column| column.role = Role::Id))),
            });
        }
        if since == Since::Empty {
            findings.push(Finding {
                column: column.clone(),
                message: message!("{name:?} is empty in every row and is left out", "{name:?} 在每一行都为空，未使用"),
                remedy: None,
            });
        }
        if because == Because::Ambiguous && role != Role::Ignore {
            let (message, title, value) = match way {
                Way::Numbers(numbers) if numbers.mark == number::Mark::Point => (
                    message!(
                        "numbers of {name:?} may be read in two ways; the point is taken as the decimal mark",
                        "{name:?} 的数字有两种读法；现以点为小数点"
                    ),
                    message!("Take the comma as the decimal mark", "以逗号为小数点"),
                    self.with_column(whole, |column| column.decimal = Decimal::Comma),
                ),
                Way::Numbers(_) => (
                    message!(
                        "numbers of {name:?} may be read in two ways; the comma is taken as the decimal mark",
                        "{name:?} 的数字有两种读法；现以逗号为小数点"
                    ),
                    message!("Take the point as the decimal mark", "以点为小数点"),
                    self.with_column(whole, |column| column.decimal = Decimal::Point),
                ),
                Way::Dates(dates) if dates.order == date::Order::DayFirst => (
                    message!(
                        "dates of {name:?} may be read in two ways; the day is taken to stand first",
                        "{name:?} 的日期有两种读法；现以日在前"
                    ),
                    message!("The month stands first", "月在前"),
                    self.with_column(whole, |column| column.date = DateOrder::MonthFirst),
                ),
                _ => (
                    message!(
                        "dates of {name:?} may be read in two ways; the month is taken to stand first",
                        "{name:?} 的日期有两种读法；现以月在前"
                    ),
                    message!("The day stands first", "日在前"),
                    self.with_column(whole, |column| column.date = DateOrder::DayFirst),
                ),
            };
            findings.push(Finding { column, message, remedy: Some(Remedy::set(title, "columns", value)) });
        }
    }

    /// Words that probably mean the same, each with how to merge them.
    fn alike(&self, plan: &Plan, findings: &mut Vec<Finding>) {
        let mut meanings: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
        for (word, count) in plan.words() {
            meanings.entry(reading::meaning(word)).or_default().push((word, count));
        }
        for mut words in meanings.into_values().filter(|words| words.len() > 1) {
            words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let most = words[0].0.to_string();
            let listed = Message::some(words.iter().map(|(word, _)| brief(word)), LISTED);
            let (whole, name) = (&plan.name, shorten(&plan.name));
            let merge = |column: &mut Column| {
                column.same.extend(words[1..].iter().map(|(word, _)| settings::Same { word: word.to_string(), means: most.clone() }));
            };
            let shown = brief(&most);
            findings.push(Finding {
                column: whole.clone(),
                message: message!("in {name:?}, {listed} probably mean the same", "在 {name:?} 中，{listed} 很可能是同一个意思"; listed),
                remedy: Some(Remedy::set(
                    message!("Take them all as {shown}", "全部视为 {shown}"),
                    "columns",
                    self.with_column(whole, merge),
                )),
            });
        }
    }
}

/// The encoding for the reading.
fn found(decoded: &encoding::Decoded, said: Encoding) -> Found<String> {
    let reason = match said {
        Encoding::Auto => message!("guessed from the bytes of the file", "由文件的字节判断"),
        _ => message!("as the settings say", "按设置"),
    };
    Found { value: decoded.name.clone(), guessed: said == Encoding::Auto, reason }
}

fn unclosed(Open { line, closed }: Open) -> Message {
    match closed {
        None => message!("a quote opened in line {line} is never closed", "第 {line} 行的引号没有闭合"),
        Some(closed) => message!(
            "a quote opened in line {line} is not closed in its cell: the next quote is in line {closed}",
            "第 {line} 行的引号没有在其单元格内闭合：下一个引号在第 {closed} 行"
        ),
    }
}

/// The name of a column that has none.
fn unnamed(at: usize) -> String {
    format!("column {}", at + 1)
}

/// Names of which every one is different, where they are not too many to be said; `given` of them are said already.
fn number_names(names: &[String], given: usize) -> Option<Remedy> {
    let mut all = numbered(names);
    // Behind the last that is another the file says them itself.
    all.truncate(all.iter().zip(names).rposition(|(numbered, name)| numbered != name).map_or(0, |at| at + 1).max(given));
    (all.len() <= MOST_COLUMNS).then(|| Remedy::set(message!("Number the names", "给列名编号"), "names", json!(all)))
}

/// Names of which every one is different: the second `a` is `a 2`.
fn numbered(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let free = |candidate: &String| !all.contains(candidate) && (candidate == name || !names.contains(candidate));
        let own = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name} {number}")));
        let chosen = if name.is_empty() { String::new() } else { own.into_iter().find(free).unwrap_or_default() };
        all.push(chosen);
    }
    all
}

/// What a target means that nobody says: a number of which there are many is an amount, few are names of classes.
fn meant(column: &Known, habit: &Habit) -> Goal {
    let Known { said, tally, .. } = column;
    let most = if tally.is_whole() { WHOLE_CLASSES } else { OTHER_CLASSES };
    match (said.kind, survey::way(tally, said, habit).0) {
        (Holds::Number | Holds::Date, _) | (_, Way::Dates(_)) => Goal::Regression,
        (Holds::Word | Holds::Text, _) => Goal::Classification,
        (_, Way::Numbers(_)) if tally.is_measured() && tally.distinct() > most => Goal::Regression,
        _ => Goal::Classification,
    }
}

/// How a target is read that means this.
fn target_way(goal: Goal, way: Way, tally: &Tally, said: &Column, habit: &Habit) -> Way {
    match (goal, way) {
        (Goal::Regression, way @ (Way::Numbers(_) | Way::Dates(_))) => way,
        (Goal::Regression, way) => amount_way(way, tally, said, habit),
        // A class may be written with digits.
        _ => Way::Words,
    }
}

/// How a column is read of which every cell has to be a number.
fn amount_way(way: Way, tally: &Tally, said: &Column, habit: &Habit) -> Way {
    match way {
        Way::Numbers(_) => way,
        _ => survey::way(tally, &Column { kind: Holds::Number, ..said.clone() }, habit).0,
    }
}

/// What a row of the file is.
enum Sort {
    Whole,
    /// It had so many fields, and the others are missing values.
    Filled(usize),
    /// It has not as many fields as there are columns.
    Ragged,
    /// The cell of this column is not UTF-8.
    Foreign(usize),
    /// The cell of this column has more than [`LONGEST_CELL`] bytes.
    Long(usize),
}

impl Sort {
    fn is_used(&self) -> bool {
        matches!(self, Sort::Whole | Sort::Filled(_))
    }
}

/// The rows of a file, one after the other; blank ones are passed over and counted.
struct Rows<'a> {
    reader: ::csv::Reader<&'a [u8]>,
    record: ::csv::ByteRecord,
    dialect: &'a Dialect<'a>,
    width: usize,
    ragged: Ragged,
    sound: bool,
    number: usize,
    blank: usize,
}

impl<'a> Rows<'a> {
    fn of(dialect: &'a Dialect<'a>, width: usize, ragged: Ragged) -> Self {
        let text = &*dialect.rows;
        let reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(dialect.quotes)
            .comment(dialect.comments.then_some(b'#'))
            .delimiter(dialect.separator.byte())
            .from_reader(text);
        let sound = std::str::from_utf8(text).is_ok();
        Rows { reader, record: ::csv::ByteRecord::new(), dialect, width, ragged, sound, number: 0, blank: 0 }
    }

    fn next(&mut self) -> Option<(Row<'a>, &::csv::ByteRecord, Sort)> {
        loop {
            if !self.reader.read_byte_record(&mut self.record).expect("memory is readable") {
                return None;
            }
            // Nothing at all, or nothing but separators, as spreadsheets write empty rows.
            let empty = self.record.iter().all(<[u8]>::is_empty) || (self.record.len() == 1 && self.record[0].trim_ascii().is_empty());
            if !(empty && (self.width > 1 || self.record.len() == 1)) {
                break;
            }
            self.blank += 1;
        }
        self.number += 1;
        let mut fields = self.record.len();
        if self.dialect.trailing && fields == self.width + 1 && self.record[self.width].is_empty() {
            self.record.truncate(self.width);
            fields = self.width;
        }
        let byte = self.record.position().map_or(0, ::csv::Position::byte) as usize;
        let row =
            Row { number: self.number, text: &self.dialect.rows, first_line: self.dialect.line, byte, comments: self.dialect.comments };
        if self.ragged == Ragged::Fill {
            (fields..self.width).for_each(|_| self.record.push_field(b""));
        }
        let long = || self.record.iter().position(|cell| cell.len() > LONGEST_CELL);
        let foreign = || self.record.iter().position(|cell| std::str::from_utf8(cell).is_err());
        let sort = if self.record.len() != self.width {
            Sort::Ragged
        } else if let Some(at) = (self.record.as_slice().len() > LONGEST_CELL).then(long).flatten() {
            Sort::Long(at)
        } else if let Some(at) = (!self.sound).then(foreign).flatten() {
            Sort::Foreign(at)
        } else if fields < self.width {
            Sort::Filled(fields)
        } else {
            Sort::Whole
        };
        Some((row, &self.record, sort))
    }
}

#[cfg(test)]
mod tests;
