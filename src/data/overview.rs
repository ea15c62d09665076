//! What there is to see of a table before anything is learned from it: its first rows, each column's spread, gaps, classes, and what goes with what.

use super::clean::Done;
use super::csv::reading::Reading;
use super::prepare::Ready;
use super::prepare::scale::quantile;
use super::prepare::score::Score;
use super::table::{Kind, fits};
use super::{Table, Task};
use crate::math::statistics;
use schemars::JsonSchema;
use serde::Serialize;

/// Rows that are shown.
const HEAD: usize = 50;
/// Columns that are described: an image has too many to be looked at one by one.
const COLUMNS: usize = 64;
/// Columns whose correlations are shown.
const CORRELATED: usize = 24;
/// Rows over which correlations are measured, about.
const ROWS: usize = 20_000;
/// Bars of a histogram.
const BARS: usize = 20;
/// Words whose counts are shown.
const WORDS: usize = 12;

/// A table as it arrived and, where nothing is wrong with the settings, as it is used.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Overview {
    /// Rows as they arrived.
    pub rows: usize,
    /// Input columns in all; the first of them are described.
    pub width: usize,
    pub columns: Vec<Column>,
    pub target: Column,
    pub classes: Vec<String>,
    /// The first rows: inputs, then the target. Gaps are null, words and classes are words.
    pub head: Vec<Vec<Cell>>,
    /// Rows in which something is missing.
    pub incomplete: usize,
    pub related: Related,
    pub used: Option<Used>,
    /// How the user's file was read, where the rows come from one.
    pub reading: Option<Reading>,
}

/// Rows after cleaning and splitting.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Used {
    pub rows: usize,
    /// Rows that train, validate, test.
    pub parts: [usize; 3],
    /// For each class, rows in each part; empty for numbers.
    pub balance: Vec<[usize; 3]>,
    /// Rows that each damage touched.
    pub damaged: Vec<usize>,
    /// What each cleaning step did.
    pub cleaned: Vec<Done>,
    /// The features that a model is given.
    pub features: Vec<String>,
}

/// A number, or a word.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Cell {
    Number(f32),
    /// A number of more digits than 32 bits hold.
    Exact(f64),
    Word(String),
    Missing,
}

/// One column.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Column {
    pub name: String,
    pub missing: usize,
    /// Different values.
    pub distinct: usize,
    pub spread: Spread,
    /// ANOVA F against the target over all rows that have both; null where there is none.
    pub score: Option<f64>,
}

/// How values are spread, in bars; of each bar the rows of each class (all rows in one for a target that is a number).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Spread {
    Numbers {
        low: f64,
        high: f64,
        mean: f64,
        deviation: f64,
        quartiles: [f64; 3],
        bars: Vec<Vec<u32>>,
    },
    Words {
        words: Vec<String>,
        bars: Vec<Vec<u32>>,
    },
    /// No value at all.
    Empty {},
}

/// Pearson's correlations of the first columns of numbers, a numeric target last.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Related {
    pub names: Vec<String>,
    /// `[names][names]`; not a number where a column is constant.
    pub values: Vec<Vec<f64>>,
}

impl Overview {
    /// Of rows as they arrived; `ready` where they can be used.
    pub fn of(table: &Table, ready: Option<&Ready>) -> Overview {
        let classes = if let Task::Classification(classes) = &table.task { classes.clone() } else { Vec::new() };
        let group = |row: usize| match table.targets[row] {
            _ if classes.is_empty() => 0,
            target if target.is_nan() => usize::MAX,
            target => target as usize,
        };
        let groups = classes.len().max(1);
        let column = |at: usize| {
            let values = table.values(at);
            let words = if let Kind::Words(words) = &table.kinds[at] { Some(&words[..]) } else { None };
            let score = words.is_none().then(|| score(&values, table)).flatten();
            describe(&table.columns[at], &values, words, score, groups, group)
        };
        let words = (!classes.is_empty()).then_some(&classes[..]);
        let targets: Vec<f64> = (0..table.rows()).map(|row| table.target_of(row)).collect();
        Overview {
            rows: table.rows(),
            width: table.columns.len(),
            columns: (0..table.columns.len().min(COLUMNS)).map(column).collect(),
            target: describe(&table.target, &targets, words, None, groups, group),
            head: (0..table.rows().min(HEAD)).map(|row| cells(table, row)).collect(),
            incomplete: (0..table.rows())
                .filter(|&row| table.targets[row].is_nan() || table.inputs.row(row).iter().any(|value| value.is_nan()))
                .count(),
            related: related(table),
            used: ready.map(used),
            // Only tables of the user's have one.
            reading: table.reading.as_deref().map(|reading| reading.clone().under("data.csv")),
            classes,
        }
    }
}

