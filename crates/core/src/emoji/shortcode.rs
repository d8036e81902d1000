//! Looks up emoji by shortcode.

use super::table::{Row, named};

/// How Discord writes skin tones in words, from light to dark.
const IN_WORDS: [&str; 5] = [
    "_light_skin_tone",
    "_medium_light_skin_tone",
    "_medium_skin_tone",
    "_medium_dark_skin_tone",
    "_dark_skin_tone",
];

/// The emoji of a shortcode (given without its colons), or `None` if Discord doesn't know the name.
///
/// Tones come as `thumbsup_tone3`, `thumbsup_medium_skin_tone` or, as in other chats, `thumbsup::skin-tone-4`
/// (there 2 is light and 6 is dark). Emoji that have a text style are given U+FE0F, so that fonts draw them.
#[must_use]
pub fn from_shortcode(name: &str) -> Option<String> {
    if let Some(row) = named(name) {
        return Some(styled(row));
    }
    if let Some((base, digit)) = name.split_once("::skin-tone-") {
        let tone = digit.parse::<u8>().ok().filter(|n| (2..=6).contains(n))?;
        return toned(named(base)?, tone - 1);
    }
    if let Some((base, digit)) = name.rsplit_once("_tone")
        && let Some(tone) = digit.parse::<u8>().ok().filter(|n| (1..=5).contains(n))
    {
        return toned(named(base)?, tone);
    }
    // "_medium_light_skin_tone" ends in "_light_skin_tone", so the longest suffix is tried first.
    [1, 3, 0, 2, 4].into_iter().find_map(|i| {
        let base = name.strip_suffix(IN_WORDS[i])?;
        toned(named(base)?, i as u8 + 1)
    })
}

/// The emoji with one tone (1 to 5) put after each character that takes one.
fn toned(row: Row, tone: u8) -> Option<String> {
    let tone = char::from_u32(0x1F3FA + u32::from(tone))?;
    (row.tones > 0).then(|| qualified(row, Some(tone)))
}

/// The sequence with U+FE0F after each character that would be text without it.
fn styled(row: Row) -> String {
    qualified(row, None)
}

fn qualified(row: Row, tone: Option<char>) -> String {
    let mut out = String::with_capacity(row.sequence.len() + 8);
    let mut tones_left = row.tones;
    for (i, part) in row.sequence.split('\u{200D}').enumerate() {
        if i > 0 {
            out.push('\u{200D}');
        }
        let entry = super::table::row(part);
        let mut rest = part.chars();
        out.extend(rest.next());
        if let Some(tone) = tone.filter(|_| tones_left > 0 && entry.is_some_and(|r| r.tones > 0)) {
            out.push(tone);
            tones_left -= 1;
        } else if entry.is_some_and(|r| r.text_style) || part.ends_with('\u{20E3}') {
            out.push('\u{FE0F}');
        }
        out.extend(rest);
    }
    out
}
