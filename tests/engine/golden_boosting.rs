//! Gradient boosting against scikit-learn's, on drawn data with drawn settings, on and off the training rows; `golden/boosting_reference.py` drew them. A
//! larger file of that script is compared by naming it in `DESCENT_BOOSTING`.

use descent::data::Task;
use descent::learn::boost::gradient::{Boosted, Lesson, Rounds};
use descent::learn::boost::loss::{Loss, Objective};
use descent::learn::gradient_boosting::GradientBoosting;
use descent::learn::tree::grow::{Limits, Order};
use descent::learn::{Family, Problem, Rows};
use descent::math::random;
use ndarray::ArrayView2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    rounds: Vec<usize>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    settings: Settings,
    /// 0 for numbers.
    classes: usize,
    width: usize,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    weights: Vec<f64>,
    /// The rows in the bag of each round; none where all are.
    bags: Vec<Vec<usize>>,
    asked: Vec<f32>,
    /// After each of `rounds`.
    answers: Vec<Vec<f64>>,
    train_score: Vec<f64>,
}

#[derive(Debug, Deserialize)]
struct Settings {
    loss: Loss,
    alpha: f64,
    learning_rate: f64,
    max_depth: usize,
    max_leaves: Option<usize>,
    min_samples_split: usize,
    min_samples_leaf: usize,
    min_impurity_decrease: f64,
}

impl Case {
    /// As a learner is set: best first, where scikit-learn's trees without a limit of leaves grow depth first to the same end.
    fn learner(&self, rounds: usize) -> GradientBoosting {
        let settings = &self.settings;
        GradientBoosting {
            n_estimators: rounds,
            loss: settings.loss,
            alpha: settings.alpha,
            learning_rate: settings.learning_rate,
            max_depth: settings.max_depth,
            max_leaves: settings.max_leaves.unwrap_or(1024),
            min_samples_split: settings.min_samples_split,
            min_samples_leaf: settings.min_samples_leaf,
            min_impurity_decrease: settings.min_impurity_decrease,
            ..GradientBoosting::default()
        }
    }
}

fn task(classes: usize) -> Task {
    if classes == 0 { Task::Regression } else { Task::Classification((0..classes).map(|class| class.to_string()).collect()) }
}

/// How far the answers are apart, and the deviances, as shares of the greatest.
fn distance(case: &Case, rounds: &[usize]) -> (f64, f64) {
    let (settings, task) = (&case.settings, task(case.classes));
    let objective = Objective::of(settings.loss, settings.alpha, &task);
    let limits = Limits {
        order: if settings.max_leaves.is_some() { Order::Best } else { Order::Level },
        max_depth: settings.max_depth,
        max_leaves: settings.max_leaves.unwrap_or(usize::MAX),
        min_samples_split: settings.min_samples_split,
        min_samples_leaf: settings.min_samples_leaf,
    };
    let how =
        Rounds { learning_rate: settings.learning_rate, limits, min_impurity_decrease: settings.min_impurity_decrease, max_features: None };
    let inputs = ArrayView2::from_shape((case.targets.len(), case.width), &case.inputs).unwrap();
    let asked = ArrayView2::from_shape((case.asked.len() / case.width, case.width), &case.asked).unwrap();
    let lesson = Lesson { inputs, targets: &case.targets, weights: &case.weights };
    let mut boosted = Boosted::begun(objective, lesson);
    let mut bench = boosted.bench(lesson);
    let (mut worst, mut deviance, mut at) = (0.0_f64, 0.0_f64, 0);
    for round in 1..=*rounds.last().unwrap() {
        let bag = case.bags.get(round - 1).map(|rows| (0..case.targets.len()).map(|row| rows.contains(&row)).collect::<Vec<_>>());
        boosted.round(objective, &how, lesson, bag.as_deref(), random::stream(0, "features"), &mut bench);
        if round != rounds[at] {
            continue;
        }
        let (mut raw, mut answers) = (Vec::new(), vec![0.0; asked.nrows() * task.outputs()]);
        boosted.scores(asked, &mut raw);
        for (raw, to) in raw.chunks(objective.scores()).zip(answers.chunks_mut(task.outputs())) {
            objective.answer(raw, to);
        }
        let expected = &case.answers[at];
        let scale = if case.classes > 0 { 1.0 } else { expected.iter().fold(0.0_f64, |most, answer| most.max(answer.abs())) };
        assert_eq!(answers.len(), expected.len());
        worst = answers.iter().zip(expected).fold(worst, |worst, (&ours, theirs)| worst.max((f64::from(ours) - theirs).abs() / scale));
        // scikit-learn counts the log loss of two classes twice, as the deviance of statistics is counted.
        let ours = boosted.deviance * if objective == Objective::Logistic { 2.0 } else { 1.0 };
        deviance = deviance.max((ours - case.train_score[at]).abs() / (1e-12 + case.train_score[at].abs()));
        at += 1;
    }
    (worst, deviance)
}

