//! How a file of rows is written: what separates its fields, whether quotes hold them together, which lines are comments or titles, whether the first
//! row is a header. What nobody said is guessed from the first lines, because the *rows* fit: van den Burg, Nazábal and Sutton 2019, "Wrangling Messy
//! CSV Files by Detecting Row and Type Patterns" (CleverCSV) – a separator is good when rows have equally many fields and the fields are numbers, dates,
//! words, not leftovers of them. Quotes that are never closed are looked for in the whole file: a reader would swallow every row behind one.

use super::settings::{Guess, Separator};
use super::{date, number};
use std::borrow::Cow;

/// Bytes and rows that guesses are made from.
const SAMPLE: usize = 1 << 18;
const SAMPLE_ROWS: usize = 200;
/// Lines that are in it, however long they are.
const LEAST_LINES: usize = 3;
/// Lines of titles at most, before the header.
const TITLES: usize = 40;
/// A file's separator, as it is written to when blanks separate.
const TAB: u8 = b'\t';

/// What is said about a file; what is not is guessed.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub separator: Separator,
    pub header: Guess,
    pub quotes: Guess,
    pub comments: Guess,
    /// Lines before the header.
    pub skip: Option<usize>,
    /// Words that mean that there is nothing.
    pub gaps: &'a [String],
}

/// How a file is written, and its rows in a form that a plain reader reads.
#[derive(Debug)]
pub struct Dialect<'a> {
    /// Everything behind the header; fields are separated by `separator` alone.
    pub rows: Cow<'a, [u8]>,
    /// Line of the file on which `rows` begin, from 1.
    pub line: u64,
    pub separator: Separator,
    pub why_separator: Why,
    pub quotes: bool,
    pub comments: bool,
    /// Lines that were left out before the header.
    pub skipped: usize,
    pub header: bool,
    pub why_header: Why,
    /// Names as the header has them, trimmed; of a file without one as many empty ones as it has columns.
    pub names: Vec<String>,
    /// The first column holds names of rows, and the header does not name it, as R writes tables.
    pub row_names: bool,
    /// Every row ends in a separator.
    pub trailing: bool,
}

/// Why something is taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Said,
    /// The file says so itself: `sep=;`.
    FirstLine,
    /// So many rows of a hundred have the same number of fields.
    Rows(usize),
    /// There is nothing to separate.
    Alone,
    /// Names stand over numbers or dates.
    NamesOverNumbers,
    /// What stands in the first row occurs again below.
    Recurs,
    /// Numbers stand in the first row as in those below.
    NumbersInFirst,
    /// Nothing in the first row occurs again.
    New,
    /// The first row counts: 0, 1, 2, …
    Counts,
}

/// A quote that was opened and not closed where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Line on which it was opened.
    pub line: u64,
    /// Line on which the next quote stands, in the middle of a cell or behind lines that look like rows.
    pub closed: Option<u64>,
}

impl Separator {
    /// The byte between fields, once blanks are one tab.
    pub fn byte(self) -> u8 {
        match self {
            Separator::Semicolon => b';',
            Separator::Pipe => b'|',
            Separator::Tab | Separator::Blanks => TAB,
            Separator::Auto | Separator::Comma => b',',
        }
    }
}

/// Line ends as a reader counts them: where a file has the single carriage returns of old Macs, they become line feeds.
pub fn lines(bytes: &[u8]) -> Cow<'_, [u8]> {
    let alone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    // The most frequent case first: no carriage returns at all.
    if !bytes.contains(&b'\r') || !(0..bytes.len()).any(alone) {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned((0..bytes.len()).map(|at| if alone(at) { b'\n' } else { bytes[at] }).collect())
}

