//! Tests names that are longer than any of Discord's, in every field with a name.

use serde_json::{Value, json};

use super::Trial;

/// An export in which every name is one long word.
fn export() -> Vec<u8> {
    let long = |what: &str| format!("{what}{}", "W".repeat(10_000));
    let person = json!({ "id": "7", "username": long("user"), "global_name": long("name"),
        "primary_guild": { "tag": long("tag"), "identity_enabled": true } });
    let message = |id: u64, more: Value| {
        let mut message = json!({ "id": (4_194_304_000_000 + id).to_string(), "author": person,
            "content": format!("hello {id}"), "timestamp": format!("2024-05-10T14:{id:02}:00Z") });
        for (key, value) in more.as_object().expect("they are fields") {
            message[key] = value.clone();
        }
        message
    };
    let fields = [
        json!({ "attachments": [{ "id": "1", "filename": long("file"), "title": long("title"),
            "description": long("description"), "url": "https://a.test/a.txt", "size": 5 }] }),
        json!({ "reactions": [{ "emoji": { "id": "2", "name": long("emoji") }, "count": 2 }] }),
        json!({ "sticker_items": [{ "id": "3", "name": long("sticker"), "format_type": 1 }] }),
        json!({ "embeds": [{ "type": "rich", "title": long("card"), "author": { "name": long("author") },
            "provider": { "name": long("provider") }, "footer": { "text": "short" },
            "fields": [{ "name": long("field"), "value": "v" }] }] }),
        json!({ "components": [{ "type": 1, "components": [{ "type": 2, "style": 1,
            "label": long("button"), "custom_id": "x" }] }] }),
        json!({ "thread": { "id": "4", "name": long("thread"), "type": 11, "message_count": 4 } }),
        json!({ "type": 18, "content": long("thread") }),
        json!({ "type": 20, "interaction_metadata": { "id": "1", "type": 2, "name": long("command"),
            "user": person } }),
        json!({ "type": 19, "message_reference": { "message_id": "4194304000001" } }),
        json!({ "content": "<@7> <@&8>" }),
    ];
    let messages = (1..).zip(fields).map(|(id, more)| message(id, more));
    let export = json!({
        "guild": { "id": "5", "name": long("guild"), "roles": [{ "id": "8", "name": long("role") }] },
        "channel": { "id": "6", "type": 0, "name": long("channel"), "parent": long("category") },
        "messages": messages.collect::<Vec<_>>(),
    });
    serde_json::to_vec(&export).expect("it can be written")
}

#[test]
fn long_names_are_cut_wherever_they_stand() {
    let trial = Trial::new();
    let export = export();
    let pages = trial
        .pages(&export)
        .expect("it can be written for all readers");
    assert!(
        pages.warnings.plain.is_empty(),
        "{:?}",
        pages.warnings.plain
    );
    let most = |text: &str| {
        let words = text.split(|char| char != 'W');
        words.map(str::len).max().unwrap_or_default()
    };
    assert!(pages.text.contains('…') && pages.text.contains("hello 9"));
    let html = trial.html(&export).expect("it can be drawn");
    assert!(html.warnings.plain.is_empty(), "{:?}", html.warnings.plain);
    let html = String::from_utf8_lossy(&html.bytes).into_owned();
    assert!(html.contains("hello 9"));
    assert!(most(&html) < 1100, "{}", most(&html));
}
