//! The game of a generator G and a discriminator D (Goodfellow et al. 2014, algorithm 1). D sees a batch of rows and as many made ones and learns to tell
//! them apart; after so many of its updates G makes new rows and follows ∂L_G/∂x, which D's backward pass hands through to it. A tick is one move of one
//! of the two.
//!
//! Neither loss says how good the rows are, because the other player moves it. What is evaluated is the energy distance of rows that G makes from the same
//! noise every time to the rows that are asked about.

use super::player::{Player, Side, Start};
use crate::config::Message;
use crate::learn::gan::{Gan, Goal};
use crate::learn::net::layers::Mode;
use crate::learn::net::stack::Buffers;
use crate::learn::net::trainer::Progress;
use crate::learn::{
    Answer, Family, Flat, Form, Learner, Mark, Norms, Place, Problem, Rows, Sampling, Sensitive, Snapshot, Tensor, Tick, View, Weighted,
    numbers,
};
use crate::math::elementary::{self, padded};
use crate::math::random::{self, Stream};
use crate::math::statistics::evenly;
use crate::math::{energy, matrix};
use crate::message;
use ndarray::{ArrayView2, Axis};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::cell::RefCell;

/// Rows that are passed on at once where nothing is learned.
const CHUNK: usize = 64;
/// Rows that are made to be measured at most, from the same noise every time; of the rows that they are compared with twice as many count.
const MEASURED: usize = 256;
/// Differences of single numbers that the made rows may take among themselves: of wide rows fewer are made.
const DIFFERENCES: usize = 1 << 24;
/// As many are made of any.
const FEWEST: usize = 16;
/// Made rows that are drawn, and those of them that have an arrow.
const DRAWN: usize = 128;
const ARROWS: usize = 48;
/// How long an arrow is on average, in the features' own units, and how many times that at most.
const AVERAGE: f32 = 0.25;
const LONGEST: f32 = 3.0;

/// Who moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "GanTurn")]
enum Turn {
    Generator,
    Discriminator,
}

/// What was seen at the players' last moves; not a number before the first.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Seen {
    generator_loss: f64,
    discriminator_loss: f64,
    /// The mean of D's answers to the batch of rows, and to that of made ones.
    real: f64,
    made: f64,
}

/// All that changes while training; a snapshot is exactly this.
#[derive(Clone, Serialize, Deserialize)]
struct State {
    /// Those of the generator, then those of the discriminator.
    #[serde(with = "numbers")]
    parameters: Vec<f32>,
    #[serde(with = "numbers")]
    running: Vec<f32>,
    generator: Progress,
    discriminator: Progress,
    #[serde(with = "numbers")]
    order: Vec<u32>,
    position: usize,
    /// Updates of the discriminator since the generator's last.
    judged: usize,
    last: Option<Turn>,
    seen: Seen,
    shuffle: Stream,
    noise: Stream,
    dropout: Stream,
}

/// Two networks in training.
pub struct Duel {
    settings: Gan,
    features: usize,
    batch: usize,
    lanes: usize,
    generator: Side,
    discriminator: Side,
    state: State,
    gradient: Vec<f32>,
    /// The discriminator's gradient on made rows, and that which nobody follows.
    second: Vec<f32>,
    /// The noise from which rows are made to be measured, `[rows][noise]`.
    fixed: Vec<f32>,
    /// What passes that change nothing work in.
    making: RefCell<Buffers>,
    judging: RefCell<Buffers>,
}

