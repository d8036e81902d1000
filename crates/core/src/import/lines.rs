//! JSON lines, of which one may be incomplete: a program was stopped while writing, and
//! continued later.

use crate::json::scan::Scan;

/// The start of a line of JSON lines, after the previous one.
pub const NEXT_LINE: &str = "\n{\"";

/// Whether a text starts with a line that stops within an object, at a point where the next
/// line can't continue: in a string, or before a key. In `lines` of one object each, a line
/// can't continue after a key either.
pub fn breaks_off(text: &str, lines: bool) -> bool {
    let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else {
        return false;
    };
    let line = text[..end].trim_end();
    // Most lines are complete.
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
