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
    // The files that know JavaScript are in no other build, and each test file is in this one too.
    run("cargo", ["clippy", "--quiet", "--tests", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"])?;
    run("npx", ["biome", "ci", "--error-on-warnings"])?;
    run("node", ["tests/words.mjs"])?;
    run("node", ["tests/terms.mjs"])?;
    tests_run_in_wasm()?;
    licences()
}

/// The first line of a test file that is for other targets alone.
const NATIVE: &str = "#![cfg(not(target_arch = \"wasm32\"))]";

/// Every file of `tests/` runs in wasm, in Node and in a browser, or says why it does not.
fn tests_run_in_wasm() -> Outcome {
    let read = |path: &str| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let browser = read("tests/wasm_browser.rs")?;
    let mut problems = Vec::new();
    for entry in fs::read_dir("tests").map_err(|error| format!("tests: {error}"))? {
        let path = entry.map_err(|error| format!("tests: {error}"))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".rs") && *name != "wasm_browser.rs")
        else {
            continue;
        };
        problems.extend(problem_of(name, &read(&format!("tests/{name}"))?, &browser));
    }
    problems.sort();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn problem_of(name: &str, text: &str, browser: &str) -> Option<String> {
    let listed = browser.contains(&format!("#[path = \"{name}\"]"));
    if let Some((before, _)) = text.split_once(NATIVE) {
        let said = before.trim_end().lines().last().is_some_and(|line| line.starts_with("// "));
        return match (said, listed) {
            (false, _) => Some(format!("tests/{name}: say in a comment above `{NATIVE}` why it cannot run in wasm")),
            (_, true) => Some(format!("tests/wasm_browser.rs: {name} does not run in wasm; take it off the list")),
            _ => None,
        };
    }
    if !text.contains("use everywhere::test;") {
        return Some(format!(
            "tests/{name}: its tests are none in wasm: add `#[cfg(target_arch = \"wasm32\")] use everywhere::test;`, or `{NATIVE}` and why"
        ));
    }
    (!listed).then(|| {
        let module = name.trim_end_matches(".rs");
        format!("tests/wasm_browser.rs: no browser runs {name}: add `#[path = \"{name}\"] mod {module};`")
    })
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
        let everywhere = "#[cfg(target_arch = \"wasm32\")]\nuse everywhere::test;\n";
        let list = "#[path = \"a.rs\"]\nmod a;\n";
        let native = format!("//! A.\n\n// It reads files.\n{NATIVE}\n");
        assert_eq!(problem_of("a.rs", everywhere, list), None);
        assert_eq!(problem_of("b.rs", &native, list), None);
        for (name, text) in [("b.rs", everywhere), ("a.rs", "#[test]\nfn x() {}\n"), ("a.rs", &native), ("b.rs", NATIVE)] {
            assert!(problem_of(name, text, list).is_some(), "{name}: {text}");
        }
    }
}
