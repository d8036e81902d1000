//! Previews of messages, as in the line above a reply.

use ciborium::Value;
use scrollback_core::{Options, typeset};

fn at<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let fields = value.as_map().expect("a map");
    fields
        .iter()
        .find(|(name, _)| name.as_text() == Some(key))
        .map(|(_, value)| value)
}

/// The reply to a message with this content, and how it is written: as text, or as
/// a tree.
fn shown(content: &str) -> (String, String) {
    shown_with(content, &Options::default())
}

/// The same with options.
fn shown_with(content: &str, options: &Options) -> (String, String) {
    let content = serde_json::to_string(content).expect("a string");
    let input = format!(
        r#"[{{"id": "4194304", "content": {content}}},
            {{"id": "8388608", "type": 19, "content": "r", "message_reference": {{"message_id": "4194304"}}}}]"#
    );
    let (cbor, _) = typeset(&[input.as_bytes()], options).expect("it is readable");
    let model: Value = ciborium::from_reader(&*cbor).expect("it is sound CBOR");
    let messages = at(&model, "messages").and_then(Value::as_array);
    let reply = messages
        .and_then(|messages| at(&messages[1], "reply"))
        .expect("it answers");
    let text = at(reply, "content").and_then(Value::as_text);
    let tree = at(reply, "tree").map(|tree| format!("{tree:?}"));
    (
        text.unwrap_or_default().to_owned(),
        tree.unwrap_or_default(),
    )
}

#[test]
fn plain_words_stay_a_text() {
    assert_eq!(
        shown("Tea at four?"),
        ("Tea at four?".into(), String::new())
    );
    assert_eq!(shown("one\ntwo"), ("one two".into(), String::new()));
    assert_eq!(shown(r"1\*2"), ("1*2".into(), String::new()));
}

#[test]
fn markdown_is_a_tree() {
    let (text, tree) = shown("**bold** and <@42>");
    assert_eq!(text, "");
    assert!(tree.contains("strong") && tree.contains("bold") && tree.contains("mention"));
}

#[test]
fn previews_do_not_contain_covered_text() {
    let long = "a ".repeat(140);
    for content in [
        "||secret||".to_owned(),
        "a **||secret||** b".to_owned(),
        "||one\n\nsecret||".to_owned(),
        // Covers that are open where the line ends.
        format!("{long} ||secret and {long}||"),
        format!("{long}{long} ||secret||"),
        format!("> {long} ||se**cret** {long}||"),
    ] {
        let (text, tree) = shown(&content);
        let whole = text + &tree;
        assert!(
            !whole.contains("secret") && !whole.contains("cret"),
            "{content}: {whole}"
        );
    }
    assert!(shown("||secret||").1.contains("spoiler"));
}

#[test]
fn a_line_is_the_beginning_of_a_long_message() {
    let (text, _) = shown(&"wörter ".repeat(100));
    assert!(text.len() <= 303 && text.ends_with('…'), "{text}");
    let (text, tree) = shown(&format!("**{}** end", "wörter ".repeat(1000)));
    assert!(
        text.is_empty() && tree.len() < 500 && tree.contains('…'),
        "{tree}"
    );
    assert!(!tree.contains("**"));
    let (_, tree) = shown(&"<@42> ".repeat(1000));
    assert!(tree.matches("mention").count() < 50);
}

#[test]
fn previews_contain_open_spoilers() {
    let options = Options {
        open_spoilers: true,
        ..Options::default()
    };
    for content in ["||secret||", "a **||secret||** b"] {
        let (_, tree) = shown_with(content, &options);
        assert!(
            tree.contains("spoiler") && tree.contains("secret"),
            "{tree}"
        );
    }
    let long = "a".repeat(9000);
    let (_, tree) = shown_with(&format!("||{long}||"), &options);
    assert!(
        tree.contains('…') && tree.len() < 4000,
        "it is cut as others are"
    );
}
