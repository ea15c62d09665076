//! Learning-rate range test (L. N. Smith 2017, "Cyclical learning rates for training neural networks", section 3.3): one short training during
//! which the rate grows exponentially, the loss watched after every update. As in `fastai` and PyTorch Lightning the rate where the smoothed
//! loss falls fastest over the logarithm of the rate is proposed, and the test ends where the loss is four times its best.

use super::experiment::Experiment;
use super::run::Run;
use super::stop::{EarlyStopping, Every, Interval, Target};
use crate::config::reader::Reader;
use crate::config::{Issue, Nothing};
use crate::data::Files;
use crate::learn::Settings;
use crate::learn::net::Net;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The rates that are tried.
const FIRST: f64 = 1e-6;
const LAST: f64 = 10.0;
/// Updates of the whole test.
const STEPS: u64 = 140;
/// Weight of what was before in the smoothed loss.
const SMOOTH: f64 = 0.8;
/// The test ends where the smoothed loss is so many times its best.
const DIVERGED: f64 = 4.0;
/// Training rows on which the loss is measured.
const ROWS: usize = 1024;
/// Updates at either end that nothing is proposed from: there the smoothed loss has seen too little, or too much.
const EDGE: usize = 5;

/// What was found so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "RangeTest")]
pub struct Found {
    pub rates: Vec<f64>,
    /// The loss after the update with the rate.
    #[schemars(with = "Vec<Option<f64>>")]
    pub losses: Vec<f64>,
    /// The same, smoothed and corrected for its beginning at zero.
    #[schemars(with = "Vec<Option<f64>>")]
    pub smoothed: Vec<f64>,
    /// Where the smoothed loss falls fastest; none before the end, and where it never falls.
    pub proposed: Option<f64>,
    /// Updates done over all.
    pub share: f64,
    pub done: bool,
}

/// A test under way.
pub struct RangeTest {
    run: Run,
    experiment: Experiment,
    found: Found,
    mean: f64,
    best: f64,
}

impl RangeTest {
    /// For the experiment's own model, data and batches; issues where it has some, or where its optimizer has no learning rate.
    pub fn new(experiment: Experiment, files: &dyn Files) -> Result<Self, Vec<Issue>> {
        let mut experiment = experiment;
        experiment.stop.early_stopping = EarlyStopping::Off(Nothing {});
        experiment.stop.target = Target::Off(Nothing {});
        experiment.stop.max_updates = 2 * STEPS;
        experiment.stop.evaluate_every = Every::Updates(Interval { every: 1_000_000 });
        let experiment = with_rate(&experiment, FIRST).ok_or_else(|| {
            let message = message!("has no learning rate that could be tested", "没有可供测试的学习率");
            vec![Issue::new("learner", message)]
        })?;
        let run = Run::new(experiment.clone(), files)?;
        Ok(RangeTest { run, experiment, found: Found::default(), mean: 0.0, best: f64::INFINITY })
    }

    /// Goes on for at most `budget` milliseconds of `now`, for one update at least.
    pub fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> &Found {
        let start = now();
        while !self.found.done {
            self.step();
            if budget.is_nan() || now() - start >= budget {
                break;
            }
        }
        &self.found
    }

    /// What is known so far.
    pub fn so_far(&self) -> &Found {
        &self.found
    }

    fn step(&mut self) {
        let at = self.found.rates.len() as u64;
        let rate = FIRST * libm::pow(LAST / FIRST, at as f64 / (STEPS - 1) as f64);
        let experiment = with_rate(&self.experiment, rate).expect("it had one");
        assert!(self.run.apply_live(&experiment), "a rate is live");
        self.run.tick(&mut || 0.0);
        let loss = self.run.sampled_loss(ROWS);
        self.found.share = (at + 1) as f64 / STEPS as f64;
        if loss.is_finite() {
            self.mean = SMOOTH * self.mean + (1.0 - SMOOTH) * loss;
            let smoothed = self.mean / (1.0 - libm::pow(SMOOTH, (at + 1) as f64));
            self.found.rates.push(rate);
            self.found.losses.push(loss);
            self.found.smoothed.push(smoothed);
            self.best = self.best.min(smoothed);
        }
        let over = !loss.is_finite()
            || self.run.stopped().is_some()
            || self.found.smoothed.last().is_some_and(|last| *last > DIVERGED * self.best);
        if over || at + 1 == STEPS {
            self.found.done = true;
            self.found.share = 1.0;
            self.found.proposed = proposed(&self.found.rates, &self.found.smoothed);
        }
    }
}

