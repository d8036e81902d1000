//! Exports of other programs, compressed and in archives, run as a user runs it.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use project::{export, folder, message, scrollback};
use tempfile::TempDir;

/// A sample of the importers.
fn sample(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../core/tests/data/formats")
        .join(name);
    fs::read_to_string(path).unwrap()
}

/// What `inspect --json` says of an input, a line each, and what it warns of.
fn inspect(folder: &TempDir, input: &str) -> (Vec<serde_json::Value>, String) {
    let output = scrollback(folder, &["inspect", "--json", input])
        .output()
        .unwrap();
    let warnings = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{warnings}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let values = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    (values.collect(), warnings)
}

/// A small export.
fn harbour() -> String {
    export(&[message(10, 1, "ada", "hello", "")])
}

#[test]
fn a_data_package_is_read_channel_by_channel() {
    let folder = folder(&[
        ("p/Account/user.json", &sample("data-package-user.json")),
        (
            "p/Messages/index.json",
            "{\"620000000000000001\": \"glaze-chemistry\"}",
        ),
        (
            "p/Messages/c1/channel.json",
            &sample("data-package-channel.json"),
        ),
        ("p/Messages/c1/messages.json", &sample("data-package.json")),
        (
            "p/Messages/c2/channel.json",
            "{\"id\": \"2\", \"type\": \"DM\", \"recipients\": []}",
        ),
        ("p/Messages/c2/messages.csv", &sample("data-package.csv")),
        (
            "p/Servers/1/guild.json",
            "{\"id\": \"1\", \"type\": 0, \"name\": \"The Kiln Room\"}",
        ),
        (
            "p/Activity/events.json",
            "{\"event_type\": \"app_opened\", \"timestamp\": \"2024-01-01\"}",
        ),
    ]);
    let (summaries, warnings) = inspect(&folder, "p");
    assert_eq!(summaries.len(), 2, "{warnings}");
    let text = summaries[0].to_string();
    assert!(
        text.contains("glaze-chemistry") && text.contains("Mira"),
        "{text}"
    );
    assert!(
        warnings
            .contains("p: files of the data package that hold no messages are ignored (2 times)"),
        "{warnings}"
    );
}

#[test]
fn odd_files_beside_the_messages_of_a_package_cost_nothing() {
    let messages =
        r#"[{"ID": 1, "Timestamp": "2024-03-01 12:00:00", "Contents": "mine", "Attachments": ""}]"#;
    let channel = r#"{"id": "4", "type": 0, "name": "kiln"}"#;
    let folder = folder(&[
        ("p/Account/user.json", "null"),
        ("p/Messages/index.json", "{}"),
        ("p/Messages/c1/messages.json", messages),
        ("p/Messages/c1/channel.json", ""),
        ("p/Messages/c2/messages.json", messages),
        ("p/Messages/c2/channel.json", "{\"id\": \"2\"}"),
        // In other cases.
        ("p/Messages/c4/Messages.json", messages),
        ("p/Messages/c4/Channel.json", channel),
    ]);
    let (summaries, warnings) = inspect(&folder, "p");
    assert_eq!(summaries.len(), 3, "{warnings}");
    assert_eq!(summaries[2]["channel"]["name"], "kiln");
    let odd = "expected what a data package says of its channels or owner, got something else";
    assert!(
        warnings.contains(odd) && warnings.contains("(4 times)"),
        "{warnings}"
    );

    // Archives of some programs on Windows have backslashes in their names.
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("w.zip")).unwrap());
    for (name, content) in [
        ("p\\Messages\\c4\\messages.json", messages),
        ("p\\Messages\\c4\\channel.json", channel),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let (summaries, warnings) = inspect(&folder, "w.zip");
    assert_eq!(summaries[0]["channel"]["name"], "kiln", "{warnings}");
    assert_eq!(warnings, "");
}

#[test]
fn compressed_exports_and_archives_are_read() {
    let folder = folder(&[("plain.json", &harbour())]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(harbour().as_bytes()).unwrap();
    fs::write(folder.path().join("a.json.gz"), gzip.finish().unwrap()).unwrap();
    let zstd = ruzstd::encoding::compress_to_vec(
        harbour().as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    fs::write(folder.path().join("b.json.zst"), zstd).unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("c.zip")).unwrap());
    for name in [
        "x/one.json",
        "x/two.json",
        "x/one.json_Files/no.json",
        "readme.txt",
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(harbour().as_bytes()).unwrap();
    }
    zip.finish().unwrap();

    let count = |input| inspect(&folder, input).0.len();
    assert_eq!(count("a.json.gz"), 1);
    assert_eq!(count("b.json.zst"), 1);
    assert_eq!(count("c.zip"), 2);
    // A folder has them too, but for archives, which are folders of their own.
    assert_eq!(count("."), 3);

    let output = scrollback(
        &folder,
        &["render", "--ignore-system-fonts", "c.zip", "-f", "html"],
    )
    .output()
    .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(folder.path().join("one.html").is_file());
    assert!(folder.path().join("two.html").is_file());
}
