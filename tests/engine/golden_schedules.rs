//! Learning-rate schedules against PyTorch, `golden/schedules_reference.py` wrote the numbers; and what becomes of each past its end.

use descent::data::NoFiles;
use descent::learn::net::schedule::warmup::Warmup;
use descent::learn::net::schedule::{Heard, Memory, Schedule, ScheduleConfig};
use descent::metric::{self, Direction};
use descent::train::{Experiment, Run};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Golden {
    base: f64,
    schedules: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    schedule: ScheduleConfig,
    #[serde(default)]
    warmup: Warmup,
    #[serde(default)]
    losses: Vec<f64>,
    rates: Vec<f64>,
}

#[test]
fn every_schedule_with_and_without_a_warm_up() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/schedules.json")).expect("schedules.json");
    for case in &golden.schedules {
        let (schedule, mut memory) = (case.schedule.part(), Memory::default());
        for (update, expected) in case.rates.iter().enumerate() {
            let rate = case.warmup.rate(schedule, golden.base, update as u64, &memory);
            let (name, error) = (case.schedule.name(), (rate - expected).abs());
            assert!(error <= 1e-12 + 1e-9 * expected, "{name} after {update}: {rate}, PyTorch has {expected}");
            if let Some(&loss) = case.losses.get(update) {
                let metric = metric::ALL.iter().find(|metric| Some(metric.name()) == schedule.listens());
                let better = metric.map_or(Direction::Down, |metric| metric.direction());
                schedule.observe(&mut memory, Heard { value: loss, better }, golden.base);
            }
        }
    }
    let covered: BTreeSet<_> = golden.schedules.iter().map(|case| case.schedule.name()).collect();
    assert_eq!(covered, ScheduleConfig::all().iter().map(|schedule| schedule.name()).collect());
}

fn after(schedule: &dyn Schedule, done: u64) -> f64 {
    schedule.rate(0.1, done, &Memory::default())
}

/// Schedules that go up again for ever, by name.
const CYCLIC: [&str; 2] = ["cyclic", "warm_restarts"];

#[test]
fn past_its_end_no_schedule_moves_and_only_cyclic_ones_climb_without_one() {
    for config in ScheduleConfig::all() {
        let (name, schedule) = (config.name(), config.part());
        match schedule.end() {
            Some(end) => {
                assert_ne!(after(schedule, end - 1), after(schedule, end), "{name} ends before its end");
                for done in (end..end + 5000).chain([10 * end, u64::from(u32::MAX), 1 << 52]) {
                    assert_eq!(after(schedule, done), after(schedule, end), "{name} after {done}");
                }
            }
            None => {
                let climbs = (0..20_000).any(|done| after(schedule, done + 1) > after(schedule, done));
                assert_eq!(climbs, CYCLIC.contains(&name), "{name}");
            }
        }
    }
}

#[test]
fn the_first_rate_is_the_learning_rate_and_none_is_negative_or_too_large() {
    for config in ScheduleConfig::all() {
        let (name, schedule) = (config.name(), config.part());
        // One cycle begins below its peak.
        let first = if name == "one_cycle" { 0.1 / 25.0 } else { 0.1 };
        assert!((after(schedule, 0) - first).abs() < 1e-15, "{name}");
        let highest = if name == "cyclic" { 0.4 + 1e-12 } else { 0.1 };
        assert!((0..20_000).all(|done| (0.0..=highest).contains(&after(schedule, done))), "{name}");
    }
}

#[test]
fn cycles_repeat_and_restarts_go_on_for_ever() {
    let parse = |json: &str| serde_json::from_str::<ScheduleConfig>(json).expect("a schedule");
    let cyclic = parse(r#"{"cyclic": {"step_size_up": 30, "step_size_down": 10}}"#);
    let restarts = parse(r#"{"warm_restarts": {"t_0": 40}}"#);
    for done in 0..40 {
        for cycle in [1, 7, 1_000_000_000] {
            for schedule in [cyclic.part(), restarts.part()] {
                assert_eq!(after(schedule, done), after(schedule, done + 40 * cycle));
            }
        }
    }
    // Falls that grow tenfold from a million: no sum of lengths may wrap.
    let growing = parse(r#"{"warm_restarts": {"t_0": 1000000, "t_mult": 10}}"#);
    assert_eq!(after(growing.part(), 11_000_000), 0.1);
    assert!(after(growing.part(), u64::MAX >> 11) > 0.0);
}

#[test]
fn a_cycle_of_any_proportions_stays_between_its_rates() {
    for (total, rising) in [(2, 0.0), (2, 0.5), (2, 1.0), (3, 0.3), (10, 0.1), (10, 0.0), (10, 1.0), (1000, 0.001)] {
        let json = format!(r#"{{"one_cycle": {{"total_steps": {total}, "pct_start": {rising}}}}}"#);
        let config: ScheduleConfig = serde_json::from_str(&json).expect("a schedule");
        for done in 0..total + 5 {
            let rate = after(config.part(), done);
            assert!((0.0..=0.1).contains(&rate), "{json} after {done}: {rate}");
        }
        assert_eq!(after(config.part(), total - 1), after(config.part(), total + 5), "{json}");
    }
}

#[test]
fn a_schedule_that_listens_counts_nothing_while_warming_up() {
    let json = r#"{
        "learner": {"net": {"schedule": {"reduce_on_plateau": {"patience": 0, "threshold": 1}}, "warmup": {"updates": 20, "start_factor": 0.5}}},
        "stop": {"evaluate_every": {"updates": {"every": 1}}}
    }"#;
    let mut run = Run::new(Experiment::parse(json).expect("valid"), &NoFiles).expect("runnable");
    let mut rates = Vec::new();
    for _ in 0..21 {
        rates.push(run.learning_rate().expect("a rate"));
        run.tick(&mut || 0.0);
    }
    assert!((0..20).all(|at| (rates[at] - 0.01 * (0.5 + 0.025 * at as f64)).abs() < 1e-15), "{rates:?}");
    // The evaluation at the end of the warm-up is the first that counts; with this threshold none is better.
    assert!((rates[20] - 0.001).abs() < 1e-15, "{rates:?}");
}

#[test]
fn a_warm_up_ends_where_the_schedule_begins() {
    for config in ScheduleConfig::all() {
        let (warmup, memory) = (Warmup { updates: 10, start_factor: 0.2 }, Memory::default());
        let rate = |done| warmup.rate(config.part(), 0.1, done, &memory);
        assert!((rate(0) - 0.2 * after(config.part(), 0)).abs() < 1e-15, "{}", config.name());
        assert!((0..10).all(|done| rate(done + 1) > rate(done)), "{}", config.name());
        assert!((0..500).all(|done| rate(10 + done) == after(config.part(), done)), "{}", config.name());
    }
}
