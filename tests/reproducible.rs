//! The same bits natively, in Node and in Chromium.

// Elsewhere the vector library may fuse multiplications and additions; the promise is wasm's.
#![cfg(any(target_arch = "x86_64", target_arch = "wasm32"))]

mod shared;

#[cfg(target_arch = "wasm32")]
use everywhere::test;

#[test]
fn same_bits_everywhere() {
    shared::check_fingerprints();
}
