//! f = Σᵢ (cᵢ − x (1 − yⁱ))² with c = (1.5, 2.25, 2.625), lowest at (3, ½); from (1, 1) (Beale 1958; problem 5 of Moré, Garbow & Hillstrom 1981).

use super::{Place, Rates, Residual, Surface};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Beale's plain | Beale 平原
///
/// A flat plain between steep corners: slopes of very different size on one way. | 陡峭角落之间的平坦原野：一路上坡度大小相差悬殊。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Beale {}

const C: [f64; 3] = [1.5, 2.25, 2.625];

/// yⁱ, i yⁱ⁻¹ and i (i − 1) yⁱ⁻² for i = 1, 2, 3.
fn powers(y: f64) -> [[f64; 3]; 3] {
    [[y, 1.0, 0.0], [y * y, 2.0 * y, 2.0], [y * y * y, 3.0 * y * y, 6.0 * y]]
}

impl Surface for Beale {
    fn value(&self, [x, y]: Place) -> f64 {
        let distance = |(c, [p, ..]): (f64, [f64; 3])| c - x * (1.0 - p);
        C.into_iter().zip(powers(y)).map(distance).map(|d| d * d).sum()
    }

    fn gradient(&self, at: Place) -> [f64; 2] {
        let terms = self.squares(at).expect("a sum of squares");
        [0, 1].map(|axis| terms.iter().map(|term| 2.0 * term.distance * term.slope[axis]).sum())
    }

    fn hessian(&self, [x, y]: Place) -> [f64; 3] {
        let mut sum = [0.0; 3];
        for (c, [p, first, second]) in C.into_iter().zip(powers(y)) {
            let (d, [dx, dy]) = (c - x * (1.0 - p), [p - 1.0, x * first]);
            sum[0] += 2.0 * dx * dx;
            sum[1] += 2.0 * (dx * dy + d * first);
            sum[2] += 2.0 * (dy * dy + d * x * second);
        }
        sum
    }

    fn squares(&self, [x, y]: Place) -> Option<Vec<Residual>> {
        let term = |(c, [p, first, _]): (f64, [f64; 3])| Residual { weight: 1.0, distance: c - x * (1.0 - p), slope: [p - 1.0, x * first] };
        Some(C.into_iter().zip(powers(y)).map(term).collect())
    }

    fn minima(&self) -> Vec<Place> {
        vec![[3.0, 0.5]]
    }

    fn start(&self) -> Place {
        [1.0, 1.0]
    }

    fn rates(&self) -> Rates {
        Rates { gradient_descent: 0.02, momentum: 0.01, adam: 0.1 }
    }

    fn frame(&self) -> [f64; 4] {
        [-0.5, 4.5, -2.5, 2.5]
    }
}
