//! Sequential minimal optimization (Platt 1998) as libsvm has it: of the dual problem of a support vector machine, two numbers α are moved at a time, and each
//! [`Solver::step`] is one such move. What libsvm's loop keeps on its stack is state here, so that it can pause, be stored, and go on to the same bits.
//!
//! One form serves classes and numbers: min ½ αᵀQα + pᵀα where yᵀα = 0, 0 ≤ αₜ ≤ Cₜ, yₜ = ±1, Qₛₜ = yₛ yₜ K(xₛ, xₜ). For two classes every row has an α and p = −1 (C-SVC);
//! for numbers z it has two, α with y = +1, p = ε − z and α* with y = −1, p = ε + z (ε-SVR). The pair is chosen by second-order information (Fan, Chen, Lin 2005,
//! WSS 2); variables that will probably stay at their bounds are shrunk away and their gradients are computed again before anything is called optimal; columns
//! of the kernel are cached, the one used longest ago leaves first. All sums are in 64 bits; cached kernel values have 32, as libsvm's have, for which the answers agree
//! with its to more digits than either tolerance asks for, and twice as many fit.
//!
//! Instead of the gradient G and p stands what they are times y: then no loop needs y at all, and every number is libsvm's but for its sign.

use super::kernel::{Function, Points};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands for a curvature that is not positive (libsvm's TAU).
const FLAT: f64 = 1e-12;

/// Updates between two looks at what may be shrunk, at most.
const SHRINK_EVERY: usize = 1000;

/// What α may do: grow along y (libsvm's I_up), fall along y (I_low), or both.
const UP: u8 = 1;
const LOW: u8 = 2;

/// What a solver is given at every step: what it does not keep, because it is the same for all pairs of classes.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The kernel.
    pub kernel: Function,
    /// All training rows.
    pub points: Points<'a>,
    /// How many bytes of kernel values may be kept; two columns always are.
    pub cache: usize,
}

/// The next move: what is known of it before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The two positions.
    i: u32,
    j: u32,
    /// How far the worst pair is from optimal: m(α) − M(α), which ends below the tolerance.
    pub violation: f64,
    /// By how much the dual objective would fall if there were no bounds.
    pub gain: f64,
}

/// How far a solver is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SvmStanding")]
pub struct Standing {
    /// 2 / ‖w‖; infinite while w is 0.
    pub margin: f64,
    /// ½ αᵀQα + pᵀα
    pub objective: f64,
    /// Primal minus dual objective: 0 at the optimum.
    pub gap: f64,
    /// Rows that violate the optimality conditions by more than the tolerance.
    pub violators: usize,
    /// Rows with an α above 0.
    pub support: usize,
    /// Rows with an α at C.
    pub bounded: usize,
}

/// What is learned of two classes, or of numbers: Σ coefficient · K(row, x) − ρ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Border {
    /// Training rows that are support vectors.
    pub rows: Vec<u32>,
    /// α y of each, or α − α*.
    pub coefficients: Vec<f64>,
    /// α / C of each, 1 at the bound.
    pub shares: Vec<f64>,
    /// ρ
    pub offset: f64,
}

/// A problem and how far its solution is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Solver {
    tolerance: f64,
    shrinking: bool,
    /// Training rows of this problem, in its own order.
    rows: Vec<u32>,
    /// What follows is by position; shrinking changes positions, and this says which variable stands where.
    variables: Vec<u32>,
    y: Vec<i8>,
    alpha: Vec<f64>,
    /// C of the variable.
    bounds: Vec<f64>,
    /// y p
    linear: Vec<f64>,
    /// y G, of which only the active part is kept up to date.
    gradient: Vec<f64>,
    /// The part of y (G − p) that variables at C make.
    bar: Vec<f64>,
    status: Vec<u8>,
    /// Positions below it are not shrunk.
    active: usize,
    unshrunk: bool,
    counter: usize,
    updates: u64,
    next: Option<Move>,
    /// What can be computed again.
    #[serde(skip)]
    columns: Columns,
}

