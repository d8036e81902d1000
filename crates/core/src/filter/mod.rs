//! Filters messages.

mod caseless;
mod people;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Attachment, Component, Embed, Message, Person, PersonRef, flags};
use crate::snowflake;
use crate::time::{Zone, parse_moment};

use caseless::caseless;
use people::{chosen, is_named};
pub use people::{named, one};

/// Selects messages: those that meet all conditions. A list of values is met by any of them;
/// an empty one is always met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Filter {
    /// Not before this: an ISO 8601 date or time (in the transcript's zone
    /// where it has no offset; UTC without one), or Unix time in seconds.
    pub after: Option<String>,
    /// Before this, written the same way.
    pub before: Option<String>,
    /// Id of the first message.
    pub from_id: Option<String>,
    /// Id of the last message.
    pub to_id: Option<String>,
    /// Written by one of these: ids, user names or display names, in any
    /// case.
    pub author: Vec<String>,
    /// Written by none of these.
    pub not_author: Vec<String>,
    /// Mentions one of these.
    pub mentions: Vec<String>,
    /// Contains one of these texts, ignoring case.
    pub text: Vec<String>,
    /// Contains none of these texts.
    pub not_text: Vec<String>,
    /// Pinned or not.
    pub pinned: Option<bool>,
    /// Has all of these.
    pub has: Vec<Has>,
    /// Has none of these.
    pub has_not: Vec<Has>,
    /// Has a reaction of one of these emoji: characters, names or ids.
    pub reaction: Vec<String>,
}

/// Something that a message may have. The program shows these descriptions in its help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Has {
    /// A file.
    #[default]
    Attachment,
    /// A picture, as a file or in an embed.
    Image,
    /// A video, as a file or in an embed.
    Video,
    /// A sound file or voice message.
    Sound,
    /// A card of a link or an app.
    Embed,
    /// A link in its text.
    Link,
    /// A reaction.
    Reaction,
    /// A sticker.
    Sticker,
    /// A poll or the result of one.
    Poll,
    /// A forwarded message.
    Forward,
    /// A thread that starts from it.
    Thread,
    /// Buttons, menus or layout.
    Component,
    /// A reply to another message.
    Reply,
    /// A mention of a person, role or everyone.
    Mention,
    /// A voice message.
    Voice,
}

/// A compiled filter.
#[derive(Debug)]
pub(crate) struct Matcher<'f> {
    filter: &'f Filter,
    after: Option<i64>,
    before: Option<i64>,
    from: Option<u64>,
    to: Option<u64>,
    text: Vec<String>,
    not_text: Vec<String>,
    authors: Vec<bool>,
    not_authors: Vec<bool>,
    mentions: Vec<bool>,
}

impl<'f> Matcher<'f> {
    /// Compiles a filter for these people.
    ///
    /// # Errors
    /// When a time or id can't be read, or a name is nobody's.
    pub fn new(filter: &'f Filter, people: &[Person], zone: &Zone) -> Result<Self, Error> {
        Ok(Matcher {
            authors: chosen("filter.author", &filter.author, people)?,
            not_authors: chosen("filter.not-author", &filter.not_author, people)?,
            mentions: chosen("filter.mentions", &filter.mentions, people)?,
            ..Self::before_people(filter, zone)?
        })
    }

    /// Compiles a filter before people are known; [`Matcher::meet`] adds them.
    ///
    /// # Errors
    /// When a time or id can't be read.
    pub fn before_people(filter: &'f Filter, zone: &Zone) -> Result<Self, Error> {
        let moment = |name: &str, text: &Option<String>| {
            let Some(text) = text else { return Ok(None) };
            parse_moment(text, zone).map(Some).ok_or_else(|| {
                Error::option(
                    name,
                    format!(
                        "expected a date (\"2024-03-01\"), a time (\"2024-03-01T12:00\") or \
                         Unix time in seconds, got {text:?}"
                    ),
                )
            })
        };
        let id = |name: &str, text: &Option<String>| {
            let Some(text) = text else { return Ok(None) };
            snowflake::parse(text).map(Some).ok_or_else(|| {
                Error::option(name, format!("expected the id of a message, got {text:?}"))
            })
        };
        let folded = |texts: &[String]| texts.iter().map(|text| caseless(text)).collect();
        Ok(Matcher {
            filter,
            after: moment("filter.after", &filter.after)?,
            before: moment("filter.before", &filter.before)?,
            from: id("filter.from-id", &filter.from_id)?,
            to: id("filter.to-id", &filter.to_id)?,
            text: folded(&filter.text),
            not_text: folded(&filter.not_text),
            authors: Vec::new(),
            not_authors: Vec::new(),
            mentions: Vec::new(),
        })
    }

