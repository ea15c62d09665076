//! Is what was held out like what trains? Column by column, and by a model that tries to tell rows of the two apart.
//!
//! Numbers by Kolmogorov and Smirnov, words and classes by χ², each with the population stability index over ten quantile bins of the training rows
//! (Siddiqi 2006). Columns differ where Benjamini & Hochberg (1995) find so at a false discovery rate of 5 %. The index of samples that are alike is not 0
//! but (bins − 1)·(1/n + 1/m) on average, which is told beside it: of few rows, the usual 0.1 and 0.25 mean nothing. The model is a small decision
//! tree, judged on rows that it has not seen (Lopez-Paz & Oquab 2017, "Revisiting classifier two-sample tests").

use crate::data::prepare::Ready;
use crate::data::prepare::scale::quantile;
use crate::data::table::Kind;
use crate::data::{Table, Task};
use crate::learn::tree::Tree;
use crate::learn::{Family, Problem, Rows};
use crate::math::{random, statistics};
use ndarray::{Array2, Axis};
use schemars::JsonSchema;
use serde::Serialize;

/// Columns that are compared: of an image the first rows of pixels tell enough.
const COLUMNS: usize = 64;
const BINS: usize = 10;
/// False discoveries among columns that are called different.
const RATE: f64 = 0.05;
/// How unlikely the model's success must be by chance.
const CHANCE: f64 = 0.01;
/// Rows of each part that columns are compared over, about, and that the model is shown at most.
const COMPARED: usize = 20_000;
const ROWS: usize = 2000;
/// Fewer rows than this in a part tell nothing.
const FEWEST: usize = 8;

/// What was found of a part that is held out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Alike {
    /// `validation` or `test`.
    pub part: &'static str,
    pub rows: usize,
    /// There were too few rows to tell anything.
    pub few: bool,
    pub columns: Vec<Difference>,
    /// Columns that differ by more than chance.
    pub differing: usize,
    /// Of a model that tells its rows from training rows: the area under the ROC curve, ½ where it cannot, and how likely that is by chance.
    pub auc: f64,
    pub auc_p: f64,
    /// Something differs by more than chance.
    pub differs: bool,
}

/// One column in the two parts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Difference {
    pub name: String,
    /// `ks` or `chi_squared`.
    pub test: &'static str,
    pub statistic: f64,
    pub p: f64,
    /// Population stability index, and what it would be by chance.
    pub psi: f64,
    pub psi_by_chance: f64,
    pub differs: bool,
}

/// Compares the validation part and the inputs of the test part with the training part. The targets of the test part stay unseen.
pub fn compare(ready: &Ready, seed: u32) -> Vec<Alike> {
    let parts = &ready.parts;
    let of = |part: &'static str, rows: &[usize]| part_of(ready, part, rows, seed);
    [("validation", &parts.validation), ("test", &parts.test)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(part, rows)| of(part, rows))
        .collect()
}

fn part_of(ready: &Ready, part: &'static str, rows: &[usize], seed: u32) -> Alike {
    let (table, train, rows) = (&ready.table, &some(&ready.parts.train), &some(rows)[..]);
    let few = rows.len() < FEWEST || train.len() < FEWEST;
    let mut found = Alike { part, rows: rows.len(), few, columns: Vec::new(), differing: 0, auc: 0.5, auc_p: 1.0, differs: false };
    if few {
        return found;
    }
    for (at, kind) in table.kinds.iter().enumerate().take(COLUMNS) {
        let column = |rows: &[usize]| rows.iter().map(|&row| f64::from(table.inputs[(row, at)])).collect::<Vec<_>>();
        let words = if let Kind::Words(words) = kind { words.len() } else { 0 };
        found.columns.push(difference(&table.columns[at], &column(train), &column(rows), words));
    }
    if part == "validation" {
        let targets = |rows: &[usize]| rows.iter().map(|&row| f64::from(table.targets[row])).collect::<Vec<_>>();
        let classes = if let Task::Classification(classes) = &table.task { classes.len() } else { 0 };
        found.columns.push(difference(&table.target, &targets(train), &targets(rows), classes));
    }
    discover(&mut found.columns);
    found.differing = found.columns.iter().filter(|column| column.differs).count();
    (found.auc, found.auc_p) = told_apart(table, train, rows, seed);
    found.differs = found.differing > 0 || found.auc_p < CHANCE;
    found
}

