//! What can be seen inside a model of layers: what each makes of one row, how its numbers are spread, what is wrong with it, what it costs.
//! Plain data; networks fill it in `net/inspect.rs`, and only what the page looks at is computed.

use super::Tensor;
use crate::config::Message;
use crate::data::Shape;
use schemars::JsonSchema;
use serde::Serialize;

/// What a layer makes of one row, or the first part of it where that is too much to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What `values` are: of an image whole channels, of a sequence every step with the first features, of flat rows the first units.
    pub shape: Shape,
    pub values: Vec<f32>,
    /// Largest absolute value of the whole output.
    pub largest: f32,
    pub attention: Option<Attention>,
    /// The layers within it: a residual block's.
    pub inside: Vec<Seen>,
    /// What it has learned, of the layer that is looked at closely; tensors are cut at whole entries of their first dimension.
    pub tensors: Vec<Tensor>,
}

/// Whom each step listens to: `[heads][steps][steps]`, the asking step before the asked one; each row adds up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Attention {
    pub heads: usize,
    pub steps: usize,
    pub values: Vec<f32>,
}

/// Bars of a histogram.
pub const BINS: usize = 40;

/// How numbers are spread. What is not finite is counted apart.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Distribution {
    /// Where the first bar begins and the last one ends: the smallest and the largest number.
    pub low: f32,
    pub high: f32,
    /// How many numbers are in each of [`BINS`] bars of the same width; all in the first where they are all the same.
    pub counts: Vec<u32>,
    pub mean: f64,
    /// √(Σx² / n).
    pub root_mean_square: f64,
    /// √Σx².
    pub norm: f64,
    /// Numbers that are not finite.
    pub broken: usize,
}

impl Distribution {
    /// None of no numbers.
    pub fn of(values: impl Iterator<Item = f32> + Clone) -> Option<Self> {
        let (mut low, mut high, mut sum, mut squares, mut count, mut broken) = (f32::INFINITY, f32::NEG_INFINITY, 0.0, 0.0, 0_usize, 0);
        for value in values.clone() {
            if value.is_finite() {
                (low, high) = (low.min(value), high.max(value));
                sum += f64::from(value);
                squares += f64::from(value) * f64::from(value);
                count += 1;
            } else {
                broken += 1;
            }
        }
        if count + broken == 0 {
            return None;
        }
        let mut counts = vec![0; BINS];
        if count == 0 {
            (low, high) = (0.0, 0.0);
        }
        let scale = if high > low { BINS as f64 / (f64::from(high) - f64::from(low)) } else { 0.0 };
        for value in values.filter(|value| value.is_finite()) {
            counts[(((f64::from(value) - f64::from(low)) * scale) as usize).min(BINS - 1)] += 1;
        }
        let share = 1.0 / count.max(1) as f64;
        Some(Distribution {
            low,
            high,
            counts,
            mean: sum * share,
            root_mean_square: libm::sqrt(squares * share),
            norm: libm::sqrt(squares),
            broken,
        })
    }
}

/// What can be wrong with a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Dead,
    Exploding,
    Vanishing,
}

/// A fault and what it means here, in words.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Verdict {
    pub fault: Fault,
    pub message: Message,
}

/// The state of a layer.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// Its weights, without biases; of a layer that has no weights all it has learned; none where nothing is learned.
    pub weights: Option<Distribution>,
    /// It sits updates out.
    pub frozen: bool,
    /// The last update's slope of the loss for the same numbers, penalties included; none before the first update, and where it is frozen.
    pub gradients: Option<Distribution>,
    /// What it makes of the rows that were looked at.
    pub activations: Option<Distribution>,
    /// Where it ends in ReLU: units that were never above 0 on those rows, and how many there are. An image's unit is a channel, a
    /// sequence's a feature.
    pub dead: Option<(usize, usize)>,
    pub verdict: Option<Verdict>,
}

/// Milliseconds that a layer takes for one batch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Time {
    pub forward: f64,
    pub backward: f64,
    /// Rows in that batch.
    pub rows: usize,
}

/// What a model of layers takes to train. In 64 bits, for models too that are more than a browser can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Costs {
    /// Learned numbers.
    pub parameters: u64,
    /// Multiplications with additions that one row costs forward.
    pub multiply_adds: u64,
    /// Rows in an update.
    pub batch: usize,
    /// Bytes of what is learned with running statistics, of its gradient, of what the optimizer and an average of the weights remember, and
    /// of what a batch's passes leave behind.
    pub parameter_bytes: u64,
    pub gradient_bytes: u64,
    pub optimizer_bytes: u64,
    pub activation_bytes: u64,
}

/// A layer as its settings make it, before anything is built.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outline {
    /// What leaves it.
    pub shape: Shape,
    pub parameters: u64,
    pub multiply_adds: u64,
    /// The layers within it: a residual block's.
    pub inside: Vec<Outline>,
}

/// What a model's settings come to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Plan {
    /// What enters the first layer.
    pub input: Shape,
    /// As many layers as fit one after the other; the output last, where all do.
    pub layers: Vec<Outline>,
    /// None where a layer does not fit.
    pub costs: Option<Costs>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_in_one_bar_or_broken() {
        let of = |values: &[f32]| Distribution::of(values.iter().copied());
        assert_eq!(of(&[]), None);
        let spread = of(&[-1.0, 0.0, 0.5, 3.0, f32::NAN, f32::INFINITY]).unwrap();
        assert_eq!((spread.low, spread.high, spread.broken, spread.counts.iter().sum::<u32>()), (-1.0, 3.0, 2, 4));
        assert_eq!((spread.counts[0], spread.counts[10], spread.counts[15], spread.counts[39]), (1, 1, 1, 1));
        assert_eq!((spread.mean, spread.norm), (0.625, libm::sqrt(10.25)));
        let same = of(&[2.0; 7]).unwrap();
        assert_eq!((same.low, same.high, same.counts[0], same.root_mean_square), (2.0, 2.0, 7, 2.0));
        let broken = of(&[f32::NAN]).unwrap();
        assert_eq!((broken.low, broken.high, broken.broken, broken.norm), (0.0, 0.0, 1, 0.0));
        let widest = of(&[f32::MIN, f32::MAX]).unwrap();
        assert_eq!((widest.counts[0], widest.counts[39]), (1, 1));
    }
}
