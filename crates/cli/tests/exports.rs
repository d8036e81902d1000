//! `scrollback render` with exports, run as a user runs it.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::process::Output;

use insta_cmd::assert_cmd_snapshot;
use project::{ended, export, folder, message, named_export, names, render, samples, write};
use tempfile::TempDir;

/// Three messages of two people on three days of two months.
fn harbour() -> String {
    export(&[
        message(10, 1, "ada", "hello", ""),
        message(11, 2, "bob", "look", ""),
        message(12, 31, "ada", "bye", "").replace("03-31", "04-01"),
    ])
}

fn output(folder: &TempDir, args: &[&str]) -> (Output, String) {
    ended(&mut render(folder, args))
}

#[test]
fn an_export_becomes_a_pdf_beside_it() {
    let folder = folder(&[("sub/chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["sub/chat.json"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    assert_eq!(names(&folder.path().join("sub")), ["chat.json", "chat.pdf"]);
    assert!(
        fs::read(folder.path().join("sub/chat.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
}

#[test]
fn every_sample_becomes_every_format() {
    let folder = folder(&[("out/x", "")]);
    let samples = samples();
    for format in ["pdf", "png", "svg", "html"] {
        let args = [samples.to_str().unwrap(), "-o", "out/", "-f", format];
        let (output, stderr) = output(&folder, &args);
        assert!(output.status.success(), "{stderr}");
    }
    let names = names(&folder.path().join("out"));
    for name in [
        "server-channel.pdf",
        "thread-1.png",
        "direct-message-1.svg",
        "api-messages.html",
    ] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
}

#[test]
fn html_is_text_and_no_drawing() {
    let folder = folder(&[("chat.json", &harbour())]);
    let (output, stderr) = output(&folder, &["chat.json", "-f", "html", "--theme", "light"]);
    assert!(output.status.success(), "{stderr}");
    let html = fs::read_to_string(folder.path().join("chat.html")).unwrap();
    assert!(
        html.contains("<section class=\"scrollback scrollback-light cozy\""),
        "{html}"
    );
    assert!(html.contains("<p>hello</p>"), "{html}");
    assert!(html.contains("id=\"message-"), "{html}");
    // What Typst draws begins so; icons don't.
    assert!(!html.contains("<svg style=\"overflow"), "{html}");
}

#[test]
fn every_theme_display_and_paper_is_drawn() {
    let folder = folder(&[("chat.json", &harbour())]);
    for theme in [
        "dark",
        "light",
        "ash",
        "onyx",
        "classic-dark",
        "classic-light",
        "print",
        "paper",
    ] {
        assert!(
            output(&folder, &["chat.json", "--theme", theme])
                .0
                .status
                .success()
        );
    }
    for display in ["cozy", "compact", "bubbles"] {
        assert!(
            output(&folder, &["chat.json", "--display", display])
                .0
                .status
                .success()
        );
    }
    for paper in ["letter", "continuous", "160mmx90mm"] {
        let (output, stderr) = output(
            &folder,
            &["chat.json", "--paper", paper, "--toc", "--pinned"],
        );
        assert!(output.status.success(), "{stderr}");
    }
}

#[test]
fn a_continuous_page_is_one_picture() {
    let folder = folder(&[("chat.json", &harbour())]);
    let args = [
        "chat.json",
        "-f",
        "png",
        "--paper",
        "continuous",
        "--ppi",
        "30",
    ];
    assert!(output(&folder, &args).0.status.success());
    assert_eq!(names(folder.path()), ["chat.json", "chat.png"]);
}

#[test]
fn one_bad_export_leaves_the_others() {
    let other = named_export("2", "other", &[message(1, 1, "ada", "x", "")]);
    let folder = folder(&[
        ("a.json", &harbour()),
        ("b.json", "{\"messages\": "),
        ("c.json", &other),
    ]);
    assert_cmd_snapshot!(render(
        &folder,
        &["a.json", "b.json", "c.json", "--jobs", "1"]
    ), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: b.json:1:1: expected `messages` (an export of DiscordChatExporter), or messages of Discord's API as a list or one per line; got an object without any, and the file ends too early; export again, or copy it again
    ");
    assert_eq!(
        names(folder.path()),
        ["a.json", "a.pdf", "b.json", "c.json", "c.pdf"]
    );
}

#[test]
fn a_missing_input_leaves_the_others() {
    let folder = folder(&[("a.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["none.json", "a.json"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: there is no input `none.json`
    hint: check the name and the folder that you are in
    ");
    assert_eq!(names(folder.path()), ["a.json", "a.pdf"]);
}

#[test]
fn parts_become_one_transcript() {
    let second = export(&[message(20, 9, "ada", "later", "")]);
    let folder = folder(&[("chat.json", &harbour()), ("chat [part 2].json", &second)]);
    // The folder is made.
    assert_cmd_snapshot!(render(&folder, &[".", "-o", "out/"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    assert_eq!(names(&folder.path().join("out")), ["chat.pdf"]);
}

#[test]
fn a_transcript_becomes_volumes() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--split", "month"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    assert_eq!(
        names(folder.path()),
        ["chat 2024-03.pdf", "chat 2024-04.pdf", "chat.json"]
    );
    let args = [
        "chat.json",
        "--split",
        "2",
        "-o",
        "{channel}-{volume}.svg",
        "--paper",
        "continuous",
    ];
    assert!(output(&folder, &args).0.status.success());
    assert!(
        folder.path().join("general-1.svg").exists()
            && folder.path().join("general-2.svg").exists()
    );
}

#[test]
fn several_exports_need_several_outputs() {
    let folder = folder(&[("a.json", &harbour()), ("b.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["a.json", "b.json", "-o", "x.pdf"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: 2 inputs would all be written to `x.pdf`
    hint: name a folder with `-o`, put `{name}` into the output's name, or join exports with `--merge`
    ");
    assert!(
        output(&folder, &["a.json", "b.json", "-o", "{name}-x.pdf"])
            .0
            .status
            .success()
    );
    assert_eq!(
        names(folder.path()),
        ["a-x.pdf", "a.json", "b-x.pdf", "b.json"]
    );
}

#[test]
fn two_inputs_never_share_an_output() {
    let folder = folder(&[
        ("a.json", &harbour()),
        ("a.jsonl", &message(1, 1, "ada", "x", "")),
    ]);
    let (output, stderr) = output(&folder, &["a.json", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.contains("would both be written to `a.pdf`"),
        "{stderr}"
    );
}

#[test]
fn standard_input_and_output() {
    let folder = folder(&[("chat.json", &harbour())]);
    let stdin = || fs::File::open(folder.path().join("chat.json")).unwrap();
    assert_cmd_snapshot!(render(&folder, &["-"]).stdin(stdin()), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: with standard input, there is no folder to put the output in
    hint: name the output with `-o`; `-o -` is standard output
    ");
    let piped = render(&folder, &["-", "-o", "-"])
        .stdin(stdin())
        .output()
        .unwrap();
    assert!(piped.status.success());
    assert!(piped.stdout.starts_with(b"%PDF"));
    assert_eq!(names(folder.path()), ["chat.json"]);
}

#[test]
fn files_in_utf_16_are_read() {
    let text = export(&[message(1, 1, "ada", "größer 😀 天", "")]);
    let little: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let folder = folder(&[]);
    for bytes in [&little, &big] {
        write(&folder, "chat.json", bytes);
        let output = render(&folder, &["chat.json", "-f", "txt", "-o", "-"])
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("größer 😀 天"),
            "{output:?}"
        );
    }
}

#[test]
fn exports_are_recognised_by_content_and_not_by_name() {
    let folder = folder(&[("export.data", &harbour()), ("page.html", "<html>")]);
    assert!(output(&folder, &["export.data"]).0.status.success());
    assert_cmd_snapshot!(render(&folder, &["page.html"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `page.html` is neither an export nor a Typst document: it is HTML
    hint: export again as JSON (DiscordChatExporter's `--format Json`)
    ");
}

#[test]
fn an_unknown_zone() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--timezone", "Berlin"]), @r#"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--timezone`: expected a zone ("Europe/Berlin"), an offset ("+02:00") or "UTC", got "Berlin"; did you mean Europe/Berlin?
    "#);
}

#[test]
fn an_unknown_person() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--author", "eve"]), @r#"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--author`: expected the id or a name of someone in the transcript, got "eve"; there are "ada", "bob"
    "#);
}

#[test]
fn an_invalid_time_is_an_error() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--after", "yesterday"]), @r#"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--after`: expected a date ("2024-03-01"), a time ("2024-03-01T12:00") or Unix time in seconds, got "yesterday"
    "#);
}

#[test]
fn a_link_that_leads_to_no_message() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(
        &folder,
        &["chat.json", "--from-id", "https://example.org/1/2/3"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value 'https://example.org/1/2/3' for '--from-id <MESSAGE>': expected the id of a message or a link to it, such as https://discord.com/channels/1/2/3, got `https://example.org/1/2/3`

    For more information, try '--help'.
    ");
}

#[test]
fn a_filter_that_matches_nothing_warns() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--text", "nowhere said"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    warning: chat.json: expected messages that match the filter, got none of 3
    hint: remove or widen some of the filter options
    ");
}

#[test]
fn sources_and_pseudonyms_exclude_each_other() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(
        &folder,
        &["chat.json", "--attach-source", "--anonymize"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--attach-source` would put the names that `--anonymize` replaces into the file
    hint: leave one of them out
    ");
}

#[test]
fn sources_need_a_standard_that_takes_them() {
    let folder = folder(&[("chat.json", &harbour())]);
    let args = ["chat.json", "--attach-source", "--pdf-standard", "a-2b"];
    assert_cmd_snapshot!(render(&folder, &args), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the PDF standard doesn't allow attachments, which `--attach-source` needs
    hint: use `--pdf-standard a-3b`, `a-4f`, `1.7` or `2.0`
    ");
}

#[test]
fn sources_need_a_pdf() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(
        &folder,
        &["chat.json", "--attach-source", "-f", "svg"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--attach-source` needs a PDF to attach files to
    hint: leave it out, or write a PDF
    ");
}

#[test]
fn a_media_folder_that_is_not_there() {
    let folder = folder(&[("chat.json", &harbour())]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--media", "nowhere"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the media folder `nowhere` is not a folder
    hint: pass the folder that holds the export's files to `--media`
    ");
}

#[test]
fn the_same_bytes_each_time() {
    let folder = folder(&[("chat.json", &harbour())]);
    for name in ["a.pdf", "b.pdf"] {
        let args = [
            "chat.json",
            "-o",
            name,
            "--creation-timestamp",
            "1767225600",
        ];
        assert!(output(&folder, &args).0.status.success());
    }
    let read = |name| fs::read(folder.path().join(name)).unwrap();
    assert!(read("a.pdf") == read("b.pdf"));
}

#[test]
fn ids_stand_by_system_messages_and_open_spoilers_in_lines_above_answers() {
    let pin = r#","type":6,"message_reference":{"message_id":"4194304010"}"#;
    let answer = r#","type":19,"message_reference":{"message_id":"4194304010"}"#;
    let messages = [
        message(4_194_304_010, 1, "ada", "It was ||the gardener||.", ""),
        message(4_194_304_020, 1, "bob", "", pin),
        message(4_194_304_030, 1, "eve", "No!", answer),
    ];
    let chat = format!("[{}]", messages.join(","));
    let folder = folder(&[("chat.json", &chat)]);
    let html = |args: &[&str]| {
        let args = [&["chat.json", "-o", "chat.html"], args].concat();
        let (output, stderr) = output(&folder, &args);
        assert!(output.status.success(), "{stderr}");
        fs::read_to_string(folder.path().join("chat.html")).unwrap()
    };
    let plain = html(&[]);
    assert_eq!(plain.matches("the gardener").count(), 1, "{plain}");
    assert!(!plain.contains(">4194304020<"));
    let open = html(&["--spoilers", "open", "--ids"]);
    assert_eq!(open.matches("the gardener").count(), 2, "{open}");
    assert!(open.contains(">4194304020<"), "{open}");
}
