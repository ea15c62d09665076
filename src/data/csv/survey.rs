//! What the columns of a file hold, found out from all of their cells in one pass: numbers and how they are written, dates and in which order, words, gaps,
//! and which columns but number or name the rows.

use super::date::{self, ORDERS, Order};
use super::number::{self, Mark, SHAPES, Shape};
use super::settings::{Column, DateOrder, Decimal, Holds, Role, Separator};

/// Different spellings of units that are counted in one column.
const AFFIXES: usize = 6;
/// Examples that are kept of a column.
const EXAMPLES: usize = 5;
/// Rows that are looked at for them.
const LOOKED: usize = 1000;
/// Rows from which on columns are taken for names of rows or free text.
const FEW: usize = 20;
/// Cells of a column whose spellings are told apart: as many rows tell whether it names each.
const HASHED: usize = 1 << 16;
/// Characters that a cell of free text has on average, at least.
const LONG: usize = 32;

/// What a cell is, apart from anything else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look<'a> {
    Gap,
    Number(number::Written<'a>),
    Infinite,
    Date(date::Written),
    Text,
}

/// A cell without what surrounds it. Most have nothing around them, which two bytes tell.
pub fn trimmed(cell: &[u8]) -> &str {
    let text = std::str::from_utf8(cell).unwrap_or_default();
    match cell {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// Marks for "no value".
#[derive(Clone, Debug)]
pub struct Gaps {
    pub marks: Vec<String>,
    /// One of them might be a number, so that they have to be looked for first.
    first: bool,
    /// Bytes that the longest has.
    longest: usize,
}

impl Gaps {
    pub fn new(marks: &[String]) -> Self {
        let marks: Vec<String> = marks.iter().map(|mark| mark.trim().to_string()).collect();
        let first = marks.iter().any(|mark| number::look(mark).is_some());
        let longest = marks.iter().map(String::len).max().unwrap_or(0);
        Gaps { marks, first, longest }
    }

    /// True where a cell that is a number may be a mark all the same.
    pub fn may_be_numbers(&self) -> bool {
        self.first
    }

    /// Which mark a trimmed cell is; empty cells are none of the list.
    pub fn which(&self, cell: &str) -> Option<usize> {
        if cell.len() > self.longest { None } else { self.marks.iter().position(|mark| mark == cell) }
    }

    /// A mark in large or small letters: among numbers and dates there is nothing else that it could be.
    pub fn alike(&self, cell: &str) -> bool {
        cell.len() <= self.longest && self.marks.iter().any(|mark| mark.eq_ignore_ascii_case(cell))
    }

    /// What a trimmed cell is.
    pub fn look<'a>(&self, cell: &'a str) -> Look<'a> {
        if cell.is_empty() || (self.first && self.which(cell).is_some()) {
            return Look::Gap;
        }
        if let Some(written) = number::look(cell) {
            return Look::Number(written);
        }
        if self.which(cell).is_some() {
            return Look::Gap;
        }
        if infinite(cell) {
            return Look::Infinite;
        }
        date::look(cell).map_or(Look::Text, Look::Date)
    }
}

/// `inf`, as programs write it.
fn infinite(cell: &str) -> bool {
    let word = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("infinity")
}

/// A spelling of numbers and how often each shape occurs.
#[derive(Clone, Debug, Default)]
struct Affix {
    prefix: String,
    suffix: String,
    shapes: [usize; SHAPES],
}

impl Affix {
    fn count(&self) -> usize {
        self.shapes.iter().sum()
    }
}

