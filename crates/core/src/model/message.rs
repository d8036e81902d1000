//! Messages.

use serde::{Serialize, Serializer};

use super::{
    Attachment, Channel, Component, Embed, Emoji, Interaction, Member, MessageType, PersonRef,
    Poll, PollResult, Reaction, Reply, Sticker, System, Tree,
};
use crate::json::Json;
use crate::record::{Read, ReadContext, plain, record};
use crate::text::Text;
use crate::time::Timestamp;

record! {
    /// A message.
    Message {
        /// Id.
        id: Text<'a> = "id",
        /// Type; absent for ordinary messages.
        kind: MessageType = "type",
        /// When it was sent.
        timestamp: Option<Timestamp> = "timestamp",
        /// When it was last edited.
        edited_timestamp: Option<Timestamp> = "edited_timestamp" | "timestampEdited",
        /// Was edited at an unknown time.
        edited: bool = "edited",
        /// Who wrote it.
        author: Option<PersonRef> = "author",
        /// Text, Markdown.
        content: Text<'a> = "content",
        /// Pinned.
        pinned: bool = "pinned" | "isPinned",
        /// Read aloud.
        tts: bool = "tts",
        /// Bits; see [`flags`](super::flags).
        flags: u64 = "flags",
        /// Id of the channel, if the messages are from several.
        channel_id: Text<'a> = "channel_id",
        /// Id of the server, if it isn't the transcript's.
        guild_id: Text<'a> = "guild_id",
        /// Id of the webhook that wrote it.
        webhook_id: Text<'a> = "webhook_id",
        /// Id of the app that wrote it.
        application_id: Text<'a> = "application_id",
        /// Files.
        attachments: Vec<Attachment<'a>> = "attachments",
        /// Embeds.
        embeds: Vec<Embed<'a>> = "embeds",
        /// Stickers.
        sticker_items: Vec<Sticker<'a>> = "sticker_items" | "stickers",
        /// Reactions.
        reactions: Vec<Reaction<'a>> = "reactions",
        /// Buttons, selects and layout.
        components: Vec<Component<'a>> = "components",
        /// Poll.
        poll: Option<Box<Poll<'a>>> = "poll",
        /// People mentioned. A reply may mention the person it replies to.
        mentions: Vec<PersonRef> = "mentions",
        /// Ids of roles mentioned.
        mention_roles: Vec<Text<'a>> = "mention_roles",
        /// Channels of other servers mentioned.
        mention_channels: Vec<ChannelMention<'a>> = "mention_channels",
        /// Mentions everyone.
        mention_everyone: bool = "mention_everyone",
        /// The message that it replies to, forwards or follows.
        reference: Option<Box<Reference<'a>>> = "message_reference" | "reference",
        /// Copy of the message that it replies to, if the input has one.
        referenced_message: Option<Box<Message<'a>>> = "referenced_message",
        /// Whether Discord said that the message it replies to is deleted.
        reference_deleted: bool = "reference_deleted",
        /// The messages that it forwards.
        message_snapshots: Vec<Snapshot<'a>> = "message_snapshots" | "forwardedMessage",
        /// The command it responds to.
        interaction: Option<Box<Interaction<'a>>> = "interaction",
        /// The same, in its newer form.
        interaction_metadata: Option<Box<Interaction<'a>>> = "interaction_metadata",
        /// The call it reports.
        call: Option<Box<Call<'a>>> = "call",
        /// End of the call it reports.
        call_ended_timestamp: Option<Timestamp> = "call_ended_timestamp" | "callEndedTimestamp",
        /// The thread that starts from it.
        thread: Option<Box<Channel<'a>>> = "thread",
        /// Emoji in the content, as far as the exporter lists them.
        inline_emojis: Vec<Emoji<'a>> = "inline_emojis" | "inlineEmojis",
        /// Author's data in the server, if the input has it separately.
        member: Option<Box<Member<'a>>> = "member",
        /// Approximate position in its thread.
        position: u64 = "position",
        /// Nonce, by which the sender recognises it.
        nonce: Text<'a> = "nonce",
        /// Invitation to a game or to listen along.
        activity: Option<Box<Json<'a>>> = "activity",
        /// App of the invitation.
        application: Option<Box<Json<'a>>> = "application",
        /// Subscription that was bought.
        role_subscription_data: Option<Box<Json<'a>>> = "role_subscription_data",
        /// Purchase that it reports.
        purchase_notification: Option<Box<Json<'a>>> = "purchase_notification",
        /// Gift that it reports.
        gift_info: Option<Box<Json<'a>>> = "gift_info",
        /// Users, roles and channels of its components.
        resolved: Option<Box<Json<'a>>> = "resolved",
        /// Client theme it shares.
        shared_client_theme: Option<Box<Json<'a>>> = "shared_client_theme",
    }
    computed {
        /// The message that it replies to, resolved.
        reply: Option<Box<Reply<'a>>> = "reply",
        /// The message that its thread starts from, resolved.
        starter: Option<Box<Reply<'a>>> = "starter",
        /// The name of its channel, if the messages are from several: `#name`.
        origin: Text<'a> = "origin",
        /// Result of a poll.
        poll_result: Option<Box<PollResult<'a>>> = "poll_result",
        /// Facts of a system message.
        system: Option<Box<System<'a>>> = "system",
        /// Formatted times.
        time: Option<Box<Times<'a>>> = "time",
        /// Tree of the content, for Typst.
        tree: Option<Box<Tree>> = "tree",
        /// The shape of the content, if Typst needn't analyse it: `line`, `emoji` or `blocks`.
        shape: Text<'a> = "shape",
        /// Where it is placed if it belongs to a thread: under the message that the thread started
        /// from (1), or after all messages of the channel (2).
        nested: u64 = "nested",
        /// The name of the thread whose first message it is.
        begun: Text<'a> = "begun",
        /// Its number in a numbered transcript.
        number: u64 = "number",
    }
}

