//! Text formats for other programs, lists and shares of inputs, manifests, and runs that must not
//! lose anything.
#![allow(missing_docs)]

#[path = "../../core/testing/named.rs"]
mod named;
mod project;

use std::fs;
use std::process::Output;

use project::{export, fed, folder, message, names, render, scrollback};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const TEXTS: [&str; 4] = ["md", "txt", "jsonl", "csv"];

fn run(folder: &TempDir, args: &[&str]) -> Output {
    render(folder, args).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn done(folder: &TempDir, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "{}", stderr(&output));
    stderr(&output)
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn manifest(folder: &TempDir, name: &str) -> Value {
    serde_json::from_str(&read(folder, name)).unwrap()
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn three() -> String {
    export(&[
        message(1, 1, "ada", "one", ""),
        message(2, 2, "ada", "two", ""),
        message(3, 3, "ada", "three", ""),
    ])
}

#[test]
fn each_format_is_written_beside_its_export() {
    let folder = folder(&[("chat.json", &three())]);
    for format in TEXTS {
        done(&folder, &["chat.json", "-f", format]);
        let text = read(&folder, &format!("chat.{format}"));
        for word in ["one", "two", "three"] {
            assert!(text.contains(word), "{format}: {text}");
        }
    }
    // The name of an output tells its format.
    done(&folder, &["chat.json", "-o", "other.md"]);
    assert_eq!(read(&folder, "other.md"), read(&folder, "chat.md"));
    let piped = run(&folder, &["chat.json", "-f", "txt", "-o", "-"]);
    assert_eq!(
        String::from_utf8(piped.stdout).unwrap(),
        read(&folder, "chat.txt")
    );
}

#[test]
fn people_whom_the_export_does_not_know_are_called_as_on_pages() {
    let known = message(
        1,
        1,
        "ada",
        "<@70000000000000099> <@!70000000000000098> <@362>",
        "",
    );
    let folder = folder(&[("chat.json", &export(&[known]))]);
    for format in TEXTS.into_iter().chain(["html"]) {
        done(&folder, &["chat.json", "-f", format]);
        let text = read(&folder, &format!("chat.{format}"));
        let called = text.matches("@unknown-user").count();
        assert_eq!(called, 2, "{format}: {text}");
    }
    // For programs, the id is beside the words.
    assert!(read(&folder, "chat.jsonl").contains("<@70000000000000099>"));
}

#[test]
fn volumes_are_files_of_their_own() {
    let folder = folder(&[("chat.json", &three())]);
    done(&folder, &["chat.json", "-f", "txt", "--split", "2"]);
    let written = names(folder.path());
    assert_eq!(written, ["chat 1.txt", "chat 2.txt", "chat.json"]);
    assert!(read(&folder, "chat 2.txt").contains("three"));
}

#[test]
fn merged_channels_are_told_apart() {
    let other = project::named_export("2", "harbour-talk", &[message(9, 2, "bob", "there", "")]);
    let folder = folder(&[("a.json", &three()), ("b.json", &other)]);
    for format in ["txt", "md"] {
        let out = format!("both.{format}");
        let told = done(&folder, &["a.json", "b.json", "--merge", "-o", &out]);
        assert_eq!(told, "", "it was asked for");
        let text = read(&folder, &out);
        let message = match format {
            "txt" => "] #harbour-talk bob: there",
            _ => "**bob** · 3/2/24, 12:00\u{a0}PM · \\#harbour-talk\n\nthere",
        };
        assert!(text.contains(message), "{text}");
        assert_eq!(text.matches("harbour-talk").count(), 1, "{text}");
    }
}

#[test]
fn filtered_texts_name_the_filters() {
    let folder = folder(&[("chat.json", &three())]);
    let filter = ["chat.json", "--not-text", "two", "-f"];
    done(&folder, &[&filter[..], &["txt"]].concat());
    let text = read(&folder, "chat.txt");
    assert!(
        text.contains("# Filtered by --not-text two: 1 message skipped\n"),
        "{text}"
    );
    done(&folder, &[&filter[..], &["md", "--lang", "de"]].concat());
    let text = read(&folder, "chat.md");
    assert!(
        text.contains("*Gefiltert mit --not-text two: 1 Nachricht übersprungen*"),
        "{text}"
    );
    // What is taken out is not in the note either.
    done(
        &folder,
        &[&filter[..], &["txt", "--redact", "two"]].concat(),
    );
    let text = read(&folder, "chat.txt");
    assert!(text.contains("# Filtered by --not-text …"), "{text}");
}

#[test]
fn no_secret_is_left_in_texts_and_manifests() {
    let folder = folder(&[("zofia.json", &named::export())]);
    fs::create_dir(folder.path().join("out")).unwrap();
    for format in TEXTS {
        let out = format!("out/{{channel}}.{format}");
        let args = [
            "zofia.json",
            "--anonymize",
            "--manifest",
            "out/m.json",
            "-o",
            &out,
        ];
        done(&folder, &args);
        let files = names(&folder.path().join("out"));
        for name in &files {
            let text = fs::read_to_string(folder.path().join("out").join(name)).unwrap();
            assert!(text.len() > 100, "{format}: {name}");
            for line in text.lines().chain([name.as_str()]) {
                let leaks = named::words(line);
                assert!(leaks.is_empty(), "{format}, {name} tells {leaks:?}: {line}");
            }
            assert!(named::leaks(&text).is_empty(), "{:?}", named::leaks(&text));
        }
    }
}

#[test]
fn documents_are_no_texts() {
    let folder = folder(&[("a.typ", "Hello")]);
    let output = run(&folder, &["a.typ", "-f", "md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: `--format md` is for exports, and `a.typ` is a Typst document\n\
         hint: write `pdf`, `png`, `svg` or `html` of documents\n"
    );
}

#[test]
fn files_lead_to_the_media_folder() {
    let with_file = r#"{"id": "5", "type": "Default", "timestamp": "2024-03-01T10:00:00Z",
        "content": "", "author": {"id": "7", "name": "ada"}, "attachments":
        [{"id": "8", "url": "chat.json_Files/a b%.txt", "fileName": "a b%.txt", "fileSizeBytes": 3}]}"#;
    let folder = folder(&[
        ("chat.json", &export(&[with_file.to_owned()])),
        ("chat.json_Files/a b%.txt", "abc"),
    ]);
    fs::create_dir(folder.path().join("out")).unwrap();
    done(&folder, &["chat.json", "-o", "out/chat.md"]);
    let text = read(&folder, "out/chat.md");
    assert!(
        text.contains("[a b%.txt](<../chat.json_Files/a%20b%25.txt>) (3 bytes)"),
        "{text}"
    );
}

#[test]
fn lists_name_inputs() {
    let folder = folder(&[
        ("a.json", &three()),
        ("b c.json", &three()),
        ("list", "a.json\n\nb c.json\n"),
        ("out/x", ""),
    ]);
    done(
        &folder,
        &["--files-from", "list", "-f", "txt", "-o", "out/"],
    );
    assert_eq!(names(&folder.path().join("out")), ["a.txt", "b c.txt", "x"]);
    let args = ["render", "--files-from", "-", "-f", "csv", "-o", "out/"];
    assert!(
        fed(&mut scrollback(&folder, &args), b"b c.json\0")
            .status
            .success()
    );
    assert!(names(&folder.path().join("out")).contains(&"b c.csv".to_owned()));

    let output = run(&folder, &["--files-from", "none", "-f", "txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: cannot read the list `none`: "));
    // Without any input there is nothing to do.
    fs::write(folder.path().join("empty"), "").unwrap();
    done(&folder, &["--files-from", "empty", "-f", "txt"]);
}

#[test]
fn shares_take_each_input_once() {
    let files: Vec<String> = (0..9).map(|n| format!("in/{n}.json")).collect();
    let three = three();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|name| (name.as_str(), three.as_str()))
        .collect();
    let folder = folder(&files);
    fs::create_dir(folder.path().join("out")).unwrap();
    let mut written = 0;
    for shard in ["1/3", "2/3", "3/3"] {
        done(
            &folder,
            &["in", "-f", "txt", "-o", "out/", "--shard", shard],
        );
        let now = names(&folder.path().join("out")).len();
        assert!(now > written, "{shard} has nothing");
        written = now;
    }
    assert_eq!(written, 9);

    for (args, error) in [
        (vec!["--shard", "4/3"], "expected a share such as 2/8"),
        (
            vec!["--shard", "1/3", "--merge"],
            "`--merge` makes one of all of them",
        ),
        (
            vec!["--shard", "1/3", "--anonymize"],
            "pass the same `--key` to all of them",
        ),
    ] {
        let output = run(
            &folder,
            &[&["in", "-f", "txt", "-o", "out/"][..], &args].concat(),
        );
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(error), "{}", stderr(&output));
    }
}

