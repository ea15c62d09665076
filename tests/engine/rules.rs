//! What a run watches and when it ends: any metric in its own direction, sentences that are true of it, a target after the first update, the rate of
//! the next update, and no success where a number is not finite.

use super::shared::run;
use descent::data::NoFiles;
use descent::learn::net::activation::ActivationConfig;
use descent::train::{Experiment, Run, StopReason};
use serde_json::{Value, json};

fn trained(document: &Value) -> Run {
    let mut run = run(&document.to_string());
    while run.tick(&mut || 0.0) {}
    run
}

fn column<'a>(run: &'a Run, name: &str) -> &'a [f64] {
    &run.history().named(name).unwrap_or_else(|| panic!("{name}")).last
}

fn noisy(stop: Value) -> Value {
    json!({
        "data": {"moons": {"samples": 200, "noise": 0.35}},
        "learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.1}}}},
        "stop": stop,
    })
}

#[test]
fn the_best_is_the_best_of_what_is_watched_and_patience_waits_for_it() {
    for (metric, up) in [("loss", false), ("accuracy", true)] {
        let patience = json!({"patience": 12, "metric": metric, "restore_best": false});
        let run = trained(&noisy(json!({"early_stopping": {"patience": patience}})));
        let stopped = run.stopped().unwrap();
        assert_eq!(stopped.reason, StopReason::EarlyStopping, "{metric}");
        let values = column(&run, &format!("validation.{metric}"));
        let signed: Vec<f64> = values.iter().map(|value| if up { -value } else { *value }).collect();
        let best = (0..signed.len()).min_by(|&a, &b| signed[a].total_cmp(&signed[b]).then(a.cmp(&b))).unwrap();
        assert_eq!(run.best().unwrap(), (column(&run, "update")[best] as u64, column(&run, "validation.loss")[best]), "{metric}");
        assert_eq!(run.best_watched(), Some((metric, values[best])));
        assert_eq!(values.len() - 1 - best, 12, "{metric}");
        let expected = if up { "without a higher validation accuracy" } else { "without a lower validation loss" };
        assert!(stopped.message.en.contains(expected), "{}", stopped.message.en);
    }
    let issues = Experiment::parse(&noisy(json!({"early_stopping": {"patience": {"metric": "r2"}}})).to_string());
    let issues = Run::new(issues.unwrap(), &NoFiles).err().unwrap();
    assert_eq!(issues[0].path, "stop.early_stopping.patience.metric");
}

#[test]
fn what_counts_as_an_improvement_does_not_decide_which_is_the_best() {
    let patience = json!({"patience": 6, "min_delta": 0.5, "restore_best": true});
    let run = trained(&noisy(json!({"early_stopping": {"patience": patience}})));
    let losses = column(&run, "validation.loss");
    let lowest = losses.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(losses.len() == 7 && losses[0] - lowest < 0.5 && lowest < losses[0], "{losses:?}");
    assert_eq!(run.best().unwrap().1, lowest);
    assert_eq!(run.standing().update, run.best().unwrap().0);
    let message = &run.stopped().unwrap().message;
    assert!(message.en.contains("6 evaluations without a validation loss lower by more than 0.5"), "{}", message.en);
    assert!(message.zh.contains("验证损失的降幅没有超过 0.5"), "{}", message.zh);
}

#[test]
fn without_held_out_rows_the_training_rows_are_named() {
    let mut document = noisy(json!({"early_stopping": {"patience": {"patience": 3, "min_delta": 5.0}}}));
    document["split"] = json!({"validation": 0, "test": 0});
    document["learner"]["net"]["schedule"] = json!({"reduce_on_plateau": {"patience": 0, "threshold": 0.9}});
    let run = trained(&document);
    let message = &run.stopped().unwrap().message;
    assert!(message.en.contains("training loss") && message.zh.contains("训练损失"), "{message:?}");
    assert!(run.marks()[0].what.en.contains("the training loss had stopped falling"), "{:?}", run.marks());
}

#[test]
fn a_plateau_may_be_one_of_a_metric_in_its_own_direction() {
    let document = |metric: &str| {
        let mut document = noisy(json!({"max_updates": 600, "early_stopping": {"off": {}}}));
        document["learner"]["net"]["schedule"] =
            json!({"reduce_on_plateau": {"metric": metric, "patience": 3, "factor": 0.5, "threshold": 0.0}});
        document
    };
    let run = trained(&document("accuracy"));
    // As PyTorch's counts, mode max.
    let (mut best, mut bad, mut falls) = (f64::NEG_INFINITY, 0, Vec::new());
    for (&update, &value) in column(&run, "update").iter().zip(column(&run, "validation.accuracy")).skip(1) {
        bad = if value > best { 0 } else { bad + 1 };
        best = best.max(value);
        if bad > 3 {
            falls.push(update as u64);
            bad = 0;
        }
    }
    let marks: Vec<u64> = run.marks().iter().map(|mark| mark.update).collect();
    assert!(marks.len() > 2 && falls.starts_with(&marks), "{falls:?} {marks:?}");
    assert!(run.marks()[0].what.en.ends_with("the validation accuracy had stopped rising"), "{:?}", run.marks()[0]);
    assert_ne!(trained(&document("loss")).marks()[0].update, marks[0]);
    let issues = Run::new(Experiment::parse(&document("rmse").to_string()).unwrap(), &NoFiles).err().unwrap();
    assert_eq!(issues[0].path, "learner.net.schedule.reduce_on_plateau.metric");
}

