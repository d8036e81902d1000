//! Logs that bots and libraries write, with every field that they have: people, channels and
//! servers are found wherever they stand, and nothing is warned of that says nothing.

#[allow(dead_code, reason = "not every test needs everything")]
use scrollback_core::formats::{Format, Setting, write};
use scrollback_core::model::Transcript;
use scrollback_core::{Options, Warning, transcript};

use crate::locale;

fn read(input: &str) -> (Transcript<'_>, Vec<Warning>) {
    transcript(&[input.as_bytes()], &Options::default()).expect("there are messages")
}

/// The names of those who wrote, with what they wrote.
fn said<'t>(transcript: &'t Transcript) -> Vec<(&'t str, &'t str)> {
    let messages = transcript.messages.iter();
    messages
        .map(|message| {
            let author = message.author.map(|author| author.index());
            let author = author.map_or("", |at| &*transcript.people[at].display);
            (author, &*message.content)
        })
        .collect()
}

/// The names of server and channel.
fn place<'t>(transcript: &'t Transcript) -> (&'t str, &'t str) {
    let guild = transcript.guild.as_ref().map_or("", |guild| &*guild.name);
    let channel = transcript.channel.as_ref();
    (guild, channel.map_or("", |channel| &*channel.name))
}

/// What discord.js writes of every message.
const EVERY: &str = r#""system": false, "pinned": false, "tts": false, "nonce": null, "embeds": [],
    "components": [], "attachments": [], "position": null, "roleSubscriptionData": null,
    "resolved": null, "editedTimestamp": null, "webhookId": null, "activity": null,
    "groupActivityApplicationId": null, "flags": 0, "reference": null, "cleanContent": "x",
    "hasThread": false, "interactionMetadata": null, "call": null"#;

#[test]
fn discord_js_writes_ids_of_what_it_does_not_say() {
    let input = format!(
        r#"[{{"id": "1200000000000000001", "channelId": "620", "guildId": "61", "createdTimestamp": 1700000000000,
        "type": 20, "content": "Here it is", "authorId": "7", "applicationId": "7",
        "mentions": {{"everyone": false, "users": ["8"], "roles": ["9"], "crosspostedChannels": [],
            "repliedUser": "8", "members": ["8"], "channels": ["621"]}},
        "stickers": ["55"], "interaction": {{"id": "1", "type": 2, "commandName": "weather", "user": "8"}},
        "messageSnapshots": ["12"], "poll": {{"question": {{"text": "Tea?"}}, "answers": ["1", 2],
            "expiresTimestamp": 1700086400000, "allowMultiselect": true, "layoutType": 1,
            "resultsFinalized": true}}, {EVERY}}}]"#
    );
    let (transcript, warnings) = read(&input);
    assert_eq!(warnings, []);
    // Whose name isn't told is known by the id.
    assert_eq!(said(&transcript), [("7", "Here it is")]);
    let message = &transcript.messages[0];
    assert_eq!(&*message.interaction.as_ref().unwrap().name, "weather");
    let poll = message.poll.as_ref().unwrap();
    assert_eq!(&*poll.question.text, "Tea?");
    assert!(poll.expiry.is_some() && poll.results.as_ref().unwrap().is_finalized);
    assert_eq!(&*message.sticker_items[0].name, "");
    assert!(message.message_snapshots.is_empty());
}

#[test]
fn discord_js_objects_are_read_with_all_their_details() {
    let input = format!(
        r#"[{{"id": "1200000000000000001", "createdTimestamp": 1700000000000, "type": 0, "content": "Hi <#621>",
        "author": {{"id": "7", "username": "ada", "globalName": null, "discriminator": "0", "avatar": null,
            "avatarURL": null, "displayAvatarURL": "x", "defaultAvatarURL": "x", "tag": "ada",
            "createdTimestamp": 1, "bannerURL": null, "hexAccentColor": null}},
        "member": {{"guildId": "61", "userId": "7", "nickname": "Countess", "displayName": "Countess",
            "roles": [], "joinedTimestamp": 1, "displayAvatarURL": "x"}},
        "channel": {{"id": "620", "name": "engines", "type": 0, "topic": null}},
        "guild": {{"id": "61", "name": "Workshop"}},
        "mentions": {{"everyone": false, "users": [], "roles": [{{"id": "9", "name": "smiths"}}],
            "channels": [{{"id": "621", "name": "looms"}}]}},
        "stickers": [{{"id": "5", "name": "Gear", "type": 2, "available": true, "guildId": "61", "packId": null,
            "sortValue": null, "tags": "g", "createdTimestamp": 1, "url": "https://a.test/5.png"}}],
        "reactions": [{{"emoji": {{"id": null, "name": "👍", "animated": false, "identifier": "x",
            "createdTimestamp": null, "imageURL": null}}, "count": 2, "me": false}}],
        "url": "https://discord.com/channels/61/620/1", {EVERY}}}]"#
    );
    let (transcript, warnings) = read(&input);
    assert_eq!(warnings, []);
    assert_eq!(said(&transcript), [("Countess", "Hi <#621>")]);
    assert_eq!(place(&transcript), ("Workshop", "engines"));
    let names: Vec<_> = transcript.channels.iter().map(|one| &*one.name).collect();
    assert!(names.contains(&"looms"), "{names:?}");
    assert_eq!(&*transcript.messages[0].sticker_items[0].name, "Gear");
}

