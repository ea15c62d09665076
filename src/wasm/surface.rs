//! Races on surfaces: small enough to be run to their end in one call, so that nothing is kept here and a page can look at any update of them.

use super::typed::{SentRace, sent};
use crate::boundary::race::Race;
use crate::boundary::replies::Or;
use crate::surface::{Contest, document};
use wasm_bindgen::prelude::*;

/// The JSON Schema of a race on a surface.
#[wasm_bindgen]
pub fn surface_schema() -> String {
    document::schema().to_string()
}

/// A race to its end, or what is wrong with its document. `side` > 0: with f over the frame, so many cells along an edge.
#[wasm_bindgen]
pub fn surface_race(json: &str, side: usize) -> SentRace {
    sent(&Or::from(Contest::parse(json).map(|contest| Race::of(&contest, side))))
}
