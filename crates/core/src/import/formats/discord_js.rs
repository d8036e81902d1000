//! Messages as discord.js writes them with `toJSON()`: camelCase, times in
//! milliseconds, people by their ids alone.

use super::Members;
use super::members::{id_text, object};
use crate::json::Json;

/// Whether an object with these keys is such a message.
pub fn has_keys(keys: &[&str]) -> bool {
    keys.contains(&"createdTimestamp") || (keys.contains(&"authorId") && keys.contains(&"content"))
}

/// Whether an object is such a message.
pub fn fits(message: &Members) -> bool {
    message.any(|key| matches!(key, "createdTimestamp" | "authorId"))
        && (message.has("createdTimestamp") || message.has("content"))
}

/// Renames what isn't the API's own in camelCase, and makes objects of the ids of
/// people.
pub fn convert(message: &mut Members) {
    message.rename("createdTimestamp", "timestamp");
    message.rename("reference", "message_reference");
    if let Some(id) = message.take("authorId").as_ref().and_then(id_text)
        && !message.has("author")
    {
        message.set("author", object("id", id));
    }
    // What is worked out from the rest, or says nothing of the message.
    for noise in [
        "cleanContent",
        "groupActivityApplicationId",
        "system",
        "partial",
    ] {
        message.take(noise);
    }
    mentions(message);
    message.each("attachments", &|attachment| {
        attachment.rename("name", "filename");
        attachment.rename("attachment", "url");
        attachment.rename("duration", "duration_secs");
        if let Some(Json::Bool(true)) = attachment.take("spoiler") {
            attachment.set("flags", Json::Int(8));
        }
    });
    // A list of ids says that there are files, and nothing of them.
    if let Some(Json::Array(items)) = message.get_mut("attachments") {
        for item in items.iter_mut() {
            if let Some(id) = id_text(item) {
                *item = object("id", id);
            }
        }
    }
}

/// discord.js groups who is mentioned: `{everyone, users, roles, …}`.
fn mentions(message: &mut Members) {
    if !matches!(message.get("mentions"), Some(Json::Object(_))) {
        return;
    }
    let Some(Json::Object(groups)) = message.take("mentions") else {
        return;
    };
    let mut groups = Members::new(groups);
    if let Some(everyone) = groups.take("everyone") {
        message.set("mention_everyone", everyone);
    }
    if let Some(Json::Array(roles)) = groups.take("roles") {
        message.set("mention_roles", Json::Array(roles));
    }
    let users = match groups.take("users") {
        Some(Json::Array(users)) => users,
        _ => Vec::new(),
    };
    let users = users.into_iter().filter_map(|user| match id_text(&user) {
        Some(id) => Some(object("id", id)),
        None => matches!(user, Json::Object(_)).then_some(user),
    });
    message.set("mentions", Json::Array(users.collect()));
}
