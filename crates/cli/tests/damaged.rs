//! Damaged and incomplete archives and databases: errors say what is wrong and what to do.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::io::{Cursor, Write};

use project::{ended, export, folder, message, render, write};
use rusqlite::Connection;
use tempfile::TempDir;

/// What a run says that fails.
fn refused(folder: &TempDir, input: &str) -> String {
    let args = [input, "-f", "txt", "-o", "out/"];
    let (output, told) = ended(&mut render(folder, &args));
    assert_eq!(output.status.code(), Some(1), "{told}");
    told
}

/// An archive of an export, and where the data of the export begins.
fn archive() -> (Vec<u8>, usize) {
    let words = (1..200).map(|at| message(at, 1, "ada", &format!("words {at}"), ""));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("b.json", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(export(&words.collect::<Vec<_>>()).as_bytes())
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let name = bytes.windows(6).position(|name| name == b"b.json").unwrap();
    (bytes, name + 6)
}

#[test]
fn a_damaged_archive_is_told_with_what_to_do() {
    let folder = folder(&[]);
    let (whole, data) = archive();
    write(&folder, "cut.zip", &whole[..whole.len() / 2]);
    let told = refused(&folder, "cut.zip");
    assert!(
        told.contains("error: cannot read the archive `cut.zip`")
            && told.contains(
                "hint: if it is incomplete, download or copy it again; otherwise, unpack it"
            ),
        "{told}"
    );

    let mut flipped = whole.clone();
    for byte in &mut flipped[data + 200..data + 220] {
        *byte ^= 0x55;
    }
    write(&folder, "flipped.zip", &flipped);
    let told = refused(&folder, "flipped.zip");
    assert!(
        told.contains("b.json")
            && told
                .contains("hint: the archive is damaged or incomplete: download or copy it again"),
        "{told}"
    );
}

#[test]
fn an_archive_that_needs_another_program_is_told_with_what_to_do() {
    let folder = folder(&[]);
    let (whole, _) = archive();
    // The flags and the method stand in both headers, of the file and of the directory.
    let directory = whole.windows(4).rposition(|mark| mark == b"PK\x01\x02");
    let directory = directory.unwrap();
    let changed = |offset: usize, value: u8| {
        let mut bytes = whole.clone();
        bytes[offset] = value;
        bytes[directory + offset + 2] = value;
        bytes
    };
    write(&folder, "locked.zip", &changed(6, 1));
    let told = refused(&folder, "locked.zip");
    assert!(
        told.contains("hint: unpack it with its password, and pass the folder"),
        "{told}"
    );
    write(&folder, "strange.zip", &changed(8, 97));
    let told = refused(&folder, "strange.zip");
    assert!(
        told.contains("hint: unpack it, and pass the folder"),
        "{told}"
    );
}

#[test]
fn a_damaged_database_is_told_with_what_to_do() {
    let folder = folder(&[]);
    let path = folder.path().join("sky.dht");
    let connection = Connection::open(&path).unwrap();
    let filler = "sky ".repeat(100);
    connection
        .execute_batch(&format!(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE servers (id INTEGER PRIMARY KEY, name TEXT, type TEXT);
            CREATE TABLE channels (id INTEGER PRIMARY KEY, server INTEGER, name TEXT);
            CREATE TABLE messages (message_id INTEGER PRIMARY KEY, sender_id INTEGER, channel_id INTEGER, text TEXT, timestamp INTEGER);
            CREATE TABLE message_embeds (message_id INTEGER, json TEXT);
            INSERT INTO users VALUES (1, 'vera');
            INSERT INTO channels VALUES (10, NULL, 'telescopes');
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300)
            INSERT INTO messages SELECT x, 1, 10, '{filler}', 1700000000000 + x FROM n;
            INSERT INTO message_embeds SELECT message_id, json_object('title', text) FROM messages;"
        ))
        .unwrap();
    drop(connection);
    let whole = fs::read(&path).unwrap();
    let hint = "hint: the database is damaged or incomplete: copy it again";

    // The channels can be listed, but not all embeds.
    let mut last = whole.clone();
    let end = last.len() - 8192;
    last[end..].fill(0xff);
    write(&folder, "last.dht", &last);
    let told = refused(&folder, "last.dht");
    assert!(told.contains("telescopes") && told.contains(hint), "{told}");

    write(&folder, "half.dht", &whole[..whole.len() / 3]);
    let told = refused(&folder, "half.dht");
    assert!(
        told.contains("cannot read the database `half.dht`") && told.contains(hint),
        "{told}"
    );
}
