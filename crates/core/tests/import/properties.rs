//! No input makes reading panic or lose a message.

use proptest::prelude::*;
use scrollback_core::{Options, transcript};

const SAMPLES: [&str; 3] = [
    include_str!("../../../../examples/exports/server-channel.json"),
    include_str!("../../../../examples/exports/api-messages.json"),
    include_str!("../data/default-dialect.json"),
];

fn all_options() -> [Options; 2] {
    [
        Options::default(),
        Options {
            anonymize: true,
            newest_first: true,
            timezone: Some("Africa/Casablanca".into()),
            now: Some("2024-03-10".into()),
            dialect: scrollback_core::Dialect::Text,
            ..Options::default()
        },
    ]
}

fn run(bytes: &[u8]) {
    for options in all_options() {
        if let Ok((transcript, _)) = transcript(&[bytes], &options) {
            serde_json::to_string(&transcript).expect("a model can be written");
        }
    }
}

/// Any JSON value.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Map, Value};
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[ -~é😀<@#:`]{0,12}".prop_map(Value::from),
        "[0-9]{1,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Keys that mean something, mostly.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "id",
            "type",
            "content",
            "author",
            "timestamp",
            "timestampEdited",
            "attachments",
            "embeds",
            "reactions",
            "users",
            "emoji",
            "mentions",
            "messages",
            "guild",
            "channel",
            "name",
            "nickname",
            "fields",
            "value",
            "url",
            "image",
            "images",
            "components",
            "poll",
            "answers",
            "results",
            "answer_counts",
            "count",
            "reference",
            "messageId",
            "referenced_message",
            "message_snapshots",
            "message",
            "forwardedMessage",
            "call",
            "waveform",
            "inlineEmojis",
            "roles",
            "color",
            "member",
            "isPinned",
            "interaction",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,5}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        run(&bytes);
    }

    #[test]
    fn any_json(value in json()) {
        run(value.to_string().as_bytes());
    }

    #[test]
    fn any_list_keeps_its_length(values in prop::collection::vec(json(), 0..6)) {
        // Lists within the list are search results, and hold messages.
        let values: Vec<_> = values.into_iter().filter(|value| !value.is_array()).collect();
        // Messages with the same id are one, and envelopes and exports may hold several.
        let values: Vec<_> = values.into_iter().map(|mut value| {
            if let Some(members) = value.as_object_mut() {
                for key in ["id", "messages", "response", "data", "d", "body", "message", "payload"] {
                    members.remove(key);
                }
            }
            value
        }).collect();
        let list = serde_json::to_string(&values).expect("it can be written");
        let export = format!("{{\"messages\": {list}}}");
        let (read, _) = transcript(&[export.as_bytes()], &Options::default())
            .expect("an export says that its list is messages");
        prop_assert_eq!(read.messages.len(), values.len());
        // Alone, a list is one of messages if any of them may be one.
        if let Ok((read, _)) = transcript(&[list.as_bytes()], &Options::default()) {
            prop_assert_eq!(read.messages.len(), values.len());
        }
    }

    #[test]
    fn any_damage(
        sample in 0..SAMPLES.len(),
        at in any::<prop::sample::Index>(),
        length in 0usize..60,
        with in "[\\]\\[{}\",:0-9a-z\\\\ ]{0,8}",
    ) {
        let mut bytes = SAMPLES[sample].as_bytes().to_vec();
        let at = at.index(bytes.len());
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, with.bytes());
        run(&bytes);
    }

    #[test]
    fn a_reversed_export_is_the_same(seed in 0usize..SAMPLES.len()) {
        let mut value: serde_json::Value =
            serde_json::from_str(SAMPLES[seed]).expect("it is JSON");
        let first = model(SAMPLES[seed]);
        value["messages"].as_array_mut().expect("there are messages").reverse();
        let second = model(&value.to_string());
        prop_assert_eq!(first, second);
    }
}

/// Ids and texts in order.
fn model(input: &str) -> Vec<(String, String)> {
    let (transcript, _) = transcript(&[input.as_bytes()], &Options::default()).expect("readable");
    let messages = transcript.messages.iter();
    messages
        .map(|message| (message.id.to_string(), message.content.to_string()))
        .collect()
}
