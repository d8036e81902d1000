//! The errors for inputs without any message.

use super::decode::another_chat;
use super::formats;
use super::message::has_bare_keys;
use crate::json::scan::Scan;
use crate::text::quoted;

/// The cause of keys in other quotes or in none, and what to do.
const NO_JSON: &str = "that aren't JSON, as their keys aren't in double quotes; write them with a \
     program's function for JSON, such as Python's `json.dump`";

/// The error for an object that begins like `start`, has these keys and no messages. `said` is its
/// `message`, as in Discord's errors.
pub fn no_messages(keys: &[&str], said: Option<&str>, start: &str, is_cut: bool) -> String {
    if let Some(chat) = formats::chat(keys.iter().copied()) {
        return another_chat(chat);
    }
    if let Some(said) = said.filter(|_| keys.iter().any(|key| is_refusal(key))) {
        return format!(
            "expected messages of Discord's API, got its refusal {}; ask it again, and save what it \
             then answers",
            quoted(said)
        );
    }
    if has_bare_keys(start) {
        return format!("expected a JSON export, got objects {NO_JSON}");
    }
    if keys.contains(&"messages") {
        return "expected a list of messages as `messages`, got something else; export again"
            .into();
    }
    let got = if keys.is_empty() {
        "an object without any".to_owned()
    } else {
        format!("an object with `{}`", keys.join("`, `"))
    };
    let end = if is_cut {
        ", and the file ends too early; export again, or copy it again"
    } else {
        ""
    };
    format!(
        "expected `messages` (an export of DiscordChatExporter), or messages of Discord's API as a \
         list or one per line; got {got}{end}"
    )
}

/// Whether a key belongs to an error of Discord's API.
fn is_refusal(key: &str) -> bool {
    matches!(key, "code" | "retry_after")
}

/// The error for a list or lines without any message.
pub fn not_messages(text: &str) -> String {
    let mut scan = Scan::new(text);
    scan.take(b'[');
    let got = match scan.peek() {
        Some(b'"') => "a list of texts",
        Some(b'0'..=b'9' | b'-') => "a list of numbers",
        Some(b'{') if has_bare_keys(&text[scan.pos..]) => {
            return format!(
                "expected messages of Discord's API, each with `content`, `author` or \
                 `timestamp`; got objects {NO_JSON}"
            );
        }
        _ => "a list of other objects",
    };
    format!(
        "expected messages of Discord's API, each with `content`, `author` or `timestamp`; got \
         {got}"
    )
}
