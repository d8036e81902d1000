//! The exporter's two ways of writing `content`.
//!
//! With `--markdown true`, its default, mentions and custom emoji are already plain text
//! (`@Name`, `:name:`). They are turned back into Discord's tokens as far as the rest of the
//! file identifies them.

use memchr::memchr2;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::model::{Blank, Emoji, Message, PersonRef, Source, Transcript};
use crate::order::sort_by;
use crate::text::Text;

/// How the exporter wrote `content`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// Detected from the messages.
    #[default]
    Auto,
    /// With Discord's tokens (`--markdown false`).
    Raw,
    /// With mentions and emoji as plain text (`--markdown true`).
    Text,
}

/// Turns plain-text mentions and emoji back into Discord's tokens. `has_tokens` tells whether
/// messages outside of the transcript have tokens.
pub fn recover(transcript: &mut Transcript, dialect: Dialect, has_tokens: bool) {
    if transcript.source != Source::DiscordChatExporter {
        return;
    }
    let plain = match dialect {
        Dialect::Text => true,
        Dialect::Raw => false,
        Dialect::Auto => !has_tokens && !transcript.messages.iter().any(|m| has_token(&m.content)),
    };
    if !plain {
        return;
    }
    let mut seen = Index::default();
    let mut roles: Vec<(String, String)> = Vec::new();
    for role in transcript.people.iter().flat_map(|person| &person.roles) {
        if seen.insert(role.id.clone(), 0).is_none() && &*role.name != "@everyone" {
            roles.push((format!("@{}", role.name), format!("<@&{}>", role.id)));
        }
    }
    let channel = transcript
        .channel
        .as_ref()
        .filter(|c| !c.name.is_blank())
        .map(|c| (format!("#{}", c.name), format!("<#{}>", c.id)));
    let names: Vec<(String, String)> = transcript
        .people
        .iter()
        .map(|person| {
            let name = if person.nick.is_blank() {
                &person.username
            } else {
                &person.nick
            };
            (format!("@{name}"), format!("<@{}>", person.id))
        })
        .collect();
    let scope = Scope {
        names,
        roles,
        channel,
    };
    for message in &mut transcript.messages {
        scope.message(message);
    }
}

/// Whether a text contains one of Discord's tokens outside of code.
pub fn has_token(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memchr2(b'<', b'`', rest.as_bytes()) {
        rest = &rest[at..];
        let skip = code_length(rest).or_else(|| token_length(rest).map(|_| 0));
        match skip {
            Some(0) => return true,
            Some(code) => rest = &rest[code..],
            None => rest = &rest[1..],
        }
    }
    false
}

struct Scope {
    names: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    channel: Option<(String, String)>,
}

impl Scope {
    fn message(&self, message: &mut Message) {
        let mentions = std::mem::take(&mut message.mentions);
        let emojis = std::mem::take(&mut message.inline_emojis);
        self.text(&mut message.content, &mentions, &emojis);
        for snapshot in &mut message.message_snapshots {
            self.text(&mut snapshot.content, &mentions, &emojis);
        }
        for embed in &mut message.embeds {
            let emojis = std::mem::take(&mut embed.inline_emojis);
            self.text(&mut embed.title, &mentions, &emojis);
            self.text(&mut embed.description, &mentions, &emojis);
            for field in &mut embed.fields {
                self.text(&mut field.name, &mentions, &emojis);
                self.text(&mut field.value, &mentions, &emojis);
            }
            embed.inline_emojis = emojis;
        }
        message.mentions = mentions;
        message.inline_emojis = emojis;
    }

