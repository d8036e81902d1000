//! Finds the longest emoji at a position in a text.

use std::borrow::Cow;

use super::table::{Row, row};

const TEXT_STYLE: char = '\u{FE0E}';
const EMOJI_STYLE: char = '\u{FE0F}';
const JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';

/// The longest sequence in Unicode 17 has ten characters with its tones and selectors (two people kissing);
/// tag sequences (the flags of England, Scotland and Wales) have seven.
const LONGEST: usize = 12;

/// An emoji found in a text.
#[derive(Clone, Copy)]
pub struct Emoji<'a> {
    /// The emoji as written, with its tones and variation selectors.
    pub text: &'a str,
    row: Row,
}

impl Emoji<'_> {
    /// Discord's shortcode without colons, with `_tone1` … `_tone5` for each skin tone.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = self.row.name().to_owned();
        if self.row.tones > 0 {
            for tone in self.text.chars().filter_map(tone) {
                name.push_str("_tone");
                name.push(tone);
            }
        }
        name
    }
}

impl<'a> Emoji<'a> {
    /// The emoji with the U+FE0F that fonts need to draw its first character as emoji; Discord doesn't need it.
    #[must_use]
    pub fn styled(&self) -> Cow<'a, str> {
        let mut rest = self.text.chars();
        let first = rest.next().map_or(0, char::len_utf8);
        let (first, rest) = self.text.split_at(first);
        let bare = rest.is_empty() || rest.starts_with(JOINER);
        if bare && row(first).is_some_and(|row| row.text_style) {
            return Cow::Owned([first, "\u{FE0F}", rest].concat());
        }
        Cow::Borrowed(self.text)
    }
}

/// The number of a skin tone, `'1'` (light) to `'5'` (dark).
fn tone(c: char) -> Option<char> {
    ('\u{1F3FB}'..='\u{1F3FF}')
        .contains(&c)
        .then(|| char::from(b'1' + (c as u32 - 0x1F3FB) as u8))
}

/// Whether an emoji can begin with `c`: a cheap test before looking it up.
fn may_begin(c: char) -> bool {
    matches!(c, '#' | '*' | '0'..='9' | '©' | '®' | '\u{203C}'..='\u{2BFF}' | '〰' | '〽' | '㊗' | '㊙' | '\u{1F000}'..='\u{1FAFF}')
}

/// The longest emoji that `text` begins with.
///
/// The variation selector U+FE0E turns an emoji into text, so none is found then. U+FE0F makes no difference, as
/// in Discord. A tone after an emoji that takes none is a separate emoji.
#[must_use]
pub fn at(text: &str) -> Option<Emoji<'_>> {
    let first = text.chars().next()?;
    if !may_begin(first) {
        return None;
    }
    let mut skeleton = String::with_capacity(32);
    let (mut found, mut tones, mut styled) = (None, 0u8, false);
    for (i, c) in text.char_indices().take(LONGEST) {
        let end = i + c.len_utf8();
        match c {
            TEXT_STYLE => return found.filter(|e: &Emoji| e.text.len() < i),
            EMOJI_STYLE if i > 0 => {
                styled = true;
                if let Some(Emoji { text: t, row }) = found
                    && t.len() == i
                {
                    found = Some(Emoji {
                        text: &text[..end],
                        row,
                    });
                }
                continue;
            }
            _ if i > 0 && tone(c).is_some() => {
                let takes = row(&skeleton).is_some_and(|r| r.tones > 0)
                    || skeleton
                        .rsplit(JOINER)
                        .next()
                        .and_then(row)
                        .is_some_and(|r| r.tones > 0);
                if !takes || styled {
                    break;
                }
                tones += 1;
            }
            _ => skeleton.push(c),
        }
        styled = false;
        if c == JOINER {
            continue;
        }
        match row(&skeleton) {
            Some(row) if tones <= row.tones => {
                found = Some(Emoji {
                    text: &text[..end],
                    row,
                })
            }
            // Sequences that can't get longer end the search; flags, keycaps and tags can.
            _ if !continues(first, c, &skeleton) => break,
            _ => {}
        }
    }
    found
}

/// Whether a sequence that isn't listed (yet) may become one.
fn continues(first: char, last: char, skeleton: &str) -> bool {
    skeleton.contains(JOINER)
        || (first.is_ascii() && (skeleton.len() == 1 || last == KEYCAP))
        || (('\u{1F1E6}'..='\u{1F1FF}').contains(&first) && skeleton.chars().count() == 1)
        || (first == '\u{1F3F4}' && ('\u{E0020}'..='\u{E007F}').contains(&last))
}
