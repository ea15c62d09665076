//! What weights of rows mean, whatever the family: 1 is nothing, 2 is the row twice, 0 is no row; that they stay with their rows on the way from a file to a
//! learner; and who refuses them. The numbers of the field are in `golden_sample_weights.rs`.

use descent::config::{Issue, Message};
use descent::data::augment::{Augmentation, Drawn};
use descent::data::{Files, NoFiles, Shape, Task};
use descent::learn::{Mixed, Problem, Rows, Settings};
use descent::math::random;
use descent::metric::log_loss;
use descent::train::{Experiment, Run, Which};
use ndarray::{Array2, Axis};
use serde_json::{Value, json};

const ROWS: usize = 48;

/// Rows of two features that overlap, and their classes or numbers.
fn data(classes: usize) -> (Array2<f32>, Vec<f32>) {
    let mut stream = random::stream(9, "sample weights");
    let inputs = Array2::from_shape_fn((ROWS, 2), |_| random::normal(&mut stream));
    let target = |(at, row): (usize, ndarray::ArrayView1<f32>)| match classes {
        0 => row[0] * row[1] + 0.5 * row[1],
        _ if at < classes => at as f32,
        _ => ((row[0] + row[1] + 1.5).max(0.0) as usize).min(classes - 1) as f32,
    };
    let targets = inputs.rows().into_iter().enumerate().map(target).collect();
    (inputs, targets)
}

/// Whole numbers from 0 to 3; of the first rows, which show each class, none is 0.
fn whole() -> Vec<f32> {
    let mut stream = random::stream(9, "whole weights");
    (0..ROWS).map(|row| if row < 4 { 1.0 } else { random::below(&mut stream, 4) as f32 }).collect()
}

fn task(classes: usize) -> Task {
    if classes == 0 { Task::Regression } else { Task::Classification((0..classes).map(|class| class.to_string()).collect()) }
}

fn problem(task: Task, targets: &[f32]) -> Problem {
    let classes = if task.is_classification() { task.outputs() } else { 0 };
    let class_rows = (0..classes).map(|class| targets.iter().filter(|&&target| target == class as f32).count()).collect();
    Problem { class_rows, ..Problem::flat(["x", "y"].map(String::from).to_vec(), task, targets.len(), 5) }
}

/// A learner of these settings after it has had such rows, what it answers for other rows and its loss on its own.
struct Learned {
    answers: Vec<f32>,
    loss: f64,
    series: Vec<f64>,
}

fn learn(settings: &Value, task: &Task, inputs: &Array2<f32>, targets: &[f32], weights: Option<&[f32]>) -> Learned {
    // A search magnifies what rounding differs in, and has moved far after two updates.
    let updates = if ["lbfgs", "newton", "levenberg"].iter().any(|name| settings.to_string().contains(name)) { 2 } else { 40 };
    let settings: Settings = serde_json::from_value(settings.clone()).unwrap_or_else(|error| panic!("{settings}: {error}"));
    let problem = problem(task.clone(), targets);
    assert_eq!(settings.part().check(&problem), [], "{settings:?}");
    assert!(settings.part().weighs().is_ok());
    let mut learner = settings.part().build(&problem);
    let rows = Rows { weights, ..Rows::new(inputs.view(), targets) };
    let mut ticks = 0;
    while !learner.tick(rows).finished && (ticks + 1 < updates || !learner.has_epochs()) {
        ticks += 1;
    }
    let width = learner.answer().width();
    let mut out = vec![0.0; targets.len() * width];
    let loss = learner.evaluate(rows, &mut out);
    let asked = Array2::from_shape_fn((60, 2), |(row, column)| libm::sinf((row * 2 + column) as f32 * 1.7) * 2.0);
    let mut answers = vec![0.0; 60 * width];
    learner.predict(asked.view(), &mut answers);
    Learned { answers, loss, series: learner.series() }
}

