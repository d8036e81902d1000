//! Databases of Discord History Tracker, newer and older, run as a user runs it.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;
use std::path::Path;

use project::{ended, folder, names, scrollback};
use reader::Pdf;
use rusqlite::Connection;
use tempfile::TempDir;

/// The tables as version 11 has them.
const NEW: &str = "
    CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, display_name TEXT, avatar_url TEXT, discriminator TEXT);
    CREATE TABLE servers (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, icon_hash TEXT);
    CREATE TABLE channels (id INTEGER PRIMARY KEY NOT NULL, server INTEGER NOT NULL, name TEXT NOT NULL, parent_id INTEGER, position INTEGER, topic TEXT, nsfw INTEGER);
    CREATE TABLE messages (message_id INTEGER PRIMARY KEY NOT NULL, sender_id INTEGER NOT NULL, channel_id INTEGER NOT NULL, text TEXT NOT NULL, timestamp INTEGER NOT NULL);
    CREATE TABLE attachments (attachment_id INTEGER NOT NULL PRIMARY KEY NOT NULL, name TEXT NOT NULL, type TEXT, normalized_url TEXT NOT NULL, download_url TEXT, size INTEGER NOT NULL, width INTEGER, height INTEGER);
    CREATE TABLE message_attachments (message_id INTEGER NOT NULL, attachment_id INTEGER NOT NULL, PRIMARY KEY (message_id, attachment_id));
    CREATE TABLE message_embeds (message_id INTEGER NOT NULL, json TEXT NOT NULL);
    CREATE TABLE message_reactions (message_id INTEGER NOT NULL, emoji_id INTEGER, emoji_name TEXT, emoji_flags INTEGER NOT NULL, count INTEGER NOT NULL);
    CREATE TABLE message_edit_timestamps (message_id INTEGER PRIMARY KEY NOT NULL, edit_timestamp INTEGER NOT NULL);
    CREATE TABLE message_replied_to (message_id INTEGER PRIMARY KEY NOT NULL, replied_to_id INTEGER NOT NULL);
    INSERT INTO metadata VALUES ('version', '11');
    INSERT INTO servers VALUES (50, 'Observatory', 'SERVER', NULL), (60, 'friend', 'DM', NULL);
    INSERT INTO channels VALUES (10, 50, 'telescopes', NULL, 0, 'Mirrors and lenses', 0), (11, 60, 'friend', NULL, NULL, NULL, NULL), (12, 50, 'empty', NULL, 1, NULL, 0);
    INSERT INTO users VALUES (1, 'vera', 'Vera R.', 'a1b2', NULL), (2, 'edwin', NULL, NULL, '0420');
    INSERT INTO messages VALUES (1180000000000000001, 1, 10, 'First **light** tonight, <@2>?', 1700000000000),
        (1180000000000000002, 2, 10, 'Clouds.', 1700000060000),
        (1180000000000000003, 2, 11, 'Only between us', 1700000120000);
    INSERT INTO attachments VALUES (77, 'sky.png', 'image/png', 'https://cdn.discordapp.com/attachments/10/77/sky.png', 'https://cdn.discordapp.com/attachments/10/77/sky.png?ex=1', 1234, 40, 30);
    INSERT INTO message_attachments VALUES (1180000000000000001, 77);
    INSERT INTO message_embeds VALUES (1180000000000000002, '{\"title\": \"The forecast\", \"description\": \"Rain\"}');
    INSERT INTO message_reactions VALUES (1180000000000000002, NULL, '🔭', 0, 3);
    INSERT INTO message_edit_timestamps VALUES (1180000000000000001, 1700000030000);
    INSERT INTO message_replied_to VALUES (1180000000000000002, 1180000000000000001);";

