//! A step length t along a direction d that satisfies the strong Wolfe conditions f(t) ≤ f(0) + c₁ t f′(0) and |f′(t)| ≤ c₂ |f′(0)|
//! (Nocedal & Wright, Numerical Optimization, 2nd ed., algorithms 3.5 and 3.6, cubic interpolation 3.59), with PyTorch's safeguards
//! (`torch.optim.lbfgs._strong_wolfe`): first steps that grow until they enclose such a length, then a bracket that shrinks around it.

/// c₁ and c₂.
const DECREASE: f64 = 1e-4;
const CURVATURE: f64 = 0.9;
/// A bracket in which no weight can move further than this is not divided.
const NARROW: f64 = 1e-9;

/// The loss along the direction at one length.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub t: f64,
    pub f: f64,
    /// f′(t).
    pub slope: f64,
    /// Which of the gradients is the one here.
    pub gradient: usize,
}

impl Point {
    /// Gradients to keep at once: of both ends, of the point being looked at, and of the start.
    pub const GRADIENTS: usize = 4;
}

/// Searches from `start` (t = 0, gradient 0), trying `first` first. `look` says f and f′ at t and puts the gradient in the place asked for.
/// `largest` is the direction's largest absolute entry. Returns the best point found: `start` itself where none is better.
pub fn strong_wolfe(start: Point, first: f64, largest: f64, most: usize, mut look: impl FnMut(f64, usize) -> (f64, f64)) -> Point {
    let mut looks = 0;
    let mut at = |t: f64, keep: [usize; 2]| {
        let gradient = (1..Point::GRADIENTS).find(|place| !keep.contains(place)).expect("one more than are kept");
        let (f, slope) = look(t, gradient);
        // A step into nowhere is a step too far.
        Point { t, f: if f.is_finite() && slope.is_finite() { f } else { f64::INFINITY }, slope, gradient }
    };
    let too_high = |point: &Point| point.f > start.f + DECREASE * point.t * start.slope;
    let flat = |point: &Point| point.slope.abs() <= -CURVATURE * start.slope;

    let mut before = start;
    let mut now = at(first, [0, 0]);
    looks += 1;
    let (mut low, mut high) = loop {
        if too_high(&now) || (looks > 2 && now.f >= before.f) || now.slope >= 0.0 && !flat(&now) {
            break if before.f <= now.f { (before, now) } else { (now, before) };
        }
        if flat(&now) {
            return now;
        }
        if looks >= most {
            return if start.f <= now.f { start } else { now };
        }
        let (least, greatest) = (now.t + 0.01 * (now.t - before.t), now.t * 10.0);
        let next = cubic(&before, &now, least, greatest);
        let then = at(next, [now.gradient, 0]);
        (before, now) = (now, then);
        looks += 1;
    };

    let mut slow = false;
    while looks < most {
        let (left, right) = if low.t <= high.t { (low.t, high.t) } else { (high.t, low.t) };
        if (right - left) * largest < NARROW {
            break;
        }
        let mut t = cubic(&low, &high, left, right);
        // Twice in a row near an end, or at it: a tenth of the bracket away from it instead.
        let margin = 0.1 * (right - left);
        if (right - t).min(t - left) < margin {
            if slow || t >= right || t <= left {
                t = if (t - right).abs() < (t - left).abs() { right - margin } else { left + margin };
                slow = false;
            } else {
                slow = true;
            }
        } else {
            slow = false;
        }
        let now = at(t, [low.gradient, high.gradient]);
        looks += 1;
        if too_high(&now) || now.f >= low.f {
            high = now;
            if high.f < low.f {
                (low, high) = (high, low);
            }
        } else {
            if flat(&now) {
                return now;
            }
            if now.slope * (high.t - low.t) >= 0.0 {
                high = low;
            }
            low = now;
        }
    }
    low
}

/// The minimum between `least` and `greatest` of the cubic through two points and their slopes; the middle where it has none.
fn cubic(a: &Point, b: &Point, least: f64, greatest: f64) -> f64 {
    let (left, right) = if a.t <= b.t { (a, b) } else { (b, a) };
    let d1 = left.slope + right.slope - 3.0 * (left.f - right.f) / (left.t - right.t);
    let square = d1 * d1 - left.slope * right.slope;
    if square >= 0.0 {
        let d2 = libm::sqrt(square);
        let t = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2.0 * d2));
        if t.is_finite() {
            return t.max(least).min(greatest);
        }
    }
    (least + greatest) / 2.0
}
