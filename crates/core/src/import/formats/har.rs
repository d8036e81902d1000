//! Network traffic recorded by a browser (HAR): responses of Discord's API are texts, each
//! with a list of messages, or with related objects.

use super::super::repair::repair;
use super::members::{Members, id_text};
use crate::index::index;
use crate::json::{self, Json};
use crate::model::base64;
use crate::text::Text;

/// Whether an object with these keys, and these of its `log`, is such a record.
pub fn fits(keys: &[&str], log: &[&str]) -> bool {
    keys.contains(&"log") && log.contains(&"entries")
}

/// The error for a recording without messages.
pub const EMPTY: &str = "expected answers of Discord's API with messages, got a record of network \
    traffic (HAR) without any; record again while you scroll through the channel, and save it \
    with content";

/// One export per channel, in the order in which they were viewed.
pub fn convert(mut file: Members) -> Vec<Json> {
    let entries = match file.take("log") {
        Some(Json::Object(log)) => Members::new(log).take("entries"),
        _ => None,
    };
    let Some(Json::Array(entries)) = entries else {
        return Vec::new();
    };
    let mut record = Record::default();
    for entry in &entries {
        let url = entry.get("request").and_then(|request| request.get("url"));
        if let Some(path) = url.and_then(Json::as_str).and_then(api_path) {
            record.answer(&path, entry);
        }
    }
    record.exports()
}

