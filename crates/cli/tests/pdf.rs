//! The PDFs of exports, read back.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;

use project::{export, folder, message, named_export, samples, scrollback};
use reader::Pdf;
use serde_json::Value;
use tempfile::TempDir;

/// The Latin words of a text, without mark-up, links and mentions.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            // A colour in a code block, up to its letter.
            '\u{1b}' => {
                let _ = chars.by_ref().find(char::is_ascii_alphabetic);
            }
            '<' => depth += 1,
            '>' if depth > 0 => depth -= 1,
            char if depth == 0 => plain.push(char),
            _ => {}
        }
    }
    plain
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains("```"))
        .flat_map(|word| word.split(|char: char| !char.is_ascii_alphabetic()))
        .filter(|word| word.len() > 2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_text_of_every_message_is_there() {
    for sample in ["server-channel", "direct-message", "thread", "api-messages"] {
        let path = samples().join(format!("{sample}.json"));
        let json: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let messages = json
            .get("messages")
            .unwrap_or(&json)
            .as_array()
            .unwrap()
            .clone();
        let folder = folder(&[]);
        let text = Pdf::rendered(&folder, &[path.to_str().unwrap()]).text();
        for message in &messages {
            // The words of other types are Discord's, not the author's.
            let kind = &message["type"];
            if !(["Default", "Reply"].iter().any(|own| kind == own)
                || kind == 0
                || kind == 19
                || kind.is_null())
            {
                continue;
            }
            for word in words(message["content"].as_str().unwrap_or_default()) {
                assert!(
                    text.contains(&word),
                    "{sample}, message {}: `{word}` is missing",
                    message["id"]
                );
            }
        }
    }
}

#[test]
fn initials_are_not_among_the_words() {
    let messages = [
        message(1, 1, "Quentin Zebulon", "hello there", ""),
        message(2, 1, "Xavier 😀 Yorick", "good day", ""),
    ];
    for display in ["cozy", "compact", "bubbles"] {
        let folder = folder(&[("chat.json", &export(&messages))]);
        let args = ["chat.json", "--display", display, "--pdf-standard", "ua-1"];
        let text = Pdf::rendered(&folder, &args).text();
        for there in ["QuentinZebulon", "hellothere", "Yorick", "goodday"] {
            assert!(text.contains(there), "{display}, {there}: {text}");
        }
        for not in ["QZ", "X😀", "XY"] {
            assert!(!text.contains(not), "{display}, {not}: {text}");
        }
        assert_eq!(text.matches('😀').count(), 1, "{display}: {text}");
    }
}

#[test]
fn pages_share_the_initials() {
    let long = "one more line of words ".repeat(40);
    let messages: Vec<_> = (0..80)
        .map(|number| message(number, 1, ["ada", "bob"][number as usize % 2], &long, ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let drawn = |standard| {
        let args = ["chat.json", "--pdf-standard", standard, "--jobs", "1"];
        let pdf = Pdf::rendered(&folder, &args);
        assert!(pdf.page_heights().len() > 3);
        (pdf.forms(), pdf.objects_drawn())
    };
    let (letters, drawn_by_all) = drawn("ua-1");
    assert_eq!(letters, 2, "each letter is kept once");
    assert!(
        drawn_by_all >= 80,
        "each person's name has an avatar: {drawn_by_all}"
    );
    // These forbid what letters are shared by.
    assert_eq!(drawn("a-1b"), (0, 0));
}

#[test]
fn links_lead_where_they_should() {
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(
                10,
                1,
                "ada",
                "[masked](https://example.org/masked) https://example.org/bare",
                "",
            ),
            message(
                11,
                1,
                "bob",
                "yes",
                r#","type":19,"message_reference":{"message_id":"10"}"#,
            ),
        ]),
    )]);
    let pdf = Pdf::rendered(&folder, &["chat.json"]);
    let links = pdf.links();
    assert!(
        links.contains(&"https://example.org/masked".to_owned()),
        "{links:?}"
    );
    assert!(
        links.contains(&"https://example.org/bare".to_owned()),
        "{links:?}"
    );
    assert!(
        pdf.inner_links() > 0,
        "the reply doesn't link to its message"
    );
}

#[test]
fn links_name_the_page_that_they_lead_to() {
    let reply = r#","type":19,"message_reference":{"message_id":"10"}"#;
    let messages = [
        message(10, 1, "ada", "a", ""),
        message(11, 1, "bob", "yes", reply),
    ];
    let folder = folder(&[("chat.json", &export(&messages))]);
    let words = |args: &[&str]| Pdf::rendered(&folder, args).link_words();
    assert_eq!(words(&["chat.json"]), ["Page 1"]);
    // The table of days comes first, and its link to the day before the reply's.
    assert_eq!(words(&["chat.json", "--toc"]).last().unwrap(), "Page 2");
}

