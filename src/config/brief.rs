//! What is written into a sentence, cut to what can be read there.

/// A text of at most `most` characters; of a longer one the beginning.
pub fn text(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_string() } else { text.chars().take(most - 3).chain("...".chars()).collect() }
}

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
    fn four_digits_count_and_the_end_of_a_long_text_does_not() {
        for (value, expected) in
            [(0.012_345_6, "0.01235"), (0.05, "0.05"), (123_456.0, "123500"), (-2.0, "-2"), (0.0, "0"), (f64::NAN, "∞")]
        {
            assert_eq!(number(value), expected);
        }
        assert_eq!((text("温度温度", 4).as_str(), text("温度温度温", 4).as_str()), ("温度温度", "温..."));
    }
}
