//! Dates and times as people write them, in days since 1970-01-01 and seconds of the day.
//!
//! As with numbers, a cell alone does not tell which of `3/4/2020` is the month: cells are looked at first, and once a column's order is known they are
//! read. Days are counted as in Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil and its inverse): thirty lines, where a crate for
//! calendars would be tens of kilobytes of wasm for what else it can do.

/// Which number of a date is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    YearFirst,
    DayFirst,
    MonthFirst,
    /// Day or month first: both are at most 12.
    Either,
    /// A time of the day alone.
    Clock,
}

/// How many orders there are.
pub const ORDERS: usize = 5;

/// A date as it stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    pub order: Order,
    /// Year, then the two others as they stand.
    parts: [i32; 3],
    /// Seconds since midnight, where a time is given; of UTC where it names its distance from it.
    pub seconds: Option<f64>,
}

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Days since 1970-01-01.
    pub days: i64,
    /// Seconds since midnight.
    pub seconds: f64,
}

pub const DAY: f64 = 86_400.0;

impl Moment {
    /// Days since 1970-01-01, with the part of the day that has passed.
    pub fn elapsed(self) -> f64 {
        self.days as f64 + self.seconds / DAY
    }

    /// So many seconds since 1970-01-01 (UTC).
    pub fn of_epoch(seconds: f64) -> Moment {
        let days = libm::floor(seconds / DAY);
        Moment { days: days as i64, seconds: seconds - days * DAY }
    }