#[test]
fn bots_write_what_they_like() {
    let input = r##"[
        {"id": 1200000000000000201, "author": "ada#1234", "author_id": 7, "content": "One", "created_at": "2023-11-14 22:13:20.123000+00:00",
         "edited_at": "2023-11-14 22:14:20+00:00", "reactions": [{"emoji": "👍", "count": 2}], "channel": "engines", "guild": "Workshop",
         "jump_url": "https://discord.com/channels/1/2/3", "pinned": true},
        {"id": 1200000000000000202, "author": {"id": 8, "name": "eve", "display_name": "Eve", "bot": true, "roles": ["smiths"],
            "top_role": "smiths", "created_at": "2020-01-01", "joined_at": "2021-01-01", "mention": "<@8>"},
         "content": "Two", "clean_content": "Two", "created_at": 1700000100.5, "type": "MessageType.reply", "role_mentions": ["x"],
         "channel_mentions": [], "reference": 1200000000000000201, "channel": {"id": 620, "name": "engines"}, "edited": false},
        {"message_id": 1200000000000000203, "author_name": "kit", "author_id": 9, "author_display_name": "Kit", "author_bot": false,
         "author_avatar": "https://a.test/k.png", "content": "Three", "timestamp": "2023-11-14 22:18:20", "type": "MessageType.new_member"}
    ]"##;
    let (transcript, warnings) = read(input);
    assert_eq!(warnings, []);
    assert_eq!(
        said(&transcript),
        [("ada", "One"), ("Eve", "Two"), ("Kit", "Three")]
    );
    assert_eq!(place(&transcript), ("Workshop", "engines"));
    let reply = transcript.messages[1].reply.as_ref().unwrap();
    assert_eq!(&*reply.id, "1200000000000000201");
    let times: Vec<_> = transcript
        .messages
        .iter()
        .map(|one| one.timestamp.unwrap().ms)
        .collect();
    assert_eq!(
        times,
        [1_700_000_000_123, 1_700_000_100_500, 1_700_000_300_000]
    );
    assert_eq!(transcript.messages[2].kind.0, 7);
    let people = &transcript.people;
    let tagged = people
        .iter()
        .find(|person| &*person.discriminator == "1234");
    assert_eq!(&*tagged.unwrap().username, "ada");
}

#[test]
fn names_of_server_and_channel_may_stand_alone() {
    let input = r#"{"channel": "engines", "channel_id": 620, "guild_name": "Workshop", "guild_id": 61,
        "exported_at": "2023-01-01T00:00:00Z", "message_count": 1,
        "messages": [{"id": "1", "content": "a", "timestamp": "2024-01-01T00:00:00Z", "author": {"id": "7", "username": "ada"}}]}"#;
    let (transcript, warnings) = read(input);
    assert_eq!(warnings, []);
    assert_eq!(place(&transcript), ("Workshop", "engines"));
    assert_eq!(&*transcript.channel.as_ref().unwrap().id, "620");
    assert!(transcript.exported_at.is_some());
}

#[test]
fn a_list_may_hold_whole_exports() {
    let export = |id: &str, text: &str| {
        format!(
            r#"{{"channel": {{"id": "{id}", "name": "c{id}"}}, "messages": [{{"id": "{id}1", "content": "{text}",
            "timestamp": "2024-01-01T00:00:00Z", "author": {{"id": "7", "username": "ada"}}}}]}}"#
        )
    };
    let log = r#"{"key": "k", "open": false, "created_at": "2024-01-01 10:00:00", "closed_at": null,
        "recipient": {"id": "5", "name": "kit"}, "closer": null, "messages": [{"message_id": "3",
        "timestamp": "2024-01-02 10:00:00", "content": "c", "author": {"id": "5", "name": "kit"}, "type": "thread_message"}]}"#;
    let input = format!("[{}, {}, {log}]", export("62", "a"), export("63", "b"));
    let (transcript, warnings) = read(&input);
    assert_eq!(warnings, []);
    assert_eq!(
        said(&transcript),
        [("ada", "a"), ("ada", "b"), ("kit", "c")]
    );
    assert_eq!(place(&transcript), ("", "c62"));
}