impl Solver {
    /// Two classes: the first `positive` of the rows have y = +1. `bounds` is C of each row, above 0.
    pub fn of_classes(rows: Vec<u32>, positive: usize, bounds: Vec<f64>, tolerance: f64, shrinking: bool, given: Context) -> Self {
        let y: Vec<i8> = (0..rows.len()).map(|row| if row < positive { 1 } else { -1 }).collect();
        let linear = y.iter().map(|&y| -f64::from(y)).collect();
        Solver { tolerance, shrinking, rows, y, bounds, linear, ..Solver::default() }.begun(given)
    }

    /// Numbers, of which those that lie no more than `epsilon` off cost nothing. `bounds` is C of each row, above 0.
    pub fn of_numbers(
        rows: Vec<u32>,
        targets: &[f64],
        bounds: Vec<f64>,
        epsilon: f64,
        tolerance: f64,
        shrinking: bool,
        given: Context,
    ) -> Self {
        let y: Vec<i8> = rows.iter().map(|_| 1).chain(rows.iter().map(|_| -1)).collect();
        let linear = targets.iter().map(|z| epsilon - z).chain(targets.iter().map(|z| -(epsilon + z))).collect();
        let bounds = [&bounds[..], &bounds[..]].concat();
        Solver { tolerance, shrinking, rows, y, bounds, linear, ..Solver::default() }.begun(given)
    }

    fn begun(mut self, given: Context) -> Self {
        let count = self.y.len();
        self.variables = (0..count as u32).collect();
        self.alpha = vec![0.0; count];
        self.gradient = self.linear.clone();
        self.bar = vec![0.0; count];
        self.status = self.y.iter().map(|&y| if y > 0 { UP } else { LOW }).collect();
        self.active = count;
        self.counter = count.min(SHRINK_EVERY) + 1;
        self.next = self.search(given);
        self
    }

    /// The move that [`Solver::step`] will make; none once the solution is optimal to the tolerance.
    pub fn next(&self) -> Option<Move> {
        self.next
    }

    /// Moves that were made.
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// Variables that are not shrunk away.
    pub fn active(&self) -> usize {
        self.active
    }

    /// Training rows of the problem.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The training rows whose α a move changes.
    pub fn rows_of(&self, of: Move) -> [u32; 2] {
        [of.i, of.j].map(|t| self.rows[self.variables[t as usize] as usize % self.rows.len()])
    }

    /// Moves one pair and looks for the next; nothing where the solution is optimal.
    pub fn step(&mut self, given: Context) {
        let Some(Move { i, j, .. }) = self.next else { return };
        self.advance(i as usize, j as usize, given);
        self.updates += 1;
        self.next = self.search(given);
    }

    /// The best pair, of all variables where none is left among the active ones.
    fn search(&mut self, given: Context) -> Option<Move> {
        self.counter -= 1;
        if self.counter == 0 {
            self.counter = self.y.len().min(SHRINK_EVERY);
            if self.shrinking {
                self.shrink(given);
            }
        }
        if let Some(found) = self.select(given) {
            return Some(found);
        }
        self.reconstruct(given);
        self.active = self.y.len();
        let found = self.select(given)?;
        // Shrink again at once.
        self.counter = 1;
        Some(found)
    }

