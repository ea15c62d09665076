//! What boosting promises beside scikit-learn's numbers (`golden_boosting.rs`), and what trees and boosting keep of rows that come again.

use descent::config::Message;
use descent::data::Task;
use descent::learn::gradient_boosting::GradientBoosting;
use descent::learn::tree::Tree;
use descent::learn::{Family, Learner, Problem, Rows, Snapshot};
use descent::math::random;
use ndarray::Array2;
use serde::de::DeserializeOwned;

const ROWS: usize = 90;

fn task(classes: usize) -> Task {
    if classes == 0 { Task::Regression } else { Task::Classification((0..classes).map(|class| class.to_string()).collect()) }
}

/// Rows of three features, and their classes or numbers.
fn data(classes: usize) -> (Array2<f32>, Vec<f32>) {
    let mut stream = random::stream(5, "boosting");
    let inputs = Array2::from_shape_fn((ROWS, 3), |_| random::normal(&mut stream));
    let value = |row: ndarray::ArrayView1<f32>| row[0] * row[1] + row[2];
    let targets = inputs.rows().into_iter().enumerate().map(|(at, row)| match classes {
        0 => value(row),
        _ if at < classes => at as f32,
        _ => ((value(row) + 2.0).max(0.0) as usize).min(classes - 1) as f32,
    });
    let targets = targets.collect();
    (inputs, targets)
}

fn problem(classes: usize, targets: &[f32]) -> Problem {
    let mut problem = Problem::flat(["x", "y", "z"].map(String::from).to_vec(), task(classes), targets.len(), 3);
    problem.class_rows = (0..classes).map(|class| targets.iter().filter(|&&target| target == class as f32).count()).collect();
    problem
}

fn built<F: Family + DeserializeOwned>(settings: &str, classes: usize, targets: &[f32]) -> Box<dyn Learner> {
    let (settings, problem): (F, _) = (serde_json::from_str(settings).expect("settings"), problem(classes, targets));
    assert_eq!(settings.check(&problem), []);
    settings.build(&problem)
}

fn answers(learner: &dyn Learner, inputs: &Array2<f32>) -> Vec<f32> {
    let mut out = vec![f32::NAN; inputs.nrows() * learner.answer().width()];
    learner.predict(inputs.view(), &mut out);
    out
}

