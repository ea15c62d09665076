//! Trees against scikit-learn's, node by node; `golden/tree_reference.py` wrote the numbers.

use descent::data::Task;
use descent::learn::tree::Tree;
use descent::learn::{Family, NodeView, Problem, Rows, View};
#[cfg(target_arch = "wasm32")]
use everywhere::test;
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    inputs: Vec<f32>,
    classes: Vec<f32>,
    values: Vec<f32>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    tree: Tree,
    nodes: Vec<Node>,
}

/// A node of scikit-learn's, in depth-first order.
#[derive(Deserialize)]
struct Node {
    feature: Option<usize>,
    threshold: Option<f32>,
    rows: usize,
    impurity: f32,
    value: Vec<f32>,
}

fn compare(ours: &[NodeView], at: usize, theirs: &mut std::slice::Iter<Node>, case: usize) {
    let (node, expected) = (&ours[at], theirs.next().expect("as many nodes"));
    let near = |a: f32, b: f32| (a - b).abs() < 1e-5 * (1.0 + b.abs());
    assert_eq!(node.split.as_ref().map(|split| split.feature), expected.feature, "feature of node {at} in case {case}");
    assert_eq!(node.rows, expected.rows, "rows of node {at} in case {case}");
    assert!(near(node.impurity, expected.impurity), "impurity {} against {} in case {case}", node.impurity, expected.impurity);
    assert!(node.value.iter().zip(&expected.value).all(|(&a, &b)| near(a, b)), "{:?} against {:?}", node.value, expected.value);
    if let Some(split) = &node.split {
        assert!(near(split.threshold, expected.threshold.expect("a split")), "threshold of node {at} in case {case}");
        compare(ours, split.left, theirs, case);
        compare(ours, split.right, theirs, case);
    }
}

#[test]
fn trees_are_scikit_learns() {
    let golden: Golden = serde_json::from_str(include_str!("golden/tree.json")).expect("tree.json");
    let inputs = Array2::from_shape_vec((golden.classes.len(), 3), golden.inputs).expect("shape");
    for (at, case) in golden.cases.iter().enumerate() {
        let regression = case.nodes[0].value.len() == 1;
        let (task, targets) = if regression {
            (Task::Regression, &golden.values)
        } else {
            (Task::Classification(["a", "b", "c"].map(String::from).to_vec()), &golden.classes)
        };
        let problem = Problem::flat(["x", "y", "z"].map(String::from).to_vec(), task, targets.len(), 0);
        let mut tree = case.tree.build(&problem);
        let rows = Rows::new(inputs.view(), targets);
        while !tree.tick(rows).finished {}
        // Ticking a finished tree changes nothing.
        tree.tick(rows);
        let View::Tree { nodes } = tree.view(0) else { panic!("a tree") };
        let mut theirs = case.nodes.iter();
        compare(&nodes, 0, &mut theirs, at);
        assert!(theirs.next().is_none(), "scikit-learn has more nodes in case {at}");
    }
}
