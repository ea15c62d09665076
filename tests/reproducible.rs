//! The same bits natively as in Node and Chromium (`wasm_node.rs`, `wasm_browser.rs`).

mod shared;

// Elsewhere the vector library may fuse multiplications and additions; the promise is wasm's.
#[cfg(target_arch = "x86_64")]
#[test]
fn native_bits() {
    shared::check_fingerprints();
}
