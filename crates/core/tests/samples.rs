//! The models of the sample exports, as they are written.

use scrollback_core::{Options, transcript};

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
            insta::assert_json_snapshot!(model(&inputs, &Options::default()));
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
