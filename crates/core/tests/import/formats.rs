//! Other programs' files: each sample under `data/formats` says what its program
//! writes, and reads as a transcript with people, times, edits, replies and files.

use std::fs;
use std::path::Path;

use scrollback_core::model::{Message, Transcript};
use scrollback_core::{Options, Warning, transcript};

/// The bytes of a sample.
fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/formats")
        .join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads samples together, and shows each message in a line: who, when, what.
fn lines(inputs: &[Vec<u8>]) -> (Vec<String>, Vec<Warning>) {
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let (transcript, warnings) = transcript(&inputs, &Options::default()).expect("it is read");
    let shown = transcript.messages.iter();
    (
        shown.map(|message| line(&transcript, message)).collect(),
        warnings,
    )
}

fn line(transcript: &Transcript, message: &Message) -> String {
    let author = message.author.map_or("nobody", |author| {
        &transcript.people[author.index()].display
    });
    let time = message.timestamp.map_or(0, |time| time.ms / 1000);
    let mut line = format!("{} {author} {time} {:?}", message.id, &*message.content);
    for file in &message.attachments {
        line += &format!(" file {}", file.filename);
        if file.flags & 8 != 0 {
            line += " (covered)";
        }
    }
    if let Some(reply) = &message.reply {
        line += &format!(" answers {}", reply.id);
    }
    if message.edited_timestamp.is_some() {
        line += " edited";
    }
    line
}

/// A reading of one sample without any warning.
fn clean(name: &str) -> Vec<String> {
    let (lines, warnings) = lines(&[sample(name)]);
    assert_eq!(warnings, [], "{name}");
    lines
}

#[test]
fn a_data_package_is_its_owners_words() {
    let expected = [
        "1215721577694363650 You 1709921011 \"Is the kiln free on **Thursday**?\"",
        "1215721662729682947 You 1709921042 \"\" file bowl.png file glaze%20notes.txt",
    ];
    assert_eq!(clean("data-package.json"), expected);
}

#[test]
fn a_data_package_knows_its_channel_and_owner_from_other_files() {
    let inputs = [
        sample("data-package-channel.json"),
        sample("data-package.json"),
        sample("data-package-user.json"),
        br#"{"620000000000000001": "glaze-chemistry in The Kiln Room"}"#.to_vec(),
    ];
    let parts: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let (transcript, warnings) = transcript(&parts, &Options::default()).expect("it is read");
    assert_eq!(warnings, []);
    let channel = transcript.channel.as_ref().expect("there is a channel");
    assert_eq!(&*channel.name, "glaze-chemistry");
    assert_eq!(
        &*transcript.guild.as_ref().expect("a server").name,
        "The Kiln Room"
    );
    assert_eq!(
        line(&transcript, &transcript.messages[0]),
        "1215721577694363650 Mira 1709921011 \"Is the kiln free on **Thursday**?\""
    );
}

#[test]
fn a_file_that_only_describes_messages_is_an_error() {
    let input = sample("data-package-channel.json");
    let error = transcript(&[&input], &Options::default()).expect_err("there are no messages");
    assert_eq!(
        error.to_string(),
        "input 1: expected messages, got what a data package says beside them; give the \
         `messages.json` of the same folder too"
    );
}

#[test]
fn an_older_data_package_is_a_table() {
    let expected = [
        "1215721577694363650 You 1709921011 \"Cones, and \\\"regrets\\\",\\nin two lines\"",
        "1215721662729682947 You 1709921042 \"Plain\" file bowl.png",
    ];
    assert_eq!(clean("data-package.csv"), expected);
}

