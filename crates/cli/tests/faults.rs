//! Errors in options and inputs say what is wrong and how to fix it.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::fs::File;

use project::{export, folder, message, names, scrollback};
use tempfile::TempDir;

fn harbour() -> String {
    export(&[
        message(10, 1, "ada", "hello", ""),
        message(11, 2, "bob", "look", ""),
    ])
}

/// The exit code and standard error of `scrollback render`.
fn rendered(folder: &TempDir, args: &[&str]) -> (Option<i32>, String) {
    let args = [&["render", "--ignore-system-fonts"], args].concat();
    let output = scrollback(folder, &args).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), stderr)
}

/// Checks that the options are refused with these words, and nothing is written.
fn refused(args: &[&str], words: &str) {
    let folder = folder(&[("chat.json", &harbour())]);
    let (code, stderr) = rendered(&folder, &[&["chat.json"], args].concat());
    assert_eq!(code, Some(2), "{args:?}: {stderr}");
    assert!(stderr.contains(words), "{args:?}: {stderr}");
    assert!(!stderr.contains(".typ"), "{args:?}: {stderr}");
    assert_eq!(names(folder.path()), ["chat.json"], "{args:?}");
}

#[test]
fn a_format_and_an_extension_contradict_each_other() {
    refused(
        &["-f", "html", "-o", "x.pdf"],
        "error: `--format html` contradicts the output `x.pdf`\n\
         hint: leave out `--format`, or name the output `x.html`\n",
    );
}

#[test]
fn unknown_placeholders() {
    refused(
        &["-o", "{nope}.pdf"],
        "error: unknown placeholder `{nope}` in the output `{nope}.pdf`\n\
         hint: the placeholders are {name}, {channel} and {volume}, and for pictures {p}, {0p} and {t}\n",
    );
    refused(
        &["-o", "{name}-{p}.pdf"],
        "error: `{p}` in the output `{name}-{p}.pdf` is for pages, but all pages are in one file\n",
    );
}

#[test]
fn invalid_sizes_are_refused() {
    for (option, size, words) in [
        (
            "--size",
            "0pt",
            "expected a size of text from 1pt to 144pt, got `0pt`",
        ),
        (
            "--size",
            "0",
            "expected a size of text from 1pt to 144pt, got `0`",
        ),
        (
            "--size",
            "-1pt",
            "expected a length of zero or more, got `-1pt`",
        ),
        (
            "--size",
            "900mm",
            "expected a size of text from 1pt to 144pt, got `900mm`",
        ),
        (
            "--margin",
            "-3mm",
            "expected a length of zero or more, got `-3mm`",
        ),
        (
            "--margin",
            "6000mm",
            "expected a length of at most 5 m, got `6000mm`",
        ),
        ("--paper", "0mmx0mm", "a page must be at least an inch"),
        ("--paper", "-1inx5in", "expected a4, a5"),
        (
            "--split",
            "0",
            "expected day, week, month, or a number of messages",
        ),
        (
            "--split",
            "-5",
            "expected day, week, month, or a number of messages",
        ),
    ] {
        refused(&[option, size], words);
    }
}

#[test]
fn margins_that_leave_no_room() {
    refused(
        &["--margin", "200mm"],
        "error: `--margin` leaves no room: two margins of 200mm and an inch for the text \
         don't fit on the paper\n\
         hint: pass at most `--margin 91mm`, or a larger `--paper`\n",
    );
    refused(
        &["--paper", "160mmx90mm", "--margin", "40mm"],
        "hint: pass at most `--margin 31mm`, or a larger `--paper`\n",
    );
    let folder = folder(&[("chat.json", &harbour())]);
    assert_eq!(
        rendered(&folder, &["chat.json", "--margin", "91mm"]).0,
        Some(0)
    );
}

#[test]
fn an_own_that_is_nobody() {
    refused(
        &["--own", "eve", "--display", "bubbles"],
        "error: `--own`: expected the id or a name of someone in the transcript, got \"eve\"; \
         there are \"ada\", \"bob\"\n",
    );
    let folder = folder(&[("chat.json", &harbour())]);
    for own in ["ada", "@ADA", "362"] {
        let args = ["chat.json", "--own", own, "--anonymize"];
        let (code, words) = rendered(&folder, &args);
        // Nothing but what was replaced is told.
        assert!(
            code == Some(0) && words.starts_with("note: replaced "),
            "{own}: {words}"
        );
    }
}

#[test]
fn values_without_any_meaning_are_refused() {
    for format in ["", " ", "12:00", "'at'"] {
        refused(
            &["--time-format", format],
            &format!(
                "error: `--time-format`: expected `iso`, or a pattern of the letters y, M, d, E, \
                 h, K, H, m, s, a, x, X and V, others in single quotes (\"y-MM-dd HH:mm:ss \
                 xxx\"), got none of these in {format:?}\n"
            ),
        );
    }
    for option in ["--text", "--not-text", "--reaction"] {
        refused(
            &[option, ""],
            &format!("error: a value is required for '{option} <"),
        );
    }
}

