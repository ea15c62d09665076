//! The engine from a terminal: `schema [experiment|jobs|surface [own]]`, `check FILE`, `run FILE [--out DIR]`, `job FILE [--workers N]` and `jobs`, which prints
//! their schema; and in short `seeds FILE N --finish METRIC=VALUE` and `ablate FILE N --finish METRIC=VALUE`. `-` reads the document from standard input.

use descent::config::{Issue, Message};
use descent::data::Files;
use descent::job::drive::{self, News};
use descent::job::{self, Document, JobConfig, Outcomes, Plan, Ran, ablation, seeds};
use descent::message;
use descent::metric;
use descent::select::techniques::Without;
use descent::ship::{tables, tensors};
use descent::surface::document;
use descent::train::stop::Target;
use descent::train::{Evaluation, Experiment, Reach, Run, Which, experiment};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Files on the disk; relative paths are relative to the working directory, then to the experiment's folder.
struct Disk {
    folder: PathBuf,
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        let beside = self.folder.join(path);
        let path = if Path::new(path).exists() { Path::new(path) } else { &beside };
        let name = path.display();
        std::fs::read(path).map_err(|error| message!("cannot read {name}: {error}", "无法读取 {name}：{error}"))
    }
}

/// Rows in `samples.csv`.
const SAMPLES: usize = 1000;

const USAGE: &str =
    "usage: headless schema [experiment|jobs|surface [own]] | check FILE | run FILE [--out DIR] | job FILE [--workers N] | jobs
       | seeds FILE N --finish METRIC=VALUE | ablate FILE N --finish METRIC=VALUE   (FILE may be -)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["schema"] | ["schema", "experiment"] => {
            emit(&experiment::schema());
            Ok(())
        }
        ["schema", "surface"] => {
            emit(&document::schema());
            Ok(())
        }
        ["jobs"] | ["schema", "jobs"] => {
            emit(&job::document::schema());
            Ok(())
        }
        ["schema", "surface", "own"] => {
            emit(&document::own_schema());
            Ok(())
        }
        ["check", file] => read(file).and_then(|(text, disk)| report(&Experiment::issues(&text, &disk))),
        ["run", file] => run(file, None),
        ["run", file, "--out", folder] | ["run", "--out", folder, file] => run(file, Some(Path::new(folder))),
        ["job", file] => work(file, None),
        ["job", file, "--workers", workers] => work(file, Some(workers)),
        ["seeds", file, seeds, "--finish", line] => Study::of(file, seeds, line, over_seeds).and_then(|study| study.seeds()),
        ["ablate", file, seeds, "--finish", line] => Study::of(file, seeds, line, without_each).and_then(|study| study.ablate()),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints a line; a reader that has gone away (`| head`) ends the program quietly.
fn emit(line: &impl std::fmt::Display) {
    if writeln!(std::io::stdout(), "{line}").is_err() {
        std::process::exit(0);
    }
}

fn read(file: &str) -> Result<(String, Disk), String> {
    let mut bytes = Vec::new();
    let folder = if file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| format!("cannot read standard input: {error}"))?;
        PathBuf::new()
    } else {
        bytes = std::fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
        Path::new(file).parent().unwrap_or(Path::new("")).to_path_buf()
    };
    let text = String::from_utf8(bytes).map_err(|error| format!("{file} is not UTF-8: {error}"))?;
    Ok((text, Disk { folder }))
}

/// Prints issues, one a line; an error with nothing more to say if there is any.
fn report(issues: &[Issue]) -> Result<(), String> {
    issues.iter().for_each(emit);
    if issues.is_empty() { Ok(()) } else { Err(String::new()) }
}

