//! Messages of programs without Discord in mind: texts and authors under other names, texts in
//! pieces, embeds made of plain texts.

use super::Members;
use super::members::{id_text, object};
use crate::json::Json;

/// Names of a message's text.
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

/// Names of its author.
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

/// Finds the text and author of a message if the API's fields for them are missing.
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

/// Whether a member has a value.
fn says(message: &Members, key: &str) -> bool {
    let value = message.get(key);
    value.is_some_and(|value| !matches!(value, Json::Null) && value.as_str() != Some(""))
}

/// Joins a text in pieces, as a list or an object.
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

/// Joins the text of a message, and turns texts within its embeds into objects.
pub fn open(message: &mut Members) {
    let content = message.get("content");
    if let Some(Json::Array(_) | Json::Object(_) | Json::Bool(_)) = content
        && let Some(text) = content.and_then(joined).filter(|text| !text.is_empty())
    {
        message.set("content", Json::Str(text.into()));
    }
    message.each("embeds", &embed);
    message.within("poll", &poll);
    message.each("components", &component);
}

/// Turns texts within a poll into objects.
fn poll(poll: &mut Members) {
    text_to_object(poll, "question", "text");
    let Some(Json::Array(answers)) = poll.get_mut("answers") else {
        return;
    };
    for answer in answers {
        match answer {
            Json::Str(text) => {
                let text = object("text", Json::Str(std::mem::take(text)));
                *answer = object("poll_media", text);
            }
            Json::Object(members) => {
                let mut inner = Members::new(std::mem::take(members));
                // The text alone, without the object around it.
                if !inner.any(|key| matches!(key, "poll_media" | "pollMedia"))
                    && let Some(text @ Json::Str(_)) = inner.take("text")
                {
                    inner.set("poll_media", object("text", text));
                }
                text_to_object(&mut inner, "poll_media", "text");
                *answer = inner.into_json();
            }
            _ => {}
        }
    }
}

/// Turns addresses within components into objects.
fn component(component: &mut Members) {
    for key in ["media", "file"] {
        text_to_object(component, key, "url");
    }
    component.each("items", &|item| text_to_object(item, "media", "url"));
    component.each("components", &self::component);
    for key in ["component", "accessory"] {
        component.within(key, &self::component);
    }
}

/// Makes an object with one member of a text.
fn text_to_object(members: &mut Members, part: &str, key: &'static str) {
    if let Some(value @ Json::Str(_)) = members.get_mut(part) {
        let text = std::mem::take(value);
        *value = object(key, text);
    }
}

/// Turns texts within an embed into objects.
fn embed(embed: &mut Members) {
    for (part, key) in [
        ("author", "name"),
        ("provider", "name"),
        ("footer", "text"),
        ("image", "url"),
        ("thumbnail", "url"),
        ("video", "url"),
    ] {
        text_to_object(embed, part, key);
    }
    match embed.get_mut("fields") {
        // Values by name.
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

#[cfg(test)]
mod tests {
    use super::super::members::changed;
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

    #[test]
    fn texts_are_joined_and_embeds_completed() {
        for (message, opened) in [
            (r#"{"content":["a",{"text":"b"}]}"#, r#"{"content":"ab"}"#),
            (r#"{"content":{"content":"c"}}"#, r#"{"content":"c"}"#),
            (
                r#"{"embeds":[{"author":"A","footer":"F","fields":{"a":"b"}},{"fields":["x",["c","d"]]}]}"#,
                r#"{"embeds":[{"author":{"name":"A"},"footer":{"text":"F"},"fields":[{"name":"a","value":"b"}]},{"fields":[{"value":"x"},{"name":"c","value":"d"}]}]}"#,
            ),
            (
                r#"{"poll":{"question":"Q","answers":["a",{"text":"b"},{"poll_media":"c"}]}}"#,
                r#"{"poll":{"question":{"text":"Q"},"answers":[{"poll_media":{"text":"a"}},{"poll_media":{"text":"b"}},{"poll_media":{"text":"c"}}]}}"#,
            ),
            (
                r#"{"components":[{"type":17,"components":[{"items":[{"media":"u"}]},{"accessory":{"media":"v"}},{"file":"w"}]}]}"#,
                r#"{"components":[{"type":17,"components":[{"items":[{"media":{"url":"u"}}]},{"accessory":{"media":{"url":"v"}}},{"file":{"url":"w"}}]}]}"#,
            ),
        ] {
            assert_eq!(changed(message, open), opened, "{message}");
        }
    }
}
