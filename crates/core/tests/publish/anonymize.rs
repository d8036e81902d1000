//! Anonymised transcripts contain nothing that identifies anybody.

use std::collections::BTreeSet;

use proptest::prelude::*;
use scrollback_core::anonymize::{Pseudonyms, Publishing};
use scrollback_core::json::Json;
use scrollback_core::model::{Extra, Spot, Visit, Walk};
use scrollback_core::time::Coarse;
use scrollback_core::{Options, Text, read, transcript};
use serde_json::Value;

use crate::named;

const SAMPLES: [&str; 6] = [
    include_str!("../../../../examples/exports/server-channel.json"),
    include_str!("../../../../examples/exports/direct-message.json"),
    include_str!("../../../../examples/exports/thread.json"),
    include_str!("../../../../examples/exports/api-messages.json"),
    include_str!("../data/default-dialect.json"),
    include_str!("../data/firing-log.json"),
];

fn anonymous(inputs: &[&str]) -> String {
    let inputs: Vec<&[u8]> = inputs.iter().map(|input| input.as_bytes()).collect();
    let options = Options {
        anonymize: true,
        ..Options::default()
    };
    let (transcript, _) = transcript(&inputs, &options).expect("readable");
    serde_json::to_string(&transcript).expect("it can be written")
}

/// All runs of 15 digits and more: ids.
fn ids(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() >= 15)
        .collect()
}

/// All names of people, wherever there is an object with one.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Object(members) => {
            let is_person = members.contains_key("discriminator") || members.contains_key("nick");
            for key in ["name", "username", "nickname", "nick", "global_name"] {
                if let Some(name) = members
                    .get(key)
                    .and_then(Value::as_str)
                    .filter(|_| is_person)
                {
                    found.insert(name.to_lowercase());
                }
            }
            members.values().for_each(|value| names(value, found));
        }
        _ => {}
    }
}

/// All texts of a JSON value, without keys.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[test]
fn no_id_and_no_name_is_left() {
    for sample in SAMPLES {
        let anonymous = anonymous(&[sample]);
        let left: Vec<_> = ids(sample)
            .into_iter()
            .filter(|id| anonymous.contains(id))
            .collect();
        assert_eq!(left, [""; 0], "ids");
        assert!(!ids(sample).is_empty());
        let mut known = BTreeSet::new();
        names(
            &serde_json::from_str(sample).expect("it is JSON"),
            &mut known,
        );
        assert!(known.len() >= 3);
        let mut values = Vec::new();
        texts(
            &serde_json::from_str(&anonymous).expect("it is JSON"),
            &mut values,
        );
        let lower = values.join("\n").to_lowercase();
        for name in known {
            for (at, _) in lower.match_indices(&name) {
                let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let before = word(lower[..at].chars().next_back());
                let after = word(lower[at + name.len()..].chars().next());
                let line = lower[at..].lines().next();
                assert!(before || after, "{name} is left: {line:?}");
            }
        }
        assert!(
            !lower.contains("the kiln room"),
            "the server's name is left"
        );
        assert!(
            !anonymous.contains("cdn.discordapp.com"),
            "addresses of files are left"
        );
        assert!(!anonymous.contains("\"extra\""), "unknown fields are left");
    }
}

#[test]
fn the_same_person_has_the_same_name_everywhere() {
    let input = r#"[
        {"id": "4194304000000000", "content": "I am Ada, ask <@100000000000000002>",
         "author": {"id": "100000000000000001", "username": "ada.l", "global_name": "Ada"},
         "mentions": [{"id": "100000000000000002", "username": "grace"}]},
        {"id": "4194304000000001", "content": "ADA is right, ada.l too. Grace",
         "author": {"id": "100000000000000002", "username": "grace"},
         "attachments": [{"id": "100000000000000003", "filename": "ada-at-work.PNG",
                          "url": "https://cdn.discordapp.com/a/ada.png", "size": 3}],
         "mystery": "ada"}]"#;
    let value: Value = serde_json::from_str(&anonymous(&[input])).expect("it is JSON");
    assert_eq!(value["people"][0]["display"], "Badger");
    assert_eq!(value["people"][1]["display"], "Otter");
    assert_eq!(value["messages"][0]["content"], "I am Badger, ask <@2>");
    assert_eq!(value["people"][1]["id"], "2");
    assert_eq!(
        value["messages"][1]["content"],
        "Badger is right, Badger too. Otter"
    );
    assert_eq!(
        value["messages"][1]["attachments"][0],
        serde_json::json!({"id": "5", "filename": "file-1.png", "size": 3})
    );
    assert_eq!(value["anonymized"], true);
}

