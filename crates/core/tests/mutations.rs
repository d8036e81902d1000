//! Whatever one field of an export holds, its message is read and can be drawn.

use scrollback_core::{Options, transcript, typeset};
use serde_json::{Map, Value, json};

/// What a field may hold instead: by others' mistakes, and on purpose.
fn replacements() -> Vec<Value> {
    let nested = (0..200).fold(json!("deep"), |inner, _| json!([inner]));
    let nest = (0..200).fold(json!("deep"), |inner, _| json!({"components": [inner]}));
    vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1),
        json!(19),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(9_223_372_036_854_775_808_u64),
        json!(u64::MAX),
        json!(1e300),
        json!(-0.5),
        json!(""),
        json!(" \t\u{a0}"),
        json!("x"),
        json!("7"),
        json!("-7"),
        json!("18446744073709551616"),
        json!("2024-02-30T25:61:61+99:99"),
        json!("9999-12-31T23:59:59.999999999-18:00"),
        json!("\u{0}\u{b}\u{1b}[31m\u{7f}\u{85}\u{202e}\u{fdd0}\u{ffff}\u{10ffff}"),
        json!("𝓶\u{301}\u{301}\u{200d}🏳\u{fe0f}\u{200d}🌈**_~~||`<@1>"),
        json!("a".repeat(10_000)),
        json!("[".repeat(2_000)),
        json!([]),
        json!({}),
        json!([null]),
        json!([1, "x", {}, [], true]),
        json!({"id": 5, "name": [], "url": {}, "type": "x"}),
        nested,
        nest,
    ]
}

/// All places of a value: the keys and indices that lead there.
fn places(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            // The items of a list are alike.
            .take(2)
            .map(|(at, v)| (at.to_string(), v))
            .collect(),
        _ => return,
    };
    for (key, inner) in members {
        path.push(key);
        found.push(path.clone());
        places(inner, path, found);
        path.pop();
    }
}

/// The value with something else at a place, or with nothing there.
fn changed(value: &Value, path: &[String], by: Option<&Value>) -> Value {
    let Some((key, rest)) = path.split_first() else {
        return by.cloned().unwrap_or_default();
    };
    let leave_out = rest.is_empty() && by.is_none();
    match value {
        Value::Object(members) => {
            let mut members = members.clone();
            if leave_out {
                members.remove(key);
            } else if let Some(inner) = members.get_mut(key) {
                *inner = changed(inner, rest, by);
            }
            Value::Object(members)
        }
        Value::Array(items) => {
            let mut items = items.clone();
            let at: usize = key.parse().expect("it is an index");
            if leave_out {
                items.remove(at);
            } else {
                items[at] = changed(&items[at], rest, by);
            }
            Value::Array(items)
        }
        other => other.clone(),
    }
}

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

/// What is kept as it came, and drawn by nothing.
const UNDRAWN: [&str; 13] = [
    "extra",
    "activity",
    "application",
    "authorizing_integration_owners",
    "avatar_decoration_data",
    "collectibles",
    "content_scan_metadata",
    "display_name_styles",
    "gift_info",
    "purchase_notification",
    "resolved",
    "role_subscription_data",
    "shared_client_theme",
];

/// Checks that all of it can be drawn: Typst refuses other numbers, and HTML other
/// characters.
fn check_drawable(value: &ciborium::Value, what: &str) {
    match value {
        ciborium::Value::Text(text) => {
            let bad = text
                .chars()
                .find(|c| (c.is_control() && *c != '\n') || u32::from(*c) & 0xfffe == 0xfffe);
            assert_eq!(bad, None, "{what}: {text:?}");
        }
        ciborium::Value::Integer(number) => {
            assert!(
                i64::try_from(i128::from(*number)).is_ok(),
                "{what}: {number:?}"
            );
        }
        ciborium::Value::Float(number) => {
            assert!(number.is_finite() && *number >= 0.0, "{what}: {number}");
        }
        ciborium::Value::Array(items) => items.iter().for_each(|item| check_drawable(item, what)),
        ciborium::Value::Map(members) => {
            for (key, value) in members {
                check_drawable(key, what);
                if !key.as_text().is_some_and(|key| UNDRAWN.contains(&key)) {
                    check_drawable(value, what);
                }
            }
        }
        _ => {}
    }
}

fn check(export: &Value, messages: usize, what: &str) {
    let text = serde_json::to_vec(export).expect("it can be written");
    let options = Options::default();
    let typeset = typeset(&[&text], &options).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(typeset.messages, messages, "{what}");
    let drawn: ciborium::Value = ciborium::from_reader(&*typeset.cbor).expect("it is CBOR");
    check_drawable(&drawn, what);
}

fn sample(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).expect("samples are objects")
}

fn samples() -> [Map<String, Value>; 4] {
    [
        sample(include_str!(
            "../../../examples/exports/server-channel.json"
        )),
        sample(include_str!(
            "../../../examples/exports/direct-message.json"
        )),
        sample(include_str!("../../../examples/exports/thread.json")),
        sample(include_str!("../../../examples/exports/api-messages.json")),
    ]
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
            let mut all = Vec::new();
            places(&message, &mut Vec::new(), &mut all);
            for place in &all {
                let name = place.join(".");
                check(&around(&head, &changed(&message, place, None)), 3, &name);
                for by in &replacements {
                    let what = format!("{name} = {}", shown(by));
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
        let mut all = Vec::new();
        places(&head, &mut Vec::new(), &mut all);
        all.retain(|place| place[0] != "messages");
        for place in &all {
            check(&changed(&head, place, None), 3, &place.join("."));
            for by in replacements() {
                let what = format!("{} = {}", place.join("."), shown(&by));
                check(&changed(&head, place, Some(&by)), 3, &what);
            }
        }
    }
}

fn shown(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
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
