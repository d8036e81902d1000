//! `scrollback parse`, and the small commands: `fonts`, `completions`, `man`.
#![allow(missing_docs)]

mod project;

use std::process::Stdio;

use insta_cmd::assert_cmd_snapshot;
use project::{fed, folder, scrollback};

#[test]
fn a_text_becomes_a_tree() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["parse", "**hi** <@42> ||no||\n> quote"]
    ));
}

#[test]
fn a_text_may_begin_with_a_dash() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["parse", "--compact", "- a list"]
    ));
}

#[test]
fn the_place_decides_what_applies() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["parse", "--compact", "--as", "plain", "**no**"]
    ));
}

#[test]
fn an_unknown_place() {
    assert_cmd_snapshot!(scrollback(&folder(&[]), &["parse", "--as", "footer", "x"]));
}

#[test]
fn standard_input_is_parsed() {
    let folder = folder(&[]);
    let mut parse = scrollback(&folder, &["parse", "--compact"]);
    let output = fed(&mut parse, "# é\n".as_bytes());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "[{\"t\":\"heading\",\"level\":1,\"c\":[\"é\"],\"dir\":\"ltr\"}]\n"
    );
}

#[test]
fn the_carried_fonts_are_listed() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["fonts", "--ignore-system-fonts"]
    ));
}

#[test]
fn a_font_path_that_is_not_there() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["fonts", "--font-path", "nowhere"]
    ));
}

#[test]
fn shells_complete_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = scrollback(&folder(&[]), &["completions", shell])
            .output()
            .unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success());
        assert!(
            script.contains("inspect") && script.contains("anonymize"),
            "{shell}"
        );
    }
}

#[test]
fn manual_pages_name_every_option() {
    let page = scrollback(&folder(&[]), &["man", "render"])
        .output()
        .unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.contains(".TH scrollback-render 1"), "{page}");
    for option in ["anonymize", "split", "pdf\\-standard", "Exit codes"] {
        assert!(page.contains(option), "{option}");
    }
    let page = scrollback(&folder(&[]), &["man"]).output().unwrap();
    assert!(String::from_utf8(page.stdout).unwrap().contains("inspect"));
}

#[test]
fn a_manual_page_of_no_command() {
    assert_cmd_snapshot!(scrollback(&folder(&[]), &["man", "renderr"]));
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_news() {
    let folder = folder(&[]);
    let mut child = scrollback(&folder, &["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
