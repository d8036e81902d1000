//! What an input that is no export looks like, and what to do with it.

use super::utf16::utf8;

/// What a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// What it is, with an article.
    pub what: &'static str,
    /// What to do instead.
    pub fix: &'static str,
}

const AGAIN: &str = "export again as JSON (DiscordChatExporter's `--format Json`)";
pub const DISCORD_ONLY: &str = "only exports of Discord are read";
const UNPACK: &str = "unpack it, and pass the folder";
const BESIDE: &str = "pass the export itself, as JSON";
const OWN: &str = "pass the export that it was made from";

/// How files of other kinds begin.
const BYTES: [(&[u8], &str, &str); 15] = [
    (b"%PDF-", "a PDF file", BESIDE),
    (b"\x89PNG", "a picture (PNG)", BESIDE),
    (b"\xff\xd8\xff", "a picture (JPEG)", BESIDE),
    (b"GIF8", "a picture (GIF)", BESIDE),
    (b"RIFF", "a picture or a sound", BESIDE),
    (b"OggS", "a sound", BESIDE),
    (b"{\\rtf", "a document (RTF)", AGAIN),
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "unpack it and give the JSON files inside",
    ),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it first"),
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

/// What a page in HTML or XML has in it, in lower case.
const PAGES: [(&str, &str, &str); 9] = [
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
    ("<", "HTML", AGAIN),
];

/// How texts begin.
const TEXTS: [(&str, &str, &str); 7] = [
    ("AuthorID,", "a CSV export of DiscordChatExporter", AGAIN),
    ("id,time,edited,type,", "a table that scrollback wrote", OWN),
    ("=====", "a plain-text export of DiscordChatExporter", AGAIN),
    ("From ", "a mailbox", DISCORD_ONLY),
    ("Return-Path:", "an e-mail", DISCORD_ONLY),
    ("--- Log opened", "a log of IRC", DISCORD_ONLY),
    ("window.", "a part of an archive of Twitter", DISCORD_ONLY),
];

/// What an input looks like that begins with these bytes and is no export, if that can be told.
#[must_use]
pub fn looks_like(start: &[u8]) -> Option<Looks> {
    if let Some(looks) = binary(start) {
        return Some(looks);
    }
    let start = utf8(start);
    let text = String::from_utf8_lossy(&start);
    let text = text.trim_start_matches(['\u{feff}', '\u{200e}', ' ', '\t', '\r', '\n']);
    if text.starts_with('<') {
        let lower = text.to_ascii_lowercase();
        let mut pages = PAGES.iter();
        let found = pages.find(|(has, ..)| lower.contains(has));
        return found.map(|&(_, what, fix)| Looks { what, fix });
    }
    for (begins, what, fix) in TEXTS {
        if text.starts_with(begins) {
            return Some(Looks { what, fix });
        }
    }
    if is_whatsapp(text) {
        let what = "an export of WhatsApp";
        return Some(Looks {
            what,
            fix: DISCORD_ONLY,
        });
    }
    if is_log(text) {
        let what = "a chat as plain text";
        return Some(Looks { what, fix: AGAIN });
    }
    let line = text.lines().next().unwrap_or_default();
    let is_table = |separator: char| line.matches(separator).count() > 1;
    (!text.starts_with(['{', '[']) && (is_table(',') || is_table(';') || is_table('\t'))).then_some(
        Looks {
            what: "a table (CSV)",
            fix: AGAIN,
        },
    )
}

/// What bytes look like that are no text.
pub fn binary(start: &[u8]) -> Option<Looks> {
    let is_tar = start.get(257..262) == Some(b"ustar");
    let tar = is_tar.then_some(("a tar archive", UNPACK));
    let mut known = BYTES
        .iter()
        .filter(|(begins, ..)| start.starts_with(begins));
    let (what, fix) = tar.or_else(|| known.next().map(|&(_, what, fix)| (what, fix)))?;
    Some(Looks { what, fix })
}

/// Whether a text that may begin as a list of JSON is the log of a chat.
pub fn is_no_list(text: &str) -> bool {
    is_whatsapp(text) || is_log(text)
}

