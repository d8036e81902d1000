//! Envelopes around messages: records (`{"type": "message", "data": {…}}`), events
//! of Discord's gateway (`{"op": 0, "t": "MESSAGE_CREATE", "d": {…}}`) and logged
//! responses of its API (`{"response": {"data": […]}}`).

use crate::json::Json;
use crate::text::Text;

/// The members with the payload, outermost first.
const CONTENTS: [&str; 6] = ["response", "data", "d", "body", "message", "payload"];

/// Whether a member is one of [`CONTENTS`].
fn is_content(key: &str) -> bool {
    matches!(
        key,
        "response" | "data" | "d" | "body" | "message" | "payload"
    )
}

/// The deepest nesting of envelopes.
const DEEPEST: usize = 4;

/// Whether an object with these keys is an envelope: it has a payload, and nothing of a
/// message or an export.
pub fn fits(keys: &[&str]) -> bool {
    let own = [
        "content", "author", "messages", "channel", "guild", "ID", "meta",
    ];
    keys.iter().any(|key| is_content(key)) && !keys.iter().any(|key| own.contains(key))
}

/// Whether a value is an object, or a list of some.
fn holds_objects(value: &Json) -> bool {
    match value {
        Json::Object(_) => true,
        Json::Array(items) => items.iter().any(|item| matches!(item, Json::Object(_))),
        _ => false,
    }
}

/// Whether a gateway event carries no message.
fn is_other_event(members: &[(Text, Json)]) -> bool {
    let member = |key: &str| members.iter().find(|(known, _)| &**known == key);
    let event = member("t").and_then(|(_, value)| value.as_str());
    member("op").is_some()
        && event.is_some_and(|event| !matches!(event, "MESSAGE_CREATE" | "MESSAGE_UPDATE"))
}

/// The payload of an envelope, or the value itself if it isn't one. A response with
/// `messages` yields these.
pub fn open(json: Json) -> Json {
    let mut json = json;
    let mut is_open = false;
    for _ in 0..DEEPEST {
        let Json::Object(members) = &json else {
            break;
        };
        // Most objects have none of an envelope's keys.
        if !members.iter().any(|(key, _)| is_content(key)) {
            break;
        }
        let keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
        if !fits(&keys) {
            break;
        }
        if is_other_event(members) {
            return Json::Array(Vec::new());
        }
        let held = CONTENTS.iter().find_map(|content| {
            members
                .iter()
                .position(|(key, value)| &**key == *content && holds_objects(value))
        });
        let Some(at) = held else {
            break;
        };
        let Json::Object(mut members) = json else {
            break;
        };
        json = members.swap_remove(at).1;
        is_open = true;
    }
    match json {
        Json::Object(members) if is_open => {
            let list = members
                .iter()
                .position(|(key, value)| &**key == "messages" && matches!(value, Json::Array(_)));
            match list {
                Some(at) => members
                    .into_iter()
                    .nth(at)
                    .map_or(Json::Null, |(_, list)| list),
                None => Json::Object(members),
            }
        }
        other => other,
    }
}
