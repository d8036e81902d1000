//! Discord's own data package: `messages.json` (or `.csv`, see [`super::csv`]) of one
//! channel, with only the owner's messages.

use super::Members;
use super::members::{file_name, id_text};
use crate::json::Json;
use crate::text::Text;

/// Whether an object with these keys is a message of a data package.
pub fn has_keys(keys: &[&str]) -> bool {
    keys.contains(&"Contents") && (keys.contains(&"ID") || keys.contains(&"Timestamp"))
}

/// Whether an object is a message of a data package.
pub fn fits(message: &Members) -> bool {
    message.has("Contents") && message.any(|key| matches!(key, "ID" | "Timestamp"))
}

/// `ID`, `Timestamp`, `Contents`, and `Attachments` as addresses with spaces between.
pub fn convert(message: &mut Members) {
    if let Some(id) = message.take("ID").as_ref().and_then(id_text) {
        message.set("id", id);
    }
    message.rename("Timestamp", "timestamp");
    message.rename("Contents", "content");
    let urls = match message.take("Attachments") {
        Some(Json::Str(urls)) => urls,
        _ => Text::default(),
    };
    let attachments: Vec<Json> = urls
        .split_whitespace()
        .map(|url| {
            Json::Object(vec![
                (
                    "filename".into(),
                    Json::Str(file_name(url).to_owned().into()),
                ),
                ("url".into(), Json::Str(url.to_owned().into())),
            ])
        })
        .collect();
    if !attachments.is_empty() {
        message.set("attachments", Json::Array(attachments));
    }
    // The owner is described in another file.
    if !message.has("author") {
        message.set("author", owner());
    }
}

/// The owner of a package, who wrote all of its messages. This is a placeholder;
/// `account` in the package's `user.json` has the real id.
fn owner<'a>() -> Json<'a> {
    Json::Object(vec![
        ("id".into(), Json::Str("0".into())),
        ("username".into(), Json::Str("You".into())),
    ])
}
