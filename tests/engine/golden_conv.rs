//! Convolutions, pools and normalisations against PyTorch (`golden/conv_reference.py` wrote the numbers), and what they equal in special cases.

use descent::data::{Shape, Task};
use descent::learn::net::layers::LayerConfig;
use descent::learn::net::{Net, Network, optimizer::OptimizerConfig};
use descent::learn::{Layered, Learner, Problem, Rows, Tensor, Weighted};
use ndarray::{Array2, s};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    shape: Vec<usize>,
    layers: Vec<LayerConfig>,
    rate: f64,
    inputs: Vec<f32>,
    labels: Vec<f32>,
    initial: Vec<f32>,
    /// Of predictions, before each update and after the last.
    losses: Vec<f64>,
    /// After the last update.
    probabilities: Vec<f64>,
    names: Vec<String>,
    tensors: Vec<f64>,
}

fn shape(sizes: &[usize]) -> Shape {
    match *sizes {
        [units] => Shape::Flat { units },
        [steps, features] => Shape::Sequence { steps, features },
        [channels, height, width] => Shape::Image { channels, height, width },
        _ => panic!("{sizes:?}"),
    }
}

fn classes() -> Task {
    Task::Classification(["a", "b", "c"].map(String::from).to_vec())
}

fn problem(shape: Shape, task: Task, rows: usize) -> Problem {
    let features = (0..shape.units()).map(|at| at.to_string()).collect();
    Problem { shape, ..Problem::flat(features, task, rows, 7) }
}

fn plain(rate: f64) -> OptimizerConfig {
    serde_json::from_value(json!({"mini_batch": {"learning_rate": rate}})).expect("mini_batch")
}

fn close(what: &str, got: impl IntoIterator<Item = f64>, expected: &[f64]) {
    let got: Vec<f64> = got.into_iter().collect();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= 2e-5 + 2e-5 * expected.abs(), "{what}[{at}]: {got}, PyTorch has {expected}");
    }
}

fn doubles(values: &[f32]) -> impl Iterator<Item = f64> {
    values.iter().map(|&value| f64::from(value))
}

#[test]
fn twenty_updates_of_every_layer_and_predictions_along_the_way() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/conv.json")).expect("conv.json");
    for case in golden.cases {
        let (name, rows, shape) = (&case.name, case.labels.len(), shape(&case.shape));
        let settings = Net { layers: case.layers, optimizer: plain(case.rate), batch_size: rows, ..Net::default() };
        let mut network = Network::new(settings, &problem(shape, classes(), rows));
        network.set_weights(&case.initial);
        let inputs = Array2::from_shape_vec((rows, shape.units()), case.inputs).expect("shape");
        let train = Rows::new(inputs.view(), &case.labels);
        let mut probabilities = vec![0.0; 3 * rows];
        let mut losses = vec![network.evaluate(train, &mut probabilities)];
        for _ in 1..case.losses.len() {
            network.tick(train);
            losses.push(network.evaluate(train, &mut probabilities));
        }
        close(&format!("losses of {name}"), losses, &case.losses);
        close(&format!("probabilities of {name}"), doubles(&probabilities), &case.probabilities);
        let tensors = network.tensors();
        assert_eq!(tensors.iter().map(|tensor| &tensor.name).collect::<Vec<_>>(), case.names.iter().collect::<Vec<_>>(), "{name}");
        close(&format!("tensors of {name}"), tensors.iter().flat_map(|tensor| doubles(&tensor.values)), &case.tensors);
    }
}

/// A network of such layers before one output, on rows that are functions of their indices.
struct Small {
    network: Network,
    inputs: Array2<f32>,
    targets: Vec<f32>,
}

impl Small {
    fn new(layers: Value, shape: Shape, rows: usize, batch_size: usize) -> Self {
        let layers = serde_json::from_value(layers).expect("layers");
        let settings = Net { layers, optimizer: plain(0.05), batch_size, ..Net::default() };
        Small {
            network: Network::new(settings, &problem(shape, Task::Regression, rows)),
            inputs: Array2::from_shape_fn((rows, shape.units()), |(row, column)| ((row * shape.units() + column) as f32 * 1.3).sin()),
            targets: (0..rows).map(|row| (row as f32).cos()).collect(),
        }
    }

