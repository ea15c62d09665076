//! Layers over sequences against PyTorch, twenty updates each; `golden/sequence_reference.py` wrote the numbers. Then what has to be equal.

use descent::data::{Shape, Task};
use descent::learn::net::layers::LayerConfig;
use descent::learn::net::{Net, Network, optimizer::OptimizerConfig};
use descent::learn::{Family, Learner, Problem, Rows, Weighted};
use ndarray::Array2;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Golden {
    rows: usize,
    rate: f64,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    what: String,
    shape: Sizes,
    layers: Vec<LayerConfig>,
    losses: Vec<f64>,
    tensors: Vec<Named>,
    weights: Vec<f64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sizes {
    Flat([usize; 1]),
    Image(usize, usize, usize),
    Sequence(usize, usize),
    Tokens(usize, usize),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Named {
    name: String,
    shape: Vec<usize>,
}

impl Sizes {
    fn shape(self) -> Shape {
        match self {
            Sizes::Flat([units]) => Shape::Flat { units },
            Sizes::Image(channels, height, width) => Shape::Image { channels, height, width },
            Sizes::Sequence(steps, features) => Shape::Sequence { steps, features },
            Sizes::Tokens(steps, vocabulary) => Shape::Tokens { steps, vocabulary },
        }
    }
}

/// As `rows` of the script.
fn inputs(shape: Shape, rows: usize) -> Array2<f32> {
    let count = shape.units();
    Array2::from_shape_fn((rows, count), |(row, column)| match shape {
        Shape::Tokens { vocabulary, .. } => ((7 * row + 3 * column + row * column) % vocabulary) as f32,
        _ => ((1.7 * (count * row + column) as f64).sin() + 0.05) as f32,
    })
}

fn targets(rows: usize) -> Vec<f32> {
    (0..rows).map(|row| (row as f64).cos() as f32).collect()
}

fn network(layers: Vec<LayerConfig>, shape: Shape, rows: usize, rate: f64) -> Network {
    let optimizer: OptimizerConfig = serde_json::from_value(json!({"mini_batch": {"learning_rate": rate}})).expect("mini_batch");
    let settings = Net { layers, optimizer, batch_size: rows, ..Net::default() };
    let features = (0..shape.units()).map(|at| at.to_string()).collect();
    let problem = Problem { shape, ..Problem::flat(features, Task::Regression, rows, 1) };
    assert_eq!(settings.check(&problem), Vec::new());
    let mut network = Network::new(settings, &problem);
    let weights: Vec<f32> = (0..network.weights().len()).map(|at| (0.5 * (2.3 * at as f64 + 0.4).sin()) as f32).collect();
    network.set_weights(&weights);
    network
}

fn close(what: &str, got: impl IntoIterator<Item = f64>, expected: &[f64]) {
    let got: Vec<f64> = got.into_iter().collect();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= 1e-5 + 1e-5 * expected.abs(), "{what}[{at}]: {got}, PyTorch has {expected}");
    }
}

#[test]
fn twenty_updates_of_every_layer() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/sequence.json")).expect("sequence.json");
    let targets = targets(golden.rows);
    for case in &golden.cases {
        let shape = case.shape.shape();
        let inputs = inputs(shape, golden.rows);
        let rows = Rows::new(inputs.view(), &targets);
        let mut network = network(case.layers.clone(), shape, golden.rows, golden.rate);
        let mut losses = Vec::new();
        for _ in 0..case.losses.len() {
            losses.push(network.evaluate(rows, &mut vec![0.0; golden.rows]));
            network.tick(rows);
        }
        close(&format!("loss of {}", case.what), losses, &case.losses);
        close(&format!("weights of {}", case.what), network.weights().iter().map(|&weight| f64::from(weight)), &case.weights);
        let tensors: Vec<Named> = network.tensors().into_iter().map(|tensor| Named { name: tensor.name, shape: tensor.shape }).collect();
        assert_eq!(tensors, case.tensors, "{}", case.what);
    }
    let covered: BTreeSet<_> = golden.cases.iter().flat_map(|case| &case.layers).map(LayerConfig::name).collect();
    let expected = ["attention", "embedding", "gru", "last_step", "lstm", "pointwise", "positional_encoding", "residual", "rnn"];
    assert!(covered.is_superset(&BTreeSet::from(expected)), "{covered:?}");
}