    fn text(&self, text: &mut Text, mentions: &[PersonRef], emojis: &[Emoji]) {
        if !text.bytes().any(|b| matches!(b, b'@' | b'#' | b':')) {
            return;
        }
        let mut found: Vec<(&str, &str)> = mentions
            .iter()
            .filter_map(|person| self.names.get(person.index()))
            .chain(self.roles.iter().filter(|_| text.contains('@')))
            .chain(&self.channel)
            .map(|(name, token)| (&**name, &**token))
            .filter(|(name, _)| name.len() > 1)
            .collect();
        let emoji_tokens: Vec<(String, String)> = emojis
            .iter()
            .filter(|emoji| !emoji.id.is_blank())
            .map(|emoji| {
                let animated = if emoji.animated { "a" } else { "" };
                (
                    format!(":{}:", emoji.name),
                    format!("<{animated}:{}:{}>", emoji.name, emoji.id),
                )
            })
            .collect();
        found.extend(emoji_tokens.iter().map(|(name, token)| (&**name, &**token)));
        // Longest first, so that `@Ada B` is not taken for `@Ada`.
        sort_by(&mut found, |(a, _), (b, _)| b.len().cmp(&a.len()));
        // Discord allows 100 mentions in a message and 250 roles in a server.
        found.truncate(500);
        if let Some(changed) = replace(text, &found) {
            *text = changed.into();
        }
    }
}

/// Replaces the names outside of code and tokens. `None` when nothing changed.
fn replace(text: &str, names: &[(&str, &str)]) -> Option<String> {
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.as_bytes()[0];
        if let Some(length) = code_length(rest).or_else(|| token_length(rest)) {
            at += length;
            continue;
        }
        let hit = matches!(first, b'@' | b'#' | b':')
            .then(|| names.iter().find(|(name, _)| names_here(rest, name)))
            .flatten();
        match hit {
            Some((name, token)) => {
                out.push_str(&text[done..at]);
                out.push_str(token);
                at += name.len();
                done = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Whether `rest` begins with `name` and the name ends there.
fn names_here(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name).is_some_and(|after| {
        name.ends_with(':') || !after.chars().next().is_some_and(char::is_alphanumeric)
    })
}

/// Length of the code span or block that `text` begins with.
fn code_length(text: &str) -> Option<usize> {
    let ticks = text.bytes().take_while(|&b| b == b'`').count();
    if ticks == 0 {
        return None;
    }
    let fence = &text[..ticks];
    let mut at = ticks;
    while let Some(skip) = text[at..].find(fence) {
        let close = at + skip;
        let run = text[close..].bytes().take_while(|&b| b == b'`').count();
        if run == ticks || ticks >= 3 {
            return Some(close + run);
        }
        at = close + run;
    }
    // Without an end, the backticks are text.
    Some(ticks)
}

/// Length of the token (`<@1>`, `<#1>`, `<:a:1>`, `<t:1>`…) that `text`
/// begins with.
fn token_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(64).position(|b| b == b'>')?;
    let inner = &inner[..end];
    let body = ["@&", "@!", "@", "#", "t:"]
        .iter()
        .find_map(|start| inner.strip_prefix(start));
    let digits = match body {
        Some(body) => body.trim_start_matches('-'),
        None => {
            inner
                .strip_prefix(":")
                .or_else(|| inner.strip_prefix("a:"))?
                .split_once(':')?
                .1
        }
    };
    digits
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_digit())
        .then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::{has_token, replace};

    #[test]
    fn finds_tokens_outside_of_code() {
        assert!(has_token("hi <@123>"));
        assert!(has_token("`x` <a:wave:1>"));
        assert!(has_token("` <t:1:R>"));
        assert!(!has_token("`<@123>` and a < b > c <https://a.b>"));
    }

    #[test]
    fn replaces_the_longest_name_outside_of_code() {
        let names = [("@Ada B", "<@2>"), ("@Ada", "<@1>"), (":x:", "<:x:9>")];
        let all = |text| replace(text, &names).unwrap_or_else(|| text.to_owned());
        assert_eq!(all("@Ada B, @Ada!"), "<@2>, <@1>!");
        assert_eq!(
            all("@Adam `@Ada` ```\n:x:\n``` :x:"),
            "@Adam `@Ada` ```\n:x:\n``` <:x:9>"
        );
        assert_eq!(all("<:x:9>"), "<:x:9>");
    }
}
