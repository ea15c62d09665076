//! What is done with a document: everything that a page can ask of it, a few updates of training in between.

use super::chance::Chance;
use super::draw::{Draw, mended};
use super::files;
use descent::config::{self, Issue};
use descent::data::slice::Axes;
use descent::job::{self, Outcome};
use descent::learn::{Snapshot, Tensor};
use descent::session::{Range, Session};
use descent::ship::{tables, tensors};
use descent::train::{Experiment, Run, StopReason, experiment};
use serde_json::{Value, json};

/// Multiply-adds of an update, and of passing over all rows, that a document may cost: tens of milliseconds.
const UPDATE: u64 = 4_000_000;
const PASS: u64 = 30_000_000;
/// Learned numbers, and bytes of buffers.
const PARAMETERS: u64 = 60_000;
const BYTES: u64 = 24 << 20;
/// Numbers of all rows, as prepared.
const NUMBERS: usize = 1 << 18;
/// How often a refused document is mended.
const MENDED: usize = 24;
/// Most documents may cost this much less, so that there can be many of them.
const LIGHT: u64 = 8;
/// Data sets that come with Descent have hundreds of rows, which every call passes over; so many times less often are they drawn.
const BUNDLED: usize = 4;

/// How far a document came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It has problems, and they are told.
    Refused,
    /// It would take too long here.
    Costly,
    /// It was run.
    Ran,
}

/// A document that is valid, as far as the schema alone says and most often altogether.
pub fn drawn(chance: &mut Chance) -> String {
    let said = *chance.pick(&[1, 2, 3, 4, 6, 8]);
    let schema = experiment::schema();
    let mut document = Draw { root: schema, chance, wrong: 0, said }.value(schema, "", 0);
    // Sources draw 500 rows and more where nothing is said; a run of 80 goes through the same code.
    if let Some(data) = document.get_mut("data").filter(|data| data.is_object())
        && let Some((tag, content)) = data.as_object_mut().and_then(|data| data.iter_mut().next())
        && content.is_object()
        && content.get("samples").is_none()
        && sampled(tag)
    {
        content["samples"] = json!(20 + chance.below(100));
    }
    let bundled = document.get("data").is_none_or(|data| data.as_str().or_else(|| first_tag(data)).is_some_and(|tag| FIXED.contains(&tag)));
    if bundled && !chance.once_in(BUNDLED) {
        let source = *chance.pick(&["spiral", "moons", "blobs", "waves", "curve", "shapes", "series", "signals", "tokens"]);
        document["data"] = json!({ source: { "samples": 20 + chance.below(100) } });
    }
    document.to_string()
}

/// What is said by `{"tag": …}`.
fn first_tag(choice: &Value) -> Option<&str> {
    choice.as_object()?.keys().next().map(String::as_str)
}

/// Sources whose rows are what they are.
const FIXED: [&str; 5] = ["iris", "wine", "breast_cancer", "diabetes", "digits"];

fn sampled(tag: &str) -> bool {
    let schema = experiment::schema();
    let data = config::schema::resolve(schema, &schema["properties"]["data"]);
    let content = config::schema::choices(data).into_iter().find(|(name, _)| *name == tag).map(|(_, content)| content);
    content.is_some_and(|content| config::schema::resolve(schema, content)["properties"].get("samples").is_some())
}

/// Runs what is drawn as `kind`, mending it first.
pub fn attempt(text: &str, chance: &mut Chance) -> Result<Came, String> {
    let mut session = Session::default();
    files::attach(&mut session);
    let mut text = text.to_string();
    let share = if chance.once_in(8) { 1 } else { LIGHT };
    for _ in 0..MENDED {
        match begun(&mut session, &text, share)? {
            Ok(Came::Ran) => return exercise(&mut session, &text, chance).map(|()| Came::Ran),
            Ok(other) => return Ok(other),
            Err(issues) => {
                let mut document: Value = serde_json::from_str(&text).map_err(|error| format!("no JSON was drawn: {error}"))?;
                let before = document.clone();
                for issue in issues.iter().rev() {
                    mended(&mut document, issue);
                }
                if document == before {
                    return Ok(Came::Refused);
                }
                text = document.to_string();
            }
        }
    }
    Ok(Came::Refused)
}