    /// i violates most among those that may grow along y; j, among those that may fall, lowers the objective most together with it.
    fn select(&mut self, given: Context) -> Option<Move> {
        let (mut most, mut first) = (f64::NEG_INFINITY, None);
        for t in 0..self.active {
            if self.status[t] & UP != 0 && -self.gradient[t] >= most {
                (most, first) = (-self.gradient[t], Some(t));
            }
        }
        let i = first?;
        self.columns.ready(i, self.active, 0, &self.variables, &self.rows, given);
        let column = &self.columns.get(i, 0)[..self.active];
        let (gradient, status, diagonal) =
            (&self.gradient[..self.active], &self.status[..self.active], &self.columns.diagonal[..self.active]);
        let (mut least, mut second, mut best) = (f64::NEG_INFINITY, None, f64::NEG_INFINITY);
        let of_i = diagonal[i];
        for j in 0..self.active {
            if status[j] & LOW == 0 {
                continue;
            }
            least = least.max(gradient[j]);
            let difference = most + gradient[j];
            if difference > 0.0 {
                let curvature = of_i + diagonal[j] - 2.0 * f64::from(column[j]);
                let gain = difference * difference / if curvature > 0.0 { curvature } else { FLAT };
                if gain >= best {
                    (best, second) = (gain, Some(j));
                }
            }
        }
        let violation = most + least;
        let j = second?;
        (violation >= self.tolerance).then_some(Move { i: i as u32, j: j as u32, violation, gain: best / 2.0 })
    }

    /// The move itself, with the bounds minded as libsvm minds them.
    fn advance(&mut self, i: usize, j: usize, given: Context) {
        self.columns.ready(i, self.active, 0, &self.variables, &self.rows, given);
        self.columns.ready(j, self.active, 1, &self.variables, &self.rows, given);
        let (column_i, column_j) = (self.columns.get(i, 0), self.columns.get(j, 1));
        let (of_i, of_j) = (self.bounds[i], self.bounds[j]);
        let (y_i, y_j) = (f64::from(self.y[i]), f64::from(self.y[j]));
        let before = [self.alpha[i], self.alpha[j]];
        let [mut a, mut b] = before;
        let curvature = self.columns.diagonal[i] + self.columns.diagonal[j] - 2.0 * f64::from(column_i[j]);
        let curvature = if curvature > 0.0 { curvature } else { FLAT };
        let (gradient_i, gradient_j) = (y_i * self.gradient[i], y_j * self.gradient[j]);
        if y_i != y_j {
            let delta = (-gradient_i - gradient_j) / curvature;
            let difference = a - b;
            (a, b) = (a + delta, b + delta);
            if difference > 0.0 {
                if b < 0.0 {
                    (a, b) = (difference, 0.0);
                }
            } else if a < 0.0 {
                (a, b) = (0.0, -difference);
            }
            if difference > of_i - of_j {
                if a > of_i {
                    (a, b) = (of_i, of_i - difference);
                }
            } else if b > of_j {
                (a, b) = (of_j + difference, of_j);
            }
        } else {
            let delta = (gradient_i - gradient_j) / curvature;
            let sum = a + b;
            (a, b) = (a - delta, b + delta);
            if sum > of_i {
                if a > of_i {
                    (a, b) = (of_i, sum - of_i);
                }
            } else if b < 0.0 {
                (a, b) = (sum, 0.0);
            }
            if sum > of_j {
                if b > of_j {
                    (a, b) = (sum - of_j, of_j);
                }
            } else if a < 0.0 {
                (a, b) = (0.0, sum);
            }
        }
        let (by_i, by_j) = (y_i * (a - before[0]), y_j * (b - before[1]));
        let gradient = &mut self.gradient[..self.active];
        for ((gradient, &k_i), &k_j) in gradient.iter_mut().zip(column_i).zip(column_j) {
            *gradient += f64::from(k_i) * by_i + f64::from(k_j) * by_j;
        }
        for (t, alpha) in [(i, a), (j, b)] {
            let was = self.at_bound(t);
            self.alpha[t] = alpha;
            self.status[t] = status(alpha, self.bounds[t], self.y[t]);
            if was != self.at_bound(t) {
                self.columns.ready(t, self.y.len(), 0, &self.variables, &self.rows, given);
                let by = f64::from(self.y[t]) * self.bounds[t];
                let by = if was { -by } else { by };
                for (bar, &k) in self.bar.iter_mut().zip(self.columns.get(t, 0)) {
                    *bar += by * f64::from(k);
                }
            }
        }
    }

