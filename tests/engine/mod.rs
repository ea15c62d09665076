//! What the engine is held to. One program natively and in Node, one in a browser (`wasm_browser.rs`): programs of their own would each be linked, and in a
//! browser each be opened. `cargo xtask test lint` tells when a file of this folder is missing.

mod augment;
mod conformance;
mod going_on;
mod golden_augment;
mod golden_clusters;
mod golden_conv;
mod golden_dropout;
mod golden_losses;
mod golden_optimizers;
mod golden_prepare;
mod golden_schedules;
mod golden_second_order;
mod golden_sequence;
mod golden_surfaces;
mod golden_svm;
mod golden_torch;
mod golden_tree;
mod gradients;
mod layers;
mod optimizers;
mod presets;
mod pretrained;
mod race;
mod random_networks;
mod random_preparations;
mod random_trees;
mod remainders;
mod reproducible;
mod rules;
mod shared;
mod sizes;
mod text;
mod transfer;
mod wasm_boundary;