/// Settings of every family that takes weights, as far as what they learn is one thing: (classes, settings, how near two ways to it come). Classes are 0 for numbers.
fn cases() -> Vec<(usize, Value, f64)> {
    let net = |loss: Value, optimizer: Value| json!({"net": {"loss": loss, "optimizer": optimizer, "batch_size": 4096}});
    let descent = json!({"gradient_descent": {"learning_rate": 0.3}});
    let rbf = json!({"rbf": {"gamma": {"given": {"value": 0.7}}}});
    let start = json!([[0.0, 0.0], [1.0, 1.0], [-1.0, 0.5]]);
    let weights = json!({"given": {"weights": [1.5, 0.5]}});
    vec![
        (2, net(json!({"auto": {}}), descent.clone()), 1e-5),
        (2, net(json!({"binary_cross_entropy": {"label_smoothing": 0.2}}), descent.clone()), 1e-5),
        (3, net(json!({"softmax_cross_entropy": {"label_smoothing": 0.1}}), descent.clone()), 1e-5),
        (3, net(json!({"focal": {"gamma": 2.0}}), descent.clone()), 1e-5),
        (2, net(json!({"focal": {"gamma": 2.0}}), descent.clone()), 1e-5),
        (0, net(json!({"huber": {"delta": 0.5}}), descent.clone()), 1e-5),
        (0, net(json!({"auto": {}}), json!({"adam": {"learning_rate": 0.02}})), 2e-4),
        (0, net(json!({"auto": {}}), json!({"lbfgs": {"max_evaluations": 3}})), 2e-3),
        (2, net(json!({"auto": {}}), json!({"newton": {}})), 2e-3),
        (0, net(json!({"mse": {}}), json!({"levenberg_marquardt": {}})), 2e-3),
        (0, json!({"tree": {"max_leaves": 9}}), 1e-6),
        (3, json!({"tree": {"max_depth": 4, "criterion": "entropy"}}), 1e-6),
        (2, json!({"tree": {"max_depth": 4, "class_weights": weights}}), 1e-6),
        (0, json!({"gradient_boosting": {"n_estimators": 15, "max_depth": 2}}), 1e-5),
        (2, json!({"gradient_boosting": {"n_estimators": 15, "max_depth": 2, "class_weights": weights}}), 1e-5),
        (3, json!({"gradient_boosting": {"n_estimators": 8, "max_depth": 2}}), 1e-5),
        (0, json!({"svm": {"kernel": rbf, "tol": 1e-8, "c": 2.0}}), 1e-4),
        (2, json!({"svm": {"kernel": rbf, "tol": 1e-8, "c": 2.0, "class_weights": weights}}), 1e-4),
        (3, json!({"svm": {"kernel": rbf, "tol": 1e-8, "c": 2.0}}), 1e-4),
        (0, json!({"k_means": {"n_clusters": 3, "tol": 0.0, "init": {"given": {"centres": start}}}}), 1e-6),
    ]
}

fn near(a: &Learned, b: &Learned, within: f64, reason: &str) {
    let far = a.answers.iter().zip(&b.answers).fold(0.0_f64, |far, (a, b)| far.max(f64::from((a - b).abs())));
    assert_eq!(a.answers.len(), b.answers.len(), "{reason}");
    assert!(far <= within && (a.loss - b.loss).abs() <= within * a.loss.abs().max(1.0), "{reason}: {far:e}, {} {}", a.loss, b.loss);
}

#[test]
fn weights_of_1_are_none_to_the_bit_and_equal_ones_nearly() {
    for (classes, settings, within) in cases() {
        let ((inputs, targets), task) = (data(classes), task(classes));
        let of = |weight: Option<f32>| learn(&settings, &task, &inputs, &targets, weight.map(|weight| vec![weight; ROWS]).as_deref());
        let (none, one, three) = (of(None), of(Some(1.0)), of(Some(3.0)));
        // With smoothing the two are different arithmetic of the same number.
        if settings.to_string().contains("smoothing") {
            near(&none, &one, within, &settings.to_string());
        } else {
            let bits = |learned: &Learned| -> (Vec<u32>, Vec<u64>) {
                let numbers = learned.series.iter().chain([&learned.loss]).map(|value| value.to_bits());
                (learned.answers.iter().map(|value| value.to_bits()).collect(), numbers.collect())
            };
            assert!(bits(&none) == bits(&one), "{settings}");
        }
        if settings.get("svm").is_none() {
            near(&none, &three, within, &settings.to_string());
        }
    }
    // What an error costs is C times the weight.
    let svm = |c: f64| json!({"svm": {"kernel": {"rbf": {"gamma": {"given": {"value": 0.7}}}}, "tol": 1e-8, "c": c}});
    for classes in [0, 2] {
        let (inputs, targets) = data(classes);
        let (weighted, dear) = (
            learn(&svm(0.5), &task(classes), &inputs, &targets, Some(&[3.0; ROWS])),
            learn(&svm(1.5), &task(classes), &inputs, &targets, None),
        );
        near(&weighted, &dear, 1e-6, "three times C");
    }
}