    fn at_bound(&self, t: usize) -> bool {
        self.alpha[t] >= self.bounds[t]
    }

    fn is_free(&self, t: usize) -> bool {
        self.status[t] == UP | LOW
    }

    /// Computes the gradients of what was shrunk away again.
    fn reconstruct(&mut self, given: Context) {
        let (count, active) = (self.y.len(), self.active);
        if active == count {
            return;
        }
        for t in active..count {
            self.gradient[t] = self.bar[t] + self.linear[t];
        }
        let free: Vec<usize> = (0..active).filter(|&t| self.is_free(t)).collect();
        // Whichever way computes fewer kernel values.
        if free.len() * count > 2 * active * (count - active) {
            for t in active..count {
                self.columns.ready(t, active, 0, &self.variables, &self.rows, given);
                let column = self.columns.get(t, 0);
                for &s in &free {
                    self.gradient[t] += f64::from(self.y[s]) * self.alpha[s] * f64::from(column[s]);
                }
            }
        } else {
            for &s in &free {
                self.columns.ready(s, count, 0, &self.variables, &self.rows, given);
                let by = f64::from(self.y[s]) * self.alpha[s];
                let column = self.columns.get(s, 0);
                for (gradient, &k) in self.gradient[active..].iter_mut().zip(&column[active..]) {
                    *gradient += by * f64::from(k);
                }
            }
        }
    }

    /// The two ends of the worst pair: max −yG over what may grow along y, max yG over what may fall.
    fn extremes(&self) -> (f64, f64) {
        let (mut up, mut low) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (&gradient, &status) in self.gradient.iter().zip(&self.status).take(self.active) {
            if status & UP != 0 {
                up = up.max(-gradient);
            }
            if status & LOW != 0 {
                low = low.max(gradient);
            }
        }
        (up, low)
    }

    /// Moves variables at a bound that are pressed against it harder than any violator pulls behind the active ones.
    fn shrink(&mut self, given: Context) {
        let (up, low) = self.extremes();
        if !self.unshrunk && up + low <= self.tolerance * 10.0 {
            // Near the end everything is looked at once more.
            self.unshrunk = true;
            self.reconstruct(given);
            self.active = self.y.len();
        }
        let goes = |solver: &Self, t: usize| match solver.status[t] {
            // At a bound from which only growing along y leads away, and the gradient speaks against it; and the other way round.
            UP => solver.gradient[t] > low,
            LOW => -solver.gradient[t] > up,
            _ => false,
        };
        let mut t = 0;
        while t < self.active {
            if goes(self, t) {
                self.active -= 1;
                while self.active > t {
                    if !goes(self, self.active) {
                        self.swap(t, self.active);
                        break;
                    }
                    self.active -= 1;
                }
            }
            t += 1;
        }
    }

    fn swap(&mut self, s: usize, t: usize) {
        self.columns.swap(s, t);
        self.variables.swap(s, t);
        self.y.swap(s, t);
        self.alpha.swap(s, t);
        self.bounds.swap(s, t);
        self.linear.swap(s, t);
        self.gradient.swap(s, t);
        self.bar.swap(s, t);
        self.status.swap(s, t);
    }

    /// ρ: the mean of yG over the free variables, or halfway between what the others allow.
    fn offset(&self, gradient: &[f64]) -> f64 {
        let (mut sum, mut free) = (0.0, 0);
        let (mut above, mut below) = (f64::INFINITY, f64::NEG_INFINITY);
        for (&gradient, &status) in gradient.iter().zip(&self.status) {
            match status {
                UP => above = above.min(gradient),
                LOW => below = below.max(gradient),
                _ => (sum, free) = (sum + gradient, free + 1),
            }
        }
        match (free, above.is_finite(), below.is_finite()) {
            (1.., _, _) => sum / f64::from(free),
            (_, true, true) => f64::midpoint(above, below),
            (_, true, false) => above,
            (_, false, true) => below,
            _ => 0.0,
        }
    }

