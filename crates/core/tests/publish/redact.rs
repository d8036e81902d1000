//! Redacted text is not in a transcript, and a bar replaces it.

use std::ops::Range;

use scrollback_core::anonymize::{Pattern, Publishing};
use scrollback_core::{Options, read, typeset};
use serde_json::{Value, json};

use crate::named;

fn export(content: &str) -> String {
    json!([{"id": "4194304000000000", "content": content,
        "author": {"id": "100000000000000001", "username": "ada"}}])
    .to_string()
}

/// What is written for Typst of a message with this text.
fn drawn(content: &str, redact: &[&str]) -> Value {
    let options = Options {
        redact: redact.iter().map(|word| (*word).to_owned()).collect(),
        ..Options::default()
    };
    let (cbor, _) = typeset(&[export(content).as_bytes()], &options).expect("it can be read");
    let value: ciborium::Value = ciborium::from_reader(&*cbor).expect("it is CBOR");
    let value = serde_json::to_value(value).expect("it is as JSON");
    let message = &value["messages"][0];
    message
        .get("tree")
        .or(message.get("content"))
        .cloned()
        .unwrap_or_default()
}

/// Whether a word is left anywhere in what is written for Typst.
fn tells(content: &str, redact: &[&str], word: &str) -> bool {
    drawn(content, redact).to_string().contains(word)
}

#[test]
fn a_bar_stands_for_each_passage() {
    assert_eq!(
        drawn("the secret, SECRET and **se**cret plan", &["secret"]),
        json!([{"t": "paragraph", "dir": "ltr", "c": [
            "the ", {"t": "redacted"}, ", ", {"t": "redacted"}, " and ",
            {"t": "strong", "c": [{"t": "redacted"}]}, " plan"]}])
    );
    assert_eq!(drawn("nothing here", &["secret"]), json!("nothing here"));
}

#[test]
fn a_bar_has_no_accents_of_what_it_hides() {
    assert_eq!(
        drawn("a cafe\u{301}, สวัสดี", &["café", "สวัสดี"]),
        json!([{"t": "paragraph", "dir": "ltr", "c": ["a ", {"t": "redacted"}, ", ", {"t": "redacted"}]}])
    );
}

#[test]
fn words_are_whole_and_in_any_spelling() {
    for text in [
        "𝓼𝓮𝓬𝓻𝓮𝓽",
        "ＳＥＣＲＥＴ",
        "se\u{200b}cret",
        "sécret",
        "s.e.c.r.e.t",
        "s e c r e t",
        "s%65cret",
        "s&#101;cret",
        r"s\u0065cret",
        "s\u{435}cret",
        "s\u{336}e\u{336}cret",
        "`secret`",
        "||secret||",
    ] {
        let left = drawn(text, &["secret"]).to_string();
        assert!(
            !named::letters(&left.replace("redacted", "")).contains("secret"),
            "{text}: {left}"
        );
        assert!(
            left.contains("redacted") || left.contains("█████"),
            "{text}: {left}"
        );
    }
    assert!(tells("secretary", &["secret"], "secretary"));
    assert!(!tells("Project Blue Harvest", &["blue harvest"], "Harvest"));
    for gap in [
        "\n", "  ", "\n> ", "&nbsp;", "** **", "_", "-", "\u{a0}", "||",
    ] {
        let text = format!("> Project Blue{gap}Harvest");
        assert!(!tells(&text, &["blue harvest"], "Harvest"), "{text:?}");
    }
}

#[test]
fn kinds_of_passages_have_names() {
    let text = "ada@kiln.example, +48 600 700 801, 203.0.113.9";
    assert!(!tells(text, &["email"], "kiln") && tells(text, &["email"], "600"));
    assert!(!tells(text, &["phone"], "700") && tells(text, &["phone"], "kiln"));
    assert!(!tells(text, &["ip"], "113") && tells(text, &["ip"], "kiln"));
    let key = format!("AKIA{}", "ABCD1234".repeat(2));
    assert!(!tells(&format!("key={key}"), &["token"], &key) && tells(&key, &["ip"], &key));
}

#[test]
fn no_part_of_an_address_leads_anywhere() {
    for text in [
        "https://example.com/secret/x",
        "<https://secret.example/>",
        "[here](https://example.com/secret)",
        "[here](https://example.com/a 'secret')",
    ] {
        let tree = drawn(text, &["secret"]).to_string();
        assert!(
            !tree.contains("secret") && !tree.contains("\"link\""),
            "{text}: {tree}"
        );
    }
    assert!(tells("https://example.com/public", &["secret"], "\"link\""));
}

#[test]
fn redacting_a_part_of_an_emoji_or_command_removes_all_of_it() {
    let tree = drawn(
        "<:secret_cat:630000000000000001> </secret plan:640000000000000001>",
        &["secret"],
    );
    assert_eq!(
        tree,
        json!([{"t": "paragraph", "c": [{"t": "redacted"}, " ", {"t": "redacted"}]}])
    );
}

#[test]
fn every_field_is_redacted() {
    let secrets = ["zofia", "quimby", "kilnhaven", "stickleback", "vandermeer"];
    let options = Options {
        redact: secrets.iter().map(|word| (*word).to_owned()).collect(),
        ..Options::default()
    };
    let (cbor, _) = typeset(&[named::export().as_bytes()], &options).expect("it can be read");
    let value: ciborium::Value = ciborium::from_reader(&*cbor).expect("it is CBOR");
    let mut texts = Vec::new();
    collect(
        &serde_json::to_value(value).expect("it is as JSON"),
        "",
        &mut texts,
    );
    assert!(texts.iter().any(|(_, text)| text.contains('█')));
    for (key, text) in &texts {
        let folded = named::letters(text);
        // Mail and longer words have other letters beside.
        let told = secrets.iter().find(|secret| folded == **secret);
        assert!(told.is_none(), "{key}: {text}");
        assert!(
            !text.contains('\u{fdd0}'),
            "{key}: {text:?} has a mark left"
        );
    }
}

fn collect(value: &Value, key: &str, texts: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => texts.push((key.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, key, texts)),
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| collect(value, key, texts)),
        _ => {}
    }
}

struct Digits;

impl Pattern for Digits {
    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>)) {
        for (at, part) in text.match_indices("plan ") {
            found(at..at + part.len() + 293);
        }
    }
}

#[test]
fn a_passage_that_begins_in_a_preview_is_redacted_whole() {
    let long = format!("{} plan {} end", "word ".repeat(57), "hidden ".repeat(42));
    let export = json!([
        {"id": "1", "content": long, "author": {"id": "5", "username": "ada"}},
        {"id": "2", "type": 19, "content": "yes", "author": {"id": "5", "username": "ada"},
            "message_reference": {"message_id": "1"}}])
    .to_string();
    let options = Options::default();
    let archive = read(&[export.as_bytes()], &options).expect("it can be read");
    let mut selection = archive.select(&options).expect("it can be selected from");
    let patterns: [Box<dyn Pattern>; 1] = [Box::new(Digits)];
    let publishing = Publishing {
        patterns: &patterns,
        ..Publishing::default()
    };
    let report = selection.publish(&publishing).expect("it can be redacted");
    assert_eq!(report.redacted, 2, "in the message and in the preview");
    let (cbor, _) = selection.typeset().expect("it can be written");
    assert!(!String::from_utf8_lossy(&cbor).contains("hidden"));
}
