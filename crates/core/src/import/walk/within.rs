//! Finds messages that are nested more deeply than in exports: under another key, by their ids,
//! or in the channels of a server's backup.

use super::super::formats::{self, id_text};
use super::super::take::Take;
use super::Walk;
use crate::json::Json;
use crate::text::Text;

/// The depth up to which messages are searched for.
const DEEPEST: usize = 6;

/// Keys by which an object describes the channel of its messages.
const OF_CHANNEL: [&str; 5] = ["id", "name", "topic", "type", "parent_id"];

/// Keys of messages that aren't the name of their channel.
const PLAIN: [&str; 16] = [
    "messages", "message", "data", "items", "log", "logs", "history", "chat", "results", "pins",
    "threads", "channel", "channels", "guild", "server", "export",
];

/// Moves the messages out of a member of an export, as separate exports.
fn taken<'a>(key: &str, value: &mut Json<'a>) -> Vec<Json<'a>> {
    let mut found = Vec::new();
    take(key, value, None, 0, &mut found);
    found
}

/// Whether a value has anything left besides descriptions of channels, after [`taken`].
fn has_rest(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Array(items) => items.iter().any(has_rest),
        Json::Object(members) => members
            .iter()
            .any(|(key, value)| !OF_CHANNEL.contains(&&**key) && has_rest(value)),
        _ => true,
    }
}

fn take<'a>(
    key: &str,
    value: &mut Json<'a>,
    holder: Option<&[(Text<'a>, Json<'a>)]>,
    depth: usize,
    found: &mut Vec<Json<'a>>,
) {
    if depth > DEEPEST {
        return;
    }
    let is_one = is_surely_message(value);
    if let Some(messages) = messages_of(key, value) {
        let mut export = vec![("messages".into(), Json::Array(messages))];
        // The key of a single message is its own id.
        if let Some(channel) = channel(key, holder).filter(|_| !is_one) {
            export.push(("channel".into(), channel));
        }
        found.push(Json::Object(export));
        return;
    }
    match value {
        Json::Array(items) => {
            for item in items {
                take(key, item, None, depth + 1, found);
            }
        }
        Json::Object(members) => {
            let about: Vec<(Text, Json)> = members
                .iter()
                .filter(|(key, _)| OF_CHANNEL.contains(&&**key))
                .cloned()
                .collect();
            for (key, value) in members {
                take(key, value, Some(&about), depth + 1, found);
            }
        }
        _ => {}
    }
}

/// The messages of a value that is a list of messages, an object with messages by id, or a single
/// message.
fn messages_of<'a>(key: &str, value: &mut Json<'a>) -> Option<Vec<Json<'a>>> {
    let is_told = match value {
        Json::Array(items) => {
            let first = items.iter().find(|item| !matches!(item, Json::Null));
            first.is_some_and(is_surely_message)
        }
        Json::Object(members) if !members.is_empty() => {
            members.iter().all(|(_, value)| is_surely_message(value))
        }
        _ => false,
    };
    if is_told {
        return match std::mem::take(value) {
            Json::Array(items) => Some(items),
            Json::Object(members) => Some(
                members
                    .into_iter()
                    .map(|(id, message)| named(id, message))
                    .collect(),
            ),
            _ => None,
        };
    }
    is_surely_message(value).then(|| vec![named(key.to_owned().into(), std::mem::take(value))])
}

/// A message with the id that was its key.
fn named<'a>(id: Text<'a>, message: Json<'a>) -> Json<'a> {
    match message {
        Json::Object(mut members)
            if !members.iter().any(|(key, _)| &**key == "id")
                && id.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            members.push(("id".into(), Json::Str(id)));
            Json::Object(members)
        }
        other => other,
    }
}

/// Whether an object is certainly a message, although nothing around it says so: it has text, an
/// author, and more.
fn is_surely_message(value: &Json) -> bool {
    let Json::Object(members) = value else {
        return false;
    };
    let keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
    let has = |known: &[&str]| known.iter().any(|key| keys.contains(key));
    let said = has(&["content"]);
    let written = has(&["author", "username", "user"]);
    let told = has(&["id", "timestamp", "embeds", "attachments", "channel_id"]);
    formats::chat(keys.iter().copied()).is_none()
        && ((said && written)
            || (said && has(&["timestamp"]) && told)
            || formats::is_message(&keys))
}

/// The channel that an object with messages describes, or whose name is their key.
fn channel<'a>(key: &str, holder: Option<&[(Text<'a>, Json<'a>)]>) -> Option<Json<'a>> {
    let holder = holder.unwrap_or_default();
    let has = |wanted: &str| holder.iter().any(|(key, _)| &**key == wanted);
    if has("name") && (has("id") || has("type")) || has("topic") {
        let mut members = holder.to_vec();
        if !has("id")
            && let Some((_, name)) = members.iter().find(|(key, _)| &**key == "name")
            && let Some(id) = id_text(name)
        {
            members.push(("id".into(), id));
        }
        return Some(Json::Object(members));
    }
    (!PLAIN.contains(&key)).then(|| {
        let name = Json::Str(key.to_owned().into());
        Json::Object(vec![("id".into(), name.clone()), ("name".into(), name)])
    })
}

impl<'t, 'a: 't, T: Take<'t, 'a>> Walk<'_, 't, 'a, T> {
    /// Moves messages out of a member of an export; returns the rest.
    pub(super) fn without_messages(&mut self, key: &str, mut json: Json<'t>) -> Option<Json<'t>> {
        let exports = taken(key, &mut json);
        if exports.is_empty() {
            return Some(json);
        }
        self.document.found = true;
        self.document.declared = true;
        for export in exports {
            self.document.export_within(export, self.take, self.reader);
        }
        let is_known = matches!(key, "guild" | "server" | "channel" | "channels" | "threads");
        (is_known || has_rest(&json)).then_some(json)
    }

    /// Moves the messages of channels out of an envelope that has none of its own.
    pub(super) fn without_lists(&mut self, json: Json<'t>) -> Option<Json<'t>> {
        const HOLDS_CHANNELS: [&str; 4] = ["channel", "channels", "guild", "server"];
        let held = json.get("data").or(json.get("response"));
        let is_deep = held.is_some_and(|held| {
            let is_own = held.get("messages").is_some();
            !is_own && HOLDS_CHANNELS.iter().any(|key| held.get(key).is_some())
        });
        if !is_deep {
            return Some(json);
        }
        self.without_messages("data", json)
    }
}
