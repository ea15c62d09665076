//! The usual piece: one run, to a finish line or to its own end, and what there is to be said of it.

use super::{Piece, Task};
use crate::config::reader::Reader;
use crate::config::{Issue, Message};
use crate::data::prepare::scale::{Affine, Scale};
use crate::data::{Files, Task as Target};
use crate::metric::Answer;
use crate::train::{Arrival, Reach, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows of a history that are kept: enough to be drawn.
const ROWS: usize = 400;

/// How far a run goes, and what is wanted of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunTo {
    /// The finish line that is drawn for it.
    pub line: Option<Reach>,
    /// It ends at the line; otherwise it goes on to its own end.
    pub ends_there: bool,
    /// Columns of its history, by the names of what is measured.
    pub columns: Vec<String>,
    /// What it answers for the validation rows.
    pub held: bool,
}

/// What became of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ran {
    pub update: u64,
    pub epoch: f64,
    pub rows: u64,
    /// Of its training, by a clock: the only thing here that differs from one time to the next.
    pub seconds: f64,
    /// None where it has not come to the line.
    pub arrival: Option<Arrival>,
    pub best: Option<Best>,
    /// None while it trains, and where it was ended at the line.
    pub stop: Option<Stop>,
    /// Of the model that it has in the end, by parts; a metric without a value is left out.
    pub measured: BTreeMap<String, BTreeMap<String, f64>>,
    /// Of its history, thinned.
    pub columns: BTreeMap<String, Vec<Option<f64>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// The best evaluation, by what is watched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RanBest")]
pub struct Best {
    pub update: u64,
    pub loss: f64,
}

/// Why it stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RanStop")]
pub struct Stop {
    pub reason: String,
    pub message: Message,
}

/// What a run answers for the rows that validate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// Rows of the table.
    pub rows: Vec<usize>,
    /// In the target's own units; class numbers.
    pub targets: Vec<f64>,
    /// `[rows, width]`, numbers in the target's own units.
    pub predictions: Vec<f64>,
    pub width: usize,
    pub answer: Answer,
    /// Of a target with classes.
    pub classes: Vec<String>,
}

impl Held {
    /// What is answered, and what of.
    pub fn answered(&self) -> (Target, Answer) {
        let task = match self.answer {
            Answer::Value => Target::Regression,
            _ if self.classes.is_empty() => Target::Clustering,
            _ => Target::Classification(self.classes.clone()),
        };
        (task, self.answer)
    }

    /// Units in which numbers are as good in 32 bits as they can be.
    pub fn units(&self) -> Affine {
        if self.answer == Answer::Value { Scale::Standard.fit(&self.targets) } else { Affine::IDENTITY }
    }
}

/// A run under way.
pub struct Training {
    run: Run,
    to: RunTo,
    most: u64,
    done: bool,
}

impl Training {
    /// The piece's run, at update 0.
    pub fn new(piece: &Piece, files: &dyn Files) -> Result<Self, Vec<Issue>> {
        let to = RunTo::deserialize(Reader(&piece.work)).unwrap_or_default();
        let mut run = Run::new(piece.experiment.clone(), files)?;
        if let Some(line) = &to.line {
            let issues = line.check(run.known());
            if !issues.is_empty() {
                return Err(issues.into_iter().map(|issue| issue.under("finish")).collect());
            }
        }
        run.aim(to.line.clone());
        Ok(Training { most: piece.experiment.stop.max_updates, run, to, done: false })
    }

    fn held(&self) -> Held {
        let rows = self.run.parts().validation.clone();
        let table = self.run.table();
        let (answer, width) = (self.run.learner().answer(), self.run.learner().answer().width());
        let predictions = if answer == Answer::Value {
            self.run.predict_numbers(&rows)
        } else {
            let mut out = Vec::new();
            self.run.predict_rows(&rows, &mut out);
            out.into_iter().map(f64::from).collect()
        };
        let classes = match (answer, &table.task) {
            (Answer::Value, _) => Vec::new(),
            (_, Target::Classification(classes)) => classes.clone(),
            _ => Vec::new(),
        };
        let targets = rows.iter().map(|&row| if table.task == Target::Clustering { 0.0 } else { table.target_of(row) }).collect();
        Held { targets, predictions, width, answer, classes, rows }
    }

    /// Columns of its history that are wanted, and the updates.
    fn columns(&self) -> BTreeMap<String, Vec<Option<f64>>> {
        let wanted = |name: &str| {
            let last = name.rsplit('.').next().unwrap_or(name);
            name == "update" || self.to.columns.iter().any(|wanted| wanted == last)
        };
        let rows = self.run.history().rows();
        let step = rows.div_ceil(ROWS).max(1);
        let kept: Vec<usize> = (0..rows).filter(|at| at % step == 0 || at + 1 == rows).collect();
        let series = self.run.history().series().iter().filter(|series| wanted(&series.name));
        let finite = |value: f64| value.is_finite().then_some(value);
        series.map(|series| (series.name.clone(), kept.iter().map(|&at| finite(series.last[at])).collect())).collect()
    }
}

impl Task for Training {
    fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        let (start, trained) = (now(), self.run.seconds());
        // The clock is read after so many ticks as take a while, because reading it costs as much as a small one.
        let mut chunk = 1_u64;
        while !self.done {
            let before = now();
            let mut clock = || trained + (now() - start) / 1000.0;
            for _ in 0..chunk {
                let there = self.to.ends_there && self.run.arrival().is_some();
                if there || !self.run.tick(&mut clock) {
                    self.done = true;
                    break;
                }
            }
            self.run.spent(clock());
            let after = now();
            if after - start >= budget || budget.is_nan() {
                break;
            }
            chunk = if after - before < budget / 8.0 { chunk.saturating_mul(2).min(4096) } else { (chunk / 2).max(1) };
        }
        self.done
    }

    fn share(&self) -> f64 {
        if self.done { 1.0 } else { self.run.update() as f64 / self.most.max(1) as f64 }
    }

    fn found(&self) -> Value {
        let standing = self.run.standing();
        json!(Ran {
            update: self.run.update(),
            epoch: self.run.epoch(),
            rows: self.run.rows(),
            seconds: self.run.seconds(),
            arrival: self.run.arrival().cloned(),
            best: self.run.best().filter(|(_, loss)| loss.is_finite()).map(|(update, loss)| Best { update, loss }),
            stop: self.run.stopped().map(|stopped| Stop {
                reason: json!(stopped.reason).as_str().unwrap_or_default().into(),
                message: stopped.message.clone(),
            }),
            measured: [("train", &standing.train), ("validation", &standing.validation)]
                .into_iter()
                .filter(|(_, measured)| !measured.is_empty())
                .map(|(part, measured)| {
                    let finite = measured.iter().filter(|(_, value)| value.is_finite());
                    (part.to_string(), finite.map(|(metric, value)| (metric.to_string(), *value)).collect())
                })
                .collect(),
            columns: self.columns(),
            held: (self.done && self.to.held).then(|| self.held()),
        })
    }
}
