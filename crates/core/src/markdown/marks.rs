//! Limits marks on characters, of which some texts stack dozens, so that they overflow their line, and joined emoji,
//! within which no line can break.
//!
//! Discord draws all of them and cuts them off at the message's edge. A page has no such edge, so marks beyond those
//! that languages stack on a letter aren't shown.

use std::borrow::Cow;

use super::direction::is_mark;

/// Marks for any letter (accents, rings, strokes): Vietnamese has up to two on one, polytonic Greek and phonetic
/// scripts three.
const MOST_GENERIC: usize = 3;
/// Marks of all kinds on one letter: Hebrew with points and accents has up to six, a Tibetan stack eight.
const MOST: usize = 8;

/// Emoji that are joined into one: families and kisses have up to four, with some signs besides.
const MOST_JOINED: usize = 6;
const JOINER: char = '\u{200D}';

/// Whether a mark can be stacked on letters of any script.
fn is_generic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// `text` with at most three accents and eight marks of all kinds on a character, and no mark twice in a row; emoji
/// that are joined to more others than any real one are separated.
///
/// ```
/// use scrollback_core::markdown::bounded_marks;
///
/// assert_eq!(bounded_marks("Việt, שָׁלוֹם"), "Việt, שָׁלוֹם");
/// assert_eq!(bounded_marks("z\u{334}\u{351}\u{30b}\u{306}\u{35c}a\u{301}\u{301}"), "z\u{334}\u{351}\u{30b}a\u{301}");
/// assert_eq!(bounded_marks("👩🏽‍❤️‍💋‍👨🏿"), "👩🏽‍❤️‍💋‍👨🏿");
/// let many = "👩\u{200d}".repeat(20);
/// assert!(bounded_marks(&many).contains("👩👩"));
/// ```
#[must_use]
pub fn bounded_marks(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    // The start of the part that isn't in `kept` yet; nothing is copied until something is left out.
    let mut from = 0;
    let (mut all, mut generic, mut joined, mut before) = (0, 0, 0, '\0');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == JOINER {
            // Between letters, a joiner selects their shape.
            let joins = chars.peek().is_some_and(|(_, next)| !next.is_alphabetic());
            joined = if joins { joined + 1 } else { 0 };
            if joined >= MOST_JOINED {
                kept.push_str(&text[from..at]);
                from = at + c.len_utf8();
                (all, generic, joined) = (0, 0, 0);
                before = '\0';
                continue;
            }
        } else if is_mark(c) {
            all += 1;
            generic += usize::from(is_generic(c));
            if all > MOST || (generic > MOST_GENERIC && is_generic(c)) || c == before {
                kept.push_str(&text[from..at]);
                from = at + c.len_utf8();
                continue;
            }
        } else {
            (all, generic) = (0, 0);
            // Skin tones belong to the emoji before them.
            if before != JOINER && !matches!(c, '\u{1F3FB}'..='\u{1F3FF}') {
                joined = 0;
            }
        }
        before = c;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

/// [`bounded_marks`], in place.
pub(super) fn bound<'a>(text: &mut Cow<'a, str>) {
    // Only characters from U+0300 on are marks, and these begin with a byte from 0xCC on.
    if text.bytes().all(|b| b < 0xCC) {
        return;
    }
    match text {
        Cow::Borrowed(borrowed) => *text = bounded_marks(borrowed),
        Cow::Owned(owned) => {
            if let Cow::Owned(bounded) = bounded_marks(owned) {
                *owned = bounded;
            }
        }
    }
}
