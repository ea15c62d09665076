//! k-nearest neighbours against scikit-learn's (`golden/neighbours_reference.py`), once all rows are remembered.

use descent::data::Task;
use descent::learn::k_nearest_neighbours::{KNearestNeighbours, Weights};
use descent::learn::{Family, Problem, Rows};
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    rows: Vec<Vec<f32>>,
    targets: Vec<f32>,
    classes: usize,
    n_neighbors: usize,
    weights: Weights,
    asked: Vec<Vec<f32>>,
    answers: Vec<f64>,
}

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

fn inputs(rows: &[Vec<f32>]) -> Array2<f32> {
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).expect("rows of one width")
}

fn differences(golden: &Golden) -> Vec<String> {
    let mut found = Vec::new();
    for (number, case) in golden.cases.iter().enumerate() {
        let task = match case.classes {
            0 => Task::Regression,
            classes => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
        };
        let names = (0..case.rows[0].len()).map(|at| at.to_string()).collect();
        let problem = Problem::flat(names, task, case.rows.len(), 3);
        let settings = KNearestNeighbours { n_neighbors: case.n_neighbors, weights: case.weights };
        assert_eq!(settings.check(&problem), []);
        let (mut learner, rows, asked) = (settings.build(&problem), inputs(&case.rows), inputs(&case.asked));
        while !learner.tick(Rows::new(rows.view(), &case.targets)).finished {}
        let mut out = vec![0.0; case.answers.len()];
        learner.predict(asked.view(), &mut out);
        let worst = out.iter().zip(&case.answers).map(|(&ours, theirs)| (f64::from(ours) - theirs).abs()).fold(0.0, f64::max);
        if worst > 1e-5 {
            found.push(format!("case {number}: {worst}"));
        }
    }
    found
}

#[test]
fn answers_are_those_of_scikit_learn() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/neighbours.json")).expect("golden");
    assert_eq!(differences(&golden), [""; 0]);
}

/// More cases than are kept: `DESCENT_CASES=FILE cargo test --test engine golden_neighbours -- --ignored`.
#[test]
#[ignore = "needs a file of cases"]
#[cfg(not(target_arch = "wasm32"))]
fn many_cases() {
    let file = std::env::var("DESCENT_CASES").expect("a file");
    let golden: Golden = serde_json::from_str(&std::fs::read_to_string(file).expect("read")).expect("golden");
    let found = differences(&golden);
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), golden.cases.len(), found.join("\n"));
}

#[test]
fn more_neighbours_than_rows_are_refused_with_a_number_that_works() {
    let problem = Problem::flat(vec!["x".into()], Task::Regression, 4, 3);
    let issues = KNearestNeighbours { n_neighbors: 5, ..KNearestNeighbours::default() }.check(&problem);
    assert_eq!(issues.len(), 1);
    assert!(issues[0].to_string().starts_with("n_neighbors: must be at most 4"), "{}", issues[0]);
}