#[test]
fn pseudonyms_are_nobodys_real_name() {
    let input =
        r#"[{"id": "4194304", "content": "hi", "author": {"id": "1", "username": "badger"}}]"#;
    let value: Value = serde_json::from_str(&anonymous(&[input])).expect("it is JSON");
    assert_eq!(value["people"][0]["display"], "Otter");
}

#[test]
fn the_same_input_gives_the_same_pseudonyms() {
    assert_eq!(anonymous(&SAMPLES[..1]), anonymous(&SAMPLES[..1]));
}

#[test]
fn replies_still_point_to_their_messages() {
    let value: Value = serde_json::from_str(&anonymous(&SAMPLES[..1])).expect("it is JSON");
    let messages = value["messages"].as_array().expect("there are messages");
    let mut checked = 0;
    for message in messages {
        let Some(at) = message["reply"]["message"].as_u64() else {
            continue;
        };
        assert_eq!(
            messages[usize::try_from(at).expect("small")]["id"],
            message["reply"]["id"]
        );
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn no_name_is_left_in_any_field_or_spelling() {
    let export = named::export();
    let mut before = Vec::new();
    texts(
        &serde_json::from_str(&export).expect("it is JSON"),
        &mut before,
    );
    let told: BTreeSet<_> = before.iter().flat_map(|text| named::leaks(text)).collect();
    let all = named::SECRETS.len() + named::NUMBERS.len() + named::CODES.len();
    assert_eq!(
        told.len(),
        all,
        "the export tells less than it should: {told:?}"
    );
    let anonymous = anonymous(&[&export]);
    let mut values = Vec::new();
    texts(
        &serde_json::from_str(&anonymous).expect("it is JSON"),
        &mut values,
    );
    let mut left: Vec<_> = values
        .iter()
        .filter_map(|text| Some((named::leaks(text).into_iter().next()?, text)))
        .collect();
    left.truncate(20);
    assert!(left.is_empty(), "{left:#?}");
    let left: Vec<_> = ids(&export)
        .into_iter()
        .filter(|id| anonymous.contains(id))
        .collect();
    assert_eq!(left, [""; 0], "ids");
}

/// Puts texts into every field that isn't an id or made of times.
struct Put<'t> {
    texts: &'t [String],
    at: usize,
}

impl<'a> Visit<'a> for Put<'_> {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        let fixed = matches!(spot.record, "Times" | "DateRange")
            || matches!(
                spot.field,
                "id" | "time"
                    | "type"
                    | "closes"
                    | "exported"
                    | "timezone"
                    | "icon"
                    | "link"
                    | "until_text"
                    | "target"
                    | "mention_roles"
                    | "roles"
                    | "applied_tags"
                    | "code"
            )
            || spot.field.ends_with("_id");
        if !fixed && !text.is_empty() {
            self.at += 1;
            *text = self.texts[self.at % self.texts.len()].clone().into();
        }
    }
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_name_in_any_field(
        picks in prop::collection::vec((0usize..6, 0usize..39, "( |, |\n|; | \\(|\\) )"), 1..6),
        others in prop::collection::vec("[a-z ,.!?]{0,12}", 7),
    ) {
        let people = ["Zofia Quimby", "Ostrander", "Okonkwo", "zofia.quimby", "Quimby", "thornbury_o"];
        let mut texts: Vec<String> = picks
            .iter()
            .map(|(name, spelling, gap)| {
                let spellings = named::spellings(people[*name]);
                format!("{gap}{}{gap}", spellings[spelling % spellings.len()])
            })
            .collect();
        for (at, other) in others.iter().enumerate() {
            let text = format!("{other} {}", texts[at % texts.len()]);
            texts.push(text);
        }
        let export = named::export();
        let options = Options::default();
        let archive = read(&[export.as_bytes()], &options).expect("readable");
        let mut selection = archive.into_selection(&options).expect("it can be selected from");
        let nowhere = Spot { record: "", field: "" };
        // People keep their names: those are what is looked for.
        let people = std::mem::take(&mut selection.transcript.people);
        selection.transcript.walk(nowhere, &mut Put { texts: &texts, at: 0 });
        selection.transcript.people = people;
        let mut pseudonyms = Pseudonyms::default();
        pseudonyms.learn(&mut selection.transcript);
        pseudonyms.finish();
        let publishing = Publishing { pseudonyms: Some(&pseudonyms), ..Publishing::default() };
        selection.publish(&publishing).expect("nothing is redacted");
        let mut values = Vec::new();
        self::texts(&serde_json::to_value(&selection.transcript).expect("it can be written"), &mut values);
        for text in values {
            let leaks = named::leaks(&text);
            prop_assert!(leaks.is_empty(), "{leaks:?} in {text:?}");
        }
    }
}

