//! A network looked at from inside: what each layer makes of a row, how its numbers are spread and whether it still learns, how long it takes.
//! Called for what is on screen only, never on the way of training, so that buffers are made where they are needed.

use super::activation::ActivationConfig;
use super::layers::{Layer, LayerConfig, Mode, Module};
use super::loss::Batch;
use super::network::Network;
use super::stack::Place;
use crate::config::counted;
use crate::data::Shape;
use crate::learn::inside::{Attention, Diagnosis, Distribution, Fault, Seen, Time, Verdict};
use crate::learn::{LayerView, Rows, Tensor};
use crate::math::elementary::padded;
use crate::math::matrix;
use crate::message;
use ndarray::{ArrayView1, ArrayView2, Axis};

/// Numbers of a layer, and of each of its tensors, that are shown where it is looked at closely.
const CLOSELY: usize = 1 << 16;
/// A layer is dead where at least this share of its ReLU units never was above 0.
const DEAD: f64 = 0.5;
/// Its gradients vanish where they are so many times smaller than the output layer's, root mean square against root mean square, and explode
/// where they are so many times larger.
const APART: f64 = 1000.0;
/// What comes out of it explodes where its root mean square exceeds this; prepared inputs have about 1.
const LARGE: f64 = 1000.0;
/// Milliseconds that a pass is repeated for: clocks of browsers tick in tenths, some in whole milliseconds.
const LONG_ENOUGH: f64 = 5.0;
/// How often that is done.
const TRIES: usize = 3;
/// Rows that a layer is timed with, where a batch has more.
const TIMED: usize = 512;

/// The layers within a layer as drawn.
pub fn inside(layer: &dyn Layer, module: &dyn Module) -> Vec<LayerView> {
    let view = |config: &LayerConfig, module: &dyn Module| LayerView {
        name: config.name().into(),
        activation: config.part().activation().map_or("", |activation| activation.name()).into(),
        parameters: module.parameters().iter().map(|parameter| parameter.len()).sum(),
        multiply_adds: module.multiply_adds(),
        inside: inside(config.part(), module),
        ..LayerView::of(module.output())
    };
    layer.within().iter().zip(module.within(0)).map(|(config, within)| view(config, within.module)).collect()
}

/// What the first row of `units`, `[units][lanes]`, is: about `most` numbers of it, never less than one channel, feature or unit.
fn cut(units: &[f32], lanes: usize, shape: Shape, most: usize) -> Seen {
    let at = |unit: usize| units[unit * lanes];
    let (shape, values): (Shape, Vec<f32>) = match shape {
        Shape::Flat { units } => {
            let shown = units.min(most.max(1));
            (Shape::Flat { units: shown }, (0..shown).map(at).collect())
        }
        Shape::Image { channels, height, width } => {
            let shown = channels.min((most / (height * width)).max(1));
            (Shape::Image { channels: shown, height, width }, (0..shown * height * width).map(at).collect())
        }
        Shape::Sequence { steps, features } => {
            let shown = features.min((most / steps).max(1));
            let values = (0..steps).flat_map(|step| (0..shown).map(move |feature| at(step * features + feature)));
            (Shape::Sequence { steps, features: shown }, values.collect())
        }
        Shape::Tokens { steps, .. } => (shape, (0..steps).map(at).collect()),
    };
    let largest = units.iter().step_by(lanes).fold(0.0, |largest: f32, value| largest.max(value.abs()));
    Seen { shape, values, largest, attention: None, inside: Vec::new(), tensors: Vec::new() }
}

/// A module's output, its attention and the modules within it, from what a pass over so many lanes has left.
fn seen(module: &dyn Module, output: &[f32], kept: &[f32], lanes: usize, most: usize) -> Seen {
    let attention = module.attention(lanes).map(|attending| {
        let (heads, steps) = (attending.heads, attending.steps);
        let weights = &kept[attending.at..][..heads * steps * steps * lanes];
        Attention { heads, steps, values: weights.iter().step_by(lanes).copied().collect() }
    });
    let inside = module.within(lanes).into_iter().map(|part| seen(part.module, &kept[part.output], &kept[part.kept], lanes, most));
    Seen { attention, inside: inside.collect(), ..cut(&output[..module.output().units() * lanes], lanes, module.output(), most) }
}

