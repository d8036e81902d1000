//! Published transcripts: no output contains anything that identifies anybody, neither in raw nor
//! in decompressed bytes.
#![allow(missing_docs)]

#[path = "../../core/testing/named.rs"]
mod named;
mod project;
mod reader;

use std::fs;
use std::path::Path;
use std::process::Output;

use insta_cmd::assert_cmd_snapshot;
use project::{ended, export, folder, message, named_export, names, render};
use reader::Pdf;
use tempfile::TempDir;

fn output(folder: &TempDir, args: &[&str]) -> (Output, String) {
    let (output, stderr) = ended(&mut render(folder, args));
    assert!(output.status.success(), "{stderr}");
    (output, stderr)
}

/// The names of the people in a file of `--map`, with their pseudonyms.
fn who(folder: &TempDir, map: &str) -> Vec<(String, String)> {
    let map: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join(map)).unwrap()).unwrap();
    map.as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"] == "person")
        .map(|row| {
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            (text(&row["names"][0]), text(&row["pseudonym"]))
        })
        .collect()
}

/// Fails where a text or data tells a secret.
fn tells_nothing(text: &str, place: &str) {
    // Line by line: what stands in different places isn't one name.
    for line in text.lines() {
        let leaks = named::words(line);
        assert!(leaks.is_empty(), "{place} tells {leaks:?}: {line}");
    }
}

#[test]
fn a_run_that_reads_nothing_does_not_say_what_it_took_out() {
    let folder = folder(&[("chat.json", "{\"messages\": [{")]);
    let args = ["chat.json", "--anonymize", "--redact", "heron"];
    let (output, error) = ended(&mut render(&folder, &args));
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("error:") && !error.contains("note:"),
        "{error}"
    );
}

#[test]
fn no_secret_is_left_in_a_pdf() {
    let folder = folder(&[(
        "Kilnhaven - wexford [620000000000000004].json",
        &named::export(),
    )]);
    let args = [
        "Kilnhaven - wexford [620000000000000004].json",
        "--anonymize",
        "--toc",
        "--pinned",
        "--pdf-standard",
        "ua-1",
    ];
    let (_, stderr) = output(&folder, &args);
    let files = names(folder.path());
    assert_eq!(
        files,
        [
            "Kilnhaven - wexford [620000000000000004].json",
            "channel-1.pdf"
        ]
    );
    let path = folder.path().join("channel-1.pdf");
    tells_nothing(
        &String::from_utf8_lossy(&fs::read(&path).unwrap()),
        "the raw PDF",
    );
    let pdf = Pdf::read(&path);
    for (place, text) in pdf.everything() {
        tells_nothing(&text, &place);
    }
    let text = pdf.text();
    assert!(
        text.contains("channel-1") && text.contains("Server"),
        "{text}"
    );
    assert!(named::leaks(&text).is_empty(), "{:?}", named::leaks(&text));
    assert!(stderr.contains("note: replaced "), "{stderr}");
}

#[test]
fn no_secret_is_left_in_html_and_svg() {
    let folder = folder(&[("zofia.json", &named::export()), ("out/x", "")]);
    fs::remove_file(folder.path().join("out/x")).unwrap();
    for (format, out) in [
        ("html", "out/{channel}.html"),
        ("svg", "out/{channel}-{0p}.svg"),
    ] {
        output(
            &folder,
            &["zofia.json", "--anonymize", "-f", format, "-o", out],
        );
    }
    let outputs = folder.path().join("out");
    let files = names(&outputs);
    assert!(files.len() > 2, "{files:?}");
    for file in files {
        tells_nothing(&file, "a file's name");
        let text = fs::read_to_string(outputs.join(&file)).unwrap();
        // Fonts and pictures are letters that mean nothing.
        let text = without_data(&text);
        tells_nothing(&text.replace('>', ">\n").replace('<', "\n<"), &file);
        // Words are also told across elements: letters of an SVG stand one by one.
        let shown: String = without_tags(&text);
        assert!(
            named::leaks(&shown).is_empty(),
            "{file}: {:?}",
            named::leaks(&shown)
        );
    }
}

/// A document without the data in its addresses and the outlines of letters.
fn without_data(text: &str) -> String {
    let mut text = text.to_owned();
    for start in ["base64,", " d=\""] {
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(start) {
            out.push_str(&rest[..at]);
            let data = &rest[at + start.len()..];
            rest = &data[data.find('"').unwrap_or(data.len())..];
        }
        text = out + rest;
    }
    text
}

