//! Another domain: the first two columns of numbers turned about their middle, as when a sensor was mounted askew. What was learned before the turn
//! helps only in part, which is what transfer learning is about.

use super::Harm;
use crate::config::Message;
use crate::data::table::Kind;
use crate::data::{Shape, Table};
use crate::math::random::Stream;
use crate::math::statistics;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Turned | 旋转
///
/// Turns the plane of the first two columns about its middle. | 将前两列所成的平面绕其中心旋转。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Turned {
    /// Degrees | 角度
    ///
    /// Counterclockwise. | 逆时针方向。
    #[schemars(range(min = -180.0, max = 180.0))]
    pub degrees: f64,
}

impl Default for Turned {
    fn default() -> Self {
        Turned { degrees: 30.0 }
    }
}

impl Harm for Turned {
    fn harm(&self, table: &mut Table, _: &mut Stream) -> Result<usize, Message> {
        let numbers: Vec<usize> = (0..table.columns.len()).filter(|&at| table.kinds[at] == Kind::Number).collect();
        let [across, up] = match (table.shape, &numbers[..]) {
            (Shape::Flat { .. }, &[across, up, ..]) => [across, up],
            _ => return Err(message!("needs two columns of numbers", "需要两列数值")),
        };
        let middle = [across, up].map(|at| {
            let values: Vec<f64> = table.values(at).into_iter().filter(|value| !value.is_nan()).collect();
            if values.is_empty() { 0.0 } else { statistics::moments(&values).0 }
        });
        let (sine, cosine) = libm::sincos(self.degrees.to_radians());
        for row in 0..table.rows() {
            let (x, y) = (table.value(row, across) - middle[0], table.value(row, up) - middle[1]);
            table.put(row, across, cosine * x - sine * y + middle[0]);
            table.put(row, up, sine * x + cosine * y + middle[1]);
        }
        Ok(table.rows())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Data, NoFiles};
    use crate::math::random;

    #[test]
    fn a_quarter_turn_swaps_the_axes_and_four_come_back() {
        let before = Data::default().part().load(1, &NoFiles).unwrap();
        let mut table = before.clone();
        for _ in 0..4 {
            assert_eq!(Turned { degrees: 90.0 }.harm(&mut table, &mut random::stream(0, "t")).unwrap(), before.rows());
        }
        let far = table.inputs.iter().zip(&before.inputs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(far < 1e-4, "{far}");
        Turned { degrees: 90.0 }.harm(&mut table, &mut random::stream(0, "t")).unwrap();
        let (mx, my) = (before.inputs.column(0).mean().unwrap(), before.inputs.column(1).mean().unwrap());
        assert!(((table.inputs[(0, 1)] - my) - (before.inputs[(0, 0)] - mx)).abs() < 1e-3);
    }
}
