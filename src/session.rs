//! The runs being driven: lock-step, rewind and frames. What the page sees, without a word of JavaScript.

mod documents;
mod files;
mod jobs;
mod pictures;

pub use self::files::Attached;
pub use self::jobs::{Known, Progress};
pub use self::pictures::{MOST_SIDE, Range, UNIT_MAP};
use crate::config::message::{shorten, shorten_to};
use crate::config::{Issue, Message};
use crate::data::encoding::Told;
use crate::data::slice::{Axes, Slice};
use crate::data::{Files, bundled};
use crate::job::Task;
use crate::learn::inside::{Diagnosis, Seen, Time};
use crate::message;
use crate::select::techniques::{self, Without};
use crate::train::{Experiment, Reach, Revealed, Run};
use crate::trust::alike::{self, Alike};
use crate::trust::doctor::{self, Finding};
use std::collections::BTreeMap;

/// Training rows on which layers are judged: enough to call a unit dead, few enough for every other frame.
const SAMPLE: usize = 128;

/// Runs that can race at once.
pub const MOST: usize = 8;

/// Runs in lock-step, over the user's files.
#[derive(Default)]
pub struct Session {
    files: Attached,
    runs: Vec<Run>,
    /// The plane on which the first run's rows are shown where they have more than two columns, and what was asked for.
    slice: Option<(Option<Axes>, Option<Slice>)>,
    /// The finish line of a race.
    line: Option<Reach>,
    /// Pieces of jobs that are worked on, by what who asked calls them.
    tasks: BTreeMap<String, Box<dyn Task>>,
}

impl Session {
    /// Keeps a file under `name` for experiments that read it.
    pub fn attach(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.encodings.remove(name);
        self.files.given.insert(name.into(), bytes);
    }

    /// Keeps a file that became UTF-8 elsewhere; `told` says what it was before.
    pub fn attach_decoded(&mut self, name: &str, bytes: Vec<u8>, told: Told) {
        self.attach(name, bytes);
        self.files.encodings.insert(name.into(), told);
    }

    /// Who hears how far the reading of a file is; see [`Files::progress`].
    pub fn listen(&mut self, listener: Box<dyn Fn(f64)>) {
        self.files.listener = Some(listener);
    }

    /// Keeps the file of a data set that comes with Descent.
    pub fn bundle(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.bundled.insert(name.into(), bytes);
    }

