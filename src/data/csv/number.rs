//! Numbers as people write them: a decimal point or comma, thousands apart by commas, points, blanks or apostrophes, money, percents, units.
//!
//! A cell alone does not tell what `1,234` is. So cells are looked at first (`look`: which shape, whatever it means), a column's shapes are counted,
//! and once its decimal mark is known its cells are read (`Written::value`). Values are 64-bit numbers in the unit in which they stand: 45 % is 45.

/// What stands between whole and fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Point,
    Comma,
}

/// How the digits of a number are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `1234`, `1 234`, `1'234`
    Whole,
    /// `1.5`, `1,234.5`: the point can be nothing else than the decimal mark.
    Point,
    /// `1,5`, `1.234,5`
    Comma,
    /// `1.234`: a fraction or thousands.
    PointOrThousands,
    /// `1,234`
    CommaOrThousands,
    /// `1.234.567`: points are between thousands, so the decimal mark is a comma.
    PointThousands,
    /// `1,234,567`
    CommaThousands,
}

/// How many shapes there are.
pub const SHAPES: usize = 7;

impl Shape {
    /// Whether it can be read with this decimal mark.
    pub fn fits(self, mark: Mark) -> bool {
        match self {
            Shape::Whole | Shape::PointOrThousands | Shape::CommaOrThousands => true,
            Shape::Point | Shape::CommaThousands => mark == Mark::Point,
            Shape::Comma | Shape::PointThousands => mark == Mark::Comma,
        }
    }
}

/// A number as it stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written<'a> {
    /// `$`, `EUR`; empty for most.
    pub prefix: &'a str,
    /// `%`, `kg`, `€`; empty for most.
    pub suffix: &'a str,
    pub shape: Shape,
    digits: &'a str,
    negative: bool,
}

/// Signs of money, and codes that stand before numbers.
const MONEY: [&str; 22] =
    ["$", "€", "£", "¥", "￥", "₩", "₹", "₽", "₺", "฿", "R$", "US$", "HK$", "NT$", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "RMB", "Rs."];
/// The longest unit, in characters.
const LONGEST_UNIT: usize = 8;

impl Written<'_> {
    /// The value under this decimal mark; none where the shape does not allow it.
    pub fn value(&self, mark: Mark) -> Option<f64> {
        if !self.shape.fits(mark) {
            return None;
        }
        let plain = match self.shape {
            Shape::Whole | Shape::Point | Shape::PointOrThousands => mark == Mark::Point,
            _ => false,
        };
        let value = match self.digits.parse::<f64>() {
            Ok(value) if plain => value,
            _ => {
                let decimal = if mark == Mark::Point { '.' } else { ',' };
                let kept = |letter: char| match letter {
                    _ if letter == decimal => Some('.'),
                    '0'..='9' | 'e' | 'E' | '+' | '-' => Some(letter),
                    _ => None,
                };
                self.digits.chars().filter_map(kept).collect::<String>().parse().ok()?
            }
        };
        Some(if self.negative { -value } else { value })
    }
}

impl Written<'_> {
    /// True where something other than zeros stands behind a decimal mark. `1.234` counts as one.
    pub fn is_fraction(&self) -> bool {
        let bytes = self.digits.as_bytes();
        if matches!(self.shape, Shape::Whole | Shape::PointThousands | Shape::CommaThousands) {
            return bytes.iter().any(|byte| matches!(byte, b'e' | b'E'))
                && self.value(Mark::Point).is_some_and(|value| value.fract() != 0.0);
        }
        let mark = bytes.iter().rposition(|byte| matches!(byte, b'.' | b',')).unwrap_or(bytes.len());
        if bytes.iter().any(|byte| matches!(byte, b'e' | b'E')) {
            let read = if self.shape == Shape::Comma { Mark::Comma } else { Mark::Point };
            return self.value(read).is_some_and(|value| value.fract() != 0.0);
        }
        bytes[mark..].iter().any(|byte| matches!(byte, b'1'..=b'9'))
    }
}

/// The number that a trimmed cell is, if it is one.
pub fn look(cell: &str) -> Option<Written<'_>> {
    if let Some((shape, negative, from)) = bare(cell.as_bytes()) {
        return Some(Written { prefix: "", suffix: "", shape, digits: &cell[from..], negative });
    }
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    dressed(cell)
}

/// Sign and digits with nothing around them: shape, whether it is negative, and where the digits begin.
fn bare(cell: &[u8]) -> Option<(Shape, bool, usize)> {
    let from = usize::from(matches!(cell.first(), Some(b'+' | b'-')));
    let shape = shape(&cell[from..])?;
    Some((shape, cell[0] == b'-', from))
}