impl Duel {
    /// Fresh weights from the streams `generator` and `discriminator`, so that neither changes where the other is another network.
    pub fn new(settings: Gan, problem: &Problem) -> Self {
        let features = problem.features.len();
        let batch = settings.batch(problem);
        let lanes = padded(batch);
        let (outlined, judge) = settings.outlines(problem);
        let mut stream = random::stream(problem.seed, "generator");
        let Start { side: generator, progress, mut parameters, mut running } =
            Side::start(&settings.generator, outlined, lanes, &mut stream, "generator", (0, 0));
        let mut stream = random::stream(problem.seed, "discriminator");
        let at = (parameters.len(), running.len());
        let second = Side::start(&settings.discriminator, judge, lanes, &mut stream, "discriminator", at);
        parameters.extend(second.parameters);
        running.extend(second.running);
        let discriminator = second.side;
        let mut stream = random::stream(problem.seed, "samples");
        let fixed = (0..MEASURED * settings.noise).map(|_| random::normal(&mut stream)).collect();
        let unseen = Seen { generator_loss: f64::NAN, discriminator_loss: f64::NAN, real: f64::NAN, made: f64::NAN };
        Duel {
            features,
            batch,
            lanes,
            fixed,
            making: RefCell::new(generator.stack.buffers(CHUNK)),
            judging: RefCell::new(discriminator.stack.buffers(CHUNK)),
            gradient: vec![0.0; parameters.len()],
            second: vec![0.0; discriminator.own.len()],
            generator,
            discriminator,
            state: State {
                parameters,
                running,
                generator: progress,
                discriminator: second.progress,
                order: (0..problem.train_rows as u32).collect(),
                position: 0,
                judged: 0,
                last: None,
                seen: unseen,
                shuffle: random::stream(problem.seed, "shuffle"),
                noise: random::stream(problem.seed, "noise"),
                dropout: random::stream(problem.seed, "dropout"),
            },
            settings,
        }
    }

    fn goal(&self) -> Goal {
        self.settings.loss
    }

    /// Rows that the generator makes of noise `[rows][noise]` in training: its buffers then hold the pass.
    fn make(&mut self, noise: &[f32]) {
        let (width, side) = (self.settings.noise, &mut self.generator);
        let rows = noise.len() / width;
        let order: Vec<u32> = (0..rows as u32).collect();
        matrix::gather(noise, width, &order, &mut side.buffers.activations[0], self.lanes);
        side.buffers.rows = rows;
        let running = &mut self.state.running[side.running.clone()];
        let mode = Mode::Train { running, noise: &mut self.state.dropout };
        side.stack.forward(&self.state.parameters[side.own.clone()], &mut side.buffers, mode);
    }

    /// The discriminator's pass in training over rows that are in its buffers; each raw answer to what is lost by it and its slope. Returns the mean
    /// loss and the mean answer. The last delta then holds the gradient of that mean.
    fn judge(&mut self, rows: usize, lost: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
        let goal = self.goal();
        let side = &mut self.discriminator;
        side.buffers.rows = rows;
        let running = &mut self.state.running[side.running.clone()];
        let mode = Mode::Train { running, noise: &mut self.state.dropout };
        side.stack.forward(&self.state.parameters[side.own.clone()], &mut side.buffers, mode);
        let raw = side.buffers.activations.last().expect("an output");
        let delta = side.gradients.deltas.last_mut().expect("an output");
        delta.fill(0.0);
        let (mut sum, mut answers) = (0.0, 0.0);
        for (delta, &raw) in delta.iter_mut().zip(raw).take(rows) {
            let (loss, slope) = lost(f64::from(raw));
            *delta = (slope / rows as f64) as f32;
            sum += loss;
            answers += goal.answer(f64::from(raw));
        }
        (sum / rows as f64, answers / rows as f64)
    }

    /// One update of the discriminator on rows `[rows][features]`, of which `order` are the batch, and on as many made of `noise` `[rows][noise]`. Its
    /// loss is the sum of the mean losses of both halves.
    pub fn update_discriminator(&mut self, real: &[f32], order: &[u32], noise: &[f32]) {
        let (goal, smoothing, rows) = (self.goal(), self.settings.smoothing, order.len());
        self.make(noise);
        matrix::gather(real, self.features, order, &mut self.discriminator.buffers.activations[0], self.lanes);
        let (first, real) = self.judge(rows, |raw| goal.real(raw, 1.0 - smoothing));
        let own = self.discriminator.own.clone();
        {
            let side = &mut self.discriminator;
            let parameters = &self.state.parameters[own.clone()];
            side.stack.backward(parameters, &side.buffers, &mut side.gradients, &mut self.gradient[own.clone()]);
        }
        let made = self.generator.buffers.activations.last().expect("an output");
        self.discriminator.buffers.activations[0].copy_from_slice(made);
        let (second, made) = self.judge(rows, |raw| goal.made(raw));
        let side = &mut self.discriminator;
        side.stack.backward(&self.state.parameters[own.clone()], &side.buffers, &mut side.gradients, &mut self.second);
        self.gradient[own.clone()].iter_mut().zip(&self.second).for_each(|(sum, slope)| *sum += slope);
        let rate = side.trainer.rate(&self.state.discriminator);
        let (parameters, gradient) = (&mut self.state.parameters[own.clone()], &mut self.gradient[own]);
        side.trainer.step(&side.stack, rate, parameters, gradient, &mut self.state.discriminator);
        self.state.seen = Seen { discriminator_loss: first + second, real, made, ..self.state.seen };
    }

