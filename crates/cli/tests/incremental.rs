//! Second runs on exports that have grown.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::time::SystemTime;

use project::{ended, export, folder, message, names, render, write};
use tempfile::TempDir;

fn grown(more: &[String]) -> String {
    let mut messages = vec![
        message(4_194_304_010, 1, "ada", "One.", ""),
        message(4_194_304_020, 2, "bob", "Two.", ""),
        message(4_194_304_030, 2, "ada", "Three.", ""),
    ];
    messages.extend_from_slice(more);
    export(&messages)
}

fn run(folder: &TempDir, args: &[&str]) -> String {
    let base = ["chat.json", "-o", "out/", "--split", "day", "--incremental"];
    let (output, error) = ended(&mut render(folder, &[&base, args].concat()));
    assert!(output.status.success(), "{error}");
    error
}

fn changed(folder: &TempDir, name: &str) -> SystemTime {
    let path = folder.path().join("out").join(name);
    path.metadata().unwrap().modified().unwrap()
}

#[test]
fn volumes_that_are_as_they_were_are_left_alone() {
    for format in ["pdf", "png", "html", "md"] {
        let folder = folder(&[("chat.json", &grown(&[])), ("out/x", "")]);
        let run = |args: &[&str]| run(&folder, &[&["-f", format], args].concat());
        let told = run(&[]);
        assert!(told.contains("rendered 2 of 2 volumes"), "{told}");
        let files = names(&folder.path().join("out"));
        let first = files.iter().find(|name| name.contains("03-01")).unwrap();
        let before = changed(&folder, first);
        assert!(run(&[]).contains("rendered 0 of 2 volumes; the others are unchanged"));
        // A message of another day, by somebody new.
        let more = grown(&[message(4_194_304_040, 2, "zoe", "Four.", "")]);
        write(&folder, "chat.json", more.as_bytes());
        let told = run(&["--manifest", "all.json"]);
        assert!(
            told.contains("rendered 1 of 2 volumes; the others are unchanged"),
            "{format}: {told}"
        );
        assert_eq!(changed(&folder, first), before);
        // The manifest lists all volumes, whoever made them.
        let manifest = fs::read(folder.path().join("all.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let outputs = manifest["outputs"].as_array().unwrap();
        assert_eq!(outputs.len(), 2, "{format}");
        assert!(
            outputs
                .iter()
                .all(|output| output["files"][0]["sha256"].is_string())
        );
        // What somebody has changed or taken away is made anew, and so is what is to look
        // otherwise.
        fs::remove_file(folder.path().join("out").join(first)).unwrap();
        assert!(run(&[]).contains("rendered 1 of 2 volumes; the others are unchanged"));
        fs::write(folder.path().join("out").join(first), "x").unwrap();
        assert!(run(&[]).contains("rendered 1 of 2 volumes; the others are unchanged"));
        if format != "md" {
            assert!(run(&["--theme", "light"]).contains("rendered 2 of 2 volumes"));
        }
    }
}

#[test]
fn a_manifest_lists_typst_documents() {
    let folder = folder(&[("a.typ", "#include \"part.typ\""), ("part.typ", "= Part")]);
    let (output, error) = ended(&mut render(&folder, &["a.typ", "--manifest", "a.json"]));
    assert!(output.status.success(), "{error}");
    let manifest = fs::read(folder.path().join("a.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let document = &manifest["documents"][0];
    assert_eq!(document["files"][0]["path"], "a.pdf");
    assert_eq!(document["sources"][0]["name"], "a.typ");
    assert_eq!(document["sources"][1]["name"], "part.typ");
    assert_eq!(document["sources"][1]["bytes"], 6);
    assert!(manifest["outputs"].as_array().unwrap().is_empty());
}

#[test]
fn it_is_volumes_that_stay() {
    let folder = folder(&[("chat.json", &grown(&[]))]);
    let (output, error) = ended(&mut render(&folder, &["chat.json", "--incremental"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("`--incremental` needs `--split`"), "{error}");
}
