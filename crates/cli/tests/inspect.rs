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
    assert_cmd_snapshot!(scrollback(&folder, &["inspect", "chat.json"]));
}

#[test]
fn the_same_as_json() {
    let folder = folder(&[("chat.json", &harbour()), ("chat.json_Files/a.png", "x")]);
    assert_cmd_snapshot!(scrollback(&folder, &["inspect", "--json", "chat.json"]));
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
    assert_cmd_snapshot!(scrollback(&folder, &args));
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
    ));
}

#[test]
fn a_document_is_no_export() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(scrollback(&folder, &["inspect", "doc.typ"]));
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
