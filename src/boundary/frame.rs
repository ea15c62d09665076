//! A frame: everything that is drawn of the runs at one moment. Of the run that is looked at there is all that was asked for; of the others what is measured, and a small map.

use super::{Doubles, Floats, Named, Words};
use crate::data::slice::Axes;
use crate::learn::inside::{self, Costs, Diagnosis};
use crate::learn::{Form, Tensor};
use crate::metric::{Answer, Quantity, classes};
use crate::session::{Range, Session};
use crate::train::mark::Mark;
use crate::train::stop::{Reach, Stopped};
use crate::train::{self, Arrival, Revealed};
use crate::trust::doctor::Finding;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;

/// Cells along an edge of a small map at most.
const SMALL: usize = 128;

/// Rows that a learner makes, in a frame.
const SAMPLES: usize = 12;

/// What a frame should hold; what is left out is not wanted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "FrameRequest")]
pub struct Request {
    /// Cells along an edge of the map.
    pub side: usize,
    /// The run of which everything is wanted; of the others come what is measured and a small map.
    pub run: usize,
    /// Cells along an edge of the small maps.
    pub small: usize,
    /// Units of a layer that are drawn, with their maps.
    pub units: usize,
    /// The part of the plane that the maps show, `[x0, x1, y0, y1]`; null for the run's own.
    pub range: Option<[f32; 4]>,
    /// How much of each run's history is known: the `version` that came last.
    pub since: Vec<f64>,
    /// The plane of the map, as given to `points`.
    pub axes: Option<Axes>,
    /// Rows whose predictions are wanted: the same `most` as in `points`.
    pub points: f64,
    /// They are not wanted this time.
    pub unpredicted: bool,
    /// One unit (layer, unit) whose own map is wanted at this many cells along an edge.
    pub unit: Option<(usize, usize, usize)>,
    /// The node in which each cell of the map ends.
    pub leaves: bool,
    /// What every layer makes of a row.
    pub inspect: Option<Inspect>,
    /// How the numbers of every layer are spread, and what is wrong with it.
    pub diagnose: bool,
    /// What is wrong with the run.
    pub examine: bool,
}

/// Which row is looked at, and how closely.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct Inspect {
    /// Its place among the rows of `points`; the first that was held out where none is given.
    pub row: Option<usize>,
    /// About so many numbers of each layer.
    pub most: usize,
    /// The layer of which all numbers are wanted.
    pub close: Option<usize>,
}

/// Everything that is drawn.
#[derive(Serialize, JsonSchema)]
pub struct Frame<'a> {
    pub runs: Vec<Either<'a>>,
    /// The finish line.
    pub line: Option<&'a Reach>,
}

/// A run as it was asked for.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Either<'a> {
    Run(Box<Run<'a>>),
    Beside(Box<Beside<'a>>),
}

/// What is counted and measured of every run.
#[derive(Serialize, JsonSchema)]
pub struct Measured<'a> {
    pub update: u64,
    pub epoch: f64,
    /// Rows that were trained on, each as often as it was.
    pub rows: u64,
    /// Of its training, by a clock.
    pub seconds: f64,
    /// Of the next update; null for a learner without one.
    pub learning_rate: Option<f64>,
    /// What the schedule counts, for a learner with a learning rate.
    pub scheduled: Option<u64>,
    /// Learned numbers.
    pub parameters: usize,
    /// The update of the evaluation that is shown.
    pub standing: u64,
    /// A past moment is shown.
    pub looks_back: bool,
    /// The update at which it left another's way.
    pub forked: Option<u64>,
    pub marks: &'a [Mark],
    pub arrival: Option<&'a Arrival>,
    pub revealed: &'a [Revealed],
    pub measured: Parts<'a>,
    pub state: State,
    pub stop: Option<&'a Stopped>,
    pub best: Option<Best<'a>>,
    pub patience: Option<Patience>,
    /// Numbers that it answers for a row.
    pub outputs: usize,
    pub answer: Answer,
    pub history: History<'a>,
}

/// What was measured, by name; a value that there is none of is not a number.
#[derive(Serialize, JsonSchema)]
pub struct Parts<'a> {
    pub train: Named<'a, f64>,
    pub validation: Named<'a, f64>,
    /// Of the learner's own.
    pub own: Named<'a, f64>,
}

