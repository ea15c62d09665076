//! Every layer of the registry, with settings drawn at random and layers within layers, works in buffers that were sized for a larger batch: an epoch's last
//! batch is whatever remains.

use descent::data::{Shape, Task};
use descent::learn::net::layers::LayerConfig;
use descent::learn::net::{Net, Network};
use descent::learn::{Family, Learner, Problem, Rows};
use descent::math::random::{self, Stream};
use ndarray::Array2;
use serde_json::{Value, json};

/// Long enough that sums over steps go through the cache in parts.
const SHAPES: [Shape; 5] = [
    Shape::Flat { units: 24 },
    Shape::Image { channels: 2, height: 6, width: 5 },
    Shape::Sequence { steps: 32, features: 4 },
    Shape::Sequence { steps: 96, features: 16 },
    Shape::Tokens { steps: 20, vocabulary: 5 },
];

/// Lanes of the largest batch.
const MOST: usize = 128;

fn pick<'a, T>(stream: &mut Stream, from: &'a [T]) -> &'a T {
    &from[random::below(stream, from.len())]
}

/// A layer of this name with settings of any size; `depth` layers may still be within it.
fn drawn(stream: &mut Stream, name: &str, depth: usize) -> Value {
    let units = *pick(stream, &[1, 3, 5, 12, 16, 20, 24, 31, 48, 64]);
    let activation = json!({ *pick(stream, &["tanh", "relu", "swish", "gelu", "linear"]): {} });
    let returns = *pick(stream, &["last", "every"]);
    let kernel = *pick(stream, &[1, 2, 3]);
    let stride = *pick(stream, &[1, 2]);
    let settings = match name {
        "dense" | "pointwise" | "drop_connect" => json!({"units": units, "activation": activation}),
        "conv2d" => json!({"channels": units % 9 + 1, "kernel": kernel, "stride": stride, "padding": kernel / 2, "activation": activation}),
        "max_pool" | "average_pool" => json!({"kernel": kernel, "stride": stride}),
        "rnn" | "lstm" | "gru" => json!({"units": units, "returns": returns}),
        "embedding" => json!({"features": units}),
        "attention" => json!({"heads": *pick(stream, &[1, 2, 4])}),
        "activation" => json!({"function": activation}),
        "residual" => {
            let names: Vec<&str> =
                LayerConfig::all().iter().map(|layer| layer.name()).filter(|&name| depth > 0 || name != "residual").collect();
            let count = 1 + random::below(stream, 2);
            let layers: Vec<Value> = (0..count)
                .map(|_| {
                    let name = *pick(stream, &names);
                    drawn(stream, name, depth.saturating_sub(1))
                })
                .collect();
            json!({ "layers": layers })
        }
        _ => json!({}),
    };
    json!({ name: settings })
}

/// Layers of every name that fit some shape, several of each.
fn cases() -> Vec<(LayerConfig, Shape)> {
    let mut stream = random::stream(5, "remainders");
    let mut cases = Vec::new();
    for layer in LayerConfig::all() {
        let before = cases.len();
        for _ in 0..60 {
            let layer: LayerConfig = serde_json::from_value(drawn(&mut stream, layer.name(), 1)).expect("a layer");
            cases.extend(SHAPES.into_iter().filter(|shape| layer.part().module(shape).is_ok()).map(|shape| (layer.clone(), shape)));
        }
        assert!(cases.len() > before + 10, "{} fits hardly anything", layer.name());
    }
    cases
}

#[test]
fn scratch_for_a_batch_is_enough_for_every_smaller_one() {
    for (layer, shape) in cases() {
        let module = layer.part().module(&shape).expect("it fits");
        let sizes: Vec<u64> = (1..=MOST / 4).map(|fours| module.scratch(4 * fours)).collect();
        assert!(sizes.is_sorted(), "{layer:?} on {shape:?}: {sizes:?}");
        if let Some(tangent) = module.tangent() {
            let sizes: Vec<usize> = (1..=MOST / 4).map(|fours| tangent.scratch(4 * fours)).collect();
            assert!(sizes.is_sorted(), "{layer:?} on {shape:?}: {sizes:?}");
        }
    }
}

fn train(layers: Vec<LayerConfig>, shape: Shape, rows: usize, batch: usize) {
    let features = (0..shape.units()).map(|at| format!("f{at}")).collect();
    let problem = Problem { shape, ..Problem::flat(features, Task::Regression, rows, 1) };
    let net = Net { layers, batch_size: batch, ..Net::default() };
    if net.check(&problem).is_empty() {
        let inputs = Array2::from_shape_fn((rows, shape.units()), |(row, column)| ((row * 7 + column * 3) % 5) as f32);
        let targets: Vec<f32> = (0..rows).map(|row| row as f32 / rows as f32).collect();
        let mut network = Network::new(net, &problem);
        while !network.tick(Rows::new(inputs.view(), &targets)).boundary {}
        assert_eq!(network.non_finite(), None);
    }
}

#[test]
fn every_layer_trains_with_every_remainder() {
    let mut before = "";
    let mut tried = 0;
    for (layer, shape) in cases() {
        // A few of each are enough: the sizes are looked at above.
        tried = if layer.name() == before { tried + 1 } else { 0 };
        before = layer.name();
        if tried >= 3 {
            continue;
        }
        let output = layer.part().module(&shape).expect("it fits").output();
        let mut layers = vec![layer];
        if !matches!(output, Shape::Flat { .. }) {
            layers.push(LayerConfig::flatten(Default::default()));
        }
        for rest in [1, 4, 5, 13, 19] {
            train(layers.clone(), shape, 20 + rest, 20);
        }
    }
}

#[test]
fn recurrent_layers_that_once_ran_out_of_scratch() {
    let layer = |name: &str, units: usize| serde_json::from_value(json!({ name: { "units": units } })).expect("a layer");
    // `series` and `signals` of 1000 rows leave 700 to train on: batches of 32 and one of 28.
    for (name, units, steps, batch) in
        [("lstm", 24, 64, 32), ("lstm", 20, 32, 32), ("gru", 24, 32, 32), ("gru", 12, 32, 64), ("lstm", 12, 64, 64)]
    {
        for rest in (4..batch).step_by(if batch > 32 { 12 } else { 4 }) {
            train(vec![layer(name, units)], Shape::Sequence { steps, features: 1 }, batch + rest, batch);
        }
    }
}