    /// One update of the generator on rows that it makes of `noise` `[rows][noise]`.
    pub fn update_generator(&mut self, noise: &[f32]) {
        let (goal, rows) = (self.goal(), noise.len() / self.settings.noise);
        self.make(noise);
        let made = self.generator.buffers.activations.last().expect("an output");
        self.discriminator.buffers.activations[0].copy_from_slice(made);
        let (loss, _) = self.judge(rows, |raw| goal.generator(raw));
        let (side, judge) = (&mut self.generator, &mut self.discriminator);
        judge.stack.backward(&self.state.parameters[judge.own.clone()], &judge.buffers, &mut judge.gradients, &mut self.second);
        side.gradients.deltas.last_mut().expect("an output").copy_from_slice(&judge.gradients.deltas[0]);
        let own = side.own.clone();
        let gradient = &mut self.gradient[own.clone()];
        side.stack.backward(&self.state.parameters[own.clone()], &side.buffers, &mut side.gradients, gradient);
        let rate = side.trainer.rate(&self.state.generator);
        side.trainer.step(&side.stack, rate, &mut self.state.parameters[own], gradient, &mut self.state.generator);
        self.state.seen.generator_loss = loss;
    }

    /// New noise for so many rows.
    fn draw(&mut self, rows: usize) -> Vec<f32> {
        (0..rows * self.settings.noise).map(|_| random::normal(&mut self.state.noise)).collect()
    }

    fn turn(&self) -> Turn {
        if self.state.judged < self.settings.discriminator_steps { Turn::Discriminator } else { Turn::Generator }
    }

    /// Rows made of noise `[rows][noise]` with these weights of the generator, `[rows][features]`; nothing is learned.
    fn made(&self, weights: &[f32], noise: &[f32]) -> Vec<f32> {
        let (width, side) = (self.settings.noise, &self.generator);
        let running = &self.state.running[side.running.clone()];
        let mut out = vec![0.0; noise.len() / width * self.features];
        pass(side, weights, running, noise, width, &mut self.making.borrow_mut(), |start, rows, raw| {
            for (row, to) in out[start * self.features..].chunks_exact_mut(self.features).take(rows).enumerate() {
                to.iter_mut().enumerate().for_each(|(feature, to)| *to = raw[feature * CHUNK + row]);
            }
        });
        out
    }

    /// ∂L_G/∂x of each of these rows `[rows][features]`: where the generator would rather have them.
    fn slopes(&self, rows: &[f32]) -> Vec<f32> {
        let side = &self.discriminator;
        let (mut buffers, mut gradients) = (side.stack.buffers(CHUNK), side.stack.gradients_to_inputs(CHUNK));
        let (parameters, running) = (&self.state.parameters[side.own.clone()], &self.state.running[side.running.clone()]);
        let mut unused = vec![0.0; parameters.len()];
        let mut slopes = vec![0.0; rows.len()];
        let width = self.features.max(1);
        for (rows, to) in rows.chunks(CHUNK * width).zip(slopes.chunks_mut(CHUNK * width)) {
            let order: Vec<u32> = (0..(rows.len() / width) as u32).collect();
            matrix::gather(rows, width, &order, &mut buffers.activations[0], CHUNK);
            buffers.rows = order.len();
            side.stack.forward(parameters, &mut buffers, Mode::Explain { running });
            let raw = buffers.activations.last().expect("an output");
            let delta = gradients.deltas.last_mut().expect("an output");
            delta.fill(0.0);
            delta.iter_mut().zip(raw).take(order.len()).for_each(|(delta, &raw)| *delta = self.goal().generator(f64::from(raw)).1 as f32);
            side.stack.backward(parameters, &buffers, &mut gradients, &mut unused);
            for (row, to) in to.chunks_exact_mut(width).enumerate() {
                to.iter_mut().enumerate().for_each(|(feature, to)| *to = gradients.deltas[0][feature * CHUNK + row]);
            }
        }
        slopes
    }

