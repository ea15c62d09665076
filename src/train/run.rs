//! `Run`: one learner on one data set, ticked from outside; evaluates, remembers the best, and stops with a reason.

mod judge;
mod looks;
mod past;

use super::checkpoints::{Checkpoints, Moment};
use super::experiment::Experiment;
use super::history::History;
use super::line::Arrival;
use super::mark::{Mark, Why};
use super::patience::Waiting;
use super::stop::{Every, Reach, Stopped};
use crate::config::{Issue, Message, brief, counted};
use crate::data::augment::Drawn;
use crate::data::prepare::Ready;
use crate::data::split::Parts;
use crate::data::{Files, Table, Task, bundled};
use crate::learn::{Counting, Given, Learner, Mixed, Problem, Rows, Snapshot, Tensor, telling};
use crate::math::random::{self, Stream};
use crate::message;
use crate::metric::{Answered, Quantity, Targets, Watch};
use ndarray::{Array2, Axis};
use past::{Ended, Fork, Present};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Rows of the history that the page keeps; see [`History`].
const HISTORY_ROWS: usize = 4096;

/// Series of the history between what an evaluation counts and the metrics; NaN where a learner has no such thing.
const BESIDE: [&str; 3] = ["seconds", "gradient_norm", "weight_norm"];

/// Prepared rows of one part of the split.
#[derive(Clone, Debug)]
pub struct Part {
    pub inputs: Array2<f32>,
    /// As a learner is given them.
    pub targets: Vec<f32>,
    /// What each row counts; none where all count alike.
    pub weights: Option<Vec<f32>>,
    /// As they came, for metrics in their own units; empty where they are the same.
    given: Vec<f64>,
}

impl Part {
    fn new(features: &Array2<f32>, ready: &Ready, rows: &[usize]) -> Self {
        let inputs = features.select(Axis(0), rows);
        let weights = ready.table.weights.as_ref().and_then(|weights| telling(rows.iter().map(|&row| weights[row]).collect()));
        if ready.target.is_identity() && ready.table.rests.targets.is_empty() {
            let targets = rows.iter().map(|&row| ready.table.targets[row]).collect();
            return Part { inputs, targets, weights, given: Vec::new() };
        }
        let given: Vec<f64> = rows.iter().map(|&row| ready.table.target_of(row)).collect();
        Part { inputs, targets: given.iter().map(|&target| ready.target.apply(target) as f32).collect(), weights, given }
    }

    /// The targets in their own units.
    fn given(&self) -> Targets<'_> {
        if self.given.is_empty() { Targets::Single(&self.targets) } else { Targets::Double(&self.given) }
    }

    /// As a learner takes them.
    pub fn rows(&self) -> Rows<'_> {
        Rows::new(self.inputs.view(), &self.targets).weighted(self.weights.as_deref())
    }

    /// What some of its rows count.
    pub fn weights_of(&self, rows: &[usize]) -> Option<Vec<f32>> {
        self.weights.as_ref().and_then(|weights| telling(rows.iter().map(|&row| weights[row]).collect()))
    }
}

/// The training rows as the learner gets them: the augmented ones, where there are such.
fn seen_rows<'a>(seen: Option<&'a Drawn>, train: &'a Part) -> Rows<'a> {
    let Some(seen) = seen else { return train.rows() };
    let mixed = (!seen.others.is_empty()).then_some(Mixed { targets: &seen.others, shares: &seen.shares });
    let weights = (!seen.weights.is_empty()).then_some(&seen.weights[..]);
    Rows { inputs: seen.view(), targets: &seen.targets, mixed, weights, again: None }
}

/// (metric, value) pairs.
pub type Measured = Vec<(&'static str, f64)>;

/// What was measured at one update. `validation` is empty when no rows were held out.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    pub update: u64,
    pub epoch: f64,
    /// Rows touched so far.
    pub rows: u64,
    /// Gradients computed so far: more than updates where steps are searched for.
    pub gradients: u64,
    /// That of the next update, where there is one: what the schedule made of this evaluation is in it.
    pub learning_rate: Option<f64>,
    /// (metric, value), the learner's loss first.
    pub train: Measured,
    pub validation: Measured,
    /// The learner's own quantities.
    pub own: Measured,
}

impl Evaluation {
    /// The names of [`Evaluation::counted`]: columns of histories, on the page and in files.
    pub const COUNTED: [&str; 5] = ["update", "epoch", "rows", "gradient_evaluations", "learning_rate"];

