//! Reading in pieces gives the same as reading at once.

use std::fs;
use std::path::{Path, PathBuf};

use scrollback_core::filter::{Filter, Has};
use scrollback_core::model::Message;
use scrollback_core::warning::codes;
use scrollback_core::{Archive, Options, read, read_in_pieces};
use serde_json::Value;

use crate::pieces::Pieces;

/// All samples that there are.
fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests/data", "tests/data/formats", "../../examples/exports"] {
        for entry in fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            let is_json = path
                .extension()
                .is_some_and(|extension| ["json", "jsonl", "csv"].iter().any(|e| extension == *e));
            if is_json {
                let bytes = fs::read(&path).expect("it can be read");
                found.push((path, bytes));
            }
        }
    }
    found.sort();
    assert!(found.len() > 10, "{found:?}");
    found
}

/// Everything that a selection shows, with channels by their ids: those that are
/// named by messages left out come earlier.
fn shown(archive: Archive, options: &Options) -> Result<Value, String> {
    let warnings = archive.warnings().to_vec();
    let selection = archive
        .into_selection(options)
        .map_err(|error| error.to_string())?;
    let mut shown = serde_json::to_value(&selection.transcript).expect("it is data");
    if let Some(Value::Array(channels)) = shown.get_mut("channels") {
        channels.sort_by_key(|channel| channel["id"].to_string());
    }
    shown["warnings"] = serde_json::to_value(&warnings).expect("they are data");
    Ok(shown)
}

fn filters(archive: &Archive) -> Vec<Filter> {
    let transcript = archive.transcript();
    let messages = &transcript.messages;
    let middle = &messages[messages.len() / 2];
    let time = middle.timestamp.map(|time| (time.ms / 1000).to_string());
    let mut filters = vec![
        Filter::default(),
        Filter {
            after: time.clone(),
            ..Filter::default()
        },
        Filter {
            before: time,
            ..Filter::default()
        },
        Filter {
            pinned: Some(true),
            ..Filter::default()
        },
        Filter {
            text: vec!["THE".into()],
            ..Filter::default()
        },
        Filter {
            not_text: vec!["e".into()],
            ..Filter::default()
        },
    ];
    if middle.id.parse::<u64>().is_ok() {
        filters.push(Filter {
            from_id: Some(middle.id.to_string()),
            to_id: messages.last().map(|message| message.id.to_string()),
            ..Filter::default()
        });
    }
    for person in &transcript.people {
        filters.push(Filter {
            author: vec![person.display.to_string()],
            ..Filter::default()
        });
        filters.push(Filter {
            not_author: vec![person.id.to_string()],
            mentions: vec![person.username.to_string()],
            ..Filter::default()
        });
    }
    for what in [
        Has::Attachment,
        Has::Image,
        Has::Embed,
        Has::Link,
        Has::Reaction,
        Has::Poll,
        Has::Reply,
        Has::Mention,
        Has::Thread,
        Has::Component,
    ] {
        filters.push(Filter {
            has: vec![what],
            ..Filter::default()
        });
        filters.push(Filter {
            has_not: vec![what],
            ..Filter::default()
        });
    }
    filters
}

#[test]
fn reading_in_pieces_gives_the_same_as_reading_at_once() {
    for (path, bytes) in samples() {
        let Ok(whole) = read(&[&bytes], &Options::default()) else {
            continue;
        };
        for filter in filters(&whole) {
            let options = Options {
                filter,
                ..Options::default()
            };
            let expected = shown(whole.clone(), &options);
            for piece in [7, 4096] {
                let pieces = Pieces(&bytes, piece);
                let archive = read_in_pieces(&[&pieces], &options, &|_| true)
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let got = shown(archive, &options);
                let what = format!(
                    "{} in pieces of {piece} with {:?}",
                    path.display(),
                    options.filter
                );
                let (Ok(got), Ok(expected)) = (&got, &expected) else {
                    assert_eq!(got, expected, "{what}");
                    continue;
                };
                for (key, value) in expected.as_object().expect("it is one") {
                    assert_eq!(got.get(key), Some(value), "`{key}` of {what}");
                }
            }
        }
    }
}

