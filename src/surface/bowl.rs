//! f = ½ (x² + y²): curved alike in every direction. The gradient points straight away from the minimum (0, 0), and gradient descent multiplies the
//! distance to it by 1 − η with every update (Nocedal & Wright, Numerical Optimization, 2nd ed., section 3.3).

use super::{Place, Rates, Residual, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bowl | 碗
///
/// Round and smooth: the slope points straight away from the lowest place. | 又圆又光滑：坡度正好背向最低点。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Bowl {}

impl Surface for Bowl {
    fn value(&self, [x, y]: Place) -> f64 {
        (x * x + y * y) / 2.0
    }

    fn gradient(&self, at: Place) -> [f64; 2] {
        at
    }

    fn hessian(&self, _: Place) -> [f64; 3] {
        [1.0, 0.0, 1.0]
    }

    fn squares(&self, [x, y]: Place) -> Option<Vec<Residual>> {
        let one = |distance, slope| Residual { weight: 0.5, distance, slope };
        Some(vec![one(x, [1.0, 0.0]), one(y, [0.0, 1.0])])
    }

    fn minima(&self) -> Vec<Place> {
        vec![[0.0, 0.0]]
    }

    fn start(&self) -> Place {
        [-1.6, 1.2]
    }

    fn rates(&self) -> Rates {
        Rates { gradient_descent: 0.1, momentum: 0.05, adam: 0.1 }
    }

    fn frame(&self) -> [f64; 4] {
        [-2.0, 2.0, -2.0, 2.0]
    }
}