    /// What was counted until then; none of the last for a learner without a rate.
    pub fn counted(&self) -> [Option<f64>; 5] {
        [Some(self.update as f64), Some(self.epoch), Some(self.rows as f64), Some(self.gradients as f64), self.learning_rate]
    }

    /// What rules watch: the validation rows, the training rows where none are held out.
    pub fn held(&self) -> &Measured {
        if self.validation.is_empty() { &self.train } else { &self.validation }
    }

    /// What a rule that follows this quantity sees of it; not a number where it was not measured.
    pub fn value(&self, watch: Watch) -> f64 {
        watch.find(self.held()).or_else(|| watch.find(&self.own)).unwrap_or(f64::NAN)
    }
}

/// A look at the test part: it is recorded, because a second look is no longer a test.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Revealed {
    pub update: u64,
    pub measured: BTreeMap<&'static str, f64>,
}

/// One run.
pub struct Run {
    experiment: Rc<Experiment>,
    /// The rows as they came from their source.
    source: Arc<Table>,
    ready: Ready,
    problem: Problem,
    train: Part,
    validation: Part,
    test: Part,
    /// The training rows that the learner sees, where they are augmented: anew each epoch.
    seen: Option<Drawn>,
    augment: Stream,
    /// The stream as it was before they were drawn.
    drawn_from: Stream,
    learner: Box<dyn Learner>,
    /// What is measured of it.
    known: Rc<[Quantity]>,
    update: u64,
    rows: u64,
    gradients: u64,
    boundaries: u64,
    /// The last tick was the end of an epoch, a split of a tree.
    at_boundary: bool,
    /// There is nothing left to learn: the last tick said so.
    finished: bool,
    waiting: Waiting,
    /// Where the best was put back: from when on evaluations are counted, and what was counted until then.
    counted: Option<(u64, Waiting)>,
    best: Option<Rc<Moment>>,
    checkpoints: Checkpoints,
    /// The last moment before it stopped.
    end: Option<Rc<Moment>>,
    /// What an evaluation changed that was made only because the run ended: taken back where it goes on.
    ended: Option<Box<Ended>>,
    /// Where another moment is shown than the last: what training comes back to.
    present: Option<Present>,
    forked: Option<Fork>,
    /// Settings that it takes over after so many updates: those of a fork that begins again.
    later: Option<(u64, Experiment)>,
    last: Option<Evaluation>,
    /// Measured when a checkpoint was put back or a weight set by hand; gone with the next evaluation.
    restored: Option<Evaluation>,
    history: History,
    /// What happened on its way.
    marks: Vec<Mark>,
    /// The finish line of a race, and where it was crossed.
    line: Option<Reach>,
    arrival: Option<Arrival>,
    /// Looks at the test part so far.
    revealed: Vec<Revealed>,
    stopped: Option<Stopped>,
    /// Seconds spent training.
    seconds: f64,
    /// The room of a snapshot that is no longer needed.
    spare: Snapshot,
    predictions: Vec<f32>,
    /// Predictions of the held-out part (of the training part where nothing is held out) when it was last measured.
    held: Vec<f32>,
}

impl Run {
    /// Loads, splits, prepares and builds; evaluates the untrained model. All problems at once.
    pub fn new(experiment: Experiment, files: &dyn Files) -> Result<Self, Vec<Issue>> {
        let (given, unread) = given(&experiment, files);
        match experiment.data.part().load(experiment.seed, files) {
            Ok(table) => Run::of(experiment, Arc::new(table), given, unread),
            Err(issues) => Err([under(issues, &format!("data.{}", experiment.data.name())), unread].concat()),
        }
    }

    /// What a learner of this experiment is built for, without building one.
    pub fn problem_of(experiment: &Experiment, files: &dyn Files) -> Result<Problem, Vec<Issue>> {
        let table = Arc::new(experiment.data.part().load(experiment.seed, files)?);
        Ok(Self::prepared(experiment, &table, Given::default())?.1)
    }

    /// The training part of this experiment, prepared, and what a learner is built for.
    pub fn training_of(experiment: &Experiment, files: &dyn Files) -> Result<(Part, Problem), Vec<Issue>> {
        let table = Arc::new(experiment.data.part().load(experiment.seed, files)?);
        let (ready, problem) = Self::prepared(experiment, &table, Given::default())?;
        let features = ready.pipeline.prepare(&ready.table);
        Ok((Part::new(&features, &ready, &ready.parts.train), problem))
    }

