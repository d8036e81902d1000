//! Tests that each known field is drawn, or listed in `docs/not-drawn.md` with the reason.
//!
//! A sample has every field. Removing a field must change pages and HTML; removing a listed
//! one must not.

use std::collections::{BTreeMap, BTreeSet};

use scrollback_core::model::known_records;
use serde_json::{Value, json};

use super::Trial;
use super::mutation::{at, changed};

const SAMPLE: &str = include_str!("../../../core/tests/data/every-field.json");
const LIST: &str = include_str!("../../../../docs/not-drawn.md");

/// The type of record in a field of another.
const RECORDS: &str = "
    Export: guild Guild, channel Channel, channels Channel, members Member,
        dateRange DateRange, messages Message
    Message: author Person, attachments Attachment, embeds Embed, sticker_items Sticker,
        reactions Reaction, components Component, poll Poll, mentions Person,
        mention_channels ChannelMention, message_reference Reference,
        referenced_message Message, message_snapshots Snapshot, interaction Interaction,
        interaction_metadata Interaction, call Call, thread Channel, inline_emojis Emoji,
        member Member, activity Activity, application Application, gift_info Gift,
        shared_client_theme ClientTheme, role_subscription_data Subscription,
        purchase_notification Purchase
    Snapshot: attachments Attachment, embeds Embed, sticker_items Sticker,
        components Component, mentions Person, inline_emojis Emoji
    Person: roles Role, primary_guild ServerTag, clan ServerTag, member Member
    Member: user Person
    Embed: author EmbedAuthor, provider EmbedProvider, thumbnail EmbedMedia,
        image EmbedMedia, images EmbedMedia, video EmbedMedia, footer EmbedFooter,
        fields EmbedField, inline_emojis Emoji
    Reaction: emoji Emoji, count_details CountDetails, users Person
    Component: emoji Emoji, options SelectOption, components Component,
        component Component, accessory Component, media Media, items GalleryItem, file Media
    SelectOption: emoji Emoji
    GalleryItem: media Media
    Poll: question PollMedia, answers PollAnswer, results PollResults
    PollMedia: emoji Emoji
    PollAnswer: poll_media PollMedia
    PollResults: answer_counts AnswerCount
    Interaction: user Person, target_user Person, triggering_interaction_metadata Interaction
    Channel: recipients Person, thread_metadata Thread
    Guild: roles Role, channels Channel
    Role: colors RoleColors
    Emoji: user Person
    Gift: emoji Emoji
    Purchase: guild_product_purchase Product
";

/// The known subfields of fields that the model keeps as raw JSON.
const KEPT: [(&str, &[&str]); 7] = [
    ("Activity", &["type", "party_id"]),
    ("Application", &["id", "name", "description", "icon"]),
    ("Gift", &["emoji", "sound"]),
    (
        "ClientTheme",
        &["colors", "gradient_angle", "base_mix", "base_theme"],
    ),
    (
        "Subscription",
        &[
            "role_subscription_listing_id",
            "tier_name",
            "total_months_subscribed",
            "is_renewal",
        ],
    ),
    ("Purchase", &["type", "guild_product_purchase"]),
    ("Product", &["listing_id", "product_name"]),
];

/// Fields that only HTML shows: the targets of links.
const IN_HTML_ALONE: [&str; 1] = ["Message.id"];

/// The records in fields, by record and field.
fn records() -> BTreeMap<(String, String), String> {
    let mut records = BTreeMap::new();
    let mut record = String::new();
    for part in RECORDS.split_inclusive([',', '\n']) {
        let mut part = part.trim().trim_end_matches(',');
        if let Some((name, rest)) = part.split_once(": ") {
            record = name.to_owned();
            part = rest;
        }
        if let Some((field, inner)) = part.split_once(' ') {
            records.insert((record.clone(), field.to_owned()), inner.to_owned());
        }
    }
    records
}

/// The position of each field in the sample, as `Record.field`.
struct Places {
    records: BTreeMap<(String, String), String>,
    found: BTreeMap<String, Vec<Vec<String>>>,
}

