//! Dropout, DropConnect and the activation layer in a network, against PyTorch with the engine's masks; `golden/dropout_reference.py` wrote
//! the numbers.

use descent::data::Task;
use descent::learn::net::layers::LayerConfig;
use descent::learn::net::{Net, Network, optimizer::OptimizerConfig};
use descent::learn::{Learner, Problem, Rows, Weighted};
use descent::math::random;
use ndarray::Array2;
use rand::Rng;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Golden {
    seed: u32,
    /// First draws of the stream.
    draws: Vec<String>,
    layers: Vec<LayerConfig>,
    inputs: Vec<f32>,
    labels: Vec<f32>,
    initial: Vec<f32>,
    /// Of predictions, before each update.
    losses: Vec<f64>,
    names: Vec<String>,
    weights: Vec<f64>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/dropout.json")).expect("dropout.json")
}

fn close(what: &str, got: impl IntoIterator<Item = f64>, expected: &[f64]) {
    let got: Vec<f64> = got.into_iter().collect();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= 2e-5 + 2e-5 * expected.abs(), "{what}[{at}]: {got}, PyTorch has {expected}");
    }
}

#[test]
fn twenty_updates_with_the_same_masks() {
    let golden = golden();
    let mut stream = random::stream(golden.seed, "dropout");
    for expected in &golden.draws {
        assert_eq!(stream.random::<u64>().to_string(), *expected);
    }

    let rows = golden.labels.len();
    let optimizer: OptimizerConfig = serde_json::from_value(json!({"mini_batch": {"learning_rate": 0.2}})).expect("mini_batch");
    let settings = Net { layers: golden.layers.clone(), optimizer, batch_size: rows, ..Net::default() };
    let classes = Task::Classification(["a", "b", "c"].map(String::from).to_vec());
    let problem = Problem::flat(["x", "y", "z"].map(String::from).to_vec(), classes, rows, golden.seed);
    let mut network = Network::new(settings, &problem);
    network.set_weights(&golden.initial);
    let inputs = Array2::from_shape_vec((rows, 3), golden.inputs.clone()).expect("shape");
    let train = Rows::new(inputs.view(), &golden.labels);
    let mut losses = Vec::new();
    for _ in 0..golden.losses.len() {
        losses.push(network.evaluate(train, &mut vec![0.0; 3 * rows]));
        network.tick(train);
    }
    close("losses", losses, &golden.losses);
    close("weights", network.weights().iter().map(|&weight| f64::from(weight)), &golden.weights);
    assert_eq!(network.tensors().iter().map(|tensor| &tensor.name).collect::<Vec<_>>(), golden.names.iter().collect::<Vec<_>>());
}

/// One layer over `units` inputs, which training and predicting see alike but for the mask.
fn once(layer: serde_json::Value, units: usize) -> Network {
    let settings = Net { layers: vec![serde_json::from_value(layer).expect("a layer")], ..Net::default() };
    let features = (0..units).map(|at| at.to_string()).collect();
    Network::new(settings, &Problem::flat(features, Task::Regression, 8, 7))
}

#[test]
fn without_a_drop_probability_nothing_differs_from_the_plain_layer() {
    let rows = Array2::from_shape_fn((8, 5), |(row, column)| ((row * 5 + column) as f32).sin());
    let targets = [0.0, 1.0, -1.0, 0.5, 2.0, 0.1, 0.2, 0.3];
    let train = Rows::new(rows.view(), &targets);
    let mut plain = once(json!({"dense": {"units": 6}}), 5);
    let mut connected = once(json!({"drop_connect": {"units": 6, "p": 0.0}}), 5);
    let mut linear = once(json!({"activation": {"function": {"linear": {}}}}), 5);
    let mut dropped = once(json!({"dropout": {"p": 0.0}}), 5);
    for _ in 0..5 {
        for network in [&mut plain, &mut connected, &mut linear, &mut dropped] {
            network.tick(train);
        }
    }
    assert_eq!(plain.weights(), connected.weights());
    assert_eq!(linear.weights(), dropped.weights());
}
