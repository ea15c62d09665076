//! `Network`: a stack in training. One tick is one update: gather a batch, forward, loss, backward, and the step of its [`Trainer`], which keeps two sets of
//! weights where the optimizer or an average does. Whatever leaves (predictions, drawings, files) is of those with which the model answers.

use super::Net;
use super::inspect;
use super::layers::Mode;
use super::loss::{Batch, Loss, mixed};
use super::objective::{Cost, Ended, FewRows, Function, Moved, Passes, Space};
use super::optimizer::search::{Needs, Searching, Work};
use super::stack::{Buffers, Gradients, Place, Stack, Tangents};
use super::trainer::{Progress, Trainer};
use crate::config::Message;
use crate::data::Task;
use crate::learn::inside::{Costs, Diagnosis, Seen, Time};
use crate::learn::{
    Answer, Family, Flat, LayerView, Layered, Learner, Mixed, Norms, Problem, Rated, Rows, Sensitive, Snapshot, Tensor, Tick, View,
    Weighing, Weighted, numbers,
};
use crate::math::elementary::{self, padded};
use crate::math::matrix;
use crate::math::random::{self, Stream};
use crate::message;
use crate::metric::Direction;
use ndarray::{ArrayView1, ArrayView2};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::cell::RefCell;

/// Rows that a prediction works on at once: their activations stay in the first-level cache.
pub(super) const CHUNK: usize = 64;

/// All that changes while training; a snapshot is exactly this.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct State {
    #[serde(with = "numbers")]
    pub(super) parameters: Vec<f32>,
    pub(super) trained: Progress,
    /// How the last update ended, where the optimizer searches.
    ended: Ended,
    /// Running statistics of the modules.
    #[serde(with = "numbers")]
    pub(super) running: Vec<f32>,
    /// Training rows in this epoch's order, and how many of them are done.
    #[serde(with = "numbers")]
    order: Vec<u32>,
    position: usize,
    shuffle: Stream,
    pub(super) noise: Stream,
}

/// A network in training.
pub struct Network {
    pub(super) settings: Net,
    pub(super) task: Task,
    /// What a row of each class counts in the loss, a number of 32 bits; empty where all count alike.
    pub(super) class_weights: Vec<f64>,
    pub(super) inputs: usize,
    pub(super) stack: Stack,
    pub(super) trainer: Trainer,
    pub(super) state: State,
    pub(super) gradient: Vec<f32>,
    /// True where it searches; then statistics that nobody reads.
    searches: bool,
    spare: Vec<f32>,
    /// Buffers for products with the Hessian, where it asks for them.
    tangents: Option<Tangents>,
    /// Buffers for every row's own gradient, likewise.
    few: Option<FewRows>,
    pub(super) batch: usize,
    buffers: Buffers,
    /// Buffers for an epoch's last, smaller batch.
    tail: Buffers,
    gradients: Gradients,
    /// Targets of the batch, a lane each.
    targets: Vec<f32>,
    /// What each row of the batch counts, as parts of their mean; empty where rows have no weights.
    weights: Vec<f32>,
    mixing: Mixing,
    /// Predictions change nothing that was learned; this is their scratch.
    predicting: RefCell<Buffers>,
}

/// What a batch of mixed rows takes besides; empty until there is one.
#[derive(Default)]
struct Mixing {
    targets: Vec<f32>,
    shares: Vec<f32>,
    /// The gradient of the second targets.
    delta: Vec<f32>,
}

impl Mixing {
    /// The gradient of the mean loss of the batch whose raw outputs are in `batch`, the rows `rows` of `all`.
    fn gradient(&mut self, loss: &dyn Loss, batch: Batch, all: Mixed, rows: &[u32], to: &mut [f32]) {
        if self.targets.len() < batch.lanes {
            self.targets.resize(batch.lanes, 0.0);
            self.shares.resize(batch.lanes, 0.0);
        }
        self.delta.resize(to.len(), 0.0);
        matrix::gather(all.targets, 1, rows, &mut self.targets, batch.lanes);
        matrix::gather(all.shares, 1, rows, &mut self.shares, batch.lanes);
        let own = Mixed { targets: &self.targets[..rows.len()], shares: &self.shares[..rows.len()] };
        mixed::gradient(loss, batch, own, to, &mut self.delta);
    }
}

