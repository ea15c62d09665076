//! The only files that know JavaScript: this one, and those in `wasm/`. Numbers leave as typed arrays, copied once; no view into wasm memory outlives a call.

mod jobs;
mod surface;
mod typed;

use crate::boundary::Frame;
use crate::boundary::augmented::Augmented;
use crate::boundary::points::Points;
use crate::boundary::replies::{Judged, Or, Rates, Unread};
use crate::data::encoding::Told;
use crate::session::Session as Engine;
use crate::train::{Curve, Experiment, experiment};
use crate::trust::paired;
pub use jobs::jobs_schema;
use js_sys::{Float64Array, Function, Reflect, Uint8Array};
use serde::{Serialize, Serializer};
pub use surface::{surface_race, surface_schema};
use typed::*;
use wasm_bindgen::prelude::*;

/// A value as plain data: objects and lists, null for what there is none of.
pub(crate) fn to_js(value: &(impl Serialize + ?Sized)) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("plain data")
}

/// Sets a field of an object.
pub(crate) fn put(object: &JsValue, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).expect("a plain object");
}

/// A value of JavaScript's own within what is written, as it is; nothing but [`to_js`] can write one.
pub(crate) fn handed_on<S: Serializer>(value: &impl JsCast, serializer: S) -> Result<S::Ok, S::Error> {
    serde_wasm_bindgen::preserve::serialize(value, serializer)
}

fn issues(result: Result<(), Vec<crate::config::Issue>>) -> SentIssues {
    sent(&result.err().unwrap_or_default())
}

/// Milliseconds of a clock that does not jump, in a page, a worker or Node.
fn now() -> f64 {
    thread_local! {
        static CLOCK: Option<web_sys::Performance> = Reflect::get(&js_sys::global(), &"performance".into()).ok().and_then(|clock| clock.dyn_into().ok());
    }
    CLOCK.with(|clock| clock.as_ref().map_or_else(js_sys::Date::now, web_sys::Performance::now))
}

/// A count of updates from a page: no number is none, and none is so large that what follows from it overflows.
fn count(updates: f64) -> u64 {
    (updates as u64).min(1 << 51)
}

/// Call once: panics then print their message and place.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Panics, so that what a page does then can be tried.
#[wasm_bindgen]
pub fn panic(message: &str) {
    panic!("{message}");
}

/// The JSON Schema of the experiment document.
#[wasm_bindgen]
pub fn schema() -> String {
    experiment::schema().to_string()
}

/// The runs being driven.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    engine: Engine,
}

#[wasm_bindgen]
impl Session {
    /// An empty session.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a user's file for experiments that name it.
    pub fn attach(&mut self, name: &str, bytes: &[u8]) {
        self.engine.attach(name, bytes.to_vec());
    }

    /// Keeps a user's file that was in this encoding and is UTF-8 now; `broken` is the line on which it was not, after all (0 for none).
    pub fn attach_decoded(&mut self, name: &str, bytes: &[u8], encoding: &str, broken: u32) {
        let told = Told { name: encoding.into(), broken: (broken > 0).then_some(broken.into()) };
        self.engine.attach_decoded(name, bytes.to_vec(), told);
    }

    /// Calls `listener` with how far the reading of a file is, from 0 to 1.
    pub fn listen(&mut self, listener: Function) {
        self.engine.listen(Box::new(move |share| {
            // Whatever the listener does, the file is read.
            let _ = listener.call1(&JsValue::NULL, &share.into());
        }));
    }

    /// The data set that comes with Descent which an experiment needs and which is not here yet; undefined for none.
    pub fn missing(&self, json: &str) -> Option<String> {
        self.engine.missing(json).map(String::from)
    }

    /// Keeps the file of a data set that comes with Descent.
    pub fn bundle(&mut self, name: &str, bytes: &[u8]) {
        self.engine.bundle(name, bytes.to_vec());
    }

    /// Every problem of a document; never throws.
    pub fn check(&self, json: &str) -> SentIssues {
        sent(&self.engine.check(json))
    }

