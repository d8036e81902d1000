//! Options that have no effect on Typst documents, and that could be taken to have one.
#![allow(missing_docs)]

mod project;

use project::{export, folder, message, scrollback};

/// The exit code and standard error of a run on a document of two pages and an export.
fn run(args: &[&str]) -> (Option<i32>, String) {
    let folder = folder(&[
        ("chat.typ", "Ada\n#pagebreak()\nBob"),
        ("real.json", &export(&[message(1, 1, "ada", "Hi", "")])),
        ("options.toml", "theme = \"light\""),
    ]);
    let args = [&["render", "--ignore-system-fonts"], args].concat();
    let output = scrollback(&folder, &args).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), error)
}

#[test]
fn options_of_exports_are_refused() {
    for option in [
        "--anonymize",
        "--redact=Ada",
        "--author=Ada",
        "--theme=light",
        "--split=day",
        "--style=record",
        "--ids",
    ] {
        let (code, error) = run(&["chat.typ", option]);
        let name = option.split('=').next().unwrap();
        let words = format!("error: `{name}` is for exports, and `chat.typ` is a Typst document");
        assert_eq!(code, Some(2), "{option}: {error}");
        assert!(error.starts_with(&words), "{error}");
    }
}

#[test]
fn beside_an_export_only_those_that_publish_are() {
    let (code, error) = run(&["chat.typ", "real.json", "-o", "out/", "--theme=light"]);
    assert_eq!(code, Some(0), "{error}");
    let (code, error) = run(&["chat.typ", "real.json", "-o", "out/", "--redact=Ada"]);
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("typeset the document by itself"), "{error}");
}

#[test]
fn those_of_all_inputs_and_of_a_file_are_taken() {
    for options in [
        &["--strict"][..],
        &["--manifest", "made.json"],
        &["--config", "options.toml"],
    ] {
        let (code, error) = run(&[&["chat.typ"], options].concat());
        assert_eq!(code, Some(0), "{options:?}: {error}");
    }
}

#[test]
fn the_name_for_pages_is_one_of_a_file() {
    let (code, error) = run(&["chat.typ", "-o", "-", "--format", "png"]);
    assert_eq!(code, Some(1), "{error}");
    assert!(error.contains("such as `-o page-{p}.png`"), "{error}");
}
