//! Whatever value a field of an export has, its message is read and can be drawn.

use scrollback_core::{Options, transcript, typeset};
use serde_json::{Map, Value, json};

use crate::mutation::{changed, places, replacements, samples, shown};

/// The export with this message alone, between two of plain words.
fn around(export: &Map<String, Value>, message: &Value) -> Value {
    let plain = |id: u64| {
        json!({"id": id.to_string(), "content": "plain", "type": 0,
        "author": {"id": "4194304", "username": "Ada"}})
    };
    let mut export = export.clone();
    let messages = json!([plain(4_194_304), message, plain((1 << 62) + 5)]);
    export.insert("messages".into(), messages);
    export.remove("messageCount");
    Value::Object(export)
}

/// What is kept as it came. Numbers in it may be of any size; its words may be drawn.
const AS_IT_CAME: [&str; 14] = [
    "activity",
    "application",
    "authorizing_integration_owners",
    "avatar_decoration_data",
    "collectibles",
    "content_scan_metadata",
    "default_values",
    "display_name_styles",
    "gift_info",
    "member",
    "purchase_notification",
    "resolved",
    "role_subscription_data",
    "shared_client_theme",
];

/// Checks that all of it can be drawn: Typst refuses other numbers, and HTML other
/// characters.
fn check_drawable(value: &ciborium::Value, what: &str, as_it_came: bool) {
    match value {
        ciborium::Value::Text(text) => {
            let bad = text
                .chars()
                .find(|c| (c.is_control() && *c != '\n') || u32::from(*c) & 0xfffe == 0xfffe);
            assert_eq!(bad, None, "{what}: {text:?}");
        }
        _ if as_it_came && (value.is_integer() || value.is_float()) => {}
        ciborium::Value::Integer(number) => {
            assert!(
                i64::try_from(i128::from(*number)).is_ok(),
                "{what}: {number:?}"
            );
        }
        ciborium::Value::Float(number) => {
            assert!(number.is_finite() && *number >= 0.0, "{what}: {number}");
        }
        ciborium::Value::Array(items) => items
            .iter()
            .for_each(|item| check_drawable(item, what, as_it_came)),
        ciborium::Value::Map(members) => {
            for (key, value) in members {
                check_drawable(key, what, as_it_came);
                let key = key.as_text().unwrap_or_default();
                // What nobody knows is but named.
                if key != "extra" {
                    check_drawable(value, what, as_it_came || AS_IT_CAME.contains(&key));
                }
            }
        }
        _ => {}
    }
}

fn check(export: &Value, messages: usize, what: &str) {
    let text = serde_json::to_vec(export).expect("it can be written");
    let options = Options::default();
    let (cbor, _) = typeset(&[&text], &options).unwrap_or_else(|error| panic!("{what}: {error}"));
    let drawn: ciborium::Value = ciborium::from_reader(&*cbor).expect("it is CBOR");
    let members = drawn.as_map().expect("a map").iter();
    let mut lists = members.filter(|(key, _)| key.as_text() == Some("messages"));
    let list = lists.next().and_then(|(_, list)| list.as_array());
    assert_eq!(list.map_or(0, Vec::len), messages, "{what}");
    check_drawable(&drawn, what, false);
}

#[test]
fn any_field_of_any_message_may_hold_anything() {
    let replacements = replacements();
    let mut tried = 0;
    for export in samples() {
        let messages = export["messages"].as_array().expect("a list").clone();
        // People and the server are mutated below.
        let mut head = export.clone();
        head.insert("messages".into(), json!([]));
        for message in messages {
            for place in &places(&message) {
                let name = place.join(".");
                check(&around(&head, &changed(&message, place, None)), 3, &name);
                for by in &replacements {
                    let what = format!("{name} = {}", shown(Some(by)));
                    // The same id twice is one message.
                    let message = changed(&message, place, Some(by));
                    check(&around(&head, &message), 3, &what);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 20_000, "{tried}");
}

#[test]
fn any_field_around_the_messages_may_hold_anything() {
    for export in samples() {
        let message = json!({"id": "5", "content": "<#1> <@&1> <@1>", "type": 0});
        let head = around(&export, &message);
        let mut all = places(&head);
        all.retain(|place| place[0] != "messages");
        for place in &all {
            check(&changed(&head, place, None), 3, &place.join("."));
            for by in replacements() {
                let what = format!("{} = {}", place.join("."), shown(Some(&by)));
                check(&changed(&head, place, Some(&by)), 3, &what);
            }
        }
    }
}

#[test]
fn text_that_no_parser_takes_is_mended() {
    let read = |message: &str| {
        let text = format!(r#"{{"messages": [{message}]}}"#);
        let (read, warnings) =
            transcript(&[text.as_bytes()], &Options::default()).expect("there is a message");
        let message = &read.messages[0];
        assert_eq!(&*message.id, "4194304", "{message:?}");
        (message.content.to_string(), warnings.len())
    };
    // A tab and a control character that aren't escaped, as some loggers write.
    let (content, warnings) = read("{\"id\": \"4194304\", \"content\": \"a\tb\u{1}c\"}");
    assert_eq!((&*content, warnings), ("a    b\u{fffd}c", 1));
    let (content, _) = read(r#"{"id": "4194304", "content": "a", "flags": 1e999}"#);
    assert_eq!(content, "a");
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let (content, _) = read(&format!(
        r#"{{"id": "4194304", "content": "a", "embeds": {deep}}}"#
    ));
    assert_eq!(content, "a");
}