    /// What is learned as it stands.
    pub fn border(&self) -> Border {
        let count = self.rows.len();
        let mut of_row: Vec<(f64, f64)> = vec![(0.0, 0.0); count];
        for (t, &variable) in self.variables.iter().enumerate() {
            let (coefficient, share) = &mut of_row[variable as usize % count];
            *coefficient += f64::from(self.y[t]) * self.alpha[t];
            *share = share.max(self.alpha[t] / self.bounds[t]);
        }
        let mut border = Border { offset: self.offset(&self.gradient[..self.active]), ..Border::default() };
        for (&row, (coefficient, share)) in self.rows.iter().zip(of_row) {
            if coefficient != 0.0 {
                border.rows.push(row);
                border.coefficients.push(coefficient);
                border.shares.push(share);
            }
        }
        border
    }

    /// How far the solution is. It costs little but where variables are shrunk away: then their gradients are computed, and thrown away again.
    pub fn standing(&self, given: Context) -> Standing {
        let gradient = self.whole_gradient(given);
        let offset = self.offset(&self.gradient[..self.active]);
        let (mut squared, mut linear, mut gap) = (0.0, 0.0, 0.0);
        let count = self.rows.len();
        let mut of_row = vec![(false, false, false); count];
        for (t, &gradient) in gradient.iter().enumerate() {
            let (y, alpha, bound) = (f64::from(self.y[t]), self.alpha[t], self.bounds[t]);
            squared += alpha * y * (gradient - self.linear[t]);
            linear += alpha * y * self.linear[t];
            // How far the row lies on the wrong side of its margin: its slack.
            gap += bound * (y * (offset - gradient)).max(0.0);
            let pull = gradient - offset;
            let (violates, supports, at_bound) = &mut of_row[self.variables[t] as usize % count];
            *violates |= (self.status[t] & UP != 0 && -pull > self.tolerance) || (self.status[t] & LOW != 0 && pull > self.tolerance);
            *supports |= alpha > 0.0;
            *at_bound |= self.at_bound(t);
        }
        Standing {
            margin: if squared > 0.0 { 2.0 / squared.sqrt() } else { f64::INFINITY },
            objective: squared / 2.0 + linear,
            gap: gap + squared + linear,
            violators: of_row.iter().filter(|of| of.0).count(),
            support: of_row.iter().filter(|of| of.1).count(),
            bounded: of_row.iter().filter(|of| of.2).count(),
        }
    }

    /// The gradient of every variable, without a trace in the solver.
    fn whole_gradient(&self, given: Context) -> Vec<f64> {
        let mut gradient = self.gradient.clone();
        let count = self.rows.len();
        let point = |t: usize| given.points.row(self.rows[self.variables[t] as usize % count]);
        for (t, slope) in gradient.iter_mut().enumerate().skip(self.active) {
            let free = (0..self.active).filter(|&s| self.is_free(s));
            let of_free: f64 =
                free.map(|s| f64::from(self.y[s]) * self.alpha[s] * f64::from(given.kernel.of(point(s), point(t)) as f32)).sum();
            *slope = self.bar[t] + self.linear[t] + of_free;
        }
        gradient
    }

    /// Whether a number is no longer finite: kernels of large degree go beyond what 64 bits hold.
    pub fn is_finite(&self) -> bool {
        self.gradient[..self.active].iter().chain(&self.alpha).all(|value| value.is_finite())
    }
}

/// What a variable may do. One with both bounds in one place may do nothing, and is in neither set.
fn status(alpha: f64, bound: f64, y: i8) -> u8 {
    let (grows, falls) = if y > 0 { (UP, LOW) } else { (LOW, UP) };
    if alpha >= bound {
        falls
    } else if alpha <= 0.0 {
        grows
    } else {
        UP | LOW
    }
}

