//! Threads under the message that they started from, after their channel, and apart.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs;

use project::{channel, ended, folder, message, names, render, write};
use reader::Pdf;
use tempfile::TempDir;

/// A channel with three messages, a thread that started from the second, and one whose
/// channel isn't there.
fn server() -> TempDir {
    let quay = [
        message(4_194_304_010, 1, "ada", "Channel one.", ""),
        message(4_194_304_020, 2, "bob", "Channel two.", ""),
        message(4_194_304_030, 2, "bob", "Channel three.", ""),
    ];
    let answer = r#","type":"Reply","reference":{"messageId":"4194304210","channelId":"4194304020","guildId":"5"}"#;
    let copy =
        r#","type":"21","reference":{"messageId":"4194304020","channelId":"1","guildId":"5"}"#;
    let thread = [
        message(4_194_304_205, 3, "bob", "", copy),
        message(4_194_304_210, 4, "eve", "Thread one.", ""),
        message(4_194_304_220, 5, "bob", "Thread two.", answer),
    ];
    let other = [message(4_194_304_310, 6, "zoe", "Elsewhere.", "")];
    folder(&[
        (
            "in/quay.json",
            &channel(1, "GuildTextChat", "quay", 0, &quay),
        ),
        (
            "in/a-thread.json",
            &channel(4_194_304_020, "GuildPublicThread", "Cargo", 1, &thread),
        ),
        (
            "in/other.json",
            &channel(9, "GuildPublicThread", "Post", 8, &other),
        ),
        ("out/x", ""),
    ])
}

fn made(folder: &TempDir, args: &[&str]) -> String {
    let args = [&["in", "-o", "out/"], args].concat();
    let (output, error) = ended(&mut render(folder, &args));
    assert!(output.status.success(), "{error}");
    assert!(!error.contains("warning"), "{error}");
    error
}

/// Which of the messages stand in a text, in order.
fn order(text: &str) -> Vec<&'static str> {
    let all = [
        "Channel one",
        "Channel two",
        "Channel three",
        "Thread one",
        "Thread two",
    ];
    let text = text.replace([' ', '\u{a0}'], "");
    let mut found: Vec<(usize, &str)> = all
        .iter()
        .filter_map(|words| Some((text.find(&words.replace(' ', ""))?, *words)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, words)| words).collect()
}

#[test]
fn threads_stand_where_they_are_asked_for() {
    let under = [
        "Channel one",
        "Channel two",
        "Thread one",
        "Thread two",
        "Channel three",
    ];
    let after = [
        "Channel one",
        "Channel two",
        "Channel three",
        "Thread one",
        "Thread two",
    ];
    for (threads, expected) in [("under", &under), ("after", &after)] {
        let folder = server();
        made(&folder, &["--threads", threads]);
        let files = names(&folder.path().join("out"));
        assert_eq!(files, ["other.pdf", "quay.pdf", "x"], "{threads}");
        let pdf = Pdf::read(&folder.path().join("out/quay.pdf"));
        assert_eq!(order(&pdf.text()), *expected, "{threads}: {}", pdf.text());
        // The thread's name is a bookmark: over its days, or under the channel's.
        let mut known = vec!["0 March 1, 2024", "0 March 2, 2024"];
        if threads == "after" {
            known.extend(["0 Cargo", "1 March 3, 2024"]);
            known.extend(["1 March 4, 2024", "1 March 5, 2024"]);
        } else {
            known.push("1 Cargo");
        }
        for paper in ["a4", "continuous"] {
            made(&folder, &["--threads", threads, "--paper", paper]);
            let pdf = Pdf::read(&folder.path().join("out/quay.pdf"));
            assert_eq!(pdf.nested(), known, "{threads} on {paper}");
        }
        // The answer leads to what it answers.
        assert_eq!(pdf.inner_links(), 1, "{threads}");
        for format in ["html", "md", "txt"] {
            made(&folder, &["--threads", threads, "-f", format]);
            let name = format!("out/quay.{format}");
            let text = fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(order(&text), *expected, "{threads} {format}: {text}");
            if format == "html" {
                assert_eq!(text.contains("class=\"sb-nested\""), threads == "under");
            }
        }
    }
    let folder = server();
    made(&folder, &[]);
    let files = names(&folder.path().join("out"));
    assert_eq!(files, ["a-thread.pdf", "other.pdf", "quay.pdf", "x"]);
}

