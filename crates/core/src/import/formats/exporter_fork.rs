//! Forks of DiscordChatExporter: raw texts beside the plain ones, camelCase for fields that
//! the exporter omits, and a form with tables of people and emoji beside the messages.

use super::Members;
use super::members::{id_text, object};
use crate::index::Index;
use crate::json::Json;
use crate::text::Text;

/// Fields of forks that need conversion; other camelCase fields are read directly.
const RENAMED: [(&str, &str); 2] = [
    ("referencedMessage", "referenced_message"),
    ("messageSnapshots", "message_snapshots"),
];

/// Whether an object has fields that only the exporter and its forks write.
pub fn fits(message: &Members) -> bool {
    message.any(|key| {
        matches!(
            key,
            "isPinned"
                | "timestampEdited"
                | "contentRaw"
                | "referencedMessage"
                | "messageSnapshots"
        )
    })
}

/// Whether a field may be one of a fork's: the exporter itself has none of these.
fn only_forks_write(key: &str) -> bool {
    matches!(
        key,
        "contentRaw"
            | "referencedMessage"
            | "messageSnapshots"
            | "conversionData"
            | "referenced_message"
            | "message_snapshots"
            | "components"
            | "poll"
    )
}

/// Uses the raw texts, and renames the fields.
pub fn convert(message: &mut Members) {
    message.each("attachments", &attachment);
    message.each("embeds", &embed);
    message.within("forwardedMessage", &convert);
    if !message.any(only_forks_write) {
        return;
    }
    raw_text(message, "contentRaw", "content");
    for (fork, name) in RENAMED {
        message.rename(fork, name);
    }
    message.take("conversionData");
    message.within("referenced_message", &convert);
    message.each("message_snapshots", &|snapshot| {
        convert(snapshot);
        snapshot.within("message", &convert);
    });
    message.each("components", &component);
    message.within("poll", &poll);
}

/// A raw text stands for the plain one, in which mentions are lost; one that is empty
/// wasn't kept.
fn raw_text(members: &mut Members, raw: &str, plain: &'static str) {
    if let Some(Json::Str(text)) = members.take(raw)
        && !text.is_empty()
    {
        members.set(plain, Json::Str(text));
    }
}

fn attachment(attachment: &mut Members) {
    if let Some(Json::Bool(true)) = attachment.take("isSpoiler") {
        let flags = match attachment.get("flags") {
            Some(Json::Int(flags)) => *flags,
            _ => 0,
        };
        attachment.set("flags", Json::Int(flags | 8));
    }
}

fn embed(embed: &mut Members) {
    raw_text(embed, "titleRaw", "title");
    raw_text(embed, "descriptionRaw", "description");
    embed.each("fields", &|field| {
        raw_text(field, "nameRaw", "name");
        raw_text(field, "valueRaw", "value");
    });
}

/// Names of the types of components, with Discord's numbers.
const COMPONENTS: [(&str, i64); 17] = [
    ("actionrow", 1),
    ("button", 2),
    ("stringselect", 3),
    ("selectmenu", 3),
    ("textinput", 4),
    ("userselect", 5),
    ("roleselect", 6),
    ("mentionableselect", 7),
    ("channelselect", 8),
    ("section", 9),
    ("textdisplay", 10),
    ("thumbnail", 11),
    ("mediagallery", 12),
    ("file", 13),
    ("separator", 14),
    ("container", 17),
    ("label", 18),
];

/// Names of the styles of buttons, with Discord's numbers.
const STYLES: [(&str, i64); 6] = [
    ("primary", 1),
    ("secondary", 2),
    ("success", 3),
    ("danger", 4),
    ("link", 5),
    ("premium", 6),
];

/// A component, with everything inside. The input may be nested as deep as the parser allows.
pub fn component(component: &mut Members) {
    number(component, "type", &COMPONENTS);
    number(component, "style", &STYLES);
    component.rename("isDisabled", "disabled");
    component.rename("isSpoiler", "spoiler");
    component.rename("isDivider", "divider");
    component.each("options", &|option| option.rename("isDefault", "default"));
    component.each("components", &self::component);
    component.within("accessory", &self::component);
}