    /// The data set or the weights that a document needs and that are not here: give them with [`Session::bundle`] before the document is opened.
    pub fn missing(&self, text: &str) -> Option<&'static str> {
        let experiment = Experiment::parse(text).ok()?;
        let files = experiment.learner.part().files();
        let weights = files.iter().filter(|(_, path)| !self.files.given.contains_key(*path)).filter_map(|(_, path)| bundled::weights(path));
        experiment.data.part().bundled().into_iter().chain(weights).find(|name| self.files.bundled(name).is_err())
    }

    /// Every problem of a document, its rows included.
    pub fn check(&self, text: &str) -> Vec<Issue> {
        Experiment::issues(text, &self.files)
    }

    /// Replaces all runs with one of this experiment, at update 0. With issues nothing changes.
    pub fn open(&mut self, text: &str) -> Result<(), Vec<Issue>> {
        self.begin(Experiment::parse(text)?)
    }

    fn begin(&mut self, experiment: Experiment) -> Result<(), Vec<Issue>> {
        let mut run = Run::new(experiment, &self.files)?;
        // A line that another task has does not count here.
        self.line = self.line.take().filter(|line| line.check(run.known()).is_empty());
        run.aim(self.line.clone());
        self.runs = vec![run];
        self.slice = None;
        Ok(())
    }

    /// As [`Session::open`], without one of the techniques that the document uses.
    pub fn open_without(&mut self, text: &str, technique: &str) -> Result<(), Vec<Issue>> {
        let experiment = Experiment::parse(text)?;
        let without = techniques::without(&experiment, technique).ok_or_else(|| {
            let technique = shorten(technique);
            vec![Issue::new("", message!("does not use the technique {technique:?}", "没有使用技术 {technique:?}"))]
        })?;
        self.begin(without)
    }

    /// The techniques that a document uses; none where it has problems.
    pub fn techniques(&self, text: &str) -> Vec<Without> {
        Experiment::parse(text).map(|experiment| techniques::techniques(&experiment)).unwrap_or_default()
    }

    /// Adds a run beside the others. With `from`, an update and a document, it goes that document's way until then and takes over the live
    /// settings of `text` there. With issues nothing changes.
    pub fn add(&mut self, text: &str, from: Option<(u64, &str)>) -> Result<(), Vec<Issue>> {
        let run = self.beside(text, from, usize::MAX)?;
        self.runs.push(run);
        Ok(())
    }

    /// Puts a run of this experiment, at update 0, in the place of another. With issues nothing changes.
    pub fn replace(&mut self, run: usize, text: &str) -> Result<(), Vec<Issue>> {
        let new = self.beside(text, None, run)?;
        if let Some(old) = self.runs.get_mut(run) {
            *old = new;
        }
        Ok(())
    }

    /// A run that may race with those that stay when the one at `leaving` goes.
    fn beside(&self, text: &str, from: Option<(u64, &str)>, leaving: usize) -> Result<Run, Vec<Issue>> {
        let experiment = Experiment::parse(text)?;
        let mut issues = Vec::new();
        if let Some((_, other)) = self.runs.iter().enumerate().find(|(at, _)| *at != leaving) {
            let other = other.experiment();
            let shared = [
                ("seed", other.seed == experiment.seed),
                ("data", other.data == experiment.data),
                ("split", other.split == experiment.split),
            ];
            let differs = shared.into_iter().filter(|(_, same)| !same).map(|(path, _)| path);
            issues.extend(
                differs.map(|path| Issue::new(path, message!("must be the same in all runs of a race", "一场比赛中的所有运行必须相同"))),
            );
        }
        if self.runs.len() >= MOST && leaving >= self.runs.len() {
            issues.push(Issue::new("", message!("at most {MOST} runs can race", "最多 {MOST} 个运行同时比赛")));
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        let mut run = match from {
            None => Run::new(experiment, &self.files)?,
            Some((update, before)) => {
                let mut run = Run::new(Experiment::parse(before)?, &self.files)?;
                run.leave_at(update, experiment)?;
                run
            }
        };
        run.aim(self.line.clone());
        Ok(run)
    }

    /// Adds a run that went another's way until the last checkpoint at or before `update`; see [`Run::fork`]. The update at which it left,
    /// none where there is no such run or no room for another.
    pub fn fork(&mut self, run: usize, update: u64) -> Option<u64> {
        let fork = self.runs.get(run).filter(|_| self.runs.len() < MOST)?.fork(update);
        let at = fork.update();
        self.runs.push(fork);
        Some(at)
    }

    /// Takes a run back to its last checkpoint at or before `update`, to train on from there. The update where it now is.
    pub fn go_back(&mut self, run: usize, update: u64) -> Option<u64> {
        let run = self.runs.get_mut(run)?;
        run.go_back(update);
        Some(run.update())
    }

    /// Takes a run away; the last one stays.
    pub fn remove(&mut self, run: usize) -> bool {
        let there = run < self.runs.len() && self.runs.len() > 1;
        if there {
            self.runs.remove(run);
        }
        there
    }

    /// Draws a finish line for all runs, or takes it away; `text` is a [`Reach`] or null.
    pub fn finish(&mut self, text: &str) -> Result<(), Vec<Issue>> {
        let line: Option<Reach> = serde_json::from_str(text).map_err(|error| {
            let error = shorten_to(&error.to_string(), 200);
            vec![Issue::new("finish", message!("{error}", "{error}"))]
        })?;
        if let (Some(line), Some(run)) = (&line, self.runs.first()) {
            let issues = line.check(run.known());
            if !issues.is_empty() {
                return Err(issues.into_iter().map(|issue| issue.under("finish")).collect());
            }
        }
        self.runs.iter_mut().for_each(|run| run.aim(line.clone()));
        self.line = line;
        Ok(())
    }

    /// The finish line.
    pub fn line(&self) -> Option<&Reach> {
        self.line.as_ref()
    }

    /// Shows a past moment of a run, or its present; see [`Run::look_back`].
    pub fn look_back(&mut self, run: usize, update: Option<u64>) -> Option<u64> {
        Some(self.runs.get_mut(run)?.look_back(update))
    }

    /// Trains one run to `update`, for at most `budget` milliseconds; true once it is there, or has stopped.
    pub fn reach(&mut self, run: usize, update: u64, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        let Some(run) = self.runs.get_mut(run) else { return true };
        let start = now();
        loop {
            let left = update.saturating_sub(run.update()).min(16);
            if left == 0 || ticks(run, left, now) < left {
                return true;
            }
            if spent(now() - start, budget) {
                return false;
            }
        }
    }

    /// The runs.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Takes over live settings; false where a restart is needed.
    pub fn live(&mut self, run: usize, text: &str) -> Result<bool, Vec<Issue>> {
        let experiment = Experiment::parse(text)?;
        Ok(self.runs.get_mut(run).is_some_and(|run| run.apply_live(&experiment)))
    }

    /// Ticks all unfinished runs in lock-step until `budget` milliseconds of `now` are spent or `most` updates are done; returns how many were.
    /// Runs that are behind, because they were added later, come level first. The clock is read after a number of ticks that adapts, because
    /// reading it costs as much as a small update.
    pub fn advance(&mut self, budget: f64, most: u64, now: &mut dyn FnMut() -> f64) -> u64 {
        let start = now();
        let (mut done, mut ticked, mut chunk) = (0, 0, 1);
        self.runs.iter_mut().filter(|run| run.looks_back()).for_each(|run| {
            run.look_back(None);
        });
        while done < most {
            let going = || self.runs.iter().filter(|run| run.stopped().is_none()).map(Run::update);
            let (Some(last), Some(first)) = (going().min(), going().max()) else { break };
            let level = last == first;
            let each = if level { chunk.min(most - done) } else { chunk };
            let mut longest = 0;
            for run in self.runs.iter_mut().filter(|run| run.stopped().is_none()) {
                longest = longest.max(ticks(run, if level { each } else { each.min(first - run.update()) }, now));
            }
            done += if level { longest } else { 0 };
            ticked += longest;
            let passed = now() - start;
            if spent(passed, budget) {
                break;
            }
            // At most a quarter of the budget until the clock is read again.
            let (time, twice) = (passed / ticked as f64, chunk.saturating_mul(2));
            chunk = if time > 0.0 { ((budget / 4.0 / time) as u64).clamp(1, twice) } else { twice };
        }
        done
    }

    /// Ticks until a run has ended an epoch or a tree's split, or `budget` milliseconds are spent; true once there.
    pub fn step_epoch(&mut self, run: usize, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        let start = now();
        loop {
            let before = self.runs.get(run).map(Run::update);
            self.advance(f64::INFINITY, 1, now);
            let Some(run) = self.runs.get(run) else { return true };
            if before == Some(run.update()) || run.at_boundary() {
                return true;
            }
            if spent(now() - start, budget) {
                return false;
            }
        }
    }

    /// Back to update 0 with the same initial weights and the live settings as they are now.
    pub fn rewind(&mut self) {
        self.runs.iter_mut().for_each(Run::rewind);
    }

    /// Sets one learned number of a run by hand; see [`Run::set`].
    pub fn set(&mut self, run: usize, tensor: &str, index: usize, value: f32) -> Result<(), Message> {
        self.runs.get_mut(run).ok_or_else(|| message!("there is no run {run}", "没有编号为 {run} 的运行"))?.set(tensor, index, value)
    }

    /// Puts a run's best model back.
    pub fn restore_best(&mut self, run: usize) -> bool {
        self.runs.get_mut(run).is_some_and(Run::restore_best)
    }

    /// Measures the test part of a run; see [`Run::reveal`].
    pub fn reveal(&mut self, run: usize) -> Option<Revealed> {
        self.runs.get_mut(run)?.reveal()
    }

    /// What is wrong with a run; see [`doctor::examine`].
    pub fn examine(&self, run: usize) -> Vec<Finding> {
        self.runs.get(run).map(doctor::examine).unwrap_or_default()
    }

    /// Whether the parts of a run are alike; see [`alike::compare`].
    pub fn alike(&self, run: usize) -> Vec<Alike> {
        self.runs.get(run).map(|run| alike::compare(run.ready(), run.experiment().seed)).unwrap_or_default()
    }

    /// The row that is looked at while none is chosen: the first that was held out, else the first of all.
    pub fn first_row(&self, run: usize) -> usize {
        self.runs.get(run).and_then(|run| run.parts().validation.first().copied()).unwrap_or(0)
    }

    /// What every layer makes of a row of the table; see [`Run::inspect`].
    pub fn inspect(&self, run: usize, row: Option<usize>, most: usize, close: Option<usize>) -> Vec<Seen> {
        let row = row.unwrap_or_else(|| self.first_row(run));
        self.runs.get(run).map(|run| run.inspect(row, most, close)).unwrap_or_default()
    }

    /// The state of every layer; see [`Run::diagnose`].
    pub fn diagnose(&self, run: usize) -> Vec<Diagnosis> {
        self.runs.get(run).map(|run| run.diagnose(SAMPLE)).unwrap_or_default()
    }

    /// How long a layer takes, by a clock in milliseconds. It takes some tens of them, and training stands still meanwhile.
    pub fn profile(&self, run: usize, layer: usize, now: &mut dyn FnMut() -> f64) -> Option<Time> {
        self.runs.get(run)?.profile(layer, now)
    }
}

