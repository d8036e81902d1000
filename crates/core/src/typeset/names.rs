//! Cuts names that are longer than any of Discord's: names occur in headers, cards and
//! bookmarks, which can't break across pages. Also takes out what turns the direction of the text
//! after a name.

use memchr::memchr;

use crate::json::Json;
use crate::model::{Extra, Spot, Visit};
use crate::text::{Text, turns};

/// The most characters of a name that are drawn. Discord's own have at most 100.
pub const MOST: usize = 128;
/// The same for file names, titles, and descriptions of pictures and files.
const MOST_OF_FILES: usize = 256;
const MOST_OF_TITLES: usize = 512;
const MOST_OF_WORDS: usize = 1024;

/// The fields with names, with the most characters of each.
const NAMES: [(&str, &[&str], usize); 27] = [
    (
        "Person",
        &["username", "global_name", "nick", "display"],
        MOST,
    ),
    ("Member", &["nick"], MOST),
    // Discord's have four.
    ("ServerTag", &["tag"], 16),
    ("Role", &["name"], MOST),
    ("Guild", &["name"], MOST),
    ("Channel", &["name", "parent"], MOST),
    ("ChannelMention", &["name"], MOST),
    ("Message", &["origin", "begun"], MOST),
    ("Emoji", &["name", "code"], MOST),
    ("Sticker", &["name"], MOST),
    ("Sticker", &["description"], MOST_OF_WORDS),
    ("Interaction", &["name", "name_localized"], MOST),
    ("Attachment", &["filename", "title"], MOST_OF_FILES),
    ("Attachment", &["description"], MOST_OF_WORDS),
    ("GalleryItem", &["description"], MOST_OF_WORDS),
    ("EmbedMedia", &["description"], MOST_OF_WORDS),
    (
        "Component",
        &["name", "label", "placeholder"],
        MOST_OF_FILES,
    ),
    ("Component", &["description"], MOST_OF_WORDS),
    ("SelectOption", &["label", "description"], MOST_OF_FILES),
    ("Embed", &["title"], MOST_OF_TITLES),
    ("EmbedField", &["name"], MOST_OF_TITLES),
    ("EmbedAuthor", &["name"], MOST_OF_FILES),
    ("EmbedProvider", &["name"], MOST_OF_FILES),
    ("EmbedFooter", &["text"], 2 * MOST_OF_WORDS),
    ("System", &["name", "guild", "rule", "keyword"], MOST),
    ("Notice", &["value"], MOST_OF_FILES),
    ("PollResult", &["text"], MOST_OF_FILES),
];

/// Names in raw JSON.
const JSON_NAMES: [&str; 6] = ["name", "title", "username", "global_name", "nick", "label"];

/// Cuts long names, and counts them.
#[derive(Default)]
pub struct Clipped(pub usize);

impl<'a> Visit<'a> for Clipped {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        // Texts below the smallest limit need no lookup.
        let has_turns = has_turns(text);
        if text.len() <= 16 && !has_turns {
            return;
        }
        let fits = |(record, fields, _): &&(&str, &[&str], usize)| {
            *record == spot.record && fields.contains(&spot.field)
        };
        // Redacted passages are one character each until they are drawn.
        if let Some((.., most)) = NAMES.iter().find(fits) {
            self.name(text, *most, has_turns);
        }
    }

    fn extra(&mut self, _: &mut Extra<'a>) {}

    fn json(&mut self, json: &mut Json<'a>) {
        match json {
            Json::Object(members) => {
                for (key, value) in members {
                    match value {
                        Json::Str(text) if JSON_NAMES.contains(&&**key) => {
                            let has_turns = has_turns(text);
                            self.name(text, MOST, has_turns);
                        }
                        value => self.json(value),
                    }
                }
            }
            Json::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            _ => {}
        }
    }
}

impl Clipped {
    fn name(&mut self, text: &mut Text, most: usize, has_turns: bool) {
        if has_turns {
            *text = text.replace(turns, "").into();
        }
        if let Some(clipped) = clipped(text, most) {
            *text = clipped.into();
            self.0 += 1;
        }
    }
}

/// Whether a text turns direction. All these characters begin with the same byte.
fn has_turns(text: &str) -> bool {
    memchr(0xe2, text.as_bytes()).is_some() && text.contains(turns)
}

/// The beginning of a long name, with an ellipsis; `None` if it is short enough.
fn clipped(name: &str, most: usize) -> Option<String> {
    if name.len() <= most {
        return None;
    }
    name.char_indices().nth(most)?;
    let (end, _) = name.char_indices().nth(most - 1)?;
    // A joiner before the ellipsis is removed with its character.
    let kept = name[..end].trim_end_matches(|char: char| {
        char.is_whitespace() || matches!(char, '\u{200d}' | '\u{fe0f}' | '\u{2060}')
    });
    Some(format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use super::{Clipped, MOST, clipped};
    use crate::model::{Spot, Visit};
    use crate::text::Text;

    #[test]
    fn directional_marks_are_removed_from_names() {
        let drawn = |field, name: &'static str| {
            let mut name = Text::from(name);
            let record = if field == "content" {
                "Message"
            } else {
                "Person"
            };
            Clipped::default().text(Spot { record, field }, &mut name);
            name.to_string()
        };
        assert_eq!(drawn("display", "\u{202e}evil"), "evil");
        assert_eq!(drawn("nick", "\u{2067}a\u{2069} — b"), "a — b");
        // A mark concerns its neighbours, and texts are paragraphs of their own.
        assert_eq!(drawn("nick", "\u{200f}a"), "\u{200f}a");
        assert_eq!(drawn("content", "\u{202e}a"), "\u{202e}a");
    }

    #[test]
    fn only_long_names_are_cut() {
        assert_eq!(clipped(&"ß".repeat(MOST), MOST), None);
        let long = clipped(&"ß".repeat(10_000), MOST).expect("it is long");
        assert_eq!(long.chars().count(), MOST);
        assert!(long.ends_with("ß…"));
        let spaced = format!("{} b", "a".repeat(MOST - 2));
        assert_eq!(clipped(&spaced, MOST), None);
        let spaced = format!("{} bc", "a".repeat(MOST - 2));
        assert_eq!(
            clipped(&spaced, MOST),
            Some(format!("{}…", "a".repeat(MOST - 2)))
        );
    }
}
