//! The loss landscape as a job: begun, advanced in slices, looked at, dropped.

use super::{Session, now, object, to_js};
use crate::config::{self, Issue};
use crate::message;
use crate::trust::landscape::{self, Landscape, Survey, Way, Waypoint};
use js_sys::{Array, Float64Array};
use wasm_bindgen::prelude::*;

/// The JSON Schema of a survey.
#[wasm_bindgen]
pub fn landscape_schema() -> String {
    landscape::schema().to_string()
}

#[wasm_bindgen]
impl Session {
    /// Begins a slice around the weights of a run: `{update}` at which they stand, or `{issues}`.
    pub fn landscape_begin(&mut self, run: usize, json: &str) -> JsValue {
        self.landscape = None;
        let runs = self.engine.runs();
        let found = config::parse::<Survey>(landscape::schema(), json).and_then(|survey| match runs.get(run) {
            Some(chosen) => Ok((Landscape::of(runs, run, &survey)?, chosen.standing().update)),
            None => Err(vec![Issue::new("", message!("there is no such run", "没有这个运行"))]),
        });
        match found {
            Ok((landscape, update)) => {
                self.landscape = Some(landscape);
                object(&[("update", (update as f64).into())])
            }
            Err(issues) => object(&[("issues", to_js(&issues))]),
        }
    }

    /// Goes on for `budget_ms`, for one place where that is no number: how much is known, from 0 to 1; undefined where none was begun.
    pub fn landscape_advance(&mut self, budget_ms: f64) -> Option<f64> {
        let landscape = self.landscape.as_mut()?;
        landscape.advance(budget_ms.max(0.0), &mut now);
        Some(landscape.progress())
    }

    /// What is known; null where none was begun. `scales` are step and place of zero, across and up; `along` is whether the plane is that of
    /// the ways; `ways` have a run, and update, across, up of each of its `points` and of the `best`.
    pub fn landscape(&self) -> JsValue {
        let Some(landscape) = &self.landscape else { return JsValue::NULL };
        object(&[
            ("side", (landscape.side() as f64).into()),
            ("losses", Float64Array::from(landscape.losses()).into()),
            ("scales", numbers(landscape.scales().into_iter().flat_map(|scale| [scale.step, scale.zero as f64]))),
            ("along", landscape.along().into()),
            ("ways", landscape.ways().iter().map(way).collect::<Array>().into()),
            ("explained", numbers(landscape.explained())),
            ("rows", numbers(landscape.rows().map(|rows| rows as f64))),
            ("parameters", (landscape.directions()[0].len() as f64).into()),
        ])
    }

    /// Drops it.
    pub fn landscape_end(&mut self) {
        self.landscape = None;
    }
}

fn way(way: &Way<Waypoint>) -> JsValue {
    object(&[
        ("run", (way.run as f64).into()),
        ("points", numbers(way.points.iter().flat_map(told))),
        ("best", numbers(way.best.iter().flat_map(told))),
    ])
}

fn told(point: &Waypoint) -> [f64; 3] {
    [point.update as f64, point.at[0], point.at[1]]
}

fn numbers(values: impl IntoIterator<Item = f64>) -> JsValue {
    Float64Array::from(&values.into_iter().collect::<Vec<_>>()[..]).into()
}
