//! Gradient clipping over all tensors together (Pascanu et al. 2013): by value, g ← min(max(g, −c), c), PyTorch's `clip_grad_value_`; by norm,
//! g ← g · min(1, c / (‖g‖₂ + 1e-6)), PyTorch's `clip_grad_norm_`.

use crate::config::Nothing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gradient clipping | 梯度裁剪
///
/// Limits how large a gradient may be, so that one steep place cannot throw the weights far away. | 限制梯度的大小，使某个陡峭之处不会把权重抛得很远。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clip {
    /// Off | 关闭
    ///
    /// Gradients are used as they are. | 梯度原样使用。
    Off(Nothing),
    /// By norm | 按范数
    ///
    /// A gradient that is too long is shortened; its direction stays. | 过长的梯度被缩短，方向不变。
    Norm(Norm),
    /// By value | 按数值
    ///
    /// Each slope that is too large is cut off; the direction may turn. | 过大的分量被截断，方向可能改变。
    Value(Value),
}

impl Default for Clip {
    fn default() -> Self {
        Clip::Off(Nothing {})
    }
}

/// By norm | 按范数
///
/// A gradient that is too long is shortened; its direction stays. | 过长的梯度被缩短，方向不变。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Norm {
    /// Largest norm | 最大范数
    ///
    /// The longest that the gradient of all weights together may be. | 全部权重的梯度合起来最长为多少。
    #[schemars(range(min = 0.0001, max = 1000.0), extend("x-scale" = "log", "x-live" = true))]
    pub limit: f64,
}

impl Default for Norm {
    fn default() -> Self {
        Norm { limit: 1.0 }
    }
}

/// By value | 按数值
///
/// Each slope that is too large is cut off; the direction may turn. | 过大的分量被截断，方向可能改变。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Value {
    /// Largest value | 最大值
    ///
    /// The largest slope of one weight, up or down. | 单个权重的梯度最大为多少，正负相同。
    #[schemars(range(min = 0.0001, max = 1000.0), extend("x-scale" = "log", "x-live" = true))]
    pub limit: f64,
}

impl Default for Value {
    fn default() -> Self {
        Value { limit: 0.5 }
    }
}

impl Clip {
    /// Clips, and returns the norm that the gradient had before; nothing where it is left alone.
    pub fn apply(&self, gradient: &mut [f32]) -> Option<f64> {
        if matches!(self, Clip::Off(_)) {
            return None;
        }
        let norm = libm::sqrt(gradient.iter().map(|&slope| f64::from(slope) * f64::from(slope)).sum());
        match self {
            Clip::Off(_) => {}
            Clip::Norm(Norm { limit }) => {
                // Not `min`, which would make 1 of NaN and hide it.
                let factor = limit / (norm + 1e-6);
                if factor.partial_cmp(&1.0).is_none_or(|order| order.is_lt()) {
                    gradient.iter_mut().for_each(|slope| *slope *= factor as f32);
                }
            }
            Clip::Value(Value { limit }) => {
                let limit = *limit as f32;
                gradient.iter_mut().for_each(|slope| *slope = slope.clamp(-limit, limit));
            }
        }
        Some(norm)
    }
}
