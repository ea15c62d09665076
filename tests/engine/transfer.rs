//! Weights that were saved come back: into fresh networks, into some of their layers, and with everything that does not fit named at once.

use descent::config::{Issue, Message};
use descent::data::Files;
use descent::learn::{Snapshot, Tensor};
use descent::message;
use descent::session::Session;
use descent::ship::tensors::safetensors;
use descent::train::{Experiment, Run};
// Its random source is not there for wasm.
#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use safetensors::tensor::{Dtype, TensorView};
use serde_json::{Value, json};

/// One file, whatever it is called, unless it is "gone".
struct Saved(Vec<u8>);

impl Files for Saved {
    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        if path == "gone" { Err(message!("no file {path:?}", "没有文件 {path:?}")) } else { Ok(self.0.clone()) }
    }
}

/// An experiment on moons with these settings of the network.
fn document(seed: u32, net: Value) -> String {
    json!({"seed": seed, "data": "moons", "learner": {"net": net}, "stop": {"early_stopping": "off"}}).to_string()
}

fn open(seed: u32, net: Value, file: &[u8]) -> Result<Run, Vec<Issue>> {
    Run::new(Experiment::parse(&document(seed, net))?, &Saved(file.to_vec()))
}

fn trained(net: Value, updates: usize) -> Run {
    let mut run = open(1, net, b"").unwrap();
    (0..updates).for_each(|_| {
        run.tick(&mut || 0.0);
    });
    run
}

fn save(run: &Run) -> Vec<u8> {
    safetensors(&run.tensors())
}

fn predictions(run: &Run) -> Vec<f32> {
    let mut out = Vec::new();
    run.predict(run.table().inputs.view(), &mut out);
    out
}

/// `net` that begins with the file.
fn from_file(mut net: Value, which: Value) -> Value {
    net["transfer"] = json!({"file": {"path": "weights.safetensors", "which": which}});
    net
}

fn layers() -> Value {
    json!([{"dense": {"units": 6}}, {"dense": {"units": 5}}])
}

#[test]
fn a_saved_network_comes_back_and_answers_alike() {
    let nets = [
        json!({"layers": layers()}),
        json!({"layers": [{"dense": {"units": 6}}, {"batch_norm": {}}]}),
        json!({"layers": layers(), "average": {"ema": {"decay": 0.9}}}),
        json!({"layers": layers(), "optimizer": "schedule_free_adamw"}),
    ];
    for net in nets {
        let run = trained(net.clone(), 30);
        let again = open(1, from_file(net.clone(), json!("all")), &save(&run)).unwrap();
        assert_eq!(again.tensors(), run.tensors(), "{net}");
        assert_eq!(predictions(&again), predictions(&run), "{net}");
        assert_ne!(predictions(&open(1, net, b"").unwrap()), predictions(&run));
    }
}

#[test]
fn a_loaded_network_trains_on_to_the_same_bits_where_nothing_else_is_remembered() {
    // All rows in every update, and no moments.
    let net = json!({"layers": layers(), "optimizer": "gradient_descent"});
    let mut run = trained(net.clone(), 10);
    let mut again = open(1, from_file(net, json!("all")), &save(&run)).unwrap();
    for _ in 0..10 {
        run.tick(&mut || 0.0);
        again.tick(&mut || 0.0);
    }
    assert_eq!(again.tensors(), run.tensors());

    // With moments and a shuffled order, a snapshot has the rest.
    let net = json!({"layers": layers(), "optimizer": "soap"});
    let mut run = trained(net.clone(), 10);
    let mut saved = Snapshot::default();
    run.learner().snapshot(&mut saved);
    let mut fresh = Experiment::parse(&document(1, net)).unwrap().learner.part().build(run.problem());
    fresh.restore(&saved).unwrap();
    let inputs = run.table().inputs.select(ndarray::Axis(0), &run.parts().train);
    let targets: Vec<f32> = run.parts().train.iter().map(|&row| run.table().targets[row]).collect();
    for _ in 0..10 {
        run.tick(&mut || 0.0);
        fresh.tick(descent::learn::Rows::new(inputs.view(), &targets));
    }
    assert_eq!(fresh.weighted().unwrap().tensors(), run.tensors());
}

