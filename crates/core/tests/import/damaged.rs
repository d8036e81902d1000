//! Importers with unusual or damaged inputs.

use scrollback_core::model::{Message, MessageType, ReplyState, Source, Transcript};
use scrollback_core::{Options, Warning, transcript};

fn read<'a>(inputs: &[&'a str]) -> (Transcript<'a>, Vec<Warning>) {
    let inputs: Vec<&[u8]> = inputs.iter().map(|input| input.as_bytes()).collect();
    transcript(&inputs, &Options::default()).expect("there are messages")
}

fn error(input: &[u8]) -> String {
    transcript(&[input], &Options::default())
        .expect_err("it can't be read")
        .to_string()
}

fn lines(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(ToString::to_string).collect()
}

fn contents<'t>(transcript: &'t Transcript) -> Vec<&'t str> {
    transcript
        .messages
        .iter()
        .map(|message| &*message.content)
        .collect()
}

/// An export of messages given as JSON.
fn export(messages: &str) -> String {
    format!(r#"{{"channel": {{"id": "1"}}, "dateRange": {{}}, "messages": [{messages}]}}"#)
}

#[test]
fn no_export() {
    let cases: [(&[u8], &str); 13] = [
        (
            b"[{'id': '1', 'content': 'a'}]",
            "input 1, line 1, column 1: expected messages of Discord's API, each with `content`, \
             `author` or `timestamp`; got objects that aren't JSON, as their keys aren't in double \
             quotes; write them with a program's function for JSON, such as Python's `json.dump`",
        ),
        (
            b"",
            "input 1, line 1, column 1: expected a JSON export, got nothing (the input is empty)",
        ),
        (
            b" \n ",
            "input 1, line 1, column 1: expected a JSON export, got nothing (the input is empty)",
        ),
        (
            b"<!DOCTYPE html>",
            "input 1, line 1, column 1: expected a JSON export (`{` or `[`), got HTML; \
             export again as JSON (DiscordChatExporter's `--format Json`)",
        ),
        (
            b"AuthorID,Author,Date,Content,Attachments,Reactions",
            "input 1, line 1, column 1: expected a JSON export (`{` or `[`), got a CSV export \
             of DiscordChatExporter; export again as JSON (DiscordChatExporter's `--format Json`)",
        ),
        (
            b"======\nGuild: A",
            "input 1, line 1, column 1: expected a JSON export (`{` or `[`), got a plain-text \
             export of DiscordChatExporter; export again as JSON (DiscordChatExporter's `--format \
             Json`)",
        ),
        (
            b"hello",
            "input 1, line 1, column 1: expected a JSON export (`{` or `[`), got a text that \
             begins with \"hello\"; export again as JSON (DiscordChatExporter's `--format Json`)",
        ),
        (
            b"\xff\xfe{\0",
            "input 1, line 1, column 1: expected UTF-8, got UTF-16 or UTF-32; save the file as UTF-8",
        ),
        (
            b"PK\x03\x04rest",
            "input 1, line 1, column 1: expected a JSON export (`{` or `[`), got a ZIP archive; \
             unpack it and give the JSON files inside",
        ),
        (
            b"\x1f\x8brest",
            "input 1, line 1, column 1: expected a JSON export (`{` or `[`), got a gzip file; \
             unpack it first",
        ),
        (
            b"[{\"content\":\n \"\xffx\"}]",
            "input 1, line 2, column 3: expected UTF-8, got the byte 0xff; save the file as UTF-8",
        ),
        (
            br#"{"guild": {"id": "1"}, "channels": [], "other": 1}"#,
            "input 1, line 1, column 1: expected `messages` (an export of DiscordChatExporter), \
             or messages of Discord's API as a list or one per line; got an object with `guild`, \
             `other`",
        ),
        (
            b"{}",
            "input 1, line 1, column 1: expected `messages` (an export of DiscordChatExporter), \
             or messages of Discord's API as a list or one per line; got an object without any",
        ),
    ];
    for (input, message) in cases {
        assert_eq!(error(input), message);
    }
    let none = transcript(&[], &Options::default()).expect_err("there is nothing");
    assert_eq!(none.to_string(), "expected an export, got none");
}

#[test]
fn api_messages_in_every_wrapping() {
    let a =
        r#"{"id": "4194304", "type": 0, "content": "a", "author": {"id": "7", "username": "u"}}"#;
    let b =
        r#"{"id": "8388608", "type": 0, "content": "b", "author": {"id": "7", "username": "u"}}"#;
    for input in [
        format!("[{a},{b}]"),
        format!("[{b},{a}]"),
        format!("{a}\n{b}\n"),
        format!("{b}\r\n{a}"),
        format!("\u{feff}[{a},{b}]"),
        format!(r#"{{"messages": [{a}, {b}], "channel": {{"id": "1"}}}}"#),
        format!(r#"{{"total_results": 2, "messages": [[{a}], [{b}]]}}"#),
        format!(r#"{{"guild": {{"id": "9"}}}}{a}{b}"#),
    ] {
        let (transcript, warnings) = read(&[&input]);
        assert_eq!(contents(&transcript), ["a", "b"], "{input}");
        assert_eq!(transcript.source, Source::DiscordApi);
        assert_eq!(transcript.people.len(), 1);
        assert_eq!(warnings, []);
    }
}

#[test]
fn single_message() {
    let (transcript, _) = read(&[r#"{"id": "4194304", "content": "alone"}"#]);
    assert_eq!(contents(&transcript), ["alone"]);
    assert_eq!(
        transcript.messages[0].timestamp.map(|t| t.ms),
        Some(1_420_070_400_001)
    );
}

#[test]
fn truncated_export_keeps_whole_messages() {
    let whole = include_str!("../../../../examples/exports/server-channel.json");
    let at = whole
        .find("test tiles, front and back")
        .expect("it is there");
    let (transcript, warnings) = read(&[&whole[..at]]);
    assert_eq!(transcript.messages.len(), 14);
    let [warning] = &warnings[..] else {
        panic!("{warnings:?}")
    };
    assert_eq!(warning.code, "truncated");
    let last = &transcript.messages[13].id;
    let text = warning.to_string();
    let expected = format!(
        ": the file ends too early, or is damaged: what begins here isn't whole; the 14 messages \
         before it (up to {last}) are read. Export again to get the rest"
    );
    assert!(text.ends_with(&expected), "{text}");
    let line = whole
        .lines()
        .nth(warning.place.line - 1)
        .expect("the line is there");
    assert_eq!((line, warning.place.column), ("    {", 5));
}

#[test]
fn truncated_anywhere_is_no_error_once_messages_begin() {
    let whole = include_str!("../data/firing-log.json");
    let start = whole.find("\"messages\": [").expect("it is there") + 13;
    for end in start..whole.len() {
        let Some(cut) = whole.get(..end) else {
            continue;
        };
        let (transcript, warnings) = read(&[cut]);
        assert!(transcript.messages.len() <= 4);
        let over = cut.trim_end().len() == whole.trim_end().len();
        assert_eq!(
            over,
            warnings.iter().all(|w| w.code != "truncated"),
            "{end}"
        );
    }
}

#[test]
fn cut_inside_a_character() {
    let text = "[{\"id\":\"4194304\",\"content\":\"a\"},{\"content\":\"é";
    let (transcript, warnings) =
        transcript(&[&text.as_bytes()[..text.len() - 1]], &Options::default()).expect("readable");
    assert_eq!(contents(&transcript), ["a"]);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].code, "truncated");
}

#[test]
fn unreadable_messages_are_kept_as_text() {
    let input = export(r#"{"id":"1","content":"a"}, {"id": nope}, 7, {"id":"2","content":"b"}"#);
    let (transcript, warnings) = read(&[&input]);
    let kept = |message: &Message| {
        let system = message.system.as_ref();
        system.map_or_else(
            || message.content.to_string(),
            |facts| facts.text.to_string(),
        )
    };
    let kept: Vec<_> = transcript.messages.iter().map(kept).collect();
    assert_eq!(kept, ["a", r#"{"id": nope}"#, "7", "b"]);
    assert_eq!(transcript.messages[1].kind, MessageType::UNREADABLE);
    let unreadable: Vec<_> = warnings
        .iter()
        .filter(|w| w.code == "unreadable-message")
        .collect();
    assert_eq!(
        unreadable
            .iter()
            .map(|w| w.message.clone())
            .collect::<Vec<_>>(),
        [
            "expected a message, got invalid JSON (expected ident); its text is kept",
            "expected a message (an object), got the number 7; its text is kept",
        ]
    );
    assert_eq!(&input[unreadable[0].place.column - 1..][..3], "ope");
}

#[test]
fn stray_text_between_messages() {
    let input = export(r#"{"id":"1","content":"a"} ??? {"id":"2","content":"b"}"#);
    let (transcript, warnings) = read(&[&input]);
    assert_eq!(contents(&transcript), ["a", "b"]);
    assert!(warnings.iter().any(|w| {
        w.code == "stray-text"
            && w.message
                == "expected a message, `,` or the end, got \"??? {\\\"id\\\":\\\"2\\\",\\\"conte\"; \
                    4 bytes are left out"
    }), "{:#?}", lines(&warnings));
}

#[test]
fn unknown_fields_are_kept_and_told_once() {
    let message = |id: u8| {
        format!(
            r#"{{"id":"{id}","timestamp":"2024-01-01T00:00:0{id}Z","isPinned":false,
                "content":"c","glow":{{"hue":{id}}},"author":{{"id":"5","name":"n"}},
                "attachments":[{{"id":"6","fileName":"f","smell":"lilac"}}]}}"#
        )
    };
    let input = export(&[message(1), message(2), message(3)].join(","));
    let (transcript, warnings) = read(&[&input]);
    assert_eq!(
        lines(&warnings),
        [
            "input 1, line 1, column 56, message 1: the field `glow` of a message is unknown and \
             not drawn (3 times)",
            "input 1, line 1, column 56, message 1: the field `smell` of an attachment is unknown \
             and not drawn (3 times)",
        ]
    );
    let json = serde_json::to_value(&transcript.messages[1]).expect("it can be written");
    assert_eq!(json["extra"]["glow"]["hue"], 2);
    assert_eq!(json["attachments"][0]["extra"]["smell"], "lilac");
}

#[test]
fn words_for_types_and_times_are_read() {
    let components = r#"[{"type":"ACTION_ROW","components":[{"type":"Button","style":"LINK","url":"https://a.b"}]}]"#;
    let input = format!(
        r#"[{{"id":"1","timestamp":"Sat, 28 Nov 2026 02:51:22 +0000","content":"c",
            "author":{{"id":"2","username":"ada"}},"components":{components}}}]"#
    );
    let (transcript, warnings) = read(&[&input]);
    assert_eq!(lines(&warnings), [""; 0]);
    let message = &transcript.messages[0];
    assert_eq!(
        message.timestamp.map(|time| time.ms),
        Some(1_795_834_282_000)
    );
    let row = &message.components[0];
    assert_eq!(
        (row.kind, row.components[0].kind, row.components[0].style),
        (1, 2, 5)
    );
}

#[test]
fn values_of_the_wrong_kind_are_kept_and_told() {
    let input = export(
        r#"{"id":"1","timestamp":"yesterday","content":"c","attachments":"none","isPinned":"yes",
            "mentions":[3.5],"type":"Sideways"}"#,
    );
    let (transcript, warnings) = read(&[&input]);
    let told: Vec<_> = warnings.iter().map(|w| (w.code, &*w.message)).collect();
    assert_eq!(
        told,
        [
            (
                "unexpected-value",
                "field `timestamp` of a message: expected a time such as \
                 \"2024-03-01T12:00:00+00:00\", got the text \"yesterday\"; it is not drawn"
            ),
            (
                "unexpected-value",
                "field `attachments` of a message: expected a list, got the text \"none\"; it is not drawn"
            ),
            (
                "unexpected-value",
                "field `isPinned` of a message: expected `true` or `false`, got the text \"yes\"; it is not drawn"
            ),
            (
                "unexpected-value",
                "element 1 of the list `mentions`: expected a user object, or the id of a user, \
                 got the number 3.5; it is not drawn"
            ),
            (
                "unexpected-value",
                "field `type` of a message: expected a message type: its number, or the exporter's \
                 name for it, got the text \"Sideways\"; it is not drawn"
            ),
            (
                "missing-field",
                "expected `timestamp` in every message, got one without; it stays where it stands \
                 in the input"
            ),
        ]
    );
    let extra: Vec<_> = transcript.messages[0]
        .extra
        .iter()
        .map(|(key, _)| &**key)
        .collect();
    assert_eq!(
        extra,
        [
            "timestamp",
            "attachments",
            "isPinned",
            "type",
            "mentions[0]"
        ]
    );
}

#[test]
fn lone_surrogates_become_replacement_characters() {
    let (transcript, warnings) =
        read(&[r#"[{"id":"4194304","content":"cut \ud83d off \ud83d\ude00"}]"#]);
    assert_eq!(contents(&transcript), ["cut \u{fffd} off 😀"]);
    assert_eq!(warnings[0].code, "lone-surrogate");
}

#[test]
fn parts_in_any_order_make_one_transcript() {
    let parts = [
        include_str!("../data/firing-log.json"),
        include_str!("../data/firing-log [part 2].json"),
    ];
    for inputs in [[parts[0], parts[1]], [parts[1], parts[0]]] {
        let (transcript, warnings) = read(&inputs);
        assert_eq!(
            contents(&transcript),
            [
                "entry 1", "entry 2", "entry 3", "entry 4", "entry 5", "entry 6"
            ]
        );
        assert_eq!(transcript.total, 6);
        assert_eq!(warnings, []);
        let reply = transcript.messages[4].reply.as_ref().expect("it answers");
        assert_eq!(
            (reply.state, reply.message, &*reply.content),
            (ReplyState::Here, Some(3), "entry 4")
        );
    }
}

#[test]
fn of_two_versions_the_later_edit_stays() {
    let one = r#"[{"id":"4194304","content":"old"}]"#;
    let two = r#"[{"id":"4194304","content":"new","edited_timestamp":"2024-01-01T00:00:00Z"}]"#;
    for inputs in [[one, two], [two, one]] {
        let (transcript, warnings) = read(&inputs);
        assert_eq!(contents(&transcript), ["new"]);
        assert_eq!(
            lines(&warnings),
            [
                "input 1, message 4194304: the same message came twice with different content; the \
              one edited last is kept"
            ]
        );
    }
}

#[test]
fn a_thread_starts_with_the_message_of_its_channel() {
    let channel = include_str!("../../../../examples/exports/server-channel.json");
    let thread = include_str!("../../../../examples/exports/thread.json");
    let (alone, _) = read(&[thread]);
    let starter = alone.messages[0].starter.as_ref().expect("it has one");
    assert_eq!(starter.state, ReplyState::Unknown);
    let (both, warnings) = read(&[thread, channel]);
    let first = both
        .messages
        .iter()
        .find(|m| m.kind == MessageType::THREAD_STARTER);
    let starter = first.and_then(|m| m.starter.as_ref()).expect("it has one");
    assert_eq!(starter.state, ReplyState::Here);
    assert!(starter.content.starts_with("Who is in on"));
    assert_eq!(warnings[0].code, "several-channels");
}

#[test]
fn the_files_own_count_is_checked() {
    let input =
        r#"{"channel":{"id":"1"},"messages":[{"id":"4194304","content":"a"}],"messageCount":2}"#;
    let (_, warnings) = read(&[input]);
    assert_eq!(
        lines(&warnings),
        ["input 1, line 1, column 1: expected 2 messages (`messageCount`), got 1"]
    );
}

#[test]
fn windows_paths_get_slashes() {
    let input = export(
        r#"{"id":"4194304","isPinned":false,"content":"C:\\x","attachments":
            [{"id":"1","url":"a.json_Files\\b-1.png","fileName":"b.png","fileSizeBytes":1}]}"#,
    );
    let (transcript, _) = read(&[&input]);
    assert_eq!(
        &*transcript.messages[0].attachments[0].url,
        "a.json_Files/b-1.png"
    );
    assert_eq!(&*transcript.messages[0].content, "C:\\x");
}

#[test]
fn a_webhook_is_as_many_people_as_it_has_names() {
    let message = |id: u64, name: &str| {
        format!(
            r#"{{"id":"{}","content":"x","webhook_id":"9","author":{{"id":"9","username":"{name}","bot":true}}}}"#,
            id << 22
        )
    };
    let input = format!(
        "[{},{},{}]",
        message(1, "Log"),
        message(2, "Alarm"),
        message(3, "Log")
    );
    let (transcript, _) = read(&[&input]);
    let authors: Vec<_> = transcript
        .messages
        .iter()
        .filter_map(|m| m.author)
        .collect();
    assert_eq!(transcript.people.len(), 2);
    assert_eq!(authors[0], authors[2]);
    assert!(transcript.people.iter().all(|person| person.webhook));
}

#[test]
fn deep_nesting_is_no_overflow() {
    for open in [
        "[",
        "{\"a\":",
        "{\"components\":[",
        "{\"referenced_message\":",
    ] {
        let input = format!(
            "[{{\"id\":\"4194304\",\"components\":[{}",
            open.repeat(50_000)
        );
        assert!(transcript(&[input.as_bytes()], &Options::default()).is_ok());
        let close = if open.ends_with('[') && open.len() > 1 {
            "]}"
        } else if open == "[" {
            "]"
        } else {
            "}"
        };
        let input = format!(
            "[{{\"content\":\"a\",\"x\":{}1{}}}]",
            open.repeat(5_000),
            close.repeat(5_000)
        );
        let (transcript, warnings) = read(&[&input]);
        assert_eq!(transcript.messages.len(), 1);
        assert_eq!(warnings[0].code, "unexpected-value");
    }
}