/// Whether a budget of milliseconds is used up. One that is no number is: nothing else would end what asks.
fn spent(passed: f64, budget: f64) -> bool {
    budget.is_nan() || passed >= budget
}

/// Up to `count` ticks of one run, on its own clock; returns how many it did before it stopped. One reading of the clock counts for all of them
/// but the evaluations.
fn ticks(run: &mut Run, count: u64, now: &mut dyn FnMut() -> f64) -> u64 {
    let (start, before) = (now(), run.seconds());
    let mut clock = || before + (now() - start) / 1000.0;
    let mut done = 0;
    while done < count && run.stopped().is_none() {
        run.tick(&mut clock);
        done += 1;
    }
    let seconds = clock();
    run.spent(seconds);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn rows(count: usize) -> Vec<u8> {
        let lines: Vec<String> = (0..count).map(|at| format!("{},{},{}", at % 7, at % 5, if at % 7 > 3 { "a" } else { "b" })).collect();
        format!("x,y,kind\n{}\n", lines.join("\n")).into_bytes()
    }

    pub(super) fn open(json: &str) -> Session {
        let mut session = Session::default();
        session.attach("t.csv", rows(100));
        session.open(json).unwrap();
        session
    }

    #[test]
    fn what_is_not_there_is_none_and_a_budget_that_is_no_number_ends() {
        let mut session = open("{}");
        let (range, now) = (session.range(7), &mut || 0.0);
        let (mut values, mut ends) = (vec![1.0], vec![1]);
        assert!(!session.map(7, 8, range, &mut values) && values.is_empty());
        assert!(!session.map(0, 0, range, &mut values) && values.is_empty());
        assert!(!session.unit_maps(7, 8, range, &mut values) && !session.unit_map(0, 99, 0, 8, range, &mut values));
        assert!(!session.unit_map(0, 1, usize::MAX, 8, range, &mut values) && values.is_empty());
        session.leaf_map(7, 8, range, &mut ends);
        session.predictions(7, 10, &mut values);
        assert!(ends.is_empty() && values.is_empty() && session.shown(7, 10).is_empty() && session.classes(7).is_empty());
        assert!(session.inspect(7, None, 8, None).is_empty() && session.diagnose(7).is_empty() && session.profile(7, 0, now).is_none());
        assert!(session.alike(7).is_empty() && session.examine(7).is_empty() && session.reveal(7).is_none());
        assert!(session.fork(7, 0).is_none() && session.go_back(7, 0).is_none() && session.look_back(7, None).is_none());
        // Without a clock that goes on, only the budget ends these.
        session.advance(f64::NAN, u64::MAX, now);
        assert!(!session.reach(0, u64::MAX, f64::NAN, now) && !session.step_epoch(0, -1.0, now));
        assert!(session.runs()[0].update() < 100);
        assert!(session.map(0, usize::MAX, range, &mut values));
        assert_eq!(values.len(), MOST_SIDE * MOST_SIDE * 2);
    }

    #[test]
    fn rewinding_returns_to_the_same_weights_whatever_became_of_the_file() {
        let mut session = open(r#"{"data": {"csv": {"path": "t.csv"}}}"#);
        let first = session.runs()[0].tensors();
        session.advance(f64::INFINITY, 20, &mut || 0.0);
        let trained = session.runs()[0].tensors();
        assert_ne!(first, trained);
        session.attach("t.csv", b"nothing".to_vec());
        assert!(session.open(r#"{"data": {"csv": {"path": "t.csv"}}}"#).is_err());
        session.rewind();
        assert_eq!(session.runs()[0].tensors(), first);
        session.advance(f64::INFINITY, 20, &mut || 0.0);
        assert_eq!(session.runs()[0].tensors(), trained);
    }

    #[test]
    fn an_epoch_ends_where_it_ends_however_often_it_was_interrupted() {
        let (mut whole, mut sliced) = (open("{}"), open("{}"));
        assert!(whole.step_epoch(0, f64::INFINITY, &mut || 0.0));
        let mut time = 0.0;
        let mut slices = 1;
        while !sliced.step_epoch(0, 0.5, &mut || {
            time += 1.0;
            time
        }) {
            slices += 1;
        }
        assert!(slices > 3, "{slices}");
        assert_eq!(whole.runs()[0].epoch(), 1.0);
        assert_eq!(sliced.runs()[0].update(), whole.runs()[0].update());
    }

    #[test]
    fn a_look_at_the_test_part_is_recorded_and_stays() {
        let mut session = open("{}");
        session.advance(f64::INFINITY, 5, &mut || 0.0);
        let seen = session.reveal(0).unwrap();
        assert!(seen.measured.contains_key("accuracy"));
        session.rewind();
        assert_eq!(session.runs()[0].revealed(), [seen]);
        session.open(r#"{"split": {"test": 0}}"#).unwrap();
        assert_eq!(session.reveal(0), None);
    }

    #[test]
    fn layers_are_looked_at_without_a_trace() {
        let (mut looked, mut alone) = (open("{}"), open("{}"));
        for session in [&mut looked, &mut alone] {
            session.advance(f64::INFINITY, 5, &mut || 0.0);
        }
        let table = looked.runs()[0].table();
        assert_eq!(looked.inspect(0, Some(3), 64, None)[0].values, table.inputs.row(3).to_vec());
        assert_eq!(looked.inspect(0, None, 64, Some(1)).len(), 4);
        assert_eq!(looked.inspect(0, Some(table.rows()), 64, None), []);
        assert_eq!(looked.diagnose(0).len(), 3);
        let mut clock = 0.0;
        let mut now = || {
            clock += 1.0;
            clock
        };
        assert!(looked.profile(0, 3, &mut now).is_some() && looked.profile(0, 4, &mut now).is_none());
        let learned = [&mut looked, &mut alone].map(|session| {
            session.advance(f64::INFINITY, 5, &mut || 0.0);
            session.runs()[0].tensors()
        });
        assert_eq!(learned[0], learned[1]);
    }

    #[test]
    fn what_is_measured_follows_a_restored_checkpoint() {
        let mut session = open(r#"{"stop": {"max_updates": 3000, "early_stopping": {"off": {}}}, "data": {"spiral": {"noise": 0.4}}}"#);
        session.advance(f64::INFINITY, u64::MAX, &mut || 0.0);
        let (update, loss) = session.runs()[0].best().unwrap();
        assert!(update < 3000);
        assert!(session.restore_best(0));
        let standing = session.runs()[0].standing();
        assert_eq!((standing.update, standing.validation[0].1), (update, loss));
        assert_eq!(session.runs()[0].confusion().iter().sum::<u32>(), 75);
        assert_eq!(session.runs()[0].last().update, 3000);
    }
}
