//! Text that is borrowed from the input if possible.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::markdown::is_mark;

/// A piece of text: a slice of the input if it contains no JSON escapes, otherwise an owned
/// string. Empty means "not given".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text<'a>(Cow<'a, str>);

impl Text<'_> {
    /// The same text, owned.
    #[must_use]
    pub fn into_owned<'b>(self) -> Text<'b> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

/// A text without characters that can't be shown, and whether something was lost: U+FFFD
/// replaces control characters and noncharacters. Line breaks become `\n`, tabs four spaces.
/// `None` if nothing changes.
///
/// Escapes that colour code blocks are kept on request: the parser removes them.
pub(crate) fn showable(text: &str, keep_escapes: bool) -> Option<(String, bool)> {
    if !may_have_to_change(text.as_bytes()) {
        return None;
    }
    let mut shown = String::with_capacity(text.len());
    let mut lost = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            // Typst would justify a line before U+2028.
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            '\n' => shown.push('\n'),
            '\u{1b}' if keep_escapes && characters.peek() == Some(&'[') => shown.push('\u{1b}'),
            _ if character.is_control() || is_noncharacter(character) => {
                shown.push(char::REPLACEMENT_CHARACTER);
                lost = true;
            }
            _ => shown.push(character),
        }
    }
    (lost || shown != text).then_some((shown, lost))
}

/// Whether the text contains first bytes of characters that may have to go. Nearly all texts
/// have none, which is checked eight bytes at a time.
fn may_have_to_change(text: &[u8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH * 0x80;
    let suspicious = |byte: &u8| {
        *byte < 0x20 && *byte != b'\n' || *byte == 0x7f || matches!(*byte, 0xc2 | 0xef..)
    };
    let (words, rest) = text.as_chunks::<8>();
    let mut seen = 0;
    let odd = words.iter().any(|bytes| {
        let word = u64::from_le_bytes(*bytes);
        seen |= word;
        // Bytes below a space, DEL and those beyond ASCII set a high bit.
        let below = word.wrapping_sub(EACH * 0x20) & !word;
        let delete = (word ^ (EACH * 0x7f)).wrapping_sub(EACH) & !(word ^ (EACH * 0x7f));
        (word | below | delete) & HIGH != 0 && bytes.iter().any(suspicious)
    });
    let is_ascii = seen & HIGH == 0 && rest.is_ascii();
    odd || rest.iter().any(suspicious) || !is_ascii && has_separator(text)
}

/// Whether a line or paragraph separator is in the text.
fn has_separator(text: &[u8]) -> bool {
    let separators = [[0xe2, 0x80, 0xa8], [0xe2, 0x80, 0xa9]];
    text.array_windows().any(|three| separators.contains(three))
}

/// Whether the code point is a noncharacter.
fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    matches!(code, 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

/// Whether a text is invisible: empty, or only spaces and zero-width characters.
pub(crate) fn shows_nothing(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                    | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
                    | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
            )
    })
}

/// A text for an error: in quotation marks, with escapes for what can't be shown. Unlike in `{:?}`, a
/// mark stays on its letter and a joiner between its emoji, so that a name can be read and copied.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        let belongs = out.len() > 1 && (is_mark(c) || is_joiner(c));
        if c == '\'' || belongs {
            out.push(c);
        } else {
            out.extend(c.escape_debug());
        }
    }
    out.push('"');
    out
}

/// Whether a character joins its neighbours, or is part of a flag.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether a character turns the direction of the text up to another one, which the end of a
/// name isn't. Marks of direction concern their neighbours alone.
pub(crate) fn turns(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Default for Text<'_> {
    fn default() -> Self {
        Text(Cow::Borrowed(""))
    }
}

impl Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Hash for Text<'_> {
    // The same as of `str`, which `Borrow` requires.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        self
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text(Cow::Owned(text))
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self)
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::from(value))
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Text<'de>, E> {
        Ok(Text::from(value.to_owned()))
    }
    fn visit_string<E: Error>(self, value: String) -> Result<Text<'de>, E> {
        Ok(Text::from(value))
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, showable};

    #[test]
    fn quotes_names_legibly() {
        let legible = [
            "O'Brien",
            "สวัสดี",
            "सुनीता",
            "Zoe\u{308}",
            "❤\u{fe0f}",
            "می\u{200c}خواهم",
            "👨\u{200d}👩",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
            "",
        ];
        for name in legible {
            assert_eq!(quoted(name), format!("\"{name}\""));
        }
        let escaped = [
            ("a\"b\\c\n", r#""a\"b\\c\n""#),
            ("\u{308}a", r#""\u{308}a""#),
            ("a\u{202e}b\u{200b}", r#""a\u{202e}b\u{200b}""#),
        ];
        for (name, shown) in escaped {
            assert_eq!(quoted(name), shown);
        }
    }

    #[test]
    fn replaces_what_cannot_be_shown() {
        let cases = [
            ("plain\nßé 😀", None),
            ("eight letters\nand more, plain", None),
            (
                "eight letters and \u{7f}",
                Some(("eight letters and \u{fffd}", true)),
            ),
            ("0123456\u{1}", Some(("0123456\u{fffd}", true))),
            ("1\t22", Some(("1    22", false))),
            ("a\r\nb\rc\u{b}d\u{85}e", Some(("a\nb\nc\nd\ne", false))),
            ("a – b, and many more letters…", None),
            (
                "– a\u{2028}b and more letters\u{2029}",
                Some(("– a\nb and more letters\n", false)),
            ),
            ("\0\u{7f}\u{9f}", Some(("\u{fffd}\u{fffd}\u{fffd}", true))),
            (
                "\u{fdd0}\u{fffe}\u{10ffff}",
                Some(("\u{fffd}\u{fffd}\u{fffd}", true)),
            ),
            (
                "\u{1b}[31mred \u{1b}",
                Some(("\u{1b}[31mred \u{fffd}", true)),
            ),
        ];
        for (text, shown) in cases {
            let shown = shown.map(|(shown, lost)| (shown.to_owned(), lost));
            assert_eq!(showable(text, true), shown, "{text:?}");
        }
        assert_eq!(
            showable("\u{1b}[0m", false),
            Some(("\u{fffd}[0m".to_owned(), true))
        );
    }
}