    /// One run of this experiment at update 0; with issues (returned) nothing changes.
    pub fn open(&mut self, json: &str) -> SentIssues {
        issues(self.engine.open(json))
    }

    /// The same without one of the techniques that `techniques` lists.
    pub fn open_without(&mut self, json: &str, technique: &str) -> SentIssues {
        issues(self.engine.open_without(json, technique))
    }

    /// The techniques that an experiment uses: `[{technique, title, note, spent}]`.
    pub fn techniques(&self, json: &str) -> SentTechniques {
        sent(&self.engine.techniques(json))
    }

    /// What updates to the line, seed by seed, say of B against A (NaN where it was never reached); `verdict` is `{en, zh}`.
    pub fn paired(&self, a: &[f64], b: &[f64], name_of_a: &str, name_of_b: &str) -> SentPaired {
        let paired = paired::compare(&a.iter().copied().zip(b.iter().copied()).collect::<Vec<_>>());
        let verdict = paired.verdict([name_of_a, name_of_b]);
        sent(&Judged { paired, verdict })
    }

    /// The learning rate that a document plans, as `{updates, rates, listens}`; null for a document with issues and for learners without a rate.
    pub fn rates(&self, json: &str, present: f64, columns: usize) -> SentRates {
        let curve = Experiment::parse(json).ok().and_then(|experiment| Curve::of(&experiment, count(present), columns.min(4096)));
        sent(&curve.map(Rates::from))
    }

    /// One more run beside the others; with issues (returned) nothing changes. With `before` it goes that document's way until `update`.
    pub fn add(&mut self, json: &str, update: Option<f64>, before: Option<String>) -> SentIssues {
        let from = update.zip(before.as_deref()).map(|(update, before)| (count(update), before));
        issues(self.engine.add(json, from))
    }

    /// A run of this experiment at update 0 in the place of another; with issues (returned) nothing changes.
    pub fn replace(&mut self, run: usize, json: &str) -> SentIssues {
        issues(self.engine.replace(run, json))
    }

    /// Takes a run away; false for the last one.
    pub fn remove(&mut self, run: usize) -> bool {
        self.engine.remove(run)
    }

    /// One more run, which went another's way until its last checkpoint at or before `update`: where it now is, undefined where it cannot be.
    pub fn fork(&mut self, run: usize, update: f64) -> Option<f64> {
        self.engine.fork(run, count(update)).map(|update| update as f64)
    }

    /// Takes a run back to its last checkpoint at or before `update`: where it now is.
    pub fn go_back(&mut self, run: usize, update: f64) -> Option<f64> {
        self.engine.go_back(run, count(update)).map(|update| update as f64)
    }

    /// Draws a finish line for all runs: `{metric, value}` or null as JSON; with issues (returned) nothing changes.
    pub fn finish(&mut self, json: &str) -> SentIssues {
        issues(self.engine.finish(json))
    }

    /// Shows the last checkpoint at or before `update`, undefined for the present; returns the update that is shown.
    pub fn look_back(&mut self, run: usize, update: Option<f64>) -> Option<f64> {
        self.engine.look_back(run, update.map(count)).map(|update| update as f64)
    }

    /// Trains one run to `update`, for at most `budget_ms`; true once there, or where it stopped.
    pub fn reach(&mut self, run: usize, update: f64, budget_ms: f64) -> bool {
        self.engine.reach(run, count(update), budget_ms, &mut now)
    }

    /// Updates that each run has done.
    pub fn updates(&self) -> Float64Array {
        Float64Array::from(&self.engine.runs().iter().map(|run| run.update() as f64).collect::<Vec<_>>()[..])
    }

    /// Takes over live settings; false where a restart is needed or the document has issues.
    pub fn live(&mut self, run: usize, json: &str) -> bool {
        self.engine.live(run, json).unwrap_or(false)
    }

