//! A fixed part of what `cargo xtask fuzz` draws without end, and everything that it has found.

// A case that panics is caught and told, which wasm cannot.
#![cfg(not(target_arch = "wasm32"))]

#[path = "fuzz/mod.rs"]
mod fuzz;

use fuzz::{Kind, Plan};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// Runs the first cases of a kind; every one of them has to end well, and some of them have to run.
fn first(kind: Kind, count: u64) {
    let findings = Mutex::new(Vec::new());
    let plan = Plan { kind, seed: 0, from: 0, count, threads: 1 };
    let counted = fuzz::run(&plan, |finding| {
        let mut findings = findings.lock().unwrap();
        findings.push(format!("{} {}: {}\n{}", kind.name(), finding.number, finding.what, fuzz::smaller(&finding)));
        findings.len() > 4
    });
    let findings = findings.into_inner().unwrap();
    assert!(findings.is_empty(), "{}", findings.join("\n\n"));
    assert_eq!(counted.refused + counted.costly + counted.ran, count);
    println!("{}: {counted:?}", kind.name());
    let ran = if kind == Kind::Texts { counted.refused } else { counted.ran };
    assert!(ran > count / 20, "{counted:?}: too few of them say anything");
}

#[test]
fn documents_run_or_are_refused() {
    first(Kind::Documents, 6000);
}

#[test]
fn documents_of_wrong_types_are_refused_where_they_are_wrong() {
    first(Kind::Texts, 40_000);
}

#[test]
fn races_on_surfaces_end() {
    first(Kind::Surfaces, 10_000);
}

#[test]
fn tables_are_read_or_refused() {
    first(Kind::Csv, 200_000);
}

#[test]
fn files_of_weights_are_read_or_refused() {
    first(Kind::Weights, 200_000);
}

#[test]
fn what_was_found_once_stays_mended() {
    fuzz::quiet();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if let Err(what) = fuzz::found(&text) {
            panic!("{}: {what}", path.display());
        }
        count += 1;
    }
    assert!(count > 0);
}
