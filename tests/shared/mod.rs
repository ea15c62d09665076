//! Experiments whose learned bits are the same everywhere: natively, in Node and in Chromium.

// Each test binary uses a part of this.
#![allow(dead_code)]

use descent::data::NoFiles;
use descent::learn::Snapshot;
use descent::train::{Experiment, Run};

/// (experiment, FNV-1a of the learned state after 200 ticks). A change here breaks everybody's links: say so in the commit.
pub const FINGERPRINTS: &[(&str, u64)] = &[
    (r#"{}"#, 0xd5de_8e4e_3b15_d71e),
    (
        r#"{"learner": {"net": {"layers": [{"dense": {"activation": "relu"}}, {"dense": {"activation": "gelu"}}], "optimizer": "adamw", "schedule": "cosine"}}, "data": "arms"}"#,
        0x605c_59ed_2309_d530,
    ),
    (
        r#"{"learner": {"net": {"layers": [{"dense": {"activation": "elu"}}, {"dense": {"activation": "softplus"}}], "optimizer": "rmsprop", "l1": 0.001}}, "data": "waves", "augment": ["jitter"]}"#,
        0x5f5a_6a41_79f8_d65e,
    ),
    (r#"{"learner": "tree", "data": "moons"}"#, 0x74db_3cf0_ca22_7940),
];

/// A run of a document without files.
pub fn run(json: &str) -> Run {
    Run::new(Experiment::parse(json).expect("valid"), &NoFiles).expect("runnable")
}

/// FNV-1a of everything a learner has learned.
pub fn fingerprint(run: &Run) -> u64 {
    let mut snapshot = Snapshot::default();
    run.learner().snapshot(&mut snapshot);
    snapshot.0.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
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
