//! Text of exports, paths and the command line, made inert.

use std::fmt::Write as _;

/// The text with everything escaped that a terminal could obey or that could
/// make it read otherwise: control characters, and marks of direction.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if is_inert(char) {
            out.push(char);
        } else {
            write!(out, "{}", char.escape_unicode()).expect("writing to a string");
        }
    }
    out
}

/// The text without such characters, on one line, for titles of documents.
pub fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|char| is_inert(*char))
        .collect()
}

/// Whether a character does nothing but stand there.
fn is_inert(char: char) -> bool {
    !char.is_control()
        && !matches!(
            char,
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown_and_not_obeyed() {
        assert_eq!(
            printable("a\u{1b}[31mb\r\n\u{9b}2J"),
            "a\\u{1b}[31mb\\u{d}\\u{a}\\u{9b}2J"
        );
        assert_eq!(
            printable("invoice\u{202e}fdp.exe"),
            "invoice\\u{202e}fdp.exe"
        );
        assert_eq!(printable("سلمى 👩‍🚀 ok"), "سلمى 👩‍🚀 ok");
    }

    #[test]
    fn titles_are_one_line() {
        assert_eq!(title(" a\n\tb\u{7}\u{202e}c "), "a bc");
    }
}