/// What stands between tags; a space for each tag that isn't within a line.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('<').enumerate() {
        let (tag, shown) = match part.split_once('>') {
            Some(both) if index > 0 => both,
            _ => ("", part),
        };
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        if !matches!(
            name,
            "" | "span" | "strong" | "em" | "s" | "del" | "b" | "i" | "u" | "code"
        ) {
            out.push('\n');
        }
        out.push_str(shown);
    }
    out.lines()
        .filter(|line| !line.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\u{0}\n")
}

/// Two channels of one server; Ada writes second in the one and first in the other.
fn two() -> TempDir {
    let first = named_export(
        "1",
        "kiln-talk",
        &[
            message(10, 1, "boris.wolak", "hello", ""),
            message(11, 2, "ada.nowak", "hi boris, and Ruta", ""),
            message(12, 31, "ada.nowak", "bye", "").replace("03-31", "04-01"),
        ],
    );
    let second = named_export(
        "2",
        "glaze-lab",
        &[
            message(20, 1, "ada.nowak", "so", ""),
            message(21, 2, "ruta", "@boris.wolak is in kiln-talk", ""),
        ],
    );
    folder(&[("a.json", &first), ("b.json", &second)])
}

#[test]
fn one_map_serves_all_outputs_of_a_run() {
    let folder = two();
    let args = [
        "a.json",
        "b.json",
        "--anonymize",
        "--split",
        "month",
        "-f",
        "html",
        "--map",
        "who.json",
    ];
    output(&folder, &args);
    let files: Vec<_> = names(folder.path())
        .into_iter()
        .filter(|name| name.ends_with(".html"))
        .collect();
    assert_eq!(
        files,
        [
            "channel-1 2024-03.html",
            "channel-1 2024-04.html",
            "channel-2 2024-03.html"
        ]
    );
    assert_eq!(
        who(&folder, "who.json"),
        [
            ("boris.wolak".into(), "Badger".into()),
            ("ada.nowak".into(), "Otter".into()),
            ("ruta".into(), "Heron".into())
        ]
    );
    let read = |name: &str| without_tags(&fs::read_to_string(folder.path().join(name)).unwrap());
    assert!(read("channel-1 2024-03.html").contains("hi Badger, and Heron"));
    assert!(read("channel-1 2024-04.html").contains("Otter"));
    let other = read("channel-2 2024-03.html");
    assert!(other.contains("@Badger is in channel-1"), "{other}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.path().join("who.json"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "others may read who is who");
    }
}

#[test]
fn a_key_gives_the_same_pseudonyms_in_every_run() {
    let folder = two();
    project::write(&folder, "key", b"correct horse battery staple\n");
    project::write(&folder, "other", b"another secret of enough letters");
    let run = |inputs: &[&str], key: &str| {
        let args = [
            inputs,
            &[
                "--anonymize",
                "--key",
                key,
                "--map",
                "who.json",
                "-f",
                "html",
                "-o",
                "out/",
            ],
        ]
        .concat();
        output(&folder, &args);
        let mut who = who(&folder, "who.json");
        who.sort();
        who
    };
    let both = run(&["a.json", "b.json"], "key");
    let alone = run(&["b.json"], "key");
    assert_eq!(both.len(), 3);
    assert_eq!(alone.len(), 3, "Boris is written of");
    for name in ["ada.nowak", "ruta"] {
        let of = |list: &[(String, String)]| {
            list.iter()
                .find(|(known, _)| known == name)
                .unwrap()
                .1
                .clone()
        };
        assert_eq!(of(&both), of(&alone), "{name}");
    }
    let others = run(&["b.json"], "other");
    assert!(
        others.iter().all(|person| !alone.contains(person)),
        "{others:?}"
    );
}

