//! Losses and class weights against PyTorch (`golden/losses_reference.py`) and scikit-learn (`golden/weights_reference.py`).

use descent::data::Task;
use descent::learn::net::loss::class_weights::ClassWeights;
use descent::learn::net::loss::{Batch, Loss, LossConfig};
use descent::learn::net::{Net, Network};
use descent::learn::{Learner, Problem, Rows, Weighing};
use ndarray::Array2;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    loss: LossConfig,
    classes: usize,
    weights: Vec<f64>,
    raw: Vec<f32>,
    targets: Vec<f32>,
    value: f64,
    gradient: Vec<f64>,
}

fn task(classes: usize) -> Task {
    match classes {
        0 => Task::Regression,
        _ => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    }
}

fn close(what: &str, got: f64, expected: f64, absolute: f64) {
    assert!((got - expected).abs() <= absolute + 3e-6 * expected.abs(), "{what}: {got}, the reference has {expected}");
}

/// (mean loss, gradient) with PyTorch's rows as lanes.
fn of_rows(loss: &dyn Loss, task: &Task, classes: &[f64], raw: &[f32], targets: &[f32]) -> (f64, Vec<f32>) {
    let (outputs, lanes) = (raw.len() / targets.len(), targets.len().next_multiple_of(4));
    let mut lanewise = vec![0.0; outputs * lanes];
    for (at, value) in raw.iter().enumerate() {
        lanewise[at % outputs * lanes + at / outputs] = *value;
    }
    let batch = Batch { raw: &lanewise, targets, lanes, task, weights: Weighing { classes, rows: &[] } };
    let mut gradient = vec![f32::NAN; lanewise.len()];
    loss.gradient(batch, &mut gradient);
    for (at, slope) in gradient.iter().enumerate() {
        assert!(at % lanes < targets.len() || *slope == 0.0, "padding has the gradient {slope}");
    }
    let mean = loss.total(batch) / batch.weight_sum();
    (mean, (0..raw.len()).map(|at| gradient[at % outputs * lanes + at / outputs]).collect())
}

#[test]
fn every_loss_and_its_gradient() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/losses.json")).expect("losses.json");
    for case in &golden.cases {
        let name = format!("{:?} on {} classes with weights {:?}", case.loss, case.classes, case.weights);
        let (value, gradient) = of_rows(case.loss.part(), &task(case.classes), &case.weights, &case.raw, &case.targets);
        close(&format!("value of {name}"), value, case.value, 1e-7);
        for (at, (&got, &expected)) in gradient.iter().zip(&case.gradient).enumerate() {
            close(&format!("gradient {at} of {name}"), f64::from(got), expected, 2e-7);
        }
    }
    // `auto` stands for one of the others.
    let covered: BTreeSet<_> = golden.cases.iter().map(|case| case.loss.name()).chain(["auto"]).collect();
    assert_eq!(covered, LossConfig::all().iter().map(|loss| loss.name()).collect());
}

#[derive(Deserialize)]
struct Weights {
    targets: Vec<f32>,
    predictions: Vec<f32>,
    pinball: Vec<(f64, f64)>,
    counts: Vec<usize>,
    balanced: Vec<f64>,
}

fn weights() -> Weights {
    serde_json::from_str(include_str!("../golden/weights.json")).expect("weights.json")
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

#[test]
fn quantiles_are_scikit_learns_mean_pinball_loss() {
    let golden = weights();
    for (q, expected) in golden.pinball {
        let loss: LossConfig = parse(&format!(r#"{{"quantile": {{"q": {q}}}}}"#));
        let (value, _) = of_rows(loss.part(), &Task::Regression, &[], &golden.predictions, &golden.targets);
        close(&format!("quantile {q}"), value, expected, 1e-7);
    }
}

fn problem(counts: &[usize], rows: usize) -> Problem {
    Problem { class_rows: counts.to_vec(), ..Problem::flat(vec!["x".into(), "y".into()], task(counts.len()), rows, 3) }
}

#[test]
fn balanced_weights_are_scikit_learns() {
    let golden = weights();
    let values = ClassWeights::Balanced(Default::default()).values(&problem(&golden.counts, golden.counts.iter().sum()));
    assert_eq!(values.len(), golden.balanced.len());
    for (got, expected) in values.into_iter().zip(golden.balanced) {
        close("balanced", f64::from(got), expected, 0.0);
    }
}

#[test]
fn balanced_weights_need_a_training_row_of_every_class() {
    let check = |counts: &[usize]| ClassWeights::Balanced(Default::default()).check(&problem(counts, 9));
    assert_eq!(check(&[6, 2, 1]), Vec::new());
    assert_eq!(check(&[6, 3, 0])[0].to_string(), r#"balanced: needs a training sample of every class, but "2" has none"#);
}

/// A network's mean loss and gradient on nine rows, of which six are of the first class.
fn on_rows(settings: &str) -> (f64, Vec<f32>) {
    let inputs = Array2::from_shape_fn((9, 2), |(row, column)| ((row * 2 + column) as f32 * 1.7).sin());
    let targets = [0.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 1.0];
    let mut network = Network::new(parse::<Net>(settings), &problem(&[6, 2, 1], 9));
    let rows = Rows::new(inputs.view(), &targets);
    let (loss, gradient) = network.gradient(rows);
    let evaluated = network.evaluate(rows, &mut [0.0; 27]);
    assert!((loss - evaluated).abs() < 1e-6, "the evaluated loss is the one that is trained: {evaluated}, not {loss}");
    (loss, gradient)
}

#[test]
fn equal_weights_change_nothing_and_only_ratios_matter() {
    let (plain, slopes) = on_rows("{}");
    for given in ["[1, 1, 1]", "[7, 7, 7]"] {
        let (loss, gradient) = on_rows(&format!(r#"{{"class_weights": {{"given": {{"weights": {given}}}}}}}"#));
        close(given, loss, plain, 1e-7);
        gradient.iter().zip(&slopes).for_each(|(&got, &expected)| close(given, f64::from(got), f64::from(expected), 1e-7));
    }
    let (balanced, _) = on_rows(r#"{"class_weights": {"balanced": {}}}"#);
    let (by_hand, _) = on_rows(r#"{"class_weights": {"given": {"weights": [0.5, 1.5, 3]}}}"#);
    close("balanced", balanced, by_hand, 1e-7);
    assert!((balanced - plain).abs() > 1e-3);
}

#[test]
fn a_row_of_weight_two_counts_as_that_row_twice() {
    let loss: LossConfig = parse(r#"{"softmax_cross_entropy": {}}"#);
    let (raw, targets) = ([0.3, -1.0, 2.0, 0.5, 1.5, -0.7], [0.0, 2.0]);
    let twice: Vec<f32> = raw.iter().chain(&raw[3..]).copied().collect();
    let (weighted, _) = of_rows(loss.part(), &task(3), &[1.0, 1.0, 2.0], &raw, &targets);
    let (repeated, _) = of_rows(loss.part(), &task(3), &[], &twice, &[0.0, 2.0, 2.0]);
    close("twice", weighted, repeated, 1e-12);
}
