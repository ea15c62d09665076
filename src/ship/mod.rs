//! Leaving the playground: files that other programs read.

pub mod tables;
pub mod tensors;
