//! Sites of static pages.
#![allow(missing_docs)]

mod project;

use std::fs;

use project::{folder, message, named_export, names, scrollback, write};
use tempfile::TempDir;

fn two_channels() -> TempDir {
    let answer =
        r#","type":"Reply","reference":{"messageId":"4194304010","channelId":"1","guildId":"5"}"#;
    let file = r#","attachments":[{"id":"71","fileName":"song.mp3","fileSizeBytes":3,"url":"a.json_Files/song.mp3"}]"#;
    let first = named_export(
        "1",
        "general",
        &[
            message(4_194_304_010, 1, "ada", "The <b>first</b> word.", ""),
            message(4_194_304_020, 2, "bob", "A song.", file),
            late(4_194_304_030, "ada", "An answer in April.", answer),
        ],
    );
    let second = named_export(
        "2",
        "off-topic",
        &[message(
            4_194_304_110,
            1,
            "eve",
            "See https://discord.com/channels/5/1/4194304020",
            "",
        )],
    );
    let folder = folder(&[("in/a.json", &first), ("in/b.json", &second)]);
    write(&folder, "in/a.json_Files/song.mp3", b"abc");
    folder
}

/// A message of April.
fn late(id: u64, author: &str, content: &str, more: &str) -> String {
    message(id, 1, author, content, more).replace("2024-03-", "2024-04-")
}

fn made(folder: &TempDir) -> String {
    let made = scrollback(folder, &["render", "in", "--archive", "site"])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(made.status.success(), "{error}");
    error
}

#[test]
fn a_site_has_a_page_a_month_with_links_between_them() {
    let folder = two_channels();
    let told = made(&folder);
    assert!(told.contains("site: 3 of 3 pages were made anew"), "{told}");
    let site = folder.path().join("site");
    assert_eq!(
        names(&site.join("channels/general-1")),
        ["2024-03.html", "2024-04.html"]
    );
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    let march = read("channels/general-1/2024-03.html");
    assert!(
        march.contains("<h1>#general<small>March 2024</small></h1>"),
        "{march}"
    );
    assert!(march.contains("id=\"message-4194304010\""));
    assert!(
        march.contains("&lt;b") && !march.contains("<b>first"),
        "text is text"
    );
    assert!(
        march.contains("<audio controls preload=\"none\" src=\"../../media/ba7816bf8f01cfea.mp3\""),
        "{march}"
    );
    assert_eq!(
        fs::read(site.join("media/ba7816bf8f01cfea.mp3")).unwrap(),
        b"abc"
    );
    assert!(march.contains("rel=\"next\" href=\"2024-04.html\""));
    // An answer leads to another month, an address to another channel.
    let april = read("channels/general-1/2024-04.html");
    assert!(
        april.contains("href=\"../general-1/2024-03.html#message-4194304010\""),
        "{april}"
    );
    let other = read("channels/off-topic-2/2024-03.html");
    assert!(
        other.contains("href=\"../general-1/2024-03.html#message-4194304020\""),
        "{other}"
    );
    // No page asks another computer for anything.
    for page in [&march, &april, &other] {
        assert!(!page.contains("src=\"http") && !page.contains("scrollback:message"));
    }
    let index = read("index.html");
    assert!(
        index.contains("<h1>Harbour</h1>") && index.contains("channels/general-1/2024-04.html"),
        "{index}"
    );
    let people = read("people.html");
    assert!(people.contains("<th scope=\"row\">ada</th>"), "{people}");
    let search = read("search/0.js");
    assert!(search.starts_with("scrollbackIndex(0,"), "{search}");
    assert!(
        search.contains("\"4194304010\",\"ada\"") && search.contains("The \\u003cb>first"),
        "{search}"
    );
}

#[test]
fn a_second_run_makes_what_is_new() {
    let folder = two_channels();
    made(&folder);
    assert!(made(&folder).contains("site: 0 of 3 pages were made anew"));
    // The export has grown: a message in April, by somebody new.
    let path = folder.path().join("in/a.json");
    let grown = fs::read_to_string(&path).unwrap();
    let more = late(4_194_304_040, "zoe", "Newest.", "");
    let at = grown.rfind("],\"messageCount\"").unwrap();
    fs::write(&path, format!("{},{more}{}", &grown[..at], &grown[at..])).unwrap();
    assert!(made(&folder).contains("site: 1 of 3 pages were made anew"));
    let april =
        fs::read_to_string(folder.path().join("site/channels/general-1/2024-04.html")).unwrap();
    assert!(april.contains("Newest."));
    let search = fs::read_to_string(folder.path().join("site/search/0.js")).unwrap();
    assert!(
        search.contains("Newest.") && search.contains("A song."),
        "{search}"
    );
}

#[test]
fn a_site_of_pseudonyms_names_nobody() {
    let folder = two_channels();
    let made = scrollback(
        &folder,
        &["render", "in", "--archive", "site", "--anonymize"],
    )
    .output()
    .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let mut seen = 0;
    let mut folders = vec![folder.path().join("site")];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(
                !name.contains("general") && !name.contains("off-topic"),
                "{name}"
            );
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                seen += 1;
                for word in ["\"ada\"", ">ada<", "Harbour", "4194304010", "song.mp3"] {
                    assert!(!text.contains(word), "{word} in {name}");
                }
            }
        }
    }
    assert!(seen > 6);
}

#[test]
fn a_site_is_a_folder_of_exports() {
    let folder = two_channels();
    write(&folder, "in/book.typ", b"= Book");
    for (args, words) in [
        (
            &["render", "in/a.json", "--archive", "in/b.json"][..],
            "`--archive` makes a PDF or a folder with a site, and `in/b.json` is neither",
        ),
        (
            &["render", "in/book.typ", "--archive", "site"],
            "`--archive` is for exports, and `in/book.typ` is a Typst document",
        ),
    ] {
        let made = scrollback(&folder, args).output().unwrap();
        let error = String::from_utf8_lossy(&made.stderr).into_owned();
        assert_eq!(made.status.code(), Some(2), "{error}");
        assert!(error.contains(words), "{words}: {error}");
    }
}
