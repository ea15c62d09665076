//! f = 20 + x² + y² − 10 cos 2πx − 10 cos 2πy: a bowl covered with pits, lowest at (0, 0) (Rastrigin 1974; Mühlenbein, Schomisch & Born 1991). There
//! is a local minimum near every pair of whole numbers.

use super::{Place, Rates, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rastrigin's pits | Rastrigin 多坑
///
/// A bowl full of small pits: following the slope ends in the nearest one. | 布满小坑的碗：沿坡度走只会落入最近的坑。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rastrigin {}

const TURN: f64 = std::f64::consts::TAU;

impl Surface for Rastrigin {
    fn value(&self, at: Place) -> f64 {
        at.iter().map(|x| 10.0 + x * x - 10.0 * libm::cos(TURN * x)).sum()
    }

    fn gradient(&self, at: Place) -> [f64; 2] {
        at.map(|x| 2.0 * x + 10.0 * TURN * libm::sin(TURN * x))
    }

    fn hessian(&self, at: Place) -> [f64; 3] {
        let [a, b] = at.map(|x| 2.0 + 10.0 * TURN * TURN * libm::cos(TURN * x));
        [a, 0.0, b]
    }

    fn minima(&self) -> Vec<Place> {
        vec![[0.0, 0.0]]
    }

    fn start(&self) -> Place {
        [2.3, -1.6]
    }

    fn rates(&self) -> Rates {
        Rates { gradient_descent: 0.002, momentum: 0.002, adam: 0.1 }
    }

    fn frame(&self) -> [f64; 4] {
        [-3.2, 3.2, -3.2, 3.2]
    }
}
