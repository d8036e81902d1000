//! Classifies the objects at the top level of an input by their keys.

use super::formats::{self, FileKind};
use super::utf16::utf8;
use crate::json::Json;
use crate::json::scan::{Scan, Stop};
use crate::text::Text;

/// The class of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// A message.
    Message,
    /// An export: messages, and related objects.
    Export,
    /// A whole file of another program.
    File(FileKind),
    /// A file that has its messages in a list.
    Listed(FileKind),
    /// An envelope around messages.
    Envelope,
    /// A data package's description of a channel.
    Channel,
    /// A data package's description of its owner.
    Owner,
    /// Names of channels by their ids.
    ChannelNames,
}

/// Keys that only messages have.
const MESSAGE: [&str; 3] = ["content", "author", "timestamp"];

/// Keys of messages that other objects may have, too; together with an id, they are enough.
const OFTEN_MESSAGE: [&str; 8] = [
    "embeds",
    "attachments",
    "sticker_items",
    "components",
    "poll",
    "reactions",
    "channel_id",
    "message_snapshots",
];

/// Whether a top-level object with these keys is a message. Software packages have an author,
/// and any event has a time, so one such key isn't enough.
fn is_message(keys: &[&str]) -> bool {
    let tells = |key: &&str| MESSAGE.contains(key);
    let Some(last) = keys.last().filter(|key| tells(key) || **key == "id") else {
        return false;
    };
    let telling = keys.iter().filter(|key| tells(key) || **key == "id");
    *last == "content" || telling.count() > 1
}

/// Whether an object with these keys may be a message, if nothing else declares it as one.
pub fn may_be_message<'k>(mut keys: impl Iterator<Item = &'k str>) -> bool {
    keys.any(|key| MESSAGE.contains(&key) || OFTEN_MESSAGE.contains(&key))
}

/// Whether an object in a list is an export with messages of its own.
pub fn is_export(members: &[(Text, Json)]) -> bool {
    let has = |name: &str| members.iter().any(|(key, _)| &**key == name);
    let holds = members.iter().any(|(key, value)| match value {
        Json::Array(items) if &**key == "messages" => {
            items.iter().all(|item| matches!(item, Json::Object(_)))
        }
        _ => false,
    });
    holds && !has("content") && ["channel", "guild", "recipient"].into_iter().any(has)
}

/// Whether the payload of an envelope may be a message.
pub fn is_or_holds_message(json: &Json) -> bool {
    let Json::Object(members) = json else {
        return true;
    };
    let keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
    formats::is_message(&keys) || may_be_message(keys.iter().copied())
}

/// Classifies the next object. `None` if the text ends too early, and more follows.
pub fn outline(mut scan: Scan, is_last: bool) -> Option<Outline> {
    scan.take(b'{');
    let mut keys: Vec<&str> = Vec::new();
    let mut all_texts = true;
    loop {
        while scan.take(b',') {}
        let key = match scan.key() {
            Ok(key) => &scan.text()[key],
            Err(Stop::End) if !is_last => return None,
            Err(_) => break,
        };
        keys.push(key);
        let is_export = keys
            .iter()
            .any(|key| matches!(*key, "messages" | "guild" | "members"));
        if !is_export && is_message(&keys) {
            return Some(Outline::Message);
        }
        match key {
            // Values that may be as long as the file aren't scanned.
            "messages" => {
                let is_list = scan.peek() == Some(b'[');
                let first = keys_of_first(scan, is_last)?;
                return Some(match FileKind::find(&keys, &first) {
                    Some(kind) if is_list => Outline::Listed(kind),
                    Some(kind) => Outline::File(kind),
                    None => Outline::Export,
                });
            }
            "log" => {
                let inner = keys_of(scan.clone(), is_last)?;
                if let Some(kind) = FileKind::find(&keys, &inner) {
                    return Some(Outline::File(kind));
                }
            }
            "data" => {
                if let Some(kind) = FileKind::find(&keys, &[]) {
                    return Some(Outline::File(kind));
                }
            }
            _ => {}
        }
        all_texts &= matches!(scan.peek(), Some(b'"' | b'n'));
        match scan.value() {
            Ok(_) => {}
            Err(Stop::End) if !is_last => return None,
            Err(_) => break,
        }
    }
    Some(of_keys(&keys, all_texts))
}

