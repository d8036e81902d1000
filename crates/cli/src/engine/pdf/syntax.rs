//! The syntax of PDF's values, as far as it takes to find one in another, and to give
//! objects other numbers.

use std::ops::Range;

/// Whether a byte ends a number, name or word. Each byte of a file's objects is asked for:
/// looks into a list took nearly half of all joining.
fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'\n'
            | b'\x0c'
            | b'\r'
            | 0
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// Where a token that begins at `start` ends: a string, a name, a bracket, or a word.
fn token_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    let length = match rest {
        [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
        [b'<', ..] => rest
            .iter()
            .position(|byte| *byte == b'>')
            .map_or(rest.len(), |end| end + 1),
        [b'(', ..] => string_length(rest),
        [b'/', name @ ..] => 1 + word_length(name),
        [byte, ..] if is_delimiter(*byte) => 1,
        _ => word_length(rest),
    };
    start + length
}

fn word_length(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| is_delimiter(*byte))
        .unwrap_or(bytes.len())
}

/// The length of a string in parentheses, which may hold others.
fn string_length(bytes: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    bytes.len()
}

/// The tokens of a value, with where they stand; white space is left out.
pub fn tokens(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
            at += 1;
        }
        if at == bytes.len() {
            return None;
        }
        let start = at;
        at = token_end(bytes, start);
        Some(start..at)
    })
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0
}

/// Where the values of a dictionary or an array stand, a key being one, too.
pub fn items(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    for token in tokens(bytes) {
        let text = &bytes[token.clone()];
        if matches!(text, b">>" | b"]") {
            depth = depth.saturating_sub(1);
        }
        match text {
            // What closes the whole.
            b">>" | b"]" if depth == 0 => {}
            b">>" | b"]" if depth == 1 => extend(&mut items, token.end),
            b"R" if depth == 1 && items.len() >= 2 => {
                items.truncate(items.len() - 2 + 1);
                extend(&mut items, token.end);
            }
            _ if depth == 1 => items.push(token),
            _ => {}
        }
        if matches!(text, b"<<" | b"[") {
            depth += 1;
        }
    }
    items
}

fn extend(items: &mut [Range<usize>], end: usize) {
    if let Some(last) = items.last_mut() {
        last.end = end;
    }
}

/// The keys and values of a dictionary.
pub fn entries(dictionary: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let items = items(dictionary);
    let pairs: Vec<_> = items
        .chunks_exact(2)
        .map(|pair| (&dictionary[pair[0].clone()], &dictionary[pair[1].clone()]))
        .collect();
    pairs.into_iter()
}

/// The value of a key in a dictionary; the key without its slash.
pub fn get<'b>(dictionary: &'b [u8], key: &str) -> Option<&'b [u8]> {
    entries(dictionary)
        .find(|(name, _)| name.strip_prefix(b"/") == Some(key.as_bytes()))
        .map(|(_, value)| value)
}

/// The object that a value refers to.
pub fn reference(value: &[u8]) -> Option<u32> {
    let number = value.strip_suffix(b" 0 R")?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// A value that is a whole number.
pub fn number(value: &[u8]) -> Option<usize> {
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

/// Copies a value, and gives the objects that it refers to other numbers.
pub fn renumber(value: &[u8], out: &mut Vec<u8>, new: impl Fn(u32) -> u32) {
    let mut at = 0;
    // What was not copied yet.
    let mut done = 0;
    while at < value.len() {
        match value[at] {
            byte if byte.is_ascii_digit() => {
                let end = at + word_length(&value[at..]);
                let follows = &value[end..];
                let refers = follows.starts_with(b" 0 R")
                    && follows.get(4).is_none_or(|byte| is_delimiter(*byte));
                if refers && let Some(number) = reference(&value[at..end + 4]) {
                    out.extend_from_slice(&value[done..at]);
                    push_number(out, new(number));
                    done = end;
                    at = end + 4;
                } else {
                    at = end;
                }
            }
            byte if is_space(byte) => at += 1,
            _ => at = token_end(value, at),
        }
    }
    out.extend_from_slice(&value[done..]);
}

/// Appends a number in digits.
pub fn push_number(out: &mut Vec<u8>, number: u32) {
    use std::io::Write as _;
    // Writing into memory can't fail.
    let _ = write!(out, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renumbered(value: &str) -> String {
        let mut out = Vec::new();
        renumber(value.as_bytes(), &mut out, |number| number + 100);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn references_get_other_numbers() {
        assert_eq!(renumbered("[1 0 R 2 0 R]"), "[101 0 R 102 0 R]");
        assert_eq!(renumbered("[1 0 2 0 R]"), "[1 0 102 0 R]");
        assert_eq!(
            renumbered("<</P 7 0 R/K[0 1 2]/D[3 0 R/XYZ 0 0 0]>>"),
            "<</P 107 0 R/K[0 1 2]/D[103 0 R/XYZ 0 0 0]>>"
        );
    }

    #[test]
    fn strings_and_names_are_no_references() {
        for same in [
            "(1 0 R)",
            r"(\) 1 0 R (2 0 R) \\)",
            "<10 0 R>",
            "/N1 0",
            "/A#20 ",
            "[1.5 0 0 RG]",
            "(1 0 R",
        ] {
            assert_eq!(renumbered(same), same);
        }
        assert_eq!(renumbered("/F1 0 R"), "/F1 0 R");
    }

    #[test]
    fn values_are_found_in_dictionaries() {
        let dictionary =
            br"<</Type/Page/Kids [1 0 R <</A (>>)>>] /A<</S/URI/URI(a\)b)>>/B 3 0 R/C -1.5>>";
        let get = |key| get(dictionary, key).map(|value| std::str::from_utf8(value).unwrap());
        assert_eq!(get("Type"), Some("/Page"));
        assert_eq!(get("Kids"), Some("[1 0 R <</A (>>)>>]"));
        assert_eq!(get("A"), Some(r"<</S/URI/URI(a\)b)>>"));
        assert_eq!(get("B"), Some("3 0 R"));
        assert_eq!(get("C"), Some("-1.5"));
        assert_eq!(get("URI"), None);
        assert_eq!(items(b"[1 0 R 2 [3] <</A 4>>]").len(), 4);
        assert_eq!(reference(b"12 0 R"), Some(12));
        assert_eq!(reference(b"12"), None);
    }
}
