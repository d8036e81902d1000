//! Expands texts where the API has objects, as logs and simple exports write them: the
//! address of a file, the emoji of a reaction, the id of the message replied to, an embed as
//! JSON.

use super::Members;
use super::members::{file_name, id_text, object};
use crate::json::Json;
use crate::text::Text;

/// What programs call a message's words that have no Discord in mind.
const WORDS: [&str; 10] = [
    "text",
    "message",
    "body",
    "msg",
    "message_content",
    "raw_content",
    "contents",
    "Content",
    "cleanContent",
    "clean_content",
];

/// What they call who wrote it.
const WRITERS: [&str; 11] = [
    "username",
    "user",
    "user_name",
    "userName",
    "authorName",
    "sender",
    "from",
    "display_name",
    "nickname",
    "nick",
    "name",
];

/// Finds the words of a message, and who wrote it, where the API's fields for them are
/// missing.
pub fn name(message: &mut Members) {
    if !says(message, "content") {
        let words = WORDS.iter().find(|key| {
            let value = message.get(key);
            value.is_some_and(|value| matches!(value, Json::Str(text) if !text.is_empty()))
        });
        if let Some(key) = words {
            message.take("content");
            message.rename(key, "content");
        }
    }
    let has_author = says(message, "author") || message.any(|key| key.starts_with("author"));
    if !has_author && says(message, "content") {
        let writer = WRITERS.iter().find(|key| says(message, key));
        let Some(writer) = writer.and_then(|key| message.take(key)) else {
            return;
        };
        message.take("author");
        let author = match writer {
            Json::Str(name) => {
                let mut author = Members::new(vec![("username".into(), Json::Str(name))]);
                for id in ["user_id", "userId"] {
                    if let Some(id) = message.take(id).as_ref().and_then(id_text) {
                        author.set("id", id);
                    }
                }
                for avatar in ["avatar", "avatar_url", "avatarURL"] {
                    if let Some(avatar @ Json::Str(_)) = message.take(avatar) {
                        author.set("avatar_url", avatar);
                    }
                }
                author.into_json()
            }
            object => object,
        };
        message.set("author", author);
    }
}

/// Whether a member holds something.
fn says(message: &Members, key: &str) -> bool {
    let value = message.get(key);
    value.is_some_and(|value| !matches!(value, Json::Null) && value.as_str() != Some(""))
}

