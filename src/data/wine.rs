//! The wines of M. Forina and S. Aeberhard (1991) as scikit-learn has them (`load_wine`), UCI Machine Learning Repository, doi:10.24432/C5PC7J, CC BY 4.0: 178
//! rows, 13 measurements on very different scales.

use crate::config::Issue;
use crate::data::{Files, Source, Table, bundled};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Wine | 葡萄酒
///
/// 13 chemical measurements of 178 wines (Forina, 1991; UCI, CC BY 4.0): from which of three vines? Scale them first. | 178 款葡萄酒的 13 项化学测量（Forina，1991；UCI，CC BY 4.0）：来自三个品种中的哪一个？请先缩放。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "table"))]
pub struct Wine {}

impl Source for Wine {
    fn bundled(&self) -> Option<&'static str> {
        Some("wine")
    }

    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        bundled::classes(files, "wine", "cultivar", &[("class_0", "品种 0"), ("class_1", "品种 1"), ("class_2", "品种 2")])
    }
}
