//! f = (1 − x)² + 100 (y − x²)², lowest at (1, 1); from (−1.2, 1) (Rosenbrock 1960, equation 1).

use super::{Place, Rates, Residual, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rosenbrock's valley | Rosenbrock 香蕉谷
///
/// A bent valley: easy to reach, slow to follow to its lowest place. | 弯曲的山谷：容易走进去，沿谷底走到最低点却很慢。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rosenbrock {}

impl Surface for Rosenbrock {
    fn value(&self, [x, y]: Place) -> f64 {
        let (a, b) = (1.0 - x, y - x * x);
        a * a + 100.0 * b * b
    }

    fn gradient(&self, [x, y]: Place) -> [f64; 2] {
        let b = y - x * x;
        [-2.0 * (1.0 - x) - 400.0 * x * b, 200.0 * b]
    }

    fn hessian(&self, [x, y]: Place) -> [f64; 3] {
        [2.0 - 400.0 * (y - 3.0 * x * x), -400.0 * x, 200.0]
    }

    fn squares(&self, [x, y]: Place) -> Option<Vec<Residual>> {
        Some(vec![
            Residual { weight: 1.0, distance: 1.0 - x, slope: [-1.0, 0.0] },
            Residual { weight: 100.0, distance: y - x * x, slope: [-2.0 * x, 1.0] },
        ])
    }

    fn minima(&self) -> Vec<Place> {
        vec![[1.0, 1.0]]
    }

    fn start(&self) -> Place {
        [-1.2, 1.0]
    }

    fn rates(&self) -> Rates {
        Rates { gradient_descent: 0.001, momentum: 0.001, adam: 0.1 }
    }

    fn frame(&self) -> [f64; 4] {
        [-2.0, 2.0, -1.0, 3.0]
    }
}