    /// Trains for `budget_ms` or `max_updates` (which may be Infinity); returns the updates done.
    pub fn advance(&mut self, budget_ms: f64, max_updates: f64) -> f64 {
        self.engine.advance(budget_ms, max_updates as u64, &mut now) as f64
    }

    /// Trains to the end of a run's epoch, for at most `budget_ms`; true once there.
    pub fn step_epoch(&mut self, run: usize, budget_ms: f64) -> bool {
        self.engine.step_epoch(run, budget_ms, &mut now)
    }

    /// Back to update 0 with the same initial weights.
    pub fn rewind(&mut self) {
        self.engine.rewind();
    }

    /// Sets one learned number of a run by hand; returns what is wrong as `{en, zh}`, null for nothing.
    pub fn set(&mut self, run: usize, tensor: &str, index: usize, value: f32) -> SentMessage {
        sent(&self.engine.set(run, tensor, index, value).err())
    }

    /// Puts a run's best model back.
    pub fn restore_best(&mut self, run: usize) -> bool {
        self.engine.restore_best(run)
    }

    /// What there is to see of a document's data; `{issues, reading}` where its rows cannot be had. `reading` is how the user's file is read, null for other rows.
    pub fn overview(&self, json: &str) -> SentOverview {
        sent(&match self.engine.overview(json) {
            Ok(overview) => Or::Found(overview),
            Err(issues) => Or::Refused(Unread { issues, reading: self.engine.reading(json) }),
        })
    }

    /// Whether the parts of a run are alike.
    pub fn alike(&self, run: usize) -> SentAlike {
        sent(&self.engine.alike(run))
    }

    /// Measures the test part of a run as it stands: `{metric: value}`, null where there is none.
    pub fn reveal(&mut self, run: usize) -> SentRevealed {
        sent(&self.engine.reveal(run))
    }

    /// The rows of a run and what they are: all of them, or some of them (see `Session::shown`); `axes` is the plane of their map where they have more than
    /// two columns (null for the most telling).
    pub fn points(
        &mut self,
        run: usize,
        most: f64,
        #[wasm_bindgen(unchecked_param_type = "Boundary.Axes | null")] axes: JsValue,
    ) -> SentPoints {
        self.engine.look(serde_wasm_bindgen::from_value(axes).unwrap_or_default());
        sent(&Points::of(&self.engine, run, most as usize))
    }

    /// What a document's model comes to, layer by layer; null where that is not known.
    pub fn plan(&self, json: &str) -> SentPlan {
        sent(&self.engine.plan(json))
    }

    /// Prepared training rows before and after a document's augmentations; null where it has none, or has problems there. Numbers are row-major;
    /// `others` and `shares` are empty where rows are of one class, and behind the rows of `before`, `after` has made-up ones.
    pub fn augmented(&self, json: &str, most: usize, draw: u32) -> SentAugmented {
        let augmented = self.engine.augmented(json, most.min(1000), draw);
        sent(&augmented.as_ref().map(|(preview, problem)| Augmented::of(preview, problem)))
    }

    /// Milliseconds that a layer takes forward and backward; null where there is none.
    pub fn profile(&self, run: usize, layer: usize) -> SentTime {
        sent(&self.engine.profile(run, layer, &mut now))
    }

    /// Everything that is drawn; see [`crate::boundary::Request`].
    pub fn frame(&mut self, #[wasm_bindgen(unchecked_param_type = "Boundary.FrameRequest | null")] request: JsValue) -> SentFrame {
        let request = asked(request);
        self.engine.look(request.axes);
        sent(&Frame::of(&self.engine, &request, &mut now))
    }

    /// A network's weights as a safetensors file; empty for learners without tensors.
    pub fn tensors(&self, run: usize) -> Uint8Array {
        let tensors = self.engine.runs().get(run).map(|run| run.tensors()).unwrap_or_default();
        if tensors.is_empty() { Uint8Array::new_with_length(0) } else { Uint8Array::from(&crate::ship::tensors::safetensors(&tensors)[..]) }
    }
}
