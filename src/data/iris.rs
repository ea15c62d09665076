//! R. A. Fisher's irises (1936) as scikit-learn has them (`load_iris`), UCI Machine Learning Repository, doi:10.24432/C56C76, CC BY 4.0: 150 rows, 4 lengths.

use crate::config::Issue;
use crate::data::{Files, Source, Table, bundled};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Iris | 鸢尾花
///
/// Petals and sepals of 150 flowers in centimetres (Fisher, 1936; UCI, CC BY 4.0): which of three species is it? | 150 朵花的花瓣与花萼尺寸，单位厘米（Fisher，1936；UCI，CC BY 4.0）：属于三个品种中的哪一个？
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "table"))]
pub struct Iris {}

impl Source for Iris {
    fn bundled(&self) -> Option<&'static str> {
        Some("iris")
    }

    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        bundled::classes(files, "iris", "species", &[("setosa", "山鸢尾"), ("versicolor", "变色鸢尾"), ("virginica", "维吉尼亚鸢尾")])
    }
}
