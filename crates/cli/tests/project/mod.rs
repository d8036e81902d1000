//! A folder to run the program in, as a user does.
#![allow(dead_code, reason = "not every test file needs everything")]

pub mod browser;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use insta_cmd::get_cargo_bin;
use tempfile::TempDir;

/// A folder with the given files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        write(&folder, name, content.as_bytes());
    }
    folder
}

/// Puts a file into a folder.
pub fn write(folder: &TempDir, name: &str, content: &[u8]) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// The files with this ending in a folder and its subfolders.
pub fn sources(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path, ending));
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
    found
}

/// `scrollback` in a folder, out of reach of the user's settings and the network.
pub fn scrollback(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(get_cargo_bin("scrollback"));
    command.current_dir(folder.path());
    for name in [
        "TYPST_ROOT",
        "TYPST_FONT_PATHS",
        "TYPST_PACKAGE_PATH",
        "TYPST_PACKAGE_CACHE_PATH",
        "SOURCE_DATE_EPOCH",
    ] {
        command.env_remove(name);
    }
    // The port that discards everything: nobody answers there.
    command.env("HTTPS_PROXY", "http://127.0.0.1:9");
    command.args(args);
    command
}

/// `scrollback render` in a folder, with its bundled fonts.
pub fn render(folder: &TempDir, args: &[&str]) -> Command {
    scrollback(
        folder,
        &[&["render", "--ignore-system-fonts"], args].concat(),
    )
}

/// What a program gave and said, and its messages as text.
pub fn ended(command: &mut Command) -> (Output, String) {
    let output = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, stderr)
}

/// What a program gives that reads `input` from its standard input.
pub fn fed(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The sample exports of the project.
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/exports")
}

/// A message of Discord's API. `more` goes into its object.
pub fn message(id: u64, day: u8, author: &str, content: &str, more: &str) -> String {
    let content = serde_json::to_string(content).unwrap();
    let author = serde_json::to_string(author).unwrap();
    let number = author.bytes().map(u64::from).sum::<u64>();
    format!(
        r#"{{"id":"{id}","timestamp":"2024-03-{day:02}T12:00:00+00:00","content":{content},
        "author":{{"id":"{number}","username":{author}}}{more}}}"#
    )
}

/// An export of DiscordChatExporter with these messages, in the channel `general`.
pub fn export(messages: &[String]) -> String {
    named_export("1", "general", messages)
}

/// An export of a channel or thread of the server `Harbour`, whose parent is a category or a
/// channel.
pub fn channel(id: u64, kind: &str, name: &str, parent: u64, messages: &[String]) -> String {
    format!(
        r#"{{"guild":{{"id":"5","name":"Harbour"}},
        "channel":{{"id":"{id}","type":"{kind}","categoryId":"{parent}","category":"x","name":"{name}"}},
        "messages":[{}],"messageCount":{}}}"#,
        messages.join(","),
        messages.len()
    )
}

/// An export of another channel.
pub fn named_export(id: &str, channel: &str, messages: &[String]) -> String {
    let channel = serde_json::to_string(channel).unwrap();
    format!(
        r#"{{"guild":{{"id":"5","name":"Harbour"}},"channel":{{"id":"{id}","type":"GuildTextChat","name":{channel}}},
        "dateRange":{{"after":null,"before":null}},"exportedAt":"2024-04-01T00:00:00+00:00",
        "messages":[{}],"messageCount":{}}}"#,
        messages.join(","),
        messages.len()
    )
}
