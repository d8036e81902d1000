//! `scrollback render`, run as a user runs it: exit code, standard output, standard error, and the
//! files in the folder afterwards.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::path::Path;
use std::process::Command;

use insta_cmd::assert_cmd_snapshot;
use project::{export, folder, message, names, scrollback};
use tempfile::TempDir;

/// A document that needs the bundled package, and its fonts.
const CHAT: &str = r#"
#import "@preview/scrollback:0.1.0": *
#set page(width: 12cm, height: auto, margin: 0pt)
#let ada = user(name: "Ada")
#discord.chat(message(left, ada)[Hello 👋 `world`])
"#;

/// A document of two pages, an inch square each.
const TWO_PAGES: &str = "#set page(width: 1in, height: 1in)\nA #pagebreak() B\n";

/// `scrollback render` in a folder.
fn render(folder: &TempDir, args: &[&str]) -> Command {
    scrollback(folder, &[&["render"], args].concat())
}

/// Width and height of a PNG picture, from its first chunk.
fn png_size(path: &Path) -> (u32, u32) {
    let data = fs::read(path).unwrap();
    assert_eq!(&data[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(data[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn a_chat_becomes_a_pdf() {
    let folder = folder(&[("chat.typ", CHAT)]);
    let args = ["chat.typ", "-o", "out.pdf", "--ignore-system-fonts"];
    assert_cmd_snapshot!(render(&folder, &args), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    assert!(
        fs::read(folder.path().join("out.pdf"))
            .unwrap()
            .starts_with(b"%PDF-1.7")
    );
    assert_eq!(names(folder.path()), ["chat.typ", "out.pdf"]);
}

#[test]
fn the_output_is_beside_the_document_unless_named() {
    let folder = folder(&[("sub/doc.typ", "Hello")]);
    assert!(
        render(&folder, &["sub/doc.typ"])
            .status()
            .unwrap()
            .success()
    );
    assert!(
        render(&folder, &["sub/doc.typ", "--format", "svg"])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(
        names(&folder.path().join("sub")),
        ["doc.pdf", "doc.svg", "doc.typ"]
    );
}

#[test]
fn the_format_option_wins_over_the_extension() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert!(
        render(&folder, &["doc.typ", "-o", "out.data", "-f", "svg"])
            .status()
            .unwrap()
            .success()
    );
    assert!(
        fs::read(folder.path().join("out.data"))
            .unwrap()
            .starts_with(b"<svg")
    );
}

#[test]
fn pages_become_pictures_of_the_asked_density() {
    let folder = folder(&[("doc.typ", TWO_PAGES)]);
    let args = ["doc.typ", "-o", "page-{0p}-of-{t}.png", "--ppi", "50"];
    assert_cmd_snapshot!(render(&folder, &args), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    assert_eq!(
        names(folder.path()),
        ["doc.typ", "page-1-of-2.png", "page-2-of-2.png"]
    );
    assert_eq!(png_size(&folder.path().join("page-2-of-2.png")), (50, 50));
}

#[test]
fn several_pages_need_several_names() {
    let folder = folder(&[("doc.typ", TWO_PAGES)]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "page.png"]), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: the document has 2 pages, but `page.png` names one file
    hint: put `{p}` where the page's number goes, such as `-o page-{p}.png`
    ");
    assert_eq!(names(folder.path()), ["doc.typ"]);
}

#[test]
fn html_is_written_without_typsts_notice() {
    let folder = folder(&[("doc.typ", "Hello _you_")]);
    let output = render(&folder, &["doc.typ", "-o", "doc.html"])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "{output:?}");
    let html = fs::read_to_string(folder.path().join("doc.html")).unwrap();
    assert!(html.contains("<em>you</em>"), "{html}");
}

#[test]
fn html_in_a_dark_theme_is_printed_light() {
    let colored = r##""name":"ada","color":"#1abc9c""##;
    let chat = export(&[message(10, 1, "ada", "Hello", "")]);
    let chat = chat.replace(r#""username":"ada""#, colored);
    let folder = folder(&[("chat.json", &chat)]);
    let html = |theme: &str| {
        let args = ["chat.json", "-o", "chat.html", "--theme", theme];
        let output = render(&folder, &args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        fs::read_to_string(folder.path().join("chat.html")).unwrap()
    };
    for theme in ["dark", "ash", "onyx", "classic-dark"] {
        let html = html(theme);
        // Names have a colour for each.
        assert!(html.contains("color:light-dark("), "{theme}");
        let page = "@media print{body{background:#ffffff;color:#000000}";
        assert!(html.contains(page), "{theme}");
        let chat = format!("@media print{{\n.scrollback.scrollback-{theme}{{");
        let (_, rules) = html.split_once(&chat).expect(theme);
        let (rules, _) = rules.split_once('}').unwrap();
        for rule in [
            "--sb-background:#ffffff",
            "--sb-text:#000000",
            "color-scheme:light",
        ] {
            assert!(rules.contains(rule), "{theme}: {rules}");
        }
    }
    let light = html("light");
    assert!(!light.contains("@media print{body") && !light.contains("light-dark("));
}

#[test]
fn a_browser_can_skip_parts_of_long_html() {
    let html = |count: u64| {
        let messages: Vec<_> = (1..=count)
            .map(|id| message(id, 1, ["ada", "bob"][id as usize % 2], "Hello", ""))
            .collect();
        let folder = folder(&[("chat.json", &export(&messages))]);
        let args = ["chat.json", "-o", "chat.html"];
        assert!(render(&folder, &args).output().unwrap().status.success());
        fs::read_to_string(folder.path().join("chat.html")).unwrap()
    };
    let long = html(600);
    assert_eq!(long.matches("<div class=\"sb-part\"").count(), 25);
    let (_, section) = long.split_once("<section").unwrap();
    let (_, first) = section.split_once('>').unwrap();
    assert!(first.starts_with("<header class=\"sb-channel\""), "{long}");
    assert!(!html(60).contains("<div class=\"sb-part\""));
}

#[test]
fn an_error_of_the_document_keeps_the_old_output() {
    let folder = folder(&[
        ("doc.typ", "Fine\n#let x = 1 + \"a\"\n"),
        ("doc.pdf", "old"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ"]), @r#"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: cannot add integer and string
      ┌─ doc.typ:2:9
      │
    2 │ #let x = 1 + "a"
      │          ^^^^^^^
    "#);
    assert_eq!(
        fs::read_to_string(folder.path().join("doc.pdf")).unwrap(),
        "old"
    );
    assert_eq!(names(folder.path()), ["doc.pdf", "doc.typ"]);
}

#[test]
fn an_error_of_the_package_points_to_the_document() {
    let folder = folder(&[(
        "doc.typ",
        "#import \"@preview/scrollback:0.1.0\": *\n#discord.chat(display: \"wide\")\n",
    )]);
    let output = render(&folder, &["doc.typ"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("error: "), "{stderr}");
    assert!(
        stderr.contains("`display`") && stderr.contains("doc.typ:2:"),
        "{stderr}"
    );
}

#[test]
fn a_warning_is_shown_and_the_output_written() {
    let folder = folder(&[("doc.typ", "#set text(font: \"No Such Font\")\nHello\n")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ"]), @r#"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    warning: unknown font family: no such font
      ┌─ doc.typ:1:16
      │
    1 │ #set text(font: "No Such Font")
      │                 ^^^^^^^^^^^^^^
    "#);
    assert_eq!(names(folder.path()), ["doc.pdf", "doc.typ"]);
}

#[test]
fn a_document_that_is_not_there() {
    assert_cmd_snapshot!(render(&folder(&[]), &["chat.typ"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: there is no input `chat.typ`
    hint: check the name and the folder that you are in
    ");
}

#[test]
fn a_document_that_is_a_folder() {
    assert_cmd_snapshot!(render(&folder(&[("chat/doc.typ", "")]), &["chat"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: there are no exports in the folder `chat`
    hint: exports end in .json or .jsonl; export with `--format Json`
    ");
}

#[test]
fn an_unknown_extension() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "out.docx"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the output `out.docx` has the unknown extension `.docx`
    hint: end its name in .pdf, .png, .svg, .html, .md, .txt, .jsonl or .csv, or pass `--format`
    ");
    assert_eq!(names(folder.path()), ["doc.typ"]);
}

#[test]
fn no_extension() {
    assert_cmd_snapshot!(render(
        &folder(&[("doc.typ", "Hello")]),
        &["doc.typ", "-o", "out"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the output `out` has no extension, so its format is unknown
    hint: end its name in .pdf, .png, .svg, .html, .md, .txt, .jsonl or .csv, or in `/` for a folder, or pass `--format`
    ");
}

#[test]
fn an_unknown_format() {
    assert_cmd_snapshot!(render(
        &folder(&[("doc.typ", "Hello")]),
        &["doc.typ", "-f", "docx"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value 'docx' for '--format <FORMAT>'
      [possible values: pdf, png, svg, html, md, txt, jsonl, csv]

    For more information, try '--help'.
    ");
}

#[test]
fn an_output_in_no_folder() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "out/doc.pdf"]), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: cannot write `out/doc.pdf`: there is no folder `out`
    hint: create the folder, or name another output
    ");
}

#[test]
fn an_output_that_is_a_folder() {
    let folder = folder(&[("doc.typ", "Hello"), ("out.pdf/x", "")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "out.pdf"]), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: cannot write `out.pdf`: it is a folder
    hint: give the name of a file to `-o`
    ");
}

#[test]
fn an_output_that_is_the_document() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(
        &folder,
        &["doc.typ", "-o", "./doc.typ", "-f", "pdf"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the output `./doc.typ` is the input itself
    hint: give the output another name with `-o`
    ");
    assert_eq!(
        fs::read_to_string(folder.path().join("doc.typ")).unwrap(),
        "Hello"
    );
}

#[test]
fn a_standard_that_the_document_fails() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--pdf-standard", "ua-1"]), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: PDF/UA-1 error: missing document title
     = hint: set the title with `set document(title: [...])`
    ");
    assert_eq!(names(folder.path()), ["doc.typ"]);
}

#[test]
fn standards_are_kept() {
    let folder = folder(&[("doc.typ", "#set document(title: \"T\")\nHello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--pdf-standard", "ua-1,a-2b"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    let pdf = fs::read(folder.path().join("doc.pdf")).unwrap();
    let pdf = String::from_utf8_lossy(&pdf);
    assert!(pdf.contains("pdfuaid:part") && pdf.contains("pdfaid:part"));
}

/// The documents in `tests/ua` put every form of something, such as a picture, into every place for one.
#[test]
fn every_form_in_every_place_is_accessible() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = folder(&[]);
    for name in ["pictures", "spoilers", "tables"] {
        let document = root.join(format!("tests/ua/{name}.typ"));
        let output = render(
            &folder,
            &[
                document.to_str().unwrap(),
                "--root",
                root.to_str().unwrap(),
                "--pdf-standard",
                "ua-1",
                "-o",
                "out.pdf",
            ],
        )
        .output()
        .unwrap();
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{messages}");
        assert!(!messages.contains("warning"), "{messages}");
    }
}

#[test]
fn standards_that_exclude_each_other() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--pdf-standard", "a-2b,a-3b"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: choose at most one PDF/A standard
    ");
}

#[test]
fn a_fixed_date_gives_the_same_bytes() {
    let folder = folder(&[("doc.typ", "#datetime.today().display()")]);
    for output in ["a.pdf", "b.pdf"] {
        let args = [
            "doc.typ",
            "-o",
            output,
            "--creation-timestamp",
            "1767225600",
        ];
        assert!(render(&folder, &args).status().unwrap().success());
    }
    let read = |name| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("a.pdf"), read("b.pdf"));
    assert!(String::from_utf8_lossy(&read("a.pdf")).contains("2026-01-01"));
}

#[test]
fn a_date_out_of_range() {
    let folder = folder(&[("doc.typ", "Hello")]);
    let args = ["doc.typ", "--creation-timestamp", "99999999999999"];
    assert_cmd_snapshot!(render(&folder, &args), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the creation timestamp 99999999999999 is out of range
    hint: pass seconds since 1970-01-01, such as 1767225600
    ");
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_one() {
    let folder = folder(&[("doc.typ", "Hello")]);
    let args = ["doc.typ", "-o", "/dev/null", "-f", "pdf"];
    assert!(render(&folder, &args).status().unwrap().success());
    assert!(!Path::new("/dev/null").is_file());
}
