//! An interruption leaves neither temporary files nor half an output.
#![cfg(unix)]
#![allow(missing_docs)]

mod project;

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use project::{export, folder, message, names, render, scrollback};

/// How long the program may take to begin.
const PATIENCE: Duration = Duration::from_secs(120);

/// Interrupts a program as soon as a file that begins with `prefix` is in the folder, and
/// returns its exit code.
fn interrupt(mut child: Child, folder: &Path, prefix: &str) -> Option<i32> {
    let begin = Instant::now();
    while !names(folder).iter().any(|name| name.starts_with(prefix)) {
        assert!(begin.elapsed() < PATIENCE, "it wrote no temporary file");
        assert_eq!(child.try_wait().unwrap(), None, "it ended too early");
        sleep(Duration::from_millis(5));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    child.wait().unwrap().code()
}

#[test]
fn a_pdf_stays_as_it_was() {
    let messages: Vec<String> = (1..6000)
        .map(|id| message(id, 1, "ada", "a few words of no weight", ""))
        .collect();
    let folder = folder(&[("chat.json", &export(&messages)), ("chat.pdf", "before")]);
    let child = render(&folder, &["chat.json"]).spawn().unwrap();
    let code = interrupt(child, folder.path(), ".scrollback-");
    assert_eq!(code, Some(130));
    assert_eq!(names(folder.path()), ["chat.json", "chat.pdf"]);
    let kept = fs::read(folder.path().join("chat.pdf")).unwrap();
    assert_eq!(kept, b"before");
}

#[test]
fn the_sample_of_the_demo_is_removed() {
    let folder = folder(&[("temporary/x", "")]);
    let temporary = folder.path().join("temporary");
    let child = scrollback(&folder, &["demo"])
        .env("TMPDIR", &temporary)
        .spawn()
        .unwrap();
    assert_eq!(interrupt(child, &temporary, "."), Some(130));
    assert_eq!(names(&temporary), ["x"]);
    assert_eq!(names(folder.path()), ["temporary"]);
}
