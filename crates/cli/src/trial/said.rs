//! Tests that pages and HTML say what the export says, mention what is missing, and invent
//! nothing.

use serde_json::{Value, json};

use super::Trial;

/// A message with these additional members.
fn message(id: u64, more: Value) -> Value {
    let mut message = json!({
        "id": id.to_string(), "type": 0, "content": "",
        "author": {"id": "7", "username": "ada"},
        "timestamp": format!("2024-03-01T12:{:02}:00+00:00", id % 60),
    });
    let members = message.as_object_mut().expect("it is an object");
    members.extend(more.as_object().expect("it is an object").clone());
    message
}

/// The text on the pages and in the HTML of these messages, without tags.
fn said(messages: &[Value]) -> [String; 2] {
    let export = json!({
        "channel": {"id": "20", "type": 0, "name": "glaze"},
        "channels": [{"id": "21", "type": 0, "name": "clay"}],
        "messages": messages,
    });
    let bytes = serde_json::to_vec(&export).expect("it can be written");
    let trial = Trial::new();
    let pages = trial.pages(&bytes).expect("pages can be made");
    let html = trial.html(&bytes).expect("HTML can be made");
    for warnings in [pages.warnings, html.warnings] {
        assert!(warnings.plain.is_empty(), "{warnings:?}");
    }
    let html = String::from_utf8(html.bytes).expect("it is UTF-8");
    let body = html.split_once("<body>").map_or(&*html, |(_, body)| body);
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, tag)) = rest.split_once('<') {
        text += before;
        let style = tag.starts_with("style");
        let end = if style { "</style>" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    [pages.text, (text + rest).replace("&#x20;", " ")]
}

#[test]
fn a_message_of_which_nothing_is_left_says_so() {
    let nothing = "Nothing of this message is in the export";
    let blank = [
        json!({}),
        json!({"content": " \n\t "}),
        json!({"content": "\u{200b}\u{2060}\u{fe0f}"}),
        json!({"pinned": true, "reactions": [{"emoji": {"name": "a"}, "count": 1}]}),
        json!({"embeds": [{}, {"color": 5}, {"fields": [{"name": "\u{200b}", "value": " "}]}]}),
        json!({"components": [{"type": 1, "components": []}, {"type": 17}, {"type": 9}]}),
        json!({"poll": {}}),
        json!({"message_snapshots": [{"message": {}}]}),
        json!({"type": 19, "message_reference": {"message_id": "99"}}),
    ];
    let messages = blank.iter().cloned().zip(100..);
    let messages: Vec<_> = messages.map(|(more, id)| message(id, more)).collect();
    for text in said(&messages) {
        assert_eq!(text.matches(nothing).count(), blank.len(), "{text}");
    }
    let more = json!({"content": "something"});
    for text in said(&[message(1, json!({"flags": 128})), message(2, more)]) {
        assert_eq!(text.matches("Thinking…").count(), 1, "{text}");
        assert!(!text.contains(nothing), "{text}");
    }
}

#[test]
fn messages_of_several_channels_say_which() {
    let own = message(1, json!({"content": "here"}));
    let other = message(2, json!({"content": "there", "channel_id": "21"}));
    let unknown = message(3, json!({"type": 7, "channel_id": "22"}));
    for text in said(&[own.clone(), other, unknown]) {
        for (name, times) in [("#glaze", 1), ("#clay", 1), ("#22", 1)] {
            assert_eq!(text.matches(name).count(), times, "{name}: {text}");
        }
    }
    for text in said(&[own]) {
        assert!(!text.contains("#glaze"), "{text}");
    }
}

/// Messages, with a text that is shown for them and one that isn't.
fn incomplete() -> Vec<(Value, &'static str, &'static str)> {
    let field = |name: &str, value: &str| json!({"name": name, "value": value});
    let result =
        |fields: Value| json!({"type": 46, "embeds": [{"type": "poll_result", "fields": fields}]});
    vec![
        (
            json!({"thread": {"id": "9", "name": "T", "message_count": 5}}),
            "5 Messages",
            "no recent",
        ),
        (
            json!({"attachments": [{"filename": "a.mp3"}]}),
            "a.mp3",
            "0:00",
        ),
        (
            result(json!([field("poll_question_text", "Q?")])),
            "Q?",
            "0 votes",
        ),
        (
            result(json!([field("poll_question_text", "Q?")])),
            "Q?",
            "no winner",
        ),
        (
            result(json!([
                field("poll_question_text", "Q?"),
                field("victor_answer_votes", "1"),
                field("total_votes", "2")
            ])),
            "50% each",
            "no winner",
        ),
        (
            json!({"poll": {"question": {"text": "P?"}, "answers": [{"answer_id": 1}], "results": {"odd": 1}}}),
            "P?",
            "0 votes",
        ),
        (
            json!({"content": "c", "interaction": {"type": 3, "user": {"id": "7"}}}),
            "c",
            "used",
        ),
        (
            json!({"content": "c", "interaction": {"type": 2, "name": "", "user": {"id": "7"}}}),
            "c",
            "command",
        ),
        (
            json!({"type": 25, "role_subscription_data": {"tier_name": "Gold", "total_months_subscribed": 0}}),
            "Gold",
            "month",
        ),
        (
            json!({"type": 19, "content": "c", "message_reference": {"message_id": "98"}, "referenced_message": null}),
            "was deleted",
            "not in this transcript",
        ),
        (
            json!({"type": 19, "content": "c", "message_reference": {"message_id": "98"}}),
            "not in this transcript",
            "was deleted",
        ),
        (
            json!({"type": 24, "embeds": [{"description": "d", "fields": [field("rule_name", "R"), field("decision_outcome", "flagged")]}]}),
            "flagged",
            "blocked",
        ),
        (
            json!({"type": 24, "embeds": [{"fields": [field("notification_type", "raid")]}]}),
            "raid",
            "blocked",
        ),
    ]
}

#[test]
fn missing_fields_are_not_invented() {
    for (more, there, not) in incomplete() {
        for text in said(&[message(1, more.clone())]) {
            // No-break characters don't matter here.
            let text = text.replace('\u{a0}', " ");
            assert!(text.contains(there), "{more}: {text}");
            assert!(!text.contains(not), "{more}: {text}");
        }
    }
}

#[test]
fn numbers_that_cannot_be_read_are_not_nought() {
    let odd = json!([
        {"emoji": {"name": "thumbs"}, "count": "many"},
        {"emoji": {"name": "hearts"}},
        {"emoji": {"name": "fires"}, "count": 31},
    ]);
    let votes = json!({"question": {"text": "P?"}, "answers": [
        {"answer_id": 1, "poll_media": {"text": "yes"}},
        {"answer_id": 2, "poll_media": {"text": "no"}},
    ], "results": {"answer_counts": [{"id": 1, "count": "lots"}, {"id": 2, "count": 77}]}});
    let thread = json!({"id": "9", "name": "T", "message_count": -3, "member_count": "x"});
    let file = json!([{"filename": "log.txt", "size": "9 kB"}]);
    let more = json!({"content": "c", "reactions": odd, "poll": votes, "thread": thread, "attachments": file});
    for text in said(&[message(1, more)]) {
        for there in [
            "thumbs", "hearts", "fires", "31", "yes", "no", "log.txt", "T",
        ] {
            assert!(text.contains(there), "{there}: {text}");
        }
        for not in [
            "thumbs 0",
            "thumbs0",
            "hearts 0",
            "hearts0",
            "0 votes",
            "0%",
            "bytes",
            "0 Messages",
        ] {
            assert!(!text.contains(not), "{not}: {text}");
        }
    }
}

#[test]
fn alerts_of_raids_are_in_words() {
    let field = |name: &str, value: &str| json!({"name": name, "value": value});
    let fields = json!([
        field("notification_type", "raid"),
        field("decision_id", "5"),
        field("raid_type", "JOIN_RAID"),
        field("raid_datetime", "2024-03-01T09:30:00+00:00"),
        field("join_attempts", "15"),
        field("dms_sent", "4"),
        field(
            "suspicious_mention_activity_until",
            "2024-03-02T10:45:00+00:00"
        ),
        field("resolved_reason", "LEGITIMATE_ACTIVITY"),
        field("action_by_user_id", "7"),
        field("later_field", "new"),
    ]);
    let alert =
        json!({"type": 24, "embeds": [{"type": "auto_moderation_notification", "fields": fields}]});
    let other = json!({"type": 24, "embeds": [{"fields": [field("notification_type", "interaction_blocked")]}]});
    for text in said(&[message(1, alert.clone()), message(2, other.clone())]) {
        let text = text.replace(['\u{a0}', '\u{202f}'], " ");
        for there in [
            "has noticed what may be a raid",
            "Many people joined at once",
            "Noticed: 3/1/24, 9:30 AM",
            "Attempts to join: 15",
            "Direct messages sent: 4",
            "Until: 3/2/24, 10:45 AM",
            "Resolved: legitimate activity",
            "By: ada",
            "Later field",
            "has sent a notice",
            "interaction blocked",
        ] {
            assert!(text.contains(there), "{there}: {text}");
        }
        for not in ["raid_type", "dms_sent", "decision_id", "JOIN_RAID", "acted"] {
            assert!(!text.contains(not), "{not}: {text}");
        }
    }
}

#[test]
fn nothing_of_odd_messages_is_lost() {
    let cases = [
        // It has no author, and still all of its content is there.
        (
            json!({"author": null, "content": "see https://x.test", "embeds": [{"title": "Card"}]}),
            &["https://x.test", "Card"][..],
        ),
        (json!({"content": "1\t22"}), &["1    22"]),
        (
            json!({"attachments": [{"filename": "SPOILER_recipe.pdf", "size": 5}]}),
            &["recipe.pdf", "SPOILER"],
        ),
        (
            json!({"components": [{"type": 99, "label": "Later", "content": "words", "components": [{"type": 10, "content": "inner"}]}]}),
            &["Later", "words", "inner"],
        ),
        (
            json!({"components": [{"type": 1, "components": [{"type": 8, "default_values": [{"id": "21", "type": "channel"}]}]}]}),
            &["#clay"],
        ),
        (
            json!({"message_snapshots": [{"message": {"components": [{"type": 1, "components": [{"type": 2, "label": "Press"}]}]}}]}),
            &["Press"],
        ),
        (
            json!({"type": 21, "message_reference": {"message_id": "98"}, "referenced_message": {
                "id": "98", "author": {"id": "8", "username": "bob"}, "content": format!("{} **end**", "on ".repeat(300)),
                "attachments": [{"filename": "log.txt"}], "embeds": [{"title": "Card"}], "reactions": [{"emoji": {"name": "r"}, "count": 3}]}}),
            &["bob", "end", "log.txt", "Card", "3"],
        ),
        (
            json!({"type": 6, "attachments": [{"filename": "log.txt"}], "embeds": [{"title": "Card"}],
                "reactions": [{"emoji": {"name": "r"}, "count": 3}],
                "components": [{"type": 1, "components": [{"type": 2, "label": "Press"}]}]}),
            &["log.txt", "Card", "Press", "3"],
        ),
    ];
    for (more, words) in cases {
        for text in said(&[message(1, more.clone())]) {
            let text = text.replace('\u{a0}', " ");
            for word in words {
                assert!(text.contains(word), "{word} of {more}: {text}");
            }
        }
    }
}

#[test]
fn the_line_above_a_reply_says_what_it_answers() {
    for (original, words) in [
        (
            json!({"poll": {"question": {"text": "Which?"}, "answers": []}}),
            "Which?",
        ),
        (json!({"sticker_items": [{"name": "Hot Kiln"}]}), "Hot Kiln"),
        (
            json!({"components": [{"type": 1, "components": [{"type": 2, "label": "Press"}]}]}),
            "Press",
        ),
        (
            json!({"components": [{"type": 17, "components": [{"type": 10, "content": "Inner"}]}]}),
            "Inner",
        ),
        (json!({"embeds": [{"title": "Card"}]}), "Card"),
        (json!({"type": 6}), "pinned a message"),
    ] {
        let reply = json!({"type": 19, "content": "c", "message_reference": {"message_id": "1"}});
        for text in said(&[message(1, original.clone()), message(2, reply)]) {
            assert_eq!(text.matches(words).count(), 2, "{original}: {text}");
        }
    }
}

#[test]
fn lines_and_covers_within_each_other_can_be_written_for_all_readers() {
    let contents = [
        "__~~a~~__ ~~__b__~~",
        "||__a__ ~~b~~|| __||c||__ ~~||d||~~",
        "||a ```b``` https://x.test||",
        "||<@&2>```<:a:4>```<@&2> `c`\n# d\n||",
        "||```ansi\n\u{1b}[4;31mx\u{1b}[0m\n``` y||",
    ];
    for content in contents {
        for text in said(&[message(1, json!({ "content": content }))]) {
            assert!(text.contains("ada"), "{content}: {text}");
        }
    }
}