/// The tables as version 1 had them: edits and replies beside the text, files with the
/// id of their message, and neither display names nor sizes of pictures.
const OLD: &str = "
    CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, avatar_url TEXT, discriminator TEXT);
    CREATE TABLE servers (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL);
    CREATE TABLE channels (id INTEGER PRIMARY KEY NOT NULL, server INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER, topic TEXT, nsfw INTEGER);
    CREATE TABLE messages (message_id INTEGER PRIMARY KEY NOT NULL, sender_id INTEGER NOT NULL, channel_id INTEGER NOT NULL, text TEXT NOT NULL, timestamp INTEGER NOT NULL, edit_timestamp INTEGER, replied_to_id INTEGER);
    CREATE TABLE attachments (message_id INTEGER NOT NULL, attachment_id INTEGER NOT NULL PRIMARY KEY NOT NULL, name TEXT NOT NULL, type TEXT, url TEXT NOT NULL, size INTEGER NOT NULL);
    CREATE TABLE embeds (message_id INTEGER NOT NULL, json TEXT NOT NULL);
    CREATE TABLE reactions (message_id INTEGER NOT NULL, emoji_id INTEGER, emoji_name TEXT, emoji_flags INTEGER NOT NULL, count INTEGER NOT NULL);
    INSERT INTO metadata VALUES ('version', '1');
    INSERT INTO servers VALUES (50, 'Observatory', 'SERVER');
    INSERT INTO channels VALUES (10, 50, 'telescopes', 0, 'Mirrors and lenses', 0);
    INSERT INTO users VALUES (1, 'vera', NULL, '0007'), (2, 'edwin', NULL, '0420');
    INSERT INTO messages VALUES (1180000000000000001, 1, 10, 'First **light** tonight, <@2>?', 1700000000000, 1700000030000, NULL),
        (1180000000000000002, 2, 10, 'Clouds.', 1700000060000, NULL, 1180000000000000001);
    INSERT INTO attachments VALUES (1180000000000000001, 77, 'sky.png', 'image/png', 'https://cdn.discordapp.com/attachments/10/77/sky.png', 1234);
    INSERT INTO embeds VALUES (1180000000000000002, '{\"title\": \"The forecast\", \"description\": \"Rain\"}');
    INSERT INTO reactions VALUES (1180000000000000002, NULL, '🔭', 0, 3);";

fn database(folder: &TempDir, name: &str, sql: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
}

/// What `inspect --json` says of an input, a line a channel.
fn inspect(folder: &TempDir, input: &str) -> Vec<serde_json::Value> {
    let output = scrollback(folder, &["inspect", "--json", input])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(stderr, "");
    let lines = String::from_utf8(output.stdout).unwrap();
    let values = lines.lines();
    values
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn refused(folder: &TempDir, input: &str) -> String {
    let output = scrollback(folder, &["render", input]).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Checks that a text has all these words, whose spaces a PDF may have in other places.
fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(&words.replace(' ', "")), "{words}: {text}");
    }
}

