//! The patients of "Least Angle Regression" (B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, Annals of Statistics 32, 2004) as scikit-learn has them
//! (`load_diabetes(scaled=False)`): 442 rows, 10 measurements in their own units, and a measure of progression from 25 to 346.

use crate::config::Issue;
use crate::data::{Files, Source, Table, bundled};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Diabetes | 糖尿病
///
/// Ten measurements of 442 patients (Efron and others, 2004): how far has the disease gone a year later? Scale them first. | 442 名患者的 10 项测量（Efron 等，2004）：一年后病情进展到什么程度？请先缩放。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "table"))]
pub struct Diabetes {}

impl Source for Diabetes {
    fn bundled(&self) -> Option<&'static str> {
        Some("diabetes")
    }

    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        bundled::numbers(files, "diabetes", "progression")
    }
}
