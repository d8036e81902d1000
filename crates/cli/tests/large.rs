//! Exports that are read piece by piece, run as a user runs them.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fmt::Write;
use std::fs;

use project::{export, fed, folder, message, names, scrollback};
use reader::Pdf;
use tempfile::TempDir;

/// An export of 70 MB, in which few messages are by `bob`: a pair every few days.
fn large() -> TempDir {
    let filler = "All work and no play makes a long transcript. ".repeat(20);
    let mut messages = Vec::new();
    for number in 0..64_000 {
        let is_bob = number % 12_000 < 2;
        let name = if is_bob { "bob" } else { "ada" };
        let day = u8::try_from(1 + number / 2_200).unwrap();
        let text = if is_bob { "look here" } else { &filler };
        let mut more = String::new();
        if number == 12_000 {
            let _ = write!(
                more,
                r#","reference": {{"messageId": "{}"}}"#,
                snowflake(11_000)
            );
        }
        messages.push(message(
            snowflake(number),
            day,
            name,
            &format!("{text} {number}"),
            &more,
        ));
    }
    let text = export(&messages);
    assert!(text.len() > 64 << 20, "{}", text.len());
    folder(&[("chat.json", &text)])
}

/// The id of a message.
fn snowflake(number: u64) -> u64 {
    (280_000_000_000 + number * 60_000) << 22
}

#[test]
fn a_filter_and_volumes_take_what_they_need_of_a_large_export() {
    let folder = large();
    let whole = Pdf::rendered(&folder, &["chat.json", "--author", "bob"]);
    let text = whole.text();
    for number in [0, 1, 12_000, 12_001, 60_001] {
        assert!(
            text.contains(&format!("lookhere{number}")),
            "{number}: {text}"
        );
    }
    // What it answers is quoted, and isn't there itself.
    assert!(text.contains("Allworkandnoplay"), "{text}");
    let output = scrollback(
        &folder,
        &["inspect", "--json", "chat.json", "--author", "bob"],
    )
    .output()
    .unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["messages"], 12, "{summary}");

    for split in ["week", "4"] {
        let output = scrollback(
            &folder,
            &[
                "render",
                "--ignore-system-fonts",
                "chat.json",
                "--author",
                "bob",
                "--split",
                split,
                "-o",
                "out/",
            ],
        )
        .output()
        .unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut said = 0;
        let files = names(&folder.path().join("out"));
        assert!(files.len() > 2, "{files:?}");
        for file in &files {
            let text = Pdf::read(&folder.path().join("out").join(file)).text();
            said += text.matches("lookhere").count();
        }
        assert_eq!(said, 12, "{files:?}");
        fs::remove_dir_all(folder.path().join("out")).unwrap();
    }
}

/// What `inspect` says of the messages by an author, of an input that may come through
/// standard input.
fn inspected(folder: &TempDir, args: &[&str], stdin: &[u8]) -> serde_json::Value {
    let args = [&["inspect", "--json"], args].concat();
    let output = fed(&mut scrollback(folder, &args), stdin);
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn standard_input_is_read_again_where_that_takes_it() {
    let large = large();
    let text = fs::read(large.path().join("chat.json")).unwrap();
    let elsewhere = folder(&[]);
    let args = [
        "render", "-", "--author", "bob", "--split", "week", "-o", "out/", "-f", "md",
    ];
    let output = fed(&mut scrollback(&elsewhere, &args), &text);
    assert!(output.status.success(), "{output:?}");
    let files = names(&elsewhere.path().join("out"));
    assert!(files.len() > 2, "{files:?}");
    let said: usize = files
        .iter()
        .map(|file| fs::read_to_string(elsewhere.path().join("out").join(file)).unwrap())
        .map(|text| text.matches("look here").count())
        .sum();
    assert_eq!(said, 12, "{files:?}");
    // The same of a compressed one.
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &text).unwrap();
    let summary = inspected(
        &elsewhere,
        &["-", "--author", "bob"],
        &gzip.finish().unwrap(),
    );
    assert_eq!(summary["messages"], 12, "{summary}");
}

#[test]
fn a_large_table_of_a_data_package_is_read_in_pieces() {
    let filler = "All work, \"\"no\"\" play\nmakes a long table. ".repeat(20);
    let mut table = String::from("ID,Timestamp,Contents,Attachments\r\n");
    for number in 0..90_000 {
        let text = if number % 30_000 == 7 {
            "look here"
        } else {
            &filler
        };
        let id = snowflake(number);
        let _ = write!(table, "{id},2024-03-01 10:00:00,\"{text}\",\r\n");
    }
    assert!(table.len() > 64 << 20, "{}", table.len());
    let folder = folder(&[("messages.csv", &table)]);
    let summary = inspected(&folder, &["messages.csv", "--text", "look here"], b"");
    assert_eq!(summary["messages"], 3, "{summary}");
}

#[test]
fn a_large_channel_of_a_database_is_read_in_pieces() {
    let folder = folder(&[]);
    let database = rusqlite::Connection::open(folder.path().join("sky.dht")).unwrap();
    let filler = "All work and no play makes a long database. ".repeat(20);
    let sql = format!(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE servers (id INTEGER PRIMARY KEY, name TEXT, type TEXT);
        CREATE TABLE channels (id INTEGER PRIMARY KEY, server INTEGER, name TEXT);
        CREATE TABLE messages (message_id INTEGER PRIMARY KEY, sender_id INTEGER, channel_id INTEGER, text TEXT, timestamp INTEGER);
        CREATE TABLE message_replied_to (message_id INTEGER PRIMARY KEY, replied_to_id INTEGER);
        INSERT INTO users VALUES (1, 'ada'), (2, 'bob');
        INSERT INTO servers VALUES (5, 'Harbour', 'SERVER');
        INSERT INTO channels VALUES (10, 5, 'general');
        WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 59999)
        INSERT INTO messages SELECT 1180000000000000000 + x, 1 + (x % 20000 = 7), 10, '{filler}' || x, 1700000000000 + x * 1000 FROM n;
        INSERT INTO message_replied_to VALUES (1180000000000020007, 1180000000000000009);"
    );
    database.execute_batch(&sql).unwrap();
    drop(database);
    let summary = inspected(&folder, &["sky.dht", "--author", "bob"], b"");
    assert_eq!(summary["messages"], 3, "{summary}");
    assert_eq!(summary["parts"]["replies"], 1, "{summary}");
}