/// One rule for all schedules: what is told at an evaluation is the rate of the next update.
#[test]
fn the_rate_that_is_told_is_the_next_updates() {
    for schedule in [
        json!({"reduce_on_plateau": {"patience": 0, "threshold": 0.5}}),
        json!({"cosine": {"t_max": 40}}),
        json!({"step": {"step_size": 8}}),
    ] {
        let mut document = noisy(json!({"max_updates": 60, "early_stopping": {"off": {}}}));
        document["learner"]["net"]["schedule"] = schedule.clone();
        let mut run = run(&document.to_string());
        let mut changes = 0;
        loop {
            let next = run.learning_rate();
            if run.last().update == run.update() {
                assert_eq!((run.last().learning_rate, column(&run, "learning_rate").last().copied()), (next, next), "{schedule}");
            }
            if !run.tick(&mut || 0.0) {
                break;
            }
            changes += usize::from(run.learning_rate() != next);
        }
        assert!(changes > 2, "{schedule}: {changes}");
    }
}

#[test]
fn a_target_that_is_met_before_the_first_update_does_not_end_a_run_that_never_trained() {
    let run = trained(&noisy(json!({"target": {"reach": {"metric": "loss", "value": 100.0}}})));
    let stopped = run.stopped().unwrap();
    assert_eq!((stopped.reason, stopped.update > 0, run.history().rows()), (StopReason::Target, true, 2));
}

#[test]
fn weights_that_are_not_finite_are_divergence_and_never_the_best() {
    let broken = |run: &Run| run.tensors().iter().flat_map(|tensor| &tensor.values).any(|value| !value.is_finite());
    let of = |function: &str, restore: bool| {
        let early = if restore { json!({"patience": {"patience": 1000}}) } else { json!({"off": {}}) };
        json!({
            "learner": {"net": {"output_activation": function, "loss": "mse", "optimizer": {"nesterov": {"learning_rate": 10}}, "weight_decay": 1}},
            "stop": {"early_stopping": early, "max_updates": 3000},
        })
    };
    let mut diverged = 0;
    for activation in ActivationConfig::all() {
        for restore in [false, true] {
            let document = of(activation.name(), restore);
            let run = trained(&document);
            let reason = run.stopped().unwrap().reason;
            let shown = broken(&run);
            assert!(!(shown && restore), "{}: the best is broken", activation.name());
            assert!(!shown || reason == StopReason::Diverged, "{}: {reason:?}", activation.name());
            diverged += usize::from(reason == StopReason::Diverged);
            if reason == StopReason::Diverged {
                let fork = run.fork(u64::MAX);
                assert!(!broken(&fork) && fork.update() < run.update(), "{}: a fork goes on from what is broken", activation.name());
            }
        }
    }
    assert!(diverged >= 12, "{diverged}");
    let run = trained(&of("tanh", false));
    assert_eq!(run.stopped().unwrap().reason, StopReason::Diverged);
}

#[test]
fn every_activation_keeps_nan_and_goes_to_its_limits() {
    // At −∞ and at +∞; a limit that is not finite is only asked not to be.
    let limits: [(&str, [f32; 2]); 9] = [
        ("linear", [f32::NEG_INFINITY, f32::INFINITY]),
        ("sigmoid", [0.0, 1.0]),
        ("tanh", [-1.0, 1.0]),
        ("relu", [0.0, f32::INFINITY]),
        ("leaky_relu", [f32::NEG_INFINITY, f32::INFINITY]),
        ("elu", [-1.0, f32::INFINITY]),
        ("swish", [f32::NAN, f32::INFINITY]),
        ("gelu", [f32::NAN, f32::INFINITY]),
        ("softplus", [0.0, f32::INFINITY]),
    ];
    for config in ActivationConfig::all() {
        let name = config.name();
        let of = |values: [f32; 4]| {
            let mut values = values;
            config.part().apply(&mut values);
            values
        };
        for nan in [f32::NAN, -f32::NAN, f32::from_bits(0x7fc0_0001)] {
            let got = of([nan, 0.05, -0.05, nan]);
            assert!(got[0].is_nan() && got[3].is_nan() && got[1].is_finite() && got[2].is_finite(), "{name}: {got:?}");
        }
        let exact = limits.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}")).1;
        let got = of([f32::NEG_INFINITY, f32::INFINITY, 0.0, 0.0]);
        for (got, exact) in got.into_iter().zip(exact) {
            assert!(if exact.is_finite() { (got - exact).abs() < 1e-6 } else { !got.is_finite() }, "{name}: {got}, not {exact}");
        }
    }
}
