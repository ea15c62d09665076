//! What can be said about a file and its columns where it is not what it looks like. Everything is guessed unless it is said.

use crate::config::Nothing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Separator | 分隔符
///
/// What stands between the cells of a row. | 一行中各单元格之间的符号。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// Automatic | 自动
    ///
    /// The one with which the rows fit. | 使各行整齐的那一种。
    #[default]
    Auto,
    /// Comma | 逗号
    ///
    /// A comma. | 逗号。
    Comma,
    /// Semicolon | 分号
    ///
    /// A semicolon, as spreadsheets write it where the comma is the decimal mark. | 分号；以逗号作小数点的地区的电子表格常用。
    Semicolon,
    /// Tab | 制表符
    ///
    /// A tab. | 制表符。
    Tab,
    /// Pipe | 竖线
    ///
    /// A vertical bar. | 竖线。
    Pipe,
    /// Blanks | 空白
    ///
    /// Any number of spaces and tabs, as in tables of fixed width. | 任意多个空格和制表符，如等宽表格。
    Blanks,
}

/// Guess | 判断
///
/// Yes, no, or as it looks. | 是、否，或自动判断。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Guess {
    /// Automatic | 自动
    ///
    /// As it looks. | 自动判断。
    #[default]
    Auto,
    /// Yes | 是
    ///
    /// Yes. | 是。
    Yes,
    /// No | 否
    ///
    /// No. | 否。
    No,
}

/// Lines before the header | 表头之前的行
///
/// How many lines at the top are left out. | 略去文件开头的多少行。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// Automatic | 自动
    ///
    /// Titles, which do not have as many cells as the rows. | 略去单元格数与各行不同的标题行。
    Auto(Nothing),
    /// So many | 指定行数
    ///
    /// A number of lines. | 指定的行数。
    Lines(Lines),
}

impl Default for Skip {
    fn default() -> Self {
        Skip::Auto(Nothing {})
    }
}

impl Skip {
    /// The number of lines, where it is said.
    pub fn lines(&self) -> Option<usize> {
        match self {
            Skip::Auto(_) => None,
            Skip::Lines(lines) => Some(lines.count),
        }
    }
}

/// So many | 指定行数
///
/// A number of lines. | 指定的行数。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Lines {
    /// Lines | 行数
    ///
    /// How many there are. | 一共多少行。
    #[schemars(range(min = 0, max = 1000))]
    pub count: usize,
}

/// Rows that do not fit | 不合规的行
///
/// What becomes of rows with another number of cells than the header, and of those with a cell that is too long or not in the encoding. | 单元格数与表头不同的行，以及含有过长或无法解码的单元格的行，如何处理。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ragged {
    /// Refuse | 拒绝
    ///
    /// The file is refused, and the rows are named. | 拒绝该文件，并指出这些行。
    #[default]
    Refuse,
    /// Leave out | 去掉
    ///
    /// They are left out and counted. | 去掉并计数。
    Skip,
    /// Fill | 补齐
    ///
    /// Cells that are missing at the end of a row are missing values; other rows that do not fit are left out. | 行末缺少的单元格视为缺失值；其他不合规的行去掉。
    Fill,
}

/// Decimal mark | 小数点
///
/// What stands between whole and fraction. | 整数与小数之间的符号。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// Automatic | 自动
    ///
    /// The mark that all cells together allow. | 由全部单元格共同判断。
    #[default]
    Auto,
    /// Point | 点
    ///
    /// 1,234.5 | 1,234.5
    Point,
    /// Comma | 逗号
    ///
    /// 1.234,5 | 1.234,5
    Comma,
}

/// Column | 列
///
/// What one column is for and what it holds. | 某一列的作用与内容。
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Column {
    /// Column | 列
    ///
    /// Its name in the header. | 表头中的列名。
    pub column: String,
    /// Role | 作用
    ///
    /// What it is for. | 用来做什么。
    pub role: Role,
    /// Type | 类型
    ///
    /// What it holds. | 它的内容。
    pub kind: Holds,
    /// Decimal mark | 小数点
    ///
    /// What stands between whole and fraction in its numbers. | 该列数字的小数点。
    #[schemars(extend("x-depth" = "lab"))]
    pub decimal: Decimal,
    /// Order of dates | 日期顺序
    ///
    /// Which number of a date is the day. | 日期中哪个数是日。
    #[schemars(extend("x-depth" = "lab"))]
    pub date: DateOrder,
    /// Dates become | 日期变为
    ///
    /// What the model is given of a date. | 把日期以什么形式交给模型。
    #[schemars(extend("x-depth" = "lab"))]
    pub calendar: Calendar,
    /// Marks are words | 标记作为文字
    ///
    /// Takes marks for missing values as words here: NA may be a country. Only an empty cell is missing. | 在此列把缺失值标记当作文字：NA 也可能是国家代码。只有空单元格才算缺失。
    #[schemars(extend("x-depth" = "lab"))]
    pub keep_marks: bool,
    /// Same words | 同义词
    ///
    /// Words that mean the same as others. | 与其他词意思相同的词。
    #[schemars(length(max = 256), extend("x-depth" = "lab"))]
    pub same: Vec<Same>,
}