/// What one column was found to have.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub rows: usize,
    pub empty: usize,
    /// Cells of each mark.
    pub marks: Vec<usize>,
    pub infinite: usize,
    pub texts: usize,
    /// The first without anything around it.
    affixes: Vec<Affix>,
    orders: [usize; ORDERS],
    /// Cells with a date and a time.
    timed: usize,
    /// Numbers of the cells' spellings, to tell how many there are.
    hashes: Vec<u64>,
    /// Texts that are a mark in other letters.
    alike: usize,
    /// Numbers that are not whole.
    fractions: usize,
    /// Whether hashes of numbers are kept as well.
    every: bool,
    /// The last whole number, and whether each so far was the one before and one more.
    last: Option<i64>,
    in_step: bool,
    began: i64,
    /// Letters and words of texts.
    letters: usize,
    blanks: usize,
    /// Bytes of the longest of them.
    longest: usize,
    pub examples: Vec<String>,
}

impl Tally {
    /// `every` to find out how many different cells there are also among numbers.
    pub fn new(marks: usize, every: bool) -> Self {
        Tally { marks: vec![0; marks], affixes: vec![Affix::default()], every, in_step: true, ..Tally::default() }
    }

    /// Takes a trimmed cell.
    pub fn add(&mut self, cell: &str, gaps: &Gaps) {
        self.rows += 1;
        let look = gaps.look(cell);
        if self.examples.len() < EXAMPLES
            && self.rows <= LOOKED
            && look != Look::Gap
            && !self.examples.iter().any(|example| example == cell)
        {
            self.examples.push(cell.chars().take(60).collect());
        }
        match look {
            Look::Gap => {
                match gaps.which(cell) {
                    Some(mark) if !cell.is_empty() => self.marks[mark] += 1,
                    _ => self.empty += 1,
                }
                self.in_step = false;
                return;
            }
            Look::Number(written) => {
                self.count(&written);
                if self.in_step {
                    self.step(cell);
                }
                if self.every {
                    self.fractions += usize::from(written.is_fraction());
                    self.keep(cell);
                }
                return;
            }
            Look::Infinite => self.infinite += 1,
            Look::Date(written) => {
                self.orders[written.order as usize] += 1;
                self.timed += usize::from(written.order != Order::Clock && written.seconds.is_some());
            }
            Look::Text => {
                self.texts += 1;
                self.alike += usize::from(gaps.alike(cell));
                self.longest = self.longest.max(cell.len());
                self.letters += cell.chars().count();
                self.blanks += cell.bytes().filter(|byte| *byte == b' ').count();
            }
        }
        self.in_step = false;
        self.keep(cell);
    }

    /// Keeps what tells this spelling from others.
    fn keep(&mut self, cell: &str) {
        if self.hashes.len() < HASHED {
            self.hashes.push(hash(cell));
        }
    }

    fn count(&mut self, written: &number::Written) {
        let known = self.affixes.iter().position(|affix| affix.prefix == written.prefix && affix.suffix == written.suffix);
        let at = match known {
            Some(at) => at,
            None if self.affixes.len() == AFFIXES => {
                self.texts += 1;
                return;
            }
            None => {
                let (prefix, suffix) = (written.prefix.to_string(), written.suffix.to_string());
                self.affixes.push(Affix { prefix, suffix, ..Affix::default() });
                self.affixes.len() - 1
            }
        };
        self.affixes[at].shapes[written.shape as usize] += 1;
    }

    fn step(&mut self, cell: &str) {
        let value = cell.parse::<i64>().ok();
        match (value, self.last) {
            (Some(value), None) => (self.last, self.began) = (Some(value), value),
            (Some(value), Some(last)) if value == last.wrapping_add(1) => self.last = Some(value),
            _ => self.in_step = false,
        }
    }

    /// Cells that are not gaps.
    pub fn filled(&self) -> usize {
        self.rows - self.missing()
    }

    pub fn missing(&self) -> usize {
        self.empty + self.marks.iter().sum::<usize>()
    }

    pub fn numbers(&self) -> usize {
        self.affixes.iter().map(Affix::count).sum()
    }

    fn dates(&self) -> usize {
        self.orders.iter().sum()
    }

    /// The spelling that most numbers have.
    fn usual(&self) -> &Affix {
        // Of two as frequent the one without anything around it.
        let most = self.affixes.iter().map(Affix::count).max().unwrap_or(0);
        self.affixes.iter().find(|affix| affix.count() == most).expect("there is one")
    }

