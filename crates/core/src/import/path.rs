//! Paths that an exporter wrote on Windows.

use crate::json::Json;
use crate::model::{Extra, Spot, Visit};
use crate::text::Text;

/// Writes `/` for the `\` of Windows paths in every URL field.
struct Slashes;

/// Makes the local paths of exports the same whatever system wrote them.
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

/// Whether texts in a JSON text may have a backslash, which is an escape itself.
pub fn may_have_backslash(json: &str) -> bool {
    let mut rest = json.as_bytes();
    while let Some(at) = memchr::memchr(b'\\', rest) {
        match rest.get(at + 1) {
            // Any character may be written by its number.
            Some(b'\\' | b'u') => return true,
            _ => rest = rest.get(at + 2..).unwrap_or_default(),
        }
    }
    false
}
