//! Names in every spelling, in every output: `--anonymize` and `--redact` leave none of them.
#![allow(missing_docs)]

#[path = "../../core/testing/named.rs"]
mod named;
mod project;
mod reader;

use std::fs;
use std::path::{Path, PathBuf};

use project::{ended, folder, message, named_export, names, render};
use reader::Pdf;
use tempfile::TempDir;

/// What each output is made with: a folder of sites, files of the other formats.
const OUTPUTS: [&[&str]; 9] = [
    &["-o", "out/a.md"],
    &["-o", "out/a.txt"],
    &["-o", "out/a.jsonl"],
    &["-o", "out/a.csv"],
    &["-o", "out/a.html", "--manifest", "out/manifest.json"],
    &["-o", "out/a.svg", "--paper", "continuous"],
    &["-o", "out/a.pdf"],
    &["-o", "out/record.pdf", "--style", "record"],
    &["--archive", "out/site/"],
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// All texts that an output has, decompressed, and without what is only outlines.
fn texts(path: &Path) -> Vec<String> {
    if path.extension().is_some_and(|extension| extension == "pdf") {
        let pdf = Pdf::read(path);
        let everything = pdf.everything().into_iter().map(|(_, text)| text);
        return everything.chain([pdf.text()]).collect();
    }
    let bytes = fs::read(path).unwrap();
    let Ok(text) = String::from_utf8(bytes) else {
        return Vec::new();
    };
    let is_page = |known: &&str| {
        path.extension()
            .is_some_and(|extension| extension == *known)
    };
    if !["html", "svg"].iter().any(is_page) {
        return text.lines().map(str::to_owned).collect();
    }
    let mut shown = String::new();
    let mut parts = Vec::new();
    for part in text.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        // Outlines, pictures and fonts are letters that mean nothing.
        if !tag.contains("base64,") && !tag.contains(" d=\"") {
            parts.push(tag.to_owned());
        }
        if tag.contains("div") || tag.contains("section") || tag.contains("p ") {
            shown.push('\0');
        }
        shown.push_str(words);
    }
    parts.extend(shown.split('\0').map(str::to_owned));
    parts
}

/// Renders every output, and fails where one tells a secret.
fn tells_nothing(folder: &TempDir, input: &str, args: &[&str], secrets: &[&str]) {
    for output in OUTPUTS {
        let _ = fs::remove_dir_all(folder.path().join("out"));
        fs::create_dir(folder.path().join("out")).unwrap();
        let args = [&[input], args, output].concat();
        let (result, stderr) = ended(&mut render(folder, &args));
        assert!(result.status.success(), "{output:?}: {stderr}");
        let mut found = Vec::new();
        files(&folder.path().join("out"), &mut found);
        assert!(!found.is_empty());
        for path in found {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            for text in texts(&path).into_iter().chain([name]) {
                let letters = named::letters(&text);
                let told = secrets.iter().find(|secret| letters.contains(**secret));
                assert!(told.is_none(), "{} tells {told:?}: {text}", path.display());
            }
        }
    }
}

/// An export in which Zofia Quimby and others are spelt in every way.
fn spelt() -> String {
    let mut texts = Vec::new();
    for name in ["Zofia Quimby", "Ostrander", "Okonkwo"] {
        for spelling in named::spellings(name) {
            texts.push(format!("so {spelling} it is"));
            texts.push(spelling);
        }
    }
    let reply = |at: usize| match at {
        0 => String::new(),
        at => format!(r#","type":"Reply","reference":{{"messageId":"{at}"}}"#),
    };
    let messages: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let who = ["Zofia Quimby", "Ostrander", "Okonkwo"][at % 3];
            message(at as u64 + 1, 1, who, "TEXT", &reply(at))
                .replace("\"TEXT\"", &serde_json::to_string(text).unwrap())
        })
        .collect();
    named_export("1", "Zofia Quimby’s corner", &messages)
}

const SECRETS: [&str; 4] = ["zofia", "quimby", "ostrander", "okonkwo"];

#[test]
fn no_spelling_of_a_name_is_left_in_any_output() {
    let folder = folder(&[("Zofia Quimby.json", &spelt())]);
    tells_nothing(&folder, "Zofia Quimby.json", &["--anonymize"], &SECRETS);
    assert_eq!(names(folder.path()), ["Zofia Quimby.json", "out"]);
}

#[test]
fn no_spelling_of_a_redacted_word_is_left_in_any_output() {
    // The manifest names the files that it describes, and the name of the input is the user's.
    let folder = folder(&[("chat.json", &spelt())]);
    let words = [
        "Zofia Quimby",
        "Quimby Zofia",
        "Zofia",
        "Quimby",
        "Ostrander",
        "Okonkwo",
    ];
    let args: Vec<&str> = words.iter().flat_map(|word| ["--redact", word]).collect();
    tells_nothing(&folder, "chat.json", &args, &SECRETS);
}

#[test]
fn the_cover_of_a_record_names_its_file_without_redacted_words() {
    let folder = folder(&[("Quimby notes.json", &spelt())]);
    let args = [
        "Quimby notes.json",
        "--redact",
        "quimby",
        "--style",
        "record",
    ];
    let pdf = Pdf::rendered(&folder, &args);
    let text = pdf.text();
    assert!(text.contains("█████notes.json"));
    assert!(!named::letters(&text).contains("quimby"));
    // The mark that stands for bars within the program.
    assert!(!text.contains("Zofia\u{fdd0}"));
}