#[test]
fn a_whole_weight_is_so_many_rows_and_0_is_none() {
    let weights = whole();
    let copies: Vec<usize> = (0..ROWS).flat_map(|row| std::iter::repeat_n(row, weights[row] as usize)).collect();
    assert!(copies.len() > ROWS && weights.contains(&0.0));
    for (classes, settings, within) in cases() {
        let ((inputs, targets), task) = (data(classes), task(classes));
        let weighted = learn(&settings, &task, &inputs, &targets, Some(&weights));
        let many: Vec<f32> = copies.iter().map(|&row| targets[row]).collect();
        let copied = learn(&settings, &task, &inputs.select(Axis(0), &copies), &many, None);
        near(&weighted, &copied, within, &settings.to_string());
        let plain = learn(&settings, &task, &inputs, &targets, None);
        let far = weighted.answers.iter().zip(&plain.answers).any(|(a, b)| (a - b).abs() > 1e-3);
        assert!(far, "weights change nothing: {settings}");
    }
}

#[test]
fn a_row_of_weight_0_is_absent_however_strange_it_is() {
    let half: Vec<f32> = (0..ROWS).map(|row| if row % 3 == 2 { 0.0 } else { 0.5 + (row % 5) as f32 }).collect();
    let kept: Vec<usize> = (0..ROWS).filter(|&row| half[row] > 0.0).collect();
    for (classes, settings, within) in cases() {
        let ((inputs, mut targets), task) = (data(classes), task(classes));
        if classes == 0 {
            // Its square is infinite in 32 bits.
            targets.iter_mut().zip(&half).filter(|(_, weight)| **weight == 0.0).for_each(|(target, _)| *target = 1e30);
        }
        let weighted = learn(&settings, &task, &inputs, &targets, Some(&half));
        let (some, weights): (Vec<f32>, Vec<f32>) = kept.iter().map(|&row| (targets[row], half[row])).unzip();
        let without = learn(&settings, &task, &inputs.select(Axis(0), &kept), &some, Some(&weights));
        near(&weighted, &without, within, &settings.to_string());
    }
}

#[test]
fn centres_are_drawn_by_weight() {
    // Two heaps far apart, and rows of weight 0 farther still: no centre may begin at one.
    let inputs = Array2::from_shape_fn((30, 1), |(row, _)| [0.0, 10.0, 1000.0][row % 3] + row as f32 * 0.01);
    let weights: Vec<f32> = (0..30).map(|row| [1.0, 2.0, 0.0][row % 3]).collect();
    let targets = vec![0.0; 30];
    for init in ["k-means++", "random"] {
        let settings: Settings = serde_json::from_value(json!({"k_means": {"n_clusters": 2, "init": {init: {}}}})).unwrap();
        for seed in 0..30 {
            let problem = Problem::flat(vec!["x".into()], Task::Clustering, 30, seed);
            let mut learner = settings.part().build(&problem);
            let rows = Rows::new(inputs.view(), &targets).weighted(Some(&weights));
            learner.tick(rows);
            learner.tick(rows);
            let mut out = vec![0.0; 60];
            let loss = learner.evaluate(rows, &mut out);
            assert!(loss < 100.0, "{init} of seed {seed}: {loss}");
        }
    }
}

#[test]
fn a_bag_in_which_nothing_counts_teaches_nothing() {
    let (inputs, targets) = data(0);
    let weights: Vec<f32> = (0..ROWS).map(|row| f32::from(u8::from(row < 2))).collect();
    let settings = json!({"gradient_boosting": {"n_estimators": 20, "subsample": 0.1}});
    let learned = learn(&settings, &Task::Regression, &inputs, &targets, Some(&weights));
    assert!(learned.loss.is_finite() && learned.answers.iter().all(|answer| answer.is_finite()));
}