/// How `text` (UTF-8, line feeds, something in it) is written.
pub fn sniff<'a>(text: &'a [u8], said: Said) -> Result<Dialect<'a>, Open> {
    let mut skipped = 0;
    let mut at = 0;
    let mut separator = said.separator;
    let mut why_separator = Why::Said;
    if let Some((named, length)) = first_line(text) {
        (at, skipped) = (length, 1);
        if separator == Separator::Auto {
            (separator, why_separator) = (named, Why::FirstLine);
        }
    }
    if let Some(lines) = said.skip {
        for _ in skipped..lines {
            at += next_line(&text[at..]);
        }
        skipped = skipped.max(lines);
    }
    let sample = sample(&text[at..]);
    let quotes = said.quotes != Guess::No;
    let hashes = sample.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"#"));
    if separator == Separator::Auto {
        (separator, why_separator) = best(sample, quotes, hashes, said.gaps);
    }
    let reading = Reading { separator, quotes };
    let plain = reading.plain(sample);
    let rows = reading.rows(&plain, false);
    let width = usual_width(rows.iter().filter(|row| !row.comment()).map(Row::width));
    // A line that begins with `#` and has as many fields as the others is a row like them.
    let comments = match said.comments {
        Guess::Yes => true,
        Guess::No => false,
        Guess::Auto => {
            hashes && rows.iter().filter(|row| row.comment()).any(|row| row.width() != width || width == 1 || row.starts_with("# "))
        }
    };
    let kept: Vec<&Row> = rows.iter().filter(|row| !(comments && row.comment())).collect();
    let titles = if said.skip.is_some() { 0 } else { titles(&kept, width) };
    let first = kept.get(titles);
    let body: Vec<&Row> = kept.iter().skip(titles + 1).copied().collect();
    // A commented header (numpy's savetxt): the last comment before the rows, with as many names as they have fields.
    let named = comments.then(|| commented_names(&rows, first.copied(), width, reading)).flatten();
    let mut dialect = Dialect {
        rows: Cow::Borrowed(&[]),
        line: 1,
        separator,
        why_separator,
        quotes,
        comments,
        skipped: 0,
        header: true,
        why_header: Why::Said,
        names: Vec::new(),
        row_names: false,
        trailing: false,
    };
    // Where the rows begin in the text: positions in the sample are those in the plain text, whose lines are the same.
    let mut start_line = first.map_or(0, |row| row.line);
    let first_cells = first.map_or(&[][..], |row| &row.cells[..]);
    let ends_empty = |rows: &[&Row]| rows.iter().all(|row| row.width() < width || row.cells.last().is_some_and(|cell| cell.is_empty()));
    let fitting = body.iter().filter(|row| row.width() == width).count();
    let short =
        first_cells.len() + 1 == width && fitting * 10 >= body.len() * 9 && fitting > 0 && first_cells.iter().all(|name| !name.is_empty());
    dialect.trailing = short && ends_empty(&body);
    let aligned: Vec<Vec<String>> = body
        .iter()
        .filter(|row| row.width() == width)
        .map(|row| row.cells.iter().skip(usize::from(short && !dialect.trailing)).cloned().collect())
        .collect();
    let (header, why) = match (said.header, named.is_some()) {
        (Guess::Yes, _) => (true, Why::Said),
        (Guess::No, _) => (false, Why::Said),
        (Guess::Auto, true) => (false, Why::NamesOverNumbers),
        (Guess::Auto, false) => is_header(first_cells, &aligned, said.gaps),
    };
    (dialect.header, dialect.why_header) = (header, why);
    if header {
        dialect.row_names = short && !dialect.trailing;
        dialect.names = first_cells.to_vec();
        // `a,b,c,` over rows without the last separator.
        if dialect.names.len() == width + 1 && dialect.names.last().is_some_and(String::is_empty) && fitting * 10 >= body.len() * 9 {
            dialect.names.pop();
        }
        start_line = first.map_or(0, |row| row.end);
    } else {
        dialect.trailing = false;
        dialect.names = match named {
            Some(names) => {
                dialect.header = true;
                names
            }
            None => vec![String::new(); width],
        };
    }
    let begin = at + offset(&text[at..], start_line);
    dialect.line = 1 + count_lines(&text[..begin]);
    dialect.skipped = skipped + first.map_or(0, |row| row.line)
        - rows.iter().filter(|row| comments && row.comment() && first.is_some_and(|first| row.line < first.line)).count();
    if quotes && text.contains(&b'"') {
        let given = dialect.names.len() + usize::from(dialect.row_names) + usize::from(dialect.trailing);
        let lenient = said.quotes == Guess::Yes;
        closed(&text[begin..], dialect.line, separator, dialect.comments, (!lenient).then_some(given))?;
    }
    dialect.rows = reading.plain(&text[begin..]);
    Ok(dialect)
}

/// The separator that a spreadsheet wrote into the first line for itself, and the length of that line.
fn first_line(text: &[u8]) -> Option<(Separator, usize)> {
    let length = next_line(text);
    let line = text[..length].trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (start, mark) = line.split_at_checked(4)?;
    let separator = match mark {
        b"," => Separator::Comma,
        b";" => Separator::Semicolon,
        b"|" => Separator::Pipe,
        // The end of the line was trimmed.
        b"\t" | b"" => Separator::Tab,
        _ => return None,
    };
    start.eq_ignore_ascii_case(b"sep=").then_some((separator, length))
}

