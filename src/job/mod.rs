//! Jobs: questions that take long. A job is a document, `{"experiment": …, "job": {"cross_validation": {…}}}`, and a plan: the pieces of work that it
//! takes, each of which any worker can do by itself, and what is to be said once they are done.
//!
//! A plan depends on the document and on what pieces came to, and on nothing else: nobody keeps it. Whoever drives a job (the page's pool of workers, the
//! headless runner) keeps outcomes by the pieces' numbers, does what is missing in any order and on as many workers as there are, and asks again. So the
//! answer is the same however many there are, and a worker that is lost costs the time of its piece and nothing else.

// The page's engine leaves out what only scripts read, and nothing there uses what that would.
#![cfg_attr(for_the_page, allow(unused_imports, dead_code))]

pub mod document;
#[cfg(not(target_arch = "wasm32"))]
pub mod drive;
pub mod ran;
pub mod report;

pub use document::Document;
pub use ran::{Ran, RunTo};
pub use report::Report;

use crate::config::reader::Reader;
use crate::config::{Issue, Message};
use crate::data::Files;
use crate::message;
use crate::registry;
use crate::train::{Experiment, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

registry! {
    /// Job | 任务
    ///
    /// A question that takes many runs, or long. | 需要多次运行或较长时间的问题。
    pub enum JobConfig: Job = cross_validation {
        #[path = "../select/cross_validation.rs"] cross_validation::CrossValidation,
        #[path = "../select/seeds.rs"] seeds::Seeds,
        #[path = "../select/ablation.rs"] ablation::Ablation,
        #[path = "../select/range_test.rs"] range_test::RangeTest,
        #[path = "../trust/landscape/job.rs"] landscape::Landscape,
    }
}

/// A kind of job, with its settings.
pub trait Job {
    /// What is wrong with what it is asked of, the experiments' own problems aside; paths are those of the job's settings, or `experiment…`.
    fn check(&self, asked: &[Experiment], files: &dyn Files) -> Vec<Issue> {
        let _ = (asked, files);
        Vec::new()
    }

    /// What there is to do, as far as it is known from what is done. It keeps what it said: later plans begin with the pieces of earlier ones.
    fn plan(&self, asked: &[Experiment], files: &dyn Files, done: &Outcomes) -> Plan;

    /// Begins a piece. As it stands, trains a run; see [`RunTo`].
    fn begin(&self, piece: &Piece, files: &dyn Files) -> Result<Box<dyn Task>, Vec<Issue>> {
        Ok(Box::new(ran::Training::new(piece, files)?))
    }

    /// Begins its only piece at a run as it stands now, beside the runs that race with it.
    fn begin_at(&self, runs: &[Run], chosen: usize) -> Result<Box<dyn Task>, Vec<Issue>> {
        let _ = (runs, chosen);
        Err(vec![Issue::new("", message!("this job makes runs of its own", "此任务使用自己的运行"))])
    }

    /// What is known so far, for scripts; the page has the report.
    #[cfg(not(for_the_page))]
    fn result(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Value;

    /// The same for people.
    fn report(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Report;
}

/// What there is to do.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "JobPlan")]
pub struct Plan {
    pub pieces: Vec<Piece>,
    /// There is nothing else; otherwise more is known when these are done.
    pub whole: bool,
}

/// Something that one worker does.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Piece {
    /// What people call it.
    pub name: Message,
    /// Which of the experiments that are compared it is about.
    pub group: usize,
    #[schemars(with = "Value", extend("x-typescript" = "Document"))]
    pub experiment: Experiment,
    /// What is done, in the words of its job.
    pub work: Value,
}

/// What became of pieces, by their numbers.
pub type Outcomes = BTreeMap<usize, Outcome>;

/// What became of a piece.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done(Value),
    Failed(Message),
}

impl Outcome {
    /// What was found; none where it failed.
    pub fn found(&self) -> Option<&Value> {
        match self {
            Outcome::Done(value) => Some(value),
            Outcome::Failed(_) => None,
        }
    }

    /// As it is written; none where it is no outcome.
    fn read(value: &Value) -> Option<Self> {
        if let Some(found) = value.get("done") {
            return Some(Outcome::Done(found.clone()));
        }
        Message::deserialize(Reader(value.get("failed")?)).ok().map(Outcome::Failed)
    }

    /// Why a piece could not begin.
    pub fn refused(issues: &[Issue]) -> Self {
        let said: Vec<Message> = issues
            .iter()
            .map(
                |Issue { path, message, .. }| {
                    if path.is_empty() { message.clone() } else { message!("{path}: {message}", "{path}：{message}"; message) }
                },
            )
            .collect();
        Outcome::Failed(Message::join(&said, "; ", "；"))
    }
}

/// Outcomes as they are written: `{"0": {"done": …}, "2": {"failed": …}}`.
pub fn outcomes(value: &Value) -> Outcomes {
    let pairs = value.as_object().into_iter().flatten();
    pairs.filter_map(|(at, outcome)| Some((at.parse().ok()?, Outcome::read(outcome)?))).collect()
}

/// A piece under way.
pub trait Task {
    /// Goes on for at most `budget` milliseconds of `now`, for one step at least; true once it is done.
    fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> bool;

    /// How much is done, from 0 to 1.
    fn share(&self) -> f64;

    /// What is known so far; of one that is done, what goes into its [`Outcome`].
    fn found(&self) -> Value;
}

impl Plan {
    /// Numbers of the pieces that nothing is known of yet.
    pub fn missing<'a>(&'a self, done: &'a Outcomes) -> impl Iterator<Item = usize> + 'a {
        (0..self.pieces.len()).filter(|at| !done.contains_key(at))
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self, done: &Outcomes) -> bool {
        self.whole && self.missing(done).next().is_none()
    }
}
