//! Jobs, as a session has its part in them: plans and reports, which depend on nothing that it keeps, and the pieces that it works on.

use super::Session;
use crate::config::Issue;
use crate::job::document::{config, failures};
use crate::job::{Document, Outcomes, Piece, Plan, Report, outcomes};
use crate::message;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// Pieces that one session works on at once: what several panels ask for.
const MOST_TASKS: usize = 8;

/// What is known of a job.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Known {
    pub report: Report,
    pub failed: usize,
}

/// How far a piece is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Progress {
    /// From 0 to 1.
    pub share: f64,
    pub done: bool,
    /// What is known; null where it was not asked for.
    pub found: Value,
}

impl Session {
    /// What there is to do for a job's document; every problem of it where nothing is done yet. `done` are the [`outcomes`] so far.
    pub fn plan_job(&self, text: &str, done: &str) -> Result<Plan, Vec<Issue>> {
        let (document, done) = (Document::parse(text)?, read(done)?);
        if done.is_empty() {
            let issues = document.check(&self.files);
            if !issues.is_empty() {
                return Err(issues);
            }
        }
        Ok(document.plan(&self.files, &done))
    }

    /// What is known of a job so far.
    pub fn known_of_job(&self, text: &str, done: &str) -> Result<Known, Vec<Issue>> {
        let (document, done) = (Document::parse(text)?, read(done)?);
        let plan = document.plan(&self.files, &done);
        let failed = failures(&plan, &done).count();
        Ok(Known { report: document.report(&plan, &done), failed })
    }

    /// Begins a piece of a job, `{"experiment": …, "work": …}`; `job` are the job's settings. Under `key` it is found again; what was there is dropped.
    pub fn begin_task(&mut self, key: &str, job: &str, piece: &str) -> Result<(), Vec<Issue>> {
        self.tasks.remove(key);
        let (job, piece) = (settings(job)?, Piece::parse(piece)?);
        let task = job.part().begin(&piece, &self.files)?;
        self.keep(key, task)
    }

    /// Begins a job's piece at a run as it stands now: the update at which it does.
    pub fn begin_task_at(&mut self, key: &str, job: &str, run: usize) -> Result<u64, Vec<Issue>> {
        self.tasks.remove(key);
        let update = match self.runs.get(run) {
            // What is looked back at was measured there; the present may lie behind the last evaluation.
            Some(run) if run.looks_back() => run.standing().update,
            Some(run) => run.update(),
            None => return Err(vec![Issue::new("", message!("there is no run {run}", "没有编号为 {run} 的运行"))]),
        };
        let task = settings(job)?.part().begin_at(&self.runs, run)?;
        self.keep(key, task).map(|()| update)
    }

    fn keep(&mut self, key: &str, task: Box<dyn crate::job::Task>) -> Result<(), Vec<Issue>> {
        if self.tasks.len() >= MOST_TASKS {
            return Err(vec![Issue::new(
                "",
                message!("at most {MOST_TASKS} pieces can be worked on at once", "最多同时处理 {MOST_TASKS} 个部分"),
            )]);
        }
        self.tasks.insert(key.into(), task);
        Ok(())
    }

    /// Goes on with a piece for at most `budget` milliseconds of `now`; what is known of it where it is `wanted`, and where it is done, which ends it. None
    /// where there is no such piece.
    pub fn go_on(&mut self, key: &str, budget: f64, wanted: bool, now: &mut dyn FnMut() -> f64) -> Option<Progress> {
        let task = self.tasks.get_mut(key)?;
        let done = task.advance(budget.max(0.0), now);
        let found = if wanted || done { task.found() } else { Value::Null };
        let progress = Progress { share: task.share(), done, found };
        if done {
            self.tasks.remove(key);
        }
        Some(progress)
    }

    /// Drops a piece.
    pub fn end_task(&mut self, key: &str) {
        self.tasks.remove(key);
    }
}

fn read(done: &str) -> Result<Outcomes, Vec<Issue>> {
    let value: Value = serde_json::from_str(done).map_err(|error| vec![Issue::new("", message!("{error}", "{error}"))])?;
    Ok(outcomes(&value))
}

fn settings(job: &str) -> Result<crate::job::JobConfig, Vec<Issue>> {
    let value: Value = serde_json::from_str(job).map_err(|error| vec![Issue::new("", message!("{error}", "{error}"))])?;
    config(&value)
}

#[cfg(test)]
mod tests {
    use super::super::tests::open;
    use super::*;
    use serde_json::json;