    fn judged(&self, weights: &[f32], inputs: ArrayView2<f32>, out: &mut [f32]) {
        let (side, goal) = (&self.discriminator, self.goal());
        let standard = inputs.as_standard_layout();
        let (rows, running) = (standard.as_slice().expect("standard layout"), &self.state.running[side.running.clone()]);
        pass(side, weights, running, rows, self.features, &mut self.judging.borrow_mut(), |start, rows, raw| {
            for (to, &raw) in out[2 * start..].chunks_exact_mut(2).zip(&raw[..rows]) {
                let real = goal.answer(f64::from(raw)) as f32;
                (to[0], to[1]) = (1.0 - real, real);
            }
        });
    }

    /// Replaces all weights: those of the generator, then those of the discriminator.
    pub fn set_weights(&mut self, weights: &[f32]) {
        self.state.parameters.copy_from_slice(weights);
    }

    fn sides(&self) -> [&Side; 2] {
        [&self.generator, &self.discriminator]
    }
}

/// All rows `[rows][width]` through a network, a chunk at a time; `visit` gets the first row, the number of rows, and `[outputs][CHUNK]`.
fn pass(
    side: &Side,
    weights: &[f32],
    running: &[f32],
    rows: &[f32],
    width: usize,
    buffers: &mut Buffers,
    mut visit: impl FnMut(usize, usize, &[f32]),
) {
    for (at, part) in rows.chunks(CHUNK * width.max(1)).enumerate() {
        let count = part.len() / width.max(1);
        let order: [u32; CHUNK] = std::array::from_fn(|lane| lane as u32);
        matrix::gather(part, width, &order[..count], &mut buffers.activations[0], CHUNK);
        buffers.rows = count;
        side.stack.forward(weights, buffers, Mode::Predict { running });
        visit(at * CHUNK, count, buffers.activations.last().expect("an output"));
    }
}

impl Learner for Duel {
    /// One move: of the discriminator on a batch of rows and as many made ones, or of the generator.
    fn tick(&mut self, train: Rows) -> Tick {
        let turn = self.turn();
        self.state.last = Some(turn);
        if turn == Turn::Generator {
            let noise = self.draw(self.batch);
            self.update_generator(&noise);
            self.state.judged = 0;
            return Tick { rows: 0, gradients: 1, boundary: false, finished: false };
        }
        if self.state.position == 0 && self.batch < self.state.order.len() {
            random::shuffle(&mut self.state.shuffle, &mut self.state.order);
        }
        let start = self.state.position;
        let end = (start + self.batch).min(self.state.order.len());
        let rows = self.state.order[start..end].to_vec();
        let noise = self.draw(rows.len());
        self.update_discriminator(train.inputs.as_slice().expect("standard layout"), &rows, &noise);
        self.state.judged += 1;
        let boundary = end == self.state.order.len();
        self.state.position = if boundary { 0 } else { end };
        Tick { rows: rows.len(), gradients: 1, boundary, finished: false }
    }

    fn has_epochs(&self) -> bool {
        true
    }

    fn answer(&self) -> Answer {
        Answer::Samples
    }

