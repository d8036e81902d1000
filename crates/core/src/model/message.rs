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
        /// Was edited, where it isn't told when.
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
        /// Id of the channel, where the messages are from several.
        channel_id: Text<'a> = "channel_id",
        /// Id of the server, where it is not the transcript's.
        guild_id: Text<'a> = "guild_id",
        /// Id of the webhook that wrote it.
        webhook_id: Text<'a> = "webhook_id",
        /// Id of the app that wrote it.
        application_id: Text<'a> = "application_id",
        /// Files.
        attachments: Vec<Attachment<'a>> = "attachments",
        /// Cards.
        embeds: Vec<Embed<'a>> = "embeds",
        /// Stickers.
        sticker_items: Vec<Sticker<'a>> = "sticker_items" | "stickers",
        /// Reactions.
        reactions: Vec<Reaction<'a>> = "reactions",
        /// Buttons, selects and layout.
        components: Vec<Component<'a>> = "components",
        /// Poll.
        poll: Option<Box<Poll<'a>>> = "poll",
        /// People mentioned. Answering someone may mention them too.
        mentions: Vec<PersonRef> = "mentions",
        /// Ids of roles mentioned.
        mention_roles: Vec<Text<'a>> = "mention_roles",
        /// Channels of other servers mentioned.
        mention_channels: Vec<ChannelMention<'a>> = "mention_channels",
        /// Mentions everyone.
        mention_everyone: bool = "mention_everyone",
        /// What it answers, forwards or follows.
        reference: Option<Box<Reference<'a>>> = "message_reference" | "reference",
        /// Copy of what it answers, as far as the input holds one.
        referenced_message: Option<Box<Message<'a>>> = "referenced_message",
        /// Discord said that what it answers is deleted.
        reference_deleted: bool = "reference_deleted",
        /// What it forwards.
        message_snapshots: Vec<Snapshot<'a>> = "message_snapshots" | "forwardedMessage",
        /// The command it answers.
        interaction: Option<Box<Interaction<'a>>> = "interaction",
        /// The same, in its newer form.
        interaction_metadata: Option<Box<Interaction<'a>>> = "interaction_metadata",
        /// The call it tells of.
        call: Option<Box<Call<'a>>> = "call",
        /// End of the call it tells of.
        call_ended_timestamp: Option<Timestamp> = "call_ended_timestamp" | "callEndedTimestamp",
        /// The thread that began with it.
        thread: Option<Box<Channel<'a>>> = "thread",
        /// Emoji in the content, as far as the exporter lists them.
        inline_emojis: Vec<Emoji<'a>> = "inline_emojis" | "inlineEmojis",
        /// Author's data in the server, where the input has it apart.
        member: Option<Box<Member<'a>>> = "member",
        /// Approximate place in its thread.
        position: u64 = "position",
        /// What the sender put in to know it again.
        nonce: Text<'a> = "nonce",
        /// Invitation to a game or to listen along.
        activity: Option<Box<Json<'a>>> = "activity",
        /// App of the invitation.
        application: Option<Box<Json<'a>>> = "application",
        /// Subscription that was bought.
        role_subscription_data: Option<Box<Json<'a>>> = "role_subscription_data",
        /// Purchase that it tells of.
        purchase_notification: Option<Box<Json<'a>>> = "purchase_notification",
        /// Gift that it tells of.
        gift_info: Option<Box<Json<'a>>> = "gift_info",
        /// Users, roles and channels of its components.
        resolved: Option<Box<Json<'a>>> = "resolved",
        /// Client theme it shares.
        shared_client_theme: Option<Box<Json<'a>>> = "shared_client_theme",
    }
    computed {
        /// What it answers, looked up.
        reply: Option<Box<Reply<'a>>> = "reply",
        /// What its thread began with, looked up.
        starter: Option<Box<Reply<'a>>> = "starter",
        /// What its channel is called, where the messages are from several: `#name`.
        origin: Text<'a> = "origin",
        /// Result of a poll.
        poll_result: Option<Box<PollResult<'a>>> = "poll_result",
        /// Facts of a system message.
        system: Option<Box<System<'a>>> = "system",
        /// Times in words.
        time: Option<Box<Times<'a>>> = "time",
        /// Tree of the content, where it is written for Typst.
        tree: Option<Box<Tree>> = "tree",
        /// The shape of the content, where Typst need not look for it: `line` or `blocks`.
        shape: Text<'a> = "shape",
        /// How it stands by those of its channel, where it is of a thread: under the message
        /// that the thread started from (1), or after all (2).
        nested: u64 = "nested",
        /// The name of the thread that begins with it.
        begun: Text<'a> = "begun",
        /// Its number in a transcript that is numbered.
        number: u64 = "number",
    }
}

record! {
    /// What a message answers, forwards or follows.
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
    /// True when the message is a forwarded one.
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
        /// Cards.
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
        /// Times in words.
        time: Option<Box<Times<'a>>> = "time",
        /// Tree of the content, where it is written for Typst.
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
    /// Times of a message in words, in the zone and clock asked for.
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
    /// Whether it was edited, be it at a time that isn't told.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.edited || self.edited_timestamp.is_some()
    }
}

/// Why a message refers to another. Written as `default` (for answers and
/// notices; never written, being the default) or `forward`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReferenceType {
    /// It answers it or tells of it.
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