/// The rate at which the loss falls fastest over equal steps of the rate's logarithm, before its lowest point; none where it does not fall.
fn proposed(rates: &[f64], smoothed: &[f64]) -> Option<f64> {
    let lowest = (0..smoothed.len()).min_by(|&a, &b| smoothed[a].total_cmp(&smoothed[b]))?;
    let inner = EDGE.min(lowest)..lowest.min(smoothed.len().saturating_sub(EDGE));
    let slope = |at: usize| (smoothed[at + 1] - smoothed[at.max(1) - 1]) / 2.0;
    let steepest = inner.min_by(|&a, &b| slope(a).total_cmp(&slope(b)))?;
    (slope(steepest) < 0.0).then(|| rates[steepest])
}

/// The experiment with another learning rate, which stays as it is; none where its optimizer has none.
pub fn with_rate(experiment: &Experiment, rate: f64) -> Option<Experiment> {
    let Settings::net(net) = &experiment.learner else { return None };
    let mut net = serde_json::to_value(net).ok()?;
    let optimizer = net.get_mut("optimizer")?.as_object_mut()?.values_mut().next()?.as_object_mut()?;
    *optimizer.get_mut("learning_rate")? = Value::from(rate);
    net["schedule"] = serde_json::json!({"constant": {}});
    net["warmup"]["updates"] = Value::from(0);
    // As documents are parsed: reading values in a second way would be as much code again.
    let net = Net::deserialize(Reader(&net)).ok()?;
    Some(Experiment { learner: Settings::net(net), ..experiment.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Attached;

    fn found(json: &str) -> Found {
        let mut test = RangeTest::new(Experiment::parse(json).unwrap(), &Attached::default()).unwrap();
        test.advance(f64::INFINITY, &mut || 0.0).clone()
    }

    #[test]
    fn the_proposed_rate_lies_where_the_loss_falls_and_trains_better_than_a_tenth_of_it_or_ten_times_as_much() {
        for json in [
            r#"{"learner": {"net": {"optimizer": {"sgd": {}}}}}"#,
            r#"{"data": {"moons": {}}, "learner": {"net": {"optimizer": {"mini_batch": {}}, "layers": [{"dense": {"units": 8}}]}}}"#,
        ] {
            let found = found(json);
            let rate = found.proposed.expect("these learn");
            assert!(found.done && (1e-4..3.0).contains(&rate), "{json}: {rate}");
            let loss = |rate: f64| {
                let mut run = Run::new(with_rate(&Experiment::parse(json).unwrap(), rate).unwrap(), &Attached::default()).unwrap();
                (0..200).for_each(|_| {
                    run.tick(&mut || 0.0);
                });
                run.sampled_loss(ROWS)
            };
            let (proposed, small) = (loss(rate), loss(rate / 10.0));
            assert!(proposed < small, "{json}: {proposed} at {rate}, {small} at a tenth");
        }
    }

    #[test]
    fn it_ends_early_where_the_loss_grows_and_repeats_bit_for_bit() {
        let json = r#"{"learner": {"net": {"optimizer": {"sgd": {}}}}}"#;
        let first = found(json);
        assert_eq!(first, found(json));
        assert!(first.rates.windows(2).all(|pair| pair[1] > pair[0]));
    }

    #[test]
    fn a_learner_without_a_rate_is_named() {
        let issues = RangeTest::new(Experiment::parse(r#"{"learner": {"tree": {}}}"#).unwrap(), &Attached::default()).err().unwrap();
        assert_eq!(issues[0].path, "learner");
        assert!(
            RangeTest::new(Experiment::parse(r#"{"learner": {"net": {"optimizer": {"lbfgs": {}}}}}"#).unwrap(), &Attached::default())
                .is_err()
        );
    }
}
