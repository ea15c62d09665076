//! Experiments whose learned bits are the same everywhere: natively, in Node and in Chromium.

// Each test binary uses a part of this.
#![allow(dead_code)]

use descent::data::NoFiles;
use descent::learn::Snapshot;
use descent::train::{Experiment, Run};

/// (experiment, [`fingerprint`] after 200 ticks). A change here breaks everybody's links: say so in the commit.
pub const FINGERPRINTS: &[(&str, u64)] = &[
    (r#"{}"#, 0x79b2_f87c_b5ee_b8a1),
    (
        r#"{"learner": {"net": {"layers": [{"dense": {"activation": "relu"}}, {"dense": {"activation": "gelu"}}], "optimizer": "adamw", "schedule": "cosine"}}, "data": "arms"}"#,
        0xc62c_d1f1_acde_9623,
    ),
    (
        r#"{"learner": {"net": {"layers": [{"dense": {"activation": "elu"}}, {"dense": {"activation": "softplus"}}], "optimizer": "rmsprop", "l1": 0.001}}, "data": "waves", "augment": ["jitter"]}"#,
        0x9a88_45b3_79f4_4b4b,
    ),
    (
        r#"{"learner": {"net": {"layers": [{"dense": {}}, {"activation": {"function": "softplus"}}, {"dropout": {"p": 0.2}}, {"drop_connect": {"p": 0.1}}], "loss": "focal", "class_weights": "balanced", "schedule": "one_cycle", "warmup": {"updates": 30}}}, "data": "blobs"}"#,
        0x5eb4_6389_aaf1_6c7a,
    ),
    (
        r#"{"learner": {"net": {"loss": "log_cosh", "schedule": {"cyclic": {"mode": "exp_range", "step_size_up": 7, "gamma": 0.99}}}}, "data": "waves"}"#,
        0xeec2_171e_54fa_87f6,
    ),
    (r#"{"learner": "tree", "data": "moons"}"#, 0x2e96_5f2f_705c_f442),
    (
        r#"{"learner": {"gradient_boosting": {"n_estimators": 30, "subsample": 0.7, "max_features": "sqrt", "class_weights": "balanced"}}, "data": "blobs"}"#,
        0xa2f2_cc28_6bfe_6726,
    ),
    (
        r#"{"learner": {"gradient_boosting": {"n_estimators": 30, "loss": "huber", "subsample": 0.7}}, "data": "waves"}"#,
        0x3aef_c885_e76e_cb37,
    ),
    (r#"{"data": "shapes"}"#, 0x28c6_9ece_6a5a_8c2c),
    (r#"{"data": {"series": {"kind": "mackey_glass"}}}"#, 0x30fc_0ae4_b063_03a2),
    (r#"{"data": "signals"}"#, 0x7523_fbe2_192f_3db4),
    (r#"{"data": "shapes", "augment": ["rotate", "shift", "zoom", "contrast", "cutmix"]}"#, 0x5366_fe1f_97c5_ad3e),
    (r#"{"data": "signals", "augment": ["time_warp", "window_slice", "scaling", {"mixup": {"alpha": 0.2}}]}"#, 0xaf6b_052b_0b72_7053),
    (r#"{"data": "blobs", "augment": ["rotate", "smote", "jitter"]}"#, 0x85e1_37a3_5ec7_d50c),
];

/// A run of a document without files.
pub fn run(json: &str) -> Run {
    Run::new(Experiment::parse(json).expect("valid"), &NoFiles).expect("runnable")
}

/// FNV-1a of everything a learner has learned: its tensors where it has some, so that what else it remembers may change its layout.
pub fn fingerprint(run: &Run) -> u64 {
    let tensors = run.tensors();
    let mut bytes: Vec<u8> = tensors.iter().flat_map(|tensor| &tensor.values).flat_map(|value| value.to_le_bytes()).collect();
    if tensors.is_empty() {
        let mut snapshot = Snapshot::default();
        run.learner().snapshot(&mut snapshot);
        bytes = snapshot.0;
    }
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Fails with all fingerprints that differ.
pub fn check_fingerprints() {
    let mut wrong = Vec::new();
    for (json, expected) in FINGERPRINTS {
        let mut run = run(json);
        for _ in 0..200 {
            run.tick(&mut || 0.0);
        }
        let got = fingerprint(&run);
        if got != *expected {
            wrong.push(format!("{got:#018x} for {json}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