/// Columns of the kernel by position, as many as there is room for. Where every row has two variables, a column is kept by row and laid out when it is asked for.
#[derive(Clone, Debug, Default)]
struct Columns {
    /// K(x, x) by position; empty before the first use.
    diagonal: Vec<f64>,
    /// Columns by place, in a ring by when they were used; its beginning is one more place at the end.
    kept: Vec<Kept>,
    /// Values that there is still room for.
    room: usize,
    /// Whether every row has two variables, and their columns as they are laid out.
    twofold: bool,
    laid: [Vec<f32>; 2],
}

/// A column: its first values, and its neighbours in the order of use.
#[derive(Clone, Debug, Default)]
struct Kept {
    values: Vec<f32>,
    before: u32,
    after: u32,
}

impl Columns {
    fn begin(&mut self, variables: &[u32], rows: &[u32], given: Context) {
        let own = |&variable: &u32| {
            let point = given.points.row(rows[variable as usize % rows.len()]);
            given.kernel.of(point, point)
        };
        self.diagonal = variables.iter().map(own).collect();
        self.twofold = variables.len() > rows.len();
        let end = rows.len() as u32;
        self.kept = vec![Kept { values: Vec::new(), before: end, after: end }; rows.len() + 1];
        self.room = (given.cache / size_of::<f32>()).max(2 * rows.len());
    }

    /// Makes the first `length` values of the column at position `t` ready to be looked at with the same `slot`; another slot's column stays as it is.
    fn ready(&mut self, t: usize, length: usize, slot: usize, variables: &[u32], rows: &[u32], given: Context) {
        if self.diagonal.is_empty() {
            self.begin(variables, rows, given);
        }
        let point = |row: usize| given.points.row(rows[row]);
        if self.twofold {
            let own = variables[t] as usize % rows.len();
            self.touch(own, rows.len());
            let values = &mut self.kept[own].values;
            (values.len()..rows.len()).for_each(|row| values.push(given.kernel.of(point(own), point(row)) as f32));
            let laid = &mut self.laid[slot];
            laid.clear();
            laid.extend(variables[..length].iter().map(|&variable| values[variable as usize % rows.len()]));
        } else {
            self.touch(t, length);
            let own = point(variables[t] as usize);
            let values = &mut self.kept[t].values;
            (values.len()..length).for_each(|s| values.push(given.kernel.of(own, point(variables[s] as usize)) as f32));
        }
    }

    fn get(&self, t: usize, slot: usize) -> &[f32] {
        if self.twofold { &self.laid[slot] } else { &self.kept[t].values }
    }

    /// Makes room for `length` values of a column and moves it to the end of the order.
    fn touch(&mut self, place: usize, length: usize) {
        let end = self.kept.len() - 1;
        if !self.kept[place].values.is_empty() {
            self.unlink(place);
        }
        let more = length.saturating_sub(self.kept[place].values.len());
        while self.room < more {
            let oldest = self.kept[end].after as usize;
            self.unlink(oldest);
            self.room += std::mem::take(&mut self.kept[oldest].values).len();
        }
        self.room -= more;
        self.kept[place].values.reserve_exact(more);
        self.link(place);
    }

    fn unlink(&mut self, place: usize) {
        let Kept { before, after, .. } = self.kept[place];
        self.kept[before as usize].after = after;
        self.kept[after as usize].before = before;
    }

    fn link(&mut self, place: usize) {
        let end = self.kept.len() - 1;
        let last = self.kept[end].before;
        (self.kept[place].before, self.kept[place].after) = (last, end as u32);
        self.kept[last as usize].after = place as u32;
        self.kept[end].before = place as u32;
    }

