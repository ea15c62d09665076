//! What can be said of the files without running them.

use crate::install;
use crate::process::{Outcome, output, present, run};
use std::fs;

/// Formats, lints, words, where tests run, licences.
pub fn all() -> Outcome {
    install::components()?;
    install::target()?;
    install::packages()?;
    // Modules declared inside `registry!` are invisible to `cargo fmt`.
    let files = output("git", &["ls-files", "*.rs"]).ok_or("git does not list the files")?;
    run("rustfmt", ["--check", "--edition", "2024"].into_iter().chain(files.lines()))?;
    run("cargo", ["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"])?;
    // The files that know JavaScript are in no other build.
    run("cargo", ["clippy", "--quiet", "--lib", "--tests", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"])?;
    run("npx", ["biome", "ci", "--error-on-warnings"])?;
    run("node", ["tests/words.mjs"])?;
    run("node", ["tests/terms.mjs"])?;
    tests_run_in_wasm()?;
    licences()
}

/// The first line of a test file that is for other targets alone.
const NATIVE: &str = "#![cfg(not(target_arch = \"wasm32\"))]";

/// Every file of `tests/engine/` is a part of the program that it is for, and what cannot run in wasm says why.
fn tests_run_in_wasm() -> Outcome {
    let read = |path: &str| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let list = read("tests/engine/mod.rs")?;
    let mut problems = Vec::new();
    for folder in ["tests", "tests/engine"] {
        for entry in fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))? {
            let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
            let Some(path) = path.to_str().filter(|path| path.ends_with(".rs") && !WASM.contains(path)) else { continue };
            problems.extend(problem_of(path, &read(path)?, &list));
        }
    }
    problems.sort();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// What the files of `tests/engine/` are parts of.
const WASM: [&str; 3] = ["tests/engine.rs", "tests/engine/mod.rs", "tests/wasm_browser.rs"];

fn problem_of(path: &str, text: &str, list: &str) -> Option<String> {
    if let Some((before, _)) = text.split_once(NATIVE) {
        let said = before.trim_end().lines().last().is_some_and(|line| line.starts_with("// "));
        return (!said).then(|| format!("{path}: say in a comment above `{NATIVE}` why it cannot run in wasm"));
    }
    let Some(module) = path.strip_prefix("tests/engine/").and_then(|name| name.strip_suffix(".rs")) else {
        return Some(format!("{path}: nothing runs it in wasm: put it into tests/engine, or say `{NATIVE}` and why"));
    };
    let listed = list.lines().any(|line| line == format!("mod {module};"));
    (!listed).then(|| format!("tests/engine/mod.rs: no test runs {path}: add `mod {module};`"))
}

/// `deny.toml` says which licences may come in, and from where.
fn licences() -> Outcome {
    if !present("cargo-deny") {
        println!(
            "cargo-deny is not installed, so licences and sources of the packages are not checked (`cargo install cargo-deny --locked`)"
        );
        return Ok(());
    }
    // What is known of weaknesses is kept elsewhere, and a test needs no network.
    run("cargo", ["deny", "--offline", "check", "licenses", "bans", "sources"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_file_runs_in_wasm_or_says_why_not() {
        let (plain, list) = ("#[test]\nfn x() {}\n", "mod a;\nmod ab;\n");
        let native = format!("//! A.\n\n// It reads files.\n{NATIVE}\n");
        assert_eq!(problem_of("tests/engine/a.rs", plain, list), None);
        assert_eq!(problem_of("tests/c.rs", &native, list), None);
        for (path, text) in [("tests/engine/b.rs", plain), ("tests/a.rs", plain), ("tests/engine/a.rs", NATIVE)] {
            assert!(problem_of(path, text, list).is_some(), "{path}: {text}");
        }
    }
}
