//! Fuzzing without end; the tests run a fixed part of it.

use crate::process::{Outcome, run};

/// All kinds in turn or those that are named, with the arguments of `examples/fuzz.rs`; `links` is a program of its own, because they are read in the page.
pub fn fuzz(rest: &[String]) -> Outcome {
    if rest.first().is_some_and(|kind| kind == "links") {
        return run("node", ["tests/fuzz/links.mjs"].into_iter().chain(rest[1..].iter().map(String::as_str)));
    }
    // The profile of the tests is optimised and checks arithmetic.
    run("cargo", ["run", "--quiet", "--example", "fuzz", "--"].into_iter().chain(rest.iter().map(String::as_str)))
}
