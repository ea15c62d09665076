//! Learners: everything that turns rows into predictions, behind one trait that the page can animate.

pub mod class_weights;
pub mod inside;

use crate::config::{Issue, Message};
use crate::data::{Shape, Task};
use crate::metric::Watch;
use crate::{message, registry};
use inside::{Costs, Diagnosis, Plan, Seen, Time};
use ndarray::{ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

/// Rows ready for a learner: `inputs` `[rows, features]` in row-major order, `targets[row]` a class index or a value.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub inputs: ArrayView2<'a, f32>,
    pub targets: &'a [f32],
    /// Where rows were mixed of two: what they are besides their `targets`. Only for learners whose [`Family::mixes`] says so.
    pub mixed: Option<Mixed<'a>>,
}

impl<'a> Rows<'a> {
    /// Rows of one target each.
    pub fn new(inputs: ArrayView2<'a, f32>, targets: &'a [f32]) -> Self {
        Rows { inputs, targets, mixed: None }
    }
}

/// Second targets, one a row, and what the first ones count: a row of share λ has the loss λ ℓ(first) + (1 − λ) ℓ(second).
#[derive(Clone, Copy)]
pub struct Mixed<'a> {
    pub targets: &'a [f32],
    pub shares: &'a [f32],
}

/// What a learner is built for.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Features a row has after preparation; their names.
    pub features: Vec<String>,
    /// What such a row is.
    pub shape: Shape,
    pub task: Task,
    /// Training rows of an epoch: those of the training part, and what augmentation adds to them.
    pub train_rows: usize,
    /// How many of them are of each class; empty for numbers.
    pub class_rows: Vec<usize>,
    pub seed: u32,
    /// The files that [`Family::files`] named, where they could be read.
    pub files: Given,
}

impl Problem {
    /// Rows without a shape, as many of each class as of any other.
    pub fn flat(features: Vec<String>, task: Task, train_rows: usize, seed: u32) -> Self {
        let class_rows = match &task {
            Task::Classification(classes) => vec![train_rows / classes.len(); classes.len()],
            Task::Regression => Vec::new(),
        };
        Problem { shape: Shape::Flat { units: features.len() }, features, task, train_rows, class_rows, seed, files: Given::default() }
    }
}

/// Files as they were when a run began: it can begin again without them.
#[derive(Clone, Default)]
pub struct Given(BTreeMap<String, Rc<[u8]>>);

impl Given {
    /// Keeps a file under its name.
    pub fn keep(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.into(), bytes.into());
    }

    /// The bytes of a file that was kept.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(|bytes| &**bytes)
    }
}

/// Names and sizes.
impl fmt::Debug for Given {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.0.iter().map(|(name, bytes)| (name, bytes.len()))).finish()
    }
}

/// One visible unit of work that was done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Rows touched: the batch of an update, the rows of the node that was split.
    pub rows: usize,
    /// Gradients that were computed for it: one in most updates, more where a step is searched for, none for a tree.
    pub gradients: usize,
    /// True at a natural point to evaluate: the end of an epoch, a split of a tree.
    pub boundary: bool,
    /// True when there is nothing more to do (a tree that cannot be split). A net never finishes by itself.
    pub finished: bool,
}

/// Learned state as bytes: restores into a *fresh* learner of the same configuration, which then trains on identically.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot(pub Vec<u8>);

impl Snapshot {
    /// Serialises a learner's state, reusing the buffer.
    pub fn store<S: Serialize>(&mut self, state: &S) {
        self.0.clear();
        let bytes = std::mem::take(&mut self.0);
        self.0 = postcard::to_extend(state, bytes).expect("states are plain data");
    }

    /// Reads a state back. Errors name what does not fit.
    pub fn load<'de, S: Deserialize<'de>>(&'de self) -> Result<S, String> {
        postcard::from_bytes(&self.0).map_err(|error| format!("the snapshot does not belong to this learner ({error})"))
    }
}

/// `#[serde(with = "numbers")]`: a vector of plain numbers as one run of little-endian bytes. One by one, they took longer to store
/// than a small network's epoch to train, and every best model is stored.
pub mod numbers {
    use bytemuck::Pod;
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};
    use std::fmt;
    use std::marker::PhantomData;

    /// The bytes of `values`. Every target that we build for is little-endian.
    pub fn serialize<T: Pod, S: Serializer>(values: &[T], to: S) -> Result<S::Ok, S::Error> {
        const { assert!(cfg!(target_endian = "little")) };
        to.serialize_bytes(bytemuck::cast_slice(values))
    }

    /// The numbers again; an error where the bytes are no whole number of them.
    pub fn deserialize<'de, T: Pod, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
        struct Bytes<T>(PhantomData<T>);
        impl<T: Pod> Visitor<'_> for Bytes<T> {
            type Value = Vec<T>;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                write!(out, "numbers of {} bytes", size_of::<T>())
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
                if !bytes.len().is_multiple_of(size_of::<T>()) {
                    return Err(E::invalid_length(bytes.len(), &self));
                }
                Ok(bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned).collect())
            }
        }
        from.deserialize_bytes(Bytes(PhantomData))
    }
}