/// Bytes up to and with the next line end.
fn next_line(text: &[u8]) -> usize {
    text.iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| at + 1)
}

/// Bytes before a line, counted from 0.
fn offset(text: &[u8], lines: usize) -> usize {
    (0..lines).fold(0, |at, _| at + next_line(&text[at..]))
}

fn count_lines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The beginning of the text, in whole lines.
fn sample(text: &[u8]) -> &[u8] {
    if text.len() <= SAMPLE {
        return text;
    }
    let cut = text[..SAMPLE].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    // Thousands of names fill a sample; the names are needed whole, and rows to compare them with.
    let whole = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(LEAST_LINES - 1).map_or(text.len(), |(at, _)| at + 1);
    &text[..cut.max(whole)]
}

/// A row of the sample.
#[derive(Debug)]
struct Row {
    /// Lines before it and up to its end, in the sample.
    line: usize,
    end: usize,
    cells: Vec<String>,
}

impl Row {
    fn width(&self) -> usize {
        self.cells.len()
    }

    fn comment(&self) -> bool {
        self.cells[0].starts_with('#')
    }

    fn starts_with(&self, start: &str) -> bool {
        self.cells[0].starts_with(start)
    }
}

/// One way to read a file.
#[derive(Clone, Copy)]
struct Reading {
    separator: Separator,
    quotes: bool,
}

impl Reading {
    /// The text with nothing but separators between fields: runs of blanks become one tab, and blanks before a quote go. Lines stay lines.
    fn plain(self, text: &[u8]) -> Cow<'_, [u8]> {
        let blanks = self.separator == Separator::Blanks;
        let separator = self.separator.byte();
        let spaced = |pair: &[u8]| pair[0] == separator && pair[1] == b' ';
        let before_quote = !blanks && self.quotes && text.windows(2).any(spaced) && blanks_before_quotes(text, separator);
        if !blanks && !before_quote {
            return Cow::Borrowed(text);
        }
        let mut plain = Vec::with_capacity(text.len());
        let (mut quoted, mut start) = (false, true);
        let mut at = 0;
        while at < text.len() {
            let byte = text[at];
            let blank = byte == b' ' || (blanks && byte == TAB);
            if quoted {
                quoted = byte != b'"';
            } else if blank && (blanks || start) {
                let end = at + text[at..].iter().take_while(|byte| **byte == b' ' || (blanks && **byte == TAB)).count();
                let next = text.get(end).copied();
                if blanks {
                    // Neither at the beginning of a line nor at its end.
                    if !start && !matches!(next, None | Some(b'\n' | b'\r')) {
                        plain.push(TAB);
                        start = true;
                    }
                } else if next == Some(b'"') {
                    // The quote opens the field.
                } else {
                    plain.extend_from_slice(&text[at..end]);
                    start = false;
                }
                at = end;
                if blanks && next == Some(b'"') {
                    start = true;
                }
                continue;
            } else if byte == b'"' && start && self.quotes {
                quoted = true;
            }
            start = byte == b'\n' || (!blanks && !quoted && byte == separator);
            plain.push(byte);
            at += 1;
        }
        Cow::Owned(plain)
    }

    /// The rows of a sample that is plain; blank lines are none.
    fn rows(self, plain: &[u8], comments: bool) -> Vec<Row> {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(self.quotes)
            .comment(comments.then_some(b'#'))
            .delimiter(self.separator.byte())
            .from_reader(plain);
        let mut record = ::csv::ByteRecord::new();
        let (mut rows, mut line, mut counted) = (Vec::new(), 0, 0);
        while rows.len() < SAMPLE_ROWS && reader.read_byte_record(&mut record).unwrap_or(false) {
            let from = record.position().map_or(0, ::csv::Position::byte) as usize;
            let from = from + plain[from..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            line += count_lines(&plain[counted..from]) as usize;
            let to = (reader.position().byte() as usize).max(from);
            counted = from;
            let end = line + (count_lines(&plain[from..to]) as usize).max(1);
            let cells: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_string()).collect();
            if cells.len() > 1 || !cells[0].is_empty() {
                rows.push(Row { line, end, cells });
            }
        }
        rows
    }
}

/// True where a separator, blanks and a quote follow each other.
fn blanks_before_quotes(text: &[u8], separator: u8) -> bool {
    let mut after = false;
    for pair in text.windows(2) {
        after = pair[0] == separator || (after && pair[0] == b' ');
        if after && pair[0] == b' ' && pair[1] == b'"' {
            return true;
        }
    }
    false
}

