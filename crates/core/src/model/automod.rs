//! AutoMod notices.

use crate::record::record;
use crate::text::Text;

record! {
    /// What AutoMod reports (message type 24), taken from the fields of its
    /// embed.
    AutoMod {}
    computed {
        /// The text it acted on.
        content: Text<'a> = "content",
        /// Name of the rule.
        rule_name: Text<'a> = "rule_name",
        /// The rule's keyword.
        keyword: Text<'a> = "keyword",
        /// The part of the text that matched.
        matched: Text<'a> = "matched",
        /// Id of the channel.
        channel_id: Text<'a> = "channel_id",
        /// Id of the message, when it was not blocked.
        flagged_message_id: Text<'a> = "flagged_message_id",
        /// Seconds of time-out.
        timeout_duration: Text<'a> = "timeout_duration",
        /// Id of the decision.
        decision_id: Text<'a> = "decision_id",
        /// `flagged`, `blocked`…
        decision_outcome: Text<'a> = "decision_outcome",
        /// Reason of the decision.
        decision_reason: Text<'a> = "decision_reason",
    }
}
