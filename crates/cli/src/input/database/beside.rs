//! Reads tables with further data on the messages of a channel. All are read in parallel, in
//! the order of the messages, so that only one row of each is in memory.

use std::io;

use rusqlite::{Row, Rows, Statement};
use serde_json::{Value, json};

use super::sqlite::{Database, chosen, number, other, text, value};

/// The content of a row, whose first column is the message.
type Item = fn(&Row) -> io::Result<Option<Value>>;

/// A table with further data, by all the names that it has had.
struct Table {
    names: &'static [&'static str],
    columns: &'static [&'static str],
    item: Item,
}

const EDITED: usize = 0;
const ANSWERED: usize = 1;
const ATTACHMENTS: usize = 2;
const EMBEDS: usize = 3;
const REACTIONS: usize = 4;

const TABLES: [Table; 5] = [
    Table {
        names: &["message_edit_timestamps", "edit_timestamps"],
        columns: &["edit_timestamp"],
        item: |row| value(row, 1).map(Some),
    },
    Table {
        names: &["message_replied_to", "replied_to"],
        columns: &["replied_to_id"],
        item: |row| Ok(number(row, 1).map(Value::from)),
    },
    Table {
        names: &["attachments"],
        columns: &[
            "attachment_id",
            "name",
            "type",
            "download_url",
            "normalized_url",
            "url",
            "size",
            "width",
            "height",
        ],
        item: file,
    },
    Table {
        names: &["message_embeds", "embeds"],
        columns: &["json"],
        // Embeds that aren't JSON are passed to the importers as text.
        item: |row| {
            let json = text(row, 1)?;
            Ok(Some(
                serde_json::from_str(&json).unwrap_or(Value::String(json)),
            ))
        },
    },
    Table {
        names: &["message_reactions", "reactions"],
        columns: &["emoji_id", "emoji_name", "emoji_flags", "count"],
        item: |row| {
            let id = number(row, 1).map(|id| id.to_string());
            let is_animated = number(row, 3).is_some_and(|flags| flags & 1 != 0);
            let emoji = json!({ "id": id, "name": text(row, 2)?, "animated": is_animated });
            Ok(Some(json!({ "emoji": emoji, "count": value(row, 4)? })))
        },
    },
];

/// A file of a message.
fn file(row: &Row) -> io::Result<Option<Value>> {
    let urls = [text(row, 4)?, text(row, 5)?, text(row, 6)?];
    let url = urls.into_iter().find(|url| !url.is_empty());
    Ok(Some(json!({
        "id": number(row, 1).map(|id| id.to_string()),
        "filename": text(row, 2)?,
        "content_type": text(row, 3)?,
        "url": url,
        "size": value(row, 7)?,
        "width": value(row, 8)?,
        "height": value(row, 9)?,
    })))
}

/// The queries to these tables; missing tables have none.
pub struct Questions<'d>([Option<Statement<'d>>; TABLES.len()]);

impl<'d> Questions<'d> {
    /// # Errors
    /// When the database is damaged.
    pub fn new(database: &'d Database) -> io::Result<Self> {
        let mut questions = [const { None }; TABLES.len()];
        for (question, table) in questions.iter_mut().zip(&TABLES) {
            *question = table.question(database)?;
        }
        Ok(Self(questions))
    }

    /// The data of a channel.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn ask(&mut self, channel: i64) -> io::Result<Beside<'_>> {
        let mut lists = [const { None }; TABLES.len()];
        for ((list, question), table) in lists.iter_mut().zip(&mut self.0).zip(&TABLES) {
            if let Some(question) = question {
                let rows = question.query([channel]).map_err(other)?;
                *list = Some(List::new(rows, table.item)?);
            }
        }
        Ok(Beside(lists))
    }
}

impl Table {
    fn question<'d>(&self, database: &'d Database) -> io::Result<Option<Statement<'d>>> {
        const OF_CHANNEL: &str = "(SELECT message_id FROM messages WHERE channel_id = ?1)";
        let Some(name) = self.names.iter().find(|name| database.has(name)) else {
            return Ok(None);
        };
        let columns = chosen(database.columns(name)?, self.columns);
        // Older versions store the message's id with the file.
        let sql = if *name == "attachments" && database.has("message_attachments") {
            format!(
                "SELECT m.message_id, {columns} FROM message_attachments m \
                 JOIN attachments USING (attachment_id) WHERE m.message_id IN {OF_CHANNEL} \
                 ORDER BY {}, attachment_id",
                database.in_order("message_attachments", "m.message_id")?
            )
        } else {
            format!(
                "SELECT message_id, {columns} FROM {name} WHERE message_id IN {OF_CHANNEL} \
                 ORDER BY {}, rowid",
                database.in_order(name, "message_id")?
            )
        };
        database.prepare(&sql).map(Some)
    }
}

/// The data on the messages of a channel, which must be requested in order.
pub struct Beside<'q>([Option<List<'q>>; TABLES.len()]);

impl Beside<'_> {
    /// When a message was edited.
    ///
    /// # Errors
    /// When the database is damaged. This applies to all others, too.
    pub fn edited(&mut self, message: i64) -> io::Result<Option<Value>> {
        Ok(self.of(EDITED, message)?.pop())
    }

    /// The message that it replies to.
    pub fn answered(&mut self, message: i64) -> io::Result<Option<Value>> {
        Ok(self.of(ANSWERED, message)?.pop())
    }

    /// Its files.
    pub fn attachments(&mut self, message: i64) -> io::Result<Vec<Value>> {
        self.of(ATTACHMENTS, message)
    }

    /// Its embeds.
    pub fn embeds(&mut self, message: i64) -> io::Result<Vec<Value>> {
        self.of(EMBEDS, message)
    }

    /// Its reactions.
    pub fn reactions(&mut self, message: i64) -> io::Result<Vec<Value>> {
        self.of(REACTIONS, message)
    }

    fn of(&mut self, table: usize, message: i64) -> io::Result<Vec<Value>> {
        match &mut self.0[table] {
            Some(list) => list.of(message),
            None => Ok(Vec::new()),
        }
    }
}

/// The rows of one table, by message.
struct List<'q> {
    rows: Rows<'q>,
    item: Item,
    /// The next row, and its message.
    next: Option<(i64, Option<Value>)>,
}

impl<'q> List<'q> {
    fn new(rows: Rows<'q>, item: Item) -> io::Result<Self> {
        let mut list = Self {
            rows,
            item,
            next: None,
        };
        list.go_on()?;
        Ok(list)
    }

    fn go_on(&mut self) -> io::Result<()> {
        self.next = None;
        while let Some(row) = self.rows.next().map_err(other)? {
            // What isn't a number is no id of a message.
            if let Some(message) = number(row, 0) {
                self.next = Some((message, (self.item)(row)?));
                break;
            }
        }
        Ok(())
    }

    fn of(&mut self, message: i64) -> io::Result<Vec<Value>> {
        let mut found = Vec::new();
        while let Some((of, item)) = &mut self.next
            && *of <= message
        {
            if *of == message {
                found.extend(item.take());
            }
            self.go_on()?;
        }
        Ok(found)
    }
}