/// As [`Learner::inspect`](crate::learn::Learner::inspect).
pub fn inspect(network: &Network, row: ArrayView1<f32>, most: usize, close: Option<usize>) -> Vec<Seen> {
    let buffers = network.activations(row.insert_axis(Axis(0)));
    let lanes = buffers.lanes;
    let most = |layer: usize| if close == Some(layer) { CLOSELY } else { most };
    let modules = network.stack.modules().iter().enumerate().map(|(at, module)| {
        let mut seen = seen(&**module, &buffers.activations[at + 1], &buffers.kept[at], lanes, most(at + 1));
        if close == Some(at + 1) {
            seen.tensors = places(network, at).map(|place| tensor(place, network.answering())).collect();
        }
        seen
    });
    std::iter::once(cut(&buffers.activations[0], lanes, network.stack.input(), most(0))).chain(modules).collect()
}

/// A tensor's first entries: as many as may be shown.
fn tensor(place: &Place, parameters: &[f32]) -> Tensor {
    let mut shape = place.parameter.shape.clone();
    let entry = place.range.len() / shape[0];
    shape[0] = shape[0].min((CLOSELY / entry).max(1));
    Tensor { name: place.name.clone(), values: parameters[place.range.clone()][..shape[0] * entry].to_vec(), shape }
}

fn places(network: &Network, module: usize) -> impl Iterator<Item = &Place> + Clone {
    network.stack.places().iter().filter(move |place| place.module == module)
}

/// As [`Learner::diagnose`](crate::learn::Learner::diagnose).
pub fn diagnose(network: &Network, inputs: ArrayView2<f32>) -> Vec<Diagnosis> {
    let (buffers, rows) = (network.activations(inputs), inputs.nrows());
    let count = network.stack.modules().len();
    let mut all: Vec<Diagnosis> = (0..count)
        .map(|at| {
            let has_weights = places(network, at).any(|place| place.parameter.is_weight());
            let learned = places(network, at).filter(|place| place.parameter.is_weight() || !has_weights);
            let of = |values| Distribution::of(learned.clone().flat_map(|place| from(values, place)));
            let units = buffers.activations[at + 1].chunks_exact(buffers.lanes);
            Diagnosis {
                weights: of(network.answering()),
                frozen: network.trainer.groups().frozen(at),
                gradients: if network.state.trained.updates == 0 || network.trainer.groups().frozen(at) {
                    None
                } else {
                    of(&network.gradient)
                },
                activations: Distribution::of(units.clone().flat_map(|unit| unit[..rows].iter().copied())),
                dead: bends(network, at).then(|| dead(units, network.stack.modules()[at].output(), rows)),
                verdict: None,
            }
        })
        .collect();
    let last = all.iter().rev().find_map(|layer| layer.gradients.as_ref()).map_or(0.0, |gradients| gradients.root_mean_square);
    for (at, layer) in all.iter_mut().enumerate() {
        layer.verdict = verdict(layer, last, at + 1 == count, rows);
    }
    all
}

/// The part of a flat vector that belongs to a tensor.
fn from<'a>(values: &'a [f32], place: &Place) -> impl Iterator<Item = f32> + Clone + 'a {
    values[place.range.clone()].iter().copied()
}

/// True for a layer that ends in ReLU, whose units can die.
fn bends(network: &Network, module: usize) -> bool {
    let activation = match network.settings.layers.get(module) {
        Some(layer) => layer.part().activation(),
        None => Some(&network.settings.output_activation),
    };
    matches!(activation, Some(ActivationConfig::relu(_)))
}

/// (units that never were above 0 on the rows, units).
fn dead<'a>(numbers: impl Iterator<Item = &'a [f32]>, shape: Shape, rows: usize) -> (usize, usize) {
    let (units, unit_of): (usize, Box<dyn Fn(usize) -> usize>) = match shape {
        Shape::Image { channels, height, width } => (channels, Box::new(move |at| at / (height * width))),
        Shape::Sequence { features, .. } => (features, Box::new(move |at| at % features)),
        _ => (shape.units(), Box::new(|at| at)),
    };
    let mut alive = vec![false; units];
    for (at, lanes) in numbers.enumerate().take(shape.units()) {
        alive[unit_of(at)] |= lanes[..rows].iter().any(|&value| value > 0.0);
    }
    (alive.iter().filter(|alive| !**alive).count(), units)
}

