//! What the engine says to people, in both languages of the page. `message!` keeps the two side by side where a thing is said; there is no list of
//! translations elsewhere.

use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A sentence, or a part of one, in both languages. It has no `Display`, so that neither language can slip into the other: see [`message!`](crate::message).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    pub en: String,
    pub zh: String,
}

impl Message {
    /// Names from the document or a table, which are the same in both languages; only what stands between them differs.
    pub fn list<T: fmt::Display>(names: impl IntoIterator<Item = T>) -> Self {
        let names: Vec<String> = names.into_iter().map(|name| name.to_string()).collect();
        Message { en: names.join(", "), zh: names.join("、") }
    }

    /// As [`Message::list`], of names that the user gave: the first `most` of them, each cut short, and how many there are besides.
    pub fn some<T: fmt::Display>(names: impl IntoIterator<Item = T>, most: usize) -> Self {
        let mut names = names.into_iter();
        let first = Message::list(names.by_ref().take(most).map(|name| shorten(&name.to_string())));
        match names.count() {
            0 => first,
            more => message!("{first} and {more} more", "{first} 和另外 {more} 个"; first),
        }
    }

    /// Parts one after the other, with each language's own word or mark between them.
    pub fn join(parts: &[Message], en: &str, zh: &str) -> Self {
        let texts = |text: fn(&Message) -> &str, between: &str| parts.iter().map(text).collect::<Vec<_>>().join(between);
        Message { en: texts(|part| &part.en, en), zh: texts(|part| &part.zh, zh) }
    }
}

/// Letters of a name, a word or a value of the user's that a message shows.
const SHOWN: usize = 60;

/// What the user has named, as it stands in a message: whole where it is short, else its beginning and its end with … between them. A message is read by
/// a person, and a cell may be a book.
pub fn shorten(text: &str) -> String {
    shorten_to(text, SHOWN)
}

/// The same with at most so many letters.
pub fn shorten_to(text: &str, most: usize) -> String {
    let counted: usize = text.chars().take(most + 1).count();
    if counted <= most {
        return text.to_string();
    }
    let (first, last) = (most / 2, most - most / 2 - 1);
    let end: Vec<char> = text.chars().rev().take(last).collect();
    text.chars().take(first).chain(['…']).chain(end.into_iter().rev()).collect()
}

/// A count with its noun in English, which has another form for one of a thing: "1 row", "3 rows". Chinese has one form and needs the number alone.
pub fn counted(count: impl fmt::Display, one: &str, several: &str) -> String {
    let count = count.to_string();
    format!("{count} {}", if count == "1" { one } else { several })
}

/// A [`Message`] from two format strings, which name the variables around them: `message!("must be {what}, got {given}", "必须是{what}，实际为 {given}")`.
///
/// Variables listed behind a semicolon are messages themselves, of which each string gets its own language:
/// `message!("must be {what}, got {given}", "必须是{what}，实际为 {given}"; what)`. Each string has to mention all of those.
#[macro_export]
macro_rules! message {
    ($en:literal, $zh:literal $(; $($part:ident),+)? $(,)?) => {
        $crate::config::Message {
            en: { $($(let $part = &$part.en;)+)? format_args!($en).to_string() },
            zh: { $($(let $part = &$part.zh;)+)? format_args!($zh).to_string() },
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_named_is_cut_in_its_middle() {
        assert_eq!(shorten("short"), "short");
        assert_eq!(shorten_to("0123456789", 10), "0123456789");
        assert_eq!(shorten_to("0123456789a", 10), "01234…789a");
        assert_eq!(shorten_to("一二三四五六七", 5), "一二…六七");
        assert_eq!(shorten(&"列".repeat(1_000_000)).chars().count(), 60);
        let some = Message::some(["a".repeat(100), "b".into(), "c".into()], 2);
        assert_eq!((some.en.chars().count(), &some.en[some.en.len() - 14..]), (60 + 3 + 11, ", b and 1 more"));
        assert_eq!(some.zh.chars().last(), Some('个'));
        assert_eq!(Message::some(["a", "b"], 2), Message::list(["a", "b"]));
    }

    #[test]
    fn one_of_a_thing_has_its_own_noun() {
        let rows = |count: usize| counted(count, "row", "rows");
        assert_eq!([rows(0), rows(1), rows(2), rows(11)], ["0 rows", "1 row", "2 rows", "11 rows"]);
        assert_eq!(counted(1_u64, "row has", "rows have"), "1 row has");
    }

    #[test]
    fn each_language_gets_its_own_parts_in_its_own_order() {
        let (range, given) = (message!("between 1 and 9", "1 到 9 之间"), 12);
        let names = Message::list(["a", "b"]);
        let whole = message!("{names} must be {range}, got {given:?}", "{names} 应在 {range}，实际为 {given:?}"; names, range);
        assert_eq!(whole.en, "a, b must be between 1 and 9, got 12");
        assert_eq!(whole.zh, "a、b 应在 1 到 9 之间，实际为 12");
        let both = Message::join(&[range.clone(), range], " and ", "和");
        assert_eq!((both.en.as_str(), both.zh.as_str()), ("between 1 and 9 and between 1 and 9", "1 到 9 之间和1 到 9 之间"));
    }
}
