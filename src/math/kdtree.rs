//! Nearest rows by Euclidean distance, in a k-d tree (Bentley 1975, Friedman, Bentley & Finkel 1977): boxes of rows, cut at the median of their widest
//! side, of which only those are opened that may hold a row nearer than what was found. Gaps are not known here: rows that have some are searched in
//! columns that they have (`data/clean/neighbours.rs`).
//!
//! The answer is that of looking at every row, bit for bit: squares are summed up in the same order for a row and for the nearest corner of a box, and
//! rounding keeps order, so that no box with a nearer row is passed over. Of rows as near as each other, the first counts. In many dimensions boxes tell
//! nothing, and every row is looked at, as far as its sum stays below the farthest that was found.

/// Rows in a box that is not cut.
const LEAF: usize = 16;
/// Dimensions beyond which every row is looked at.
const DIMENSIONS: usize = 12;

/// The k nearest rows that were offered, nearest first: (distance, row), of equal distances the lowest row.
#[derive(Clone, Debug, Default)]
pub struct Nearest {
    k: usize,
    found: Vec<(f64, u32)>,
}

impl Nearest {
    /// None yet of at most `k`.
    pub fn new(k: usize) -> Self {
        Nearest { k, found: Vec::with_capacity(k) }
    }

    /// Forgets what was found.
    pub fn clear(&mut self, k: usize) {
        self.k = k;
        self.found.clear();
    }

    /// What was found.
    pub fn found(&self) -> &[(f64, u32)] {
        &self.found
    }

    /// True where a row at least so far away, with at least this number, is among the nearest.
    fn takes(&self, distance: f64, row: u32) -> bool {
        match self.found.last() {
            Some(last) if self.found.len() == self.k => (distance, row) < *last,
            _ => self.k > 0,
        }
    }

    /// Takes over a row if it is near enough.
    pub fn offer(&mut self, distance: f64, row: u32) {
        if self.takes(distance, row) {
            self.found.truncate(self.k - 1);
            let place = self.found.partition_point(|other| *other < (distance, row));
            self.found.insert(place, (distance, row));
        }
    }
}

/// How a sum of squares becomes a distance: sum · all / present, where some of `all` columns cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    pub all: f64,
    pub present: f64,
}

impl Stretch {
    /// The sum of squares itself.
    pub const NONE: Stretch = Stretch { all: 1.0, present: 1.0 };

    fn of(self, sum: f64) -> f64 {
        if self == Stretch::NONE { sum } else { sum * self.all / self.present }
    }
}

/// Rows `first..end` of the order, the box around them, and the two that it is cut into.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    first: u32,
    end: u32,
    /// The lowest row number within.
    lowest: u32,
    /// None for a leaf: the root is nobody's child.
    children: [u32; 2],
}

/// Rows to be searched.
#[derive(Clone, Debug, PartialEq)]
pub struct KdTree {
    width: usize,
    /// Row-major, in the order of the tree.
    points: Vec<f32>,
    /// Which row each of them is.
    rows: Vec<u32>,
    nodes: Vec<Node>,
    /// `[nodes][width]`: the smallest and largest numbers of a box.
    low: Vec<f32>,
    high: Vec<f32>,
}

impl KdTree {
    /// Over rows of `width` finite numbers, row-major; `rows` says which number each has, ascending.
    pub fn new(points: &[f32], width: usize, rows: Vec<u32>) -> Self {
        let mut tree = KdTree { width, points: Vec::new(), rows: Vec::new(), nodes: Vec::new(), low: Vec::new(), high: Vec::new() };
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        if !order.is_empty() {
            tree.grow(points, &mut order, 0);
        }
        tree.points.extend(order.iter().flat_map(|&at| &points[at as usize * width..][..width]));
        tree.nodes.iter_mut().for_each(|node| {
            let within = &order[node.first as usize..node.end as usize];
            node.lowest = within.iter().map(|&at| rows[at as usize]).min().unwrap_or(0);
        });
        tree.rows = order.into_iter().map(|at| rows[at as usize]).collect();
        tree
    }

    /// Adds the node of `order`, which stands at `first` of the whole, and those below.
    fn grow(&mut self, points: &[f32], order: &mut [u32], first: usize) -> u32 {
        let (node, width) = (self.nodes.len(), self.width);
        let value = |at: u32, side: usize| points[at as usize * width + side];
        self.nodes.push(Node { first: first as u32, end: (first + order.len()) as u32, lowest: 0, children: [0, 0] });
        for side in 0..width {
            self.low.push(order.iter().map(|&at| value(at, side)).fold(f32::INFINITY, f32::min));
            self.high.push(order.iter().map(|&at| value(at, side)).fold(f32::NEG_INFINITY, f32::max));
        }
        if order.len() > LEAF && width <= DIMENSIONS {
            let reach = |side: usize| f64::from(self.high[node * width + side]) - f64::from(self.low[node * width + side]);
            let widest = (1..width).fold(0, |widest, side| if reach(side) > reach(widest) { side } else { widest });
            let middle = order.len() / 2;
            if width > 0 {
                order.select_nth_unstable_by(middle, |&a, &b| value(a, widest).total_cmp(&value(b, widest)).then(a.cmp(&b)));
            }
            let (left, right) = order.split_at_mut(middle);
            let left = self.grow(points, left, first);
            self.nodes[node].children = [left, self.grow(points, right, first + middle)];
        }
        node as u32
    }

