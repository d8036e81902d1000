//! Names that are longer than any of Discord's, cut: a name stands in a header, on a card, in
//! a bookmark, none of which goes on from page to page.

use crate::json::Json;
use crate::model::{Extra, Spot, Visit};
use crate::text::Text;

/// How many characters of a name are drawn. Discord's own have at most 100, names of files
/// 255.
pub const MOST: usize = 256;

/// The fields with names.
const NAMES: [(&str, &[&str]); 20] = [
    ("Person", &["username", "global_name", "nick", "display"]),
    ("Member", &["nick"]),
    ("ServerTag", &["tag"]),
    ("Role", &["name"]),
    ("Guild", &["name"]),
    ("Channel", &["name", "parent"]),
    ("ChannelMention", &["name"]),
    ("Message", &["origin", "begun"]),
    ("Emoji", &["name", "code"]),
    ("Sticker", &["name"]),
    ("Interaction", &["name", "name_localized"]),
    ("Attachment", &["filename", "title"]),
    ("Component", &["name", "label"]),
    ("SelectOption", &["label", "description"]),
    ("EmbedAuthor", &["name"]),
    ("EmbedProvider", &["name"]),
    ("System", &["name", "guild", "rule", "keyword"]),
    ("Notice", &["value"]),
    ("PollMedia", &["text"]),
    ("PollResult", &["text"]),
];

/// Names in what is kept as it came.
const JSON_NAMES: [&str; 6] = ["name", "title", "username", "global_name", "nick", "label"];

/// Cuts long names, and counts them.
#[derive(Default)]
pub struct Clipped(pub usize);

impl<'a> Visit<'a> for Clipped {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        if text.len() <= MOST {
            return;
        }
        let is_name = NAMES
            .iter()
            .any(|(record, fields)| *record == spot.record && fields.contains(&spot.field));
        // Redacted passages are one character each until they are drawn.
        if is_name && let Some(clipped) = clipped(text) {
            *text = clipped.into();
            self.0 += 1;
        }
    }

    fn extra(&mut self, _: &mut Extra<'a>) {}

    fn json(&mut self, json: &mut Json<'a>) {
        match json {
            Json::Object(members) => {
                for (key, value) in members {
                    match value {
                        Json::Str(text) if JSON_NAMES.contains(&&**key) => {
                            if let Some(clipped) = clipped(text) {
                                *text = clipped.into();
                                self.0 += 1;
                            }
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

/// The beginning of a long name, with an ellipsis; none of one that is short enough.
fn clipped(name: &str) -> Option<String> {
    name.char_indices().nth(MOST)?;
    let (end, _) = name.char_indices().nth(MOST - 1)?;
    // What would join the ellipsis goes with what it belongs to.
    let kept = name[..end].trim_end_matches(|char: char| {
        char.is_whitespace() || matches!(char, '\u{200d}' | '\u{fe0f}' | '\u{2060}')
    });
    Some(format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use super::{MOST, clipped};

    #[test]
    fn only_long_names_are_cut() {
        assert_eq!(clipped(&"ß".repeat(MOST)), None);
        let long = clipped(&"ß".repeat(10_000)).expect("it is long");
        assert_eq!(long.chars().count(), MOST);
        assert!(long.ends_with("ß…"));
        let spaced = format!("{} b", "a".repeat(MOST - 2));
        assert_eq!(clipped(&spaced), None);
        let spaced = format!("{} bc", "a".repeat(MOST - 2));
        assert_eq!(clipped(&spaced), Some(format!("{}…", "a".repeat(MOST - 2))));
    }
}