#[test]
fn hostile_links_are_not_followed() {
    let folder = folder(&[(
        "chat.json",
        &export(&[message(
            10,
            1,
            "ada",
            "[a](javascript:alert(1)) [b](file:///etc/passwd)",
            "",
        )]),
    )]);
    let links = Pdf::rendered(&folder, &["chat.json"]).links();
    assert!(
        links.iter().all(|link| link.starts_with("http")),
        "{links:?}"
    );
}

/// A folder with a `chat.json` of two days.
fn two_days() -> TempDir {
    folder(&[(
        "chat.json",
        &export(&[
            message(10, 1, "ada", "a", ""),
            message(11, 2, "ada", "b", ""),
        ]),
    )])
}

#[test]
fn days_are_bookmarks() {
    let folder = two_days();
    let bookmarks = Pdf::rendered(&folder, &["chat.json"]).bookmarks();
    for day in ["March 1, 2024", "March 2, 2024"] {
        assert!(
            bookmarks.iter().any(|title| title.contains(day)),
            "{bookmarks:?}"
        );
    }
}

#[test]
fn the_table_of_days_names_each() {
    let folder = two_days();
    let with = Pdf::rendered(
        &folder,
        &["chat.json", "--toc", "--no-header", "--no-footer"],
    );
    let without = Pdf::rendered(&folder, &["chat.json", "--no-header", "--no-footer"]);
    assert_eq!(with.count("March2,2024"), without.count("March2,2024") + 1);
    assert!(with.inner_links() >= without.inner_links() + 2);
}

#[test]
fn pinned_messages_stand_at_the_end_once_more() {
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(10, 1, "ada", "unforgettable", r#","pinned":true"#),
            message(11, 2, "ada", "forgettable stuff", ""),
        ]),
    )]);
    assert_eq!(
        Pdf::rendered(&folder, &["chat.json"]).count("unforgettable"),
        1
    );
    let pinned = Pdf::rendered(&folder, &["chat.json", "--pinned"]);
    assert_eq!(pinned.count("unforgettable"), 2);
    assert_eq!(pinned.count("forgettablestuff"), 1);
}

#[test]
fn metadata_name_the_channel() {
    let pdf = Pdf::rendered(
        &folder(&[("chat.json", &export(&[message(10, 1, "ada", "a", "")]))]),
        &["chat.json"],
    );
    assert_eq!(pdf.title(), "general – Harbour");
}

#[test]
fn hostile_names_are_inert_in_metadata() {
    let hostile = project::named_export(
        "1",
        "a\u{202e}b\u{1b}[2J\nc",
        &[message(1, 1, "x", "y", "")],
    );
    let pdf = Pdf::rendered(&folder(&[("chat.json", &hostile)]), &["chat.json"]);
    assert_eq!(pdf.title(), "ab[2J c – Harbour");
}

#[test]
fn pages_have_headers_and_footers() {
    let messages: Vec<String> = (1..200)
        .map(|id| message(id, 1, "ada", "a line", ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let text = Pdf::rendered(&folder, &["chat.json"]).text();
    assert!(text.contains("1of") && text.contains("2of"), "{text}");
    assert!(text.contains("general–Harbour"), "{text}");
    let bare = Pdf::rendered(&folder, &["chat.json", "--no-footer", "--no-header"]).text();
    assert!(!bare.contains("1of") && !bare.contains("general–Harbour"));
}

#[test]
fn headers_that_surely_fit_look_as_measured_ones() {
    let messages = [message(1, 1, "ada", "a line", "")];
    // A letter that takes no room, and of which the width isn't known.
    let pages = ["general", "general\u{200b}"].map(|name| {
        let export = named_export("1", name, &messages);
        let folder = folder(&[("chat.json", &export)]);
        let args = [
            "render",
            "--ignore-system-fonts",
            "chat.json",
            "-o",
            "page.png",
        ];
        assert!(scrollback(&folder, &args).status().unwrap().success());
        fs::read(folder.path().join("page.png")).unwrap()
    });
    assert!(pages[0] == pages[1]);
}

#[test]
fn sources_are_attached_whole() {
    let source = export(&[message(10, 1, "ada", "a", "")]);
    let folder = folder(&[("chat.json", &source)]);
    let args = ["chat.json", "--attach-source", "--pdf-standard", "a-3b"];
    let attached = Pdf::rendered(&folder, &args).attachments();
    assert_eq!(
        attached.len(),
        1,
        "{:?}",
        attached.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    assert!(attached[0].0.ends_with("chat.json"), "{}", attached[0].0);
    assert!(attached[0].1 == source.as_bytes());
}

#[test]
fn standards_are_kept_with_all_furniture() {
    // No sample: they have letters that not every computer has a font for.
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(
                10,
                1,
                "ada",
                "**a** https://example.org `b` 🎉",
                r#","pinned":true"#,
            ),
            message(
                11,
                2,
                "bob",
                "> quote",
                r#","type":19,"message_reference":{"message_id":"10"}"#,
            ),
        ]),
    )]);
    for standards in ["a-2b,ua-1", "a-3b", "a-3a,ua-1", "2.0"] {
        Pdf::rendered(
            &folder,
            &[
                "chat.json",
                "--toc",
                "--pinned",
                "--pdf-standard",
                standards,
            ],
        );
    }
}

