//! The order of channels and threads on a site.
#![allow(missing_docs)]

mod project;

use std::fs;

use project::{channel, ended, folder, message, scrollback, write};
use tempfile::TempDir;

fn made(folder: &TempDir) {
    let (made, told) = ended(&mut scrollback(
        folder,
        &["render", "in", "--archive", "site"],
    ));
    assert!(made.status.success(), "{told}");
}

/// A folder with three exports.
fn exports(files: &[String; 3]) -> TempDir {
    folder(&[
        ("in/a.json", &files[0]),
        ("in/b.json", &files[1]),
        ("in/c.json", &files[2]),
    ])
}

/// What is between two pieces of a page, wherever they occur.
fn listed(folder: &TempDir, page: &str, before: &str, after: &str) -> String {
    let page = fs::read_to_string(folder.path().join("site").join(page)).unwrap();
    let parts = page.split(before).skip(1);
    let parts = parts.map(|part| part.split(after).next().unwrap().to_owned());
    parts.collect::<Vec<_>>().join(", ")
}

#[test]
fn channels_have_the_order_of_their_servers() {
    let one = |id: u64, name: &str, position: u64| {
        let words = [message(4_194_304_000 + id, 1, "ada", "Hi.", "")];
        let export = channel(id, "GuildTextChat", name, 9, &words);
        export.replace(
            "\"name\":\"",
            &format!("\"position\":{position},\"name\":\""),
        )
    };
    let files = [one(1, "Alpha", 2), one(2, "beta", 1), one(3, "gamma", 2)];
    let other = one(4, "beta", 0).replace("Harbour", "Quay");
    let folder = exports(&files);
    let listed = |page: &str, before: &str, after: &str| listed(&folder, page, before, after);
    made(&folder);
    assert_eq!(
        listed("index.html", "<h2>", "</h2>"),
        "x",
        "the category alone"
    );
    assert_eq!(listed("index.html", "<bdi>#", "<"), "beta, Alpha, gamma");
    write(&folder, "in/d.json", other.as_bytes());
    made(&folder);
    assert_eq!(
        listed("index.html", "<h2>", "</h2>"),
        "Harbour – x, Quay – x"
    );
    assert_eq!(
        listed("search.html", "-4\">", "</option>"),
        "#beta – Quay",
        "which of two"
    );
}

#[test]
fn channels_without_a_position_are_in_the_order_of_their_numbers() {
    let one = |id: u64, name: &str| {
        let words = [message(4_194_304_000 + id, 1, "ada", "Hi.", "")];
        channel(id, "GuildTextChat", name, 9, &words)
    };
    let files = [one(1, "week-10"), one(2, "week-2"), one(3, "Week-1")];
    let folder = exports(&files);
    made(&folder);
    assert_eq!(
        listed(&folder, "index.html", "<bdi>#", "<"),
        "Week-1, week-2, week-10"
    );
}

#[test]
fn threads_are_in_the_order_in_which_they_began() {
    let one = |id: u64, kind: &str, name: &str, day: u8| {
        let words = [message(4_194_304_000 + id, day, "ada", "Hi.", "")];
        channel(id, kind, name, 1, &words)
    };
    let files = [
        one(1, "GuildTextChat", "general", 1),
        one(11, "GuildPublicThread", "Apples", 3),
        one(12, "GuildPublicThread", "Zebras", 2),
    ];
    let folder = exports(&files);
    made(&folder);
    assert_eq!(
        listed(&folder, "index.html", "<bdi>", "<"),
        "#general, March 2024, Zebras, March 2024, Apples, March 2024"
    );
}
