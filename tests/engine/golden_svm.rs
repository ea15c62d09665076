//! Support vector machines against scikit-learn's; `golden/svm_reference.py` drew them. A larger file of that script is compared by naming it in
//! `DESCENT_SVM`.

use descent::data::Task;
use descent::learn::svm::Svm;
use descent::learn::svm::kernel::Points;
use descent::learn::svm::smo::{Border, Context, Solver};
use descent::learn::svm::votes::pairs;
use descent::learn::{Family, Problem, Rows};
use ndarray::{ArrayView2, Axis};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    data: String,
    svm: Svm,
    width: usize,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    /// None for numbers.
    classes: usize,
    /// What each row counts.
    weights: Option<Vec<f64>>,
    asked: Vec<f32>,
    /// `[asked][pairs]`, positive on the side of the lower class; for numbers the predictions.
    decisions: Vec<f64>,
    /// scikit-learn's `decision_function` of shape `ovr`, and what it predicts.
    scores: Option<Vec<f64>>,
    predictions: Option<Vec<usize>>,
    /// The dual objective of each pair.
    objectives: Vec<f64>,
    support: usize,
}

fn golden() -> Vec<Case> {
    let named = std::env::var("DESCENT_SVM").ok().map(|path| std::fs::read_to_string(path).expect("a file of the script"));
    serde_json::from_str::<Golden>(named.as_deref().unwrap_or(include_str!("../golden/svm.json"))).expect("its format").cases
}

impl Case {
    fn problem(&self) -> Problem {
        let task = match self.classes {
            0 => Task::Regression,
            classes => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
        };
        let mut problem = Problem::flat((0..self.width).map(|at| at.to_string()).collect(), task, self.targets.len(), 0);
        for (class, rows) in problem.class_rows.iter_mut().enumerate() {
            *rows = self.targets.iter().filter(|&&target| target == class as f32).count();
        }
        problem
    }

    /// Decision values and predictions grow with C, and so does what either tolerance leaves open.
    fn near(&self, ours: f64, theirs: f64) -> bool {
        let scale = self.decisions.iter().fold(1.0_f64, |most, value| most.max(value.abs()));
        (ours - theirs).abs() <= 1e-5 * scale
    }
}

/// Each border as the solver leaves it, and its objective.
fn solved(case: &Case, context: Context) -> Vec<(Border, f64)> {
    let weight = |row: u32| case.weights.as_ref().map_or(1.0, |weights| weights[row as usize]);
    let of = |class: Option<usize>| -> Vec<u32> {
        let counts = |&row: &u32| weight(row) > 0.0 && class.is_none_or(|class| case.targets[row as usize] == class as f32);
        (0..case.targets.len() as u32).filter(counts).collect()
    };
    let Svm { c, epsilon, tol, shrinking, .. } = case.svm;
    let solvers: Vec<Solver> = if case.classes == 0 {
        let rows = of(None);
        let targets: Vec<f64> = rows.iter().map(|&row| f64::from(case.targets[row as usize])).collect();
        let bounds = rows.iter().map(|&row| c * weight(row)).collect();
        vec![Solver::of_numbers(rows, &targets, bounds, epsilon, tol, shrinking, context)]
    } else {
        let by_class = case.svm.class_weights.exact(&case.problem());
        let bound = |&row: &u32| weight(row) * (c * by_class.get(case.targets[row as usize] as usize).unwrap_or(&1.0));
        let pair = |(i, j)| {
            let (first, second) = (of(Some(i)), of(Some(j)));
            let rows = [&first[..], &second[..]].concat();
            let bounds = rows.iter().map(bound).collect();
            Solver::of_classes(rows, first.len(), bounds, tol, shrinking, context)
        };
        pairs(case.classes).map(pair).collect()
    };
    let finish = |mut solver: Solver| {
        while solver.next().is_some() {
            solver.step(context);
        }
        assert_eq!(solver.standing(context).violators, 0, "{}: {:?}", case.data, case.svm);
        (solver.border(), solver.standing(context).objective)
    };
    solvers.into_iter().map(finish).collect()
}

