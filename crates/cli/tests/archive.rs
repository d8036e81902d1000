//! One PDF of a whole server, read back: order, bookmarks, contents, links across channels.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;
use std::process::Output;

use project::{ended, folder, message, render, write};
use reader::Pdf;
use tempfile::TempDir;

/// An export of a channel of some kind, which has a parent: a category or a channel.
fn channel(id: u64, kind: &str, name: &str, parent: (u64, &str), messages: &[String]) -> String {
    format!(
        r#"{{"guild":{{"id":"5","name":"Harbour"}},
        "channel":{{"id":"{id}","type":"{kind}","categoryId":"{}","category":"{}","name":"{name}","topic":"All **boats**"}},
        "exportedAt":"2024-04-01T00:00:00+00:00","messages":[{}],"messageCount":{}}}"#,
        parent.0,
        parent.1,
        messages.join(","),
        messages.len()
    )
}

const TEXT: &str = "GuildTextChat";
const THREAD: &str = "GuildPublicThread";

fn server() -> TempDir {
    let quay = channel(
        1,
        TEXT,
        "quay",
        (90, "Ashore"),
        &[
            message(4_194_304_010, 1, "ada", "The ship is in.", ""),
            message(4_194_304_020, 2, "bob", "Unload it, see <#2>.", ""),
        ],
    );
    let answer =
        r#","type":"Reply","reference":{"messageId":"4194304010","channelId":"1","guildId":"5"}"#;
    let ropes = channel(
        2,
        TEXT,
        "ropes",
        (90, "Ashore"),
        &[
            message(
                4_194_304_110,
                3,
                "eve",
                "See https://discord.com/channels/5/1/4194304020",
                "",
            ),
            message(
                4_194_304_115,
                3,
                "eve",
                "And <#404> and https://discord.com/channels/5/1/77.",
                "",
            ),
        ],
    );
    let thread = channel(
        3,
        THREAD,
        "Cargo list",
        (1, "quay"),
        &[message(4_194_304_210, 4, "ada", "Barrels.", answer)],
    );
    let post = |id: u64, name: &str, day| {
        let said = message(4_194_304_000 + 100 * id, day, "zoe", "Help!", "");
        channel(id, THREAD, name, (77, "questions"), &[said])
    };
    let lobby = channel(
        6,
        "GuildVoiceChat",
        "lobby",
        (0, ""),
        &[message(4_194_304_900, 9, "bob", "Hello?", "")],
    );
    folder(&[
        ("in/z-quay.json", &quay),
        ("in/ropes.json", &ropes),
        ("in/cargo.json", &thread),
        ("in/late.json", &post(7, "Where is the key?", 8)),
        ("in/early.json", &post(8, "Who locks up?", 7)),
        ("in/lobby.json", &lobby),
    ])
}

fn made(folder: &TempDir, args: &[&str]) -> (Output, String) {
    ended(&mut render(
        folder,
        &[&["in", "--archive", "all.pdf"], args].concat(),
    ))
}

fn read(folder: &TempDir, args: &[&str]) -> Pdf {
    let (output, error) = made(folder, args);
    assert!(output.status.success(), "{error}");
    Pdf::read(&folder.path().join("all.pdf"))
}

fn outline(pdf: &Pdf) -> Vec<String> {
    let marks = pdf.outline().into_iter();
    marks
        .map(|(level, title, page)| format!("{level} {title} {}", page + 1))
        .collect()
}

#[test]
fn channels_stand_in_order_with_bookmarks_under_each_other() {
    let pdf = read(&server(), &[]);
    assert_eq!(
        outline(&pdf),
        [
            "0 Contents 1",
            "0 lobby 2",
            "1 March 9, 2024 2",
            "0 questions 3",
            "1 Who locks up? 3",
            "2 March 7, 2024 3",
            "1 Where is the key? 4",
            "2 March 8, 2024 4",
            "0 Ashore 5",
            "1 quay 5",
            "2 March 1, 2024 5",
            "2 March 2, 2024 5",
            "2 Cargo list 6",
            "3 March 4, 2024 6",
            "1 ropes 7",
            "2 March 3, 2024 7",
        ]
    );
    // What is drawn over the pages is marked as no content, like all else.
    assert_eq!(pdf.unmarked(), []);
    // So do the headings that screen readers find.
    let depths: Vec<usize> = pdf.outline().iter().map(|(depth, ..)| depth + 1).collect();
    assert_eq!(pdf.heading_levels(), depths);
    let pages = pdf.pages();
    let first = &pages[0];
    for words in [
        "Harbour",
        "Channels 6",
        "Messages 8",
        "People 4",
        "March 1, 2024 – March 9, 2024",
    ] {
        assert!(first.contains(words), "{words}: {first}");
    }
    for words in ["quay", "Cargo list"] {
        assert!(first.contains(words), "{words}: {first}");
    }
    // The page numbers of the table are those of the bookmarks.
    let lines: String = first
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .collect();
    assert!(
        lines.contains("lobby2questions3Wholocksup?3Whereisthekey?4Ashore5quay5Cargolist6ropes7"),
        "{lines}"
    );
    assert!(pages[5].contains("#quay › Cargo list"), "{}", pages[5]);
    assert!(pages[5].contains("6 of 7"), "{}", pages[5]);
    assert_eq!(pdf.title(), "Harbour");
}

