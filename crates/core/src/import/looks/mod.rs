//! Recognises inputs that aren't exports, and says what to do with them.

#[cfg(feature = "all-formats")]
mod more;

use super::utf16::utf8;

/// In the plugin, only these are recognised: documents name their files themselves.
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

/// A recognised kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Its name, with an article.
    pub what: &'static str,
    /// What to do instead.
    pub fix: &'static str,
}

pub const AGAIN: &str = "export again as JSON (DiscordChatExporter's `--format Json`)";
pub const DISCORD_ONLY: &str = "only exports of Discord are read";

/// A prefix or part, the kind of file that has it, and what to do.
type Told<T> = (T, &'static str, &'static str);

/// Prefixes of files of other kinds.
const BYTES: &[Told<&[u8]>] = &[
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "unpack it and give the JSON files inside",
    ),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
];

/// Prefixes of texts.
const TEXTS: &[Told<&str>] = &[
    ("AuthorID,", "a CSV export of DiscordChatExporter", AGAIN),
    ("=====", "a plain-text export of DiscordChatExporter", AGAIN),
];

/// The kind of an input that starts with these bytes and isn't an export, if it is recognised.
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

/// The kind of a text.
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

/// The kind of a binary file.
pub fn binary(start: &[u8]) -> Option<Looks> {
    let mut known = more::BYTES.iter().chain(BYTES);
    let found = known.find(|(begins, ..)| start.starts_with(begins));
    let (what, fix) = more::inside(start).or(found.map(|&(_, what, fix)| (what, fix)))?;
    Some(Looks { what, fix })
}

/// Whether a text is a chat log, although it may start like a JSON list.
pub fn is_no_list(text: &str) -> bool {
    // Only a first line that begins so is searched: JSON may be a single line of many megabytes.
    let begins_so = text
        .trim_start_matches(['\u{200e}', '\u{feff}', '['])
        .starts_with(|char: char| char.is_ascii_digit());
    begins_so && (is_whatsapp(text) || is_log(text))
}

/// Whether a text starts like a WhatsApp conversation: `12/03/2024, 10:15 - Ada: Hi` or
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

/// Whether a text starts with a time in brackets, or with a time and a name:
/// `[18:03] <ada> hi`, `[08-Mar-24 06:03 PM] ada`, `18:03 <ada> hi`.
fn is_log(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let time = match line.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(time, _)| time),
        None => line.split(' ').next().unwrap_or_default(),
    };
    // A JSON list of numbers or texts looks similar.
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
