//! Documents of wrong types and texts that are no documents, as a link may hold them: every call refuses them and says where.

use super::chance::Chance;
use super::document::{self, told};
use super::draw::Draw;
use super::{Ended, files};
use descent::session::Session;
use descent::train::{Experiment, experiment};
use serde_json::Value;

/// Pieces that texts are made of.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "-",
    "1e999",
    "0",
    "9007199254740993",
    "\\u0000",
    "\\ud800",
    "\u{1F600}",
    "列",
    "\"seed\"",
    "\"learner\"",
    "\"net\"",
    "\"layers\"",
    "\"data\"",
    "\"race\"",
    "true",
    " ",
];

pub fn drawn(chance: &mut Chance) -> String {
    if chance.once_in(8) {
        return "[".repeat(chance.below(400)) + &"{\"net\":".repeat(chance.below(200));
    }
    let schema = experiment::schema();
    let mut text =
        Draw { root: schema, wrong: *chance.pick(&[4, 12, 40]), said: *chance.pick(&[1, 3, 8]), chance }.value(schema, "", 0).to_string();
    for _ in 0..chance.few(6) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        if places.is_empty() {
            break;
        }
        let at = places[chance.below(places.len())];
        match chance.below(4) {
            0 => text.truncate(at),
            1 => drop(text.remove(at)),
            _ => text.insert_str(at, chance.pick::<&str>(&PIECES)),
        }
    }
    text
}

pub fn attempt(text: &str, chance: &mut Chance) -> Result<Ended, String> {
    let Err(issues) = Experiment::parse(text) else { return Ok(Ended::Costly) };
    told(&issues, "parse")?;
    if let Ok(document) = serde_json::from_str::<Value>(text) {
        let top = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_string();
        // Every issue is at a field that is there, or is missing where it has to be.
        if let Some(issue) = issues
            .iter()
            .find(|issue| !issue.path.is_empty() && document.get(top(&issue.path)).is_none() && !text.contains('.') && !text.contains('['))
        {
            return Err(format!("an issue at {}, which is not in the document", issue.path));
        }
    }
    // The same from every other side, now and then: each makes a run first.
    if chance.once_in(200) {
        let mut session = Session::default();
        files::attach(&mut session);
        document::refused(&mut session, text)?;
        session.open("{}").map_err(|issues| format!("{issues:?}"))?;
        document::refused(&mut session, text)?;
        session.finish(text).err();
    }
    Ok(Ended::Refused)
}