    /// Cells that allow one decimal mark and not the other: a point, a comma.
    pub fn certain(&self) -> [usize; 2] {
        let of = |shapes: &[Shape]| shapes.iter().map(|shape| self.usual().shapes[*shape as usize]).sum();
        [of(&[Shape::Point, Shape::CommaThousands]), of(&[Shape::Comma, Shape::PointThousands])]
    }

    /// Cells that are one thing with a decimal point and another with a comma.
    fn open(&self) -> [usize; 2] {
        [Shape::PointOrThousands, Shape::CommaOrThousands].map(|shape| self.usual().shapes[shape as usize])
    }

    /// How many different cells there are among the first of them; only of words, unless every cell was to be counted.
    pub fn distinct(&self) -> usize {
        let mut hashes = self.hashes.clone();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.len()
    }

    /// The same where every cell was counted, numbers too; none where nobody knows.
    pub fn spellings(&self) -> Option<usize> {
        (self.every || self.numbers() == 0).then(|| self.distinct())
    }

    /// Bytes of the longest text.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// True where the cells can be read as numbers.
    pub fn is_amount(&self) -> bool {
        self.numbers() > 0 && self.is_measured()
    }

    /// True where nearly all cells are numbers, so that others are slips.
    pub fn is_measured(&self) -> bool {
        let cells = self.filled() - if self.numbers() > 0 { self.alike } else { 0 };
        self.usual().count() * 10 >= cells * 9
    }

    /// True where no number has a fraction.
    pub fn is_whole(&self) -> bool {
        self.fractions == 0
    }

    /// True where sentences stand in it.
    fn is_text(&self, held: Holds) -> bool {
        match held {
            Holds::Text => true,
            Holds::Auto => {
                let long = self.letters > LONG * self.texts && self.blanks > 3 * self.texts;
                self.texts * 2 > self.filled() && self.rows >= FEW && long && self.distinct() * 2 > self.hashes.len()
            }
            _ => false,
        }
    }
}

/// FNV-1a, 64 bits: the spellings of a column are only to be told apart.
fn hash(cell: &str) -> u64 {
    cell.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// How cells of numbers are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    pub mark: Mark,
    pub prefix: String,
    pub suffix: String,
}

/// How cells of dates are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dates {
    pub order: Order,
    pub epoch: bool,
    /// Some cells have a time.
    pub timed: bool,
}

/// How the cells of a column are read.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    Numbers(Numbers),
    Dates(Dates),
    Words,
    Text,
    /// There is no cell but gaps.
    Empty,
}

impl Way {
    pub fn kind(&self) -> Holds {
        match self {
            Way::Numbers(_) => Holds::Number,
            Way::Dates(_) => Holds::Date,
            Way::Words => Holds::Word,
            Way::Text => Holds::Text,
            Way::Empty => Holds::Auto,
        }
    }
}

/// Why a column is read as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    Said,
    /// Most cells are.
    Most,
    /// Cells could be read in two ways; others of the file decided.
    Others,
    /// Cells could be read in two ways; nothing decided.
    Ambiguous,
    Empty,
    /// Long and different in most rows.
    Long,
}

/// What the whole file is like.
#[derive(Clone, Copy, Debug)]
pub struct Habit {
    pub separator: Separator,
    /// Cells of all columns that allow only a decimal point, only a comma.
    pub certain: [usize; 2],
    pub decimal: Decimal,
    /// Dates of all columns that have the day first, the month first.
    pub orders: [usize; 2],
}

impl Habit {
    pub fn of(tallies: &[&Tally], separator: Separator, decimal: Decimal) -> Self {
        let sum = |of: &dyn Fn(&Tally) -> usize| tallies.iter().map(|tally| of(tally)).sum();
        Habit {
            separator,
            decimal,
            certain: [sum(&|tally| tally.certain()[0]), sum(&|tally| tally.certain()[1])],
            orders: [sum(&|tally| tally.orders[Order::DayFirst as usize]), sum(&|tally| tally.orders[Order::MonthFirst as usize])],
        }
    }

