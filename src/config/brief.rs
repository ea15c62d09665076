//! Numbers as they stand in a sentence.

/// A number with four digits that count.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "∞".into();
    }
    let digits = 3 - libm::floor(libm::log10(value.abs().max(1e-30))) as i32;
    let scale = libm::pow(10.0, f64::from(digits));
    format!("{}", libm::round(value * scale) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_count() {
        for (value, expected) in
            [(0.012_345_6, "0.01235"), (0.05, "0.05"), (123_456.0, "123500"), (-2.0, "-2"), (0.0, "0"), (f64::NAN, "∞")]
        {
            assert_eq!(number(value), expected);
        }
    }
}
