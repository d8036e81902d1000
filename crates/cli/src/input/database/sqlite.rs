//! Opens SQLite files read-only, and safely even if they are hostile.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, Statement};
use serde_json::Value;

/// The magic bytes of SQLite files.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// The largest text or blob.
const LONGEST: i32 = 64 << 20;

/// Whether bytes are the start of a SQLite file.
pub fn is_database(start: &[u8]) -> bool {
    start.starts_with(MAGIC)
}

/// An open, read-only database.
pub struct Database {
    connection: Connection,
    path: PathBuf,
    /// The columns of each table.
    tables: HashMap<String, Vec<String>>,
}

impl Database {
    /// # Errors
    /// When it can't be read, or belongs to another program.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(io::Error::new(
                io::ErrorKind::ResourceBusy,
                "Discord History Tracker has not written everything to it yet",
            ));
        }
        // Nothing is written, no lock is taken, and no code of the file is run.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(address(path)?, flags).map_err(other)?;
        connection
            .set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)
            .map_err(other)?;
        connection
            .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
            .map_err(other)?;
        let mut database = Self {
            connection,
            path: path.to_owned(),
            tables: HashMap::new(),
        };
        // Views could run any query, so only tables are read.
        let mut names = Vec::new();
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' \
                   AND sql NOT LIKE 'CREATE VIRTUAL%'";
        database.each(sql, None, |row| {
            names.push(text(row, 0)?);
            Ok(())
        })?;
        for name in names {
            let mut columns = Vec::new();
            let sql = "SELECT name FROM pragma_table_info(?1)";
            let mut statement = database.connection.prepare(sql).map_err(other)?;
            let mut rows = statement.query([&name]).map_err(other)?;
            while let Some(row) = rows.next().map_err(other)? {
                columns.push(text(row, 0)?);
            }
            drop(rows);
            drop(statement);
            database.tables.insert(name, columns);
        }
        for table in ["messages", "channels", "users", "servers"] {
            database.columns(table)?;
        }
        Ok(database)
    }

    /// Whether there is such a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// The columns of a table.
    ///
    /// # Errors
    /// When there is no such table.
    pub fn columns(&self, table: &str) -> io::Result<&[String]> {
        self.tables.get(table).map(Vec::as_slice).ok_or_else(|| {
            let text = format!(
                "expected a database of Discord History Tracker, got one without the table \
                 `{table}`; another program wrote `{}`",
                self.path.display()
            );
            io::Error::new(io::ErrorKind::Unsupported, text)
        })
    }

    /// A column of ids, possibly with an alias of its table in front, to order by: as text, 10 would
    /// come before 9. Only a column of integers has an index.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn in_order(&self, table: &str, column: &str) -> io::Result<String> {
        let sql = "SELECT type FROM pragma_table_info(?1) WHERE name = ?2";
        let mut statement = self.prepare(sql)?;
        let mut rows = statement
            .query([table, column.rsplit('.').next().unwrap_or(column)])
            .map_err(other)?;
        let kind = match rows.next().map_err(other)? {
            Some(row) => text(row, 0)?,
            None => String::new(),
        };
        Ok(if kind.eq_ignore_ascii_case("INTEGER") {
            column.to_owned()
        } else {
            format!("CAST({column} AS INTEGER)")
        })
    }

    /// A prepared query.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn prepare(&self, sql: &str) -> io::Result<Statement<'_>> {
        let prepared = self.connection.prepare(sql);
        prepared.map_err(|error| self.unprepared(error))
    }

    /// The error for a query that SQLite doesn't understand, which is fixed but for the columns.
    fn unprepared(&self, error: rusqlite::Error) -> io::Error {
        let said = match &error {
            rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
            // Where SQLite doesn't know the place in the query.
            rusqlite::Error::SqliteFailure(_, Some(msg)) => msg.clone(),
            _ => String::new(),
        };
        let Some(column) = said.strip_prefix("no such column: ") else {
            return other(error);
        };
        // Without the alias of its table.
        let column = column.rsplit('.').next().unwrap_or(column);
        let text = format!(
            "expected a database of Discord History Tracker, got one without the column \
             `{column}`; another program wrote `{}`, or a newer version",
            self.path.display()
        );
        io::Error::new(io::ErrorKind::Unsupported, text)
    }

    /// Calls `visit` with each row.
    ///
    /// # Errors
    /// When the database is damaged, or `visit` fails.
    pub fn each(
        &self,
        sql: &str,
        id: Option<i64>,
        mut visit: impl FnMut(&Row) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut statement = self.prepare(sql)?;
        let mut rows = match id {
            Some(id) => statement.query([id]),
            None => statement.query([]),
        }
        .map_err(other)?;
        while let Some(row) = rows.next().map_err(other)? {
            visit(row)?;
        }
        Ok(())
    }
}

/// The columns of a query; missing ones are null.
pub fn chosen(known: &[String], wanted: &[&str]) -> String {
    let columns = wanted.iter().map(|column| {
        if known.iter().any(|known| known == column) {
            *column
        } else {
            "NULL"
        }
    });
    columns.collect::<Vec<_>>().join(", ")
}

/// A path as SQLite's URI, escaped so that nothing in it is an option.
fn address(path: &Path) -> io::Result<String> {
    let path = std::path::absolute(path)?;
    let path = path
        .to_str()
        .ok_or_else(|| io::Error::other("its name isn't Unicode text; rename it"))?;
    let mut address = String::from("file:");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'\\' => address.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'.' | b'-' | b'_' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02x}")),
        }
    }
    Ok(address + "?mode=ro&immutable=1")
}

/// Converts an error of SQLite to a read error.
pub fn other(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::other(error)
}

/// A required value.
pub fn get(row: &Row, column: usize) -> io::Result<i64> {
    row.get(column).map_err(other)
}

/// An integer, if there is one; tables that were converted may have it as text.
pub fn number(row: &Row, column: usize) -> Option<i64> {
    match row.get_ref(column).ok()? {
        ValueRef::Integer(number) => Some(number),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok()?.trim().parse().ok(),
        _ => None,
    }
}

/// A value as it is, for the importers, which read it or name it in a warning.
pub fn value(row: &Row, column: usize) -> io::Result<Value> {
    Ok(match row.get_ref(column).map_err(other)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(_) | ValueRef::Blob(_) => text(row, column)?.into(),
    })
}

/// A text; empty if there is none.
pub fn text(row: &Row, column: usize) -> io::Result<String> {
    match row.get_ref(column).map_err(other)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
        ValueRef::Real(number) => Ok(number.to_string()),
        ValueRef::Integer(number) => Ok(number.to_string()),
        _ => Ok(String::new()),
    }
}
