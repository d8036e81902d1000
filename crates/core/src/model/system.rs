//! The facts of system messages.

use serde::{Serialize, Serializer};

use super::PersonRef;
use crate::record::{computed, plain, record};
use crate::text::Text;
use crate::time::Timestamp;

record! {
    /// The facts of a system message: who did what, to whom, how often. Their wording depends on
    /// the language, and isn't part of the model.
    ///
    /// These are the fields of the package's `discord.system(…)`.
    System {}
    computed {
        /// Discord's number of its type.
        kind: u64 = "type",
        /// Which case of its type it is.
        variant: SystemVariant = "variant",
        /// Who did it.
        user: Option<PersonRef> = "user",
        /// Who was added, removed, timed out, kicked or banned; who took part
        /// in a call.
        target: Vec<PersonRef> = "target",
        /// The new name or topic; the name of the thread, stage, followed
        /// channel, tier, app, product, emoji or poll.
        name: Text<'a> = "name",
        /// The text that AutoMod acted on, of an upsell, or of a type without
        /// words of its own. Plain text.
        text: Text<'a> = "text",
        /// Boosts, or months of a subscription.
        count: Option<u64> = "count",
        /// Seconds that a call or AutoMod's timeout lasted.
        duration: Option<u64> = "duration",
        /// Name of the server.
        guild: Text<'a> = "guild",
        /// When security actions end.
        until: Option<Timestamp> = "until",
        /// `until` as text, as after a message's author.
        until_text: Text<'a> = "until_text",
        /// Id of the channel where AutoMod acted.
        channel_id: Text<'a> = "channel_id",
        /// AutoMod's rule.
        rule: Text<'a> = "rule",
        /// The keyword of AutoMod's rule.
        keyword: Text<'a> = "keyword",
        /// The part of the text that the keyword matched.
        matched: Text<'a> = "matched",
        /// Why AutoMod acted.
        reason: Text<'a> = "reason",
        /// Id of the pinned or flagged message, or of the thread.
        message_id: Text<'a> = "message_id",
        /// Further facts of an AutoMod alert.
        notices: Vec<Notice<'a>> = "notices",
    }
}

record! {
    /// A fact of an AutoMod alert.
    Notice {}
    computed {
        /// Its kind: `join` or `mention` (kinds of raids, without a value), `time`, `attempts`,
        /// `sent`, `until`, `resolved` or `by`.
        name: SystemVariant = "name",
        /// A number, a manner, or a person.
        value: Text<'a> = "value",
        /// A time, which `value` has as text.
        at: Option<Timestamp> = "at",
    }
}

/// The variant of a system message's type: `group`, `missed`, `flagged`, or the number of a
/// newcomer's line. Empty for types with a single variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemVariant(pub &'static str);

impl Serialize for SystemVariant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

plain! { SystemVariant: |variant| variant.0.is_empty(); }

computed! { SystemVariant }