    /// Rows as they are used, and what a learner is built for.
    fn prepared(experiment: &Experiment, source: &Arc<Table>, files: Given) -> Result<(Ready, Problem), Vec<Issue>> {
        let ready = experiment.prepare.ready(source, &experiment.split, experiment.seed)?;
        let mut class_rows = match &ready.table.task {
            Task::Classification(classes) => vec![0; classes.len()],
            Task::Regression | Task::Clustering => Vec::new(),
        };
        if ready.table.task.is_classification() {
            ready.parts.train.iter().for_each(|&row| class_rows[ready.table.targets[row] as usize] += 1);
        }
        let counting = counting(&ready, class_rows.len())?;
        let own: usize = class_rows.iter().sum();
        experiment.augment.iter().for_each(|augmentation| augmentation.part().grow(&mut class_rows));
        let added = class_rows.iter().sum::<usize>() - own;
        let problem = Problem {
            features: ready.pipeline.features().to_vec(),
            shape: ready.pipeline.shape(),
            task: ready.table.task.clone(),
            train_rows: ready.parts.train.len() + added,
            class_rows,
            counting,
            seed: experiment.seed,
            files,
        };
        Ok((ready, problem))
    }

    /// As [`Run::new`], over rows and files that are already there; `unread` says which files are not.
    fn of(experiment: Experiment, source: Arc<Table>, files: Given, unread: Vec<Issue>) -> Result<Self, Vec<Issue>> {
        let (ready, problem) = Self::prepared(&experiment, &source, files).map_err(|issues| [issues, unread.clone()].concat())?;
        let issues = [unread, experiment.check_against(&problem), experiment.check_weights(&source, &problem)].concat();
        if !issues.is_empty() {
            return Err(issues);
        }
        let features = ready.pipeline.prepare(&ready.table);
        let part = |rows: &[usize]| Part::new(&features, &ready, rows);
        let (train, validation, test) = (part(&ready.parts.train), part(&ready.parts.validation), part(&ready.parts.test));
        let names = Evaluation::COUNTED.into_iter().chain(BESIDE).map(String::from);
        let known = experiment.measured(&problem).expect("checked: it has an answer for these rows");
        let of_rows = |own: bool| known.iter().filter(move |quantity| quantity.of_rows != own).map(|quantity| quantity.name);
        let (metrics, own) = (of_rows(false).collect::<Vec<_>>(), of_rows(true).map(String::from).collect::<Vec<_>>());
        let held_out = if validation.targets.is_empty() { &["train"][..] } else { &["train", "validation"][..] };
        let measured = held_out.iter().flat_map(|part| metrics.iter().map(move |metric| format!("{part}.{metric}")));
        let mut run = Run {
            learner: experiment.learner.part().build(&problem),
            known: known.into(),
            history: History::new(HISTORY_ROWS, names.chain(own).chain(measured).collect()),
            augment: random::stream(experiment.seed, "augment"),
            drawn_from: random::stream(experiment.seed, "augment"),
            seen: (!experiment.augment.is_empty())
                .then(|| Drawn::new(problem.shape, &problem.task, &train.inputs, &train.targets).weighted(train.weights.as_deref())),
            experiment: Rc::new(experiment),
            source,
            ready,
            problem,
            train,
            validation,
            test,
            update: 0,
            rows: 0,
            gradients: 0,
            boundaries: 0,
            at_boundary: true,
            finished: false,
            waiting: Waiting::default(),
            counted: None,
            best: None,
            checkpoints: Checkpoints::default(),
            end: None,
            ended: None,
            present: None,
            forked: None,
            later: None,
            last: None,
            restored: None,
            marks: Vec::new(),
            line: None,
            arrival: None,
            revealed: Vec::new(),
            stopped: None,
            seconds: 0.0,
            spare: Snapshot::default(),
            predictions: Vec::new(),
            held: Vec::new(),
        };
        run.draw_augmentation();
        run.evaluate(0.0, true);
        Ok(run)
    }

    fn draw_augmentation(&mut self) {
        let Some(seen) = &mut self.seen else { return };
        self.drawn_from = self.augment.clone();
        seen.reset(&self.train.inputs, &self.train.targets, self.train.weights.as_deref());
        seen.augment(&self.experiment.augment, &mut self.augment);
    }

