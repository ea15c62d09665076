//! Engine to wasm, wasm to JavaScript bindings, page to `dist/`.

use crate::install;
use crate::process::{Outcome, output, step, step_with};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

const WASM: &str = "www/pkg/descent_bg.wasm";

/// `www/pkg`: the engine, optimised, and its bindings.
pub fn engine() -> Outcome {
    install::target()?;
    install::packages()?;
    eprintln!("building the engine");
    let schemas = schemas()?;
    step_with("cargo", ["build", "--release", "--lib", "--target", "wasm32-unknown-unknown"], &[("DESCENT_SCHEMAS", &schemas)])?;
    let module = target() + "/wasm32-unknown-unknown/release/descent.wasm";
    let arguments =
        ["wasm-bindgen", &module, "--target", "web", "--out-dir", "www/pkg", "--remove-name-section", "--remove-producers-section"];
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments).map_err(|error| format!("wasm-bindgen: {error:?}"))?;
    // No feature flags: `--all-features` emits modules that older engines refuse.
    step("npx", ["wasm-opt", "-O3", WASM, "-o", WASM])?;
    encodings()
}

/// `www/pkg/encodings.wasm`: which encoding a file is in, fetched only for a file that is not UTF-8. It has no bindings: numbers and bytes are all it takes.
fn encodings() -> Outcome {
    // What is fetched once and runs for milliseconds is to be small.
    let small = [("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s")];
    step_with("cargo", ["build", "--release", "-p", "encodings", "--target", "wasm32-unknown-unknown"], &small)?;
    let module = target() + "/wasm32-unknown-unknown/release/encodings.wasm";
    step("npx", ["wasm-opt", "-Oz", &module, "-o", "www/pkg/encodings.wasm"])
}

/// The folder with the JSON Schemas that go into the wasm (`build.rs` says why), made anew; written only where they differ.
pub fn schemas() -> Result<String, String> {
    let folder = std::path::absolute(target() + "/schemas").map_err(|error| error.to_string())?;
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for asked in [&["experiment"][..], &["surface", "own"], &["landscape"]] {
        let path = folder.join(format!("{}.json", asked[0]));
        let arguments = ["run", "--quiet", "--example", "headless", "--", "schema"].into_iter().chain(asked.iter().copied());
        let text = output("cargo", &arguments.collect::<Vec<_>>()).ok_or("the headless runner prints no schema")?;
        if std::fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    folder.into_os_string().into_string().map_err(|path| format!("{} is not UTF-8", path.display()))
}

fn target() -> String {
    std::env::var("CARGO_TARGET_DIR").unwrap_or("target".into())
}

/// `dist/`: the page as static files; with `single` also as one file.
pub fn site(single: bool) -> Outcome {
    engine()?;
    eprintln!("building the page");
    step("npx", ["vite", "build", "--logLevel", "warn"])?;
    if single {
        step_with("npx", ["vite", "build", "--logLevel", "warn"], &[("DESCENT_SINGLE", "1")])?;
        std::fs::rename("dist-single/index.html", "dist/descent.html").map_err(|error| format!("dist/descent.html: {error}"))?;
        std::fs::remove_dir_all("dist-single").map_err(|error| format!("dist-single: {error}"))?;
    }
    sizes(Path::new("dist"))
}

/// Prints every file's size, raw and gzipped.
fn sizes(folder: &Path) -> Outcome {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sizes(&path)?;
        } else {
            let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            let packed = encoder.write_all(&bytes).and_then(|()| encoder.finish()).map_err(|error| error.to_string())?;
            eprintln!("{:>9.1} kB {:>9.1} kB gzipped  {}", bytes.len() as f64 / 1e3, packed.len() as f64 / 1e3, path.display());
        }
    }
    Ok(())
}
