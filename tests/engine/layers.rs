//! Every layer of the registry, over every kind of row that it takes: gradients against differences, and what the contract asks of a module.

use descent::data::{Shape, Task};
use descent::learn::inside::Seen;
use descent::learn::net::layers::tangent::{TangentBackward, TangentDeltas, TangentForward};
use descent::learn::net::layers::{Backward, Forward, Initial, LayerConfig, Mode, Module};
use descent::learn::net::optimizer::OptimizerConfig;
use descent::learn::net::{Net, Network};
use descent::learn::{Family, LayerView, Layered, Learner, Problem, Rows, Snapshot};
use descent::math::random::{self, Stream};
use ndarray::Array2;

/// Rows that layers are tried on, small enough to move every weight.
const SHAPES: [Shape; 4] = [
    Shape::Flat { units: 6 },
    Shape::Image { channels: 2, height: 6, width: 5 },
    Shape::Sequence { steps: 5, features: 3 },
    Shape::Tokens { steps: 6, vocabulary: 5 },
];

const ROWS: usize = 6;

/// Layers to try: every entry with its defaults, then other settings of those that have several ways.
fn layers() -> Vec<LayerConfig> {
    let more = [
        r#"{"rnn": {"units": 5, "returns": "every"}}"#,
        r#"{"lstm": {"units": 5, "returns": "every"}}"#,
        r#"{"gru": {"units": 5, "returns": "every"}}"#,
        r#"{"pointwise": {"units": 7, "activation": {"swish": {}}}}"#,
        r#"{"attention": {"heads": 3}}"#,
        r#"{"residual": {"layers": [{"activation": {"function": {"swish": {}}}}, {"dense": {"units": 6}}]}}"#,
        r#"{"residual": {"layers": [{"dense": {"units": 5}}, {"drop_connect": {"units": 3}}, {"dense": {"units": 4}}]}}"#,
        r#"{"residual": {"layers": [{"attention": {}}, {"dropout": {}}, {"residual": {"layers": [{"pointwise": {"units": 4}}, {"gru": {"units": 3, "returns": "every"}}]}}]}}"#,
        r#"{"residual": {"layers": [{"lstm": {"units": 5, "returns": "every"}}]}}"#,
        r#"{"residual": {"layers": [{"conv2d": {"channels": 2, "kernel": 3, "padding": 1}}]}}"#,
        r#"{"residual": {"layers": [{"conv2d": {"channels": 3, "kernel": 3, "stride": 2, "padding": 1, "activation": {"tanh": {}}}}, {"batch_norm": {}}]}}"#,
        r#"{"conv2d": {"channels": 3, "kernel": 3, "stride": 1, "padding": 1, "activation": {"gelu": {}}}}"#,
        r#"{"conv2d": {"channels": 5, "kernel": 4, "stride": 3, "padding": 2, "activation": {"tanh": {}}}}"#,
        r#"{"conv2d": {"channels": 2, "kernel": 1, "stride": 2, "activation": {"linear": {}}}}"#,
        r#"{"max_pool": {"kernel": 3, "stride": 1}}"#,
        r#"{"max_pool": {"kernel": 2, "stride": 3}}"#,
        r#"{"average_pool": {"kernel": 3, "stride": 2}}"#,
    ];
    let parse = |json: &str| serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    LayerConfig::all().into_iter().chain(more.map(parse)).collect()
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
        let rows = Rows::new(inputs.view(), &TARGETS);
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

/// One module by itself, with a batch that has padding: the sum of its outputs, each times a fixed number, is a loss.
struct Alone {
    module: Box<dyn Module>,
    parameters: Vec<f32>,
    input: Vec<f32>,
    share: Vec<f32>,
    noise: Stream,
}

impl Alone {
    const LANES: usize = 8;

    fn new(module: Box<dyn Module>, shape: Shape) -> Self {
        let wave = |count: usize, phase: f32| (0..count).map(|at| ((at as f32 + phase) * 1.7).sin() + 0.05).collect::<Vec<_>>();
        let mut parameters = wave(module.parameters().iter().map(|parameter| parameter.len()).sum(), 0.3);
        // Weights near 1 would blow the rounding of a recurrent layer's first step up from step to step.
        parameters.iter_mut().for_each(|weight| *weight *= 0.5);
        let (input, mut share) = (wave(shape.units() * Self::LANES, 0.0), wave(module.output().units() * Self::LANES, 0.7));
        // The gradient of padding is zero; its numbers are not.
        share.iter_mut().enumerate().filter(|(at, _)| at % Self::LANES >= ROWS).for_each(|(_, share)| *share = 0.0);
        Alone { module, parameters, input, share, noise: random::stream(2, "dropout") }
    }

    /// The loss in training, and what the module leaves for its backward pass.
    fn forward(&self, kept: &mut [f32], output: &mut [f32]) -> f64 {
        let statistics = self.module.running();
        let mut running: Vec<f32> = statistics
            .iter()
            .flat_map(|part| match part.initial {
                Initial::Constant(value) => vec![value; part.len()],
                other => panic!("statistics begin with a constant, not {other:?}"),
            })
            .collect();
        let (mut noise, lanes) = (self.noise.clone(), Self::LANES);
        let mode = Mode::Train { running: &mut running, noise: &mut noise };
        self.module.forward(Forward { parameters: &self.parameters, input: &self.input, output, kept, lanes, rows: ROWS, mode });
        output.iter().zip(&self.share).filter(|(_, share)| **share != 0.0).map(|(a, share)| f64::from(a * share)).sum()
    }

    fn loss(&self) -> f64 {
        let (mut kept, mut output) = self.buffers();
        self.forward(&mut kept, &mut output)
    }

    fn buffers(&self) -> (Vec<f32>, Vec<f32>) {
        (vec![0.0; self.module.kept(Self::LANES) as usize], vec![0.0; self.share.len()])
    }

    /// (∂loss/∂input, ∂loss/∂parameters).
    fn backward(&self) -> (Vec<f32>, Vec<f32>) {
        let (mut kept, mut output) = self.buffers();
        self.forward(&mut kept, &mut output);
        let (mut d_input, mut d_parameters) = (vec![f32::NAN; self.input.len()], vec![f32::NAN; self.parameters.len()]);
        self.module.backward(Backward {
            parameters: &self.parameters,
            input: &self.input,
            output: &output,
            kept: &kept,
            d_output: &mut self.share.clone(),
            d_parameters: &mut d_parameters,
            d_input: Some(&mut d_input),
            lanes: Self::LANES,
            rows: ROWS,
            scratch: &mut vec![0.0; self.module.scratch(Self::LANES) as usize],
        });
        (d_input, d_parameters)
    }

    /// Largest relative difference between `gradient` and what moving each number of a vector does to the loss: to both sides, or to one, far or
    /// near, because kinks (ReLU's, a maximum's) may lie on the way.
    fn worst(&mut self, gradient: &[f32], vector: impl Fn(&mut Self) -> &mut Vec<f32>) -> (f64, usize) {
        let mut worst = (0.0_f64, 0);
        for (at, &slope) in gradient.iter().enumerate() {
            let before = vector(self)[at];
            let mut loss_at = |shift: f32| {
                vector(self)[at] = before + shift;
                self.loss()
            };
            let here = loss_at(0.0);
            let mut error = f64::MAX;
            for h in [1e-3_f32, 3e-4] {
                let (below, above) = (loss_at(-h), loss_at(h));
                for difference in [(above - below) / 2.0, above - here, here - below] {
                    let numeric = difference / f64::from(h);
                    error = error.min((numeric - f64::from(slope)).abs() / (0.05 + numeric.abs()));
                }
            }
            vector(self)[at] = before;
            worst = if error >= worst.0 { (error, at) } else { worst };
        }
        worst
    }
}

/// Slopes of predictions: not of what training makes of a batch as a whole, nor of what it drops.
#[test]
fn what_a_network_loses_by_a_row_changes_with_its_inputs_as_told() {
    for (name, net, problem, inputs) in cases() {
        if let Shape::Tokens { .. } = problem.shape {
            continue;
        }
        let mut network = Network::new(net, &problem);
        let rows = Rows::new(inputs.view(), &TARGETS);
        // Running statistics that are none of the batch's.
        (0..3).for_each(|_| {
            network.tick(rows);
        });
        let mut slopes = vec![0.0; inputs.len()];
        network.sensitive().expect("a network is").input_gradients(rows, &mut slopes);
        let width = inputs.ncols();
        let mut out = vec![0.0; 3 * ROWS];
        let mut worst = (0.0_f64, 0);
        // A number of each row: what the others become does not depend on it.
        for at in (0..inputs.len()).step_by(3) {
            let h = 2e-3_f32;
            let mut lost = |shift: f32| {
                let mut moved = inputs.clone();
                moved[(at / width, at % width)] += shift;
                network.evaluate(Rows::new(moved.view(), &TARGETS), &mut out) * ROWS as f64
            };
            let numeric = (lost(h) - lost(-h)) / (2.0 * f64::from(h));
            let error = (numeric - f64::from(slopes[at])).abs() / (0.05 + numeric.abs());
            if error > worst.0 {
                worst = (error, at);
            }
        }
        assert!(worst.0 < 0.05, "{name}: {worst:?}");
        assert!(slopes.iter().any(|&slope| slope != 0.0), "{name}");
    }
}

#[test]
fn gradients_by_the_input_agree_with_differences_and_padding_gets_none() {
    for layer in layers() {
        for shape in SHAPES {
            let Ok(module) = layer.part().module(&shape) else { continue };
            let name = format!("{} on {shape:?}", layer.name());
            let mut alone = Alone::new(module, shape);
            let (d_input, d_parameters) = alone.backward();
            assert!(d_parameters.iter().all(|slope| slope.is_finite()), "{name}: a parameter's gradient is not overwritten");
            let worst = alone.worst(&d_parameters, |alone| &mut alone.parameters);
            assert!(worst.0 < 0.02, "{name}, parameters: {worst:?}");
            // Tokens are names: nobody asks for their gradient.
            if matches!(shape, Shape::Tokens { .. }) {
                continue;
            }
            for (at, slope) in d_input.iter().enumerate() {
                assert!(slope.is_finite() && (at % Alone::LANES < ROWS || *slope == 0.0), "{name}: the gradient of input {at} is {slope}");
            }
            let worst = alone.worst(&d_input, |alone| &mut alone.input);
            assert!(worst.0 < 0.02, "{name}, input: {worst:?}");
        }
    }
}

/// Numbers as they are at ε = 0 and how fast they move with ε.
struct Moving {
    at: Vec<f32>,
    speed: Vec<f32>,
}

impl Moving {
    fn new(at: Vec<f32>, phase: f32) -> Self {
        let speed = (0..at.len()).map(|index| ((index as f32 + phase) * 2.3).cos()).collect();
        Moving { at, speed }
    }

    fn by(&self, shift: f32) -> Vec<f32> {
        self.at.iter().zip(&self.speed).map(|(at, speed)| at + shift * speed).collect()
    }
}

/// Largest relative difference between `tangent` and (`up` − `down`) / 2h on the lanes that are rows.
fn worst_of_tangent(tangent: &[f32], up: &[f32], down: &[f32], h: f32, lanes: Option<usize>) -> f64 {
    let places = (0..tangent.len()).filter(|at| lanes.is_none_or(|lanes| at % lanes < ROWS));
    let errors = places.map(|at| {
        let numeric = (f64::from(up[at]) - f64::from(down[at])) / (2.0 * f64::from(h));
        (numeric - f64::from(tangent[at])).abs() / (0.1 + numeric.abs())
    });
    errors.fold(0.0, f64::max)
}

#[test]
fn tangent_passes_agree_with_differences_of_the_passes() {
    let mut seen = Vec::new();
    for layer in layers() {
        for shape in SHAPES {
            let Ok(module) = layer.part().module(&shape) else { continue };
            let mut alone = Alone::new(module, shape);
            if alone.module.tangent().is_none() {
                continue;
            }
            seen.push(layer.name());
            let (name, lanes) = (format!("{} on {shape:?}", layer.name()), Alone::LANES);
            let parameters = Moving::new(alone.parameters.clone(), 0.2);
            let input = Moving::new(alone.input.clone(), 0.5);
            let mut share = Moving::new(alone.share.clone(), 0.9);
            share.speed.iter_mut().enumerate().filter(|(at, _)| at % lanes >= ROWS).for_each(|(_, speed)| *speed = 0.0);

            let (mut kept, mut output) = alone.buffers();
            alone.forward(&mut kept, &mut output);
            let tangent = alone.module.tangent().expect("asked above");
            let (mut r_kept, mut scratch) = (vec![f32::NAN; tangent.kept(lanes)], vec![f32::NAN; tangent.scratch(lanes)]);
            let mut r_output = vec![f32::NAN; output.len()];
            tangent.forward(TangentForward {
                parameters: &alone.parameters,
                direction: &parameters.speed,
                input: &alone.input,
                r_input: Some(&input.speed),
                output: &output,
                kept: &kept,
                r_output: &mut r_output,
                r_kept: &mut r_kept,
                lanes,
                rows: ROWS,
                scratch: &mut scratch,
            });
            let mut rd_parameters = vec![f32::NAN; parameters.at.len()];
            let (mut d, mut rd) = (vec![f32::NAN; input.at.len()], vec![f32::NAN; input.at.len()]);
            tangent.backward(TangentBackward {
                parameters: &alone.parameters,
                direction: &parameters.speed,
                input: &alone.input,
                r_input: Some(&input.speed),
                output: &output,
                kept: &kept,
                r_kept: &r_kept,
                d_output: &mut share.at.clone(),
                rd_output: &mut share.speed.clone(),
                rd_parameters: &mut rd_parameters,
                d_input: Some(TangentDeltas { d: &mut d, rd: &mut rd }),
                lanes,
                rows: ROWS,
                scratch: &mut scratch,
            });
            assert_eq!(d, alone.backward().0, "{name}");
            for (at, slope) in rd.iter().enumerate() {
                assert!(slope.is_finite() && (at % lanes < ROWS || *slope == 0.0), "{name}: R of the gradient of input {at} is {slope}");
            }

            let h = 1e-3_f32;
            let mut passes = |shift: f32| {
                (alone.parameters, alone.input, alone.share) = (parameters.by(shift), input.by(shift), share.by(shift));
                let (mut kept, mut output) = alone.buffers();
                alone.forward(&mut kept, &mut output);
                (output, alone.backward())
            };
            let ((up, (up_input, up_parameters)), (down, (down_input, down_parameters))) = (passes(h), passes(-h));
            for (what, worst) in [
                ("output", worst_of_tangent(&r_output, &up, &down, h, Some(lanes))),
                ("gradient of the input", worst_of_tangent(&rd, &up_input, &down_input, h, Some(lanes))),
                ("gradient of the parameters", worst_of_tangent(&rd_parameters, &up_parameters, &down_parameters, h, None)),
            ] {
                assert!(worst < 0.02, "{name}, {what}: {worst}");
            }
        }
    }
    for name in ["dense", "flatten", "activation", "dropout", "drop_connect", "positional_encoding", "last_step"] {
        assert!(seen.contains(&name), "{name} has lost its tangent passes");
    }
}

#[test]
fn what_a_row_becomes_does_not_depend_on_the_others_when_predicting() {
    for (name, net, problem, inputs) in cases() {
        let mut network = Network::new(net, &problem);
        for _ in 0..3 {
            network.tick(Rows::new(inputs.view(), &TARGETS));
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
        let rows = Rows::new(inputs.view(), &TARGETS);
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
fn a_layer_without_a_second_derivative_is_named_to_optimizers_that_need_it() {
    let net: Net = serde_json::from_str(r#"{"layers": [{"rnn": {}}, {"dense": {}}], "optimizer": {"newton": {}}}"#).unwrap();
    let issues = net.check(&problem(SHAPES[2]));
    assert_eq!(issues.len(), 1);
    assert_eq!(
        issues[0].to_string(),
        "optimizer: “Newton's method” needs second derivatives, which layer 1 (Recurrent (RNN)) does not have here"
    );
    assert_eq!(issues[0].message.zh, "“牛顿法”需要二阶导数，而第 1 层（循环层（RNN））没有");
    let coupled = r#"{"layers": [{"flatten": {}}, {"residual": {"layers": [{"batch_norm": {}}]}}], "optimizer": {"levenberg_marquardt": {}}, "loss": {"mse": {}}}"#;
    let net: Net = serde_json::from_str(coupled).unwrap();
    let issues = net.check(&problem(SHAPES[2]));
    assert_eq!(issues.len(), 1);
    assert_eq!(
        issues[0].to_string(),
        "optimizer: “Levenberg–Marquardt” needs layers that treat every sample by itself, which layer 2 (Residual block) does not"
    );
}

#[test]
fn every_layer_can_be_looked_at_and_timed_without_a_trace() {
    let mut attended = 0;
    for (name, net, problem, inputs) in cases() {
        let mut network = Network::new(net.clone(), &problem);
        let rows = Rows::new(inputs.view(), &TARGETS);
        network.tick(rows);
        let before = network.weights().to_vec();
        let layers = network.layers(4);
        let seen = network.inspect(inputs.row(2), 1 << 16, Some(1));
        assert_eq!(seen.iter().map(|layer| layer.shape).collect::<Vec<_>>(), layers.iter().map(|layer| layer.shape).collect::<Vec<_>>());
        for (at, layer) in seen.iter().enumerate() {
            let mut made = Vec::new();
            for (unit, value) in layer.values.iter().enumerate() {
                assert!(network.unit(inputs.view(), at, unit, &mut made));
                assert_eq!(*value, made[2], "{name}");
            }
            let within = |view: &LayerView, seen: &Seen| {
                let shapes = view.inside.iter().map(|inside| inside.shape);
                assert!(shapes.eq(seen.inside.iter().map(|inside| inside.shape)), "{name}");
            };
            within(&layers[at], layer);
            layers[at].inside.iter().zip(&layer.inside).for_each(|(view, seen)| within(view, seen));
            let attention = layer.attention.iter().chain(layer.inside.iter().filter_map(|inside| inside.attention.as_ref()));
            for attention in attention {
                attended += 1;
                assert_eq!(attention.values.len(), attention.heads * attention.steps * attention.steps);
                for listens in attention.values.chunks_exact(attention.steps) {
                    assert!((listens.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{name}: {listens:?}");
                }
            }
        }
        assert_eq!(seen[1].tensors.iter().map(|tensor| tensor.values.len()).sum::<usize>(), layers[1].parameters, "{name}");
        let plan = net.plan(&problem).expect("layers");
        assert_eq!(plan.layers.iter().map(|layer| layer.parameters).sum::<u64>(), network.parameters() as u64, "{name}");
        assert_eq!(plan.costs, Some(network.costs()), "{name}");
        for layer in network.diagnose(inputs.view()) {
            let spreads = [&layer.weights, &layer.gradients, &layer.activations].into_iter().flatten();
            assert!(spreads.map(|spread| spread.broken).sum::<usize>() == 0, "{name}");
        }
        let mut clock = 0.0;
        let mut now = || {
            clock += 10.0;
            clock
        };
        for layer in 1..layers.len() {
            assert!(network.profile(rows, layer, &mut now).is_some(), "{name}");
        }
        assert_eq!(network.weights(), before, "{name}");
    }
    assert!(attended > 2, "attention by itself and within a block");
}

#[test]
fn what_does_not_fit_is_named_with_its_layer_and_both_shapes() {
    let net = |layers: &str| serde_json::from_str::<Net>(&format!(r#"{{"layers": {layers}}}"#)).unwrap();
    let issue =
        |layers: &str, shape: Shape| net(layers).check(&problem(shape)).first().map(|issue| (issue.path.clone(), issue.message.en.clone()));
    assert_eq!(issue(r#"[{"dense": {}}]"#, SHAPES[1]), None);
    assert_eq!(issue(r#"[{"flatten": {}}, {"dense": {}}]"#, SHAPES[1]), None);
    assert_eq!(issue(r#"[{"dropout": {}}, {"activation": {}}, {"flatten": {}}, {"drop_connect": {}}]"#, SHAPES[2]), None);
    assert_eq!(issue(r#"[{"conv2d": {"padding": 1}}, {"max_pool": {}}, {"global_average_pool": {}}, {"dense": {}}]"#, SHAPES[1]), None);
    let cases = [
        (r#"[{"dropout": {}}]"#, SHAPES[3], "layer 1 (Dropout) needs numbers and gets 6 tokens: put an “Embedding” layer before it"),
        (r#"[{"lstm": {}}]"#, SHAPES[3], "layer 1 (LSTM) needs numbers and gets 6 tokens: put an “Embedding” layer before it"),
        (r#"[{"gru": {}}]"#, SHAPES[1], "layer 1 (GRU) needs a sequence and gets an image (2×6×5)"),
        (
            r#"[{"rnn": {}}, {"pointwise": {}}]"#,
            SHAPES[2],
            "layer 2 (Dense at every step) needs a sequence and gets 16 numbers in a row: a layer before it has lost the steps, or the data has none",
        ),
        (r#"[{"embedding": {}}]"#, SHAPES[2], "layer 1 (Embedding) needs tokens and gets numbers (5×3)"),
        (
            r#"[{"gru": {"units": 8, "returns": "every"}}, {"attention": {"heads": 3}}]"#,
            SHAPES[2],
            "layer 2 (Self-attention) needs heads that divide the features, and has 3 for the 8 of 5×8",
        ),
        (
            r#"[{"residual": {"layers": [{"gru": {}}]}}]"#,
            SHAPES[2],
            "layer 1 (Residual block) cannot add what enters (5×3) to what its layers make of it (16)",
        ),
        (
            r#"[{"gru": {"returns": "every"}}, {"dense": {}}]"#,
            SHAPES[2],
            "layer 2 (Dense) needs numbers in a row and gets 5×16: put a “Flatten” layer before it",
        ),
        (r#"[{"max_pool": {}}]"#, SHAPES[2], "layer 1 (Max pooling) needs an image and gets a sequence (5×3)"),
        (
            r#"[{"average_pool": {}}]"#,
            SHAPES[3],
            "layer 1 (Average pooling) needs numbers and gets 6 tokens: put an “Embedding” layer before it",
        ),
        (
            r#"[{"flatten": {}}, {"conv2d": {}}]"#,
            SHAPES[1],
            "layer 2 (Convolution) needs an image and gets 60 numbers in a row: a layer before it has flattened the image, or the data has none",
        ),
        (
            r#"[{"global_average_pool": {}}]"#,
            SHAPES[0],
            "layer 1 (Global average pooling) needs an image or a sequence and gets 6 numbers in a row",
        ),
        (
            r#"[{"conv2d": {}}, {"conv2d": {"kernel": 6, "padding": 1}}]"#,
            SHAPES[1],
            "layer 2 (Convolution) needs at least 6×6 pixels for its kernel and gets 8×4×3, with padding 6×5",
        ),
        (
            r#"[{"average_pool": {"kernel": 5}}, {"max_pool": {}}]"#,
            SHAPES[1],
            "layer 2 (Max pooling) needs at least 2×2 pixels for its kernel and gets 2×1×1",
        ),
    ];
    for (layers, shape, expected) in cases {
        let number: usize = expected.split(' ').nth(1).expect("a number").parse().expect("a number");
        assert_eq!(issue(layers, shape), Some((format!("layers[{}]", number - 1), expected.into())));
    }
    // Within a block the fault has a place of its own.
    let block = r#"[{"activation": {}}, {"residual": {"layers": [{"pointwise": {}}, {"residual": {"layers": [{"attention": {}}, {"dense": {}}]}}]}}]"#;
    let expected = "layer 2 (Residual block) holds a layer 2 (Residual block) that holds a layer 2 (Dense) that \
                    needs numbers in a row and gets 5×8: put a “Flatten” layer before it";
    assert_eq!(issue(block, SHAPES[2]), Some(("layers[1].residual.layers[1].residual.layers[1]".into(), expected.into())));
    let deep = (0..4).fold(r#"[{"dense": {}}]"#.to_string(), |inside, _| format!(r#"[{{"residual": {{"layers": {inside}}}}}]"#));
    let expected = "layer 1 (Residual block) needs at most 3 blocks in one another and gets 4";
    assert_eq!(issue(&deep, SHAPES[0]), Some(("layers[0]".into(), expected.into())));
    assert_eq!(
        issue(r#"[{"residual": {"layers": []}}]"#, SHAPES[0]).unwrap().1,
        "layer 1 (Residual block) needs at least one layer inside"
    );

    let small = |layers: &str, shape: Shape| {
        let settings = Net { optimizer: OptimizerConfig::sgd(Default::default()), ..net(layers) };
        settings.check(&problem(shape)).first().map(|issue| (issue.path.clone(), issue.message.en.clone()))
    };
    let needs = "layer 2 (Batch norm) needs batches of at least 2 samples and gets 1";
    assert_eq!(small(r#"[{"dense": {}}, {"batch_norm": {}}]"#, SHAPES[0]), Some(("layers[1]".into(), needs.into())));
    // Even one image has many numbers of a channel.
    assert_eq!(small(r#"[{"batch_norm": {}}, {"flatten": {}}]"#, SHAPES[1]), None);
}
