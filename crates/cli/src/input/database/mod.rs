//! Databases of Discord History Tracker: `.dht`, a SQLite file with many channels.
//!
//! Each channel is written down as messages of Discord's API, which the importers read.
//! The program has changed its tables over the years; which there are, and which columns
//! they have, is looked up.

mod sqlite;

use std::collections::HashMap;
use std::io;
use std::path::Path;

use rusqlite::Row;
use serde_json::{Map, Value, json};

use super::Part;
pub use sqlite::is_database;
use sqlite::{Database, chosen, get, number, other, text};

/// The channels of a database that have messages, by the time of their first ones.
///
/// # Errors
/// When it can't be read, or is another program's.
pub fn channels(path: &Path) -> io::Result<Vec<Part>> {
    let database = Database::open(path)?;
    let sql = "SELECT c.id, c.name FROM channels c JOIN \
               (SELECT channel_id, MIN(message_id) AS first FROM messages GROUP BY channel_id) m \
               ON m.channel_id = c.id ORDER BY m.first";
    let mut found: Vec<(i64, String)> = Vec::new();
    database.each(sql, None, |row| {
        found.push((get(row, 0)?, text(row, 1)?));
        Ok(())
    })?;
    // Channels of several servers may be called the same.
    let mut names: HashMap<String, usize> = HashMap::new();
    for (_, name) in &found {
        *names.entry(name.to_lowercase()).or_default() += 1;
    }
    let parts = found.into_iter().map(|(id, name)| {
        let alone = names.get(&name.to_lowercase()) == Some(&1) && !name.is_empty();
        let name = name.replace(['/', '\\'], "-");
        Part::Channel {
            database: path.to_owned(),
            id,
            name: if alone {
                name
            } else {
                format!("{name} {id}").trim().to_owned()
            },
        }
    });
    Ok(parts.collect())
}

/// A channel as JSON, up to `most` bytes and one message more.
///
/// # Errors
/// As [`channels`].
pub fn channel(path: &Path, id: i64, most: u64) -> io::Result<Vec<u8>> {
    let database = Database::open(path)?;
    let (channel, guild) = database.about(id)?;
    let people = database.people()?;
    let mut beside = Beside::read(&database, id)?;
    let mut out = Vec::new();
    let head = format!("{{\"guild\": {guild},\n\"channel\": {channel},\n\"messages\": [");
    out.extend_from_slice(head.as_bytes());
    let mut is_first = true;
    // Once, these stood beside the text.
    let old = chosen(
        database.columns("messages")?,
        &["edit_timestamp", "replied_to_id"],
    );
    let sql = format!(
        "SELECT message_id, sender_id, text, timestamp, {old} FROM messages \
         WHERE channel_id = ?1 ORDER BY message_id"
    );
    database.each(&sql, Some(id), |row| {
        if out.len() as u64 > most {
            return Ok(());
        }
        let message = message(row, id, &people, &mut beside)?;
        out.extend_from_slice(if is_first { b"\n" } else { b",\n" });
        is_first = false;
        serde_json::to_writer(&mut out, &message).map_err(other)
    })?;
    out.extend_from_slice(b"\n]}\n");
    Ok(out)
}

/// One message, in the terms of Discord's API.
fn message(
    row: &Row,
    channel: i64,
    people: &HashMap<i64, Value>,
    beside: &mut Beside,
) -> io::Result<Value> {
    let id: i64 = get(row, 0)?;
    let sender: i64 = get(row, 1)?;
    let content = text(row, 2)?;
    let person = |id: i64| match people.get(&id) {
        Some(person) => person.clone(),
        None => json!({ "id": id.to_string() }),
    };
    let mentions: Vec<Value> = mentioned(&content).into_iter().map(person).collect();
    let edited = number(row, 4).or_else(|| beside.edited.remove(&id));
    let answered = number(row, 5).or_else(|| beside.answered.remove(&id));
    let mut message = json!({
        "id": id.to_string(),
        "author": person(sender),
        "content": content,
        "timestamp": number(row, 3),
        "edited_timestamp": edited,
        "mentions": mentions,
        "attachments": beside.attachments.remove(&id).unwrap_or_default(),
        "embeds": beside.embeds.remove(&id).unwrap_or_default(),
        "reactions": beside.reactions.remove(&id).unwrap_or_default(),
    });
    if let Some(answered) = answered {
        message["message_reference"] = json!({
            "message_id": answered.to_string(),
            "channel_id": channel.to_string(),
        });
    }
    Ok(message)
}