/// Whether an input that starts with these bytes can be streamed: JSON, or the table of a
/// data package.
#[must_use]
pub fn comes_in_pieces(start: &[u8]) -> bool {
    let start = utf8(start);
    let text = text_of(&start);
    let first = Scan::new(text).peek();
    matches!(first, Some(b'{' | b'[')) || formats::is_csv(text, true) == Some(true)
}

/// The part of an input's beginning that is valid text.
fn text_of(start: &[u8]) -> &str {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// Whether an input that starts with these bytes is a companion file without messages, such
/// as the description of a channel.
#[must_use]
pub fn stands_beside(start: &[u8]) -> bool {
    let start = utf8(start);
    let mut scan = Scan::new(text_of(&start));
    scan.peek() == Some(b'{')
        && matches!(
            outline(scan, true),
            Some(Outline::Channel | Outline::Owner | Outline::ChannelNames)
        )
}

/// The class of an object with these keys, if none of them decides by itself.
fn of_keys(keys: &[&str], all_texts: bool) -> Outline {
    let has = |key: &str| keys.contains(&key);
    let may_be = has("id") || MESSAGE.iter().any(|key| has(key));
    if formats::is_message(keys) || (may_be && OFTEN_MESSAGE.iter().any(|key| has(key))) {
        return Outline::Message;
    }
    if let Some(kind) = FileKind::find(keys, &[]) {
        return Outline::File(kind);
    }
    if formats::is_envelope(keys) {
        return Outline::Envelope;
    }
    let is_id = |key: &&str| key.bytes().all(|byte| byte.is_ascii_digit());
    if all_texts && !keys.is_empty() && keys.iter().all(is_id) {
        return Outline::ChannelNames;
    }
    if has("id") && has("username") {
        return Outline::Owner;
    }
    let is_of_channel = |key: &&str| matches!(*key, "id" | "type" | "topic" | "nsfw");
    let tells = has("name") || has("recipients") || has("guild");
    if has("id") && has("type") && (tells || keys.iter().all(is_of_channel)) {
        return Outline::Channel;
    }
    Outline::Export
}

/// The keys of the first object of the next list; `None` as for [`outline`].
fn keys_of_first(mut scan: Scan<'_>, is_last: bool) -> Option<Vec<&str>> {
    if !scan.take(b'[') {
        let is_told = is_last || scan.peek().is_some();
        return is_told.then(Vec::new);
    }
    keys_of(scan, is_last)
}

/// The keys of the next object; `None` as for [`outline`].
fn keys_of(mut scan: Scan<'_>, is_last: bool) -> Option<Vec<&str>> {
    let mut keys = Vec::new();
    if !scan.take(b'{') {
        let is_told = is_last || scan.peek().is_some();
        return is_told.then_some(keys);
    }
    loop {
        while scan.take(b',') {}
        let key = match scan.key() {
            Ok(key) => &scan.text()[key],
            Err(Stop::End) if !is_last => return None,
            Err(_) => return Some(keys),
        };
        keys.push(key);
        match scan.value() {
            Ok(_) => {}
            Err(Stop::End) if !is_last => return None,
            Err(_) => return Some(keys),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stands_beside;

    #[test]
    fn descriptions_are_told_from_exports() {
        let beside: [&str; 3] = [
            r#"{"id": "1", "type": 0, "name": "general"}"#,
            r#"{"id": "1", "username": "ada", "email": null}"#,
            r#"{"620000000000000001": "general in Server", "620000000000000002": null}"#,
        ];
        for text in beside {
            assert!(stands_beside(text.as_bytes()), "{text}");
        }
        for other in [
            r#"{"name": "a", "version": "1.0.0", "author": "Ada", "type": "module"}"#,
            r#"{"type": "FeatureCollection", "timestamp": "2024-03-01", "features": []}"#,
        ] {
            assert_eq!(
                super::outline(super::Scan::new(other), true),
                Some(super::Outline::Export)
            );
        }
        let others = [
            r#"{"guild": {"id": "1"}, "channel": {"id": "2", "type": "x", "name": "y"}, "mess"#,
            r#"{"id": "1", "type": 7, "author": {"id": "2"}}"#,
            r#"{"id": "1", "type": 0, "embeds": []}"#,
            "[]",
            "{}",
            "",
        ];
        for text in others {
            assert!(!stands_beside(text.as_bytes()), "{text}");
        }
    }
}
