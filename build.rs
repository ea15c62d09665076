//! `DESCENT_SCHEMAS` names a folder with what `headless schema` prints, for the engine of the page: then schemas are taken from there, and what derives them is
//! left out, as are the data sets, which the page loads when they are wanted. A quarter of the wasm would be that code.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(for_the_page)");
    println!("cargo::rerun-if-env-changed=DESCENT_SCHEMAS");
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("DESCENT_SCHEMAS").is_some() {
        println!("cargo::rustc-cfg=for_the_page");
    }
}
