//! What crosses between the engine and the page, as Rust has it. Each answer of more than a word or a number is a struct, here or where it is made, which
//! `Serialize` writes and of which `JsonSchema` gives the type: `typescript.rs` writes all of them to `www/boundary.d.ts`, so that `tsc` sees both sides. Names, and which
//! fields may be null or missing, stand nowhere else. Nothing here knows JavaScript; `wasm.rs` has the calls.

pub mod augmented;
pub mod frame;
pub mod numbers;
pub mod points;
pub mod race;
pub mod replies;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod typescript;

pub use frame::{Frame, Request};
pub use numbers::{Bytes, Doubles, Floats, Named, Words};
