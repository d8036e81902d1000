//! Marks on characters, of which texts that climb out of their line have dozens, and joined emoji, which no line can
//! break.
//!
//! Discord draws as many as there are and cuts them off at the message's edge. A page has no such edge, so what is
//! more than any language stacks on a letter is left out of what is shown.

use std::borrow::Cow;

use super::direction::is_mark;

/// Marks for any letter (accents, rings, strokes): Vietnamese has up to two on one, polytonic Greek and phonetic
/// scripts three.
const MOST_GENERIC: usize = 3;
/// Marks of one letter in all: Hebrew with points and accents has up to six, a Tibetan stack eight.
const MOST: usize = 8;

/// Emoji joined to one: families and kisses have up to four, and some signs on top.
const MOST_JOINED: usize = 6;
const JOINER: char = '\u{200D}';

/// Whether a mark stacks on others of any script.
fn is_generic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// `text` with at most three accents and eight marks of all kinds on a character, and no mark twice in a row; emoji that
/// are joined to more than any one has stand beside each other.
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
    // Where the part begins that isn't in `kept` yet; nothing is copied before something is left out.
    let mut from = 0;
    let (mut all, mut generic, mut joined, mut before) = (0, 0, 0, '\0');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == JOINER {
            // Between letters it asks for their shape.
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
            // Colours of skin belong to the emoji before them.
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

/// The same for a text that is held already.
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
