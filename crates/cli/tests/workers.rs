//! Documents are the same for any number of workers.
#![allow(missing_docs)]

mod project;
mod reader;

use project::{export, folder, message};
use reader::Pdf;
use tempfile::TempDir;

/// An export with so many messages a day.
fn chat(a_day: u64) -> TempDir {
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
                1 + (id / a_day) as u8,
                ["ada", "bob"][id as usize % 2],
                &format!("{id} {words}"),
                reply,
            )
        })
        .collect();
    folder(&[("chat.json", &export(&messages))])
}

fn made(folder: &TempDir, jobs: &str) -> Pdf {
    let args = [
        "chat.json",
        "--toc",
        "--jobs",
        jobs,
        "--creation-timestamp",
        "0",
    ];
    Pdf::rendered(folder, &args)
}

#[test]
fn now_and_then_a_day_begins_a_page_for_the_next_worker() {
    let folder = chat(400);
    let (one, two) = (made(&folder, "1"), made(&folder, "2"));
    let beginnings = |pdf: &Pdf| {
        let pages = pdf.pages().into_iter();
        let mut days: Vec<String> = pages.filter(|page| page.starts_with("March ")).collect();
        days.iter_mut().for_each(|day| day.truncate(13));
        days
    };
    let days = beginnings(&one);
    for day in ["March 4, 2024", "March 6, 2024"] {
        assert!(days.iter().any(|page| page == day), "{days:?}");
    }
    assert_eq!(one.pages(), two.pages());
    assert_eq!(one.jumps(), two.jumps());
    assert_eq!(one.bookmarks(), two.bookmarks());
}

#[test]
fn pages_links_and_bookmarks_do_not_depend_on_the_workers() {
    // All in one day, so that the workers meet where they happen to.
    let folder = chat(5000);
    let (one, two) = (made(&folder, "1"), made(&folder, "2"));
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

#[test]
fn a_worker_process_says_what_it_cannot_do() {
    let folder = folder(&[]);
    let mut worker = project::scrollback(&folder, &["--worker-process"]);
    let mut request = 3_u64.to_le_bytes().to_vec();
    request.extend(b"abc");
    let output = project::fed(&mut worker, &request);
    assert!(output.status.success());
    // A failure without words.
    assert_eq!(output.stdout, [&[2][..], &[0; 8]].concat());
    assert!(output.stderr.is_empty());
}
