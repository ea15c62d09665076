//! A surface as the function that an update minimises, for optimizers that look at it more than once: what `optimizer/search.rs` asks, and what it
//! costs, counted as for a network (`net/objective.rs`).
//!
//! Noise on the gradient is the slope of a tilted plane through the update's first place: value and gradient agree in every look of an update.

use super::{Place, Surface};
use crate::learn::net::objective::Cost;
use crate::learn::net::optimizer::search::Objective;

/// Where the last update ended, and what was known there.
pub type Ended = Option<([f32; 2], f64, [f32; 2])>;

/// A place of single precision.
pub fn place(parameters: &[f32]) -> Place {
    [f64::from(parameters[0]), f64::from(parameters[1])]
}

/// The gradient in single precision, noise included.
pub fn gradient(surface: &dyn Surface, parameters: &[f32], noise: [f64; 2]) -> [f32; 2] {
    let [gx, gy] = surface.gradient(place(parameters));
    [(gx + noise[0]) as f32, (gy + noise[1]) as f32]
}

/// The objective of one update.
pub struct Look<'a> {
    surface: &'a dyn Surface,
    noise: [f64; 2],
    origin: Place,
    ended: &'a mut Ended,
    first: bool,
    pub cost: Cost,
}

impl<'a> Look<'a> {
    pub fn new(surface: &'a dyn Surface, parameters: &[f32], noise: [f64; 2], ended: &'a mut Ended) -> Self {
        Look { surface, noise, origin: place(parameters), ended, first: true, cost: Cost::default() }
    }

    /// The tilted plane's height.
    fn tilt(&self, at: Place) -> f64 {
        self.noise[0] * (at[0] - self.origin[0]) + self.noise[1] * (at[1] - self.origin[1])
    }

    fn value(&self, parameters: &[f32]) -> f64 {
        let at = place(parameters);
        self.surface.value(at) + self.tilt(at)
    }
}

impl Objective for Look<'_> {
    fn evaluate(&mut self, parameters: &[f32], to: &mut [f32]) -> f64 {
        if std::mem::take(&mut self.first)
            && self.noise == [0.0; 2]
            && let Some((at, value, slope)) = *self.ended
            && at == *parameters
        {
            to.copy_from_slice(&slope);
            return value;
        }
        self.cost.add(Cost::FORWARD + Cost::BACKWARD, 0);
        to.copy_from_slice(&gradient(self.surface, parameters, self.noise));
        self.value(parameters)
    }

    fn loss(&mut self, parameters: &[f32]) -> f64 {
        self.first = false;
        self.cost.add(Cost::FORWARD, 0);
        self.value(parameters)
    }

    fn curvature(&mut self, parameters: &[f32], direction: &[f32], product: &mut [f32]) {
        let ([a, b, c], [x, y]) = (self.surface.hessian(place(parameters)), place(direction));
        product.copy_from_slice(&[(a * x + b * y) as f32, (b * x + c * y) as f32]);
        self.cost.add(Cost::CURVATURE, 0);
    }

    fn residuals(&mut self, parameters: &[f32], slopes: &mut [f32], visit: &mut dyn FnMut(f64, f64, &[f32])) -> f64 {
        let terms = self.surface.squares(place(parameters)).expect("checked before");
        self.first = false;
        self.cost.add(Cost::FORWARD + terms.len() * Cost::BACKWARD, 0);
        for term in &terms {
            slopes.copy_from_slice(&term.slope.map(|slope| slope as f32));
            visit(term.weight, term.distance, slopes);
        }
        terms.iter().map(|term| term.weight * term.distance * term.distance).sum::<f64>() + self.tilt(place(parameters))
    }

    /// The plane is what is added to the squares.
    fn penalties(&mut self, _: &[f32], slope: &mut [f32], curvature: &mut [f32]) {
        slope.copy_from_slice(&self.noise.map(|noise| noise as f32));
        curvature.fill(0.0);
    }

    fn began(&mut self, _: &[f64]) {}

    fn ended(&mut self, parameters: &[f32], loss: f64, gradient: &[f32]) {
        *self.ended = Some(([parameters[0], parameters[1]], loss, [gradient[0], gradient[1]]));
    }
}
