//! Jobs: their plans and reports, and pieces of them, begun, advanced in slices, dropped.

use super::{Session, issues, now, object, to_js};
use crate::job::document;
use serde::Serialize;
use serde_json::json;
use wasm_bindgen::prelude::*;

/// The JSON Schema of the jobs.
#[wasm_bindgen]
pub fn jobs_schema() -> String {
    document::schema().to_string()
}

#[wasm_bindgen]
impl Session {
    /// What there is to do: `{pieces: [{name, group, experiment, work}], whole}`, or `{issues}`. `done` are outcomes by their pieces' numbers, as JSON.
    pub fn plan_job(&self, json: &str, done: &str) -> JsValue {
        told(self.engine.plan_job(json, done))
    }

    /// What is known so far: `{report, failed}`, or `{issues}`.
    pub fn known_of_job(&self, json: &str, done: &str) -> JsValue {
        told(self.engine.known_of_job(json, done))
    }

    /// Begins a piece, which is found again under `key`; `job` are the job's settings. With issues (returned) there is none.
    pub fn begin_task(&mut self, key: &str, job: &str, piece: &str) -> JsValue {
        issues(self.engine.begin_task(key, job, piece))
    }

    /// Begins a job's piece at a run as it stands: `{update}` at which it does, or `{issues}`.
    pub fn begin_task_at(&mut self, key: &str, job: &str, run: usize) -> JsValue {
        match self.engine.begin_task_at(key, job, run) {
            Ok(update) => object(&[("update", (update as f64).into())]),
            Err(issues) => object(&[("issues", to_js(&issues))]),
        }
    }

    /// Goes on with a piece: `{share, done, found}`, of which the last is null unless it is `wanted` or the piece is done; null where there is no such piece.
    pub fn go_on(&mut self, key: &str, budget_ms: f64, wanted: bool) -> JsValue {
        to_js(&json!(self.engine.go_on(key, budget_ms, wanted, &mut now)))
    }

    /// Drops a piece.
    pub fn end_task(&mut self, key: &str) {
        self.engine.end_task(key);
    }
}

/// By way of a JSON value, as experiments are written elsewhere: a second way to write every setting would be a tenth of all code.
fn told<T: Serialize>(result: Result<T, Vec<crate::config::Issue>>) -> JsValue {
    match result {
        Ok(value) => to_js(&json!(value)),
        Err(issues) => object(&[("issues", to_js(&issues))]),
    }
}