#[test]
fn links_into_other_channels() {
    refused(
        &["--from-id", "https://discord.com/channels/5/2/10"],
        "error: `--from-id` leads to the channel 2, but `chat.json` is an export of the \
         channel 1 (general)\n\
         hint: pass a link to a message of the exported channel, or the id alone\n",
    );
    refused(
        &["--to-id", "https://discord.com/channels/@me/2/10"],
        "error: `--to-id` leads to the channel 2",
    );
    let folder = folder(&[("chat.json", &harbour())]);
    let link = "https://discord.com/channels/5/1/11";
    assert_eq!(
        rendered(&folder, &["chat.json", "--from-id", link]).0,
        Some(0)
    );
}

#[test]
fn an_export_that_is_cut_off_replaces_nothing() {
    let cut = &harbour()[..harbour().find("look").unwrap()];
    let folder = folder(&[("chat.json", cut), ("chat.pdf", "old")]);
    let (code, stderr) = rendered(&folder, &["chat.json"]);
    assert_eq!(code, Some(1), "{stderr}");
    assert!(
        stderr.contains("the file ends too early") && stderr.contains("No output is written"),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("hint: pass `--partial` to typeset what is there\n"),
        "{stderr}"
    );
    assert_eq!(stderr.matches("ends too early").count(), 1, "{stderr}");
    let pdf = || fs::read(folder.path().join("chat.pdf")).unwrap();
    assert_eq!(pdf(), b"old");
    let (code, stderr) = rendered(&folder, &["chat.json", "--partial"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.starts_with("warning: chat.json:"), "{stderr}");
    assert!(pdf().starts_with(b"%PDF"));
}

#[test]
fn files_too_large_for_memory_are_to_be_typeset_in_parts() {
    let folder = folder(&[("chat.json", "")]);
    // A hole: nothing is on the disk.
    let file = File::create(folder.path().join("chat.json")).unwrap();
    file.set_len((1 << 30) + 1).unwrap();
    let (code, stderr) = rendered(&folder, &["chat.json"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        stderr,
        "error: `chat.json` is larger than 1 GiB\n\
         hint: typeset a part of it (`--after`, `--before`, `--author`), or divide it: \
         `--split month` writes a file a month, DiscordChatExporter's `--partition 100mb` parts \
         that are joined again here\n"
    );
}

#[cfg(unix)]
#[test]
fn pipes_with_names_are_not_waited_for() {
    let folder = folder(&[("all/chat.json", &harbour())]);
    for pipe in ["chat.json", "all/pipe.json"] {
        let made = std::process::Command::new("mkfifo")
            .arg(folder.path().join(pipe))
            .status()
            .unwrap();
        assert!(made.success());
    }
    let (code, stderr) = rendered(&folder, &["chat.json"]);
    assert_eq!(code, Some(2));
    assert_eq!(
        stderr,
        "error: `chat.json` is a pipe or a device, not a file\n\
         hint: pass `-` and send it to standard input: `scrollback render - < chat.json`\n"
    );
    // In a folder, it is none of the exports.
    assert_eq!(rendered(&folder, &["all"]), (Some(0), String::new()));
}

#[test]
fn warnings_are_for_readers() {
    let odd = message(1, 1, "ada", "x", r#","glow":1,"pinned":"yes""#);
    let folder = folder(&[("chat.json", &export(&[odd.clone(), odd]))]);
    let (code, stderr) = rendered(&folder, &["chat.json"]);
    assert_eq!(code, Some(0));
    assert!(!stderr.contains("extra"), "{stderr}");
    assert!(
        stderr.contains(
            "message 1: the field `glow` of a message is unknown and not drawn (2 times)\n\
             hint: if something is missing on the pages, please report the field's name\n"
        ),
        "{stderr}"
    );
    assert!(
        stderr.contains(
            "field `pinned` of a message: expected `true` or `false`, got the text \"yes\"; \
             it is not drawn (2 times)\n"
        ),
        "{stderr}"
    );
}

#[test]
fn pictures_that_no_page_shows_are_not_missed() {
    let author = r#"{"id":"7","name":"eve","avatarUrl":"chat.json_Files/eve.png"}"#;
    let reacted = message(
        1,
        1,
        "ada",
        "x",
        &format!(r#","reactions":[{{"emoji":{{"name":"🎉"}},"count":1,"users":[{author}]}}]"#),
    );
    let export = export(&[reacted]).replace(
        r#""name":"Harbour""#,
        r#""name":"Harbour","iconUrl":"chat.json_Files/icon.png""#,
    );
    let folder = folder(&[("chat.json", &export)]);
    assert_eq!(rendered(&folder, &["chat.json"]), (Some(0), String::new()));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_too_long_is_told_as_such() {
    let long = "x".repeat(250);
    let input = format!("{long}.json");
    let folder = folder(&[(&input, &export(&[message(10, 1, "ada", "words", "")]))]);
    let args = [&*input, "-f", "txt", "--split", "day"];
    let (code, told) = rendered(&folder, &args);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("doesn't allow this name"), "{told}");
    assert!(
        told.contains("hint: name a shorter output with `-o`"),
        "{told}"
    );
}
