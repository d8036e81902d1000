//! Sanitises text from exports, paths and the command line for terminals, document titles,
//! and file names.

use std::fmt::Write as _;

/// The longest file name, in bytes; leaves room for a volume and an extension.
const LONGEST_NAME: usize = 120;
/// Windows' device names, reserved in every folder and with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Device names that are followed by a digit.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Escapes everything that a terminal could interpret or that could change how the text
/// reads: control characters, and direction marks.
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

/// Removes such characters and line breaks, for document titles.
pub fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|char| is_inert(*char))
        .collect()
}

/// Turns a text into a part of a file name that is safe on every system: no folders, no
/// placeholders, no hidden files, nothing that a shell or terminal would interpret.
/// Returns `otherwise` if nothing is left.
pub fn file_name(text: &str, otherwise: &str) -> String {
    let mut name = String::new();
    for char in title(text).chars() {
        if name.len() + char.len_utf8() > LONGEST_NAME {
            break;
        }
        name.push(match char {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            '{' => '(',
            '}' => ')',
            char => char,
        });
    }
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() {
        otherwise.to_owned()
    } else if is_device(name) || name.starts_with(['.', '-', '~', ' ']) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// Whether the name is reserved for a device on Windows.
pub fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    let numbered = |device: &&str| {
        stem.strip_prefix(*device).is_some_and(|rest| {
            let mut digits = rest.chars();
            matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
        })
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(numbered)
}

/// Whether a character has no effect on terminals or text direction.
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

    #[test]
    fn hostile_names_are_harmless() {
        for (name, safe_name) in [
            ("general", "general"),
            ("../../etc/passwd", "_.._.._etc_passwd"),
            ("a\0b\u{1b}[2J", "ab[2J"),
            ("{p}", "(p)"),
            ("CON", "_CON"),
            ("conout$.txt", "_conout$.txt"),
            ("lpt1.pdf", "_lpt1.pdf"),
            ("-rf", "_-rf"),
            ("..", "x"),
            ("", "x"),
            ("a. ", "a"),
            ("雑談 🔥", "雑談 🔥"),
        ] {
            assert_eq!(file_name(name, "x"), safe_name, "{name:?}");
        }
        assert!(file_name(&"ü".repeat(500), "x").len() <= LONGEST_NAME);
    }

    #[test]
    fn devices_are_told_from_names_like_theirs() {
        for device in ["nul", "AUX.txt", "com1.png", "LPT³", "con .png"] {
            assert!(is_device(device), "{device}");
        }
        for name in ["console.png", "com.png", "com10.png", "null"] {
            assert!(!is_device(name), "{name}");
        }
    }
}
