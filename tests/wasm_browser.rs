//! The engine as wasm in a worker of a real browser.
#![cfg(target_arch = "wasm32")]

mod shared;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn same_bits_as_everywhere() {
    shared::check_fingerprints();
}