/// Sizes of what training moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norms {
    /// ‖∂L/∂θ‖₂ of the last update's batch, penalties included, before it was clipped; NaN before the first.
    pub gradient: f64,
    /// ‖θ‖₂ of the weights with which the model answers, biases included.
    pub weights: f64,
}

/// The weights with which a learner answers, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Flat<'a> {
    pub values: &'a [f32],
    /// What of them belongs to one unit's or filter's weights each; biases, scales and shifts belong to none.
    pub filters: Vec<Range<usize>>,
}

/// A named tensor in PyTorch's layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// What a learner shows of itself: a small closed set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum View {
    /// A network: `layers[0]` is the inputs.
    Layers { layers: Vec<LayerView> },
    /// A tree: `nodes[0]` is the root.
    Tree { nodes: Vec<NodeView> },
}

/// One layer of units as drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LayerView {
    /// `inputs`, the layer's tag (`dense`), or `output`.
    pub name: String,
    /// What leaves it, and how many numbers that is.
    pub shape: Shape,
    pub units: usize,
    /// The first ones, which are drawn.
    pub shown: usize,
    pub activation: String,
    /// `[shown, shown of the layer before]`, row-major, where every unit sees every unit; else empty.
    pub weights: Vec<f32>,
    /// One a shown unit, where there are `weights`.
    pub biases: Vec<f32>,
    /// The layer's tensors among [`Learner::tensors`]: where there are `weights`, those first and the biases behind them.
    pub tensors: Vec<String>,
    /// Learned numbers.
    pub parameters: usize,
    /// Multiplications with additions that one row costs forward.
    pub multiply_adds: u64,
    /// Where there are `weights`, units of the layer before: a row of the weight tensor is so long. Else 0.
    pub fan_in: usize,
    /// Largest absolute weight of the whole layer.
    pub largest: f32,
    /// The layers within it: a residual block's.
    pub inside: Vec<LayerView>,
}

impl LayerView {
    /// A layer of which only the shape is known.
    pub fn of(shape: Shape) -> Self {
        LayerView {
            name: String::new(),
            shape,
            units: shape.units(),
            shown: 0,
            activation: String::new(),
            weights: Vec::new(),
            biases: Vec::new(),
            tensors: Vec::new(),
            parameters: 0,
            multiply_adds: 0,
            fan_in: 0,
            largest: 0.0,
            inside: Vec::new(),
        }
    }
}

/// One node of a tree as drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeView {
    pub depth: usize,
    /// Training rows that reach it.
    pub rows: usize,
    pub impurity: f32,
    /// Class probabilities, or the mean target.
    pub value: Vec<f32>,
    /// None for a leaf.
    pub split: Option<SplitView>,
}

/// The question an inner node asks: rows with `feature ≤ threshold` go left.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SplitView {
    pub feature: usize,
    /// Halfway between two 32-bit values, where no 32-bit number may lie.
    pub threshold: f64,
    pub left: usize,
    pub right: usize,
}

/// A learner in training. Loops that others write as recursion keep their state in the struct, so that they can pause.
pub trait Learner {
    /// One visible unit of work on the training rows (the same rows every time, but for augmentation).
    fn tick(&mut self, train: Rows) -> Tick;

    /// Whether it goes over the rows again and again, an epoch at a time. The rows of one that takes them once are augmented once.
    fn has_epochs(&self) -> bool {
        false
    }

