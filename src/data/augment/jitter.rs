//! Normal noise on every feature. For small noise, training with it is Tikhonov regularisation (Bishop 1995).

use super::Augment;
use crate::config::Message;
use crate::data::Shape;
use crate::math::random::{self, Stream};
use crate::message;
use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Jitter | 抖动
///
/// Moves every training row a little, differently each epoch, so that the model cannot memorise exact places. | 每轮把训练行随机移动一点，使模型无法死记确切位置。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
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
    fn suits(&self, shape: &Shape) -> Result<(), Message> {
        match shape {
            Shape::Tokens { .. } => {
                Err(message!("needs numbers and gets {shape} tokens, which are names", "需要数值，得到的却是 {shape} 个词元，它们只是名称"))
            }
            _ => Ok(()),
        }
    }

    fn apply(&self, stream: &mut Stream, inputs: &mut Array2<f32>) {
        let deviation = self.std as f32;
        inputs.iter_mut().for_each(|value| *value += deviation * random::normal(stream));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_mean_zero_and_the_deviation_on_every_column() {
        let clean = Array2::from_shape_fn((20_000, 2), |(_, column)| column as f32);
        let mut inputs = clean.clone();
        Jitter { std: 0.3 }.apply(&mut random::stream(1, "augment"), &mut inputs);
        let moves = (inputs - clean).mapv(f64::from);
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
            let mut inputs = Array2::zeros((10, 2));
            Jitter::default().apply(&mut stream, &mut inputs);
            inputs
        };
        assert_ne!(epoch(), epoch());
    }

    #[test]
    fn zero_changes_nothing() {
        let mut inputs = Array2::from_elem((5, 2), 1.25_f32);
        Jitter { std: 0.0 }.apply(&mut random::stream(1, "augment"), &mut inputs);
        assert_eq!(inputs, Array2::from_elem((5, 2), 1.25));
    }
}
