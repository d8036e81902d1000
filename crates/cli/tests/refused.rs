//! What Typst can't draw: messages that it refuses, characters that no font has, pages that no
//! viewer opens.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;

use project::{export, folder, message, named_export, scrollback};
use reader::Pdf;
use tempfile::TempDir;

/// Renders, and gives standard error.
fn rendered(folder: &TempDir, args: &[&str]) -> String {
    let args = [&["render", "--ignore-system-fonts"], args].concat();
    let output = scrollback(folder, &args).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{stderr}");
    stderr
}

#[test]
fn thousands_of_emoji_cost_no_other_message() {
    let emoji = "😀🔥🎉👍".repeat(700);
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(1, 1, "ada", "before", ""),
            message(2, 1, "bob", &emoji, ""),
            message(3, 1, "ada", "after", ""),
        ]),
    )]);
    for args in [
        &["-o", "chat.pdf"] as &[&str],
        &["-o", "chat.html"],
        &["-o", "chat.svg", "--paper", "continuous"],
        &["-o", "strict.pdf", "--pdf-standard", "a-3b,ua-1"],
    ] {
        rendered(&folder, &[&["chat.json"], args].concat());
    }
    let text = Pdf::rendered(&folder, &["chat.json"]).text();
    assert!(text.contains("before") && text.contains("after"));
    let html = fs::read_to_string(folder.path().join("chat.html")).unwrap();
    assert_eq!(html.matches("😀").count(), 700);
}

#[test]
fn characters_without_a_glyph_are_boxes_whose_text_stays() {
    let words = "tea 𒀀𒀁 𞤀 \u{10fffd}!";
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", words, "")]))]);
    for standard in ["1.7", "a-3b,ua-1", "a-2u", "a-3a"] {
        let args = ["chat.json", "--pdf-standard", standard];
        let stderr = rendered(&folder, &args);
        assert_eq!(
            stderr,
            "warning: chat.json: no font has these characters; they are drawn as boxes: \
             𒀀𒀁 (Cuneiform), 𞤀 (Adlam), U+10FFFD (private use)\n\
             hint: install Noto Sans Cuneiform and Noto Sans Adlam, or name the folder of such \
             fonts with `--font-path`\n",
            "{standard}"
        );
        // One box stands for several characters, which therefore are told beside it.
        let pdf = Pdf::rendered(&folder, &args);
        let texts = format!("{}{}", pdf.text(), pdf.actual_texts().join(""));
        for char in ["𒀀", "𒀁", "𞤀"] {
            assert!(texts.contains(char), "{standard}, {char}: {texts}");
        }
    }
    let html = rendered(&folder, &["chat.json", "-f", "html"]);
    assert_eq!(html, "");
}

#[test]
fn characters_without_a_glyph_are_boxes_around_the_messages_too() {
    let folder = folder(&[(
        "chat.json",
        &named_export("1", "𒀀", &[message(1, 1, "ada", "tea", "")]),
    )]);
    for style in ["chat", "book", "record"] {
        // The words of headers, footers and the table of contents, which bundled fonts don't have.
        let around = [
            "--lang",
            "ja",
            "--toc",
            "--style",
            style,
            "--pdf-standard",
            "a-3b,ua-1",
        ];
        let said = rendered(&folder, &[&["chat.json"], &around[..]].concat());
        assert!(said.contains("年"), "{style}: {said}");
        let archive = ["chat.json", "--archive", "all.pdf"];
        let said = rendered(&folder, &[&archive, &around[..]].concat());
        assert!(said.contains("年"), "{style}: {said}");
    }
}

#[test]
fn a_continuous_page_is_as_high_as_readers_open() {
    let messages: Vec<String> = (1..=250)
        .map(|id| message(id, 1, "ada", &"words ".repeat(60), ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let args = ["chat.json", "--paper", "continuous"];
    let stderr = rendered(&folder, &args);
    assert!(
        stderr.starts_with("warning: chat.json: the continuous page is divided into 2: "),
        "{stderr}"
    );
    let pdf = Pdf::rendered(&folder, &args);
    let heights = pdf.page_heights();
    assert_eq!(heights.len(), 2);
    assert!((heights[0] - 14_400.0).abs() < 1.0, "{heights:?}");
    assert!(
        heights[1] < 14_000.0,
        "the last page ends with its messages: {heights:?}"
    );
    assert_eq!(pdf.text().matches("words").count(), 250 * 60);
}

#[test]
fn pictures_too_large_for_memory_are_told() {
    let typst = "#set page(width: 1e7pt, height: 1e7pt)\na";
    let messages: Vec<String> = (1..=90)
        .map(|id| message(id, 1, "ada", &"words ".repeat(60), ""))
        .collect();
    let folder = folder(&[("big.typ", typst), ("chat.json", &export(&messages))]);
    let long = [
        "chat.json",
        "--paper",
        "continuous",
        "-f",
        "png",
        "--ppi",
        "2400",
    ];
    for args in [&["big.typ", "-f", "png"][..], &long] {
        let args = [&["render", "--ignore-system-fonts"], args].concat();
        let output = scrollback(&folder, &args).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert!(
            stderr.starts_with("error: a picture of ") && stderr.contains("\nhint: lower `--ppi`"),
            "{stderr}"
        );
        for rust in ["panicked", "RUST_BACKTRACE", "stack backtrace"] {
            assert!(!stderr.contains(rust), "{stderr}");
        }
    }
}

#[test]
fn previews_of_covered_text_are_drawn() {
    let reply = r#","type":"Reply","reference":{"messageId":"1"}"#;
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(1, 1, "ada", "see ||what is covered||", ""),
            message(2, 1, "bob", "why", reply),
        ]),
    )]);
    assert_eq!(rendered(&folder, &["chat.json"]), "");
    assert_eq!(rendered(&folder, &["chat.json", "-f", "html"]), "");
}