proptest! {
    // Names have letters and marks of all kinds.
    #[test]
    fn whoever_writes_whatever(
        people in prop::collection::vec(("[a-zà-öø-þ]{2}[a-zà-þ×☆♥+=~^]{3,7}[a-zà-öø-þ]", "[A-ZÀ-ÖØ-Þ][a-zà-öø-þ]{2}[a-zà-þ×÷]{3,7}( [A-Z][a-z]{4,8})?"), 2..6),
        ids in prop::collection::vec(100_000_000_000_000_000u64..u64::MAX, 6),
        around in prop::collection::vec("[ .,!?*_`/@#:<>()\n-]{1,3}", 8),
        order in prop::collection::vec(0usize..6, 8),
    ) {
        let count = people.len();
        let (mut content, mut messages) = (String::new(), Vec::new());
        for (at, around) in order.iter().zip(&around) {
            let (username, nick) = &people[at % count];
            let name = if at % 2 == 0 { username.to_uppercase() } else { nick.clone() };
            content += &format!("{around}{name}{around}<@{}>", ids[at % count]);
        }
        for (at, (username, nick)) in people.iter().enumerate() {
            let user = serde_json::json!({
                "id": ids[at].to_string(), "username": username, "global_name": nick,
                "avatar": format!("{username}hash"),
            });
            messages.push(serde_json::json!({
                "id": (ids[at] - 1).to_string(), "content": content, "author": user,
                "embeds": [{"author": {"name": nick, "icon_url": format!("https://a.b/{username}")},
                    "footer": {"text": content}, "url": format!("https://a.b/{username}/{}", ids[at]),
                    "fields": [{"name": nick, "value": username}]}],
                "attachments": [{"id": ids[at].to_string(), "filename": format!("{username}.{username}")}],
                "components": [{"type": 2, "label": nick, "custom_id": username}],
                "poll": {"question": {"text": content}, "answers": [{"answer_id": 1,
                    "poll_media": {"text": nick}}]},
                "referenced_message": {"id": "1", "content": content, "author": user},
                "thread": {"id": ids[at].to_string(), "name": format!("{nick}'s thread")},
                "unheard_of": content,
            }));
        }
        let input = serde_json::to_string(&messages).expect("it can be written");
        let mut values = Vec::new();
        let anonymous = anonymous(&[&input]);
        texts(&serde_json::from_str(&anonymous).expect("it is JSON"), &mut values);
        let lower = values.join("\n").to_lowercase();
        for (username, nick) in &people {
            prop_assert!(!lower.contains(&username.to_lowercase()), "{username} in {lower}");
            prop_assert!(!lower.contains(&nick.to_lowercase()), "{nick} in {lower}");
        }
        for id in &ids[..count] {
            prop_assert!(!anonymous.contains(&id.to_string()));
        }
    }
}