/// What some rows count, as parts of their mean: a batch's loss knows ratios alone, and numbers near 1 keep their digits in 32 bits. All 0 where none counts.
fn shares(weights: &[f32], rows: &[u32], to: &mut Vec<f32>) {
    let of = |row: &u32| f64::from(weights[*row as usize]);
    let mean = rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    to.extend(rows.iter().map(|row| if mean > 0.0 { (of(row) / mean) as f32 } else { 0.0 }));
}

impl Network {
    /// Fresh weights from the stream `init`, batches in the order of the stream `shuffle`.
    pub fn new(settings: Net, problem: &Problem) -> Self {
        let stack = settings.stack(problem).unwrap_or_else(|issues| panic!("checked before: {issues:?}"));
        let mut parameters = stack.initial(settings.initialiser.part(), &mut random::stream(problem.seed, "init"));
        let mut running = stack.initial_running();
        settings.transfer.load(&stack, problem, &mut parameters, &mut running);
        let optimizer = settings.optimizer.part();
        let (trainer, trained) = Trainer::new(settings.recipe(), &stack, &parameters);
        let searches = optimizer.search().is_some();
        let needs = |needs| optimizer.search().is_some_and(|search| search.needs() == needs);
        let batch = optimizer.batch(settings.batch_size, problem.train_rows).max(1);
        let lanes = padded(batch);
        let tail = padded(problem.train_rows % batch);
        Network {
            task: problem.task.clone(),
            class_weights: settings.class_weights.values(problem).into_iter().map(f64::from).collect(),
            inputs: stack.input().units(),
            gradient: vec![0.0; parameters.len()],
            trainer,
            searches,
            spare: running.clone(),
            tangents: needs(Needs::Curvature).then(|| stack.tangents(lanes)),
            few: needs(Needs::Residuals).then(|| FewRows::new(&stack)),
            batch,
            buffers: stack.buffers(lanes),
            tail: stack.buffers(tail),
            gradients: stack.gradients(lanes),
            targets: vec![0.0; lanes],
            weights: Vec::new(),
            mixing: Mixing::default(),
            predicting: RefCell::new(stack.buffers(CHUNK)),
            state: State {
                trained,
                ended: Ended::new(if searches { parameters.len() } else { 0 }),
                running,
                parameters,
                order: (0..problem.train_rows as u32).collect(),
                position: 0,
                shuffle: random::stream(problem.seed, "shuffle"),
                noise: random::stream(problem.seed, "dropout"),
            },
            stack,
            settings,
        }
    }

    fn rate(&self) -> f64 {
        self.trainer.rate(&self.state.trained)
    }

    /// From the gradient to new weights.
    fn update(&mut self, rate: f64) {
        let State { parameters, trained, .. } = &mut self.state;
        self.trainer.step(&self.stack, rate, parameters, &mut self.gradient, trained);
    }

