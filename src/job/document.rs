//! The document of a job: `{"experiment": …, "against": […], "job": {"cross_validation": {…}}}`.

use super::{Job, JobConfig, Outcome, Outcomes, Piece, Plan, Report, Task};
use crate::config::message::shorten;
use crate::config::reader::Reader;
#[cfg(not(for_the_page))]
use crate::config::schema::schema_of;
use crate::config::{Issue, Message, check};
use crate::data::Files;
use crate::message;
use crate::train::{Experiment, Run};
use serde::Deserialize;
use serde_json::{Map, Value};
#[cfg(not(for_the_page))]
use std::sync::OnceLock;

/// Experiments that can be compared at once, as many as can race.
pub const MOST: usize = 8;

/// A job, and what it is asked of.
#[derive(Clone, Debug)]
pub struct Document {
    /// The experiment, then those that it is compared with.
    pub asked: Vec<Experiment>,
    pub job: JobConfig,
}

/// The JSON Schema of the jobs: of `job` in a document. `experiment` is an experiment, and each of `against` another.
#[cfg(not(for_the_page))]
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(schema_of::<JobConfig>)
}

#[cfg(for_the_page)]
pub use crate::config::schema::jobs as schema;

impl Document {
    /// Reads a document; all of its problems at once, but for those that show only with the rows: [`Document::check`] finds them.
    pub fn parse(text: &str) -> Result<Self, Vec<Issue>> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| vec![Issue::new("", message!("is not JSON: {error}", "不是有效的 JSON：{error}"))])?;
        let Value::Object(document) = value else {
            return Err(vec![Issue::new(
                "",
                message!("must be an object that holds experiment and job", "必须是包含 experiment 与 job 的对象"),
            )]);
        };
        let mut issues: Vec<Issue> = document
            .keys()
            .filter(|key| !["experiment", "against", "job"].contains(&key.as_str()))
            .map(|key| {
                let known = shorten(key);
                let message = message!(
                    "is not known; a job's document has experiment, against and job",
                    "未知字段；任务文档只有 experiment、against 和 job"
                );
                Issue::new(known, message)
            })
            .collect();
        let mut read = |value: &Value, path: &str| match Experiment::parse(&value.to_string()) {
            Ok(experiment) => Some(experiment),
            Err(found) => {
                issues.extend(found.into_iter().map(|issue| issue.under(path)));
                None
            }
        };
        let mut asked = vec![read(document.get("experiment").unwrap_or(&Value::Object(Map::new())), "experiment")];
        match document.get("against") {
            None => {}
            Some(Value::Array(others)) if others.len() < MOST => {
                asked.extend(others.iter().enumerate().map(|(at, other)| read(other, &format!("against[{at}]"))));
            }
            Some(Value::Array(others)) => {
                let (most, given) = (MOST - 1, others.len());
                issues.push(Issue::new(
                    "against",
                    message!("must hold at most {most} experiments, got {given}", "最多包含 {most} 个实验，实际为 {given} 个"),
                ));
            }
            Some(_) => issues.push(Issue::new("against", message!("must be a list of experiments", "必须是实验的列表"))),
        }
        let job = match document.get("job") {
            Some(job) => config(job).map_err(|found| issues.extend(found.into_iter().map(|issue| issue.under("job")))).ok(),
            None => {
                let tags = JobConfig::TAGS.join(", ");
                issues.push(Issue::new("job", message!("is missing; must be one of {tags}", "缺失；必须是 {tags} 之一")));
                None
            }
        };
        match job {
            Some(job) if issues.is_empty() => Ok(Document { asked: asked.into_iter().flatten().collect(), job }),
            _ => Err(issues),
        }
    }

    /// Problems that show only with the rows: of the experiments themselves, and of the job with them.
    pub fn check(&self, files: &dyn Files) -> Vec<Issue> {
        let path = |at: usize| if at == 0 { "experiment".to_string() } else { format!("against[{}]", at - 1) };
        let own = self.asked.iter().enumerate().flat_map(|(at, experiment)| {
            let found = Run::new(experiment.clone(), files).err().unwrap_or_default();
            found.into_iter().map(move |issue| issue.under(&path(at)))
        });
        let issues: Vec<Issue> = own.collect();
        if issues.is_empty() { self.of_the_job(files) } else { issues }
    }

    /// Problems of the job's settings with these experiments.
    fn of_the_job(&self, files: &dyn Files) -> Vec<Issue> {
        let under = format!("job.{}", self.job.name());
        let outside = |path: &str| ["experiment", "against"].iter().any(|part| path.starts_with(part));
        let found = self.part().check(&self.asked, files).into_iter();
        found.map(|issue| if outside(&issue.path) { issue } else { issue.under(&under) }).collect()
    }

    fn part(&self) -> &dyn Job {
        self.job.part()
    }

    /// What there is to do; see [`Job::plan`].
    pub fn plan(&self, files: &dyn Files, done: &Outcomes) -> Plan {
        self.part().plan(&self.asked, files, done)
    }

    /// Begins a piece; see [`Job::begin`].
    pub fn begin(&self, piece: &Piece, files: &dyn Files) -> Result<Box<dyn Task>, Vec<Issue>> {
        self.part().begin(piece, files)
    }

    /// What is known so far, for scripts; `failed` names the pieces that could not be done.
    #[cfg(not(for_the_page))]
    pub fn result(&self, plan: &Plan, done: &Outcomes) -> Value {
        let mut result = self.part().result(&self.asked, plan, done);
        let failed: Vec<Value> =
            failures(plan, done).map(|(piece, why)| serde_json::json!({"piece": piece.name.en, "why": why.en})).collect();
        if !failed.is_empty() {
            result["failed"] = failed.into();
        }
        result
    }

    /// The same for people.
    pub fn report(&self, plan: &Plan, done: &Outcomes) -> Report {
        self.part().report(&self.asked, plan, done)
    }
}

/// Pieces that could not be done, and why.
pub fn failures<'a>(plan: &'a Plan, done: &'a Outcomes) -> impl Iterator<Item = (&'a Piece, &'a Message)> {
    done.iter().filter_map(|(at, outcome)| match outcome {
        Outcome::Failed(why) => Some((plan.pieces.get(*at)?, why)),
        Outcome::Done(_) => None,
    })
}

/// The settings of a job: `{"cross_validation": {…}}` or `"cross_validation"`.
pub fn config(value: &Value) -> Result<JobConfig, Vec<Issue>> {
    let (mut value, mut issues) = (value.clone(), Vec::new());
    check::check(schema(), schema(), &mut value, "", &mut issues);
    if !issues.is_empty() {
        return Err(issues);
    }
    JobConfig::deserialize(Reader(&value)).map_err(|error| vec![Issue::new("", message!("{error}", "{error}"))])
}

impl Piece {
    /// As it is written, for a worker: `{"experiment": …, "work": …}`.
    pub fn parse(text: &str) -> Result<Self, Vec<Issue>> {
        let value: Value = serde_json::from_str(text).map_err(|error| vec![Issue::new("", message!("{error}", "{error}"))])?;
        let experiment = Experiment::parse(&value["experiment"].to_string())?;
        let name = Message::deserialize(Reader(&value["name"])).unwrap_or_default();
        Ok(Piece { name, group: value["group"].as_u64().unwrap_or(0) as usize, experiment, work: value["work"].clone() })
    }
}
