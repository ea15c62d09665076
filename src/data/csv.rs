//! A user's CSV file: numbers in every input column, classes or numbers in the target. All problems are named with row and column.

use super::{Files, Source, Table, Task};
use crate::config::Issue;
use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// CSV file | CSV 文件
///
/// Your own table: a header, then one row a line. | 你自己的表格：首行为列名，其后每行一条数据。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Csv {
    /// File | 文件
    ///
    /// Name of the file. | 文件名。
    pub path: String,
    /// Target | 目标列
    ///
    /// Column to predict; empty means the last one. | 要预测的列；留空表示最后一列。
    pub target: String,
    /// Task | 任务
    ///
    /// Whether the target is a class or a number. | 目标是类别还是数值。
    pub task: CsvTask,
}

/// Task | 任务
///
/// Whether the target is a class or a number. | 目标是类别还是数值。
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CsvTask {
    #[default]
    Classification,
    Regression,
    Clustering,
}

const MOST_BYTES: usize = 64 << 20;
const FEWEST_ROWS: usize = 10;
const MOST_CLASSES: usize = 64;
/// Problems named one by one; beyond them only their number.
const NAMED: usize = 5;

impl Source for Csv {
    fn load(&self, _: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let fail = |path: &str, message: String| vec![Issue::new(path, message)];
        if self.task == CsvTask::Clustering {
            return Err(fail("task", "clustering needs a learner that clusters, and there is none yet; use classification or regression".into()));
        }
        if self.path.is_empty() {
            return Err(fail("path", "must name a file, got none".into()));
        }
        let bytes = files.read(&self.path).map_err(|message| fail("path", message))?;
        self.parse(&bytes)
    }
}

impl Csv {
    /// Reads the file's bytes (UTF-8, with or without a byte-order mark).
    pub fn parse(&self, bytes: &[u8]) -> Result<Table, Vec<Issue>> {
        let fail = |path: &str, message: String| vec![Issue::new(path, message)];
        if bytes.len() > MOST_BYTES {
            return Err(fail("path", format!("the file must not exceed 64 MB, got {} MB", bytes.len() >> 20)));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
            fail("path", format!("the file must be UTF-8 text, line {line} is not"))
        })?;
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err(fail("path", "the file is empty".into()));
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header: Vec<String> =
            reader.headers().map_err(|error| fail("path", error.to_string()))?.iter().map(String::from).collect();
        let mut problems = Problems::default();
        for (at, name) in header.iter().enumerate() {
            if name.is_empty() {
                problems.add(format!("column {} has no name in the header", at + 1));
            } else if header[..at].contains(name) {
                problems.add(format!("the column name {name:?} stands twice in the header"));
            }
        }
        if header.len() < 2 {
            return Err(fail("path", format!("the file needs an input column and a target column, got {} column", header.len())));
        }
        let target = if self.target.is_empty() { Some(header.len() - 1) } else { header.iter().position(|name| *name == self.target) };
        let Some(target) = target else {
            return Err(fail("target", format!("must be one of {}, got {:?}", header.join(", "), self.target)));
        };

        let (mut inputs, mut labels, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let mut record = csv::StringRecord::new();
        let mut rows = 0;
        while reader.read_record(&mut record).map_err(|error| fail("path", error.to_string()))? {
            let line = record.position().map_or(0, csv::Position::line);
            rows += 1;
            if record.len() != header.len() {
                problems.add(format!("line {line} has {} cells, the header has {}", record.len(), header.len()));
                continue;
            }
            for (at, cell) in record.iter().enumerate() {
                let number = cell.parse::<f32>().ok().filter(|number| number.is_finite());
                if at == target && self.task == CsvTask::Classification {
                    if cell.is_empty() {
                        problems.add(format!("line {line}, column {}: the class is missing", header[at]));
                    }
                    labels.push(cell.to_string());
                    continue;
                }
                if number.is_none() {
                    let cell = cell.chars().take(30).collect::<String>();
                    let what = if cell.is_empty() { "is missing".into() } else { format!("must be a number, got {cell:?}") };
                    problems.add(format!("line {line}, column {}: {what}", header[at]));
                }
                if at == target { &mut values } else { &mut inputs }.push(number.unwrap_or(0.0));
            }
        }
        if rows < FEWEST_ROWS {
            problems.add(format!("the file must have at least {FEWEST_ROWS} rows, got {rows}"));
        }
        let mut classes: Vec<String> = labels.clone();
        classes.sort_by(|a, b| match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => a.total_cmp(&b),
            _ => a.cmp(b),
        });
        classes.dedup();
        let task = match self.task {
            CsvTask::Classification => {
                if rows > 0 && !(2..=MOST_CLASSES).contains(&classes.len()) {
                    let hint = if classes.len() > MOST_CLASSES { "; is it a number to predict (regression)?" } else { "" };
                    problems.add(format!("the target {} must have between 2 and {MOST_CLASSES} classes, got {}{hint}", header[target], classes.len()));
                }
                Task::Classification(classes.clone())
            }
            _ => Task::Regression,
        };
        problems.finish()?;
        let index: std::collections::BTreeMap<&str, usize> = classes.iter().enumerate().map(|(at, class)| (class.as_str(), at)).collect();
        let targets = if self.task == CsvTask::Classification { labels.iter().map(|label| index[label.as_str()] as f32).collect() } else { values };
        Ok(Table {
            inputs: Array2::from_shape_vec((rows, header.len() - 1), inputs).expect("every row was counted"),
            targets,
            target: header[target].clone(),
            columns: header.into_iter().enumerate().filter(|(at, _)| *at != target).map(|(_, name)| name).collect(),
            task,
        })
    }
}

