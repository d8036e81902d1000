//! What an input that is no export looks like, and what to do with it.

#[cfg(feature = "all-formats")]
mod more;

use super::utf16::utf8;

/// Documents name their files themselves: nothing more is told apart in them.
#[cfg(not(feature = "all-formats"))]
mod more {
    use super::Told;

    pub const BYTES: &[Told<&[u8]>] = &[];
    pub const TEXTS: &[Told<&str>] = &[];

    pub fn page(_: &str) -> Option<(&'static str, &'static str)> {
        None
    }

    pub fn table(_: &str) -> Option<(&'static str, &'static str)> {
        None
    }

    pub fn inside(_: &[u8]) -> Option<(&'static str, &'static str)> {
        None
    }
}

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

/// A way to begin or a part, what has it, and what to do.
type Told<T> = (T, &'static str, &'static str);

/// How files of other kinds begin.
const BYTES: &[Told<&[u8]>] = &[
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "unpack it and give the JSON files inside",
    ),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
];

/// How texts begin.
const TEXTS: &[Told<&str>] = &[
    ("AuthorID,", "a CSV export of DiscordChatExporter", AGAIN),
    ("=====", "a plain-text export of DiscordChatExporter", AGAIN),
];

/// What an input looks like that begins with these bytes and is no export, if that can be told.
#[must_use]
pub fn looks_like(start: &[u8]) -> Option<Looks> {
    if let Some(looks) = binary(start) {
        return Some(looks);
    }
    let start = utf8(start);
    let end = match std::str::from_utf8(&start) {
        Ok(_) => start.len(),
        Err(error) => error.valid_up_to(),
    };
    told(std::str::from_utf8(&start[..end]).unwrap_or_default())
}

/// What a text looks like.
pub fn told(text: &str) -> Option<Looks> {
    let text = text.trim_start_matches(['\u{feff}', '\u{200e}', ' ', '\t', '\r', '\n']);
    if text.starts_with('<') {
        let (what, fix) = more::page(text).unwrap_or(("HTML", AGAIN));
        return Some(Looks { what, fix });
    }
    let mut texts = more::TEXTS.iter().chain(TEXTS);
    if let Some(&(_, what, fix)) = texts.find(|(begins, ..)| text.starts_with(begins)) {
        return Some(Looks { what, fix });
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
    let (what, fix) = more::table(text)?;
    Some(Looks { what, fix })
}

/// What bytes look like that are no text.
pub fn binary(start: &[u8]) -> Option<Looks> {
    let mut known = more::BYTES.iter().chain(BYTES);
    let found = known.find(|(begins, ..)| start.starts_with(begins));
    let (what, fix) = more::inside(start).or(found.map(|&(_, what, fix)| (what, fix)))?;
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
            "var data = {\"a\": 1, \"b\": 2, \"c\": 3};",
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
