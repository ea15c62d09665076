//! Tables as people and programs write them, and as they break them.

use super::Ended;
use super::chance::Chance;
use super::document::told;
use descent::config::{Issue, Message};
use descent::data::csv::settings::{Column, DateOrder, Decimal, Guess, Holds, Ragged, Role, Separator};
use descent::data::csv::{Csv, Goal};
use descent::data::table::Kind;
use descent::data::{Files, Source, Table, Task};
use descent::message;
use descent::session::Session;
use descent::train::Experiment;
use serde_json::{Value, json};
use std::cell::Cell;

const CELLS: [&[u8]; 40] = [
    b"",
    b"0",
    b"1",
    b"-1",
    b"2.5",
    b"-3e4",
    b"1e38",
    b"1e39",
    b"-1e39",
    b"1e-46",
    b"nan",
    b"inf",
    b"NA",
    b"?",
    b"none",
    b"yes",
    b"no",
    b"a",
    b"b",
    b"=1+1",
    b"\"\"",
    b"\"a,b\"",
    b"\"a\nb\"",
    b"\"",
    b"\"\"\"",
    b"\xff",
    b"\xc4\xe3",
    b"\xe5\x88\x97",
    b" 7 ",
    b"20240131",
    b"16777217",
    b"0x10",
    b"1_000",
    b"1,5",
    b"\t",
    b";",
    b"\0",
    b"+5",
    b".5",
    b"5.",
];
const ENDS: [&[u8]; 6] = [b"\n", b"\r\n", b"\r", b"\n\n", b"", b"\n \n"];
const HEADS: [&[u8]; 12] = [b"a", b"b", b"c", b"x", b"y", b"kind", b"", b" a", b"\"q,r\"", b"\xff", b"\xe5\x88\x97", b"pixel_0_0"];

/// A file; most are tables with a few strange cells.
pub fn drawn(chance: &mut Chance) -> Vec<u8> {
    let mut file: Vec<u8> = match chance.below(12) {
        0 => b"\xEF\xBB\xBF".to_vec(),
        1 if chance.once_in(4) => b"\xFF\xFE".to_vec(),
        _ => Vec::new(),
    };
    let columns = 1 + chance.below(5);
    let separator: &[u8] = chance.pick::<&[u8]>(&[b",", b",", b",", b";", b"\t"]);
    let strange = *chance.pick(&[0, 0, 3, 20, 60]);
    let end: &[u8] = chance.pick::<&[u8]>(&ENDS[..3]);
    let tidy: Vec<usize> = (0..columns).map(|_| chance.below(4)).collect();
    for column in 0..columns {
        if column > 0 {
            file.extend_from_slice(separator);
        }
        if strange > 0 && chance.once_in(strange) {
            file.extend_from_slice(chance.pick::<&[u8]>(&HEADS))
        } else {
            file.push(b'a' + column as u8)
        }
    }
    file.extend_from_slice(end);
    for row in 0..if chance.once_in(8) { chance.below(10) } else { 10 + chance.below(20) } {
        let fields = if strange > 0 && chance.once_in(strange * 4) { chance.below(7) } else { columns };
        for column in 0..fields {
            if column > 0 {
                file.extend_from_slice(separator);
            }
            if strange > 0 && chance.once_in(strange) {
                file.extend_from_slice(chance.pick::<&[u8]>(&CELLS));
                continue;
            }
            match tidy.get(column) {
                Some(0) if column > 0 => file.extend_from_slice(chance.pick::<&[u8]>(&[b"yes", b"no", b"perhaps"])),
                Some(1) => file.extend(format!("{}", row % 3).into_bytes()),
                _ => file.extend(format!("{}.{}", chance.below(50), row % 10).into_bytes()),
            }
        }
        file.extend_from_slice(if strange > 0 && chance.once_in(strange) { chance.pick::<&[u8]>(&ENDS) } else { end });
    }
    for _ in 0..if strange > 0 { chance.few(4) } else { 0 } {
        if !file.is_empty() {
            let at = chance.below(file.len());
            file[at] = chance.below(256) as u8;
        }
    }
    file
}

struct One<'a> {
    bytes: &'a [u8],
    share: Cell<f64>,
}

impl Files for One<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        if path == "t.csv" { Ok(self.bytes.to_vec()) } else { Err(message!("no file {path:?}", "没有文件 {path:?}")) }
    }

    fn progress(&self, share: f64) {
        self.share.set(share);
    }
}

