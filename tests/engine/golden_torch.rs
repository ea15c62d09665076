//! Optimizers, activations and initialisers against PyTorch; `golden/torch_reference.py` wrote the numbers.

use descent::data::Task;
use descent::learn::net::initialiser::{Fan, InitialiserConfig};
use descent::learn::net::{
    Net, Network, activation::ActivationConfig, layers::LayerConfig, layers::dense::Dense, optimizer::OptimizerConfig,
};
use descent::learn::{Learner, Problem, Rows};
use descent::math::random;
use ndarray::{Array2, s};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Golden {
    inputs: Vec<f32>,
    labels: Vec<f32>,
    initial: Vec<f32>,
    updates: usize,
    optimizers: Vec<Descent>,
    sgd: Single,
    grid: Vec<f32>,
    activations: Vec<Activation>,
    fan: Fans,
    levels: Vec<f64>,
    initialisers: Vec<Weights>,
}

#[derive(Deserialize)]
struct Descent {
    optimizer: OptimizerConfig,
    l2: f64,
    losses: Vec<f64>,
    weights: Vec<f64>,
}

#[derive(Deserialize)]
struct Single {
    learning_rate: f64,
    weights: Vec<f64>,
}

#[derive(Deserialize)]
struct Activation {
    activation: ActivationConfig,
    value: Vec<f64>,
    slope: Vec<f64>,
}

#[derive(Deserialize)]
struct Fans {
    inputs: usize,
    outputs: usize,
}

#[derive(Deserialize)]
struct Weights {
    initialiser: InitialiserConfig,
    mean: f64,
    deviation: f64,
    quantiles: Vec<f64>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/torch.json")).expect("torch.json")
}

fn close(what: &str, got: impl IntoIterator<Item = f64>, expected: &[f64], absolute: f64, relative: f64) {
    let got: Vec<f64> = got.into_iter().collect();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= absolute + relative * expected.abs(), "{what}[{at}]: {got}, PyTorch has {expected}");
    }
}

fn classes(count: usize) -> Task {
    Task::Classification((0..count).map(|class| class.to_string()).collect())
}

/// 3 → 5 tanh → 4 ReLU → 3, with the golden initial weights.
fn network(golden: &Golden, optimizer: OptimizerConfig, l2: f64, rows: usize) -> Network {
    let dense = |units, activation| LayerConfig::dense(Dense { units, activation });
    let layers = vec![dense(5, ActivationConfig::tanh(Default::default())), dense(4, ActivationConfig::relu(Default::default()))];
    let settings = Net { layers, optimizer, l2, batch_size: rows, ..Net::default() };
    let problem = Problem::flat(["a", "b", "c"].map(String::from).to_vec(), classes(3), rows, 1);
    let mut network = Network::new(settings, &problem);
    network.set_weights(&golden.initial);
    network
}

fn weights(network: &Network) -> impl Iterator<Item = f64> {
    network.weights().iter().map(|&weight| f64::from(weight))
}

#[test]
fn twenty_updates_of_every_optimizer() {
    let golden = golden();
    let inputs = Array2::from_shape_vec((golden.labels.len(), 3), golden.inputs.clone()).expect("shape");
    let rows = Rows::new(inputs.view(), &golden.labels);
    for case in &golden.optimizers {
        let name = format!("{} with l2 {}", case.optimizer.name(), case.l2);
        let mut network = network(&golden, case.optimizer.clone(), case.l2, golden.labels.len());
        let mut losses = Vec::new();
        for _ in 0..golden.updates {
            losses.push(network.evaluate(rows, &mut vec![0.0; 3 * golden.labels.len()]));
            network.tick(rows);
        }
        close(&format!("loss of {name}"), losses, &case.losses, 1e-6, 1e-5);
        close(&format!("weights of {name}"), weights(&network), &case.weights, 2e-5, 2e-5);
    }

    let sgd: OptimizerConfig =
        serde_json::from_value(serde_json::json!({ "sgd": { "learning_rate": golden.sgd.learning_rate } })).expect("sgd");
    // One row at a time, each given as all there is, in PyTorch's order.
    let mut network = network(&golden, sgd, 0.0, 1);
    for update in 0..golden.updates {
        let row = update % golden.labels.len();
        network.tick(Rows::new(inputs.slice(s![row..row + 1, ..]), &golden.labels[row..row + 1]));
    }
    close("weights of sgd", weights(&network), &golden.sgd.weights, 2e-5, 2e-5);

    // That each of the registry is compared with something is asked in golden_optimizers.rs, which has the others.
}

#[test]
fn every_activation_and_its_slope() {
    let golden = golden();
    // Slices are whole vectors.
    let mut z = golden.grid.clone();
    z.resize(z.len().next_multiple_of(4), 0.0);
    for case in &golden.activations {
        let name = case.activation.name();
        let (mut a, mut dz) = (vec![0.0; z.len()], vec![1.0; z.len()]);
        case.activation.part().forward(&z, &mut a);
        case.activation.part().backward(&z, &a, &mut dz);
        let head = |values: Vec<f32>| values.into_iter().take(golden.grid.len()).map(f64::from).collect::<Vec<_>>();
        close(&format!("value of {name}"), head(a), &case.value, 1e-6, 1e-6);
        close(&format!("slope of {name}"), head(dz), &case.slope, 1e-6, 2e-6);
    }
    let covered: BTreeSet<_> = golden.activations.iter().map(|case| case.activation.name()).collect();
    assert_eq!(covered, ActivationConfig::all().iter().map(|activation| activation.name()).collect());
}

#[test]
fn the_distribution_of_every_initialiser() {
    let golden = golden();
    let fan = Fan { inputs: golden.fan.inputs, outputs: golden.fan.outputs };
    for case in &golden.initialisers {
        let name = case.initialiser.name();
        let mut weights = vec![f32::NAN; 16 * fan.inputs * fan.outputs];
        let mut stream = random::stream(5, "init");
        weights.chunks_mut(fan.inputs * fan.outputs).for_each(|matrix| case.initialiser.part().fill(&mut stream, fan, matrix));
        weights.sort_by(f32::total_cmp);
        let count = weights.len() as f64;
        let mean = weights.iter().map(|&weight| f64::from(weight)).sum::<f64>() / count;
        let deviation = (weights.iter().map(|&weight| (f64::from(weight) - mean).powi(2)).sum::<f64>() / count).sqrt();
        // Both sides are samples of a million: five standard errors of the mean, half a percent of the deviation.
        close(&format!("mean of {name}"), [mean], &[case.mean], 5.0 * 1.5 * case.deviation / count.sqrt(), 0.0);
        close(&format!("deviation of {name}"), [deviation], &[case.deviation], 0.0, 0.005);
        for (&level, &expected) in golden.levels.iter().zip(&case.quantiles) {
            let got = f64::from(weights[((level * count) as usize).min(weights.len() - 1)]);
            // The outermost of a million normal draws varies much more than the inner quantiles.
            let outermost = level == 0.0 || level == 1.0;
            let tolerance = if outermost && name.contains("normal") { 0.6 } else { 0.02 };
            assert!((got - expected).abs() <= tolerance * case.deviation, "quantile {level} of {name}: {got}, PyTorch has {expected}");
        }
    }
    let covered: BTreeSet<_> = golden.initialisers.iter().map(|case| case.initialiser.name()).collect();
    assert_eq!(covered, InitialiserConfig::all().iter().map(|initialiser| initialiser.name()).collect());
}
