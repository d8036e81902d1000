//! Records, read back: numbers, hashes, cover, exhibits, structure.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;
use std::process::Command;

use project::{export, fed, folder, message, samples, scrollback, write};
use reader::Pdf;
use tempfile::TempDir;

/// A picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54,
    0x78, 0xda, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x4c, 0x17, 0xd7, 0xdf, 0, 0, 0, 0, 0x49, 0x45,
    0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The SHA-256 of the letters `abc`, known from the standard.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn sent() -> TempDir {
    let files = r#","attachments":[
        {"id":"71","fileName":"notes.txt","fileSizeBytes":3,"url":"chat.json_Files/notes.txt"},
        {"id":"72","fileName":"gone.png","fileSizeBytes":9,"url":"chat.json_Files/gone.png"},
        {"id":"73","fileName":"dot.png","fileSizeBytes":67,"url":"chat.json_Files/dot.png"}]"#;
    let chat = export(&[
        message(4_194_304_010, 1, "ada", "The first.", ""),
        message(4_194_304_020, 1, "bob", "Left out.", ""),
        message(4_194_304_030, 2, "ada", "With ||files||.", files),
    ]);
    let folder = folder(&[("chat.json", &chat)]);
    write(&folder, "chat.json_Files/notes.txt", b"abc");
    write(&folder, "chat.json_Files/dot.png", PIXEL);
    folder
}

fn made(folder: &TempDir, args: &[&str]) -> std::process::Output {
    let mut command: Command = scrollback(folder, &["render", "chat.json", "--style", "record"]);
    command.args(args).output().unwrap()
}