record! {
    /// A reference to the message that a message replies to, forwards or follows.
    Reference {
        /// Why it refers to the message.
        kind: ReferenceType = "type",
        /// Id of the message.
        message_id: Text<'a> = "message_id" | "messageId",
        /// Id of its channel.
        channel_id: Text<'a> = "channel_id" | "channelId",
        /// Id of its server.
        guild_id: Text<'a> = "guild_id" | "guildId",
    }
}

impl Reference<'_> {
    /// Whether the message is a forwarded one.
    #[must_use]
    pub fn is_forward(&self) -> bool {
        self.kind == ReferenceType::Forward
    }
}

record! {
    /// A copy of a forwarded message. Discord doesn't say who wrote it.
    Snapshot {
        /// Type.
        kind: MessageType = "type",
        /// Text, Markdown.
        content: Text<'a> = "content",
        /// When it was sent.
        timestamp: Option<Timestamp> = "timestamp",
        /// When it was last edited.
        edited_timestamp: Option<Timestamp> = "edited_timestamp" | "timestampEdited",
        /// Bits; see [`flags`](super::flags).
        flags: u64 = "flags",
        /// Files.
        attachments: Vec<Attachment<'a>> = "attachments",
        /// Embeds.
        embeds: Vec<Embed<'a>> = "embeds",
        /// Stickers.
        sticker_items: Vec<Sticker<'a>> = "sticker_items" | "stickers",
        /// Buttons, selects and layout.
        components: Vec<Component<'a>> = "components",
        /// People mentioned.
        mentions: Vec<PersonRef> = "mentions",
        /// Ids of roles mentioned.
        mention_roles: Vec<Text<'a>> = "mention_roles",
        /// Emoji in the content, as far as the exporter lists them.
        inline_emojis: Vec<Emoji<'a>> = "inline_emojis" | "inlineEmojis",
        /// Users, roles and channels of its components.
        resolved: Option<Box<Json<'a>>> = "resolved",
    }
    computed {
        /// Formatted times.
        time: Option<Box<Times<'a>>> = "time",
        /// Tree of the content, for Typst.
        tree: Option<Box<Tree>> = "tree",
    }
}

record! {
    /// A channel of another server that is mentioned.
    ChannelMention {
        /// Id.
        id: Text<'a> = "id",
        /// Id of its server.
        guild_id: Text<'a> = "guild_id",
        /// Type, by number.
        kind: u64 = "type",
        /// Name.
        name: Text<'a> = "name",
    }
}

record! {
    /// A call.
    Call {
        /// Who took part.
        participants: Vec<PersonRef> = "participants",
        /// When it ended.
        ended_timestamp: Option<Timestamp> = "ended_timestamp",
    }
}

record! {
    /// Formatted times of a message, in the requested zone and clock.
    Times {}
    computed {
        /// As after the author's name: `Today at 4:20 PM`, `4/20/21, 4:20 PM`.
        header: Text<'a> = "header",
        /// Time of day: `4:20 PM`.
        short: Text<'a> = "short",
        /// Day, for dividers: `April 20, 2021`.
        day: Text<'a> = "day",
        /// All of it: `Tuesday, April 20, 2021 at 4:20 PM`.
        full: Text<'a> = "full",
        /// The same, of the last edit.
        edited: Text<'a> = "edited",
    }
}

impl Message<'_> {
    /// Whether it was edited, possibly at an unknown time.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.edited || self.edited_timestamp.is_some()
    }
}

/// Why a message refers to another. Written as `default` (for replies and notices; omitted,
/// because it is the default) or `forward`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReferenceType {
    /// It replies to it or reports it.
    #[default]
    Default,
    /// It forwards it.
    Forward,
}

impl Serialize for ReferenceType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            ReferenceType::Default => "default",
            ReferenceType::Forward => "forward",
        })
    }
}

plain! { ReferenceType: |kind| *kind == ReferenceType::Default; }

impl<'a> Read<'a> for ReferenceType {
    const EXPECTED: &'static str = "0 or \"Default\", 1 or \"Forward\"";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        match &json {
            Json::Int(0) => Ok(ReferenceType::Default),
            Json::Int(1) => Ok(ReferenceType::Forward),
            Json::Str(s) if &**s == "Default" => Ok(ReferenceType::Default),
            Json::Str(s) if &**s == "Forward" => Ok(ReferenceType::Forward),
            _ => Err(json),
        }
    }
}
