//! The project's commands: `cargo xtask serve | build | test | bench`. Each installs what it misses and says what it is doing.

mod build;
mod fuzz;
mod install;
mod licences;
mod lint;
mod process;
mod sizes;
mod test;
mod weights;

use process::{Outcome, run};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [--port N]      build the engine and serve the page (with reload)
cargo xtask build [--single]      a static dist/ for any folder of any server; --single: also dist/descent.html, one file
cargo xtask test [lint|native|wasm|page] [--times]   all groups within half an hour, or one group, all of it; --times: and what the slowest took
cargo xtask bench [--json] [W1 …]  throughput beside other engines, page load and sizes; with names, those workloads alone
cargo xtask fuzz [KIND] [--seed N] [--from N] [--count N] [--threads N]   without end: documents, texts, surfaces, csv, weights; links [N] [SEED]
cargo xtask wasm                  only the engine, into www/pkg
cargo xtask weights               train the weights that come with Descent again";

fn main() -> ExitCode {
    let mut all = std::env::args();
    let name = all.next().unwrap_or_default();
    let arguments: Vec<String> = all.collect();
    let name = std::path::Path::new(&name).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if let Some(name) = TOOLS.iter().find(|tool| **tool == name) {
        return tool(name, &arguments);
    }
    let (command, rest) = arguments.split_first().map_or(("help", &[][..]), |(command, rest)| (command.as_str(), rest));
    // Cargo sets these for the build tool itself; they must not reach the builds it starts.
    let outcome = match command {
        "serve" => serve(rest),
        "build" => build::site(rest.iter().any(|flag| flag == "--single")),
        "wasm" => build::engine(),
        "test" => test::all(rest),
        "bench" => bench(rest),
        "weights" => weights::all(),
        "fuzz" => fuzz::fuzz(rest),
        "test-runner" => return tool("wasm-bindgen-test-runner", rest),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("unknown command {other:?}\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(rest: &[String]) -> Outcome {
    build::engine()?;
    let port = rest.iter().skip_while(|flag| *flag != "--port").nth(1).map_or("5173", String::as_str);
    println!("serving http://localhost:{port}/ (stop with Ctrl+C)");
    run("npx", ["vite", "--port", port, "--strictPort"])
}

/// The engine beside its peers, then the page; with names of workloads, those alone.
fn bench(rest: &[String]) -> Outcome {
    build::site(false)?;
    install::packages_of("benches")?;
    install::browsers(&[install::CHROMIUM])?;
    run("node", ["benches/run.mjs"].into_iter().chain(rest.iter().map(String::as_str)))?;
    if rest.iter().all(|argument| argument == "--json") {
        run("node", ["benches/page.mjs"].into_iter().chain(rest.iter().map(String::as_str)))
    } else {
        Ok(())
    }
}

/// What this program is where it stands under another name (`build::tools`): `wasm-pack` looks for both.
const TOOLS: [&str; 2] = ["wasm-bindgen", "wasm-bindgen-test-runner"];

/// One of wasm-bindgen's tools. `cargo test --target wasm32-unknown-unknown` calls the runner with a test's module.
fn tool(name: &str, rest: &[String]) -> ExitCode {
    let arguments = std::iter::once(name.to_string()).chain(rest.iter().cloned());
    let outcome = if name == TOOLS[0] {
        wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)
    } else {
        wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