#[test]
fn a_record_says_what_it_is_made_of() {
    let folder = sent();
    let made = made(
        &folder,
        &[
            "--not-text",
            "Left out",
            "--numbers",
            "ACME-000123",
            "--attach-files",
        ],
    );
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let pdf = Pdf::read(&folder.path().join("chat.pdf"));
    let text = pdf.text();
    // Numbers go on over what a filter leaves out.
    for words in [
        "[ACME-000123]",
        "[ACME-000124]",
        "[ACME-000123]–[ACME-000124]",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("[ACME-000125]"));
    // The cover: the file and its hash, what was left out.
    let source = fs::read(folder.path().join("chat.json")).unwrap();
    let digits = sha256(&source);
    assert!(text.contains(&digits), "{digits}: {text}");
    for words in [
        "Recordofmessages",
        "chat.json",
        "--not-text",
        "Messagesofthesourceleftout:1",
        "DiscordChatExporter",
        "Missingfiles1",
        concat!("scrollback", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Full times, ids and addresses of every message; the cover has the first time, too.
    assert_eq!(pdf.count("2024-03-0112:00:00+00:00"), 2, "{text}");
    assert!(text.contains("https://discord.com/channels/5/1/4194304030"));
    // The exhibits, in order.
    for words in [
        "A-01notes.txt",
        "A-02gone.png",
        "A-03dot.png",
        ABC,
        "attachedtothisdocument",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains("notwiththesource"));
    let attached: Vec<(String, usize)> = pdf
        .attachments()
        .into_iter()
        .map(|(name, data)| (name, data.len()))
        .collect();
    assert_eq!(attached.len(), 2, "{attached:?}");
    assert!(
        attached
            .iter()
            .any(|(name, size)| name.contains("A-01-notes.txt") && *size == 3)
    );
    let bookmarks = pdf.bookmarks();
    for words in [
        "Record of messages",
        "March 1, 2024",
        "Exhibits",
        "A-01 notes.txt",
    ] {
        assert!(
            bookmarks.iter().any(|known| known.contains(words)),
            "{words}: {bookmarks:?}"
        );
    }
}

/// As `sha256sum` computes it, which the cover tells to.
fn sha256(bytes: &[u8]) -> String {
    let output = fed(&mut Command::new("sha256sum"), bytes);
    String::from_utf8(output.stdout).unwrap()[..64].to_owned()
}

#[test]
fn each_message_is_an_element_of_the_structure() {
    let folder = folder(&[]);
    let path = samples().join("server-channel.json");
    let pdf = Pdf::rendered(&folder, &[path.to_str().unwrap(), "--style", "record"]);
    let everything = pdf.everything();
    let quotations = everything
        .iter()
        .filter(|(_, text)| text == "BlockQuote")
        .count();
    let messages: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let count = messages["messages"].as_array().unwrap().len();
    assert!(quotations >= count, "{quotations} of {count}");
    assert!(pdf.xmp().contains("<pdfaid:part>3"), "PDF/A-3");
    assert!(pdf.xmp().contains("<pdfuaid:part>1"), "PDF/UA-1");
}

#[test]
fn volumes_are_numbered_on() {
    let folder = sent();
    let made = made(&folder, &["--split", "day", "-o", "{volume}.pdf"]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let second = Pdf::read(&folder.path().join("2024-03-02.pdf")).text();
    assert!(
        second.contains("[0003]") && !second.contains("[0001]"),
        "{second}"
    );
}

#[test]
fn options_override_what_a_style_sets() {
    let folder = sent();
    let made = made(&folder, &["--pdf-standard", "1.7", "--numbers", "7"]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let pdf = Pdf::read(&folder.path().join("chat.pdf"));
    assert!(!pdf.xmp().contains("pdfaid"));
    assert!(pdf.text().contains("[7]"));
}

#[test]
fn in_html_the_cover_comes_before_the_messages() {
    let folder = sent();
    let args = ["--not-text", "Left out", "--lang", "ar", "-o", "chat.html"];
    let made = made(&folder, &args);
    assert!(made.status.success(), "{made:?}");
    let html = fs::read_to_string(folder.path().join("chat.html")).unwrap();
    let (before, messages) = html.split_once("<section class=\"scrollback ").unwrap();
    assert!(messages.contains("The first."), "{html}");
    assert!(
        before.contains("<html dir=\"rtl\" lang=\"ar\">"),
        "{before}"
    );
    let (_, cover) = before.split_once("<div class=\"cover\">").unwrap();
    for said in [
        "<h2>سجل رسائل</h2>",
        "<bdi>chat.json</bdi>",
        "<bdi dir=\"ltr\">[0001] – [0002]</bdi>",
        "<dt><code>--not-text</code></dt><dd><bdi>Left out</bdi></dd>",
        "<td><bdi>ada</bdi></td>",
    ] {
        assert!(cover.contains(said), "{said}: {cover}");
    }
}

#[test]
fn in_html_the_exhibits_follow_the_messages() {
    let folder = sent();
    let made = made(&folder, &["-o", "chat.html"]);
    assert!(made.status.success(), "{made:?}");
    let html = fs::read_to_string(folder.path().join("chat.html")).unwrap();
    let (messages, exhibits) = html.split_once("<div class=\"cover annex\">").unwrap();
    assert!(
        messages.contains("<a href=\"#exhibit-1\">A-01</a>"),
        "{messages}"
    );
    for said in [
        "<h2>Exhibits</h2>",
        "<h3 id=\"exhibit-1\">A-01 <bdi>",
        "<dt>Message</dt><dd><a href=\"#message-",
        "<dt>SHA-256</dt><dd><code>",
        "<dd>not with the source",
    ] {
        assert!(exhibits.contains(said), "{said}: {exhibits}");
    }
    assert!(!html.contains("=\"scrollback:"), "{html}");
}

#[test]
fn exhibits_have_bars_where_their_names_are_blacked_out() {
    let folder = sent();
    for name in ["chat.html", "chat.pdf"] {
        let made = made(&folder, &["--redact", "notes", "-o", name]);
        let told = String::from_utf8(made.stderr).unwrap();
        assert!(made.status.success(), "{told}");
        assert!(!told.contains("no font"), "{told}");
    }
    let html = fs::read_to_string(folder.path().join("chat.html")).unwrap();
    assert!(html.contains("A-01 <bdi>█████.txt</bdi>"), "{html}");
    let text = Pdf::read(&folder.path().join("chat.pdf")).text();
    assert!(text.contains("A-01█████.txt"), "{text}");
}

#[test]
fn files_are_attached_where_that_is_allowed() {
    let folder = sent();
    for (args, words) in [
        (
            &["--attach-files", "--anonymize"][..],
            "`--attach-files` would put the names that `--anonymize` replaces into the file",
        ),
        (
            &["--attach-files", "--pdf-standard", "a-2b"],
            "the PDF standard doesn't allow attachments, which `--attach-files` needs",
        ),
        (
            &["--attach-files", "-o", "chat.html"],
            "`--attach-files` needs a PDF to attach files to",
        ),
        (
            &["--numbers", "A-"],
            "expected a number of at most 15 digits",
        ),
    ] {
        let made = made(&folder, args);
        let error = String::from_utf8_lossy(&made.stderr).into_owned();
        assert_eq!(made.status.code(), Some(2), "{error}");
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn labels_lead_to_exhibits_and_back() {
    let folder = sent();
    write(
        &folder,
        "page.typ",
        b"#set page(width: 60mm, height: 40mm)\n#rect(fill: red)",
    );
    let drawn = project::ended(&mut project::render(&folder, &["page.typ"]));
    assert!(drawn.0.status.success(), "{}", drawn.1);
    let pdf = fs::read(folder.path().join("page.pdf")).unwrap();
    let made = |file: &[u8]| {
        let files = r#","attachments":[
            {"id":"71","fileName":"plan.pdf","fileSizeBytes":3,"url":"chat.json_Files/plan.pdf"}]"#;
        let chat = export(&[message(4_194_304_010, 1, "ada", "The plan.", files)]);
        write(&folder, "chat.json", chat.as_bytes());
        write(&folder, "chat.json_Files/plan.pdf", file);
        let made = made(&folder, &[]);
        let error = String::from_utf8_lossy(&made.stderr).into_owned();
        assert!(made.status.success(), "{error}");
        Pdf::read(&folder.path().join("chat.pdf"))
    };
    let drawn = made(&pdf);
    // The cover, the messages, the exhibits.
    let jumps = drawn.jumps();
    assert!(
        jumps.contains(&(1, 2)) && jumps.contains(&(2, 1)),
        "{jumps:?}"
    );
    assert!(drawn.link_words().contains(&"Page 3".to_owned()));
    assert!(!drawn.holds("scrollback:"));
    // The first page of a PDF is its picture; of a damaged one there is none.
    let damaged = made(b"%PDF-1.7 and nothing");
    assert!(drawn.pictures() > 0);
    assert_eq!(damaged.pictures(), 0);
    assert!(damaged.text().contains("A-01plan.pdf"));
}

#[test]
fn each_cover_lists_the_warnings_of_its_export_unless_something_is_taken_out() {
    let chat = export(&[
        message(4_194_304_010, 1, "ada", "The first.", ""),
        message(4_194_304_020, 2, "bob", "Odd.", r#","pinned":"maybe""#),
    ]);
    let folder = folder(&[("chat.json", &chat)]);
    let cover = |options: &[&str], name: &str| {
        let made = made(&folder, options);
        let told = String::from_utf8(made.stderr).unwrap();
        assert!(made.status.success() && told.contains("`pinned`"), "{told}");
        let html = fs::read_to_string(folder.path().join(name)).unwrap();
        let (before, _) = html.split_once("<section class=\"scrollback ").unwrap();
        before.to_owned()
    };
    let by_day = ["--split", "day", "-o", "{volume}.html"];
    for (options, name) in [
        (&["-o", "chat.html"][..], "chat.html"),
        (&by_day, "2024-03-01.html"),
        (&by_day, "2024-03-02.html"),
    ] {
        let cover = cover(options, name);
        assert_eq!(cover.matches("`pinned`").count(), 1, "{name}");
    }
    for taken_out in [&["--anonymize"][..], &["--redact", "Odd"]] {
        let cover = cover(&[&["-o", "less.html"], taken_out].concat(), "less.html");
        assert!(cover.contains("<h3>Filters</h3>"), "{cover}");
        assert!(!cover.contains("<h3>Warnings</h3>"), "{cover}");
    }
}