/// Text in pieces, as a list or an object, as one.
fn joined(value: &Json) -> Option<String> {
    match value {
        Json::Str(text) => Some(text.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Array(items) => items.iter().map(joined).collect(),
        Json::Object(_) => ["text", "content", "value"]
            .iter()
            .find_map(|key| joined(value.get(key)?)),
        _ => None,
    }
}

/// Turns such texts into objects.
pub fn open(message: &mut Members) {
    let content = message.get("content");
    if let Some(Json::Array(_) | Json::Object(_) | Json::Bool(_)) = content
        && let Some(text) = content.and_then(joined).filter(|text| !text.is_empty())
    {
        message.set("content", Json::Str(text.into()));
    }
    if let Some(id @ (Json::Object(_) | Json::Int(_))) = message.get("id")
        && let Some(id) = id_text(id)
    {
        message.set("id", id);
    }
    // A match of a search in Discord's response.
    message.take("hit");
    list(message, "attachments", &|text| {
        let name = Json::Str(file_name(&text).to_owned().into());
        let url = Json::Str(text);
        Some(Json::Object(vec![
            ("url".into(), url),
            ("filename".into(), name),
        ]))
    });
    list(message, "embeds", &|text| match crate::json::parse(&text) {
        Ok(card @ Json::Object(_)) => Some(card.into_owned()),
        _ => Some(object("description", Json::Str(text))),
    });
    message.each("embeds", &embed);
    list(message, "reactions", &|text| {
        Some(object("emoji", emoji(text)))
    });
    for stickers in ["sticker_items", "stickers"] {
        list(message, stickers, &|text| {
            Some(object("name", Json::Str(text)))
        });
    }
    message.each("reactions", &|reaction| {
        if let Some(Json::Str(_)) = reaction.get("emoji")
            && let Some(Json::Str(text)) = reaction.take("emoji")
        {
            reaction.set("emoji", emoji(text));
        }
    });
    let answered = message.get("message_reference").and_then(id_text);
    if let Some(id) = answered {
        message.set("message_reference", object("message_id", id));
    }
}

/// A card whose parts are texts alone.
fn embed(embed: &mut Members) {
    for (part, key) in [
        ("author", "name"),
        ("provider", "name"),
        ("footer", "text"),
        ("image", "url"),
        ("thumbnail", "url"),
        ("video", "url"),
    ] {
        if let Some(Json::Str(_)) = embed.get(part)
            && let Some(text) = embed.take(part)
        {
            embed.set(part, object(key, text));
        }
    }
    match embed.get_mut("fields") {
        // Their values by their names.
        Some(Json::Object(members)) => {
            let is_field = |key: &str| matches!(key, "name" | "value" | "nameRaw" | "valueRaw");
            if members.iter().any(|(key, _)| is_field(key)) {
                return;
            }
            let members = std::mem::take(members).into_iter();
            let fields = members.map(|(name, value)| field(Json::Str(name), value));
            let fields = Json::Array(fields.collect());
            embed.set("fields", fields);
        }
        Some(Json::Array(items)) => {
            for item in items {
                match item {
                    Json::Str(text) => {
                        let text = Json::Str(std::mem::take(text));
                        *item = object("value", text);
                    }
                    Json::Array(pair) => {
                        if let [name, value] = &mut pair[..] {
                            *item = field(std::mem::take(name), std::mem::take(value));
                        }
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn field<'a>(name: Json<'a>, value: Json<'a>) -> Json<'a> {
    Json::Object(vec![("name".into(), name), ("value".into(), value)])
}

/// Changes the texts of a list.
fn list<'a>(message: &mut Members<'a>, key: &str, change: &dyn Fn(Text<'a>) -> Option<Json<'a>>) {
    let Some(Json::Array(items)) = message.get_mut(key) else {
        return;
    };
    for item in items {
        if let Json::Str(text) = item
            && !text.trim().is_empty()
            && let Some(changed) = change(std::mem::take(text))
        {
            *item = changed;
        }
    }
}

/// An emoji: a character, `:name:`, or `<:name:id>` as in texts.
fn emoji(text: Text) -> Json {
    let inner = text.trim().trim_start_matches('<').trim_end_matches('>');
    let (animated, rest) = match inner.strip_prefix("a:") {
        Some(rest) => (true, rest),
        None => (false, inner.trim_start_matches(':')),
    };
    let is_token = text.starts_with('<') && text.ends_with('>');
    let is_id = |id: &str| {
        (id.len() > 14 || (is_token && !id.is_empty()))
            && id.bytes().all(|byte| byte.is_ascii_digit())
    };
    match rest.rsplit_once(':') {
        Some((name, id)) if is_id(id) => Json::Object(vec![
            ("id".into(), Json::Str(id.to_owned().into())),
            ("name".into(), Json::Str(name.to_owned().into())),
            ("animated".into(), Json::Bool(animated)),
        ]),
        _ => object("name", Json::Str(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_writers_are_found_under_other_names() {
        for (message, found) in [
            (
                r#"{"id":"1","text":"a","username":"ada","avatar_url":"x"}"#,
                r#"{"id":"1","content":"a","author":{"username":"ada","avatar_url":"x"}}"#,
            ),
            (
                r#"{"content":"","cleanContent":"a","user":{"id":"5"}}"#,
                r#"{"content":"a","author":{"id":"5"}}"#,
            ),
            // What the API has stays.
            (
                r#"{"content":"a","text":"b","author":{"id":"5"},"name":"n"}"#,
                r#"{"content":"a","text":"b","author":{"id":"5"},"name":"n"}"#,
            ),
            (r#"{"id":"1","name":"n"}"#, r#"{"id":"1","name":"n"}"#),
        ] {
            assert_eq!(changed(message, name), found, "{message}");
        }
    }

    fn opened(message: &str) -> String {
        changed(message, open)
    }

    fn changed(message: &str, change: fn(&mut Members)) -> String {
        let json: Json = serde_json::from_str(message).unwrap();
        let Json::Object(members) = json else {
            panic!("no object");
        };
        let mut message = Members::new(members);
        change(&mut message);
        serde_json::to_string(&message.into_json()).unwrap()
    }

    #[test]
    fn texts_become_objects() {
        for (text, object) in [
            (
                r#"{"attachments":["https://a.test/b/c.png?x=1",{"id":"1"}," "]}"#,
                r#"{"attachments":[{"url":"https://a.test/b/c.png?x=1","filename":"c.png"},{"id":"1"}," "]}"#,
            ),
            (
                r#"{"embeds":["{\"title\":\"T\\n\"}","words","[1]"]}"#,
                r#"{"embeds":[{"title":"T\n"},{"description":"words"},{"description":"[1]"}]}"#,
            ),
            (
                r#"{"reactions":["🎉",{"emoji":":ok:","count":2},{"emoji":{"name":"x"}}]}"#,
                r#"{"reactions":[{"emoji":{"name":"🎉"}},{"count":2,"emoji":{"name":":ok:"}},{"emoji":{"name":"x"}}]}"#,
            ),
            (
                r#"{"reactions":["<a:hop:630000000000000001>"]}"#,
                r#"{"reactions":[{"emoji":{"id":"630000000000000001","name":"hop","animated":true}}]}"#,
            ),
            (
                r#"{"message_reference":5,"sticker_items":["Wave"]}"#,
                r#"{"message_reference":{"message_id":"5"},"sticker_items":[{"name":"Wave"}]}"#,
            ),
            (
                r#"{"content":["a",{"text":"b"}],"id":1.216e18}"#,
                r#"{"content":"ab","id":"1216000000000000000"}"#,
            ),
            (
                r#"{"id":{"$numberLong":"1216000000000000009"},"content":{"content":"c"}}"#,
                r#"{"id":"1216000000000000009","content":"c"}"#,
            ),
            (
                r#"{"embeds":[{"author":"A","footer":"F","fields":{"a":"b"}},{"fields":["x",["c","d"]]}]}"#,
                r#"{"embeds":[{"fields":[{"name":"a","value":"b"}],"author":{"name":"A"},"footer":{"text":"F"}},{"fields":[{"value":"x"},{"name":"c","value":"d"}]}]}"#,
            ),
            (r#"{"content":"a"}"#, r#"{"content":"a"}"#),
        ] {
            assert_eq!(opened(text), object, "{text}");
        }
    }
}
