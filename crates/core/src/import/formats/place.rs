//! Locations of messages in logs that name the channel with each message.

use super::Members;
use super::members::id_text;
use crate::json::Json;

/// Moves the channel's description in a message to the channels that it names. The server is
/// the whole transcript's.
pub fn place(message: &mut Members) {
    message.drop_all(&["guild", "guild_name", "server", "server_name"]);
    let channel = match (message.take("channel"), message.take("channel_name")) {
        (Some(channel @ (Json::Object(_) | Json::Str(_))), _) | (_, Some(channel)) => channel,
        _ => return,
    };
    let own = message.get("channel_id").or(message.get("channelId"));
    let (id, name) = match &channel {
        Json::Object(_) => (
            own.or(channel.get("id")).and_then(id_text),
            channel.get("name").cloned(),
        ),
        name => (
            own.and_then(id_text).or_else(|| id_text(name)),
            Some(name.clone()),
        ),
    };
    let (Some(id), Some(name @ Json::Str(_))) = (id, name) else {
        return;
    };
    if own.is_none() {
        message.set("channel_id", id.clone());
    }
    let named = Json::Object(vec![("id".into(), id), ("name".into(), name)]);
    match message.get_mut("mention_channels") {
        Some(Json::Array(channels)) => channels.push(named),
        _ => message.set("mention_channels", Json::Array(vec![named])),
    }
}
