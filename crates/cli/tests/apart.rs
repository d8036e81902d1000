//! The outputs of a run never replace its inputs, and the next run doesn't read them.
#![allow(missing_docs)]

mod project;

use std::fs::{self, File};
use std::io::{Cursor, Write as _};

use project::{ended, export, fed, folder, message, names, render, write};

fn one(words: &str) -> String {
    export(&[message(10, 1, "ada", words, "")])
}

#[test]
fn options_that_write_files_replace_nothing() {
    let key = "k".repeat(32);
    let export = one("words");
    let folder = folder(&[
        ("chat.json", &export),
        ("sub/x", ""),
        ("key", &key),
        ("list", "chat.json\n"),
        ("doc.typ", "Hello"),
    ]);
    let cases: [(&[&str], &str); 9] = [
        (
            &["chat.json", "--manifest", "chat.json"],
            "`--manifest` would replace `chat.json`, which is an input",
        ),
        (
            &["chat.json", "--manifest", "./sub/../chat.json"],
            "which is an input",
        ),
        (
            &["doc.typ", "--manifest", "doc.typ"],
            "`doc.typ`, which is an input",
        ),
        (
            &["--files-from", "list", "--manifest", "list"],
            "is what `--files-from` reads",
        ),
        (
            &["chat.json", "--anonymize", "--map", "chat.json"],
            "`--map` would replace",
        ),
        (
            &["chat.json", "--anonymize", "--key", "key", "--map", "key"],
            "is what `--key` reads",
        ),
        (
            &["chat.json", "--anonymize", "--map", "m", "--manifest", "m"],
            "`--map` and `--manifest` name the same file",
        ),
        (
            &["chat.json", "--archive", "a.pdf", "--manifest", "./a.pdf"],
            "`--manifest` and `--archive` name the same file",
        ),
        (
            &["chat.json", "-f", "txt", "--manifest", "chat.txt"],
            "`--manifest` would both be written to `chat.txt`",
        ),
    ];
    for (args, said) in cases {
        let (output, told) = ended(&mut render(&folder, args));
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(said), "{args:?}: {told}");
        for (name, content) in [
            ("chat.json", &*export),
            ("key", &key),
            ("list", "chat.json\n"),
            ("doc.typ", "Hello"),
        ] {
            assert_eq!(
                fs::read_to_string(folder.path().join(name)).unwrap(),
                content,
                "{args:?}"
            );
        }
    }
}

#[test]
fn a_second_run_over_a_folder_is_the_first_again() {
    let folder = folder(&[("chat.json", &one("words"))]);
    let runs: [&[&str]; 5] = [
        &["-f", "jsonl", "--manifest", "made.json"],
        &["-f", "txt", "--anonymize", "--map", "who.json"],
        &["-f", "html", "--split", "day", "--incremental"],
        &["--archive", "site/"],
        &["-f", "csv"],
    ];
    for _ in 0..2 {
        for args in runs {
            let (output, told) = ended(&mut render(&folder, &[&["."], args].concat()));
            assert!(output.status.success(), "{args:?}: {told}");
            assert!(!told.contains("warning"), "{args:?}: {told}");
        }
    }
    // A file of that name that is an export is one.
    write(&folder, "site.json", one("others").as_bytes());
    let (output, told) = ended(&mut render(&folder, &[".", "-f", "txt"]));
    assert!(output.status.success(), "{told}");
    assert!(folder.path().join("site.txt").is_file());
}

#[test]
fn archives_in_a_folder_are_told() {
    let folder = folder(&[
        ("in/chat.json", &one("words")),
        ("in/damaged.zip", "PK\x03\x04"),
    ]);
    for (name, inner) in [("in/more.zip", "a.json"), ("in/pictures.zip", "a.png")] {
        let mut zip = zip::ZipWriter::new(File::create(folder.path().join(name)).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(inner, options).unwrap();
        zip.write_all(one("packed").as_bytes()).unwrap();
        zip.finish().unwrap();
    }
    let (output, told) = ended(&mut render(&folder, &["in", "-f", "txt"]));
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("damaged.zip: archives in a folder are not read; they are ignored (2 times)"),
        "{told}"
    );
}

#[test]
fn names_in_an_archive_are_made_harmless() {
    let folder = folder(&[]);
    let mut zip = zip::ZipWriter::new(File::create(folder.path().join("a.zip")).unwrap());
    for name in ["a\u{1b}[31mb.json", "C:\\x\u{202e}.json", "-rf.json"] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        zip.write_all(one("words").as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let (output, told) = ended(&mut render(&folder, &["a.zip", "-f", "txt"]));
    assert!(output.status.success(), "{told}");
    assert_eq!(
        names(folder.path()),
        ["_-rf.txt", "a.zip", "a[31mb.txt", "x.txt"]
    );
}

#[test]
fn braces_in_a_files_name_are_no_placeholders() {
    let folder = folder(&[("a{p}{t}.json", &one("words"))]);
    let (output, told) = ended(&mut render(&folder, &["a{p}{t}.json", "-f", "svg"]));
    assert!(output.status.success(), "{told}");
    assert_eq!(names(folder.path()), ["a(p)(t)-1.svg", "a{p}{t}.json"]);
}

#[test]
fn invalid_numbers_have_errors_in_words() {
    let folder = folder(&[("chat.json", &one("words"))]);
    for (args, said) in [
        (["--jobs", "many"], "expected a number from 1 to 1024"),
        (["--jobs", "65535"], "expected a number from 1 to 1024"),
        (
            ["--creation-timestamp", "now"],
            "expected a whole number of seconds since 1970",
        ),
    ] {
        let (output, told) = ended(&mut render(&folder, &[&["chat.json"], &args[..]].concat()));
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn several_exports_from_standard_input_say_what_to_do() {
    let folder = folder(&[]);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["a.json", "b.json"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(one("words").as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let output = fed(&mut render(&folder, &["-", "-f", "txt", "-o", "-"]), &zip);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("the archive holds 2 exports")
            && told.contains("pass the archive by its name"),
        "{told}"
    );
}
