//! Files that people give to the program, but never read in a document.

use super::{AGAIN, DISCORD_ONLY, Told};

const UNPACK: &str = "unpack it, and pass the folder";
const BESIDE: &str = "pass the export itself, as JSON";
const NO_COMMENTS: &str = "JSON has none: remove what is before the first bracket";
const OWN: &str = "pass the export that it was made from";

pub const BYTES: &[Told<&[u8]>] = &[
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it first"),
    (b"%PDF-", "a PDF file", BESIDE),
    (b"\x89PNG", "a picture (PNG)", BESIDE),
    (b"\xff\xd8\xff", "a picture (JPEG)", BESIDE),
    (b"GIF8", "a picture (GIF)", BESIDE),
    (b"RIFF", "a picture or a sound", BESIDE),
    (b"OggS", "a sound", BESIDE),
    (b"{\\rtf", "a document (RTF)", AGAIN),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\xfd7zXZ", "an XZ file", UNPACK),
    (b"BZh", "a bzip2 file", UNPACK),
    (
        b"SQLite format 3\0",
        "a database",
        "the program reads `.dht` databases of Discord History Tracker",
    ),
];

/// Characteristic parts of HTML and XML pages, in lower case.
const PAGES: &[Told<&str>] = &[
    (
        "discordchatexporter",
        "an HTML export of DiscordChatExporter",
        AGAIN,
    ),
    ("chatlog__", "an HTML export of DiscordChatExporter", AGAIN),
    (
        "<title>discord offline history",
        "the viewer of Discord History Tracker",
        "pass its `.dht` database, or its archive as JSON",
    ),
    ("class=\"scrollback", "a page that scrollback wrote", OWN),
    (
        "discord-message",
        "an HTML transcript of a bot",
        "HTML can't be read: let the bot save the messages as JSON too",
    ),
    ("class=\"page_wrap\"", "an export of Telegram", DISCORD_ONLY),
    ("<smses", "a backup of text messages", DISCORD_ONLY),
    ("<?xml", "XML", AGAIN),
];

pub const TEXTS: &[Told<&str>] = &[
    ("id,time,edited,type,", "a table that scrollback wrote", OWN),
    ("//", "a comment", NO_COMMENTS),
    ("/*", "a comment", NO_COMMENTS),
    ("From ", "a mailbox", DISCORD_ONLY),
    ("Return-Path:", "an e-mail", DISCORD_ONLY),
    ("--- Log opened", "a log of IRC", DISCORD_ONLY),
    (
        "window.YTD",
        "a part of an archive of Twitter",
        DISCORD_ONLY,
    ),
];

/// The kind of an HTML or XML page.
pub fn page(text: &str) -> Option<(&'static str, &'static str)> {
    let lower = text.to_ascii_lowercase();
    let found = PAGES.iter().find(|(has, ..)| lower.contains(has));
    found.map(|&(_, what, fix)| (what, fix))
}

/// Whether the first line has several columns.
pub fn table(text: &str) -> Option<(&'static str, &'static str)> {
    let line = text.lines().next().unwrap_or_default();
    let mut separators = [',', ';', '\t'].into_iter();
    let is_table = separators.any(|separator| line.matches(separator).count() > 1);
    (!line.contains(['{', '[', '(']) && is_table).then_some(("a table (CSV)", AGAIN))
}

/// Kinds that aren't recognised by their prefix.
pub fn inside(start: &[u8]) -> Option<(&'static str, &'static str)> {
    (start.get(257..262) == Some(b"ustar")).then_some(("a tar archive", UNPACK))
}
