//! What the engine says to people, in both languages of the page. `message!` keeps the two side by side where a thing is said; there is no list of
//! translations elsewhere.

use serde::Serialize;
use std::fmt;

/// A sentence, or a part of one, in both languages. It has no `Display`, so that neither language can slip into the other: see [`message!`](crate::message).
#[derive(Clone, Debug, PartialEq, Serialize)]
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

    /// Parts one after the other, with each language's own word or mark between them.
    pub fn join(parts: &[Message], en: &str, zh: &str) -> Self {
        let texts = |text: fn(&Message) -> &str, between: &str| parts.iter().map(text).collect::<Vec<_>>().join(between);
        Message { en: texts(|part| &part.en, en), zh: texts(|part| &part.zh, zh) }
    }
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
