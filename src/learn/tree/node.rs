//! What has grown: questions, answers, and the way of a row through them. Serves trees and everything that is made of trees.

use crate::learn::{NodeView, SplitView};
use ndarray::ArrayView1;
use serde::{Deserialize, Serialize};

/// A question and what it gains: by its measure, of all rows of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    pub feature: usize,
    /// Halfway between two 32-bit values, in 64 bits.
    pub threshold: f64,
    pub gain: f64,
}

impl Split {
    /// Rows with `feature ≤ threshold` go left.
    #[inline]
    pub fn goes_left(&self, value: f32) -> bool {
        f64::from(value) <= self.threshold
    }
}

/// A node, which answers `V` where it is a leaf.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node<V> {
    pub depth: usize,
    /// Training rows that reach it.
    pub rows: usize,
    pub impurity: f64,
    pub value: V,
    pub split: Option<Split>,
    /// Children of a split node: left, right.
    pub children: [usize; 2],
}

impl<V> Node<V> {
    /// As drawn, with an answer in numbers.
    pub fn view(&self, value: Vec<f32>) -> NodeView {
        let split = self.split.map(|split| SplitView {
            feature: split.feature,
            threshold: split.threshold,
            left: self.children[0],
            right: self.children[1],
        });
        NodeView { depth: self.depth, rows: self.rows, impurity: self.impurity as f32, value, split }
    }
}

/// How many leaves so many nodes have: every split makes one node two more.
pub fn count_leaves<V>(nodes: &[Node<V>]) -> usize {
    nodes.len().div_ceil(2)
}

/// The questions of a tree side by side, for many rows to find their ways: walking the nodes themselves took twice as long.
pub struct Route {
    steps: Vec<Step>,
}

#[derive(Clone, Copy)]
struct Step {
    threshold: f64,
    /// [`LEAF`] for a leaf.
    feature: u32,
    next: [u32; 2],
}

const LEAF: u32 = u32::MAX;

impl Route {
    /// Through a tree, which has a root.
    pub fn of<V>(nodes: &[Node<V>]) -> Self {
        let steps = nodes.iter().map(|node| match node.split {
            Some(split) => {
                Step { threshold: split.threshold, feature: split.feature as u32, next: node.children.map(|child| child as u32) }
            }
            None => Step { threshold: 0.0, feature: LEAF, next: [0, 0] },
        });
        Route { steps: steps.collect() }
    }

    /// The node in which a row ends.
    #[inline]
    pub fn leaf(&self, row: ArrayView1<f32>) -> usize {
        self.leaf_below(0, row)
    }

    /// The same of a row that is known to come by a node.
    #[inline]
    pub fn leaf_below(&self, node: usize, row: ArrayView1<f32>) -> usize {
        match row.as_slice() {
            Some(values) => self.walk(node, |feature| values[feature]),
            None => self.walk(node, |feature| row[feature]),
        }
    }

    #[inline]
    fn walk(&self, mut at: usize, value: impl Fn(usize) -> f32) -> usize {
        loop {
            let step = &self.steps[at];
            if step.feature == LEAF {
                return at;
            }
            let left = f64::from(value(step.feature as usize)) <= step.threshold;
            at = step.next[usize::from(!left)] as usize;
        }
    }
}