#[derive(Default)]
struct Problems {
    named: Vec<Issue>,
    count: usize,
}

impl Problems {
    fn add(&mut self, message: String) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(Issue::new("path", message));
        }
    }

    fn finish(mut self) -> Result<(), Vec<Issue>> {
        if self.count > self.named.len() {
            self.named.push(Issue::new("path", format!("and {} more problems", self.count - self.named.len())));
        }
        if self.named.is_empty() { Ok(()) } else { Err(self.named) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> String {
        (0..count).map(|row| format!("{row},{},{}\n", row * 2, ["a", "b"][row % 2])).collect()
    }

    #[test]
    fn reads_classes_in_order_and_numbers_as_they_are() {
        let table = Csv::default().parse(format!("\u{feff}x,\"y\",kind\n{}", rows(12)).as_bytes()).unwrap();
        assert_eq!(table.columns, ["x", "y"]);
        assert_eq!(table.task, Task::Classification(vec!["a".into(), "b".into()]));
        assert_eq!((table.inputs[[3, 1]], table.targets[3]), (6.0, 1.0));
        let numbers = Csv { target: "x".into(), task: CsvTask::Regression, ..Csv::default() };
        let text: String = (0..10).map(|row| format!("{row},{}\n", row * 2)).collect();
        assert_eq!(numbers.parse(format!("x,y\n{text}").as_bytes()).unwrap().targets[9], 9.0);
    }

    #[test]
    fn names_what_is_wrong() {
        let long = rows(12);
        let cases: Vec<(&str, Vec<u8>, &str)> = vec![
            ("nothing at all", b"".to_vec(), "is empty"),
            ("blank lines only", b"\n \n".to_vec(), "is empty"),
            ("a header alone", b"x,y,kind\n".to_vec(), "at least 10 rows, got 0"),
            ("a short row", format!("x,y,kind\n{long}1,2\n").into_bytes(), "line 14 has 2 cells, the header has 3"),
            ("not UTF-8", [b"x,y,kind\n1,2,".to_vec(), vec![0xff, 0xfe]].concat(), "line 2 is not"),
            ("one class", (0..12).fold("x,kind\n".to_string(), |text, row| text + &format!("{row},a\n")).into_bytes(), "between 2 and 64 classes, got 1"),
            ("a word among numbers", format!("x,y,kind\n{long}one,2,a\n").into_bytes(), "column x: must be a number, got \"one\""),
            ("a missing cell", format!("x,y,kind\n{long},2,a\n").into_bytes(), "column x: is missing"),
            ("infinity", format!("x,y,kind\n{long}inf,2,a\n").into_bytes(), "must be a number, got \"inf\""),
            ("a doubled name", format!("x,x,kind\n{long}").into_bytes(), "stands twice"),
            ("one column", b"x\n1\n".to_vec(), "got 1 column"),
        ];
        for (reason, bytes, expected) in cases {
            let issues = Csv::default().parse(&bytes).expect_err(reason);
            assert!(issues.iter().any(|issue| issue.message.contains(expected)), "{reason}: {issues:?}");
        }
        let unknown = Csv { target: "z".into(), ..Csv::default() };
        assert_eq!(unknown.parse(format!("x,y,kind\n{long}").as_bytes()).unwrap_err()[0].message, "must be one of x, y, kind, got \"z\"");
    }
}