    /// Adds people from `first` on, some of whom the filter may name. [`Matcher::settle`]
    /// decides once all are known.
    pub fn meet(&mut self, people: &[Person], first: usize) {
        for (names, chosen) in self.lists() {
            if names.is_empty() {
                continue;
            }
            chosen.truncate(first);
            for person in people.iter().skip(first) {
                let may_be = |name: &String| {
                    let bare = name.strip_prefix('@').unwrap_or(name);
                    *person.id == *bare || is_named(person, &caseless(bare))
                };
                chosen.push(names.iter().any(may_be));
            }
        }
    }

    /// Decides whom the filter names, once all people are known. True if that differs from what
    /// was assumed before.
    pub fn settle(&mut self, people: &[Person]) -> bool {
        let mut changed = false;
        for (names, chosen) in self.lists() {
            if names.is_empty() {
                continue;
            }
            let mut named_here = vec![false; people.len()];
            for at in names.iter().flat_map(|name| named(name, people)) {
                named_here[at] = true;
            }
            changed |= *chosen != named_here;
            *chosen = named_here;
        }
        changed
    }

    /// The lists of names, with the people that they name.
    fn lists(&mut self) -> [(&'f [String], &mut Vec<bool>); 3] {
        let filter = self.filter;
        [
            (&filter.author, &mut self.authors),
            (&filter.not_author, &mut self.not_authors),
            (&filter.mentions, &mut self.mentions),
        ]
    }

    /// Whether a time may be within the range in any zone that the transcript may turn out to
    /// have.
    pub fn widen(&mut self) {
        const FARTHEST: i64 = 15 * 60 * 60 * 1000;
        self.after = self.after.map(|after| after.saturating_sub(FARTHEST));
        self.before = self.before.map(|before| before.saturating_add(FARTHEST));
    }

    /// Whether the message is kept.
    pub fn keeps(&self, message: &Message) -> bool {
        let filter = self.filter;
        self.keeps_by_itself(message)
            && filter.has.iter().all(|what| has(message, *what))
            && !filter.has_not.iter().any(|what| has(message, *what))
            && self.says(message)
    }

    /// Whether the message may be kept. Called while it is read, before it is complete: data from
    /// other messages is missing, and its text may still change.
    pub fn may_keep(&self, message: &Message) -> bool {
        // Facts of a system message are moved out of its text and embeds later on.
        let is_final = !message.kind.is_system();
        let filter = self.filter;
        let has_certainly = |what: Has| match what {
            // It may turn out not to be a reply.
            Has::Reply => false,
            what => has(message, what),
        };
        let may_have = |what: Has| match what {
            Has::Reply => message.reference.is_some(),
            what => has(message, what),
        };
        self.keeps_by_itself(message)
            && (!is_final || filter.has.iter().all(|what| may_have(*what)))
            && (!is_final || !filter.has_not.iter().any(|what| has_certainly(*what)))
            && (!is_final || may_change(message) || self.says(message))
    }

    /// Whether the message meets the conditions that need no other messages.
    fn keeps_by_itself(&self, message: &Message) -> bool {
        let is = |chosen: &[bool], person: PersonRef| {
            chosen.get(person.index()).copied().unwrap_or_default()
        };
        let by = |chosen: &[bool]| message.author.is_some_and(|author| is(chosen, author));
        let filter = self.filter;
        let ms = message.timestamp.map(|time| time.ms);
        self.after
            .is_none_or(|after| ms.is_some_and(|ms| ms >= after))
            && self
                .before
                .is_none_or(|before| ms.is_some_and(|ms| ms < before))
            && self.in_range(&message.id)
            && (filter.author.is_empty() || by(&self.authors))
            && !by(&self.not_authors)
            && (filter.mentions.is_empty()
                || message
                    .mentions
                    .iter()
                    .any(|person| is(&self.mentions, *person)))
            && filter.pinned.is_none_or(|pinned| message.pinned == pinned)
            && (filter.reaction.is_empty() || self.reacted(message))
    }

    fn in_range(&self, id: &str) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        snowflake::parse(id).is_some_and(|id| {
            self.from.is_none_or(|from| id >= from) && self.to.is_none_or(|to| id <= to)
        })
    }

