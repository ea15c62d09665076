//! Jobs: their plans and reports, and pieces of them, begun, advanced in slices, dropped.

use super::typed::{SentBegun, SentIssues, SentJobPlan, SentKnown, SentProgress, sent, sent_as_json};
use super::{Session, issues, now};
use crate::boundary::replies::{Begun, Or};
use crate::job::document;
use wasm_bindgen::prelude::*;

/// The JSON Schema of the jobs.
#[wasm_bindgen]
pub fn jobs_schema() -> String {
    document::schema().to_string()
}

#[wasm_bindgen]
impl Session {
    /// What there is to do, or what is wrong with the job's document. `done` are outcomes by their pieces' numbers, as JSON.
    pub fn plan_job(&self, json: &str, done: &str) -> SentJobPlan {
        sent_as_json(&Or::from(self.engine.plan_job(json, done)))
    }

    /// What is known so far.
    pub fn known_of_job(&self, json: &str, done: &str) -> SentKnown {
        sent_as_json(&Or::from(self.engine.known_of_job(json, done)))
    }

    /// Begins a piece, which is found again under `key`; `job` are the job's settings. With issues (returned) there is none.
    pub fn begin_task(&mut self, key: &str, job: &str, piece: &str) -> SentIssues {
        issues(self.engine.begin_task(key, job, piece))
    }

    /// Begins a job's piece at a run as it stands: the update at which it does.
    pub fn begin_task_at(&mut self, key: &str, job: &str, run: usize) -> SentBegun {
        sent(&Or::from(self.engine.begin_task_at(key, job, run).map(|update| Begun { update })))
    }

    /// Goes on with a piece; `found` is null unless it is `wanted` or the piece is done. Null where there is no such piece.
    pub fn go_on(&mut self, key: &str, budget_ms: f64, wanted: bool) -> SentProgress {
        sent_as_json(&self.engine.go_on(key, budget_ms, wanted, &mut now))
    }

    /// Drops a piece.
    pub fn end_task(&mut self, key: &str) {
        self.engine.end_task(key);
    }
}
