//! Sites of static pages.
#![allow(missing_docs)]

mod project;

use std::fs;

use project::browser::{asked, browser};
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
    assert!(told.contains("site: rendered 3 of 3 pages"), "{told}");
    let site = folder.path().join("site");
    assert_eq!(
        names(&site.join("channels/general-1")),
        ["2024-03.html", "2024-04.html"]
    );
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    let march = read("channels/general-1/2024-03.html");
    assert!(
        march.contains("<h1><bdi>#general</bdi><small>March 2024</small></h1>"),
        "{march}"
    );
    assert!(march.contains("id=\"message-4194304010\""));
    assert!(
        march.contains("&lt;b") && !march.contains("<b>first"),
        "text is text"
    );
    let song = "../../media/ba7816bf8f01cfea.mp3";
    assert!(
        march.contains(&format!("<audio controls preload=\"none\" src=\"{song}\"")),
        "{march}"
    );
    assert!(
        march.contains(&format!("href=\"{song}\">song.mp3</a>")),
        "its name leads to it"
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
        assert!(!page.contains("src=\"http") && !page.contains("href=\"scrollback:"));
    }
    let index = read("index.html");
    assert!(
        index.contains("<h1>Harbour</h1>") && index.contains("channels/general-1/2024-04.html"),
        "{index}"
    );
    let people = read("people.html");
    assert!(
        people.contains("<th scope=\"row\"><bdi>ada</bdi></th>"),
        "{people}"
    );
    let search = read("search/general-1.js");
    assert!(
        search.starts_with("scrollbackIndex([\"general-1\","),
        "{search}"
    );
    assert!(
        search.contains("\"4194304010\",\"ada\"") && search.contains("The \\u003cb>first"),
        "{search}"
    );
}

#[test]
fn a_second_run_makes_what_is_new() {
    let folder = two_channels();
    made(&folder);
    assert!(made(&folder).contains("site: rendered 0 of 3 pages; the others are unchanged"));
    // The export has grown: a message in April, by somebody new.
    let path = folder.path().join("in/a.json");
    let grown = fs::read_to_string(&path).unwrap();
    let more = late(4_194_304_040, "zoe", "Newest.", "");
    let at = grown.rfind("],\"messageCount\"").unwrap();
    fs::write(&path, format!("{},{more}{}", &grown[..at], &grown[at..])).unwrap();
    assert!(made(&folder).contains("site: rendered 1 of 3 pages; the others are unchanged"));
    let april =
        fs::read_to_string(folder.path().join("site/channels/general-1/2024-04.html")).unwrap();
    assert!(april.contains("Newest."));
    let search = fs::read_to_string(folder.path().join("site/search/general-1.js")).unwrap();
    assert!(
        search.contains("Newest.") && search.contains("A song."),
        "{search}"
    );
}

#[test]
fn pages_go_with_their_channels() {
    let folder = two_channels();
    made(&folder);
    let site = folder.path().join("site");
    write(&folder, "site/channels/off-topic-2/mine.txt", b"mine");
    write(&folder, "site/media/mine.png", b"mine");
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    let other = "channels/off-topic-2/2024-03.html";
    let links = "<a data-to=\"https://discord.com/channels/5/1/4194304020\" href=\"../general-1/2024-03.html#message-4194304020\">";
    assert!(read(other).contains(links), "{}", read(other));
    // One export can't be read: nothing is taken away.
    let export = fs::read(folder.path().join("in/a.json")).unwrap();
    write(&folder, "in/a.json", b"no export");
    let failed = scrollback(&folder, &["render", "in", "--archive", "site"])
        .output()
        .unwrap();
    assert!(!failed.status.success());
    assert!(site.join("channels/general-1/2024-04.html").is_file());
    // The channel is gone, with its pages, its part of the search and its song.
    fs::remove_file(folder.path().join("in/a.json")).unwrap();
    let told = made(&folder);
    assert!(
        told.contains("site: rendered 0 of 1 pages; the others are unchanged")
            && told.contains("removed 2 pages that no message is left for"),
        "{told}"
    );
    for gone in [
        "channels/general-1",
        "search/general-1.js",
        "media/ba7816bf8f01cfea.mp3",
    ] {
        assert!(!site.join(gone).exists(), "{gone}");
    }
    assert!(!read("index.html").contains("general-1"));
    // The link leads to Discord again, and back when the channel is.
    assert!(
        read(other).contains("<a href=\"https://discord.com/channels/5/1/4194304020\">"),
        "{}",
        read(other)
    );
    write(&folder, "in/a.json", &export);
    made(&folder);
    assert!(read(other).contains(links), "{}", read(other));
    // What somebody else put there stays.
    fs::remove_file(folder.path().join("in/b.json")).unwrap();
    assert!(made(&folder).contains("removed 1 page that no message is left for"));
    assert_eq!(read("channels/off-topic-2/mine.txt"), "mine");
    assert_eq!(read("media/mine.png"), "mine");
    assert!(!site.join(other).exists());
}

#[test]
fn a_run_that_changes_nothing_writes_nothing() {
    let folder = two_channels();
    made(&folder);
    let times = || {
        let mut times = Vec::new();
        let mut folders = vec![folder.path().join("site")];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap() {
                let entry = entry.unwrap();
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else if entry.file_name() != "site.json" {
                    times.push((entry.path(), entry.metadata().unwrap().modified().unwrap()));
                }
            }
        }
        times.sort();
        times
    };
    let before = times();
    assert!(before.len() > 8);
    made(&folder);
    assert_eq!(times(), before);
}

