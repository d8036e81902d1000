//! Lengths.

use std::str::FromStr;

/// The number of points in each unit of length.
const UNITS: [(&str, f64); 4] = [
    ("pt", 1.0),
    ("mm", 72.0 / 25.4),
    ("cm", 72.0 / 2.54),
    ("in", 72.0),
];
/// The longest length that a page can have: 5 m, PDF's limit.
const LONGEST: f64 = 14_400.0;

/// The range of readable text sizes, in points.
const SIZES: std::ops::RangeInclusive<f64> = 1.0..=144.0;

/// A length on the page, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length(pub f64);

impl Length {
    /// The length in millimetres.
    pub fn millimetres(self) -> f64 {
        self.0 * 25.4 / 72.0
    }
}

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("expected a length such as 12pt, 15mm, 1.5cm or 0.5in, got `{text}`");
        let trimmed = text.trim();
        if trimmed == "0" {
            return Ok(Self(0.0));
        }
        let (number, points) = UNITS
            .iter()
            .find_map(|(unit, points)| Some((trimmed.strip_suffix(unit)?, points)))
            .ok_or_else(wrong)?;
        let number: f64 = number.trim_end().parse().map_err(|_| wrong())?;
        let length = number * points;
        if length < 0.0 {
            Err(format!("expected a length of zero or more, got `{text}`"))
        } else if length <= LONGEST {
            Ok(Self(length))
        } else {
            Err(format!("expected a length of at most 5 m, got `{text}`"))
        }
    }
}

/// Reads the size of text.
pub fn parse_size(text: &str) -> Result<Length, String> {
    let length: Length = text.parse()?;
    if SIZES.contains(&length.0) {
        Ok(length)
    } else {
        Err(format!(
            "expected a size of text from {}pt to {}pt, got `{text}`",
            SIZES.start(),
            SIZES.end()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_a_size() {
        assert_eq!(parse_size("10pt"), Ok(Length(10.0)));
        for bad in ["0pt", "0", "0.9pt", "-1pt", "20in", "1"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn lengths_have_units() {
        for (text, points) in [
            ("12pt", 12.0),
            ("25.4mm", 72.0),
            ("2.54 cm", 72.0),
            ("1in", 72.0),
            ("0", 0.0),
        ] {
            let Length(length) = text.parse().unwrap();
            assert!((length - points).abs() < 1e-9, "{text}");
        }
        for bad in ["", "12", "pt", "-1pt", "NaNpt", "infcm", "6000mm", "1em"] {
            assert!(bad.parse::<Length>().is_err(), "{bad}");
        }
    }
}
