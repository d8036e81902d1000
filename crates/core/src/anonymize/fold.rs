//! Folds texts for the comparison of names: without case, accents, marks and letter styles.
//!
//! `Nowak`, `ＮＯＷＡＫ`, `𝓝𝓸𝔀𝓪𝓴`, `N**owa**k` and `Nowa\u{300}k` all become `nowak`. Each
//! folded character has its position in the text.

use crate::markdown::is_mark;

/// A character of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// A letter or digit, or a space for everything between words.
    pub c: char,
    /// Its start in the text.
    pub start: usize,
    /// Its end in the text.
    pub end: usize,
    /// Whether a word may start before it.
    pub begins: Edge,
    /// Whether a word may end after it.
    pub ends: Edge,
    /// A capital letter.
    pub upper: bool,
    /// Directly after a mark that isn't a letter, such as `_` or `*`.
    pub marked: bool,
}

/// Whether a position is the edge of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// In the middle of a word.
    None,
    /// Between letters and digits, or between a small letter and a capital.
    Soft,
    /// Between words, or anywhere in a script without spaces.
    Hard,
}

/// The role of a character in names.
enum Class {
    /// One or two letters or digits.
    Letters([char; 2]),
    /// Invisible: zero width, combining.
    Nothing,
    /// A mark that may split a name.
    Mark,
    /// A separator of words.
    Space,
}

/// Packed by `build.rs` from Unicode's compatibility decompositions.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/folds.bin"));

/// Letters that Unicode doesn't decompose, and letters of other scripts that look like Latin ones.
const ALIKE: [(&str, &str); 2] = [
    (
        "łøđðħıŧþæœßᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "lodđhitþaosabcdefghijklmnoprstuvwyz",
    ),
    ("аеорсухіјѕһԁԛԝανοι", "aeopcyxijshdqwavoi"),
];

/// Characters with their replacements.
pub struct Folds(Vec<(char, [char; 2])>);

/// No second character.
const NONE: char = '\0';

impl Folds {
    /// Unpacks the table.
    pub fn new() -> Self {
        let mut list = Vec::new();
        let mut bytes = TABLE.iter().copied();
        let mut number = || {
            let (mut value, mut shift) = (0u32, 0);
            for byte in bytes.by_ref() {
                value |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    return Some(value);
                }
            }
            None
        };
        let mut at = 0;
        // Runs: a gap, a count with both steps, the target, and a second letter or zero.
        while let (Some(gap), Some(packed), Some(first), Some(second)) =
            (number(), number(), number(), number())
        {
            at += gap;
            let (stride, step, count) = (1 + (packed & 1), packed >> 1 & 1, packed >> 2);
            for index in 0..count {
                let pair =
                    [first + index * step, second].map(|c| char::from_u32(c).unwrap_or(NONE));
                list.extend(char::from_u32(at + index * stride).map(|c| (c, pair)));
            }
        }
        Self(list)
    }

    fn class(&self, c: char) -> Class {
        if c.is_ascii() {
            return match c {
                '*' | '_' | '~' | '|' | '`' | '\\' | '-' | '.' | '\'' => Class::Mark,
                _ if c.is_ascii_alphanumeric() => Class::Letters([c.to_ascii_lowercase(), NONE]),
                _ => Class::Space,
            };
        }
        if is_mark(c) {
            return Class::Nothing;
        }
        match u32::from(c) {
            0x2019 | 0x2018 | 0x02BC | 0x00B4 | 0x00B7 | 0x2010 | 0x2011 | 0x30FB | 0xFF0D
            | 0xFF0E | 0xFF3F => return Class::Mark,
            // Invisible characters: joiners, direction marks, selectors, tags.
            0x00AD
            | 0x034F
            | 0x061C
            | 0x115F
            | 0x1160
            | 0x17B4
            | 0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x202A..=0x202E
            | 0x2060..=0x206F
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xE0000..=0xE0FFF => return Class::Nothing,
            // Letters in coloured circles and squares, and regional indicators.
            code @ (0x1F150..=0x1F169 | 0x1F170..=0x1F189 | 0x1F1E6..=0x1F1FF) => {
                let from = match code {
                    0x1F150..=0x1F169 => 0x1F150,
                    0x1F170..=0x1F189 => 0x1F170,
                    _ => 0x1F1E6,
                };
                let letter = char::from_u32(u32::from('a') + code - from).unwrap_or(c);
                return Class::Letters([letter, NONE]);
            }
            _ => {}
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        if let Ok(at) = self.0.binary_search_by_key(&lower, |(c, _)| *c) {
            return Class::Letters(self.0[at].1);
        }
        for (from, to) in ALIKE {
            if let Some((_, letter)) = from.chars().zip(to.chars()).find(|(c, _)| *c == lower) {
                let second = match lower {
                    'æ' | 'œ' => 'e',
                    'ß' => 's',
                    _ => NONE,
                };
                return Class::Letters([letter, second]);
            }
        }
        if lower.is_alphanumeric() {
            Class::Letters([lower, NONE])
        } else {
            Class::Space
        }
    }

    /// Folds a text into `out`, which is cleared first.
    pub fn fold(&self, text: &str, out: &mut Vec<Folded>) {
        out.clear();
        let mut at = 0;
        let mut gap = Gap::Space;
        let mut last_upper = false;
        while let Some((c, length)) = character(text, at) {
            let (start, end) = (at, at + length);
            at = end;
            let letters = match hangul(c) {
                Some(letters) => letters,
                None => match self.class(c) {
                    Class::Letters([first, second]) => [first, second, NONE],
                    Class::Nothing => {
                        // A mark goes with its letter, or it would stay behind on what replaces it.
                        if let Some(last) = out.last_mut().filter(|last| last.end == start)
                            && is_mark(c)
                        {
                            last.end = end;
                        }
                        continue;
                    }
                    Class::Mark => {
                        end_word(out);
                        if gap == Gap::None {
                            gap = Gap::Mark;
                        }
                        continue;
                    }
                    Class::Space => {
                        end_word(out);
                        if gap != Gap::Space {
                            out.push(Folded {
                                c: ' ',
                                start,
                                end,
                                begins: Edge::None,
                                ends: Edge::None,
                                upper: false,
                                marked: false,
                            });
                        } else if let Some(last) = out.last_mut() {
                            last.end = end;
                        }
                        gap = Gap::Space;
                        continue;
                    }
                },
            };
            let upper = c.to_lowercase().next() != Some(c);
            for (index, c) in letters.into_iter().enumerate() {
                if c == NONE {
                    continue;
                }
                let begins = if index > 0 {
                    Edge::None
                } else if gap != Gap::None {
                    Edge::Hard
                } else {
                    let before = out.last_mut();
                    let edge = before
                        .as_ref()
                        .map_or(Edge::Hard, |last| edge(last.c, last_upper, c, upper));
                    if let Some(last) = before {
                        last.ends = last.ends.max(edge);
                    }
                    edge
                };
                out.push(Folded {
                    c,
                    start,
                    end,
                    begins,
                    ends: Edge::None,
                    upper,
                    marked: gap == Gap::Mark && index == 0,
                });
                gap = Gap::None;
            }
            last_upper = upper;
        }
        end_word(out);
    }

    /// The folded letters of a text, with one space between words.
    pub fn folded(&self, text: &str) -> String {
        let mut out = Vec::new();
        self.fold(text, &mut out);
        let folded: String = out.iter().map(|f| f.c).collect();
        folded.trim_end().to_owned()
    }
}

