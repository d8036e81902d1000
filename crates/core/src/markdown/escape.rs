//! Turns plain text into Markdown that shows it.

/// Escapes everything in `text` that the parser could take for markup, so that parsing returns the text.
///
/// Two things have no escape: spaces before a line break (Discord drops them) and a backslash before a letter,
/// digit or space, which needs none.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (i, c) in text.char_indices() {
        let special = match c {
            '*' | '_' | '~' | '|' | '`' | '<' | '>' | '[' | ']' | '@' | ':' | '#' | '-' | '+'
            | '¯' => true,
            '.' => text[..i].ends_with(|d: char| d.is_ascii_digit()),
            // A backslash is literal unless it could escape what follows.
            '\\' => true,
            // U+20E3 would turn the digit before it into a keycap.
            '\u{20E3}' => true,
            _ => crate::emoji::at(&text[i..]).is_some() && !c.is_ascii(),
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
