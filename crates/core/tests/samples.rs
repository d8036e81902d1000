//! Snapshots of the transcripts of the sample exports.

use scrollback_core::{Options, read, transcript, typeset};

#[path = "../testing/locale.rs"]
mod locale;

fn english() -> Options {
    Options {
        times: locale::times("en"),
        ..Options::default()
    }
}

fn model(inputs: &[&str], options: &Options) -> serde_json::Value {
    let inputs: Vec<&[u8]> = inputs.iter().map(|input| input.as_bytes()).collect();
    let (transcript, warnings) = transcript(&inputs, options).expect("samples are readable");
    assert_eq!(warnings, []);
    serde_json::to_value(&transcript).expect("a model can be written")
}

macro_rules! sample {
    ($name:ident, $($file:literal),+) => {
        #[test]
        fn $name() {
            let inputs = [$(include_str!($file)),+];
            insta::assert_json_snapshot!(model(&inputs, &english()));
        }
    };
}

sample!(
    server_channel,
    "../../../examples/exports/server-channel.json"
);
sample!(
    direct_message,
    "../../../examples/exports/direct-message.json"
);
sample!(thread, "../../../examples/exports/thread.json");
sample!(api_messages, "../../../examples/exports/api-messages.json");
sample!(default_dialect, "data/default-dialect.json");
sample!(
    parts,
    "data/firing-log.json",
    "data/firing-log [part 2].json"
);

#[test]
fn cbor_holds_the_same_as_json() {
    let input = include_str!("../../../examples/exports/api-messages.json");
    let (transcript, _) =
        transcript(&[input.as_bytes()], &Options::default()).expect("samples are readable");
    let mut bytes = Vec::new();
    ciborium::into_writer(&transcript, &mut bytes).expect("a model can be written");
    let back: ciborium::Value = ciborium::from_reader(&bytes[..]).expect("it is sound CBOR");
    let messages = back
        .as_map()
        .and_then(|map| {
            map.iter()
                .find(|(key, _)| key.as_text() == Some("messages"))
        })
        .and_then(|(_, messages)| messages.as_array())
        .expect("there are messages");
    assert_eq!(messages.len(), transcript.messages.len());
    assert!(bytes.len() < input.len(), "empty fields are left out");
}

#[test]
fn pieces_hold_the_same_as_the_whole() {
    let input: &[u8] = include_bytes!("../../../examples/exports/api-messages.json");
    let options = Options::default();
    let value =
        |cbor: &[u8]| -> ciborium::Value { ciborium::from_reader(cbor).expect("it is sound CBOR") };
    let (whole, _) = typeset(&[input], &options).expect("samples are readable");
    let archive = read(&[input], &options).expect("samples are readable");
    let selection = archive
        .into_selection(&options)
        .expect("nothing is asked for");
    let (rest, pieces) = selection.typeset_in_pieces().expect("it can be written");
    let count = pieces.len();
    assert_eq!((rest.messages, pieces.ids().len()), (count, count));
    let mut messages = Vec::new();
    for run in [0..1, 1..3, 3..count, count..count] {
        messages.extend(value(&pieces.run(run)).into_array().expect("an array"));
    }
    let key = ciborium::Value::Text("messages".into());
    let mut expected = value(&whole).into_map().expect("a map");
    let mut joined = value(&rest.cbor).into_map().expect("a map");
    assert!(joined.iter().all(|(name, _)| *name != key));
    joined.push((key, messages.into()));
    // The order of keys is not part of a map.
    let in_order = |map: &mut Vec<(ciborium::Value, ciborium::Value)>| {
        map.sort_by_key(|(name, _)| name.as_text().map(str::to_owned));
    };
    in_order(&mut expected);
    in_order(&mut joined);
    assert_eq!(joined, expected);
}
