//! Parses JSON into values that borrow their strings, and locates errors.

use std::fmt;

use memchr::memchr_iter;
use serde_json::{Deserializer, Error};

use super::Json;

/// The error for a number beyond 64 bits.
pub const OUT_OF_RANGE: &str = "number out of range";

/// A syntax error and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What was expected or is wrong.
    pub what: String,
    /// The offset of the wrong byte, or the text's end.
    pub at: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Fault {
    fn of(error: &Error, text: &str) -> Self {
        let words = error.to_string();
        let what = words.split(" at line ").next().unwrap_or_default();
        Self {
            what: what.to_owned(),
            at: offset(text, error.line(), error.column()),
        }
    }
}

/// Parses a text with a single value.
///
/// # Errors
/// The first syntax error.
pub fn parse(text: &str) -> Result<Json<'_>, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::of(&error, text))
}

/// Parses the next value after `at`, and returns it with its end; `None` if there is none.
pub fn parse_next(text: &str, at: usize) -> Option<(Json<'_>, usize)> {
    let mut values = Deserializer::from_str(text.get(at..)?).into_iter();
    let json = values.next()?.ok()?;
    Some((json, at + values.byte_offset()))
}

/// The byte offset of a line and column as `serde_json` counts them (the column in bytes,
/// from 1, of the last byte it read).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = if line <= 1 {
        0
    } else {
        memchr_iter(b'\n', text.as_bytes())
            .nth(line - 2)
            .map_or(text.len(), |at| at + 1)
    };
    (start + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_say_where() {
        for (text, what, at) in [
            (r#"["a" 1]"#, "expected `,` or `]`", 5),
            ("{\n \"a\": nope}", "expected ident", 9),
            ("1e999", OUT_OF_RANGE, 4),
        ] {
            let what = what.to_owned();
            assert_eq!(parse(text), Err(Fault { what, at }), "{text}");
        }
    }

    #[test]
    fn values_follow_each_other() {
        let text = r#"{"a":1}{"b":2} [3"#;
        let (first, end) = parse_next(text, 0).unwrap();
        let (second, after) = parse_next(text, end).unwrap();
        assert!(first.get("a").is_some() && second.get("b").is_some());
        assert_eq!(after, 14);
        assert!(parse_next(text, after).is_none());
    }
}
