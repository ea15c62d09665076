//! Whose work is in the page: every crate in the wasm and every npm package in its scripts, with their licences.

use crate::process::{Outcome, output};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Somebody's work.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Work {
    name: String,
    version: String,
    licence: String,
    home: String,
    folder: PathBuf,
}

/// Writes them with the texts of their licences, each text once.
pub fn write(path: &Path) -> Outcome {
    let mut works = crates()?;
    works.extend(packages(Path::new("."))?);
    let text = told(&works)?;
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    eprintln!("{}: the licences of {} packages", path.display(), works.len());
    Ok(())
}

/// The crates that are linked into the wasm, and Rust's own library; what only helps to build it is not in it.
fn crates() -> Result<BTreeSet<Work>, String> {
    let tree = ["tree", "--package", "descent", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
    let tree = output("cargo", &[&tree[..], &["--prefix", "none", "--no-dedupe", "--format", "{p}"]].concat())
        .ok_or("cargo does not tell the crates of the wasm")?;
    let linked: BTreeSet<(&str, &str)> = tree.lines().filter_map(|line| line.split(" (").next()?.split_once(" v")).collect();
    let metadata = output("cargo", &["metadata", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"])
        .ok_or("cargo does not tell where the crates are")?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut works = BTreeSet::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |field: &str| package[field].as_str().unwrap_or_default().to_string();
        let (name, version) = (text("name"), text("version"));
        if package["source"].is_null() || !linked.contains(&(name.as_str(), version.as_str())) {
            continue;
        }
        let home = if package["repository"].is_null() { text("homepage") } else { text("repository") };
        let folder = Path::new(&text("manifest_path")).parent().ok_or("a manifest is in a folder")?.to_path_buf();
        works.insert(Work { name, version, licence: text("license").replace('/', " OR "), home, folder });
    }
    if works.len() + 1 < linked.len() {
        return Err(format!("{} crates are linked, and {} are known", linked.len() - 1, works.len()));
    }
    let (version, sysroot) = (output("rustc", &["--version"]), output("rustc", &["--print", "sysroot"]));
    works.insert(Work {
        name: "Rust standard library".into(),
        version: version.unwrap_or_default().split(' ').nth(1).unwrap_or_default().into(),
        licence: "MIT OR Apache-2.0".into(),
        home: "https://github.com/rust-lang/rust".into(),
        folder: Path::new(&sysroot.unwrap_or_default()).join("share/doc/rust"),
    });
    Ok(works)
}

/// The npm packages that a folder's scripts are bundled with, and those that these depend on.
fn packages(folder: &Path) -> Result<BTreeSet<Work>, String> {
    let read = |path: PathBuf| -> Result<Value, String> {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    };
    let needs =
        |package: &Value| package["dependencies"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let mut waiting = needs(&read(folder.join("package.json"))?);
    let mut seen = BTreeSet::new();
    let mut works = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let folder = folder.join("node_modules").join(&name);
        let package = read(folder.join("package.json"))?;
        waiting.extend(needs(&package));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let home = if package["repository"].is_string() { text(&package["repository"]) } else { text(&package["repository"]["url"]) };
        works.insert(Work { name, version: text(&package["version"]), licence: text(&package["license"]), home, folder });
    }
    Ok(works)
}

/// The texts that a package keeps its licence in. Where it brings none and may be used under Apache-2.0, it is, and that text is here.
fn texts(work: &Work) -> Vec<String> {
    let own = own_texts(&work.folder);
    if own.is_empty() && work.licence.contains("Apache-2.0") { vec![include_str!("../../LICENSE-APACHE").into()] } else { own }
}

fn own_texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
            // Rust brings pages of every licence of everything that its compiler is made of.
            let text = path.extension().is_none_or(|ending| ending != "html");
            path.is_file()
                && text
                && ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"].iter().any(|start| name.starts_with(start))
        })
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn told(works: &BTreeSet<Work>) -> Result<String, String> {
    let mut list = String::from(
        "Descent is MIT OR Apache-2.0. In it is the work of others, each under its own licence; the texts follow, each once.\n\n",
    );
    // The same text is wrapped and indented in many ways.
    let mut by_words: BTreeMap<Vec<String>, (String, Vec<String>)> = BTreeMap::new();
    for work in works {
        if work.licence.is_empty() {
            return Err(format!("{} {} names no licence", work.name, work.version));
        }
        let texts = texts(work);
        let note = if texts.is_empty() { "; brings no text of it" } else { "" };
        let home = work.home.trim_start_matches("git+").trim_end_matches(".git");
        writeln!(list, "{} {}: {}{note}  {home}", work.name, work.version, work.licence).expect("text");
        for text in texts {
            let words = text.split_whitespace().map(String::from).collect();
            by_words.entry(words).or_insert_with(|| (text, Vec::new())).1.push(work.name.clone());
        }
    }
    for (text, names) in by_words.into_values() {
        write!(list, "\n{}\n{}:\n\n{}\n", "─".repeat(80), names.join(", "), text.trim_matches('\n')).expect("text");
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_those_that_are_in_the_wasm() {
        let works = crates().unwrap();
        let named = |name: &str| works.iter().find(|work| work.name == name);
        for name in ["ndarray", "wide", "wasm-bindgen", "serde", "Rust standard library"] {
            let work = named(name).unwrap_or_else(|| panic!("{name} is missing"));
            assert!(!work.version.is_empty() && !work.licence.is_empty() && !texts(work).is_empty(), "{name}");
        }
        // Descent's own, what writes code for it, what is native, what tests it.
        for name in ["descent", "syn", "encoding_rs", "proptest", "wasm-bindgen-test"] {
            assert!(named(name).is_none(), "{name} is not in the wasm");
        }
    }

    #[test]
    fn texts_are_told_once_and_a_missing_licence_is_an_error() {
        let folder = std::env::temp_dir().join(format!("descent-licences-{}", std::process::id()));
        let work = |name: &str, licence: &str, text: Option<&str>| {
            let folder = folder.join(name);
            fs::create_dir_all(&folder).unwrap();
            text.into_iter().for_each(|text| fs::write(folder.join("LICENSE-MIT"), text).unwrap());
            Work { name: name.into(), version: "1.0.0".into(), licence: licence.into(), home: "git+https://a/b.git".into(), folder }
        };
        let works = BTreeSet::from([
            work("a", "MIT", Some("Copyright A\n")),
            work("b", "MIT", Some("Copyright A")),
            work("c", "Zlib", None),
            work("e", "MIT OR Apache-2.0", None),
        ]);
        let text = told(&works).unwrap();
        let nameless = told(&BTreeSet::from([work("d", "", None)]));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(text.matches("Copyright A").count(), 1, "{text}");
        assert!(text.contains("\na, b:\n") && text.contains("c 1.0.0: Zlib; brings no text of it  https://a/b\n"), "{text}");
        assert!(text.contains("\ne:\n\n") && text.contains("Apache License"), "{text}");
        assert!(nameless.unwrap_err().contains("d 1.0.0 names no licence"));
    }
}
