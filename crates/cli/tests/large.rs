//! Exports that are read piece by piece, run as a user runs them.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fmt::Write;
use std::fs;

use project::{export, folder, message, names, scrollback};
use reader::Pdf;
use tempfile::TempDir;

/// An export of 70 MB, in which few messages are by `bob`: a pair every few days.
fn large() -> TempDir {
    let filler = "All work and no play makes a long transcript. ".repeat(20);
    let mut messages = Vec::new();
    for number in 0..64_000 {
        let is_bob = number % 12_000 < 2;
        let name = if is_bob { "bob" } else { "ada" };
        let day = u8::try_from(1 + number / 2_200).unwrap();
        let text = if is_bob { "look here" } else { &filler };
        let mut more = String::new();
        if number == 12_000 {
            let _ = write!(
                more,
                r#","reference": {{"messageId": "{}"}}"#,
                snowflake(11_000)
            );
        }
        messages.push(message(
            snowflake(number),
            day,
            name,
            &format!("{text} {number}"),
            &more,
        ));
    }
    let text = export(&messages);
    assert!(text.len() > 64 << 20, "{}", text.len());
    folder(&[("chat.json", &text)])
}

/// The id of a message.
fn snowflake(number: u64) -> u64 {
    (280_000_000_000 + number * 60_000) << 22
}

#[test]
fn a_filter_and_volumes_take_what_they_need_of_a_large_export() {
    let folder = large();
    let whole = Pdf::rendered(&folder, &["chat.json", "--author", "bob"]);
    let text = whole.text();
    for number in [0, 1, 12_000, 12_001, 60_001] {
        assert!(
            text.contains(&format!("lookhere{number}")),
            "{number}: {text}"
        );
    }
    // What it answers is quoted, and isn't there itself.
    assert!(text.contains("Allworkandnoplay"), "{text}");
    let output = scrollback(
        &folder,
        &["inspect", "--json", "chat.json", "--author", "bob"],
    )
    .output()
    .unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["messages"], 12, "{summary}");

    for split in ["week", "4"] {
        let output = scrollback(
            &folder,
            &[
                "render",
                "--ignore-system-fonts",
                "chat.json",
                "--author",
                "bob",
                "--split",
                split,
                "-o",
                "out/",
            ],
        )
        .output()
        .unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut said = 0;
        let files = names(&folder.path().join("out"));
        assert!(files.len() > 2, "{files:?}");
        for file in &files {
            let text = Pdf::read(&folder.path().join("out").join(file)).text();
            said += text.matches("lookhere").count();
        }
        assert_eq!(said, 12, "{files:?}");
        fs::remove_dir_all(folder.path().join("out")).unwrap();
    }
}
