//! What the fields of a transcript contain, as far as it matters for anonymising.

use super::kind::Kind;
use crate::model::Spot;

/// The content of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// An id.
    Id,
    /// Content that must go: addresses of files, hashes of pictures, data of apps, dates of
    /// joining.
    Dropped,
    /// Text by scrollback or Discord.
    Fixed,
    /// The name of something.
    Name(Kind),
    /// The name of a person who may not be among the transcript's people.
    Written,
    /// Text that people wrote.
    Text,
}

/// Fields by record and name; the first match applies. `*` matches any record or name, or
/// any prefix of a name.
const FIELDS: [(&str, &str, Field); 53] = [
    ("Times", "*", Field::Fixed),
    ("DateRange", "*", Field::Fixed),
    ("Transcript", "timezone", Field::Fixed),
    ("Transcript", "exported", Field::Fixed),
    ("Embed", "time", Field::Fixed),
    ("Embed", "type", Field::Fixed),
    ("Poll", "closes", Field::Fixed),
    ("System", "until_text", Field::Fixed),
    ("*", "id", Field::Id),
    ("Message", "mention_roles", Field::Id),
    ("Snapshot", "mention_roles", Field::Id),
    ("Emoji", "roles", Field::Id),
    ("Member", "roles", Field::Id),
    ("Channel", "applied_tags", Field::Id),
    ("Guild", "name", Field::Name(Kind::Guild)),
    ("System", "guild", Field::Name(Kind::Guild)),
    ("Channel", "name", Field::Name(Kind::Channel)),
    ("ChannelMention", "name", Field::Name(Kind::Channel)),
    ("Channel", "parent", Field::Name(Kind::Category)),
    ("Role", "name", Field::Name(Kind::Role)),
    ("Emoji", "name", Field::Name(Kind::Emoji)),
    ("Emoji", "code", Field::Name(Kind::Emoji)),
    ("Sticker", "name", Field::Name(Kind::Sticker)),
    ("Interaction", "name", Field::Name(Kind::Command)),
    ("Interaction", "name_localized", Field::Name(Kind::Command)),
    ("System", "rule", Field::Name(Kind::Title)),
    ("Attachment", "filename", Field::Name(Kind::File)),
    ("Attachment", "title", Field::Name(Kind::File)),
    ("Component", "name", Field::Name(Kind::File)),
    ("EmbedAuthor", "name", Field::Written),
    // Links to pages; every other address is that of a picture or file.
    ("Embed", "url", Field::Text),
    ("EmbedAuthor", "url", Field::Text),
    ("EmbedProvider", "url", Field::Text),
    ("Component", "url", Field::Text),
    // The placeholder of an empty menu.
    ("Component", "placeholder", Field::Text),
    ("Guild", "description", Field::Dropped),
    ("SelectOption", "value", Field::Dropped),
    ("*", "url", Field::Dropped),
    ("*", "avatar", Field::Dropped),
    ("*", "icon", Field::Dropped),
    ("*", "banner", Field::Dropped),
    ("*", "badge", Field::Dropped),
    ("*", "tag", Field::Dropped),
    ("*", "placeholder", Field::Dropped),
    ("*", "nonce", Field::Dropped),
    ("*", "custom_id", Field::Dropped),
    ("*", "permissions", Field::Dropped),
    ("*", "discriminator", Field::Dropped),
    ("*", "joined_at", Field::Dropped),
    ("*", "premium_since", Field::Dropped),
    ("*", "communication_disabled_until", Field::Dropped),
    ("*", "*_id", Field::Id),
    ("*", "*_url", Field::Dropped),
];

/// The content of a field. Unknown fields count as text, so that nothing in them is missed.
fn field(spot: Spot) -> Field {
    let fits = |pattern: &str, name: &str| match pattern.strip_prefix('*') {
        Some(end) => name.ends_with(end),
        None => pattern == name,
    };
    FIELDS
        .iter()
        .find(|(record, field, _)| fits(record, spot.record) && fits(field, spot.field))
        .map_or(Field::Text, |(_, _, field)| *field)
}

/// The id before a name in the same record.
#[derive(Default)]
pub struct Ids {
    record: &'static str,
    id: String,
    parent: String,
}

impl Ids {
    /// The content of a text field. Remembers ids that the following fields belong to. `None`
    /// for an empty text.
    pub fn field(&mut self, spot: Spot, text: &str) -> Option<Field> {
        let field = field(spot);
        if field == Field::Id {
            self.see(spot, text);
        }
        (!text.is_empty()).then_some(field)
    }

    /// Remembers an id, even an empty one, so that the id of another record isn't used.
    fn see(&mut self, spot: Spot, id: &str) {
        match spot.field {
            "id" => {
                self.record = spot.record;
                id.clone_into(&mut self.id);
            }
            "parent_id" => id.clone_into(&mut self.parent),
            _ => {}
        }
    }

    /// The key of what a field names: its id, or else its name.
    pub fn key<'k>(&'k self, spot: Spot, kind: Kind, name: &'k str) -> &'k str {
        let id = match kind {
            Kind::Category => &*self.parent,
            Kind::Command | Kind::Title => "",
            _ if self.record == spot.record => &*self.id,
            _ => "",
        };
        if id.is_empty() { name } else { id }
    }

    /// Whether an emoji is custom; the others are characters. Logs may omit the id.
    pub fn is_custom(&self, spot: Spot, text: &str) -> bool {
        let is_word =
            || spot.field == "name" && text.bytes().any(|byte| byte.is_ascii_alphabetic());
        self.record != "Emoji" || !self.id.is_empty() || is_word()
    }
}

/// `file-3.png`: the pseudonym with the extension, if it looks like one. A spoiler's prefix
/// is kept.
pub fn file_name(name: &str, alias: &str) -> String {
    let spoiler = if name.starts_with("SPOILER_") {
        "SPOILER_"
    } else {
        ""
    };
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .filter(|ending| ENDINGS.contains(&&**ending));
    match ending {
        Some(ending) => format!("{spoiler}{alias}.{ending}"),
        None => format!("{spoiler}{alias}"),
    }
}

/// Extensions that reveal nothing but the type of file.
const ENDINGS: [&str; 40] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "bmp", "svg", "mp4", "mov", "webm", "mkv",
    "mp3", "ogg", "wav", "flac", "m4a", "pdf", "txt", "md", "log", "json", "csv", "xml", "html",
    "css", "js", "ts", "py", "rs", "c", "zip", "gz", "rar", "docx", "xlsx", "pptx", "odt", "typ",
];
