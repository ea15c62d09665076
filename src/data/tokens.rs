//! Rows of symbols, as numbers that are names: small questions for embeddings and attention.
//!
//! In none of them a single place tells the class, and every class has the same length. Unbalanced brackets are as many as balanced ones and
//! differ in their order alone; "again" has its symbol once more or not at all.

use super::steps;
use crate::config::{Issue, Message, Nothing};
use crate::data::{Files, Shape, Source, Table};
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Tokens | 词元
///
/// Sequences of symbols, and a question about each. | 由符号组成的序列，对每个序列提一个问题。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "token"))]
pub struct Tokens {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Share of the symbols that are replaced by a random one once the target is settled. | 目标确定之后，被换成随机符号的比例。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Steps | 步数
    ///
    /// Symbols in a sequence. | 每个序列的符号数。
    #[schemars(range(min = 4, max = 64), extend("x-scale" = "log"))]
    pub steps: usize,
    /// Question | 问题
    ///
    /// What is to be told of a sequence. | 要判断序列的什么性质。
    pub question: Question,
}

impl Default for Tokens {
    fn default() -> Self {
        Tokens { samples: 500, noise: 0.0, steps: 12, question: Question::default() }
    }
}

/// Question | 问题
///
/// What is to be told of a sequence. | 要判断序列的什么性质。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Brackets | 括号
    ///
    /// Does every bracket that opens close again? | 每个左括号是否都有对应的右括号？
    Brackets(Nothing),
    /// Most frequent symbol | 最常见的符号
    ///
    /// Which symbol occurs most often? | 哪个符号出现得最多？
    Most(Most),
    /// Again | 再次出现
    ///
    /// Does the first symbol occur again? | 第一个符号是否再次出现？
    Again(Again),
}

impl Default for Question {
    fn default() -> Self {
        Question::Most(Most::default())
    }
}

/// Most frequent symbol | 最常见的符号
///
/// Which symbol occurs most often? | 哪个符号出现得最多？
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Most {
    /// Symbols | 符号数
    ///
    /// How many different ones there are; each is a class. | 不同符号的个数；每个符号为一类。
    #[schemars(range(min = 2, max = 12))]
    pub symbols: usize,
}

impl Default for Most {
    fn default() -> Self {
        Most { symbols: 4 }
    }
}

/// Again | 再次出现
///
/// Does the first symbol occur again? | 第一个符号是否再次出现？
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Again {
    /// Symbols | 符号数
    ///
    /// How many different ones there are. | 不同符号的个数。
    #[schemars(range(min = 3, max = 12))]
    pub symbols: usize,
}

impl Default for Again {
    fn default() -> Self {
        Again { symbols: 6 }
    }
}

/// Of brackets: between them, and they themselves.
const DOT: usize = 0;
const OPEN: usize = 1;
const CLOSE: usize = 2;

impl Question {
    fn symbols(&self) -> Vec<String> {
        let letters = |count: usize| (b'A'..).take(count).map(|letter| char::from(letter).to_string()).collect();
        match self {
            Question::Brackets(_) => ["·", "(", ")"].map(String::from).to_vec(),
            Question::Most(Most { symbols }) | Question::Again(Again { symbols }) => letters(*symbols),
        }
    }

    /// Names of the classes, and what they are called where those are words.
    fn classes(&self) -> (Vec<String>, Vec<Message>) {
        match self {
            Question::Brackets(_) => {
                (vec!["unbalanced".into(), "balanced".into()], vec![message!("unbalanced", "不配对"), message!("balanced", "配对")])
            }
            Question::Most(_) => (self.symbols(), Vec::new()),
            Question::Again(_) => (vec!["no".into(), "yes".into()], vec![message!("no", "否"), message!("yes", "是")]),
        }
    }

    /// A row of this class.
    fn row(&self, stream: &mut Stream, steps: usize, label: usize) -> Vec<usize> {
        match *self {
            Question::Brackets(_) => brackets(stream, steps, label == 1),
            Question::Most(Most { symbols }) => loop {
                let mut row: Vec<usize> = (0..steps).map(|_| random::below(stream, symbols)).collect();
                let counts: Vec<usize> = (0..symbols).map(|symbol| row.iter().filter(|&&other| other == symbol).count()).collect();
                let most = *counts.iter().max().expect("there are symbols");
                let first = counts.iter().position(|&count| count == most).expect("one has most");
                // The winner changes names with the symbol that was asked for.
                if counts.iter().filter(|&&count| count == most).count() == 1 {
                    row.iter_mut().for_each(|symbol| {
                        if *symbol == first {
                            *symbol = label;
                        } else if *symbol == label {
                            *symbol = first;
                        }
                    });
                    break row;
                }
            },
            Question::Again(Again { symbols }) => {
                let first = random::below(stream, symbols);
                let mut row: Vec<usize> = (0..steps).map(|_| (first + 1 + random::below(stream, symbols - 1)) % symbols).collect();
                let place = 1 + random::below(stream, steps - 1);
                row[0] = first;
                if label == 1 {
                    row[place] = first;
                }
                row
            }
        }
    }
}

/// As many that open as that close, with dots anywhere between.
fn brackets(stream: &mut Stream, steps: usize, balanced: bool) -> Vec<usize> {
    let least = steps.div_ceil(4);
    let pairs = least + random::below(stream, steps / 2 - least + 1);
    let mut order: Vec<usize> = (0..2 * pairs).map(|at| if at < pairs { OPEN } else { CLOSE }).collect();
    random::shuffle(stream, &mut order);
    while !balanced && closes(&order) {
        random::shuffle(stream, &mut order);
    }
    if balanced {
        // Of the cyclic shifts of an order with one more that opens exactly one never falls back to zero (the cycle lemma, Dvoretzky and Motzkin
        // 1947); without its first bracket it closes. So all balanced orders are equally likely.
        order.insert(random::below(stream, 2 * pairs + 1), OPEN);
        let start = lowest(&order);
        order.rotate_left(start);
        order.remove(0);
    }
    let mut places: Vec<usize> = (0..steps).collect();
    random::shuffle(stream, &mut places);
    places.truncate(2 * pairs);
    places.sort_unstable();
    let mut row = vec![DOT; steps];
    places.into_iter().zip(order).for_each(|(place, bracket)| row[place] = bracket);
    row
}