    /// Offers `nearest` every row that may be among them, but for row `but`. `from` has `width` finite numbers.
    pub fn search(&self, from: &[f32], stretch: Stretch, but: Option<u32>, nearest: &mut Nearest) {
        if !self.nodes.is_empty() {
            self.visit(0, from, stretch, but, nearest);
        }
    }

    fn visit(&self, node: u32, from: &[f32], stretch: Stretch, but: Option<u32>, nearest: &mut Nearest) {
        let Node { first, end, children, .. } = self.nodes[node as usize];
        if children[1] == 0 {
            for at in first as usize..end as usize {
                let row = self.rows[at];
                if Some(row) != but {
                    self.measure(&self.points[at * self.width..][..self.width], from, stretch, row, nearest);
                }
            }
            return;
        }
        let mut both = children.map(|child| (stretch.of(self.nearest_corner(child, from)), self.nodes[child as usize].lowest, child));
        if (both[1].0, both[1].1) < (both[0].0, both[0].1) {
            both.swap(0, 1);
        }
        for (bound, lowest, child) in both {
            if nearest.takes(bound, lowest) {
                self.visit(child, from, stretch, but, nearest);
            }
        }
    }

    /// Offers one row; its sum is not finished where it is too large already.
    #[inline]
    fn measure(&self, point: &[f32], from: &[f32], stretch: Stretch, row: u32, nearest: &mut Nearest) {
        let mut sum = 0.0;
        for (point, from) in point.chunks(8).zip(from.chunks(8)) {
            for (a, b) in point.iter().zip(from) {
                let step = f64::from(*a) - f64::from(*b);
                sum += step * step;
            }
            if !nearest.takes(stretch.of(sum), 0) {
                return;
            }
        }
        nearest.offer(stretch.of(sum), row);
    }

    /// The sum of squares to the nearest place of a box.
    fn nearest_corner(&self, node: u32, from: &[f32]) -> f64 {
        let at = node as usize * self.width;
        let sides = self.low[at..].iter().zip(&self.high[at..]).zip(from);
        sides.map(|((low, high), from)| f64::from(from.clamp(*low, *high)) - f64::from(*from)).map(|step| step * step).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random;

    fn all(points: &[f32], width: usize, from: &[f32], k: usize, but: Option<u32>) -> Vec<(f64, u32)> {
        let distance = |row: &[f32]| row.iter().zip(from).map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum::<f64>();
        let rows = points.chunks_exact(width).enumerate().filter(|(row, _)| Some(*row as u32) != but);
        let mut found: Vec<(f64, u32)> = rows.map(|(row, point)| (distance(point), row as u32)).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found.truncate(k);
        found
    }

    #[test]
    fn the_answer_is_that_of_looking_at_every_row() {
        let mut stream = random::stream(5, "tree");
        for (case, (width, rows, grid)) in
            [(1, 500, 0.0), (2, 700, 0.0), (2, 700, 4.0), (3, 40, 1.0), (5, 600, 3.0), (12, 300, 0.0), (20, 200, 2.0), (2, 1, 0.0)]
                .into_iter()
                .enumerate()
        {
            // On a grid many rows are as near as each other, or the same.
            let draw = |stream: &mut random::Stream| {
                let value = random::normal(stream);
                if grid > 0.0 { (value * grid).round() / grid } else { value }
            };
            let points: Vec<f32> = (0..rows * width).map(|_| draw(&mut stream)).collect();
            let tree = KdTree::new(&points, width, (0..rows as u32).collect());
            let mut nearest = Nearest::default();
            for query in 0..60 {
                let own = (query % 2 == 0).then_some(query as u32 % rows as u32);
                let from: Vec<f32> = match own {
                    Some(row) => points[row as usize * width..][..width].to_vec(),
                    None => (0..width).map(|_| draw(&mut stream)).collect(),
                };
                for k in [1, 5, 50] {
                    nearest.clear(k);
                    tree.search(&from, Stretch::NONE, own, &mut nearest);
                    assert_eq!(nearest.found(), all(&points, width, &from, k, own), "case {case}, query {query}, {k} rows");
                }
            }
        }
    }

    #[test]
    fn no_rows_are_near_nothing() {
        let mut nearest = Nearest::new(3);
        KdTree::new(&[], 2, Vec::new()).search(&[0.0, 0.0], Stretch::NONE, None, &mut nearest);
        assert_eq!(nearest.found(), []);
    }
}