    /// Fills `out` (`[rows, outputs]`, row-major) with class probabilities or values; changes nothing that was learned.
    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]);

    /// Like `predict`, and returns the learner's own mean loss per row without penalties (for a tree: log loss, squared error).
    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64;

    /// Its weights; none for learners without weights that can be moved a little.
    fn flat(&self) -> Option<Flat<'_>> {
        None
    }

    /// Like `evaluate` with other weights, as many as there are in `flat`; all else as it is. Only for learners that have some.
    fn evaluate_at(&self, _weights: &[f32], _rows: Rows, _out: &mut [f32]) -> f64 {
        unreachable!("this learner has no weights")
    }

    /// The learning rate of the next tick, where there is one.
    fn learning_rate(&self) -> Option<f64> {
        None
    }

    /// Updates that its schedule has counted: fewer than the run's where a checkpoint was put back; none without a rate.
    fn scheduled(&self) -> Option<u64> {
        None
    }

    /// Told of each evaluation after the first update: what was measured on the validation rows (the training rows where none were held
    /// out), the loss first. What it does to the rate is in [`Learner::learning_rate`] at once.
    fn observe(&mut self, _measured: &[(&str, f64)]) {}

    /// What its schedule listens to, where it has one that does.
    fn listens(&self) -> Option<Watch<'_>> {
        None
    }

    /// A cheap sign, looked at after every tick, that something is no longer finite.
    fn suspicious(&self) -> bool {
        false
    }

    /// The first tensor of which a number is not finite, if any. It looks at everything that was learned, at every evaluation.
    fn non_finite(&self) -> Option<String> {
        None
    }

    /// What the page draws; of wide layers the first `most` units.
    fn view(&self, most: usize) -> View;

    /// What every unit of `view(most)` makes of each row, `[shown units over all layers][rows]`; empty for learners without units.
    fn units(&self, _inputs: ArrayView2<f32>, _most: usize, out: &mut Vec<f32>) {
        out.clear();
    }

    /// What unit `unit` of layer `layer` of `view` makes of each row; false where there is none.
    fn unit(&self, _inputs: ArrayView2<f32>, _layer: usize, _unit: usize, out: &mut Vec<f32>) -> bool {
        out.clear();
        false
    }

    /// The node of `view` in which each row ends; empty for learners without nodes.
    fn leaves(&self, _inputs: ArrayView2<f32>, out: &mut Vec<u32>) {
        out.clear();
    }

    /// What every layer of `view` makes of one row, about `most` numbers of each; layer `close` with all of them and its tensors. Empty
    /// for learners without layers.
    fn inspect(&self, _row: ArrayView1<f32>, _most: usize, _close: Option<usize>) -> Vec<Seen> {
        Vec::new()
    }

    /// The state of every layer of `view` but the inputs, seen on these rows; empty for learners without layers.
    fn diagnose(&self, _inputs: ArrayView2<f32>) -> Vec<Diagnosis> {
        Vec::new()
    }

    /// How long layer `layer` of `view` takes for a batch of the training rows, by a clock in milliseconds; changes nothing that was
    /// learned. None where there is no such layer.
    fn profile(&self, _train: Rows, _layer: usize, _now: &mut dyn FnMut() -> f64) -> Option<Time> {
        None
    }

    /// What training takes, where that is known beforehand.
    fn costs(&self) -> Option<Costs> {
        None
    }

    /// Sizes of gradient and weights, where there are some.
    fn norms(&self) -> Option<Norms> {
        None
    }

    /// Sets one learned number: `index` into the row-major tensor `name` of `tensors`. Says what does not exist.
    fn set(&mut self, name: &str, _index: usize, _value: f32) -> Result<(), Message> {
        Err(message!("this model has no tensor {name:?}", "此模型没有张量 {name:?}"))
    }

    /// Number of learned numbers.
    fn parameters(&self) -> usize;

    /// Writes the learned state and whatever training on identically needs.
    fn snapshot(&self, into: &mut Snapshot);

    /// Puts a snapshot of a learner of the same configuration back.
    fn restore(&mut self, from: &Snapshot) -> Result<(), String>;

    /// Takes over the live settings (learning rate, schedule, regularisation) of `settings`; false if it differs in more.
    fn apply_live(&mut self, settings: &Settings) -> bool;

    /// The learned tensors under PyTorch's names; empty for learners that have none.
    fn tensors(&self) -> Vec<Tensor> {
        Vec::new()
    }
}

/// A learning rate as it is planned, before anything is measured.
pub struct Rates<'a> {
    /// The rate of the update after so many finished ones.
    pub rate: Box<dyn Fn(u64) -> f64 + 'a>,
    /// As many updates as show what it does, where the settings say.
    pub span: Option<u64>,
    /// Whether what is measured moves the rate as well.
    pub listens: bool,
}

/// Settings of a family of learners.
pub trait Family {
    /// Files that the settings name: the path of the setting, and of the file.
    fn files(&self) -> Vec<(&str, &str)> {
        Vec::new()
    }

    /// Whether it can learn from rows of two classes at once (see [`Mixed`]); otherwise why not, to be read after its name.
    fn mixes(&self) -> Result<(), Message> {
        Err(message!("takes one class a sample", "每个样本只接受一个类别"))
    }

    /// Rules that one field alone cannot state. Paths are relative to the family's own settings.
    fn check(&self, problem: &Problem) -> Vec<Issue>;

    /// What the settings come to, layer by layer, whether they fit or not; none for learners without layers.
    fn plan(&self, _problem: &Problem) -> Option<Plan> {
        None
    }

    /// The learning rate as the settings plan it; none for learners without one.
    fn rates(&self) -> Option<Rates<'_>> {
        None
    }

    /// A fresh learner. Call `check` first: settings with issues may panic.
    fn build(&self, problem: &Problem) -> Box<dyn Learner>;
}

registry! {
    /// Model | 模型
    ///
    /// What learns. | 用什么模型来学习。
    pub enum Settings: Family = net {
        net::Net,
        tree::Tree,
    }
}
