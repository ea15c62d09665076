//! Jobs: folds are the runs that a document of each fold is, every row validates once, and the answer does not depend on who does what when.

use descent::data::NoFiles;
use descent::job::{Document, Outcome, Outcomes, Plan, Ran};
use descent::train::{Experiment, Run};
use serde::Deserialize;
use serde_json::{Value, json};

fn document(value: &Value) -> Document {
    let document = Document::parse(&value.to_string()).unwrap_or_else(|issues| panic!("{value}: {issues:?}"));
    assert_eq!(document.check(&NoFiles), [], "{value}");
    document
}

/// Does every piece, the last one first where `back`; each in slices of one step where `slowly`.
fn done(document: &Document, back: bool, slowly: bool) -> (Plan, Outcomes) {
    let plan = document.plan(&NoFiles, &Outcomes::new());
    assert!(plan.whole);
    let mut order: Vec<usize> = (0..plan.pieces.len()).collect();
    if back {
        order.reverse();
    }
    let mut done = Outcomes::new();
    for at in order {
        let mut task = document.begin(&plan.pieces[at], &NoFiles).unwrap_or_else(|issues| panic!("{issues:?}"));
        let budget = if slowly { 0.0 } else { f64::INFINITY };
        let mut before = 0.0;
        while !task.advance(budget, &mut || 0.0) {
            assert!(task.share() >= before && task.share() <= 1.0);
            before = task.share();
        }
        assert_eq!(task.share(), 1.0);
        done.insert(at, Outcome::Done(task.found()));
    }
    assert!(plan.is_done(&done));
    (plan, done)
}

const EXPERIMENTS: [&str; 5] = [
    r#"{"data": "iris", "stop": {"max_updates": 60}}"#,
    r#"{"data": {"moons": {"samples": 90}}, "learner": "tree"}"#,
    r#"{"data": {"curve": {"samples": 60}}, "prepare": {"target": "standard"}, "stop": {"max_updates": 40}}"#,
    r#"{"data": {"blobs": {"samples": 80}}, "learner": "k_means"}"#,
    r#"{"data": {"circle": {"samples": 80}}, "learner": "svm"}"#,
];

/// A few jobs over each of them.
fn jobs() -> Vec<Value> {
    let of = |job: Value| EXPERIMENTS.map(|text| json!({"experiment": serde_json::from_str::<Value>(text).unwrap(), "job": job}));
    let mut all = of(json!({"cross_validation": {"method": {"k_fold": {"folds": 3, "repeats": 2}}}})).to_vec();
    all.extend(of(json!({"seeds": {"seeds": 3}})));
    all.push(
        json!({"experiment": {"stop": {"max_updates": 60}}, "job": {"ablation": {"seeds": 2, "finish": {"metric": "loss", "value": 0.6}}}}),
    );
    all.push(json!({"experiment": {"data": {"moons": {"samples": 24}}, "split": {"test": 0.0}, "learner": "tree"}, "job": {"cross_validation": {"method": {"leave_one_out": {}}}}}));
    all.push(json!({"experiment": {"data": {"series": {"samples": 80}}, "stop": {"max_updates": 20}}, "job": {"cross_validation": {"method": {"rolling_origin": {"folds": 3, "gap": 2}}}}}));
    all.push(json!({"experiment": {}, "against": [{"learner": {"net": {"optimizer": "sgd"}}}], "job": "range_test"}));
    all.push(json!({"experiment": {"stop": {"max_updates": 20}}, "job": {"landscape": {"steps": 5, "rows": 50}}}));
    all.push(json!({"experiment": {"stop": {"max_updates": 30}}, "against": [{"learner": "tree"}], "job": {"seeds": {"seeds": 3, "finish": {"reach": {"metric": "accuracy", "value": 0.6}}}}}));
    all
}