/// The worst that is wrong with a layer; `last` is the root mean square of the output layer's gradients.
fn verdict(layer: &Diagnosis, last: f64, output: bool, rows: usize) -> Option<Verdict> {
    let found = |fault, message| Some(Verdict { fault, message });
    if [&layer.weights, &layer.gradients, &layer.activations].into_iter().flatten().any(|spread| spread.broken > 0) {
        let message = message!(
            "Some of its numbers are no longer finite. Start again with a learning rate ten times smaller.",
            "其中有些数已不再是有限数。请把学习率缩小十倍后重新开始。"
        );
        return found(Fault::Exploding, message);
    }
    let ratio = layer.gradients.as_ref().filter(|_| last > 0.0).map(|gradients| gradients.root_mean_square / last);
    if let Some(ratio) = ratio.filter(|&ratio| ratio > APART) {
        let times = rounded(ratio);
        let message = message!(
            "Its gradients are {times} times as large as the output layer's (more than 1000): steps overshoot. Clip gradients, scale the inputs, or add a normalisation layer.",
            "它的梯度是输出层的 {times} 倍（超过 1000 倍）：更新步子过大。可裁剪梯度、缩放输入，或加入归一化层。"
        );
        return found(Fault::Exploding, message);
    }
    // How large an output may be is the target's affair.
    if let Some(spread) = layer.activations.as_ref().filter(|spread| !output && spread.root_mean_square > LARGE) {
        let size = rounded(spread.root_mean_square);
        let message = message!(
            "Its outputs are about {size} in size (more than 1000). Scale the inputs, or add a normalisation layer.",
            "它的输出大小约为 {size}（超过 1000）。可缩放输入，或加入归一化层。"
        );
        return found(Fault::Exploding, message);
    }
    if let Some((dead, of)) = layer.dead.filter(|&(dead, of)| dead as f64 >= DEAD * of as f64) {
        let (units, samples) = (counted(of, "ReLU unit", "ReLU units"), counted(rows, "training sample", "training samples"));
        let message = message!(
            "{dead} of {units} always 0 on {samples}: nothing is learned there any more. Try a smaller learning rate or Leaky ReLU.",
            "在 {rows} 个训练样本上，{of} 个 ReLU 神经元中有 {dead} 个始终为 0：它们不再学习。可减小学习率，或改用 Leaky ReLU。"
        );
        return found(Fault::Dead, message);
    }
    if ratio == Some(0.0) {
        let message = message!("No gradient reaches it: it does not learn.", "没有梯度到达这一层：它不再学习。");
        return found(Fault::Vanishing, message);
    }
    if let Some(ratio) = ratio.filter(|&ratio| ratio * APART < 1.0) {
        let times = rounded(1.0 / ratio);
        let message = message!(
            "Its gradients are {times} times smaller than the output layer's (more than 1000): it hardly learns. Try ReLU, a normalisation layer, or a residual block.",
            "它的梯度只有输出层的 {times} 分之一（不到 1/1000）：几乎学不到任何东西。可试试 ReLU、归一化层或残差块。"
        );
        return found(Fault::Vanishing, message);
    }
    None
}

/// Two digits are enough for a size.
fn rounded(value: f64) -> f64 {
    let mut unit = 1.0;
    while value / unit >= 100.0 {
        unit *= 10.0;
    }
    libm::round(value / unit) * unit
}

/// As [`Learner::profile`](crate::learn::Learner::profile).
pub fn profile(network: &Network, train: Rows, layer: usize, now: &mut dyn FnMut() -> f64) -> Option<Time> {
    let (stack, parameters) = (&network.stack, &network.state.parameters);
    let index = layer.checked_sub(1).filter(|&index| index < stack.modules().len())?;
    let rows = network.batch.min(TIMED).min(train.targets.len());
    let lanes = padded(rows);
    let (mut buffers, mut gradients, mut gradient) = (stack.buffers(lanes), stack.gradients(lanes), vec![0.0; parameters.len()]);
    let order: Vec<u32> = (0..rows as u32).collect();
    let inputs = train.inputs.as_slice().expect("standard layout");
    matrix::gather(inputs, stack.input().units(), &order, &mut buffers.activations[0], lanes);
    buffers.rows = rows;
    let (mut running, mut noise) = (network.state.running.clone(), network.state.noise.clone());
    let mut mode = Mode::Train { running: &mut running, noise: &mut noise };
    for module in 0..stack.modules().len() {
        stack.forward_one(module, parameters, &mut buffers, &mut mode);
    }
    let forward = timed(now, || stack.forward_one(index, parameters, &mut buffers, &mut mode));
    let raw = buffers.activations.last().expect("an output");
    let weights = train.weighing(&network.class_weights).part(0..rows);
    let batch = Batch { raw, targets: &train.targets[..rows], lanes, task: &network.task, weights };
    network.loss().gradient(batch, gradients.deltas.last_mut().expect("an output"));
    for module in (index + 1..stack.modules().len()).rev() {
        stack.backward_one(module, parameters, &buffers, &mut gradients, &mut gradient);
    }
    // A pass may use its delta up: each repetition gets it anew, and what that takes is no part of the layer's time.
    let delta = gradients.deltas[index + 1].clone();
    let refill = timed(now, || gradients.deltas[index + 1].copy_from_slice(&delta));
    let both = timed(now, || {
        gradients.deltas[index + 1].copy_from_slice(&delta);
        stack.backward_one(index, parameters, &buffers, &mut gradients, &mut gradient);
    });
    Some(Time { forward, backward: (both - refill).max(0.0), rows })
}

