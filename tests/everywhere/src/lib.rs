//! `#[test]` for wasm: one function is a test natively, in Node and in a browser.
//!
//! Rust's own harness finds no tests in wasm. There `wasm-bindgen-test` takes its place, under the same name, so that no test has to say where it runs:
//! a crate that has `#[macro_use(test)] extern crate everywhere` at its root has it in every module.

#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen_test::wasm_bindgen_test as test;