    /// The mark that other columns tell.
    fn mark(&self) -> Option<Mark> {
        match self.certain {
            [0, 0] => None,
            [point, comma] if point >= comma => Some(Mark::Point),
            _ => Some(Mark::Comma),
        }
    }
}

/// How a column is read, and why.
pub fn way(tally: &Tally, said: &Column, habit: &Habit) -> (Way, Because) {
    // `na` may be a word among words; among numbers and dates it is a gap.
    let (numbers, dates, texts) = (tally.usual().count(), tally.dates(), tally.texts - tally.alike);
    let texts = if numbers + dates == 0 { tally.texts } else { texts };
    let others = tally.numbers() - numbers + texts;
    let why = if said.kind == Holds::Auto { Because::Most } else { Because::Said };
    match said.kind {
        Holds::Number => return numbers_of(tally, said, habit, why),
        Holds::Date => return dates_of(tally, said, habit, why),
        Holds::Word => return (Way::Words, why),
        Holds::Text => return (Way::Text, why),
        Holds::Auto => {}
    }
    if tally.filled() == 0 {
        return (Way::Empty, Because::Empty);
    }
    if said.date == DateOrder::Epoch {
        return dates_of(tally, said, habit, Because::Said);
    }
    // As before: numbers, unless more cells are words.
    // Of two units that are as frequent neither is a slip of the other.
    let bare = tally.usual().prefix.is_empty() && tally.usual().suffix.is_empty();
    if numbers + tally.infinite >= others + dates + usize::from(!bare) {
        return numbers_of(tally, said, habit, why);
    }
    if dates > others + numbers {
        return dates_of(tally, said, habit, why);
    }
    if tally.is_text(said.kind) { (Way::Text, Because::Long) } else { (Way::Words, why) }
}

fn numbers_of(tally: &Tally, said: &Column, habit: &Habit, why: Because) -> (Way, Because) {
    let usual = tally.usual();
    let [points, commas] = tally.open();
    let said_mark = match (said.decimal, habit.decimal) {
        (Decimal::Point, _) | (Decimal::Auto, Decimal::Point) => Some(Mark::Point),
        (Decimal::Comma, _) | (Decimal::Auto, Decimal::Comma) => Some(Mark::Comma),
        _ => None,
    };
    let (mark, why) = match (said_mark, tally.certain()) {
        (Some(mark), _) => (mark, Because::Said),
        (None, [0, 0]) if points + commas == 0 => (habit.mark().unwrap_or(Mark::Point), why),
        (None, [0, 0]) => match habit.mark() {
            Some(mark) => (mark, Because::Others),
            // Where a comma is the decimal mark, spreadsheets separate by semicolons.
            None if commas > 0 && points == 0 && habit.separator == Separator::Semicolon => (Mark::Comma, Because::Ambiguous),
            None => (Mark::Point, Because::Ambiguous),
        },
        (None, [point, comma]) => (if point >= comma { Mark::Point } else { Mark::Comma }, why),
    };
    (Way::Numbers(Numbers { mark, prefix: usual.prefix.clone(), suffix: usual.suffix.clone() }), why)
}

