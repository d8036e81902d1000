//! Merges several inputs into one transcript: messages are sorted and deduplicated.

use super::{Document, Reader};
use crate::index::Index;
use crate::model::{
    Blank, Channel, ChannelType, Guild, Member, Message, MessageType, PersonRef, Role, Source,
    Timestamp, Transcript,
};
use crate::order::sort_by;
use crate::snowflake;
use crate::text::Text;
use crate::warning::{InputPlace, codes};

/// Merges the inputs; people stay with the reader.
pub fn merge<'a>(documents: Vec<Document<'a>>, reader: &mut Reader) -> Transcript<'a> {
    let mut transcript = Transcript::default();
    let mut messages: Vec<Message> = Vec::new();
    let mut main = String::new();
    let mut names: Vec<(Text, Text)> = Vec::new();
    // Inputs that only describe messages of others come last.
    let (companions, documents): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| document.is_companion);
    for (input, mut document) in documents.into_iter().enumerate() {
        let channel = channel_of(&document);
        if input == 0 {
            transcript.source = document.source;
            main.clone_from(&channel);
        } else if !channel.is_empty() && channel != main {
            warn_of_another_channel(reader, input, &main, &channel);
        }
        let mut own = std::mem::take(&mut document.messages);
        place_in(&channel, &main, &mut own);
        if messages.is_empty() {
            messages = own;
        } else {
            messages.append(&mut own);
        }
        add(&mut transcript, document, reader);
    }
    // In a transcript of several channels, each message names its channel, even those of the
    // first.
    if messages
        .iter()
        .any(|message| !message.channel_id.is_blank())
    {
        for message in messages
            .iter_mut()
            .filter(|message| message.channel_id.is_blank())
        {
            message.channel_id = main.clone().into();
        }
    }
    for companion in companions {
        if transcript.channel.is_none() {
            transcript.channel = companion.channel;
        }
        if transcript.guild.is_none() {
            transcript.guild = companion.guild;
        }
        names.extend(companion.channel_names);
        transcript.channels.extend(companion.channels);
        if let Some(owner) = companion.owner {
            claim(&mut messages, owner, reader);
        }
    }
    if transcript.channel.is_none() && !main.is_empty() {
        transcript.channel = Some(Channel {
            id: main.into(),
            ..Channel::default()
        });
    }
    if let Some(guild) = &mut transcript.guild {
        transcript.channels.append(&mut guild.channels);
        // The exporter's placeholder for "no server".
        if &*guild.id == "0" && transcript.source == Source::DiscordChatExporter {
            transcript.guild = None;
        }
    }
    if let Some(channel) = &mut transcript.channel
        && channel.name.is_blank()
        && let Some((_, name)) = names.iter().find(|(id, _)| *id == channel.id)
    {
        channel.name = name.clone();
    }
    name_channels(&mut transcript, &messages);
    if let Some(channel) = &mut transcript.channel
        && channel.name.is_blank()
        && let Some(named) = transcript.channels.iter().find(|one| one.id == channel.id)
    {
        channel.name = named.name.clone();
        channel.kind = channel.kind.or(named.kind);
    }
    set_times(&mut messages, reader);
    sort(&mut messages);
    dedupe(&mut messages, reader);
    transcript.total = messages.len() as u64;
    transcript.messages = messages;
    transcript
}

/// Makes a data package's owner the author of its messages, which have none.
fn claim(messages: &mut [Message], owner: PersonRef, reader: &mut Reader) {
    let nobody = |person: PersonRef| {
        let person = reader.people.list.get(person.index());
        person.is_some_and(|person| &*person.id == "0")
    };
    for message in messages {
        if message.author.is_some_and(nobody) {
            message.author = Some(owner);
        }
    }
}