    /// Two positions change places. A column that holds only one of the two values is given up.
    fn swap(&mut self, s: usize, t: usize) {
        if self.diagonal.is_empty() || s == t {
            return;
        }
        self.diagonal.swap(s, t);
        if self.twofold {
            return;
        }
        let filled = |columns: &Self, place: usize| !columns.kept[place].values.is_empty();
        [s, t].into_iter().filter(|&place| filled(self, place)).collect::<Vec<_>>().into_iter().for_each(|place| self.unlink(place));
        let values = std::mem::take(&mut self.kept[s].values);
        self.kept[s].values = std::mem::replace(&mut self.kept[t].values, values);
        for place in [s, t] {
            if filled(self, place) {
                self.link(place);
            }
        }
        let (low, high) = (s.min(t), s.max(t));
        let end = self.kept.len() - 1;
        let mut place = self.kept[end].after as usize;
        while place != end {
            let after = self.kept[place].after as usize;
            let values = &mut self.kept[place].values;
            if values.len() > high {
                values.swap(low, high);
            } else if values.len() > low {
                self.room += std::mem::take(values).len();
                self.unlink(place);
            }
            place = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two noisy half rings, drawn by a rule of our own: rows, and how many of them are of the first class.
    fn rings(count: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1 << 24) - 0.5
        };
        let turn = |at: usize| std::f64::consts::TAU * at as f64 / count as f64 * 2.0;
        let of = |at: usize| if at < count / 2 { 1.0 } else { 1.4 };
        (0..count)
            .flat_map(|at| [libm::cos(turn(at)) * of(at) + noise(), libm::sin(turn(at)) * of(at) + noise()].map(|x| x as f32))
            .collect()
    }

