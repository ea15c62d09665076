//! k-means from given centres against scikit-learn's (`golden/k_means_reference.py`), and what it does step by step.

use descent::data::Task;
use descent::learn::k_means::{Given, Init, KMeans};
use descent::learn::{Answer, Family, Learner, Problem, Rows, Snapshot};
use descent::metric::{self, Answers};
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    rows: Vec<Vec<f32>>,
    start: Vec<Vec<f64>>,
    tol: f64,
    centres: Vec<Vec<f64>>,
    labels: Vec<usize>,
    inertia: f64,
    iterations: usize,
    truth: Vec<f32>,
    adjusted_rand: f64,
}

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

fn problem(features: usize, rows: usize, seed: u32) -> Problem {
    Problem::flat((0..features).map(|at| at.to_string()).collect(), Task::Clustering, rows, seed)
}

fn inputs(rows: &[Vec<f32>]) -> Array2<f32> {
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).expect("rows of one width")
}

/// Ticks until it has finished; how often centres moved.
fn settle(learner: &mut dyn Learner, rows: Rows) -> usize {
    let mut ticks = 1;
    while !learner.tick(rows).finished {
        ticks += 1;
        assert!(ticks < 10_000, "no end");
    }
    ticks / 2
}

fn clusters(learner: &dyn Learner, rows: Rows) -> (Vec<f32>, Vec<usize>, f64) {
    let width = learner.answer().width();
    let mut out = vec![0.0; rows.targets.len() * width];
    let loss = learner.evaluate(rows, &mut out);
    let chosen = out.chunks(width).map(metric::accuracy::most_probable).collect();
    (out, chosen, loss)
}

/// What differs, for all cases in a file.
fn differences(golden: &Golden) -> Vec<String> {
    let mut found = Vec::new();
    for (number, case) in golden.cases.iter().enumerate() {
        let settings = KMeans { n_clusters: case.start.len(), init: Init::Given(Given { centres: case.start.clone() }), tol: case.tol };
        let (inputs, problem) = (inputs(&case.rows), problem(case.rows[0].len(), case.rows.len(), 1));
        assert_eq!(settings.check(&problem), []);
        let mut learner = settings.build(&problem);
        let rows = Rows::new(inputs.view(), &case.truth);
        let moves = settle(&mut *learner, rows);
        let (said, chosen, loss) = clusters(&*learner, rows);
        if chosen != case.labels {
            found.push(format!("case {number}: clusters {chosen:?}, due {:?}", case.labels));
        }
        let inertia = loss * case.rows.len() as f64;
        if (inertia - case.inertia).abs() > 1e-4 * case.inertia.max(1e-3) {
            found.push(format!("case {number}: inertia {inertia}, due {}", case.inertia));
        }
        // scikit-learn counts the pass that finds nothing changed.
        if moves.abs_diff(case.iterations) > 1 {
            found.push(format!("case {number}: {moves} moves, due {}", case.iterations));
        }
        let centres: Vec<f32> = learner
            .view(0)
            .marks
            .into_iter()
            .flat_map(|mark| match mark.at {
                descent::learn::Place::Features(at) => at,
                descent::learn::Place::Row(_) => panic!("a centre is no row"),
            })
            .collect();
        if centres.iter().zip(case.centres.concat()).any(|(&ours, theirs)| (f64::from(ours) - theirs).abs() > 1e-5 * theirs.abs().max(1.0))
        {
            found.push(format!("case {number}: centres {centres:?}, due {:?}", case.centres));
        }
        let answers = Answers::plain(Answer::Clusters { clusters: case.start.len() }, &said, &case.truth);
        let rand = metric::ALL.iter().find(|metric| metric.name() == "adjusted_rand").expect("a metric").measure(&answers);
        if (rand - case.adjusted_rand).abs() > 1e-12 {
            found.push(format!("case {number}: adjusted Rand {rand}, due {}", case.adjusted_rand));
        }
    }
    found
}

#[test]
fn from_the_same_start_it_ends_where_scikit_learns_does() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/k_means.json")).expect("golden");
    assert_eq!(differences(&golden), [""; 0]);
}

/// More cases than are kept: `DESCENT_CASES=FILE cargo test --test engine golden_k_means -- --ignored`.
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
fn centres_are_placed_one_by_one_then_rows_and_centres_take_turns_and_inertia_never_rises() {
    let points: Vec<Vec<f32>> =
        (0..90).map(|at| vec![(at % 3) as f32 * 5.0 + (at as f32 * 0.37).sin(), (at as f32 * 0.91).cos()]).collect();
    let (inputs, problem, targets) = (inputs(&points), problem(2, 90, 4), vec![0.0; 90]);
    let rows = Rows::new(inputs.view(), &targets);
    let mut learner = KMeans::default().build(&problem);
    let placed = |learner: &dyn Learner| learner.view(0).marks.len();
    assert_eq!(placed(&*learner), 0);
    for count in 1..=3 {
        assert_eq!(learner.tick(rows).rows, 90);
        assert_eq!(placed(&*learner), count);
    }
    let mut before = f64::INFINITY;
    loop {
        let tick = learner.tick(rows);
        let loss = clusters(&*learner, rows).2;
        assert!(loss <= before + 1e-12, "{loss} after {before}");
        before = loss;
        if tick.finished {
            break;
        }
    }
    // Three groups far apart: greedy k-means++ finds one in each.
    assert!(before < 1.2, "{before}");
    let mut saved = Snapshot::default();
    learner.snapshot(&mut saved);
    assert!(KMeans { n_clusters: 4, ..KMeans::default() }.build(&problem).restore(&saved).is_err());
}

#[test]
fn rows_that_are_all_the_same_end_too() {
    let (inputs, problem, targets) = (Array2::from_elem((12, 2), 1.5), problem(2, 12, 4), vec![0.0; 12]);
    let mut learner = KMeans { n_clusters: 5, ..KMeans::default() }.build(&problem);
    let rows = Rows::new(inputs.view(), &targets);
    settle(&mut *learner, rows);
    assert_eq!(clusters(&*learner, rows).2, 0.0);
}
