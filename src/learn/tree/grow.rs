//! Growth of one tree, a split at a time. The open leaves and their best splits are state, not a recursion: growth can pause anywhere, be stored and go on.
//!
//! What a split gains is the business of a [`Measure`]: impurity of classes or numbers (`impurity.rs`), or gradients and hessians (`gain.rs`). Its sums over
//! one side change row by row while a feature's order is read. Of splits that gain the same the lowest feature and the lowest threshold is taken.

use super::columns::{Cell, Columns};
use super::node::{Node, Split, count_leaves};
use crate::math::random::{self, Stream};
use serde::{Deserialize, Serialize};

/// Values that lie no farther apart, in 32-bit arithmetic, are never parted (scikit-learn's `FEATURE_THRESHOLD`).
const APART: f32 = 1e-7;

/// What a split makes better, from sums that a search can update row by row.
pub trait Measure {
    /// Sums over the rows of a node.
    type Sums;
    /// Those of its two sides, while rows go from the right to the left.
    type Sides;
    /// What a leaf answers.
    type Value;

    /// The sums over rows, which are told in ascending order.
    fn sums(&self, rows: &[u32]) -> Self::Sums;

    /// What all these rows count together.
    fn weight(&self, all: &Self::Sums) -> f64;

    /// What is left to make better, per unit of weight; never negative.
    fn impurity(&self, all: &Self::Sums) -> f64;

    fn value(&self, all: &Self::Sums) -> Self::Value;

    /// Whether nothing is left to make better.
    fn is_pure(&self, impurity: f64) -> bool;

    /// All rows on the right.
    fn sides(&self, all: &Self::Sums) -> Self::Sides;

    /// A row goes to the left.
    fn cross(&self, sides: &mut Self::Sides, row: u32);

    /// What the sides as they are gain over `node`, in a tree whose rows count `weight`; −∞ where a side is not allowed.
    fn gain(&self, node: &Whole<Self::Sums>, sides: &Self::Sides, weight: f64) -> f64;

    /// Whether a gain is worth a split.
    fn pays(&self, gain: f64) -> bool;
}

/// A node that is searched.
pub struct Whole<S> {
    pub sums: S,
    pub impurity: f64,
}

/// Which open leaf is split next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    /// The one whose split gains most; of equals the one that was planted first. As scikit-learn's trees with `max_leaf_nodes`.
    Best,
    /// The one that was planted first: level by level.
    Level,
    /// The deepest, left before right.
    Depth,
}

/// Where growth ends.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub order: Order,
    pub max_depth: usize,
    pub max_leaves: usize,
    /// A node with fewer rows stays a leaf.
    pub min_samples_split: usize,
    /// Rows that a split must leave on both sides.
    pub min_samples_leaf: usize,
}

/// The features that a node is searched over.
pub enum Features {
    All,
    /// So many, drawn anew for each node. As in scikit-learn, a node is searched further while all features that were drawn are constant in it.
    Drawn(usize, Box<Stream>),
}

/// A leaf that may still be split, and its best split.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Open {
    node: usize,
    best: Split,
}

/// A tree in growth. Which rows are in which leaf is not part of it: that follows from its splits ([`Columns::follow`]).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Growth<V> {
    /// What all rows count together.
    weight: f64,
    pub nodes: Vec<Node<V>>,
    open: Vec<Open>,
}

impl<V> Default for Growth<V> {
    fn default() -> Self {
        Growth { weight: 0.0, nodes: Vec::new(), open: Vec::new() }
    }
}

impl<V> Growth<V> {
    /// Plants the root and finds its best split.
    pub fn begin<M: Measure<Value = V>>(&mut self, measure: &M, limits: &Limits, columns: &Columns, features: &mut Features) {
        let sums = measure.sums(columns.rows(0));
        self.weight = measure.weight(&sums);
        if let Some(whole) = self.plant(measure, limits, columns, sums, 0) {
            self.search(measure, limits, columns, features, 0, whole);
        }
    }

    /// True once nothing can be split.
    pub fn is_finished(&self, limits: &Limits) -> bool {
        self.open.is_empty() || self.is_full(limits)
    }

    fn is_full(&self, limits: &Limits) -> bool {
        count_leaves(&self.nodes) >= limits.max_leaves
    }

