//! A piece of ⌈ratio · steps⌉ steps, from anywhere, is stretched to the whole length along straight lines (Le Guennec et al. 2016).

use super::{Augment, Drawn, Subject, series, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Window slice | 截取窗口
///
/// Cuts a piece out of every series, each time elsewhere, and stretches it to the whole length. | 从每个序列随机截取一段，再拉伸到原来的长度。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "warped-series"))]
pub struct WindowSlice {
    /// Ratio | 比例
    ///
    /// How much of the series the piece keeps. | 截取的一段占整个序列的比例。
    #[schemars(range(min = 0.1, max = 1.0))]
    pub ratio: f64,
}

impl Default for WindowSlice {
    fn default() -> Self {
        WindowSlice { ratio: 0.9 }
    }
}

/// The piece of `length` steps from `first`, stretched.
pub fn stretch(from: &[f32], features: usize, first: usize, length: usize, to: &mut [f32]) {
    let steps = from.len() / features;
    let pace = if steps > 1 { (length - 1) as f64 / (steps - 1) as f64 } else { 0.0 };
    let places = to.chunks_exact_mut(features).enumerate();
    places.for_each(|(step, to)| series::between(from, features, first as f64 + pace * step as f64, to));
}

impl Augment for WindowSlice {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::sequences_of_classes(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let (steps, features) = series::sizes(rows.shape);
        let length = (libm::ceil(self.ratio * steps as f64) as usize).clamp(1, steps);
        rows.remake(|from, to| stretch(from, features, random::below(stream, steps - length + 1), length, to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::sequences;

    #[test]
    fn a_straight_line_becomes_a_slower_one_from_any_start() {
        let mut rows = sequences(1000, 20, 1);
        rows.inputs.iter_mut().enumerate().for_each(|(at, value)| *value = (at % 20) as f32);
        WindowSlice { ratio: 0.5 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut starts = [0; 11];
        for row in rows.inputs.chunks(20) {
            starts[row[0] as usize] += 1;
            assert!((row[19] - row[0] - 9.0).abs() < 1e-5);
            row.windows(2).for_each(|pair| assert!((pair[1] - pair[0] - 9.0 / 19.0).abs() < 1e-4));
        }
        assert!(starts.iter().all(|&count| count > 50), "{starts:?}");
    }

    #[test]
    fn the_whole_series_stays_as_it_is() {
        let before = sequences(10, 7, 3);
        let mut rows = before.clone();
        WindowSlice { ratio: 1.0 }.apply(&mut random::stream(1, "augment"), &mut rows);
        rows.inputs.iter().zip(&before.inputs).for_each(|(is, was)| assert!((is - was).abs() < 1e-6));
    }
}