pub fn attempt(bytes: &[u8], chance: &mut Chance) -> Result<Ended, String> {
    let mut source = Csv { path: "t.csv".into(), ..Csv::default() };
    if chance.once_in(3) {
        source.task = *chance.pick(&[Goal::Auto, Goal::Classification, Goal::Regression, Goal::Clustering]);
        source.target = chance.pick(&["a", "b", "q,r", "z"]).to_string();
        for _ in 0..chance.few(3) {
            source.columns.push(Column {
                column: chance.pick(&["a", "b", "c", "q,r", ""]).to_string(),
                role: *chance.pick(&[
                    Role::Auto,
                    Role::Feature,
                    Role::Target,
                    Role::Id,
                    Role::Time,
                    Role::Group,
                    Role::Weight,
                    Role::Ignore,
                ]),
                kind: *chance.pick(&[Holds::Auto, Holds::Number, Holds::Word, Holds::Date, Holds::Text]),
                decimal: *chance.pick(&[Decimal::Auto, Decimal::Point, Decimal::Comma]),
                date: *chance.pick(&[DateOrder::Auto, DateOrder::DayFirst, DateOrder::MonthFirst]),
                ..Column::default()
            });
        }
        if chance.once_in(3) {
            let guesses = [Guess::Auto, Guess::Yes, Guess::No];
            (source.header, source.quotes, source.comments) = (*chance.pick(&guesses), *chance.pick(&guesses), *chance.pick(&guesses));
            source.separator = *chance.pick(&[Separator::Auto, Separator::Comma, Separator::Semicolon, Separator::Tab]);
            source.decimal = *chance.pick(&[Decimal::Auto, Decimal::Point, Decimal::Comma]);
            source.ragged = *chance.pick(&[Ragged::Refuse, Ragged::Skip, Ragged::Fill]);
        }
    }
    let files = One { bytes, share: Cell::new(0.0) };
    let table = match source.load(1, &files) {
        Ok(table) => table,
        Err(issues) => {
            told(&issues, "csv")?;
            if chance.once_in(8) {
                helped(&source, bytes, &issues)?;
            }
            return Ok(Ended::Refused);
        }
    };
    whole(&table)?;
    if files.share.get() != 1.0 {
        return Err(format!("a file that was read is read to {}", files.share.get()));
    }
    // Hardly a file has weights that are some.
    if chance.once_in(if table.weights.is_some() { 20 } else { 400 }) {
        let mut session = Session::default();
        session.attach("t.csv", bytes.to_vec());
        let data = json!({ "data": { "csv": source }, "prepare": { "clean": ["drop_missing"] } }).to_string();
        if let Err(issues) = session.overview(&data) {
            told(&issues, "overview")?;
        }
        match session.open(&data) {
            Err(issues) => told(&issues, "open")?,
            Ok(()) => {
                session.advance(f64::INFINITY, 3, &mut || 0.0);
                super::document::honest(&mut session, 0, "after three updates")?;
                super::document::looks(&mut session, 0, chance);
            }
        }
    }
    Ok(Ended::Ran)
}

/// Presses of buttons after which a table is expected to be there.
const PRESSED: usize = 16;

/// Every problem has a remedy, after which it is gone; and whoever presses one button after the other has rows in the end.
fn helped(source: &Csv, bytes: &[u8], issues: &[Issue]) -> Result<(), String> {
    // Remedies speak of columns by name, and where two share one not every button is known to work: a gap that is still open.
    let text = String::from_utf8_lossy(bytes);
    let mut names: Vec<&str> = text.lines().flat_map(|line| line.split([',', ';', '\t', '|', ' ', '"'])).take(24).map(str::trim).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() < count {
        return Ok(());
    }
    let files = One { bytes, share: Cell::new(0.0) };
    let load = |document: &Value| -> Result<Vec<Issue>, String> {
        let experiment = Experiment::parse(&document.to_string()).map_err(|issues| format!("a remedy made {document}: {issues:?}"))?;
        Ok(experiment.data.part().load(1, &files).err().unwrap_or_default())
    };
    let told = |issues: Vec<Issue>| issues.into_iter().map(|issue| issue.under("data.csv")).collect::<Vec<_>>();
    let mut document = json!({ "data": { "csv": source } });
    let mut issues = told(issues.to_vec());
    let mut pressed: Vec<String> = Vec::new();
    while let Some(first) = issues.first() {
        for issue in &issues {
            let Some(remedy) = &issue.remedy else { return Err(format!("nothing helps against {issue}")) };
            let mut after = document.clone();
            remedy.apply(&mut after);
            if load(&after)?.iter().any(|other| other.message == issue.message) {
                return Err(format!("after {:?}, {issue} is still there", remedy.title.en));
            }
        }
        if pressed.len() == PRESSED {
            return Err(format!("no rows after {pressed:?}: {issues:?}"));
        }
        if let Some(remedy) = &first.remedy {
            pressed.push(remedy.title.en.clone());
            remedy.apply(&mut document);
        }
        issues = told(load(&document)?);
    }
    Ok(())
}

/// A table that holds what it says.
fn whole(table: &Table) -> Result<(), String> {
    let (rows, columns) = table.inputs.dim();
    if rows != table.targets.len()
        || rows != table.numbers.len()
        || columns != table.columns.len()
        || columns != table.kinds.len()
        || rows < 10
    {
        return Err(format!(
            "a table of {rows} × {columns} with {} targets, {} names, {} kinds",
            table.targets.len(),
            table.columns.len(),
            table.kinds.len()
        ));
    }
    if table.inputs.iter().chain(&table.targets).any(|value| value.is_infinite()) {
        return Err("a number in it is not finite".into());
    }
    if let Some(weights) = &table.weights
        && !(weights.len() == rows
            && weights.iter().all(|weight| (0.0..f32::INFINITY).contains(weight))
            && weights.iter().any(|weight| *weight > 0.0))
    {
        return Err(format!("weights that are none, for {rows} rows: {weights:?}"));
    }
    let within = |value: f32, words: usize| value.is_nan() || (value.fract() == 0.0 && (0.0..words as f32).contains(&value));
    if let Task::Classification(classes) = &table.task
        && !(classes.len() >= 2 && table.targets.iter().all(|&value| within(value, classes.len())))
    {
        return Err(format!("targets that are none of {} classes", classes.len()));
    }
    for (at, kind) in table.kinds.iter().enumerate() {
        if let Kind::Words(words) = kind
            && !table.inputs.column(at).iter().all(|&value| within(value, words.len()))
        {
            return Err(format!("words that are none of {}", words.len()));
        }
    }
    Ok(())
}
