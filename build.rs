//! `DESCENT_SCHEMA` names a file with what `headless schema` prints: then the schema is taken from there, and what derives it is left out.
//! A quarter of the wasm would be that code.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(schema_file)");
    println!("cargo::rerun-if-env-changed=DESCENT_SCHEMA");
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("DESCENT_SCHEMA").is_some() {
        println!("cargo::rustc-cfg=schema_file");
    }
}