/// Adds all of an input but its messages.
fn add<'a>(transcript: &mut Transcript<'a>, document: Document<'a>, reader: &mut Reader) {
    match (&mut transcript.channel, document.channel) {
        (known @ None, channel) => *known = channel,
        (Some(known), Some(channel)) if known.id != channel.id => {
            transcript.channels.push(channel);
        }
        _ => {}
    }
    if transcript.guild.is_none() {
        transcript.guild = document.guild;
    }
    transcript.channels.extend(document.channels);
    add_roles(&mut transcript.guild, document.roles);
    join(&document.members, reader);
    widen(transcript, document.date_range);
    transcript.exported_at = transcript.exported_at.max(document.exported_at);
    transcript.extra.extend(document.extra);
}

/// Adds a list of members to the people.
pub fn join(members: &[Member], reader: &mut Reader) {
    for member in members {
        if let Some(person) = member.user {
            reader.people.join(person, member);
        }
    }
}

fn warn_of_another_channel(reader: &mut Reader, input: usize, main: &str, channel: &str) {
    reader.warnings.add(
        codes::SEVERAL_CHANNELS,
        InputPlace {
            input,
            ..InputPlace::default()
        },
        format!(
            "expected a part of the same channel ({main}), got channel {channel}; \
             their messages are put together by time"
        ),
    );
}

/// Sets the channel of messages that aren't from the transcript's own.
fn place_in(channel: &str, main: &str, messages: &mut [Message]) {
    for message in messages {
        if message.channel_id.is_blank() && !channel.is_empty() {
            message.channel_id = channel.to_owned().into();
        }
        if *message.channel_id == *main {
            message.channel_id = "".into();
        }
    }
}

/// The id of an input's channel: its own, or that of its first message.
fn channel_of(document: &Document) -> String {
    let own = document.channel.as_ref().map(|channel| &*channel.id);
    let first = || {
        document
            .messages
            .first()
            .map(|message| &*message.channel_id)
    };
    own.filter(|id| !id.is_empty())
        .or_else(first)
        .unwrap_or_default()
        .to_owned()
}

/// Collects threads and channels that messages refer to, for mentions.
fn name_channels<'a>(transcript: &mut Transcript<'a>, messages: &[Message<'a>]) {
    let mut seen = Index::default();
    transcript
        .channels
        .retain(|channel| seen.insert(channel.id.clone(), 0).is_none());
    let found = messages
        .iter()
        .flat_map(named_channels)
        .filter(|channel| seen.insert(channel.id.clone(), 0).is_none());
    transcript.channels.extend(found);
}

/// Threads and channels of other servers that a message refers to.
pub fn named_channels<'a>(message: &Message<'a>) -> impl Iterator<Item = Channel<'a>> {
    let thread = message.thread.as_deref().map(|thread| Channel {
        id: thread.id.clone(),
        kind: thread.kind,
        name: thread.name.clone(),
        parent_id: thread.parent_id.clone(),
        ..Channel::default()
    });
    let mentioned = message.mention_channels.iter().map(|channel| Channel {
        id: channel.id.clone(),
        kind: u16::try_from(channel.kind).ok().map(ChannelType),
        name: channel.name.clone(),
        guild_id: channel.guild_id.clone(),
        ..Channel::default()
    });
    thread.into_iter().chain(mentioned)
}

fn add_roles<'a>(guild: &mut Option<Guild<'a>>, roles: Vec<Role<'a>>) {
    if roles.is_empty() {
        return;
    }
    let known = &mut guild.get_or_insert_default().roles;
    let mut seen: Index = known.iter().map(|role| (role.id.clone(), 0)).collect();
    known.extend(
        roles
            .into_iter()
            .filter(|role| seen.insert(role.id.clone(), 0).is_none()),
    );
}

/// Partitions state the range of the whole export. Separate exports of the same channel
/// don't, and then the transcript spans both.
fn widen<'a>(transcript: &mut Transcript<'a>, range: Option<crate::model::DateRange<'a>>) {
    let Some(range) = range else { return };
    match &mut transcript.date_range {
        known @ None => *known = Some(range),
        Some(known) => {
            let open = known.after.is_none() || range.after.is_none();
            known.after = if open {
                None
            } else {
                known.after.min(range.after)
            };
            let open = known.before.is_none() || range.before.is_none();
            known.before = if open {
                None
            } else {
                known.before.max(range.before)
            };
        }
    }
}