#[test]
fn some_layers_are_loaded_and_the_others_are_as_fresh_as_without_a_file() {
    let net = json!({"layers": layers()});
    let file = save(&trained(net.clone(), 20));
    let saved = trained(net.clone(), 20).tensors();
    let fresh = open(7, net.clone(), b"").unwrap().tensors();
    for (which, loaded) in [
        (json!({"first": {"layers": 1}}), vec!["0.weight", "0.bias"]),
        (json!({"first": {"layers": 2}}), vec!["0.weight", "0.bias", "2.weight", "2.bias"]),
        (json!({"named": {"tensors": ["2.weight"]}}), vec!["2.weight"]),
    ] {
        let run = open(7, from_file(net.clone(), which.clone()), &file).unwrap();
        for ((got, saved), fresh) in run.tensors().iter().zip(&saved).zip(&fresh) {
            assert_eq!(got, if loaded.contains(&got.name.as_str()) { saved } else { fresh }, "{which}");
        }
    }
    // Another head on the same body: only what is loaded has to fit.
    let other = json!({"layers": [{"dense": {"units": 6}}, {"dense": {"units": 9}}, {"dense": {"units": 3}}]});
    let mut run = open(7, from_file(other, json!({"first": {"layers": 1}})), &file).unwrap();
    assert_eq!(run.tensors()[..2], saved[..2]);
    run.tick(&mut || 0.0);
    assert_ne!(run.tensors()[0], saved[0]);
}

#[test]
fn fine_tuning_leaves_what_is_frozen_as_it_was_loaded() {
    let file = save(&trained(json!({"layers": layers()}), 20));
    let mut net = from_file(json!({"layers": layers()}), json!({"first": {"layers": 2}}));
    net["tuning"] = json!([{"freeze": {"first": 1, "last": 2, "until": {"update": {"updates": 15}}}}, {"rate": {"first": 1, "last": 2}}]);
    let mut run = open(7, net, &file).unwrap();
    let before = run.tensors();
    for _ in 0..15 {
        run.tick(&mut || 0.0);
    }
    assert_eq!(run.tensors()[..4], before[..4]);
    assert_ne!(run.tensors()[4..], before[4..]);
    run.tick(&mut || 0.0);
    assert!(run.tensors().iter().zip(&before).all(|(now, before)| now != before));
}

#[test]
fn rewinding_returns_to_the_loaded_weights_whatever_became_of_the_file() {
    let file = save(&trained(json!({"layers": layers()}), 20));
    let text = document(3, from_file(json!({"layers": layers()}), json!("all")));
    let mut session = Session::default();
    let missing = session.open(&text).unwrap_err();
    assert_eq!(missing[0].path, "learner.net.transfer.file.path");
    assert!(missing[0].message.en.contains("weights.safetensors"), "{}", missing[0]);
    session.attach("weights.safetensors", file);
    session.open(&text).unwrap();
    let first = session.runs()[0].tensors();
    session.advance(f64::INFINITY, 20, &mut || 0.0);
    session.attach("weights.safetensors", b"nothing".to_vec());
    session.rewind();
    assert_eq!(session.runs()[0].tensors(), first);
    // Live settings do not ask for the file either.
    let live = document(3, from_file(json!({"layers": layers(), "l2": 0.1}), json!("all")));
    assert!(session.live(0, &live).unwrap());
    assert!(!session.live(0, &document(3, json!({"layers": layers(), "l2": 0.1}))).unwrap());
}

#[test]
fn other_types_of_numbers_are_read() {
    let values = [0.5_f32, -1.25, 3.0, 0.0, 1024.0, -0.125];
    let bits16 = |number: &dyn Fn(f32) -> u16| values.iter().flat_map(|&value| number(value).to_le_bytes()).collect::<Vec<u8>>();
    // These values are short enough to be cut off exactly.
    let half = |value: f32| match value.to_bits() {
        0 => 0,
        bits => (bits >> 16 & 0x8000) as u16 | ((((bits >> 23 & 255) + 15 - 127) << 10) as u16) | (bits >> 13 & 0x3ff) as u16,
    };
    let stored = [
        (Dtype::F32, values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>()),
        (Dtype::F64, values.iter().flat_map(|&value| f64::from(value).to_le_bytes()).collect()),
        (Dtype::BF16, bits16(&|value| (value.to_bits() >> 16) as u16)),
        (Dtype::F16, bits16(&half)),
    ];
    for (dtype, bytes) in stored {
        let view = TensorView::new(dtype, vec![3, 2], &bytes).unwrap();
        let file = safetensors::serialize([("0.weight", view)], None).unwrap();
        let net = from_file(json!({"layers": [{"dense": {"units": 3}}]}), json!({"named": {"tensors": ["0.weight"]}}));
        assert_eq!(open(1, net, &file).unwrap().tensors()[0].values, values, "{dtype:?}");
    }
}