#[test]
fn only_selected_messages_and_their_originals_are_kept() {
    let message = |id: u64, more: &str| {
        format!(
            r#"{{"id": "{id}", "content": "text {id}", "author": {{"id": "{}", "username": "p{id}"}}{more}}}"#,
            id + 100
        )
    };
    let id = |n: u64| (1_190_000_000_000 + n) << 22;
    let answers = format!(
        r#", "type": 19, "message_reference": {{"message_id": "{}"}}"#,
        id(2)
    );
    let lines: Vec<String> = (1..=50)
        .map(|n| message(id(n), if n == 40 { &answers } else { "" }))
        .collect();
    let options = Options {
        filter: Filter {
            from_id: Some(id(40).to_string()),
            to_id: Some(id(41).to_string()),
            ..Filter::default()
        },
        ..Options::default()
    };
    let text = lines.join("\n");
    let asked = std::cell::RefCell::new(Vec::new());
    let none = |message: &Message| {
        asked.borrow_mut().push(message.id.to_string());
        false
    };
    let all = Options::default();
    read_in_pieces(&[&Pieces(text.as_bytes(), 64)], &all, &none).unwrap();
    let expected: Vec<String> = (1..=50).map(|n| id(n).to_string()).collect();
    assert_eq!(asked.into_inner(), expected);
    let archive = read_in_pieces(&[&Pieces(text.as_bytes(), 64)], &options, &|_| true).unwrap();
    let kept: Vec<&str> = archive
        .transcript()
        .messages
        .iter()
        .map(|message| &*message.id)
        .collect();
    // The first tells what the input is.
    let expected = [1, 2, 40, 41].map(|n| id(n).to_string());
    assert_eq!(kept, expected);
    assert_eq!(archive.transcript().total, 50);
    assert_eq!(archive.transcript().people.len(), 50);
    let selection = archive.into_selection(&options).unwrap();
    assert_eq!(selection.transcript.filtered_out, 48);
    let reply = selection.transcript.messages[0].reply.as_ref().unwrap();
    assert_eq!(&*reply.content, format!("text {}", id(2)));
}

#[test]
fn a_name_that_is_told_late_is_found() {
    let export = |nick: &str, author: &str| {
        format!(
            r#"[{{"id": "1", "content": "a", "author": {{"id": "5", "username": "{author}"}}}},
            {{"id": "2", "content": "b", "author": {{"id": "6", "username": "eve"}}}},
            {{"id": "3", "content": "c", "author": {{"id": "5", "username": "ada"{nick}}}}},
            {{"id": "4", "content": "d", "author": {{"id": "5", "username": "ada"}}}},
            {{"id": "5", "content": "e", "author": {{"id": "5", "username": "ada", "nick": "Countess", "bot": false}}}}]"#
        )
    };
    let options = Options {
        filter: Filter {
            author: vec!["countess".into()],
            ..Filter::default()
        },
        ..Options::default()
    };
    let text = export("", "ada");
    let archive = read_in_pieces(&[&Pieces(text.as_bytes(), 20)], &options, &|_| true).unwrap();
    let selection = archive.into_selection(&options).unwrap();
    let said: Vec<&str> = selection
        .transcript
        .messages
        .iter()
        .map(|message| &*message.content)
        .collect();
    assert_eq!(said, ["a", "c", "d", "e"]);
}

#[test]
fn tables_may_stand_behind_the_messages() {
    let export = r#"{"messages": [
        {"id": "1", "authorId": "5", "content": "a", "timestamp": "2024-03-01T00:00:00Z"},
        {"id": "2", "authorId": "6", "content": "b", "timestamp": "2024-03-02T00:00:00Z"}
    ], "users": {"5": {"username": "ada"}, "6": {"username": "eve"}}}"#;
    let options = Options {
        filter: Filter {
            author: vec!["eve".into()],
            ..Filter::default()
        },
        ..Options::default()
    };
    let archive = read_in_pieces(&[&Pieces(export.as_bytes(), 30)], &options, &|_| true).unwrap();
    let selection = archive.into_selection(&options).unwrap();
    assert_eq!(selection.transcript.messages.len(), 1);
    assert_eq!(&*selection.transcript.messages[0].content, "b");
}