/// Milliseconds that `work` takes: so often repeated that the clock can tell, and the shortest of a few tries, because whatever else the
/// computer does only makes it longer.
fn timed(now: &mut dyn FnMut() -> f64, mut work: impl FnMut()) -> f64 {
    let (mut times, mut tries, mut shortest) = (1_u32, 0, f64::INFINITY);
    loop {
        let start = now();
        (0..times).for_each(|_| work());
        let spent = now() - start;
        if spent >= LONG_ENOUGH || times >= 1 << 20 {
            shortest = shortest.min(spent / f64::from(times));
            tries += 1;
            if tries == TRIES {
                return shortest;
            }
            continue;
        }
        let wanted = if spent > 0.0 { f64::from(times) * 1.2 * LONG_ENOUGH / spent } else { f64::INFINITY };
        times = (wanted as u32).clamp(2 * times, 8 * times);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::check;
    use crate::config::schema::schema_of;
    use crate::data::Task;
    use crate::learn::net::Net;
    use crate::learn::{Family, Learner, Problem};
    use crate::learn::{Layered, Weighted};
    use ndarray::Array2;
    use serde_json::json;

    const ROWS: usize = 64;

    fn task() -> Task {
        Task::Classification(vec!["a".into(), "b".into()])
    }

    fn net(mut settings: serde_json::Value) -> Net {
        let (schema, mut issues) = (schema_of::<Net>(), Vec::new());
        check::check(&schema, &schema, &mut settings, "", &mut issues);
        assert_eq!(issues, []);
        serde_json::from_value(settings).unwrap()
    }

    fn network(settings: serde_json::Value, shape: Shape) -> (Network, Problem) {
        let settings = net(settings);
        let features = (0..shape.units()).map(|at| at.to_string()).collect();
        let problem = Problem { shape, ..Problem::flat(features, task(), ROWS, 5) };
        assert_eq!(settings.check(&problem), []);
        (Network::new(settings, &problem), problem)
    }

    fn rows(units: usize) -> (Array2<f32>, Vec<f32>) {
        let inputs = Array2::from_shape_fn((ROWS, units), |(row, column)| libm::sinf((row * units + column) as f32 * 1.3));
        let targets = inputs.rows().into_iter().map(|row| f32::from(u8::from(row[0] > 0.0))).collect();
        (inputs, targets)
    }

    fn trained(settings: serde_json::Value, units: usize, updates: usize) -> (Network, Array2<f32>) {
        let (mut network, _) = network(settings, Shape::Flat { units });
        let (inputs, targets) = rows(units);
        (0..updates).for_each(|_| _ = network.tick(Rows::new(inputs.view(), &targets)));
        (network, inputs)
    }

    fn faults(network: &Network, inputs: &Array2<f32>) -> Vec<Option<Fault>> {
        network.diagnose(inputs.view()).into_iter().map(|layer| layer.verdict.map(|verdict| verdict.fault)).collect()
    }

    #[test]
    fn a_row_is_seen_as_every_layer_makes_it() {
        let (network, inputs) = trained(json!({"layers": [{"dense": {"units": 5}}, {"dense": {"units": 3}}]}), 2, 3);
        let seen = network.inspect(inputs.row(7), 4, Some(2));
        let shapes: Vec<Shape> = seen.iter().map(|layer| layer.shape).collect();
        assert_eq!(shapes, [2, 4, 3, 1].map(|units| Shape::Flat { units }), "at most four, but layer 2 closely");
        assert_eq!(seen[0].values, inputs.row(7).to_vec());
        for (layer, units) in [(1, 4), (2, 3)] {
            for unit in 0..units {
                let mut values = Vec::new();
                assert!(network.unit(inputs.view(), layer, unit, &mut values));
                assert_eq!(seen[layer].values[unit], values[7]);
            }
        }
        assert!(seen[1].largest >= seen[1].values.iter().fold(0.0, |largest, value| value.abs().max(largest)));
        assert_eq!(seen[1].tensors, []);
        assert_eq!(seen[2].tensors, network.tensors()[2..4]);
    }

    #[test]
    fn what_is_shown_of_a_large_output_is_whole_channels_and_all_steps() {
        let image = Shape::Image { channels: 3, height: 2, width: 2 };
        let numbers: Vec<f32> = (0..12 * 4).map(|at| (at / 4) as f32 * if at % 4 == 0 { 1.0 } else { f32::NAN }).collect();
        let few = cut(&numbers, 4, image, 9);
        assert_eq!((few.shape, few.values.len(), few.largest), (Shape::Image { channels: 2, height: 2, width: 2 }, 8, 11.0));
        assert_eq!(cut(&numbers, 4, image, 1).values, [0.0, 1.0, 2.0, 3.0]);
        let steps = cut(&numbers, 4, Shape::Sequence { steps: 4, features: 3 }, 8);
        assert_eq!((steps.shape, steps.values), (Shape::Sequence { steps: 4, features: 2 }, vec![0.0, 1.0, 3.0, 4.0, 6.0, 7.0, 9.0, 10.0]));
    }

    #[test]
    fn numbers_of_a_layer_add_up_to_those_of_the_network() {
        let (network, inputs) = trained(json!({"layers": [{"dense": {"units": 5}}, {"dropout": {}}, {"dense": {"units": 3}}]}), 2, 3);
        let layers = network.diagnose(inputs.view());
        let counts = |spread: &Option<Distribution>| spread.as_ref().map_or(0, |spread| spread.counts.iter().sum::<u32>());
        assert_eq!(layers.iter().map(|layer| counts(&layer.weights)).collect::<Vec<_>>(), [10, 0, 15, 3]);
        assert_eq!(layers.iter().map(|layer| counts(&layer.gradients)).collect::<Vec<_>>(), [10, 0, 15, 3]);
        let rows = ROWS as u32;
        assert_eq!(layers.iter().map(|layer| counts(&layer.activations)).collect::<Vec<_>>(), [5, 5, 3, 1].map(|units| units * rows));
        assert_eq!(faults(&network, &inputs), [None; 4]);
        let freeze = json!({"layers": [{"dense": {"units": 5}}], "tuning": [{"freeze": {"first": 1, "last": 1}}]});
        let (frozen, inputs) = trained(freeze, 2, 3);
        let layers = frozen.diagnose(inputs.view());
        assert!(layers[0].frozen && layers[0].gradients.is_none() && layers[0].verdict.is_none() && !layers[1].frozen);
        let (fresh, inputs) = trained(json!({}), 2, 0);
        assert!(fresh.diagnose(inputs.view()).iter().all(|layer| layer.gradients.is_none() && layer.weights.is_some()));
    }

    #[test]
    fn gradients_vanish_in_a_deep_stack_of_sigmoids_and_not_in_one_of_relus() {
        let deep = |activation: &str| json!({"layers": vec![json!({"dense": {"units": 8, "activation": {activation: {}}}}); 9], "initialiser": "xavier_normal"});
        let (network, inputs) = trained(deep("sigmoid"), 2, 3);
        let found = network.diagnose(inputs.view());
        let verdict = found[0].verdict.as_ref().expect("nine sigmoids");
        assert_eq!(verdict.fault, Fault::Vanishing);
        assert!(verdict.message.en.starts_with("Its gradients are") && verdict.message.zh.starts_with("它的梯度"), "{verdict:?}");
        assert_eq!(faults(&network, &inputs)[7..], [None; 3], "the last ones still learn");
        let (network, inputs) = trained(deep("tanh"), 2, 3);
        assert_eq!(faults(&network, &inputs), [None; 10]);
    }

    #[test]
    fn dead_units_are_counted_and_named() {
        let (mut network, inputs) =
            trained(json!({"layers": [{"dense": {"units": 4, "activation": "relu"}}, {"dense": {"units": 3}}]}), 2, 1);
        assert_eq!(network.diagnose(inputs.view())[1].dead, None, "tanh does not die");
        for unit in 0..3 {
            network.set("0.bias", unit, -100.0).unwrap();
        }
        let layer = &network.diagnose(inputs.view())[0];
        assert_eq!(layer.dead, Some((3, 4)));
        let verdict = layer.verdict.as_ref().unwrap();
        assert_eq!((verdict.fault, &verdict.message.en[..15]), (Fault::Dead, "3 of 4 ReLU uni"));
        // A channel is alive where it is anywhere.
        let image: Vec<[f32; 2]> = vec![[0.0, 0.0], [0.0, 0.5], [0.0, 0.0], [-1.0, 0.0]];
        let units = || image.iter().map(|lanes| &lanes[..]);
        assert_eq!(dead(units(), Shape::Image { channels: 2, height: 1, width: 2 }, 2), (1, 2));
        assert_eq!(dead(units(), Shape::Sequence { steps: 2, features: 2 }, 2), (1, 2));
        assert_eq!(dead(units(), Shape::Flat { units: 4 }, 1), (4, 4), "only rows count, not padding");
    }

    #[test]
    fn what_explodes_is_named() {
        let (mut network, inputs) =
            trained(json!({"layers": [{"dense": {"units": 4}}, {"dense": {"units": 3, "activation": "linear"}}]}), 2, 1);
        for at in 0..12 {
            network.set("2.weight", at, 1e5).unwrap();
        }
        assert_eq!(faults(&network, &inputs)[1], Some(Fault::Exploding));
        let parameters = vec![f32::NAN; network.weights().len()];
        network.set_weights(&parameters);
        assert_eq!(faults(&network, &inputs), [Some(Fault::Exploding); 3]);
        assert_eq!([4.4, 1234.0, 99_999.0, 0.2].map(rounded), [4.0, 1200.0, 100_000.0, 0.0]);
    }

    #[test]
    fn a_layer_is_timed_without_a_trace() {
        let (mut network, inputs) = trained(json!({"layers": [{"dense": {"units": 4}}, {"dropout": {}}], "batch_size": 16}), 2, 2);
        let (_, targets) = rows(2);
        let train = Rows::new(inputs.view(), &targets);
        let mut before = crate::learn::Snapshot::default();
        network.snapshot(&mut before);
        let mut clock = 0.0;
        let mut now = || {
            clock += 0.25;
            clock
        };
        for layer in 1..=3 {
            let time = network.profile(train, layer, &mut now).unwrap();
            assert!(time.forward > 0.0 && time.forward <= 0.25 && time.backward >= 0.0 && time.rows == 16, "{time:?}");
        }
        assert_eq!(network.profile(train, 0, &mut now), None);
        assert_eq!(network.profile(train, 4, &mut now), None);
        let mut after = crate::learn::Snapshot::default();
        network.snapshot(&mut after);
        assert_eq!(before, after);
        network.tick(train);
    }

    #[test]
    fn a_plan_goes_as_far_as_layers_fit() {
        let image = Shape::Image { channels: 1, height: 4, width: 4 };
        let (network, problem) =
            network(json!({"layers": [{"flatten": {}}, {"dense": {"units": 3}}], "optimizer": "adam", "batch_size": 8}), image);
        let plan = network.settings.plan(&problem).unwrap();
        assert_eq!(plan.input, image);
        let numbers: Vec<_> = plan.layers.iter().map(|layer| (layer.shape.units(), layer.parameters, layer.multiply_adds)).collect();
        assert_eq!(numbers, [(16, 0, 0), (3, 51, 48), (1, 4, 3)]);
        let costs = plan.costs.unwrap();
        assert_eq!(costs, network.costs());
        assert_eq!((costs.parameters, costs.multiply_adds, costs.batch), (55, 51, 8));
        assert_eq!((costs.parameter_bytes, costs.gradient_bytes, costs.optimizer_bytes), (220, 220, 440));
        assert!(costs.activation_bytes >= 4 * 8 * (16 + 2 * (16 + 3 + 1)), "{costs:?}");
        let unfit = net(json!({"layers": [{"dropout": {}}, {"dense": {"units": 3}}]}));
        let plan = unfit.plan(&problem).unwrap();
        assert_eq!((plan.layers.len(), plan.costs), (1, None));
    }
}