#[test]
fn members_and_the_start_add_up_to_the_answer() {
    let (inputs, targets) = data(0);
    let mut learner = built::<GradientBoosting>(r#"{"n_estimators": 12, "subsample": 0.6, "loss": "absolute_error"}"#, 0, &targets);
    while !learner.tick(Rows::new(inputs.view(), &targets)).finished {}
    let members = learner.members().expect("an ensemble");
    assert_eq!((members.count(), members.width()), (12, 1));
    let (mut sums, mut one) = (vec![0.0_f64; ROWS], vec![0.0; ROWS]);
    for member in 0..members.count() {
        members.predict(member, inputs.view(), &mut one);
        sums.iter_mut().zip(&one).for_each(|(sum, &one)| *sum += f64::from(one));
        assert_eq!(members.view(member, 1).kind, "tree");
    }
    let starts: Vec<f64> = answers(&*learner, &inputs).iter().zip(&sums).map(|(&answer, sum)| f64::from(answer) - sum).collect();
    assert!(starts.iter().all(|start| (start - starts[0]).abs() < 1e-5), "{starts:?}");
    let dividing = learner.dividing().expect("nodes");
    let mut leaves = Vec::new();
    dividing.leaves(inputs.view(), &mut leaves);
    let newest: Vec<f32> = leaves.iter().map(|&leaf| dividing.nodes()[leaf as usize].value[0] * 0.1).collect();
    assert!(newest.iter().zip(&one).all(|(a, b)| (a - b).abs() < 1e-6));
}

#[test]
fn of_more_than_two_classes_a_round_has_a_tree_for_each() {
    let (inputs, targets) = data(3);
    let mut learner = built::<GradientBoosting>(r#"{"n_estimators": 2, "subsample": 0.5}"#, 3, &targets);
    assert!(answers(&*learner, &inputs).iter().all(|&share| share == 1.0 / 3.0) && learner.series().iter().all(|value| value.is_nan()));
    let tick = learner.tick(Rows::new(inputs.view(), &targets));
    assert_eq!((tick.rows, tick.boundary, tick.finished), (ROWS / 2, true, false));
    assert_eq!(learner.members().expect("an ensemble").count(), 3);
    assert!(learner.series().iter().all(|value| value.is_finite()) && learner.series().len() == 2);
    assert!(learner.tick(Rows::new(inputs.view(), &targets)).finished);
    // Ticking on changes nothing.
    let before = answers(&*learner, &inputs);
    assert!(learner.tick(Rows::new(inputs.view(), &targets)).finished);
    assert_eq!(before, answers(&*learner, &inputs));
}

#[test]
fn rows_that_come_again_are_answered_as_if_they_came_once() {
    for (name, classes) in [("tree", 0), ("tree", 3), ("boosting", 0), ("boosting", 2), ("boosting", 3)] {
        let (inputs, targets) = data(classes);
        let rows = Rows::new(inputs.view(), &targets);
        let mut learner =
            if name == "tree" { built::<Tree>("{}", classes, &targets) } else { built::<GradientBoosting>("{}", classes, &targets) };
        let (mut once, mut again) = (vec![f32::NAN; ROWS * task(classes).outputs()], vec![f32::NAN; ROWS * task(classes).outputs()]);
        let mut same = |learner: &dyn Learner| {
            let losses = [learner.evaluate(rows, &mut once), learner.evaluate(rows.again(7), &mut again)];
            assert_eq!(losses[0].to_bits(), losses[1].to_bits(), "{name} of {classes}: {losses:?}");
            assert_eq!(once, again, "{name} of {classes}");
        };
        let mut early = Snapshot::default();
        for tick in 0..9 {
            same(&*learner);
            learner.tick(rows);
            if tick == 3 {
                learner.snapshot(&mut early);
            }
        }
        same(&*learner);
        // What was kept of later rounds is gone with them.
        learner.restore(&early).expect("its own");
        same(&*learner);
        learner.tick(rows);
        same(&*learner);
    }
}

#[test]
fn a_class_that_counts_twice_counts_as_if_every_row_of_it_were_there_twice() {
    let (inputs, targets) = data(2);
    let twice: Vec<usize> = (0..ROWS).chain((0..ROWS).filter(|&row| targets[row] == 1.0)).collect();
    let (more, more_targets) = (inputs.select(ndarray::Axis(0), &twice), twice.iter().map(|&row| targets[row]).collect::<Vec<_>>());
    let settings = r#"{"n_estimators": 10, "max_depth": 2, "class_weights": {"given": {"weights": [1, 2]}}}"#;
    let mut weighted = built::<GradientBoosting>(settings, 2, &targets);
    while !weighted.tick(Rows::new(inputs.view(), &targets)).finished {}
    let mut doubled = built::<GradientBoosting>(r#"{"n_estimators": 10, "max_depth": 2}"#, 2, &more_targets);
    while !doubled.tick(Rows::new(more.view(), &more_targets)).finished {}
    let (a, b) = (answers(&*weighted, &inputs), answers(&*doubled, &inputs));
    assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-5), "{a:?}\n{b:?}");
    let mut out = vec![0.0; more.nrows() * 2];
    let losses = [
        weighted.evaluate(Rows::new(inputs.view(), &targets), &mut out[..ROWS * 2]),
        doubled.evaluate(Rows::new(more.view(), &more_targets), &mut out),
    ];
    assert!((losses[0] - losses[1]).abs() < 1e-9, "{losses:?}");
}

#[test]
fn the_learning_rate_may_change_on_the_way_and_what_was_learned_stays() {
    let (inputs, targets) = data(0);
    let mut learner = built::<GradientBoosting>("{}", 0, &targets);
    let rows = Rows::new(inputs.view(), &targets);
    for _ in 0..5 {
        learner.tick(rows);
    }
    let before = answers(&*learner, &inputs);
    assert!(learner.apply_live(&GradientBoosting { learning_rate: 0.5, ..Default::default() }));
    assert_eq!(learner.rated().expect("a rate").learning_rate(), Some(0.5));
    assert_eq!(before, answers(&*learner, &inputs));
    learner.tick(rows);
    let (after, mut newest) = (answers(&*learner, &inputs), vec![0.0; ROWS]);
    learner.members().expect("an ensemble").predict(5, inputs.view(), &mut newest);
    assert!((0..ROWS).all(|row| (after[row] - before[row] - newest[row]).abs() < 1e-5));
    assert!(
        !learner.apply_live(&GradientBoosting { learning_rate: 0.5, max_depth: 2, ..Default::default() })
            && !learner.apply_live(&Tree::default())
    );
}

#[test]
fn what_it_cannot_learn_is_said() {
    let said = |settings: &str, problem: &Problem| -> Vec<(String, Message)> {
        let settings: GradientBoosting = serde_json::from_str(settings).unwrap();
        settings.check(problem).into_iter().map(|issue| (issue.path, issue.message)).collect()
    };
    let (one, two, numbers) = (problem(2, &[0.0; 5]), problem(2, &[0.0, 1.0]), problem(0, &[0.5, 1.5]));
    assert_eq!(said("{}", &two), []);
    assert_eq!(said("{}", &numbers), []);
    assert_eq!(said("{}", &one)[0].1.en, "needs training samples of two classes to tell apart, got 1");
    assert!(
        said(r#"{"loss": "huber"}"#, &two)[0].1.en.contains("for classes, got “Huber”")
            && said(r#"{"loss": "huber"}"#, &two)[0].0 == "loss"
    );
    assert!(said(r#"{"loss": "log_loss"}"#, &numbers)[0].1.en.contains("for numbers, got “Log loss”"));
    assert_eq!(said(r#"{"class_weights": {"balanced": {}}}"#, &numbers)[0].0, "class_weights");
}

#[test]
fn constant_features_contradicting_rows_and_few_rows_end_well() {
    let cases: [(Array2<f32>, Vec<f32>, usize); 4] = [
        (Array2::zeros((6, 3)), vec![0.0, 1.0, 0.0, 1.0, 0.0, 1.0], 2),
        (Array2::from_shape_fn((6, 3), |(row, _)| (row / 2) as f32), vec![0.0, 1.0, 0.0, 1.0, 0.0, 1.0], 2),
        (Array2::zeros((1, 3)), vec![2.5], 0),
        (Array2::from_shape_fn((2, 3), |(row, _)| row as f32), vec![1e6, -1e6], 0),
    ];
    for (inputs, targets, classes) in cases {
        for subsample in ["1", "0.3"] {
            let settings = format!(r#"{{"n_estimators": 30, "learning_rate": 1, "subsample": {subsample}}}"#);
            let mut learner = built::<GradientBoosting>(&settings, classes, &targets);
            while !learner.tick(Rows::new(inputs.view(), &targets)).finished {}
            let answers = answers(&*learner, &inputs);
            assert!(answers.iter().all(|answer| answer.is_finite()), "{answers:?}");
        }
    }
}