#[test]
fn links_lead_from_channel_to_channel() {
    let pdf = read(&server(), &[]);
    let jumps = pdf.jumps();
    // The mention of a channel, the address of a message, the table of contents.
    for jump in [(4, 6), (6, 4), (0, 5), (0, 6)] {
        assert!(jumps.contains(&jump), "{jump:?}: {jumps:?}");
    }
    // What isn't there leads to Discord, as far as it has an address.
    assert_eq!(pdf.links(), ["https://discord.com/channels/5/1/77"]);
    assert!(!pdf.holds("scrollback:"));
    let words = pdf.link_words();
    assert!(words.contains(&"Page 7".to_owned()), "{words:?}");
    for (place, text) in pdf.everything() {
        assert!(!text.contains("scrollback:"), "{place}: {text}");
    }
}

#[test]
fn unreadable_exports_are_left_out_of_an_archive_with_a_warning() {
    let folder = server();
    write(&folder, "in/broken.json", b"{\"messages\":");
    write(&folder, "in/other.json", b"3");
    write(&folder, "in/a.dht", b"no database");
    let (output, error) = made(&folder, &[]);
    assert!(output.status.success(), "{error}");
    for name in ["in/broken.json", "in/other.json"] {
        let line = error.lines().find(|line| line.contains(name));
        assert!(
            line.is_some_and(
                |line| line.starts_with("warning:") && line.contains("is not in the archive")
            ),
            "{error}"
        );
    }
    assert!(
        error.contains("warning: this is not in the archive: cannot read the database"),
        "{error}"
    );
    assert!(error.contains("all.pdf: 6 channels on 7 pages"), "{error}");
    let (output, error) = made(&folder, &["--strict"]);
    assert_eq!(output.status.code(), Some(1), "{error}");
    let pdf = Pdf::read(&folder.path().join("all.pdf"));
    assert_eq!(pdf.pages().len(), 7, "it is written all the same");
}

#[test]
fn filters_hold_for_all_channels() {
    let folder = server();
    // In other channels nobody is called so.
    let pdf = read(&folder, &["--author", "ada", "--own", "bob"]);
    let marks = outline(&pdf);
    assert_eq!(marks.len(), 6, "{marks:?}");
    assert!(
        pdf.pages()[0].contains("--author ada"),
        "{}",
        pdf.pages()[0]
    );
    for (args, words) in [
        (&["--author", "nemo"][..], "nemo"),
        (
            &["--own", "nemo"],
            "nobody in these exports is called `nemo`",
        ),
    ] {
        let (output, error) = made(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(words), "{error}");
    }
    let (output, error) = made(&folder, &["--text", "nothing at all"]);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("no message is left for the archive: none matches the filter"),
        "{error}"
    );
}

#[test]
fn channels_without_messages_are_told() {
    let quiet = channel(12, TEXT, "quiet", (90, "Ashore"), &[]);
    let harbour = server();
    write(&harbour, "in/quiet.json", quiet.as_bytes());
    let (output, error) = made(&harbour, &[]);
    assert!(output.status.success(), "{error}");
    assert!(
        error.contains("quiet.json: no message is left, so it is not in the archive"),
        "{error}"
    );
    let alone = folder(&[("in/quiet.json", &quiet)]);
    let (output, error) = made(&alone, &[]);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("no message is left for the archive: the exports have none"),
        "{error}"
    );
}

