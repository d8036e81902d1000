//! The committed plugin, run as Typst runs it, gives the same bytes as the
//! library does natively, and never traps.

mod host;

use std::fs;
use std::path::Path;

use ciborium::Value;
use host::Plugin;

type Function = fn(&[u8], &[u8]) -> Result<Vec<u8>, String>;

/// Calls both and compares.
fn both(plugin: &mut Plugin, name: &str, data: &[u8], asked: &[u8]) -> Result<Vec<u8>, String> {
    let native: Function = match name {
        "markdown" => scrollback_plugin::markdown,
        _ => scrollback_plugin::transcript,
    };
    let native = native(data, asked);
    let wasm = plugin.call(name, [data, asked]);
    if native != wasm {
        let shown = String::from_utf8_lossy(&data[..data.len().min(200)]);
        panic!("`{name}` differs natively and in WebAssembly for {shown:?}");
    }
    native
}

fn cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("a value can be written");
    bytes
}

fn map<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.map(|(key, value)| (Value::from(key), value));
    Value::Map(members.into())
}

/// A request for `transcript`.
fn import(lengths: &[usize], options: Value) -> Vec<u8> {
    let lengths = lengths
        .iter()
        .map(|&length| Value::from(length as u64))
        .collect();
    cbor(&map([
        ("lengths", Value::Array(lengths)),
        ("options", options),
    ]))
}

/// A request for `markdown`.
fn parse(variant: &str) -> Vec<u8> {
    let options = map([
        ("timezone", "Europe/Berlin".into()),
        ("now", "2024-03-01T12:00:00Z".into()),
    ]);
    cbor(&map([("variant", variant.into()), ("options", options)]))
}

/// Every sample export of the project.
fn exports() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["../../examples/exports", "../core/tests/data"] {
        for entry in fs::read_dir(root.join(folder)).expect("the samples are there") {
            let path = entry.expect("it can be listed").path();
            if path.extension().is_some_and(|kind| kind == "json") {
                let bytes = fs::read(&path).expect("it can be read");
                found.push((path.display().to_string(), bytes));
            }
        }
    }
    found.sort();
    assert!(found.len() >= 7, "{} samples", found.len());
    found
}

/// Options that together cover all possible requests.
fn options() -> Vec<Value> {
    let list = |items: &[&str]| Value::Array(items.iter().map(|&item| item.into()).collect());
    vec![
        map([]),
        map([
            ("timezone", "America/New_York".into()),
            ("clock", "24h".into()),
            ("now", "1709294400".into()),
            ("newest-first", true.into()),
        ]),
        map([("timezone", "+05:30".into()), ("anonymize", true.into())]),
        map([
            ("dialect", "text".into()),
            ("names", "username".into()),
            (
                "filter",
                map([
                    ("after", "2020-01-01".into()),
                    ("not-text", list(&["no such text"])),
                    ("has-not", list(&["poll", "voice"])),
                    ("pinned", Value::Null),
                ]),
            ),
        ]),
        map([("filter", map([("text", list(&["no such text"]))]))]),
        // These are invalid.
        map([("timezone", "Europe/Atlantis".into())]),
        map([("filter", map([("has", list(&["everything"]))]))]),
        map([("colour", "red".into())]),
    ]
}

#[test]
fn exports_are_read_the_same() {
    let mut plugin = Plugin::load();
    let (mut read, mut refused) = (0, 0);
    for (name, bytes) in exports() {
        for options in options() {
            let asked = import(&[bytes.len()], options);
            let cbor = both(&mut plugin, "transcript", &bytes, &asked).expect("an answer");
            match ciborium::from_reader(&cbor[..]).expect("it is CBOR") {
                Value::Text(why) => {
                    assert!(why.contains("expected"), "{why}");
                    refused += 1;
                }
                value => {
                    assert_eq!(value.as_array().map(Vec::len), Some(2), "{name}");
                    read += 1;
                }
            }
        }
    }
    assert_eq!((read, refused), (exports().len() * 5, exports().len() * 3));
}

#[test]
fn parts_are_joined_the_same() {
    let mut plugin = Plugin::load();
    let parts: Vec<Vec<u8>> = exports()
        .into_iter()
        .filter(|(name, _)| name.contains("firing-log"))
        .map(|(_, bytes)| bytes)
        .collect();
    let lengths: Vec<usize> = parts.iter().map(Vec::len).collect();
    let asked = import(&lengths, map([]));
    both(&mut plugin, "transcript", &parts.concat(), &asked).expect("parts are readable");
    // Lengths that aren't those of the inputs.
    for lengths in [vec![1, usize::MAX >> 33], vec![3], vec![]] {
        let asked = import(&lengths, map([]));
        both(&mut plugin, "transcript", &parts.concat(), &asked).expect_err("they don't fit");
    }
}