fn answers(network: &Network, inputs: &Array2<f32>) -> Vec<f32> {
    let mut out = vec![0.0; inputs.nrows()];
    network.predict(inputs.view(), &mut out);
    out
}

fn layers(json: serde_json::Value) -> Vec<LayerConfig> {
    serde_json::from_value(json).expect("layers")
}

#[test]
fn over_one_step_a_recurrent_layer_is_a_formula_of_its_input() {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    let shape = Shape::Sequence { steps: 1, features: 1 };
    for (name, gates) in [("rnn", 1), ("lstm", 4), ("gru", 3)] {
        let network = network(layers(json!([{name: {"units": 1}}])), shape, 6, 0.1);
        let weights: Vec<f64> = network.weights().iter().map(|&weight| f64::from(weight)).collect();
        // [w_ih | w_hh | b_ih | b_hh], then the output's weight and bias. W_hh meets zeros.
        let (x_part, h_part) =
            (|x: f64, gate: usize| weights[gate] * x + weights[2 * gates + gate], |gate: usize| weights[3 * gates + gate]);
        let inputs = inputs(shape, 6);
        for (row, answer) in answers(&network, &inputs).iter().enumerate() {
            let x = f64::from(inputs[[row, 0]]);
            let sum = |gate| x_part(x, gate) + h_part(gate);
            let hidden = match name {
                "rnn" => sum(0).tanh(),
                "lstm" => sigmoid(sum(3)) * (sigmoid(sum(0)) * sum(2).tanh()).tanh(),
                _ => (1.0 - sigmoid(sum(1))) * (x_part(x, 2) + sigmoid(sum(0)) * h_part(2)).tanh(),
            };
            let expected = weights[4 * gates] * hidden + weights[4 * gates + 1];
            assert!((f64::from(*answer) - expected).abs() < 1e-6, "{name}: {answer} {expected}");
        }
    }
}

#[test]
fn the_last_of_every_step_is_the_last_step() {
    let shape = Shape::Sequence { steps: 5, features: 3 };
    let inputs = inputs(shape, 6);
    for name in ["rnn", "lstm", "gru"] {
        let mut last = network(layers(json!([{name: {"units": 6}}])), shape, 6, 0.1);
        let mut every = network(layers(json!([{name: {"units": 6, "returns": "every"}}, {"last_step": {}}])), shape, 6, 0.1);
        let targets = targets(6);
        for _ in 0..5 {
            last.tick(Rows::new(inputs.view(), &targets));
            every.tick(Rows::new(inputs.view(), &targets));
        }
        assert_eq!(last.weights(), every.weights(), "{name}");
    }
}

#[test]
fn gradients_of_large_batches_are_the_mean_of_small_ones() {
    // Large ones are summed over a few steps at a time, small ones over all at once.
    let (shape, count) = (Shape::Sequence { steps: 41, features: 2 }, 64);
    let (inputs, targets) = (inputs(shape, count), targets(count));
    for layer in [
        json!({"rnn": {"units": 32}}),
        json!({"lstm": {"units": 32}}),
        json!({"gru": {"units": 32}}),
        json!({"pointwise": {"units": 32}}),
        json!({"attention": {}}),
    ] {
        let body = layers(json!([layer, {"flatten": {}}]));
        let mut network = network(body, shape, count, 0.1);
        // Small weights: what differs is then the order of sums alone.
        let small: Vec<f32> = network.weights().iter().map(|weight| 0.2 * weight).collect();
        network.set_weights(&small);
        let (_, whole) = network.gradient(Rows::new(inputs.view(), &targets));
        let mut mean = vec![0.0_f64; whole.len()];
        for first in (0..count).step_by(4) {
            let rows = Rows::new(inputs.slice(ndarray::s![first..first + 4, ..]), &targets[first..first + 4]);
            let (_, gradient) = network.gradient(rows);
            mean.iter_mut().zip(gradient).for_each(|(mean, slope)| *mean += f64::from(slope) * 4.0 / count as f64);
        }
        for (at, (whole, mean)) in whole.iter().zip(&mean).enumerate() {
            assert!((f64::from(*whole) - mean).abs() < 1e-5 + 1e-4 * mean.abs(), "{layer}, gradient {at}: {whole} {mean}");
        }
    }
}