/// Whether a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Running,
    Stopped,
}

/// The best evaluation.
#[derive(Serialize, JsonSchema)]
pub struct Best<'a> {
    pub update: u64,
    pub loss: f64,
    /// What is watched, and its value.
    pub metric: &'a str,
    pub value: f64,
}

/// Evaluations without an improvement, and how many end the run.
#[derive(Serialize, JsonSchema)]
pub struct Patience {
    pub used: u32,
    pub limit: u32,
}

/// Rows of the history that are new.
#[derive(Serialize, JsonSchema)]
pub struct History<'a> {
    /// What is known with them, for the next request's `since`.
    pub version: u64,
    /// The row at which they begin.
    pub from: usize,
    /// Rows before changed as well: all are here.
    pub reset: bool,
    /// By the names of what is measured, with `.min` and `.max` of what a row stands for.
    pub columns: Named<'a, Doubles<'a>>,
}

/// A run that is not looked at closely.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunBeside")]
pub struct Beside<'a> {
    #[serde(flatten)]
    pub measured: Measured<'a>,
    /// What it answers on a small grid, `[cells × outputs]`, the top row first; null where there is no map.
    pub map: Option<Floats<'a>>,
}

/// The run that is looked at.
#[derive(Serialize, JsonSchema)]
pub struct Run<'a> {
    #[serde(flatten)]
    pub measured: Measured<'a>,
    /// What is wrong with it, the worst first; null where that was not asked for.
    pub findings: Option<Vec<Finding>>,
    /// Rows by `[true class, predicted class]`.
    pub confusion: Words<'a>,
    /// Of each class precision, recall, F1 and support.
    pub per_class: Doubles<'a>,
    /// What it answers on a grid, `[cells × outputs]`, the top row first; null where there is no map.
    pub map: Option<Floats<'a>>,
    /// Rows that it makes, `[rows × columns]`, where rows are seen as what they are.
    pub samples: Option<Floats<'a>>,
    /// `[x0, x1, y0, y1]`.
    pub map_range: Floats<'a>,
    /// The units' own maps, `[units][cells]`, inputs first.
    pub neurons: Option<Floats<'a>>,
    /// The map of one unit.
    pub unit: Option<Floats<'a>>,
    /// The node in which each cell of the map ends.
    pub leaves: Option<Words<'a>>,
    pub seen: Option<Looked<'a>>,
    /// A layer behind the inputs each.
    pub diagnosis: Option<Vec<Diagnosis>>,
    pub spent: Spent,
    /// Of a model of layers.
    pub costs: Option<Costs>,
    /// Of the rows shown, `[rows × outputs]`.
    pub predictions: Option<Floats<'a>>,
    pub view: View,
    /// Everything that is measured of it.
    pub quantities: &'a [Quantity],
    /// What the learner is given of each row.
    pub features: &'a [String],
}

/// Milliseconds that parts of a frame took.
#[derive(Serialize, JsonSchema)]
pub struct Spent {
    pub predictions: f64,
    pub diagnosis: f64,
    pub findings: f64,
}

/// What every layer makes of a row.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SeenRow")]
pub struct Looked<'a> {
    /// Its number in the table.
    pub row: usize,
    pub layers: Vec<Seen<'a>>,
}

/// What a layer makes of one row, or the first part of it where that is too much to show.
#[derive(Serialize, JsonSchema)]
pub struct Seen<'a> {
    /// What `values` are: of an image whole channels, of a sequence every step with the first features, of flat rows the first units.
    pub shape: crate::data::Shape,
    pub values: Floats<'a>,
    /// Largest absolute value of the whole output.
    pub largest: f32,
    pub attention: Option<Attention<'a>>,
    /// The layers within it: a residual block's.
    pub inside: Vec<Seen<'a>>,
    /// What it has learned, of the layer that is looked at closely.
    pub tensors: Vec<SeenTensor<'a>>,
}

/// Whom each step listens to: `[heads][steps][steps]`.
#[derive(Serialize, JsonSchema)]
pub struct Attention<'a> {
    pub heads: usize,
    pub steps: usize,
    pub values: Floats<'a>,
}

/// A named tensor in PyTorch's layout.
#[derive(Serialize, JsonSchema)]
pub struct SeenTensor<'a> {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Floats<'a>,
}

