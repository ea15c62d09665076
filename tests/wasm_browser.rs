//! The tests in a worker of a real browser. In Node each file is a program of its own; a program that is configured for a browser runs nowhere else, so
//! here the same files are parts of one that is. `cargo xtask test lint` tells when one is missing.
#![cfg(target_arch = "wasm32")]
// Several of the files have what they share as a module of their own, which is one of each here.
#![allow(clippy::duplicate_mod)]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[path = "augment.rs"]
mod augment;
#[path = "conformance.rs"]
mod conformance;
#[path = "going_on.rs"]
mod going_on;
#[path = "golden_augment.rs"]
mod golden_augment;
#[path = "golden_clusters.rs"]
mod golden_clusters;
#[path = "golden_conv.rs"]
mod golden_conv;
#[path = "golden_dropout.rs"]
mod golden_dropout;
#[path = "golden_losses.rs"]
mod golden_losses;
#[path = "golden_optimizers.rs"]
mod golden_optimizers;
#[path = "golden_prepare.rs"]
mod golden_prepare;
#[path = "golden_schedules.rs"]
mod golden_schedules;
#[path = "golden_second_order.rs"]
mod golden_second_order;
#[path = "golden_sequence.rs"]
mod golden_sequence;
#[path = "golden_surfaces.rs"]
mod golden_surfaces;
#[path = "golden_torch.rs"]
mod golden_torch;
#[path = "golden_tree.rs"]
mod golden_tree;
#[path = "gradients.rs"]
mod gradients;
#[path = "layers.rs"]
mod layers;
#[path = "optimizers.rs"]
mod optimizers;
#[path = "presets.rs"]
mod presets;
#[path = "pretrained.rs"]
mod pretrained;
#[path = "race.rs"]
mod race;
#[path = "random_networks.rs"]
mod random_networks;
#[path = "random_preparations.rs"]
mod random_preparations;
#[path = "random_trees.rs"]
mod random_trees;
#[path = "remainders.rs"]
mod remainders;
#[path = "reproducible.rs"]
mod reproducible;
#[path = "rules.rs"]
mod rules;
#[path = "sizes.rs"]
mod sizes;
#[path = "text.rs"]
mod text;
#[path = "transfer.rs"]
mod transfer;
#[path = "wasm_boundary.rs"]
mod wasm_boundary;