/// The same without mending: what a document says is what is tried.
pub fn replay(text: &str, chance: &mut Chance) -> Result<Came, String> {
    let mut session = Session::default();
    files::attach(&mut session);
    match opened(&mut session, text)? {
        Ok(()) => exercise(&mut session, text, chance).map(|()| Came::Ran),
        Err(_) => {
            refused(&mut session, text)?;
            Ok(Came::Refused)
        }
    }
}

/// Everything that takes a document, with one that has problems: no call may panic, and those that answer with issues have some.
pub fn refused(session: &mut Session, text: &str) -> Result<(), String> {
    let none_of = |issues: Result<(), Vec<Issue>>, what: &str| match issues {
        Ok(()) => Err(format!("{what} took a document that check refuses")),
        Err(issues) => told(&issues, what),
    };
    session.missing(text);
    session.techniques(text);
    session.plan(text);
    session.augmented(text, 20, 1);
    if let Err(issues) = session.overview(text) {
        told(&issues, "overview")?;
    }
    none_of(session.open(text), "open")?;
    none_of(session.add(text, None), "add")?;
    none_of(session.add("{}", Some((5, text))), "add, from it")?;
    none_of(session.replace(0, text), "replace")?;
    none_of(session.open_without(text, "dropout"), "open_without")?;
    let job = format!(r#"{{"experiment": {text}, "job": "seeds"}}"#);
    none_of(session.plan_job(&job, "{}").map(|_| ()), "plan_job")?;
    if session.live(0, text).is_ok_and(|taken| taken) {
        return Err("live took a document that check refuses".into());
    }
    Ok(())
}

/// Issues that say what is wrong, in both languages, briefly.
pub fn told(issues: &[Issue], what: &str) -> Result<(), String> {
    if issues.is_empty() {
        return Err(format!("{what}: refused without an issue"));
    }
    for Issue { path, message, .. } in issues {
        if message.en.is_empty() || message.zh.is_empty() {
            return Err(format!("{what}: an issue at {path} says nothing"));
        }
        if path.len() > 2000 || message.en.len() > 6000 {
            return Err(format!("{what}: an issue of {} bytes at a path of {}", message.en.len(), path.len()));
        }
    }
    Ok(())
}

/// Opens a document that is not too costly: it may cost one part in `share` of the most.
fn begun(session: &mut Session, text: &str, share: u64) -> Result<Result<Came, Vec<Issue>>, String> {
    let experiment = match Experiment::parse(text) {
        Ok(experiment) => experiment,
        Err(issues) => {
            told(&issues, "parse")?;
            return Ok(Err(issues));
        }
    };
    if let Some(cost) = large(text)
        && cost
    {
        return Ok(Ok(Came::Costly));
    }
    if let Some(plan) = session.plan(text)
        && let Some(costs) = plan.costs
    {
        let searches =
            experiment.learner.part().rates().is_none() || text.contains("lbfgs") || text.contains("newton") || text.contains("levenberg");
        let factored = text.contains("shampoo") || text.contains("soap") || text.contains("muon");
        let times = if searches {
            40
        } else if factored {
            4
        } else {
            1
        };
        let rows = rows_of(text);
        if costs.multiply_adds * costs.batch as u64 * times > UPDATE / share
            || costs.multiply_adds * rows > PASS / share
            || costs.parameters > PARAMETERS / if searches || factored { 10 } else { 1 }
            || costs.parameter_bytes.saturating_add(costs.optimizer_bytes).saturating_add(costs.activation_bytes) > BYTES
        {
            return Ok(Ok(Came::Costly));
        }
    }
    Ok(opened(session, text)?.map(|()| Came::Ran))
}

/// Opens a document, or the issues that it has.
fn opened(session: &mut Session, text: &str) -> Result<Result<(), Vec<Issue>>, String> {
    let issues = session.check(text);
    if !issues.is_empty() {
        told(&issues, "check")?;
        return Ok(Err(issues));
    }
    session.open(text).map(Ok).map_err(|issues| format!("check had no issue with it, open has: {issues:?}"))
}

/// Rows that a document asks for, about.
fn rows_of(text: &str) -> u64 {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let samples = document["data"].as_object().and_then(|data| data.values().next()).and_then(|content| content["samples"].as_u64());
    samples.unwrap_or(1800).max(20)
}

/// Whether the rows alone are too many; none where nothing is known.
fn large(text: &str) -> Option<bool> {
    let document: Value = serde_json::from_str(text).ok()?;
    let content = document["data"].as_object()?.values().next()?;
    let rows = content["samples"].as_u64().unwrap_or(500);
    let side = content["side"].as_u64().unwrap_or(1).max(1);
    let length = ["length", "steps", "window", "context"].iter().filter_map(|key| content[*key].as_u64()).max().unwrap_or(1).max(1);
    Some(rows > 3000 || rows * side * side * length > NUMBERS as u64)
}

/// A clock that goes on by a hundredth of a millisecond each time it is read.
fn clock() -> impl FnMut() -> f64 {
    let mut time = 0.0;
    move || {
        time += 0.01;
        time
    }
}

fn bits(tensors: &[Tensor]) -> Vec<u32> {
    tensors.iter().flat_map(|tensor| tensor.values.iter().map(|value| value.to_bits())).collect()
}

/// Evaluations come at least this often, in updates, in most documents; the others are not waited for.
const EVALUATED: usize = 500;

/// Weights that are no numbers have to be told: at the latest at the next evaluation the run has stopped and says so. What is looked at after every update
/// is one number only; a weight may overflow one update before the loss does.
pub fn honest(session: &mut Session, run: usize, when: &str) -> Result<(), String> {
    let Some(name) = broken(&session.runs()[run]) else { return Ok(()) };
    let evaluated = |session: &Session| {
        let run = &session.runs()[run];
        run.history().named("update").and_then(|series| series.last.last().copied()).is_some_and(|at| at == run.update() as f64)
    };
    for _ in 0..EVALUATED {
        if evaluated(session) || session.runs()[run].stopped().is_some() {
            break;
        }
        session.advance(1e9, 1, &mut clock());
    }
    match broken(&session.runs()[run]) {
        Some(_) if evaluated(session) => Err(format!("{when}: {name} is not finite, and nobody says so")),
        _ => Ok(()),
    }
}

/// The tensor of which a number is not finite, where nobody has said so.
fn broken(run: &Run) -> Option<String> {
    let told = run.stopped().is_some_and(|stopped| stopped.reason == StopReason::Diverged);
    if told || run.update() == 0 {
        return None;
    }
    run.tensors().into_iter().find(|tensor| tensor.values.iter().any(|value| !value.is_finite())).map(|tensor| tensor.name)
}

/// What a page does with a run, in some order.
fn exercise(session: &mut Session, text: &str, chance: &mut Chance) -> Result<(), String> {
    let mut now = clock();
    let initial = bits(&session.runs()[0].tensors());
    if chance.once_in(3) {
        looks(session, 0, chance);
    }
    let most = *chance.pick(&[1, 2, 3, 5, 8, 20]);
    session.advance(1e9, most, &mut now);
    honest(session, 0, "after some updates")?;
    if chance.once_in(2) {
        looks(session, 0, chance);
    }
    if chance.once_in(4) {
        documents(session, text, chance)?;
    }
    if chance.once_in(3) {
        past(session, chance)?;
    }
    if chance.once_in(4) {
        live(session, text, chance)?;
    }
    if chance.once_in(6) {
        session.restore_best(0);
        looks(session, 0, chance);
        session.advance(1e9, 2, &mut now);
        honest(session, 0, "after the best was put back")?;
    }
    if chance.once_in(6) {
        session.step_epoch(0, 0.3, &mut now);
        session.reach(0, session.runs()[0].update() + 2, 1.0, &mut now);
        session.reveal(0);
        looks(session, 0, chance);
    }
    if chance.once_in(5) {
        files_of(session, text)?;
    }
    if chance.once_in(8) {
        jobs(session, text, chance)?;
    }
    if chance.once_in(4) {
        session.rewind();
        let run = &session.runs()[0];
        // What was forked begins with the other's settings, but with the same weights.
        if run.update() != 0 || bits(&run.tensors()) != initial {
            return Err("after rewinding the weights are others than at the beginning".into());
        }
        session.advance(1e9, 2, &mut now);
        honest(session, 0, "after rewinding")?;
    }
    if chance.once_in(8) {
        odd(session, chance);
    }
    Ok(())
}

/// Everything that is drawn in a frame.
pub fn looks(session: &mut Session, index: usize, chance: &mut Chance) {
    let axes = match chance.below(6) {
        0 => Some(Axes::Components),
        1 => Some(Axes::Columns([chance.below(4), chance.below(4)])),
        _ => None,
    };
    session.look(axes);
    let range = if chance.once_in(6) { Range { x: [-1e3, 1e3], y: [0.0, 0.0] } } else { session.range(index) };
    let (side, units) = (*chance.pick(&[1, 2, 5, 9]), *chance.pick(&[1, 3, 8]));
    let (mut values, mut ends) = (Vec::new(), Vec::new());
    session.map(index, side, range, &mut values);
    if chance.once_in(4) {
        session.unit_maps(index, units, range, &mut values);
    }
    session.unit_map(index, chance.below(4), chance.below(4), side, range, &mut values);
    session.leaf_map(index, side, range, &mut ends);
    session.predictions(index, *chance.pick(&[1, 10, 2000]), &mut values);
    let row = chance.once_in(2).then(|| chance.below(60));
    let close = chance.once_in(2).then(|| chance.below(6));
    session.inspect(index, row, *chance.pick(&[0, 1, 64, 100_000]), close);
    session.diagnose(index);
    session.examine(index);
    if chance.once_in(4) {
        session.alike(index);
    }
    let run = &session.runs()[index];
    run.learner().view(units);
    run.confusion();
    run.standing();
    run.learner().weighted().map(|weights| weights.norms());
    run.learner().layered().map(|layered| layered.costs());
    run.history().since(0);
    session.classes(index);
    session.shown(index, 2000);
    session.slice().map(|slice| slice.names(session.runs()[index].table()));
}

/// What a document would come to.
fn documents(session: &mut Session, text: &str, chance: &mut Chance) -> Result<(), String> {
    session.missing(text);
    session.plan(text);
    session.augmented(text, *chance.pick(&[0, 1, 30]), chance.below(3) as u32);
    if let Err(issues) = session.overview(text) {
        return Err(format!("a document that runs has no overview: {issues:?}"));
    }
    let experiment = Experiment::parse(text).map_err(|issues| format!("{issues:?}"))?;
    descent::train::Curve::of(&experiment, chance.below(5000) as u64, *chance.pick(&[0, 1, 7, 200]));
    // Another session, so that its own run stays.
    let techniques = session.techniques(text);
    if let Some(without) = (!techniques.is_empty()).then(|| chance.pick(&techniques)) {
        let mut other = Session::default();
        files::attach(&mut other);
        match other.open_without(text, without.technique) {
            Ok(()) => {
                other.advance(1e9, 2, &mut clock());
                honest(&mut other, 0, "without one of its techniques")?;
            }
            Err(issues) => told(&issues, "open_without")?,
        }
    }
    Ok(())
}

/// Looks back, forks and goes back; a fork does what the run did, bit for bit.
fn past(session: &mut Session, chance: &mut Chance) -> Result<(), String> {
    let update = session.runs()[0].update();
    let at = chance.below(update as usize + 2) as u64;
    session.look_back(0, Some(at));
    looks(session, 0, chance);
    if chance.once_in(2) {
        session.look_back(0, None);
    }
    let Some(left) = session.fork(0, at) else { return Err("there was room for a fork".into()) };
    if left > update {
        return Err(format!("a fork from update {at} left at {left}, the run is at {update}"));
    }
    let mut now = clock();
    // The fork comes level, then both go on.
    session.advance(1e9, 2, &mut now);
    let [run, fork] = session.runs() else { return Err("two runs were due".into()) };
    let going = run.stopped().is_none() && fork.stopped().is_none();
    if going && run.update() == fork.update() && bits(&run.tensors()) != bits(&fork.tensors()) {
        return Err(format!("a fork from update {left} has other weights at update {} than the run", run.update()));
    }
    honest(session, 1, "after a fork")?;
    looks(session, 1, chance);
    session.remove(1);
    if chance.once_in(3) {
        session.go_back(0, at);
        session.advance(1e9, 1, &mut now);
    }
    Ok(())
}

/// Live changes, a number set by hand, a finish line, a second run.
fn live(session: &mut Session, text: &str, chance: &mut Chance) -> Result<(), String> {
    let mut document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    document["stop"] = json!({ "max_updates": 1 + chance.below(1000) });
    session.live(0, &document.to_string()).ok();
    let names: Vec<(String, usize)> = session.runs()[0].tensors().into_iter().map(|tensor| (tensor.name, tensor.values.len())).collect();
    if !names.is_empty() {
        let (name, length) = chance.pick(&names).clone();
        let set = session.set(0, &name, chance.below(length + 1), *chance.pick(&[0.0, -1.5, 1e3]));
        if let Err(message) = set
            && message.en.is_empty()
        {
            return Err("a number could not be set, and nobody says why".into());
        }
    }
    let line = *chance.pick(&[
        r#"{"metric":"loss","value":0.5}"#,
        r#"{"metric":"accuracy","value":0.9}"#,
        "null",
        r#"{"metric":"r2","value":-1}"#,
    ]);
    if let Err(issues) = session.finish(line) {
        told(&issues, "finish")?;
    }
    if let Err(issues) = session.add(text, chance.once_in(2).then_some((2, text))) {
        return Err(format!("a run of the same document has no place beside it: {issues:?}"));
    }
    session.advance(1e9, 3, &mut clock());
    if !session.remove(1) {
        return Err("the second run could not be taken away".into());
    }
    if let Err(issues) = session.replace(0, text) {
        return Err(format!("a run of the same document cannot take its place: {issues:?}"));
    }
    session.advance(1e9, 2, &mut clock());
    Ok(())
}

/// Files that leave, and come back as they were.
fn files_of(session: &mut Session, text: &str) -> Result<(), String> {
    let run = &session.runs()[0];
    tables::predictions(run);
    tables::history(&[run.last().clone(), run.standing().clone()]);
    let mut snapshot = Snapshot::default();
    run.learner().snapshot(&mut snapshot);
    let mut fresh = run.experiment().learner.part().build(run.problem());
    fresh.restore(&snapshot).map_err(|error| format!("a snapshot does not come back: {error}"))?;
    let mut again = Snapshot::default();
    fresh.snapshot(&mut again);
    if again != snapshot {
        return Err("a snapshot that came back is another".into());
    }
    let samples = tables::samples(run, 3);
    if samples.is_some() != run.learner().sampling().is_some() {
        return Err("a model that makes samples has no file of them, or one that makes none has".into());
    }
    let learned = run.tensors();
    // Only a network begins with weights from a file.
    if run.experiment().learner.name() != "net"
        || learned.is_empty()
        || learned.iter().any(|tensor| tensor.values.iter().any(|value| !value.is_finite()))
    {
        return Ok(());
    }
    let mut document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if document["learner"].get("net").is_none_or(|net| !net.is_object()) {
        document["learner"] = json!({ "net": {} });
    }
    document["learner"]["net"]["transfer"] = json!({ "file": { "path": "own.safetensors" } });
    let mut other = Session::default();
    files::attach(&mut other);
    other.attach("own.safetensors", tensors::safetensors(&learned));
    match other.open(&document.to_string()) {
        Err(issues) => Err(format!("a network's own weights do not fit into it: {issues:?}")),
        Ok(()) if bits(&other.runs()[0].tensors()) != bits(&learned) => Err("weights from a file are others than were saved".into()),
        Ok(()) => Ok(()),
    }
}

/// Jobs that are done in slices.
fn jobs(session: &mut Session, text: &str, chance: &mut Chance) -> Result<(), String> {
    let schema = job::document::schema();
    let mut job = Draw { root: schema, chance, wrong: 0, said: 2 }.value(schema, "", 0);
    // What a run has can be asked for; a name by chance is refused.
    if let Some(techniques) = job.pointer_mut("/ablation/techniques") {
        *techniques = json!([]);
    }
    if chance.once_in(2) {
        match session.begin_task_at("at", &job.to_string(), 0) {
            Ok(_) => drop(session.go_on("at", 0.05, true, &mut clock())),
            Err(issues) => told(&issues, "begin_task_at")?,
        }
    }
    let experiment: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let document = json!({ "experiment": experiment, "job": job }).to_string();
    let plan = match session.plan_job(&document, "{}") {
        Ok(plan) => plan,
        Err(issues) => return told(&issues, "plan_job"),
    };
    let mut done = json!({});
    for _ in 0..chance.below(3) {
        let at = chance.below(plan.pieces.len());
        // A fold of few rows, another seed's rows may not suit: that is told, and counts for nothing.
        match session.begin_task("piece", &job.to_string(), &json!(plan.pieces[at]).to_string()) {
            Err(issues) => {
                told(&issues, "begin_task")?;
                done[at.to_string()] = json!(Outcome::refused(&issues));
            }
            Ok(()) => {
                for _ in 0..1 + chance.below(4) {
                    let Some(progress) = session.go_on("piece", 0.05, true, &mut clock()) else { break };
                    if !(0.0..=1.0).contains(&progress.share) {
                        return Err(format!("{} of a piece is done", progress.share));
                    }
                    done[at.to_string()] = json!({ "done": progress.found });
                }
            }
        }
    }
    session.end_task("piece");
    let known = session.known_of_job(&document, &done.to_string());
    known.map(|_| ()).map_err(|issues| format!("a job that was begun says nothing: {issues:?}"))
}

/// Arguments that no page should give.
pub fn odd(session: &mut Session, chance: &mut Chance) {
    let run = *chance.pick(&[0, 1, 7, usize::MAX]);
    let range = Range { x: [*chance.pick(&[f32::NAN, f32::INFINITY, 0.0]); 2], y: [*chance.pick(&[f32::MIN, f32::MAX]), f32::MAX] };
    let side = *chance.pick(&[0, 1, 3]);
    let (mut values, mut ends) = (Vec::new(), Vec::new());
    let many = *chance.pick(&[0, usize::MAX, usize::MAX >> 20]);
    session.range(run);
    session.map(run, side, range, &mut values);
    session.unit_maps(run, many, range, &mut values);
    session.unit_map(run, many, many, side, range, &mut values);
    session.leaf_map(run, side, range, &mut ends);
    session.shown(run, many);
    session.predictions(run, many.min(4000), &mut values);
    session.classes(run);
    session.first_row(run);
    session.inspect(run, Some(many), many, Some(many));
    session.diagnose(run);
    session.examine(run);
    session.alike(run);
    session.look_back(run, Some(u64::MAX));
    session.look(Some(Axes::Columns([many, many])));
    let mut now = clock();
    session.profile(run, many, &mut now);
    for budget in [f64::NAN, -1.0, f64::NEG_INFINITY] {
        session.advance(budget, u64::MAX, &mut now);
        session.reach(run, u64::MAX, budget, &mut now);
        session.step_epoch(run, budget, &mut now);
        session.go_on("nothing", budget, true, &mut now);
    }
    session.set(run, "nothing", many, f32::NAN).ok();
    session.set(0, "0.weight", many, f32::NAN).ok();
    session.finish("[").err();
    session.finish(r#"{"metric":"nothing","value":1}"#).err();
    session.finish("null").err();
    session.remove(run);
    session.restore_best(run);
    session.reveal(run);
    session.go_back(run, u64::MAX);
    session.fork(run, u64::MAX);
    session.live(run, "{}").ok();
    session.replace(run, "{").err();
}