/// Markdown of every kind.
const TEXTS: &[&str] = &[
    "",
    "plain words",
    "**bold *both*** _em_ __under__ ~~struck~~ ||spoiler|| `code` ``a ` b``",
    "# One\n## Two\n### Three\n-# small\n> quote\n>>> all\nof it",
    "- a\n  - b\n    1. c\n2. d\n* e",
    "```rs\nfn main() {}\n``` and ```ansi\n\u{1b}[1;31mred\u{1b}[0m plain\n```",
    "<@1> <@!2> <@&3> <#4> @everyone @here </a b:5> <id:customize> <id:home>",
    "<:blob:123456789012345678> <a:blob:123456789012345678> :thinking: :+1::skin-tone-3: 🤔 👩‍👩‍👧‍👦",
    "🎉🎉🎉",
    "<t:0> <t:1618953630:R> <t:1618953630:F> <t:-1:d> <t:9999999999999:T>",
    "https://example.org/a_(b) <https://example.org> [text](https://example.org \"title\")",
    "https://discord.com/channels/1/2/3 https://discord.com/channels/@me/2",
    "<mailto:a@b.c> <+1 555 0100> \\*escaped\\* ¯\\_(ツ)_/¯",
    "שלום **עולם**\nmixed שלום\nعربي",
    "\u{2067}abc\u{2069} ١٢٣ 한글 ไทย",
    "tr*iple***nest__ed _un* closed ||",
    "\0\u{7f}\u{fffd}\r\n\t",
];

#[test]
fn markdown_is_parsed_the_same() {
    let mut plugin = Plugin::load();
    for text in TEXTS {
        for variant in ["full", "inline", "emoji", "plain"] {
            let asked = parse(variant);
            both(&mut plugin, "markdown", text.as_bytes(), &asked).expect("all text is Markdown");
        }
    }
}

#[test]
fn hostile_text_is_parsed_the_same() {
    let mut plugin = Plugin::load();
    let asked = parse("full");
    for unit in [
        "*",
        "_",
        "**a",
        "||",
        "> ",
        ">>> ",
        "[",
        "[a](",
        "`",
        "```",
        "- ",
        "  - ",
        "# ",
        "<",
        "<@",
        "\\",
        ":",
        "a:",
        "~~",
        "@",
        "https://",
        "(",
        "\u{200d}",
        "\u{fe0f}",
        "\u{1b}[1m",
        "```ansi\n\u{1b}[1m",
    ] {
        let text = unit.repeat(4000 / unit.len());
        both(&mut plugin, "markdown", text.as_bytes(), &asked).expect("all text is Markdown");
        // As a whole, and on lines of its own.
        let text = format!("{unit}\n").repeat(1000);
        both(&mut plugin, "markdown", text.as_bytes(), &asked).expect("all text is Markdown");
    }
}

#[test]
fn hostile_exports_are_errors_or_warnings() {
    let mut plugin = Plugin::load();
    let server = exports()
        .into_iter()
        .find(|(name, _)| name.contains("server-channel"))
        .expect("it is a sample")
        .1;
    let mut inputs: Vec<Vec<u8>> = [
        &b""[..],
        b"{",
        b"[",
        b"null",
        b"[[[[",
        b"{}",
        b"<html>",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\xff\xfe[",
        b"{\"messages\": 3}",
        b"{\"messages\": [3, \"x\", null, [], {}]}",
        b"[{\"id\": {}, \"content\": [], \"author\": 7, \"timestamp\": \"yesterday\"}]",
        b"{\"messages\": [{\"content\": \"\\ud83d\"}]}",
    ]
    .map(<[u8]>::to_vec)
    .into();
    inputs.push(b"[".repeat(100_000));
    inputs.push(b"{\"a\":".repeat(50_000));
    let nested = [&b"{\"messages\": [{\"embeds\": "[..], &b"[".repeat(50_000)].concat();
    inputs.push(nested);
    // Cut off anywhere, and with bytes turned into others.
    let step = server.len() / 60;
    inputs.extend((0..60).map(|part| server[..part * step].to_vec()));
    inputs.extend((0..60).map(|part| {
        let mut bytes = server.clone();
        let at = part * step + part;
        bytes[at] = b"{}[]\",:\\x0-\xff\x00"[part % 13];
        bytes
    }));
    for input in inputs {
        let asked = import(&[input.len()], map([]));
        let _ = both(&mut plugin, "transcript", &input, &asked);
    }
}

#[test]
fn hostile_requests_are_errors() {
    let mut plugin = Plugin::load();
    let good = parse("full");
    let mut requests: Vec<Vec<u8>> = vec![
        vec![],
        vec![0xff],
        vec![0xa0],
        b"{\"variant\": \"full\"}".to_vec(),
        vec![0x9b, 255, 255, 255, 255, 255, 255, 255, 255],
        vec![0x81; 100_000],
        parse("fancy"),
        cbor(&map([("variant", 3.into())])),
        cbor(&map([("variant", "full".into()), ("options", 3.into())])),
        [&good[..], b"more"].concat(),
    ];
    requests.extend((1..good.len()).map(|end| good[..end].to_vec()));
    for request in requests {
        for name in ["markdown", "transcript"] {
            let error = both(&mut plugin, name, b"text", &request).expect_err("it makes no sense");
            assert!(error.contains("expected"), "{error}");
        }
    }
    both(&mut plugin, "markdown", b"\xff", &good).expect_err("it is no UTF-8");
}
