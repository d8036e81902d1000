//! Files that are slightly wrong: their content is drawn, and everything else is reported.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;
use std::fs::File;
use std::io::Write;

use project::{ended, export, folder, message, names, render, write};
use reader::Pdf;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn one(words: &str) -> String {
    export(&[message(10, 1, "ada", words, "")])
}

#[test]
fn bytes_that_are_no_text_are_told_and_cost_nothing() {
    let folder = folder(&[]);
    let latin = one("Gr\u{fc}\u{df}e, words")
        .replace('\u{fc}', "\u{1}")
        .replace('\u{df}', "\u{2}");
    let bytes: Vec<u8> = latin
        .bytes()
        .map(|byte| match byte {
            1 => 0xfc,
            2 => 0xdf,
            byte => byte,
        })
        .collect();
    write(&folder, "chat.json", &bytes);
    let args = [
        "chat.json",
        "-f",
        "txt",
        "--manifest",
        "m.json",
        "--style",
        "record",
    ];
    let (output, told) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("expected UTF-8") && told.contains("(2 times)"),
        "{told}"
    );
    let text = fs::read_to_string(folder.path().join("chat.txt")).unwrap();
    assert!(text.contains("Gr\u{fffd}\u{fffd}e, words"), "{text}");
    // The size of the file itself, not of the repaired text.
    let manifest = fs::read_to_string(folder.path().join("m.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let length = &manifest["outputs"][0]["sources"][0]["bytes"];
    assert_eq!(length.as_u64(), Some(bytes.len() as u64), "{manifest}");
}

#[test]
fn a_data_packages_table_is_read_under_any_name() {
    let table = "ID,Timestamp,Contents,Attachments\n1216000000000000001,2024-03-01,words,\n";
    let folder = folder(&[("mine.csv", table)]);
    let (output, told) = ended(&mut render(&folder, &["mine.csv", "-f", "txt"]));
    assert!(output.status.success(), "{told}");
    let text = fs::read_to_string(folder.path().join("mine.txt")).unwrap();
    assert!(text.contains("words"), "{text}");
}

#[test]
fn gzip_is_read_as_gzip_does() {
    let folder = folder(&[]);
    let whole = gzip(one("words").as_bytes());
    write(&folder, "rest.json.gz", &[&*whole, b"rest"].concat());
    write(&folder, "zeros.json.gz", &[&*whole, &[0; 512]].concat());
    write(&folder, "cut.json.gz", &whole[..whole.len() - 4]);
    for (name, warning) in [("rest", "after it; they are left out"), ("zeros", "")] {
        let file = format!("{name}.json.gz");
        let (output, told) = ended(&mut render(&folder, &[&file, "-f", "txt"]));
        assert!(output.status.success(), "{told}");
        assert!(
            told.contains(warning) && (!warning.is_empty() || told.is_empty()),
            "{told}"
        );
        let text = fs::read_to_string(folder.path().join(format!("{name}.txt"))).unwrap();
        assert!(text.contains("words"), "{text}");
    }
    // A truncated file is only a part of an export.
    let (output, told) = ended(&mut render(&folder, &["cut.json.gz", "-f", "txt"]));
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("ends too early") && told.contains("--partial"),
        "{told}"
    );
    let args = ["cut.json.gz", "-f", "txt", "--partial"];
    let (output, told) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{told}");
    let text = fs::read_to_string(folder.path().join("cut.txt")).unwrap();
    assert!(text.contains("words"), "{text}");
}

#[test]
fn nothing_of_an_archive_is_passed_over_in_silence() {
    let folder = folder(&[]);
    let path = folder.path().join("a.zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, words) in [
        ("../up.json", "outside"),
        ("one.json", "first"),
        ("two.json", "second"),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(one(words).as_bytes()).unwrap();
    }
    zip.start_file("more.zip", options).unwrap();
    zip.finish().unwrap();
    // The library refuses to write a name twice.
    let bytes = fs::read(&path).unwrap();
    let twice = bytes
        .windows(8)
        .enumerate()
        .filter(|(_, name)| name == b"two.json");
    let places: Vec<usize> = twice.map(|(at, _)| at).collect();
    let mut renamed = bytes;
    for at in places {
        renamed[at..at + 8].copy_from_slice(b"one.json");
    }
    write(&folder, "a.zip", &renamed);
    write(&folder, "out/x", b"");
    let args = ["a.zip", "-f", "txt", "-o", "out/"];
    let (output, told) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("(one.json): the archive has several files"),
        "{told}"
    );
    assert!(
        told.contains("(more.zip): archives in an archive"),
        "{told}"
    );
    assert_eq!(
        names(&folder.path().join("out")),
        ["one.txt", "up.txt", "x"]
    );
}