#[test]
fn decision_values_and_objectives_are_scikit_learns() {
    let mut wrong = Vec::new();
    for (at, case) in golden().iter().enumerate() {
        let kernel = case.svm.kernel.function(&case.inputs, case.width);
        let context = Context { kernel, points: Points { values: &case.inputs, width: case.width }, cache: 1 << 20 };
        let borders = solved(case, context);
        for (place, theirs) in case.decisions.iter().enumerate() {
            let (asked, (border, _)) = (place / borders.len(), &borders[place % borders.len()]);
            let row = &case.asked[asked * case.width..][..case.width];
            let terms = border.rows.iter().zip(&border.coefficients);
            let ours = terms.map(|(&support, by)| by * kernel.of(context.points.row(support), row)).sum::<f64>() - border.offset;
            if !case.near(ours, *theirs) {
                wrong.push(format!("case {at}, {} {:?}: {ours} where {theirs} is due at {place}", case.data, case.svm));
                break;
            }
        }
        // The solver's is of kernel values in 32 bits, theirs was computed in 64.
        for ((_, ours), theirs) in borders.iter().zip(&case.objectives) {
            if (ours - theirs).abs() > 1e-3 * (1.0 + theirs.abs()) {
                wrong.push(format!("case {at}, {} {:?}: objective {ours} where {theirs} is due", case.data, case.svm));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_learner_answers_as_scikit_learn_does() {
    let mut wrong = Vec::new();
    for (at, case) in golden().iter().enumerate() {
        let problem = case.problem();
        assert_eq!(case.svm.check(&problem), []);
        let mut learner = case.svm.build(&problem);
        let inputs = ArrayView2::from_shape((case.targets.len(), case.width), &case.inputs).unwrap();
        // A last bit of a weight is nothing beside the tolerance.
        let weights: Option<Vec<f32>> = case.weights.as_ref().map(|weights| weights.iter().map(|&weight| weight as f32).collect());
        while !learner.tick(Rows::new(inputs, &case.targets).weighted(weights.as_deref())).finished {}
        let asked = ArrayView2::from_shape((case.asked.len() / case.width, case.width), &case.asked).unwrap();
        let width = learner.answer().width();
        let mut answers = vec![0.0; asked.len_of(Axis(0)) * width];
        learner.predict(asked, &mut answers);
        for (row, ours) in answers.chunks(width).enumerate() {
            let (Some(predictions), Some(scores)) = (&case.predictions, &case.scores) else {
                if !case.near(f64::from(ours[0]), case.decisions[row]) {
                    wrong.push(format!("case {at}: {} where {} is due", ours[0], case.decisions[row]));
                }
                continue;
            };
            let chosen = predictions[row];
            // For two classes they have one number, of the upper class.
            let theirs = if width == 2 { vec![-scores[row], scores[row]] } else { scores[row * width..][..width].to_vec() };
            let best = ours.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let tied = theirs.iter().any(|score| *score > theirs[chosen]);
            let same = ours.iter().zip(&theirs).enumerate().all(|(class, (&ours, &theirs))| {
                // A class that wins by the order of classes alone is lifted above the others.
                (tied && class == chosen) || (f64::from(ours) - theirs).abs() < 1e-5 * (1.0 + theirs.abs())
            });
            if ours[chosen] < best || ours.iter().filter(|score| **score == best).count() > 1 || !same {
                wrong.push(format!("case {at}: {ours:?} where {theirs:?} and class {chosen} are due"));
            }
        }
        let series = learner.series();
        let supports = series[series.len() - 2];
        if supports != case.support as f64 {
            wrong.push(format!("case {at}: {supports} support vectors where {} are due", case.support));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