    /// What the discriminator takes each row for.
    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]) {
        self.judged(&self.state.parameters[self.discriminator.own.clone()], inputs, out);
    }

    /// The energy distance of made rows to these, of which a few hundred are compared, evenly spaced.
    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64 {
        self.evaluate_at(&self.state.parameters, rows, out)
    }

    fn series(&self) -> Vec<f64> {
        let Seen { generator_loss, discriminator_loss, real, made } = self.state.seen;
        let rates = [self.generator.trainer.rate(&self.state.generator), self.discriminator.trainer.rate(&self.state.discriminator)];
        vec![generator_loss, discriminator_loss, real, made, rates[0], rates[1]]
    }

    fn suspicious(&self) -> bool {
        self.sides().iter().any(|side| self.state.parameters[side.own.clone()].last().is_some_and(|value| !value.is_finite()))
    }

    fn non_finite(&self) -> Option<String> {
        let State { parameters, running, .. } = &self.state;
        if elementary::all_finite(parameters) && elementary::all_finite(running) {
            return None;
        }
        self.tensors().into_iter().find(|tensor| !elementary::all_finite(&tensor.values)).map(|tensor| tensor.name)
    }

    fn view(&self, _: usize) -> View {
        let made = self.made(&self.state.parameters[self.generator.own.clone()], &self.fixed[..DRAWN * self.settings.noise]);
        let width = self.features;
        let pulled = &made[..ARROWS * width];
        let slopes = self.slopes(pulled);
        let length = |slope: &[f32]| libm::sqrtf(slope.iter().map(|value| value * value).sum());
        let average = slopes.chunks_exact(width).map(length).sum::<f32>() / ARROWS as f32;
        let arrow = |(at, slope): (&[f32], &[f32])| {
            let scale = AVERAGE / average * (LONGEST * average / length(slope)).min(1.0);
            Mark {
                form: Form::Arrow,
                at: Place::Features(at.to_vec()),
                to: Some(Place::Features(at.iter().zip(slope).map(|(at, slope)| at - slope * scale).collect())),
                strength: 0.5,
                class: None,
            }
        };
        let arrows = pulled.chunks_exact(width).zip(slopes.chunks_exact(width)).filter(|(_, slope)| length(slope) > 0.0).map(arrow);
        let sample = |at: &[f32]| Mark { form: Form::Sample, at: Place::Features(at.to_vec()), to: None, strength: 1.0, class: None };
        let marks = arrows.chain(made.chunks_exact(width).map(sample)).collect();
        let player = |side: &Side| Drawn {
            units: side.stack.modules().iter().map(|module| module.output().units()).collect(),
            inputs: side.stack.input().units(),
            parameters: side.own.len(),
        };
        let Seen { generator_loss, discriminator_loss, real, made } = self.state.seen;
        let data = Game {
            generator: player(&self.generator),
            discriminator: player(&self.discriminator),
            last: self.state.last,
            next: self.turn(),
            generator_loss,
            discriminator_loss,
            real,
            made,
        };
        View { marks, ..View::of("gan", data) }
    }

    fn parameters(&self) -> usize {
        self.state.parameters.len()
    }

    fn snapshot(&self, into: &mut Snapshot) {
        into.store(&self.state);
    }

    fn restore(&mut self, from: &Snapshot) -> Result<(), String> {
        let state: State = from.load()?;
        let sizes = |state: &State| [state.parameters.len(), state.running.len(), state.order.len()];
        let fits = sizes(&state) == sizes(&self.state)
            && state.generator.is_like(&self.state.generator, self.generator.own.len())
            && state.discriminator.is_like(&self.state.discriminator, self.discriminator.own.len());
        if !fits {
            return Err("the snapshot belongs to networks of another shape".into());
        }
        self.state = state;
        self.generator.trainer.regroup(&self.generator.stack, &self.state.generator);
        self.discriminator.trainer.regroup(&self.discriminator.stack, &self.state.discriminator);
        Ok(())
    }

    fn apply_live(&mut self, settings: &dyn Family) -> bool {
        let Some(new) = (settings as &dyn Any).downcast_ref::<Gan>() else { return false };
        let live = self.settings.with_live(new);
        let State { parameters, generator, discriminator, .. } = &mut self.state;
        let can = |side: &Side, new: &Player, progress: &Progress| {
            side.trainer.can_take(&new.recipe(), &side.stack, &parameters[side.own.clone()], progress)
        };
        if live != *new || !can(&self.generator, &new.generator, generator) || !can(&self.discriminator, &new.discriminator, discriminator)
        {
            return false;
        }
        self.generator.trainer.take(new.generator.recipe(), &self.generator.stack, generator);
        self.discriminator.trainer.take(new.discriminator.recipe(), &self.discriminator.stack, discriminator);
        self.settings = live;
        true
    }

    fn weighted(&self) -> Option<&dyn Weighted> {
        Some(self)
    }

    fn weighted_mut(&mut self) -> Option<&mut dyn Weighted> {
        Some(self)
    }

    fn sensitive(&self) -> Option<&dyn Sensitive> {
        Some(self)
    }

    fn sampling(&self) -> Option<&dyn Sampling> {
        Some(self)
    }
}