#[test]
fn manifests_tell_what_was_made_of_what() {
    let folder = folder(&[("chat.json", &three())]);
    let args = [
        "--manifest",
        "m.json",
        "--timezone",
        "Europe/Warsaw",
        "--not-text",
        "two",
    ];
    done(
        &folder,
        &[&["chat.json", "-f", "txt", "--split", "1"][..], &args].concat(),
    );
    let manifest = manifest(&folder, "m.json");
    assert_eq!(manifest["complete"], true);
    assert_eq!(manifest["program"]["name"], "scrollback");
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 2);
    for (output, volume) in outputs.iter().zip(["1", "2"]) {
        let file = &output["files"][0];
        let name = file["path"].as_str().unwrap();
        let bytes = fs::read(if name.starts_with('/') {
            name.into()
        } else {
            folder.path().join(name)
        })
        .unwrap();
        assert_eq!(file["sha256"], hash(&bytes));
        assert_eq!(file["bytes"], bytes.len());
        let source = fs::read(folder.path().join("chat.json")).unwrap();
        assert_eq!(output["sources"][0]["sha256"], hash(&source));
        assert_eq!(output["sources"][0]["name"], "chat.json");
        assert_eq!(output["volume"], volume);
        assert_eq!(output["zone"], "Europe/Warsaw");
        assert_eq!(output["counts"]["messages"], 1);
        assert_eq!(output["left_out"], 1);
        assert_eq!(output["filters"][0]["option"], "not-text");
        assert_eq!(output["filters"][0]["values"][0], "two");
        let person = &output["people"][0];
        assert_eq!(person["messages"], 1);
        assert!(!person["id"].as_str().unwrap().is_empty());
    }
}

