//! Preparation and cleaning against scikit-learn; `golden/prepare_reference.py` wrote the numbers. And that no held-out row has a say in them.

use descent::config::Issue;
use descent::data::clean::{self, Cleaning};
use descent::data::prepare::score::Score;
use descent::data::prepare::step::Step;
use descent::data::prepare::{Pipeline, Prepare};
use descent::data::split::{Parts, Split};
use descent::data::{Table, Task};
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
    serde_json::from_str(include_str!("../golden/prepare.json")).unwrap()
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

struct Memory(String);
impl descent::data::Files for Memory {
    fn read(&self, _: &str) -> Result<Vec<u8>, descent::config::Message> {
        Ok(self.0.clone().into_bytes())
    }
}

fn trained(document: serde_json::Value, file: String) -> descent::train::Run {
    let experiment = descent::train::Experiment::parse(&document.to_string()).unwrap();
    let mut run = descent::train::Run::new(experiment, &Memory(file)).unwrap();
    while run.tick(&mut || 0.0) {}
    run
}

#[test]
fn dates_stay_apart_when_they_are_scaled() {
    let rows: Vec<String> = (0..62).map(|row| format!("{},{}", 20_240_101 + row % 31, row % 2)).collect();
    let run = trained(
        json!({"data": {"csv": {"path": "dates.csv"}}, "prepare": {"scale": "standard"}, "stop": {"max_updates": 1}}),
        format!("date,class\n{}\n", rows.join("\n")),
    );
    let all: Vec<usize> = (0..62).collect();
    let prepared = run.ready().pipeline.prepare(&clean::rows_of(run.table(), &all));
    let different: std::collections::BTreeSet<u32> = prepared.iter().map(|value| value.to_bits()).collect();
    assert_eq!(different.len(), 31);
    assert_eq!(run.table().value(1, 0), 20_240_102.0);
}

#[test]
fn large_targets_are_told_apart_in_metrics_and_files() {
    let rows: Vec<String> = (0..300).map(|row| format!("{},{}", 16_777_217 + row, 2_000_000_001_u64 + row)).collect();
    let run = |target: &str| {
        trained(
            json!({"data": {"csv": {"path": "ids.csv", "task": "regression"}}, "prepare": {"scale": "standard", "target": target},
                   "learner": {"net": {"layers": [], "optimizer": {"lbfgs": {}}, "batch_size": 512}}, "stop": {"max_updates": 30}}),
            format!("x,y\n{}\n", rows.join("\n")),
        )
    };
    let r2 = |run: &descent::train::Run| run.standing().validation.iter().find(|(name, _)| *name == "r2").unwrap().1;
    let (scaled, plain) = (run("standard"), run("none"));
    assert!(r2(&scaled) > 0.999_999, "{}", r2(&scaled));
    assert!(r2(&plain) < 0.99, "answers in 32 bits are 128 apart, and the metric says so: {}", r2(&plain));
    let file = String::from_utf8(descent::ship::tables::predictions(&scaled)).unwrap();
    let (mut targets, mut worst) = (std::collections::BTreeSet::new(), 0.0_f64);
    for line in file.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (row, target, prediction) = (cells[0].parse::<u64>().unwrap(), cells[2], cells[3].parse::<f64>().unwrap());
        assert_eq!(target, (2_000_000_001 + row).to_string());
        targets.insert(target.to_string());
        worst = worst.max((prediction - (2_000_000_001 + row) as f64).abs());
    }
    assert_eq!(targets.len(), 300);
    assert!(worst < 0.1, "{worst}");
}