/// The separator with which rows fit best.
fn best(sample: &[u8], quotes: bool, hashes: bool, gaps: &[String]) -> (Separator, Why) {
    use Separator::{Blanks, Comma, Pipe, Semicolon, Tab};
    let mut found = (Comma, Why::Alone);
    let mut highest = 0.0;
    for separator in [Comma, Semicolon, Tab, Pipe, Blanks] {
        let reading = Reading { separator, quotes };
        let rows = reading.rows(&reading.plain(sample), hashes);
        let (score, share) = fit(&rows, separator, gaps);
        if score > highest {
            highest = score;
            found = (separator, if usual_width(rows.iter().map(Row::width)) == 1 { Why::Alone } else { Why::Rows(share) });
        }
    }
    if found.1 == Why::Alone { (Comma, Why::Alone) } else { found }
}

/// How well rows fit: CleverCSV's measure of patterns times the share of cells that are something. And how many of a hundred rows are of the usual width.
fn fit(rows: &[Row], separator: Separator, gaps: &[String]) -> (f64, usize) {
    let mut widths: Vec<usize> = rows.iter().map(Row::width).collect();
    if widths.is_empty() {
        return (0.0, 0);
    }
    let usual = usual_width(widths.iter().copied());
    let share = widths.iter().filter(|width| **width == usual).count() * 100 / widths.len();
    widths.sort_unstable();
    let same = widths.chunk_by(|a, b| a == b);
    let (mut kinds, mut pattern) = (0.0, 0.0);
    for widths in same {
        kinds += 1.0;
        pattern += widths.len() as f64 * (widths[0] as f64 - 1.0).max(1e-3) / widths[0] as f64;
    }
    let cells = rows.iter().flat_map(|row| &row.cells);
    let (mut known, mut all) = (0.0, 0.0);
    for cell in cells {
        all += 1.0;
        known += f64::from(u8::from(is_something(cell, separator, gaps)));
    }
    // Blanks separate words as well as fields: they have to fit without exception.
    let weight = if separator == Separator::Blanks && (usual < 2 || share < 90) { 0.0 } else { 1.0 };
    (weight * pattern / kinds * (known / all).max(1e-9), share)
}

/// True for a cell that is a number, a date, a gap or words, and not a piece of something or several of them.
fn is_something(cell: &str, separator: Separator, gaps: &[String]) -> bool {
    if cell.is_empty() || gaps.iter().any(|gap| gap == cell) {
        return true;
    }
    // Its own separator stands only within quotes.
    if cell.bytes().any(|byte| byte == separator.byte()) {
        return true;
    }
    if number::look(cell).is_some() || date::look(cell).is_some() {
        return true;
    }
    let first = cell.chars().next().unwrap_or(' ');
    let others = match separator {
        Separator::Blanks => &[',', ';', '|', '\t', '"'][..],
        _ => &[';', '|', '\t', '"'][..],
    };
    // A code such as `12-B` is a word; several numbers apart by blanks are none.
    let wordy = first.is_alphabetic() || "#_*+-/.<>=(&'".contains(first) || cell.chars().any(char::is_alphabetic);
    wordy && !cell.contains(others)
}

/// The number of fields that most rows have; of two as frequent the greater.
fn usual_width(widths: impl Iterator<Item = usize>) -> usize {
    let mut widths: Vec<usize> = widths.collect();
    widths.sort_unstable();
    widths.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), same[0])).map_or(0, |same| same[0])
}

/// How many rows at the top are titles and the like: they do not have the width of the others, or a single cell of them says something.
fn titles(rows: &[&Row], width: usize) -> usize {
    let title = |row: &Row| {
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        row.width() + 1 < width || (width > 2 && filled < 2) || (width == 2 && row.width() == 1)
    };
    let count = rows.iter().take_while(|row| title(row)).count();
    if count == 0 || count > TITLES || count + 1 >= rows.len() {
        return 0;
    }
    // R's header over two columns is one name.
    let names =
        width == 2 && count == 1 && rows[0].width() == 1 && rows[1].cells[0] == "1" && rows.get(2).is_none_or(|row| row.cells[0] == "2");
    if names { 0 } else { count }
}

/// The names in the last comment before the first row, if there are as many as it has fields.
fn commented_names(rows: &[Row], first: Option<&Row>, width: usize, reading: Reading) -> Option<Vec<String>> {
    let last = rows.iter().rfind(|row| row.comment() && first.is_none_or(|first| row.line < first.line))?;
    if rows.iter().any(|row| !row.comment() && row.line < last.line) {
        return None;
    }
    let mut names: Vec<String> = last.cells.clone();
    let bare = names[0].trim_start_matches('#').trim().to_string();
    if bare.is_empty() && reading.separator == Separator::Blanks {
        names.remove(0);
    } else {
        names[0] = bare;
    }
    let named = |name: &String| name.chars().any(char::is_alphabetic);
    (width > 1 && names.len() == width && names.iter().all(named)).then_some(names)
}