impl Sensitive for Duel {
    fn input_gradients(&self, rows: Rows, out: &mut [f32]) {
        let standard = rows.inputs.as_standard_layout();
        out.copy_from_slice(&self.slopes(standard.as_slice().expect("standard layout")));
    }
}

impl Sampling for Duel {
    fn sample(&self, count: usize, draw: u32) -> Vec<f32> {
        let mut stream = random::stream(draw, "made");
        let noise: Vec<f32> = (0..count * self.settings.noise).map(|_| random::normal(&mut stream)).collect();
        self.made(&self.state.parameters[self.generator.own.clone()], &noise)
    }
}

impl Weighted for Duel {
    fn flat(&self) -> Flat<'_> {
        let weights = self.sides().into_iter().flat_map(Side::places).filter(|(_, place, _)| place.parameter.is_weight());
        let filters = weights.flat_map(|(_, place, range)| {
            let length = range.len() / place.parameter.shape[0];
            range.step_by(length).map(move |start| start..start + length)
        });
        Flat { values: &self.state.parameters, filters: filters.collect() }
    }

    fn evaluate_at(&self, weights: &[f32], rows: Rows, out: &mut [f32]) -> f64 {
        self.judged(&weights[self.discriminator.own.clone()], rows.inputs, out);
        let count = (DIFFERENCES / self.features.max(1)).isqrt().clamp(FEWEST, MEASURED);
        let made = self.made(&weights[self.generator.own.clone()], &self.fixed[..count * self.settings.noise]);
        let compared = rows.inputs.select(Axis(0), &evenly(rows.inputs.nrows(), 2 * count));
        energy::distance(&made, compared.as_slice().expect("standard layout"), self.features)
    }

    fn norms(&self) -> Norms {
        let norm = |values: &[f32]| libm::sqrt(values.iter().map(|&value| f64::from(value) * f64::from(value)).sum());
        let gradient = if self.state.last.is_none() { f64::NAN } else { norm(&self.gradient) };
        Norms { gradient, weights: norm(&self.state.parameters) }
    }

    fn tensors(&self) -> Vec<Tensor> {
        let learned = |side: &Side| -> Vec<Tensor> {
            let tensor = |name: String, shape: &[usize], values: &[f32]| Tensor { name, shape: shape.to_vec(), values: values.to_vec() };
            let weights = side.places().map(|(name, place, range)| tensor(name, &place.parameter.shape, &self.state.parameters[range]));
            let own = &self.state.running[side.running.clone()];
            let running = side.stack.running().iter();
            let running =
                running.map(|place| tensor(format!("{}.{}", side.name, place.name), &place.parameter.shape, &own[place.range.clone()]));
            weights.chain(running).collect()
        };
        self.sides().into_iter().flat_map(learned).collect()
    }

    fn set(&mut self, name: &str, index: usize, value: f32) -> Result<(), Message> {
        let places: Vec<_> = self.sides().into_iter().flat_map(Side::places).map(|(name, _, range)| (name, range)).collect();
        let Some((_, range)) = places.iter().find(|(own, _)| own == name) else {
            let names = Message::list(places.iter().map(|(name, _)| name));
            return Err(message!("no tensor {name:?}, must be one of {names}", "没有张量 {name:?}，必须是 {names} 之一"; names));
        };
        let length = range.len();
        if index >= length {
            return Err(message!(
                "the index into {name} must be below {length}, got {index}",
                "{name} 的下标必须小于 {length}，实际为 {index}"
            ));
        }
        if !value.is_finite() {
            return Err(message!("{name}[{index}] must be a finite number, got {value}", "{name}[{index}] 必须是有限数，实际为 {value}"));
        }
        let at = range.start + index;
        self.state.parameters[at] = value;
        Ok(())
    }
}

/// A player as the page draws it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GanPlayer")]
struct Drawn {
    inputs: usize,
    /// What leaves each layer, the output's last.
    units: Vec<usize>,
    parameters: usize,
}

/// What the page draws.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GanView")]
struct Game {
    generator: Drawn,
    discriminator: Drawn,
    last: Option<Turn>,
    next: Turn,
    generator_loss: f64,
    discriminator_loss: f64,
    real: f64,
    made: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Task;
    use ndarray::Array2;