/// What was skipped since the last letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Mark,
    Space,
}

fn end_word(out: &mut [Folded]) {
    if let Some(last) = out.last_mut() {
        last.ends = Edge::Hard;
    }
}

/// The edge between two adjacent letters.
fn edge(before: char, before_upper: bool, c: char, upper: bool) -> Edge {
    if is_wordless(before) || is_wordless(c) {
        Edge::Hard
    } else if before.is_alphabetic() != c.is_alphabetic() || upper && !before_upper {
        Edge::Soft
    } else {
        Edge::None
    }
}

/// Whether a character belongs to a script without spaces between words, or with endings
/// attached to words: Thai to Khmer, kana, Han, Hangul (in parts).
pub fn is_wordless(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF
            | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x9FFF | 0x20000..=0x3FFFF
    )
}

/// The parts of a syllable, so that both encodings are the same.
fn hangul(c: char) -> Option<[char; 3]> {
    let index = u32::from(c).checked_sub(0xAC00).filter(|at| *at < 11_172)?;
    let part = |code: u32| char::from_u32(code).unwrap_or(NONE);
    let last = index % 28;
    Some([
        part(0x1100 + index / 588),
        part(0x1161 + index % 588 / 28),
        if last == 0 { NONE } else { part(0x11A7 + last) },
    ])
}

/// The character at `at` and its length in bytes: `%C3%A9` in an address, `&#233;` in HTML and
/// `\u00e9` in JSON are one character.
pub fn character(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = &text[at..];
    let c = rest.chars().next()?;
    let decoded = match c {
        '%' => percent(rest.as_bytes()),
        '&' => entity(rest),
        '\\' => escape(rest),
        _ => None,
    };
    Some(decoded.unwrap_or((c, c.len_utf8())))
}

