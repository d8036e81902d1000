//! Text formats write what pages draw: removing a field of a sample with every field changes
//! them, unless `docs/not-drawn.md` or this file lists the field.

use std::collections::{BTreeMap, BTreeSet};

use scrollback_core::formats::{Format, Setting, write};
use scrollback_core::words::Words;
use scrollback_core::{Clock, Options, read};
use serde_json::{Value, json};

use crate::locale;
use crate::mutation::{changed, places};

const SAMPLE: &str = include_str!("../data/every-field.json");
const NOT_DRAWN: &str = include_str!("../../../../docs/not-drawn.md");

/// Fields that say how something looks, which text has no place for.
const LOOKS: &str = "color avatar avatar_url image_url waveform inline style disabled format_type \
    tag identity_enabled primary_guild clan public_flags system bot webhook_id me me_burst \
    burst_me me_voted burst burst_count count_details";

/// Fields that have their default in the sample, or of which another one tells the same.
const OTHERWISE: &str =
    "discriminator global_name username inline_emojis value timestamp command_type";

/// The fields that `docs/not-drawn.md` lists.
fn not_drawn() -> BTreeSet<&'static str> {
    let rows = NOT_DRAWN.lines().filter(|line| line.starts_with("| `"));
    let fields = rows.filter_map(|row| row.split('|').nth(2));
    let fields = fields.flat_map(|fields| fields.split(','));
    fields.map(|field| field.trim().trim_matches('`')).collect()
}

struct Writer {
    head: Value,
    words: Words,
}

impl Writer {
    fn new(mut head: Value) -> (Vec<Value>, Self) {
        let messages = head
            .as_object_mut()
            .and_then(|head| head.remove("messages"));
        let messages = messages.as_ref().and_then(Value::as_array).cloned();
        let words = locale::words("en");
        (messages.expect("a list"), Self { head, words })
    }

    fn written(&self, message: &Value, format: Format) -> String {
        let mut export = self.head.clone();
        export["messages"] = json!([message]);
        let export = export.to_string();
        let options = Options {
            times: locale::times("en"),
            clock: Some(Clock::Hours24),
            timezone: Some("UTC".into()),
            ..Options::default()
        };
        let archive = read(&[export.as_bytes()], &options).expect("readable");
        let selection = archive
            .into_selection(&options)
            .expect("options make sense");
        let setting = Setting {
            words: &self.words,
            link: &|url| url.to_owned(),
            notes: &[],
            reactors: true,
            ids: false,
            usernames: true,
        };
        write(selection, format, &setting)
    }
}

/// The fields of the sample that never change a format.
fn silent(format: Format) -> BTreeSet<String> {
    let (messages, writer) = Writer::new(serde_json::from_str(SAMPLE).expect("JSON"));
    let mut speaks: BTreeMap<String, bool> = BTreeMap::new();
    let not_drawn = not_drawn();
    let otherwise: BTreeSet<&str> = LOOKS
        .split_whitespace()
        .chain(OTHERWISE.split_whitespace())
        .collect();
    for message in &messages {
        let whole = writer.written(message, format);
        for place in places(message) {
            let field = place.last().expect("a key");
            let is_listed = |key: &String| {
                let key = key.as_str();
                not_drawn.contains(key) || otherwise.contains(key)
            };
            let is_listed = place.iter().any(is_listed);
            if is_listed || field.parse::<usize>().is_ok() {
                continue;
            }
            let named = place.iter().filter(|key| key.parse::<usize>().is_err());
            let named: Vec<&str> = named.map(String::as_str).collect();
            let told = writer.written(&changed(message, &place, None), format) != whole;
            *speaks.entry(named.join(".")).or_default() |= told;
        }
    }
    let silent = speaks.into_iter().filter(|(_, speaks)| !speaks);
    silent.map(|(name, _)| name).collect()
}

#[test]
fn markdown_text_and_lines_write_every_field_that_pages_draw() {
    for format in [Format::Markdown, Format::Text, Format::JsonLines] {
        assert_eq!(silent(format), BTreeSet::new(), "{format:?}");
    }
}

#[test]
fn tables_have_a_place_for_every_part() {
    let (messages, writer) = Writer::new(serde_json::from_str(SAMPLE).expect("JSON"));
    let parts = "attachments embeds sticker_items reactions message_snapshots poll components \
        thread activity gift_info shared_client_theme interaction";
    for part in parts.split_whitespace() {
        let holders = messages.iter().filter(|message| !message[part].is_null());
        let told = holders.filter(|message| {
            let without = changed(message, &[part.to_owned()], None);
            writer.written(message, Format::Csv) != writer.written(&without, Format::Csv)
        });
        assert_ne!(told.count(), 0, "{part}");
    }
}

#[test]
fn the_first_message_of_a_thread_is_by_who_wrote_it() {
    let (messages, writer) = Writer::new(serde_json::from_str(SAMPLE).expect("JSON"));
    let message = messages.iter().find(|message| message["type"] == 21);
    let mut message = message.expect("there is one").clone();
    message["author"] = json!({"id": "214900000000001077", "username": "opener"});
    for format in [
        Format::Markdown,
        Format::Text,
        Format::JsonLines,
        Format::Csv,
    ] {
        let text = writer.written(&message, format);
        assert!(!text.contains("opener"), "{format:?}: {text}");
        for words in ["starter", "started.pdf", "A card of the starter", "🌱"] {
            assert!(text.contains(words), "{format:?}, {words}: {text}");
        }
    }
}

#[test]
fn what_apps_say_in_a_sentence_is_markdown() {
    let (_, writer) = Writer::new(serde_json::from_str(SAMPLE).expect("JSON"));
    let message = |kind: u64, text: &str| {
        json!({"id": "1216000000000000001", "type": kind, "content": text,
            "author": {"id": "214900000000001003", "username": "*carla*"}})
    };
    let text = "Go **premium**\n> with <@214900000000001003>";
    let written = writer.written(&message(26, text), Format::Markdown);
    let expected = "\nGo **premium** with @\\*carla\\* · ";
    assert!(written.contains(expected), "{written}");
}
