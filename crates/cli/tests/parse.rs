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
    ), @r#"
    success: true
    exit_code: 0
    ----- stdout -----
    [
      {
        "t": "paragraph",
        "c": [
          {
            "t": "strong",
            "c": [
              "hi"
            ]
          },
          " ",
          {
            "t": "mention",
            "kind": "user",
            "id": "42"
          },
          " ",
          {
            "t": "spoiler",
            "c": [
              "no"
            ]
          }
        ],
        "dir": "ltr"
      },
      {
        "t": "quote",
        "c": [
          {
            "t": "paragraph",
            "c": [
              "quote"
            ],
            "dir": "ltr"
          }
        ],
        "dir": "ltr"
      }
    ]

    ----- stderr -----
    "#);
}

#[test]
fn a_text_may_begin_with_a_dash() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["parse", "--compact", "- a list"]
    ), @r#"
    success: true
    exit_code: 0
    ----- stdout -----
    [{"t":"list","items":[[{"t":"paragraph","c":["a list"],"dir":"ltr"}]],"dir":"ltr"}]

    ----- stderr -----
    "#);
}

#[test]
fn the_place_of_a_text_decides_how_much_markdown_applies() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["parse", "--compact", "--as", "plain", "**no**"]
    ), @r#"
    success: true
    exit_code: 0
    ----- stdout -----
    [{"t":"paragraph","c":["**no**"],"dir":"ltr"}]

    ----- stderr -----
    "#);
}

#[test]
fn an_unknown_place() {
    assert_cmd_snapshot!(scrollback(&folder(&[]), &["parse", "--as", "footer", "x"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value 'footer' for '--as <PLACE>'
      [possible values: message, embed, title, plain, poll, reply]

    For more information, try '--help'.
    ");
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
fn the_bundled_fonts_are_listed() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["fonts", "--ignore-system-fonts"]
    ), @r"
    success: true
    exit_code: 0
    ----- stdout -----
    DejaVu Sans Mono (4)
    Libertinus Serif (6)
    New Computer Modern (4)
    New Computer Modern Math (3)
    Noto Sans (2)
    Noto Sans Arabic (1)
    Noto Sans Hebrew (1)
    Source Code Pro (2)
    Twemoji (1)

    ----- stderr -----
    ");
}

#[test]
fn a_font_path_that_is_not_there() {
    assert_cmd_snapshot!(scrollback(
        &folder(&[]),
        &["fonts", "--font-path", "nowhere"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the font path `nowhere` is not a folder
    hint: pass the folder that holds the font files to `--font-path`
    ");
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
    assert_cmd_snapshot!(scrollback(&folder(&[]), &["man", "renderr"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: there is no command `renderr`
    hint: the commands are render, watch, inspect, parse, fonts, demo, init, completions, man
    ");
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
