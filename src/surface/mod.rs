//! Surfaces: functions of two numbers with a known lowest place, on which optimizers race in sight. What moves a racer is the code that trains
//! networks, down to its single precision; only what the loss is comes from here instead of from rows.
//!
//! One file a surface, with its equation and source; `document.rs` describes a race, `race.rs` runs it, `objective.rs` answers optimizers that
//! look at the loss more than once an update.

pub mod document;
mod objective;
pub mod race;

pub use document::{Contest, Racer};
pub use race::{Standing, SurfaceRace};

use crate::registry;

/// A place on a surface.
pub type Place = [f64; 2];

/// One term w d² of a sum of squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    pub weight: f64,
    pub distance: f64,
    /// ∇d.
    pub slope: [f64; 2],
}

/// Learning rates with which the usual racers run well on a surface, from its usual start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    pub gradient_descent: f64,
    pub momentum: f64,
    pub adam: f64,
}

/// A smooth function of x and y.
pub trait Surface {
    /// f.
    fn value(&self, at: Place) -> f64;

    /// ∂f/∂x, ∂f/∂y.
    fn gradient(&self, at: Place) -> [f64; 2];

    /// ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y².
    fn hessian(&self, at: Place) -> [f64; 3];

    /// f as a sum of squares; none where it is not one.
    fn squares(&self, _at: Place) -> Option<Vec<Residual>> {
        None
    }

    /// All places where f is lowest.
    fn minima(&self) -> Vec<Place>;

    /// Where races usually begin.
    fn start(&self) -> Place;

    /// See [`Rates`].
    fn rates(&self) -> Rates;

    /// What is drawn: `[x0, x1, y0, y1]`, as wide as high.
    fn frame(&self) -> [f64; 4];
}

/// f at the middles of `side` × `side` cells of a surface's frame, row by row from the top.
pub fn field(surface: &dyn Surface, side: usize) -> Vec<f32> {
    let [x0, x1, y0, y1] = surface.frame();
    let middle = |at: usize| (at as f64 + 0.5) / side as f64;
    let cells = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
    cells.map(|(row, column)| surface.value([x0 + (x1 - x0) * middle(column), y1 - (y1 - y0) * middle(row)]) as f32).collect()
}

registry! {
    /// Surface | 曲面
    ///
    /// The function that the racers minimise. | 参赛者要最小化的函数。
    pub enum SurfaceConfig: Surface = ravine {
        bowl::Bowl,
        ravine::Ravine,
        rosenbrock::Rosenbrock,
        beale::Beale,
        saddle::Saddle,
        himmelblau::Himmelblau,
        rastrigin::Rastrigin,
    }
}

#[cfg(test)]
mod tests;
