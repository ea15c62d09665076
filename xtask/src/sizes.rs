//! What a visitor has to load, and how much of it may be.

use crate::process::Outcome;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Gzipped kilobytes of the engine: all families and jobs in one module. What the first view does not need will be a second one.
const ENGINE: f64 = 1080.0;
/// And of what guesses encodings, which is fetched for a file that is not UTF-8.
const ENCODINGS: f64 = 180.0;
/// Gzipped kilobytes of script that the first view waits for.
const FIRST_VIEW: f64 = 150.0;

/// A file's bytes and their kilobytes, raw and gzipped.
fn measured(path: &Path) -> Result<(f64, f64), String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(&bytes).and_then(|()| encoder.finish()).map_err(|error| error.to_string())?;
    Ok((bytes.len() as f64 / 1e3, packed.len() as f64 / 1e3))
}

/// The files of a folder and of those in it.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() { all.extend(files(&path)?) } else { all.push(path) }
    }
    Ok(all)
}

/// Prints every file's size, raw and gzipped.
pub fn print(folder: &Path) -> Outcome {
    for path in files(folder)? {
        let (raw, packed) = measured(&path)?;
        eprintln!("{raw:>9.1} kB {packed:>9.1} kB gzipped  {}", path.display());
    }
    Ok(())
}

/// Fails where the built page is larger than it may be.
pub fn within_budget(folder: &Path) -> Outcome {
    let index = folder.join("index.html");
    let html = fs::read_to_string(&index).map_err(|error| format!("{}: {error}", index.display()))?;
    let first: Vec<PathBuf> = scripts(&html).into_iter().map(|path| folder.join(path)).collect();
    let modules = files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "wasm"));
    let guesses = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("encodings"));
    let (encodings, engine) = modules.partition(guesses);
    within("the engine", engine, ENGINE)?;
    within("what guesses encodings", encodings, ENCODINGS)?;
    within("the script of the first view", first, FIRST_VIEW)
}

fn within(what: &str, paths: Vec<PathBuf>, budget: f64) -> Outcome {
    if paths.is_empty() {
        return Err(format!("{what} is not in the built page, so its size is not known"));
    }
    let mut size = 0.0;
    for path in &paths {
        size += measured(path)?.1;
    }
    eprintln!("{what}: {size:.1} of {budget:.0} kB gzipped");
    if size <= budget { Ok(()) } else { Err(format!("{what} is {size:.1} kB gzipped; its budget is {budget:.0} kB (xtask/src/sizes.rs)")) }
}

/// Scripts that a page names: its own, and those that it loads ahead because its own import them.
fn scripts(html: &str) -> Vec<&str> {
    html.split('<')
        .filter(|tag| tag.starts_with("script ") || (tag.starts_with("link ") && tag.contains("modulepreload")))
        .filter_map(|tag| tag.split(['"', '\'']).find(|value| value.ends_with(".js")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_view_is_what_the_page_names() {
        let html = r#"<head><script type="module" crossorigin src="./assets/index-a.js"></script>
            <link rel="modulepreload" crossorigin href="./assets/shared-b.js"><link rel="stylesheet" href="./assets/index.css"></head>"#;
        assert_eq!(scripts(html), ["./assets/index-a.js", "./assets/shared-b.js"]);
    }

    #[test]
    fn what_is_too_large_or_not_there_fails() {
        let folder = std::env::temp_dir().join(format!("descent-sizes-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        fs::write(folder.join("index.html"), r#"<script src="./assets/index.js"></script>"#).unwrap();
        fs::write(folder.join("assets/index.js"), "1").unwrap();
        assert!(within_budget(&folder).unwrap_err().contains("the engine is not in the built page"));
        fs::write(folder.join("assets/engine.wasm"), "1").unwrap();
        assert!(within_budget(&folder).unwrap_err().contains("what guesses encodings is not in the built page"));
        fs::write(folder.join("assets/encodings.wasm"), "1").unwrap();
        within_budget(&folder).unwrap();
        // Xorshift: what has no pattern does not pack below the six bits that each letter has.
        let mut state = 1_u32;
        let mut letter = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            char::from(b' ' + (state >> 26) as u8)
        };
        let noise: String = (0..250_000).map(|_| letter()).collect();
        fs::write(folder.join("assets/index.js"), noise).unwrap();
        let problem = within_budget(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert!(problem.unwrap_err().contains("its budget is 150 kB"));
    }
}
