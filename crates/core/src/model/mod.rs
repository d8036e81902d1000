//! The transcript model: one structure for every kind of input, named after Discord's
//! developer documentation.
//!
//! Empty fields are not written: absent means empty, false or zero.

mod attachment;
mod channel;
mod color;
mod component;
mod embed;
mod emoji;
mod guild;
mod interaction;
mod kind;
mod known;
mod message;
mod person;
mod poll;
mod reaction;
mod reply;
mod role;
mod sticker;
mod system;
mod transcript;
mod tree;
mod waveform;

pub use attachment::Attachment;
pub use channel::{Channel, Thread};
pub use color::Color;
pub use component::{Component, GalleryItem, Media, SelectOption};
pub use embed::{Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedMedia, EmbedProvider};
pub use emoji::Emoji;
pub use guild::Guild;
pub use interaction::Interaction;
pub use kind::{ChannelType, MessageType};
pub use known::{KnownRecord, known_records};
pub use message::{Call, ChannelMention, Message, Reference, ReferenceType, Snapshot, Times};
pub use person::{Member, Person, PersonRef, ServerTag};
pub use poll::{AnswerCount, Poll, PollAnswer, PollMedia, PollResult, PollResults};
pub use reaction::{CountDetails, Reaction};
pub use reply::{Reply, ReplyState};
pub use role::{Role, RoleColors};
pub use sticker::{Sticker, StickerFormat};
pub use system::{Notice, System, SystemVariant};
pub use transcript::{DateRange, Source, Transcript};
pub use tree::Tree;
pub use waveform::Waveform;
#[cfg(feature = "all-formats")]
pub(crate) use waveform::base64;

pub use crate::record::{Blank, Extra, Spot, Visit, Walk};
pub use crate::time::Timestamp;

/// Flags of [`Message::flags`].
pub mod flags {
    /// Published to following channels.
    pub const CROSSPOSTED: u64 = 1 << 0;
    /// Came from a followed channel.
    pub const IS_CROSSPOST: u64 = 1 << 1;
    /// Embeds are hidden.
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    /// The message it was published from is gone.
    pub const SOURCE_MESSAGE_DELETED: u64 = 1 << 3;
    /// A message of Discord's urgent message system.
    pub const URGENT: u64 = 1 << 4;
    /// Has a thread with the same id.
    pub const HAS_THREAD: u64 = 1 << 5;
    /// Only the user who used the command could see it.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// The app is "thinking…".
    pub const LOADING: u64 = 1 << 7;
    /// Sent with `@silent`.
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    /// A voice message.
    pub const IS_VOICE_MESSAGE: u64 = 1 << 13;
    /// Holds forwarded messages.
    pub const HAS_SNAPSHOT: u64 = 1 << 14;
    /// Built of components, without content and embeds.
    pub const IS_COMPONENTS_V2: u64 = 1 << 15;
}