#[test]
fn strict_runs_fail_where_something_is_lost() {
    let with_file = r#"{"id": "5", "type": "Default", "timestamp": "2024-03-01T10:00:00Z",
        "content": "", "author": {"id": "7", "name": "ada"}, "attachments":
        [{"id": "8", "url": "chat.json_Files/gone.pdf", "fileName": "gone.pdf"}]}"#;
    let folder = folder(&[
        ("chat.json", &export(&[with_file.to_owned()])),
        ("whole.json", &three()),
    ]);
    done(&folder, &["whole.json", "-f", "txt", "--strict"]);
    done(&folder, &["chat.json", "-f", "txt"]);
    let strict = ["chat.json", "-f", "txt", "--strict", "--manifest", "m.json"];
    let output = run(&folder, &strict);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "warning: chat.json: some files of messages are not in the media folder\n\
         hint: they are gone.pdf\n\
         error: something is not drawn, cut off or missing: see the warning\n\
         hint: fix the export, or omit `--strict`\n"
    );
    // It is written all the same, and the manifest tells.
    assert!(read(&folder, "chat.txt").contains("gone.pdf"));
    let manifest = manifest(&folder, "m.json");
    assert_eq!(manifest["complete"], false);
    assert_eq!(manifest["outputs"][0]["missing"][0], "gone.pdf");
}

#[test]
fn a_file_with_options_is_named_at_the_end() {
    let folder = folder(&[
        ("chat.json", &three()),
        ("scrollback.toml", "newest-first = true\nlang = \"de\"\n"),
    ]);
    let told = done(&folder, &["chat.json", "-f", "txt"]);
    assert!(told.starts_with("note: using options from `"), "{told}");
    assert!(told.contains("scrollback.toml`: --"), "{told}");
    assert!(
        told.contains("--newest-first") && told.contains("--lang"),
        "{told}"
    );
    // Where the command line wins, the file has no say.
    let told = done(
        &folder,
        &["chat.json", "-f", "txt", "--lang", "en", "--newest-first"],
    );
    assert_eq!(told, "");
}

#[test]
fn several_people_of_a_name_are_listed() {
    let by = |id: u32, user: &str| {
        format!(
            r#"{{"id": "{id}", "type": "Default", "timestamp": "2024-03-01T10:00:00Z", "content": "x",
            "author": {{"id": "{id}", "name": "{user}", "nickname": "Sam"}}}}"#
        )
    };
    let folder = folder(&[("chat.json", &export(&[by(11, "sam_w"), by(22, "sam2")]))]);
    let output = run(&folder, &["chat.json", "-f", "txt", "--author", "Sam"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: `--author`: expected one person, but 2 go by the name \"Sam\": \"Sam\" (@sam_w, id \
         11), \"Sam\" (@sam2, id 22); pass the id of one, or of each\n"
    );
    done(&folder, &["chat.json", "-f", "txt", "--author", "22"]);
    assert!(read(&folder, "chat.txt").contains("Filtered by --author Sam"));
}
