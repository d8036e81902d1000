//! `scrollback watch`, run as a user runs it.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use insta_cmd::assert_cmd_snapshot;
use project::{export, folder, message, named_export, scrollback, write};
use tempfile::TempDir;

/// Longer than this nobody would wait.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that ends with the test.
struct Watching(Child);

impl Watching {
    /// Watches an export, or a folder of them, which become pictures.
    fn begin(folder: &TempDir, input: &str) -> Self {
        let args = [
            "watch",
            input,
            "-f",
            "svg",
            "--paper",
            "continuous",
            "--ignore-system-fonts",
        ];
        let child = scrollback(folder, &args)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has noticed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until the file is there and other than `before`, and tells its content.
fn changed(path: &Path, before: &[u8]) -> Vec<u8> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match fs::read(path) {
            Ok(content) if content != before => return content,
            _ => sleep(Duration::from_millis(50)),
        }
    }
    panic!("`{}` doesn't change", path.display());
}

#[test]
fn exports_are_rendered_after_each_change() {
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", "first", "")]))]);
    let mut watching = Watching::begin(&folder, "chat.json");
    let out = folder.path().join("chat.svg");
    let first = changed(&out, b"");

    // Time for the watch to begin, which comes after the output.
    sleep(Duration::from_millis(500));
    write(&folder, "chat.json", b"{\"messages\":");
    sleep(Duration::from_millis(1500));
    assert!(
        watching.0.try_wait().unwrap().is_none(),
        "a broken export ended the watch"
    );
    assert!(
        fs::read(&out).unwrap() == first,
        "a broken export changed the output"
    );

    let longer = export(&[
        message(1, 1, "ada", "first", ""),
        message(2, 1, "bob", "second", ""),
    ]);
    write(&folder, "chat.json", longer.as_bytes());
    let second = changed(&out, &first);
    assert!(second.len() > first.len());
}

#[test]
fn new_exports_in_a_folder_are_rendered() {
    let first = export(&[message(1, 1, "ada", "first", "")]);
    let folder = folder(&[("chats/a.json", &first)]);
    let _watching = Watching::begin(&folder, "chats");
    changed(&folder.path().join("chats/a.svg"), b"");
    // Outputs in the folder are no reason to render again.
    sleep(Duration::from_millis(1500));
    let other = named_export("2", "other", &[message(2, 1, "bob", "second", "")]);
    write(&folder, "chats/b.json", other.as_bytes());
    changed(&folder.path().join("chats/b.svg"), b"");
}

#[test]
fn standard_input_cannot_be_watched() {
    assert_cmd_snapshot!(scrollback(&folder(&[]), &["watch", "-"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: standard input cannot be watched
    hint: pass a file, or use `scrollback render`
    ");
}
