//! `Shape`: how the numbers of a row, or of what a layer makes of it, belong together. They lie in this order in memory, slowest first, as PyTorch's.

use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// One row's shape. Sizes are at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Shape {
    /// Numbers in a row, in no particular order.
    Flat { units: usize },
    /// `[channels][height][width]`.
    Image { channels: usize, height: usize, width: usize },
    /// `[steps][features]`.
    Sequence { steps: usize, features: usize },
    /// `[steps]` whole numbers below `vocabulary`, each of which stands for something.
    Tokens { steps: usize, vocabulary: usize },
}

impl Shape {
    /// Numbers in all; of a shape that is more than any machine holds, as many as it counts to.
    pub fn units(&self) -> usize {
        match *self {
            Shape::Flat { units } => units,
            Shape::Image { channels, height, width } => channels.saturating_mul(height).saturating_mul(width),
            Shape::Sequence { steps, features } => steps.saturating_mul(features),
            Shape::Tokens { steps, .. } => steps,
        }
    }

    /// The same, exact also where a browser's own numbers end.
    pub fn numbers(&self) -> u64 {
        let [a, b, c] = match *self {
            Shape::Flat { units } => [units, 1, 1],
            Shape::Image { channels, height, width } => [channels, height, width],
            Shape::Sequence { steps, features } => [steps, features, 1],
            Shape::Tokens { steps, .. } => [steps, 1, 1],
        };
        (a as u64).saturating_mul(b as u64).saturating_mul(c as u64)
    }

    /// The same numbers without their order.
    pub fn flat(&self) -> Shape {
        Shape::Flat { units: self.units() }
    }
}

/// `16`, `8×14×14`, `32×1`: sizes alone, for people who know from the place what they are.
impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Flat { units } => write!(out, "{units}"),
            Shape::Image { channels, height, width } => write!(out, "{channels}×{height}×{width}"),
            Shape::Sequence { steps, features } => write!(out, "{steps}×{features}"),
            Shape::Tokens { steps, .. } => write!(out, "{steps}"),
        }
    }
}