    fn tick(&mut self) {
        self.network.tick(Rows::new(self.inputs.view(), &self.targets));
    }

    fn predict(&self, inputs: &Array2<f32>) -> Vec<f32> {
        let mut out = vec![0.0; inputs.nrows()];
        self.network.predict(inputs.view(), &mut out);
        out
    }

    fn tensor(&self, name: &str) -> Tensor {
        self.network.tensors().into_iter().find(|tensor| tensor.name == name).expect("a tensor")
    }
}

const DOT: Shape = Shape::Image { channels: 5, height: 1, width: 1 };

#[test]
fn a_kernel_of_one_pixel_on_images_of_one_pixel_is_a_dense_layer() {
    let layer = |channels: usize| json!({"conv2d": {"channels": channels, "kernel": 1, "activation": {"gelu": {}}}});
    let mut conv = Small::new(json!([layer(6), layer(3), {"flatten": {}}]), DOT, 10, 4);
    let dense = |units: usize| json!({"dense": {"units": units, "activation": {"gelu": {}}}});
    let mut plain = Small::new(json!([dense(6), dense(3)]), DOT, 10, 4);
    assert_eq!(conv.network.weights(), plain.network.weights());
    for _ in 0..12 {
        conv.tick();
        plain.tick();
    }
    let expected: Vec<f64> = doubles(plain.network.weights()).collect();
    close("weights", doubles(conv.network.weights()), &expected);
    assert_ne!(plain.network.weights()[0], Small::new(json!([dense(6)]), DOT, 10, 4).network.weights()[0]);
}

#[test]
fn a_kernel_as_large_as_the_image_is_a_dense_layer() {
    let image = Shape::Image { channels: 2, height: 3, width: 3 };
    let conv = json!({"conv2d": {"channels": 4, "kernel": 3, "activation": {"tanh": {}}}});
    let mut conv = Small::new(json!([conv, {"flatten": {}}]), image, 9, 4);
    let mut plain = Small::new(json!([{"dense": {"units": 4, "activation": {"tanh": {}}}}]), image, 9, 4);
    plain.network.set_weights(conv.network.weights());
    for _ in 0..12 {
        conv.tick();
        plain.tick();
    }
    let expected: Vec<f64> = doubles(plain.network.weights()).collect();
    close("weights", doubles(conv.network.weights()), &expected);
}

#[test]
fn a_picture_moved_by_a_pixel_moves_what_a_convolution_makes_of_it() {
    let image = |width| Shape::Image { channels: 1, height: 4, width };
    let layers = json!([{"conv2d": {"channels": 3, "padding": 1}}, {"flatten": {}}]);
    let small = Small::new(layers, image(9), 1, 1);
    // One bright pixel, away from the edges, in two places.
    let at = |x: usize| Array2::from_shape_fn((1, 36), |(_, pixel)| f32::from(pixel == 9 + x));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    small.network.units(at(3).view(), 108, &mut left);
    small.network.units(at(4).view(), 108, &mut right);
    for unit in 36..36 + 108 {
        if unit % 9 < 8 {
            assert_eq!(left[unit], right[unit + 1], "{unit}");
        }
    }
    assert!(left[36..].iter().any(|&value| value > 0.0));
}

