//! Normal noise on every feature. For small noise, training with it is Tikhonov regularisation (Bishop 1995).

use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Jitter | 抖动
///
/// Moves every training sample a little, differently each epoch, so that the model cannot memorise exact places. | 每轮把训练样本随机移动一点，使模型无法记住确切位置。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "any", "x-term" = "jitter"))]
pub struct Jitter {
    /// Standard deviation | 标准差
    ///
    /// Size of the normal noise, in units of the prepared features. | 正态噪声的大小，以预处理后的特征为单位。
    #[schemars(range(min = 0.0, max = 1.0))]
    pub std: f64,
}

impl Default for Jitter {
    fn default() -> Self {
        Jitter { std: 0.05 }
    }
}

impl Augment for Jitter {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::numbers(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let deviation = self.std as f32;
        rows.inputs.iter_mut().for_each(|value| *value += deviation * random::normal(stream));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::flat;

    #[test]
    fn noise_has_mean_zero_and_the_deviation_on_every_column() {
        let clean = flat(20_000, 2, |_, column| column as f32);
        let mut rows = clean.clone();
        Jitter { std: 0.3 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let moves = (&rows.view() - &clean.view()).mapv(f64::from);
        for column in moves.columns() {
            let mean = column.mean().unwrap();
            let deviation = column.mapv(|value| (value - mean) * (value - mean)).mean().unwrap().sqrt();
            assert!(mean.abs() < 0.01 && (deviation - 0.3).abs() < 0.01, "{mean} {deviation}");
        }
    }

    #[test]
    fn a_stream_that_goes_on_moves_rows_differently() {
        let mut stream = random::stream(1, "augment");
        let mut epoch = || {
            let mut rows = flat(10, 2, |_, _| 0.0);
            Jitter::default().apply(&mut stream, &mut rows);
            rows.inputs
        };
        assert_ne!(epoch(), epoch());
    }

    #[test]
    fn zero_changes_nothing() {
        let mut rows = flat(5, 2, |_, _| 1.25);
        Jitter { std: 0.0 }.apply(&mut random::stream(1, "augment"), &mut rows);
        assert_eq!(rows.inputs, [1.25; 10]);
    }
}
