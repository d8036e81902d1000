//! The files of languages: each can be read, and words every system message as Typst does
//! (`tests/logic/words/system` reads the same table).

use scrollback_core::words::{Named, Words, plain, type_name};
use scrollback_core::{Clock, Options, transcript};

use crate::locale;

/// The languages that the table has.
const LANGUAGES: [&str; 6] = ["en", "de", "fr", "pl", "ja", "ar"];

/// What is said of the system message of a case.
fn said(case: &toml::Table, code: &str, words: &Words) -> String {
    let mut message = serde_json::json!({
        "id": "4194304",
        "timestamp": "2024-01-01T00:00:00.000Z",
        "author": {"id": "ada", "username": "Ada"},
    });
    let fields = case["fields"].as_str().expect("a text");
    let fields: serde_json::Value = serde_json::from_str(fields).expect("it is JSON");
    message["type"] = case["type"].as_integer().into();
    let members = fields.as_object().expect("an object").clone();
    message.as_object_mut().expect("an object").extend(members);
    let export = serde_json::json!({
        "guild": {"id": "9", "name": "Home"},
        "channel": {"id": "1", "type": case["channel"].as_integer(), "name": "general"},
        "messages": [message],
    });
    let options = Options {
        times: locale::times(code),
        clock: Some(Clock::Hours24),
        ..Options::default()
    };
    let input = export.to_string();
    let (transcript, _) = transcript(&[input.as_bytes()], &options).expect("readable");
    let system = transcript.messages[0].system.as_ref().expect("its facts");
    let name = |person: &scrollback_core::model::PersonRef| {
        transcript.people[person.index()].display.to_string()
    };
    let user = system.user.as_ref().map(name);
    let target: Vec<String> = system.target.iter().map(name).collect();
    let named = Named {
        user: user.as_deref(),
        target: &target,
        channel: if system.channel_id.is_empty() {
            ""
        } else {
            "#general"
        },
        text: &system.text,
    };
    plain(&words.system(system, &named))
}

#[test]
fn system_messages_say_what_typst_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/system.toml");
    let text = std::fs::read_to_string(path).expect("the table");
    let mut table: toml::Table = text.parse().expect("it is TOML");
    let expected = table.clone();
    let languages = LANGUAGES.map(|code| (code, locale::words(code)));
    let cases = table["case"].as_array_mut().expect("cases");
    assert!(cases.len() > 100);
    for case in cases {
        let case = case.as_table_mut().expect("a case");
        for (code, words) in &languages {
            let said = said(case, code, words);
            assert!(!said.is_empty(), "{code}: {case:?}");
            case.insert((*code).to_owned(), said.into());
        }
    }
    if table != expected {
        let actual = concat!(env!("CARGO_TARGET_TMPDIR"), "/system.toml");
        std::fs::write(actual, toml::to_string(&table).expect("TOML")).expect("written");
        panic!("the sentences differ from those of {path}; see {actual}");
    }
}

#[test]
fn every_language_has_words() {
    for code in locale::codes() {
        let words = locale::words(&code);
        for name in ["poll", "deleted-message", "filtered", "unknown-user"] {
            assert!(!words.text(name).is_empty(), "{code}: {name}");
        }
        for count in [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000] {
            assert!(!words.count("votes", count).is_empty(), "{code}: {count}");
            assert!(!words.lasted(count * 7).is_empty(), "{code}: {count}");
        }
        assert!(
            !words
                .text("filtered")
                .replace("{filters}", "")
                .contains("{f")
        );
    }
}

#[test]
fn numbers_are_those_of_the_language() {
    let english = locale::words("en");
    assert_eq!(english.number(0), "0");
    assert_eq!(english.number(999), "999");
    assert_eq!(english.number(1_234_567), "1,234,567");
    assert_eq!(english.percent(40), "40%");
    assert_eq!(english.file_size(1), "1 byte");
    assert_eq!(english.file_size(1023), "1,023 bytes");
    assert_eq!(english.file_size(1024), "1 KB");
    assert_eq!(english.file_size(12_636), "12.34 KB");
    assert_eq!(english.file_size(1_048_575), "1 MB");
    assert_eq!(english.file_size(u64::MAX), "16,777,216 TB");
    assert_eq!(locale::words("de").file_size(12_636), "12,34 KB");
    // Spanish parts thousands from five digits on.
    assert_eq!(locale::words("es").number(1234), "1234");
    assert_eq!(english.lasted(7), "a few seconds");
    assert_eq!(english.lasted(300), "5 minutes");
    assert_eq!(english.lasted(90 * 86_400), "90 days");
    assert_eq!(english.listed(&["a", "b", "c"]), "a, b and c");
    assert_eq!(english.listed(&["a"]), "a");
    assert_eq!(english.listed::<&str>(&[]), "");
}

#[test]
fn types_have_names() {
    assert_eq!(type_name(7), "user-join");
    assert_eq!(type_name(10), "guild-boost-tier-2");
    assert_eq!(type_name(999), "999");
    assert_eq!(type_name(65_535), "unreadable");
}
