//! Resolves replies.

use crate::index::Index;
use crate::markdown::escape;
use crate::model::{
    Blank, Component, Message, MessageType, PersonRef, Reply, ReplyState, Transcript, flags,
};
use crate::order::sort_by;
use crate::snowflake;
use crate::text::Text;

/// Resolves the messages that replies refer to and that threads start from.
pub fn replies(transcript: &mut Transcript) {
    let messages = &transcript.messages;
    let by_id = Places::of(messages);
    let found: Vec<(usize, Reply)> = messages
        .iter()
        .enumerate()
        .filter_map(|(at, message)| Some((at, reply(message, messages, &by_id)?)))
        .collect();
    drop(by_id);
    for (at, reply) in found {
        let message = &mut transcript.messages[at];
        // Its content is in the reply now, or in the message itself.
        if reply.state == ReplyState::Here {
            message.referenced_message = None;
        }
        if message.kind == MessageType::THREAD_STARTER {
            message.starter = Some(Box::new(reply));
        } else {
            message.reply = Some(Box::new(reply));
        }
    }
}

/// The indices of messages by id. Nearly all ids are numbers in ascending order, which need no
/// hashing.
struct Places<'m> {
    /// Numeric ids in ascending order, with the index of the message.
    numbers: Vec<(u64, usize)>,
    others: Index<'m>,
}

impl<'m> Places<'m> {
    fn of(messages: &'m [Message]) -> Self {
        let mut places = Self {
            numbers: Vec::new(),
            others: Index::default(),
        };
        if messages.iter().all(answers_nothing) {
            return places;
        }
        places.numbers.reserve_exact(messages.len());
        for (at, message) in messages.iter().enumerate() {
            match number(&message.id) {
                Some(id) => places.numbers.push((id, at)),
                None => {
                    places.others.insert((&*message.id).into(), at);
                }
            }
        }
        if !places.numbers.is_sorted() {
            sort_by(&mut places.numbers, |a, b| a.cmp(b));
        }
        places
    }

    /// The index of a message; of several, the last.
    fn get(&self, id: &str) -> Option<usize> {
        let Some(number) = number(id) else {
            return self.others.get(id).copied();
        };
        let after = self.numbers.partition_point(|(known, _)| *known <= number);
        let (known, at) = *self.numbers.get(after.checked_sub(1)?)?;
        (known == number).then_some(at)
    }
}

fn answers_nothing(message: &Message) -> bool {
    message.reference.is_none() && message.referenced_message.is_none()
}

/// An id as a number, if no other text is the same number.
fn number(id: &str) -> Option<u64> {
    snowflake::parse(id).filter(|_| !id.starts_with('0'))
}

fn reply<'a>(
    message: &Message<'a>,
    messages: &[Message<'a>],
    by_id: &Places<'_>,
) -> Option<Reply<'a>> {
    let answers = !message.kind.is_system() || message.kind == MessageType::THREAD_STARTER;
    let reference = message.reference.as_ref();
    let is_forward = reference.is_some_and(|reference| reference.is_forward());
    if !answers || is_forward || message.flags & flags::IS_CROSSPOST != 0 {
        return None;
    }
    // Some programs write the original message, but not its id.
    let named = reference.map(|reference| &reference.message_id);
    let copied = message.referenced_message.as_ref().map(|copy| &copy.id);
    let id = named.filter(|id| !id.is_blank()).or(copied)?;
    let here = by_id.get(id).filter(|_| !id.is_blank());
    let mut reply = match (here, &message.referenced_message) {
        (Some(at), _) => Reply {
            state: ReplyState::Here,
            message: Some(at),
            ..preview(&messages[at])
        },
        (None, Some(copy)) => Reply {
            state: ReplyState::Quoted,
            ..preview(copy)
        },
        (None, None) if message.reference_deleted => Reply {
            state: ReplyState::Deleted,
            ..Reply::default()
        },
        (None, None) => Reply::default(),
    };
    if reply.id.is_blank() {
        reply.id = id.clone();
    }
    let mentioned = |author: PersonRef| message.mentions.contains(&author);
    reply.mentions_author = reply.author.is_some_and(mentioned);
    Some(reply)
}

fn preview<'a>(message: &Message<'a>) -> Reply<'a> {
    Reply {
        id: message.id.clone(),
        author: message.author,
        content: known_by(message),
        edited: message.is_edited(),
        // A text of its own tells more than Discord's words for the type.
        system: message
            .system
            .clone()
            .filter(|_| message.content.is_blank()),
        command: message.interaction.is_some() || message.interaction_metadata.is_some(),
        attachments: message.attachments.len() as u64,
        embeds: message.embeds.len() as u64,
        stickers: message.sticker_items.len() as u64,
        forwarded: !message.message_snapshots.is_empty(),
        poll: message.poll.is_some(),
        components: !message.components.is_empty(),
        voice: message.flags & flags::IS_VOICE_MESSAGE != 0,
        ..Reply::default()
    }
}

/// The Markdown of a message's preview: its own text or, without one, that of its forward,
/// poll or parts.
fn known_by<'a>(message: &Message<'a>) -> Text<'a> {
    if !message.content.is_blank() {
        return message.content.clone();
    }
    if let Some(snapshot) = message.message_snapshots.first() {
        return snapshot.content.clone();
    }
    if let Some(poll) = &message.poll {
        return escape(&poll.question.text).into();
    }
    let named = || {
        let sticker = message.sticker_items.iter().map(|sticker| &sticker.name);
        let embed = message
            .embeds
            .iter()
            .flat_map(|embed| [&embed.title, &embed.description]);
        // A title may contain inline Markdown; a sticker's name is plain text.
        let sticker = sticker
            .filter(|name| !name.is_blank())
            .map(|name| Text::from(escape(name)));
        let embed = embed.filter(|text| !text.is_blank()).cloned();
        sticker.chain(embed).next()
    };
    shown(&message.components)
        .or_else(named)
        .unwrap_or_default()
}

/// The first text among components; covered if they are covered.
fn shown<'a>(components: &[Component<'a>]) -> Option<Text<'a>> {
    let written = first_text(components, |component| component.content.clone());
    // Other components are previewed by their label.
    written.or_else(|| {
        first_text(components, |component| {
            let words = [&component.label, &component.placeholder, &component.name];
            let pictures = component.items.iter().map(|item| &item.description);
            let mut words = words
                .into_iter()
                .chain(pictures)
                .chain([&component.description]);
            let word = words.find(|word| !word.is_blank());
            word.map(|word| escape(word).into()).unwrap_or_default()
        })
    })
}

fn first_text<'a>(
    components: &[Component<'a>],
    text: impl Fn(&Component<'a>) -> Text<'a> + Copy,
) -> Option<Text<'a>> {
    components.iter().find_map(|component| {
        let own = text(component);
        let found = if own.is_blank() {
            first_text(&component.components, text)?
        } else {
            own
        };
        Some(if component.spoiler {
            "||spoiler||".to_owned().into()
        } else {
            found
        })
    })
}