/// Whether the first row names the columns.
fn is_header(first: &[String], body: &[Vec<String>], gaps: &[String]) -> (bool, Why) {
    let is_gap = |cell: &str| cell.is_empty() || gaps.iter().any(|gap| gap == cell);
    let measured = |cell: &str| number::look(cell).is_some() || date::look(cell).is_some();
    let column = |at: usize| body.iter().filter_map(move |row| row.get(at).map(String::as_str)).filter(|cell| !is_gap(cell));
    let (mut names, mut values) = (0, 0);
    for (at, cell) in first.iter().enumerate().filter(|(_, cell)| !is_gap(cell)) {
        let (all, numbers) = (column(at).count(), column(at).filter(|cell| measured(cell)).count());
        if all > 0 && numbers * 2 > all {
            if measured(cell) { values += 1 } else { names += 1 }
        }
    }
    if names > 0 || values > 0 {
        if values > 0 && names == 0 && counts(first) && body.iter().filter(|row| counts(row)).count() * 2 < body.len().max(1) {
            return (true, Why::Counts);
        }
        return if names >= values { (true, Why::NamesOverNumbers) } else { (false, Why::NumbersInFirst) };
    }
    let filled = first.iter().filter(|cell| !is_gap(cell)).count();
    let again = first.iter().enumerate().filter(|(at, cell)| !is_gap(cell) && column(*at).any(|other| other == cell.as_str())).count();
    if again * 2 >= filled.max(1) && again > 0 { (false, Why::Recurs) } else { (true, Why::New) }
}

/// True for whole numbers in equal steps, as pandas names columns and tables name years; cells without a number are left aside.
fn counts(row: &[String]) -> bool {
    let numbers: Vec<i64> = row.iter().filter_map(|cell| cell.parse().ok()).collect();
    if row.iter().filter(|cell| number::look(cell).is_some()).count() > numbers.len() {
        return false;
    }
    let steps: Vec<i64> = numbers.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect();
    let year = |number: &i64| (1900..=2100).contains(number);
    // Any two numbers are a step apart.
    let likely = numbers.len() > 2 || numbers.iter().all(year) || (steps == [1] && matches!(numbers[0], 0 | 1));
    likely && !steps.is_empty() && steps[0] > 0 && steps.iter().all(|step| *step == steps[0])
}

/// Looks for a quote that is opened and not closed at the end of its cell, over all rows. `width`, where what looks like rows within quotes counts too.
fn closed(text: &[u8], line: u64, separator: Separator, comments: bool, width: Option<usize>) -> Result<(), Open> {
    let blanks = separator == Separator::Blanks;
    let mark = separator.byte();
    let separates = |byte: u8| if blanks { byte == b' ' || byte == TAB } else { byte == mark };
    let (mut at, mut line) = (0, line);
    let mut start = true;
    let mut line_start = true;
    while at < text.len() {
        let byte = text[at];
        if line_start && comments && byte == b'#' {
            at += next_line(&text[at..]);
            line += 1;
            continue;
        }
        line_start = byte == b'\n';
        line += u64::from(line_start);
        if byte != b'"' || !start {
            start = line_start || separates(byte) || (start && byte == b' ');
            at += 1;
            continue;
        }
        let opened = line;
        let (mut inner, mut like_rows, mut marks) = (0, 0, 0);
        at += 1;
        loop {
            match text.get(at) {
                None => return Err(Open { line: opened, closed: None }),
                Some(b'"') if text.get(at + 1) == Some(&b'"') => at += 2,
                Some(b'"') => break,
                Some(byte) => {
                    if *byte == b'\n' {
                        line += 1;
                        inner += 1;
                        // The first line is but the end of one.
                        like_rows += usize::from(inner > 1 && width == Some(marks + 1));
                        marks = 0;
                    }
                    marks += usize::from(separates(*byte));
                    at += 1;
                }
            }
        }
        at += 1;
        let behind = text[at..].iter().find(|byte| blanks || **byte != b' ');
        let ends = behind.is_none_or(|byte| separates(*byte) || matches!(byte, b'\n' | b'\r'));
        let rows = inner > 2 && like_rows + 1 == inner && width.is_some_and(|width| width > 1);
        if line > opened && (!ends || rows) {
            return Err(Open { line: opened, closed: Some(line) });
        }
        start = false;
    }
    Ok(())
}