    fn context(values: &[f32], kernel: Function, cache: usize) -> Context<'_> {
        Context { kernel, points: Points { values, width: 2 }, cache }
    }

    fn machine(count: usize, c: f64, shrinking: bool, context: Context) -> Solver {
        Solver::of_classes((0..count as u32).collect(), count / 2, vec![c; count], 1e-6, shrinking, context)
    }

    fn decision(border: &Border, context: Context, x: &[f32]) -> f64 {
        let terms = border.rows.iter().zip(&border.coefficients);
        terms.map(|(&row, coefficient)| coefficient * context.kernel.of(context.points.row(row), x)).sum::<f64>() - border.offset
    }

    #[test]
    fn two_rows_have_the_border_halfway() {
        let values = [3.0, 0.0, 1.0, 0.0];
        let context = context(&values, Function::Linear, 0);
        let mut solver = Solver::of_classes(vec![0, 1], 1, vec![10.0; 2], 1e-9, true, context);
        assert_eq!(solver.next().expect("a move").violation, 2.0);
        solver.step(context);
        assert_eq!(solver.next(), None);
        // w = (1, 0), b = −2: half of |w|² = ½ is what each α is.
        let border = solver.border();
        assert_eq!((&border.coefficients[..], &border.shares[..], border.offset), (&[0.5, -0.5][..], &[0.05, 0.05][..], 2.0));
        let due = Standing { margin: 2.0, objective: -0.5, gap: 0.0, violators: 0, support: 2, bounded: 0 };
        assert_eq!(solver.standing(context), due);
    }

    #[test]
    fn a_row_on_the_wrong_side_stays_at_c() {
        let values = [2.0, 0.0, -2.0, 0.0, -2.0, 0.0, 2.0, 0.0];
        let context = context(&values, Function::Linear, 0);
        let mut solver = Solver::of_classes(vec![0, 2, 1, 3], 2, vec![0.01, 0.02, 0.03, 0.04], 1e-9, true, context);
        while solver.next().is_some() {
            solver.step(context);
        }
        let standing = solver.standing(context);
        assert!(standing.bounded >= 2 && standing.violators == 0 && standing.gap.abs() < 1e-9, "{standing:?}");
        assert!(solver.border().shares.iter().all(|share| (0.0..=1.0).contains(share)));
    }

    #[test]
    fn numbers_within_epsilon_of_a_line_need_no_more_than_the_line() {
        let values: Vec<f32> = (0..9).flat_map(|at| [at as f32, 0.0]).collect();
        let targets: Vec<f64> = (0..9).map(|at| 0.5 * f64::from(at) + 3.0).collect();
        let context = context(&values, Function::Linear, 0);
        let mut solver = Solver::of_numbers((0..9).collect(), &targets, vec![100.0; 9], 0.4, 1e-9, true, context);
        // Before the first move: halfway between the extremes.
        assert_eq!(decision(&solver.border(), context, &[7.0, 0.0]), 5.0);
        while solver.next().is_some() {
            solver.step(context);
        }
        // The flattest line within the tube goes through (0, 3.4) and (8, 6.6).
        let border = solver.border();
        assert!(
            (decision(&border, context, &[0.0, 0.0]) - 3.4).abs() < 1e-6 && (decision(&border, context, &[8.0, 0.0]) - 6.6).abs() < 1e-6
        );
        let standing = solver.standing(context);
        assert!(standing.support == 2 && (standing.margin - 2.0 / 0.4).abs() < 1e-6 && standing.gap.abs() < 1e-8, "{standing:?}");
    }

    #[test]
    fn what_is_stored_on_the_way_and_a_cache_of_two_columns_change_no_bit() {
        let values = rings(160);
        for kernel in [Function::Rbf { gamma: 2.0 }, Function::Poly { gamma: 0.7, coef0: 0.3, degree: 3 }] {
            for numbers in [false, true] {
                let of = |cache| {
                    let context = context(&values, kernel, cache);
                    let solver = if numbers {
                        let targets: Vec<f64> = values.chunks(2).map(|x| f64::from(x[0] * x[1])).collect();
                        Solver::of_numbers((0..160).collect(), &targets, vec![5.0; 160], 0.05, 1e-6, true, context)
                    } else {
                        machine(160, 5.0, true, context)
                    };
                    (solver, context)
                };
                let ((mut whole, plenty), (mut stored, little)) = (of(1 << 20), of(0));
                let mut shrunk = false;
                while whole.next().is_some() {
                    whole.step(plenty);
                    stored.step(little);
                    let bytes = postcard::to_allocvec(&stored).expect("plain data");
                    assert!(bytes == postcard::to_allocvec(&whole).expect("plain data"), "after {} updates", whole.updates());
                    if stored.updates() % 5 == 2 {
                        stored = postcard::from_bytes(&bytes).expect("what was stored");
                    }
                    shrunk |= whole.active() < whole.y.len();
                }
                assert!(shrunk && whole.updates() > 100, "{kernel:?}: {} updates, shrunk: {shrunk}", whole.updates());
            }
        }
    }

    #[test]
    fn shrinking_changes_the_way_and_not_the_answer() {
        let values = rings(120);
        let context = context(&values, Function::Rbf { gamma: 1.0 }, 1 << 20);
        let [shrunk, whole] = [true, false].map(|shrinking| {
            let mut solver = machine(120, 20.0, shrinking, context);
            let mut least = usize::MAX;
            while solver.next().is_some() {
                let before = solver.standing(context);
                solver.step(context);
                least = least.min(solver.active());
                // The dual objective falls with every move, by what second-order information promised or less where a bound is in the way.
                assert!(solver.standing(context).objective < before.objective + 1e-6, "after {} updates", solver.updates());
            }
            let standing = solver.standing(context);
            assert!(standing.violators == 0 && standing.gap.abs() < 1e-2 * standing.objective.abs(), "{standing:?}");
            assert_eq!(least < 120, shrinking);
            solver.border()
        });
        for x in [[0.0, 0.0], [1.0, 0.2], [-1.5, 0.5]] {
            assert!((decision(&shrunk, context, &x) - decision(&whole, context, &x)).abs() < 1e-5);
        }
    }

    #[test]
    fn numbers_beyond_what_floats_hold_end_it() {
        let values = [1e30, 2e30, -1e30, 5e29, 3.0, -1e30, 1e30, 7.0];
        let context = context(&values, Function::Poly { gamma: 1.0, coef0: 0.0, degree: 9 }, 0);
        let mut solver = machine(4, 1.0, true, context);
        for _ in 0..100 {
            solver.step(context);
        }
        assert_eq!(solver.next(), None);
    }
}
