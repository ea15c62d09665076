//! Numbers: random streams, SIMD elementary functions, kernels for matrices and images, linear algebra for preconditioners, nearest rows. Knows nothing of
//! learning.

pub mod cholesky;
pub mod conv;
pub mod dense;
pub mod eigen;
pub mod elementary;
pub mod energy;
pub mod kdtree;
pub mod lanes;
pub mod matrix;
pub mod product;
pub mod qr;
pub mod random;
pub mod sequence;
pub mod statistics;
pub mod window;

/// True where a slice of `length` has room for as many numbers as these sides multiply to. Whatever goes on without bounds checks asks this first: a
/// product of its own would begin anew at zero where a browser's addresses end.
#[inline]
fn holds(length: usize, sides: &[usize]) -> bool {
    sides.iter().try_fold(1, |product: usize, &side| product.checked_mul(side)).is_some_and(|product| length >= product)
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn room_for_a_product_that_no_address_reaches() {
        assert!(holds(6, &[2, 3]) && holds(7, &[2, 3]) && holds(0, &[2, 0]) && !holds(5, &[2, 3]));
        let half = 1 << (usize::BITS / 2);
        assert!(!holds(usize::MAX, &[half, half]), "2^64, or 2^32, which wraps to 0");
    }
}