#[test]
fn a_record_of_a_server_is_numbered_through() {
    let folder = server();
    let files = r#","attachments":[{"id":"71","fileName":"map.txt","fileSizeBytes":3,"url":"ropes.json_Files/map.txt"}]"#;
    let later = channel(
        2,
        TEXT,
        "ropes",
        (90, "Ashore"),
        &[message(4_194_304_110, 3, "eve", "A map.", files)],
    );
    write(&folder, "in/ropes.json", later.as_bytes());
    write(&folder, "in/ropes.json_Files/map.txt", b"abc");
    let file = r#","attachments":[{"id":"72","fileName":"list.txt","fileSizeBytes":3,"url":"cargo.json_Files/list.txt"}]"#;
    let thread = channel(
        3,
        THREAD,
        "Cargo list",
        (1, "quay"),
        &[message(4_194_304_210, 4, "ada", "Barrels.", file)],
    );
    write(&folder, "in/cargo.json", thread.as_bytes());
    let pdf = read(&folder, &["--style", "record", "--manifest", "all.json"]);
    let text = pdf.text();
    for words in [
        "Recordofmessages",
        "Channels6",
        "Messages7([0001]–[0007])",
        "[0007]",
        "A-01list.txt",
        "A-02map.txt",
        "ropes.json",
        "People4",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("[0008]"));
    // Addresses in records lead to Discord.
    assert!(
        pdf.links()
            .contains(&"https://discord.com/channels/5/1/4194304010".to_owned())
    );
    assert!(pdf.xmp().contains("<pdfaid:part>3") && pdf.xmp().contains("<pdfuaid:part>1"));
    let marks = pdf.outline();
    let page = |title: &str| marks.iter().find(|mark| mark.1 == title).unwrap().2;
    for (message, exhibit) in [("ropes", "A-02 map.txt"), ("Cargo list", "A-01 list.txt")] {
        let (message, exhibit) = (page(message), page(exhibit));
        for jump in [(message, exhibit), (exhibit, message)] {
            assert!(pdf.jumps().contains(&jump), "{jump:?}: {:?}", pdf.jumps());
        }
    }
    let marks = outline(&pdf);
    let titles: Vec<&str> = marks
        .iter()
        .map(|mark| mark.rsplit_once(' ').unwrap().0)
        .collect();
    for title in [
        "0 Record of messages",
        "3 Exhibits",
        "4 A-01 list.txt",
        "2 Exhibits",
        "3 A-02 map.txt",
    ] {
        assert!(titles.contains(&title), "{title}: {marks:?}");
    }
    let manifest = fs::read(folder.path().join("all.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let output = &manifest["outputs"][0];
    assert_eq!(output["counts"]["messages"], 7);
    assert_eq!(output["channels"].as_array().unwrap().len(), 6);
    assert_eq!(output["sources"].as_array().unwrap().len(), 6);
    assert_eq!(output["files"][0]["path"], "all.pdf");
    assert_eq!(manifest["complete"], true);
}

#[test]
fn a_book_of_a_server_has_an_index_of_all_people() {
    let pdf = read(&server(), &["--style", "book"]);
    let pages = pdf.pages();
    let last = pages.last().unwrap();
    assert!(last.contains("Index of people"), "{last}");
    let marks = pdf.outline();
    let page = |title: &str| marks.iter().find(|mark| mark.1 == title).unwrap().2 + 1;
    // The table of contents ends on a left page.
    assert_eq!(page("lobby") % 2, 1);
    let eve: String = last.split_whitespace().collect();
    assert!(
        eve.contains(&format!("eve\u{200e},{}", page("ropes")))
            || eve.contains(&format!("eve,{}", page("ropes"))),
        "{eve}"
    );
}

#[test]
fn pseudonyms_are_the_same_in_all_channels() {
    let pdf = read(&server(), &["--anonymize", "--pdf-standard", "ua-1"]);
    assert!(!pdf.text().contains("ada"), "{}", pdf.text());
    for (place, text) in pdf.everything() {
        for word in ["Harbour", "quay", "Cargo", "4194304010"] {
            assert!(!text.contains(word), "{word} in {place}: {text}");
        }
    }
    // A mention still leads to its channel.
    assert!(
        pdf.jumps().iter().any(|(from, to)| *from > 0 && to != from),
        "{:?}",
        pdf.jumps()
    );
}

#[test]
fn options_that_one_pdf_cannot_have_are_refused() {
    let folder = server();
    for (args, words) in [
        (
            &["--split", "month"][..],
            "is one file, so `--split` can't be",
        ),
        (&["--paper", "continuous"], "has pages of one height"),
        (
            &["--attach-source"],
            "holds no other files, so `--attach-source`",
        ),
        (
            &["--attach-files", "--style", "record"],
            "holds no other files",
        ),
        (&["--pdf-standard", "a-1b"], "needs PDF 1.5 or later"),
        (
            &["-f", "html"],
            "`--archive all.pdf` makes one PDF, and `--format html` asks",
        ),
        (&["-o", "other.pdf"], "cannot be used with"),
        (&["--merge"], "cannot be used with"),
    ] {
        let (output, error) = made(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {error}");
        assert!(error.contains(words), "{words}: {error}");
    }
    read(&folder, &["-f", "pdf", "--pinned", "--toc"]);
}