#[test]
fn a_letter_with_a_mark_that_no_font_has_is_named_with_its_mark() {
    let folder = folder(&[("chat.json", &one("a\u{20dd} and b\u{1abe}"))]);
    let (output, told) = ended(&mut render(&folder, &["chat.json"]));
    assert!(output.status.success(), "{told}");
    assert!(told.contains("a\u{20dd} (letters with marks)"), "{told}");
    assert!(!told.contains("Latin"), "{told}");
}

#[test]
fn outputs_are_not_called_by_what_is_redacted() {
    let text = one("Ada was here");
    let folder = folder(&[("Ada 1.json", &text), ("ADA 2.json", &text), ("out/x", "")]);
    let args = [
        "Ada 1.json",
        "ADA 2.json",
        "--redact",
        "ada",
        "-f",
        "html",
        "-o",
        "out/",
        "--manifest",
        "m.json",
    ];
    let (output, told) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{told}");
    let names = names(&folder.path().join("out"));
    assert_eq!(names, ["x", "█████ 1.html", "█████ 2.html"]);
    let manifest = fs::read_to_string(folder.path().join("m.json")).unwrap();
    // A hash may have any letters.
    let words = manifest
        .lines()
        .filter(|line| !line.contains("\"sha256\":"));
    let words = words.collect::<String>().to_lowercase();
    assert!(!words.contains("ada"), "{words}");
}

#[test]
fn names_that_become_the_same_are_numbered() {
    let text = one("Ada was here");
    let folder = folder(&[("Ada.json", &text), ("Bob.json", &text), ("out/x", "")]);
    let args = [
        "Ada.json", "Bob.json", "--redact", "ada", "--redact", "bob", "-f", "txt", "-o", "out/",
    ];
    let (output, told) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{told}");
    let names = names(&folder.path().join("out"));
    assert_eq!(names, ["x", "█████ (2).txt", "█████.txt"]);
}

#[test]
fn pages_need_a_place_in_the_name_of_their_format() {
    let many: Vec<String> = (1..90)
        .map(|id| message(id, 1, "ada", "words\\nand words", ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&many)), ("sub/x", "")]);
    for format in ["svg", "png"] {
        let name = format!("sub/out.{format}");
        let args = ["chat.json", "-o", &name, "--ppi", "20"];
        let (output, told) = ended(&mut render(&folder, &args));
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(
            told.contains(&format!("such as `-o sub/out-{{p}}.{format}`")),
            "{told}"
        );
    }
}

#[test]
fn a_reply_to_a_system_message_names_who_acted_once() {
    let folder = folder(&[]);
    let answer = |id: u64, more: &str| {
        let answered = format!(
            r#","type":19,"message_reference":{{"message_id":"9"}},"referenced_message":{}"#,
            message(9, 1, "bob", "", more)
        );
        message(id, 2, "ada", "yes", &answered)
    };
    let automod =
        r#","type":24,"embeds":[{"type":"auto_moderation_message","description":"rude"}]"#;
    let messages = [answer(10, r#","type":6"#), answer(11, automod)];
    write(
        &folder,
        "a.json",
        format!("[{}]", messages.join(",")).as_bytes(),
    );
    let (output, told) = ended(&mut render(&folder, &["a.json", "-f", "html"]));
    assert!(output.status.success(), "{told}");
    let html = fs::read_to_string(folder.path().join("a.html")).unwrap();
    let lines: Vec<_> = html
        .split("sb-context\"")
        .skip(1)
        .map(|line| line.split("</div>").next().unwrap())
        .collect();
    assert_eq!(lines.len(), 2, "{html}");
    assert!(lines[0].contains("bob pinned a message"), "{}", lines[0]);
    assert_eq!(lines[0].matches("bob").count(), 1, "{}", lines[0]);
    assert!(lines[1].contains("AutoMod has acted"), "{}", lines[1]);
    assert!(!lines[1].contains("bob"), "{}", lines[1]);
    let (output, told) = ended(&mut render(&folder, &["a.json"]));
    assert!(output.status.success(), "{told}");
    let text = Pdf::read(&folder.path().join("a.pdf")).text();
    assert!(!text.contains("bobbob"), "{text}");
}
