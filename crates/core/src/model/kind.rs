//! Types of messages and channels.

use serde::{Serialize, Serializer};

use crate::json::Json;
use crate::record::{Read, ReadContext, plain};

/// Type of a message, by Discord's number.
///
/// Written as Discord's name in lower case (`reply`, `user_join`…), or as the number if the
/// name isn't known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MessageType(pub u16);

/// Discord's numbers and names, and the exporter's names.
const MESSAGE_TYPES: [(u16, &str, &str); 40] = [
    (0, "default", "Default"),
    (1, "recipient_add", "RecipientAdd"),
    (2, "recipient_remove", "RecipientRemove"),
    (3, "call", "Call"),
    (4, "channel_name_change", "ChannelNameChange"),
    (5, "channel_icon_change", "ChannelIconChange"),
    (6, "channel_pinned_message", "ChannelPinnedMessage"),
    (7, "user_join", "GuildMemberJoin"),
    (8, "guild_boost", ""),
    (9, "guild_boost_tier_1", ""),
    (10, "guild_boost_tier_2", ""),
    (11, "guild_boost_tier_3", ""),
    (12, "channel_follow_add", ""),
    (14, "guild_discovery_disqualified", ""),
    (15, "guild_discovery_requalified", ""),
    (16, "guild_discovery_grace_period_initial_warning", ""),
    (17, "guild_discovery_grace_period_final_warning", ""),
    (18, "thread_created", "ThreadCreated"),
    (19, "reply", "Reply"),
    (20, "chat_input_command", ""),
    (21, "thread_starter_message", ""),
    (22, "guild_invite_reminder", ""),
    (23, "context_menu_command", ""),
    (24, "auto_moderation_action", ""),
    (25, "role_subscription_purchase", ""),
    (26, "interaction_premium_upsell", ""),
    (27, "stage_start", ""),
    (28, "stage_end", ""),
    (29, "stage_speaker", ""),
    (30, "stage_raise_hand", ""),
    (31, "stage_topic", ""),
    (32, "guild_application_premium_subscription", ""),
    (36, "guild_incident_alert_mode_enabled", ""),
    (37, "guild_incident_alert_mode_disabled", ""),
    (38, "guild_incident_report_raid", ""),
    (39, "guild_incident_report_false_alarm", ""),
    (44, "purchase_notification", ""),
    (46, "poll_result", ""),
    (UNREADABLE, "unreadable", ""),
    (47, "changelog", ""),
];

const UNREADABLE: u16 = u16::MAX;

/// Other names, of discord.py.
const BY_BOTS: [(&str, u16); 6] = [
    ("pins_add", 6),
    ("new_member", 7),
    ("premium_guild_subscription", 8),
    ("premium_guild_tier_1", 9),
    ("premium_guild_tier_2", 10),
    ("premium_guild_tier_3", 11),
];

/// Whether a word is this enum value, possibly in camelCase, in capitals or after the enum's
/// name (`MessageType.new_member`).
fn is_word(word: &str, name: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = u8> {
        let letters = text.bytes().filter(|byte| *byte != b'_');
        letters.map(|byte| byte.to_ascii_lowercase())
    }
    let word = word.rsplit('.').next().unwrap_or_default();
    !word.is_empty() && letters(word).eq(letters(name))
}

impl MessageType {
    /// A message that somebody wrote.
    pub const DEFAULT: Self = Self(0);
    /// A reply to another message.
    pub const REPLY: Self = Self(19);
    /// First message of a thread.
    pub const THREAD_STARTER: Self = Self(21);
    /// The notice that a poll has closed.
    pub const POLL_RESULT: Self = Self(46);
    /// Not a type of Discord's: the input could not be read, and the content
    /// is its text.
    pub const UNREADABLE: Self = Self(UNREADABLE);

    /// Discord's name in lower case, if it is known here.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        MESSAGE_TYPES
            .iter()
            .find(|(n, ..)| *n == self.0)
            .map(|(_, name, _)| *name)
    }

    /// Whether nobody wrote it (joins, pins, boosts…), or it could not be read as a message.
    #[must_use]
    pub fn is_system(self) -> bool {
        !matches!(self.0, 0 | 19 | 20 | 21 | 23)
    }
}

impl Serialize for MessageType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_u16(self.0),
        }
    }
}

impl<'a> Read<'a> for MessageType {
    const EXPECTED: &'static str = "a message type: its number, or the exporter's name for it";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let number = match &json {
            Json::Int(n) => u16::try_from(*n).ok(),
            Json::Str(s) => MESSAGE_TYPES
                .iter()
                .find(|(_, name, exporter)| is_word(s, name) || is_word(s, exporter))
                .map(|(n, ..)| *n)
                .or_else(|| {
                    let by_bots = BY_BOTS.iter().find(|(name, _)| is_word(s, name));
                    by_bots.map(|(_, n)| *n).or_else(|| s.parse().ok())
                }),
            _ => None,
        };
        number
            .filter(|number| *number != UNREADABLE)
            .map(MessageType)
            .ok_or(json)
    }
}

/// Type of a channel, by Discord's number.
///
/// Written as Discord's name in lower case (`guild_text`, `dm`…), or as the number if the
/// name isn't known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelType(pub u16);

const CHANNEL_TYPES: [(u16, &str, &str); 13] = [
    (0, "guild_text", "GuildTextChat"),
    (1, "dm", "DirectTextChat"),
    (2, "guild_voice", "GuildVoiceChat"),
    (3, "group_dm", "DirectGroupTextChat"),
    (4, "guild_category", "GuildCategory"),
    (5, "guild_announcement", "GuildNews"),
    (10, "announcement_thread", "GuildNewsThread"),
    (11, "public_thread", "GuildPublicThread"),
    (12, "private_thread", "GuildPrivateThread"),
    (13, "guild_stage_voice", "GuildStageVoice"),
    (14, "guild_directory", "GuildDirectory"),
    (15, "guild_forum", "GuildForum"),
    (16, "guild_media", "GuildMedia"),
];

impl ChannelType {
    /// Discord's name in lower case, if it is known here.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        CHANNEL_TYPES
            .iter()
            .find(|(n, ..)| *n == self.0)
            .map(|(_, name, _)| *name)
    }

    /// A direct message or group.
    #[must_use]
    pub fn is_direct(self) -> bool {
        matches!(self.0, 1 | 3)
    }

    /// A thread or forum post.
    #[must_use]
    pub fn is_thread(self) -> bool {
        matches!(self.0, 10..=12)
    }
}

impl Serialize for ChannelType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_u16(self.0),
        }
    }
}

impl<'a> Read<'a> for ChannelType {
    const EXPECTED: &'static str = "a channel type: its number, or the exporter's name for it";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let number = match &json {
            Json::Int(n) => u16::try_from(*n).ok(),
            // Data packages write Discord's own names, in capitals.
            Json::Str(s) => CHANNEL_TYPES
                .iter()
                .find(|(_, name, exporter)| *exporter == &**s || name.eq_ignore_ascii_case(s))
                .map(|(n, ..)| *n)
                .or_else(|| s.parse().ok()),
            _ => None,
        };
        number.map(ChannelType).ok_or(json)
    }
}

plain! {
    MessageType: |kind| *kind == MessageType::DEFAULT;
    ChannelType: |_| false;
}
