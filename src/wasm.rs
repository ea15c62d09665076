//! The only files that know JavaScript: this one, and those in `wasm/`. Numbers leave as typed arrays, copied once; no view into wasm memory outlives a call.

mod jobs;
mod surface;

use crate::data::Task;
use crate::data::encoding::Told;
use crate::data::slice::Axes;
use crate::learn::inside::Seen;
use crate::metric::classes;
use crate::session::{Range, Session as Engine};
use crate::train::{Curve, Experiment, Preview, Run, experiment};
use crate::trust::paired;
pub use jobs::jobs_schema;
use js_sys::{Array, Float32Array, Float64Array, Function, Object, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
pub use surface::{surface_race, surface_schema};
use wasm_bindgen::prelude::*;

/// Cells along an edge of a small map at most.
const SMALL: usize = 128;

/// Rows that a learner makes, in a frame.
const SAMPLES: usize = 12;

fn to_js(value: &(impl Serialize + ?Sized)) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("plain data")
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        Reflect::set(&object, &(*key).into(), value).expect("a plain object");
    }
    object.into()
}

fn issues(result: Result<(), Vec<crate::config::Issue>>) -> JsValue {
    to_js(&result.err().unwrap_or_default())
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

/// What a frame should hold.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Request {
    side: usize,
    /// The run of which everything is wanted; of the others come what is measured and a small map.
    run: usize,
    /// Cells along an edge of the small maps.
    small: usize,
    /// Units of a layer that are drawn, with their maps.
    units: usize,
    range: Option<[f32; 4]>,
    since: Vec<f64>,
    /// The plane of the map, as given to `points`.
    axes: Option<Axes>,
    /// Rows whose predictions are wanted: the same `most` as in `points`.
    points: f64,
    /// They are not wanted this time.
    unpredicted: bool,
    /// One unit (layer, unit) whose own map is wanted at this many cells along an edge.
    unit: Option<(usize, usize, usize)>,
    /// The node in which each cell of the map ends.
    leaves: bool,
    /// What every layer makes of a row.
    inspect: Option<Inspect>,
    /// How the numbers of every layer are spread, and what is wrong with it.
    diagnose: bool,
    /// What is wrong with the run.
    examine: bool,
}

/// Which row is looked at, and how closely.
#[derive(serde::Deserialize)]
struct Inspect {
    /// Its place among the rows of `points`; the first that was held out where none is given.
    row: Option<usize>,
    /// About so many numbers of each layer.
    most: usize,
    /// The layer of which all numbers are wanted.
    close: Option<usize>,
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

    /// `[{path, message: {en, zh}}]`; never throws.
    pub fn check(&self, json: &str) -> JsValue {
        to_js(&self.engine.check(json))
    }

    /// One run of this experiment at update 0; with issues (returned) nothing changes.
    pub fn open(&mut self, json: &str) -> JsValue {
        issues(self.engine.open(json))
    }

    /// The same without one of the techniques that `techniques` lists.
    pub fn open_without(&mut self, json: &str, technique: &str) -> JsValue {
        issues(self.engine.open_without(json, technique))
    }

    /// The techniques that an experiment uses: `[{technique, title, note, spent}]`.
    pub fn techniques(&self, json: &str) -> JsValue {
        to_js(&self.engine.techniques(json))
    }

    /// What updates to the line, seed by seed, say of B against A (NaN where it was never reached); `verdict` is `{en, zh}`.
    pub fn paired(&self, a: &[f64], b: &[f64], name_of_a: &str, name_of_b: &str) -> JsValue {
        let found = paired::compare(&a.iter().copied().zip(b.iter().copied()).collect::<Vec<_>>());
        let verdict = to_js(&found.verdict([name_of_a, name_of_b]));
        let paired = to_js(&found);
        Reflect::set(&paired, &"verdict".into(), &verdict).expect("a plain object");
        paired
    }

