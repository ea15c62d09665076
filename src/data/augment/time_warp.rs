//! Time runs faster here and slower there: the length of each step is a smooth random curve about 1, and the series is read off where their sums
//! reach whole steps (Um et al. 2017). All features share one time. The first step begins at 0, unlike in the paper's code, where it is moved even
//! without a deviation; so the ends keep their values.

use super::{Augment, Drawn, Subject, series, suits};
use crate::config::Message;
use crate::math::random::Stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Time never stands still, or runs backwards.
const SHORTEST: f64 = 0.05;

/// Time warp | 时间扭曲
///
/// Lets time run a little faster here and slower there in every series. | 让每个序列的时间在某些地方略快、某些地方略慢。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "warped-series"))]
pub struct TimeWarp {
    /// Standard deviation | 标准差
    ///
    /// How much faster or slower time runs. | 时间变快或变慢的程度。
    #[schemars(range(min = 0.0, max = 0.5))]
    pub std: f64,
    /// Warp points | 扭曲点数
    ///
    /// How often the pace changes within a series. | 一个序列中快慢变化的次数。
    #[schemars(range(min = 2, max = 10), extend("x-depth" = "lab"))]
    pub knots: usize,
}

impl Default for TimeWarp {
    fn default() -> Self {
        TimeWarp { std: 0.2, knots: 4 }
    }
}

/// From the lengths of steps (the first is not used) to the places in the series that whole steps come to.
pub fn places(lengths: &mut [f64]) {
    let last = lengths.len() - 1;
    let mut sum = 0.0;
    lengths[0] = 0.0;
    for length in &mut lengths[1..] {
        sum += length.max(SHORTEST);
        *length = sum;
    }
    let factor = last as f64 / sum;
    lengths.iter_mut().for_each(|time| *time *= factor);
    // Where the running time passes `step`, between which two steps of the series. Places before are not needed any more.
    let mut before = 0;
    let times = lengths.to_vec();
    for (step, place) in lengths.iter_mut().enumerate() {
        let step = step as f64;
        while before + 1 < last && times[before + 1] <= step {
            before += 1;
        }
        let share = (step - times[before]) / (times[before + 1] - times[before]);
        *place = before as f64 + share.clamp(0.0, 1.0);
    }
}

impl Augment for TimeWarp {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::sequences_of_classes(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let (steps, features) = series::sizes(rows.shape);
        if steps < 2 {
            return;
        }
        let mut times = vec![0.0; steps];
        rows.remake(|from, to| {
            series::smooth(stream, self.std, self.knots, &mut times);
            places(&mut times);
            to.chunks_exact_mut(features).zip(&times).for_each(|(to, &place)| series::between(from, features, place, to));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::sequences;
    use crate::math::random;

    #[test]
    fn time_goes_on_and_the_ends_stay() {
        let mut rows = sequences(500, 30, 1);
        rows.inputs.iter_mut().enumerate().for_each(|(at, value)| *value = (at % 30) as f32);
        TimeWarp { std: 0.5, knots: 4 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut moved = 0.0_f32;
        for row in rows.inputs.chunks(30) {
            assert_eq!((row[0], row[29]), (0.0, 29.0));
            assert!(row.windows(2).all(|pair| pair[1] >= pair[0]), "{row:?}");
            moved = row.iter().enumerate().fold(moved, |most, (step, value)| most.max((value - step as f32).abs()));
        }
        assert!(moved > 3.0, "{moved}");
    }

    #[test]
    fn without_deviation_nothing_changes() {
        let before = sequences(10, 7, 2);
        let mut rows = before.clone();
        TimeWarp { std: 0.0, ..TimeWarp::default() }.apply(&mut random::stream(1, "augment"), &mut rows);
        rows.inputs.iter().zip(&before.inputs).for_each(|(is, was)| assert!((is - was).abs() < 1e-6));
    }

    #[test]
    fn a_step_twice_as_long_is_passed_at_half_the_pace() {
        let mut lengths = vec![9.0, 2.0, 1.0, 1.0];
        places(&mut lengths);
        // Times 0, 1.5, 2.25, 3.
        let expected = [0.0, 2.0 / 3.0, 1.0 + 2.0 / 3.0, 3.0];
        lengths.iter().zip(expected).for_each(|(got, expected)| assert!((got - expected).abs() < 1e-12, "{lengths:?}"));
    }
}