    fn reacted(&self, message: &Message) -> bool {
        message.reactions.iter().any(|reaction| {
            let emoji = &reaction.emoji;
            self.filter.reaction.iter().any(|asked| {
                let asked = asked.trim_matches(':');
                is_same_emoji(&emoji.name, asked) || *emoji.id == *asked || *emoji.code == *asked
            })
        })
    }

    fn says(&self, message: &Message) -> bool {
        if self.text.is_empty() && self.not_text.is_empty() {
            return true;
        }
        let mut all = caseless(&message.content);
        let mut add = |text: &str| {
            all.push('\n');
            all.push_str(&caseless(text));
        };
        for snapshot in &message.message_snapshots {
            add(&snapshot.content);
        }
        for embed in &message.embeds {
            add(&embed.title);
            add(&embed.description);
            for field in &embed.fields {
                add(&field.name);
                add(&field.value);
            }
        }
        for attachment in &message.attachments {
            add(&attachment.filename);
            add(&attachment.description);
        }
        if let Some(poll) = &message.poll {
            add(&poll.question.text);
            for answer in &poll.answers {
                add(&answer.poll_media.text);
            }
        }
        shown(&message.components, &mut add);
        (self.text.is_empty() || self.text.iter().any(|text| all.contains(text)))
            && !self.not_text.iter().any(|text| all.contains(text))
    }
}

/// Whether two names of emoji are the same. Exporters and keyboards write some with U+FE0F and some
/// without.
fn is_same_emoji(one: &str, other: &str) -> bool {
    let counts = |c: &char| *c != '\u{fe0f}';
    one.chars().filter(counts).eq(other.chars().filter(counts))
}

/// Texts that components show.
fn shown(components: &[Component], add: &mut dyn FnMut(&str)) {
    for component in components {
        add(&component.content);
        add(&component.label);
        shown(&component.components, add);
    }
}

fn has(message: &Message, what: Has) -> bool {
    let file = |fits: fn(&Attachment) -> bool| {
        message.attachments.iter().any(fits)
            || message
                .message_snapshots
                .iter()
                .any(|s| s.attachments.iter().any(fits))
    };
    let card = |fits: fn(&Embed) -> bool| message.embeds.iter().any(fits);
    match what {
        Has::Attachment => file(|_| true),
        Has::Image => {
            file(|a| {
                a.is_kind(
                    "image/",
                    &["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"],
                )
            }) || card(|e| e.image.is_some() || &*e.kind == "image")
        }
        Has::Video => {
            file(|a| a.is_kind("video/", &["mp4", "mov", "webm", "mkv"]))
                || card(|e| e.video.is_some())
        }
        Has::Sound => file(|a| a.is_kind("audio/", &["mp3", "ogg", "wav", "flac", "m4a"])),
        Has::Embed => !message.embeds.is_empty(),
        Has::Link => ["http://", "https://"]
            .iter()
            .any(|start| message.content.contains(start)),
        Has::Reaction => !message.reactions.is_empty(),
        Has::Sticker => !message.sticker_items.is_empty(),
        Has::Poll => message.poll.is_some() || message.poll_result.is_some(),
        Has::Forward => !message.message_snapshots.is_empty(),
        Has::Thread => message.thread.is_some() || message.flags & flags::HAS_THREAD != 0,
        Has::Component => !message.components.is_empty(),
        Has::Reply => message.reply.is_some(),
        Has::Mention => {
            message.mention_everyone
                || !message.mentions.is_empty()
                || !message.mention_roles.is_empty()
        }
        Has::Voice => {
            message.flags & flags::IS_VOICE_MESSAGE != 0
                || file(|a| a.waveform.is_some() || &*a.filename == "voice-message.ogg")
        }
    }
}

/// Whether the texts of a message may still change: plain mentions and emoji are turned back
/// into Discord's tokens.
fn may_change(message: &Message) -> bool {
    let may = |text: &str| text.bytes().any(|byte| matches!(byte, b'@' | b'#' | b':'));
    let embeds = || {
        message.embeds.iter().any(|embed| {
            let fields = || embed.fields.iter().any(|f| may(&f.name) || may(&f.value));
            may(&embed.title) || may(&embed.description) || fields()
        })
    };
    let snapshots = || message.message_snapshots.iter().any(|s| may(&s.content));
    may(&message.content) || snapshots() || embeds()
}
