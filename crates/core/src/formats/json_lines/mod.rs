//! Writes JSON Lines, with one object per message. `docs/formats.md` describes the fields,
//! whose names are stable; empty, false and unknown values are absent.

mod rows;

use std::borrow::Cow;

use super::files::is_covered;
use super::lines::said;
use super::parts::{Line, command_name, named_command, whole};
use super::scene::{Scene, type_name};
use crate::markdown::Variant;
use crate::model::{
    self, Attachment, Component, Embed, EmbedMedia, Message, PersonRef, PollMedia, Sticker, flags,
};
use crate::words::plain;
use rows::{
    Answer, Card, Command, Edited, Field, File, Forwarded, Item, Person, Poll, PollResult,
    Reaction, Reply, Row, StickerFile, Thread,
};

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

fn of<'m>(scene: &'m Scene, message: &'m Message) -> Row<'m> {
    let iso = |time| scene.formatter.iso(time);
    let channel = if message.channel_id.is_empty() {
        scene.transcript.channel.as_ref()
    } else {
        scene.channel_by_id(&message.channel_id)
    };
    let content = scene.cell(message);
    let whole = whole(message);
    Row {
        id: &message.id,
        kind: type_name(message),
        time: message.timestamp.map(iso),
        edited: match message.edited_timestamp {
            Some(time) => Some(Edited::At(iso(time))),
            None => message.edited.then_some(Edited::Sometime(true)),
        },
        author: scene.author(message).map(|author| person(scene, author)),
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
        command: named_command(message).map(|command| Command {
            name: command_name(command),
            user: command.user.map(|user| person(scene, user)),
        }),
        forwarded: forwarded(scene, whole),
        attachments: files(&whole.attachments),
        embeds: cards(scene, &whole.embeds),
        stickers: stickers(&whole.sticker_items),
        reactions: reactions(scene, whole),
        poll: whole.poll.as_deref().map(|one| poll(scene, one)),
        poll_result: whole.poll_result.as_ref().map(|result| PollResult {
            question: &result.question,
            text: &result.text,
            emoji: result.emoji.as_ref().map(|emoji| scene.emoji(emoji)),
            votes: result.votes,
            total_votes: result.total_votes,
        }),
        cards: scene
            .cards(whole)
            .iter()
            .map(|card| texts(scene, card).join("\n"))
            .collect(),
        reasons: scene.reasons(message),
        components: components(scene, &whole.components),
        mentions: mentions(scene, message),
        thread: message.thread.as_ref().map(|thread| Thread {
            id: &thread.id,
            name: &thread.name,
            messages: thread.message_count,
        }),
        pinned: message.pinned,
        ephemeral: message.flags & flags::EPHEMERAL != 0,
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
    let reference = message.reference.as_deref();
    let channel = |id: &'m str| {
        let known = scene.channel_by_id(id);
        Item {
            id,
            name: known.map_or("", |known| &known.name).into(),
        }
    };
    let snapshots = message.message_snapshots.iter();
    snapshots
        .map(|snapshot| Forwarded {
            id: reference.map_or("", |reference| &reference.message_id),
            channel: reference
                .filter(|reference| !reference.channel_id.is_empty())
                .map(|reference| channel(&reference.channel_id)),
            time: snapshot.timestamp.map(|time| scene.formatter.iso(time)),
            edited: snapshot
                .edited_timestamp
                .map(|time| scene.formatter.iso(time)),
            content: &snapshot.content,
            text: scene.typed(&snapshot.content, Variant::Full),
            attachments: files(&snapshot.attachments),
            embeds: cards(scene, &snapshot.embeds),
            stickers: stickers(&snapshot.sticker_items),
            components: components(scene, &snapshot.components),
        })
        .collect()
}

fn poll<'m>(scene: &'m Scene, poll: &'m model::Poll) -> Poll<'m> {
    let emoji = |media: &'m PollMedia| media.emoji.as_ref().map(|emoji| scene.emoji(emoji));
    let answers = poll.answers.iter().map(|answer| Answer {
        text: &answer.poll_media.text,
        emoji: emoji(&answer.poll_media),
        votes: answer.votes,
    });
    Poll {
        question: &poll.question.text,
        emoji: emoji(&poll.question),
        answers: answers.collect(),
        multiple: poll.allow_multiselect,
        closed: poll.results.as_ref().map(|results| results.is_finalized),
        ends: poll.expiry.map(|time| scene.formatter.iso(time)),
    }
}

/// The texts of components, in order, with their addresses.
fn components(scene: &Scene, components: &[Component]) -> Vec<String> {
    let mut lines = Vec::new();
    scene.components(components, &mut lines);
    texts(scene, &lines)
}

fn texts(scene: &Scene, lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| said(scene, line)).collect()
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
            title: &file.title,
            description: &file.description,
            content_type: &file.content_type,
            bytes: file.size,
            duration: (file.duration_secs > 0.0).then_some(file.duration_secs),
            spoiler: is_covered(file),
            url: &file.url,
        })
        .collect()
}

fn stickers<'m>(stickers: &'m [Sticker]) -> Vec<StickerFile<'m>> {
    stickers
        .iter()
        .map(|sticker| StickerFile {
            id: &sticker.id,
            name: &sticker.name,
            url: &sticker.url,
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
                provider_url: embed.provider.as_ref().map_or("", |one| &one.url),
                author: embed.author.as_ref().map_or("", |one| &one.name),
                author_url: embed.author.as_ref().map_or("", |one| &one.url),
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
