//! Scaling in between: principal components, for one, look at sizes.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::data::prepare::scale::{Affine, Scale};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Scale | 缩放
///
/// Brings every feature to a similar size at this point. | 在这一步把各特征调整到相近的大小。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "scaling"))]
pub struct ScaleStep {
    /// Method | 方法
    ///
    /// How features are brought to a similar size. | 如何使各特征大小相近。
    #[schemars(extend("x-term" = "scaling"))]
    pub method: Scale,
}

impl Default for ScaleStep {
    fn default() -> Self {
        ScaleStep { method: Scale::Standard }
    }
}

/// One for each column.
#[derive(Debug)]
pub struct Scaled(Vec<Affine>);

impl Scaled {
    pub fn of(columns: Vec<Affine>) -> Self {
        Scaled(columns)
    }
}

impl Transform for ScaleStep {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        Ok(Arc::new(Scaled(training.columns.values.iter().map(|values| self.method.fit(values)).collect())))
    }

    fn keeps_places(&self) -> bool {
        true
    }
}

impl Fitted for Scaled {
    fn apply(&self, columns: Columns) -> Columns {
        columns.map(|at, value| self.0[at].apply(value))
    }
}
