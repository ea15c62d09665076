//! Numbers: random streams, SIMD elementary functions, matrix kernels. Knows nothing of learning.

pub mod dense;
pub mod elementary;
pub mod matrix;
pub mod random;
pub mod sequence;
