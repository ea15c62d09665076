//! Every feature of a sequence times a factor N(1, std) of its own (Um et al. 2017).

use super::{Augment, Drawn, Subject, series, suits};
use crate::config::Message;
use crate::math::random::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Magnitude scaling | 幅度缩放
///
/// Makes every series a little larger or smaller as a whole. | 把每个序列整体略微放大或缩小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "warped-series"))]
pub struct Scaling {
    /// Standard deviation | 标准差
    ///
    /// How much the random factor differs from 1. | 随机倍数与 1 的差别大小。
    #[schemars(range(min = 0.0, max = 1.0))]
    pub std: f64,
}

impl Default for Scaling {
    fn default() -> Self {
        Scaling { std: 0.1 }
    }
}

impl Augment for Scaling {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::sequences_of_classes(subject)
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let (_, features) = series::sizes(rows.shape);
        let mut factors = vec![0.0; features];
        for row in rows.rows_mut() {
            factors.iter_mut().for_each(|factor| *factor = 1.0 + self.std as f32 * random::normal(stream));
            row.chunks_exact_mut(features).for_each(|step| step.iter_mut().zip(&factors).for_each(|(value, factor)| *value *= factor));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::sequences;

    #[test]
    fn all_steps_of_a_feature_have_one_factor() {
        let before = sequences(2000, 6, 2);
        let mut rows = before.clone();
        Scaling { std: 0.2 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut factors = Vec::new();
        for (was, is) in before.inputs.chunks(12).zip(rows.inputs.chunks(12)) {
            for feature in 0..2 {
                let factor = is[feature] / was[feature];
                (0..6).for_each(|step| assert!((is[2 * step + feature] - factor * was[2 * step + feature]).abs() < 1e-4));
                factors.push(f64::from(factor));
            }
        }
        let mean = factors.iter().sum::<f64>() / 4000.0;
        let deviation = (factors.iter().map(|factor| (factor - mean).powi(2)).sum::<f64>() / 4000.0).sqrt();
        assert!((mean - 1.0).abs() < 0.015 && (deviation - 0.2).abs() < 0.01, "{mean} {deviation}");
    }
}
