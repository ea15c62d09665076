//! Engine to wasm, wasm to JavaScript bindings, page to `dist/`.

use crate::process::{Outcome, output, step, step_with};
use crate::{install, licences, sizes};
use std::path::{Path, PathBuf};

const WASM: &str = "www/pkg/descent_bg.wasm";

/// `www/pkg`: the engine, optimised, and its bindings.
pub fn engine() -> Outcome {
    install::target()?;
    install::packages()?;
    eprintln!("building the engine");
    let schemas = schemas()?;
    let own = own_places()?;
    let flags: Vec<String> = own.iter().map(|(from, to)| format!("\"--remap-path-prefix={from}={to}\"")).collect();
    // Joined with the flags of `.cargo/config.toml`; an environment variable would replace them.
    let flags = format!("target.wasm32-unknown-unknown.rustflags=[{}]", flags.join(","));
    let arguments = ["build", "--release", "--lib", "--target", "wasm32-unknown-unknown", "--config", &flags];
    step_with("cargo", arguments, &[("DESCENT_SCHEMAS", &schemas)])?;
    let module = target() + "/wasm32-unknown-unknown/release/descent.wasm";
    let arguments =
        ["wasm-bindgen", &module, "--target", "web", "--out-dir", "www/pkg", "--remove-name-section", "--remove-producers-section"];
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments).map_err(|error| format!("wasm-bindgen: {error:?}"))?;
    // No feature flags: `--all-features` emits modules that older engines refuse.
    step("npx", ["wasm-opt", "-O3", WASM, "-o", WASM])?;
    let bytes = std::fs::read(WASM).map_err(|error| format!("{WASM}: {error}"))?;
    match own.iter().find(|(from, _)| holds(&bytes, from)) {
        Some((place, _)) => Err(format!("{WASM} tells where it was built: it holds {place:?}")),
        None => encodings(),
    }
}

/// Folders of this machine that messages of panics would name, and what they say instead; what is inside another comes later, because the last one that fits counts.
fn own_places() -> Result<Vec<(String, String)>, String> {
    let home = std::env::var("HOME").unwrap_or_default();
    let cargo = std::env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"));
    let checkout = std::env::current_dir().map_err(|error| error.to_string())?;
    let sources = std::fs::read_dir(format!("{cargo}/registry/src")).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let text = |path: PathBuf| path.into_os_string().into_string().map_err(|path| format!("{} is not UTF-8", path.display()));
    let mut places = vec![(home, "~".to_string()), (cargo, "cargo".to_string())];
    for source in sources {
        places.push((text(source)?, "crates".to_string()));
    }
    places.push((text(checkout)?, ".".to_string()));
    // No home, or one that is the root of everything, is in every path.
    places.retain(|(from, _)| from.len() > 1);
    Ok(places)
}

/// True where `bytes` hold the path, as a whole folder.
fn holds(bytes: &[u8], path: &str) -> bool {
    let path = format!("{}/", path.trim_end_matches('/'));
    bytes.windows(path.len()).any(|part| part == path.as_bytes())
}

/// A folder for the PATH in which this program stands under the names of wasm-bindgen's tools, whose libraries it has.
pub fn tools() -> Result<String, String> {
    let folder = std::path::absolute(target() + "/tools").map_err(|error| error.to_string())?;
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    for name in crate::TOOLS {
        let place = folder.join(name);
        // A build may replace this program while its tools run: they are a copy.
        let (old, new) = (place.metadata().and_then(|file| file.modified()).ok(), own.metadata().and_then(|file| file.modified()).ok());
        if old.is_none() || old < new {
            std::fs::copy(&own, &place).map_err(|error| format!("{}: {error}", place.display()))?;
        }
    }
    folder.into_os_string().into_string().map_err(|path| format!("{} is not UTF-8", path.display()))
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
    for asked in [&["experiment"][..], &["surface", "own"], &["jobs"]] {
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
    licences::write(Path::new("dist/licenses.txt"))?;
    sizes::print(Path::new("dist"))?;
    sizes::within_budget(Path::new("dist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_whole() {
        assert!(holds(b"...at /root/.cargo/registry/src/x.rs", "/root"));
        assert!(!holds(b"...at /rooted/x.rs", "/root") && !holds(b"~/x.rs", "/root") && !holds(b"", "/root"));
    }
}
