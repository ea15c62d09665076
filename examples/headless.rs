//! The engine from a terminal: `schema [experiment|landscape|surface [own]]`, `check FILE`, `run FILE [--out DIR]`, and over several seeds
//! `seeds FILE N --finish METRIC=VALUE` and `ablate FILE N --finish METRIC=VALUE`; `-` reads the experiment from standard input.

use descent::config::{Issue, Message};
use descent::data::Files;
use descent::message;
use descent::metric;
use descent::select::ablation::{self, Without};
use descent::select::trial::{self, Outcome};
use descent::ship::{tables, tensors};
use descent::surface::document;
use descent::train::{Evaluation, Experiment, Reach, Run, Which, experiment};
use descent::trust::landscape;
use descent::trust::paired::{self, Quartiles};
use serde_json::{Map, Value, json};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

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

const USAGE: &str = "usage: headless schema [experiment|landscape|surface [own]] | check FILE | run FILE [--out DIR]
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
        ["schema", "landscape"] => {
            emit(&landscape::schema());
            Ok(())
        }
        ["schema", "surface", "own"] => {
            emit(&document::own_schema());
            Ok(())
        }
        ["check", file] => read(file).and_then(|(text, disk)| report(&Experiment::issues(&text, &disk))),
        ["run", file] => run(file, None),
        ["run", file, "--out", folder] | ["run", "--out", folder, file] => run(file, Some(Path::new(folder))),
        ["seeds", file, seeds, "--finish", line] => Study::of(file, seeds, line).and_then(|study| study.seeds()),
        ["ablate", file, seeds, "--finish", line] => Study::of(file, seeds, line).and_then(|study| study.ablate()),
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

/// Several seeds of an experiment, to the same finish line.
struct Study {
    experiment: Experiment,
    disk: Disk,
    seeds: u32,
    line: Reach,
}

impl Study {
    fn of(file: &str, seeds: &str, line: &str) -> Result<Self, String> {
        let seeds =
            seeds.parse().ok().filter(|seeds| (1..=1000).contains(seeds)).ok_or(format!("N must be between 1 and 1000, got {seeds}"))?;
        let (metric, value) = line.split_once('=').ok_or(format!("--finish must be METRIC=VALUE, got {line}"))?;
        let value = value.parse().map_err(|_| format!("--finish {metric}: must be a number, got {value}"))?;
        let (text, disk) = read(file)?;
        let experiment = Experiment::parse(&text).map_err(|issues| report(&issues).unwrap_err())?;
        Ok(Study { experiment, disk, seeds, line: Reach { metric: metric.into(), value } })
    }

    /// One run a seed, from the experiment's own on: an event for each, and their updates to the line, NaN for none.
    fn over_seeds(&self, experiment: &Experiment, technique: Option<&str>, whole: bool) -> Result<Vec<Outcome>, String> {
        let first = experiment.seed;
        let each = (0..self.seeds).map(|at| {
            let start = Instant::now();
            let mut clock = || start.elapsed().as_secs_f64();
            let outcome = trial::run(experiment, first.wrapping_add(at), &self.line, whole, &self.disk, &mut clock);
            let outcome = outcome.map_err(|issues| report(&issues).unwrap_err())?;
            emit(&json!({ "event": "run", "without": technique, "outcome": outcome }));
            Ok(outcome)
        });
        each.collect()
    }

    fn seeds(&self) -> Result<(), String> {
        let outcomes = self.over_seeds(&self.experiment, None, true)?;
        let arrivals = arrivals(&outcomes);
        emit(&json!({
            "event": "seeds",
            "finish": self.line,
            "seeds": self.seeds,
            "arrived": arrivals.iter().filter(|updates| !updates.is_nan()).count(),
            "updates": Quartiles::of(arrivals),
            "best_loss": Quartiles::of(outcomes.iter().filter_map(|outcome| Some(outcome.best?.1))),
        }));
        Ok(())
    }

    fn ablate(&self) -> Result<(), String> {
        let techniques = ablation::techniques(&self.experiment);
        // Where all updates count, the experiment itself goes to its own end too.
        let whole = techniques.iter().any(|without| without.spent);
        let with = self.over_seeds(&self.experiment, None, whole)?;
        for Without { technique, title, note, spent, experiment } in techniques {
            let without = self.over_seeds(&experiment, Some(technique), spent)?;
            let count = if spent { totals } else { arrivals };
            let pairs: Vec<(f64, f64)> = count(&without).into_iter().zip(count(&with)).collect();
            let paired = paired::compare(&pairs);
            emit(&json!({
                "event": "technique",
                "technique": technique,
                "title": title.en,
                "instead": note.en,
                "counts": if spent { "updates spent" } else { "updates to the line" },
                "paired": paired,
                "verdict": paired.verdict(["the run without it", "the run with it"]).en,
            }));
        }
        Ok(())
    }
}

/// Updates to the line, NaN where it was never reached.
fn arrivals(outcomes: &[Outcome]) -> Vec<f64> {
    outcomes.iter().map(|outcome| outcome.arrival.as_ref().map_or(f64::NAN, |arrival| arrival.update as f64)).collect()
}

/// Updates in all.
fn totals(outcomes: &[Outcome]) -> Vec<f64> {
    outcomes.iter().map(|outcome| outcome.updates as f64).collect()
}
