//! An archive is read once, and messages are selected from it many times.

use std::sync::Mutex;

use scrollback_core::filter::Filter;
use scrollback_core::model::ReplyState;
use scrollback_core::{Options, bytes_read, read, transcript};

const EXPORT: &[u8] = br#"{"guild":{"id":"7","name":"Lab"},"channel":{"id":"8","name":"general","type":0},"messages":[
    {"id":"4194304001","content":"one","timestamp":"2024-03-01T08:00:00Z","author":{"id":"1","username":"ada"}},
    {"id":"4194304002","type":19,"content":"two","timestamp":"2024-03-01T09:00:00Z","pinned":true,
     "author":{"id":"2","username":"bob"},"message_reference":{"message_id":"4194304001"}},
    {"id":"4194304003","type":19,"content":"three","timestamp":"2024-03-02T09:00:00Z",
     "author":{"id":"1","username":"ada"},"message_reference":{"message_id":"4194304002"}}
]}"#;

fn filtered(filter: Filter) -> Options {
    Options {
        filter,
        ..Options::default()
    }
}

/// Held by whoever reads: the counter of bytes is the process's.
static READING: Mutex<()> = Mutex::new(());

#[test]
fn selects_as_often_as_wanted_and_reads_once() {
    let _reading = READING.lock();
    let before = bytes_read();
    let plain = Options::default();
    let archive = read(&[EXPORT], &plain).expect("it is an export");
    let all = archive.select(&plain).expect("nothing is asked for");
    let pinned = filtered(Filter {
        pinned: Some(true),
        ..Filter::default()
    });
    let late = filtered(Filter {
        after: Some("2024-03-02".into()),
        ..Filter::default()
    });
    let reversed = Options {
        newest_first: true,
        ..plain.clone()
    };
    let asked = [plain.clone(), pinned, late, reversed];
    let selected: Vec<_> = asked
        .iter()
        .map(|options| archive.select(options).expect("they make sense"))
        .collect();
    let picked = archive.pick(&[1, 2, 99], &plain).expect("no option is set");
    assert_eq!(bytes_read() - before, EXPORT.len() as u64);

    // The same as if each had been read anew.
    for (options, selection) in asked.iter().zip(&selected) {
        let (anew, warnings) = transcript(&[EXPORT], options).expect("it is an export");
        assert_eq!(selection.transcript, anew);
        assert_eq!(selection.warnings, warnings);
    }
    assert_eq!(selected[0].transcript, all.transcript);

    let contents = |selection: &scrollback_core::Selection| -> Vec<String> {
        let messages = &selection.transcript.messages;
        messages.iter().map(|m| m.content.to_string()).collect()
    };
    assert_eq!(contents(&selected[1]), ["two"]);
    assert_eq!(contents(&selected[2]), ["three"]);
    assert_eq!(contents(&selected[3]), ["three", "two", "one"]);

    // Replies point within the selection.
    assert_eq!(contents(&picked), ["two", "three"]);
    let reply = |at: usize| {
        let reply = picked.transcript.messages[at].reply.as_ref();
        reply.map(|reply| (reply.state, reply.message))
    };
    assert_eq!(reply(0), Some((ReplyState::LeftOut, None)));
    assert_eq!(reply(1), Some((ReplyState::Here, Some(0))));
    assert_eq!(picked.transcript.filtered_out, 1);
}

#[test]
fn an_archive_can_be_shared_among_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<scrollback_core::Archive<'_>>();
}

/// Numbers are those of the kept messages in the order asked for, and a part of them keeps
/// its numbers.
#[test]
fn messages_and_their_files_are_numbered() {
    let _reading = READING.lock();
    let export = br#"[
        {"id":"1","content":"a","author":{"id":"9","username":"x"},"attachments":[{"filename":"a.png"},{"filename":"b.png"}]},
        {"id":"2","content":"left out","author":{"id":"9","username":"x"},"attachments":[{"filename":"c.png"}]},
        {"id":"3","content":"b","author":{"id":"9","username":"x"},"attachments":[{"filename":"d.png"}]}
    ]"#;
    let mut options = Options {
        numbers: Some(7),
        ..Options::default()
    };
    options.filter.not_text = vec!["left out".into()];
    let numbers = |options: &Options| {
        let mut archive = read(&[export], options).expect("it can be read");
        archive.number(options).expect("the options make sense");
        let selection = archive.pick(&[2], options).expect("the options make sense");
        let message = &selection.transcript.messages[0];
        (message.number, message.attachments[0].exhibit)
    };
    assert_eq!(numbers(&options), (8, 3));
    options.newest_first = true;
    assert_eq!(numbers(&options), (7, 1));
    options.numbers = None;
    assert_eq!(numbers(&options), (0, 0));
}