#[test]
fn in_html_the_heading_of_a_thread_and_that_of_its_first_day_are_told_apart() {
    let folder = server();
    made(&folder, &["--threads", "after", "-f", "html", "--toc"]);
    let html = fs::read_to_string(folder.path().join("out/quay.html")).unwrap();
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|after| after.split('"').next())
        .collect();
    let mut different = ids.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), ids.len(), "{ids:?}");
}

#[test]
fn threads_stay_after_a_channel_whose_newest_message_is_first() {
    let folder = server();
    let args = ["--threads", "after", "--newest-first", "--numbers", "1"];
    for format in ["txt", "md", "html", "pdf"] {
        made(&folder, &[&args[..], &["-f", format]].concat());
        let path = folder.path().join(format!("out/quay.{format}"));
        let text = match format {
            "pdf" => Pdf::read(&path).text(),
            _ => fs::read_to_string(path).unwrap(),
        };
        let expected = ["Channel three", "Channel two", "Channel one"];
        assert_eq!(order(&text)[..3], expected, "{format}: {text}");
        // In text, a quote comes after its message.
        if format == "txt" {
            assert_eq!(order(&text)[3..], ["Thread two", "Thread one"], "{text}");
        }
    }
    // The answer leads to what it answers, and numbers follow the order.
    let html = fs::read_to_string(folder.path().join("out/quay.html")).unwrap();
    assert!(html.contains("href=\"#message-4194304210\""), "{html}");
    let numbers = html.split("<span class=\"sb-number\">").skip(1);
    let numbers: Vec<&str> = numbers.filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"], "{html}");
}

#[test]
fn an_archive_has_threads_under_their_message_too() {
    let folder = server();
    let lobby = [message(4_194_304_410, 9, "ada", "See <#4194304020>.", "")];
    let lobby = channel(2, "GuildTextChat", "lobby", 0, &lobby);
    write(&folder, "in/lobby.json", lobby.as_bytes());
    let args = ["in", "--archive", "all.pdf", "--threads", "under"];
    let (output, error) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{error}");
    let pdf = Pdf::read(&folder.path().join("all.pdf"));
    let marks: Vec<String> = pdf
        .outline()
        .into_iter()
        .map(|(level, title, _)| format!("{level} {title}"))
        .collect();
    assert!(marks.contains(&"3 Cargo".to_owned()), "{marks:?}");
    assert!(error.contains("3 channels"), "{error}");
    // A mention elsewhere leads to the thread.
    let page = |words: &str| {
        let pages = pdf.pages();
        pages.iter().position(|page| page.contains(words)).unwrap()
    };
    let jump = (page("See"), page("Thread one."));
    assert!(pdf.jumps().contains(&jump), "{:?}", pdf.jumps());
}

#[test]
fn long_threads_are_laid_out_in_runs() {
    let folder = server();
    let thread: Vec<String> = (0..700)
        .map(|at| {
            message(
                4_194_305_000 + at,
                4,
                ["eve", "bob"][at as usize % 2],
                &format!("Said {at}."),
                "",
            )
        })
        .collect();
    let thread = channel(4_194_304_020, "GuildPublicThread", "Cargo", 1, &thread);
    write(&folder, "in/a-thread.json", thread.as_bytes());
    made(&folder, &["--threads", "under"]);
    let pdf = Pdf::read(&folder.path().join("out/quay.pdf"));
    let text = pdf.text();
    for at in 0..700 {
        assert_eq!(text.matches(&format!("Said{at}.")).count(), 1, "{at}");
    }
    assert!(text.find("Said699.") < text.find("Channelthree."));
    // One line for the day, however many runs there are; footers have it, too.
    let days = text.matches("March2,2024").count();
    assert_eq!(days, pdf.pages().len() + 1);
}

#[test]
fn options_that_contradict_threads_are_refused() {
    let folder = server();
    for (args, words) in [
        (
            &["--threads", "under", "--merge"][..],
            "can't be combined with `--merge`",
        ),
        (
            &["--threads", "after", "--split", "day"],
            "can't be combined with `--split`",
        ),
        (
            &["--threads", "under", "--newest-first"],
            "can't be combined with `--newest-first`",
        ),
        (
            &["--threads", "under", "--archive", "site"],
            "can't be combined with `--archive`",
        ),
    ] {
        let (output, error) = ended(&mut render(&folder, &[&["in"], args].concat()));
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(words), "{error}");
    }
}
