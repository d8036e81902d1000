//! Writes JSON Lines, with one object per message. `docs/formats.md` describes the fields,
//! whose names are stable; empty, false and unknown values are absent.

use std::borrow::Cow;

use serde::Serialize;

use super::scene::{Scene, emoji_name, type_name};
use crate::markdown::Variant;
use crate::model::{Attachment, Embed, EmbedMedia, Message, PersonRef, Sticker};
use crate::words::plain;

/// Writes a transcript as JSON Lines.
pub fn write(scene: &Scene) -> String {
    let mut out = Vec::with_capacity(scene.transcript.messages.len() * 512);
    for message in &scene.transcript.messages {
        // Every value of a line can be represented in JSON, and writing to a vector can't fail.
        if serde_json::to_writer(&mut out, &of(scene, message)).is_ok() {
            out.push(b'\n');
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// When a message was edited.
#[derive(Serialize)]
#[serde(untagged)]
enum Edited {
    At(String),
    /// The time isn't known.
    Sometime(bool),
}

#[derive(Serialize)]
struct Row<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'m str,
    #[serde(rename = "type")]
    kind: Cow<'m, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edited: Option<Edited>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Person<'m>>,
    /// Discord's Markdown, with its tokens.
    #[serde(skip_serializing_if = "str::is_empty")]
    content: &'m str,
    /// The same with names instead of tokens.
    #[serde(skip_serializing_if = "str::is_empty")]
    text: Cow<'m, str>,
    /// The sentence of a system message.
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<Reply<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<Command<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forwarded: Vec<Forwarded<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<File<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    embeds: Vec<Card<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stickers: Vec<Item<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<Reaction<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll: Option<Poll<'m>>,
    /// Texts of buttons, menus and layout.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Item<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<Item<'m>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Item<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<Item<'m>>,
}

#[derive(Serialize)]
struct Person<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'m str,
    name: Cow<'m, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    username: &'m str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    bot: bool,
}

#[derive(Serialize)]
struct Item<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'m str,
    name: Cow<'m, str>,
}

#[derive(Serialize)]
struct Reply<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'m str,
    /// `here`, `left-out`, `quoted`, `deleted` or `unknown`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Person<'m>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    content: &'m str,
}

#[derive(Serialize)]
struct Command<'m> {
    name: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<Person<'m>>,
}

#[derive(Serialize)]
struct Forwarded<'m> {
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    content: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: Cow<'m, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<File<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    embeds: Vec<Card<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stickers: Vec<Item<'m>>,
}

#[derive(Serialize)]
struct File<'m> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'m str,
    name: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    content_type: &'m str,
    #[serde(skip_serializing_if = "is_zero")]
    bytes: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'m str,
}

#[derive(Serialize)]
struct Card<'m> {
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    kind: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    provider: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    author: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'m str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Field<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    images: Vec<&'m str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    thumbnail: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    video: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    footer: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
}

#[derive(Serialize)]
struct Field<'m> {
    name: &'m str,
    value: &'m str,
}

#[derive(Serialize)]
struct Reaction<'m> {
    emoji: Cow<'m, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    users: Vec<Person<'m>>,
}

#[derive(Serialize)]
struct Poll<'m> {
    question: &'m str,
    answers: Vec<Answer<'m>>,
    multiple: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
}

#[derive(Serialize)]
struct Answer<'m> {
    text: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    emoji: Option<Cow<'m, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<u64>,
}

fn of<'m>(scene: &'m Scene, message: &'m Message) -> Row<'m> {
    let iso = |time| scene.formatter.iso(time);
    let channel = if message.channel_id.is_empty() {
        scene.transcript.channel.as_ref()
    } else {
        scene.channel_by_id(&message.channel_id)
    };
    let content = scene.cell(message);
    Row {
        id: &message.id,
        kind: type_name(message),
        time: message.timestamp.map(iso),
        edited: match message.edited_timestamp {
            Some(time) => Some(Edited::At(iso(time))),
            None => message.edited.then_some(Edited::Sometime(true)),
        },
        author: message.author.map(|author| person(scene, author)),
        content,
        text: scene.typed(content, Variant::Full),
        system: message
            .system
            .as_ref()
            .map(|system| plain(&scene.sentence(system))),
        reply_to: message.reply.as_ref().map(|reply| Reply {
            id: &reply.id,
            state: reply.state.name(),
            author: reply.author.map(|author| person(scene, author)),
            content: &reply.content,
        }),
        command: [&message.interaction_metadata, &message.interaction]
            .into_iter()
            .flatten()
            .find(|command| !command.name.is_empty())
            .map(|command| Command {
                name: &command.name,
                user: command.user.map(|user| person(scene, user)),
            }),
        forwarded: forwarded(scene, message),
        attachments: files(&message.attachments),
        embeds: cards(scene, &message.embeds),
        stickers: stickers(&message.sticker_items),
        reactions: reactions(scene, message),
        poll: message.poll.as_ref().map(|poll| Poll {
            question: &poll.question.text,
            answers: poll
                .answers
                .iter()
                .map(|answer| Answer {
                    text: &answer.poll_media.text,
                    emoji: answer.poll_media.emoji.as_ref().map(emoji_name),
                    votes: answer.votes,
                })
                .collect(),
            multiple: poll.allow_multiselect,
            closed: poll.results.as_ref().map(|results| results.is_finalized),
            ends: poll.expiry.map(iso),
        }),
        components: scene.component_texts(&message.components),
        mentions: mentions(scene, message),
        thread: message.thread.as_ref().map(|thread| Item {
            id: &thread.id,
            name: (&*thread.name).into(),
        }),
        pinned: message.pinned,
        channel: channel.map(|channel| Item {
            id: &channel.id,
            name: (&*channel.name).into(),
        }),
        server: scene.transcript.guild.as_ref().map(|guild| Item {
            id: &guild.id,
            name: (&*guild.name).into(),
        }),
    }
}

