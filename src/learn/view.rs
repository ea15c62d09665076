//! What a learner shows of itself: a kind, for which the page has a drawing in a file of that name, the data that the drawing takes, and marks that are drawn
//! on the map, whatever the family.

use crate::data::Shape;
use schemars::JsonSchema;
#[cfg(not(target_arch = "wasm32"))]
use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

/// A drawing's kind and data, and what is drawn on the map besides.
pub struct View {
    /// The name of the page's drawing.
    pub kind: &'static str,
    pub data: Box<dyn erased_serde::Serialize>,
    pub marks: Vec<Mark>,
    /// Of which type the data is, for the page's types.
    #[cfg(not(target_arch = "wasm32"))]
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl View {
    /// A drawing without marks.
    pub fn of<T: Serialize + JsonSchema + 'static>(kind: &'static str, data: T) -> Self {
        View {
            kind,
            data: Box::new(data),
            marks: Vec::new(),
            #[cfg(not(target_arch = "wasm32"))]
            schema: SchemaGenerator::subschema_for::<T>,
        }
    }
}

/// Something that is drawn on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub form: Form,
    pub at: Place,
    /// Where an arrow ends.
    pub to: Option<Place>,
    /// How much it stands out, from 0 to 1.
    pub strength: f32,
    /// The class or cluster whose colour it has.
    pub class: Option<usize>,
}

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A ring around a row.
    Ring,
    /// The middle of something.
    Centre,
    /// A row that the learner made.
    Sample,
    /// From one place to another.
    Arrow,
}

/// Where a mark is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// At a row of the training part, by its place there.
    Row(usize),
    /// At these features, as the learner is given them.
    Features(Vec<f32>),
}

/// One layer of units as drawn.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
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
    /// The layer's tensors among [`super::Weighted::tensors`]: where there are `weights`, those first and the biases behind them.
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
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SplitView {
    pub feature: usize,
    /// Halfway between two 32-bit values, where no 32-bit number may lie.
    pub threshold: f64,
    pub left: usize,
    pub right: usize,
}
