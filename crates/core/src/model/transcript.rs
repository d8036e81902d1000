//! Transcripts.

use serde::{Serialize, Serializer};

use super::{Channel, Guild, Message, Person};
use crate::record::{computed, plain, record};
use crate::text::Text;
use crate::time::Timestamp;

record! {
    /// The messages of a channel, and everything that they refer to.
    Transcript {}
    computed {
        /// The kind of input that it came from.
        source: Source = "source",
        /// The server.
        guild: Option<Guild<'a>> = "guild",
        /// The channel.
        channel: Option<Channel<'a>> = "channel",
        /// Other channels in the inputs: channels of the server, threads, and mentioned ones.
        channels: Vec<Channel<'a>> = "channels",
        /// Everyone, in the order of their first appearance.
        people: Vec<Person<'a>> = "people",
        /// The messages in order.
        messages: Vec<Message<'a>> = "messages",
        /// The range of dates that was exported.
        date_range: Option<DateRange<'a>> = "date_range",
        /// When it was exported.
        exported_at: Option<Timestamp> = "exported_at",
        /// `exported_at` as text: `April 20, 2021 at 4:20 PM`.
        exported: Text<'a> = "exported",
        /// The number of messages in the inputs, without duplicates.
        total: u64 = "total",
        /// The number of messages that the filter removed.
        filtered_out: u64 = "filtered_out",
        /// Name of the time zone.
        timezone: Text<'a> = "timezone",
        /// Whether names and ids are replaced.
        anonymized: bool = "anonymized",
    }
}

record! {
    /// The range of dates that was exported; open at an absent end.
    DateRange {
        /// Not before this.
        after: Option<Timestamp> = "after",
        /// Not after this.
        before: Option<Timestamp> = "before",
    }
    computed {
        /// `after` in words: `April 20, 2021 at 4:20 PM`.
        after_text: Text<'a> = "after_text",
        /// `before` in words.
        before_text: Text<'a> = "before_text",
    }
}

/// The kind of input that a transcript came from. Written as `discord-chat-exporter` or
/// `discord-api`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// DiscordChatExporter JSON.
    #[default]
    DiscordChatExporter,
    /// Messages as Discord's API gives them.
    DiscordApi,
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Source::DiscordChatExporter => "discord-chat-exporter",
            Source::DiscordApi => "discord-api",
        })
    }
}

plain! { Source: |_| false; }

computed! { Source }