/// The number of an enum's word.
fn number(members: &mut Members, key: &'static str, words: &[(&str, i64)]) {
    let Some(Json::Str(word)) = members.get(key) else {
        return;
    };
    let plain: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    let plain = plain.to_ascii_lowercase();
    let found = words.iter().find(|(known, _)| *known == plain);
    if let Some((_, number)) = found {
        members.set(key, Json::Int(*number));
    }
}

fn poll(poll: &mut Members) {
    poll.rename("isMultiselect", "allow_multiselect");
    poll.rename("expiresAt", "expiry");
    if let Some(text @ Json::Str(_)) = poll.get("question") {
        let question = object("text", text.clone());
        poll.set("question", question);
    }
}

/// Whether messages with these keys refer to tables beside them.
pub fn fits_file(_: &[&str], message: &[&str]) -> bool {
    message.contains(&"authorId") && !message.contains(&"author")
}

/// The tables that the messages of a file refer to.
const TABLES: [&str; 4] = ["userTable", "users", "emojis", "emojiTable"];

/// Replaces keys of people and emoji in messages by what they refer to.
pub fn convert_file(mut file: Members) -> Vec<Json> {
    let mut tables = Tables::default();
    for key in TABLES {
        if let Some(table) = file.get_mut(key) {
            tables.add(key, table);
        }
    }
    file.each("messages", &|message| tables.fill(message));
    vec![file.into_json()]
}

/// People and emoji that messages name by keys.
#[derive(Debug, Default)]
pub struct Tables<'a> {
    /// Indices of people in the entries, by key.
    people: Index<'a>,
    /// Indices of emoji.
    emoji: Index<'a>,
    entries: Vec<Json<'a>>,
}

impl<'a> Tables<'a> {
    /// Takes a member of the file if it is a table, and leaves `null` in its place. A list of
    /// users belongs to the API's format, and stays. False for anything but a table.
    pub fn add(&mut self, key: &str, table: &mut Json<'a>) -> bool {
        if !TABLES.contains(&key) || !matches!(table, Json::Object(_)) {
            return false;
        }
        let index = if key.starts_with("user") {
            &mut self.people
        } else {
            &mut self.emoji
        };
        if let Json::Object(entries) = std::mem::take(table) {
            for (key, value) in entries {
                index.insert(key, self.entries.len());
                self.entries.push(value);
            }
        }
        true
    }

    /// Replaces keys of people and emoji in a message.
    pub fn fill(&self, message: &mut Members<'a>) {
        if let Some(id) = message.take("authorId") {
            message.set("author", self.person(&id));
        }
        if let Some(Json::Array(ids)) = message.take("mentionIds") {
            message.set("mentions", self.people_of(&ids));
        }
        message.each("reactions", &|reaction| {
            if let Some(key) = reaction.take("emojiKey") {
                let place = key.as_str().and_then(|key| self.emoji.get(key));
                let emoji = place.map(|&place| self.entries[place].clone());
                reaction.set("emoji", emoji.unwrap_or_else(|| object("name", key)));
            }
            if let Some(Json::Array(ids)) = reaction.take("userIds") {
                reaction.set("users", self.people_of(&ids));
            }
        });
    }

    fn people_of(&self, ids: &[Json<'a>]) -> Json<'a> {
        Json::Array(ids.iter().map(|id| self.person(id)).collect())
    }

    /// The person with this id; only the id if there is no entry.
    fn person(&self, id: &Json<'a>) -> Json<'a> {
        let Some(Json::Str(text)) = id_text(id) else {
            return Json::Null;
        };
        match self.people.get(&*text).map(|&place| &self.entries[place]) {
            Some(Json::Object(members)) => {
                let mut person = Members::new(members.clone());
                if !person.has("id") {
                    person.set("id", Json::Str(text));
                }
                person.into_json()
            }
            _ => Json::Object(vec![(Text::from("id"), Json::Str(text))]),
        }
    }
}
