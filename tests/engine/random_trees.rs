//! Trees on drawn data with drawn settings against scikit-learn's, node by node; `golden/random_trees_reference.py` drew them. A larger file of that script
//! is compared by naming it in `DESCENT_RANDOM_TREES`.

use descent::data::Task;
use descent::learn::tree::Tree;
use descent::learn::{Family, Learner, NodeView, Problem, Rows};
use ndarray::{Array2, ArrayView2};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    tree: Tree,
    width: usize,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    /// None for numbers.
    classes: usize,
    nodes: Vec<Node>,
    asked: Vec<f32>,
    answers: Vec<f64>,
}

/// A node of scikit-learn's, depth first.
#[derive(Deserialize)]
struct Node {
    feature: Option<usize>,
    /// All its digits, in words: the reader of numbers may be a last bit off.
    threshold: Option<String>,
    rows: usize,
    impurity: f64,
    value: Vec<f64>,
}

fn grown(case: &Case) -> Box<dyn Learner> {
    let task = match case.classes {
        0 => Task::Regression,
        classes => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    };
    let mut problem = Problem::flat((0..case.width).map(|at| at.to_string()).collect(), task, case.targets.len(), 0);
    problem
        .class_rows
        .iter_mut()
        .enumerate()
        .for_each(|(class, rows)| *rows = case.targets.iter().filter(|&&target| target == class as f32).count());
    assert_eq!(case.tree.check(&problem), []);
    let mut tree = case.tree.build(&problem);
    let inputs = ArrayView2::from_shape((case.targets.len(), case.width), &case.inputs).unwrap();
    while !tree.tick(Rows::new(inputs, &case.targets)).finished {}
    tree
}

/// What differs first, if anything does.
fn differs(ours: &[NodeView], at: usize, theirs: &mut std::slice::Iter<Node>) -> Option<String> {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * (1.0 + b.abs());
    let (node, expected) = (&ours[at], theirs.next()?);
    let split = node.split.as_ref().map(|split| (split.feature, split.threshold));
    let expected_split = expected.feature.zip(expected.threshold.as_ref().map(|digits| digits.parse().expect("a number")));
    if split != expected_split || node.rows != expected.rows {
        return Some(format!("node {at}: {split:?} of {} rows where {expected_split:?} of {} is due", node.rows, expected.rows));
    }
    let values = node.value.iter().zip(&expected.value).all(|(&a, &b)| near(f64::from(a), b));
    if !values || !near(f64::from(node.impurity), expected.impurity) {
        let (ours, theirs) = ((node.impurity, &node.value), (expected.impurity, &expected.value));
        return Some(format!("node {at}: {ours:?} where {theirs:?} is due"));
    }
    let split = node.split.as_ref()?;
    differs(ours, split.left, theirs).or_else(|| differs(ours, split.right, theirs))
}

#[test]
fn drawn_trees_are_scikit_learns() {
    let named = std::env::var("DESCENT_RANDOM_TREES").ok().map(|path| std::fs::read_to_string(path).expect("a file of the script"));
    let golden: Golden = serde_json::from_str(named.as_deref().unwrap_or(include_str!("../golden/random_trees.json"))).expect("its format");
    let mut wrong = Vec::new();
    for (at, case) in golden.cases.iter().enumerate() {
        let tree = grown(case);
        let nodes = tree.dividing().unwrap().nodes();
        if let Some(what) = differs(&nodes, 0, &mut case.nodes.iter()) {
            wrong.push(format!("case {at}, {:?}: {what}", case.tree));
            continue;
        }
        let asked = Array2::from_shape_vec((case.asked.len() / case.width, case.width), case.asked.clone()).unwrap();
        let mut answers = vec![0.0; case.answers.len()];
        tree.predict(asked.view(), &mut answers);
        let far =
            answers.iter().zip(&case.answers).position(|(&ours, &theirs)| (f64::from(ours) - theirs).abs() > 1e-6 * (1.0 + theirs.abs()));
        if let Some(place) = far {
            wrong.push(format!("case {at}: answer {place} is {} where {} is due", answers[place], case.answers[place]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} trees differ:\n{}", wrong.len(), golden.cases.len(), wrong.join("\n"));
}
