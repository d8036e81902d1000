//! Converts paths that an exporter wrote on Windows.

use crate::json::Json;
use crate::model::{Extra, Spot, Visit};
use crate::text::Text;

/// Replaces `\` by `/` in the Windows paths of every URL field.
struct Slashes;

/// Normalises the local paths of exports.
pub fn use_slashes<'a, T: crate::model::Walk<'a>>(value: &mut T) {
    value.walk(
        Spot {
            record: "",
            field: "",
        },
        &mut Slashes,
    );
}

impl<'a> Visit<'a> for Slashes {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        if spot.field.ends_with("url") && text.contains('\\') && !text.contains("://") {
            *text = text.replace('\\', "/").into();
        }
    }
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
}

/// Whether strings in a JSON text may contain a backslash, which is written as an escape.
pub fn may_have_backslash(json: &str) -> bool {
    let mut rest = json.as_bytes();
    while let Some(at) = memchr::memchr(b'\\', rest) {
        match rest.get(at + 1) {
            // Any character may be written as a numeric escape.
            Some(b'\\' | b'u') => return true,
            _ => rest = rest.get(at + 2..).unwrap_or_default(),
        }
    }
    false
}
