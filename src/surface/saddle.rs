//! f = ½ x² + ¼ y⁴ − ½ y²: a saddle point at (0, 0) between the minima (0, ±1) (Nesterov, Introductory Lectures on Convex Optimization, 2004,
//! example 1.2.2). From (1, 0), as there, whatever follows the gradient ends on the saddle; we begin a hundredth beside that line.

use super::{Place, Rates, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Saddle | 鞍点
///
/// Down towards a pass, then down again to either side: almost flat where the way has to turn. | 先下到山口，再向两侧下降：必须转向的地方几乎是平的。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "saddle-point"))]
pub struct Saddle {}

impl Surface for Saddle {
    fn value(&self, [x, y]: Place) -> f64 {
        let square = y * y;
        x * x / 2.0 + square * square / 4.0 - square / 2.0
    }

    fn gradient(&self, [x, y]: Place) -> [f64; 2] {
        [x, y * y * y - y]
    }

    fn hessian(&self, [_, y]: Place) -> [f64; 3] {
        [1.0, 0.0, 3.0 * y * y - 1.0]
    }

    fn minima(&self) -> Vec<Place> {
        vec![[0.0, 1.0], [0.0, -1.0]]
    }

    fn start(&self) -> Place {
        [1.0, 0.01]
    }

    fn rates(&self) -> Rates {
        Rates { gradient_descent: 0.1, momentum: 0.05, adam: 0.05 }
    }

    fn frame(&self) -> [f64; 4] {
        [-1.6, 1.6, -1.6, 1.6]
    }
}
