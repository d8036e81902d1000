//! Values in files of other programs that can't be read are kept and reported.

use scrollback_core::model::{Message, MessageType};
use scrollback_core::{Options, transcript};

const RECORD: &str = include_str!("../data/formats/browser.har");

/// The text of what can't be read as a message.
fn unread<'m>(message: &'m Message) -> &'m str {
    message.system.as_ref().map_or("", |system| &*system.text)
}

#[test]
fn an_answer_that_was_cut_off_in_a_record_is_told() {
    let cut = RECORD.replacen("On Thursday", "On Thurs\\\" cut off", 1);
    let (transcript, warnings) = transcript(&[cut.as_bytes()], &Options::default()).unwrap();
    let messages = &transcript.messages;
    let read = |text: &str| messages.iter().any(|one| &*one.content == text);
    assert!(read("Is the kiln **free**?") && read("House rules"));
    let kept = messages
        .iter()
        .find(|one| one.kind == MessageType::UNREADABLE);
    assert!(unread(kept.unwrap()).contains("On Thurs"));
    let told: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("expected a message (an object), got the text"),
        "{told:?}"
    );
}

#[test]
fn an_answer_that_is_not_encoded_as_it_says_is_read() {
    let wrong = RECORD.replace("\"text\": \"[", "\"encoding\": \"base64\", \"text\": \"[");
    assert_ne!(wrong, RECORD);
    let whole = transcript(&[RECORD.as_bytes()], &Options::default()).unwrap();
    let wrong = transcript(&[wrong.as_bytes()], &Options::default()).unwrap();
    assert_eq!(wrong.0.messages.len(), whole.0.messages.len());
}

#[test]
fn entries_that_are_not_messages_are_kept_as_unread() {
    let file = r#"{"users": {"101": {"name": "tomasz"}}, "channel": {"id": "1", "name": "kiln"},
        "messages": [{"id": "2", "authorId": "101", "content": "Fire!"}, "a note", null]}"#;
    let (transcript, warnings) = transcript(&[file.as_bytes()], &Options::default()).unwrap();
    let unread: Vec<_> = transcript.messages.iter().map(unread).collect();
    assert_eq!(unread, ["", "a note", "null"]);
    assert!(!warnings.is_empty());
}

#[test]
fn cells_without_a_column_are_told() {
    let table =
        "ID,Timestamp,Contents,Attachments\n1,2024-03-01,So, what now?,\n2,2024-03-01,a,,,\n";
    let (transcript, warnings) = transcript(&[table.as_bytes()], &Options::default()).unwrap();
    assert_eq!(transcript.messages.len(), 2);
    let told: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert!(
        !told.iter().any(|one| one.contains("no column")),
        "an empty cell more: {told:?}"
    );
    let table = table.replace("now?,", "now?,later,");
    let (_, warnings) =
        scrollback_core::transcript(&[table.as_bytes()], &Options::default()).unwrap();
    assert!(
        warnings[0].to_string().contains("(no column)"),
        "{warnings:?}"
    );
}

#[test]
fn a_field_that_an_object_has_twice_is_told_each_time() {
    let message = |more: &str| {
        format!(r#"{{"id": "1", "timestamp": "2024-03-01T00:00:00Z", "content": "a", {more}}}"#)
    };
    let read = |messages: &[String]| {
        let input = format!("[{}]", messages.join(","));
        let (transcript, warnings) =
            transcript(&[input.as_bytes()], &Options::default()).expect("it is read");
        let told = warnings
            .iter()
            .map(|one| (one.code, one.count))
            .collect::<Vec<_>>();
        (transcript.messages[0].content.to_string(), told)
    };
    let twice = message(r#""content": "b""#);
    let told = vec![("duplicate-field", 2)];
    let other = twice.replace("\"1\"", "\"2\"");
    assert_eq!(read(&[twice, other]), ("b".into(), told));
    // Several names of a field are written side by side, and nothing stands in null.
    let fine = message(
        r#""content": null, "attachments": [{"filename": "x", "fileName": "x", "url": "u"}]"#,
    );
    assert_eq!(read(&[fine]), ("a".into(), vec![]));
    let within = message(r#""embeds": [{"title": "a", "title": "b"}]"#);
    assert_eq!(read(&[within]), ("a".into(), vec![("duplicate-field", 1)]));
}