/// The segments of an address's path after the API's version.
fn api_path(url: &str) -> Option<Vec<&str>> {
    let (_, path) = url.split(['?', '#']).next()?.split_once("/api/")?;
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_version = |part: &&str| {
        let digits = part.strip_prefix('v').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.first().is_some_and(is_version) {
        parts.remove(0);
    }
    Some(parts)
}

/// The response of an entry; `None` if it wasn't saved.
fn body(entry: &Json) -> Option<String> {
    let content = entry.get("response")?.get("content")?;
    let text = content.get("text")?.as_str()?;
    let is_packed = content.get("encoding").and_then(Json::as_str) == Some("base64");
    if !is_packed {
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let bytes = base64(&text.replace(['\r', '\n'], ""));
    let body = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Some(body.unwrap_or_else(|| text.to_owned()))
}

/// A response as JSON.
fn parsed(body: &str) -> Option<Json<'static>> {
    match json::parse(body) {
        Ok(json) => Some(json.into_owned()),
        Err(_) => Some(json::parse(&repair(body)?.text).ok()?.into_owned()),
    }
}

/// The recorded objects.
#[derive(Default)]
struct Record {
    /// Messages of each channel, by its id.
    channels: Vec<(String, Vec<Json<'static>>)>,
    /// Descriptions of channels, threads among them.
    about: Vec<Json<'static>>,
    guilds: Vec<Json<'static>>,
    /// Members of servers, as search results list them.
    members: Vec<Json<'static>>,
}

impl Record {
    /// Adds a response, interpreted by the path of its request.
    fn answer(&mut self, path: &[&str], entry: &Json) {
        let channel = match path {
            ["channels", id, "messages", ..] if !path.contains(&"reactions") => Some(*id),
            ["channels", id, "pins"] => Some(*id),
            ["channels", id] | ["channels", id, "threads", ..] => Some(*id),
            ["guilds", _, "messages", "search"]
            | ["guilds", _]
            | ["guilds", _, "channels"]
            | ["users", "@me", "channels"] => None,
            _ => return,
        };
        let Some(body) = body(entry) else {
            return;
        };
        let has_messages = path.len() > 2 && path.contains(&"messages");
        match parsed(&body) {
            Some(Json::Array(items)) => self.all(channel, items),
            Some(Json::Object(members)) if path[0] == "guilds" && path.len() == 2 => {
                self.guilds.push(Json::Object(members));
            }
            Some(Json::Object(members)) => self.object(channel, members),
            // A damaged response isn't a message, which is reported.
            _ if has_messages => {
                self.of(channel.unwrap_or_default())
                    .push(Json::Str(body.into()));
            }
            _ => {}
        }
    }

    /// An object: a message, a channel, or lists of them.
    fn object(&mut self, channel: Option<&str>, members: Vec<(Text<'static>, Json<'static>)>) {
        let one = Json::Object(members);
        if is_message(&one) || is_channel(&one) {
            return self.all(channel, vec![one]);
        }
        let Json::Object(members) = one else {
            return;
        };
        for (key, value) in members {
            match (&*key, value) {
                ("messages" | "items" | "threads" | "first_messages", Json::Array(items)) => {
                    self.all(channel, items);
                }
                ("members", Json::Array(mut items)) => self.members.append(&mut items),
                _ => {}
            }
        }
    }

    /// A list of messages, of groups of them, of pins, or of channels.
    fn all(&mut self, channel: Option<&str>, items: Vec<Json<'static>>) {
        for item in items {
            match item {
                Json::Array(group) => self.all(channel, group),
                item if is_message(&item) => {
                    let own = item.get("channel_id").and_then(Json::as_str);
                    let id = own.or(channel).unwrap_or_default().to_owned();
                    self.of(&id).push(item);
                }
                item if is_channel(&item) => self.about.push(item),
                Json::Object(members) => {
                    if let Some(pinned) = Members::new(members).take("message") {
                        self.all(channel, vec![pinned]);
                    }
                }
                _ => {}
            }
        }
    }

    /// The messages of a channel.
    fn of(&mut self, id: &str) -> &mut Vec<Json<'static>> {
        let known = self.channels.iter().position(|(known, _)| known == id);
        let at = known.unwrap_or_else(|| {
            self.channels.push((id.to_owned(), Vec::new()));
            self.channels.len() - 1
        });
        &mut self.channels[at].1
    }

    /// One export per channel. The first includes the server, all people, and channels without
    /// messages.
    fn exports(self) -> Vec<Json<'static>> {
        let Self {
            channels,
            about,
            guilds,
            members,
        } = self;
        let mut about = last_of_each(about);
        let mut exports: Vec<Vec<(Text, Json)>> = Vec::new();
        for (id, messages) in channels.into_iter().filter(|(_, all)| !all.is_empty()) {
            let known = about.iter().position(|one| has_id(one, &id));
            let channel = match known {
                Some(at) => about.swap_remove(at),
                None => Json::Object(vec![("id".into(), Json::Str(id.into()))]),
            };
            let guild = channel.get("guild_id").and_then(Json::as_str);
            let guild = match guild {
                Some(id) => guilds.iter().find(|guild| has_id(guild, id)),
                None => None,
            };
            let mut export = Vec::new();
            if let (true, Some(guild)) = (exports.is_empty(), guild) {
                export.push(("guild".into(), guild.clone()));
            }
            export.push(("channel".into(), channel));
            export.push(("messages".into(), Json::Array(last_of_each(messages))));
            exports.push(export);
        }
        if let Some(first) = exports.first_mut() {
            first.push(("channels".into(), Json::Array(about)));
            first.push(("members".into(), Json::Array(members)));
        }
        exports.into_iter().map(Json::Object).collect()
    }
}

/// Whether an object is a message of the API.
fn is_message(json: &Json) -> bool {
    json.get("id").is_some() && json.get("content").is_some() && json.get("author").is_some()
}

/// Whether an object describes a channel.
fn is_channel(json: &Json) -> bool {
    json.get("id").is_some()
        && json.get("type").is_some()
        && (json.get("name").is_some() || json.get("recipients").is_some())
}

fn has_id(json: &Json, id: &str) -> bool {
    matches!(json.get("id").and_then(id_text), Some(Json::Str(own)) if &*own == id)
}

/// Of objects in several responses, such as a message before and after an edit, the last one
/// counts.
fn last_of_each(mut list: Vec<Json<'static>>) -> Vec<Json<'static>> {
    let id = |json: &Json| match json.get("id").and_then(id_text) {
        Some(Json::Str(id)) => id.into_owned(),
        _ => Text::default(),
    };
    let ids: Vec<Text> = list.iter().map(id).collect();
    let last = index(ids.iter().map(|id| &**id));
    let places = ids.iter().enumerate();
    let is_last: Vec<bool> = places
        .map(|(at, id)| id.is_empty() || last.get(id) == Some(&at))
        .collect();
    let mut is_last = is_last.into_iter();
    list.retain(|_| is_last.next().unwrap_or(true));
    list
}