#[test]
fn boosting_is_scikit_learns() {
    let named = std::env::var("DESCENT_BOOSTING").ok().map(|path| std::fs::read_to_string(path).expect("a file of the script"));
    let golden: Golden = serde_json::from_str(named.as_deref().unwrap_or(include_str!("../golden/boosting.json"))).expect("its format");
    let (mut wrong, mut worst, mut deviances) = (Vec::new(), 0.0_f64, 0.0_f64);
    for (at, case) in golden.cases.iter().enumerate() {
        let (distance, deviance) = distance(case, &golden.rounds);
        (worst, deviances) = (worst.max(distance), deviances.max(deviance));
        if !(distance < 1e-6 && deviance < 1e-6) {
            wrong.push(format!("case {at} of {} classes, {:?}: {distance:.1e}, deviance {deviance:.1e}", case.classes, case.settings));
        }
    }
    println!("worst of {} cases: {worst:.1e}, deviance {deviances:.1e}", golden.cases.len());
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), golden.cases.len(), wrong.join("\n"));
}

#[test]
fn a_learner_weighs_rows_as_scikit_learn_does() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/boosting.json")).expect("its format");
    let (mut wrong, mut compared) = (Vec::new(), 0);
    // Bags of its own are another matter.
    for (at, case) in golden.cases.iter().enumerate().filter(|(_, case)| case.bags.is_empty() && !case.weights.is_empty()) {
        let (rounds, task) = (*golden.rounds.last().unwrap(), task(case.classes));
        let mut problem = Problem::flat((0..case.width).map(|at| at.to_string()).collect(), task.clone(), case.targets.len(), 0);
        problem.class_rows = (0..case.classes).map(|class| case.targets.iter().filter(|&&target| target == class as f32).count()).collect();
        let mut learner = case.learner(rounds).build(&problem);
        let inputs = ArrayView2::from_shape((case.targets.len(), case.width), &case.inputs).unwrap();
        let weights: Vec<f32> = case.weights.iter().map(|&weight| weight as f32).collect();
        while !learner.tick(Rows::new(inputs, &case.targets).weighted(Some(&weights))).finished {}
        let asked = ArrayView2::from_shape((case.asked.len() / case.width, case.width), &case.asked).unwrap();
        let (mut answers, expected) = (vec![0.0; asked.nrows() * task.outputs()], case.answers.last().unwrap());
        learner.predict(asked, &mut answers);
        let scale = if case.classes > 0 { 1.0 } else { expected.iter().fold(0.0_f64, |most, answer| most.max(answer.abs())) };
        let far = answers.iter().zip(expected).fold(0.0_f64, |far, (&ours, theirs)| far.max((f64::from(ours) - theirs).abs() / scale));
        compared += 1;
        // Weights of 32 bits.
        if !(far < 3e-6) {
            wrong.push(format!("case {at} of {} classes, {:?}: {far:.1e}", case.classes, case.settings));
        }
    }
    assert!(compared >= 8, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
}