fn dates_of(tally: &Tally, said: &Column, habit: &Habit, why: Because) -> (Way, Because) {
    let of = |order: Order| tally.orders[order as usize];
    let whole = of(Order::Clock) * 2 > tally.dates();
    let (order, why) = match said.date {
        DateOrder::DayFirst => (Order::DayFirst, Because::Said),
        DateOrder::MonthFirst => (Order::MonthFirst, Because::Said),
        DateOrder::Epoch => (Order::YearFirst, Because::Said),
        DateOrder::Auto if whole => (Order::Clock, why),
        DateOrder::Auto if of(Order::DayFirst) + of(Order::MonthFirst) > 0 => {
            (if of(Order::DayFirst) >= of(Order::MonthFirst) { Order::DayFirst } else { Order::MonthFirst }, why)
        }
        DateOrder::Auto if of(Order::Either) == 0 => (Order::DayFirst, why),
        DateOrder::Auto => match habit.orders {
            [day, month] if day != month => (if day > month { Order::DayFirst } else { Order::MonthFirst }, Because::Others),
            // Decimal commas and semicolons are of countries that have the day first.
            _ if habit.mark() == Some(Mark::Comma) || habit.separator == Separator::Semicolon => (Order::DayFirst, Because::Ambiguous),
            _ => (Order::MonthFirst, Because::Ambiguous),
        },
    };
    let epoch = said.date == DateOrder::Epoch;
    (Way::Dates(Dates { order, epoch, timed: epoch || tally.timed > 0 }), why)
}

/// Why a column has its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    Said,
    /// The last of the columns that could be one.
    Last,
    Usual,
    /// It counts the rows, and is called as ids are.
    Counts,
    /// It counts the rows, but its name does not say why.
    MayCount,
    /// It is called as ids are, and no value occurs twice.
    Named,
    /// Nearly every row has a word of its own.
    Unique,
    Empty,
    Long,
}

/// What a column is for where nobody says it, apart from the target.
pub fn role(name: &str, at: usize, tally: &Tally, way: &Way) -> (Role, Since) {
    match way {
        // Where there is no row, nothing can be said against a column.
        Way::Empty if tally.rows == 0 => return (Role::Feature, Since::Usual),
        Way::Empty => return (Role::Ignore, Since::Empty),
        Way::Text => return (Role::Ignore, Since::Long),
        _ => {}
    }
    let filled = tally.filled();
    let counts = tally.in_step && matches!(tally.began, 0 | 1) && tally.rows >= FEW / 2;
    let called = is_id(name);
    if counts && called {
        return (Role::Id, Since::Counts);
    }
    if counts && at == 0 && !is_amount(name) {
        return (Role::Feature, Since::MayCount);
    }
    let different = |share: usize| tally.distinct() * 100 >= tally.hashes.len() * share;
    let whole = matches!(way, Way::Numbers(_)) && tally.usual().shapes[Shape::Whole as usize] == filled;
    if called && filled >= FEW / 2 && (whole || matches!(way, Way::Words)) && different(100) {
        return (Role::Id, Since::Named);
    }
    if matches!(way, Way::Words) && filled >= FEW && different(95) {
        return (Role::Id, Since::Unique);
    }
    (Role::Feature, Since::Usual)
}

/// Whether a column's name says that it names rows.
pub fn is_id(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let whole = [
        "id",
        "uuid",
        "guid",
        "index",
        "idx",
        "row",
        "rowid",
        "row number",
        "rownames",
        "nr",
        "no",
        "no.",
        "#",
        "number",
        "key",
        "num",
        "nummer",
        "numéro",
        "numero",
        "obs",
        "case",
        "record",
    ];
    let chinese = ["编号", "序号", "索引", "行号", "学号", "編號", "番号", "번호"];
    whole.contains(&name.as_str())
        || chinese.iter().any(|word| name.contains(word))
        || name.is_empty()
        || name.starts_with("unnamed:")
        || [" id", "_id", "-id", "_uuid", "_index", " index", "_no", "_nr"].iter().any(|end| name.ends_with(end))
        || name.starts_with("id_")
}

/// Names of amounts that may well count the rows: time passes in steps.
fn is_amount(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let words = [
        "x", "t", "time", "step", "steps", "day", "days", "week", "month", "year", "hour", "minute", "second", "seconds", "epoch", "date",
        "age", "时间", "日期", "天", "年", "月",
    ];
    words.contains(&name.as_str())
}

/// True where a column is likely to be asked for by how many different numbers it has: those that might be ids.
pub fn counts_every(name: &str, at: usize) -> bool {
    at == 0 || is_id(name)
}
