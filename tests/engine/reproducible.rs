//! The same bits natively, in Node and in Chromium.

// Elsewhere the vector library may fuse multiplications and additions; the promise is wasm's.
#![cfg(any(target_arch = "x86_64", target_arch = "wasm32"))]

use super::shared;

#[test]
fn same_bits_everywhere() {
    shared::check_fingerprints();
}