/// Whether a text begins as WhatsApp writes a conversation: `12/03/2024, 10:15 - Ada: Hi` or
/// `[12.03.24, 10:15:00] Ada: Hi`.
fn is_whatsapp(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{200e}', '\u{feff}', '[']);
    let line = text.lines().next().unwrap_or_default();
    let mut rest = line;
    for last in [false, false, true] {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&digits) {
            return false;
        }
        rest = &rest[digits..];
        let separator = if last { &[','][..] } else { &['.', '/', '-'] };
        let Some(after) = rest.strip_prefix(separator) else {
            return false;
        };
        rest = after;
    }
    rest.contains(':')
}

/// Whether a text begins with a time in brackets, or a time and a name: `[18:03] <ada> hi`,
/// `[08-Mar-24 06:03 PM] ada`, `18:03 <ada> hi`.
fn is_log(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let time = match line.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(time, _)| time),
        None => line.split(' ').next().unwrap_or_default(),
    };
    // Of JSON, a list of numbers or texts looks most like it.
    let is_part = |char: char| char.is_ascii_alphanumeric() || " :-/.".contains(char);
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits)
        && time.chars().all(is_part)
        && time[digits..].starts_with([':', '-', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_told_by_how_they_begin() {
        for (start, what) in [
            ("%PDF-1.7", "a PDF file"),
            (
                "\u{feff}<!DOCTYPE html><div class=\"chatlog__x\">",
                "an HTML export of DiscordChatExporter",
            ),
            (
                "<html><TITLE>Discord Offline History",
                "the viewer of Discord History Tracker",
            ),
            ("<discord-messages>", "an HTML transcript of a bot"),
            (
                "<html><section class=\"scrollback\">",
                "a page that scrollback wrote",
            ),
            ("<div class=\"page_wrap\">", "an export of Telegram"),
            (
                "<?xml version=\"1.0\"?><smses count=\"1\">",
                "a backup of text messages",
            ),
            ("<?xml version=\"1.0\"?><a>", "XML"),
            ("<p>", "HTML"),
            (
                "AuthorID,Author,Date",
                "a CSV export of DiscordChatExporter",
            ),
            (
                "id,time,edited,type,author_id",
                "a table that scrollback wrote",
            ),
            (
                "=======\nGuild: A",
                "a plain-text export of DiscordChatExporter",
            ),
            ("From ada Fri Mar", "a mailbox"),
            ("[18:03] <ada> hi", "a chat as plain text"),
            ("[08-Mar-24 06:03 PM] ada#0001\nhi", "a chat as plain text"),
            ("18:03 <ada> hi", "a chat as plain text"),
            ("2024-03-08 18:03 ada: hi", "a chat as plain text"),
            ("name;age;town\n", "a table (CSV)"),
        ] {
            let looks = looks_like(start.as_bytes()).map(|looks| looks.what);
            assert_eq!(looks, Some(what), "{start}");
        }
        for start in [
            "",
            "{\"a\": 1, \"b\": 2, \"c\": 3}",
            "[1, 2, 3, 4]",
            "words, and words",
        ] {
            assert_eq!(looks_like(start.as_bytes()), None, "{start}");
        }
    }

    #[test]
    fn conversations_are_told_from_lists() {
        for text in [
            "12/03/2024, 10:15 - Ada: Hi",
            "[12.03.24, 10:15:00] Ada: Hi",
            "\u{200e}[2024-03-12, 10:15:00] Ada: Hi",
            "[10:15] Ada: Hi",
            "[2024-03-12 10:15] Ada: Hi",
        ] {
            assert!(is_no_list(text), "{text}");
        }
        let lists = [
            "[1.5, 2]",
            "[1, 2, 3]",
            "[]",
            "[1e-5]",
            "[[1], 2]",
            "[\"1:2\"]",
        ];
        for text in lists.into_iter().chain(["12 monkeys: a film", "{}", ""]) {
            assert!(!is_no_list(text), "{text}");
        }
    }
}