/// Some of many rows, evenly.
fn some(rows: &[usize]) -> Vec<usize> {
    rows.iter().step_by(rows.len().div_ceil(COMPARED).max(1)).copied().collect()
}

/// `words` is how many there are, 0 for numbers.
fn difference(name: &str, train: &[f64], other: &[f64], words: usize) -> Difference {
    let (test, statistic, p, counts) = if words > 0 {
        let count = |values: &[f64]| {
            let mut counts = vec![0.0; words];
            values.iter().for_each(|value| counts[*value as usize] += 1.0);
            counts
        };
        let counts = (count(train), count(other));
        let (statistic, freedom) = statistics::chi_squared(&counts.0, &counts.1);
        ("chi_squared", statistic, statistics::chi_squared_p(statistic, freedom), counts)
    } else {
        let sorted = |values: &[f64]| {
            let mut sorted = values.to_vec();
            statistics::sort(&mut sorted);
            sorted
        };
        let (a, b) = (sorted(train), sorted(other));
        let mut edges: Vec<f64> = (1..BINS).map(|at| quantile(&a, at as f64 / BINS as f64)).collect();
        edges.dedup();
        let count = |values: &[f64]| {
            let mut counts = vec![0.0; edges.len() + 1];
            values.iter().for_each(|value| counts[edges.partition_point(|edge| edge < value)] += 1.0);
            counts
        };
        let statistic = statistics::kolmogorov_smirnov(&a, &b);
        ("ks", statistic, statistics::kolmogorov_smirnov_p(statistic, a.len(), b.len()), (count(&a), count(&b)))
    };
    let bins = counts.0.iter().zip(&counts.1).filter(|(a, b)| **a + **b > 0.0).count();
    let psi_by_chance = bins.saturating_sub(1) as f64 * (1.0 / train.len() as f64 + 1.0 / other.len() as f64);
    Difference { name: name.into(), test, statistic, p, psi: stability(&counts.0, &counts.1), psi_by_chance, differs: false }
}

/// Σ (b − a)·ln(b / a) of the shares; half a row stands in an empty bin, whose logarithm would be infinite.
fn stability(a: &[f64], b: &[f64]) -> f64 {
    let shares = |counts: &[f64]| {
        let all: f64 = counts.iter().sum();
        counts.iter().map(|count| count.max(0.5) / all).collect::<Vec<_>>()
    };
    let used = a.iter().zip(b).map(|(a, b)| a + b > 0.0);
    shares(a).into_iter().zip(shares(b)).zip(used).filter(|(_, used)| *used).map(|((a, b), _)| (b - a) * libm::log(b / a)).sum()
}

/// Marks the columns that differ: the k smallest p-values where the k-th is at most RATE·k / columns.
fn discover(columns: &mut [Difference]) {
    let order = statistics::order(&columns.iter().map(|column| column.p).collect::<Vec<_>>());
    let all = columns.len() as f64;
    let found = (0..order.len()).rev().find(|&at| columns[order[at]].p <= RATE * (at + 1) as f64 / all).map_or(0, |at| at + 1);
    order[..found].iter().for_each(|&at| columns[at].differs = true);
}

/// A tree learns from half of the rows which part a row is of, and is asked about the other half; then the other way round.
fn told_apart(table: &Table, train: &[usize], other: &[usize], seed: u32) -> (f64, f64) {
    let mut stream = random::stream(seed, "alike");
    let mut drawn = |rows: &[usize]| {
        let mut rows = rows.to_vec();
        random::shuffle(&mut stream, &mut rows);
        rows.truncate(ROWS);
        rows
    };
    let (train, other) = (drawn(train), drawn(other));
    let half = |rows: &[usize], at: usize| rows.iter().skip(at).step_by(2).copied().collect::<Vec<_>>();
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for side in 0..2 {
        let (known, asked) = ((half(&train, side), half(&other, side)), (half(&train, 1 - side), half(&other, 1 - side)));
        let inputs = |(a, b): &(Vec<usize>, Vec<usize>)| table.inputs.select(Axis(0), &[&a[..], &b[..]].concat());
        let scores = asked_of_a_tree(inputs(&known), known.0.len(), inputs(&asked), seed);
        no.extend_from_slice(&scores[..asked.0.len()]);
        yes.extend_from_slice(&scores[asked.0.len()..]);
    }
    let auc = statistics::area_under_curve(&yes, &no);
    // Mann and Whitney's variance, without ties: with them it is smaller, and chance looks a little likelier than it is.
    let (n, m) = (yes.len() as f64, no.len() as f64);
    let deviation = ((n + m + 1.0) / (12.0 * n * m)).sqrt();
    (auc, statistics::normal_above((auc - 0.5) / deviation))
}

