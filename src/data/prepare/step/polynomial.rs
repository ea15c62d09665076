//! Products of features: scikit-learn's `PolynomialFeatures` in its order, without the constant 1, which a model has as its bias.

use super::{Columns, Fitted, Training, Transform};
use crate::config::Message;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most features that it may make.
const MOST: usize = 512;

/// Polynomial features | 多项式特征
///
/// Adds powers and products of the features, so that a simple model can bend. | 加入特征的幂与乘积，使简单的模型也能弯曲。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "polynomial-features"))]
pub struct Polynomial {
    /// Degree | 次数
    ///
    /// The most features that are multiplied. | 最多几个特征相乘。
    #[schemars(range(min = 2, max = 4), extend("x-term" = "polynomial-features"))]
    pub degree: usize,
    /// Interactions only | 仅交互项
    ///
    /// Products of different features, no powers of one. | 只要不同特征的乘积，不要同一特征的幂。
    #[schemars(extend("x-term" = "polynomial-features"))]
    pub interaction_only: bool,
}

impl Default for Polynomial {
    fn default() -> Self {
        Polynomial { degree: 2, interaction_only: false }
    }
}

/// The factors of each product, ascending.
#[derive(Debug)]
struct Products(Vec<Vec<usize>>);

impl Transform for Polynomial {
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message> {
        let width = training.columns.width();
        let mut products: Vec<Vec<usize>> = (0..width).map(|at| vec![at]).collect();
        let mut last = 0;
        for _ in 1..self.degree {
            let longest = last..products.len();
            last = products.len();
            for at in longest {
                let from = products[at][products[at].len() - 1] + usize::from(self.interaction_only);
                for factor in from..width {
                    let product = [&products[at][..], &[factor]].concat();
                    products.push(product);
                    if products.len() > MOST {
                        let degree = self.degree;
                        return Err(message!(
                            "of degree {degree} makes more than {MOST} features of {width}: lower the degree, or select or project features first",
                            "次数为 {degree} 时会由 {width} 个特征生成超过 {MOST} 个特征：请降低次数，或先选择或投影特征"
                        ));
                    }
                }
            }
        }
        Ok(Arc::new(Products(products)))
    }
}

impl Fitted for Products {
    fn apply(&self, columns: Columns) -> Columns {
        let mut made = Columns::default();
        for factors in &self.0 {
            let mut values = columns.values[factors[0]].clone();
            for &factor in &factors[1..] {
                values.iter_mut().zip(&columns.values[factor]).for_each(|(value, factor)| *value *= factor);
            }
            made.push(name(&columns.names, factors), values);
        }
        made
    }
}

/// x²·y.
fn name(names: &[String], factors: &[usize]) -> String {
    let powers = factors.chunk_by(|a, b| a == b).map(|same| format!("{}{}", names[same[0]], ["", "²", "³", "⁴"][same.len() - 1]));
    powers.collect::<Vec<_>>().join("·")
}