/// The place after the last one at which the fewest are open.
fn lowest(order: &[usize]) -> usize {
    let (mut open, mut least, mut start) = (0_i32, i32::MAX, 0);
    for (at, &bracket) in order.iter().enumerate() {
        open += if bracket == OPEN { 1 } else { -1 };
        if open <= least {
            (least, start) = (open, at + 1);
        }
    }
    start % order.len()
}

/// True where every bracket that opens closes, and none before it opened.
fn closes(row: &[usize]) -> bool {
    let mut open = 0;
    row.iter().all(|&symbol| {
        open += i32::from(symbol == OPEN) - i32::from(symbol == CLOSE);
        open >= 0
    }) && open == 0
}

impl Source for Tokens {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let (mut stream, mut noise) = (random::stream(seed, "data/tokens"), random::stream(seed, "data/noise"));
        let symbols = self.question.symbols();
        let (classes, titles) = self.question.classes();
        let labels: Vec<usize> = (0..self.samples).map(|row| row % classes.len()).collect();
        let mut inputs = Vec::with_capacity(self.samples * self.steps);
        for &label in &labels {
            for symbol in self.question.row(&mut stream, self.steps, label) {
                let replaced = random::uniform(&mut noise, 0.0, 1.0) < self.noise as f32;
                let other = random::below(&mut noise, symbols.len());
                inputs.push(if replaced { other } else { symbol } as f32);
            }
        }
        let shape = Shape::Tokens { steps: self.steps, vocabulary: symbols.len() };
        Ok(Table { titles, symbols, ..Table::shaped(shape, inputs, labels, steps(self.steps), classes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    fn load(question: Question, steps: usize, noise: f64) -> (Table, Vec<Vec<usize>>) {
        let table = Tokens { samples: 600, noise, steps, question }.load(3, &NoFiles).unwrap();
        let rows = table.inputs.rows().into_iter().map(|row| row.iter().map(|&symbol| symbol as usize).collect()).collect();
        (table, rows)
    }

    #[test]
    fn the_answers_are_right() {
        for steps in [4, 5, 12, 63] {
            let (table, rows) = load(Question::Brackets(Nothing {}), steps, 0.0);
            for (row, &label) in rows.iter().zip(&table.targets) {
                assert_eq!(closes(row), label == 1.0, "{row:?}");
                let count = |bracket| row.iter().filter(|&&symbol| symbol == bracket).count();
                assert!(count(OPEN) == count(CLOSE) && count(OPEN) > 0, "only the order tells: {row:?}");
            }
            for symbols in [2, 4, 12] {
                let (table, rows) = load(Question::Most(Most { symbols }), steps, 0.0);
                for (row, &label) in rows.iter().zip(&table.targets) {
                    let count = |symbol| row.iter().filter(|&&other| other == symbol).count();
                    let label = label as usize;
                    assert!((0..symbols).all(|other| other == label || count(other) < count(label)), "{row:?} {label}");
                }
                let symbols = symbols.max(3);
                let (table, rows) = load(Question::Again(Again { symbols }), steps, 0.0);
                for (row, &label) in rows.iter().zip(&table.targets) {
                    assert_eq!(row[1..].iter().filter(|&&symbol| symbol == row[0]).count(), label as usize, "{row:?}");
                    assert!(row.iter().all(|&symbol| symbol < symbols));
                }
            }
        }
    }

    #[test]
    fn all_balanced_orders_are_equally_likely() {
        let mut stream = random::stream(1, "t");
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..15_000 {
            let row: Vec<usize> = brackets(&mut stream, 6, true).into_iter().filter(|&symbol| symbol != DOT).collect();
            if row.len() == 6 {
                *seen.entry(row).or_insert(0) += 1;
            }
        }
        assert_eq!(seen.len(), 5, "five orders of three pairs");
        let total: usize = seen.values().sum();
        assert!(seen.values().all(|&count| count.abs_diff(total / 5) < total / 40), "{seen:?}");
    }

    #[test]
    fn no_place_alone_tells_the_class() {
        let (table, rows) = load(Question::Again(Again::default()), 12, 0.0);
        for place in 0..12 {
            for symbol in 0..6 {
                let share = |label: f32| {
                    let of = rows.iter().zip(&table.targets).filter(|(_, target)| **target == label);
                    of.filter(|(row, _)| row[place] == symbol).count() as f64 / 300.0
                };
                assert!((share(0.0) - share(1.0)).abs() < 0.13, "symbol {symbol} at {place}: {} and {}", share(0.0), share(1.0));
            }
        }
    }

    #[test]
    fn noise_replaces_its_share_and_keeps_the_answers() {
        let (clean, before) = load(Question::Most(Most { symbols: 4 }), 12, 0.0);
        let (noisy, after) = load(Question::Most(Most { symbols: 4 }), 12, 0.4);
        assert_eq!(clean.targets, noisy.targets);
        let changed = before.concat().iter().zip(after.concat()).filter(|(before, after)| *before != after).count();
        // A quarter of those replaced get their own symbol again.
        assert!((changed as f64 / 7200.0 - 0.3).abs() < 0.02, "{changed}");
    }
}
