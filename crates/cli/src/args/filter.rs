//! Options that select messages.

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, ValueEnum};
use scrollback_core::filter::{Filter, Has};

use super::message::{NamedMessage, parse_message};

/// Selects messages that match all options. If an option is repeated, one of its values
/// is enough, except for `--has`.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Which messages of exports")]
pub struct FilterArgs {
    /// Sent at or after this date or time: 2024-03-01, 2024-03-01T12:00, or seconds
    /// since 1970
    #[arg(long, value_name = "TIME")]
    pub after: Option<String>,

    /// Before this date or time
    #[arg(long, value_name = "TIME")]
    pub before: Option<String>,

    /// The first message: its id or link
    #[arg(long, value_name = "MESSAGE", value_parser = parse_message)]
    pub from_id: Option<NamedMessage>,

    /// The last message: its id or link
    #[arg(long, value_name = "MESSAGE", value_parser = parse_message)]
    pub to_id: Option<NamedMessage>,

    /// Written by this person: an id or a name; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub author: Vec<String>,

    /// Not written by this person; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub not_author: Vec<String>,

    /// Mentions this person; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub mentions: Vec<String>,

    /// Contains this text, ignoring case; may be repeated
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub text: Vec<String>,

    /// Doesn't contain this text; may be repeated
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub not_text: Vec<String>,

    /// Pinned
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub pinned_only: bool,

    /// Has this; may be repeated or separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub has: Vec<MessagePart>,

    /// Doesn't have this; may be repeated or separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub has_not: Vec<MessagePart>,

    /// Has this emoji as a reaction: a character, name or id; may be repeated
    #[arg(long, value_name = "EMOJI", value_parser = NonEmptyStringValueParser::new())]
    pub reaction: Vec<String>,
}

/// Something that a message may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessagePart {
    /// A file
    Attachment,
    /// A picture, as a file or in an embed
    Image,
    /// A video, as a file or in an embed
    Video,
    /// A sound file or voice message
    Sound,
    /// A card of a link or an app
    Embed,
    /// A link in its text
    Link,
    /// A reaction
    Reaction,
    /// A sticker
    Sticker,
    /// A poll or the result of one
    Poll,
    /// A forwarded message
    Forward,
    /// A thread that starts from it
    Thread,
    /// Buttons, menus or layout
    Component,
    /// A reply to another message
    Reply,
    /// A mention of a person, role or everyone
    Mention,
    /// A voice message
    Voice,
}

impl From<MessagePart> for Has {
    fn from(part: MessagePart) -> Self {
        match part {
            MessagePart::Attachment => Self::Attachment,
            MessagePart::Image => Self::Image,
            MessagePart::Video => Self::Video,
            MessagePart::Sound => Self::Sound,
            MessagePart::Embed => Self::Embed,
            MessagePart::Link => Self::Link,
            MessagePart::Reaction => Self::Reaction,
            MessagePart::Sticker => Self::Sticker,
            MessagePart::Poll => Self::Poll,
            MessagePart::Forward => Self::Forward,
            MessagePart::Thread => Self::Thread,
            MessagePart::Component => Self::Component,
            MessagePart::Reply => Self::Reply,
            MessagePart::Mention => Self::Mention,
            MessagePart::Voice => Self::Voice,
        }
    }
}

impl FilterArgs {
    /// Core's filter.
    pub fn filter(&self) -> Filter {
        let has = |parts: &[MessagePart]| parts.iter().map(|part| (*part).into()).collect();
        Filter {
            after: self.after.clone(),
            before: self.before.clone(),
            from_id: self.from_id.as_ref().map(|message| message.id.clone()),
            to_id: self.to_id.as_ref().map(|message| message.id.clone()),
            author: self.author.clone(),
            not_author: self.not_author.clone(),
            mentions: self.mentions.clone(),
            text: self.text.clone(),
            not_text: self.not_text.clone(),
            pinned: self.pinned_only.then_some(true),
            has: has(&self.has),
            has_not: has(&self.has_not),
            reaction: self.reaction.clone(),
        }
    }
}
