//! Hostile exports, and interruptions at bad moments.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use insta_cmd::assert_cmd_snapshot;
use project::{export, folder, message, named_export, names, render, write};

/// A PNG of one pixel.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\x0bIDATx\xdac`\0\x02\0\0\x05\0\x01\xe9\xfa\xdc\xd8\0\0\0\0IEND\xaeB`\x82";

/// A PNG that says it has this size, and has nothing more to say.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = PIXEL[..16].to_vec();
    png.extend(width.to_be_bytes());
    png.extend(height.to_be_bytes());
    png.extend(&PIXEL[24..]);
    png
}

fn with_pictures(urls: &[&str]) -> String {
    let files: Vec<String> = urls
        .iter()
        .enumerate()
        .map(|(id, url)| {
            let url = serde_json::to_string(url).unwrap();
            format!(r#"{{"id":"{id}","filename":"p{id}.png","url":{url},"size":9,"width":10,"height":10}}"#)
        })
        .collect();
    let more = format!(r#","attachments":[{}]"#, files.join(","));
    export(&[message(1, 1, "ada", "see", &more)])
}

#[test]
fn pictures_are_read_from_the_media_folder_alone() {
    let folder = folder(&[("secret.png", "x")]);
    let absolute = folder.path().join("secret.png");
    let urls = [
        "chat.json_Files/good.png",
        "chat.json_Files/none.png",
        "chat.json_Files/bomb.png",
        "chat.json_Files/broken.png",
        "chat.json_Files/text.png",
        "../secret.png",
        "chat.json_Files/../secret.png",
        absolute.to_str().unwrap(),
        "C:\\Windows\\win.png",
        "\\\\server\\share\\x.png",
        "file:///etc/passwd",
        "chat.json_Files/NUL",
        "https://example.org/x.png",
    ];
    write(&folder, "chat.json", with_pictures(&urls).as_bytes());
    write(&folder, "chat.json_Files/good.png", PIXEL);
    write(&folder, "chat.json_Files/bomb.png", &bomb(50_000, 50_000));
    write(&folder, "chat.json_Files/broken.png", &bomb(100, 100));
    write(&folder, "chat.json_Files/text.png", b"<html>");
    assert_cmd_snapshot!(render(&folder, &["chat.json"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    warning: chat.json: some pictures are remote, and scrollback never downloads files; they are not drawn
    hint: the first is https://example.org/x.png
    hint: to include them, export with media (DiscordChatExporter's `--media`)
    warning: chat.json: some pictures lead out of the media folder and were not read; they are not drawn (6 times)
    hint: the first is ../secret.png
    hint: pass the folder that holds them to `--media`, if you trust the export
    warning: chat.json: some pictures are not in the media folder; they are not drawn (2 times)
    hint: the first is chat.json_Files/none.png
    hint: pass the folder that holds them to `--media`
    warning: chat.json: some pictures have more than 50 million pixels; they are not drawn
    hint: the first is chat.json_Files/bomb.png
    hint: make them smaller to have them drawn
    warning: chat.json: some pictures are of a kind that can't be drawn; they are not drawn
    hint: the first is chat.json_Files/text.png
    hint: PNG, JPEG, GIF, WebP and SVG without embedded pictures or costly filters are drawn
    warning: chat.json: some pictures are damaged; they are not drawn
    hint: the first is chat.json_Files/broken.png
    hint: download them again
    ");
    assert!(folder.path().join("chat.pdf").exists());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_media_folder_are_not_followed() {
    let folder = folder(&[("chat.json", &with_pictures(&["chat.json_Files/link.png"]))]);
    write(&folder, "secret.png", PIXEL);
    fs::create_dir(folder.path().join("chat.json_Files")).unwrap();
    std::os::unix::fs::symlink(
        "../secret.png",
        folder.path().join("chat.json_Files/link.png"),
    )
    .unwrap();
    assert_cmd_snapshot!(render(&folder, &["chat.json"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    warning: chat.json: some pictures lead out of the media folder and were not read; they are not drawn
    hint: the first is chat.json_Files/link.png
    hint: pass the folder that holds them to `--media`, if you trust the export
    ");
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_media_holds_nobody_up() {
    let folder = folder(&[("chat.json", &with_pictures(&["chat.json_Files/pipe.png"]))]);
    fs::create_dir(folder.path().join("chat.json_Files")).unwrap();
    let made = Command::new("mkfifo")
        .arg(folder.path().join("chat.json_Files/pipe.png"))
        .status();
    if made.is_ok_and(|status| status.success()) {
        assert!(render(&folder, &["chat.json"]).status().unwrap().success());
    }
}

#[test]
fn text_is_never_code() {
    let texts = [
        "#panic(\"run\")",
        "#read(\"/etc/passwd\")",
        "#import \"@preview/evil:1.0.0\": *",
        "$ x \\",
        "\"; #panic() //",
        "]#panic()[",
        "<label> @ref",
        "\\u{41} \u{0} \u{1b}[2J \u{202e}",
    ];
    let messages: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| message(index as u64 + 1, 1, text, text, ""))
        .collect();
    let hostile = named_export("1", "#panic(\"channel\")", &messages);
    let folder = folder(&[("chat.json", &hostile)]);
    let args = [
        "chat.json",
        "--toc",
        "--pinned",
        "--attach-source",
        "--pdf-standard",
        "1.7",
    ];
    let output = render(&folder, &args).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn hostile_sizes_are_survived() {
    let texts = [
        "*".repeat(20_000),
        "> ".repeat(5_000),
        "[".repeat(10_000),
        "||".repeat(10_000),
        "x".repeat(20_000),
        "a\u{301}\u{302}\u{303}".repeat(2_000),
        "\n".repeat(4_000),
    ];
    let messages: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            message(
                index as u64 + 1,
                1,
                &text[..text.floor_char_boundary(3_000)],
                text,
                "",
            )
        })
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let output = render(&folder, &["chat.json"]).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn names_stay_in_their_folder() {
    let hostile = named_export(
        "1",
        "../../escape\u{1b}[2J{p}",
        &[message(1, 1, "ada", "x", "")],
    );
    let folder = folder(&[("in/chat.json", &hostile), ("in/out/x", "")]);
    let mut command = render(&folder, &["chat.json", "-o", "out/{channel}.pdf"]);
    command.current_dir(folder.path().join("in"));
    assert!(command.status().unwrap().success());
    assert_eq!(
        names(&folder.path().join("in/out")),
        ["_.._.._escape[2J(p).pdf", "x"]
    );
}

#[test]
fn a_killed_run_leaves_the_old_output_whole() {
    let messages: Vec<String> = (1..3_000)
        .map(|id| message(id, 1, "ada", "some words to set in a line or two", ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&messages)), ("chat.pdf", "old")]);
    for wait in [5, 20, 60, 150, 300, 600] {
        let mut child = render(&folder, &["chat.json"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let pdf = fs::read(folder.path().join("chat.pdf")).unwrap();
        let is_whole = pdf.starts_with(b"%PDF") && pdf.trim_ascii_end().ends_with(b"%%EOF");
        assert!(pdf == b"old" || is_whole, "half a file after {wait} ms");
        let seen: Vec<_> = names(folder.path())
            .into_iter()
            .filter(|name| !name.starts_with('.'))
            .collect();
        assert_eq!(seen, ["chat.json", "chat.pdf"]);
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", "x", "")]))]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "-o", "none/chat.pdf"]), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: cannot write `none/chat.pdf`: there is no folder `none`
    hint: create the folder, or name another output
    ");
}

#[test]
fn a_missing_folder_is_told_before_anything_is_read() {
    let folder = folder(&[("chat.json", "no export")]);
    assert_cmd_snapshot!(render(&folder, &["chat.json", "-o", "none/{name}.pdf"]), @r"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: cannot write `none/{name}.pdf`: there is no folder `none`
    hint: create the folder, or name another output
    ");
}

#[test]
fn a_site_opens_nothing_that_runs() {
    let folder = folder(&[]);
    // An odd name, as that of a channel may be: neither character begins a query.
    let media = "#a? b.json_Files";
    let files = ["page.html", "drawing.svg", "plain.svg", "song.mp3"].map(|name| {
        format!(r#"{{"id":"{name}","filename":"{name}","url":"{media}/{name}","size":9}}"#)
    });
    let more = format!(r#","attachments":[{}]"#, files.join(","));
    let sent = export(&[message(1, 1, "ada", "see", &more)]);
    write(&folder, "in/#a? b.json", sent.as_bytes());
    let svg = |inner: &str| {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>"#)
    };
    for (name, data) in [
        ("page.html", "<script>x()</script>"),
        ("drawing.svg", &svg("<script>x()</script>")),
        ("plain.svg", &svg("<path d=\"M0 0h9v9z\"/>")),
        ("song.mp3", "abc"),
    ] {
        write(&folder, &format!("in/{media}/{name}"), data.as_bytes());
    }
    let made = project::scrollback(&folder, &["render", "in", "--archive", "site"])
        .output()
        .unwrap();
    assert!(made.status.success());
    let mut endings: Vec<String> = names(&folder.path().join("site/media"))
        .iter()
        .map(|name| name.rsplit('.').next().unwrap_or_default().to_owned())
        .collect();
    endings.sort();
    assert_eq!(endings, ["bin", "mp3", "svg"]);
    let channels = folder.path().join("site/channels");
    let page = channels.join(&names(&channels)[0]);
    let page = fs::read_to_string(page.join(&names(&page)[0])).unwrap();
    assert!(page.contains("download=\"page.html\""), "{page}");
    assert_eq!(page.matches("<a class=\"site-picture\"").count(), 1);
}