/// One file of the user's.
struct OneFile(String);

impl Files for OneFile {
    fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
        Ok(self.0.clone().into_bytes())
    }
}

/// 90 rows of which the weight follows from the number: 0, ½, 1, 1½, 2, 2½, 3 in turn; every ninth lacks a value, and every tenth is the one before it again.
fn file() -> OneFile {
    let row = |at: usize| {
        let of = if at % 10 == 9 { at - 1 } else { at };
        let x = if of % 9 == 4 { String::new() } else { format!("{}", libm::sin(of as f64 * 1.3)) };
        let (y, kind) = (libm::cos(of as f64 * 0.9), ["a", "b", "b"][of * of % 7 % 3]);
        format!("{x},{y},{},{kind}\n", weight_of(at as u32))
    };
    OneFile("x,y,w,kind\n".to_string() + &(0..90).map(row).collect::<String>())
}

fn weight_of(number: u32) -> f32 {
    (number % 7) as f32 / 2.0
}

fn experiment(more: Value) -> Experiment {
    let mut document =
        json!({"data": {"csv": {"path": "t.csv", "columns": [{"column": "w", "role": "weight"}]}}, "prepare": {"clean": ["drop_missing"]}});
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Experiment::parse(&document.to_string()).expect("a document")
}

fn issues(more: Value, file: &OneFile) -> Vec<Issue> {
    Run::new(experiment(more), file).err().unwrap_or_default()
}

#[test]
fn weights_stay_with_their_rows_through_damage_split_and_cleaning() {
    let clean = ["drop_missing", "drop_duplicates", "labels"];
    let damage = json!(["duplicates", "lost_labels", {"imbalance": {"share": 0.5}}]);
    let mut documents = vec![
        json!({}),
        json!({"split": {"order": "time"}}),
        json!({"prepare": {"clean": clean, "damage": damage}}),
        json!({"prepare": {"clean": ["impute", {"outliers": {"action": "drop"}}]}}),
    ];
    documents.extend((1..=4).map(|fold| json!({"split": {"method": {"k_fold": {"folds": 4, "fold": fold}}}})));
    for document in documents {
        let run = Run::new(experiment(document.clone()), &file()).unwrap_or_else(|issues| panic!("{document}: {issues:?}"));
        let (table, parts) = (run.table(), run.parts());
        assert!(run.features().iter().all(|feature| feature != "w"), "{:?}", run.features());
        for (which, rows) in [(Which::Train, &parts.train), (Which::Validation, &parts.validation), (Which::Test, &parts.test)] {
            let due: Vec<f32> = rows.iter().map(|&row| weight_of(table.numbers[row])).collect();
            assert!(!rows.is_empty());
            assert_eq!(run.part(which).weights, Some(due), "{document}, {which:?}");
        }
        let counting = run.problem().counting.clone().expect("rows have weights");
        assert_eq!(counting.rows, parts.train.iter().filter(|&&row| !table.numbers[row].is_multiple_of(7)).count());
        assert_eq!(counting.class_rows.iter().sum::<usize>(), counting.rows);
    }
}

#[test]
fn the_loss_is_weighted_and_metrics_count_every_row_alike() {
    for learner in [json!({"tree": {"max_depth": 3}}), json!({"net": {}}), json!({"gradient_boosting": {"n_estimators": 5}})] {
        let mut run = Run::new(experiment(json!({"learner": learner})), &file()).unwrap();
        (0..20).for_each(|_| _ = run.tick(&mut || 0.0));
        for (which, rows) in [(Which::Train, run.parts().train.clone()), (Which::Validation, run.parts().validation.clone())] {
            let mut out = Vec::new();
            run.predict_rows(&rows, &mut out);
            let (mut sum, mut weights, mut right) = (0.0, 0.0, 0);
            for (row, answer) in rows.iter().zip(out.chunks(2)) {
                let (weight, target) = (f64::from(weight_of(run.table().numbers[*row])), run.table().targets[*row] as usize);
                sum += weight * log_loss::of(answer[target]);
                weights += weight;
                right += usize::from(answer[target] > answer[1 - target]);
            }
            let measured = run.measure(which);
            let of = |name: &str| measured.iter().find(|(known, _)| *known == name).expect("measured").1;
            assert!((of("loss") - sum / weights).abs() < 1e-4 * (1.0 + of("loss")), "{learner}: {} {}", of("loss"), sum / weights);
            assert!((of("accuracy") - right as f64 / rows.len() as f64).abs() < 1e-9, "{learner}");
        }
    }
}

