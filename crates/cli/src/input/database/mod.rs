//! Databases of Discord History Tracker: `.dht`, a SQLite file with many channels.
//!
//! Each channel is converted to messages of Discord's API, which the importers read. The
//! program has changed its tables over the years, so tables and columns are looked up.

mod beside;
mod downloads;
mod sqlite;
mod stream;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use rusqlite::Row;
use serde_json::{Map, Value, json};

use super::Part;
use crate::engine::sanitize::file_name;
use beside::{Beside, Questions};
pub use downloads::Downloads;
pub use sqlite::is_database;
use sqlite::{Database, chosen, get, number, text, value};
use stream::Written;

/// The channels of a database that have messages, by the time of their first message, and how
/// many messages are in none of them.
///
/// # Errors
/// When it can't be read, or belongs to another program.
pub fn channels(path: &Path) -> io::Result<(Vec<Part>, u64)> {
    let database = Database::open(path)?;
    // A channel may have messages but no row of its own.
    let sql = "SELECT m.channel_id, c.name, m.count FROM \
               (SELECT channel_id, MIN(message_id) AS first, COUNT(*) AS count FROM messages \
               GROUP BY channel_id) m \
               LEFT JOIN channels c ON c.id = m.channel_id ORDER BY m.first";
    let mut found: Vec<(i64, String)> = Vec::new();
    let mut nowhere = 0;
    database.each(sql, None, |row| {
        // What isn't a number is no id of a channel.
        if let Some(id) = number(row, 0) {
            // Users choose these names, and outputs are named after them.
            let name = text(row, 1)?.replace(['/', '\\'], "-");
            found.push((id, file_name(&name, "")));
        } else {
            nowhere += u64::try_from(get(row, 2)?).unwrap_or_default();
        }
        Ok(())
    })?;
    // Channels of several servers may have the same name.
    let mut names: HashMap<String, usize> = HashMap::new();
    for (_, name) in &found {
        *names.entry(name.to_lowercase()).or_default() += 1;
    }
    let parts = found.into_iter().map(|(id, name)| {
        let alone = names.get(&name.to_lowercase()) == Some(&1) && !name.is_empty();
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
    Ok((parts.collect(), nowhere))
}

/// The hint for a database that can't be read.
pub fn fix(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::Unsupported => {
            "pass a `.dht` file of Discord History Tracker, or an export as JSON"
        }
        io::ErrorKind::ResourceBusy => "close it in Discord History Tracker first",
        _ => DAMAGED,
    }
}

/// The hint for a damaged one.
const DAMAGED: &str = "the database is damaged or incomplete: copy it again";

/// The newest version of the tables that this program knows.
pub const NEWEST: i64 = 11;

/// The version of a database's tables, if it is newer than that.
pub fn unknown_version(path: &Path) -> Option<i64> {
    let database = Database::open(path).ok()?;
    let mut version = None;
    let sql = "SELECT value FROM metadata WHERE key = 'version'";
    let read = database.each(sql, None, |row| {
        version = text(row, 0)?.parse().ok();
        Ok(())
    });
    read.ok()?;
    version.filter(|version| *version > NEWEST)
}

/// The approximate length of a channel as JSON.
///
/// # Errors
/// As [`channels`].
pub fn size(path: &Path, id: i64) -> io::Result<u64> {
    /// The approximate size of a message besides its text, author and files.
    const AROUND: i64 = 400;
    let sql = format!(
        "SELECT COUNT(*) * {AROUND} + CAST(TOTAL(LENGTH(text)) AS INTEGER) \
         FROM messages WHERE channel_id = ?1"
    );
    let mut size = 0;
    Database::open(path)?.each(&sql, Some(id), |row| {
        size = get(row, 0)?;
        Ok(())
    })?;
    Ok(u64::try_from(size).unwrap_or_default())
}

/// A channel as JSON, which is written while it is being read.
///
/// # Errors
/// As [`channels`].
pub fn channel(path: &Path, id: i64) -> io::Result<Written> {
    let database = Database::open(path)?;
    Written::by(move |out| write(&database, id, out))
}

fn write(database: &Database, id: i64, out: &mut dyn Write) -> io::Result<()> {
    let (channel, guild) = database.about(id)?;
    let people = database.people()?;
    let mut questions = Questions::new(database)?;
    let mut beside = questions.ask(id)?;
    write!(
        out,
        "{{\"guild\": {guild},\n\"channel\": {channel},\n\"messages\": ["
    )?;
    let mut is_first = true;
    // Old versions had these beside the text.
    let old = chosen(
        database.columns("messages")?,
        &["edit_timestamp", "replied_to_id"],
    );
    let sql = format!(
        "SELECT message_id, sender_id, text, timestamp, {old} FROM messages \
         WHERE channel_id = ?1 ORDER BY {}",
        database.in_order("messages", "message_id")?
    );
    database.each(&sql, Some(id), |row| {
        let message = message(row, id, &people, &mut beside)?;
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        is_first = false;
        serde_json::to_writer(&mut *out, &message).map_err(io::Error::from)
    })?;
    out.write_all(b"\n]}\n")
}

/// One message, in the format of Discord's API.
fn message(
    row: &Row,
    channel: i64,
    people: &HashMap<i64, Value>,
    beside: &mut Beside,
) -> io::Result<Value> {
    // What isn't a number is no id that other tables refer to.
    let known = number(row, 0);
    let written = known.map_or_else(|| text(row, 0), |id| Ok(id.to_string()))?;
    let id = known.unwrap_or_default();
    let sender = number(row, 1);
    let content = text(row, 2)?;
    let person = |id: i64| match people.get(&id) {
        Some(person) => person.clone(),
        None => json!({ "id": id.to_string() }),
    };
    // Of the others nothing is known but the id, which is in the text.
    let mentions: Vec<Value> = mentioned(&content)
        .into_iter()
        .filter_map(|id| people.get(&id).cloned())
        .collect();
    let edited = beside.edited(id)?;
    let answered = beside.answered(id)?;
    let mut message = json!({
        "id": written,
        "author": sender.map(person),
        "content": content,
        "timestamp": value(row, 3)?,
        "edited_timestamp": edited.unwrap_or(value(row, 4)?),
        "mentions": mentions,
        "attachments": beside.attachments(id)?,
        "embeds": beside.embeds(id)?,
        "reactions": beside.reactions(id)?,
    });
    if let Some(answered) = number(row, 5).map(Value::from).or(answered) {
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

impl Database {
    /// A channel, and its server; null for direct messages.
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

    /// All people, by id.
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
                let Some(id) = number(row, 0) else {
                    return Ok(());
                };
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
}
