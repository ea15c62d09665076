//! The loss landscape as a job: around the weights of a run as it stands, or of one that is trained to its end first.

use crate::config::Issue;
use crate::data::Files;
use crate::job::report::Report;
use crate::job::{Job, Outcomes, Piece, Plan, Task};
use crate::message;
use crate::train::{Experiment, Run};
pub use crate::trust::landscape::Survey as Landscape;
use crate::trust::landscape::{Landscape as Under, Scale, Way, Waypoint};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

impl Job for Landscape {
    fn plan(&self, asked: &[Experiment], _: &dyn Files, _: &Outcomes) -> Plan {
        let pieces = asked.iter().enumerate().map(|(group, experiment)| Piece {
            name: message!("landscape", "损失地形"),
            group,
            experiment: experiment.clone(),
            work: Value::Null,
        });
        Plan { pieces: pieces.collect(), whole: true }
    }

    fn begin(&self, piece: &Piece, files: &dyn Files) -> Result<Box<dyn Task>, Vec<Issue>> {
        let run = Run::new(piece.experiment.clone(), files)?;
        // What cannot be surveyed is known before it is trained.
        Under::of(std::slice::from_ref(&run), 0, self)?;
        Ok(Box::new(Trained { survey: self.clone(), most: piece.experiment.stop.max_updates, run: Some(run), under: None }))
    }

    fn begin_at(&self, runs: &[Run], chosen: usize) -> Result<Box<dyn Task>, Vec<Issue>> {
        Ok(Box::new(Under::of(runs, chosen, self)?))
    }

    #[cfg(not(for_the_page))]
    fn result(&self, _: &[Experiment], _: &Plan, done: &Outcomes) -> Value {
        json!({ "experiments": done.values().map(|outcome| outcome.found()).collect::<Vec<_>>() })
    }

    fn report(&self, _: &[Experiment], _: &Plan, _: &Outcomes) -> Report {
        Report::default()
    }
}

/// A run that is trained to its end, then surveyed.
struct Trained {
    survey: Landscape,
    most: u64,
    run: Option<Run>,
    under: Option<Under>,
}

impl Task for Trained {
    fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        let start = now();
        while let Some(run) = &mut self.run {
            if !run.tick(&mut || 0.0) {
                self.under = Under::of(std::slice::from_ref(run), 0, &self.survey).ok();
                self.run = None;
            } else if now() - start >= budget || budget.is_nan() {
                return false;
            }
        }
        self.under.as_mut().is_none_or(|under| under.advance((budget - (now() - start)).max(0.0), now))
    }

    fn share(&self) -> f64 {
        match (&self.run, &self.under) {
            (Some(run), _) => 0.5 * run.update() as f64 / self.most.max(1) as f64,
            (None, Some(under)) => 0.5 + 0.5 * under.progress(),
            (None, None) => 1.0,
        }
    }

    fn found(&self) -> Value {
        self.under.as_ref().map_or(Value::Null, Under::found)
    }
}

impl Task for Under {
    fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        Under::advance(self, budget, now)
    }

    fn share(&self) -> f64 {
        self.progress()
    }

    fn found(&self) -> Value {
        json!(Told {
            side: self.side(),
            losses: self.losses(),
            scales: self.scales(),
            along: self.along(),
            ways: self.ways(),
            explained: self.explained(),
            rows: self.rows(),
            parameters: self.directions()[0].len(),
        })
    }
}

/// What is known of a landscape.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Landscape")]
pub struct Told<'a> {
    pub side: usize,
    /// Of `side` × `side` places, row by row from the top; null where none is known.
    #[schemars(with = "Vec<Option<f64>>")]
    pub losses: &'a [f64],
    /// Across and up.
    pub scales: [Scale; 2],
    /// The plane is that of the ways.
    pub along: bool,
    /// The first is that of the run in the centre.
    pub ways: &'a [Way<Waypoint>],
    /// Shares of the ways' variance along the two directions; null where there is none.
    #[schemars(with = "[Option<f64>; 2]")]
    pub explained: [f64; 2],
    /// Rows on which the loss is measured, and how many there are.
    pub rows: [usize; 2],
    /// Learned numbers.
    pub parameters: usize,
}