#[test]
fn a_family_that_takes_no_weights_says_so_and_leaving_the_column_out_helps() {
    let document = json!({"learner": {"k_nearest_neighbours": {}}});
    let found = issues(document.clone(), &file());
    let message = "data.csv.columns: give the rows sample weights, but “k-nearest neighbours” counts every sample alike: use another model, or give the column another role";
    assert_eq!(found.iter().map(Issue::to_string).collect::<Vec<_>>(), [message]);
    let mut mended = serde_json::to_value(experiment(document)).unwrap();
    found[0].remedy.as_ref().expect("a remedy").apply(&mut mended);
    let mended = Experiment::parse(&mended.to_string()).unwrap();
    assert!(Run::new(mended, &file()).is_ok());
}

#[test]
fn weights_that_leave_too_little_are_refused() {
    // Only the last rows count, and they are held out.
    let late = |at: usize| if at < 70 { 0 } else { 1 };
    let row = |at: usize| format!("{},{},{},{}\n", at as f32 * 0.5, at % 5, late(at), ["a", "b"][at % 2]);
    let text = OneFile("x,y,w,kind\n".to_string() + &(0..80).map(row).collect::<String>());
    let found = issues(json!({"split": {"order": "time"}}), &text);
    assert!(found.len() == 1 && found[0].path == "split" && found[0].message.en.contains("all 56 training samples are 0"), "{found:?}");
    // Held out, rows that all weigh nothing count alike: the loss is their plain mean.
    let early = OneFile(
        "x,y,w,kind\n".to_string()
            + &(0..80)
                .map(|at| format!("{},{},{},{}\n", at as f32 * 0.5, at % 5, 1 - late(at).min(1), ["a", "b"][at % 2]))
                .collect::<String>(),
    );
    let mut run = Run::new(experiment(json!({"split": {"order": "time"}})), &early).unwrap();
    assert_eq!(run.part(Which::Test).weights.as_ref().map(|weights| weights.iter().sum::<f32>()), Some(2.0));
    run.tick(&mut || 0.0);
    assert!(run.last().held()[0].1.is_finite());
    let none = OneFile(
        "x,y,w,kind\n".to_string()
            + &(0..80)
                .map(|at| format!("{},{},{},{}\n", at as f32 * 0.5, at % 5, u8::from(at < 56), ["a", "b"][at % 2]))
                .collect::<String>(),
    );
    let run = Run::new(experiment(json!({"split": {"order": "time"}})), &none).unwrap();
    assert_eq!((run.part(Which::Train).weights.clone(), run.part(Which::Validation).weights.clone()), (None, None), "all 1, all 0");
    assert!(run.last().held()[0].1.is_finite());
    // Only rows of one class count: a border between two needs both.
    let single = OneFile(
        "x,y,w,kind\n".to_string()
            + &(0..80).map(|at| format!("{},{},{},{}\n", at as f32 * 0.5, at % 5, at % 2, ["a", "b"][at % 2])).collect::<String>(),
    );
    for learner in ["svm", "gradient_boosting"] {
        let found = issues(json!({"learner": {learner: {}}}), &single);
        assert!(found.len() == 1 && found[0].path == format!("learner.{learner}"), "{found:?}");
    }
    assert!(issues(json!({"learner": {"tree": {}}}), &single).is_empty());
}

