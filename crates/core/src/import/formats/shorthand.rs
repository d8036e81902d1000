//! Expands texts where the API has objects, as logs and simple exports write them: the
//! address of a file, the emoji of a reaction, the id of the message replied to, an embed as
//! JSON.

use super::Members;
use super::members::{file_name, id_text, object};
use crate::json::Json;
use crate::text::Text;

/// Turns such texts into objects.
pub fn open(message: &mut Members) {
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
    use super::super::members::changed;
    use super::*;

    fn opened(message: &str) -> String {
        changed(message, open)
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
                r#"{"id":1.216e18,"content":"a"}"#,
                r#"{"id":"1216000000000000000","content":"a"}"#,
            ),
            (
                r#"{"id":{"$numberLong":"1216000000000000009"},"content":"c"}"#,
                r#"{"id":"1216000000000000009","content":"c"}"#,
            ),
            (r#"{"content":"a"}"#, r#"{"content":"a"}"#),
        ] {
            assert_eq!(opened(text), object, "{text}");
        }
    }
}
