//! Logs that bots keep, in the words of discord.py, Modmail's among them:
//! `message_id`, `created_at`, times with a space, names of several kinds.

use super::Members;
use super::members::id_text;
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
    said && (keys.contains(&"message_id") || keys.contains(&"created_at"))
}

/// Whether an object is such a message.
pub fn fits(message: &Members) -> bool {
    message.any(|key| matches!(key, "message_id" | "created_at"))
        && message.any(|key| matches!(key, "content" | "clean_content"))
}

/// Renames the fields.
pub fn convert(message: &mut Members) {
    message.rename("message_id", "id");
    message.rename("created_at", "timestamp");
    message.rename("edited_at", "edited_timestamp");
    message.rename("clean_content", "content");
    if let Some(id) = message.get("id").and_then(id_text) {
        message.set("id", id);
    }
    // Words of the log, not Discord's types. What sets a message apart from those
    // that everybody saw stands under it, in the log's own word.
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
    // Somebody's name, and the id beside it.
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
    message.within("author", &|author| {
        author.rename("display_name", "global_name");
        if let Some(id) = author.get("id").and_then(id_text) {
            author.set("id", id);
        }
        // Whether a moderator wrote it is no field of Discord's.
        author.take("mod");
    });
    message.each("attachments", &|attachment| {
        attachment.take("is_image");
        if let Some(id) = attachment.get("id").and_then(id_text) {
            attachment.set("id", id);
        }
    });
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
    log.set("channel", channel.into_json());
    // What the log's keeper knows it by, and people who are among the authors.
    for noise in ["key", "_id", "bot_id", "guild_id", "creator", "open"] {
        log.take(noise);
    }
    let (from, to) = (log.take("created_at"), log.take("closed_at"));
    let mut range = Members::new(Vec::new());
    for (key, time) in [("after", from), ("before", to)] {
        if let Some(time @ Json::Str(_)) = time {
            range.set(key, time);
        }
    }
    log.set("dateRange", range.into_json());
    vec![log.into_json()]
}