/// The shape of digits, marks between them and perhaps an exponent.
fn shape(digits: &[u8]) -> Option<Shape> {
    if !matches!(digits.first(), Some(b'0'..=b'9' | b'.' | b',')) {
        return None;
    }
    let (mut points, mut commas, mut others) = (0, 0, 0);
    let mut exponent = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' => points += 1,
            b',' => commas += 1,
            b' ' | b'\'' => others += 1,
            // A blank or an apostrophe of Unicode, of two or three bytes.
            0xC2 | 0xA0 | 0xE2 | 0x80 | 0xAF | 0x99 | 0x89 => others += 1,
            b'e' | b'E' => {
                exponent = Some(at);
                break;
            }
            _ => return None,
        }
    }
    let mantissa = match exponent {
        None => digits,
        Some(at) => {
            let power = &digits[at + 1..];
            let power = power.strip_prefix(b"+").or(power.strip_prefix(b"-")).unwrap_or(power);
            if power.is_empty() || !power.iter().all(u8::is_ascii_digit) || others > 0 || points + commas > 1 {
                return None;
            }
            &digits[..at]
        }
    };
    if !mantissa.iter().any(u8::is_ascii_digit) {
        return None;
    }
    if others > 0 {
        return spaced(std::str::from_utf8(mantissa).ok()?);
    }
    match (points, commas) {
        (0, 0) => Some(Shape::Whole),
        (1, 0) => Some(if exponent.is_none() && thousands(mantissa, b'.') { Shape::PointOrThousands } else { Shape::Point }),
        (0, 1) => Some(if exponent.is_none() && thousands(mantissa, b',') { Shape::CommaOrThousands } else { Shape::Comma }),
        (_, 0) => thousands(mantissa, b'.').then_some(Shape::PointThousands),
        (0, _) => thousands(mantissa, b',').then_some(Shape::CommaThousands),
        (1, _) if divided(mantissa, b'.', b',') => Some(Shape::Point),
        (_, 1) if divided(mantissa, b',', b'.') => Some(Shape::Comma),
        _ => None,
    }
}

/// True for groups of three digits behind a first one of one to three that is no zero: `0.123` is a fraction.
fn thousands(digits: &[u8], between: u8) -> bool {
    let mut groups = digits.split(|byte| *byte == between);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first[0] != b'0' && groups.all(|group| group.len() == 3)
}

/// Thousands before a decimal mark.
fn divided(digits: &[u8], decimal: u8, between: u8) -> bool {
    let at = digits.iter().position(|byte| *byte == decimal).unwrap_or_default();
    thousands(&digits[..at], between) && !digits[at..].contains(&between)
}

/// Thousands apart by blanks or apostrophes.
fn spaced(digits: &str) -> Option<Shape> {
    let between = |letter: char| matches!(letter, ' ' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '’');
    let (whole, fraction, shape) = match digits.split_once(['.', ',']) {
        None => (digits, "", Shape::Whole),
        Some((whole, fraction)) => (whole, fraction, if digits.contains('.') { Shape::Point } else { Shape::Comma }),
    };
    let mark = whole.chars().find(|letter| between(*letter))?;
    let groups: Vec<&str> = whole.split(mark).collect();
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let right = (1..=3).contains(&groups[0].len()) && !groups[0].starts_with('0') && groups[1..].iter().all(|group| group.len() == 3);
    (right && groups.iter().all(|group| all_digits(group)) && all_digits(fraction)).then_some(shape)
}

/// A number with a sign of money, a percent sign or a unit, or in parentheses, as bookkeepers write what is owed.
fn dressed(cell: &str) -> Option<Written<'_>> {
    let minus = |text: &str| text.starts_with(['-', '−', '–', '－']);
    let (inner, owed) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (cell, false),
    };
    let mut negative = owed;
    let sign = |text: &str| text.chars().next().filter(|letter| matches!(letter, '-' | '−' | '–' | '－' | '+')).map_or(0, char::len_utf8);
    let mut rest = inner;
    negative |= minus(rest);
    rest = rest[sign(rest)..].trim_start();
    let start = rest.find(|letter: char| letter.is_ascii_digit())?;
    // A point or comma before the first digit belongs to it.
    let start = start - usize::from(rest[..start].ends_with(['.', ',']) && !rest[..start].ends_with("Rs."));
    let (before, behind) = rest.split_at(start);
    let mut prefix = before.trim_end();
    if minus(prefix) || prefix.ends_with(['-', '−']) {
        let cut = prefix.trim_end_matches(['-', '−']).trim_end();
        if negative {
            return None;
        }
        (prefix, negative) = (cut, true);
    }
    if !prefix.is_empty() && !MONEY.contains(&prefix) {
        return None;
    }
    let end = digits_end(behind);
    let (digits, after) = behind.split_at(end);
    let suffix = after.trim();
    if !suffix.is_empty() && !(prefix.is_empty() && (is_unit(suffix) || MONEY.contains(&suffix))) {
        return None;
    }
    let shape = shape(digits.as_bytes())?;
    Some(Written { prefix, suffix, shape, digits, negative })
}

