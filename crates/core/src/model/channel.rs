//! Channels and threads.

use super::{ChannelType, PersonRef, Tree};
use crate::record::record;
use crate::text::Text;
use crate::time::Timestamp;

record! {
    /// A channel, thread or direct message.
    Channel {
        /// Id.
        id: Text<'a> = "id",
        /// Kind.
        kind: Option<ChannelType> = "type",
        /// Name; for direct messages the other people's names.
        name: Text<'a> = "name",
        /// Topic, Markdown.
        topic: Text<'a> = "topic",
        /// Id of the parent: a category, or the channel of a thread.
        parent_id: Text<'a> = "parent_id" | "categoryId",
        /// Name of the parent.
        parent: Text<'a> = "parent" | "category",
        /// Icon of a group: URL or path.
        icon_url: Text<'a> = "icon_url" | "iconUrl",
        /// Hash of the icon.
        icon: Text<'a> = "icon",
        /// Id of its server.
        guild_id: Text<'a> = "guild_id",
        /// People of a direct message or group.
        recipients: Vec<PersonRef> = "recipients",
        /// Id of the user who started it.
        owner_id: Text<'a> = "owner_id",
        /// Id of the newest message.
        last_message_id: Text<'a> = "last_message_id",
        /// Time of the newest pin.
        last_pin_timestamp: Option<Timestamp> = "last_pin_timestamp",
        /// Place in the list.
        position: i64 = "position",
        /// Whether it is age-restricted.
        nsfw: bool = "nsfw",
        /// Slow mode: seconds between two messages of a person.
        rate_limit_per_user: u64 = "rate_limit_per_user",
        /// Messages, in a thread.
        message_count: u64 = "message_count",
        /// Members, in a thread; Discord stops at 50.
        member_count: u64 = "member_count",
        /// Messages ever sent, deleted ones included.
        total_message_sent: u64 = "total_message_sent",
        /// State of a thread.
        thread_metadata: Option<Thread<'a>> = "thread_metadata",
        /// Tags of a forum post.
        applied_tags: Vec<Text<'a>> = "applied_tags",
        /// Bits.
        flags: u64 = "flags",
    }
    computed {
        /// Tree of the topic, for Typst.
        topic_tree: Option<Box<Tree>> = "topic_tree",
    }
}

record! {
    /// State of a thread.
    Thread {
        /// Whether it is closed.
        archived: bool = "archived",
        /// Minutes until it closes.
        auto_archive_duration: u64 = "auto_archive_duration",
        /// When it was last closed or opened.
        archive_timestamp: Option<Timestamp> = "archive_timestamp",
        /// When it was created.
        create_timestamp: Option<Timestamp> = "create_timestamp",
        /// Only moderators may open it.
        locked: bool = "locked",
        /// Anyone may invite.
        invitable: bool = "invitable",
    }
}