fn metrics(measured: &[(&'static str, f64)]) -> Value {
    Value::Object(measured.iter().map(|(name, value)| (name.to_string(), json!(value))).collect::<Map<_, _>>())
}

fn event(evaluation: &Evaluation) -> Value {
    let mut event = json!({
        "event": "evaluation",
        "update": evaluation.update,
        "epoch": evaluation.epoch,
        "rows": evaluation.rows,
        "gradient_evaluations": evaluation.gradients,
        "learning_rate": evaluation.learning_rate,
        "train": metrics(&evaluation.train),
        "validation": metrics(&evaluation.validation),
    });
    if !evaluation.own.is_empty() {
        event["own"] = metrics(&evaluation.own);
    }
    event
}

fn run(file: &str, out: Option<&Path>) -> Result<(), String> {
    let (text, disk) = read(file)?;
    let mut run = match Experiment::parse(&text).and_then(|experiment| Run::new(experiment, &disk)) {
        Ok(run) => run,
        Err(issues) => {
            issues.iter().for_each(|issue| eprintln!("{issue}"));
            return Err(String::new());
        }
    };
    let initial = run.tensors();
    let mut evaluations = vec![run.last().clone()];
    emit(&event(run.last()));
    while run.tick(&mut || 0.0) {
        note(&run, &mut evaluations);
    }
    note(&run, &mut evaluations);

    let stopped = run.stopped().expect("it has stopped").clone();
    let result = json!({
        "event": "result",
        "stop_reason": stopped.reason,
        "updates": run.update(),
        "rows": run.rows(),
        "gradient_evaluations": run.last().gradients,
        "best_update": run.best().map(|(update, _)| update),
        "train": metrics(&run.measure(Which::Train)),
        "validation": metrics(&run.measure(Which::Validation)),
        "test": metrics(&run.measure(Which::Test)),
    });
    if let Some(folder) = out {
        let mut report = json!({
            "experiment": run.experiment(),
            "message": stopped.message.en,
            "parameters": run.learner().parameters(),
            "features": run.features(),
            "result": result,
        });
        let undefined = undefined(&run);
        if !undefined.is_empty() {
            report["undefined"] = Value::Object(undefined);
        }
        let mut files = vec![
            ("history.csv", tables::history(&evaluations)),
            ("predictions.csv", tables::predictions(&run)),
            ("report.json", format!("{report:#}\n").into_bytes()),
        ];
        if let Some(samples) = tables::samples(&run, SAMPLES) {
            files.push(("samples.csv", samples));
        }
        let learned = run.tensors();
        if !learned.is_empty() {
            files.push(("model.safetensors", tensors::safetensors(&learned)));
            files.push(("initial.safetensors", tensors::safetensors(&initial)));
        }
        std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        for (name, bytes) in files {
            let path = folder.join(name);
            std::fs::write(&path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
    }
    emit(&result);
    Ok(())
}

/// For each part the metrics that have no value there, and why.
fn undefined(run: &Run) -> Map<String, Value> {
    let parts = run.parts();
    let each = [("train", &parts.train), ("validation", &parts.validation), ("test", &parts.test)];
    let of = |rows: usize| {
        let missing = metric::of(run.answered()).filter_map(|metric| Some((metric.name().to_string(), json!(metric.missing(rows)?.en))));
        Value::Object(missing.collect())
    };
    let some = each.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(part, rows)| (part.to_string(), of(rows.len())));
    some.filter(|(_, reasons)| reasons.as_object().is_some_and(|reasons| !reasons.is_empty())).collect()
}

fn note(run: &Run, evaluations: &mut Vec<Evaluation>) {
    if evaluations.last().is_none_or(|last| last.update != run.last().update) {
        emit(&event(run.last()));
        evaluations.push(run.last().clone());
    }
}

/// Threads that a job is done on where nobody says how many.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Does a job: an event for its progress now and then, one for each piece, and last its result.
fn work(file: &str, workers: Option<&str>) -> Result<(), String> {
    let workers = match workers {
        None => cores(),
        Some(given) => given
            .parse()
            .ok()
            .filter(|workers| (1..=256).contains(workers))
            .ok_or(format!("--workers must be between 1 and 256, got {given}"))?,
    };
    let (text, disk) = read(file)?;
    let document = Document::parse(&text).map_err(|issues| report(&issues).unwrap_err())?;
    let issues = document.check(&disk);
    if !issues.is_empty() {
        return report(&issues);
    }
    let (plan, done) = drive::all(&document, &disk, workers, &mut |news| match news {
        News::Progress { share, left } => emit(&json!({"event": "progress", "share": share, "seconds_left": left})),
        News::Piece { plan, at, outcome } => emit(&json!({
            "event": "piece", "piece": at, "of": plan.pieces.len(), "name": plan.pieces[at].name.en, "experiment": plan.pieces[at].group, "outcome": outcome,
        })),
    });
    let mut result = document.result(&plan, &done);
    result["event"] = "result".into();
    result["job"] = document.job.name().into();
    emit(&result);
    // A job of which every piece failed has come to nothing.
    let failed = job::document::failures(&plan, &done).count();
    if failed > 0 && failed == plan.pieces.len() { Err("no piece of the job could be done".into()) } else { Ok(()) }
}

/// A study in short: several seeds of an experiment, to the same finish line.
struct Study {
    document: Document,
    disk: Disk,
    line: Reach,
}

impl Study {
    fn of(file: &str, count: &str, line: &str, job: fn(u32, Reach) -> JobConfig) -> Result<Self, String> {
        let count =
            count.parse().ok().filter(|count| (1..=1000).contains(count)).ok_or(format!("N must be between 1 and 1000, got {count}"))?;
        let (metric, value) = line.split_once('=').ok_or(format!("--finish must be METRIC=VALUE, got {line}"))?;
        let value = value.parse().map_err(|_| format!("--finish {metric}: must be a number, got {value}"))?;
        let (text, disk) = read(file)?;
        let experiment = Experiment::parse(&text).map_err(|issues| report(&issues).unwrap_err())?;
        let line = Reach { metric: metric.into(), value };
        Ok(Study { document: Document { asked: vec![experiment], job: job(count, line.clone()) }, disk, line })
    }

    /// Does it, with an event for each run; `groups` are the techniques that each group of runs goes without.
    fn done(&self, groups: &[Option<&'static str>]) -> Result<(Plan, Outcomes), String> {
        let issues = self.document.check(&self.disk);
        if !issues.is_empty() {
            return Err(report(&issues).unwrap_err());
        }
        let found = drive::all(&self.document, &self.disk, cores(), &mut |news| {
            let News::Piece { plan, at, outcome } = news else { return };
            let piece = &plan.pieces[at];
            let Some(ran) = outcome.found().and_then(|found| Ran::deserialize(found).ok()) else { return };
            let outcome = json!({
                "seed": piece.experiment.seed, "arrival": ran.arrival, "updates": ran.update,
                "best": ran.best.map(|best| (best.update, best.loss)),
                "stopped": ran.stop.map(|stop| json!({"reason": stop.reason, "update": ran.update, "message": stop.message})),
            });
            emit(&json!({ "event": "run", "without": groups[piece.group], "outcome": outcome }));
        });
        let failed = job::document::failures(&found.0, &found.1).next().map(|(_, why)| why.en.clone());
        failed.map_or(Ok(found), Err)
    }

    fn seeds(&self) -> Result<(), String> {
        let (plan, done) = self.done(&[None])?;
        let found = self.document.result(&plan, &done)["experiments"][0].clone();
        emit(&json!({
            "event": "seeds", "finish": self.line, "seeds": found["seeds"], "arrived": found["arrived"], "updates": found["updates"],
            "best_loss": found["best_loss"],
        }));
        Ok(())
    }

    fn ablate(&self) -> Result<(), String> {
        let techniques = descent::select::techniques::techniques(&self.document.asked[0]);
        let groups: Vec<_> = std::iter::once(None).chain(techniques.iter().map(|Without { technique, .. }| Some(*technique))).collect();
        let (plan, done) = self.done(&groups)?;
        for mut found in self.document.result(&plan, &done)["techniques"].as_array().cloned().unwrap_or_default() {
            found["event"] = "technique".into();
            emit(&found);
        }
        Ok(())
    }
}

fn over_seeds(count: u32, line: Reach) -> JobConfig {
    JobConfig::seeds(seeds::Seeds { seeds: count, finish: Target::Reach(line), whole: true })
}

fn without_each(count: u32, line: Reach) -> JobConfig {
    JobConfig::ablation(ablation::Ablation { seeds: count, finish: line, techniques: Vec::new() })
}