#[test]
fn words_spelt_like_a_name_are_replaced() {
    let input = |nick: &str, content: &str| {
        serde_json::json!([{
            "id": "100000000000000001", "content": content,
            "author": {"id": "100000000000000000", "username": "ada", "global_name": nick},
            "embeds": [{"author": {"name": nick}}],
        }])
        .to_string()
    };
    for nick in ["Wòòd××", "✨Will✨", "𝓦𝓲𝓵𝓵", "wi\u{200b}ll", "Will♥ Power"] {
        let anonymous = anonymous(&[&input(nick, &format!("so {nick} will say"))]);
        let first = nick.split(' ').next().unwrap_or_default().to_lowercase();
        assert!(!anonymous.to_lowercase().contains(&first), "{anonymous}");
    }
    let kept = anonymous(&[&input("Will", "the will of will")]);
    assert!(kept.contains("the will of will"), "{kept}");
}

#[test]
fn coarse_times_keep_no_minute() {
    for (coarse, unit) in [(Coarse::Hour, 3_600_000), (Coarse::Day, 86_400_000)] {
        let options = Options {
            coarse_times: Some(coarse),
            timezone: Some("UTC".into()),
            ..Options::default()
        };
        for sample in SAMPLES {
            let (transcript, _) = transcript(&[sample.as_bytes()], &options).expect("readable");
            assert!(
                transcript
                    .messages
                    .iter()
                    .all(|m| m.timestamp.is_none_or(|t| t.ms % unit == 0))
            );
            let written = serde_json::to_value(&transcript).expect("it can be written");
            let mut all = Vec::new();
            texts(&written["messages"], &mut all);
            let words: Vec<_> = written["messages"]
                .as_array()
                .expect("a list")
                .iter()
                .flat_map(|message| {
                    ["header", "full", "edited"]
                        .map(|key| message["time"][key].as_str().unwrap_or_default())
                })
                .collect();
            let tells = |words: &str| match coarse {
                Coarse::Hour => words.contains(':') && !words.contains(":00"),
                Coarse::Day => words.contains(':'),
            };
            assert!(!words.iter().any(|words| tells(words)), "{words:?}");
        }
    }
}

#[test]
fn a_name_that_several_people_share_is_replaced_by_a_pseudonym() {
    let message = |id: u8, user: &str, name: &str, content: &str| {
        serde_json::json!({
            "id": format!("10000000000000001{id}"), "content": content,
            "author": {"id": format!("10000000000000000{id}"), "username": user, "global_name": name},
        })
    };
    let input = serde_json::json!([
        message(1, "mira1", "Mira", "so @mira said, and Mira and Mira Nowak"),
        message(2, "mira2", "Mira", "yes"),
        message(3, "nowak3", "Nowak", "no"),
        message(4, "nowak4", "Jan Nowak", "no"),
    ])
    .to_string();
    let options = Options {
        anonymize: true,
        ..Options::default()
    };
    let (transcript, _) = transcript(&[input.as_bytes()], &options).expect("readable");
    let words: Vec<&str> = transcript.messages[0].content.split(' ').collect();
    let [_, at, _, _, plain, _, first, last] = words[..] else {
        panic!("a name was lost: {words:?}");
    };
    let shared = at.strip_prefix('@').unwrap_or_default();
    assert!(
        !shared.is_empty() && [plain, first] == [shared; 2] && !last.is_empty() && last != shared,
        "{words:?}"
    );
    let display = |person: &scrollback_core::model::Person| *person.display == *shared;
    assert!(!transcript.people.iter().any(display), "{words:?}");
}
