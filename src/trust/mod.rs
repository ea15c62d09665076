//! Whether results can be trusted: questions put to data and models when they are there.

pub mod alike;
pub mod doctor;
pub mod landscape;
pub mod paired;
