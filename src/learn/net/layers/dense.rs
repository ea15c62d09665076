//! A dense layer as the user sets it: units and their activation.

use super::{Drawn, Layer, Module, dense_modules};
use crate::learn::net::activation::ActivationConfig;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Dense | 全连接层
///
/// Every unit sees all units of the layer before. | 每个神经元都连接上一层的全部神经元。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Dense {
    /// Units | 神经元数
    ///
    /// Neurons in this layer. | 本层神经元的个数。
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub units: usize,
    /// Activation | 激活函数
    ///
    /// Function applied to each unit's sum. | 作用在每个神经元加权和上的函数。
    pub activation: ActivationConfig,
}

impl Default for Dense {
    fn default() -> Self {
        Dense { units: 8, activation: ActivationConfig::default() }
    }
}

impl Layer for Dense {
    fn modules(&self, inputs: usize) -> Vec<Box<dyn Module>> {
        dense_modules(inputs, self.units, &self.activation)
    }

    fn drawn(&self) -> Drawn {
        Drawn { name: "dense", activation: self.activation.name().into() }
    }
}
