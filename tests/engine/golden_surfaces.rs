//! Racers on surfaces against PyTorch's optimizers on the same functions; `golden/surfaces_reference.py` wrote the numbers.

use descent::surface::{Contest, SurfaceRace};
use serde_json::{Value, json};

#[test]
fn racers_go_the_way_of_pytorch() {
    let golden: Value = serde_json::from_str(include_str!("../golden/surfaces.json")).expect("surfaces.json");
    for race in golden["races"].as_array().expect("races") {
        let racers = race["racers"].as_array().expect("racers");
        let chosen: Vec<Value> = racers.iter().map(|racer| json!({ "optimizer": racer["optimizer"] })).collect();
        // So near a finish that no way ends before its twelfth update.
        let document = json!({"surface": race["surface"], "start": race["start"], "racers": chosen, "max_updates": golden["updates"], "tolerance": 1e-10});
        let mut contest = SurfaceRace::new(&Contest::parse(&document.to_string()).expect("a race"));
        contest.run();
        for (racer, runner) in racers.iter().zip(contest.runners()) {
            let what = format!("{} {}", race["surface"], racer["optimizer"]);
            let expected: Vec<f64> =
                racer["path"].as_array().expect("path").iter().flat_map(|at| at.as_array().unwrap()).map(|v| v.as_f64().unwrap()).collect();
            assert_eq!(runner.path().len(), expected.len(), "{what}");
            for (at, (&got, expected)) in runner.path().iter().zip(expected).enumerate() {
                assert!(
                    (f64::from(got) - expected).abs() <= 2e-5 * expected.abs().max(0.05),
                    "{what}[{at}]: {got}, PyTorch has {expected}"
                );
            }
            for (got, expected) in runner.values().iter().zip(racer["values"].as_array().expect("values")) {
                let expected = expected.as_f64().unwrap();
                assert!((got - expected).abs() <= 2e-4 * expected.abs().max(0.05), "{what}: f = {got}, PyTorch has {expected}");
            }
        }
    }
}