/// How much each asked row looks like the second kind, of which `known` has all rows from `first` on.
fn asked_of_a_tree(known: Array2<f32>, first: usize, asked: Array2<f32>, seed: u32) -> Vec<f64> {
    let rows = known.nrows();
    let targets: Vec<f32> = (0..rows).map(|row| f32::from(row >= first)).collect();
    let task = Task::Classification(vec!["train".into(), "other".into()]);
    let features = (0..known.ncols()).map(|at| at.to_string()).collect();
    let settings = Tree { max_depth: 4, max_leaves: 8, min_samples_leaf: (rows / 20).max(3), ..Tree::default() };
    let mut tree = settings.build(&Problem::flat(features, task, rows, seed));
    while !tree.tick(Rows::new(known.view(), &targets)).finished {}
    let mut answers = vec![0.0; 2 * asked.nrows()];
    tree.predict(asked.view(), &mut answers);
    answers.chunks_exact(2).map(|answer| f64::from(answer[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::prepare::Prepare;
    use crate::data::split::{Order, Split};
    use crate::data::{Data, NoFiles};
    use std::sync::Arc;

    fn ready(table: Table, split: &Split, seed: u32) -> Ready {
        Prepare::default().ready(&Arc::new(table), split, seed).unwrap()
    }

    fn moons() -> Table {
        Data::all().into_iter().find(|data| data.name() == "moons").unwrap().part().load(1, &NoFiles).unwrap()
    }

    #[test]
    fn rows_that_are_dealt_out_are_alike_but_for_rare_alarms() {
        let alarms: usize = (0..40)
            .map(|seed| compare(&ready(moons(), &Split::default(), seed), seed))
            .map(|found| found.iter().filter(|part| part.differs).count())
            .sum();
        assert!(alarms <= 8, "{alarms} of 80 parts");
    }

    #[test]
    fn rows_that_are_sorted_before_they_are_cut_are_not() {
        let table = moons();
        let mut order: Vec<usize> = (0..table.rows()).collect();
        order.sort_by(|&a, &b| table.inputs[(a, 0)].total_cmp(&table.inputs[(b, 0)]));
        let sorted = crate::data::clean::rows_of(&table, &order);
        let found = compare(&ready(sorted, &Split { order: Order::Time, ..Split::default() }, 1), 1);
        for part in &found {
            assert!(part.differs && part.columns[0].differs && part.columns[0].p < 1e-6 && part.auc > 0.9, "{part:?}");
            assert!(part.columns[0].psi > 5.0 * part.columns[0].psi_by_chance, "{part:?}");
        }
        assert_eq!(found[0].columns.last().unwrap().name, "class");
        assert_eq!(found[1].columns.len(), 2, "the test part's target stays unseen");
    }

    #[test]
    fn a_difference_that_no_column_shows_is_found_by_the_model() {
        // Both parts fill the square evenly in x and in y, but one lies along one diagonal and one along the other.
        let mut stream = random::stream(1, "diagonals");
        let mut points = Vec::new();
        for row in 0..600 {
            let (x, side) = (random::uniform(&mut stream, -1.0, 1.0), if row < 400 { 1.0 } else { -1.0 });
            points.push([x, side * x]);
        }
        let table = Table::plane(points, (0..600).map(|row| row % 2).collect(), 2);
        let found = compare(&ready(table, &Split { order: Order::Time, validation: 1.0 / 3.0, test: 0.0, ..Split::default() }, 1), 1);
        assert!(found[0].differing == 0 && found[0].auc > 0.65 && found[0].auc_p < 1e-6 && found[0].differs, "{found:?}");
    }
}
