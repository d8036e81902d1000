//! What is derived from messages: galleries, polls, replies, people.

use scrollback_core::model::{ReplyState, Transcript};
use scrollback_core::{Names, Options, transcript};

use crate::locale;

fn read<'a>(input: &'a str, options: &Options) -> Transcript<'a> {
    transcript(&[input.as_bytes()], options)
        .expect("there are messages")
        .0
}

#[test]
fn written_messages_have_no_facts_of_system_messages() {
    for kind in ["0", "19", "20", "21", "23", "\"Default\"", "\"Reply\""] {
        let input = format!(r#"[{{"id": "4194304", "type": {kind}, "content": "c"}}]"#);
        assert!(
            read(&input, &Options::default()).messages[0]
                .system
                .is_none(),
            "{kind}"
        );
    }
}

#[test]
fn the_exporters_repeated_image_is_no_gallery() {
    let input = r#"[{"id": "4194304", "content": "", "isPinned": false, "embeds": [
        {"image": {"url": "a"}, "images": [{"url": "a"}]},
        {"image": {"url": "a"}, "images": [{"url": "a"}, {"url": "b"}]}]}]"#;
    let transcript = read(input, &Options::default());
    let embeds = &transcript.messages[0].embeds;
    assert_eq!((embeds[0].images.len(), embeds[1].images.len()), (0, 2));
}

#[test]
fn votes_of_polls() {
    let poll = |results: &str| {
        format!(
            r#"[{{"id": "4194304", "content": "", "poll": {{"question": {{"text": "?"}},
                "answers": [{{"answer_id": 1}}, {{"answer_id": 2}}, {{"answer_id": 3}}]{results}}}}}]"#
        )
    };
    let votes = |results: &str| {
        let input = poll(results);
        let transcript = read(&input, &Options::default());
        let poll = transcript.messages[0].poll.as_ref().expect("there is one");
        poll.answers
            .iter()
            .map(|answer| (answer.votes, answer.winner))
            .collect::<Vec<_>>()
    };
    assert_eq!(votes(""), [(None, false); 3], "unknown is not none");
    let counts = r#""answer_counts": [{"id": 3, "count": 2}, {"id": 1, "count": 2}]"#;
    assert_eq!(
        votes(&format!(
            r#", "results": {{"is_finalized": true, {counts}}}"#
        )),
        [(Some(2), true), (Some(0), false), (Some(2), true)]
    );
    assert_eq!(
        votes(&format!(
            r#", "results": {{"is_finalized": false, {counts}}}"#
        )),
        [(Some(2), false), (Some(0), false), (Some(2), false)]
    );
}

#[test]
fn a_tied_poll_has_no_winner_and_odd_fields_stay() {
    let input = r#"[{"id": "4194304", "type": 46, "content": "", "embeds": [{"fields": [
        {"name": "poll_question_text", "value": "Q"}, {"name": "total_votes", "value": "4"},
        {"name": "victor_answer_votes", "value": "2"}, {"name": "mood", "value": "tense"}]}]}]"#;
    let transcript = read(input, &Options::default());
    let message = &transcript.messages[0];
    let result = message.poll_result.as_ref().expect("there is one");
    assert_eq!(
        (
            result.total_votes.unwrap_or_default(),
            result.votes.unwrap_or_default(),
            result.answer_id
        ),
        (4, 2, None)
    );
    assert_eq!(&*message.embeds[0].fields[0].name, "mood");
    assert_eq!(message.embeds[0].fields.len(), 1);
}

#[test]
fn replies_show_what_is_known_of_their_original() {
    let reply = |fields: &str| {
        let input = format!(
            r#"[{{"id": "4194304", "content": "first", "author": {{"id": "7", "username": "A"}}}},
                {{"id": "8388608", "type": 19, "content": "r", {fields}}}]"#
        );
        let transcript = read(&input, &Options::default());
        let reply = transcript.messages[1].reply.as_ref().expect("it answers");
        (reply.state, reply.message, reply.content.to_string())
    };
    let reference = |id: &str| format!(r#""message_reference": {{"message_id": "{id}"}}"#);
    assert_eq!(
        reply(&reference("4194304")),
        (ReplyState::Here, Some(0), "first".into())
    );
    assert_eq!(
        reply(&reference("5")),
        (ReplyState::Unknown, None, String::new())
    );
    assert_eq!(
        reply(&format!(
            r#"{}, "referenced_message": null"#,
            reference("5")
        )),
        (ReplyState::Deleted, None, String::new())
    );
    assert_eq!(
        reply(&format!(
            r#"{}, "referenced_message": {{"id": "5", "content": "gone"}}"#,
            reference("5")
        )),
        (ReplyState::Quoted, None, "gone".into())
    );
}

