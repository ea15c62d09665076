//! Rows that count differently, against scikit-learn's trees and k-means and PyTorch's losses; `golden/sample_weights_reference.py` drew them. Support vector
//! machines and boosting with weights are among those of `golden_svm.rs` and `golden_boosting.rs`.

use descent::data::Task;
use descent::learn::k_means::{Given, Init, KMeans};
use descent::learn::net::{Net, Network};
use descent::learn::tree::Tree;
use descent::learn::{Family, Learner, NodeView, Place, Problem, Rows};
use descent::metric;
use ndarray::{Array2, ArrayView2};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Golden {
    updates: usize,
    trees: Vec<Grown>,
    clusters: Vec<Clusters>,
    networks: Vec<Trained>,
}

#[derive(Deserialize)]
struct Grown {
    tree: Tree,
    width: usize,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    weights: Vec<f32>,
    /// 0 for numbers.
    classes: usize,
    nodes: Vec<Node>,
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

#[derive(Deserialize)]
struct Clusters {
    rows: Vec<Vec<f32>>,
    weights: Vec<f32>,
    start: Vec<Vec<f64>>,
    tol: f64,
    centres: Vec<Vec<f64>>,
    labels: Vec<usize>,
    inertia: f64,
}

#[derive(Deserialize)]
struct Trained {
    classes: usize,
    loss: Value,
    batch: usize,
    adam: bool,
    class_weights: Option<Vec<f64>>,
    weights: Vec<f32>,
    /// Of all rows, before every fourth update and after the last.
    losses: Vec<f64>,
    learned: Vec<f64>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/sample_weights.json")).expect("its format")
}

/// What such rows are to a learner.
fn problem(width: usize, classes: usize, targets: &[f32]) -> Problem {
    let task = match classes {
        0 => Task::Regression,
        classes => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    };
    let class_rows = (0..classes).map(|class| targets.iter().filter(|&&target| target == class as f32).count()).collect();
    Problem { class_rows, ..Problem::flat((0..width).map(|at| at.to_string()).collect(), task, targets.len(), 1) }
}

/// What differs first, if anything does.
fn differs(ours: &[NodeView], at: usize, theirs: &mut std::slice::Iter<Node>) -> Option<String> {
    let near = |a: f32, b: f64| (f64::from(a) - b).abs() < 1e-6 * (1.0 + b.abs());
    let (node, expected) = (&ours[at], theirs.next()?);
    let split = node.split.as_ref().map(|split| (split.feature, split.threshold));
    let due = expected.feature.zip(expected.threshold.as_ref().map(|digits| digits.parse().expect("a number")));
    let values = node.value.iter().zip(&expected.value).all(|(&a, &b)| near(a, b));
    if split != due || node.rows != expected.rows || !values || !near(node.impurity, expected.impurity) {
        let (is, was) = ((split, node.rows, node.impurity, &node.value), (due, expected.rows, expected.impurity, &expected.value));
        return Some(format!("node {at}: {is:?} where {was:?} is due"));
    }
    let split = node.split.as_ref()?;
    differs(ours, split.left, theirs).or_else(|| differs(ours, split.right, theirs))
}

#[test]
fn trees_weigh_rows_as_scikit_learn_does() {
    let golden = golden();
    let mut wrong = Vec::new();
    for (at, case) in golden.trees.iter().enumerate() {
        let problem = problem(case.width, case.classes, &case.targets);
        assert_eq!(case.tree.check(&problem), []);
        let mut tree = case.tree.build(&problem);
        let inputs = ArrayView2::from_shape((case.targets.len(), case.width), &case.inputs).unwrap();
        while !tree.tick(Rows::new(inputs, &case.targets).weighted(Some(&case.weights))).finished {}
        let nodes = tree.dividing().expect("nodes").nodes();
        wrong.extend(differs(&nodes, 0, &mut case.nodes.iter()).map(|what| format!("case {at}, {:?}: {what}", case.tree)));
    }
    assert!(golden.trees.len() >= 16 && wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn k_means_weighs_rows_as_scikit_learn_does() {
    for (at, case) in golden().clusters.iter().enumerate() {
        let settings = KMeans { n_clusters: case.start.len(), init: Init::Given(Given { centres: case.start.clone() }), tol: case.tol };
        let (rows, width, targets) = (case.rows.len(), case.rows[0].len(), vec![0.0; case.rows.len()]);
        let inputs = Array2::from_shape_vec((rows, width), case.rows.concat()).expect("rows of one width");
        let problem = Problem { task: Task::Clustering, ..problem(width, 0, &targets) };
        let mut learner = settings.build(&problem);
        let given = Rows::new(inputs.view(), &targets).weighted(Some(&case.weights));
        while !learner.tick(given).finished {}
        let mut out = vec![0.0; rows * case.start.len()];
        let inertia = learner.evaluate(given, &mut out) * case.weights.iter().map(|&weight| f64::from(weight)).sum::<f64>();
        let labels: Vec<usize> = out.chunks(case.start.len()).map(metric::accuracy::most_probable).collect();
        assert_eq!(labels, case.labels, "case {at}");
        let centres = learner.view(0).marks.into_iter().flat_map(|mark| match mark.at {
            Place::Features(at) => at,
            Place::Row(_) => panic!("a centre is no row"),
        });
        for (ours, theirs) in centres.zip(case.centres.concat()) {
            assert!((f64::from(ours) - theirs).abs() < 1e-5 * theirs.abs().max(1.0), "case {at}: {ours} where {theirs} is due");
        }
        assert!((inertia - case.inertia).abs() < 1e-6 * case.inertia.max(1e-3), "case {at}: inertia {inertia}, due {}", case.inertia);
        assert!(case.tol > 0.0 || (learner.series()[0] - case.inertia).abs() < 1e-6 * case.inertia.max(1e-3), "case {at}");
    }
}

/// The reference's rows and targets.
fn rows_of(classes: usize, count: usize) -> (Array2<f32>, Vec<f32>) {
    let input = |(r, c): (usize, usize)| (libm::sin(1.7 * (3 * r + c) as f64) + 0.3 * libm::cos(0.9 * c as f64 * (r + 1) as f64)) as f32;
    let target = |r: usize| match classes {
        0 => (libm::sin(2.1 * r as f64) + 0.3) as f32,
        classes if r < classes => r as f32,
        classes => ((r * r + r / 2) % classes) as f32,
    };
    (Array2::from_shape_fn((count, 3), input), (0..count).map(target).collect())
}

#[test]
fn networks_weigh_rows_as_pytorch_does() {
    let golden = golden();
    let mut wrong = Vec::new();
    for (at, case) in golden.networks.iter().enumerate() {
        let (inputs, targets) = rows_of(case.classes, case.weights.len());
        let optimizer = if case.adam {
            json!({"adam": {"learning_rate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}})
        } else {
            json!({"mini_batch": {"learning_rate": 0.2}})
        };
        let class_weights = match &case.class_weights {
            Some(weights) => json!({"given": {"weights": weights}}),
            None => json!({"equal": {}}),
        };
        let net = json!({
            "layers": [{"dense": {"units": 4, "activation": {"tanh": {}}}}], "loss": case.loss, "batch_size": case.batch,
            "optimizer": optimizer, "class_weights": class_weights,
        });
        let net: Net = serde_json::from_value(net).expect("settings");
        let problem = problem(3, case.classes, &targets);
        assert_eq!(net.check(&problem), []);
        let mut network = Network::new(net, &problem);
        let first: Vec<f32> = (0..network.weights().len()).map(|at| (0.5 * libm::sin(2.3 * at as f64 + 0.4)) as f32).collect();
        network.set_weights(&first);
        let rows = Rows::new(inputs.view(), &targets).weighted(Some(&case.weights));
        let (mut losses, mut out) = (Vec::new(), vec![0.0; targets.len() * problem.task.outputs()]);
        for update in 0..golden.updates {
            if update % 4 == 0 {
                losses.push(network.evaluate(rows, &mut out));
            }
            network.tick(rows);
            // Its first batch has nothing but rows of weight 0.
            let moved = network.weights() != first;
            assert!(update > 0 || moved == (case.batch == targets.len()), "case {at}");
        }
        losses.push(network.evaluate(rows, &mut out));
        let learned = network.weights().iter().map(|&weight| f64::from(weight));
        let far = |ours: Vec<f64>, theirs: &[f64]| {
            assert_eq!(ours.len(), theirs.len());
            ours.iter().zip(theirs).position(|(ours, theirs)| (ours - theirs).abs() > 1e-5 + 2e-5 * theirs.abs())
        };
        let found = (far(losses, &case.losses), far(learned.collect(), &case.learned));
        if found != (None, None) {
            wrong.push(format!("case {at}, {} in batches of {}: loss and weight {found:?}", case.loss, case.batch));
        }
    }
    assert!(golden.networks.len() == 24 && wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