    /// One unit of work and, where one is due, an evaluation; `clock` tells the seconds spent training so far. False once stopped.
    // By itself: inlined into a loop that is entered once, V8 would leave it as its baseline compiler made it.
    #[inline(never)]
    pub fn tick(&mut self, clock: &mut dyn FnMut() -> f64) -> bool {
        self.take_over();
        if self.stopped.is_some() {
            return false;
        }
        if self.present.is_some() {
            self.come_back();
        }
        let tick = self.learner.tick(seen_rows(self.seen.as_ref(), &self.train));
        self.update += 1;
        self.rows += tick.rows as u64;
        self.gradients += tick.gradients as u64;
        self.boundaries += u64::from(tick.boundary);
        self.at_boundary = tick.boundary;
        self.finished = tick.finished;
        if tick.boundary && self.learner.has_epochs() {
            self.draw_augmentation();
        }
        let due = match &self.experiment.stop.evaluate_every {
            Every::Epochs(interval) => tick.boundary && self.boundaries.is_multiple_of(interval.every),
            Every::Updates(interval) => self.update.is_multiple_of(interval.every),
        };
        if due || self.learner.suspicious() {
            self.evaluate(clock(), due);
        }
        // What it takes over right here may be that it does not stop.
        self.take_over();
        let over = self.is_over();
        if over && !due && self.stopped.is_none() {
            self.evaluate(clock(), false);
        }
        if (due || over) && self.stopped.is_none() {
            self.end_by_rule();
        }
        self.stopped.is_none()
    }

    /// Takes over the settings of a fork that begins again, once it is where it left.
    fn take_over(&mut self) {
        if let Some((_, settings)) = self.later.take_if(|(at, _)| *at <= self.update) {
            self.apply_live(&settings);
        }
    }

    /// Sets one learned number by hand and measures what became of the model; see [`crate::learn::Weighted::set`]. Where the best is shown, that is the
    /// one which is changed, and put back.
    pub fn set(&mut self, tensor: &str, index: usize, value: f32) -> Result<(), Message> {
        let best = self.best.clone().filter(|_| self.shows_best());
        if best.is_none() {
            self.come_back();
        }
        let Some(weights) = self.learner.weighted_mut() else {
            return Err(message!("this model has no weights that could be set", "此模型没有可设置的权重"));
        };
        weights.set(tensor, index, value)?;
        if let Some(best) = best {
            self.take_up(&best);
        }
        self.mark(Why::ByHand, message!("{tensor} was set by hand", "手动设置了 {tensor}"));
        self.measure_again(self.update);
        Ok(())
    }

    /// The prepared rows of a part.
    pub fn part(&self, which: Which) -> &Part {
        match which {
            Which::Train => &self.train,
            Which::Validation => &self.validation,
            Which::Test => &self.test,
        }
    }

    fn mark(&mut self, why: Why, what: Message) {
        Mark::add(&mut self.marks, Mark { update: self.update, why, what });
    }

    /// What happened on its way, the first thing first.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Seconds spent training.
    pub fn seconds(&self) -> f64 {
        self.seconds
    }

    /// Says that so many seconds were spent training.
    pub fn spent(&mut self, seconds: f64) {
        self.seconds = seconds;
    }

    /// Takes over the live settings of `new` (learning rate, schedule, regularisation, stop rules); false if it differs in more.
    pub fn apply_live(&mut self, new: &Experiment) -> bool {
        let live = Experiment { learner: new.learner.clone(), stop: new.stop.clone(), ..(*self.experiment).clone() };
        if live != *new || new.stop.evaluate_every != self.experiment.stop.evaluate_every || !new.check_against(&self.problem).is_empty() {
            return false;
        }
        if new.learner != self.experiment.learner {
            self.come_back();
            let before = self.learning_rate();
            if !self.learner.apply_live(new.learner.part()) {
                self.rest();
                return false;
            }
            if self.update > 0 {
                self.mark_change(before);
            }
        }
        let recounts = self.experiment.stop.early_stopping.rule(&self.known) != live.stop.early_stopping.rule(&self.known);
        self.experiment = Rc::new(live);
        if recounts {
            self.recount();
        }
        self.settle();
        true
    }

    /// Marks that settings were changed on the way; `before` is the learning rate as it was.
    fn mark_change(&mut self, before: Option<f64>) {
        match (before, self.learning_rate()) {
            (Some(from), Some(to)) if from != to => {
                let (from, to) = (brief::number(from), brief::number(to));
                self.mark(Why::Rate, message!("learning rate {from} → {to}, set by hand", "学习率 {from} → {to}，手动设置"));
            }
            _ => self.mark(Why::Settings, message!("settings of the model changed", "改变了模型的设置")),
        }
    }

