//! Trees against scikit-learn's, node by node; `golden/tree_reference.py` wrote the numbers.

use descent::data::Task;
use descent::learn::tree::Tree;
use descent::learn::{Family, NodeView, Problem, Rows};
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
    threshold: Option<f64>,
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
        assert!((split.threshold - expected.threshold.expect("a split")).abs() < 1e-15 * 4.0, "threshold of node {at} in case {case}");
        compare(ours, split.left, theirs, case);
        compare(ours, split.right, theirs, case);
    }
}

#[test]
fn trees_are_scikit_learns() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/tree.json")).expect("tree.json");
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
        let nodes = tree.dividing().unwrap().nodes();
        let mut theirs = case.nodes.iter();
        compare(&nodes, 0, &mut theirs, at);
        assert!(theirs.next().is_none(), "scikit-learn has more nodes in case {at}");
    }
}

fn tree_of(settings: &str, inputs: &[f32], targets: &[f32]) -> Box<dyn descent::learn::Learner> {
    let task = Task::Classification(["a", "b"].map(String::from).to_vec());
    let problem = Problem::flat(vec!["x".into()], task, targets.len(), 0);
    let mut tree = serde_json::from_str::<Tree>(settings).expect("settings").build(&problem);
    let inputs = ndarray::ArrayView2::from_shape((targets.len(), 1), inputs).expect("one column");
    while !tree.tick(Rows::new(inputs, targets)).finished {}
    tree
}

#[test]
fn a_row_between_two_values_goes_where_scikit_learn_sends_it() {
    // DecisionTreeClassifier().fit(float32([[0.5], [0.7]]), [0, 1]).tree_.threshold[0]: 0.59999999404; 0.6, which is 0.60000002384 in 32 bits, goes right.
    let tree = tree_of("{}", &[0.5, 0.7], &[0.0, 1.0]);
    let nodes = tree.dividing().unwrap().nodes();
    assert_eq!(nodes[0].split.as_ref().expect("a split").threshold, 0.599_999_994_039_535_5);
    let mut answer = [0.0; 4];
    tree.predict(ndarray::array![[0.6_f32], [0.599_999_96]].view(), &mut answer);
    assert_eq!(answer, [0.0, 1.0, 1.0, 0.0]);
    // Values that lie no farther apart than 1e-7 are not parted.
    let nodes = tree_of("{}", &[0.5, 0.500_000_06], &[0.0, 1.0]).dividing().unwrap().nodes();
    assert_eq!(nodes.len(), 1);
    let nodes = tree_of("{}", &[0.5, 0.500_000_2], &[0.0, 1.0]).dividing().unwrap().nodes();
    assert_eq!(nodes.len(), 3);
}

#[test]
fn a_row_that_is_surely_wrong_costs_what_log_loss_says() {
    let tree = tree_of("{}", &[0.5, 0.7], &[0.0, 1.0]);
    let asked = ndarray::array![[0.5_f32], [0.7]];
    let mut out = [0.0; 4];
    // log_loss([1, 1], [[1.0, 0.0], [0.0, 1.0]], labels=[0, 1])
    let loss = tree.evaluate(Rows::new(asked.view(), &[1.0, 1.0]), &mut out);
    assert!((loss - 18.021_826_694_558_577).abs() < 1e-9, "{loss}");
}
