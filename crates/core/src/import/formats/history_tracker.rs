//! The JSON archive of Discord History Tracker: `meta` has people, servers and
//! channels, `data` the messages of each channel by their ids.

use super::Members;
use super::members::{file_name, id_text, object};
use crate::json::Json;
use crate::text::Text;

/// Whether an object with these keys is such an archive.
pub fn fits(keys: &[&str], _: &[&str]) -> bool {
    keys.contains(&"meta") && keys.contains(&"data")
}

/// One export per channel, in the order of the archive.
pub fn convert(mut archive: Members) -> Vec<Json> {
    let mut meta = match archive.take("meta") {
        Some(Json::Object(meta)) => Members::new(meta),
        _ => Members::new(Vec::new()),
    };
    let people = people(&mut meta);
    let servers = match meta.take("servers") {
        Some(Json::Array(servers)) => servers,
        _ => Vec::new(),
    };
    let channels = match meta.take("channels") {
        Some(Json::Object(channels)) => channels,
        _ => Vec::new(),
    };
    let Some(Json::Object(data)) = archive.take("data") else {
        return Vec::new();
    };
    data.into_iter()
        .filter_map(|(id, messages)| {
            let messages: Vec<(Text, Json)> = match messages {
                Json::Object(messages) => messages,
                // Without ids.
                Json::Array(messages) => messages
                    .into_iter()
                    .map(|one| (Text::default(), one))
                    .collect(),
                _ => return None,
            };
            let about = channels.iter().find(|(known, _)| *known == id);
            let about = about.map(|(_, about)| about);
            let (channel, guild) = channel(&id, about, server_of(about, &servers));
            let messages = messages
                .into_iter()
                .map(|(id, message)| self::message(id, message, &people));
            let mut export = vec![
                (Text::from("channel"), channel),
                (Text::from("messages"), Json::Array(messages.collect())),
            ];
            if let Some(guild) = guild {
                export.push((Text::from("guild"), guild));
            }
            Some(Json::Object(export))
        })
        .collect()
}

/// People in the order of the indices in messages.
fn people<'a>(meta: &mut Members<'a>) -> Vec<Json<'a>> {
    let users = match meta.take("users") {
        Some(Json::Object(users)) => users,
        _ => Vec::new(),
    };
    let Some(Json::Array(index)) = meta.take("userindex") else {
        return Vec::new();
    };
    index
        .iter()
        .map(|id| {
            let id = match id_text(id) {
                Some(Json::Str(id)) => id,
                _ => Text::default(),
            };
            let about = users.iter().find(|(known, _)| *known == id);
            person(&id, about.map(|(_, about)| about))
        })
        .collect()
}

/// A person, with their data.
pub fn person<'a>(id: &Text<'a>, about: Option<&Json<'a>>) -> Json<'a> {
    let mut person = vec![(Text::from("id"), Json::Str(id.clone()))];
    if let Some(Json::Object(about)) = about {
        for (key, value) in about {
            let key = match &**key {
                "name" => "username",
                "displayName" => "global_name",
                "tag" => "discriminator",
                "avatar" => "avatar",
                _ => continue,
            };
            person.push((Text::from(key), value.clone()));
        }
    }
    Json::Object(person)
}

/// The server of a channel, by index.
fn server_of<'s, 'a>(about: Option<&Json<'a>>, servers: &'s [Json<'a>]) -> Option<&'s Json<'a>> {
    match about?.get("server")? {
        Json::Int(number) => servers.get(usize::try_from(*number).ok()?),
        _ => None,
    }
}

/// A channel, with its server.
pub fn channel<'a>(
    id: &Text<'a>,
    about: Option<&Json<'a>>,
    guild: Option<&Json<'a>>,
) -> (Json<'a>, Option<Json<'a>>) {
    let mut channel = vec![(Text::from("id"), Json::Str(id.clone()))];
    let Some(Json::Object(about)) = about else {
        return (Json::Object(channel), None);
    };
    for (key, value) in about {
        if matches!(&**key, "name" | "topic" | "nsfw" | "position") {
            channel.push((key.clone(), value.clone()));
        }
    }
    let kind = guild
        .and_then(|guild| guild.get("type"))
        .and_then(Json::as_str);
    let number = match kind {
        Some("DM" | "user") => Some(1),
        Some("GROUP" | "group") => Some(3),
        _ => None,
    };
    if let Some(number) = number {
        // Direct messages belong to no server.
        channel.push((Text::from("type"), Json::Int(number)));
        return (Json::Object(channel), None);
    }
    let name = guild.and_then(|guild| guild.get("name")).cloned();
    (Json::Object(channel), name.map(|name| object("name", name)))
}

/// One message: `u` author, `t` time, `m` text, `te` edit time, `r` reply, `a` files, `e`
/// embeds, `re` reactions.
fn message<'a>(id: Text<'a>, message: Json<'a>, people: &[Json<'a>]) -> Json<'a> {
    let Json::Object(members) = message else {
        return message;
    };
    let mut message = Members::new(members);
    if !id.is_empty() {
        message.set("id", Json::Str(id));
    }
    let author = match message.take("u") {
        Some(Json::Int(number)) => usize::try_from(number).ok().and_then(|at| people.get(at)),
        _ => None,
    };
    if let Some(author) = author {
        message.set("author", author.clone());
    }
    rename(&mut message);
    message.into_json()
}

/// Renames the fields of a message to the API's names.
pub fn rename(message: &mut Members) {
    for (short, name) in [
        ("t", "timestamp"),
        ("m", "content"),
        ("te", "edited_timestamp"),
        ("a", "attachments"),
        ("e", "embeds"),
        ("re", "reactions"),
    ] {
        message.rename(short, name);
    }
    // Bit 0 of the flags: edited at an unknown time.
    if let Some(Json::Int(flags)) = message.take("f") {
        message.set("edited", Json::Bool(flags & 1 == 1));
    }
    if let Some(answered) = message.take("r") {
        message.set("message_reference", object("message_id", answered));
    }
    message.each("attachments", &|file| {
        if !file.has("filename") {
            let name = match file.get("url") {
                Some(Json::Str(url)) => file_name(url).to_owned(),
                _ => return,
            };
            file.rename("name", "filename");
            if !file.has("filename") {
                file.set("filename", Json::Str(name.into()));
            }
        }
    });
    message.each("embeds", &|embed| {
        embed.rename("t", "title");
        embed.rename("d", "description");
    });
    message.each("reactions", &|reaction| {
        let emoji: Vec<(Text, Json)> = [
            ("id", "id"),
            ("n", "name"),
            ("an", "animated"),
            ("a", "animated"),
        ]
        .iter()
        .filter_map(|(short, name)| Some((Text::from(*name), reaction.take(short)?)))
        .collect();
        reaction.set("emoji", Json::Object(emoji));
        reaction.rename("c", "count");
    });
}
