//! Data of Discord History Tracker's viewer: messages as JSON lines, and people, servers and
//! channels in a separate file.

use super::Members;
use super::history_tracker::{channel, person, rename};
use super::members::{id_text, object};
use crate::json::Json;

/// Keys that every message has, the rarest first.
const KEYS: [&str; 4] = ["u", "c", "t", "id"];

/// Whether an object with these keys is such a message.
pub fn has_keys(keys: &[&str]) -> bool {
    KEYS.iter().all(|key| keys.contains(key))
}

/// Whether an object is such a message.
pub fn fits(message: &Members) -> bool {
    KEYS.iter().all(|key| message.has(key))
}

/// Renames the fields of a message, which refers to its author and channel by id.
pub fn convert(message: &mut Members) {
    message.rename("c", "channel_id");
    if let Some(author) = message.take("u").as_ref().and_then(id_text) {
        message.set("author", object("id", author));
    }
    rename(message);
}

/// Whether an object with these keys describes people, servers and channels.
pub fn fits_file(keys: &[&str], _: &[&str]) -> bool {
    let all = ["users", "servers", "channels"];
    keys.len() == all.len() && all.iter().all(|key| keys.contains(key))
}

/// An export without messages: people, channels and, if there is one, the server.
pub fn convert_file(mut file: Members) -> Vec<Json> {
    let mut map = |key: &str| match file.take(key) {
        Some(Json::Object(map)) => map,
        _ => Vec::new(),
    };
    let (users, servers, channels) = (map("users"), map("servers"), map("channels"));
    let users = users
        .into_iter()
        .map(|(id, about)| person(&id, Some(&about)));
    let mut export = vec![("users".into(), Json::Array(users.collect()))];
    if let [(_, server)] = servers.as_slice() {
        let kind = server.get("type").and_then(Json::as_str);
        if let (Some("server"), Some(name)) = (kind, server.get("name")) {
            export.push(("guild".into(), object("name", name.clone())));
        }
    }
    let channels = channels.into_iter().map(|(id, about)| {
        let server = about.get("server").and_then(Json::as_str);
        let server = server.and_then(|id| servers.iter().find(|(known, _)| **known == *id));
        channel(&id, Some(&about), server.map(|(_, server)| server)).0
    });
    export.push(("channels".into(), Json::Array(channels.collect())));
    vec![Json::Object(export)]
}
