//! Races on surfaces, run to their end.

use super::Ended;
use super::chance::Chance;
use super::document::told;
use super::draw::{Draw, mended};
use descent::surface::{Contest, SurfaceRace, document, field};
use serde_json::Value;

pub fn drawn(chance: &mut Chance) -> String {
    let wrong = if chance.once_in(4) { 10 } else { 0 };
    let said = *chance.pick(&[1, 2, 3]);
    Draw { root: document::schema(), chance, wrong, said }.value(document::schema(), "", 0).to_string()
}

pub fn attempt(text: &str) -> Result<Ended, String> {
    let mut text = text.to_string();
    for _ in 0..24 {
        match Contest::parse(&text) {
            Ok(contest) => return race(&contest),
            Err(issues) => {
                told(&issues, "parse")?;
                let mut document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
                let before = document.clone();
                for issue in issues.iter().rev() {
                    mended(&mut document, issue);
                }
                if document == before {
                    return Ok(Ended::Refused);
                }
                text = document.to_string();
            }
        }
    }
    Ok(Ended::Refused)
}

fn race(contest: &Contest) -> Result<Ended, String> {
    if contest.max_updates > 2000 {
        return Ok(Ended::Costly);
    }
    let mut race = SurfaceRace::new(contest);
    race.run();
    if race.runners().len() != contest.racers.len() {
        return Err("not every racer has run".into());
    }
    if field(contest.surface.part(), 5).iter().any(|value| value.is_nan()) {
        return Err("the surface has a place without a height".into());
    }
    Ok(Ended::Ran)
}
