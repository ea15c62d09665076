//! Races on surfaces: small enough to be run to their end in one call, so that nothing is kept here and a page can look at any update of them.

use super::{object, to_js};
use crate::session::MOST_SIDE;
use crate::surface::{Contest, Surface, SurfaceRace, document, field};
use js_sys::{Array, Float32Array, Float64Array, Uint32Array};
use wasm_bindgen::prelude::*;

/// The JSON Schema of a race on a surface.
#[wasm_bindgen]
pub fn surface_schema() -> String {
    document::schema().to_string()
}

/// A race to its end: `{issues}`, or where it is held and what every racer did; `rates` are those of the three usual racers there. `side` > 0: with f over the frame, so many cells along an edge.
#[wasm_bindgen]
pub fn surface_race(json: &str, side: usize) -> JsValue {
    let contest = match Contest::parse(json) {
        Ok(contest) => contest,
        Err(issues) => return object(&[("issues", to_js(&issues))]),
    };
    let surface = contest.surface.part();
    let rates = surface.rates();
    let mut race = SurfaceRace::new(&contest);
    race.run();
    let runners = race.runners().iter().map(|runner| {
        object(&[
            ("standing", runner.standing().name().into()),
            ("path", Float32Array::from(runner.path()).into()),
            ("values", Float64Array::from(runner.values()).into()),
            ("gradients", Uint32Array::from(runner.gradients()).into()),
        ])
    });
    object(&[
        ("frame", Float64Array::from(&surface.frame()[..]).into()),
        ("minima", Float64Array::from(&surface.minima().concat()[..]).into()),
        ("lowest", race.lowest().into()),
        ("start", Float64Array::from(&contest.start()[..]).into()),
        ("updates", race.update().into()),
        ("runners", runners.collect::<Array>().into()),
        ("rates", Float64Array::from(&[rates.gradient_descent, rates.momentum, rates.adam][..]).into()),
        ("field", drawn(surface, side)),
    ])
}

fn drawn(surface: &dyn Surface, side: usize) -> JsValue {
    if side == 0 { JsValue::NULL } else { Float32Array::from(&field(surface, side.min(MOST_SIDE))[..]).into() }
}