    /// The whole update of an optimizer that searches, on the batch of `rows` rows that is in the buffers.
    fn search(&mut self, rows: usize) -> Cost {
        // Passes look at the tensors while the search works: its room is taken out meanwhile.
        let mut work = std::mem::take(&mut self.trainer.scratch);
        let (settings, state) = (&self.settings, &mut self.state);
        let search = settings.optimizer.part().search().expect("one that searches");
        let function = Function {
            stack: &self.stack,
            loss: settings.loss.part(),
            task: &self.task,
            blocks: self.trainer.blocks(),
            l1: settings.l1,
            l2: settings.l2,
            targets: &self.targets[..rows],
            weights: Weighing { classes: &self.class_weights, rows: &self.weights },
        };
        let buffers = if rows == self.batch { &mut self.buffers } else { &mut self.tail };
        let State { parameters, trained, ended, running, noise, .. } = state;
        let space = Space { buffers, gradients: &mut self.gradients, tangents: self.tangents.as_mut(), few: self.few.as_mut() };
        let moved = Moved { running, spare: &mut self.spare, noise };
        let mut passes = Passes::new(function, space, moved, ended, &mut self.gradient);
        let (slots, memory) = (&mut trained.slots, &mut trained.memory);
        search.search(Searching { parameters, slots, memory, work: Work(&mut work) }, &mut passes);
        let cost = passes.cost();
        self.trainer.scratch = work;
        self.trainer.searched(&mut state.parameters, &mut state.trained);
        cost
    }

    /// The weights with which the model answers.
    pub(super) fn answering(&self) -> &[f32] {
        self.trainer.answering(&self.state.parameters, &self.state.trained)
    }

    /// Changes the weights from outside, in every form in which they are kept.
    fn change(&mut self, change: impl FnMut(&mut [f32])) {
        let State { parameters, trained, .. } = &mut self.state;
        self.trainer.change(parameters, trained, change);
    }

    /// Raw outputs of all rows with these weights, a chunk at a time; `visit` gets the first row, the number of rows, and `[outputs][CHUNK]`.
    fn forward_chunks(&self, weights: &[f32], inputs: ArrayView2<f32>, mut visit: impl FnMut(usize, usize, &mut [f32])) {
        let standard = inputs.as_standard_layout();
        let flat = standard.as_slice().expect("standard layout");
        let mut buffers = self.predicting.borrow_mut();
        let rows = inputs.nrows();
        for start in (0..rows).step_by(CHUNK) {
            let count = CHUNK.min(rows - start);
            let order: [u32; CHUNK] = std::array::from_fn(|lane| (start + lane) as u32);
            matrix::gather(flat, self.inputs, &order[..count], &mut buffers.activations[0], CHUNK);
            buffers.rows = count;
            self.stack.forward(weights, &mut buffers, Mode::Predict { running: &self.state.running });
            visit(start, count, buffers.activations.last_mut().expect("an output"));
        }
    }

    /// What every unit makes of every row, all rows at once.
    pub(super) fn activations(&self, inputs: ArrayView2<f32>) -> Buffers {
        let rows = inputs.nrows();
        let standard = inputs.as_standard_layout();
        let mut buffers = self.stack.buffers(padded(rows));
        let order: Vec<u32> = (0..rows as u32).collect();
        let lanes = buffers.lanes;
        matrix::gather(standard.as_slice().expect("standard layout"), self.inputs, &order, &mut buffers.activations[0], lanes);
        buffers.rows = rows;
        self.stack.forward(self.answering(), &mut buffers, Mode::Predict { running: &self.state.running });
        buffers
    }

    pub(super) fn loss(&self) -> &dyn Loss {
        self.settings.loss.part()
    }

    /// The flat parameter vector, at which gradients are taken.
    pub fn weights(&self) -> &[f32] {
        &self.state.parameters
    }

    /// Replaces the flat parameter vector (same length).
    pub fn set_weights(&mut self, parameters: &[f32]) {
        self.change(|weights| weights.copy_from_slice(parameters));
    }
}

