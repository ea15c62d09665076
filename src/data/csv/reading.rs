//! `Reading`: how a file was read, with the reason for everything that was guessed, for the page to show and the user to change. There is one for any file
//! with a line, also where it cannot be used as it is: this is where it is put right.

use super::dialect::{Dialect, Why};
use super::number::Mark;
use super::settings::{Holds, Role, Separator};
use super::survey::{Because, Since, Tally, Way};
use super::{date, settings};
use crate::config::{Message, Remedy};
use crate::message;
use schemars::JsonSchema;
use serde::Serialize;

/// Something that was found, and why it is taken as it is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct Found<T> {
    pub value: T,
    /// False where the document says it.
    pub guessed: bool,
    pub reason: Message,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Reading {
    pub encoding: Found<String>,
    pub separator: Found<Separator>,
    pub header: Found<bool>,
    pub quotes: bool,
    pub comments: bool,
    /// Lines left out before the header.
    pub skipped: usize,
    /// Rows that were read, and how many were left out: blank ones, and those that do not fit.
    pub rows: usize,
    pub blank_rows: usize,
    pub unfit_rows: usize,
    /// Every column of the file in its order.
    pub columns: Vec<Column>,
    /// The first rows as they stand in the file.
    pub head: Vec<Vec<String>>,
    /// Marks for missing values that occur, and how often.
    pub gaps: Vec<(String, usize)>,
    /// What is worth a look though nothing has to be done.
    pub findings: Vec<Finding>,
}

/// How a column was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ReadColumn")]
pub struct Column {
    pub name: String,
    pub role: Found<Role>,
    pub kind: Found<Holds>,
    /// How its cells are written: `1.234,5`, `DD.MM.YYYY`; empty for words.
    pub format: String,
    /// What stands beside its numbers: `kg`, `%`, `$`; empty where there is nothing.
    pub unit: String,
    pub missing: usize,
    /// Some different cells.
    pub examples: Vec<String>,
}

/// A remark, and what could be done.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Remark")]
pub struct Finding {
    /// Which column it is about; empty for the whole file.
    pub column: String,
    pub message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
}

impl Reading {
    /// What is said, made or shown with paths of the document.
    pub fn under(mut self, prefix: &str) -> Self {
        self.findings.iter_mut().for_each(|finding| finding.remedy = finding.remedy.take().map(|remedy| remedy.under(prefix)));
        self
    }

    /// Before the columns are known.
    pub fn of(dialect: &Dialect, encoding: Found<String>) -> Self {
        Reading {
            encoding,
            separator: Found { value: dialect.separator, guessed: dialect.why_separator != Why::Said, reason: why(dialect.why_separator) },
            header: Found { value: dialect.header, guessed: dialect.why_header != Why::Said, reason: why(dialect.why_header) },
            quotes: dialect.quotes,
            comments: dialect.comments,
            skipped: dialect.skipped,
            rows: 0,
            blank_rows: 0,
            unfit_rows: 0,
            columns: Vec::new(),
            head: Vec::new(),
            gaps: Vec::new(),
            findings: Vec::new(),
        }
    }
}

fn why(why: Why) -> Message {
    match why {
        Why::Said => message!("as the settings say", "按设置"),
        Why::FirstLine => message!("the first line says so", "文件首行如此写明"),
        Why::Rows(share) => message!("{share} % of the first rows have the same number of cells", "前若干行中 {share} % 的单元格数相同"),
        Why::Alone => message!("there is a single column", "只有一列"),
        Why::NamesOverNumbers => message!("names stand over numbers or dates", "名称位于数字或日期之上"),
        Why::Recurs => message!("what stands in the first row occurs again below", "首行的内容在下方再次出现"),
        Why::NumbersInFirst => message!("the first row has numbers where the others have them", "首行与其他各行一样是数字"),
        Why::New => message!("nothing in the first row occurs again below", "首行的内容在下方不再出现"),
        Why::Counts => message!("the first row counts in steps, the others do not", "首行是等步长的数，其余各行不是"),
    }
}

/// What is shown of a column's way.
pub fn column(name: &str, tally: &Tally, way: &Way, because: Because, role: Role, since: Since) -> Column {
    let (format, unit) = match way {
        Way::Numbers(numbers) => (
            match numbers.mark {
                Mark::Point => "1,234.5",
                Mark::Comma => "1.234,5",
            },
            format!("{}{}", numbers.prefix, numbers.suffix),
        ),
        Way::Dates(dates) if dates.epoch => ("seconds", String::new()),
        Way::Dates(dates) => (
            match dates.order {
                date::Order::Clock => "hh:mm",
                date::Order::MonthFirst => "MM/DD/YYYY",
                date::Order::DayFirst | date::Order::Either => "DD/MM/YYYY",
                date::Order::YearFirst => "YYYY-MM-DD",
            },
            String::new(),
        ),
        Way::Words | Way::Text | Way::Empty => ("", String::new()),
    };
    Column {
        name: name.into(),
        role: Found { value: role, guessed: since != Since::Said, reason: role_reason(since) },
        kind: Found {
            value: way.kind(),
            guessed: because != Because::Said,
            reason: if tally.rows == 0 { message!("there are no samples", "没有样本") } else { kind_reason(because) },
        },
        format: format.into(),
        unit,
        missing: tally.missing(),
        examples: tally.examples.clone(),
    }
}

fn kind_reason(because: Because) -> Message {
    match because {
        Because::Said => message!("as the settings say", "按设置"),
        Because::Most => message!("auto-detected", "自动识别"),
        Because::Others => message!("its cells could be read in two ways, and other columns decide", "单元格有两种读法，由其他列决定"),
        Because::Ambiguous => {
            message!("its cells could be read in two ways, and nothing decides: please look", "单元格有两种读法且无从判断：请确认")
        }
        Because::Empty => message!("every cell is empty", "所有单元格为空"),
        Because::Long => message!("its cells are sentences, different in most rows", "单元格是句子，多数行各不相同"),
    }
}

fn role_reason(since: Since) -> Message {
    match since {
        Since::Said => message!("as the settings say", "按设置"),
        Since::Last => message!("it is the last column", "它是最后一列"),
        Since::Usual => message!("as columns usually are", "与通常的列一样"),
        Since::Counts | Since::MayCount => message!("it counts the rows", "它只是行的计数"),
        Since::Named => message!("its name says so, and no value occurs twice", "列名如此，且没有重复的值"),
        Since::Unique => message!("nearly every row has a word of its own", "几乎每一行的词都不同"),
        Since::Empty => message!("every cell is empty", "所有单元格为空"),
        Since::Long => message!("it is free text", "它是自由文本"),
    }
}

/// What two words that mean the same are likely to be: the same letters in another case, the same number, a point at the end.
pub fn meaning(word: &str) -> String {
    let word = word.trim().trim_end_matches('.').trim_end();
    match word.parse::<f64>() {
        Ok(value) if value.is_finite() => format!("{value}"),
        _ => word.to_lowercase(),
    }
}

/// Whether words are merged: the document's list and `word` as `means`.
pub fn merged(same: &[settings::Same], word: &str) -> Option<String> {
    same.iter().find(|same| same.word.trim() == word).map(|same| same.means.trim().to_string())
}
