//! Reduces a message to its plainest form: author, time, and its words, names and addresses
//! as text.

use std::collections::HashMap;

use scrollback_core::cbor;
use scrollback_core::json::Json;
use serde::{Deserialize, Serialize};

/// Fields with words, names and addresses.
const WORDS: [&str; 16] = [
    "content",
    "text",
    "title",
    "description",
    "name",
    "value",
    "label",
    "placeholder",
    "filename",
    "url",
    "question",
    "topic",
    "custom_id",
    "rule_name",
    "keyword",
    "state",
];
/// Fields that only qualify others, or link to pictures.
const SILENT: [&str; 13] = [
    "author",
    "time",
    "timestamp",
    "edited_timestamp",
    "icon_url",
    "proxy_url",
    "image_url",
    "avatar_url",
    "emoji",
    "reply",
    "mentions",
    "mention_roles",
    "inline_emojis",
];
/// Fields that a plain message keeps.
const KEPT: [&str; 6] = [
    "id",
    "timestamp",
    "edited_timestamp",
    "edited",
    "author",
    "time",
];

/// The most characters of a paragraph. Typst refuses one with more than some 500 emoji.
const LONGEST_PARAGRAPH: usize = 400;

/// The degrees of plainness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Words, names and addresses.
    Words,
    /// Only its author and time.
    Author,
}

/// The names of people, roles and channels, by id.
#[derive(Debug, Default)]
pub struct Called(HashMap<String, String>);

impl Called {
    /// Reads the names from a transcript, as CBOR.
    pub fn new(transcript: &[u8]) -> Self {
        let mut called = HashMap::new();
        let Ok(transcript) = cbor::read_written(transcript) else {
            return Self::default();
        };
        for (list, field, sign) in [
            ("people", "display", "@"),
            ("roles", "name", "@"),
            ("channels", "name", "#"),
        ] {
            let Some(Json::Array(entries)) = transcript.get(list) else {
                continue;
            };
            for entry in entries {
                let text = |key| entry.get(key).and_then(Json::as_str);
                if let (Some(id), Some(name)) = (text("id"), text(field)) {
                    called.insert(id.to_owned(), format!("{sign}{name}"));
                }
            }
        }
        Self(called)
    }
}

/// A message, as CBOR, in a plainer form, with a note that says so.
pub fn plainer(message: &[u8], form: Form, called: &Called, note: &str) -> Vec<u8> {
    let message = cbor::read_written(message).unwrap_or_default();
    let mut plain: Vec<_> = KEPT
        .iter()
        .filter_map(|key| Some(((*key).into(), message.get(key)?.clone())))
        .collect();
    let mut words = Words {
        called,
        lines: String::new(),
    };
    if form == Form::Words {
        words.add_fields(&message);
        words.end_line();
        words.lines = words.lines.replace(is_meaningless, "\u{fffd}");
    }
    let mut nodes: Vec<_> = pieces(&words.lines)
        .iter()
        .map(|piece| node("quote", piece))
        .collect();
    nodes.push(node("paragraph", note));
    plain.push(("tree".into(), Json::Array(nodes)));
    let mut bytes = Vec::new();
    match cbor::write(&Json::Object(plain), &mut bytes) {
        Ok(()) => bytes,
        // An empty map, for a message of which nothing is known.
        Err(_) => vec![0xa0],
    }
}