#[test]
fn errors_say_where() {
    let cases = [
        (
            "[{\"id\": \"1\", \"content\": \"a\"},\n {\"id\": \"\u{fffd}",
            "truncated",
        ),
        ("<html>", "got HTML"),
        ("", "the input is empty"),
        ("[1, 2, 3]", "a list of numbers"),
        (
            "ID,Timestamp,Contents,Attachments\n1,2024-01-01,a,\n2,2024-01-02,\"b",
            "truncated",
        ),
    ];
    for (text, expected) in cases {
        let options = Options::default();
        let whole = read(&[text.as_bytes()], &options);
        let pieces = read_in_pieces(&[&Pieces(text.as_bytes(), 5)], &options, &|_| true);
        match (whole, pieces) {
            (Err(whole), Err(pieces)) => {
                assert_eq!(whole, pieces);
                assert!(pieces.to_string().contains(expected), "{pieces}");
            }
            (Ok(whole), Ok(pieces)) => {
                assert_eq!(whole.warnings(), pieces.warnings());
                assert_eq!(pieces.warnings()[0].code, expected);
            }
            (whole, pieces) => panic!("{text}: {whole:?} and {pieces:?}"),
        }
    }
}

#[test]
fn bytes_that_are_no_text_cost_no_message() {
    let bytes: &[u8] =
        b"[{\"id\": \"1\", \"content\": \"a\"},\n\n{\"id\": \"2\", \"content\": \"\xffb\xe4\"}]";
    let options = Options::default();
    let pieces = read_in_pieces(&[&Pieces(bytes, 8)], &options, &|_| true).unwrap();
    let (text, odd) = scrollback_core::legible(bytes, 0).unwrap();
    let mut whole = read(&[&text], &options).unwrap();
    whole.note([odd]);
    for archive in [whole, pieces] {
        let messages = &archive.transcript().messages;
        assert_eq!(&*messages[1].content, "\u{fffd}b\u{fffd}");
        let told: Vec<_> = archive
            .warnings()
            .iter()
            .filter(|told| told.code == codes::NOT_UTF8)
            .collect();
        assert_eq!((told.len(), told[0].count), (1, 2));
        assert_eq!((told[0].place.line, told[0].place.column), (3, 25));
    }
}

#[test]
fn half_a_character_in_utf_16_is_told() {
    let text =
        "\u{feff}[{\"id\": \"1\", \"content\": \"a\"},\n{\"id\": \"2\", \"content\": \"?b😀\"}]";
    let units = text.encode_utf16().map(|unit| match unit {
        0x3f => 0xd83d,
        whole => whole,
    });
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    let options = Options::default();
    let pieces = read_in_pieces(&[&Pieces(&bytes, 8)], &options, &|_| true).unwrap();
    let (text, odd) = scrollback_core::legible(&scrollback_core::in_utf8(&bytes), 0).unwrap();
    let mut whole = read(&[&text], &options).unwrap();
    whole.note([odd]);
    for archive in [whole, pieces] {
        assert_eq!(&*archive.transcript().messages[1].content, "\u{fffd}b😀");
        let mut odd = archive.warnings().iter();
        let told = odd.find(|told| told.code == codes::NOT_UTF8).unwrap();
        assert_eq!(told.count, 1);
        assert_eq!((told.place.line, told.place.column), (2, 25));
    }
    // What a document reads is repaired.
    assert!(read(&[&scrollback_core::utf8(&bytes)], &options).is_ok());
}

#[test]
fn a_log_tells_who_closed_it_however_it_is_read() {
    let log = r#"{"_id": "k", "key": "k", "open": false, "created_at": "2024-01-01 10:00:00",
        "closed_at": "2024-01-01 11:00:00", "title": "Help", "nsfw": false,
        "recipient": {"id": "5", "name": "ada"}, "creator": {"id": "5", "name": "ada"},
        "closer": {"id": "6", "name": "eve", "mod": true}, "close_message": "All done.",
        "messages": [{"message_id": "1", "timestamp": "2024-01-01 10:00:01", "content": "Hi",
            "author": {"id": "5", "name": "ada"}, "type": "thread_message", "edited": true}]}"#;
    let options = Options::default();
    let whole = read(&[log.as_bytes()], &options).unwrap();
    let pieces = read_in_pieces(&[&Pieces(log.as_bytes(), 16)], &options, &|_| true).unwrap();
    for archive in [whole, pieces] {
        let transcript = archive.transcript();
        let said: Vec<_> = transcript
            .messages
            .iter()
            .map(|message| {
                let author = message.author.map(|author| author.index());
                let author = author.map_or("", |at| &*transcript.people[at].username);
                (author, &*message.content, message.is_edited())
            })
            .collect();
        let expected = [("ada", "Hi", true), ("eve", "All done.\n-# closed", false)];
        assert_eq!(said, expected);
        assert_eq!(&*transcript.channel.as_ref().unwrap().topic, "Help");
        assert_eq!(archive.warnings(), []);
    }
}
