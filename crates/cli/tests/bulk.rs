//! Extreme messages are drawn unchanged: thousands of emoji, long words and addresses, endless
//! code.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;

use project::{export, folder, message, scrollback};
use reader::Pdf;
use tempfile::TempDir;

/// Renders, and expects no message to be drawn as plain text instead, which is told.
fn rendered(folder: &TempDir, args: &[&str]) {
    let args = [&["render", "--ignore-system-fonts"], args].concat();
    let output = scrollback(folder, &args).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && !stderr.contains("plain text"),
        "{stderr}"
    );
}

#[test]
fn two_thousand_emoji_of_all_kinds() {
    let row = "😀👍🏽🇩🇪".repeat(200);
    let mixed = "a😀 b<:blob:123> :joy:".repeat(500);
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(1, 1, "ada", &row, ""),
            message(2, 1, "bob", &mixed, ""),
        ]),
    )]);
    rendered(&folder, &["chat.json", "-o", "chat.pdf"]);
    rendered(&folder, &["chat.json", "-o", "chat.html"]);
    let html = fs::read_to_string(folder.path().join("chat.html")).unwrap();
    assert_eq!(html.matches("😀").count(), 200 + 500);
    assert_eq!(html.matches("😂").count(), 500);
    let pdf = Pdf::read(&folder.path().join("chat.pdf"));
    assert_eq!(pdf.count("😀"), 200 + 500);
}

#[test]
fn a_long_address_is_one_link_a_line() {
    let address = format!(
        "https://example.com/{}",
        "abcdefgh/ijk-lmn?x=1&y=2&".repeat(10)
    );
    let hash = "0123456789abcdef".repeat(40);
    let messages: Vec<String> = (1..=20)
        .map(|id| message(id, 1, "ada", &format!("see {address} of {hash}"), ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    // On one page, as what goes on on the next one is copied with what stands between.
    let pdf = Pdf::rendered(&folder, &["--paper", "continuous", "chat.json"]);
    let links = pdf.links().iter().filter(|link| **link == address).count();
    assert!(
        (20..=100).contains(&links),
        "{links} annotations for 20 addresses"
    );
    // What is copied is whole but for the ends of lines.
    let text = pdf.text();
    assert_eq!(text.matches(&address).count(), 20);
    assert_eq!(text.matches(&hash).count(), 20);
    let size = fs::metadata(folder.path().join("out.pdf")).unwrap().len();
    assert!(size < 200_000, "{size} bytes");
}

#[test]
fn endless_code_and_endless_words() {
    let lines = format!("```rs\n{}```", "let x = 1;\n".repeat(10_000));
    let line = format!("```\n{}\n```", "x1".repeat(100_000));
    let colours = format!(
        "```ansi\n{}```",
        "\u{1b}[31mred\u{1b}[0m and not\n".repeat(2_000)
    );
    let word = "[".repeat(100_000);
    let json = "{\"a\":".repeat(50_000);
    for text in [lines, line, colours, word, json] {
        let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", &text, "")]))]);
        rendered(&folder, &["chat.json", "-o", "chat.pdf"]);
        rendered(&folder, &["chat.json", "-o", "chat.html"]);
        let pages = Pdf::read(&folder.path().join("chat.pdf"))
            .page_heights()
            .len();
        assert!(pages > 10, "{pages} pages");
    }
}