#[test]
fn each_channel_is_a_transcript() {
    let folder = folder(&[]);
    database(&folder, "sky.dht", NEW);
    let before = fs::read(folder.path().join("sky.dht")).unwrap();
    let channels = inspect(&folder, "sky.dht");
    let found: Vec<_> = channels
        .iter()
        .map(|channel| {
            (
                channel["channel"]["name"].as_str(),
                channel["messages"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [(Some("telescopes"), Some(2)), (Some("friend"), Some(1))]
    );

    let output = scrollback(
        &folder,
        &["render", "--ignore-system-fonts", "sky.dht", "-o", "out/"],
    )
    .output()
    .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        names(&folder.path().join("out")),
        ["friend.pdf", "telescopes.pdf"]
    );
    let text = Pdf::read(&folder.path().join("out/telescopes.pdf")).text();
    let words = [
        "Observatory",
        "telescopes",
        "Vera R.",
        "First light tonight",
        "@edwin",
        "edited",
        "sky.png",
        "Clouds.",
        "The forecast",
        "Rain",
    ];
    says(&text, &words);
    assert!(!text.contains("Onlybetweenus"), "{text}");
    // Nothing is written to it or beside it.
    assert_eq!(fs::read(folder.path().join("sky.dht")).unwrap(), before);
    assert_eq!(names(folder.path()), ["out", "sky.dht"]);
}

#[test]
fn people_whom_the_database_does_not_know_are_unknown() {
    let folder = folder(&[]);
    let more =
        "INSERT INTO messages VALUES (1180000000000000004, 1, 10, 'Ask <@99>.', 1700000180000);";
    database(&folder, "sky.dht", &format!("{NEW}{more}"));
    let args = ["render", "sky.dht", "-f", "txt", "-o", "out/"];
    let output = scrollback(&folder, &args).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = fs::read_to_string(folder.path().join("out/telescopes.txt")).unwrap();
    assert!(text.contains("Ask @unknown-user."), "{text}");
}

#[test]
fn files_that_were_downloaded_are_drawn() {
    let picture = include_bytes!("pictures/turned.jpg");
    let hex: String = picture.iter().map(|byte| format!("{byte:02x}")).collect();
    let newer = format!(
        "CREATE TABLE download_metadata (normalized_url TEXT NOT NULL PRIMARY KEY, download_url TEXT NOT NULL, status INTEGER NOT NULL, type TEXT, size INTEGER);
        CREATE TABLE download_blobs (normalized_url TEXT NOT NULL PRIMARY KEY, blob BLOB NOT NULL);
        INSERT INTO download_metadata VALUES ('https://cdn.discordapp.com/attachments/10/77/sky.png', 'https://cdn.discordapp.com/attachments/10/77/sky.png?ex=1', 200, 'image/jpeg', 1);
        INSERT INTO download_blobs VALUES ('https://cdn.discordapp.com/attachments/10/77/sky.png', X'{hex}');"
    );
    let older = format!(
        "CREATE TABLE downloads (url TEXT NOT NULL PRIMARY KEY, status INTEGER NOT NULL, size INTEGER NOT NULL, blob BLOB);
        INSERT INTO downloads VALUES ('https://cdn.discordapp.com/attachments/10/77/sky.png', 200, 1, X'{hex}'), ('https://cdn.discordapp.com/none.png', 404, 0, NULL);"
    );
    for sql in [format!("{NEW}{newer}"), format!("{OLD}{older}")] {
        let folder = folder(&[]);
        database(&folder, "sky.dht", &sql);
        let channels = inspect(&folder, "sky.dht");
        assert_eq!(channels[0]["media"]["found"], 1, "{channels:?}");
        let page = ended(&mut scrollback(
            &folder,
            &["render", "sky.dht", "-o", "out/", "-f", "html"],
        ));
        assert!(page.0.status.success(), "{}", page.1);
        let html = fs::read_to_string(folder.path().join("out/telescopes.html")).unwrap();
        assert!(html.contains("data:image/jpeg;base64,"), "{html}");
        let pages = ended(&mut scrollback(
            &folder,
            &["render", "--ignore-system-fonts", "sky.dht", "-o", "out/"],
        ));
        assert!(pages.0.status.success(), "{}", pages.1);
        let pdf = Pdf::read(&folder.path().join("out/telescopes.pdf"));
        assert_eq!(pdf.pictures(), 1);
    }
}

#[test]
fn older_databases_say_the_same() {
    let folder = folder(&[]);
    database(&folder, "a folder/old #1%.dht", OLD);
    let text = Pdf::rendered(&folder, &["a folder"]).text();
    let words = [
        "telescopes",
        "vera",
        "First light tonight",
        "@edwin",
        "edited",
        "sky.png",
        "Clouds.",
        "The forecast",
    ];
    says(&text, &words);
}

#[test]
fn cells_that_are_empty_or_of_another_type_cost_no_message() {
    let folder = folder(&[]);
    let sql = NEW.replace("sender_id INTEGER NOT NULL", "sender_id INTEGER").replace(
        "(1180000000000000002, 2, 10, 'Clouds.', 1700000060000)",
        "(1180000000000000002, NULL, 10, CAST('Clouds.' AS BLOB), NULL), (1180000000000000009, 'x', 10, 2.5, 1)",
    );
    let sql = sql.replace("timestamp INTEGER NOT NULL);", "timestamp INTEGER);");
    database(&folder, "odd.dht", &sql);
    let args = ["render", "odd.dht", "-f", "txt"];
    let (output, told) = ended(&mut scrollback(&folder, &args));
    assert!(output.status.success(), "{told}");
    let text = fs::read_to_string(folder.path().join("telescopes.txt")).unwrap();
    says(&text, &["light", "Clouds.", "2.5"]);
}

#[test]
fn times_and_ids_that_are_texts_are_read_or_named() {
    let folder = folder(&[]);
    let sql = NEW
        .replace("timestamp INTEGER NOT NULL", "timestamp TEXT")
        .replace(
            "sender_id INTEGER NOT NULL, channel_id INTEGER NOT NULL",
            "sender_id TEXT, channel_id TEXT",
        )
        .replace("edit_timestamp INTEGER NOT NULL", "edit_timestamp TEXT")
        .replace("1700000000000)", "'2023-11-14T22:13:20Z')")
        .replace("1700000030000)", "'2023-11-14 22:14:50')")
        .replace("1700000120000)", "'yesterday')");
    let sql = format!(
        "{sql} INSERT INTO messages VALUES ('1180000000000000009', '1', 'nowhere', 'Lost', '1'),
        ('1180000000000000010', '1', NULL, 'Lost', '1');"
    );
    database(&folder, "sky.dht", &sql);
    let args = ["render", "sky.dht", "-f", "jsonl", "-o", "out/"];
    let (output, told) = ended(&mut scrollback(&folder, &args));
    assert!(output.status.success(), "{told}");
    let lines = fs::read_to_string(folder.path().join("out/telescopes.jsonl")).unwrap();
    let messages: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let times: Vec<_> = messages
        .iter()
        .filter_map(|one| one["time"].as_str())
        .collect();
    assert_eq!(times.len(), 2, "{lines}");
    assert!(times[0].starts_with("2023-11-14T22:13:20"), "{times:?}");
    assert!(times[1].starts_with("2023-11-14T22:14:20"), "{times:?}");
    assert!(lines.contains("2023-11-14T22:14:50"), "{lines}");
    assert!(
        told.contains("field `timestamp` of a message: expected a time such as"),
        "{told}"
    );
    assert!(told.contains("got the text \"yesterday\""), "{told}");
    assert!(
        told.contains("2 of the messages in the database have no channel"),
        "{told}"
    );
}

#[test]
fn ids_of_messages_that_are_texts_are_ids() {
    let folder = folder(&[]);
    let sql = NEW
        .replace(
            "messages (message_id INTEGER PRIMARY KEY NOT NULL",
            "messages (message_id TEXT",
        )
        .replace(
            "message_reactions (message_id INTEGER NOT NULL",
            "message_reactions (message_id TEXT",
        );
    // As texts, these two would come in the other order.
    let sql = format!(
        "{sql} INSERT INTO messages VALUES ('99', 2, 10, 'Early', 1600000000000), ('none', 2, 10, 'Odd', 1);
        INSERT INTO message_reactions VALUES ('99', NULL, '☁', 0, 2), ('none', NULL, '☂', 0, 2);"
    );
    database(&folder, "sky.dht", &sql);
    let args = ["render", "sky.dht", "-f", "txt", "-o", "out/"];
    let (output, told) = ended(&mut scrollback(&folder, &args));
    assert!(output.status.success(), "{told}");
    let text = fs::read_to_string(folder.path().join("out/telescopes.txt")).unwrap();
    says(
        &text,
        &["Early", "☁", "light", "sky.png", "Clouds.", "🔭", "Odd"],
    );
}

#[test]
fn a_database_of_another_program_is_an_error() {
    let folder = folder(&[]);
    database(&folder, "places.dht", "CREATE TABLE places (id INTEGER)");
    let error = refused(&folder, "places.dht");
    assert!(
        error.contains(
            "expected a database of Discord History Tracker, got one without the table `messages`"
        ) && error.contains("hint: pass a `.dht` file of Discord History Tracker"),
        "{error}"
    );
    // A view could be anything, and is no table.
    let view = NEW
        .replace("CREATE TABLE messages", "CREATE TABLE others")
        .replace("INTO messages", "INTO others")
        + "CREATE VIEW messages AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS message_id, 1 AS sender_id, 10 AS channel_id, '' AS text, 0 AS timestamp FROM n;";
    database(&folder, "endless.dht", &view);
    assert!(refused(&folder, "endless.dht").contains("without the table `messages`"));

    database(&folder, "sky.dht", NEW);
    let bytes = fs::read(folder.path().join("sky.dht")).unwrap();
    write(&folder.path().join("cut.dht"), &bytes[..bytes.len() / 2]);
    let error = refused(&folder, "cut.dht");
    assert!(error.contains("cut.dht"), "{error}");
    write(&folder.path().join("sky.dht-wal"), b"not written yet");
    let error = refused(&folder, "sky.dht");
    assert!(
        error.contains("has not written everything to it yet")
            && error.contains("hint: close it in Discord History Tracker first"),
        "{error}"
    );
}

#[test]
fn a_missing_column_is_named_without_the_query() {
    let folder = folder(&[]);
    for (table, column) in [
        ("messages", "channel_id"),
        ("messages", "text"),
        ("channels", "server"),
        ("message_attachments", "message_id"),
    ] {
        let sql = format!("{NEW} CREATE TABLE new AS SELECT * FROM {table}; DROP TABLE {table};");
        let sql = format!("{sql} ALTER TABLE new RENAME COLUMN {column} TO other;");
        let sql = format!("{sql} ALTER TABLE new RENAME TO {table};");
        let name = format!("{table}-{column}.dht");
        database(&folder, &name, &sql);
        let error = refused(&folder, &name);
        assert!(
            error.contains(&format!("got one without the column `{column}`"))
                && error.contains("hint: pass a `.dht` file of Discord History Tracker")
                && !error.contains("SELECT"),
            "{error}"
        );
    }
}

#[test]
fn damaged_databases_are_no_panic() {
    let folder = folder(&[]);
    database(&folder, "sky.dht", NEW);
    let bytes = fs::read(folder.path().join("sky.dht")).unwrap();
    // Each change is somewhere else, and the same each time.
    for change in 0..40_usize {
        let mut bytes = bytes.clone();
        let at = 100 + change * 6151 % (bytes.len() - 100);
        for byte in &mut bytes[at..] {
            *byte = byte.wrapping_add(7).rotate_left(3);
            if *byte % 16 == 0 {
                break;
            }
        }
        write(&folder.path().join("damaged.dht"), &bytes);
        let output = scrollback(&folder, &["inspect", "damaged.dht"])
            .output()
            .unwrap();
        assert!(
            output.status.code().is_some_and(|code| code < 3),
            "{output:?}"
        );
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

#[test]
fn messages_of_a_channel_without_a_description_are_read() {
    let folder = folder(&[]);
    let sql = format!(
        "{NEW} DELETE FROM channels WHERE id = 10;
        UPDATE metadata SET value = '12' WHERE key = 'version';
        UPDATE channels SET name = 'fri' || char(27) || '[31mend' WHERE id = 11;"
    );
    database(&folder, "sky.dht", &sql);
    let args = ["render", "sky.dht", "-f", "txt", "-o", "out/"];
    let (output, told) = ended(&mut scrollback(&folder, &args));
    assert!(output.status.success(), "{told}");
    assert_eq!(
        names(&folder.path().join("out")),
        ["10.txt", "fri[31mend.txt"]
    );
    let text = fs::read_to_string(folder.path().join("out/10.txt")).unwrap();
    assert!(text.contains("Clouds."), "{text}");
    assert!(
        told.contains("has version 12, and versions up to 11 are known"),
        "{told}"
    );
}

#[test]
fn a_damaged_database_in_a_folder_costs_only_itself() {
    let folder = folder(&[]);
    database(&folder, "in/sky.dht", NEW);
    project::write(&folder, "in/other.dht", b"no database");
    let args = ["render", "in", "-f", "txt", "-o", "out/"];
    let (output, told) = ended(&mut scrollback(&folder, &args));
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("cannot read the database `in/other.dht`"),
        "{told}"
    );
    assert_eq!(
        names(&folder.path().join("out")),
        ["friend.txt", "telescopes.txt"]
    );
}