#[test]
fn forks_of_the_exporter_write_raw_texts_and_all_that_it_leaves_out() {
    let input = sample("exporter-fork.json");
    let (transcript, warnings) = transcript(&[&input], &Options::default()).expect("it is read");
    assert_eq!(warnings, []);
    let shown: Vec<String> = transcript
        .messages
        .iter()
        .map(|message| line(&transcript, message))
        .collect();
    assert_eq!(
        shown,
        [
            "1215721577694363650 Tomasz 1709921011 \"<@214900000000000103> look\" \
             file secret.png (covered)",
            "1215721662729682947 Mira 1709921071 \"yes\" answers 1215721577694363650",
        ]
    );
    let message = &transcript.messages[0];
    let file = &message.attachments[0];
    assert_eq!(
        (&*file.description, file.width, file.height),
        ("A cracked bowl", 640, 480)
    );
    assert_eq!(&*message.embeds[0].title, "Ask <@214900000000000103>");
    assert_eq!(&*message.embeds[0].fields[0].value, "B");
    let row = &message.components[0];
    assert_eq!(
        (row.kind, row.components[0].kind, row.components[0].style),
        (1, 2, 5)
    );
    assert!(row.components[0].disabled);
    assert_eq!(
        (row.components[1].kind, row.components[1].max_values),
        (3, Some(2))
    );
    let poll = message.poll.as_ref().expect("there is a poll");
    assert_eq!(
        (&*poll.question.text, poll.answers[0].votes),
        ("Which cone?", Some(3))
    );
    assert!(poll.allow_multiselect);
}

#[test]
fn tables_of_people_and_emoji_are_put_into_the_messages() {
    let input = sample("exporter-fork-tables.json");
    let (transcript, warnings) = transcript(&[&input], &Options::default()).expect("it is read");
    assert_eq!(warnings, []);
    assert_eq!(
        line(&transcript, &transcript.messages[0]),
        "1215721577694363650 Tomasz 1709921011 \"Fire!\""
    );
    let reaction = &transcript.messages[0].reactions[0];
    assert_eq!(
        (&*reaction.emoji.id, &*reaction.emoji.name),
        ("700000000000000001", "glaze")
    );
    let who = reaction
        .users
        .iter()
        .map(|user| &*transcript.people[user.index()].id);
    assert_eq!(who.collect::<Vec<_>>(), ["103", "999"]);
}

#[test]
fn discord_js_writes_camel_case_and_ids() {
    let expected = [
        "1215721577694363650 214900000000000101 1709921011 \"Fire at <@103>\" file  edited",
        "1215721662729682947 Mira 1709921071 \"Yes\" file b.png (covered) \
         answers 1215721577694363650",
    ];
    let shown = clean("discord-js.json");
    assert_eq!(shown.len(), expected.len());
    assert_eq!(shown[1], expected[1]);
    assert!(shown[0].starts_with("1215721577694363650 "), "{}", shown[0]);
    assert!(
        shown[0].contains("1709921011 \"Fire at <@103>\""),
        "{}",
        shown[0]
    );
    assert!(shown[0].ends_with("edited"), "{}", shown[0]);
}

#[test]
fn logs_of_bots_say_what_only_staff_saw() {
    let expected = [
        "1215721577694363650 tomasz 1709920800 \"Help, the kiln!\" file kiln.png",
        "1215721662729682947 mira 1709920860 \"He means kiln 2.\\n-# internal\"",
        "1215721841940901892 mira 1709920920 \"On my way.\\n-# anonymous\"",
    ];
    assert_eq!(clean("bot-log.json"), expected);
}

#[test]
fn history_trackers_archive_numbers_its_people() {
    let expected = [
        "1215721577694363650 Tomasz 1709921011 \"Fire!\" file bowl.png",
        "1215721662729682947 mira 1709921071 \"Done.\" answers 1215721577694363650 edited",
    ];
    assert_eq!(clean("history-tracker.json"), expected);
}

#[test]
fn history_trackers_viewer_is_sent_messages_as_lines() {
    let expected = |names: [&str; 2]| {
        let [tomasz, mira] = names;
        [
            format!("1215721577694363650 {tomasz} 1709921011 \"Is the kiln **free**?\" edited"),
            format!(
                "1215721662729682947 {mira} 1709921042 \"\" file bowl.png answers \
                 1215721577694363650"
            ),
            format!("1215721700000000000 {tomasz} 1709921052 \"In another channel\""),
        ]
    };
    let alone = clean("history-tracker-lines.jsonl");
    assert_eq!(alone.len(), 3);
    let inputs = ["history-tracker-lines.jsonl", "history-tracker-viewer.json"].map(sample);
    let (shown, warnings) = lines(&inputs);
    assert_eq!(warnings, []);
    assert_eq!(shown, expected(["tomasz", "Mira"]));
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let (transcript, _) = transcript(&inputs, &Options::default()).unwrap();
    let names: Vec<&str> = transcript.channels.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["glaze-chemistry", "off-topic"]);
    assert_eq!(&*transcript.guild.as_ref().unwrap().name, "The Kiln Room");
    let message = &transcript.messages[1];
    assert_eq!(&*message.embeds[0].title, "Glaze notes");
    assert_eq!(message.reactions[0].count, Some(3));
}