    /// Year, month, day.
    pub fn civil(self) -> [i64; 3] {
        let days = self.days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let (day, month) = (day_of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
        [year_of_era + era * 400 + i64::from(month <= 2), month, day]
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    pub fn weekday(self) -> i64 {
        (self.days + 3).rem_euclid(7) + 1
    }
}

impl Written {
    /// The moment under this order of day and month; none where there is no such day.
    pub fn moment(&self, order: Order) -> Option<Moment> {
        let [year, a, b] = self.parts;
        let (month, day) = match (self.order, order) {
            (Order::Clock, Order::Clock) => return Some(Moment { days: 0, seconds: self.seconds? }),
            (Order::Clock, _) | (_, Order::Clock) => return None,
            (Order::YearFirst, _) => (a, b),
            (Order::DayFirst, Order::MonthFirst) | (Order::MonthFirst, Order::DayFirst) => return None,
            (Order::DayFirst, _) | (Order::Either, Order::DayFirst) => (b, a),
            _ => (a, b),
        };
        Some(Moment { days: days(year, month, day)?, seconds: self.seconds.unwrap_or(0.0) })
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, if there is such a day.
fn days(year: i32, month: i32, day: i32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let most = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let most = most.get(usize::try_from(month - 1).ok()?)?;
    if !(1..=*most).contains(&day) {
        return None;
    }
    let year = i64::from(year) - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date or time that a trimmed cell is, if it is one.
pub fn look(cell: &str) -> Option<Written> {
    // Cells that are long or have no digit first are mostly words; names of months come first in some dates.
    if cell.len() > 40 || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(seconds) = clock(cell) {
        return Some(Written { order: Order::Clock, parts: [0; 3], seconds: Some(seconds) });
    }
    let (date, time) = divide(cell);
    let seconds = match time {
        "" => None,
        time => Some(clock(time)?),
    };
    let (order, parts) = calendar(date)?;
    // A day that there is under some reading.
    let written = Written { order, parts, seconds };
    let readings: &[Order] = if order == Order::Either { &[Order::DayFirst, Order::MonthFirst] } else { &[order] };
    readings.iter().any(|order| written.moment(*order).is_some()).then_some(written)
}

/// A date of eight digits, `20200131`, which is a number unless the column is said to hold dates.
pub fn compact(cell: &str) -> Option<Written> {
    if cell.len() != 8 || !cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| cell[from..to].parse::<i32>().ok();
    let written = Written { order: Order::YearFirst, parts: [part(0, 4)?, part(4, 6)?, part(6, 8)?], seconds: None };
    written.moment(Order::YearFirst).map(|_| written)
}

/// What stands before the time, and the time.
fn divide(cell: &str) -> (&str, &str) {
    if let Some((date, time)) = cell.split_once('T')
        && date.ends_with(|letter: char| letter.is_ascii_digit())
        && time.starts_with(|letter: char| letter.is_ascii_digit())
    {
        return (date, time);
    }
    match cell.find(':') {
        None => (cell, ""),
        Some(colon) => cell[..colon].rfind([' ', '日']).map_or((cell, ""), |at| {
            let cut = at + if cell[at..].starts_with('日') { '日'.len_utf8() } else { 0 };
            (cell[..cut].trim(), cell[cut..].trim())
        }),
    }
}

/// `13:05`, `13:05:59.5`, `1:05 PM`, with `Z` or `+01:00` behind.
fn clock(text: &str) -> Option<f64> {
    if !text.contains(':') {
        return None;
    }
    let (text, afternoon) = match text.get(text.len().saturating_sub(2)..).map(str::to_ascii_lowercase).as_deref() {
        Some("am") => (text[..text.len() - 2].trim_end(), Some(false)),
        Some("pm") => (text[..text.len() - 2].trim_end(), Some(true)),
        _ => (text, None),
    };
    let text = text.strip_suffix('Z').or(text.strip_suffix(" UTC")).unwrap_or(text);
    let (text, away) = match text.rfind(['+', '-']).filter(|at| *at > 3) {
        None => (text, 0.0),
        Some(at) => {
            let (hours, minutes) = match text[at + 1..].split_once(':') {
                Some((hours, minutes)) => (hours, minutes),
                None if text.len() == at + 5 => text[at + 1..].split_at_checked(2)?,
                None => (&text[at + 1..], "0"),
            };
            let away = f64::from(part(hours, 14)? * 60 + part(minutes, 59)?) * 60.0;
            (text[..at].trim_end(), if text.as_bytes()[at] == b'+' { away } else { -away })
        }
    };
    let mut parts = text.split(':');
    let (hour, minute) = (part(parts.next()?, 24)?, part(parts.next()?, 59)?);
    let seconds: f64 = match parts.next() {
        None => 0.0,
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => text.parse().ok().filter(|value| *value < 61.0)?,
        Some(_) => return None,
    };
    if parts.next().is_some() || (afternoon.is_some() && !(1..=12).contains(&hour)) {
        return None;
    }
    let hour = match afternoon {
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    Some(f64::from(hour * 3600 + minute * 60) + seconds - away)
}

/// A whole number of one or two digits up to `most`.
fn part(text: &str, most: i32) -> Option<i32> {
    let right = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|value| right && *value <= most)
}

/// The parts of a date, and which is which as far as it tells.
fn calendar(text: &str) -> Option<(Order, [i32; 3])> {
    let mut parts = [""; 3];
    let mut marks = [' '; 2];
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(['-', '/', '.', ' ', ',', '年', '月', '日']).unwrap_or(rest.len());
        if length == 0 || count == 3 {
            return None;
        }
        parts[count] = &rest[..length];
        rest = &rest[length..];
        if let Some(mark) = rest.chars().next() {
            if count < 2 {
                marks[count] = mark;
            } else if mark != '日' {
                return None;
            }
            rest = rest[mark.len_utf8()..].trim_start();
        }
        count += 1;
    }
    if count != 3 {
        return None;
    }
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i32>().ok()).flatten();
    let named = |text: &str| {
        let start = text.get(..3)?.to_ascii_lowercase();
        let at = MONTHS.iter().position(|month| *month == start)?;
        text.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(at as i32 + 1)
    };
    let year = |text: &str| match text.len() {
        4 => number(text),
        // As POSIX reads two digits.
        2 => number(text).map(|year| if year < 69 { 2000 + year } else { 1900 + year }),
        _ => None,
    };
    // With the name of a month nothing is left open.
    if let Some(month) = named(parts[1]) {
        return Some((Order::YearFirst, [year(parts[2])?, month, number(parts[0])?]));
    }
    if let Some(month) = named(parts[0]) {
        return Some((Order::YearFirst, [year(parts[2])?, month, number(parts[1])?]));
    }
    if parts[0].len() == 4 {
        let same = marks[0] == marks[1] || marks == ['年', '月'];
        return (same && parts[1].len() <= 2 && parts[2].len() <= 2 && marks[0] != ' ')
            .then(|| Some((Order::YearFirst, [number(parts[0])?, number(parts[1])?, number(parts[2])?])))?;
    }
    if marks[0] != marks[1] || !['-', '/', '.'].contains(&marks[0]) || parts[0].len() > 2 || parts[1].len() > 2 {
        return None;
    }
    // A year of two digits stands behind two others of two, or it may be anything.
    if parts[2].len() == 2 && (parts[0].len() != 2 || parts[1].len() != 2) && marks[0] != '/' {
        return None;
    }
    let parts = [year(parts[2])?, number(parts[0])?, number(parts[1])?];
    let order = match parts {
        [_, a, b] if a > 12 && b > 12 => return None,
        [_, a, _] if a > 12 => Order::DayFirst,
        [_, _, b] if b > 12 => Order::MonthFirst,
        _ if marks[0] == '.' => Order::DayFirst,
        _ => Order::Either,
    };
    Some((order, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        use Order::{Clock, DayFirst, Either, MonthFirst, YearFirst};
        // Days as Python's `(date(y, m, d) - date(1970, 1, 1)).days` counts them.
        let cases: [(&str, &str, Order, Order, i64, f64); 22] = [
            ("ISO 8601", "2020-01-31", YearFirst, YearFirst, 18292, 0.0),
            ("a leap day", "2020-02-29", YearFirst, YearFirst, 18321, 0.0),
            ("before 1970", "1969-12-31", YearFirst, YearFirst, -1, 0.0),
            ("slashes", "2020/1/31", YearFirst, YearFirst, 18292, 0.0),
            ("Chinese", "2020年1月31日", YearFirst, YearFirst, 18292, 0.0),
            ("Chinese with a time", "2020年1月31日 08:30", YearFirst, YearFirst, 18292, 30600.0),
            ("German", "31.01.2020", DayFirst, DayFirst, 18292, 0.0),
            ("German without zeros", "1.2.2020", DayFirst, DayFirst, 18293, 0.0),
            ("American, told by its day", "1/31/2020", MonthFirst, MonthFirst, 18292, 0.0),
            ("British, told by its day", "31/1/2020", DayFirst, DayFirst, 18292, 0.0),
            ("either, read one way", "3/4/2020", Either, DayFirst, 18355, 0.0),
            ("either, read the other way", "3/4/2020", Either, MonthFirst, 18325, 0.0),
            ("two digits of the year", "31/01/20", DayFirst, DayFirst, 18292, 0.0),
            ("the name of the month", "31 Jan 2020", YearFirst, YearFirst, 18292, 0.0),
            ("the name first", "January 31, 2020", YearFirst, YearFirst, 18292, 0.0),
            ("databases", "2020-01-31 13:05:59.5", YearFirst, YearFirst, 18292, 47159.5),
            ("ISO 8601 with a time", "2020-01-31T13:05:59Z", YearFirst, YearFirst, 18292, 47159.0),
            ("a distance from UTC", "2020-01-31T13:05:59+01:00", YearFirst, YearFirst, 18292, 43559.0),
            ("the same without a colon", "2020-01-31T13:05:59+0100", YearFirst, YearFirst, 18292, 43559.0),
            ("an afternoon", "1/31/2020 1:05 PM", MonthFirst, MonthFirst, 18292, 47100.0),
            ("midnight", "12:00 AM", Clock, Clock, 0, 0.0),
            ("a time alone", "13:05", Clock, Clock, 0, 47100.0),
        ];
        for (reason, cell, order, reading, days, seconds) in cases {
            let written = look(cell).unwrap_or_else(|| panic!("{reason}"));
            assert_eq!((written.order, written.moment(reading)), (order, Some(Moment { days, seconds })), "{reason}: {cell}");
        }
        for cell in [
            "",
            "2020",
            "2020-13-01",
            "2020-02-30",
            "31.31.2020",
            "1.2",
            "1.2.3",
            "1.2.3.4",
            "a-b-c",
            "12:60",
            "1 2 3",
            "192.168.1.1",
            "12,5",
            "3-4",
        ] {
            assert_eq!(look(cell), None, "{cell:?}");
        }
        assert_eq!(compact("20200131").unwrap().moment(YearFirst).unwrap().days, 18292);
        assert_eq!((compact("20201331"), compact("2020013")), (None, None));
    }

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for days in (-800_000..800_000).step_by(97) {
            let moment = Moment { days, seconds: 0.0 };
            let [year, month, day] = moment.civil();
            assert_eq!(super::days(year as i32, month as i32, day as i32), Some(days));
        }
        assert_eq!(Moment { days: 18292, seconds: 0.0 }.weekday(), 5, "a Friday");
        assert_eq!(Moment::of_epoch(-1.0), Moment { days: -1, seconds: DAY - 1.0 });
    }
}
