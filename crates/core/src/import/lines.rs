//! JSON lines, of which one may be incomplete: a program was stopped while writing, and
//! continued later.

use super::repair::repair;
use crate::json::parse;
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
    // Programs that continue may end the line of which they don't know whether it is complete.
    let next = text[end..].trim_start_matches(['\r', '\n']);
    // Most lines are complete.
    if !next.starts_with(&NEXT_LINE[1..]) || Scan::new(line).value().is_ok() {
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

/// Whether a text starts with a line that ends an object but isn't JSON, such as one without a
/// quotation mark. An export on several lines doesn't count.
pub fn is_garbled(text: &str) -> bool {
    let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    let line = text[..end].trim_end();
    !line.contains("\"messages\"")
        && Scan::new(line)
            .value()
            .is_ok_and(|range| !is_json(&line[range]))
}

/// Whether a text is JSON, possibly after repairs.
pub fn is_json(text: &str) -> bool {
    parse(text).is_ok() || repair(text).is_some_and(|repaired| parse(&repaired.text).is_ok())
}

/// Whether more than a separator follows a value on its line.
pub fn goes_on(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    !matches!(
        rest.bytes().next(),
        None | Some(b'\n' | b',' | b'{' | b'[' | b']' | 0x1e)
    )
}

#[cfg(test)]
mod tests {
    use super::{breaks_off, goes_on, is_garbled};

    #[test]
    fn damaged_lines_are_told_from_whole_ones() {
        for text in [
            "{\"a\": 1, b}",
            "{\"a\": \"b\" \"c\"}\n{\"a\"",
            "{\"a\" \"b\"}\n{",
        ] {
            assert!(is_garbled(text), "{text}");
        }
        for text in [
            "{\"a\": 1}",
            "{\"a\": NaN,}",
            "{\"a\":\n{\"a\"",
            "{\"messages\": [b]}",
            "",
        ] {
            assert!(!is_garbled(text), "{text}");
        }
        assert!(goes_on(" x") && !goes_on(" \r\n") && !goes_on(",") && !goes_on(""));
    }

    #[test]
    fn lines_that_stop_are_told_from_values_of_several_lines() {
        for text in [
            "{\n{\"",
            "{\"a\": \"b\n{\"a\"",
            "{\"a\": \"b\n\r\n\n{\"a\"",
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