#[test]
fn a_browsers_record_has_discords_answers() {
    let expected = [
        "1215720000000000000 mira 1709917200 \"House rules\"",
        "1215721577694363650 tomasz 1709921011 \"Is the kiln **free**?\" edited",
        "1215721662729682947 mira 1709921042 \"On Thursday\" answers 1215721577694363650",
        "1215721700000000000 mira 1709921100 \"In another channel\"",
    ];
    assert_eq!(clean("browser.har"), expected);
    let input = sample("browser.har");
    let (transcript, _) = transcript(&[&input], &Options::default()).unwrap();
    assert_eq!(
        &*transcript.channel.as_ref().unwrap().name,
        "glaze-chemistry"
    );
    assert_eq!(&*transcript.guild.as_ref().unwrap().name, "The Kiln Room");
    assert_eq!(&*transcript.messages[3].channel_id, "620000000000000002");
}

#[test]
fn a_record_without_discords_answers_says_how_to_record() {
    let whole = String::from_utf8(sample("browser.har")).unwrap();
    for (record, told) in [
        (
            whole.replace("\"text\"", "\"lost\""),
            "without any; record again while you scroll",
        ),
        (
            whole.replace("/api/", "/"),
            "without any; record again while you scroll",
        ),
        (
            "{\"log\": \"words\"}".to_owned(),
            "got an object with `log`",
        ),
    ] {
        let error = error(&record);
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn error_responses_of_discord_are_quoted() {
    for (input, told) in [
        (
            r#"{"message": "401: Unauthorized", "code": 0}"#,
            "401: Unauthorized",
        ),
        (
            r#"{"message": "You are being rate limited.", "retry_after": 1.0, "global": false}"#,
            "You are being rate limited.",
        ),
    ] {
        let error = error(input);
        assert!(
            error.contains(&format!("got its refusal {told:?}")),
            "{error}"
        );
    }
    let error = error(r#"{"data": {"children": []}, "kind": "Listing"}"#);
    assert!(
        error.ends_with("got an object with `data`, `kind`"),
        "{error}"
    );
}

#[test]
fn envelopes_are_opened() {
    let contents = clean("envelopes.jsonl");
    let expected = [
        "1215721577694363650 ada 1709921011 \"One\"",
        "1215721662729682947 ada 1709921071 \"Two\"",
        "1215721841940901892 bob 1709921131 \"Three\"",
        "1215722041940901892 bob 1709921191 \"Four\"",
    ];
    assert_eq!(contents, expected);
}

/// The error for an input that is none of ours.
fn error(input: &str) -> String {
    transcript(&[input.as_bytes()], &Options::default())
        .expect_err(input)
        .to_string()
}

#[test]
fn exports_of_other_chats_are_named() {
    let cases = [
        (
            r#"[{"user": "U1", "type": "message", "ts": "1709921011.1", "text": "hi", "reactions": []}]"#,
            "Slack",
        ),
        (
            r#"{"ok": true, "messages": [{"user": "U1", "type": "message", "ts": "1", "text": "hi"}]}"#,
            "Slack",
        ),
        (
            r#"{"name": "Ada", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "type": "message",
            "date": "2024-03-08T18:03:31", "date_unixtime": "1709921011", "from": "Ada", "from_id": "user1", "text": "hi"}]}"#,
            "Telegram",
        ),
        (
            r#"{"participants": [], "messages": [{"sender_name": "Ada", "timestamp_ms": 1709921011000, "content": "hi"}]}"#,
            "Facebook Messenger or Instagram",
        ),
        (
            "12/03/2024, 10:15 - Ada: Hi\n12/03/2024, 10:16 - Bob: Ho",
            "WhatsApp",
        ),
        ("[12/03/2024, 10:15:01] Ada: Hi", "WhatsApp"),
        (
            r#"{"about": "Here is the data", "chats": {"list": [{"messages": []}]}}"#,
            "Telegram",
        ),
        (
            r#"{"userId": "8:a", "exportDate": "2024", "conversations": [{"MessageList": []}]}"#,
            "Microsoft Teams or Skype",
        ),
        (
            "{\"type\": \"version\"}\n{\"type\": \"post\", \"post\": {\"message\": \"hi\"}}",
            "Mattermost",
        ),
        (
            r#"{"messages": [{"id": "a", "content": {}, "createdAt": "2024", "createdBy": "b"}]}"#,
            "Guilded",
        ),
    ];
    for (input, chat) in cases {
        assert_eq!(
            error(input),
            format!(
                "input 1, line 1, column 1: expected messages of Discord, got what looks like an \
                 export of {chat}; only Discord's are read"
            ),
            "{input}"
        );
    }
}

