//! Every layer of the registry, over every kind of row that it takes: gradients against differences, and what the contract asks of a module.

use descent::data::{Shape, Task};
use descent::learn::net::layers::LayerConfig;
use descent::learn::net::{Net, Network};
use descent::learn::{Family, Learner, Problem, Rows, Snapshot};
use ndarray::Array2;

/// Rows that layers are tried on, small enough to move every weight.
const SHAPES: [Shape; 4] = [
    Shape::Flat { units: 6 },
    Shape::Image { channels: 2, height: 6, width: 5 },
    Shape::Sequence { steps: 5, features: 3 },
    Shape::Tokens { steps: 6, vocabulary: 5 },
];

const ROWS: usize = 6;

/// Layers to try: every entry with its defaults; more settings of those that have modes are in their own files' tests.
fn layers() -> Vec<LayerConfig> {
    LayerConfig::all()
}

fn problem(shape: Shape) -> Problem {
    let features = (0..shape.units()).map(|at| format!("f{at}")).collect();
    Problem { shape, ..Problem::flat(features, Task::Classification(["a", "b", "c"].map(String::from).to_vec()), ROWS, 3) }
}

fn inputs(shape: Shape) -> Array2<f32> {
    Array2::from_shape_fn((ROWS, shape.units()), |(row, column)| match shape {
        Shape::Tokens { vocabulary, .. } => ((row * 7 + column * 3) % vocabulary) as f32,
        _ => ((row * shape.units() + column) as f32 * 1.7).sin() + 0.05,
    })
}

const TARGETS: [f32; ROWS] = [0.0, 1.0, 2.0, 0.0, 1.0, 2.0];

/// The layer, flattened where that is needed, before a softmax output.
fn net(layer: &LayerConfig, shape: Shape) -> Option<Net> {
    let module = layer.part().module(&shape).ok()?;
    let mut layers = vec![layer.clone()];
    if !matches!(module.output(), Shape::Flat { .. }) {
        layers.push(LayerConfig::flatten(Default::default()));
    }
    Some(Net { layers, batch_size: ROWS, ..Net::default() })
}

/// (what it is, the network, its rows) for every layer with every kind of row that it takes.
fn cases() -> Vec<(String, Net, Problem, Array2<f32>)> {
    let mut cases = Vec::new();
    for layer in layers() {
        let before = cases.len();
        for shape in SHAPES {
            if let Some(net) = net(&layer, shape) {
                assert_eq!(net.check(&problem(shape)), Vec::new());
                cases.push((format!("{} on {shape:?}", layer.name()), net, problem(shape), inputs(shape)));
            }
        }
        assert!(cases.len() > before, "{} takes no kind of row", layer.name());
    }
    cases
}

#[test]
fn gradients_agree_with_differences() {
    for (name, net, problem, inputs) in cases() {
        let mut network = Network::new(net, &problem);
        let rows = Rows { inputs: inputs.view(), targets: &TARGETS };
        // Biases start at zero, where a unit without input would sit exactly on ReLU's kink.
        let weights: Vec<f32> = network.weights().iter().enumerate().map(|(at, weight)| weight + 0.1 * (at as f32 * 2.3).sin()).collect();
        network.set_weights(&weights);
        let (_, gradient) = network.gradient(rows);
        assert!(gradient.iter().any(|&slope| slope != 0.0), "{name}");
        let mut worst = (0.0_f64, 0);
        for at in 0..weights.len() {
            let h = 1e-3_f32;
            let mut loss_at = |shift: f32| {
                let mut moved = weights.clone();
                moved[at] += shift;
                network.set_weights(&moved);
                network.gradient(rows).0
            };
            let numeric = (loss_at(h) - loss_at(-h)) / (2.0 * f64::from(h));
            let error = (numeric - f64::from(gradient[at])).abs() / (0.05 + numeric.abs());
            if error > worst.0 {
                worst = (error, at);
            }
        }
        assert!(worst.0 < 0.02, "{name}: {worst:?}");
    }
}

#[test]
fn what_a_row_becomes_does_not_depend_on_the_others_when_predicting() {
    for (name, net, problem, inputs) in cases() {
        let mut network = Network::new(net, &problem);
        for _ in 0..3 {
            network.tick(Rows { inputs: inputs.view(), targets: &TARGETS });
        }
        let (mut all, mut one) = (vec![0.0; ROWS * 3], vec![0.0; 3]);
        network.predict(inputs.view(), &mut all);
        network.predict(inputs.slice(ndarray::s![4..5, ..]), &mut one);
        assert_eq!(one, all[12..15], "{name}");
    }
}

#[test]
fn a_snapshot_trains_on_identically_in_a_fresh_network_of_another_seed() {
    for (name, net, problem, inputs) in cases() {
        let rows = Rows { inputs: inputs.view(), targets: &TARGETS };
        let mut network = Network::new(net.clone(), &problem);
        let bytes = |network: &Network| {
            let mut snapshot = Snapshot::default();
            network.snapshot(&mut snapshot);
            snapshot
        };
        for _ in 0..5 {
            network.tick(rows);
        }
        let mut fresh = Network::new(net, &Problem { seed: problem.seed + 1, ..problem });
        assert_ne!(bytes(&fresh), bytes(&network), "{name}");
        fresh.restore(&bytes(&network)).unwrap();
        for _ in 0..5 {
            network.tick(rows);
            fresh.tick(rows);
        }
        assert_eq!(bytes(&fresh), bytes(&network), "{name}");
    }
}

#[test]
fn what_does_not_fit_is_named_with_its_layer_and_both_shapes() {
    let net = |layers: &str| serde_json::from_str::<Net>(&format!(r#"{{"layers": {layers}}}"#)).unwrap();
    let issue =
        |layers: &str, shape: Shape| net(layers).check(&problem(shape)).first().map(|issue| (issue.path.clone(), issue.message.en.clone()));
    assert_eq!(issue(r#"[{"dense": {}}]"#, SHAPES[1]), None);
    assert_eq!(issue(r#"[{"flatten": {}}, {"dense": {}}]"#, SHAPES[1]), None);
}