#[test]
fn the_answer_is_the_same_whoever_does_the_pieces_when() {
    for value in jobs() {
        let document = document(&value);
        let (plan, forth) = done(&document, false, false);
        let (_, back) = done(&document, true, true);
        assert_eq!(document.result(&plan, &forth), document.result(&plan, &back), "{value}");
        assert_eq!(document.report(&plan, &forth), document.report(&plan, &back), "{value}");
        // What is known so far says nothing that is not.
        document.result(&plan, &Outcomes::new());
        document.report(&plan, &Outcomes::new());
    }
}

#[test]
fn a_fold_is_the_run_of_its_document_and_every_row_validates_once() {
    for text in EXPERIMENTS {
        let experiment: Value = serde_json::from_str(text).unwrap();
        let value = json!({"experiment": experiment, "job": {"cross_validation": {"method": {"k_fold": {"folds": 3}}}}});
        let document = document(&value);
        let (plan, done) = done(&document, false, false);
        let mut rows = Vec::new();
        for (at, piece) in plan.pieces.iter().enumerate() {
            let mut own = experiment.clone();
            own["split"]["method"] = json!({"k_fold": {"folds": 3, "fold": at + 1}});
            let own = Experiment::parse(&own.to_string()).unwrap();
            assert_eq!(piece.experiment, own, "{text}");
            let mut run = Run::new(own, &NoFiles).unwrap();
            while run.tick(&mut || 0.0) {}
            let ran = Ran::deserialize(done[&at].found().unwrap()).unwrap();
            assert_eq!(ran.update, run.update(), "{text}");
            for (name, value) in &run.standing().validation {
                assert_eq!(ran.measured["validation"][*name].to_bits(), value.to_bits(), "{name} of fold {at} of {text}");
            }
            let held = ran.held.unwrap();
            assert_eq!(held.rows, run.parts().validation);
            rows.extend(held.rows);
        }
        let test = Run::new(plan.pieces[0].experiment.clone(), &NoFiles).unwrap().parts().test.clone();
        rows.extend(&test);
        rows.sort_unstable();
        assert_eq!(rows, (0..rows.len()).collect::<Vec<_>>(), "{text}");
    }
}

/// What is measured over all held-out rows together is measured by hand.
#[test]
fn pooled_measures_are_those_of_all_predictions_together() {
    let value = json!({"experiment": {"data": {"moons": {"samples": 60, "noise": 0.4}}, "learner": "k_nearest_neighbours", "split": {"test": 0.0}}, "job": {"cross_validation": {"method": {"k_fold": {"folds": 4}}}}});
    let document = document(&value);
    let (plan, done) = done(&document, false, false);
    let result = document.result(&plan, &done);
    let mut counts = [[0.0_f64; 2]; 2];
    for outcome in done.values() {
        let held = Ran::deserialize(outcome.found().unwrap()).unwrap().held.unwrap();
        for (at, target) in held.targets.iter().enumerate() {
            let said = usize::from(held.predictions[2 * at + 1] > held.predictions[2 * at]);
            counts[*target as usize][said] += 1.0;
        }
    }
    let [[a, b], [c, d]] = counts;
    let pooled = &result["experiments"][0]["pooled"];
    assert_eq!(a + b + c + d, 60.0);
    assert!((pooled["accuracy"].as_f64().unwrap() - (a + d) / 60.0).abs() < 1e-15);
    let f1 = |right: f64, wrong: f64| 2.0 * right / (2.0 * right + wrong);
    assert!((pooled["macro_f1"].as_f64().unwrap() - (f1(a, b + c) + f1(d, b + c)) / 2.0).abs() < 1e-15);
    let report = document.report(&plan, &done);
    assert_eq!(report.tables[1].rows.len(), 2, "a line for each class");
}

/// Threads of the headless runner.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn as_many_threads_as_there_are_come_to_the_same() {
    for value in jobs() {
        let document = document(&value);
        let results = [1, 3].map(|workers| {
            let (plan, done) = descent::job::drive::all(&document, &NoFiles, workers, &mut |_| ());
            document.result(&plan, &done)
        });
        assert_eq!(results[0], results[1], "{value}");
    }
}
