//! f = ½ (u² + κ v²), where (u, v) is (x, y) turned by an angle: a quadratic whose Hessian has the condition number κ. Gradient descent needs
//! η < 2/κ, and then about κ updates for what the bowl takes one for; momentum about √κ (Polyak 1964; Goh, Why Momentum Really Works, Distill
//! 2017). Methods with a step size for each weight take the ravine for a bowl while it runs along an axis, and not when it is turned.

use super::{Place, Rates, Residual, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ravine | 峡谷
///
/// Steep across and almost flat along: what is a good step in one direction is far too large in the other. | 横向陡峭、纵向平缓：一个方向上合适的步长在另一个方向上大得离谱。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "condition-number"))]
pub struct Ravine {
    /// Condition number | 条件数
    ///
    /// How many times steeper it curves across than along; 1 is a bowl. | 横向弯曲是纵向的多少倍；1 就是一只碗。
    #[schemars(range(min = 1.0, max = 10000.0), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "condition-number"))]
    pub condition: f64,
    /// Angle | 角度
    ///
    /// By how many degrees it is turned against the axes; optimizers with a step size for every weight notice. | 相对坐标轴转过多少度；为每个权重单设步长的优化器会受影响。
    #[schemars(range(min = -90.0, max = 90.0), extend("x-depth" = "starter"))]
    pub angle: f64,
}

impl Default for Ravine {
    fn default() -> Self {
        Ravine { condition: 50.0, angle: 0.0 }
    }
}

impl Ravine {
    /// The unit vector along the ravine; exact where it runs along an axis.
    fn along(&self) -> [f64; 2] {
        if self.angle == 0.0 {
            return [1.0, 0.0];
        }
        let radians = self.angle.to_radians();
        [libm::cos(radians), libm::sin(radians)]
    }
}

impl Surface for Ravine {
    fn value(&self, [x, y]: Place) -> f64 {
        let [c, s] = self.along();
        let (u, v) = (c * x + s * y, c * y - s * x);
        (u * u + self.condition * v * v) / 2.0
    }

    fn gradient(&self, [x, y]: Place) -> [f64; 2] {
        let [a, b, d] = self.hessian([x, y]);
        [a * x + b * y, b * x + d * y]
    }

    fn hessian(&self, _: Place) -> [f64; 3] {
        let ([c, s], k) = (self.along(), self.condition);
        [c * c + k * s * s, (1.0 - k) * c * s, s * s + k * c * c]
    }

    fn squares(&self, [x, y]: Place) -> Option<Vec<Residual>> {
        let [c, s] = self.along();
        Some(vec![
            Residual { weight: 0.5, distance: c * x + s * y, slope: [c, s] },
            Residual { weight: self.condition / 2.0, distance: c * y - s * x, slope: [-s, c] },
        ])
    }

    fn minima(&self) -> Vec<Place> {
        vec![[0.0, 0.0]]
    }

    fn start(&self) -> Place {
        [-1.7, 0.8]
    }

    /// A quarter below the border of divergence.
    fn rates(&self) -> Rates {
        Rates { gradient_descent: 1.5 / self.condition, momentum: 1.5 / self.condition, adam: 0.1 }
    }

    fn frame(&self) -> [f64; 4] {
        [-2.0, 2.0, -2.0, 2.0]
    }
}