/// Where the digits with what stands between them end.
fn digits_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    let mut exponent = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' => end = at + 1,
            '.' | ',' => {
                // `3504.` is a number with a point at its end.
                if end == at {
                    end = at + 1;
                }
            }
            ' ' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '’' => {}
            'e' | 'E' if !exponent && end == at && follows_power(&bytes[at + 1..]) => exponent = true,
            '+' | '-' if exponent && matches!(bytes[at - 1], b'e' | b'E') => {}
            _ => break,
        }
    }
    end
}

fn follows_power(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"+").or(rest.strip_prefix(b"-")).unwrap_or(rest);
    rest.first().is_some_and(u8::is_ascii_digit)
}

/// A percent sign or a short word of a unit: `kg`, `m²`, `km/h`, `°C`.
fn is_unit(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    (first.is_alphabetic() || "%‰°µ".contains(first))
        && text.chars().count() <= LONGEST_UNIT
        && text.chars().all(|letter| letter.is_alphabetic() || "%‰°µ/·^²³⁻¹. ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        use Mark::{Comma, Point};
        let cases: [(&str, &str, Mark, Option<f64>); 47] = [
            ("plain", "12", Point, Some(12.0)),
            ("a sign", "-0.5", Point, Some(-0.5)),
            ("a sign that says nothing", "+1", Point, Some(1.0)),
            ("no zero before the point", ".5", Point, Some(0.5)),
            ("none behind it", "3504.", Point, Some(3504.0)),
            ("an exponent", "1e-3", Point, Some(1e-3)),
            ("an exponent behind a comma", "1,5e3", Comma, Some(1500.0)),
            ("a decimal comma", "20,05", Comma, Some(20.05)),
            ("it is none elsewhere", "20,05", Point, None),
            ("nor is a point where commas are", "20.05", Comma, None),
            ("thousands apart by a comma", "1,112", Point, Some(1112.0)),
            ("or a fraction", "1,112", Comma, Some(1.112)),
            ("thousands apart by a point", "1.112", Comma, Some(1112.0)),
            ("or a fraction", "1.112", Point, Some(1.112)),
            ("a leading zero is no thousand", "0.112", Comma, None),
            ("millions", "1,234,567", Point, Some(1_234_567.0)),
            ("millions by points", "1.234.567", Comma, Some(1_234_567.0)),
            ("never a number with two points", "1.234.567", Point, None),
            ("both marks", "1,234.5", Point, Some(1234.5)),
            ("both marks, the other way round", "1.234,5", Comma, Some(1234.5)),
            ("groups that are none", "12,34.5", Point, None),
            ("blanks", "1 112", Point, Some(1112.0)),
            ("blanks that do not break", "1\u{202f}112,5", Comma, Some(1112.5)),
            ("apostrophes", "1'112.5", Point, Some(1112.5)),
            ("percent stays as it stands", "45%", Point, Some(45.0)),
            ("a blank before it", "4,5 %", Comma, Some(4.5)),
            ("dollars", "$1,200.50", Point, Some(1200.5)),
            ("dollars owed", "-$5", Point, Some(-5.0)),
            ("dollars owed, the other way round", "$-5", Point, Some(-5.0)),
            ("euros", "1.200,50 €", Comma, Some(1200.5)),
            ("a code", "CHF 12.50", Point, Some(12.5)),
            ("a unit", "12 kg", Point, Some(12.0)),
            ("a unit of two", "12.5 km/h", Point, Some(12.5)),
            ("degrees", "5,3 °C", Comma, Some(5.3)),
            ("owed, as bookkeepers write it", "(1,200)", Point, Some(-1200.0)),
            ("a minus of Unicode", "−7.5", Point, Some(-7.5)),
            ("a word", "red", Point, None),
            ("a name with digits", "A123", Point, None),
            ("a version", "2.5.1", Point, None),
            ("a date", "1.2.2020", Comma, None),
            ("a time", "12:30", Point, None),
            ("a range", "1-2", Point, None),
            ("a place", "12 Main Street", Point, None),
            ("a mark alone", ".", Point, None),
            ("a sign alone", "-", Point, None),
            ("nothing", "", Point, None),
            ("two signs", "--5", Point, None),
        ];
        for (reason, cell, mark, expected) in cases {
            assert_eq!(look(cell).and_then(|written| written.value(mark)), expected, "{reason}: {cell:?}");
        }
    }

    #[test]
    fn what_stands_around_a_number_is_kept_apart() {
        for (cell, prefix, suffix) in
            [("12", "", ""), ("$5", "$", ""), ("5 €", "", "€"), ("7%", "", "%"), ("12 kg", "", "kg"), ("3e5", "", "")]
        {
            let written = look(cell).unwrap();
            assert_eq!((written.prefix, written.suffix), (prefix, suffix), "{cell}");
        }
    }
}
