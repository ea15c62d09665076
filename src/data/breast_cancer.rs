//! Breast Cancer Wisconsin (Diagnostic), W. Wolberg and others (1993), as scikit-learn has it (`load_breast_cancer`), UCI Machine Learning Repository,
//! doi:10.24432/C5DW2B, CC BY 4.0: 569 rows, 30 measurements on very different scales.

use crate::config::Issue;
use crate::data::{Files, Source, Table, bundled};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Breast cancer | 乳腺癌
///
/// 30 measurements of cell nuclei from 569 tumours (Wolberg, 1993; UCI, CC BY 4.0): malignant or benign? Scale them first. | 569 个肿瘤的细胞核的 30 项测量（Wolberg，1993；UCI，CC BY 4.0）：恶性还是良性？请先缩放。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "table"))]
pub struct BreastCancer {}

impl Source for BreastCancer {
    fn bundled(&self) -> Option<&'static str> {
        Some("breast_cancer")
    }

    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        bundled::classes(files, "breast_cancer", "diagnosis", &[("malignant", "恶性"), ("benign", "良性")])
    }
}