#[test]
fn replies_to_messages_without_text_show_their_parts() {
    let known_by = |fields: &str| {
        let input = format!(
            r#"[{{"id": "4194304", "content": "", {fields}}},
                {{"id": "8388608", "type": 19, "content": "r", "message_reference": {{"message_id": "4194304"}}}}]"#
        );
        let transcript = read(&input, &Options::default());
        let reply = transcript.messages[1].reply.as_ref().expect("it answers");
        reply.content.to_string()
    };
    assert_eq!(
        known_by(r#""poll": {"question": {"text": "Who *really*?"}, "answers": []}"#),
        r"Who \*really\*?"
    );
    let text = r#"{"type": 10, "content": "**Shown**"}"#;
    assert_eq!(
        known_by(&format!(
            r#""components": [{{"type": 17, "components": [{{"type": 14}}, {text}]}}]"#
        )),
        "**Shown**"
    );
    assert_eq!(
        known_by(&format!(
            r#""components": [{{"type": 17, "spoiler": true, "components": [{text}]}}]"#
        )),
        "||spoiler||"
    );
    assert_eq!(known_by(r#""sticker_items": []"#), "");
}

#[test]
fn forwards_are_no_replies_and_have_no_made_up_time() {
    let input = r#"[{"id": "4194304", "content": "", "isPinned": false,
        "reference": {"type": "Forward", "messageId": "5", "channelId": "6", "guildId": null},
        "forwardedMessage": {"timestamp": "0001-01-01T00:00:00+00:00", "timestampEdited": null,
            "content": "f", "attachments": [], "embeds": [], "stickers": []}}]"#;
    let transcript = read(input, &Options::default());
    let message = &transcript.messages[0];
    assert!(message.reply.is_none());
    assert_eq!(&*message.message_snapshots[0].content, "f");
    assert_eq!(message.message_snapshots[0].timestamp, None);
}

#[test]
fn names_and_colours_of_people() {
    let input = r##"{"guild": {"id": "9", "roles": [
            {"id": "20", "color": 255, "position": 1}, {"id": "21", "color": 65280, "position": 2},
            {"id": "22", "color": 0, "position": 3}]},
        "members": [{"user": {"id": "7", "username": "u"}, "nick": "N", "avatar": "h",
            "roles": ["20", "22", "21"]}],
        "messages": [{"id": "4194304", "content": "",
            "author": {"id": "7", "username": "u", "global_name": "G", "discriminator": "0"}}]}"##;
    let display = |names| {
        let options = Options {
            names,
            ..Options::default()
        };
        read(input, &options).people[0].display.to_string()
    };
    assert_eq!(display(Names::Display), "N");
    assert_eq!(display(Names::Username), "u");
    let transcript = read(input, &Options::default());
    let person = &transcript.people[0];
    assert_eq!(person.color.map(|color| color.0), Some(65280));
    assert_eq!(
        &*person.avatar_url,
        "https://cdn.discordapp.com/guilds/9/users/7/avatars/h.png"
    );
}

#[test]
fn times_in_words() {
    let input = r#"[{"id": "4194304", "timestamp": "2021-04-20T16:20:30+00:00", "content": "",
        "edited_timestamp": "2021-04-21T16:20:30+00:00"}]"#;
    let options = Options {
        timezone: Some("Asia/Tokyo".into()),
        times: locale::times("en"),
        ..Options::default()
    };
    let transcript = read(input, &options);
    let time = transcript.messages[0].time.as_ref().expect("it has a time");
    assert_eq!(&*time.header, "4/21/21, 1:20\u{a0}AM");
    assert_eq!(&*time.short, "1:20\u{a0}AM");
    assert_eq!(&*time.day, "April 21, 2021");
    assert_eq!(&*time.full, "Wednesday, April 21, 2021 at 1:20\u{a0}AM");
    assert_eq!(&*time.edited, "Thursday, April 22, 2021 at 1:20\u{a0}AM");
    assert_eq!(&*transcript.timezone, "Asia/Tokyo");
}

#[test]
fn channels_that_messages_name_are_listed_once() {
    let input = r#"{"channels": [{"id": "30", "name": "rules", "type": 0}], "messages": [
        {"id": "4194304", "content": "<#31> <#30>", "thread": {"id": "32", "name": "T", "type": 11},
         "mention_channels": [{"id": "31", "guild_id": "9", "type": 5, "name": "news"},
            {"id": "30", "name": "rules", "type": 0}]}]}"#;
    let transcript = read(input, &Options::default());
    let channels: Vec<_> = transcript
        .channels
        .iter()
        .map(|channel| {
            (
                &*channel.id,
                &*channel.name,
                channel.kind.and_then(|kind| kind.name()),
            )
        })
        .collect();
    assert_eq!(
        channels,
        [
            ("30", "rules", Some("guild_text")),
            ("32", "T", Some("public_thread")),
            ("31", "news", Some("guild_announcement")),
        ]
    );
}
