//! Names of files that are made from names in exports.

/// The longest name, in bytes, so that a volume and an extension have room.
const LONGEST: usize = 120;
/// Names that Windows gives to devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A part of a file's name that is harmless on every system: no folders, no
/// placeholders, nothing hidden, nothing a shell or terminal would obey.
pub fn safe(text: &str, otherwise: &str) -> String {
    let mut name = String::new();
    for char in crate::printable::title(text).chars() {
        if name.len() + char.len_utf8() > LONGEST {
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
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let lower = stem.to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        lower
            .strip_prefix(device)
            .is_some_and(|digit| digit.chars().count() == 1 && "0123456789¹²³".contains(digit))
    });
    if name.is_empty() {
        otherwise.to_owned()
    } else if numbered
        || DEVICES.contains(&lower.as_str())
        || name.starts_with(['.', '-', '~', ' '])
    {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_are_harmless() {
        for (name, safe_name) in [
            ("general", "general"),
            ("../../etc/passwd", "_.._.._etc_passwd"),
            ("a\0b\u{1b}[2J", "ab[2J"),
            ("{p}", "(p)"),
            ("CON", "_CON"),
            ("lpt1.pdf", "_lpt1.pdf"),
            ("-rf", "_-rf"),
            ("..", "x"),
            ("", "x"),
            ("a. ", "a"),
            ("雑談 🔥", "雑談 🔥"),
        ] {
            assert_eq!(safe(name, "x"), safe_name, "{name:?}");
        }
        assert!(safe(&"ü".repeat(500), "x").len() <= LONGEST);
    }
}