#[test]
fn wrong_options_are_told() {
    let folder = folder(&[
        ("chat.json", &export(&[message(1, 1, "ada", "x", "")])),
        ("short", "1234"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--key", "short"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--key` needs `--anonymize`, which is not set
    hint: add `--anonymize`, or leave out `--key`
    ");
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--anonymize", "--key", "short"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the key `short` has 4 bytes, and a key of fewer than 16 can be guessed
    hint: make one with `openssl rand -base64 32`, and keep it to yourself
    ");
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--redact", "/a(/"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--redact` can't read the regular expression `/a(/`: unclosed group
    hint: use the syntax of the Rust crate `regex`; `(?i)` at the start ignores case
    ");
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--redact", "/a*/"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the regular expression `/a*/` of `--redact` also matches empty text
    hint: write one that matches at least one character, for example with `+` instead of `*`
    ");
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--redact", "…"]), @r#"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--redact`: expected words with letters or digits, got "…"
    hint: write words, `/REGEX/`, or one of `email`, `phone`, `ip`, `token`
    "#);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "--redact", "x", "--attach-source"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--attach-source` would put the passages that `--redact` blacks out into the file
    hint: leave one of them out
    ");
    assert_cmd_snapshot!(render(
        &folder,
        &["chat.json", "--anonymize", "--map", "x.pdf", "-o", "x.pdf"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--map` and `-o` name the same file
    hint: give `--map` a file of its own
    ");
}

#[test]
fn the_spelling_is_doubted_of_words_and_not_of_kinds() {
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", "Hi", "")]))]);
    for (redact, doubted) in [("email", false), ("vault", true), ("/vault/", true)] {
        let output = render(&folder, &["chat.json", "--redact", redact, "-f", "html"])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("redacted nothing"), "{said}");
        assert_eq!(
            said.contains("how it is spelt"),
            doubted,
            "{redact}: {said}"
        );
    }
}

#[test]
fn the_report_counts_what_was_replaced_and_redacted() {
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(
                1,
                1,
                "will",
                "I will ask @will, or ada@kiln.example, about the vault",
                "",
            ),
            message(2, 2, "ada", "will says will do, the code is 4711-22", ""),
        ]),
    )]);
    assert_cmd_snapshot!(render(
        &folder,
        &[
            "chat.json",
            "--anonymize",
            "--redact",
            "vault",
            "--redact",
            r"/\d{4}-\d\d/",
            "-f",
            "html"
        ]
    ), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    note: redacted 2 passages
    note: replaced 3 names of people, 1 name of a server, 1 name of a channel, 1 e-mail address and 4 ids
    hint: check what is left: nicknames that appear in no field, places, employers, and what only one person would say
    hint: names that are also words were kept where no `@` or `#` precedes them: “will” 3×; `--redact` blacks them out
    ");
    let html = fs::read_to_string(folder.path().join("channel-1.html")).unwrap();
    assert!(!html.contains("vault") && !html.contains("4711"), "{html}");
    assert_eq!(html.matches("aria-label=\"redacted\"").count(), 2);
    assert!(
        html.contains("I will ask") && html.contains("Badger"),
        "{html}"
    );
}

#[test]
fn bars_stand_on_pages_and_are_named() {
    let folder = folder(&[(
        "chat.json",
        &export(&[message(1, 1, "ada", "the vault is open", "")]),
    )]);
    output(
        &folder,
        &[
            "chat.json",
            "--redact",
            "vault",
            "--pdf-standard",
            "ua-1",
            "-o",
            "out.pdf",
        ],
    );
    let pdf = Pdf::read(&folder.path().join("out.pdf"));
    assert!(pdf.text().contains("isopen"));
    let everything = pdf.everything();
    assert!(everything.iter().all(|(_, text)| !text.contains("vault")));
    assert!(
        everything.iter().any(|(_, text)| text.contains("redacted")),
        "the bar has no name"
    );
}

#[test]
fn options_can_stand_in_the_config() {
    let folder = folder(&[
        (
            "chat.json",
            &export(&[message(1, 1, "ada", "the vault at 10", "")]),
        ),
        (
            "scrollback.toml",
            "anonymize = true\nredact = [\"vault\", \"/\\\\d+/\"]\ncoarse-times = \"day\"\n",
        ),
    ]);
    output(&folder, &["chat.json", "-o", "x.html"]);
    let html = fs::read_to_string(folder.path().join("x.html")).unwrap();
    assert!(
        html.contains("3/1/24") && !html.contains("3/1/24,"),
        "{html}"
    );
    assert_eq!(html.matches("aria-label=\"redacted\"").count(), 2, "{html}");
    assert!(!Path::new("chat.html").exists());
}