/// Same word | 同义词
///
/// A word that means the same as another. | 与另一个词意思相同的词。
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Same {
    /// Word | 词
    ///
    /// As it stands in the file. | 文件中的写法。
    pub word: String,
    /// Means | 等同于
    ///
    /// The word that it is read as. | 读作哪个词。
    pub means: String,
}

/// Role | 作用
///
/// What a column is for. | 某一列的用途。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Automatic | 自动
    ///
    /// A feature, unless it numbers the rows, is empty or is free text. | 作为特征；若只是行号、全空或自由文本则除外。
    #[default]
    Auto,
    /// Feature | 特征
    ///
    /// The model is given it. | 交给模型。
    Feature,
    /// Target | 目标
    ///
    /// The model predicts it. | 由模型预测。
    Target,
    /// Id | 标识
    ///
    /// Names the row; left out. | 行的名字，不使用。
    Id,
    /// Time | 时间
    ///
    /// Orders the rows, so that the last ones are held out; left out otherwise. | 决定行的先后，使最后的行被留出；此外不使用。
    Time,
    /// Group | 分组
    ///
    /// Rows of a group stay in one split; left out otherwise. | 同组的行留在同一子集；此外不使用。
    Group,
    /// Sample weight | 样本权重
    ///
    /// How much the row counts in training and in the loss, a number from 0 on; metrics count every row alike. | 该行在训练和损失中占多大权重，为不小于 0 的数；各指标对每行同等计算。
    #[schemars(extend("x-term" = "sample-weight"))]
    Weight,
    /// Ignore | 忽略
    ///
    /// Left out. | 不使用。
    Ignore,
}

/// Type | 类型
///
/// What a column holds. | 某一列的内容。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Automatic | 自动
    ///
    /// What most of its cells are. | 由多数单元格决定。
    #[default]
    Auto,
    /// Number | 数值
    ///
    /// Every cell is a number or missing. | 每个单元格为数字或缺失。
    Number,
    /// Word | 词
    ///
    /// Every cell is one of some words, numbers included, that have no order. | 每个单元格是若干词（也可以是数字）之一，彼此没有大小。
    Word,
    /// Date | 日期
    ///
    /// Every cell is a date or a time. | 每个单元格是日期或时间。
    Date,
    /// Text | 文本
    ///
    /// Sentences, which are left out. | 句子，不使用。
    Text,
}

/// Order of dates | 日期顺序
///
/// Which number of a date is the day. | 日期中哪个数是日。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Automatic | 自动
    ///
    /// The order that all cells together allow. | 由全部单元格共同判断。
    #[default]
    Auto,
    /// Day first | 日在前
    ///
    /// 31/12/2020 | 31/12/2020
    DayFirst,
    /// Month first | 月在前
    ///
    /// 12/31/2020 | 12/31/2020
    MonthFirst,
    /// Seconds since 1970 | 1970 年起的秒数
    ///
    /// Whole cells are seconds since the beginning of 1970 in UTC; from 100 billion on milliseconds. | 单元格为 UTC 1970 年初起的秒数；不小于一千亿时为毫秒数。
    Epoch,
}

/// Dates become | 日期变为
///
/// What the model is given of a date. | 把日期以什么形式交给模型。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// Elapsed days | 经过的天数
    ///
    /// Days since the first date of the column; of times alone the hour of the day. | 自该列最早日期起的天数；只有时刻时为当天的小时数。
    #[default]
    Elapsed,
    /// Calendar parts | 日历分量
    ///
    /// Year, month, day, weekday (Monday is 1) and, where there are times, hour: a column each. | 年、月、日、星期（周一为 1），有时刻时还有小时：各成一列。
    Parts,
}

/// Rewrites a document of an earlier version: `types`, which listed columns with `numbers`, `words` or `ignore`, became `columns`.
pub fn migrate(csv: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = csv.remove("types") else { return };
    let columns = csv.entry("columns").or_insert_with(|| json!([]));
    let Value::Array(columns) = columns else { return };
    for mut typed in types {
        if let Value::Object(fields) = &mut typed {
            // `numbers` was the default of the field.
            let kind = fields.remove("kind").unwrap_or_else(|| json!("numbers"));
            match kind.as_str() {
                Some("numbers") => fields.insert("kind".into(), json!("number")),
                Some("words") => fields.insert("kind".into(), json!("word")),
                Some("ignore") => fields.insert("role".into(), json!("ignore")),
                _ => fields.insert("kind".into(), kind),
            };
            // What somebody turned into a number or a word is a feature whatever it looks like.
            if !fields.contains_key("role") {
                fields.insert("role".into(), json!("feature"));
            }
        }
        columns.push(typed);
    }
}