/// Named HTML escapes of characters that can be in a name.
const NAMED: [(&str, char); 9] = [
    ("nbsp", ' '),
    ("shy", '\u{AD}'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
    ("amp", '&'),
    ("szlig", 'ß'),
    ("aelig", 'æ'),
    ("AElig", 'æ'),
    ("oelig", 'œ'),
];

/// The endings of named escapes of letters with accents, such as `&euml;`.
const ACCENTS: [&str; 14] = [
    "uml", "acute", "grave", "circ", "tilde", "cedil", "ring", "caron", "slash", "ogon", "dot",
    "breve", "macr", "strok",
];

/// The character of an HTML escape at the start of a text: `&#233;`, `&#xe9;`, `&nbsp;`. A letter
/// with an accent loses it.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = if let Some(code) = name.strip_prefix('#') {
        let number = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => code.parse(),
        };
        char::from_u32(number.ok()?)?
    } else if let Some((_, c)) = NAMED.iter().find(|(known, _)| *known == name) {
        *c
    } else {
        let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
        ACCENTS.contains(&&name[1..]).then_some(letter)?
    };
    Some((c, end + 1))
}

/// The character of a JSON escape at the start of a text: `\u00e9`, `\ud83d\ude00`.
fn escape(text: &str) -> Option<(char, usize)> {
    const LENGTH: usize = 6;
    let unit = |at: usize| {
        let hex = text.get(at..at + LENGTH)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok()
    };
    let units = [unit(0)?, unit(LENGTH).unwrap_or_default()];
    let c = char::decode_utf16(units).next()?.ok()?;
    Some((c, LENGTH * c.len_utf16()))
}

/// The percent-encoded character at the start of `bytes`.
fn percent(bytes: &[u8]) -> Option<(char, usize)> {
    let byte = |index: usize| {
        let code = bytes.get(index * 3..index * 3 + 3)?;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        if code[0] != b'%' {
            return None;
        }
        u8::try_from(digit(code[1])? * 16 + digit(code[2])?).ok()
    };
    let mut utf8 = [byte(0)?, 0, 0, 0];
    let length = match utf8[0] {
        0x20..=0x7E => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    for (index, place) in utf8.iter_mut().enumerate().take(length).skip(1) {
        *place = byte(index)?;
    }
    let c = std::str::from_utf8(&utf8[..length]).ok()?.chars().next()?;
    Some((c, length * 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folds::new().folded(text)
    }

    #[test]
    fn spellings_of_a_name_are_one() {
        for spelling in [
            "Zoë Nowak-Łąska",
            "ZOE\u{308} NOWAK\u{2011}\u{141}A\u{328}SKA",
            "Ｚｏｅ Ｎｏｗａｋ－Łąska",
            "𝓩𝓸𝓮 𝕹𝖔𝖜𝖆𝖐-𝙻𝚊𝚜𝚔𝚊",
            "**Zo**ë N\u{200b}o\u{200d}wak\\-Łąs_ka_",
            "Ⓩⓞⓔ ᴺᵒʷᵃᵏ-ʟᴀsᴋᴀ",
            "Zoe, Nоwаk-Laska",
            "Zo%C3%AB  Nowa%6B'Laska",
            "Zo&#235;&nbsp;N&#x6F;wak-Laska",
            "Zo&euml;&nbsp;No&shy;wak-&Lstrok;&aogon;ska",
            r"Zo\u00eb \uD835\uDCDDowak-Laska",
        ] {
            assert_eq!(folded(spelling), "zoe nowaklaska", "{spelling}");
        }
        assert_eq!(
            folded("김민수"),
            folded("\u{1100}\u{1175}\u{11b7}민\u{1109}\u{116e}")
        );
        assert_eq!(folded("が"), folded("か\u{3099}"));
        assert_eq!(folded("Æß 100%, %zz %C3"), "aess 100 zz c3");
        assert_eq!(
            folded(r"a &#; &#x; &#99999999; &b \u \u00 \ud835"),
            "a x 99999999 b u u00 ud835"
        );
    }

    #[test]
    fn folded_characters_keep_their_place_in_the_text() {
        let text = "a **Ｎ**o2 xY\u{301}\u{323}";
        let mut out = Vec::new();
        Folds::new().fold(text, &mut out);
        for f in &out {
            assert!(
                text.is_char_boundary(f.start) && text.is_char_boundary(f.end),
                "{f:?}"
            );
        }
        let at = |c: char| *out.iter().find(|f| f.c == c).expect("it is there");
        assert_eq!(&text[at('n').start..at('n').end], "Ｎ");
        assert_eq!(&text[at('y').start..at('y').end], "Y\u{301}\u{323}");
        assert_eq!((at('n').begins, at('n').ends), (Edge::Hard, Edge::Hard));
        assert_eq!((at('o').ends, at('2').begins), (Edge::Soft, Edge::Soft));
        assert_eq!((at('x').ends, at('y').begins), (Edge::Soft, Edge::Soft));
    }
}
