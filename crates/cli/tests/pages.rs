//! Long transcripts are laid out in pieces, and look like a single document.
#![allow(missing_docs)]

mod project;
mod reader;

#[path = "../../core/testing/export.rs"]
mod generator;

use project::{export, folder, message};
use reader::Pdf;

/// The transcript as one document of Typst, on the pages that the program makes. As the
/// program does, it says of pictures why they aren't drawn.
fn document(display: &str) -> String {
    format!(
        r#"
        #import "@preview/scrollback:0.1.0": discord
        #set page(margin: 15mm)
        #let export = discord.read-transcript(read("chat.json", encoding: none))
        #let addresses(it) = if type(it) == str and it.starts-with("http") {{ (it,) }} else if type(it) == array {{
          it.map(addresses).join()
        }} else if type(it) == dictionary {{ it.values().map(addresses).join() }}
        #let undrawn = addresses(json("chat.json")).map(url => (url, "absent")).to-dict()
        #discord.transcript(
          export + (transcript: export.transcript + (undrawn: undrawn)),
          display: "{display}",
          size: 10pt,
          own: "ada!",
        )
        "#
    )
}

#[test]
fn pieces_make_the_same_pages_as_one_document() {
    let folder = folder(&[("chat.json", &generator::export(900))]);
    for display in ["cozy", "compact", "bubbles"] {
        project::write(&folder, "whole.typ", document(display).as_bytes());
        let whole = Pdf::rendered(&folder, &["whole.typ"]).pages();
        let options = ["--display", display, "--own", "ada!"];
        let bare = ["chat.json", "--no-footer"];
        let pieces = Pdf::rendered(&folder, &[&bare[..], &options].concat()).pages();
        assert_eq!(pieces.len(), whole.len(), "{display}");
        for (number, (piece, whole)) in pieces.iter().zip(&whole).enumerate() {
            // Pages after the first repeat the name of the channel.
            let piece = piece.replace("general – Sample Server", "");
            let piece = piece.trim();
            let mut whole = if number == 0 {
                whole.replace("general – Sample Server", "")
            } else {
                whole.clone()
            };
            // The letters in avatars are text there, and outlines in what the program makes.
            for name in generator::NAMES {
                let letter = name[..1].to_uppercase();
                for name in [format!("{name}!"), format!("@{name}!")] {
                    whole = whole.replace(&format!("{letter} {name}"), &name);
                }
            }
            assert_eq!(piece, whole.trim(), "{display}, page {}", number + 1);
        }
    }
}

#[test]
fn workers_make_the_same_pages_as_one() {
    let folder = folder(&[("chat.json", &generator::export(3200))]);
    let alone = Pdf::rendered(&folder, &["chat.json", "--jobs", "1"]);
    let together = Pdf::rendered(&folder, &["chat.json", "--jobs", "2"]);
    assert_eq!(alone.pages(), together.pages());
    assert_eq!(alone.bookmarks(), together.bookmarks());
    assert_eq!(alone.jumps(), together.jumps());
}

#[test]
fn links_lead_from_piece_to_piece() {
    // Each answers the one 450 before it, which no piece holds with it.
    let messages: Vec<String> = (1..=900)
        .map(|id| {
            let reply = format!(
                r#","type":19,"message_reference":{{"message_id":"{}"}}"#,
                u64::saturating_sub(id, 450)
            );
            let more = if id > 450 { reply.as_str() } else { "" };
            message(id, 1, "ada", &format!("m{id:03}."), more)
        })
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let pdf = Pdf::rendered(
        &folder,
        &["chat.json", "--no-footer", "--pdf-standard", "ua-1"],
    );
    let pages = pdf.pages();
    // A reply shows what it answers before its own text, so that each text of the
    // first half is there twice: first where it was said.
    let page_of = |words: &str| pages.iter().position(|page| page.contains(words)).unwrap();
    let jumps = pdf.jumps();
    assert_eq!(jumps.len(), 450);
    for (index, (from, to)) in jumps.into_iter().enumerate() {
        let id = 451 + index;
        assert_eq!(to, page_of(&format!("m{:03}.", id - 450)), "reply {id}");
        assert_eq!(from, page_of(&format!("m{id:03}.")), "reply {id}");
    }
}

#[test]
fn a_message_longer_than_a_piece_is_whole() {
    let mut messages: Vec<String> = (1..=450)
        .map(|id| {
            message(
                id,
                1,
                "ada",
                &format!("{}\u{200b}w{id}e", "line\n".repeat(60)),
                "",
            )
        })
        .collect();
    messages.push(message(451, 2, "bob", "theend", ""));
    let folder = folder(&[("chat.json", &export(&messages))]);
    let text = Pdf::rendered(&folder, &["chat.json"]).text();
    for id in 1..=450 {
        let words = format!("w{id}e");
        assert_eq!(text.matches(&words).count(), 1, "message {id}");
    }
    assert_eq!(text.matches("theend").count(), 1);
}

#[test]
fn furniture_knows_all_pieces() {
    let messages: Vec<String> = (1..=1200)
        .map(|id| {
            let more = if id % 300 == 0 {
                r#","pinned":true"#
            } else {
                ""
            };
            let day = u8::try_from(1 + id / 120).unwrap();
            message(id, day, "ada", "a line of text", more)
        })
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let args = [
        "chat.json",
        "--toc",
        "--pinned",
        "--pdf-standard",
        "a-2b,ua-1",
    ];
    let pdf = Pdf::rendered(&folder, &args);
    let pages = pdf.pages();
    let last = format!("{0} of {0}", pages.len());
    assert!(pages.last().unwrap().contains(&last), "{last}");
    assert!(pages.last().unwrap().contains("Pinned messages"));
    // Eleven days and the pinned messages, each with a link to its page.
    assert_eq!(pdf.bookmarks().len(), 12, "{:?}", pdf.bookmarks());
    let jumps = pdf.jumps();
    let targets: Vec<usize> = jumps.iter().map(|(_, to)| *to).collect();
    assert_eq!(targets.len(), 12);
    assert_eq!(targets.last(), Some(&(pages.len() - 1)));
    for (day, page) in (1..).zip(&targets[..11]) {
        assert!(
            pages[*page].contains(&format!("March {day}, 2024")),
            "day {day}"
        );
        assert!(
            pages[0].contains(&format!("{}", page + 1)),
            "page of day {day}"
        );
    }
}
