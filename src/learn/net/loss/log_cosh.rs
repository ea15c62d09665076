//! ρ(d) = ln cosh d, slope tanh d: d²/2 near zero and |d| − ln 2 far away, without Huber's corner in the second derivative.

use super::difference::Difference;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Log-cosh loss | Log-cosh 损失
///
/// Squared near zero, absolute far away, with a smooth passage. | 近处平方，远处绝对值，过渡平滑。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "log-cosh"))]
pub struct LogCosh {}

impl Difference for LogCosh {
    fn penalty(&self, d: f32) -> f32 {
        // cosh itself would overflow, and single precision would leave nothing of d²/2 near zero.
        let size = f64::from(d.abs());
        (size + libm::log1p(libm::exp(-2.0 * size)) - std::f64::consts::LN_2) as f32
    }

    fn slope(&self, d: f32) -> f32 {
        libm::tanhf(d)
    }

    fn curvature(&self, d: f32) -> f32 {
        let slope = libm::tanhf(d);
        1.0 - slope * slope
    }
}