    /// Rows touched over training rows: passes over the data.
    pub fn epoch(&self) -> f64 {
        self.rows as f64 / self.problem.train_rows as f64
    }

    /// True at the start, after the last update of an epoch and after every split of a tree.
    pub fn at_boundary(&self) -> bool {
        self.at_boundary
    }

    /// The experiment, with the live changes so far.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The learner.
    pub fn learner(&self) -> &dyn Learner {
        &*self.learner
    }

    /// The learning rate of the next update, where there is one.
    pub fn learning_rate(&self) -> Option<f64> {
        self.learner.rated()?.learning_rate()
    }

    /// The learned tensors; none of a learner without weights.
    pub fn tensors(&self) -> Vec<Tensor> {
        self.learner.weighted().map(|weights| weights.tensors()).unwrap_or_default()
    }

    /// Everything that is measured of it.
    pub fn known(&self) -> &[Quantity] {
        &self.known
    }

    /// What is true of its rows, and what is answered.
    pub fn answered(&self) -> Answered<'_> {
        Answered { task: &self.ready.table.task, answer: self.learner.answer() }
    }

    /// The learner's own quantities as they are.
    fn own(&self) -> Measured {
        let names = self.known.iter().filter(|quantity| !quantity.of_rows).map(|quantity| quantity.name);
        names.zip(self.learner.series()).collect()
    }

    /// All rows that are used, cleaned, in their own units.
    pub fn table(&self) -> &Table {
        &self.ready.table
    }

    /// The rows with everything that was done to them.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// The rows as they came from their source.
    pub fn source(&self) -> &Table {
        &self.source
    }

    /// Which rows train, validate and test.
    pub fn parts(&self) -> &Parts {
        &self.ready.parts
    }

    /// What the learner was built for.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The training part as it is prepared, before anything augments it.
    pub fn training(&self) -> &Part {
        &self.train
    }

    /// Names of the features that the learner sees.
    pub fn features(&self) -> &[String] {
        &self.problem.features
    }

    /// Ticks so far.
    pub fn update(&self) -> u64 {
        self.update
    }

    /// Rows touched so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Everything measured so far.
    pub fn history(&self) -> &History {
        &self.history
    }
}

/// Where rows have weights: how many training rows have one above 0, which there must be.
fn counting(ready: &Ready, classes: usize) -> Result<Option<Counting>, Vec<Issue>> {
    let Some(weights) = &ready.table.weights else { return Ok(None) };
    let mut counting = Counting { rows: 0, class_rows: vec![0; classes] };
    for &row in ready.parts.train.iter().filter(|&&row| weights[row] > 0.0) {
        counting.rows += 1;
        if let Some(rows) = counting.class_rows.get_mut(ready.table.targets[row] as usize) {
            *rows += 1;
        }
    }
    if counting.rows > 0 {
        return Ok(Some(counting));
    }
    let rows = counted(ready.parts.train.len(), "training sample", "training samples");
    let count = ready.parts.train.len();
    let message = message!(
        "leaves nothing to learn from: the sample weights of all {rows} are 0, and at least one must be above 0; choose another split or other weights",
        "没有可供学习的样本：全部 {count} 个训练样本的样本权重都是 0，至少要有一个大于 0；请换一种划分或换一组权重"
    );
    Err(vec![Issue::new("split", message)])
}

/// The files that the learner's settings name, and what is wrong with those that cannot be read.
fn given(experiment: &Experiment, files: &dyn Files) -> (Given, Vec<Issue>) {
    let (mut given, mut unread) = (Given::default(), Vec::new());
    for (setting, name) in experiment.learner.part().files() {
        // The user's own file of the name comes first.
        let read = files.read(name).or_else(|message| match bundled::weights(name) {
            Some(known) => files.bundled(known).map(|bytes| bytes.into_owned()),
            None => Err(message),
        });
        match read {
            Ok(bytes) => given.keep(name, bytes),
            Err(message) => unread.push(Issue::new(format!("learner.{}.{setting}", experiment.learner.name()), message)),
        }
    }
    (given, unread)
}

fn under(issues: Vec<Issue>, path: &str) -> Vec<Issue> {
    issues.into_iter().map(|issue| issue.under(path)).collect()
}

/// A part of the split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Train,
    Validation,
    Test,
}