#[test]
fn pools_of_one_pixel_change_nothing_and_a_pool_of_all_pixels_is_the_global_one() {
    let image = Shape::Image { channels: 3, height: 4, width: 4 };
    let after = |pool: Value| {
        let mut small = Small::new(json!([{"conv2d": {"channels": 2, "kernel": 1}}, pool, {"flatten": {}}]), image, 6, 6);
        small.tick();
        small.network.weights().to_vec()
    };
    let nothing = after(json!({"activation": {"function": {"linear": {}}}}));
    assert_eq!(after(json!({"max_pool": {"kernel": 1, "stride": 1}})), nothing);
    assert_eq!(after(json!({"average_pool": {"kernel": 1, "stride": 1}})), nothing);
    let all = after(json!({"average_pool": {"kernel": 4, "stride": 1}}));
    let expected: Vec<f64> = doubles(&all).collect();
    close("global", doubles(&after(json!({"global_average_pool": {}}))), &expected);
}

#[test]
fn of_equal_numbers_the_first_has_the_gradient() {
    // All pixels are alike, so that the gradient of a pool reaches its first pixel alone: what a layer of one weight a pixel learns shows which.
    let image = Shape::Image { channels: 1, height: 2, width: 2 };
    let mut small = Small::new(json!([{"layer_norm": {}}, {"max_pool": {}}, {"flatten": {}}]), image, 3, 3);
    small.inputs.fill(0.5);
    let before = small.tensor("0.bias").values;
    small.tick();
    let after = small.tensor("0.bias").values;
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1..], before[1..]);
}

#[test]
fn when_predicting_batch_normalisation_is_a_straight_line_for_each_channel() {
    let image = Shape::Image { channels: 2, height: 3, width: 3 };
    let mut small = Small::new(json!([{"batch_norm": {}}, {"flatten": {}}]), image, 8, 8);
    for _ in 0..30 {
        small.tick();
    }
    let [weight, bias, mean, variance] =
        ["weight", "bias", "running_mean", "running_var"].map(|name| small.tensor(&format!("0.{name}")).values);
    assert!(mean[0] != 0.0 && variance[0] != 1.0 && bias[0] != 0.0);
    let mut units = Vec::new();
    small.network.units(small.inputs.view(), 18, &mut units);
    for unit in 0..18 {
        let (channel, rows) = (unit / 9, &units[(18 + unit) * 8..][..8]);
        for (row, &got) in rows.iter().enumerate() {
            let expected =
                (small.inputs[[row, unit]] - mean[channel]) / (variance[channel] + 1e-5).sqrt() * weight[channel] + bias[channel];
            assert!((got - expected).abs() < 1e-5, "{got} {expected}");
        }
    }
}

#[test]
fn a_last_batch_of_one_row_uses_the_running_statistics_and_leaves_them_alone() {
    let layers = json!([{"dense": {"units": 3, "activation": {"tanh": {}}}}, {"batch_norm": {}}]);
    let mut small = Small::new(layers, Shape::Flat { units: 2 }, 9, 4);
    let statistics = |small: &Small| (small.tensor("2.running_mean"), small.tensor("2.running_var"));
    small.tick();
    let first = statistics(&small);
    small.tick();
    let second = statistics(&small);
    assert_ne!(first, second);
    let weights = small.network.weights().to_vec();
    small.tick();
    assert_eq!(statistics(&small), second);
    assert_ne!(small.network.weights(), weights);
    assert!(small.network.weights().iter().all(|weight| weight.is_finite()));
}

#[test]
fn layer_normalisation_makes_rows_of_mean_zero_and_spread_one_whatever_their_size() {
    let small = Small::new(json!([{"layer_norm": {}}]), Shape::Flat { units: 7 }, 5, 5);
    let large = small.inputs.map(|value| 30.0 * value + 4.0);
    let (expected, got) = (small.predict(&small.inputs), small.predict(&large));
    got.iter().zip(&expected).for_each(|(got, expected)| assert!((got - expected).abs() < 1e-4, "{got} {expected}"));
    let mut units = Vec::new();
    small.network.units(large.slice(s![2..3, ..]), 7, &mut units);
    let row = &units[7..14];
    let (sum, squares) = row.iter().fold((0.0, 0.0), |(sum, squares), value| (sum + value, squares + value * value));
    assert!(sum.abs() < 1e-5 && (squares / 7.0 - 1.0).abs() < 1e-4, "{row:?}");
}
