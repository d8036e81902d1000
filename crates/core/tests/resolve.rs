//! What follows from messages: sentences, galleries, polls, replies, people.

use scrollback_core::model::{ReplyState, Transcript};
use scrollback_core::{Names, Options, transcript};

fn read<'a>(input: &'a str, options: &Options) -> Transcript<'a> {
    transcript(&[input.as_bytes()], options)
        .expect("there are messages")
        .0
}

/// The sentence of a system message with names in angle brackets, and its
/// icon.
fn sentence(fields: &str) -> (String, String) {
    let input = format!(
        r#"{{"guild": {{"id": "9", "name": "Home"}}, "channel": {{"id": "1", "type": 3}},
            "messages": [{{"id": "4194304", "timestamp": "2024-01-01T00:00:00.000Z",
                "author": {{"id": "7", "username": "A"}}, {fields}}}]}}"#
    );
    let transcript = read(&input, &Options::default());
    let system = transcript.messages[0]
        .system
        .as_ref()
        .expect("it is a system message");
    let mut text = String::new();
    for segment in &system.segments {
        match segment.person {
            Some(person) => {
                text += &format!("<{}>", transcript.people[person.index()].display);
            }
            None => text += &segment.text,
        }
    }
    (text, system.icon.to_string())
}

#[test]
fn sentences_of_system_messages() {
    const M: &str = r#""mentions": [{"id": "8", "username": "M"}]"#;
    const SELF: &str = r#""mentions": [{"id": "7", "username": "A"}]"#;
    let cases: &[(&str, &str, &str)] = &[
        (
            &format!(r#""type": 1, {M}"#),
            "<A> added <M> to the group.",
            "join",
        ),
        (
            r#""type": "RecipientAdd""#,
            "<A> added Someone to the group.",
            "join",
        ),
        (
            &format!(r#""type": 2, {M}"#),
            "<A> removed <M> from the group.",
            "leave",
        ),
        (
            &format!(r#""type": 2, {SELF}"#),
            "<A> left the group.",
            "leave",
        ),
        (r#""type": 3"#, "<A> started a call.", "call"),
        (
            r#""type": "Call", "callEndedTimestamp": "2024-01-01T01:40:00Z""#,
            "<A> started a call that lasted 2 hours.",
            "call",
        ),
        (
            r#""type": 3, "call": {"participants": ["7"], "ended_timestamp": "2024-01-01T00:05:00Z"}"#,
            "<A> started a call that lasted 5 minutes.",
            "call",
        ),
        (
            r#""type": 4, "content": "new""#,
            "<A> changed the channel name: new.",
            "edit",
        ),
        (
            r#""type": "ChannelNameChange", "content": "Changed the channel name: new""#,
            "<A> changed the channel name: new.",
            "edit",
        ),
        (
            r#""type": 4, "content": """#,
            "<A> removed the custom group name.",
            "edit",
        ),
        (r#""type": 5"#, "<A> changed the channel icon.", "edit"),
        (
            r#""type": 6"#,
            "<A> pinned a message to this channel. See all pinned messages.",
            "pin",
        ),
        // 1 704 067 200 000 mod 13 is 9.
        (r#""type": 7"#, "Everyone welcome <A>!", "join"),
        (r#""type": 8"#, "<A> just boosted the server!", "boost"),
        (
            r#""type": 8, "content": "4""#,
            "<A> just boosted the server 4 times!",
            "boost",
        ),
        (
            r#""type": "11""#,
            "<A> just boosted the server! Home has achieved Level 3!",
            "boost",
        ),
        (
            r#""type": 12, "content": "News""#,
            "<A> has added News to this channel. Its most important updates will show up here.",
            "info",
        ),
        (
            r#""type": 18, "content": "T""#,
            "<A> started a thread: T. See all threads.",
            "thread",
        ),
        (
            r#""type": "ThreadCreated", "content": "Started a thread.""#,
            "<A> started a thread. See all threads.",
            "thread",
        ),
        (
            r#""type": 25, "role_subscription_data": {"tier_name": "Gold",
                "total_months_subscribed": 1, "is_renewal": false}"#,
            "<A> joined Gold and has been a subscriber of Home for 1 month!",
            "upgrade",
        ),
        (
            r#""type": 27, "content": "Jam""#,
            "<A> started Jam.",
            "stage",
        ),
        (
            r#""type": 31, "content": "Jam""#,
            "<A> changed the Stage topic: Jam.",
            "stage",
        ),
        (
            r#""type": 32, "application": {"name": "Bot"}"#,
            "<A> upgraded Bot to premium for this server!",
            "upgrade",
        ),
        (r#""type": 38"#, "<A> reported a raid in Home.", "alert"),
        (
            r#""type": 44, "purchase_notification": {"type": 0,
                "guild_product_purchase": {"listing_id": "1", "product_name": "Mug"}}"#,
            "<A> has purchased Mug!",
            "upgrade",
        ),
        (r#""type": 60, "content": "text""#, "<A>: text", "info"),
        (
            r#""type": "61""#,
            "<A>: a system message of type 61.",
            "info",
        ),
    ];
    for (fields, text, icon) in cases {
        assert_eq!(
            sentence(fields),
            ((*text).to_owned(), (*icon).to_owned()),
            "{fields}"
        );
    }
}

#[test]
fn every_welcome_has_its_millisecond() {
    let mut lines = std::collections::BTreeSet::new();
    for ms in 0..13 {
        let time = format!(r#""type": 7, "timestamp": "2024-01-01T00:00:00.{ms:03}Z""#);
        let (line, _) = sentence(&time);
        assert!(line.contains("<A>"), "{line}");
        lines.insert(line);
    }
    assert_eq!(lines.len(), 13);
}

#[test]
fn written_messages_have_no_sentence() {
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
fn pictures_of_one_link_make_a_gallery() {
    let picture = |n: u8| format!(r#"{{"url": "https://a.b/1", "image": {{"url": "{n}.png"}}}}"#);
    let other = r#"{"url": "https://a.b/2", "image": {"url": "x.png"}}"#;
    let titled = r#"{"url": "https://a.b/1", "title": "T", "image": {"url": "y.png"}}"#;
    let input = format!(
        r#"[{{"id": "4194304", "content": "", "embeds": [{}, {other}, {}, {titled}, {}]}}]"#,
        picture(1),
        picture(2),
        picture(3)
    );
    let transcript = read(&input, &Options::default());
    let embeds = &transcript.messages[0].embeds;
    assert_eq!(embeds.len(), 3, "a titled embed stays");
    let urls: Vec<Vec<&str>> = embeds
        .iter()
        .map(|embed| embed.images.iter().map(|image| &*image.url).collect())
        .collect();
    assert_eq!(urls, [vec!["1.png", "2.png", "3.png"], vec![], vec![]]);
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
        (result.total_votes, result.votes, result.answer_id),
        (4, 2, None)
    );
    assert_eq!(&*message.embeds[0].fields[0].name, "mood");
    assert_eq!(message.embeds[0].fields.len(), 1);
}

#[test]
fn what_is_known_of_the_message_answered() {
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
fn a_message_without_words_is_known_by_what_it_shows() {
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
        ..Options::default()
    };
    let transcript = read(input, &options);
    let time = transcript.messages[0].time.as_ref().expect("it has a time");
    assert_eq!(&*time.header, "4/21/21, 1:20 AM");
    assert_eq!(&*time.short, "1:20 AM");
    assert_eq!(&*time.day, "April 21, 2021");
    assert_eq!(&*time.full, "Wednesday, April 21, 2021 at 1:20 AM");
    assert_eq!(&*time.edited, "Thursday, April 22, 2021 at 1:20 AM");
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
