//! The tests in a worker of a real browser.
#![cfg(target_arch = "wasm32")]

#[macro_use(test)]
extern crate everywhere;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[path = "engine/mod.rs"]
mod engine;