impl Learner for Network {
    fn tick(&mut self, train: Rows) -> Tick {
        if self.state.position == 0 && self.batch < self.state.order.len() {
            random::shuffle(&mut self.state.shuffle, &mut self.state.order);
        }
        let rate = self.rate();
        let start = self.state.position;
        let end = (start + self.batch).min(self.state.order.len());
        let rows = &self.state.order[start..end];
        let buffers = if rows.len() == self.batch { &mut self.buffers } else { &mut self.tail };
        let lanes = buffers.lanes;

        matrix::gather(train.inputs.as_slice().expect("standard layout"), self.inputs, rows, &mut buffers.activations[0], lanes);
        matrix::gather(train.targets, 1, rows, &mut self.targets, lanes);
        let targets = &self.targets[..rows.len()];
        self.weights.clear();
        if let Some(weights) = train.weights {
            shares(weights, rows, &mut self.weights);
        }
        buffers.rows = rows.len();
        let boundary = end == self.state.order.len();
        self.state.position = if boundary { 0 } else { end };
        if self.searches {
            let cost = self.search(end - start);
            return Tick { rows: cost.rows, gradients: cost.gradients(), boundary, finished: false };
        }
        let mode = Mode::Train { running: &mut self.state.running, noise: &mut self.state.noise };
        self.stack.forward(&self.state.parameters, buffers, mode);
        let raw = buffers.activations.last().expect("an output");
        let delta = self.gradients.deltas.last_mut().expect("an output");
        let weights = Weighing { classes: &self.class_weights, rows: &self.weights };
        let (loss, batch) = (self.settings.loss.part(), Batch { raw, targets, lanes, task: &self.task, weights });
        match train.mixed {
            Some(mixed) => self.mixing.gradient(loss, batch, mixed, rows, delta),
            None => loss.gradient(batch, delta),
        }
        self.stack.backward(&self.state.parameters, buffers, &mut self.gradients, &mut self.gradient);
        self.update(rate);
        Tick { rows: end - start, gradients: 1, boundary, finished: false }
    }

    fn has_epochs(&self) -> bool {
        true
    }

    fn answer(&self) -> Answer {
        Answer::of(&self.task).expect("checked: there is a target")
    }

    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        let width = self.task.outputs();
        self.forward_chunks(self.answering(), inputs, |start, count, raw| {
            self.loss().predictions(raw, CHUNK, &self.task, &mut out[start * width..(start + count) * width]);
        });
    }

    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        self.evaluate_at(self.answering(), rows, out)
    }

    fn suspicious(&self) -> bool {
        // Most of what is not finite reaches the last bias in training within one update; the rest is found at the next evaluation.
        !self.state.parameters[self.trainer.groups().last].is_finite()
    }

    fn non_finite(&self) -> Option<String> {
        // Those in training and those with which it answers may be two sets.
        let (training, answering) = (&self.state.parameters[..], self.answering());
        let answering = (!std::ptr::eq(training, answering)).then_some((self.stack.places(), answering));
        let running = (self.stack.running(), &self.state.running[..]);
        let mut all = [(self.stack.places(), training), running].into_iter().chain(answering);
        // The names are looked for only where there is something to be named.
        let (places, values) = all.find(|(_, values)| !elementary::all_finite(values))?;
        let broken = |place: &&Place| !elementary::all_finite(&values[place.range.clone()]);
        places.iter().find(broken).map(|place| place.name.clone())
    }

    fn view(&self, most: usize) -> View {
        View::of("layers", Drawn { layers: self.layers(most) })
    }

    fn parameters(&self) -> usize {
        self.state.parameters.len()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.state);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        let state: State = from.load()?;
        let sizes = |state: &State| {
            let State { parameters, running, order, .. } = state;
            [parameters.len(), running.len(), order.len(), state.ended.parameters()]
        };
        if sizes(&state) != sizes(&self.state) || !state.trained.is_like(&self.state.trained, state.parameters.len()) {
            return Err("the snapshot belongs to a network of another shape".into());
        }
        self.state = state;
        self.trainer.regroup(&self.stack, &self.state.trained);
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        let Some(new) = (settings as &dyn Any).downcast_ref::<Net>() else { return false };
        let live = Net {
            optimizer: new.optimizer.clone(),
            schedule: new.schedule.clone(),
            warmup: new.warmup.clone(),
            l1: new.l1,
            l2: new.l2,
            weight_decay: new.weight_decay,
            max_norm: new.max_norm.clone(),
            clip: new.clip.clone(),
            average: new.average.clone(),
            tuning: new.tuning.clone(),
            ..self.settings.clone()
        };
        let State { parameters, trained, .. } = &mut self.state;
        if live != *new || !self.trainer.can_take(&live.recipe(), &self.stack, parameters, trained) {
            return false;
        }
        self.trainer.take(live.recipe(), &self.stack, trained);
        self.settings = live;
        true
    }

    fn layered(&self) -> Option<&dyn Layered> {
        Some(self)
    }

    fn weighted(&self) -> Option<&dyn Weighted> {
        Some(self)
    }

    fn weighted_mut(&mut self) -> Option<&mut dyn Weighted> {
        Some(self)
    }

    fn rated(&self) -> Option<&dyn Rated> {
        Some(self)
    }

    fn rated_mut(&mut self) -> Option<&mut dyn Rated> {
        Some(self)
    }

    fn sensitive(&self) -> Option<&dyn Sensitive> {
        Some(self)
    }
}

