//! Preparation and cleaning against scikit-learn; `golden/prepare_reference.py` wrote the numbers. And that no held-out row has a say in them.

use descent::config::Issue;
use descent::data::clean::{self, Cleaning};
use descent::data::prepare::score::Score;
use descent::data::prepare::step::Step;
use descent::data::prepare::{Pipeline, Prepare};
use descent::data::split::{Parts, Split};
use descent::data::{Table, Task};
#[cfg(target_arch = "wasm32")]
use everywhere::test;
use ndarray::Array2;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const TRAIN: usize = 30;

#[derive(Deserialize)]
struct Golden {
    table: Vec<Vec<f32>>,
    classes: Vec<f32>,
    numbers: Vec<f32>,
    holed: Vec<Vec<Option<f32>>>,
    steps: BTreeMap<String, Vec<Vec<f64>>>,
    scores: BTreeMap<String, Vec<f64>>,
    fillings: BTreeMap<String, Vec<Vec<f64>>>,
    outliers: BTreeMap<String, Vec<Vec<Option<f64>>>>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("golden/prepare.json")).unwrap()
}

fn array(rows: &[Vec<f32>]) -> Array2<f32> {
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

fn table(inputs: Array2<f32>, targets: &[f32], classes: bool) -> Table {
    let task = if classes { Task::Classification(["a", "b", "c"].map(String::from).into()) } else { Task::Regression };
    let columns = (0..inputs.ncols()).map(|at| format!("c{at}")).collect();
    Table::new(inputs, targets.to_vec(), columns, "target", task)
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-5 * theirs.abs().max(1.0)
}

fn same(case: &str, ours: &Array2<f32>, theirs: &[Vec<f64>]) {
    assert_eq!(ours.dim(), (theirs.len(), theirs[0].len()), "{case}");
    for ((row, column), &value) in ours.indexed_iter() {
        let expected = theirs[row][column];
        assert!(close(f64::from(value), expected), "{case}: {value} where {expected} is due, row {row}, column {column}");
    }
}

/// The step's settings, by the name of the case.
fn settings(case: &str) -> serde_json::Value {
    match case {
        "scale min_max" => json!({"scale": {"method": "min_max"}}),
        "scale robust" => json!({"scale": {"method": "robust"}}),
        "normalize l1" => json!({"normalize": {"norm": "l1"}}),
        "normalize max" => json!({"normalize": {"norm": "max"}}),
        "power plain" => json!({"power": {"standardize": false}}),
        "bins uniform" => json!({"bins": {"bins": 4, "edges": "uniform", "one_hot": false}}),
        "polynomial interactions" => json!({"polynomial": {"degree": 3, "interaction_only": true}}),
        "pca" => json!({"pca": {"components": 3}}),
        "pca whiten" => json!({"pca": {"whiten": true}}),
        "select numbers" => json!({"select": {}}),
        plain => json!({plain: {}}),
    }
}

#[test]
fn steps_agree_with_scikit_learn() {
    let golden = golden();
    for (case, expected) in &golden.steps {
        let numbers = case == "select numbers";
        let targets = if numbers { &golden.numbers } else { &golden.classes };
        let table = table(array(&golden.table), targets, !numbers);
        let step: Step = serde_json::from_value(settings(case)).unwrap();
        let prepare = Prepare { steps: vec![step], ..Prepare::default() };
        let train: Vec<usize> = (0..TRAIN).collect();
        let pipeline = Pipeline::fit(&prepare, &table, &train, Vec::new()).unwrap_or_else(|issues| panic!("{case}: {issues:?}"));
        let ours = pipeline.apply(table.inputs.view());
        assert_eq!(pipeline.features().len(), ours.ncols(), "{case}");
        same(case, &ours, expected);
    }
}

#[test]
fn scores_agree_with_scikit_learn() {
    let golden = golden();
    let columns: Vec<Vec<f64>> = (0..golden.table[0].len()).map(|at| golden.table.iter().map(|row| f64::from(row[at])).collect()).collect();
    let classes = table(array(&golden.table), &golden.classes, true).task;
    for (case, expected) in &golden.scores {
        let (score, targets, task) = match case.as_str() {
            "f_classif" => (Score::AnovaF, &golden.classes, &classes),
            "f_regression" => (Score::AnovaF, &golden.numbers, &Task::Regression),
            "mutual_info_classif" => (Score::MutualInformation, &golden.classes, &classes),
            _ => (Score::MutualInformation, &golden.numbers, &Task::Regression),
        };
        for (at, &expected) in expected.iter().enumerate() {
            let ours = score.of(&columns[at], targets, task);
            assert!(close(ours, expected), "{case} of column {at}: {ours} where {expected} is due");
        }
    }
}

fn holed(golden: &Golden) -> Table {
    let rows: Vec<Vec<f32>> = golden.holed.iter().map(|row| row.iter().map(|value| value.unwrap_or(f32::NAN)).collect()).collect();
    table(array(&rows), &golden.classes, true)
}

fn cleaned(step: serde_json::Value, mut table: Table) -> Table {
    let step: Cleaning = serde_json::from_value(step).unwrap();
    let mut parts = Parts { train: (0..TRAIN).collect(), validation: (TRAIN..table.rows()).collect(), test: vec![] };
    clean::clean(step.part(), &mut table, &mut parts).unwrap();
    table
}

#[test]
fn gaps_are_filled_as_scikit_learn_fills_them() {
    let golden = golden();
    for (case, expected) in &golden.fillings {
        let with = match case.as_str() {
            "constant" => json!({"constant": {"value": -1.0}}),
            "nearest" => json!({"nearest": {"neighbours": 3}}),
            plain => json!({plain: {}}),
        };
        same(case, &cleaned(json!({"impute": {"with": with}}), holed(&golden)).inputs, expected);
    }
}

#[test]
fn outliers_are_clipped_at_numpys_bounds() {
    let golden = golden();
    for (case, expected) in &golden.outliers {
        let rule = if case == "iqr" { json!({"iqr": {}}) } else { json!({"z_score": {"deviations": 1.5}}) };
        let table = cleaned(json!({"outliers": {"rule": rule}}), holed(&golden));
        for ((row, column), &value) in table.inputs.indexed_iter() {
            match expected[row][column] {
                Some(expected) => assert!(close(f64::from(value), expected), "{case}: {value} where {expected} is due"),
                None => assert!(value.is_nan(), "{case}: a gap stays one"),
            }
        }
    }
}

fn ready(prepare: serde_json::Value, table: Table) -> Result<descent::data::prepare::Ready, Vec<Issue>> {
    let prepare: Prepare = serde_json::from_value(prepare).unwrap();
    prepare.ready(&Arc::new(table), &Split::default(), 3)
}

/// Every cleaning step and every step with its defaults, in an order in which they can follow each other.
fn everything() -> Vec<serde_json::Value> {
    let steps = Step::all().into_iter().filter(|step| !["log", "bins"].contains(&step.name()));
    let one_by_one = Step::all().into_iter().map(|step| json!({"clean": [{"impute": {}}, {"outliers": {}}], "steps": [step]}));
    let log = json!({"clean": [{"impute": {"with": {"nearest": {}}}}], "steps": [{"scale": {"method": "min_max"}}, {"log": {}}]});
    let all: Vec<Step> = steps.collect();
    let fillings =
        ["mean", "median", "most_frequent", "nearest"].map(|with| json!({"clean": [{"impute": {"with": {with: {}}}}], "scale": "robust"}));
    let clipped = json!({"clean": [{"outliers": {"rule": {"z_score": {}}}}, {"impute": {}}]});
    let score = json!({"clean": [{"impute": {}}], "steps": [{"select": {"score": "mutual_information"}}]});
    one_by_one
        .filter(|settings| settings["steps"][0].get("log").is_none())
        .chain([log, json!({"clean": [{"impute": {}}], "steps": all}), clipped, score])
        .chain(fillings)
        .collect()
}

#[test]
fn no_held_out_row_leaks_into_what_a_model_is_trained_on() {
    let golden = golden();
    for settings in everything() {
        let clean = ready(settings.clone(), holed(&golden)).unwrap_or_else(|issues| panic!("{settings}: {issues:?}"));
        let mut changed = holed(&golden);
        for &row in clean.parts.validation.iter().chain(&clean.parts.test) {
            changed.inputs.row_mut(row).mapv_inplace(|value| if value.is_nan() { 17.0 } else { value * -3.0 + 50.0 });
        }
        let other = ready(settings.clone(), changed).unwrap();
        assert_eq!(clean.parts, other.parts, "{settings}");
        let seen = |ready: &descent::data::prepare::Ready| {
            let rows = ready.table.inputs.select(ndarray::Axis(0), &ready.parts.train);
            ready.pipeline.apply(rows.view())
        };
        assert_eq!(seen(&clean), seen(&other), "{settings}");
        assert_eq!(clean.pipeline.features(), other.pipeline.features(), "{settings}");
    }
}

#[test]
fn cleaning_counts_what_it_does_and_leaves_rows_their_numbers() {
    let golden = golden();
    let dirty = json!({"damage": [{"duplicates": {"share": 0.5}}, {"holes": {"share": 0.2}}, {"lost_labels": {"share": 0.2}}]});
    let issues = ready(dirty.clone(), table(array(&golden.table), &golden.classes, true)).unwrap_err();
    let said: Vec<String> = issues.iter().map(Issue::to_string).collect();
    assert!(said[0].starts_with("prepare.clean: values are missing in c0 ("), "{said:?}");
    assert!(said[1].starts_with("prepare.clean: ") && said[1].contains("have no target, the target, first row"), "{said:?}");
    let mut settings = dirty;
    settings["clean"] = json!([{"labels": {}}, {"drop_duplicates": {}}, {"impute": {}}]);
    let ready = ready(settings, table(array(&golden.table), &golden.classes, true)).unwrap();
    assert_eq!(ready.damaged.len(), 3);
    assert!(ready.damaged.iter().all(|&rows| rows > 0));
    assert!(ready.cleaned[0].dropped > 0 && ready.cleaned[2].changed > 0 && ready.cleaned[2].values >= ready.cleaned[2].changed);
    let parts = [&ready.parts.train[..], &ready.parts.validation, &ready.parts.test].concat();
    assert_eq!(parts.len(), ready.table.rows(), "every row that is left is in one part");
    assert!(ready.table.inputs.iter().chain(&ready.table.targets).all(|value| value.is_finite()));
    let mut changed = 0;
    for (row, &number) in ready.table.numbers.iter().enumerate() {
        let before = &golden.table[number as usize];
        changed += ready.table.inputs.row(row).iter().zip(before).filter(|(now, before)| now != before).count();
        assert_eq!(ready.table.targets[row], golden.classes[number as usize], "row {row} is row {number}");
    }
    // A filling may happen to be the value that was there.
    let filled = ready.cleaned[2].values;
    assert!(changed <= filled && 2 * changed > filled, "{changed} values differ and {filled} were filled in");
}

#[test]
fn gaps_do_not_hide_what_else_is_wrong() {
    let settings = json!({"damage": [{"holes": {}}, {"lost_labels": {}}], "steps": [{"pca": {"components": 9}}], "target": "standard"});
    let golden = golden();
    let issues = ready(settings, table(array(&golden.table), &golden.classes, true)).unwrap_err();
    let paths: Vec<&str> = issues.iter().map(|issue| issue.path.as_str()).collect();
    assert_eq!(paths, ["prepare.clean", "prepare.clean", "prepare.steps[0]", "prepare.target"]);
}

#[test]
fn a_target_is_trained_scaled_and_answered_in_its_own_units() {
    let document = |target: &str| {
        json!({"data": "plane", "prepare": {"target": target}, "learner": {"net": {"layers": [], "optimizer": {"lbfgs": {}}, "batch_size": 512}},
               "stop": {"max_updates": 30}})
        .to_string()
    };
    let run = |target: &str| {
        let mut run =
            descent::train::Run::new(descent::train::Experiment::parse(&document(target)).unwrap(), &descent::data::NoFiles).unwrap();
        while run.tick(&mut || 0.0) {}
        run
    };
    let (plain, scaled) = (run("none"), run("standard"));
    let r2 = |run: &descent::train::Run| run.standing().validation.iter().find(|(name, _)| *name == "r2").unwrap().1;
    assert!(close(r2(&plain), r2(&scaled)) || (r2(&plain) - r2(&scaled)).abs() < 1e-3, "{} {}", r2(&plain), r2(&scaled));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    plain.predict(plain.table().inputs.view(), &mut ours);
    scaled.predict(scaled.table().inputs.view(), &mut theirs);
    assert!(ours.iter().zip(&theirs).all(|(a, b)| (a - b).abs() < 0.02), "a straight fit is the same fit in other units");
}