/// What a learner shows of itself: the drawing's kind and data, and what is drawn on the map besides.
pub struct View {
    pub kind: &'static str,
    pub data: Box<dyn erased_serde::Serialize>,
    pub marks: Vec<MapMark>,
}

impl Serialize for View {
    /// The data's fields, the kind and the marks beside each other, without a second way to write each field.
    #[cfg(target_arch = "wasm32")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = crate::wasm::to_js(&*self.data);
        crate::wasm::put(&view, "kind", &self.kind.into());
        crate::wasm::put(&view, "marks", &crate::wasm::to_js(&self.marks));
        crate::wasm::handed_on(&view, serializer)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut view = serde_json::to_value(&*self.data).map_err(serde::ser::Error::custom)?;
        view["kind"] = self.kind.into();
        view["marks"] = serde_json::to_value(&self.marks).map_err(serde::ser::Error::custom)?;
        view.serialize(serializer)
    }
}

/// Which kinds there are, the families say: `typescript.rs` asks each of them.
impl JsonSchema for View {
    fn schema_name() -> Cow<'static, str> {
        "View".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "properties": { "marks": generator.subschema_for::<Vec<MapMark>>() } })
    }
}

/// Something that is drawn on the map.
#[derive(Serialize, JsonSchema)]
pub struct MapMark {
    pub kind: Form,
    pub at: [f32; 2],
    /// Where an arrow ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<[f32; 2]>,
    /// How much it stands out, from 0 to 1.
    pub strength: f32,
    /// The class or cluster whose colour it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<usize>,
}

impl<'a> Frame<'a> {
    /// Of the runs as they stand, by a clock in milliseconds. The plane of the map is the one that was chosen before (`Session::look`).
    pub fn of(session: &'a Session, request: &Request, now: &mut dyn FnMut() -> f64) -> Self {
        let mut of = |index: usize| {
            if index == request.run {
                Either::Run(Box::new(closely(session, index, request, now)))
            } else {
                Either::Beside(Box::new(beside(session, index, request)))
            }
        };
        Frame { runs: (0..session.runs().len()).map(&mut of).collect(), line: session.line() }
    }
}

fn measured<'a>(run: &'a train::Run, since: u64) -> Measured<'a> {
    let standing = run.standing();
    let named = |values: &'a [(&'static str, f64)]| Named(values.iter().map(|&(name, value)| (name.into(), value)).collect());
    let best = |(update, loss): (u64, f64)| {
        let (metric, value) = run.best_watched().expect("there is a best");
        Best { update, loss, metric, value }
    };
    Measured {
        update: run.update(),
        epoch: run.epoch(),
        rows: run.rows(),
        seconds: run.seconds(),
        learning_rate: run.learning_rate(),
        scheduled: run.learner().rated().map(|rated| rated.scheduled()),
        parameters: run.learner().parameters(),
        standing: standing.update,
        looks_back: run.looks_back(),
        forked: run.forked(),
        marks: run.marks(),
        arrival: run.arrival(),
        revealed: run.revealed(),
        measured: Parts { train: named(&standing.train), validation: named(&standing.validation), own: named(&standing.own) },
        state: if run.stopped().is_some() { State::Stopped } else { State::Running },
        stop: run.stopped(),
        best: run.best().map(best),
        patience: run.patience().map(|(used, limit)| Patience { used, limit }),
        outputs: run.learner().answer().width(),
        answer: run.learner().answer(),
        history: history(run, since),
    }
}

fn history(run: &train::Run, since: u64) -> History<'_> {
    let history = run.history();
    let (from, reset) = history.since(since);
    let mut columns = Vec::new();
    for series in history.series() {
        columns.push((Cow::from(&series.name[..]), Doubles::from(&series.last[from..])));
        if series.name.contains('.') {
            columns.push((format!("{}.min", series.name).into(), Doubles::from(&series.min[from..])));
            columns.push((format!("{}.max", series.name).into(), Doubles::from(&series.max[from..])));
        }
    }
    History { version: history.version(), from, reset, columns: Named(columns) }
}

fn since(request: &Request, index: usize) -> u64 {
    request.since.get(index).copied().unwrap_or(0.0) as u64
}

