//! Descent: a training playground. Each module uses only those before it: `math`, `config`, `data`, `metric`, `learn`, `train`, `surface`, `ship`, `select`,
//! `trust`, `job`, `session`, `boundary`, `wasm`. Only tests look the other way.

// Every `#[test]` of these modules runs in wasm too.
#[cfg(all(test, target_arch = "wasm32"))]
#[macro_use(test)]
extern crate everywhere;

pub mod boundary;
pub mod config;
pub mod data;
pub mod job;
pub mod learn;
pub mod math;
pub mod metric;
pub mod select;
pub mod session;
pub mod ship;
pub mod surface;
pub mod train;
pub mod trust;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