#[test]
fn files_without_messages_are_no_transcripts() {
    for input in [
        r#"{"name": "package", "version": "1.0.0", "author": "Ada", "type": "module", "license": "MIT"}"#,
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}"#,
        "{}",
        "[{}]",
        "\u{feff}",
        "Subject: hello",
    ] {
        let error = error(input);
        assert!(
            error.starts_with("input 1, line 1, column 1: expected "),
            "{input}: {error}"
        );
    }
}

#[test]
fn messages_are_read_however_they_are_strung_together() {
    let message = |id: u64| {
        format!(
            r#"{{"id": "{id}", "content": "a", "timestamp": "2024-03-08T18:03:31Z", "author": {{"id": "5", "username": "ada"}}}}"#
        )
    };
    let (a, b) = (message(1), message(2));
    for input in [
        format!("{a}\n\n \r\n{b}\n"),
        format!("{a}{b}"),
        format!("\u{feff}[{a}, {b},]"),
        format!("[{a}],[{b}]"),
        format!("[[{a}], [{b}]]"),
        format!("{{\"messages\": [{a}, {b},],}}"),
        format!("[{a}, {b}, {{\"id\": \"3\", \"cont"),
    ] {
        let (transcript, _) = transcript(&[input.as_bytes()], &Options::default()).expect(&input);
        assert_eq!(transcript.messages.len(), 2, "{input}");
    }
}

#[test]
fn a_file_that_ends_before_its_messages_says_so() {
    for input in ["{", "{\"guild\": {\"id\": \"1\""] {
        let error = error(input);
        assert!(error.contains("the file ends too early"), "{error}");
    }
}

#[test]
fn an_error_for_what_is_almost_an_export_names_the_fix() {
    for (input, told) in [
        (
            "{'messages': [{'id': '1', 'content': 'a'}]}",
            "a JSON export, got objects that aren't JSON, as their keys aren't in double quotes; \
             write them with a program's function for JSON, such as Python's `json.dump`",
        ),
        (
            r#"{"guild": {"id": "1"}, "messages": "none"}"#,
            "a list of messages as `messages`, got something else; export again",
        ),
        (
            "// ours\n{\"messages\": []}",
            "a JSON export (`{` or `[`), got a comment; JSON has none: remove what is before the \
             first bracket",
        ),
        (
            "null",
            "a JSON export (`{` or `[`), got a text that begins with \"null\"; export again as \
             JSON (DiscordChatExporter's `--format Json`)",
        ),
    ] {
        let told = format!("input 1, line 1, column 1: expected {told}");
        assert_eq!(error(input), told);
    }
}

#[test]
fn a_list_of_anything_but_messages_is_an_error() {
    let cases = [
        (r#"["a", "b"]"#, "a list of texts"),
        ("[1, 2]", "a list of numbers"),
        (
            r#"[{"id": "1", "type": 0}, {"id": "2", "type": 2}]"#,
            "a list of other objects",
        ),
    ];
    for (input, got) in cases {
        assert_eq!(
            error(input),
            format!(
                "input 1, line 1, column 1: expected messages of Discord's API, each with \
                 `content`, `author` or `timestamp`; got {got}"
            )
        );
    }
}