fn range(session: &Session, index: usize, request: &Request) -> Range {
    request.range.map_or_else(|| session.range(index), |[x0, x1, y0, y1]| Range { x: [x0, x1], y: [y0, y1] })
}

fn beside<'a>(session: &'a Session, index: usize, request: &Request) -> Beside<'a> {
    let mut values = Vec::new();
    let there = request.small > 0 && session.map(index, request.small.min(SMALL), range(session, index, request), &mut values);
    Beside { measured: measured(&session.runs()[index], since(request, index)), map: there.then(|| values.into()) }
}

/// What `fill` puts into numbers of its own; none where it says that there is nothing.
fn filled<'a>(fill: impl FnOnce(&mut Vec<f32>) -> bool) -> Option<Floats<'a>> {
    let mut values = Vec::new();
    fill(&mut values).then(|| values.into())
}

fn closely<'a>(session: &'a Session, index: usize, request: &Request, now: &mut dyn FnMut() -> f64) -> Run<'a> {
    let run = &session.runs()[index];
    let range = range(session, index, request);
    let map = filled(|out| request.side > 0 && session.map(index, request.side, range, out));
    let neurons = filled(|out| request.units > 0 && session.unit_maps(index, request.units, range, out));
    let (start, points) = (now(), request.points as usize);
    let predictions = filled(|out| {
        let wanted = request.points > 0.0 && !request.unpredicted;
        if wanted {
            session.predictions(index, points, out);
        }
        wanted
    });
    let predicting = if predictions.is_some() { now() - start } else { 0.0 };
    let unit = request.unit.and_then(|(layer, unit, side)| filled(|out| session.unit_map(index, layer, unit, side, range, out)));
    let leaves = (request.leaves && request.side > 0).then(|| {
        let mut ends = Vec::new();
        session.leaf_map(index, request.side, range, &mut ends);
        ends.into()
    });
    let seen = request.inspect.as_ref().map(|wanted| {
        let shown = wanted.row.and_then(|at| session.shown(index, points).get(at).copied());
        let row = shown.unwrap_or_else(|| session.first_row(index));
        Looked { row, layers: session.inspect(index, Some(row), wanted.most, wanted.close).into_iter().map(seen).collect() }
    });
    let start = now();
    let diagnosis = request.diagnose.then(|| session.diagnose(index));
    let diagnosing = if diagnosis.is_some() { now() - start } else { 0.0 };
    let start = now();
    let findings = request.examine.then(|| session.examine(index));
    let examining = now() - start;
    let samples = session.samples(index, SAMPLES);
    let drawn = run.learner().view(request.units);
    let mark =
        |(mark, at, to): (&crate::learn::Mark, _, _)| MapMark { kind: mark.form, at, to, strength: mark.strength, class: mark.class };
    let marks = session.placed(index, &drawn.marks).map(mark).collect();
    let confusion = run.confusion();
    let report = classes::report(&confusion, confusion.len().isqrt());
    let per_class: Vec<f64> = report.iter().flat_map(|line| [line.precision, line.recall, line.f1, f64::from(line.support)]).collect();
    Run {
        measured: measured(run, since(request, index)),
        findings,
        confusion: confusion.into(),
        per_class: per_class.into(),
        map,
        samples: (!samples.is_empty()).then(|| samples.into()),
        map_range: vec![range.x[0], range.x[1], range.y[0], range.y[1]].into(),
        neurons,
        unit,
        leaves,
        seen,
        diagnosis,
        spent: Spent { predictions: predicting, diagnosis: diagnosing, findings: examining },
        costs: run.learner().layered().map(|layered| layered.costs()),
        predictions,
        view: View { kind: drawn.kind, data: drawn.data, marks },
        quantities: run.known(),
        features: run.features(),
    }
}

fn seen<'a>(seen: inside::Seen) -> Seen<'a> {
    let inside::Seen { shape, values, largest, attention, inside, tensors } = seen;
    let tensor = |Tensor { name, shape, values }| SeenTensor { name, shape, values: values.into() };
    Seen {
        shape,
        values: values.into(),
        largest,
        attention: attention.map(|inside::Attention { heads, steps, values }| Attention { heads, steps, values: values.into() }),
        inside: inside.into_iter().map(self::seen).collect(),
        tensors: tensors.into_iter().map(tensor).collect(),
    }
}