fn person<'m>(scene: &'m Scene, person: PersonRef) -> Person<'m> {
    let known = scene.person(person);
    Person {
        id: known.map_or("", |known| &known.id),
        name: known.map_or(Cow::Borrowed(""), |known| (&*known.display).into()),
        username: known.map_or("", |known| &known.username),
        bot: known.is_some_and(|known| known.bot),
    }
}

fn forwarded<'m>(scene: &'m Scene, message: &'m Message) -> Vec<Forwarded<'m>> {
    let snapshots = message.message_snapshots.iter();
    snapshots
        .map(|snapshot| Forwarded {
            time: snapshot.timestamp.map(|time| scene.formatter.iso(time)),
            content: &snapshot.content,
            text: scene.typed(&snapshot.content, Variant::Full),
            attachments: files(&snapshot.attachments),
            embeds: cards(scene, &snapshot.embeds),
            stickers: stickers(&snapshot.sticker_items),
        })
        .collect()
}

fn mentions<'m>(scene: &'m Scene, message: &Message) -> Vec<Item<'m>> {
    let people = message.mentions.iter().filter_map(|one| scene.person(*one));
    people
        .map(|person| Item {
            id: &person.id,
            name: (&*person.display).into(),
        })
        .collect()
}

fn reactions<'m>(scene: &'m Scene, message: &'m Message) -> Vec<Reaction<'m>> {
    let users = |users: &[PersonRef]| users.iter().map(|user| person(scene, *user)).collect();
    message
        .reactions
        .iter()
        .map(|reaction| Reaction {
            emoji: (&*reaction.emoji.name).into(),
            id: &reaction.emoji.id,
            count: reaction.count,
            users: users(&reaction.users),
        })
        .collect()
}

fn files<'m>(files: &'m [Attachment]) -> Vec<File<'m>> {
    files
        .iter()
        .map(|file| File {
            id: &file.id,
            name: &file.filename,
            description: &file.description,
            content_type: &file.content_type,
            bytes: file.size,
            url: &file.url,
        })
        .collect()
}

fn stickers<'m>(stickers: &'m [Sticker]) -> Vec<Item<'m>> {
    stickers
        .iter()
        .map(|sticker| Item {
            id: &sticker.id,
            name: (&*sticker.name).into(),
        })
        .collect()
}

fn cards<'m>(scene: &Scene, embeds: &'m [Embed]) -> Vec<Card<'m>> {
    fn url<'m>(media: Option<&'m EmbedMedia>) -> &'m str {
        media.map_or("", |media| &media.url)
    }
    embeds
        .iter()
        .map(|embed| {
            let image = embed.image.as_deref().into_iter();
            let images = image
                .filter(|_| embed.images.is_empty())
                .chain(&embed.images);
            Card {
                kind: &embed.kind,
                provider: embed.provider.as_ref().map_or("", |one| &one.name),
                author: embed.author.as_ref().map_or("", |one| &one.name),
                title: &embed.title,
                url: &embed.url,
                description: &embed.description,
                fields: embed
                    .fields
                    .iter()
                    .map(|field| Field {
                        name: &field.name,
                        value: &field.value,
                    })
                    .collect(),
                images: images.map(|image| &*image.url).collect(),
                thumbnail: url(embed.thumbnail.as_deref()),
                video: url(embed.video.as_deref()),
                footer: embed.footer.as_ref().map_or("", |one| &one.text),
                time: embed.timestamp.map(|time| scene.formatter.iso(time)),
            }
        })
        .collect()
}
