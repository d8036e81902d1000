//! What an object at the top of an input is, told by its keys.

use super::formats;
use crate::json::scan::Scan;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// A message.
    Message,
    /// An export: messages, and what belongs to them.
    Export,
    /// A whole file of another program.
    File,
    /// An envelope round messages.
    Envelope,
    /// What a data package says of a channel.
    Channel,
    /// What a data package says of its owner.
    Owner,
    /// Names of channels by their ids.
    ChannelNames,
}

/// Keys that only messages have.
const MESSAGE: [&str; 3] = ["content", "author", "timestamp"];

/// Keys of messages that other objects may have: with an id, they tell.
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

/// Whether an object with these keys may be a message, where nothing else says
/// that it is one.
pub fn may_be_message<'k>(mut keys: impl Iterator<Item = &'k str>) -> bool {
    keys.any(|key| MESSAGE.contains(&key) || OFTEN_MESSAGE.contains(&key))
}

/// Tells what the object is that comes next.
pub fn outline(mut scan: Scan) -> Outline {
    scan.take(b'{');
    let mut keys: Vec<&str> = Vec::new();
    let mut all_texts = true;
    loop {
        while scan.take(b',') {}
        let Ok(key) = scan.key() else {
            break;
        };
        let key = &scan.text()[key];
        keys.push(key);
        let is_export = keys
            .iter()
            .any(|key| matches!(*key, "messages" | "guild" | "members"));
        if MESSAGE.contains(&key) && !is_export {
            return Outline::Message;
        }
        match key {
            // What may be as long as the file needn't be looked through.
            "messages" => {
                return if formats::is_file(&keys, &keys_of_first(scan)) {
                    Outline::File
                } else {
                    Outline::Export
                };
            }
            "data" if formats::is_file(&keys, &[]) => return Outline::File,
            _ => {}
        }
        all_texts &= matches!(scan.peek(), Some(b'"' | b'n'));
        if scan.value().is_err() {
            break;
        }
    }
    of_keys(&keys, all_texts)
}

/// Whether an input that begins with these bytes is something that programs keep
/// beside messages, such as the description of a channel, and holds none.
#[must_use]
pub fn stands_beside(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let valid = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    let mut scan = Scan::new(valid);
    scan.peek() == Some(b'{')
        && matches!(
            outline(scan),
            Outline::Channel | Outline::Owner | Outline::ChannelNames
        )
}

/// What an object of these keys is, when none of them decides alone.
fn of_keys(keys: &[&str], all_texts: bool) -> Outline {
    let has = |key: &str| keys.contains(&key);
    if formats::is_message(keys) || (has("id") && OFTEN_MESSAGE.iter().any(|key| has(key))) {
        return Outline::Message;
    }
    if formats::is_envelope(keys) {
        return Outline::Envelope;
    }
    let is_id = |key: &&str| key.len() > 14 && key.bytes().all(|byte| byte.is_ascii_digit());
    if all_texts && !keys.is_empty() && keys.iter().all(is_id) {
        return Outline::ChannelNames;
    }
    if has("id") && has("username") {
        return Outline::Owner;
    }
    if has("id") && has("type") && (has("name") || has("recipients") || has("guild")) {
        return Outline::Channel;
    }
    Outline::Export
}

/// The keys of the first object of the list that comes next.
fn keys_of_first(mut scan: Scan<'_>) -> Vec<&str> {
    let mut keys = Vec::new();
    if !(scan.take(b'[') && scan.take(b'{')) {
        return keys;
    }
    loop {
        while scan.take(b',') {}
        let Ok(key) = scan.key() else {
            return keys;
        };
        keys.push(&scan.text()[key]);
        if scan.value().is_err() {
            return keys;
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