#[test]
fn mentions_of_channels_lead_to_their_pages() {
    let first = named_export(
        "1",
        "general",
        &[message(
            4_194_304_010,
            1,
            "ada",
            "Go to <#2>, <#9> or <#1>.",
            "",
        )],
    )
    .replace(
        "\"type\":\"GuildTextChat\"",
        "\"type\":\"GuildTextChat\",\"topic\":\"**Rules** in <#2>\"",
    );
    // The exporter's other dialect: mentions are words.
    let second = named_export(
        "2",
        "off-topic",
        &[message(
            4_194_304_110,
            1,
            "eve",
            "Back to #general, not #generals or `#general`.",
            "",
        )],
    );
    let folder = folder(&[("in/a.json", &first), ("in/b.json", &second)]);
    made(&folder);
    let page = |name: &str| fs::read_to_string(folder.path().join("site").join(name)).unwrap();
    let general = page("channels/general-1/2024-03.html");
    let to = |id: &str, name: &str| {
        format!(
            "<a class=\"sb-mention\" data-to=\"scrollback:channel/{id}\" href=\"../{name}-{id}/2024-03.html\">#{name}</a>"
        )
    };
    assert!(
        general.contains(&format!(
            "Go to {}, <a class=\"sb-mention\" data-to=\"scrollback:channel/9\">#unknown</a> or {}",
            to("2", "off-topic"),
            to("1", "general")
        )),
        "{general}"
    );
    assert!(
        general.contains(&format!(
            "<div class=\"site-topic\"><strong>Rules</strong> in {}</div>",
            to("2", "off-topic")
        )),
        "{general}"
    );
    let other = page("channels/off-topic-2/2024-03.html");
    assert!(
        other.contains(&format!(
            "Back to {}, not #generals or <code>#general</code>.",
            to("1", "general")
        )),
        "{other}"
    );
}

#[test]
fn words_of_messages_are_no_part_of_the_page() {
    let words = "id=\"message-1\" data-file=\"a.json_Files/song.mp3\" href=\"scrollback:channel/1\" src=\"data:image/png;base64,AAEC\"> <style>";
    let export = named_export(
        "1",
        "general",
        &[message(4_194_304_010, 1, "ada", words, "")],
    );
    let folder = folder(&[("in/a.json", &export)]);
    write(&folder, "in/a.json_Files/song.mp3", b"abc");
    made(&folder);
    let page =
        fs::read_to_string(folder.path().join("site/channels/general-1/2024-03.html")).unwrap();
    let written = words.replace('<', "&lt;");
    assert!(
        page.contains(&written) || page.contains(&written.replace('>', "&gt;")),
        "{page}"
    );
    assert!(!page.contains("<audio") && page.matches("site-anchor").count() == 1);
    assert!(names(&folder.path().join("site/media")).is_empty());
}

#[test]
fn a_channel_without_messages_has_no_page() {
    let folder = two_channels();
    write(
        &folder,
        "in/c.json",
        named_export("3", "quiet", &[]).as_bytes(),
    );
    let told = made(&folder);
    assert!(
        told.contains("c.json: no message is left, so the site has no page for it"),
        "{told}"
    );
    let none = scrollback(
        &folder,
        &["render", "in", "--archive", "none", "--after", "2030-01-01"],
    )
    .output()
    .unwrap();
    assert_eq!(none.status.code(), Some(1));
    let error = String::from_utf8_lossy(&none.stderr);
    assert!(error.contains("no message is left for the site"), "{error}");
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
            &["render", "in/a.json", "--archive", "out.html"],
            "`--archive` makes a PDF or a folder with a site, and `out.html` is neither",
        ),
        (
            &["render", "in/book.typ", "--archive", "site"],
            "`--archive` is for exports, and `in/book.typ` is a Typst document",
        ),
        (
            &["render", "in/a.json", "--archive", "site", "--shard", "1/2"],
            "`--shard` takes a share of the exports, and `--archive` makes one archive of all of them",
        ),
    ] {
        let made = scrollback(&folder, args).output().unwrap();
        let error = String::from_utf8_lossy(&made.stderr).into_owned();
        assert_eq!(made.status.code(), Some(2), "{error}");
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn the_search_needs_no_server() {
    let Some(browser) = browser("the_search_needs_no_server") else {
        return;
    };
    let folder = two_channels();
    made(&folder);
    let find = |asked_for: &str| {
        let page = format!("site/search.html?q={asked_for}");
        asked(&browser, &folder, &["--dump-dom"], &page)
    };
    let found = find("firs");
    let result =
        "<a href=\"channels/general-1/2024-03.html#message-4194304010\"><bdi>ada</bdi></a>";
    assert!(found.contains(result), "{found}");
    assert!(
        found.contains("The &lt;b&gt;<mark>firs</mark>t&lt;/b&gt; word."),
        "{found}"
    );
    assert!(found.contains(">Results: 1</p>"), "{found}");
    let by_author = find("bob");
    assert!(
        by_author.contains(">A song. song.mp3 3 bytes</p>"),
        "{by_author}"
    );
    assert!(find("nobody").contains(">Nothing found</p>"));
}

#[test]
fn a_page_prints() {
    let Some(browser) = browser("a_page_prints") else {
        return;
    };
    let folder = two_channels();
    made(&folder);
    let pdf = folder.path().join("page.pdf");
    let to = format!("--print-to-pdf={}", pdf.display());
    asked(
        &browser,
        &folder,
        &[&to],
        "site/channels/general-1/2024-03.html",
    );
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-"));
}
