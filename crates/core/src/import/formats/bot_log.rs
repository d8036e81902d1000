//! Logs of bots with the names of discord.py, such as Modmail's: `message_id`, `created_at`,
//! times with a space, names of several kinds.

use super::Members;
use super::members::{id_text, object};
use super::place::place;
use crate::json::Json;

/// The kinds of messages in Modmail's logs.
const KINDS: [&str; 6] = [
    "thread_message",
    "anonymous",
    "internal",
    "system",
    "note",
    "default",
];

/// Whether an object with these keys is such a message.
pub fn has_keys(keys: &[&str]) -> bool {
    let said = keys.contains(&"content") || keys.contains(&"clean_content");
    said && ["message_id", "created_at", "author_name"]
        .iter()
        .any(|key| keys.contains(key))
}

/// Whether an object is such a message.
pub fn fits(message: &Members) -> bool {
    message.any(|key| matches!(key, "message_id" | "created_at" | "author_name"))
        && message.any(|key| matches!(key, "content" | "clean_content"))
}

/// Renames the fields.
pub fn convert(message: &mut Members) {
    message.rename("message_id", "id");
    message.rename("created_at", "timestamp");
    message.rename("edited_at", "edited_timestamp");
    // A boolean or a time.
    if let Some(Json::Str(_)) = message.get("edited") {
        message.rename("edited", "edited_timestamp");
    }
    message.rename("clean_content", "content");
    message.drop_all(&[
        "clean_content",
        "jump_url",
        "role_mentions",
        "channel_mentions",
        "role_mention",
    ]);
    place(message);
    flat_author(message);
    for answered in ["reference", "reply_to", "reply_to_id", "replied_to"] {
        if let Some(id) = message.get(answered).and_then(id_text) {
            message.take(answered);
            message.set("message_reference", id);
        }
    }
    message.plain_id();
    note_kind(message);
    name_author(message);
    message.within("author", &author);
    message.each("attachments", &|attachment| {
        attachment.take("is_image");
        attachment.plain_id();
    });
}

/// Removes a type of the log, which isn't Discord's. Messages that not everybody saw get the log's
/// own word for their type below them.
fn note_kind(message: &mut Members) {
    let kind = match message.get("type") {
        Some(Json::Str(kind)) if KINDS.contains(&&**kind) => Some(kind.clone()),
        _ => None,
    };
    if let Some(kind) = kind {
        message.take("type");
        if matches!(&*kind, "internal" | "anonymous" | "system" | "note") {
            let said = message
                .get("content")
                .and_then(Json::as_str)
                .unwrap_or_default();
            let noted = format!("{said}\n-# {kind}");
            message.set("content", Json::Str(noted.trim_start().to_owned().into()));
        }
    }
}

/// Makes an object of an author's name, with the id beside it.
fn name_author(message: &mut Members) {
    let name = match message.get("author") {
        Some(Json::Str(name)) => Some(name.clone()),
        _ => None,
    };
    if let Some(name) = name
        && let Some(id) = message.take("author_id").as_ref().and_then(id_text)
    {
        let mut author = Members::new(vec![("id".into(), id)]);
        match name.rsplit_once('#') {
            Some((name, tag)) if tag.len() == 4 && tag.bytes().all(|b| b.is_ascii_digit()) => {
                author.set("username", Json::Str(name.to_owned().into()));
                author.set("discriminator", Json::Str(tag.to_owned().into()));
            }
            _ => author.set("username", Json::Str(name)),
        }
        message.set("author", author.into_json());
    }
}

/// Renames the fields of an author.
fn author(author: &mut Members) {
    author.rename("display_name", "global_name");
    author.drop_all(&[
        "display_name",
        "top_role",
        "created_at",
        "joined_at",
        "mention",
    ]);
    if let Some(Json::Array(roles)) = author.get_mut("roles") {
        for role in roles.iter_mut() {
            if let Json::Str(name) = role {
                *role = object("name", Json::Str(std::mem::take(name)));
            }
        }
    }
    author.plain_id();
    // Discord has no field for moderators.
    author.take("mod");
}

/// A log's flat fields of authors, with Discord's names for them.
const AUTHOR: [(&str, &str); 13] = [
    ("author_id", "id"),
    ("author_name", "username"),
    ("author_username", "username"),
    ("author_display_name", "global_name"),
    ("author_global_name", "global_name"),
    ("author_nick", "nick"),
    ("author_discriminator", "discriminator"),
    ("author_avatar", "avatar_url"),
    ("author_avatar_url", "avatar_url"),
    ("author_bot", "bot"),
    ("author_is_bot", "bot"),
    ("author_color", "color"),
    ("author_roles", "roles"),
];

/// Builds an author from flat fields.
fn flat_author(message: &mut Members) {
    if message.has("author") || !message.any(|key| key.starts_with("author_")) {
        return;
    }
    let mut author = Members::new(Vec::new());
    for (flat, name) in AUTHOR {
        let Some(value) = message.take(flat) else {
            continue;
        };
        if !author.has(name) {
            author.set(name, value);
        }
    }
    message.set("author", author.into_json());
}

/// Whether an object with these keys is a log of Modmail, a conversation with one
/// person.
pub fn fits_file(keys: &[&str], _: &[&str]) -> bool {
    keys.contains(&"messages") && keys.contains(&"recipient")
}

/// The log as the export of a direct conversation.
pub fn convert_file(mut log: Members) -> Vec<Json> {
    let recipient = log.take("recipient");
    let name = recipient.as_ref().and_then(|person| person.get("name"));
    let mut channel = Members::new(vec![("type".into(), Json::Int(1))]);
    if let Some(id) = log.take("channel_id").as_ref().and_then(id_text) {
        channel.set("id", id);
    }
    if let Some(name) = name {
        channel.set("name", name.clone());
    }
    if let Some(title @ Json::Str(_)) = log.take("title") {
        channel.set("topic", title);
    }
    log.set("channel", channel.into_json());
    // Internal keys of the log, and people who are among the authors anyway.
    let key = log.take("key");
    log.drop_all(&["_id", "bot_id", "guild_id", "creator", "open", "nsfw"]);
    let (from, to) = (log.take("created_at"), log.take("closed_at"));
    if let Some(closing) = closing(&mut log, key, to.as_ref()) {
        match log.get_mut("messages") {
            Some(Json::Array(messages)) => messages.push(closing),
            // The others were read already.
            _ => log.set("messages", Json::Array(vec![closing])),
        }
    }
    let mut range = Members::new(Vec::new());
    for (key, time) in [("after", from), ("before", to)] {
        if let Some(time @ Json::Str(_)) = time {
            range.set(key, time);
        }
    }
    log.set("dateRange", range.into_json());
    vec![log.into_json()]
}

/// The closing of a conversation as its last message, with author, time and text. Its id is
/// that of the log.
fn closing<'a>(
    log: &mut Members<'a>,
    key: Option<Json<'a>>,
    at: Option<&Json<'a>>,
) -> Option<Json<'a>> {
    let closer = log.take("closer");
    let said = log.take("close_message");
    let said = said.as_ref().and_then(Json::as_str).unwrap_or_default();
    let closer = closer.filter(|closer| matches!(closer, Json::Object(_)))?;
    let mut message = Members::new(vec![
        ("author".into(), closer),
        (
            "content".into(),
            Json::Str(format!("{said}\n-# closed").trim_start().to_owned().into()),
        ),
    ]);
    if let Some(key) = key {
        message.set("id", key);
    }
    if let Some(at) = at {
        message.set("created_at", at.clone());
    }
    Some(message.into_json())
}
