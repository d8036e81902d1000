//! Documents are the same, however many workers make them.
#![allow(missing_docs)]

mod project;
mod reader;

use project::{export, folder, message};
use reader::Pdf;

#[test]
fn pages_links_and_bookmarks_do_not_depend_on_the_workers() {
    let messages: Vec<String> = (1..=3100)
        .map(|id| {
            let reply = format!(
                r#","type":19,"message_reference":{{"message_id":"{}"}}"#,
                id / 2
            );
            let reply = if id % 40 == 0 { &reply } else { "" };
            let words = "words ".repeat((id % 30) as usize);
            message(
                id,
                1 + (id / 400) as u8,
                ["ada", "bob"][id as usize % 2],
                &format!("{id} {words}"),
                reply,
            )
        })
        .collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    let render = |jobs| {
        let args = [
            "chat.json",
            "--toc",
            "--jobs",
            jobs,
            "--creation-timestamp",
            "0",
        ];
        Pdf::rendered(&folder, &args)
    };
    let (one, two) = (render("1"), render("2"));
    assert!(one.pages().len() > 100);
    assert!(one.jumps().len() > 70);
    assert_eq!(one.pages(), two.pages());
    assert_eq!(one.jumps(), two.jumps());
    assert_eq!(one.link_words(), two.link_words());
    assert_eq!(one.bookmarks(), two.bookmarks());
    assert_eq!(one.title(), two.title());
    let mut sizes = [one.size(), two.size()];
    sizes.sort_unstable();
    assert!(
        sizes[1] * 100 < sizes[0] * 125,
        "parts cost too much: {sizes:?}"
    );
}