impl Layered for Network {
    fn layers(&self, most: usize) -> Vec<LayerView> {
        let (inputs, answering) = (self.stack.input(), self.answering());
        let mut layers = vec![LayerView { name: "inputs".into(), shown: inputs.units().min(most), ..LayerView::of(inputs) }];
        let output = self.settings.output_activation.name();
        let hidden = self.settings.layers.iter().map(|layer| {
            let activation = layer.part().activation().map_or("", |activation| activation.name());
            (layer.name(), activation, Some(layer.part()))
        });
        for (at, ((name, activation, part), module)) in hidden.chain([("output", output, None)]).zip(self.stack.modules()).enumerate() {
            let shape = module.output();
            let (units, before) = (shape.units(), &layers[layers.len() - 1]);
            let shown = units.min(most);
            let tensors: Vec<&Place> = self.stack.places().iter().filter(|place| place.module == at).collect();
            let mut layer = LayerView {
                name: name.into(),
                shown,
                activation: activation.into(),
                tensors: tensors.iter().map(|place| place.name.clone()).collect(),
                parameters: tensors.iter().map(|place| place.range.len()).sum(),
                multiply_adds: module.multiply_adds(),
                inside: part.map_or_else(Vec::new, |part| inspect::inside(part, &**module)),
                ..LayerView::of(shape)
            };
            // Every unit with every unit: edges can be drawn.
            if let [weight, bias] = tensors[..]
                && weight.parameter.shape == [units, before.units]
                && bias.range.len() == units
            {
                let (weights, biases) = (&answering[weight.range.clone()], &answering[bias.range.clone()]);
                layer.weights = weights.chunks_exact(before.units).take(shown).flat_map(|row| row[..before.shown].to_vec()).collect();
                layer.biases = biases[..shown].to_vec();
                layer.fan_in = before.units;
                layer.largest = weights.iter().fold(0.0, |largest, weight| weight.abs().max(largest));
            }
            layers.push(layer);
        }
        layers
    }

    fn units(&self, inputs: ArrayView2<f32>, most: usize, out: &mut Vec<f32>) {
        let buffers = self.activations(inputs);
        out.clear();
        for activations in &buffers.activations {
            for unit in activations.chunks_exact(buffers.lanes).take(most) {
                out.extend_from_slice(&unit[..inputs.nrows()]);
            }
        }
    }

    fn unit(&self, inputs: ArrayView2<f32>, layer: usize, unit: usize, out: &mut Vec<f32>) -> bool {
        out.clear();
        let buffers = self.activations(inputs);
        let Some(values) = buffers.activations.get(layer).and_then(|units| units.chunks_exact(buffers.lanes).nth(unit)) else {
            return false;
        };
        out.extend_from_slice(&values[..inputs.nrows()]);
        true
    }

    fn inspect(&self, row: ArrayView1<f32>, most: usize, close: Option<usize>) -> Vec<Seen> {
        inspect::inspect(self, row, most, close)
    }

