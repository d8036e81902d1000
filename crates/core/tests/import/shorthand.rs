//! What other programs write differently from Discord's API: times, names, and texts in place of
//! objects.

use scrollback_core::model::Transcript;
use scrollback_core::{Options, Warning, transcript};

fn read<'a>(inputs: &[&'a str]) -> (Transcript<'a>, Vec<Warning>) {
    let inputs: Vec<&[u8]> = inputs.iter().map(|input| input.as_bytes()).collect();
    transcript(&inputs, &Options::default()).expect("there are messages")
}

#[test]
fn moments_are_read_in_every_usual_writing() {
    for (written, ms) in [
        (r#""2024-05-01T10:00:00Z""#, 1_714_557_600_000),
        (r#"" 2024-05-01 10:00 ""#, 1_714_557_600_000),
        (r#""2024-05-01""#, 1_714_521_600_000),
        (r#""1714557600""#, 1_714_557_600_000),
        (r#""1714557600000""#, 1_714_557_600_000),
        ("1714557600", 1_714_557_600_000),
        (r#"{"$date": "2024-05-01T10:00:00Z"}"#, 1_714_557_600_000),
        (r#"{"$date": 1714557600000}"#, 1_714_557_600_000),
    ] {
        let input = format!(
            r#"[{{"id": "1", "content": "a", "author": {{"id": "7", "username": "u"}}, "timestamp": {written}}}]"#
        );
        let (transcript, warnings) = read(&[&input]);
        let time = transcript.messages[0].timestamp.map(|time| time.ms);
        assert_eq!(time, Some(ms), "{written}");
        assert!(warnings.is_empty(), "{written}: {warnings:?}");
    }
}

#[test]
fn texts_that_stand_for_objects_are_read() {
    let (transcript, warnings) = read(&[r#"[{"message_id": "1", "content": "a",
        "created_at": "2024-05-01 10:00:00", "author": "ada#0042", "author_id": 7,
        "attachments": ["https://cdn.discordapp.com/attachments/1/2/a.png?ex=1"],
        "reactions": ["🎉"], "embeds": ["{\"title\":\"T\"}"], "pinned": "true"}]"#]);
    assert!(warnings.is_empty(), "{warnings:?}");
    let message = &transcript.messages[0];
    let author = &transcript.people[message.author.unwrap().index()];
    assert_eq!(
        (&*author.id, &*author.username, &*author.discriminator),
        ("7", "ada", "0042")
    );
    assert_eq!(&*message.attachments[0].filename, "a.png");
    assert_eq!(
        (
            &*message.reactions[0].emoji.name,
            message.reactions[0].count
        ),
        ("🎉", None)
    );
    assert_eq!(&*message.embeds[0].title, "T");
    assert!(message.pinned);
}

#[test]
fn events_without_a_message_are_passed_over() {
    let event =
        |name: &str, data: &str| format!(r#"{{"op": 0, "s": 1, "t": "{name}", "d": {data}}}"#);
    let message = r#"{"id": "1", "content": "a", "timestamp": "2024-05-01T10:00:00Z", "author": {"id": "7", "username": "u"}}"#;
    let input = [
        event("MESSAGE_CREATE", message),
        event(
            "TYPING_START",
            r#"{"user_id": "7", "timestamp": 1714557600}"#,
        ),
        event("MESSAGE_DELETE", r#"{"id": "1", "channel_id": "9"}"#),
        event("MESSAGE_UPDATE", &message.replace("\"a\"", "\"b\"")),
    ]
    .join("\n");
    let (transcript, _) = read(&[&input]);
    let contents: Vec<&str> = transcript
        .messages
        .iter()
        .map(|one| &*one.content)
        .collect();
    assert_eq!(contents, ["b"]);
}

#[test]
fn pictures_of_people_may_be_addresses() {
    let (transcript, _) = read(&[
        r#"[{"id": "1", "content": "a", "timestamp": "2024-05-01T10:00:00Z",
        "author": {"id": "7", "username": "u", "avatar": "https://a.test/u.png"}}]"#,
    ]);
    assert_eq!(&*transcript.people[0].avatar_url, "https://a.test/u.png");
}

#[test]
fn nobody_lends_a_name_to_people_without_one() {
    let authors = [
        (r#"{"id": null, "name": ""}"#, ""),
        (r#"{"name": "Max"}"#, "Max"),
        ("{}", ""),
        (r#"{"global_name": "Zoë"}"#, "Zoë"),
        (r#"{"global_name": "Leo"}"#, "Leo"),
        (r#"{"nickname": "Ni"}"#, "Ni"),
        (r#"{"name": "Max"}"#, "Max"),
        (r#"{"global_name": "Zoë"}"#, "Zoë"),
    ];
    let messages: Vec<_> = authors
        .iter()
        .enumerate()
        .map(|(id, (author, _))| {
            format!(
                r#"{{"id": "{}", "content": "a", "author": {author}}}"#,
                id + 1
            )
        })
        .collect();
    let input = format!("[{}]", messages.join(","));
    let (transcript, _) = read(&[&input]);
    let named = transcript.messages.iter().map(|message| {
        let author = message.author.expect("it has an author");
        let person = &transcript.people[author.index()];
        let names = [&person.username, &person.global_name, &person.nick];
        let name = names.into_iter().find(|name| !name.is_empty());
        name.map_or("", |name| &**name)
    });
    let named: Vec<_> = named.collect();
    let expected: Vec<_> = authors.iter().map(|(_, name)| *name).collect();
    assert_eq!(named, expected);
}

#[test]
fn names_are_seen_and_on_one_line() {
    let message = |id: u64, names: &str| {
        format!(
            r#"{{"id": "{id}", "content": "a", "timestamp": "2024-05-01T10:00:00Z", "author": {{"id": "{id}", {names}}}}}"#
        )
    };
    let input = format!(
        "[{},{},{}]",
        message(
            1,
            r#""username": "ada", "global_name": "\u200b\u2800\u3164""#
        ),
        message(2, r#""username": "a\nb""#),
        message(3, r#""username": "\u200b""#),
    );
    let (transcript, _) = read(&[&input]);
    let names: Vec<&str> = transcript
        .people
        .iter()
        .map(|person| &*person.display)
        .collect();
    // Somebody without a name is known by the id.
    assert_eq!(names, ["ada", "a b", "3"]);
}

#[test]
fn a_name_may_stand_where_an_id_does() {
    let (transcript, _) = read(&[r#"[
        {"id": "1", "content": "a", "timestamp": "2024-05-01T10:00:00Z", "author": "ada"},
        {"id": "2", "content": "b", "timestamp": "2024-05-01T10:00:00Z", "author": "ada"},
        {"id": "3", "content": "c", "timestamp": "2024-05-01T10:00:00Z", "author": "7"}]"#]);
    let names: Vec<&str> = transcript
        .people
        .iter()
        .map(|person| &*person.display)
        .collect();
    assert_eq!(names, ["ada", "7"]);
}

#[test]
fn several_exports_in_one_file_keep_their_channels() {
    let export = |channel: u64, id: u64| {
        format!(
            r#"{{"guild": {{"id": "1", "name": "G"}}, "channel": {{"id": "{channel}", "type": "GuildTextChat", "name": "c{channel}"}},
            "messages": [{{"id": "{id}", "content": "a", "timestamp": "2024-03-08T18:03:31Z", "author": {{"id": "5", "name": "ada"}}}}],
            "messageCount": 1}}"#
        )
    };
    let (one, two, again) = (export(11, 1), export(12, 2), export(11, 3));
    for input in [
        format!("{one}\n{two}\n{again}"),
        format!("[{one}, {two}, {again}]"),
    ] {
        let (transcript, warnings) =
            transcript(&[input.as_bytes()], &Options::default()).expect(&input);
        assert_eq!(warnings, [], "{input}");
        assert_eq!(&*transcript.channel.as_ref().unwrap().name, "c11");
        let places: Vec<&str> = transcript
            .messages
            .iter()
            .map(|message| &*message.channel_id)
            .collect();
        assert_eq!(places, ["11", "12", "11"], "{input}");
    }
}

#[test]
fn what_python_writes_as_json_is_read() {
    let input = r#"{"messages": [{"id": "1", "content": "a", "score": NaN, "timestamp": "2024-03-08T18:03:31Z",
        "author": {"id": "5", "username": "ada",},}, {"id": "2", "content": "b", "timestamp": "2024-03-08T18:03:31Z",},],}"#;
    let (transcript, warnings) = transcript(&[input.as_bytes()], &Options::default()).unwrap();
    let contents: Vec<&str> = transcript
        .messages
        .iter()
        .map(|one| &*one.content)
        .collect();
    assert_eq!(contents, ["a", "b"]);
    assert!(
        warnings
            .iter()
            .any(|warning| warning.message.contains("got NaN or Infinity")),
        "{warnings:?}"
    );
}

#[test]
fn colours_are_read_as_numbers_and_as_digits() {
    for (written, color) in [
        ("16711680", Some(0xff_0000)),
        (r#""16711680""#, Some(0xff_0000)),
        (r##""#ff0000""##, Some(0xff_0000)),
        (r#""0xFF0000""#, Some(0xff_0000)),
        (r#""99999999999""#, None),
        (r#""red""#, None),
    ] {
        let input = format!(
            r#"[{{"id": "1", "content": "a", "embeds": [{{"title": "t", "color": {written}}}]}}]"#
        );
        let (transcript, warnings) = read(&[&input]);
        let read = transcript.messages[0].embeds[0].color.map(|color| color.0);
        assert_eq!(read, color, "{written}");
        let is_told = warnings.iter().any(|one| one.code == "unexpected-value");
        assert_eq!(is_told, color.is_none(), "{written}");
    }
}