    fn game(document: &str, rows: &Array2<f32>) -> Duel {
        let names = (0..rows.ncols()).map(|at| at.to_string()).collect();
        let settings: Gan = serde_json::from_str(document).expect("settings");
        let problem = Problem::flat(names, Task::Clustering, rows.nrows(), 3);
        assert_eq!(settings.check(&problem), Vec::new());
        Duel::new(settings, &problem)
    }

    fn ring() -> Array2<f32> {
        Array2::from_shape_fn((150, 2), |(row, column)| {
            let angle = row as f32 * 0.7;
            2.0 * if column == 0 { angle.cos() } else { angle.sin() }
        })
    }

    #[test]
    fn arrows_follow_the_slope_of_what_the_generator_loses_by_a_row() {
        let rows = ring();
        let tanh = r#"[{"dense": {"units": 7, "activation": {"tanh": {}}}}, {"dense": {"units": 5, "activation": {"tanh": {}}}}]"#;
        for goal in ["non_saturating", "minimax", "least_squares"] {
            let mut game = game(&format!(r#"{{"loss": "{goal}", "discriminator": {{"layers": {tanh}}}}}"#), &rows);
            let targets = vec![0.0; rows.nrows()];
            (0..40).for_each(|_| {
                game.tick(Rows::new(rows.view(), &targets));
            });
            let chosen: Vec<f32> = rows.iter().take(12).copied().collect();
            let slopes = game.slopes(&chosen);
            let lost = |at: &[f32]| -> f64 {
                let side = &game.discriminator;
                let mut sum = 0.0;
                let mut buffers = side.stack.buffers(CHUNK);
                pass(side, &game.state.parameters[side.own.clone()], &[], at, 2, &mut buffers, |_, rows, raw| {
                    sum += raw[..rows].iter().map(|&raw| game.goal().generator(f64::from(raw)).0).sum::<f64>();
                });
                sum
            };
            for at in 0..chosen.len() {
                let h = 3e-3_f32;
                let moved = |shift: f32| {
                    let mut moved = chosen.clone();
                    moved[at] += shift;
                    lost(&moved)
                };
                let numeric = (moved(h) - moved(-h)) / (2.0 * f64::from(h));
                assert!((numeric - f64::from(slopes[at])).abs() < 1e-3 * (1.0 + numeric.abs()), "{goal}, {at}: {numeric} {}", slopes[at]);
            }
        }
    }

    #[test]
    fn the_generator_comes_close_to_a_ring_that_it_never_saw() {
        let rows = ring();
        let targets = vec![0.0; rows.nrows()];
        let mut game = game("{}", &rows);
        let mut out = vec![0.0; 2 * rows.nrows()];
        let before = game.evaluate(Rows::new(rows.view(), &targets), &mut out);
        let moves: Vec<Tick> = (0..3000).map(|_| game.tick(Rows::new(rows.view(), &targets))).collect();
        let after = game.evaluate(Rows::new(rows.view(), &targets), &mut out);
        assert!(before > 0.4 && after < 0.1, "{before} {after}");
        // In turn; an epoch is three batches of the 150 rows.
        assert_eq!(moves[..6].iter().map(|tick| tick.rows).collect::<Vec<_>>(), [64, 0, 64, 0, 22, 0]);
        assert_eq!(moves.iter().position(|tick| tick.boundary), Some(4));
        // The ring has a hole, which samples leave free for the most part.
        let made = game.sample(400, 7);
        let inside = made.chunks(2).filter(|at| at[0] * at[0] + at[1] * at[1] < 1.0).count();
        assert!(inside < 100, "{inside} of 400");
        assert_eq!(made, game.sample(400, 7));
        assert_ne!(made, game.sample(400, 8));
    }

    #[test]
    fn whoever_moves_leaves_the_other_as_it_is() {
        let rows = ring();
        let targets = vec![0.0; rows.nrows()];
        let mut game = game(r#"{"discriminator_steps": 2}"#, &rows);
        for turn in 0..9 {
            let before = game.state.parameters.clone();
            game.tick(Rows::new(rows.view(), &targets));
            let same = |side: &Side| before[side.own.clone()] == game.state.parameters[side.own.clone()];
            assert_eq!([same(&game.generator), same(&game.discriminator)], [turn % 3 != 2, turn % 3 == 2], "turn {turn}");
        }
    }
}
