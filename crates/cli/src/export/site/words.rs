//! Text in HTML: what a page contributes to the search, and escaping.

use std::fmt::Write as _;

use super::tags::{Piece, Tag, pieces};

/// Elements in a message that aren't part of its text: names, times, spoilers, counts.
const UNSAID: &[&str] = &[
    "sb-context",
    "sb-avatar-place",
    "sb-gutter",
    "sb-divider",
    "sb-unseen",
    "sb-covered",
    "sb-reactions",
    "sb-reactors",
    "sb-edited",
    "sb-time",
    "site-anchor",
    "site-original",
    "site-pager",
];

/// Elements that can occur within words.
const WITHIN_WORDS: &[&str] = &["strong", "em", "u", "s", "bdi", "mark", "sub", "sup"];

/// Punctuation that directly follows a word.
const MARKS: &[char] = &['.', ',', '!', '?', ';', ':', ')', '’', '”'];

/// The visible texts of messages by their ids, without names and times.
pub fn texts(html: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    // The element that is being skipped, and the number of open elements of its name.
    let mut unsaid: Option<(&str, usize)> = None;
    let mut code = 0_usize;
    let mut parted = false;
    for piece in pieces(html) {
        let tag = match piece {
            Piece::Text(text) => {
                if let (None, Some((_, words))) = (unsaid, all.last_mut()) {
                    // Elements separate words, but not a word from its punctuation.
                    if parted && !text.starts_with(MARKS) {
                        words.push(' ');
                    }
                    parted = false;
                    words.push_str(text);
                }
                continue;
            }
            Piece::Tag(tag) => tag,
        };
        let name = tag.name();
        if let Some((left_out, open)) = &mut unsaid {
            if name == *left_out && !tag.source().ends_with("/>") {
                *open += 1;
            } else if name.strip_prefix('/') == Some(left_out) {
                *open -= 1;
                if *open == 0 {
                    unsaid = None;
                }
            }
            continue;
        }
        if let Some(id) = tag.get("id").and_then(|id| id.strip_prefix("message-")) {
            all.push((unescaped(id), String::new()));
        } else if is_unsaid(tag) {
            unsaid = Some((name, 1));
        }
        match name {
            "code" => code += 1,
            "/code" => code = code.saturating_sub(1),
            _ => {}
        }
        parted |= code == 0 && !WITHIN_WORDS.contains(&name.trim_start_matches('/'));
    }
    for (_, words) in &mut all {
        let parts: Vec<&str> = words.split_whitespace().collect();
        *words = unescaped(&parts.join(" "));
    }
    all
}

fn is_unsaid(tag: Tag) -> bool {
    match tag.name() {
        "header" | "svg" => true,
        _ => UNSAID.iter().any(|class| tag.has_class(class)),
    }
}

/// Escapes text for HTML, including attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Escapes the name of a file or folder for an address.
pub fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_ascii() && !char.is_ascii_alphanumeric() && !"-._~!$'()*+,;=@".contains(char) {
            let _ = write!(out, "%{:02X}", u32::from(char));
        } else {
            out.push(char);
        }
    }
    out
}

/// Unescapes HTML.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (char, length) = escape(rest).unwrap_or(('&', 1));
        out.push(char);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character of the escape at the start of a text, with the length of the escape.
fn escape(text: &str) -> Option<(char, usize)> {
    // The longest escape is that of Unicode's last character.
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let char = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((char, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_messages() {
        let html = "<div id=\"message-1\"><header>Ada <b>1 PM</b></header><p>a &lt;b&gt;&#x20;d<svg><path d=\"x\"/></svg></p></div><div class=\"sb-avatar-place\"><i>T</i></div><div class=\"x\" id=\"message-2\">c</div>";
        assert_eq!(
            texts(html),
            [("1".into(), "a <b> d".into()), ("2".into(), "c".into())]
        );
    }

    #[test]
    fn words_stay_whole_and_spoilers_covered() {
        let html = "<div id=\"message-1\"><p>wo<strong>rd</strong> <span class=\"sb-spoiler\"><span class=\"sb-unseen\">Spoiler: </span><span class=\"sb-covered\">the <span>butler</span></span></span> <span>twice</span>! id=\"message-9\"</p></div><div class=\"sb-divider\"><div><h2>May</h2></div></div>";
        assert_eq!(
            texts(html),
            [("1".into(), "word twice! id=\"message-9\"".into())]
        );
    }

    #[test]
    fn names_of_files_are_words_and_what_a_site_adds_is_not() {
        let html = "<div id=\"message-1\"><audio><a class=\"site-original\">Original</a></audio><a class=\"site-file\">song.mp3</a></div><div class=\"site-pager\"><a>Later</a></div>";
        assert_eq!(texts(html), [("1".into(), "song.mp3".into())]);
    }

    #[test]
    fn names_mean_themselves_in_addresses() {
        assert_eq!(
            encoded("50% c#?-日本-1.html"),
            "50%25%20c%23%3F-日本-1.html"
        );
    }

    #[test]
    fn escapes_are_read_once() {
        assert_eq!(
            unescaped("a&amp;lt; &#x20;&#65;&#x1f600;&x; & &"),
            "a&lt;  A\u{1f600}&x; & &"
        );
    }
}
