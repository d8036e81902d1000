//! The message that a message replies to.

use serde::{Serialize, Serializer};

use super::{PersonRef, System, Tree};
use crate::record::{computed, plain, record};
use crate::text::Text;

record! {
    /// The message that another replies to, or that a thread starts from, as far as it is known.
    Reply {}
    computed {
        /// What is known about it.
        state: ReplyState = "state",
        /// Index in [`Transcript::messages`](super::Transcript::messages).
        message: Option<usize> = "message",
        /// Its id.
        id: Text<'a> = "id",
        /// Its author.
        author: Option<PersonRef> = "author",
        /// Its preview, Markdown: its content or, without any, that of its forward, poll or parts.
        content: Text<'a> = "content",
        /// Tree of `content`, on one line.
        tree: Option<Box<Tree>> = "tree",
        /// It mentions its author.
        mentions_author: bool = "mentions_author",
        /// It was edited.
        edited: bool = "edited",
        /// Facts of a system message.
        system: Option<Box<System<'a>>> = "system",
        /// It responds to a command.
        command: bool = "command",
        /// Number of its attachments.
        attachments: u64 = "attachments",
        /// Number of its embeds.
        embeds: u64 = "embeds",
        /// Number of its stickers.
        stickers: u64 = "stickers",
        /// It holds a forwarded message.
        forwarded: bool = "forwarded",
        /// It is a poll.
        poll: bool = "poll",
        /// It is built of components.
        components: bool = "components",
        /// It is a voice message.
        voice: bool = "voice",
    }
}

/// What is known about the message.
///
/// Written as `here`, `left-out`, `quoted`, `deleted` or `unknown`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReplyState {
    /// It is in the transcript.
    Here,
    /// It was in the inputs, but the filter left it out.
    LeftOut,
    /// It came with the reply, and isn't in the inputs itself.
    Quoted,
    /// Discord said that it was deleted.
    Deleted,
    /// Nothing is known: deleted, or outside of the export.
    #[default]
    Unknown,
}

impl ReplyState {
    /// The name it is written as.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ReplyState::Here => "here",
            ReplyState::LeftOut => "left-out",
            ReplyState::Quoted => "quoted",
            ReplyState::Deleted => "deleted",
            ReplyState::Unknown => "unknown",
        }
    }
}

impl Serialize for ReplyState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

plain! {
    ReplyState: |_| false;
    usize: |_| false;
}

computed! { ReplyState, usize }
