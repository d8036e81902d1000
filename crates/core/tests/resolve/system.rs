//! The facts of system messages, from Discord's API and from exporters.

use scrollback_core::model::{Message, Transcript};
use scrollback_core::{Options, transcript};
use serde_json::{Value, json};

/// A transcript of one message by A (person 0) in a channel of type `channel`.
fn read(channel: &str, fields: &str) -> Transcript<'static> {
    let input = format!(
        r#"{{"guild": {{"id": "9", "name": "Home"}}, "channel": {{"id": "1", {channel}}},
            "channels": [{{"id": "15", "type": 15, "name": "forum"}}],
            "messages": [{{"id": "4194304", "timestamp": "2024-01-01T00:00:00.000Z",
                "author": {{"id": "7", "username": "A"}}, {fields}}}]}}"#
    );
    let input: &'static str = Box::leak(input.into_boxed_str());
    let read = transcript(&[input.as_bytes()], &Options::default());
    read.expect("there are messages").0
}

fn written(message: &Message) -> Value {
    let mut facts = serde_json::to_value(&message.system).expect("it can be written");
    if let Value::Object(facts) = &mut facts {
        facts.remove("type");
        // How times are worded is tested elsewhere.
        facts.remove("until_text");
        // Who wrote it did it, unless the test says otherwise.
        if facts.get("user") == Some(&json!(0)) {
            facts.remove("user");
        }
    }
    facts
}

/// The facts of a message, and what is left of its content.
fn facts(channel: &str, fields: &str) -> (Value, String) {
    let transcript = read(channel, fields);
    let message = &transcript.messages[0];
    (written(message), message.content.to_string())
}

/// Checks cases of fields, facts and the content that is left.
fn check(channel: &str, cases: &[(&str, Value, &str)]) {
    for (fields, expected, content) in cases {
        let (facts, left) = facts(channel, fields);
        assert_eq!(facts, *expected, "{fields}");
        assert_eq!(left, *content, "{fields}");
    }
}

const GROUP: &str = r#""type": 3"#;
const SERVER: &str = r#""type": 0"#;
const M: &str = r#""mentions": [{"id": "8", "username": "M"}]"#;
const SELF: &str = r#""mentions": [{"id": "7", "username": "A"}]"#;

