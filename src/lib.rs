//! Descent: a training playground. The modules follow the journey; each may use only those above it in this list.

pub mod math;
pub mod config;
pub mod data;
pub mod metric;
pub mod learn;
pub mod train;
pub mod ship;
pub mod session;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
