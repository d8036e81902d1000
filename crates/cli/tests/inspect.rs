//! `scrollback inspect`, run as a user runs it.
#![allow(missing_docs)]

mod project;

use std::fs;

use insta_cmd::assert_cmd_snapshot;
use project::{export, folder, message, named_export, samples, scrollback};

fn harbour() -> String {
    export(&[
        message(10, 1, "ada", "hello", ""),
        message(
            11,
            2,
            "bob",
            "look",
            r#","attachments":[
                {"id":"1","filename":"a.png","url":"chat.json_Files/a.png","size":9},
                {"id":"2","filename":"b.png","url":"chat.json_Files/b.png","size":9},
                {"id":"3","filename":"c.png","url":"../c.png","size":9},
                {"id":"4","filename":"d.png","url":"https://example.org/d.png","size":9}]"#,
        ),
        message(12, 2, "ada", "nice", r#","pinned":true"#),
    ])
}

#[test]
fn an_export_is_summed_up() {
    let folder = folder(&[("chat.json", &harbour()), ("chat.json_Files/a.png", "x")]);
    assert_cmd_snapshot!(scrollback(&folder, &["inspect", "chat.json"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----
    files       chat.json
    server      Harbour
    channel     general (guild_text)
    source      discord-chat-exporter, 2024-04-01T00:00:00+00:00
    messages    3 on 2 days
    dates       2024-03-01T12:00:00+00:00 to 2024-03-02T12:00:00+00:00
    people           2  ada
                     1  bob
    kinds       3 default
    parts       4 attachments, 1 pin
    media       1 on the network, 1 missing, 1 refused, 1 unsupported
    missing     chat.json_Files/b.png
    refused     ../c.png
    unsupported chat.json_Files/a.png

    ----- stderr -----
    ");
}

#[test]
fn inspect_counts_nothing_in_an_empty_export() {
    let folder = folder(&[("chat.json", &export(&[]))]);
    let output = scrollback(&folder, &["inspect", "chat.json"])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.ends_with("\nmessages    0 on 0 days\n"), "{told}");
}

#[test]
fn the_same_as_json() {
    let folder = folder(&[("chat.json", &harbour()), ("chat.json_Files/a.png", "x")]);
    assert_cmd_snapshot!(scrollback(&folder, &["inspect", "--json", "chat.json"]), @r#"
    success: true
    exit_code: 0
    ----- stdout -----
    {"files":["chat.json"],"source":"discord-chat-exporter","server":"Harbour","channel":{"id":"1","name":"general","kind":"guild_text","parent":null,"topic":null},"messages":3,"filtered_out":0,"first":"2024-03-01T12:00:00+00:00","last":"2024-03-02T12:00:00+00:00","exported":"2024-04-01T00:00:00+00:00","days":2,"people":[{"id":"362","name":"ada","bot":false,"messages":2},{"id":"375","name":"bob","bot":false,"messages":1}],"kinds":{"default":3},"parts":{"attachments":4,"pins":1},"media":{"found":0,"remote":1,"missing":["chat.json_Files/b.png"],"refused":["../c.png"],"damaged":[],"too_large":[],"unsupported":["chat.json_Files/a.png"]}}

    ----- stderr -----
    "#);
}

#[test]
fn filters_and_zones_apply() {
    let folder = folder(&[("chat.json", &harbour())]);
    let args = [
        "inspect",
        "chat.json",
        "--author",
        "ada",
        "--timezone",
        "Asia/Tokyo",
    ];
    assert_cmd_snapshot!(scrollback(&folder, &args), @r"
    success: true
    exit_code: 0
    ----- stdout -----
    files       chat.json
    server      Harbour
    channel     general (guild_text)
    source      discord-chat-exporter, 2024-04-01T09:00:00+09:00
    messages    2 on 2 days (1 left out by the filter)
    dates       2024-03-01T21:00:00+09:00 to 2024-03-02T21:00:00+09:00
    people           2  ada
    kinds       2 default
    parts       1 pin

    ----- stderr -----
    ");
}

#[test]
fn a_folder_of_exports_with_a_broken_one() {
    let other = named_export("2", "other", &[message(1, 1, "ada", "x", "")]);
    let folder = folder(&[
        ("exports/a.json", &harbour()),
        ("exports/b.json", "{\"messages\": 5}"),
        ("exports/deep/c.json", &other),
    ]);
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["inspect", "exports", "--author", "ada"]
    ), @r"
    success: false
    exit_code: 1
    ----- stdout -----
    files       exports/a.json
    server      Harbour
    channel     general (guild_text)
    source      discord-chat-exporter, 2024-04-01T00:00:00+00:00
    messages    2 on 2 days (1 left out by the filter)
    dates       2024-03-01T12:00:00+00:00 to 2024-03-02T12:00:00+00:00
    people           2  ada
    kinds       2 default
    parts       1 pin

    files       exports/deep/c.json
    server      Harbour
    channel     other (guild_text)
    source      discord-chat-exporter, 2024-04-01T00:00:00+00:00
    messages    1 on 1 day
    dates       2024-03-01T12:00:00+00:00 to 2024-03-01T12:00:00+00:00
    people           1  ada
    kinds       1 default

    ----- stderr -----
    error: exports/b.json:1:1: expected a list of messages as `messages`, got something else; export again
    ");
}

#[test]
fn a_document_is_no_export() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(scrollback(&folder, &["inspect", "doc.typ"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `doc.typ` is a Typst document, not an export
    hint: render it with `scrollback render`
    ");
}

#[test]
fn names_cannot_command_the_terminal() {
    let hostile = named_export(
        "1",
        "\u{1b}]0;owned\u{7}\u{1b}[2J",
        &[message(1, 1, "\u{202e}evil\r\n\u{9b}31m", "x", "")],
    );
    let folder = folder(&[("a.json", &hostile)]);
    let output = scrollback(&folder, &["inspect", "a.json"])
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(
        stdout.contains("\u{fffd}]0;owned\u{fffd}\\u{1b}[2J"),
        "{stdout}"
    );
    assert!(
        !stdout
            .chars()
            .any(|c| c.is_control() && c != '\n' || c == '\u{202e}'),
        "{stdout}"
    );
}

#[test]
fn standard_input_is_read() {
    let folder = folder(&[("chat.json", &harbour())]);
    let mut command = scrollback(&folder, &["inspect", "-", "--json"]);
    command.stdin(fs::File::open(folder.path().join("chat.json")).unwrap());
    let output = command.output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["files"][0], "-");
    assert_eq!(json["messages"], 3);
}

#[test]
fn the_samples_are_read_without_failures() {
    let folder = folder(&[]);
    let samples = samples();
    let output = scrollback(&folder, &["inspect", "--json", samples.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(
        output
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .count(),
        4
    );
}
