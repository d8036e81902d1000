//! JSON lines, of which one may break off: a program was stopped while it wrote, and went on
//! later.

use crate::json::scan::Scan;

/// What a line of JSON lines begins with, behind the one before.
pub const NEXT_LINE: &str = "\n{\"";

/// Whether a text begins with a line that stops within an object, where the next one can't
/// go on: in a text, or before a key. Of `lines` that stand by themselves, as those before,
/// none goes on behind a key either.
pub fn breaks_off(text: &str, lines: bool) -> bool {
    let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else {
        return false;
    };
    let line = text[..end].trim_end();
    // Most lines end as they should.
    if !text[end..].starts_with(NEXT_LINE) || Scan::new(line).value().is_ok() {
        return false;
    }
    let (mut open, mut in_text, mut escaped) = (Vec::new(), false, false);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => open.push(byte),
            b'}' | b']' if !in_text => drop(open.pop()),
            _ => {}
        }
    }
    in_text || (open.last() == Some(&b'{') && (lines || !line.ends_with(':')))
}

#[cfg(test)]
mod tests {
    use super::breaks_off;

    #[test]
    fn lines_that_stop_are_told_from_values_of_several_lines() {
        for text in [
            "{\n{\"",
            "{\"a\": \"b\n{\"a\"",
            "{\"a\": 1,\n{\"a\"",
            "{\"a\": [1], \"b\n{\"",
        ] {
            assert!(breaks_off(text, false), "{text}");
        }
        assert!(breaks_off("{\"a\":\n{\"a\"", true));
        for text in [
            "{\"a\": 1}\n{\"a\"",
            "{\"a\": [\n{\"a\"",
            "{\"a\": [{\"b\": \"]\"},\n{\"a\"",
            "{\"a\":\n{\"a\"",
            "{\n  \"a\"",
            "{\"a",
            "",
        ] {
            assert!(!breaks_off(text, false), "{text}");
        }
    }
}
