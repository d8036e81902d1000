//! Books, read back: chapters, and boxes of pages for printers.
#![allow(missing_docs)]

mod project;
mod reader;

use project::{channel, ended, export, folder, message, render};
use reader::Pdf;
use tempfile::TempDir;

fn chat() -> TempDir {
    let late =
        |id, author, words: &str| message(id, 1, author, words, "").replace("2024-03-", "2024-04-");
    let chat = export(&[
        message(4_194_304_010, 1, "ada", "March comes.", ""),
        message(4_194_304_020, 2, "bob", "March goes.", ""),
        late(4_194_304_030, "eve", "April comes."),
    ]);
    folder(&[("chat.json", &chat)])
}

fn book(args: &[&str]) -> Pdf {
    Pdf::rendered(&chat(), &[&["chat.json", "--style", "book"], args].concat())
}

#[test]
fn chapters_are_months_unless_others_are_asked_for() {
    let titles = |args: &[&str]| {
        let mut titles = book(args).nested();
        assert_eq!(titles.pop().unwrap(), "0 Index of people");
        titles
    };
    assert_eq!(
        titles(&[]),
        [
            "0 March 2024",
            "1 March 1, 2024",
            "1 March 2, 2024",
            "0 April 2024",
            "1 April 1, 2024"
        ]
    );
    assert_eq!(
        titles(&["--chapters", "none"]),
        ["0 March 1, 2024", "0 March 2, 2024", "0 April 1, 2024"]
    );
    assert_eq!(titles(&["--chapters", "2"])[0], "0 1");
    assert_eq!(
        titles(&["--chapters", "day"]),
        ["0 March 1, 2024", "0 March 2, 2024", "0 April 1, 2024"]
    );
    let weeks = book(&["--chapters", "week", "--lang", "de"]).nested();
    assert_eq!(weeks[0], "0 1. März 2024 – 2. März 2024");
    // Without messages, there is nobody for an index.
    let empty = folder(&[("chat.json", &export(&[]))]);
    let pdf = Pdf::rendered(&empty, &["chat.json", "--style", "book"]);
    assert!(!pdf.text().contains("Indexofpeople"));
    // The index knows the pages of people without chapters, too.
    let index: String = book(&["--chapters", "none"]).pages().pop().unwrap();
    assert!(
        index.contains("Index of people") && index.contains("eve"),
        "{index}"
    );
    let (output, error) = ended(&mut render(&chat(), &["chat.json", "--chapters", "year"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(
        error.contains("expected day, week, month, thread, a number of messages, or none"),
        "{error}"
    );
}

#[test]
fn threads_are_chapters_after_their_channel() {
    let quay = [
        message(4_194_304_010, 1, "ada", "Ships come.", ""),
        message(4_194_304_020, 3, "bob", "Ships go.", ""),
    ];
    let cargo = [message(4_194_304_210, 2, "eve", "Forty crates.", "")];
    let ropes = [message(4_194_304_310, 2, "bob", "Who has them?", "")];
    let folder = folder(&[
        (
            "in/quay.json",
            &channel(1, "GuildTextChat", "quay", 1, &quay),
        ),
        (
            "in/cargo.json",
            &channel(4_194_304_020, "GuildPublicThread", "Cargo", 1, &cargo),
        ),
        (
            "in/ropes.json",
            &channel(4_194_304_030, "GuildPublicThread", "Ropes", 1, &ropes),
        ),
        ("out/x", ""),
    ]);
    let args = ["in", "-o", "out/", "--style", "book"];
    let thread = ["--chapters", "thread"];
    let (output, error) = ended(&mut render(&folder, &[&args[..], &thread].concat()));
    assert!(output.status.success(), "{error}");
    let pdf = Pdf::read(&folder.path().join("out/quay.pdf"));
    assert_eq!(
        pdf.nested(),
        [
            "0 quay",
            "1 March 1, 2024",
            "1 March 3, 2024",
            "0 Cargo",
            "1 March 2, 2024",
            "0 Ropes",
            "1 March 2, 2024",
            "0 Index of people"
        ]
    );
    // Under the name of the chapter, the thread's isn't written once more.
    let pages = pdf.pages();
    let page = pages.iter().find(|page| page.contains("Forty crates"));
    assert!(
        page.unwrap().starts_with("Cargo March 2, 2024 eve"),
        "{page:?}"
    );

    for (style, more, why) in [
        (
            "book",
            "--threads=under",
            "`--threads under` puts them elsewhere",
        ),
        (
            "book",
            "--merge",
            "`--chapters thread` can't be combined with `--merge`",
        ),
        ("record", "--toc", "add `--style book`"),
    ] {
        let args = ["in", "--style", style, "--chapters", "thread", more];
        let (output, error) = ended(&mut render(&folder, &args));
        assert_eq!(output.status.code(), Some(2));
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn contents_count_the_pages_before_them() {
    // Title pages or a cover come first; the footer has the number of each page.
    for style in ["book", "record"] {
        let pages = Pdf::rendered(&chat(), &["chat.json", "--style", style, "--toc"]).pages();
        let contents = pages.iter().find(|page| page.contains(". . ."));
        let contents = contents.expect("a table of contents");
        let day = |page: &&String| page.contains("March comes.");
        let (_, number) = contents.split_once("March 1, 2024").expect("a line");
        let number: String = number
            .trim_start_matches(|letter: char| !letter.is_ascii_digit())
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let page = pages.iter().find(day).expect("the page of that day");
        let footer = format!("{number} of {}", pages.len());
        assert!(page.contains(&footer), "{style}: {footer}, but {page}");
    }
}

#[test]
fn pages_with_a_bleed_say_where_they_are_cut() {
    let mm = 72.0 / 25.4;
    let near = |size: Option<(f32, f32)>, width: f32, height: f32| {
        let (wide, high) = size.unwrap();
        assert!(
            (wide - width * mm).abs() < 0.1 && (high - height * mm).abs() < 0.1,
            "{wide} {high}"
        );
    };
    let check = |pdf: &Pdf| {
        assert!(!pdf.boxes("TrimBox").is_empty());
        pdf.boxes("TrimBox")
            .into_iter()
            .for_each(|size| near(size, 148.0, 210.0));
        pdf.boxes("MediaBox")
            .into_iter()
            .for_each(|size| near(size, 154.0, 216.0));
        pdf.boxes("BleedBox")
            .into_iter()
            .for_each(|size| near(size, 154.0, 216.0));
    };
    check(&book(&["--bleed", "3mm"]));
    assert!(book(&[]).boxes("TrimBox").iter().all(Option::is_none));
    // In parts, too.
    let folder = chat();
    let args = [
        "chat.json",
        "--archive",
        "all.pdf",
        "--bleed",
        "3mm",
        "--style",
        "book",
    ];
    let (output, error) = ended(&mut render(&folder, &args));
    assert!(output.status.success(), "{error}");
    check(&Pdf::read(&folder.path().join("all.pdf")));
    for (args, words) in [
        (
            &["--bleed", "3mm", "--paper", "continuous"][..],
            "`--bleed` can't be combined with `--paper continuous`",
        ),
        (
            &["--bleed", "5cm"],
            "expected at most an inch (25.4mm) for `--bleed`, got 50.0mm",
        ),
    ] {
        let (output, error) = ended(&mut render(&folder, &[&["chat.json"], args].concat()));
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn in_html_a_book_begins_with_its_title() {
    let folder = chat();
    let (made, _) = ended(&mut render(
        &folder,
        &["chat.json", "--style", "book", "-o", "chat.html"],
    ));
    assert!(made.status.success(), "{made:?}");
    let html = std::fs::read_to_string(folder.path().join("chat.html")).unwrap();
    let (_, title) = html.split_once("<main><h1>").unwrap();
    let (_, dates) = title.split_once("<p class=\"book-title\">").unwrap();
    assert!(
        dates.starts_with("March 1, 2024 – April 1, 2024</p>"),
        "{dates}"
    );
}

#[test]
fn in_html_the_index_of_people_links_to_days() {
    let folder = chat();
    let (made, told) = ended(&mut render(
        &folder,
        &["chat.json", "--style", "book", "-o", "chat.html"],
    ));
    assert!(made.status.success(), "{told}");
    let html = std::fs::read_to_string(folder.path().join("chat.html")).unwrap();
    let (_, index) = html.split_once("<h2>Index of people</h2>").unwrap();
    let (index, _) = index.split_once("</dl>").unwrap();
    assert!(
        index.contains("<dt><bdi>ada</bdi></dt><dd><a href=\"#message-"),
        "{index}"
    );
    for target in index.split("href=\"#").skip(1) {
        let (id, _) = target.split_once('"').unwrap();
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}: {html}");
    }
}
