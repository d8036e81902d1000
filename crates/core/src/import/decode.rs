//! Decodes bytes to text.

use super::looks::{AGAIN, DISCORD_ONLY, Looks, binary, told};
use crate::error::Error;
use crate::json::scan::line_column;
use crate::text::quoted;
use crate::warning::InputPlace;

/// The number of bytes that are enough to detect the kind of an input.
const LOOKED_AT: usize = 64 << 10;

/// The text of an input, and whether a character was cut off at its end.
///
/// # Errors
/// When the bytes aren't UTF-8, or clearly not JSON.
pub fn decode(bytes: &[u8], input: usize) -> Result<(&str, bool), Error> {
    let place = |line, column| InputPlace {
        input,
        line,
        column,
        message: None,
    };
    if let Some(error) = foreign(bytes, input) {
        return Err(error);
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

/// The error for bytes that are clearly not JSON in UTF-8.
pub fn foreign(bytes: &[u8], input: usize) -> Option<Error> {
    let text = match (bytes, binary(bytes)) {
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _) => {
            "expected UTF-8, got UTF-16 or UTF-32; save the file as UTF-8".to_owned()
        }
        (_, looks) => not_json(looks?),
    };
    let place = InputPlace {
        input,
        line: 1,
        column: 1,
        message: None,
    };
    Some(Error::at(place, text))
}

/// The error for the export of another chat.
pub fn another_chat(name: &str) -> String {
    no_discord(&format!("an export of {name}"))
}

fn no_discord(what: &str) -> String {
    format!("expected messages of Discord, got what looks like {what}; only Discord's are read")
}

/// The error for an input of another kind.
fn not_json(Looks { what, fix }: Looks) -> String {
    if fix == DISCORD_ONLY {
        return no_discord(what);
    }
    format!("expected a JSON export (`{{` or `[`), got {what}; {fix}")
}

/// The error for a text that doesn't begin as JSON does.
pub fn no_json(text: &str) -> String {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match told(&text[..end]) {
        Some(looks) => not_json(looks),
        None => {
            let start: String = text.trim_start().chars().take(20).collect();
            format!(
                "expected a JSON export (`{{` or `[`), got a text that begins with {}; {AGAIN}",
                quoted(&start)
            )
        }
    }
}