#[test]
fn over_one_step_a_dense_layer_at_every_step_is_a_dense_layer() {
    let shape = Shape::Sequence { steps: 1, features: 3 };
    let inputs = inputs(shape, 6);
    let every = network(layers(json!([{"pointwise": {"units": 4}}, {"flatten": {}}])), shape, 6, 0.1);
    let dense = network(layers(json!([{"dense": {"units": 4}}])), shape.flat(), 6, 0.1);
    assert_eq!(answers(&every, &inputs), answers(&dense, &inputs));
}

/// The number `at` of a network's weights for `each(name, at)` of its tensors.
fn set(network: &mut Network, each: impl Fn(&str, usize) -> Option<f32>) {
    let mut weights = network.weights().to_vec();
    let mut start = 0;
    for tensor in network.tensors() {
        for at in 0..tensor.values.len() {
            if let Some(value) = each(&tensor.name, at) {
                weights[start + at] = value;
            }
        }
        start += tensor.values.len();
    }
    network.set_weights(&weights);
}

#[test]
fn a_residual_block_of_zeros_is_the_identity() {
    let shape = Shape::Sequence { steps: 5, features: 4 };
    let inputs = inputs(shape, 6);
    for body in [
        json!([{"pointwise": {"units": 3}}, {"pointwise": {"units": 4}}]),
        json!([{"attention": {"heads": 2}}]),
        json!([{"gru": {"units": 4, "returns": "every"}}]),
    ] {
        let plain = network(layers(json!([{"flatten": {}}])), shape, 6, 0.1);
        let mut block = network(layers(json!([{"residual": {"layers": body}}, {"flatten": {}}])), shape, 6, 0.1);
        let output = plain.weights().to_vec();
        set(&mut block, |name, at| Some(if name.starts_with("0.body") { 0.0 } else { output[if name == "2.bias" { 20 } else { at }] }));
        assert_eq!(answers(&block, &inputs), answers(&plain, &inputs));
    }
}

#[test]
fn attention_over_one_step_is_linear() {
    let shape = Shape::Sequence { steps: 1, features: 4 };
    let mut network = network(layers(json!([{"attention": {"heads": 2}}, {"flatten": {}}])), shape, 6, 0.1);
    let (a, b) = (inputs(shape, 6), inputs(shape, 6).mapv(|x| (3.0 * x).cos()));
    let [of_a, of_b, of_mean] = [&a, &b, &((&a + &b) / 2.0)].map(|rows| answers(&network, rows));
    for ((a, b), mean) in of_a.iter().zip(&of_b).zip(&of_mean) {
        assert!(((a + b) / 2.0 - mean).abs() < 1e-6, "{a} {b} {mean}");
    }
    // With nobody else to listen to, questions and keys mean nothing.
    set(&mut network, |name, at| ((name == "0.in_proj_weight" && at < 32) || (name == "0.in_proj_bias" && at < 8)).then_some(9.0));
    assert_eq!(answers(&network, &a), of_a);
}

#[test]
fn attention_does_not_see_the_order_of_steps_unless_it_is_encoded() {
    let shape = Shape::Sequence { steps: 4, features: 4 };
    let inputs = inputs(shape, 6);
    // The same steps with the first three turned round.
    let turned = Array2::from_shape_fn(inputs.dim(), |(row, at)| inputs[[row, if at < 12 { (2 - at / 4) * 4 + at % 4 } else { at }]]);
    let difference = |layers: Vec<LayerConfig>| {
        let network = network(layers, shape, 6, 0.1);
        let pairs = answers(&network, &inputs).into_iter().zip(answers(&network, &turned));
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    };
    assert!(difference(layers(json!([{"attention": {}}, {"last_step": {}}]))) < 1e-6);
    assert!(difference(layers(json!([{"positional_encoding": {}}, {"attention": {}}, {"last_step": {}}]))) > 1e-2);
}

#[test]
fn tokens_out_of_range_are_read_as_tokens_in_range() {
    let shape = Shape::Tokens { steps: 2, vocabulary: 3 };
    let network = network(layers(json!([{"embedding": {}}, {"flatten": {}}])), shape, 6, 0.1);
    let wild = Array2::from_shape_vec((3, 2), vec![-4.0, 7.0, f32::NAN, 1e30, 1.7, f32::INFINITY]).expect("shape");
    let tame = Array2::from_shape_vec((3, 2), vec![0.0, 2.0, 0.0, 2.0, 1.0, 2.0]).expect("shape");
    assert_eq!(answers(&network, &wild), answers(&network, &tame));
}
