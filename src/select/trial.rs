//! One run of many: to the finish line, or to its own end.

use crate::config::Issue;
use crate::data::Files;
use crate::train::{Arrival, Experiment, Reach, Run, Stopped};
use serde::Serialize;

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    pub seed: u32,
    /// None where it stopped before the line.
    pub arrival: Option<Arrival>,
    /// Updates that were done in all.
    pub updates: u64,
    /// (update, watched loss) of the best evaluation.
    pub best: Option<(u64, f64)>,
    /// None where it was ended at the line.
    pub stopped: Option<Stopped>,
}

/// Runs an experiment with this seed; it goes on behind the line only where `whole` says so. `clock` tells the seconds since it began.
pub fn run(
    experiment: &Experiment,
    seed: u32,
    line: &Reach,
    whole: bool,
    files: &dyn Files,
    clock: &mut dyn FnMut() -> f64,
) -> Result<Outcome, Vec<Issue>> {
    let mut run = Run::new(Experiment { seed, ..experiment.clone() }, files)?;
    let issues = line.check(run.known());
    if !issues.is_empty() {
        return Err(issues.into_iter().map(|issue| issue.under("finish")).collect());
    }
    run.aim(Some(line.clone()));
    while (whole || run.arrival().is_none()) && run.tick(clock) {}
    Ok(Outcome { seed, arrival: run.arrival().cloned(), updates: run.update(), best: run.best(), stopped: run.stopped().cloned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    fn experiment(text: &str) -> Experiment {
        Experiment::parse(text).unwrap()
    }

    #[test]
    fn a_run_ends_at_the_line_or_goes_on_to_its_own_end() {
        let moons = experiment(r#"{"data": {"moons": {}}, "stop": {"max_updates": 800}}"#);
        let line = Reach { metric: "accuracy".into(), value: 0.8 };
        let short = run(&moons, 4, &line, false, &NoFiles, &mut || 0.0).unwrap();
        let whole = run(&moons, 4, &line, true, &NoFiles, &mut || 0.0).unwrap();
        let arrival = short.arrival.clone().expect("moons are easy");
        assert_eq!(Some(&arrival), whole.arrival.as_ref());
        assert_eq!((short.updates, short.stopped), (arrival.update, None));
        assert!(whole.updates > arrival.update && whole.stopped.is_some());
        assert_ne!(run(&moons, 5, &line, true, &NoFiles, &mut || 0.0).unwrap().best, whole.best);
    }

    #[test]
    fn a_line_out_of_reach_and_one_of_another_task() {
        let moons = experiment(r#"{"data": {"moons": {}}, "stop": {"max_updates": 50}}"#);
        let missed = run(&moons, 1, &Reach { metric: "loss".into(), value: 0.0 }, false, &NoFiles, &mut || 0.0).unwrap();
        assert_eq!((missed.arrival, missed.updates), (None, 50));
        let issues = run(&moons, 1, &Reach { metric: "r2".into(), value: 0.9 }, false, &NoFiles, &mut || 0.0).unwrap_err();
        assert!(issues[0].path.starts_with("finish"), "{issues:?}");
    }
}