/// Whether a character has no meaning outside of one font or file; PDF standards forbid
/// such characters.
fn is_meaningless(char: char) -> bool {
    is_private(char) || matches!(char, '\0' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text, split into pieces of whole lines that Typst accepts as one paragraph.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    // Characters in the last piece.
    let mut length = 0;
    for line in text.lines() {
        let chars: Vec<char> = line.chars().collect();
        for part in chars.chunks(LONGEST_PARAGRAPH) {
            match pieces.last_mut() {
                Some(last) if length + part.len() < LONGEST_PARAGRAPH => {
                    last.push('\n');
                    last.extend(part);
                    length += part.len() + 1;
                }
                _ => {
                    pieces.push(part.iter().collect());
                    length = part.len();
                }
            }
        }
    }
    pieces
}

/// A Markdown node with only text.
fn node(kind: &'static str, text: &str) -> Json<'static> {
    let mut children = Vec::new();
    for line in text.split('\n') {
        if !children.is_empty() {
            children.push(Json::Str("\n".into()));
        }
        children.push(Json::Str(line.to_owned().into()));
    }
    Json::Object(vec![
        ("t".into(), Json::Str(kind.into())),
        ("c".into(), Json::Array(children)),
    ])
}

/// Words being gathered.
struct Words<'w> {
    called: &'w Called,
    lines: String,
}

impl Words<'_> {
    /// Adds the fields of an object, one per line.
    fn add_fields(&mut self, value: &Json) {
        match value {
            Json::Object(fields) => {
                for (key, value) in fields {
                    let key = &**key;
                    match value {
                        _ if SILENT.contains(&key) => {}
                        Json::Str(text) if WORDS.contains(&key) => {
                            self.lines.push_str(text);
                            self.end_line();
                        }
                        _ if key == "tree" || key.ends_with("_tree") => {
                            self.add_tree(value);
                            self.end_line();
                        }
                        _ => self.add_fields(value),
                    }
                }
            }
            Json::Array(values) => {
                for value in values {
                    self.add_fields(value);
                }
            }
            _ => {}
        }
    }

    /// Adds the text of a Markdown tree.
    fn add_tree(&mut self, node: &Json) {
        match node {
            Json::Str(text) => self.lines.push_str(text),
            Json::Array(nodes) => {
                for node in nodes {
                    self.add_tree(node);
                }
            }
            Json::Object(fields) => {
                let kind = node.get("t").and_then(Json::as_str).unwrap_or_default();
                let text = |key| node.get(key).and_then(Json::as_str);
                match kind {
                    "mention" => {
                        let id = text("id").unwrap_or_default();
                        let known = self.called.0.get(id).cloned();
                        let other = || format!("@{}", text("kind").unwrap_or("unknown"));
                        self.lines.push_str(&known.unwrap_or_else(other));
                    }
                    "custom-emoji" => {
                        let name = text("name").unwrap_or_default();
                        self.lines.push_str(&format!(":{name}:"));
                    }
                    "command" => {
                        let name = text("name").unwrap_or_default();
                        self.lines.push_str(&format!("/{name}"));
                    }
                    _ => {
                        for (key, value) in fields {
                            match &**key {
                                "c" | "items" | "text" => self.add_tree(value),
                                _ => {}
                            }
                        }
                        if let Some(url) = text("url") {
                            let named = node.get("c").is_some() || node.get("text").is_some();
                            let address = if named {
                                format!(" ({url})")
                            } else {
                                url.into()
                            };
                            self.lines.push_str(&address);
                        }
                    }
                }
                if matches!(
                    kind,
                    "paragraph" | "heading" | "subtext" | "quote" | "list" | "code-block"
                ) {
                    self.end_line();
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if !self.lines.is_empty() && !self.lines.ends_with('\n') {
            self.lines.push('\n');
        }
    }
}

/// Whether a character is for private use.
pub fn is_private(char: char) -> bool {
    matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use scrollback_core::{Options, read};

    use super::*;

    fn words(message: &str) -> String {
        let export = format!(
            r#"[{{"id":"1","timestamp":"2024-03-01T12:00:00+00:00",
                "author":{{"id":"9","username":"ada"}},{message}}}]"#
        );
        let _reading = crate::READING.lock();
        let options = Options::default();
        let (typeset, pieces) = read(&[export.as_bytes()], &options)
            .and_then(|archive| archive.into_selection(&options)?.typeset_in_pieces())
            .unwrap();
        let called = Called::new(&typeset.cbor);
        let plain = plainer(pieces.message(0), Form::Words, &called, "(plain)");
        let plain = cbor::read(&plain).unwrap();
        assert_eq!(plain.get("id").and_then(Json::as_str), Some("1"));
        assert!(plain.get("author").is_some() && plain.get("time").is_some());
        let Some(Json::Array(nodes)) = plain.get("tree") else {
            panic!("no text: {plain:?}");
        };
        let mut blocks: Vec<String> = nodes
            .iter()
            .map(|node| match node.get("c") {
                Some(Json::Array(texts)) => texts.iter().filter_map(Json::as_str).collect(),
                _ => String::new(),
            })
            .collect();
        assert_eq!(blocks.pop().as_deref(), Some("(plain)"));
        blocks.join("|")
    }

    #[test]
    fn words_names_and_addresses_stay() {
        assert_eq!(
            words(r#""content":"**Hello** <@9> [site](https://example.org/x)""#),
            "Hello @ada site (https://example.org/x)"
        );
        assert_eq!(
            words(r#""content":"a","embeds":[{"title":"T","fields":[{"name":"n","value":"v"}]}]"#),
            "a\nT\nn\nv"
        );
        let file =
            words(r#""attachments":[{"id":"3","filename":"a.png","url":"https://x.org/a.png"}]"#);
        assert!(
            file.contains("a.png") && file.contains("https://x.org/a.png"),
            "{file}"
        );
    }

    #[test]
    fn deep_nesting_costs_neither_author_nor_words() {
        let deep = words(&format!(r#""content":"{0}x{0}""#, "*".repeat(400)));
        assert!(deep.contains('x'), "{deep}");
    }

    #[test]
    fn characters_without_a_meaning_of_their_own_are_replaced() {
        assert_eq!(
            words("\"content\":\"a\u{e000} b\u{feff}c\""),
            "a\u{fffd} b\u{fffd}c"
        );
    }

    #[test]
    fn long_words_are_divided() {
        let long = words(&format!(r#""content":"{}\na""#, "ü".repeat(1000)));
        let lengths: Vec<_> = long.split('|').map(|block| block.chars().count()).collect();
        assert_eq!(lengths, [400, 400, 202]);
    }
}
