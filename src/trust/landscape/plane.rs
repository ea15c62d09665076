//! The two directions of a landscape, and what of the weights lies on the plane that they span.

use crate::math::{eigen, product, random};
use std::ops::Range;

/// A second component that holds less than this of the first leaves a line, not a plane.
const FLAT: f64 = 1e-10;

/// A random direction of the stream `landscape/n`, each filter's part scaled to the length of the filter; zero elsewhere.
pub(super) fn random_direction(centre: &[f32], filters: &[Range<usize>], seed: u32, which: usize) -> Vec<f32> {
    let mut stream = random::stream(seed, &format!("landscape/{which}"));
    let mut direction = vec![0.0; centre.len()];
    let length = |values: &[f32]| libm::sqrt(values.iter().map(|&value| f64::from(value) * f64::from(value)).sum());
    for filter in filters {
        let part = &mut direction[filter.clone()];
        part.iter_mut().for_each(|value| *value = random::normal(&mut stream));
        // As the authors' code keeps the division safe.
        let scale = length(&centre[filter.clone()]) / (length(part) + 1e-10);
        part.iter_mut().for_each(|value| *value = (f64::from(*value) * scale) as f32);
    }
    direction
}

/// The two unit directions that hold the most of the differences, by the eigenvectors of their products with one another; none where those lie on a line.
pub(super) fn main_directions(differences: &[Vec<f64>], length: usize) -> Option<[Vec<f32>; 2]> {
    let count = differences.len();
    if count < 2 {
        return None;
    }
    let mut products = vec![0.0; count * count];
    for i in 0..count {
        for j in 0..=i {
            let value = product::dot(&differences[i], &differences[j]);
            (products[i * count + j], products[j * count + i]) = (value, value);
        }
    }
    let (mut vectors, mut values, mut work) = (vec![0.0; count * count], vec![0.0; count], vec![0.0; eigen::work(count)]);
    eigen::symmetric(&mut products, &mut vectors, &mut values, &mut work, count).ok()?;
    if values[1] <= FLAT * values[0] {
        return None;
    }
    Some([0, 1].map(|which| {
        let shares = &vectors[which * count..(which + 1) * count];
        let mut direction = vec![0.0; length];
        for (difference, &share) in differences.iter().zip(shares) {
            product::add_scaled(&mut direction, share / libm::sqrt(values[which]), difference);
        }
        // An eigenvector has no sign of its own: the way begins on the left, and at the top where it can.
        let first: f64 = product::dot(&direction, &differences[0]);
        let sign = if (first > 0.0) == (which == 0) { -1.0 } else { 1.0 };
        direction.iter().map(|value| (sign * value) as f32).collect()
    }))
}

/// Two directions, not square to one another in general: the inverse of their products.
pub(super) struct Plane {
    inverse: [f64; 3],
}

impl Plane {
    pub(super) fn new([first, second]: &[Vec<f32>; 2]) -> Self {
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum::<f64>();
        let [a, b, c] = [dot(first, first), dot(first, second), dot(second, second)];
        let determinant = a * c - b * b;
        Plane { inverse: [c / determinant, -b / determinant, a / determinant] }
    }

    fn along(directions: &[Vec<f32>; 2], difference: &[f64]) -> [f64; 2] {
        [0, 1].map(|axis| directions[axis].iter().zip(difference).map(|(&d, &x)| f64::from(d) * x).sum())
    }

    /// The foot of a difference on the plane, in units of the directions.
    pub(super) fn place(&self, directions: &[Vec<f32>; 2], difference: &[f64]) -> [f64; 2] {
        let ([x, y], [a, b, c]) = (Self::along(directions, difference), self.inverse);
        [a * x + b * y, b * x + c * y]
    }

    /// See [`super::Landscape::explained`].
    pub(super) fn explained(&self, directions: &[Vec<f32>; 2], differences: &[Vec<f64>]) -> [f64; 2] {
        let (mut whole, mut first, mut both) = (0.0, 0.0, 0.0);
        let square: f64 = directions[0].iter().map(|&d| f64::from(d) * f64::from(d)).sum();
        for difference in differences {
            whole += product::dot(difference, difference);
            let ([x, y], [u, v]) = (Self::along(directions, difference), self.place(directions, difference));
            first += x * x / square;
            both += x * u + y * v;
        }
        [first / whole, both / whole]
    }
}