#[test]
fn pseudonyms_leave_no_names() {
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(
                10,
                1,
                "Adalbertine",
                "Adalbertine says: ask Bartholomew",
                "",
            ),
            message(11, 1, "Bartholomew", "no", ""),
        ]),
    )]);
    let text = Pdf::rendered(&folder, &["chat.json", "--anonymize"]).text();
    assert!(text.contains("says"), "{text}");
    for name in ["Adalbertine", "Bartholomew"] {
        assert!(!text.contains(name), "{text}");
    }
}

#[test]
fn clock_and_zone_reach_the_page() {
    let folder = folder(&[("chat.json", &export(&[message(10, 1, "ada", "a", "")]))]);
    assert!(
        Pdf::rendered(&folder, &["chat.json"])
            .text()
            .contains("12:00PM")
    );
    let text = Pdf::rendered(
        &folder,
        &["chat.json", "--clock", "24", "--timezone", "Asia/Tokyo"],
    )
    .text();
    assert!(text.contains("21:00"), "{text}");
}

#[test]
fn volumes_hold_their_own_messages() {
    let folder = folder(&[(
        "chat.json",
        &export(&[
            message(10, 1, "ada", "firstling", ""),
            message(11, 2, "ada", "secondling", ""),
        ]),
    )]);
    let output = scrollback(&folder, &["render", "chat.json", "--split", "day"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = |day| Pdf::read(&folder.path().join(format!("chat 2024-03-{day}.pdf"))).text();
    assert!(text("01").contains("firstling") && !text("01").contains("secondling"));
    assert!(text("02").contains("secondling") && !text("02").contains("firstling"));
}

#[test]
fn the_metadata_names_the_program() {
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", "x", "")]))]);
    for standard in ["1.4", "1.7", "2.0", "a-3b,ua-1"] {
        let pdf = Pdf::rendered(&folder, &["chat.json", "--pdf-standard", standard]);
        assert!(pdf.text().contains('x'), "{standard}");
        let xmp = pdf.xmp();
        let producer = xmp
            .split_once("<pdf:Producer>")
            .and_then(|(_, rest)| rest.split_once("</pdf:Producer>"))
            .map(|(producer, _)| producer.to_owned());
        let named = producer.as_deref().unwrap_or_default();
        assert!(
            named.starts_with(concat!(
                "scrollback ",
                env!("CARGO_PKG_VERSION"),
                " with Typst 0."
            )),
            "{standard}: {xmp}"
        );
        // PDF 2.0 has it in no other place.
        let expected = producer.filter(|_| standard != "2.0");
        assert_eq!(pdf.producer(), expected, "{standard}");
    }
}

#[test]
fn objects_are_packed_where_the_standard_allows_for_it() {
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", "x", "")]))]);
    let packed = |standards| {
        let pdf = Pdf::rendered(&folder, &["chat.json", "--pdf-standard", standards]);
        assert!(pdf.text().contains('x'), "{standards}");
        // Metadata are for those, too, who read nothing else of PDF.
        assert!(pdf.holds("<pdf:Producer>scrollback"), "{standards}");
        pdf.holds("/Type/ObjStm")
    };
    for standards in ["1.5", "1.7", "2.0", "a-2b,ua-1", "a-3b", "a-4"] {
        assert!(packed(standards), "{standards}");
    }
    for standards in ["1.4", "a-1b"] {
        assert!(!packed(standards), "{standards}");
    }
}

#[test]
fn no_gradient_fills_an_emoji() {
    // Poppler, which most readers on Linux use, fills the emoji's whole box.
    let sample = samples().join("api-messages.json");
    let folder = folder(&[]);
    let (shown, under_gradient) =
        Pdf::rendered(&folder, &[sample.to_str().unwrap()]).drawn_glyphs();
    assert!(shown > 0);
    assert_eq!(under_gradient, 0);
}