    const SEEDS: &str = r#"{"experiment": {"stop": {"max_updates": 30}}, "job": {"seeds": {"seeds": 3}}}"#;

    fn worked(session: &mut Session, document: &str, order: &[usize]) -> Value {
        let plan = session.plan_job(document, "{}").unwrap();
        let job = serde_json::from_str::<Value>(document).unwrap()["job"].to_string();
        let mut done = json!({});
        for &at in order {
            session.begin_task("t", &job, &json!(plan.pieces[at]).to_string()).unwrap();
            let found = loop {
                let progress = session.go_on("t", 0.0, false, &mut || 0.0).unwrap();
                assert!((0.0..=1.0).contains(&progress.share));
                if progress.done {
                    break progress.found;
                }
            };
            done[at.to_string()] = json!({"done": found});
        }
        done
    }

    #[test]
    fn pieces_in_any_order_come_to_the_same() {
        let mut session = Session::default();
        let known = |session: &mut Session, order: &[usize]| {
            let mut done = worked(session, SEEDS, order);
            done.as_object_mut().unwrap().values_mut().for_each(|outcome| outcome["done"]["seconds"] = json!(0.0));
            session.known_of_job(SEEDS, &done.to_string()).unwrap()
        };
        let (forth, back) = (known(&mut session, &[0, 1, 2]), known(&mut session, &[2, 0, 1]));
        assert_eq!(forth.report, back.report);
        assert_eq!(forth.report.tables[0].rows.iter().filter(|row| !row.sum).count(), 3);
        assert!(session.go_on("t", 0.0, true, &mut || 0.0).is_none(), "what is done is gone");
    }

    #[test]
    fn what_failed_is_told_and_counts_for_nothing() {
        let mut session = Session::default();
        let mut done = worked(&mut session, SEEDS, &[0, 2]);
        done["1"] = json!({"failed": message!("no memory", "内存不足")});
        let known = session.known_of_job(SEEDS, &done.to_string()).unwrap();
        assert_eq!((known.failed, known.report.tables[0].rows.iter().filter(|row| !row.sum).count()), (1, 2));
        let document = Document::parse(SEEDS).unwrap();
        let done = outcomes(&done);
        let result = document.result(&document.plan(&session.files, &done), &done);
        assert_eq!((&result["experiments"][0]["seeds"], &result["failed"][0]["why"]), (&json!(2), &json!("no memory")));
    }

    #[test]
    fn a_piece_begins_at_a_run_as_it_stands() {
        let mut session = open("{}");
        session.advance(f64::INFINITY, 5, &mut || 0.0);
        let survey = r#"{"landscape": {"steps": 5}}"#;
        assert_eq!(session.begin_task_at("a", survey, 0), Ok(5));
        assert!(session.begin_task_at("a", survey, 7).is_err() && session.begin_task_at("a", r#"{"seeds": {}}"#, 0).is_err());
        assert_eq!(session.begin_task_at("a", survey, 0), Ok(5));
        let progress = session.go_on("a", f64::INFINITY, false, &mut || 0.0).unwrap();
        assert!(progress.done && progress.found["losses"].as_array().unwrap().len() == 121);
    }

    #[test]
    fn problems_are_named_with_their_place() {
        let session = Session::default();
        let issues = |text: &str| session.plan_job(text, "{}").unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(issues("{}")[0].starts_with("job: is missing"));
        assert!(issues(r#"{"job": {"luck": {}}}"#)[0].starts_with("job"));
        assert!(issues(r#"{"job": {"seeds": {"seeds": 0}}, "more": 1}"#).len() == 2);
        assert!(issues(r#"{"experiment": {"seed": -1}, "job": "seeds"}"#)[0].starts_with("experiment.seed: "));
        assert!(
            issues(r#"{"against": [{"data": "moons"}], "job": "cross_validation"}"#)[0].starts_with("against[0].data: must be the same")
        );
        let line = r#"{"job": {"seeds": {"finish": {"reach": {"metric": "r2"}}}}}"#;
        assert!(issues(line)[0].starts_with("job.seeds.finish.reach.metric: must be one of"), "{:?}", issues(line));
        let folds =
            r#"{"experiment": {"data": {"moons": {"samples": 20}}}, "job": {"cross_validation": {"method": {"k_fold": {"folds": 40}}}}}"#;
        assert!(issues(folds)[0].starts_with("job.cross_validation.method.k_fold.folds: must be at most"), "{:?}", issues(folds));
    }
}
