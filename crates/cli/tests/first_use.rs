//! First steps: no command at all, the demo, a file with options.
#![allow(missing_docs)]

mod project;

use std::fs;

use insta_cmd::assert_cmd_snapshot;
use project::{ended, export, folder, message, names, render, samples, scrollback};
use serde_json::Value;

#[test]
fn without_a_command_it_says_what_to_do() {
    assert_cmd_snapshot!(scrollback(&folder(&[]), &[]), @r"
    success: true
    exit_code: 0
    ----- stdout -----
    scrollback typesets Discord conversations as PDF, PNG, SVG or HTML.

      scrollback demo --open               see what it makes of a built-in sample
      scrollback render export.json        typeset an export; writes export.pdf next to it
      scrollback render exports/ -o out/   typeset a folder of exports
      scrollback inspect export.json       show what is in an export
      scrollback init                      write a scrollback.toml with all options explained

    An export is a JSON file from DiscordChatExporter, messages from Discord's API, or
    Discord's own data package. `scrollback help` lists all commands, and
    `scrollback render --help` all options.

    ----- stderr -----
    ");
}

#[test]
fn the_demo_needs_nothing() {
    let folder = folder(&[]);
    for name in ["demo.pdf", "demo.png"] {
        let output = scrollback(&folder, &["demo", name, "--theme", "light"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        // Nobody can do anything about the sample's missing pictures.
        assert!(output.stderr.is_empty(), "{output:?}");
    }
    assert_eq!(names(folder.path()), ["demo.pdf", "demo.png"]);
    let pdf = fs::read(folder.path().join("demo.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn a_file_with_options_is_written_once() {
    let folder = folder(&[]);
    assert!(scrollback(&folder, &["init"]).status().unwrap().success());
    let text = fs::read_to_string(folder.path().join("scrollback.toml")).unwrap();
    assert!(text.contains("\n# theme = \"dark\"\n"), "{text}");
    assert_cmd_snapshot!(scrollback(&folder, &["init"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: there is already a `scrollback.toml`
    hint: edit it, or move it away first
    ");
    let unchanged = fs::read_to_string(folder.path().join("scrollback.toml")).unwrap();
    assert_eq!(text, unchanged);
    assert_cmd_snapshot!(scrollback(&folder, &["init", "nowhere"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `nowhere` is not a folder
    hint: create the folder, or leave out its name to write to the working folder
    ");
}

#[test]
fn the_written_file_is_read() {
    let messages = [
        message(1, 1, "ada", "hello", ""),
        message(2, 2, "bob", "hi", ""),
    ];
    let folder = folder(&[("chat.json", &export(&messages))]);
    assert!(scrollback(&folder, &["init"]).status().unwrap().success());
    let path = folder.path().join("scrollback.toml");
    let text = fs::read_to_string(&path).unwrap();
    let changed = text.replace("# author = [\"PERSON\"]", "author = [\"ada\"]");
    assert_ne!(text, changed);
    fs::write(&path, changed).unwrap();
    let output = scrollback(&folder, &["inspect", "chat.json", "--json"])
        .output()
        .unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["messages"], 1);
}

#[test]
fn licences_are_complete() {
    let output = scrollback(&folder(&[]), &["--licenses"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "Copyright (c) 2026 The scrollback contributors",
        "SIL OPEN FONT LICENSE",
        "creativecommons.org/licenses/by/4.0",
        "\n  typst ",
        "Apache License",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn standard_output_cannot_be_opened() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "doc.typ", "-o", "-", "-f", "pdf", "--open"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--open` can't open standard output
    hint: name a file with `-o`, or leave out `--open`
    ");
}

#[test]
fn an_inspection_for_a_report_has_no_names() {
    let folder = folder(&[]);
    let sample = samples().join("server-channel.json");
    let sample = sample.to_str().unwrap();
    let output = scrollback(&folder, &["inspect", "--json", "--anonymize", sample])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let export: Value = serde_json::from_str(&fs::read_to_string(sample).unwrap()).unwrap();
    let mut known = vec!["server-channel".to_owned(), "_Files".into()];
    for name in [
        &export["guild"]["name"],
        &export["channel"]["name"],
        &export["channel"]["topic"],
    ] {
        known.extend(name.as_str().map(str::to_owned));
    }
    for message in export["messages"].as_array().unwrap() {
        for field in ["id", "name", "nickname"] {
            known.extend(message["author"][field].as_str().map(str::to_owned));
        }
    }
    assert!(known.len() > 20);
    for name in known.iter().filter(|name| name.len() > 2) {
        assert!(!text.contains(name.as_str()), "{name} is in {text}");
    }
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["files"][0], "export 1.json");
    assert_eq!(json["messages"], 59);
}

#[test]
fn an_input_without_a_command_is_told_the_command() {
    let folder = folder(&[("chat.json", "[]"), ("my chat.json", "[]")]);
    assert_cmd_snapshot!(scrollback(&folder, &["chat.json"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: there is no command `chat.json`
    hint: to typeset this input, write `scrollback render chat.json`
    ");
    let (_, told) = ended(&mut scrollback(&folder, &["my chat.json"]));
    assert!(
        told.contains("`scrollback render \"my chat.json\"`"),
        "{told}"
    );
    let (_, told) = ended(&mut scrollback(&folder, &["chta.json"]));
    assert!(
        told.contains("unrecognized subcommand 'chta.json'"),
        "{told}"
    );
}

#[test]
fn errors_of_the_demo_suggest_only_its_own_options() {
    let folder = folder(&[]);
    assert_cmd_snapshot!(scrollback(&folder, &["demo", "demo.docx"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the output `demo.docx` has the unknown extension `.docx`
    hint: end its name in .pdf, .png, .svg, .html, .md, .txt, .jsonl or .csv
    ");
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_opened_is_written_all_the_same() {
    let folder = folder(&[("doc.typ", "Hello")]);
    // Without a path, no launcher is found.
    let output = scrollback(&folder, &["render", "doc.typ", "--open"])
        .env("PATH", "")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    assert_eq!(
        told,
        "warning: `--open`: no program on this system opens `doc.pdf`\n\
         hint: the file is written; open it yourself\n"
    );
    assert!(folder.path().join("doc.pdf").is_file());
}

#[test]
fn options_for_outputs_have_a_heading() {
    let output = scrollback(&folder(&[]), &["render", "-h"])
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let (_, after) = help.split_once("\nOutput:\n").unwrap();
    let (section, _) = after.split_once("\n\n").unwrap();
    for option in ["--output", "--format", "--open", "--jobs"] {
        assert!(section.contains(option), "{option}: {section}");
    }
}

#[test]
fn a_run_without_messages_or_inputs_says_so() {
    let folder = folder(&[("chat.json", "[]"), ("list", "")]);
    let (output, told) = ended(&mut render(&folder, &["chat.json", "-f", "txt"]));
    assert!(output.status.success());
    assert!(
        told.starts_with("warning: chat.json: there are no messages in it\n"),
        "{told}"
    );
    let (output, told) = ended(&mut render(&folder, &["--files-from", "list"]));
    assert!(output.status.success());
    assert!(
        told.starts_with("warning: list: the list of `--files-from` is empty\n"),
        "{told}"
    );
}