    fn diagnose(&self, inputs: ArrayView2<f32>) -> Vec<Diagnosis> {
        inspect::diagnose(self, inputs)
    }

    fn profile(&self, train: Rows, layer: usize, now: &mut dyn FnMut() -> f64) -> Option<Time> {
        inspect::profile(self, train, layer, now)
    }

    fn costs(&self) -> Costs {
        self.settings.costs(self.stack.input(), self.stack.modules(), self.state.order.len())
    }
}

impl Weighted for Network {
    fn flat(&self) -> Flat<'_> {
        let weights = self.stack.places().iter().filter(|place| place.parameter.is_weight());
        let filters = weights.flat_map(|place| {
            let length = place.range.len() / place.parameter.shape[0];
            place.range.clone().step_by(length).map(move |start| start..start + length)
        });
        Flat { values: self.answering(), filters: filters.collect() }
    }

    fn evaluate_at(&self, weights: &[f32], rows: Rows, out: &mut [f32]) -> f64 {
        let width = self.task.outputs();
        let (mut total, mut counted) = (0.0, 0.0);
        let weighing = rows.weighing(&self.class_weights);
        self.forward_chunks(weights, rows.inputs, |start, count, raw| {
            let targets = &rows.targets[start..start + count];
            let batch = Batch { raw, targets, lanes: CHUNK, task: &self.task, weights: weighing.part(start..start + count) };
            total += self.loss().total(batch);
            counted += batch.weight_sum();
            self.loss().predictions(raw, CHUNK, &self.task, &mut out[start * width..(start + count) * width]);
        });
        total / counted
    }

    fn norms(&self) -> Norms {
        let norm = |values: &[f32]| libm::sqrt(values.iter().map(|&value| f64::from(value) * f64::from(value)).sum());
        let gradient =
            if self.state.trained.updates == 0 { f64::NAN } else { self.trainer.unclipped().unwrap_or_else(|| norm(&self.gradient)) };
        Norms { gradient, weights: norm(self.answering()) }
    }

    fn set(&mut self, name: &str, index: usize, value: f32) -> Result<(), Message> {
        let places = self.stack.places();
        let Some(place) = places.iter().find(|place| place.name == name) else {
            let names = Message::list(places.iter().map(|place| &place.name));
            return Err(message!("no tensor {name:?}, must be one of {names}", "没有张量 {name:?}，必须是 {names} 之一"; names));
        };
        let length = place.range.len();
        if index >= length {
            return Err(message!(
                "the index into {name} must be below {length}, got {index}",
                "{name} 的下标必须小于 {length}，实际为 {index}"
            ));
        }
        if !value.is_finite() {
            return Err(message!("{name}[{index}] must be a finite number, got {value}", "{name}[{index}] 必须是有限数，实际为 {value}"));
        }
        let at = place.range.start + index;
        self.change(|weights| weights[at] = value);
        Ok(())
    }

    fn tensors(&self) -> Vec<Tensor> {
        let tensor = |place: &Place, values: &[f32]| Tensor {
            name: place.name.clone(),
            shape: place.parameter.shape.clone(),
            values: values[place.range.clone()].to_vec(),
        };
        let learned = self.stack.places().iter().map(|place| tensor(place, self.answering()));
        learned.chain(self.stack.running().iter().map(|place| tensor(place, &self.state.running))).collect()
    }
}

impl Rated for Network {
    fn learning_rate(&self) -> Option<f64> {
        (!self.searches).then(|| self.rate())
    }

    fn scheduled(&self) -> u64 {
        self.state.trained.updates
    }

    fn hear(&mut self, value: f64, better: Direction) {
        self.trainer.hear(&mut self.state.trained, value, better);
    }

    fn listens(&self) -> Option<&str> {
        self.settings.schedule.part().listens()
    }
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LayersView")]
struct Drawn {
    layers: Vec<LayerView>,
}
