//! `DESCENT_SCHEMAS` names a folder with what `headless schema` prints: then schemas are taken from there, and what derives them is left out.
//! A quarter of the wasm would be that code.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(schema_files)");
    println!("cargo::rerun-if-env-changed=DESCENT_SCHEMAS");
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("DESCENT_SCHEMAS").is_some() {
        println!("cargo::rustc-cfg=schema_files");
    }
}