#[test]
fn a_line_that_breaks_off_takes_no_other_with_it() {
    let line = |number: usize| {
        format!(
            r#"{{"id": "{number}", "content": "text {number}", "timestamp": "2024-01-01T00:00:00Z", "author": {{"id": "7", "username": "ada"}}}}"#
        )
    };
    let whole = line(2);
    for end in 1..whole.len() {
        if !whole.is_char_boundary(end) {
            continue;
        }
        let input = format!("{}\n{}\n{}\n{}\n", line(1), &whole[..end], line(3), line(4));
        let (transcript, warnings) = read(&input);
        let said = said(&transcript);
        for number in [1, 3, 4] {
            let text = format!("text {number}");
            assert!(
                said.contains(&("ada", &*text)),
                "{end}: {said:?} {warnings:?}"
            );
        }
        assert_eq!(
            warnings.len(),
            if end == whole.len() { 0 } else { 1 },
            "{end}: {warnings:?}"
        );
        assert_ne!(warnings[0].code, "truncated", "{end}");
    }
}

#[test]
fn answers_that_hold_an_error_are_no_messages() {
    let input = r#"{"request": {"url": "x"}, "response": {"status": 404, "data": {"message": "Unknown Channel", "code": 10003}}}
{"request": {"url": "x"}, "response": {"status": 200, "data": [{"id": "1", "content": "a", "hit": true, "timestamp": "2024-01-01T00:00:00Z", "author": {"id": "7", "username": "ada"}}]}}"#;
    let (transcript, warnings) = read(input);
    assert_eq!(warnings, []);
    assert_eq!(said(&transcript), [("ada", "a")]);
}

#[test]
fn emoji_without_an_id_are_names_too() {
    let input = r#"[{"id": "1", "created_at": "2024-01-01", "content": "a", "author": "ada", "author_id": 7,
        "reactions": [{"emoji": ":kilnhaven:", "count": 1}, {"emoji": "<:kilnhaven:55>", "count": 2}, "👍", "1️⃣"]}]"#;
    let options = Options {
        anonymize: true,
        ..Options::default()
    };
    let (transcript, _) = transcript(&[input.as_bytes()], &options).expect("it is read");
    let text = serde_json::to_string(&transcript).expect("it can be written");
    assert!(!text.contains("kilnhaven"), "{text}");
    assert!(text.contains("👍") && text.contains("1️⃣"), "{text}");
}

#[test]
fn what_cannot_be_read_is_written_in_all_formats() {
    let input = b"{\"id\": \"1\", \"content\": \"a\", \"author\": {\"id\": \"7\"}}\n{\"id\": \"2\", \"content\": \"broken off\n{\"id\": \"3\", \"content\": \"c\", \"author\": {\"id\": \"7\"}}";
    let words = locale::words("en");
    let setting = Setting {
        words: &words,
        link: &str::to_owned,
        notes: &[],
        reactors: false,
        ids: false,
        usernames: false,
    };
    for format in [
        Format::Markdown,
        Format::Text,
        Format::JsonLines,
        Format::Csv,
    ] {
        let options = Options::default();
        let archive = scrollback_core::read(&[input], &options).expect("it is read");
        let selection = archive.into_selection(&options).expect("all is kept");
        let text = write(selection, format, &setting);
        assert!(text.contains("broken off"), "{format:?}: {text}");
    }
}

#[test]
fn a_damaged_line_costs_no_other() {
    let line = |id: u8| {
        format!(
            r#"{{"id": "{id}", "timestamp": "2024-03-09T12:00:00+00:00", "content": "w{id}", "author": {{"id": "7", "username": "ada"}}}}"#
        )
    };
    for damaged in [
        r#"{"id": 5, oops}"#,
        r#"{"id": "5", "content" "w5"}"#,
        r#"{"id": "5: "x", "content": "w5", "author": {"id": "7"}}"#,
        r#"{"id": "5", "content": "w5", "author: {"id": "7", "username": "ada"}}"#,
        r#"{"id": "5", "type": "a": "b", "content": "w5"}"#,
    ] {
        for at in 0..3 {
            let mut lines = vec![line(1), line(2)];
            lines.insert(at, damaged.to_owned());
            let input = lines.join("\n");
            let (whole, warnings) = read(&input);
            let texts: Vec<_> = said(&whole).into_iter().map(|(_, text)| text).collect();
            assert!(
                texts.contains(&"w1") && texts.contains(&"w2"),
                "{input}: {texts:?}"
            );
            let told = warnings.iter().map(ToString::to_string);
            let told: Vec<_> = told.collect();
            // At the end, it may as well be cut off.
            let is_cut = told.iter().any(|one| one.contains("ends too early"));
            assert!(at == 2 || !is_cut, "{input}: {told:?}");
            assert_eq!(told.len(), 1, "{input}: {told:?}");
        }
    }
}
