//! The features that tell most about the target, each looked at by itself: scikit-learn's `SelectKBest`.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::score::Score;
use crate::math::statistics;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Select | 选择特征
///
/// Keeps the features that tell most about the target. | 只保留与目标关系最密切的特征。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "feature-selection"))]
pub struct Select {
    /// Features | 特征数
    ///
    /// How many features to keep. | 保留几个特征。
    #[schemars(range(min = 1, max = 256), extend("x-term" = "feature-selection"))]
    pub k: usize,
    /// Score | 评分
    ///
    /// How it is measured what a feature tells. | 如何衡量一个特征包含的信息。
    #[schemars(extend("x-term" = "feature-selection"))]
    pub score: Score,
}

impl Default for Select {
    fn default() -> Self {
        Select { k: 2, score: Score::default() }
    }
}

/// The columns that are kept, ascending.
#[derive(Debug)]
struct Kept(Vec<usize>);

impl Transform for Select {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        let (width, k) = (training.columns.width(), self.k);
        if k > width {
            return Err(message!("cannot keep {k} of {width} features", "无法从 {width} 个特征中保留 {k} 个"));
        }
        let scores: Vec<f64> =
            training.columns.values.iter().map(|values| self.score.of(values, training.targets, training.task)).collect();
        // A column without a score (a constant) tells nothing.
        let told: Vec<f64> = scores.iter().map(|score| if score.is_nan() { f64::MIN } else { *score }).collect();
        let mut kept = statistics::order(&told).split_off(width - k);
        kept.sort_unstable();
        Ok(Arc::new(Kept(kept)))
    }
}

impl Fitted for Kept {
    fn apply(&self, mut columns: Columns) -> Columns {
        let mut kept = Columns::default();
        for &at in &self.0 {
            kept.push(std::mem::take(&mut columns.names[at]), std::mem::take(&mut columns.values[at]));
        }
        kept
    }
}
