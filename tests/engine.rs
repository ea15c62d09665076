//! The tests natively and in Node; a program that is configured for a browser runs nowhere else.

#[cfg(target_arch = "wasm32")]
#[macro_use(test)]
extern crate everywhere;

#[path = "engine/mod.rs"]
mod engine;
