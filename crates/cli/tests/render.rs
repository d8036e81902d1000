//! `scrollback render`, run as a user runs it: exit code, standard output,
//! standard error, and what lies in the folder afterwards.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::path::Path;
use std::process::Command;

use insta_cmd::assert_cmd_snapshot;
use project::{folder, names, scrollback};
use tempfile::TempDir;

/// A document that needs the carried package, and its fonts.
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
    assert_cmd_snapshot!(render(&folder, &args));
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
    assert_cmd_snapshot!(render(&folder, &args));
    assert_eq!(
        names(folder.path()),
        ["doc.typ", "page-1-of-2.png", "page-2-of-2.png"]
    );
    assert_eq!(png_size(&folder.path().join("page-2-of-2.png")), (50, 50));
}

#[test]
fn several_pages_need_several_names() {
    let folder = folder(&[("doc.typ", TWO_PAGES)]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "page.png"]));
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
fn an_error_of_the_document_keeps_the_old_output() {
    let folder = folder(&[
        ("doc.typ", "Fine\n#let x = 1 + \"a\"\n"),
        ("doc.pdf", "old"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ"]));
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
    assert_cmd_snapshot!(render(&folder, &["doc.typ"]));
    assert_eq!(names(folder.path()), ["doc.pdf", "doc.typ"]);
}

#[test]
fn a_document_that_is_not_there() {
    assert_cmd_snapshot!(render(&folder(&[]), &["chat.typ"]));
}

#[test]
fn a_document_that_is_a_folder() {
    assert_cmd_snapshot!(render(&folder(&[("chat/doc.typ", "")]), &["chat"]));
}

#[test]
fn an_unknown_extension() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "out.docx"]));
    assert_eq!(names(folder.path()), ["doc.typ"]);
}

#[test]
fn no_extension() {
    assert_cmd_snapshot!(render(
        &folder(&[("doc.typ", "Hello")]),
        &["doc.typ", "-o", "out"]
    ));
}

#[test]
fn an_unknown_format() {
    assert_cmd_snapshot!(render(
        &folder(&[("doc.typ", "Hello")]),
        &["doc.typ", "-f", "docx"]
    ));
}

#[test]
fn an_output_in_no_folder() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "out/doc.pdf"]));
}

#[test]
fn an_output_that_is_a_folder() {
    let folder = folder(&[("doc.typ", "Hello"), ("out.pdf/x", "")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "-o", "out.pdf"]));
}

#[test]
fn an_output_that_is_the_document() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(
        &folder,
        &["doc.typ", "-o", "./doc.typ", "-f", "pdf"]
    ));
    assert_eq!(
        fs::read_to_string(folder.path().join("doc.typ")).unwrap(),
        "Hello"
    );
}

#[test]
fn an_input_without_a_value() {
    assert_cmd_snapshot!(render(
        &folder(&[("doc.typ", "Hello")]),
        &["doc.typ", "--input", "x"]
    ));
}

#[test]
fn inputs_reach_the_document() {
    let folder = folder(&[("doc.typ", "#assert.eq(sys.inputs, (a: \"b=c\", d: \"\"))")]);
    assert_cmd_snapshot!(render(
        &folder,
        &["doc.typ", "--input", "a=b=c", "--input", "d="]
    ));
}

#[test]
fn a_manifest_above_the_document_is_the_root() {
    let folder = folder(&[
        ("project/typst.toml", ""),
        ("project/lib.typ", "#let answer = 42"),
        (
            "project/examples/doc.typ",
            "#import \"../lib.typ\": answer\n#import \"/lib.typ\"\n#answer",
        ),
    ]);
    assert_cmd_snapshot!(render(&folder, &["project/examples/doc.typ"]));
}

