//! Replaces bytes that aren't UTF-8 in an input that otherwise is: a single one mustn't stop the
//! whole transcript.

use super::looks::binary;
use crate::json::scan::line_column;
use crate::warning::{InputPlace, Warning, codes};

/// The warning about such bytes.
pub(super) const TOLD: &str = "expected UTF-8 or UTF-16, got bytes that are neither; \
                               \u{fffd} replaces each. Save the file as UTF-8";

/// An input with U+FFFD for each sequence of bytes that isn't UTF-8, and the warning about them.
/// `None` if there are none, or if the input doesn't begin like text.
#[must_use]
pub fn legible(bytes: &[u8], input: usize) -> Option<(Vec<u8>, Warning)> {
    let first = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = first.iter().find(|byte| !byte.is_ascii_whitespace());
    let begins_well = first.is_some_and(|first| matches!(first, b'{' | b'[' | b'"' | b'I'));
    if !begins_well || binary(bytes).is_some() {
        return None;
    }
    let at = first_odd(bytes)?;
    let before = std::str::from_utf8(&bytes[..at]).unwrap_or_default();
    let (line, column) = line_column(before, at);
    let place = InputPlace {
        input,
        line,
        column,
        message: None,
    };
    let (text, count) = replaced(bytes);
    let warning = Warning {
        code: codes::NOT_UTF8,
        place,
        message: TOLD.into(),
        count,
    };
    Some((text, warning))
}

/// The position of the first bytes that aren't UTF-8. A truncated character at the end doesn't
/// count.
pub(super) fn first_odd(bytes: &[u8]) -> Option<usize> {
    let error = std::str::from_utf8(bytes).err()?;
    error.error_len().map(|_| error.valid_up_to())
}

/// Replaces everything that [`first_odd`] finds by U+FFFD, and counts it.
pub(super) fn replaced(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut text = Vec::with_capacity(bytes.len() + 64);
    let mut count = 0;
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        let odd = chunk.invalid();
        text.extend_from_slice(chunk.valid().as_bytes());
        rest -= chunk.valid().len() + odd.len();
        if odd.is_empty() {
            continue;
        }
        if rest == 0 && first_odd(odd).is_none() {
            text.extend_from_slice(odd);
        } else {
            text.extend_from_slice("\u{fffd}".as_bytes());
            count += 1;
        }
    }
    (text, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_counted() {
        let (text, warning) = legible(b"[\n\"a\xffb\xe4\xc3\x9f\xed\xa0\x80\"]", 3).unwrap();
        let read = std::str::from_utf8(&text).unwrap();
        assert_eq!(read, "[\n\"a\u{fffd}b\u{fffd}ß\u{fffd}\u{fffd}\u{fffd}\"]");
        assert_eq!(warning.count, 5);
        let place = &warning.place;
        assert_eq!((place.input, place.line, place.column), (3, 2, 3));
    }

    #[test]
    fn texts_and_other_files_stay() {
        for bytes in [
            &b"[]"[..],
            b"",
            // A truncated character has its own warning.
            b"[\"\xc3",
            b"PK\x03\x04\xff",
            b"\x89PNG\xff",
            b"\xff\xfe[\0",
        ] {
            assert!(legible(bytes, 0).is_none(), "{bytes:?}");
        }
        let (text, warning) = legible(b"[\"\xff\xc3", 0).unwrap();
        assert_eq!(text, b"[\"\xef\xbf\xbd\xc3");
        assert_eq!(warning.count, 1);
    }
}