    /// Splits one leaf and finds the best splits of its children. Returns how many rows it had; nothing once growth has ended.
    pub fn split<M: Measure<Value = V>>(
        &mut self,
        measure: &M,
        limits: &Limits,
        columns: &mut Columns,
        features: &mut Features,
    ) -> Option<usize> {
        if self.is_finished(limits) {
            return None;
        }
        let at = self.next(limits.order);
        let Open { node, best } = self.open.remove(at);
        let (depth, children) = (self.nodes[node].depth + 1, [self.nodes.len(), self.nodes.len() + 1]);
        columns.divide(node, &best);
        let searched = children.map(|child| {
            let sums = measure.sums(columns.rows(child));
            self.plant(measure, limits, columns, sums, depth)
        });
        if !self.is_full(limits) && searched.iter().any(Option::is_some) {
            columns.order(node, &best);
            for (child, whole) in children.into_iter().zip(searched) {
                if let Some(whole) = whole {
                    self.search(measure, limits, columns, features, child, whole);
                }
            }
        }
        let parent = &mut self.nodes[node];
        (parent.split, parent.children) = (Some(best), children);
        Some(parent.rows)
    }

    /// Which of the open leaves comes next; there must be one.
    fn next(&self, order: Order) -> usize {
        let all = self.open.iter().enumerate();
        let chosen = match order {
            Order::Best => all.max_by(|(_, a), (_, b)| a.best.gain.total_cmp(&b.best.gain).then(b.node.cmp(&a.node))),
            Order::Level => all.min_by_key(|(_, open)| open.node),
            Order::Depth => all.max_by_key(|(_, open)| (self.nodes[open.node].depth, usize::MAX - open.node)),
        };
        chosen.expect("an open leaf").0
    }

    /// Adds a node, which is to be searched where there is room for a split.
    fn plant<M: Measure<Value = V>>(
        &mut self,
        measure: &M,
        limits: &Limits,
        columns: &Columns,
        sums: M::Sums,
        depth: usize,
    ) -> Option<Whole<M::Sums>> {
        let (impurity, value, rows) = (measure.impurity(&sums), measure.value(&sums), columns.rows(self.nodes.len()).len());
        self.nodes.push(Node { depth, rows, impurity, value, split: None, children: [0, 0] });
        let room = depth < limits.max_depth && rows >= limits.min_samples_split && rows >= 2 * limits.min_samples_leaf;
        (room && !measure.is_pure(impurity)).then_some(Whole { sums, impurity })
    }

    /// Opens a node if it has a split that pays.
    fn search<M: Measure<Value = V>>(
        &mut self,
        measure: &M,
        limits: &Limits,
        columns: &Columns,
        features: &mut Features,
        node: usize,
        whole: Whole<M::Sums>,
    ) {
        let mut best = Best { measure, whole: &whole, weight: self.weight, least: limits.min_samples_leaf, split: None };
        match features {
            Features::All => (0..columns.width()).for_each(|feature| best.look_along(feature, columns.sorted(node, feature))),
            Features::Drawn(most, stream) => {
                let mut order: Vec<usize> = (0..columns.width()).collect();
                random::shuffle(stream, &mut order);
                let mut varied = false;
                for (seen, feature) in order.into_iter().enumerate() {
                    if seen >= *most && varied {
                        break;
                    }
                    let cells = columns.sorted(node, feature);
                    varied |= cells[cells.len() - 1].value > cells[0].value + APART;
                    best.look_along(feature, cells);
                }
            }
        }
        if let Some(best) = best.split.filter(|best| measure.pays(best.gain)) {
            self.open.push(Open { node, best });
        }
    }
}

/// The best split so far.
struct Best<'a, M: Measure> {
    measure: &'a M,
    whole: &'a Whole<M::Sums>,
    weight: f64,
    least: usize,
    split: Option<Split>,
}

impl<M: Measure> Best<'_, M> {
    /// One pass over a feature's order.
    fn look_along(&mut self, feature: usize, cells: &[Cell]) {
        // Constant, which is the first thing that a deep node's features are.
        let (first, last) = (cells[0].value, cells[cells.len() - 1].value);
        if last <= first + APART {
            return;
        }
        let mut sides = self.measure.sides(&self.whole.sums);
        let mut most = self.split.map_or(f64::NEG_INFINITY, |split| split.gain);
        for (at, pair) in cells.windows(2).enumerate() {
            self.measure.cross(&mut sides, pair[0].row);
            let (below, above, left) = (pair[0].value, pair[1].value, at + 1);
            if above <= below + APART || left < self.least || cells.len() - left < self.least {
                continue;
            }
            let gain = self.measure.gain(self.whole, &sides, self.weight);
            if gain > most {
                let threshold = f64::from(below) / 2.0 + f64::from(above) / 2.0;
                // What is not a number, or infinite, cannot be parted by a number.
                if threshold < f64::from(above) {
                    most = gain;
                    self.split = Some(Split { feature, threshold, gain });
                }
            }
        }
    }
}