/// The ids of people that a text mentions, each once.
fn mentioned(text: &str) -> Vec<i64> {
    let mut found = Vec::new();
    for after in text.split("<@").skip(1) {
        let id = after.trim_start_matches('!').split('>').next();
        if let Some(id) = id.and_then(|id| id.parse().ok())
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

/// What stands in other tables of the messages of a channel, by their ids.
struct Beside {
    edited: HashMap<i64, i64>,
    answered: HashMap<i64, i64>,
    attachments: HashMap<i64, Vec<Value>>,
    embeds: HashMap<i64, Vec<Value>>,
    reactions: HashMap<i64, Vec<Value>>,
}

impl Beside {
    fn read(database: &Database, channel: i64) -> io::Result<Self> {
        Ok(Self {
            edited: database.numbers(
                &["message_edit_timestamps", "edit_timestamps"],
                "edit_timestamp",
                channel,
            )?,
            answered: database.numbers(
                &["message_replied_to", "replied_to"],
                "replied_to_id",
                channel,
            )?,
            attachments: database.attachments(channel)?,
            embeds: database.lists(&["message_embeds", "embeds"], &["json"], channel, |row| {
                Ok(serde_json::from_str(&text(row, 1)?).ok())
            })?,
            reactions: database.lists(
                &["message_reactions", "reactions"],
                &["emoji_id", "emoji_name", "emoji_flags", "count"],
                channel,
                |row| {
                    let id = number(row, 1).map(|id| id.to_string());
                    let is_animated = number(row, 3).is_some_and(|flags| flags & 1 != 0);
                    let emoji = json!({ "id": id, "name": text(row, 2)?, "animated": is_animated });
                    Ok(Some(json!({ "emoji": emoji, "count": number(row, 4) })))
                },
            )?,
        })
    }
}

impl Database {
    /// A channel, and its server; null where it is a conversation between people.
    fn about(&self, id: i64) -> io::Result<(Value, Value)> {
        let optional = |table: &str, column: &str| {
            let known = self.columns(table)?.iter().any(|known| known == column);
            Ok::<_, io::Error>(if known {
                format!("{table}.{column}")
            } else {
                "NULL".into()
            })
        };
        let sql = format!(
            "SELECT channels.name, {}, {}, {}, servers.id, servers.name, servers.type, {} \
             FROM channels LEFT JOIN servers ON servers.id = channels.server WHERE channels.id = ?1",
            optional("channels", "topic")?,
            optional("channels", "parent_id")?,
            optional("channels", "position")?,
            optional("servers", "icon_hash")?,
        );
        let mut found = (json!({ "id": id.to_string() }), Value::Null);
        self.each(&sql, Some(id), |row| {
            let parent = number(row, 2);
            let kind = match text(row, 6)?.as_str() {
                "DM" => 1,
                "GROUP" => 3,
                _ if parent.is_some() => 11,
                _ => 0,
            };
            let (channel, guild) = &mut found;
            *channel = json!({
                "id": id.to_string(),
                "type": kind,
                "name": text(row, 0)?,
                "topic": text(row, 1)?,
                "parent_id": parent.map(|parent| parent.to_string()),
                "position": number(row, 3).filter(|position| *position >= 0),
            });
            if matches!(kind, 0 | 11)
                && let Some(server) = number(row, 4)
            {
                *guild = json!({
                    "id": server.to_string(),
                    "name": text(row, 5)?,
                    "icon": text(row, 7)?,
                });
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Everybody, by their ids.
    fn people(&self) -> io::Result<HashMap<i64, Value>> {
        let columns = self.columns("users")?;
        let mut people = HashMap::new();
        let wanted = [
            "name",
            "display_name",
            "discriminator",
            "avatar_url",
            "avatar_hash",
        ];
        self.each(
            &format!("SELECT id, {} FROM users", chosen(columns, &wanted)),
            None,
            |row| {
                let id: i64 = get(row, 0)?;
                let mut person = Map::new();
                person.insert("id".into(), id.to_string().into());
                for (column, name) in [
                    "username",
                    "global_name",
                    "discriminator",
                    "avatar",
                    "avatar",
                ]
                .into_iter()
                .enumerate()
                {
                    let value = text(row, column + 1)?;
                    let name = if value.contains("://") {
                        "avatar_url"
                    } else {
                        name
                    };
                    if !value.is_empty() {
                        person.insert(name.into(), value.into());
                    }
                }
                people.insert(id, Value::Object(person));
                Ok(())
            },
        )?;
        Ok(people)
    }

    /// A number of each message, from the first of these tables that is there.
    fn numbers(
        &self,
        tables: &[&str],
        column: &str,
        channel: i64,
    ) -> io::Result<HashMap<i64, i64>> {
        let lists = self.lists(tables, &[column], channel, |row| {
            Ok(number(row, 1).map(Value::from))
        })?;
        let first = |list: Vec<Value>| list.first().and_then(Value::as_i64);
        Ok(lists
            .into_iter()
            .filter_map(|(id, list)| Some((id, first(list)?)))
            .collect())
    }

    /// What a table has of each message, from the first of these that is there.
    fn lists(
        &self,
        tables: &[&str],
        columns: &[&str],
        channel: i64,
        item: impl FnMut(&Row) -> io::Result<Option<Value>>,
    ) -> io::Result<HashMap<i64, Vec<Value>>> {
        let Some(table) = tables.iter().find(|table| self.has(table)) else {
            return Ok(HashMap::new());
        };
        let known = self.columns(table)?;
        let sql = format!(
            "SELECT message_id, {} FROM {table} WHERE message_id IN \
             (SELECT message_id FROM messages WHERE channel_id = ?1) ORDER BY rowid",
            chosen(known, columns)
        );
        self.grouped(&sql, channel, item)
    }

    /// What the rows of a query on a channel say, by the message that each begins with.
    fn grouped(
        &self,
        sql: &str,
        channel: i64,
        mut item: impl FnMut(&Row) -> io::Result<Option<Value>>,
    ) -> io::Result<HashMap<i64, Vec<Value>>> {
        let mut lists: HashMap<i64, Vec<Value>> = HashMap::new();
        self.each(sql, Some(channel), |row| {
            if let Some(item) = item(row)? {
                lists.entry(get(row, 0)?).or_default().push(item);
            }
            Ok(())
        })?;
        Ok(lists)
    }

    /// The files of each message. Older versions name the message beside the file.
    fn attachments(&self, channel: i64) -> io::Result<HashMap<i64, Vec<Value>>> {
        const COLUMNS: [&str; 9] = [
            "attachment_id",
            "name",
            "type",
            "download_url",
            "normalized_url",
            "url",
            "size",
            "width",
            "height",
        ];
        let file = |row: &Row| {
            let urls = [text(row, 4)?, text(row, 5)?, text(row, 6)?];
            let url = urls.into_iter().find(|url| !url.is_empty());
            Ok(Some(json!({
                "id": number(row, 1).map(|id| id.to_string()),
                "filename": text(row, 2)?,
                "content_type": text(row, 3)?,
                "url": url,
                "size": number(row, 7),
                "width": number(row, 8),
                "height": number(row, 9),
            })))
        };
        if !self.has("message_attachments") {
            return self.lists(&["attachments"], &COLUMNS, channel, file);
        }
        let sql = format!(
            "SELECT m.message_id, {} FROM message_attachments m \
             JOIN attachments USING (attachment_id) WHERE m.message_id IN \
             (SELECT message_id FROM messages WHERE channel_id = ?1) ORDER BY attachment_id",
            chosen(self.columns("attachments")?, &COLUMNS)
        );
        self.grouped(&sql, channel, file)
    }
}
