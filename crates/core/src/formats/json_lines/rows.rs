//! The fields of a line. `docs/formats.md` describes them.

use std::borrow::Cow;

use serde::Serialize;

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// When a message was edited.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Edited {
    At(String),
    /// The time isn't known.
    Sometime(bool),
}

#[derive(Serialize)]
pub struct Row<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    #[serde(rename = "type")]
    pub kind: Cow<'m, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<Edited>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person<'m>>,
    /// Discord's Markdown, with its tokens.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub content: &'m str,
    /// The same with names instead of tokens.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: Cow<'m, str>,
    /// The sentence of a system message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Reply<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Command<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forwarded: Vec<Forwarded<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<Card<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stickers: Vec<StickerFile<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<Poll<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll_result: Option<PollResult<'m>>,
    /// Gifts, invitations to activities, and themes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<String>,
    /// Why AutoMod acted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Texts of buttons, menus and layout.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Item<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<Thread<'m>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// Only one person could see it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ephemeral: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Item<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Item<'m>>,
}

#[derive(Serialize)]
pub struct Person<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    pub name: Cow<'m, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub username: &'m str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
}

#[derive(Serialize)]
pub struct Item<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    pub name: Cow<'m, str>,
}

#[derive(Serialize)]
pub struct Thread<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    pub name: &'m str,
    #[serde(skip_serializing_if = "is_zero")]
    pub messages: u64,
}

#[derive(Serialize)]
pub struct StickerFile<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    pub name: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub url: &'m str,
}

#[derive(Serialize)]
pub struct Reply<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    /// `here`, `left-out`, `quoted`, `deleted` or `unknown`.
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person<'m>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub content: &'m str,
}

#[derive(Serialize)]
pub struct Command<'m> {
    pub name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Person<'m>>,
}

#[derive(Serialize)]
pub struct Forwarded<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    /// Where it was sent first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Item<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub content: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: Cow<'m, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<Card<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stickers: Vec<StickerFile<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

#[derive(Serialize)]
pub struct File<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    pub name: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub content_type: &'m str,
    #[serde(skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// Its length in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub url: &'m str,
}

#[derive(Serialize)]
pub struct Card<'m> {
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    pub kind: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub provider: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub provider_url: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub author: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub author_url: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub url: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'m str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<&'m str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub thumbnail: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub video: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub footer: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

#[derive(Serialize)]
pub struct Field<'m> {
    pub name: &'m str,
    pub value: &'m str,
}

#[derive(Serialize)]
pub struct Reaction<'m> {
    pub emoji: Cow<'m, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub id: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<Person<'m>>,
}

#[derive(Serialize)]
pub struct Poll<'m> {
    pub question: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Cow<'m, str>>,
    pub answers: Vec<Answer<'m>>,
    pub multiple: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
}

#[derive(Serialize)]
pub struct PollResult<'m> {
    pub question: &'m str,
    /// The answer that won.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Cow<'m, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_votes: Option<u64>,
}

#[derive(Serialize)]
pub struct Answer<'m> {
    pub text: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Cow<'m, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<u64>,
}
