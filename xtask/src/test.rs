//! Every test, in the order in which they fail fastest.

use crate::process::{Outcome, output, run, run_with};
use crate::{build, install};

/// All groups, or the one that is named.
pub fn all(only: Option<&str>) -> Outcome {
    let groups: [(&str, fn() -> Outcome); 4] = [("lint", lint), ("native", native), ("wasm", wasm), ("page", page)];
    if let Some(name) = only
        && !groups.iter().any(|(group, _)| *group == name)
    {
        return Err(format!("unknown group {name:?}: lint, native, wasm or page"));
    }
    for (name, group) in groups {
        if only.is_none_or(|only| only == name) {
            println!("\n── {name} ──");
            group()?;
        }
    }
    Ok(())
}

/// rustfmt over every file (modules declared inside `registry!` are invisible to `cargo fmt`), clippy.
fn lint() -> Outcome {
    install::components()?;
    let files = output("git", &["ls-files", "*.rs"]).ok_or("git does not list the files")?;
    run("rustfmt", ["--check", "--edition", "2024"].into_iter().chain(files.lines()))?;
    run("cargo", ["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"])
}

fn native() -> Outcome {
    run("cargo", ["test"])
}

/// The engine as wasm, in Node and in a real browser.
fn wasm() -> Outcome {
    install::target()?;
    install::packages()?;
    install::browsers(&[install::CHROMIUM])?;
    let schemas = build::schemas()?;
    let variables = [("DESCENT_SCHEMAS", schemas.as_str()), ("WASM_BINDGEN_TEST_TIMEOUT", "120")];
    run_with("cargo", ["test", "--target", "wasm32-unknown-unknown", "--test", "wasm_node"], &variables)?;
    run_with("node", ["tests/wasm_browser.mjs"], &variables)
}

/// Types and lessons, then the built page in a real browser.
fn page() -> Outcome {
    install::packages()?;
    install::browsers(&[install::CHROMIUM, install::FIREFOX])?;
    build::site(true)?;
    run("npx", ["tsc", "--noEmit"])?;
    run("node", ["tests/lessons.mjs"])?;
    run("npx", ["playwright", "test"])
}
