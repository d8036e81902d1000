//! From bytes to text.

use crate::error::Error;
use crate::json::scan::line_column;
use crate::warning::InputPlace;

/// The text of an input, and whether a character was cut off at its end.
///
/// # Errors
/// When the bytes are no UTF-8, or clearly no JSON.
pub fn decode(bytes: &[u8], input: usize) -> Result<(&str, bool), Error> {
    let place = |line, column| InputPlace {
        input,
        line,
        column,
        message: None,
    };
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            return Err(Error::at(
                place(1, 1),
                "expected UTF-8, got UTF-16; save the file as UTF-8",
            ));
        }
        [b'P', b'K', 3, 4, ..] => {
            return Err(Error::at(
                place(1, 1),
                "expected JSON, got a ZIP archive; unpack it and give the JSON files inside",
            ));
        }
        [0x1f, 0x8b, ..] => {
            return Err(Error::at(
                place(1, 1),
                "expected JSON, got a gzip file; unpack it first",
            ));
        }
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text, false)),
        Err(error) => {
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            let text = std::str::from_utf8(valid).unwrap_or_default();
            if error.error_len().is_none() {
                return Ok((text, true));
            }
            let (line, column) = line_column(text, text.len());
            let byte = rest.first().copied().unwrap_or_default();
            Err(Error::at(
                place(line, column),
                format!("expected UTF-8, got the byte 0x{byte:02x}; save the file as UTF-8"),
            ))
        }
    }
}

/// What an input that begins with `first` looks like, and what to do.
pub fn not_json(text: &str, first: u8) -> String {
    let expected = "expected a JSON export (`{` or `[`)";
    match first {
        b'<' => format!("{expected}, got HTML; export again with the format JSON"),
        b'=' => format!("{expected}, got a plain-text export; export again with the format JSON"),
        _ if text.starts_with("AuthorID,") => {
            format!("{expected}, got a CSV export; export again with the format JSON")
        }
        _ => {
            let start: String = text.trim_start().chars().take(20).collect();
            format!("{expected}, got a text that begins with {start:?}")
        }
    }
}
