//! Numbers: random streams, SIMD elementary functions, kernels for matrices and images, linear algebra for preconditioners, nearest rows. Knows nothing of
//! learning.

pub mod cholesky;
pub mod conv;
pub mod dense;
pub mod eigen;
pub mod elementary;
pub mod kdtree;
pub mod lanes;
pub mod matrix;
pub mod product;
pub mod qr;
pub mod random;
pub mod sequence;
pub mod statistics;
pub mod window;