fn used(ready: &Ready) -> Used {
    let (table, parts) = (&ready.table, &ready.parts);
    let each = [&parts.train, &parts.validation, &parts.test];
    let balance = |class: usize| each.map(|rows| rows.iter().filter(|&&row| table.targets[row] as usize == class).count());
    Used {
        rows: table.rows(),
        parts: each.map(Vec::len),
        balance: if table.task.is_classification() { (0..table.task.outputs()).map(balance).collect() } else { Vec::new() },
        damaged: ready.damaged.clone(),
        cleaned: ready.cleaned.clone(),
        features: ready.pipeline.features().to_vec(),
    }
}

fn cells(table: &Table, row: usize) -> Vec<Cell> {
    let word = |words: &[String], value: f32| Cell::Word(words[value as usize].clone());
    let cell = |at: usize| match (&table.kinds[at], table.inputs[(row, at)]) {
        (_, value) if value.is_nan() => Cell::Missing,
        (Kind::Words(words), value) => word(words, value),
        (Kind::Number, _) => number(table.value(row, at)),
    };
    let target = match (&table.task, table.targets[row]) {
        (_, value) if value.is_nan() => Cell::Missing,
        (Task::Classification(classes), value) => word(classes, value),
        (Task::Regression, _) => number(table.target_of(row)),
        (Task::Clustering, _) => Cell::Missing,
    };
    (0..table.columns.len().min(COLUMNS)).map(cell).chain([target]).collect()
}

fn number(value: f64) -> Cell {
    if fits(value) { Cell::Number(value as f32) } else { Cell::Exact(value) }
}

/// The rows that have both a value and a target, by F.
fn score(values: &[f64], table: &Table) -> Option<f64> {
    let both: Vec<usize> = (0..values.len()).filter(|&row| !values[row].is_nan() && !table.targets[row].is_nan()).collect();
    let values: Vec<f64> = both.iter().map(|&row| values[row]).collect();
    let targets: Vec<f32> = both.iter().map(|&row| table.targets[row]).collect();
    let score = Score::AnovaF.of(&values, &targets, &table.task);
    score.is_finite().then_some(score)
}

fn describe(
    name: &str,
    values: &[f64],
    words: Option<&[String]>,
    score: Option<f64>,
    groups: usize,
    group: impl Fn(usize) -> usize,
) -> Column {
    let present: Vec<usize> = (0..values.len()).filter(|&row| !values[row].is_nan()).collect();
    let mut sorted: Vec<f64> = present.iter().map(|&row| values[row]).collect();
    statistics::sort(&mut sorted);
    let distinct = sorted.chunk_by(|a, b| a == b).count();
    let count = |bars: usize, bar: &dyn Fn(f64) -> usize| {
        let mut counts = vec![vec![0_u32; groups]; bars];
        for &row in &present {
            // A row whose class is missing counts for none.
            if let Some(count) = counts[bar(values[row])].get_mut(group(row)) {
                *count += 1;
            }
        }
        counts
    };
    let spread = match words {
        _ if sorted.is_empty() => Spread::Empty {},
        Some(words) => {
            let counts: Vec<(f64, f64)> = sorted.chunk_by(|a, b| a == b).map(|same| (-(same.len() as f64), same[0])).collect();
            let mut often = statistics::order(&counts.iter().map(|(count, _)| *count).collect::<Vec<_>>());
            often.truncate(WORDS);
            often.sort_unstable();
            let order: Vec<usize> = often.into_iter().map(|at| counts[at].1 as usize).collect();
            let place = |value: f64| order.iter().position(|word| *word == value as usize).unwrap_or(order.len());
            let mut bars = count(order.len() + 1, &place);
            bars.pop();
            Spread::Words { words: order.iter().map(|word| words[*word].clone()).collect(), bars }
        }
        None => {
            let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
            let (mean, variance) = statistics::moments(&sorted);
            let width = if high > low { (high - low) / BARS as f64 } else { 1.0 };
            let bars = count(BARS, &|value| (((value - low) / width) as usize).min(BARS - 1));
            Spread::Numbers {
                low,
                high,
                mean,
                deviation: variance.sqrt(),
                quartiles: [0.25, 0.5, 0.75].map(|share| quantile(&sorted, share)),
                bars,
            }
        }
    };
    Column { name: name.into(), missing: values.len() - present.len(), distinct, spread, score }
}