#[test]
fn people_who_are_added_and_removed() {
    let with = |kind: u8, mentions: &str| format!(r#""type": {kind}, {mentions}"#);
    check(
        GROUP,
        &[
            (&with(1, M), json!({"variant": "group", "target": [1]}), ""),
            (r#""type": 1"#, json!({"variant": "group"}), ""),
            (&with(2, M), json!({"variant": "group", "target": [1]}), ""),
            (&with(2, SELF), json!({"variant": "group"}), ""),
            // Nobody knows who went: not that A did.
            (r#""type": 2"#, json!({"variant": "group-someone"}), ""),
        ],
    );
    check(
        r#""type": 11"#,
        &[
            (&with(1, M), json!({"variant": "thread", "target": [1]}), ""),
            (r#""type": 2"#, json!({"variant": "thread-someone"}), ""),
        ],
    );
}

/// Checks what a message of the exporter in a group tells: its type and content,
/// more of its fields, the facts and the content that is left.
fn check_exported(kind: &str, content: &str, more: &str, expected: Value, left: &str) {
    let fields = format!(r#""isPinned": false, "type": "{kind}", "content": "{content}"{more}"#);
    check(GROUP, &[(&fields, expected, left)]);
}

/// The exporter writes sentences of its own in place of contents.
#[test]
fn sentences_of_the_exporter_about_people_are_facts_again() {
    let by_m = format!(", {M}");
    let added_m = "Added M to the group.";
    let m = || json!({"variant": "group", "target": [1]});
    let nobody = || json!({"variant": "group"});
    check_exported("RecipientAdd", added_m, &by_m, m(), "");
    // Found by name, where nothing else says who it was.
    let met = r#", "reactions": [{"emoji": {"name": "x"}, "count": 1,
        "users": [{"id": "8", "name": "M"}]}]"#;
    check_exported("RecipientAdd", added_m, met, m(), "");
    // A name that is nobody's stays to be read.
    let zed = "Added Zed to the group.";
    check_exported("RecipientAdd", zed, "", nobody(), zed);
    check_exported("RecipientAdd", "Added a recipient.", "", nobody(), "");
    let removed = "RecipientRemove";
    check_exported(removed, "Left the group.", "", nobody(), "");
    check_exported(removed, "Left the thread.", "", nobody(), "");
    let someone = json!({"variant": "group-someone"});
    check_exported(removed, "Removed a recipient.", "", someone, "");
    check_exported(removed, "Removed M from the group.", &by_m, m(), "");
}

#[test]
fn sentences_of_the_exporter_about_calls_are_facts_again() {
    let lasted = |minutes: &str| format!("Started a call that lasted {minutes} minutes.");
    let facts = |seconds: u64| json!({"variant": "started", "duration": seconds});
    let unknown = || json!({"variant": "started"});
    check_exported("Call", &lasted("3"), "", facts(180), "");
    check_exported("Call", &lasted("1,204"), "", facts(72_240), "");
    // The end tells it to the second.
    let ended = r#", "callEndedTimestamp": "2024-01-01T00:01:40Z""#;
    check_exported("Call", &lasted("2"), ended, facts(100), "");
    check_exported("Call", "Started a call.", "", unknown(), "");
    check_exported("Call", "Rang.", "", unknown(), "Rang.");
    // More than any call lasts is no number of minutes.
    let endless = lasted("99999999999999999999");
    check_exported("Call", &endless, "", unknown(), &endless);
}

#[test]
fn sentences_of_the_exporter_about_channels_are_facts_again() {
    let renamed = "ChannelNameChange";
    let named = json!({"variant": "group", "name": "new"});
    check_exported(renamed, "Changed the channel name: new", "", named, "");
    let unnamed = json!({"variant": "group"});
    check_exported(renamed, "Changed the channel name.", "", unnamed, "");
    let icon = "Changed the channel icon.";
    check_exported("ChannelIconChange", icon, "", json!({}), "");
    let pinned = r#", "reference": {"messageId": "55"}"#;
    let message = json!({"message_id": "55"});
    check_exported(
        "ChannelPinnedMessage",
        "Pinned a message.",
        pinned,
        message,
        "",
    );
    let ninth = json!({"variant": "9"});
    check_exported("GuildMemberJoin", "Joined the server.", "", ninth, "");
    check_exported("ThreadCreated", "Started a thread.", "", json!({}), "");
}

/// The same words in a content of the API are somebody's name for a channel.
#[test]
fn names_that_read_like_the_exporters_sentences_are_names() {
    check(
        SERVER,
        &[
            (
                r#""type": 18, "content": "Started a thread.""#,
                json!({"name": "Started a thread."}),
                "",
            ),
            (
                r#""type": 4, "content": "Changed the channel name: x""#,
                json!({"variant": "channel", "name": "Changed the channel name: x"}),
                "",
            ),
        ],
    );
}

#[test]
fn calls() {
    check(
        GROUP,
        &[
            (r#""type": 3"#, json!({"variant": "started"}), ""),
            (
                r#""type": 3, "call": {"participants": ["7", "8"], "ended_timestamp": "2024-01-01T00:05:00Z"}"#,
                json!({"variant": "started", "duration": 300, "target": [1]}),
                "",
            ),
            // It can't have ended before it began.
            (
                r#""type": 3, "call": {"ended_timestamp": "2023-12-31T00:05:00Z"}"#,
                json!({"variant": "started"}),
                "",
            ),
        ],
    );
}

#[test]
fn names_of_channels_threads_and_stages() {
    check(
        SERVER,
        &[
            (
                r#""type": 4, "content": "new""#,
                json!({"variant": "channel", "name": "new"}),
                "",
            ),
            (r#""type": 5"#, json!({}), ""),
            (
                r#""type": 6, "message_reference": {"message_id": "55"}"#,
                json!({"message_id": "55"}),
                "",
            ),
            (
                r#""type": 12, "content": "News""#,
                json!({"name": "News"}),
                "",
            ),
            (
                r#""type": 18, "content": "T", "message_reference": {"channel_id": "77"}"#,
                json!({"name": "T", "message_id": "77"}),
                "",
            ),
            (
                r#""type": 18, "thread": {"id": "77", "name": "Known otherwise"}"#,
                json!({"name": "Known otherwise"}),
                "",
            ),
            (
                r#""type": 27, "content": "Jam""#,
                json!({"name": "Jam"}),
                "",
            ),
            (
                r#""type": 28, "content": "Jam""#,
                json!({"name": "Jam"}),
                "",
            ),
            (r#""type": 29"#, json!({}), ""),
            (
                r#""type": 31, "content": "Jam""#,
                json!({"name": "Jam"}),
                "",
            ),
            (
                r#""type": 63, "content": "<a:party:42>""#,
                json!({"name": ":party:"}),
                "",
            ),
        ],
    );
    check(
        r#""type": 11, "parent_id": "15""#,
        &[(
            r#""type": 4, "content": "new""#,
            json!({"variant": "post", "name": "new"}),
            "",
        )],
    );
}

#[test]
fn boosts_and_subscriptions() {
    check(
        SERVER,
        &[
            (r#""type": 8"#, json!({"guild": "Home"}), ""),
            (r#""type": 8, "content": "1""#, json!({"guild": "Home"}), ""),
            (
                r#""type": 8, "content": "4""#,
                json!({"guild": "Home", "count": 4}),
                "",
            ),
            (
                r#""type": "11", "content": "lots""#,
                json!({"guild": "Home"}),
                "lots",
            ),
            (
                r#""type": 25, "role_subscription_data": {"tier_name": "Gold",
                    "total_months_subscribed": 1, "is_renewal": true}"#,
                json!({"variant": "renewed", "name": "Gold", "count": 1, "guild": "Home"}),
                "",
            ),
            // No number of months, and not none.
            (
                r#""type": 25, "role_subscription_data": {"tier_name": "Gold", "total_months_subscribed": 0}"#,
                json!({"variant": "joined", "name": "Gold", "guild": "Home"}),
                "",
            ),
            (
                r#""type": 25"#,
                json!({"variant": "joined", "guild": "Home"}),
                "",
            ),
            (
                r#""type": 32, "application": {"name": "Bot"}"#,
                json!({"name": "Bot"}),
                "",
            ),
            (
                r#""type": 44, "purchase_notification": {"type": 0,
                    "guild_product_purchase": {"listing_id": "1", "product_name": "Mug"}}"#,
                json!({"name": "Mug"}),
                "",
            ),
        ],
    );
}

#[test]
fn safety() {
    check(
        SERVER,
        &[
            (
                r#""type": 36, "content": "2024-03-01T12:00:00+00:00""#,
                json!({"until": 1_709_294_400_000_i64}),
                "",
            ),
            (r#""type": 36, "content": "soon""#, json!({}), "soon"),
            (r#""type": 38"#, json!({"guild": "Home"}), ""),
            (&format!(r#""type": 60, {M}"#), json!({"target": [1]}), ""),
            (r#""type": 60, "content": "why""#, json!({}), "why"),
            (r#""type": 53"#, json!({"guild": "Home"}), ""),
            (
                r#""type": 26, "content": "Upgrade""#,
                json!({"text": "Upgrade"}),
                "",
            ),
            // Nothing is known of the text of others, which is drawn as that of a message.
            (r#""type": 999, "content": "x""#, json!({}), "x"),
            (r#""type": 47, "content": "x""#, json!({}), "x"),
        ],
    );
}

#[test]
fn a_reply_to_a_type_without_words_quotes_its_text() {
    let answered = |content: &str| {
        let transcript = read(
            SERVER,
            &format!(
                r#""type": 19, "message_reference": {{"message_id": "3"}}, "referenced_message":
                {{"id": "3", "type": 999, "content": "{content}", "author": {{"id": "7"}}}}"#
            ),
        );
        let reply = transcript.messages[0].reply.as_ref().expect("it is one");
        (reply.content.to_string(), reply.system.is_some())
    };
    assert_eq!(answered("||x||"), ("||x||".into(), false));
    assert_eq!(answered(""), (String::new(), true));
}

fn automod(fields: &[(&str, &str)]) -> (Value, usize) {
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let embed =
        json!({"type": "auto_moderation_message", "description": "bad text", "fields": fields});
    let transcript = read(SERVER, &format!(r#""type": 24, "embeds": [{embed}]"#));
    let message = &transcript.messages[0];
    (written(message), message.embeds.len())
}

#[test]
fn automod_says_what_it_did_and_no_more() {
    assert_eq!(
        automod(&[
            ("rule_name", "Rude"),
            ("keyword", "b*d"),
            ("keyword_matched_content", "bad"),
            ("channel_id", "1"),
            ("decision_outcome", "blocked"),
            ("decision_id", "d"),
            ("timeout_duration", "60"),
            ("decision_reason", "words"),
        ]),
        (
            json!({"variant": "blocked", "text": "bad text", "rule": "Rude", "keyword": "b*d",
                "matched": "bad", "channel_id": "1", "duration": 60, "reason": "words"}),
            0
        )
    );
    let variant = |fields: &[(&str, &str)]| automod(fields).0["variant"].clone();
    let rule = ("rule_name", "Rude");
    assert_eq!(variant(&[rule, ("decision_outcome", "flagged")]), "flagged");
    assert_eq!(variant(&[rule, ("flagged_message_id", "3")]), "flagged");
    assert_eq!(variant(&[rule]), "acted");
    assert_eq!(variant(&[rule, ("quarantine_user", "true")]), "quarantined");
    assert_eq!(variant(&[("notification_type", "raid")]), "raid");
    // What has no place in the facts is drawn as the embed that it came in, in words.
    assert_eq!(automod(&[rule, ("mood", "tense")]).1, 1);
    let embed = r#""embeds": [{"fields": [{"name": "rule_name", "value": "Rude"},
        {"name": "quarantine_user_action", "value": "block_profile_update"},
        {"name": "interaction_user_id", "value": "7"},
        {"name": "voice_channel_id", "value": "77"},
        {"name": "As written", "value": "my_own words"}]}]"#;
    let transcript = read(SERVER, &format!(r#""type": 24, {embed}"#));
    let fields = &transcript.messages[0].embeds[0].fields;
    let fields: Vec<_> = fields.iter().map(|f| (&*f.name, &*f.value)).collect();
    assert_eq!(
        fields,
        [
            ("Quarantine user action", "block profile update"),
            ("Interaction user", "A"),
            ("Voice channel id", "77"),
            ("As written", "my_own words"),
        ]
    );
    assert_eq!(
        automod(&[("notification_type", "raid"), ("join_attempts", "9")]).1,
        1
    );
}

#[test]
fn every_welcome_has_its_millisecond() {
    let mut lines = std::collections::BTreeSet::new();
    for ms in 0..13 {
        let time = format!(r#""type": 7, "timestamp": "2024-01-01T00:00:00.{ms:03}Z""#);
        let (facts, _) = facts(SERVER, &time);
        let line = facts["variant"].as_str().expect("it is a number as text");
        lines.insert(line.to_owned());
    }
    assert_eq!(lines.len(), 13);
}

#[test]
fn answers_to_system_messages_know_their_facts() {
    let input =
        br#"[{"id": "1", "type": 18, "content": "Plans", "author": {"id": "7", "username": "A"}},
        {"id": "2", "type": 19, "content": "Yes", "author": {"id": "8", "username": "B"},
         "message_reference": {"message_id": "1"}}]"#;
    let (transcript, _) = transcript(&[input], &Options::default()).expect("there are messages");
    let reply = transcript.messages[1].reply.as_ref().expect("it answers");
    let system = reply.system.as_ref().expect("it answers a system message");
    assert_eq!((system.kind, &*system.name), (18, "Plans"));
}