#[test]
fn rows_that_are_made_up_or_mixed_have_the_weights_they_come_from() {
    let (inputs, _) = data(2);
    let targets: Vec<f32> = (0..ROWS).map(|row| f32::from(u8::from(row % 3 == 0))).collect();
    // The weight is the first feature's, so that it can be told from a row.
    let weights: Vec<f32> = inputs.column(0).iter().map(|value| value.abs()).collect();
    let task = task(2);
    let fresh = || Drawn::new(Shape::Flat { units: 2 }, &task, &inputs, &targets).weighted(Some(&weights));
    let mut rows = fresh();
    rows.augment(&[Augmentation::smote(Default::default())], &mut random::stream(1, "augment"));
    assert!(rows.count() > ROWS && rows.weights.len() == rows.count());
    assert_eq!(rows.weights[..ROWS], weights[..]);
    let rare: Vec<f32> = (0..ROWS).filter(|&row| targets[row] == 1.0).map(|row| weights[row]).collect();
    assert!(rows.weights[ROWS..].iter().all(|weight| rare.contains(weight)), "each has that of a row of its class");
    let mut rows = fresh();
    rows.augment(&[Augmentation::mixup(Default::default())], &mut random::stream(1, "augment"));
    for row in 0..ROWS {
        let (share, mixed) = (rows.shares[row], &rows.inputs[2 * row..][..2]);
        // Its partner is the row whose features, mixed with its own by the share, give what there is.
        let off = |other: usize| {
            (0..2).map(|at| (share * inputs[(row, at)] + (1.0 - share) * inputs[(other, at)] - mixed[at]).abs()).fold(0.0, f32::max)
        };
        let fits = (0..ROWS).filter(|&other| off(other) < 1e-5);
        let due = |other: usize| share * weights[row] + (1.0 - share) * weights[other];
        assert!(fits.into_iter().any(|other| (due(other) - rows.weights[row]).abs() < 1e-5), "row {row}");
    }
    rows.reset(&inputs, &targets, Some(&weights));
    assert_eq!(rows.weights, weights);
    // A mixed row counts its weight, as often as it stands there.
    let settings = json!({"net": {"optimizer": {"gradient_descent": {"learning_rate": 0.3}}}});
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let trained = |chosen: &[usize], weights: Option<Vec<f32>>| {
        let (inputs, targets) = (inputs.select(Axis(0), chosen), chosen.iter().map(|&row| targets[row]).collect::<Vec<_>>());
        let others: Vec<f32> = chosen.iter().map(|&row| (row % 2) as f32).collect();
        let shares: Vec<f32> = chosen.iter().map(|&row| (row % 5) as f32 / 4.0).collect();
        let mut learner = settings.part().build(&problem(task.clone(), &targets));
        let mixed = Some(Mixed { targets: &others, shares: &shares });
        (0..20).for_each(|_| _ = learner.tick(Rows { mixed, ..Rows::new(inputs.view(), &targets).weighted(weights.as_deref()) }));
        let mut out = vec![0.0; 2 * ROWS];
        learner.predict(data(2).0.view(), &mut out);
        out
    };
    let copies: Vec<usize> = (0..ROWS).flat_map(|row| std::iter::repeat_n(row, whole()[row] as usize)).collect();
    let (weighted, copied) = (trained(&(0..ROWS).collect::<Vec<_>>(), Some(whole())), trained(&copies, None));
    assert!(weighted.iter().zip(&copied).all(|(a, b)| (a - b).abs() < 1e-5));
}

#[test]
fn augmented_epochs_train_on_weighted_rows() {
    for augment in [json!(["jitter"]), json!([{"smote": {"k_neighbors": 1}}, "mixup"])] {
        let mut run = Run::new(experiment(json!({"augment": augment})), &file()).unwrap_or_else(|issues| panic!("{issues:?}"));
        let mut plain = Run::new(
            experiment(json!({"augment": augment, "data": {"csv": {"path": "t.csv", "columns": [{"column": "w", "role": "ignore"}]}}})),
            &file(),
        )
        .unwrap();
        for _ in 0..60 {
            run.tick(&mut || 0.0);
            plain.tick(&mut || 0.0);
        }
        assert!(run.last().train[0].1.is_finite());
        assert_ne!(run.tensors(), plain.tensors(), "{augment}");
    }
}

#[test]
fn without_weights_nothing_is_said_of_them() {
    let run = Run::new(Experiment::default(), &NoFiles).unwrap();
    assert!(run.part(Which::Train).weights.is_none() && run.problem().counting.is_none() && run.table().weights.is_none());
}