#[test]
fn no_step_panics_where_nothing_varies() {
    trained(
        json!({"data": "breast_cancer", "prepare": {"steps": ["polynomial", "normalize", "bins"]}, "stop": {"max_updates": 1}}),
        String::new(),
    );
    let tables = [
        ("one row", Array2::from_elem((1, 3), 2.0), vec![1.0]),
        ("one column", Array2::from_shape_fn((6, 1), |(row, _)| row as f32), (0..6).map(|row| (row % 2) as f32).collect()),
        ("all the same", Array2::from_elem((6, 3), -0.5), vec![0.0; 6]),
        ("zeros", Array2::zeros((6, 3)), (0..6).map(|row| (row % 2) as f32).collect()),
        ("one class", Array2::from_shape_fn((6, 3), |(row, column)| (row * column) as f32), vec![2.0; 6]),
        (
            "next to nothing",
            Array2::from_shape_fn((6, 3), |(row, column)| (row * column) as f32 * 1e-30),
            vec![0.0, 1.0, 2.0, 0.0, 1.0, 2.0],
        ),
    ];
    for (case, inputs, targets) in tables {
        for classes in [true, false] {
            let table = table(inputs.clone(), &targets, classes);
            let train: Vec<usize> = (0..targets.len()).collect();
            for first in Step::all() {
                for second in Step::all() {
                    let steps = vec![first.clone(), second];
                    let Ok(pipeline) = Pipeline::fit(&Prepare { steps, ..Prepare::default() }, &table, &train, Vec::new()) else {
                        continue;
                    };
                    assert!(pipeline.prepare(&table).iter().all(|value| value.is_finite()), "{case}: {}", first.name());
                }
            }
        }
    }
}

#[test]
fn words_are_numbered_as_training_rows_have_them() {
    use descent::data::table::Kind;
    // OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1) and OneHotEncoder(handle_unknown="ignore") of [9, 10, 9, pine], fitted on the first three.
    let mut table = table(Array2::from_shape_vec((4, 1), vec![1.0, 0.0, 1.0, 2.0]).unwrap(), &[0.0, 1.0, 0.0, 1.0], true);
    table.kinds[0] = Kind::Words(["10", "9", "pine"].map(String::from).to_vec());
    let prepared = |words: &str| {
        let prepare: Prepare = serde_json::from_value(json!({"words": words})).unwrap();
        let pipeline = Pipeline::fit(&prepare, &table, &[0, 1, 2], Vec::new()).unwrap();
        (pipeline.features().to_vec(), pipeline.prepare(&table).into_raw_vec_and_offset().0)
    };
    assert_eq!(prepared("ordinal"), (vec!["c0".to_string()], vec![0.0, 1.0, 0.0, -1.0]), "numbers by number, whatever held-out words are");
    assert_eq!(prepared("one_hot"), (vec!["c0=9".into(), "c0=10".into()], vec![1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0]));
}

#[test]
fn twenty_thousand_rows_are_filled_by_their_neighbours_as_by_all() {
    // Brute force took half a minute; the answer for a few rows is checked against looking at every row.
    let mut inputs = Array2::from_shape_fn((20_000, 2), |(row, column)| ((row * 7919 + column * 104_729) as f32 * 0.618_034).fract());
    (0..20_000).step_by(3).for_each(|row| inputs[(row, row % 2)] = f32::NAN);
    let before = inputs.clone();
    let targets = vec![0.0; 20_000];
    let mut table = Table::new(inputs, targets, vec!["x".into(), "y".into()], "t", Task::Regression);
    let mut parts = Parts { train: (0..14_000).collect(), validation: (14_000..20_000).collect(), test: vec![] };
    let step: Cleaning = serde_json::from_value(json!({"impute": {"with": {"nearest": {"neighbours": 5}}}})).unwrap();
    clean::clean(step.part(), &mut table, &mut parts).unwrap();
    for row in [0, 9, 14_001, 19_998] {
        let (gap, known) = (row % 2, 1 - row % 2);
        let mut far: Vec<(f64, usize)> = (0..14_000)
            .filter(|&other| !before[(other, 0)].is_nan() && !before[(other, 1)].is_nan())
            .map(|other| ((f64::from(before[(other, known)]) - f64::from(before[(row, known)])).powi(2) * 2.0, other))
            .collect();
        far.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mean = far[..5].iter().map(|(_, other)| f64::from(before[(*other, gap)])).sum::<f64>() / 5.0;
        assert!((table.value(row, gap) - mean).abs() < 1e-12, "row {row}");
    }
}