/// Gives a message without a time that of its id.
pub fn set_time(message: &mut Message) {
    if message.timestamp.is_none() {
        let id = snowflake::parse(&message.id).filter(|id| id >> 22 > 0);
        message.timestamp = id.map(|id| Timestamp {
            ms: snowflake::time_ms(id),
            offset: 0,
        });
    }
}

/// Gives messages without a time that of their id, and drops the placeholder times (year 1)
/// that the exporter gives forwarded messages.
fn set_times(messages: &mut [Message], reader: &mut Reader) {
    for message in messages {
        set_time(message);
        // Unreadable messages have a warning already.
        let is_read = message.kind != MessageType::UNREADABLE;
        if is_read && (message.timestamp.is_none() || message.id.is_blank()) {
            let what = if message.id.is_blank() {
                "id"
            } else {
                "timestamp"
            };
            reader.warnings.count(
                codes::MISSING_FIELD,
                "Message",
                what,
                InputPlace::default,
                || {
                    format!(
                        "expected `{what}` in every message, got one without; \
                     it stays where it stands in the input"
                    )
                },
            );
        }
        for snapshot in &mut message.message_snapshots {
            snapshot.timestamp = snapshot
                .timestamp
                .filter(|time| time.ms >= snowflake::EPOCH_MS);
        }
    }
}

/// Sorts from oldest to newest by time, then id. Messages without a time stay after the one
/// they followed.
fn sort(messages: &mut Vec<Message>) {
    let mut last = (i64::MIN, 0);
    let keys: Vec<(i64, u64)> = messages
        .iter()
        .map(|message| {
            if let Some(time) = message.timestamp {
                last = (time.ms, snowflake::parse(&message.id).unwrap_or_default());
            }
            last
        })
        .collect();
    if keys.is_sorted() {
        return;
    }
    if keys.is_sorted_by(|a, b| a >= b) {
        messages.reverse();
        return;
    }
    let mut keyed: Vec<_> = keys.into_iter().zip(std::mem::take(messages)).collect();
    sort_by(&mut keyed, |(a, _), (b, _)| a.cmp(b));
    messages.extend(keyed.into_iter().map(|(_, message)| message));
}

/// Whether two messages of the same id are one. An id that isn't Discord's may be anything,
/// such as 0 for all; an edit doesn't change when a message was sent.
fn is_one(a: &Message, b: &Message) -> bool {
    const SAME_MS: u64 = 1000;
    let is_snowflake = snowflake::parse(&a.id).is_some_and(|id| id >> 22 > 0);
    let times = a.timestamp.zip(b.timestamp);
    is_snowflake || times.is_none_or(|(a, b)| a.ms.abs_diff(b.ms) < SAME_MS)
}

/// Keeps one message per id: the one edited last, or else the one of the later input.
fn dedupe(messages: &mut Vec<Message>, reader: &mut Reader) {
    let mut differ: Vec<String> = Vec::new();
    messages.dedup_by(|later, kept| {
        let same = !later.id.is_blank() && later.id == kept.id && is_one(later, kept);
        if same {
            if (later.content != kept.content || later.edited_timestamp != kept.edited_timestamp)
                && kept.kind != MessageType::UNREADABLE
            {
                differ.push(later.id.to_string());
            }
            if later.edited_timestamp >= kept.edited_timestamp {
                std::mem::swap(later, kept);
            }
        }
        same
    });
    for id in differ {
        let place = || InputPlace {
            message: Some(id.clone()),
            ..InputPlace::default()
        };
        reader
            .warnings
            .count(codes::DUPLICATE, "Message", "", place, || {
                "the same message came twice with different content; the one edited last is kept"
                    .into()
            });
    }
}
