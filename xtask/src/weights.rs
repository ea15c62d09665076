//! The weights that come with Descent, trained again from the documents beside them.

use crate::process::{Outcome, run};
use std::fs;
use std::path::Path;

const PLACE: &str = "src/data/bundled";

/// Trains every document of the folder and puts its weights beside it.
pub fn all() -> Outcome {
    let mut documents: Vec<_> = fs::read_dir(PLACE)
        .map_err(|error| format!("{PLACE}: {error}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    documents.sort();
    for document in documents {
        let out = Path::new("target/weights").join(document.file_stem().expect("it has a name"));
        let (from, to) = (document.to_string_lossy(), out.to_string_lossy());
        run("cargo", ["run", "-q", "--release", "--example", "headless", "--", "run", &from, "--out", &to])?;
        fs::copy(out.join("model.safetensors"), document.with_extension("safetensors")).map_err(|error| format!("{to}: {error}"))?;
    }
    Ok(())
}
