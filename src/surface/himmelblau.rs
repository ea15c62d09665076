//! f = (x² + y − 11)² + (x + y² − 7)², lowest at four places alike (Himmelblau, Applied Nonlinear Programming, 1972). One of them is (3, 2); the
//! others have no short form and are given to the last digit of double precision.

use super::{Place, Rates, Residual, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Himmelblau's four pits | Himmelblau 四谷
///
/// Four lowest places: which one is reached depends on the start and on the steps. | 四个同样低的地方：落到哪一个取决于起点和步子。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Himmelblau {}

impl Surface for Himmelblau {
    fn value(&self, [x, y]: Place) -> f64 {
        let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
        a * a + b * b
    }

    fn gradient(&self, [x, y]: Place) -> [f64; 2] {
        let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
        [4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b]
    }

    fn hessian(&self, [x, y]: Place) -> [f64; 3] {
        [12.0 * x * x + 4.0 * y - 42.0, 4.0 * (x + y), 12.0 * y * y + 4.0 * x - 26.0]
    }

    fn squares(&self, [x, y]: Place) -> Option<Vec<Residual>> {
        Some(vec![
            Residual { weight: 1.0, distance: x * x + y - 11.0, slope: [2.0 * x, 1.0] },
            Residual { weight: 1.0, distance: x + y * y - 7.0, slope: [1.0, 2.0 * y] },
        ])
    }

    fn minima(&self) -> Vec<Place> {
        MINIMA.to_vec()
    }

    fn start(&self) -> Place {
        [-0.5, -1.0]
    }

    fn rates(&self) -> Rates {
        Rates { gradient_descent: 0.008, momentum: 0.004, adam: 0.1 }
    }

    fn frame(&self) -> [f64; 4] {
        [-5.5, 5.5, -5.5, 5.5]
    }
}

const MINIMA: [Place; 4] = [
    [3.0, 2.0],
    [-2.805118086952745, 3.131312518250573],
    [-3.779310253377747, -3.2831859912861696],
    [3.5844283403304917, -1.8481265269644036],
];