fn tensor(name: &str, shape: &[usize], value: f32) -> Tensor {
    Tensor { name: name.into(), shape: shape.to_vec(), values: vec![value; shape.iter().product()] }
}

#[test]
fn everything_that_does_not_fit_is_named_at_once() {
    let file = safetensors(&[
        tensor("0.weight", &[8, 2], 1.0),
        tensor("0.bias", &[6], f32::NAN),
        tensor("2.bias", &[5], 1.0),
        tensor("10.bias", &[1], 1.0),
    ]);
    let problems = |net: Value, file: &[u8]| -> Vec<(String, String)> {
        let issues = open(1, net, file).err().expect("issues");
        for issue in &issues {
            assert!(issue.message.zh.contains(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{:?}", issue.message);
        }
        issues.into_iter().map(|issue| (issue.path.trim_start_matches("learner.net.transfer.file.").into(), issue.message.en)).collect()
    };
    let expected = |list: &[(&str, &str)]| list.iter().map(|&(path, text)| (path.to_string(), text.to_string())).collect::<Vec<_>>();
    let net = || json!({"layers": layers()});
    assert_eq!(
        problems(from_file(net(), json!({"first": {"layers": 2}})), &file),
        expected(&[
            ("path", "0.weight is 8 × 2 in the file, and 6 × 2 in the network"),
            ("path", "0.bias holds a number that is not finite"),
            ("path", "the file has no tensor 2.weight (5 × 6)"),
            ("path", "the file holds 0.bias (6), 0.weight (8 × 2), 2.bias (5), 10.bias (1)"),
        ])
    );
    assert_eq!(
        problems(from_file(net(), json!({"first": {"layers": 4}})), &save(&trained(net(), 0))),
        expected(&[("which.first.layers", "the network has 3 layers, got 4")])
    );
    assert_eq!(
        problems(from_file(net(), json!({"named": {"tensors": ["2.bias", "3.weight"]}})), &file),
        expected(&[(
            "which.named.tensors[1]",
            "the network has no tensor \"3.weight\", must be one of 0.weight, 0.bias, 2.weight, 2.bias, 4.weight, 4.bias"
        )])
    );
    assert_eq!(problems(json!({"transfer": "file"}), b""), expected(&[("path", "is empty: choose a safetensors file")]));
    let gone = json!({"transfer": {"file": {"path": "gone"}}, "optimizer": "schedule_free_adamw", "weight_decay": 0.5});
    let paths: Vec<String> = problems(gone, b"").into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["path", "learner.net.weight_decay"]);
    for broken in [&b""[..], b"not a file", &file[..file.len() - 1], &[255; 64]] {
        let issues = problems(from_file(net(), json!("all")), broken);
        assert!(issues.len() == 1 && issues[0].1.starts_with("is not a safetensors file: "), "{issues:?}");
    }
    let whole = TensorView::new(Dtype::I64, vec![6], &[0; 48]).unwrap();
    let file = safetensors::serialize([("0.bias", whole)], None).unwrap();
    assert_eq!(
        problems(from_file(net(), json!({"named": {"tensors": ["0.bias"]}})), &file),
        expected(&[("path", "0.bias is stored as I64, must be F32, F64, F16 or BF16")])
    );
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn no_bytes_panic(start in 0..120_u64, bytes in proptest::collection::vec(any::<u8>(), 0..150)) {
        let file = [&start.to_le_bytes()[..], &bytes[..]].concat();
        let refused = open(1, from_file(json!({"layers": []}), json!("all")), &file).is_err();
        prop_assert!(refused);
    }

    #[test]
    fn a_file_with_a_flipped_byte_is_read_or_refused(at in any::<prop::sample::Index>(), mask in 1..=255_u8) {
        let mut file = safetensors(&[tensor("0.weight", &[1, 2], 1.0), tensor("0.bias", &[1], 2.0)]);
        let at = at.index(file.len());
        file[at] ^= mask;
        if let Err(issues) = open(1, from_file(json!({"layers": []}), json!("all")), &file) {
            prop_assert!(!issues.is_empty());
        }
    }
}