impl Places {
    fn add(&mut self, record: &str, value: &Value, path: &[String]) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add(record, item, &[path, &[index.to_string()]].concat());
                }
            }
            // The API wraps forwarded messages in one of these.
            Value::Object(members) if record == "Snapshot" && members.contains_key("message") => {
                let path = [path, &["message".to_owned()]].concat();
                self.add(record, &members["message"], &path);
            }
            Value::Object(members) => {
                for (key, inner) in members {
                    let path = [path, std::slice::from_ref(key)].concat();
                    let deleted = key == "referenced_message" && inner.is_null();
                    let field = if deleted { "reference_deleted" } else { key };
                    let name = format!("{record}.{field}");
                    self.found.entry(name).or_default().push(path.clone());
                    if let Some(record) = self.records.get(&(record.into(), key.clone())) {
                        self.add(&record.clone(), inner, &path);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The listed fields: a row has a record, its fields, and the reason.
fn listed() -> BTreeSet<String> {
    let rows = LIST.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    cells
        .flat_map(|cells| {
            assert_eq!(cells.len(), 5, "{cells:?}");
            assert!(cells[3].len() > 10, "a reason is missing: {cells:?}");
            let record = cells[1].trim_matches('`').to_owned();
            let fields = cells[2].split(", ").map(|field| field.trim_matches('`'));
            fields
                .map(|field| format!("{record}.{field}"))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Draws parts of the sample, and caches the results.
struct Drawer {
    trial: Trial,
    sample: Value,
    whole: BTreeMap<Vec<usize>, (Vec<u8>, Vec<u8>)>,
}

impl Drawer {
    /// The messages that show whether a position is drawn: its own and the one that it replies
    /// to; the first ones for positions outside of messages.
    fn messages(&self, place: &[String]) -> Vec<usize> {
        let messages = self.sample["messages"].as_array().expect("a list");
        if place[0] != "messages" {
            return (0..12).chain(messages.len() - 3..messages.len()).collect();
        }
        let own: usize = place[1].parse().expect("it is an index");
        let answered = &messages[own]["message_reference"]["message_id"];
        let answered = messages.iter().position(|other| other["id"] == *answered);
        // The first message by a person shows more of them.
        answered.into_iter().chain([own]).collect()
    }

    fn draw(&self, sample: &Value, numbers: &[usize]) -> (Vec<u8>, Vec<u8>) {
        let messages: Vec<_> = numbers
            .iter()
            .map(|&number| sample["messages"][number].clone())
            .collect();
        let mut export = sample.clone();
        export["messages"] = json!(messages);
        let bytes = serde_json::to_vec(&export).expect("it can be written");
        let pages = self.trial.pages(&bytes).expect("pages can be made");
        let html = self.trial.html(&bytes).expect("HTML can be made");
        for warnings in [pages.warnings, html.warnings] {
            assert!(warnings.plain.is_empty(), "{warnings:?}");
        }
        (pages.bytes, html.bytes)
    }

    /// Whether removing the value at a position changes pages and HTML.
    fn changes(&mut self, place: &[String]) -> (bool, bool) {
        let numbers = self.messages(place);
        if !self.whole.contains_key(&numbers) {
            let drawn = self.draw(&self.sample, &numbers);
            self.whole.insert(numbers.clone(), drawn);
        }
        let without = self.draw(&changed(&self.sample, place, None), &numbers);
        let whole = &self.whole[&numbers];
        (whole.0 != without.0, whole.1 != without.1)
    }
}

#[test]
fn every_known_field_is_drawn_or_listed() {
    let sample: Value = serde_json::from_str(SAMPLE).expect("it is JSON");
    let mut places = Places {
        records: records(),
        found: BTreeMap::new(),
    };
    places.add("Export", &sample, &[]);
    let known: BTreeSet<String> = known_records()
        .iter()
        .flat_map(|record| {
            let name = |field: &&str| format!("{}.{field}", record.name);
            record.fields.iter().map(name).collect::<Vec<_>>()
        })
        .chain(KEPT.iter().flat_map(|(record, fields)| {
            let name = |field: &&str| format!("{record}.{field}");
            fields.iter().map(name).collect::<Vec<_>>()
        }))
        .collect();
    let listed = listed();
    let mut faults: Vec<String> = listed
        .difference(&known)
        .map(|field| format!("{field} is listed, but the model doesn't know it"))
        .collect();
    let mut drawer = Drawer {
        trial: Trial::new(),
        sample,
        whole: BTreeMap::new(),
    };
    let mut drawn = 0;
    for field in &known {
        let Some(found) = places.found.get(field) else {
            faults.push(format!("{field} is nowhere in the sample"));
            continue;
        };
        assert!(at(&drawer.sample, &found[0]).is_some());
        let (mut on_pages, mut in_html) = (false, false);
        // A field counts as not drawn if it isn't at two positions; a drawn field may be invisible
        // at one.
        let most = if listed.contains(field) {
            2
        } else {
            found.len()
        };
        for place in found.iter().take(most) {
            let (pages, html) = drawer.changes(place);
            on_pages |= pages;
            in_html |= html;
            if on_pages && in_html {
                break;
            }
        }
        let html_alone = IN_HTML_ALONE.contains(&&**field);
        match (listed.contains(field), on_pages, in_html) {
            (true, false, false) => {}
            (true, ..) => faults.push(format!("{field} is listed as not drawn, and is drawn")),
            (false, true, true) => drawn += 1,
            (false, false, true) if html_alone => drawn += 1,
            (false, false, false) => faults.push(format!("{field} is not drawn, nor listed")),
            (false, true, false) => faults.push(format!("{field} is drawn on pages alone")),
            (false, false, true) => faults.push(format!("{field} is drawn in HTML alone")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(drawn + listed.len(), known.len());
    println!("{drawn} fields are drawn, {} are listed", listed.len());
}
