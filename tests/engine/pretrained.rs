//! The weights that come with Descent: trained from the document beside them, bit for bit, and worth beginning with.

use descent::session::{Attached, Session};
use descent::train::{Experiment, Run};

/// The weights, and the document that trains them.
fn bundled(name: &str) -> (&'static str, &'static [u8]) {
    match name {
        "digits-0-4" => {
            (include_str!("../../src/data/bundled/digits-0-4.json"), include_bytes!("../../src/data/bundled/digits-0-4.safetensors"))
        }
        "shapes" => (include_str!("../../src/data/bundled/shapes.json"), include_bytes!("../../src/data/bundled/shapes.safetensors")),
        _ => unreachable!("{name} does not come with Descent"),
    }
}

#[test]
fn each_is_what_its_document_trains() {
    for name in ["digits-0-4", "shapes"] {
        let (document, weights) = bundled(name);
        let mut run = Run::new(Experiment::parse(document).unwrap(), &Attached::default()).unwrap();
        while run.tick(&mut || 0.0) {}
        let bytes = descent::ship::tensors::safetensors(&run.tensors());
        assert!(bytes == weights, "{name}: run `cargo xtask weights`");
        let accuracy = run.last().validation.iter().find(|(metric, _)| *metric == "accuracy").unwrap().1;
        assert!(accuracy > 0.9, "{name}: {accuracy}");
    }
}

/// Clean shapes help with noisy ones: their hidden layers come to the same accuracy in fewer updates, from few rows, over most seeds.
#[test]
fn what_knows_clean_shapes_learns_noisy_ones_sooner() {
    let mut sooner = 0;
    for seed in 0..5 {
        let arrival = |transfer: &str| {
            let mut target: serde_json::Value = serde_json::from_str(bundled("shapes").0).unwrap();
            target["seed"] = seed.into();
            target["data"] = serde_json::json!({"shapes": {"samples": 200, "noise": 0.2}});
            target["split"] = serde_json::json!({"validation": 0.4, "test": 0.0});
            target["stop"]["evaluate_every"] = serde_json::json!({"updates": {"every": 1}});
            target["learner"]["net"]["transfer"] = serde_json::from_str(transfer).unwrap();
            let mut session = Session::default();
            session.open(&target.to_string()).unwrap_or_else(|issues| panic!("{issues:?}"));
            session.finish(r#"{"metric": "accuracy", "value": 0.8}"#).unwrap();
            session.advance(f64::INFINITY, 150, &mut || 0.0);
            session.runs()[0].arrival().map_or(u64::MAX, |arrival| arrival.update)
        };
        let (fresh, known) =
            (arrival(r#"{"fresh": {}}"#), arrival(r#"{"file": {"path": "shapes.safetensors", "which": {"first": {"layers": 6}}}}"#));
        sooner += u32::from(known < fresh);
    }
    assert!(sooner >= 4, "{sooner} of 5");
}