fn related(table: &Table) -> Related {
    // Of a large table some rows, evenly: every pair of columns passes over all of them.
    let step = table.rows().div_ceil(ROWS).max(1);
    let some = |values: ndarray::ArrayView1<f32>| values.iter().step_by(step).copied().collect::<Vec<_>>();
    let numbers = (0..table.columns.len()).filter(|&at| table.kinds[at] == Kind::Number).take(CORRELATED);
    let mut columns: Vec<(String, Vec<f32>)> = numbers.map(|at| (table.columns[at].clone(), some(table.inputs.column(at)))).collect();
    if table.task == Task::Regression {
        columns.push((table.target.clone(), some(table.targets[..].into())));
    }
    let value = |a: &[f32], b: &[f32]| {
        correlation(a.iter().zip(b).filter(|(a, b)| !a.is_nan() && !b.is_nan()).map(|(a, b)| (f64::from(*a), f64::from(*b))))
    };
    let values = columns.iter().map(|(_, a)| columns.iter().map(|(_, b)| value(a, b)).collect()).collect();
    Related { names: columns.into_iter().map(|(name, _)| name).collect(), values }
}

fn correlation(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let (count, a, b) = pairs.clone().fold((0.0, 0.0, 0.0), |(count, a, b), (x, y)| (count + 1.0, a + x, b + y));
    let (a, b) = (a / count, b / count);
    let (both, own, other) = pairs
        .fold((0.0, 0.0, 0.0), |(both, own, other), (x, y)| (both + (x - a) * (y - b), own + (x - a) * (x - a), other + (y - b) * (y - b)));
    both / (own * other).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn gaps_words_bars_and_correlations_are_counted() {
        let inputs = array![[0.0, 1.0], [1.0, 0.0], [f32::NAN, 1.0], [4.0, 1.0]];
        let names = vec!["size".into(), "colour".into()];
        let mut table =
            Table::new(inputs, vec![0.0, 1.0, 1.0, f32::NAN], names, "kind", Task::Classification(vec!["a".into(), "b".into()]));
        table.kinds[1] = Kind::Words(vec!["blue".into(), "red".into()]);
        let overview = Overview::of(&table, None);
        assert_eq!((overview.rows, overview.incomplete), (4, 2));
        assert_eq!(overview.head[2], [Cell::Missing, Cell::Word("red".into()), Cell::Word("b".into())]);
        let Spread::Numbers { low, high, quartiles, bars, .. } = &overview.columns[0].spread else { panic!("numbers") };
        assert_eq!((*low, *high, quartiles[1], overview.columns[0].missing), (0.0, 4.0, 1.0, 1));
        assert_eq!((&bars[0][..], &bars[5][..], &bars[19][..]), (&[1, 0][..], &[0, 1][..], &[0, 0][..]));
        let Spread::Words { words, bars } = &overview.columns[1].spread else { panic!("words") };
        assert_eq!(words, &["blue", "red"]);
        assert_eq!(bars[1], [1, 1], "the row without a class counts for none");
        assert_eq!(overview.related.names, ["size"]);
        // numpy.corrcoef([1, 2, 3], [2, 1, 5])
        let close = correlation([(1.0, 2.0), (2.0, 1.0), (3.0, 5.0)].into_iter()) - 0.720_576_69;
        assert!(close.abs() < 1e-8);
    }
}
