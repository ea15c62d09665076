//! The ready-made networks of the page (`presets/networks.json`): each opens without issues on its own data, trains, and learns.

use descent::data::{NoFiles, Shape};
use descent::select::techniques;
use descent::train::{Experiment, Run};
use serde_json::Value;

fn presets() -> Vec<Value> {
    serde_json::from_str(include_str!("../../presets/networks.json")).unwrap()
}

fn run(experiment: &Value) -> Run {
    let parsed = Experiment::parse(&experiment.to_string());
    parsed.and_then(|parsed| Run::new(parsed, &NoFiles)).unwrap_or_else(|issues| panic!("{issues:?} for {experiment}"))
}

fn kind(shape: Shape) -> &'static str {
    match shape {
        Shape::Flat { .. } => "flat",
        Shape::Image { .. } => "image",
        Shape::Sequence { .. } => "sequence",
        Shape::Tokens { .. } => "tokens",
    }
}

#[test]
fn every_preset_has_its_words_and_brings_rows_that_it_is_made_for() {
    let presets = presets();
    let mut ids: Vec<&str> = presets.iter().map(|preset| preset["id"].as_str().unwrap()).collect();
    for preset in &presets {
        for words in ["name", "about"] {
            for language in ["en", "zh"] {
                assert!(preset[words][language].as_str().is_some_and(|text| !text.is_empty()), "{words} of {preset}");
            }
        }
        let kinds: Vec<&str> = preset["rows"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect();
        let own = kind(run(&preset["experiment"]).table().shape);
        assert!(kinds.contains(&own), "{own} rows for {kinds:?}: {}", preset["id"]);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), presets.len());
}

#[test]
fn every_preset_learns_on_every_kind_of_rows_that_it_is_made_for() {
    let data = [
        ("flat", "moons"),
        ("image", "shapes"),
        ("image", "digits"),
        ("sequence", "signals"),
        ("sequence", "series"),
        ("tokens", "tokens"),
    ];
    for preset in presets() {
        let kinds: Vec<&str> = preset["rows"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect();
        for (_, data) in data.iter().filter(|(kind, _)| kinds.contains(kind)) {
            let mut experiment = preset["experiment"].clone();
            experiment["data"] = serde_json::json!({ *data: { "samples": 200 } });
            let mut run = run(&experiment);
            let before = run.last().train[0].1;
            for _ in 0..150 {
                run.tick(&mut || 0.0);
            }
            let after = run.last().train[0].1;
            assert!(run.learner().non_finite().is_none() && after < 0.8 * before, "{} on {data}: {before} to {after}", preset["id"]);
        }
    }
}

#[test]
fn every_preset_runs_without_each_of_its_techniques() {
    let mut seen = std::collections::BTreeSet::new();
    for preset in presets() {
        let mut text = preset["experiment"].clone();
        // Few rows open quickly.
        let data = text["data"].as_object().unwrap().keys().next().unwrap().clone();
        if data != "text" {
            text["data"][&data]["samples"] = 120.into();
        }
        for without in techniques::techniques(&Experiment::parse(&text.to_string()).unwrap()) {
            seen.insert(without.technique);
            let technique = without.technique;
            let mut run =
                Run::new(without.experiment, &NoFiles).unwrap_or_else(|issues| panic!("{} without {technique}: {issues:?}", preset["id"]));
            (0..3).for_each(|_| _ = run.tick(&mut || 0.0));
            assert!(run.learner().non_finite().is_none(), "{} without {technique}", preset["id"]);
        }
    }
    let due = ["dropout", "early_stopping", "initialisation", "normalisation", "optimizer", "residual"];
    assert!(due.iter().all(|technique| seen.contains(technique)), "{seen:?}");
}
