//! Exports that differ from the format of Discord's API are read with their texts.

use scrollback_core::warning::codes;
use scrollback_core::{Options, read};

/// The authors and texts of an input's messages, and the codes of its warnings. Messages of a
/// channel other than the first begin with its id.
fn said(input: &str) -> (Vec<String>, Vec<&'static str>) {
    let archive = read(&[input.as_bytes()], &Options::default()).unwrap();
    let transcript = archive.transcript();
    let said = transcript.messages.iter().map(|message| {
        let author = message
            .author
            .map(|author| &transcript.people[author.index()]);
        let author = author.map_or("?", |person| match &*person.username {
            "" => &*person.id,
            name => name,
        });
        let forwarded = message.message_snapshots.iter();
        let forwarded: Vec<&str> = forwarded.map(|one| &*one.content).collect();
        let place = match &*message.channel_id {
            "" => String::new(),
            id => format!("#{id} "),
        };
        format!(
            "{place}{author}: {}{}",
            message.content,
            forwarded.join("|")
        )
    });
    let said = said.collect();
    let codes = archive.warnings().iter().map(|warning| warning.code);
    (said, codes.collect())
}

fn read_without_warnings(cases: &[(&str, &[&str])]) {
    for (input, words) in cases {
        let (said, codes) = said(input);
        assert_eq!(said, *words, "{input}");
        assert!(codes.is_empty(), "{input}: {codes:?}");
    }
}

#[test]
fn messages_are_found_wherever_they_stand() {
    let one = r#"{"id":"1216000000000000001","timestamp":"2024-03-01T00:00:00Z","content":"a","author":{"username":"ada"}}"#;
    let two = r#"{"id":"1216000000000000002","timestamp":"2024-03-01T00:00:01Z","content":"b","author":{"username":"bob"}}"#;
    for (input, both) in [
        (
            r#"{"guild":{"id":"1","name":"G"},"data":[ONE,TWO]}"#,
            ["ada: a", "bob: b"],
        ),
        (
            r#"{"guild":{"id":"1"},"history":[ONE,TWO]}"#,
            ["ada: a", "bob: b"],
        ),
        (
            r#"{"messages":{"1":ONE,"2":TWO},"guild":{"id":"1"}}"#,
            ["ada: a", "bob: b"],
        ),
        (
            r#"{"1216000000000000001":ONE,"1216000000000000002":TWO}"#,
            ["ada: a", "bob: b"],
        ),
        (
            r#"{"data":{"channel":{"id":"5","name":"x","messages":[ONE,TWO]}}}"#,
            ["ada: a", "bob: b"],
        ),
        (
            r#"{"channels":[{"id":"5","name":"x","type":0,"messages":[ONE]},{"id":"6","name":"y","messages":[TWO]}]}"#,
            ["#5 ada: a", "#6 bob: b"],
        ),
        (
            r#"{"channels":{"x":[ONE],"y":[TWO]}}"#,
            ["#x ada: a", "#y bob: b"],
        ),
        (
            r#"{"channels":{"categories":[{"name":"C","children":[{"name":"x","type":0,"messages":[ONE]},{"name":"y","type":0,"messages":[TWO]}]}]}}"#,
            ["#x ada: a", "#y bob: b"],
        ),
        ("[[ONE],[[TWO]]]", ["ada: a", "bob: b"]),
        ("\u{1e}ONE\n\u{1e}TWO\n", ["ada: a", "bob: b"]),
        ("ONE,\nTWO,\n", ["ada: a", "bob: b"]),
    ] {
        let input = input.replace("ONE", one).replace("TWO", two);
        let (said, _) = said(&input);
        assert_eq!(said, both, "{input}");
    }
    // Objects that only resemble messages aren't messages.
    for input in [
        r#"{"pages":[{"id":1,"content":"a"}]}"#,
        r#"{"chat":[{"role":"user","content":"a"}]}"#,
        r#"{"name":"x","author":{"name":"y"},"dependencies":{}}"#,
    ] {
        assert!(
            read(&[input.as_bytes()], &Options::default()).is_err(),
            "{input}"
        );
    }
}