    /// The learning rate that a document plans, as `{updates, rates, listens}`; null for a document with issues and for learners without a rate.
    pub fn rates(&self, json: &str, present: f64, columns: usize) -> JsValue {
        let Some(curve) = Experiment::parse(json).ok().and_then(|experiment| Curve::of(&experiment, count(present), columns.min(4096)))
        else {
            return JsValue::NULL;
        };
        object(&[
            ("updates", Float64Array::from(&curve.updates[..]).into()),
            ("rates", Float64Array::from(&curve.rates[..]).into()),
            ("listens", curve.listens.into()),
        ])
    }

    /// One more run beside the others; with issues (returned) nothing changes. With `before` it goes that document's way until `update`.
    pub fn add(&mut self, json: &str, update: Option<f64>, before: Option<String>) -> JsValue {
        let from = update.zip(before.as_deref()).map(|(update, before)| (count(update), before));
        issues(self.engine.add(json, from))
    }

    /// A run of this experiment at update 0 in the place of another; with issues (returned) nothing changes.
    pub fn replace(&mut self, run: usize, json: &str) -> JsValue {
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
    pub fn finish(&mut self, json: &str) -> JsValue {
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
    pub fn set(&mut self, run: usize, tensor: &str, index: usize, value: f32) -> JsValue {
        to_js(&self.engine.set(run, tensor, index, value).err())
    }

    /// Puts a run's best model back.
    pub fn restore_best(&mut self, run: usize) -> bool {
        self.engine.restore_best(run)
    }

    /// What there is to see of a document's data; `{issues, reading}` where its rows cannot be had. `reading` is how the user's file is read, null for other rows.
    pub fn overview(&self, json: &str) -> JsValue {
        match self.engine.overview(json) {
            Ok(overview) => to_js(&overview),
            Err(issues) => object(&[("issues", to_js(&issues)), ("reading", to_js(&self.engine.reading(json)))]),
        }
    }

    /// Whether the parts of a run are alike.
    pub fn alike(&self, run: usize) -> JsValue {
        to_js(&self.engine.alike(run))
    }

    /// Measures the test part of a run as it stands: `{metric: value}`, null where there is none.
    pub fn reveal(&mut self, run: usize) -> JsValue {
        to_js(&self.engine.reveal(run))
    }

    /// The rows of a run and what they are: all of them, or some of them (see `Session::shown`); `axes` is the plane of their map where they have more than
    /// two columns (`Axes`, null for the most telling).
    pub fn points(&mut self, run: usize, most: f64, axes: JsValue) -> JsValue {
        self.engine.look(serde_wasm_bindgen::from_value(axes).unwrap_or_default());
        let most = most as usize;
        let Some(at) = self.engine.runs().get(run) else { return JsValue::NULL };
        let table = at.table();
        let rows = table.rows();
        let mut split = vec![0_u8; rows];
        at.parts().validation.iter().for_each(|&row| split[row] = 1);
        at.parts().test.iter().for_each(|&row| split[row] = 2);
        let shown = self.engine.shown(run, most);
        let inputs: Vec<f32> = shown.iter().flat_map(|&row| table.inputs.row(row).to_vec()).collect();
        let targets: Vec<f32> = shown.iter().map(|&row| table.targets[row]).collect();
        let split: Vec<u8> = shown.iter().map(|&row| split[row]).collect();
        let range = self.engine.range(run);
        let plane = self.engine.slice().map_or(JsValue::NULL, |slice| {
            let places: Vec<f32> =
                shown.iter().flat_map(|&row| slice.place(table.inputs.row(row).as_slice().expect("row-major"))).collect();
            object(&[
                ("axes", to_js(&slice.axes)),
                ("names", to_js(&slice.names(table))),
                ("explained", to_js(&slice.explained)),
                ("places", Float32Array::from(&places[..]).into()),
            ])
        });
        object(&[
            ("plane", plane),
            ("kinds", to_js(&table.kinds)),
            ("rows", (rows as f64).into()),
            ("places", Uint32Array::from(&shown.iter().map(|&row| row as u32).collect::<Vec<_>>()[..]).into()),
            ("inputs", Float32Array::from(&inputs[..]).into()),
            ("targets", Float32Array::from(&targets[..]).into()),
            ("split", Uint8Array::from(&split[..]).into()),
            ("columns", to_js(&table.columns)),
            ("shape", to_js(&table.shape)),
            ("ordered", table.ordered.into()),
            ("symbols", to_js(&table.symbols)),
            ("target", to_js(&table.target)),
            ("task", table.task.name().into()),
            ("classes", to_js(&self.engine.classes(run))),
            ("titles", to_js(&table.titles)),
            ("range", Float32Array::from(&[range.x[0], range.x[1], range.y[0], range.y[1]][..]).into()),
        ])
    }

    /// What a document's model comes to, layer by layer; null where that is not known.
    pub fn plan(&self, json: &str) -> JsValue {
        to_js(&self.engine.plan(json))
    }

    /// Prepared training rows before and after a document's augmentations; null where it has none, or has problems there. Numbers are row-major;
    /// `others` and `shares` are empty where rows are of one class, and behind the rows of `before`, `after` has made-up ones.
    pub fn augmented(&self, json: &str, most: usize, draw: u32) -> JsValue {
        let Some((Preview { before, after }, problem)) = self.engine.augmented(json, most.min(1000), draw) else { return JsValue::NULL };
        let floats = |values: &[f32]| JsValue::from(Float32Array::from(values));
        object(&[
            ("shape", to_js(&before.shape)),
            ("classes", if let Task::Classification(classes) = &problem.task { to_js(classes) } else { Array::new().into() }),
            ("features", to_js(&problem.features.iter().take(2).collect::<Vec<_>>())),
            ("rows", (before.count() as f64).into()),
            ("before", floats(&before.inputs)),
            ("after", floats(&after.inputs)),
            ("targets", floats(&before.targets)),
            ("answers", floats(&after.targets)),
            ("others", floats(&after.others)),
            ("shares", floats(&after.shares)),
        ])
    }

    /// Milliseconds that a layer takes forward and backward; null where there is none.
    pub fn profile(&self, run: usize, layer: usize) -> JsValue {
        to_js(&self.engine.profile(run, layer, &mut now))
    }

    /// Everything that is drawn; see `Request`.
    pub fn frame(&mut self, request: JsValue) -> JsValue {
        let request: Request = serde_wasm_bindgen::from_value(request).unwrap_or_default();
        self.engine.look(request.axes);
        let of = |run: usize| if run == request.run { self.run_frame(run, &request) } else { self.beside_frame(run, &request) };
        let runs: Array = (0..self.engine.runs().len()).map(of).collect();
        object(&[("runs", runs.into()), ("line", to_js(&self.engine.line()))])
    }

    /// A network's weights as a safetensors file; empty for learners without tensors.
    pub fn tensors(&self, run: usize) -> Uint8Array {
        let tensors = self.engine.runs().get(run).map(|run| run.tensors()).unwrap_or_default();
        if tensors.is_empty() { Uint8Array::new_with_length(0) } else { Uint8Array::from(&crate::ship::tensors::safetensors(&tensors)[..]) }
    }
}

impl Session {
    /// What is counted and measured of a run.
    fn measured(&self, index: usize, request: &Request) -> Vec<(&'static str, JsValue)> {
        let run = &self.engine.runs()[index];
        let standing = run.standing();
        let measured = |values: &[(&str, f64)]| object(&values.iter().map(|&(name, value)| (name, value.into())).collect::<Vec<_>>());
        let best = |(update, loss): (u64, f64)| {
            let (metric, value) = run.best_watched().expect("there is a best");
            object(&[("update", (update as f64).into()), ("loss", loss.into()), ("metric", metric.into()), ("value", value.into())])
        };
        let patience = |(used, limit): (u32, u32)| object(&[("used", used.into()), ("limit", limit.into())]);
        vec![
            ("update", (run.update() as f64).into()),
            ("epoch", run.epoch().into()),
            ("rows", (run.rows() as f64).into()),
            ("seconds", run.seconds().into()),
            ("learning_rate", to_js(&run.learning_rate())),
            ("scheduled", run.learner().rated().map_or(JsValue::NULL, |rated| (rated.scheduled() as f64).into())),
            ("parameters", (run.learner().parameters() as f64).into()),
            ("standing", (standing.update as f64).into()),
            ("looks_back", run.looks_back().into()),
            ("forked", run.forked().map_or(JsValue::NULL, |update| (update as f64).into())),
            ("marks", to_js(&run.marks())),
            ("arrival", to_js(&run.arrival())),
            ("revealed", to_js(&run.revealed())),
            (
                "measured",
                object(&[
                    ("train", measured(&standing.train)),
                    ("validation", measured(&standing.validation)),
                    ("own", measured(&standing.own)),
                ]),
            ),
            ("state", if run.stopped().is_some() { "stopped" } else { "running" }.into()),
            ("stop", to_js(&run.stopped())),
            ("best", run.best().map_or(JsValue::NULL, best)),
            ("patience", run.patience().map_or(JsValue::NULL, patience)),
            ("outputs", (run.learner().answer().width() as f64).into()),
            ("answer", to_js(&run.learner().answer())),
            ("history", history(run, request.since.get(index).copied().unwrap_or(0.0) as u64)),
        ]
    }

    fn range(&self, index: usize, request: &Request) -> Range {
        request.range.map_or_else(|| self.engine.range(index), |[x0, x1, y0, y1]| Range { x: [x0, x1], y: [y0, y1] })
    }

    /// A run that is not looked at closely.
    fn beside_frame(&self, index: usize, request: &Request) -> JsValue {
        let mut entries = self.measured(index, request);
        let mut values = Vec::new();
        let there = request.small > 0 && self.engine.map(index, request.small.min(SMALL), self.range(index, request), &mut values);
        entries.push(("map", if there { Float32Array::from(&values[..]).into() } else { JsValue::NULL }));
        object(&entries)
    }

    /// The run that is looked at.
    fn run_frame(&self, index: usize, request: &Request) -> JsValue {
        let run = &self.engine.runs()[index];
        let range = self.range(index, request);
        let mut values = Vec::new();
        let mut map = JsValue::NULL;
        if request.side > 0 && self.engine.map(index, request.side, range, &mut values) {
            map = Float32Array::from(&values[..]).into();
        }
        let mut neurons = JsValue::NULL;
        if request.units > 0 && self.engine.unit_maps(index, request.units, range, &mut values) {
            neurons = Float32Array::from(&values[..]).into();
        }
        let (mut predictions, mut unit, mut leaves) = (JsValue::NULL, JsValue::NULL, JsValue::NULL);
        let (start, mut predicting, mut diagnosing) = (now(), 0.0, 0.0);
        if request.points > 0.0 && !request.unpredicted {
            self.engine.predictions(index, request.points as usize, &mut values);
            predictions = Float32Array::from(&values[..]).into();
            predicting = now() - start;
        }
        if let Some((layer, at, side)) = request.unit
            && self.engine.unit_map(index, layer, at, side, range, &mut values)
        {
            unit = Float32Array::from(&values[..]).into();
        }
        if request.leaves && request.side > 0 {
            let mut ends = Vec::new();
            self.engine.leaf_map(index, request.side, range, &mut ends);
            leaves = Uint32Array::from(&ends[..]).into();
        }
        let (mut seen, mut diagnosis) = (JsValue::NULL, JsValue::NULL);
        if let Some(wanted) = &request.inspect {
            let shown = wanted.row.and_then(|at| self.engine.shown(index, request.points as usize).get(at).copied());
            let row = shown.unwrap_or_else(|| self.engine.first_row(index));
            let layers = self.engine.inspect(index, Some(row), wanted.most, wanted.close);
            seen = object(&[("row", (row as f64).into()), ("layers", layers.iter().map(seen_js).collect::<Array>().into())]);
        }
        if request.diagnose {
            let start = now();
            diagnosis = to_js(&self.engine.diagnose(index));
            diagnosing = now() - start;
        }
        let start = now();
        let findings = if request.examine { to_js(&self.engine.examine(index)) } else { JsValue::NULL };
        let examining = now() - start;
        let samples = self.engine.samples(index, SAMPLES);
        let drawn = run.learner().view(request.units);
        let view = to_js(&*drawn.data);
        let marks = self.engine.placed(index, &drawn.marks).map(|(mark, at, to)| {
            object(&[
                ("kind", to_js(&mark.form)),
                ("at", to_js(&at)),
                ("to", to.map_or(JsValue::UNDEFINED, |to| to_js(&to))),
                ("strength", mark.strength.into()),
                ("class", mark.class.map_or(JsValue::UNDEFINED, |class| (class as f64).into())),
            ])
        });
        for (key, value) in [("kind", drawn.kind.into()), ("marks", marks.collect::<Array>().into())] {
            Reflect::set(&view, &key.into(), &value).expect("a plain object");
        }
        let confusion = run.confusion();
        let report = classes::report(&confusion, confusion.len().isqrt());
        let per_class: Vec<f64> = report.iter().flat_map(|line| [line.precision, line.recall, line.f1, f64::from(line.support)]).collect();
        let mut entries = self.measured(index, request);
        entries.extend([
            ("findings", findings),
            ("confusion", Uint32Array::from(&confusion[..]).into()),
            ("per_class", Float64Array::from(&per_class[..]).into()),
            ("map", map),
            ("samples", if samples.is_empty() { JsValue::NULL } else { Float32Array::from(&samples[..]).into() }),
            ("map_range", Float32Array::from(&[range.x[0], range.x[1], range.y[0], range.y[1]][..]).into()),
            ("neurons", neurons),
            ("unit", unit),
            ("leaves", leaves),
            ("seen", seen),
            ("diagnosis", diagnosis),
            // Milliseconds that they took.
            ("spent", object(&[("predictions", predicting.into()), ("diagnosis", diagnosing.into()), ("findings", examining.into())])),
            ("costs", to_js(&run.learner().layered().map(|layered| layered.costs()))),
            ("predictions", predictions),
            ("view", view),
            ("quantities", to_js(&run.known())),
            ("features", to_js(&run.features())),
        ]);
        object(&entries)
    }
}

fn seen_js(seen: &Seen) -> JsValue {
    let attention = seen.attention.as_ref().map_or(JsValue::NULL, |attention| {
        let values = Float32Array::from(&attention.values[..]);
        object(&[("heads", (attention.heads as f64).into()), ("steps", (attention.steps as f64).into()), ("values", values.into())])
    });
    let tensors = seen.tensors.iter().map(|tensor| {
        let values = Float32Array::from(&tensor.values[..]);
        object(&[("name", tensor.name.as_str().into()), ("shape", to_js(&tensor.shape)), ("values", values.into())])
    });
    object(&[
        ("shape", to_js(&seen.shape)),
        ("values", Float32Array::from(&seen.values[..]).into()),
        ("largest", seen.largest.into()),
        ("attention", attention),
        ("inside", seen.inside.iter().map(seen_js).collect::<Array>().into()),
        ("tensors", tensors.collect::<Array>().into()),
    ])
}

fn history(run: &Run, since: u64) -> JsValue {
    let history = run.history();
    let (from, reset) = history.since(since);
    let columns = Object::new();
    for series in history.series() {
        let put = |name: &str, values: &[f64]| {
            Reflect::set(&columns, &name.into(), &Float64Array::from(&values[from..])).expect("a plain object");
        };
        put(&series.name, &series.last);
        if series.name.contains('.') {
            put(&format!("{}.min", series.name), &series.min);
            put(&format!("{}.max", series.name), &series.max);
        }
    }
    object(&[
        ("version", (history.version() as f64).into()),
        ("from", (from as f64).into()),
        ("reset", reset.into()),
        ("columns", columns.into()),
    ])
}