#[test]
fn files_beyond_the_root_are_out_of_reach() {
    let folder = folder(&[
        ("secret.txt", "42"),
        ("sub/doc.typ", "#read(\"../secret.txt\")"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["sub/doc.typ"]));
    assert!(
        render(&folder, &["sub/doc.typ", "--root", "."])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn a_root_beside_the_document() {
    let folder = folder(&[("doc.typ", "Hello"), ("other/x", "")]);
    let output = render(&folder, &["doc.typ", "--root", "other"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: the document `doc.typ` is not inside its root"),
        "{stderr}"
    );
}

#[test]
fn a_root_that_is_not_there() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--root", "nowhere"]));
}

#[test]
fn a_font_path_that_is_not_there() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--font-path", "nowhere"]));
}

#[test]
fn a_standard_that_the_document_fails() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--pdf-standard", "ua-1"]));
    assert_eq!(names(folder.path()), ["doc.typ"]);
}

#[test]
fn standards_are_kept() {
    let folder = folder(&[("doc.typ", "#set document(title: \"T\")\nHello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--pdf-standard", "ua-1,a-2b"]));
    let pdf = fs::read(folder.path().join("doc.pdf")).unwrap();
    let pdf = String::from_utf8_lossy(&pdf);
    assert!(pdf.contains("pdfuaid:part") && pdf.contains("pdfaid:part"));
}

/// `tests/ua/pictures.typ` puts every form of a picture into every place for one.
#[test]
fn every_picture_has_a_text_for_readers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = folder(&[]);
    let document = root.join("tests/ua/pictures.typ");
    let output = render(
        &folder,
        &[
            document.to_str().unwrap(),
            "--root",
            root.to_str().unwrap(),
            "--pdf-standard",
            "ua-1",
            "-o",
            "pictures.pdf",
        ],
    )
    .output()
    .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert!(!messages.contains("warning"), "{messages}");
}

#[test]
fn standards_that_exclude_each_other() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--pdf-standard", "a-2b,a-3b"]));
}

#[test]
fn other_packages_come_from_typsts_folders() {
    let folder = folder(&[
        (
            "doc.typ",
            "#import \"@local/mine:1.2.3\": answer\n#assert.eq(answer, 42)",
        ),
        (
            "packages/local/mine/1.2.3/typst.toml",
            "[package]\nname = \"mine\"\nversion = \"1.2.3\"\nentrypoint = \"lib.typ\"\n",
        ),
        ("packages/local/mine/1.2.3/lib.typ", "#let answer = 42"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--package-path", "packages"]));
}

#[test]
fn a_package_out_of_reach() {
    let folder = folder(&[("doc.typ", "#import \"@preview/no-such-package:1.0.0\": *")]);
    let args = [
        "doc.typ",
        "--package-path",
        "none",
        "--package-cache-path",
        "none",
    ];
    let output = render(&folder, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    for part in [
        "error: failed to download package (cannot reach ",
        "preview/no-such-package-1.0.0.tar.gz",
        "hint: connect to the internet, or put the package into a folder",
    ] {
        assert!(stderr.contains(part), "{stderr}");
    }
}

#[test]
fn another_version_of_the_package_out_of_reach() {
    let import = format!("#import \"@preview/scrollback:{}\": *", "9.0.0");
    let folder = folder(&[("doc.typ", import.as_str())]);
    let args = [
        "doc.typ",
        "--package-path",
        "none",
        "--package-cache-path",
        "none",
    ];
    let output = render(&folder, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let expected = "error: failed to load package (this program carries version 0.1.0, \
        and version 9.0.0 is out of reach; failed to download package (";
    assert!(stderr.starts_with(expected), "{stderr}");
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
    assert_cmd_snapshot!(render(&folder, &args));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_one() {
    let folder = folder(&[("doc.typ", "Hello")]);
    let args = ["doc.typ", "-o", "/dev/null", "-f", "pdf"];
    assert!(render(&folder, &args).status().unwrap().success());
    assert!(!Path::new("/dev/null").is_file());
}