#[test]
fn words_and_people_are_read_under_other_names() {
    read_without_warnings(&[
        (
            r#"[{"id":"1216000000000000001","timestamp":1709921011,"text":"a","username":"ada"}]"#,
            &["ada: a"],
        ),
        (
            r#"[{"id":"1216000000000000001","timestamp":1709921011,"message":"a","author":"ada"}]"#,
            &["ada: a"],
        ),
        (
            r#"[{"id":1.216e18,"timestamp":1709921011,"content":["a","b"],"user":{"username":"ada"}}]"#,
            &["ada: ab"],
        ),
        (
            r#"[{"id":{"$numberLong":"1216000000000000001"},"timestamp":{"$date":{"$numberLong":"1709921011000"}},"content":"a","author":{"username":"ada"}}]"#,
            &["ada: a"],
        ),
        (
            r#"[{"id":"1216000000000000001","content":"a","contentRaw":"","timestampEdited":null,"author":{"username":"ada"}}]"#,
            &["ada: a"],
        ),
    ]);
}

#[test]
fn all_that_was_forwarded_is_kept_in_any_form() {
    let message = |forwarded: &str| {
        format!(
            r#"[{{"id":"1216000000000000001","type":0,"content":"","author":{{"username":"ada"}},{forwarded}}}]"#
        )
    };
    for (forwarded, words) in [
        (
            r#""message_snapshots":[{"message":{"content":"a"}},{"message":{"content":"b"}}]"#,
            "ada: a|b",
        ),
        (
            r#""message_snapshots":{"message":{"content":"a"}}"#,
            "ada: a",
        ),
        (
            r#""forwardedMessage":{"message":{"content":"a"}}"#,
            "ada: a",
        ),
        (r#""message_snapshots":[[{"content":"a"}]]"#, "ada: a"),
    ] {
        read_without_warnings(&[(&message(forwarded), &[words])]);
    }
}

#[test]
fn numbers_and_flags_are_read_as_other_languages_write_them() {
    let input = r#"[{"id":"1216000000000000001","type":0.0,"content":"a","pinned":1,"flags":4096.0,
        "author":{"username":"ada","bot":1},"attachments":"","embeds":"","reactions":[[{"emoji":{"name":"x"},"count":2.0}]]}]"#;
    let archive = read(&[input.as_bytes()], &Options::default()).unwrap();
    assert_eq!(archive.warnings(), []);
    let message = &archive.transcript().messages[0];
    assert!(message.pinned && archive.transcript().people[0].bot);
    assert_eq!((message.flags, message.reactions[0].count), (4096, Some(2)));
}

#[test]
fn a_copy_of_the_original_alone_makes_a_reply() {
    let input = r#"[{"id":"1216000000000000001","type":19,"content":"a","author":{"username":"ada"},
        "referenced_message":{"id":"1215000000000000001","content":"b","author":{"username":"bob"}}},
        {"id":"1216000000000000002","type":21,"content":"","author":{"username":"ada"},
        "referenced_message":{"id":"1215000000000000002","content":"c","author":{"username":"bob"}}}]"#;
    let archive = read(&[input.as_bytes()], &Options::default()).unwrap();
    let messages = &archive.transcript().messages;
    assert_eq!(&*messages[0].reply.as_ref().unwrap().content, "b");
    assert_eq!(&*messages[1].starter.as_ref().unwrap().content, "c");
}

#[test]
fn messages_of_one_made_up_id_stay_apart() {
    let message = |id: &str, second: u8, content: &str| {
        format!(
            r#"{{"id":"{id}","timestamp":"2024-03-01T00:00:{second:02}Z","content":"{content}","author":{{"username":"ada"}}}}"#
        )
    };
    let input = format!("[{},{}]", message("0", 1, "a"), message("0", 3, "b"));
    assert_eq!(
        said(&input),
        (vec!["ada: a".into(), "ada: b".into()], vec![])
    );
    // The same message, from before and after an edit.
    let input = format!("[{},{}]", message("0", 1, "a"), message("0", 1, "b"));
    assert_eq!(said(&input).0.len(), 1);
    let id = "1216000000000000001";
    let input = format!("[{},{}]", message(id, 1, "a"), message(id, 3, "b"));
    assert_eq!(
        said(&input),
        (vec!["ada: b".into()], vec![codes::DUPLICATE])
    );
}
